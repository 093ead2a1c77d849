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
}
