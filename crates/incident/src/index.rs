//! All accounts by their blocks, and the pairs that agree well enough to be one incident.

use crate::block::HUB;
use crate::view::View;
use std::ops::Range;

/// Two accounts that agree better than not, the lower first.
pub(crate) type Edge = (u32, u32);

/// Accounts by the keys under which they post themselves.
#[derive(Debug)]
pub(crate) struct Index<'a> {
    view: View<'a>,
    /// The accounts that are looked at: the first of all equals.
    among: Vec<u32>,
    posts: Vec<(u64, u32)>,
    /// Keys that are too common, in order, beside those that are so here.
    hubs: Vec<u64>,
}

impl<'a> Index<'a> {
    /// The blocks of the accounts `among`. *Cost*: n log n in their keys.
    pub(crate) fn new(view: View<'a>, among: Vec<u32>, hubs: Vec<u64>) -> Index<'a> {
        let mut posts = Vec::new();
        for n in &among {
            posts.extend(view.store.keys(view.profile(*n)).posts.into_iter().map(|k| (k, *n)));
        }
        posts.sort_unstable();
        Index { view, among, posts, hubs }
    }

    /// How many accounts are looked at.
    pub(crate) fn len(&self) -> usize {
        self.among.len()
    }

    /// The pairs that agree better than not, of the accounts at these places of `among` with those behind them.
    pub(crate) fn edges(&self, places: Range<usize>) -> Vec<Edge> {
        let mut out = Vec::new();
        self.meet(places, |a, b| {
            if self.view.joins(a, b) {
                out.push((a, b));
            }
        });
        out
    }

    /// Calls `each` with the pairs that share a block, of the accounts at these places with those behind them.
    pub(crate) fn meet(&self, places: Range<usize>, mut each: impl FnMut(u32, u32)) {
        let mut met = vec![u32::MAX; self.view.store.profiles.len()];
        for a in &self.among[places] {
            for range in self.view.store.keys(self.view.profile(*a)).asks {
                self.each(range, |b| {
                    if b > *a && std::mem::replace(&mut met[b as usize], *a) != *a {
                        each(*a, b);
                    }
                });
            }
        }
    }

    /// Calls `each` with the accounts that posted under a key of the range which is no hub.
    fn each(&self, (first, last): (u64, u64), mut each: impl FnMut(u32)) {
        let from = self.posts.partition_point(|(k, _)| *k < first);
        let behind = &self.posts[from..];
        let found = &behind[..behind.iter().position(|(k, _)| *k > last).unwrap_or(behind.len())];
        for block in found.chunk_by(|x, y| x.0 == y.0) {
            if block.len() <= HUB && self.hubs.binary_search(&block[0].0).is_err() {
                block.iter().for_each(|(_, b)| each(*b));
            }
        }
    }
}
