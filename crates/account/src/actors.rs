//! Actors: which groups, forces and governments does an article name, and under which key?
//!
//! The list of known actors is plain text (`language/en/actors.txt`), found by longest match. Groups that no list knows
//! are found by their form (`language/en/actor-words.txt`), and all names that one article gives one group are joined.
//! A user's own file extends the list with [`Actors::with`].

mod cues;
mod form;
mod groups;
mod index;
mod known;
mod page;
mod parse;
mod words;

use article::{Article, Edtf, Problem, Span, Tokens};
use index::Index;
use jiff::civil::Date;
use page::Page;
use std::collections::HashMap;
use std::sync::LazyLock;
use words::Words;

/// The list that ships with the program.
static BUILTIN: &str = include_str!("../../../language/en/actors.txt");

/// A group, force, government or nameless kind of force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// What the database stores; never changes.
    pub key: String,
    /// The usual full name.
    pub name: String,
    /// What it is.
    pub class: Class,
    /// ISO 3166-1 alpha-3 codes, the home country first.
    pub countries: Vec<String>,
    /// Every name, the usual one first.
    pub aliases: Vec<Alias>,
    /// Key of the actor that this one belongs to.
    pub parent: Option<String>,
    /// First time of its existence.
    pub from: Option<Edtf>,
    /// Last time of its existence.
    pub until: Option<Edtf>,
}

/// One name of an actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// As written in the list.
    pub name: String,
    /// How it may be used.
    pub form: Form,
    /// First time that it meant this actor.
    pub from: Option<Edtf>,
    /// Last time that it meant this actor.
    pub until: Option<Edtf>,
}

/// How a name may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// Anywhere.
    Name,
    /// Only in capitals as written.
    Acronym,
    /// Only in front of a force or government.
    Adjective,
    /// Only in a search.
    Weak,
}

macro_rules! classes {
    ($($(#[$doc:meta])* $v:ident = $s:literal),+ $(,)?) => {
        /// What an actor is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Class { $($(#[$doc])* $v),+ }
        impl Class {
            /// Every class, in order.
            pub const ALL: &'static [Class] = &[$(Class::$v),+];
            /// The name used in the list.
            pub fn name(self) -> &'static str { match self { $(Class::$v => $s),+ } }
        }
    };
}

classes! {
    /// A country.
    State = "state",
    /// A government of a time.
    Government = "government",
    /// Armed forces.
    Army = "army",
    /// Police.
    Police = "police",
    /// A secret service.
    Intelligence = "intelligence",
    /// Forces beside army and police, and groups that act for those in power.
    Paramilitary = "paramilitary",
    /// A militia.
    Militia = "militia",
    /// Rebels.
    Rebel = "rebel",
    /// Rebels who want a territory of their own.
    Separatist = "separatist",
    /// Guerrillas.
    Guerrilla = "guerrilla",
    /// Jihadists.
    Jihadist = "jihadist",
    /// A party.
    Party = "party",
    /// A drug cartel.
    Cartel = "cartel",
    /// A gang.
    Gang = "gang",
    /// A cult.
    Cult = "cult",
    /// States acting together.
    Coalition = "coalition",
    /// An international organisation.
    International = "international",
    /// A force or government without a name of its own: "police", "the army".
    Generic = "generic",
    /// People without a name and without a state: "gunmen", "bandits".
    People = "people",
}

impl Class {
    /// Whether actors of this class have no name of their own.
    pub fn is_nameless(self) -> bool {
        matches!(self, Class::Generic | Class::People)
    }
}

/// A place where an article names an actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorMention {
    /// The words.
    pub span: Span,
    /// The same as indices into [`Tokens::tokens`], half-open.
    pub tokens: (usize, usize),
    /// The key in the list, or the folded longest name that the article gives.
    pub key: String,
    /// The name in the list, or the longest name that the article gives.
    pub name: String,
    /// What found it: `list`, `generic`, `country+force`, `form`, `cue`, `state force`, `acronym`, `alias`, `short`.
    pub by: &'static str,
}

/// A list of actors, ready for finding.
#[derive(Debug)]
pub struct Actors {
    list: Vec<Actor>,
    keys: HashMap<String, usize>,
    index: Index,
}

impl Actors {
    /// The list that ships with the program. *Cost*: read once, some milliseconds.
    pub fn builtin() -> &'static Actors {
        static LIST: LazyLock<Actors> = LazyLock::new(|| {
            let parsed = parse::stanzas(BUILTIN, Vec::new());
            Actors::of(parsed.unwrap_or_else(|(_, kept)| kept))
        });
        &LIST
    }

    /// The list that ships with the program, extended by a user's file of the same form.
    ///
    /// *Errors*: `actors/list`, naming the line and what to write there.
    pub fn with(extra: &str) -> Result<Actors, Problem> {
        parse::stanzas(extra, Actors::builtin().list.clone()).map(Actors::of).map_err(|(p, _)| p)
    }

    fn of(list: Vec<Actor>) -> Actors {
        let keys = list.iter().enumerate().map(|(i, a)| (a.key.clone(), i)).collect();
        let index = Index::of(&list);
        Actors { list, keys, index }
    }

    /// Every actor, in the order of the list.
    pub fn iter(&self) -> impl Iterator<Item = &Actor> {
        self.list.iter()
    }

    /// The actor of that key; a country's generic force ("generic/troops/mli") gives the generic one.
    pub fn get(&self, key: &str) -> Option<&Actor> {
        let at = |k: &str| self.keys.get(k).and_then(|i| self.list.get(*i));
        at(key).or_else(|| key.starts_with(GENERIC).then(|| key.rsplit_once('/').and_then(|(k, _)| at(k))).flatten())
    }

    /// The actor of that name, however written. Of several the one that bears the name now, then the first in the list.
    pub fn find(&self, name: &str) -> Option<&Actor> {
        self.find_on(name, None)
    }

    /// The actor that bore that name on a day.
    pub fn find_on(&self, name: &str, day: Option<Date>) -> Option<&Actor> {
        let plain = article::fold(name);
        let plain = plain.trim();
        let plain = plain.strip_prefix("the ").unwrap_or(plain);
        let hits = self.index.exact(&index::squeeze(plain));
        hits.iter()
            .map(|h| (known::rank(&self.list[h.actor], h, day), h))
            .min_by_key(|(r, _)| *r)
            .map(|(_, h)| &self.list[h.actor])
    }

    /// Every place where the article names an actor, in text order, without overlaps; the longest reading wins.
    ///
    /// *Cost*: linear in the tokens, times the logarithm of the list.
    pub fn mentions(&self, article: &Article, tokens: &Tokens) -> Vec<ActorMention> {
        let page = Page::new(article, tokens, Words::builtin(), &self.index);
        let listed = known::mentions(self, &page, article);
        groups::mentions(self, &page, listed)
    }
}

/// How the keys of forces and people without a name of their own begin.
const GENERIC: &str = "generic/";

/// Whether a key stands for a force or people without a name of its own ("police", "gunmen"): it tells no group.
pub fn is_generic(key: &str) -> bool {
    key.starts_with(GENERIC)
}

#[cfg(test)]
mod tests;
