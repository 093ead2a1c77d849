//! The trees of an article's sentences, each made when it is first asked for.

use super::{Grammar, Tree, Worker, tail, words};
use crate::{Span, Tokens};
use std::cell::{OnceCell, RefCell};

/// Lazy trees over the sentences of [`Tokens`]: nothing is parsed that nobody asks for.
#[derive(Debug)]
pub struct Syntax<'a> {
    text: &'a str,
    sentences: Vec<Span>,
    hidden: Vec<Span>,
    worker: RefCell<Worker<'static>>,
    trees: Vec<OnceCell<Tree<'static>>>,
}

impl<'a> Syntax<'a> {
    /// Trees by the built-in grammar for the sentences of `tokens`, which were read from `text`. *Cost*: nothing is parsed
    /// yet.
    pub fn new(text: &'a str, tokens: &Tokens) -> Syntax<'a> {
        let sentences: Vec<Span> = tokens.sentences.iter().map(|s| s.span).collect();
        let trees = sentences.iter().map(|_| OnceCell::new()).collect();
        Syntax { text, sentences, hidden: Vec::new(), worker: RefCell::new(Worker::new(Grammar::builtin())), trees }
    }

    /// Leaves the words inside these spans, which stand in text order, out of the trees: a dateline is no part of the
    /// sentence that follows it, and "at least" before a number looks like a preposition.
    pub fn without(mut self, hidden: Vec<Span>) -> Syntax<'a> {
        self.hidden = hidden;
        self
    }

    /// The tree of a sentence, by its index in [`Tokens::sentences`]. *Cost*: parsed at the first call, kept after.
    pub fn tree(&self, sentence: usize) -> &Tree<'static> {
        self.trees[sentence].get_or_init(|| {
            let shown = |w: &Span| {
                let next = self.hidden.partition_point(|h| h.end <= w.start);
                !self.hidden.get(next).is_some_and(|h| h.contains(*w))
            };
            let all = words(self.text, self.sentences[sentence]);
            let spans: Vec<Span> = all.iter().map(|w| w.span).filter(shown).collect();
            let mut worker = self.worker.borrow_mut();
            let tree = worker.parse(self.text, &spans);
            tail::mended(&mut worker, self.text, &spans, tree)
        })
    }

    /// The sentence that holds the byte `at`.
    pub fn sentence_at(&self, at: u32) -> Option<usize> {
        let next = self.sentences.partition_point(|s| s.start <= at);
        next.checked_sub(1).filter(|i| at < self.sentences[*i].end)
    }

    /// The sentences whose trees were asked for so far, in text order.
    pub fn parsed(&self) -> impl Iterator<Item = Span> + '_ {
        self.sentences.iter().zip(&self.trees).filter(|(_, tree)| tree.get().is_some()).map(|(span, _)| *span)
    }

    /// The text that was parsed.
    pub fn text(&self) -> &'a str {
        self.text
    }
}
