//! What the Global Terrorism Database asks of an account beside the type of attack: types of targets, property, hostages. Codes
//! after its codebook; the table of target types is `target-types.txt`.

use crate::account::{Account, Effect, Harmed};
use article::Problem;
use article::classes::{Class, Classes};
use article::fold;
use std::sync::LazyLock;

/// A type of target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetType {
    /// Its number in the codebook.
    pub number: u8,
    /// Its name there.
    pub name: String,
    classes: Vec<Class>,
    words: Vec<String>,
}

static TYPES: LazyLock<Vec<TargetType>> = LazyLock::new(|| {
    match parse("target-types.txt", include_str!("../../../language/en/target-types.txt")) {
        Ok(types) => types,
        // The file is compiled in, and a test reads it.
        Err(problem) => panic!("{}", problem.detail),
    }
});

/// The type of what these words name; none where neither list nor class knows it. *Cost*: a look at each row of a small table.
pub fn target_type(words: &str) -> Option<&'static TargetType> {
    let classes = Classes::builtin().main(words);
    let folded = format!(" {} ", fold(words));
    let fits = |t: &&TargetType| t.words.iter().any(|w| folded.contains(&format!(" {w} "))) || classes.any(&t.classes);
    TYPES.iter().find(fits)
}

/// Whether property was damaged: 1, 0, or -9 where nothing is said.
pub fn property(account: &Account) -> i8 {
    let told = |e: &[Effect]| account.property.iter().any(|h| h.effect.is_some_and(|x| e.contains(&x)));
    match () {
        _ if told(&[Effect::Destroyed, Effect::Damaged]) => 1,
        _ if told(&[Effect::Intact]) => 0,
        _ => -9,
    }
}

/// How it ended for those taken: 2 released, 3 escaped, 4 killed, 5 rescued, 6 several of these, 7 unknown; none where nobody was
/// taken.
pub fn hostage_outcome(account: &Account) -> Option<u8> {
    let outcome = |h: &Harmed| match h.effect {
        Some(Effect::Freed) => Some(2),
        Some(Effect::Escaped) => Some(3),
        Some(Effect::Killed) => Some(4),
        Some(Effect::Rescued) => Some(5),
        _ => None,
    };
    if account.hostages.is_empty() {
        return None;
    }
    let mut all: Vec<u8> = account.hostages.iter().filter_map(outcome).collect();
    all.sort_unstable();
    all.dedup();
    Some(match all[..] {
        [] => 7,
        [one] => one,
        _ => 6,
    })
}

/// Reads the table. *Errors*: a line before the first section, a section without number and name, an unknown class, or a line that
/// is neither `class` nor `word`.
fn parse(file: &str, text: &str) -> Result<Vec<TargetType>, Problem> {
    let mut out: Vec<TargetType> = Vec::new();
    for (n, line) in text.lines().enumerate() {
        let fail = |what: &str| Problem::new("language/target-types", format!("{file}:{}: {what}", n + 1));
        let line = line.split('#').next().unwrap_or("").trim();
        if line.is_empty() {
            continue;
        }
        if let Some(head) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            let (number, name) = head.split_once(' ').ok_or_else(|| fail("write `[number name]`"))?;
            let number = number.parse().map_err(|_| fail("a section begins with its number"))?;
            out.push(TargetType { number, name: name.to_owned(), classes: Vec::new(), words: Vec::new() });
            continue;
        }
        let open = out.last_mut().ok_or_else(|| fail("a line stands before the first section"))?;
        let (what, rest) = line.split_once(' ').ok_or_else(|| fail("write `class` or `word` and what fits"))?;
        for entry in rest.split(" / ").map(str::trim) {
            match what {
                "class" => open.classes.push(Class::named(entry).ok_or_else(|| fail("no such class"))?),
                "word" => open.words.push(fold(entry)),
                _ => return Err(fail("write `class` or `word`")),
            }
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_have_the_types_of_the_codebook() {
        let of = |words: &str| target_type(words).map(|t| t.number);
        assert_eq!(of("three Norland diplomats"), Some(7));
        assert_eq!(of("a police post"), Some(3));
        assert_eq!(of("the army convoy of trucks"), of("a truck"));
        assert_eq!(of("two primary schools"), Some(8));
        assert_eq!(of("a crowded bus"), Some(19));
        assert_eq!(of("nine villagers"), Some(14));
        assert_eq!(of("quux"), None);
    }

    #[test]
    fn mistakes_are_named_with_their_line() {
        for (text, line) in
            [("class police", 1), ("[x y]", 1), ("[3 Police]\nclass nobody", 2), ("[3 Police]\nnoun x", 2)]
        {
            let problem = parse("t.txt", text).unwrap_err();
            assert!(problem.detail.starts_with(&format!("t.txt:{line}: ")), "{}", problem.detail);
        }
    }
}
