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

/// The words of a sentence and how they depend on each other: one root, no cycles. Made by [`Tree::new`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree<'g> {
    /// In text order.
    pub nodes: Vec<Node<'g>>,
    /// Where the dependents of each word begin in `kids`, and behind the last where they end.
    starts: Vec<u32>,
    /// The dependents of all words, word by word.
    kids: Vec<u32>,
    /// First and last word of each subtree.
    reach: Vec<(u32, u32)>,
}

impl<'g> Tree<'g> {
    /// A tree of words that name their heads. Who depends on whom is worked out here once, since every rule asks for it.
    /// *Cost*: linear in the sentence.
    pub fn new(nodes: Vec<Node<'g>>) -> Tree<'g> {
        let n = nodes.len();
        let head = |i: usize| nodes[i].head.filter(|h| *h < n);
        let mut starts = vec![0u32; n + 1];
        (0..n).filter_map(head).for_each(|h| starts[h + 1] += 1);
        (0..n).for_each(|h| starts[h + 1] += starts[h]);
        let (mut next, mut kids) = (starts.clone(), vec![0; starts[n] as usize]);
        for (i, h) in (0..n).filter_map(|i| Some((i, head(i)?))) {
            kids[next[h] as usize] = i as u32;
            next[h] += 1;
        }
        let reach = (0..n as u32).map(|i| (i, i)).collect();
        let mut tree = Tree { nodes, starts, kids, reach };
        // Heads before their dependents; backwards, each subtree is whole before its head takes it in.
        let mut order: Vec<usize> = (0..n).filter(|i| tree.nodes[*i].head.is_none()).collect();
        let mut at = 0;
        while let Some(i) = order.get(at).copied() {
            order.extend(tree.children(i));
            at += 1;
        }
        for i in order.into_iter().rev() {
            if let Some(h) = tree.nodes[i].head {
                let (first, last) = tree.reach[i];
                let whole = &mut tree.reach[h];
                *whole = (whole.0.min(first), whole.1.max(last));
            }
        }
        tree
    }
}

impl Tree<'_> {
    /// The word that depends on none; none in an empty tree.
    pub fn root(&self) -> Option<usize> {
        self.nodes.iter().position(|n| n.head.is_none())
    }

    /// The words that depend on `head`, in text order. *Cost*: their number.
    pub fn children(&self, head: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        let kids = self.starts.get(head..head + 2).map(|s| s[0] as usize..s[1] as usize).unwrap_or_default();
        self.kids[kids].iter().map(|k| *k as usize)
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
        if !self.range(head).contains(&i) {
            return false;
        }
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

    /// The words from the first to the last that depend on `head`, itself included, as a half-open range. *Cost*: none.
    pub fn range(&self, head: usize) -> std::ops::Range<usize> {
        let (first, last) = self.reach[head];
        first as usize..last as usize + 1
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
