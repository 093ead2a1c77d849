//! Who or what is counted in a sentence, and how its counts hang together.
//!
//! A number phrase alone says little: "five" of "two officers and five civilians" is part of a sum, "seven" of "of whom
//! seven were children" part of a whole, "56" of "to 63 from 56" no longer true, and "a guard" is one without any number.
//! [`counts`] puts the number phrases of [`super::amounts`] on the tree of their sentence, finds the nouns they count,
//! takes in nouns for people that no number counts, and relates them.

use super::draft::{Draft, Scene};
use super::governor::{Governor, Role, governors};
use super::noun::Nouns;
use super::words::Words;
use super::{Amount, Unit, relate};
use crate::classes::{Class, ClassSet};
use crate::grammar::{Syntax, Upos};
use crate::{Span, Tokens};

/// People or things that a sentence counts or names by a noun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// The words that count, approximator included; where nothing counts, the head word of the noun phrase.
    pub span: Span,
    /// The same together with the nouns and their modifiers.
    pub whole: Span,
    /// Lower bound, if the words give one.
    pub low: Option<u64>,
    /// Upper bound, if the words give one.
    pub high: Option<u64>,
    /// What counts.
    pub form: Form,
    /// What is counted, in text order: more than one in "a dozen men, women and children", none in "12 were hurt".
    pub nouns: Vec<Counted>,
    /// How it hangs together with other counts of the sentence.
    pub relation: Relation,
    /// The head of the phrase, as a node of the sentence's tree.
    pub node: usize,
    /// The number, as a node of the tree, if there is one.
    pub numeral: Option<usize>,
    /// The verbs, event nouns and adjectives that it is an argument of, the nearest first.
    pub governors: Vec<Governor>,
    /// It stands behind another noun phrase and says what that is: "Ane Rolf, a nurse".
    pub apposed: bool,
}

/// A noun that is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Its node in the sentence's tree.
    pub node: usize,
    /// Its words with those that modify it, without number and article.
    pub span: Span,
    /// The noun by itself, in lower case, as the dictionary has it.
    pub lemma: String,
    /// What its commonest sense means.
    pub classes: ClassSet,
}

/// What counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// A number phrase: "at least 30", "dozens", "both", "no".
    Number,
    /// A share of a whole: "half of the 40", "most of them".
    Share,
    /// A multiple of another count: "twice as many as the 12".
    Times,
    /// An indefinite single: "a guard", "another civilian".
    Single,
    /// A known one or known several: "the driver" is one, "the villagers" are open.
    Definite,
    /// No word that counts: "villagers" are at least two, "villager" in a headline is one.
    Bare,
    /// The sum of several counts that are joined: its members refer to it.
    Sum,
}

/// How a count hangs together with another of the same sentence, by its index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// It stands for itself.
    Whole,
    /// Part of another: "including three children"; of none in this sentence where no index is given.
    PartOf(Option<usize>),
    /// A member of a sum.
    MemberOf(usize),
    /// A value that another replaces: "from 56", "up from 85".
    Was(Option<usize>),
}

impl Count {
    /// Whether people are counted, as far as the nouns tell; dead bodies are people. None without a noun.
    pub fn people(&self) -> Option<bool> {
        let people = |c: &Counted| c.classes.any(&[Class::Person, Class::Body]);
        (!self.nouns.is_empty()).then(|| self.nouns.iter().any(people))
    }
}

/// The counts of one sentence, in text order, sums behind all others. `amounts` are those of the whole article or of the
/// sentence. *Cost*: the sentence is parsed, unless it was; then linear in its words.
pub fn counts(tokens: &Tokens, amounts: &[Amount], syntax: &Syntax<'_>, sentence: usize) -> Vec<Count> {
    let Some(s) = tokens.sentences.get(sentence) else { return Vec::new() };
    let tree = syntax.tree(sentence);
    if tree.nodes.is_empty() {
        return Vec::new();
    }
    let first = amounts.partition_point(|a| a.tokens.0 < s.tokens.0);
    let inside = amounts[first..].iter().take_while(|a| a.tokens.1 <= s.tokens.1);
    let nouns = Nouns::new(syntax.text(), tree, Words::get());
    let scene = Scene { tokens: &tokens.tokens[..s.tokens.1], from: s.tokens.0, nouns: &nouns };

    let mut drafts = scene.multiples();
    let multiples: Vec<Span> = drafts.iter().map(|d| d.count.span).collect();
    for a in inside.filter(|a| a.unit == Unit::Count) {
        // "Three times that number" is one amount, and three no count.
        let next = multiples.partition_point(|m| m.end <= a.span.start);
        if !multiples.get(next).is_some_and(|m| m.overlaps(a.span)) {
            drafts.extend(scene.numbers(a));
        }
    }
    drafts.extend(scene.shares());
    let mut taken: Vec<usize> = drafts.iter().flat_map(Draft::taken).collect();
    taken.sort_unstable();
    drafts.extend(nouns.uncounted(&taken).into_iter().map(Draft::of));
    drafts.sort_by_key(|d| (d.count.span.start, d.count.span.end));
    for d in &mut drafts {
        let c = &mut d.count;
        (c.governors, c.apposed) = governors(tree, syntax.text(), c.node, c.span, Words::get());
        // "Ten dead": the noun itself is what is said of them.
        let telling =
            |n: &Counted| n.node == c.node && n.classes.has(Class::Victim) && tree.nodes[n.node].tag != Upos::Noun;
        if c.nouns.iter().any(telling) && c.governors.iter().all(|g| g.node != c.node) {
            c.governors.insert(0, Governor { node: c.node, role: Role::BareSubject });
        }
    }
    relate::relate(&scene, drafts)
}
