//! Classes of nouns: what a noun can mean, as far as the roles of a story need it, with its senses in order of use.
//!
//! "Peasants", "clerics" and "a substation" tell what they are by the noun alone. WordNet 3.0 (Fellbaum 1998) orders
//! the senses of English nouns by how often they were met in tagged texts, and hangs each under broader ones; a recipe,
//! `language/en/classes.txt`, names the broad senses that make each class, and adds what news mean first. `workbench
//! classes` compiles both into `models/en/classes.bin`, which is built in: a finite-state map from nouns to their
//! senses. WordNet itself is not needed to build or to read.
//!
//! ```
//! use article::classes::{Class, Classes};
//! let nouns = Classes::builtin();
//! assert!(nouns.main("peasants").has(Class::Farmer));
//! assert!(nouns.main("off-duty police officers").has(Class::Police));
//! assert!(nouns.of("plant").is(Class::Factory, 2));
//! ```

mod kinds;
pub mod layout;
mod lookup;

pub use kinds::{Class, ClassSet};

use layout::{Broken, Source};
use std::sync::LazyLock;

static BYTES: &[u8] = include_bytes!("../../../models/en/classes.bin");

/// The compiled table. *Cost*: opening decodes the rows and takes a millisecond or two; a lookup hashes the noun and its endings.
pub struct Classes {
    /// Where each list of senses begins among `senses`.
    lists: Vec<usize>,
    senses: Vec<Sense>,
    plurals: Vec<(&'static str, &'static str)>,
    keys: lookup::Keys,
    len: usize,
}

/// What a noun means in one group of its senses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sense {
    /// The classes it belongs to; empty for a sense that belongs to none.
    pub classes: ClassSet,
    /// How much of the noun's use it makes up, in per cent, as far as counts tell.
    pub share: u8,
}

/// The senses of a noun, the commonest first; senses of the same classes are one. None for an unknown noun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Senses<'c>(&'c [Sense]);

impl<'c> Senses<'c> {
    /// The senses, the commonest first.
    pub fn iter(self) -> impl Iterator<Item = Sense> + 'c {
        self.0.iter().copied()
    }

    /// The noun is in the table.
    pub fn known(self) -> bool {
        !self.0.is_empty()
    }

    /// The classes of the commonest sense; empty for an unknown noun.
    pub fn main(self) -> ClassSet {
        self.0.first().map_or(ClassSet::default(), |s| s.classes)
    }

    /// Whether one of the first `within` senses belongs to `class`.
    pub fn is(self, class: Class, within: usize) -> bool {
        self.0.iter().take(within).any(|s| s.classes.has(class))
    }

    /// How much of its use belongs to `class`. *Range*: 0 to 1.
    pub fn share(self, class: Class) -> f32 {
        self.0.iter().filter(|s| s.classes.has(class)).map(|s| f32::from(s.share)).sum::<f32>() / 100.0
    }
}

/// The bytes are no table of classes that this program can read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// They do not begin as a table of this version does.
    #[error("this is no table of noun classes, or one of another version; make one with `workbench classes`")]
    NotATable,
    /// They have other classes than the program.
    #[error("the table of noun classes has other classes than the program; make it again with `workbench classes`")]
    Classes,
    /// A part is cut short or out of range.
    #[error("the table of noun classes is damaged; make it again with `workbench classes`")]
    Damaged,
}

impl From<Broken> for Refused {
    fn from(_: Broken) -> Refused {
        Refused::Damaged
    }
}

impl std::fmt::Debug for Classes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Classes").field("nouns", &self.len()).finish_non_exhaustive()
    }
}

impl Classes {
    /// The table that is built into the program. *Cost*: opened at the first call.
    ///
    /// *Panics*: never; a test opens the shipped file.
    pub fn builtin() -> &'static Classes {
        static TABLE: LazyLock<Classes> =
            LazyLock::new(|| Classes::from_bytes(BYTES).expect("the shipped table was tested"));
        &TABLE
    }

    /// Opens a table. *Errors*: the bytes are not what `workbench classes` writes for these classes.
    pub fn from_bytes(bytes: &'static [u8]) -> Result<Classes, Refused> {
        let mut source = Source::open(bytes).ok_or(Refused::NotATable)?;
        let names = source.many(Source::text)?;
        if !names.into_iter().eq(Class::ALL.iter().map(|c| c.name())) {
            return Err(Refused::Classes);
        }
        let plurals = source.many(|s| Ok((s.text()?, s.text()?)))?;
        let sets = source.many(|s| Ok(ClassSet::from_bits(u128::from_le_bytes(s.array()?))))?;
        let (mut lists, mut senses) = (vec![0], Vec::new());
        for list in source.many(|s| s.few(|s| Ok((u16::from_le_bytes(s.array()?), s.byte()?))))? {
            for (set, share) in list {
                let classes = *sets.get(usize::from(set)).ok_or(Broken)?;
                senses.push(Sense { classes, share });
            }
            lists.push(senses.len());
        }
        let nouns = fst::raw::Fst::new(source.rest()).map_err(|_| Broken)?;
        nouns.verify().map_err(|_| Broken)?;
        let mut all = Vec::with_capacity(nouns.len());
        let mut stream = nouns.stream();
        while let Some((key, value)) = fst::Streamer::next(&mut stream) {
            all.push((key.to_owned(), u32::try_from(value.value()).map_err(|_| Broken)?));
        }
        Ok(Classes { lists, senses, plurals, keys: lookup::Keys::new(&all), len: all.len() })
    }

    /// The senses of a noun or noun phrase, in any case, singular or plural: those of the whole phrase if it is listed,
    /// else those of its last words, else of the part behind the last hyphen, else what its ending tells. *Cost*: bounded
    /// by the last four words; none longer than 40 bytes is looked up.
    pub fn of(&self, noun: &str) -> Senses<'_> {
        lookup::find(self, noun).map_or(Senses::default(), |found| found.senses)
    }

    /// Whether a noun, or the last word of a phrase, is known as a plural. *Cost*: as [`Classes::of`].
    pub fn plural(&self, noun: &str) -> bool {
        lookup::find(self, noun).is_some_and(|found| found.plural)
    }

    /// The classes of a noun's commonest sense; see [`Classes::of`].
    pub fn main(&self, noun: &str) -> ClassSet {
        self.of(noun).main()
    }

    /// How many nouns, plurals and endings are listed.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether nothing is listed.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// What is listed under exactly the key that the parts make together.
    fn get(&self, key: &[&[u8]]) -> Option<Found<'_>> {
        let value = self.keys.get(key)?;
        let list = (value >> 1) as usize;
        let senses = Senses(self.senses.get(*self.lists.get(list)?..*self.lists.get(list + 1)?)?);
        Some(Found { senses, plural: value & 1 == 1 })
    }
}

/// What a lookup found.
#[derive(Clone, Copy)]
struct Found<'c> {
    senses: Senses<'c>,
    plural: bool,
}

#[cfg(test)]
mod tests;
