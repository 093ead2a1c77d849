//! Names that were written down by different hands: outlets, cities, words for targets.

use crate::symbols::Symbols;
use account::Outlets;
use article::fold;
use std::collections::BTreeSet;

/// Letters and digits of the folded text.
fn letters(s: &str) -> String {
    fold(s).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A name without what transliterations differ in: "Qunduz" and "Kunduz", "Khodzhai" and "Khojai" become one.
pub(crate) fn skeleton(name: &str) -> String {
    let mut s = letters(name);
    for (from, to) in
        [("dzh", "j"), ("q", "k"), ("ee", "i"), ("oo", "u"), ("ou", "u"), ("y", "i"), ("w", "v"), ("ph", "f")]
    {
        s = s.replace(from, to);
    }
    let mut out = String::with_capacity(s.len());
    for c in s.chars() {
        if out.ends_with(c) {
            continue;
        }
        out.push(c);
    }
    out
}

/// Whether two place names are one name in two spellings.
pub(crate) fn same_place(a: &str, b: &str) -> bool {
    let mut symbols = Symbols::default();
    let (a, b) = (symbols.intern(&skeleton(a)), symbols.intern(&skeleton(b)));
    symbols.one_place(a, b)
}

/// One minus the share of letters that must be changed to make one from the other.
pub(crate) fn likeness(a: &str, b: &str) -> f64 {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(64).collect(), b.chars().take(64).collect());
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut left = i + 1;
        let mut diagonal = i;
        for (j, y) in b.iter().enumerate() {
            let up = row[j + 1];
            let cost = (diagonal + usize::from(x != y)).min(up + 1).min(left + 1);
            diagonal = up;
            row[j] = left;
            left = cost;
        }
        row[b.len()] = left;
    }
    1.0 - row[b.len()] as f64 / a.len().max(b.len()).max(1) as f64
}

/// Words that can tell one target, victim or site from another; long ones cut, so that "mosques" is "mosque".
pub(crate) fn telling<'a>(texts: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for text in texts {
        for w in fold(text).split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 2) {
            if !crate::weights::is_common(w) && !w.bytes().all(|b| b.is_ascii_digit()) {
                out.insert(w.strip_suffix('s').unwrap_or(w).to_owned());
            }
        }
    }
    out
}

/// The name of an outlet, ready for comparing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outlet {
    /// "The Daily X" and "Daily X" are one.
    pub(crate) letters: String,
    pub(crate) initials: String,
    /// The real outlet that the list knows by this name.
    pub(crate) listed: Option<&'static account::Outlet>,
}

impl Outlet {
    pub(crate) fn of(name: &str) -> Outlet {
        let folded = fold(name);
        let letters = letters(folded.trim().strip_prefix("the ").unwrap_or(folded.trim()));
        Outlet { letters, initials: initials(name), listed: Outlets::builtin().find(name) }
    }

    /// The letters under which it is looked up: those of its usual name.
    pub(crate) fn key(&self) -> String {
        self.listed.map_or_else(|| self.letters.clone(), |o| Outlet::of(&o.name).letters)
    }

    /// Whether the two may be one: equal, or one the initials of the other, or two names of one real outlet.
    pub(crate) fn same(&self, other: &Outlet) -> bool {
        let short = |x: &Outlet, y: &Outlet| x.letters.len() >= 3 && x.letters == y.initials;
        !self.letters.is_empty()
            && !other.letters.is_empty()
            && (self.letters == other.letters
                || short(self, other)
                || short(other, self)
                || self.listed.is_some() && self.listed == other.listed)
    }
}

/// Whose text an article is: its outlet, and the outlets that it takes its story from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Source {
    pub(crate) outlet: Outlet,
    pub(crate) chain: Vec<Outlet>,
}

impl Source {
    pub(crate) fn of(filed: &crate::Filed) -> Source {
        Source {
            outlet: Outlet::of(&filed.outlet),
            chain: filed.source_chain.iter().map(|s| Outlet::of(&s.value)).collect(),
        }
    }

    /// Whether it names the outlet of the other as its source.
    pub(crate) fn takes(&self, other: &Source) -> bool {
        self.chain.iter().any(|s| s.same(&other.outlet))
    }
}

fn initials(name: &str) -> String {
    let first = |w: &str| w.chars().next().filter(|c| c.is_uppercase());
    fold(
        &name
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.eq_ignore_ascii_case("the"))
            .filter_map(first)
            .collect::<String>(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_place_are_one() {
        for (a, b) in [
            ("Kunduz", "Qunduz"),
            ("Barisal", "Barishal"),
            ("Mazar-e-Sharif", "Mazar-i-Sharif"),
            ("Peshawar", "Peshāwar"),
        ] {
            assert!(same_place(a, b), "{a} {b}");
        }
        for (a, b) in [("Baghdad", "Baghlan"), ("Osh", "Ozh"), ("Kabul", "Zabul"), ("", "Kabul"), ("Herat", "Kherson")]
        {
            assert!(!same_place(a, b), "{a} {b}");
        }
    }

    #[test]
    fn initials_stand_for_outlets() {
        let same = |a: &str, b: &str| Outlet::of(a).same(&Outlet::of(b));
        assert!(same("BNA", "Benadir News Agency") && same("The Volta Post", "Volta Post"));
        assert!(same("AFP", "Agence France-Presse") && !same("AFP", "Reuters"));
        assert!(!same("Volta Post", "Volta Times") && !same("", ""));
    }
}
