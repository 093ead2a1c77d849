//! What other coders call a kind of violence: one table, `schemes.txt`, for every export and score.
//!
//! MUC-4 after the task description of 1992, PLOVER after its manual of 2021, ACLED and GTD after their codebooks.

use crate::account::{Kind, Stage};
use article::Problem;
use std::sync::LazyLock;

/// The codes of one kind at one stage. A code that the scheme does not have is `None`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scheme {
    /// Incident type of MUC-4, in lower case: `bombing`.
    pub muc4: Option<String>,
    /// Type of PLOVER: `ASSAULT`.
    pub plover: Option<String>,
    /// Mode of PLOVER: `explosives`.
    pub plover_mode: Option<String>,
    /// Event type of ACLED: `Battles`.
    pub acled: Option<String>,
    /// Sub-event type of ACLED: `Armed clash`.
    pub acled_sub: Option<String>,
    /// Number of GTD's attack type: 1 to 9.
    pub gtd: Option<u8>,
    /// Name of GTD's attack type.
    pub gtd_name: Option<String>,
}

/// The codes for `kind` at `stage`. *Cost*: an index into a table that is read once.
pub fn scheme(kind: Kind, stage: Stage) -> &'static Scheme {
    static TABLE: LazyLock<Vec<Scheme>> = LazyLock::new(|| {
        match parse("schemes.txt", include_str!("../../../language/en/schemes.txt")) {
            Ok(table) => table,
            // The file is compiled in, and a test reads it.
            Err(problem) => panic!("{}", problem.detail),
        }
    });
    &TABLE[index(kind, stage)]
}

fn index(kind: Kind, stage: Stage) -> usize {
    kind as usize * Stage::ALL.len() + stage as usize
}

/// What one line says.
#[derive(Clone)]
enum Code {
    Muc4(Option<String>),
    Plover(Option<String>, Option<String>),
    Acled(Option<String>, Option<String>),
    Gtd(Option<u8>, Option<String>),
}

/// A kind or any, a stage or all, and the codes. What is said of any kind at a stage stands over what is said of a kind.
type Section = (Option<Kind>, Option<Stage>, Vec<Code>);

/// Reads the table. *Errors*: an unknown kind, stage or scheme, a line without a value or before the first section, a kind
/// without a section, and a section without all four schemes.
fn parse(file: &str, text: &str) -> Result<Vec<Scheme>, Problem> {
    let problem = |detail: String| Problem::new("language/schemes", detail);
    let mut sections: Vec<Section> = Vec::new();
    for (n, line) in text.lines().enumerate() {
        let fail = |what: &str| problem(format!("{file}:{}: {what}", n + 1));
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(head) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            let (kind, stage) = head.split_once(' ').map_or((head, None), |(k, s)| (k, Some(s.trim())));
            let kind = match kind {
                "any" if stage.is_some() => None,
                k => Some(Kind::named(k).ok_or_else(|| fail(&format!("no kind is called `{k}`")))?),
            };
            let known = |s| Stage::named(s).ok_or_else(|| fail(&format!("no stage is called `{s}`")));
            sections.push((kind, stage.map(known).transpose()?, Vec::new()));
            continue;
        }
        let (_, _, codes) = sections.last_mut().ok_or_else(|| fail("a code stands before the first section"))?;
        let (name, value) = line.split_once(char::is_whitespace).ok_or_else(|| fail("write a scheme and its code"))?;
        codes.push(code(name, value.trim()).map_err(|what| fail(&what))?);
    }
    let mut out = vec![Scheme::default(); Kind::ALL.len() * Stage::ALL.len()];
    for kind in Kind::ALL {
        let own = |s: &&Section| s.0 == Some(*kind) && s.1.is_none();
        let whole = sections.iter().find(own).ok_or_else(|| problem(format!("{file}: `{kind}` has no section")))?;
        let has = |fits: fn(&Code) -> bool| whole.2.iter().any(fits);
        let all = has(|c| matches!(c, Code::Muc4(_)))
            && has(|c| matches!(c, Code::Plover(..)))
            && has(|c| matches!(c, Code::Acled(..)))
            && has(|c| matches!(c, Code::Gtd(..)));
        if !all {
            return Err(problem(format!("{file}: `[{kind}]` needs muc4, plover, acled and gtd")));
        }
        for stage in Stage::ALL {
            let scheme = &mut out[index(*kind, *stage)];
            let any = |s: &&Section| s.0.is_none() && s.1 == Some(*stage);
            let narrow = |s: &&Section| s.0 == Some(*kind) && s.1 == Some(*stage);
            let order = sections.iter().filter(own).chain(sections.iter().filter(any));
            for (_, _, codes) in order.chain(sections.iter().filter(narrow)) {
                codes.iter().for_each(|c| put(scheme, c.clone()));
            }
        }
    }
    Ok(out)
}

fn put(scheme: &mut Scheme, code: Code) {
    match code {
        Code::Muc4(v) => scheme.muc4 = v,
        Code::Plover(v, mode) => (scheme.plover, scheme.plover_mode) = (v, mode),
        Code::Acled(v, sub) => (scheme.acled, scheme.acled_sub) = (v, sub),
        Code::Gtd(v, name) => (scheme.gtd, scheme.gtd_name) = (v, name),
    }
}

fn code(name: &str, value: &str) -> Result<Code, String> {
    let some = |s: &str| Some(s.trim().to_owned()).filter(|s| s != "-");
    let two = |sign: char| value.split_once(sign).map(|(a, b)| (some(a), some(b)));
    Ok(match name {
        "muc4" => Code::Muc4(some(value)),
        _ if value == "-" && name == "plover" => Code::Plover(None, None),
        _ if value == "-" && name == "acled" => Code::Acled(None, None),
        _ if value == "-" && name == "gtd" => Code::Gtd(None, None),
        "plover" => two(' ').map(|(a, b)| Code::Plover(a, b)).ok_or("write a type of PLOVER and its mode")?,
        "acled" => two('|').map(|(a, b)| Code::Acled(a, b)).ok_or("write `event type | sub-event type`")?,
        "gtd" => {
            let (number, name) = value.split_once(' ').ok_or("write the number of GTD's attack type and its name")?;
            let number: u8 =
                number.parse().ok().filter(|n| (1..=9).contains(n)).ok_or("GTD has attack types 1 to 9")?;
            Code::Gtd(Some(number), some(name))
        }
        other => return Err(format!("no scheme is called `{other}`; muc4, plover, acled and gtd are known")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_codes() {
        for kind in Kind::ALL {
            for stage in Stage::ALL {
                assert!(scheme(*kind, *stage).plover.is_some(), "{kind} {stage}");
            }
        }
        let clash = scheme(Kind::Clash, Stage::Occurred);
        assert_eq!((clash.acled.as_deref(), clash.acled_sub.as_deref()), (Some("Battles"), Some("Armed clash")));
        assert_eq!(scheme(Kind::HostageTaking, Stage::Occurred).gtd, Some(5));
    }

    #[test]
    fn what_is_said_of_a_stage_stands_over_the_kind() {
        let planned = scheme(Kind::Bombing, Stage::Threatened);
        assert_eq!((planned.muc4.as_deref(), planned.plover.as_deref()), (Some("bombing"), Some("THREATEN")));
        assert_eq!((planned.gtd, &planned.acled), (None, &None));
        let foiled = scheme(Kind::Bombing, Stage::Foiled);
        assert_eq!((foiled.gtd, foiled.acled_sub.as_deref()), (Some(3), Some("Disrupted weapons use")));
    }

    #[test]
    fn mistakes_are_named_with_their_line() {
        for (text, detail) in [
            ("muc4 bombing", "t:1: a code stands before the first section"),
            ("[blast]", "t:1: no kind is called `blast`"),
            ("\n[bombing soon]", "t:2: no stage is called `soon`"),
            ("[bombing]\ncameo 18", "t:2: no scheme is called `cameo`; muc4, plover, acled and gtd are known"),
            ("[bombing]\ngtd 12 Dozen", "t:2: GTD has attack types 1 to 9"),
            ("[bombing]\nacled Battles", "t:2: write `event type | sub-event type`"),
            ("[bombing]\nmuc4", "t:2: write a scheme and its code"),
            ("[bombing]\nmuc4 bombing", "t: `[bombing]` needs muc4, plover, acled and gtd"),
            ("", "t: `bombing` has no section"),
        ] {
            assert_eq!(parse("t", text).err().map(|p| p.detail).as_deref(), Some(detail));
        }
    }
}
