//! Words, sentences, tags, lemmas and dependency trees in the manner of Universal Dependencies.
//!
//! [`words`] cuts text into syntactic words by rule. Two small neural networks of one kind do the rest: one of width 64 tags
//! running text and tells where sentences end, one of width 160 parses a sentence. Both read a word as the sum of its
//! features' rows (form, beginnings, endings, shape) and the words around it through simple recurrent units in both
//! directions; the parser then scores every pair of words as head and dependent, with their distance, takes the best tree,
//! and labels its arcs. In training both also learn to tell finer tags and morphological features, which are not kept.
//!
//! Why this: without outside vectors, what a parser knows of a word is its letters and its neighbours. Recurrent encoders
//! with arc scoring gain some three points over transition parsers with hashed features or one hidden layer when all are
//! trained on the same treebank, and need no search and no oracle. LSTMs would cost ten times the budget of 16 µs a word;
//! units that recur channel by channel leave only matrix products over whole sentences, and those are made in whole
//! numbers (`product.rs`), with the widest instructions that the processor has (`lanes.rs`).
//! Sources: Lei et al. 2018 (the units), Dozat and Manning 2017 (arcs), Kiperwasser and Goldberg 2016 (labels), Qi et al.
//! 2018 (distances), Peng et al. 2023 (shares of the words beside).
//!
//! The weights are `models/en/grammar.bin`; its card beside it tells what they were trained on and how good they are.

mod arcs;
mod clause;
pub mod features;
mod lanes;
pub mod layout;
pub mod lemma;
pub(crate) mod model;
pub(crate) mod net;
mod product;
mod syntax;
mod tail;
mod tree;
mod words;
mod worker;

pub use clause::{Argument, Clauses, Slot};
pub use model::{Grammar, Refused};
pub use syntax::Syntax;
pub use tree::{Node, Tree, Upos};
pub use words::{Word, words};
pub use worker::Worker;

#[cfg(test)]
mod tests;
