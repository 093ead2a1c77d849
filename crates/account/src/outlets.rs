//! Real news outlets: their names, and who owns them. The list is `outlets.txt`.

use article::{Problem, Token, TokenKind, fold};
use std::collections::HashMap;
use std::sync::LazyLock;

/// A news outlet of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlet {
    /// Its usual name.
    pub name: String,
    /// Who decides what it prints; `None` if it does so itself.
    pub owner: Option<String>,
    /// What it is.
    pub kind: OutletKind,
    /// ISO 3166-1 alpha-3 code of its seat.
    pub country: String,
}

/// What an outlet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutletKind {
    /// Gathers news for others.
    Agency,
    /// Radio or television.
    Broadcaster,
    /// A newspaper or magazine.
    Paper,
    /// A site.
    Site,
}

/// The list of outlets.
#[derive(Debug, Default)]
pub struct Outlets {
    all: Vec<Outlet>,
    names: HashMap<String, Name>,
}

/// A name of an outlet of the list.
#[derive(Debug, Clone, Copy)]
struct Name {
    outlet: usize,
    /// A common word or given name too: by itself it names nothing.
    weak: bool,
    /// Counts only in capitals.
    acronym: bool,
}

/// A name in the list has at most so many words.
const LONGEST: usize = 7;

static BUILTIN: LazyLock<Outlets> = LazyLock::new(|| {
    match Outlets::parse("outlets.txt", include_str!("../../../language/en/outlets.txt")) {
        Ok(outlets) => outlets,
        // The file is compiled in, and a test reads it.
        Err(problem) => panic!("{}", problem.detail),
    }
});

impl Outlets {
    /// The list that ships.
    pub fn builtin() -> &'static Outlets {
        &BUILTIN
    }

    /// Reads a list. *Errors*: a line without four columns, a kind that nobody knows, a name that stands twice.
    pub fn parse(file: &str, text: &str) -> Result<Outlets, Problem> {
        let mut out = Outlets::default();
        for (n, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#')) {
            let fail = |what: &str| Problem::new("language/outlets", format!("{file}:{}: {what}", n + 1));
            let columns: Vec<&str> = line.split('|').map(str::trim).collect();
            let [names, owner, kind, country] = columns[..] else {
                return Err(fail("write `names | owner | kind | country`"));
            };
            let kind = match kind {
                "agency" => OutletKind::Agency,
                "broadcaster" => OutletKind::Broadcaster,
                "paper" => OutletKind::Paper,
                "site" => OutletKind::Site,
                _ => return Err(fail("write agency, broadcaster, paper or site")),
            };
            let outlet = out.all.len();
            for (i, name) in names.split(" / ").map(str::trim).enumerate() {
                let plain = name.trim_end_matches('*');
                if i == 0 {
                    let (name, country) = (plain.to_owned(), country.to_owned());
                    out.all.push(Outlet {
                        name,
                        owner: Some(owner.to_owned()).filter(|o| !o.is_empty()),
                        kind,
                        country,
                    });
                }
                let letters: String = plain.chars().filter(|c| c.is_alphabetic()).collect();
                let acronym = letters.chars().count() <= 6 && letters.chars().all(char::is_uppercase);
                let name = Name { outlet, weak: name != plain, acronym };
                if out.names.insert(key(plain), name).is_some_and(|n| n.outlet != outlet) {
                    return Err(fail(&format!("`{plain}` stands in the list already")));
                }
            }
        }
        Ok(out)
    }

    /// The outlet of that name, in any case and with or without "the".
    pub fn find(&self, name: &str) -> Option<&Outlet> {
        self.names.get(&key(name)).map(|n| &self.all[n.outlet])
    }

    /// The names of outlets in a short line such as that of the writers; common words name nothing unless they stand alone.
    pub(crate) fn named_in<'t>(&self, line: &'t str) -> Vec<&'t str> {
        let line = line.trim();
        let starts: Vec<usize> =
            line.split_whitespace().map(|w| w.as_ptr() as usize - line.as_ptr() as usize).collect();
        let end = |i: usize| starts.get(i + 1).map_or(line.len(), |next| line[..*next].trim_end().len());
        let mut out = Vec::new();
        let mut i = 0;
        while i < starts.len() {
            let ends = (i..starts.len().min(i + LONGEST)).rev();
            let fits = |last: &usize| {
                let words = &line[starts[i]..end(*last)];
                let capitals = words.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
                let known = |n: &Name| (capitals || !n.acronym) && (!n.weak || words == line);
                self.names.get(&key(words)).is_some_and(known)
            };
            let found = ends.into_iter().find(fits);
            out.extend(found.map(|last| &line[starts[i]..end(last)]));
            i = found.map_or(i + 1, |last| last + 1);
        }
        out
    }

    /// The longest name that begins at token `i`: where it ends, and whether it is a common word too.
    pub(crate) fn at(&self, text: &str, tokens: &[Token], i: usize) -> Option<(usize, bool)> {
        let first = tokens.get(i).filter(|t| t.kind == TokenKind::Word && t.capital)?;
        let mut best = None;
        let mut letters = String::new();
        for (n, t) in tokens[i..].iter().take(LONGEST).enumerate() {
            letters.extend(t.norm.chars().filter(|c| c.is_alphanumeric()));
            let Some(name) = self.names.get(&letters) else { continue };
            let printed = &text[first.span.start as usize..t.span.end as usize];
            let capitals = printed.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
            if t.kind != TokenKind::Mark && (capitals || !name.acronym) {
                best = Some((i + n + 1, name.weak));
            }
        }
        best
    }
}

/// A name for looking up: letters and digits of the folded name without "the".
fn key(name: &str) -> String {
    let folded = fold(name);
    let folded = folded.trim();
    folded.strip_prefix("the ").unwrap_or(folded).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_to_outlets_and_owners() {
        let list = Outlets::parse("t", "Hill Wire / HW | Hill House | agency | XXX\nGulf* | | paper | XXX\n").unwrap();
        assert_eq!(list.find("the hill-wire").unwrap().name, "Hill Wire");
        assert_eq!(list.find("HW").unwrap().owner.as_deref(), Some("Hill House"));
        assert!(list.find("Hill").is_none() && list.find("gulf").unwrap().owner.is_none());
        for bad in ["A | b | agency\n", "A | | wire | XXX\n", "A | | paper | XXX\nB / a | | paper | XXX\n"] {
            assert!(Outlets::parse("t", bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_list_that_ships_can_be_read() {
        let list = Outlets::builtin();
        assert_eq!(list.find("AFP").unwrap().name, "Agence France-Presse");
        assert_eq!(list.find("Agence France Presse").unwrap().kind, OutletKind::Agency);
        assert_eq!(list.named_in("By Ane Rolf and AFP"), ["AFP"]);
        assert_eq!(list.named_in("Agence France-Presse with Reuters"), ["Agence France-Presse", "Reuters"]);
        assert!(list.named_in("By Petra Kan").is_empty() && list.named_in("").is_empty());
    }
}
