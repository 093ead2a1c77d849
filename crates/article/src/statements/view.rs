//! A tree with its children and subtrees worked out once, and the little questions that all rules ask of it.

use super::cues::LISTS;
use super::quotes::Quote;
use crate::Span;
use crate::grammar::{Tree, Upos};

/// A tree of one sentence and its text.
pub(super) struct View<'a> {
    pub(super) text: &'a str,
    pub(super) tree: &'a Tree<'static>,
    kids: Vec<Vec<usize>>,
    /// First and last word of each subtree.
    reach: Vec<(usize, usize)>,
    /// When a walk through the tree comes to each word, and when it leaves it.
    walk: Vec<(usize, usize)>,
    /// The quotation that each word stands in, counted from one; 0 outside all.
    quoted: Vec<usize>,
}

impl<'a> View<'a> {
    /// *Cost*: linear in the sentence.
    pub(super) fn new(text: &'a str, tree: &'a Tree<'static>, quotes: &[Quote]) -> View<'a> {
        let n = tree.nodes.len();
        let mut kids = vec![Vec::new(); n];
        for (i, node) in tree.nodes.iter().enumerate() {
            if let Some(h) = node.head {
                kids[h].push(i);
            }
        }
        let mut quoted = vec![0; n];
        for (i, node) in tree.nodes.iter().enumerate() {
            let next = quotes.partition_point(|q| q.span.end <= node.span.start);
            if quotes.get(next).is_some_and(|q| q.span.contains(node.span)) {
                quoted[i] = next + 1;
            }
        }
        let reach = (0..n).map(|i| (i, i)).collect();
        let mut view = View { text, tree, kids, reach, walk: vec![(0, 0); n], quoted };
        let mut order = Vec::with_capacity(n);
        let mut stack: Vec<usize> = tree.root().into_iter().collect();
        while let Some(i) = stack.pop() {
            view.walk[i].0 = order.len();
            order.push(i);
            stack.extend(view.kids[i].iter().rev());
        }
        for i in order.iter().rev() {
            // In a walk from the root the words below one stand right behind it.
            let last = view.kids[*i].iter().map(|k| view.walk[*k].1).max();
            view.walk[*i].1 = last.unwrap_or(view.walk[*i].0 + 1);
            if let Some(h) = tree.nodes[*i].head {
                let (a, b) = view.reach[*i];
                let reach = &mut view.reach[h];
                *reach = (reach.0.min(a), reach.1.max(b));
            }
        }
        view
    }

    pub(super) fn len(&self) -> usize {
        self.tree.nodes.len()
    }

    pub(super) fn kids(&self, i: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.kids[i].iter().copied()
    }

    /// The first child in one of these relations, without subtype.
    pub(super) fn kid(&self, i: usize, relations: &[&str]) -> Option<usize> {
        self.kids(i).find(|k| relations.contains(&self.relation(*k)))
    }

    /// The relation without subtype.
    pub(super) fn relation(&self, i: usize) -> &str {
        self.tree.relation(i)
    }

    pub(super) fn label(&self, i: usize) -> &str {
        self.tree.nodes[i].label
    }

    pub(super) fn head(&self, i: usize) -> Option<usize> {
        self.tree.nodes[i].head
    }

    pub(super) fn tag(&self, i: usize) -> Upos {
        self.tree.nodes[i].tag
    }

    pub(super) fn lemma(&self, i: usize) -> &str {
        &self.tree.nodes[i].lemma
    }

    pub(super) fn span(&self, i: usize) -> Span {
        self.tree.nodes[i].span
    }

    /// The word as printed.
    pub(super) fn form(&self, i: usize) -> &'a str {
        self.tree.nodes[i].span.of(self.text)
    }

    /// Whether the word is `what`, in any case.
    pub(super) fn is(&self, i: usize, what: &str) -> bool {
        i < self.len() && self.form(i).eq_ignore_ascii_case(what)
    }

    /// Whether the word as printed is in one of the plain lists of `cues.txt`.
    pub(super) fn listed(&self, i: usize, list: &str) -> bool {
        i < self.len() && LISTS.has(list, &self.form(i).to_lowercase())
    }

    pub(super) fn is_mark(&self, i: usize) -> bool {
        i < self.len() && self.tag(i) == Upos::Punct
    }

    /// The quotation that a word stands in, marks included, counted from one; 0 outside all.
    pub(super) fn quoted(&self, i: usize) -> usize {
        self.quoted[i]
    }

    /// First and last word of the subtree.
    pub(super) fn reach(&self, i: usize) -> (usize, usize) {
        self.reach[i]
    }

    /// Whether `i` is `head` or depends on it, however far.
    pub(super) fn under(&self, i: usize, head: usize) -> bool {
        self.walk[head].0 <= self.walk[i].0 && self.walk[i].0 < self.walk[head].1
    }

    /// The text from word `from` to word `to`, both included.
    pub(super) fn text_span(&self, (from, to): (usize, usize)) -> Span {
        self.span(from).join(self.span(to))
    }

    /// Whether the words from `at` on are `phrase`.
    pub(super) fn phrase(&self, at: usize, phrase: &[&str]) -> bool {
        phrase.iter().enumerate().all(|(n, w)| self.is(at + n, w))
    }
}
