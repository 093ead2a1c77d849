//! Accounts to clusters: the two that agree best first, and no cluster holds two accounts that cannot be the same.
//!
//! Average-link agglomeration (Sokal & Michener 1958) with constraints: of all pairs of clusters the one with the highest
//! mean score across joins next, as long as that is above the cut and no pair across is forbidden. So one strong pair does not
//! chain two clusters that otherwise speak against each other. Whoever could join must share an edge, a pair of accounts
//! that agree better than not; so what has no path of edges between it never meets, and such components can be clustered
//! each for itself, in any order, on any thread.

use crate::unit::Unit;
use crate::view::View;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

/// A pair that joined two clusters.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    pub(crate) a: u32,
    pub(crate) b: u32,
    /// A person put the two together.
    pub(crate) decided: bool,
}

/// Units by their places, and the pairs of accounts that joined them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cluster {
    pub(crate) units: Vec<usize>,
    pub(crate) links: Vec<Link>,
}

/// What is known of two clusters that share an edge.
#[derive(Debug, Clone, Copy)]
struct Across {
    /// Sum of the scores of all pairs of units; `None` if one of them is forbidden.
    sum: Option<f64>,
    /// The pair that agrees best.
    best: (f64, u32, u32),
}

/// The clusters of `units`, whose `edges` and pairs `apart` are given by their places.
///
/// *Cost*: n log n in the edges, and the pairs across clusters that come to share an edge, each compared once.
pub(crate) fn clusters(
    view: &View<'_>,
    units: &[Unit],
    edges: &BTreeSet<(usize, usize)>,
    apart: &BTreeSet<(usize, usize)>,
) -> Vec<Cluster> {
    let mut j = Joining {
        view,
        units,
        apart,
        all: (0..units.len()).map(|i| Cluster { units: vec![i], links: Vec::new() }).collect(),
        across: vec![BTreeMap::new(); units.len()],
        queue: BinaryHeap::new(),
    };
    for (x, y) in edges {
        let across = j.between(*x, *y);
        j.note(*x, *y, across);
    }
    while let Some((bits, Reverse(x), Reverse(y))) = j.queue.pop() {
        // What was noted before a join is past.
        let mean = j.across[x].get(&y).and_then(|a| j.mean(x, y, a));
        if mean.is_some_and(|m| m.to_bits() == bits) {
            j.join(x, y);
        }
    }
    j.all.retain(|c| !c.units.is_empty());
    j.all
}

struct Joining<'a> {
    view: &'a View<'a>,
    units: &'a [Unit],
    apart: &'a BTreeSet<(usize, usize)>,
    all: Vec<Cluster>,
    /// Of each cluster those that it shares an edge with.
    across: Vec<BTreeMap<usize, Across>>,
    /// Pairs of clusters by their mean score; a positive number is ordered as its bits are.
    queue: BinaryHeap<(u64, Reverse<usize>, Reverse<usize>)>,
}

impl Joining<'_> {
    /// By how much the mean score across is above what is needed; `None` if it is not.
    fn mean(&self, x: usize, y: usize, a: &Across) -> Option<f64> {
        let pairs = self.all[x].units.len() * self.all[y].units.len();
        a.sum.map(|s| s / pairs as f64 - self.view.weights.cut()).filter(|m| *m > 0.0)
    }

    /// Compares two clusters, unit by unit.
    fn between(&self, x: usize, y: usize) -> Across {
        let mut out = Across { sum: Some(0.0), best: (f64::NEG_INFINITY, 0, 0) };
        for u in &self.all[x].units {
            for v in &self.all[y].units {
                let open = !self.apart.contains(&(*u.min(v), *u.max(v)));
                let agree = || self.view.units_agree(&self.units[*u], &self.units[*v]);
                let Some((score, a, b)) = open.then(agree).flatten() else {
                    return Across { sum: None, ..out };
                };
                out.sum = out.sum.map(|s| s + score);
                if score > out.best.0 {
                    out.best = (score, a, b);
                }
            }
        }
        out
    }

    fn note(&mut self, x: usize, y: usize, across: Across) {
        self.across[x].insert(y, across);
        self.across[y].insert(x, across);
        if let Some(mean) = self.mean(x, y, &across) {
            self.queue.push((mean.to_bits(), Reverse(x.min(y)), Reverse(x.max(y))));
        }
    }

    fn join(&mut self, to: usize, from: usize) {
        let Some(joined) = self.across[to].remove(&from) else { return };
        let mut of_to = std::mem::take(&mut self.across[to]);
        let mut of_from = std::mem::take(&mut self.across[from]);
        of_from.remove(&to);
        let others: BTreeSet<usize> = of_to.keys().chain(of_from.keys()).copied().collect();
        let mut noted = Vec::new();
        for o in others {
            let (a, b) = (of_to.remove(&o), of_from.remove(&o));
            // What is forbidden to one of them is forbidden to both, and need not be compared any more.
            let foe = [a, b].into_iter().flatten().find(|k| k.sum.is_none());
            noted.push((
                o,
                foe.unwrap_or_else(|| {
                    let part = |known: Option<Across>, of: usize| known.unwrap_or_else(|| self.between(of, o));
                    let (a, b) = (part(a, to), part(b, from));
                    let best = if b.best.0 > a.best.0 { b.best } else { a.best };
                    Across { sum: a.sum.zip(b.sum).map(|(s, t)| s + t), best }
                }),
            ));
            self.across[o].remove(&from);
        }
        let gone = std::mem::take(&mut self.all[from]);
        self.all[to].units.extend(gone.units);
        self.all[to].links.extend(gone.links);
        self.all[to].links.push(Link { a: joined.best.1, b: joined.best.2, decided: false });
        for (o, across) in noted {
            self.note(to, o, across);
        }
    }
}
