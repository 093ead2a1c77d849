//! Official key files of MUC-3 and MUC-4: templates of 25 numbered slots.
//!
//! A slot begins with its number and name, `4.  INCIDENT: TYPE    BOMBING`; further fills stand on lines of their own. In a
//! fill, `/` parts alternatives of which any is right, `?` before it says that no answer is right too, `*` that the slot
//! does not apply, `-` that there is nothing to fill. Fills that hang on another slot end with a colon and the strings of
//! that slot: `DEATH: "PRIEST" / "RECTOR"`.

use std::collections::BTreeMap;

/// Number of the slot in key files.
pub(crate) mod slot {
    pub(crate) const ID: u8 = 0;
    pub(crate) const TEMPLATE: u8 = 1;
    pub(crate) const DATE: u8 = 2;
    pub(crate) const LOCATION: u8 = 3;
    pub(crate) const TYPE: u8 = 4;
    pub(crate) const STAGE: u8 = 5;
    pub(crate) const INSTRUMENT: u8 = 6;
    pub(crate) const PERPETRATOR: u8 = 9;
    pub(crate) const ORGANISATION: u8 = 10;
    pub(crate) const CONFIDENCE: u8 = 11;
    pub(crate) const TARGET: u8 = 12;
    pub(crate) const TARGET_NUMBER: u8 = 14;
    pub(crate) const TARGET_EFFECT: u8 = 16;
    pub(crate) const VICTIM: u8 = 18;
    pub(crate) const DESCRIPTION: u8 = 19;
    pub(crate) const HUMAN_NUMBER: u8 = 21;
    pub(crate) const HUMAN_EFFECT: u8 = 23;
    pub(crate) const HUMAN_TOTAL: u8 = 24;
}

/// One fill of a slot.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Fill {
    /// Whether leaving it out is right as well.
    pub(crate) optional: bool,
    /// What may be answered: strings without their quotation marks, or values of a set; one is enough.
    pub(crate) options: Vec<String>,
    /// The strings of the other slot that it hangs on; empty if it hangs on none, or on nothing (`"-"`).
    pub(crate) of: Vec<String>,
}

/// One template of a key.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Template {
    /// Whether leaving the template out is right as well.
    pub(crate) optional: bool,
    /// Fills by slot; a slot with nothing to fill, or that does not apply, has none.
    pub(crate) fills: BTreeMap<u8, Vec<Fill>>,
}

impl Template {
    /// The fills of a slot.
    pub(crate) fn of(&self, slot: u8) -> &[Fill] {
        self.fills.get(&slot).map_or(&[], Vec::as_slice)
    }
}

/// The templates of each message of a key file; a message without incident has none.
pub(crate) fn keys(text: &str) -> BTreeMap<String, Vec<Template>> {
    let mut out: BTreeMap<String, Vec<Template>> = BTreeMap::new();
    let mut id = String::new();
    let mut open: Option<Template> = None;
    let mut at = None;
    let mut close = |id: &str, open: &mut Option<Template>| {
        if let (Some(t), false) = (open.take(), id.is_empty()) {
            let own = out.entry(id.to_owned()).or_default();
            if !t.of(slot::TYPE).is_empty() {
                own.push(t);
            }
        }
    };
    for line in text.lines() {
        if line.trim().is_empty() || line.starts_with(';') {
            continue;
        }
        let value = match numbered(line) {
            Some((slot::ID, value)) => {
                close(&id, &mut open);
                id = value.split_whitespace().next().unwrap_or("").to_ascii_uppercase();
                open = Some(Template::default());
                at = None;
                continue;
            }
            Some((n, value)) => {
                at = Some(n);
                value
            }
            None => line.trim(),
        };
        let (Some(n), Some(t)) = (at, open.as_mut()) else { continue };
        match (n, value) {
            (slot::TEMPLATE, v) => t.optional |= v.to_ascii_uppercase().contains("OPTIONAL"),
            (_, "*" | "-" | "") => {}
            (_, v) => t.fills.entry(n).or_default().push(fill(v)),
        }
    }
    close(&id, &mut open);
    out
}

/// Number and value of a line that opens a slot. The name ends where two spaces stand, or where its last word is known to.
fn numbered(line: &str) -> Option<(u8, &str)> {
    let (number, rest) = line.split_once('.')?;
    let n: u8 = number.trim().parse().ok().filter(|n| *n <= slot::HUMAN_TOTAL)?;
    let rest = rest.trim_start();
    rest.contains(':').then_some(())?;
    Some((n, rest.find("  ").map_or("", |i| rest[i..].trim())))
}

/// A part of a fill as it is printed.
enum Part {
    Quoted(String),
    Bare(String),
    Slash,
    /// A colon with a quoted string behind it.
    Of,
}

fn fill(value: &str) -> Fill {
    let mut out = Fill::default();
    let mut of = false;
    let mut after_slash = false;
    for part in parts(value) {
        match part {
            Part::Slash => after_slash = true,
            Part::Of => of = true,
            Part::Quoted(s) if of => push(&mut out.of, s),
            Part::Quoted(s) => push(&mut out.options, s),
            Part::Bare(s) => {
                let s = match s.strip_prefix('?') {
                    Some(rest) => {
                        out.optional |= !after_slash;
                        rest.trim().to_owned()
                    }
                    None => s,
                };
                // `DEATH: "A" / INJURY: "A"`: another value, with its own strings behind it.
                of = false;
                push(&mut out.options, s);
            }
        }
    }
    out.of.retain(|s| s != "-");
    out
}

fn push(list: &mut Vec<String>, s: String) {
    if !s.is_empty() && !list.contains(&s) {
        list.push(s);
    }
}

fn parts(value: &str) -> Vec<Part> {
    let mut out = Vec::new();
    let mut bare = String::new();
    let mut chars = value.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                let words = bare.trim();
                let of = words.ends_with(':');
                let words = words.trim_end_matches(':').trim().to_owned();
                if !words.is_empty() {
                    out.push(Part::Bare(words));
                }
                if of {
                    out.push(Part::Of);
                }
                bare.clear();
                out.push(Part::Quoted(quoted(&mut chars)));
            }
            '/' => {
                if !bare.trim().is_empty() {
                    out.push(Part::Bare(bare.trim().to_owned()));
                    bare.clear();
                }
                out.push(Part::Slash);
            }
            _ => bare.push(c),
        }
    }
    if !bare.trim().is_empty() {
        out.push(Part::Bare(bare.trim().to_owned()));
    }
    out
}

/// The rest of a string up to its closing mark; a mark behind a backslash is a part of it.
fn quoted(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> String {
    let mut out = String::new();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.extend(chars.next()),
            '"' => break,
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = r#";;; a remark
0.  MESSAGE: ID                     TST9-MUC4-0001
1.  MESSAGE: TEMPLATE               1 (OPTIONAL)
2.  INCIDENT: DATE                  (- 09 DEC 89) / (01 DEC 89 - 09 DEC 89)
3.  INCIDENT: LOCATION              EL SALVADOR: PUERTO ALTO (CITY): NORTE (NEIGHBORHOOD)
4.  INCIDENT: TYPE                  ATTACK / BOMBING
6.  INCIDENT: INSTRUMENT ID         ? "CAR BOMB" / "A \"MINE\""
                                    "RIFLES"
7.  INCIDENT: INSTRUMENT TYPE       *
9.  PERP: INDIVIDUAL ID             -
19. HUM TGT: DESCRIPTION            "JUDGE" / "LAWYER": "ANA PAZ"
                                    "CLERKS"
21. HUM TGT: NUMBER                 1: "ANA PAZ"
                                    3-: "CLERKS"
23. HUM TGT: EFFECT OF INCIDENT     DEATH / INJURY: "ANA PAZ"
                                    ? NO INJURY: "-"

0.  MESSAGE: ID                     TST9-MUC4-0002
1.  MESSAGE: TEMPLATE               *
4.  INCIDENT: TYPE                  *
"#;

    fn one(options: &[&str], of: &[&str], optional: bool) -> Fill {
        let own = |l: &[&str]| l.iter().map(|s| (*s).to_owned()).collect();
        Fill { optional, options: own(options), of: own(of) }
    }

    #[test]
    fn every_form_of_a_fill_is_read() {
        let all = keys(KEY);
        assert_eq!(all["TST9-MUC4-0002"], []);
        let t = &all["TST9-MUC4-0001"][0];
        assert!(t.optional);
        assert_eq!(t.of(slot::DATE), [one(&["(- 09 DEC 89)", "(01 DEC 89 - 09 DEC 89)"], &[], false)]);
        assert_eq!(t.of(slot::TYPE), [one(&["ATTACK", "BOMBING"], &[], false)]);
        assert_eq!(t.of(slot::LOCATION), [one(&["EL SALVADOR: PUERTO ALTO (CITY): NORTE (NEIGHBORHOOD)"], &[], false)]);
        assert_eq!(t.of(slot::INSTRUMENT), [one(&["CAR BOMB", "A \"MINE\""], &[], true), one(&["RIFLES"], &[], false)]);
        assert_eq!(t.of(7), []);
        assert_eq!(t.of(slot::PERPETRATOR), []);
        assert_eq!(
            t.of(slot::DESCRIPTION),
            [one(&["JUDGE", "LAWYER"], &["ANA PAZ"], false), one(&["CLERKS"], &[], false)]
        );
        assert_eq!(t.of(slot::HUMAN_NUMBER)[1], one(&["3-"], &["CLERKS"], false));
        assert_eq!(
            t.of(slot::HUMAN_EFFECT),
            [one(&["DEATH", "INJURY"], &["ANA PAZ"], false), one(&["NO INJURY"], &[], true)]
        );
    }

    #[test]
    fn broken_keys_give_what_can_be_read() {
        assert!(keys("").is_empty() && keys("4.  INCIDENT: TYPE  BOMBING\n\"").is_empty());
        assert_eq!(fill("\"OPEN"), one(&["OPEN"], &[], false));
        assert_eq!(fill("?"), one(&[], &[], true));
    }
}
