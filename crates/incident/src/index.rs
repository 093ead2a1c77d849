//! All accounts by their blocks, and the pairs that agree well enough to be one incident.

use crate::block::{Ask, BITS, crowd};
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
    /// Where the keys with the same first bits begin: most groups have such bits of their own.
    starts: Vec<u32>,
    /// How many bits behind those there are.
    shift: u32,
    /// Keys that are too common, in order.
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
        let mut hubs = hubs;
        hubs.extend(
            posts.chunk_by(|x, y| x.0 == y.0).filter(|block| block.len() > crowd(block[0].0)).map(|block| block[0].0),
        );
        hubs.sort_unstable();
        hubs.dedup();
        let bits = (usize::BITS - posts.len().leading_zeros()).min(22);
        let shift = BITS - bits;
        let mut starts = vec![0u32; (1 << bits) + 1];
        posts.iter().for_each(|(k, _)| starts[(k >> shift) as usize + 1] += 1);
        for n in 1..starts.len() {
            starts[n] += starts[n - 1];
        }
        Index { view, among, posts, starts, shift, hubs }
    }

    /// The accounts that are looked at.
    pub(crate) fn among(&self) -> &[u32] {
        &self.among
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
            for ask in self.view.store.keys(self.view.profile(*a)).asks {
                self.each(ask, |b| {
                    if b > *a && std::mem::replace(&mut met[b as usize], *a) != *a {
                        each(*a, b);
                    }
                });
            }
        }
    }

    /// Calls `each` with the accounts that posted under a key that is asked for.
    fn each(&self, ask: Ask, mut each: impl FnMut(u32)) {
        if self.hubs.binary_search(&ask.from).is_ok() {
            return;
        }
        let bits = (ask.first >> self.shift) as usize;
        let (begin, end) = (self.starts[bits] as usize, self.starts[bits + 1] as usize);
        let from = begin + self.posts[begin..end].partition_point(|(k, _)| *k < ask.first);
        let found = self.posts[from..].iter().take_while(|(k, _)| *k <= ask.last);
        let mut last = None;
        for (k, b) in found {
            // Keys come in runs: one look tells of all of a run.
            let hub = match last {
                Some((of, hub)) if of == *k => hub,
                _ => self.hubs.binary_search(k).is_ok(),
            };
            last = Some((*k, hub));
            if !hub {
                each(*b);
            }
        }
    }
}
