//! The lists of `language/en/references.txt`.

use std::collections::HashMap;
use std::sync::LazyLock;

static LIST: &str = include_str!("../../../../language/en/references.txt");

/// What a word may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    /// A pronoun of one person or thing.
    Pronoun,
    /// A noun that may point back.
    Noun,
    Male,
    Thing,
    Possessive,
    Title,
    MaleTitle,
    FemaleTitle,
    Definite,
    Person,
    Role,
    Organisation,
    Place,
}

/// Section of the file and the lists that its words are of.
const SECTIONS: [(&str, &[List]); 11] = [
    ("male", &[List::Male, List::Pronoun]),
    ("female", &[List::Pronoun]),
    ("thing", &[List::Thing, List::Pronoun]),
    ("possessive", &[List::Possessive]),
    ("male titles", &[List::MaleTitle, List::Title]),
    ("female titles", &[List::FemaleTitle, List::Title]),
    ("definite", &[List::Definite]),
    ("person", &[List::Person, List::Noun]),
    ("role", &[List::Role, List::Noun, List::Title]),
    ("organisation", &[List::Organisation, List::Noun]),
    ("place", &[List::Place, List::Noun]),
];

static WORDS: LazyLock<HashMap<&str, u16>> = LazyLock::new(|| {
    let mut out: HashMap<&str, u16> = HashMap::new();
    let mut lists: &[List] = &[];
    for line in LIST.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            lists = SECTIONS.iter().find(|(n, _)| *n == name).map_or(&[], |(_, l)| *l);
            continue;
        }
        for word in line.split(',').map(str::trim) {
            let mask = lists.iter().fold(0, |m, l| m | 1 << *l as u16);
            *out.entry(word).or_default() |= mask;
        }
    }
    out
});

/// Whether a folded word is of a list.
pub(super) fn has(list: List, word: &str) -> bool {
    WORDS.get(word).is_some_and(|mask| mask >> (list as u16) & 1 == 1)
}
