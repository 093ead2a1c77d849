//! Names: persons, organisations and groups, places, facilities, peoples, weapons and vehicles.
//!
//! One small network reads a sentence word by word in both directions (the units of [`grammar`](crate::grammar)) and scores
//! the marks of two [`Scheme`]s; the best legal marks are the names. Of a word it sees its letters and shape, as the tagger
//! does, and the lists and kinds of gazetteer entries that it is part of. What vectors learnt from a large corpus give
//! others, the lists must give here: which words are given names, companies or towns.
//! It learns tags and all schemes at once, so that each gains from the texts of the others.
//!
//! Sources: Collobert et al. 2011 (networks with list features), Chiu and Nichols 2016 (lists by position in the entry), Lei
//! et al. 2018 (the units). The weights are `models/en/names.bin`; the card beside it tells what they were trained on.

mod entities;
pub mod features;
mod finder;
pub mod lists;
mod model;
mod references;
pub mod scheme;

pub use entities::{Entity, Form, Mention, entities};
pub use finder::Finder;
pub use model::{MAGIC, Model, Refused, versions};
pub use scheme::Scheme;

use crate::grammar::words;
use crate::{Span, Tokens};
use std::cell::{OnceCell, RefCell};

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// A human being, by name.
    Person,
    /// A company, party, ministry, armed group, team.
    Organisation,
    /// A country, town, river, street.
    Place,
    /// A building or works with a name: an airport, a mosque, a base.
    Facility,
    /// People by nation, ethnic group or religion: "Afghans", "Sunni".
    People,
    /// A weapon, by name or class.
    Weapon,
    /// A vehicle, ship or aircraft, by name or class.
    Vehicle,
}

/// One name where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    /// Where it stands.
    pub span: Span,
    /// What it names.
    pub kind: NameKind,
}

/// Lazy names over the sentences of [`Tokens`]: no sentence is read that nobody asks for.
#[derive(Debug)]
pub struct Names<'a> {
    text: &'a str,
    sentences: Vec<Span>,
    finder: RefCell<Finder<'static>>,
    found: Vec<OnceCell<Found>>,
}

/// The words of a sentence and its names.
type Found = (Vec<Span>, Vec<Name>);

impl<'a> Names<'a> {
    /// Names by the built-in model in the sentences of `tokens`, which were read from `text`. *Cost*: nothing is read yet.
    pub fn new(text: &'a str, tokens: &Tokens) -> Names<'a> {
        let sentences: Vec<Span> = tokens.sentences.iter().map(|s| s.span).collect();
        let found = sentences.iter().map(|_| OnceCell::new()).collect();
        Names { text, sentences, finder: RefCell::new(Finder::new(Model::builtin())), found }
    }

    /// The names of a sentence, by its index in [`Tokens::sentences`], in text order and apart from each other. *Cost*: the
    /// sentence is read at the first call, its names are kept.
    pub fn sentence(&self, sentence: usize) -> &[Name] {
        &self.found(sentence).1
    }

    /// The names of all sentences in text order.
    pub fn all(&self) -> impl Iterator<Item = Name> + '_ {
        (0..self.len()).flat_map(|i| self.sentence(i).iter().copied())
    }

    /// The number of sentences.
    pub fn len(&self) -> usize {
        self.sentences.len()
    }

    /// Whether there is no sentence.
    pub fn is_empty(&self) -> bool {
        self.sentences.is_empty()
    }

    /// The text that was read.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The syntactic words of a sentence.
    fn words(&self, sentence: usize) -> &[Span] {
        &self.found(sentence).0
    }

    fn found(&self, sentence: usize) -> &Found {
        self.found[sentence].get_or_init(|| {
            let words: Vec<Span> = words(self.text, self.sentences[sentence]).iter().map(|w| w.span).collect();
            let names = self.finder.borrow_mut().names(self.text, &words);
            (words, names)
        })
    }
}

#[cfg(test)]
mod tests;
