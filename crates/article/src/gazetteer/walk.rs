//! Looking names up word by word.

use super::layout::Name;
use super::{Candidate, Gazetteer, key};
use fst::raw::{CompiledAddr, Output};

/// A walk through the names, one word at a time; copying it marks a place to return to.
#[derive(Debug, Clone, Copy)]
pub struct Walk<'g> {
    gaz: &'g Gazetteer,
    at: CompiledAddr,
    sum: Output,
    begun: bool,
}

impl<'g> Walk<'g> {
    pub(super) fn new(gaz: &'g Gazetteer) -> Self {
        Walk { gaz, at: gaz.names.root().addr(), sum: Output::zero(), begun: false }
    }

    /// Goes on by one folded word; false when no name begins like this, and the walk is over.
    pub fn step(&mut self, word: &str) -> bool {
        let (begun, mut at, mut sum) = (self.begun, self.at, self.sum);
        let names = &self.gaz.names;
        let mut go = |b: u8| {
            let node = names.node(at);
            let Some(i) = node.find_input(b) else { return false };
            let t = node.transition(i);
            (at, sum) = (t.addr, sum.cat(t.out));
            true
        };
        if (begun && !go(b' ')) || !key::bytes(word, go) {
            return false;
        }
        (self.at, self.sum, self.begun) = (at, sum, true);
        true
    }

    /// Whether the words so far are a name.
    pub fn is_name(&self) -> bool {
        self.begun && self.gaz.names.node(self.at).is_final()
    }

    /// What the words so far may mean, most populous first; nothing unless they are a name.
    pub fn candidates(&self) -> impl Iterator<Item = Candidate> + 'g {
        let node = self.gaz.names.node(self.at);
        let name = self.is_name().then(|| Name::from_code(self.sum.cat(node.final_output()).value()));
        self.gaz.candidates(name)
    }
}
