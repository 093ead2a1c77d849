//! Noun phrases of a sentence's tree: which noun a number counts, and nouns for people that no number counts.

use super::counts::{Count, Counted, Form, Relation};
use super::words::Words;
use crate::classes::{Class, ClassSet, Classes};
use crate::grammar::{Tree, Upos};
use crate::{Span, fold};

/// No noun phrase has more words; it bounds the time for a number.
const LONGEST: usize = 32;

/// A tree with what is known of its nouns.
pub(super) struct Nouns<'a> {
    pub(super) text: &'a str,
    pub(super) tree: &'a Tree<'static>,
    pub(super) words: &'static Words,
    /// No letter of the sentence is small.
    capitals: bool,
}

impl<'a> Nouns<'a> {
    pub(super) fn new(text: &'a str, tree: &'a Tree<'static>, words: &'static Words) -> Nouns<'a> {
        let small = |n: &crate::grammar::Node<'_>| n.span.of(text).contains(char::is_lowercase);
        Nouns { text, tree, words, capitals: !tree.nodes.iter().any(small) }
    }

    /// The word of a node, folded.
    pub(super) fn norm(&self, node: usize) -> String {
        fold(self.tree.nodes[node].span.of(self.text))
    }

    /// The words that make one name of a thing with `head`: modifiers and compounds in front of it, without articles,
    /// numbers and clauses.
    fn phrase(&self, head: usize) -> Span {
        let mut first = head;
        while first > 0 && head - first < LONGEST && self.modifies(first - 1, head) {
            first -= 1;
        }
        self.tree.span(first..head + 1)
    }

    fn modifies(&self, node: usize, head: usize) -> bool {
        let n = &self.tree.nodes[node];
        matches!(n.tag, Upos::Adj | Upos::Noun | Upos::Propn | Upos::Verb | Upos::Punct | Upos::Adv)
            && !matches!(self.tree.relation(node), "det" | "nummod" | "cc" | "nmod")
            && (n.tag != Upos::Punct || self.norm(node) == "-")
            && self.tree.under(node, head)
    }

    /// What the phrase that ends with `head` means: the whole phrase is asked first.
    pub(super) fn classes(&self, head: usize) -> ClassSet {
        let n = &self.tree.nodes[head];
        let before = self.tree.nodes[..head]
            .last()
            .filter(|b| b.tag == Upos::Noun || b.tag == Upos::Propn || b.tag == Upos::Adj);
        let words = before.map_or(n.span, |b| b.span.join(n.span)).of(self.text);
        Classes::builtin().main(words)
    }

    pub(super) fn counted(&self, head: usize) -> Counted {
        let lemma = fold(&self.tree.nodes[head].lemma);
        Counted { node: head, span: self.phrase(head), lemma, classes: self.classes(head) }
    }

    pub(super) fn is_person(&self, node: usize) -> bool {
        self.classes(node).any(&[Class::Person, Class::Body])
    }

    /// Whether a node can be the head of a phrase that is counted.
    fn nominal(&self, node: usize) -> bool {
        match self.tree.nodes[node].tag {
            Upos::Noun | Upos::Propn => true,
            Upos::Adj | Upos::Verb | Upos::Num => self.is_person(node),
            _ => false,
        }
    }

    /// The noun that a number at nodes `first..=last` with head `numeral` stands before.
    pub(super) fn behind(&self, numeral: usize, last: usize) -> Option<usize> {
        let tree = self.tree;
        let run = self.run(last + 1);
        if let Some(h) = tree.nodes[numeral].head
            && h > last
            && matches!(tree.relation(numeral), "nummod" | "det" | "amod" | "compound" | "advmod" | "obl" | "nmod")
            && self.nominal(h)
            && (last + 1..h).all(|i| self.between(i, h))
            && self.shares(last + 1..h)
        {
            return Some(h);
        }
        // "25 wounded": the participle is a noun, whatever the parser makes of it.
        let next = last + 1;
        let participle = |i: usize| {
            self.tree.nodes[i].tag == Upos::Verb && self.is_person(i) && tree.child(i, &["aux", "obj"]).is_none()
        };
        if run.is_none() && next < tree.nodes.len() && participle(next) {
            return Some(next);
        }
        run.filter(|n| !self.classes(*n).has(Class::Time))
    }

    /// Whether a number before these words may count the noun behind them: another number among them lends it the noun
    /// over a conjunction ("two or three men"), but not over a verb ("killed two and wounded five others").
    fn shares(&self, words: std::ops::Range<usize>) -> bool {
        let tag = |i: usize| self.tree.nodes[i].tag;
        let lends = |i: usize| match tag(i) {
            Upos::Num | Upos::Cconj | Upos::Punct | Upos::Adp | Upos::Adv | Upos::Det => true,
            // "At least", "two young and three old men", but not a verb that was taken for an adjective.
            Upos::Adj => self.tree.relation(i) != "conj" && !self.is_person(i),
            _ => false,
        };
        match words.clone().rev().find(|i| tag(*i) == Upos::Num) {
            Some(number) => (words.start..number).all(lends),
            None => tag(words.start) != Upos::Cconj || !words.clone().any(|i| tag(i) == Upos::Verb),
        }
    }

    fn between(&self, i: usize, h: usize) -> bool {
        let punct = self.tree.nodes[i].tag == Upos::Punct;
        self.tree.under(i, h)
            && !matches!(self.tree.relation(i), "nsubj" | "obj" | "cop" | "aux")
            && (!punct || self.norm(i) != ".")
    }

    /// The last noun of the adjectives and nouns that begin at `from` without a break.
    pub(super) fn run(&self, from: usize) -> Option<usize> {
        let mut last = None;
        for i in (from..self.tree.nodes.len()).take(LONGEST) {
            match self.tree.nodes[i].tag {
                Upos::Noun | Upos::Propn => last = Some(i),
                Upos::Adj if self.is_person(i) => last = Some(i),
                Upos::Adj => {}
                Upos::Punct if self.norm(i) == "-" => {}
                _ => break,
            }
        }
        last
    }

    /// The noun or pronoun behind "of" at node `of`, and whether it is one that is already known.
    pub(super) fn target(&self, of: usize) -> Option<(usize, bool)> {
        let tree = self.tree;
        if of + 1 < tree.nodes.len() && self.pronoun(of + 1) {
            return Some((of + 1, true));
        }
        let case = tree.nodes[of].head.filter(|h| *h > of && tree.relation(of) == "case");
        let head = case.or_else(|| self.run_past_determiners(of + 1))?;
        let known = |i: usize| self.words.definite.word(&self.norm(i)).is_some();
        let definite = self.pronoun(head) || (of + 1..head).any(|i| known(i) || tree.nodes[i].tag == Upos::Num);
        Some((head, definite))
    }

    /// Whether a node is a pronoun for people counted before: "those" of "of those", not of "of those men".
    pub(super) fn pronoun(&self, node: usize) -> bool {
        self.tree.relation(node) != "det" && self.words.pronoun.word(&self.norm(node)).is_some()
    }

    fn run_past_determiners(&self, from: usize) -> Option<usize> {
        let skip = |i: &usize| {
            matches!(self.tree.nodes[*i].tag, Upos::Det | Upos::Num)
                || self.words.definite.word(&self.norm(*i)).is_some()
        };
        let next = (from..self.tree.nodes.len()).find(|i| !skip(i))?;
        if self.pronoun(next) { Some(next) } else { self.run(next) }
    }

    /// The noun that a subject is said to be: "children" for "seven" in "seven of them were children".
    pub(super) fn predicate(&self, node: usize) -> Option<usize> {
        let head = self.tree.nodes[node].head.filter(|_| self.tree.relation(node) == "nsubj")?;
        (self.tree.child(head, &["cop"]).is_some() && self.is_person(head)).then_some(head)
    }

    /// Nouns for people that no number counts.
    pub(super) fn uncounted(&self, taken: &[usize]) -> Vec<Count> {
        (0..self.tree.nodes.len()).filter(|i| taken.binary_search(i).is_err()).filter_map(|i| self.person(i)).collect()
    }

    fn person(&self, i: usize) -> Option<Count> {
        let (tree, n) = (self.tree, &self.tree.nodes[i]);
        let single = |i: usize| self.words.single.word(&self.norm(i)).is_some();
        let known = |i: usize| self.words.definite.word(&self.norm(i)).is_some();
        let det = tree.children(i).filter(|c| *c < i).find(|c| single(*c) || known(*c));
        let noun = match n.tag {
            Upos::Noun => true,
            // Names are capitals, too; only at the head of a sentence, or among capitals, may it be a noun.
            Upos::Propn => self.capitals || i == 0,
            Upos::Adj => det.is_some() && tree.relation(i) != "amod",
            _ => false,
        };
        let inner =
            matches!(tree.relation(i), "compound" | "flat" | "fixed" | "amod" | "vocative") || n.label == "nmod:poss";
        let counted = self.counted(i);
        if !noun || inner || !counted.classes.any(&[Class::Person, Class::Body]) {
            return None;
        }
        // "The dead" are several.
        let plural = self.plural(i) || n.tag == Upos::Adj;
        let (form, low, high) = match det {
            Some(d) if single(d) => (Form::Single, Some(1), Some(1)),
            // "Taken hostage", "elected mayor"
            None if tree.relation(i) == "xcomp" => return None,
            Some(_) if plural => (Form::Definite, None, None),
            Some(_) => (Form::Definite, Some(1), Some(1)),
            None if plural => (Form::Bare, Some(2), None),
            None => (Form::Bare, Some(1), Some(1)),
        };
        let start = det.map_or(counted.span, |d| tree.nodes[d].span);
        let (span, whole) =
            (det.filter(|d| single(*d)).map_or(n.span, |d| tree.nodes[d].span), start.join(counted.span));
        let (nouns, relation) = (vec![counted], Relation::Whole);
        Some(Count {
            span,
            whole,
            low,
            high,
            form,
            nouns,
            relation,
            node: i,
            numeral: None,
            governors: Vec::new(),
            apposed: false,
        })
    }

    pub(super) fn plural(&self, i: usize) -> bool {
        let norm = self.norm(i);
        let listed = Classes::builtin().of(&norm).known();
        let other = || norm != fold(&self.tree.nodes[i].lemma);
        self.words.collective.word(&norm).is_some() || if listed { Classes::builtin().plural(&norm) } else { other() }
    }
}
