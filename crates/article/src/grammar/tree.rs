//! What a parse says of a sentence.

use crate::Span;

/// A universal part of speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Upos {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    X,
}

impl Upos {
    /// All tags, in the order of a model's outputs.
    pub const ALL: [Upos; 17] = [
        Upos::Adj,
        Upos::Adp,
        Upos::Adv,
        Upos::Aux,
        Upos::Cconj,
        Upos::Det,
        Upos::Intj,
        Upos::Noun,
        Upos::Num,
        Upos::Part,
        Upos::Pron,
        Upos::Propn,
        Upos::Punct,
        Upos::Sconj,
        Upos::Sym,
        Upos::Verb,
        Upos::X,
    ];

    /// The name in treebanks, such as `PROPN`.
    pub fn name(self) -> &'static str {
        match self {
            Upos::Adj => "ADJ",
            Upos::Adp => "ADP",
            Upos::Adv => "ADV",
            Upos::Aux => "AUX",
            Upos::Cconj => "CCONJ",
            Upos::Det => "DET",
            Upos::Intj => "INTJ",
            Upos::Noun => "NOUN",
            Upos::Num => "NUM",
            Upos::Part => "PART",
            Upos::Pron => "PRON",
            Upos::Propn => "PROPN",
            Upos::Punct => "PUNCT",
            Upos::Sconj => "SCONJ",
            Upos::Sym => "SYM",
            Upos::Verb => "VERB",
            Upos::X => "X",
        }
    }
}

/// One word of a parsed sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node<'g> {
    /// Where it stands.
    pub span: Span,
    /// Its part of speech, as the parser sees it.
    pub tag: Upos,
    /// Its dictionary form, in lower case but for proper nouns.
    pub lemma: String,
    /// The word it depends on, as an index into the tree; none for the root.
    pub head: Option<usize>,
    /// How it depends on its head: a Universal Dependencies relation, with subtype, such as `nsubj:pass`.
    pub label: &'g str,
}

/// The words of a sentence and how they depend on each other: one root, no cycles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree<'g> {
    /// In text order.
    pub nodes: Vec<Node<'g>>,
}

impl Tree<'_> {
    /// The word that depends on none; none in an empty tree.
    pub fn root(&self) -> Option<usize> {
        self.nodes.iter().position(|n| n.head.is_none())
    }

    /// The words that depend on `head`, in text order. *Cost*: linear in the sentence.
    pub fn children(&self, head: usize) -> impl Iterator<Item = usize> + '_ {
        self.nodes.iter().enumerate().filter(move |(_, n)| n.head == Some(head)).map(|(i, _)| i)
    }

    /// The relation of word `i` to its head, without subtype: `nsubj` for `nsubj:pass`.
    pub fn relation(&self, i: usize) -> &str {
        self.nodes[i].label.split(':').next().unwrap_or_default()
    }

    /// The first dependent of `head` in one of these relations; those without subtype stand for all subtypes.
    pub fn child(&self, head: usize, relations: &[&str]) -> Option<usize> {
        self.children(head)
            .find(|c| relations.contains(&self.nodes[*c].label) || relations.contains(&self.relation(*c)))
    }

    /// Whether `i` is `head` or depends on it, however far. *Cost*: linear in the depth.
    pub fn under(&self, mut i: usize, head: usize) -> bool {
        loop {
            if i == head {
                return true;
            }
            match self.nodes[i].head {
                Some(h) => i = h,
                None => return false,
            }
        }
    }

    /// How many arcs lie between two words. *Cost*: that of their depths multiplied.
    pub fn distance(&self, a: usize, b: usize) -> usize {
        let up = |i: usize| std::iter::successors(Some(i), |i| self.nodes[*i].head);
        let above: Vec<usize> = up(a).collect();
        let met = up(b).enumerate().find_map(|(n, i)| Some(n + above.iter().position(|x| *x == i)?));
        met.unwrap_or(self.nodes.len())
    }

    /// The words from the first to the last that depend on `head`, itself included, as a half-open range.
    pub fn range(&self, head: usize) -> std::ops::Range<usize> {
        let inside = |i: &usize| self.under(*i, head);
        let first = (0..=head).find(inside).unwrap_or(head);
        let last = (head..self.nodes.len()).rev().find(inside).unwrap_or(head);
        first..last + 1
    }

    /// Where the words of a range stand, from the first to the last; empty for an empty range.
    pub fn span(&self, range: std::ops::Range<usize>) -> Span {
        match self.nodes.get(range) {
            Some([first, .., last]) => first.span.join(last.span),
            Some([one]) => one.span,
            _ => Span::new(0, 0),
        }
    }

    /// The word that covers the byte `at`.
    pub fn at(&self, at: u32) -> Option<usize> {
        let next = self.nodes.partition_point(|n| n.span.start <= at);
        next.checked_sub(1).filter(|i| at < self.nodes[*i].span.end)
    }
}
