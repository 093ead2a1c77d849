//! Accounts to clusters: the best pair first, and no cluster holds two accounts that cannot be one incident.
//!
//! Best-first agglomeration with constraints. Pairs that score above zero are taken in order of score, ties by the
//! accounts' own order. Two clusters join when no pair across them is forbidden and the mean score across them is above
//! zero: one strong pair does not chain two clusters that otherwise speak against each other. Since the accounts are
//! sorted before anything else, the result depends on the accounts alone and not on their order.

use crate::block;
use crate::compare::{Profile, Verdict, compare};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A pair that joined two clusters.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    pub(crate) a: usize,
    pub(crate) b: usize,
    pub(crate) verdict: Verdict,
}

/// Members by index, in order, and the pairs that joined them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cluster {
    pub(crate) members: Vec<usize>,
    pub(crate) links: Vec<Link>,
}

/// Clusters of the profiles, by their first member.
///
/// *Cost*: the pairs of the blocks, and the pairs across the clusters that are tried, each compared once for a trial.
pub(crate) fn clusters(profiles: &[Profile<'_>]) -> Vec<Cluster> {
    // Sums of a table of weights take few values, and a positive number is ordered as its bits are.
    let mut by_score: BTreeMap<u64, Vec<(u32, u32)>> = BTreeMap::new();
    block::pairs(profiles, |a, b| {
        let v = compare(&profiles[a], &profiles[b]);
        if !v.forbidden && v.score > 0.0 {
            by_score.entry(v.score.to_bits()).or_default().push((a as u32, b as u32));
        }
    });
    let mut joining = Joining::new(profiles);
    for (a, b) in by_score.into_values().rev().flatten() {
        joining.join(a as usize, b as usize);
    }
    let mut all = joining.all;
    all.retain(|c| !c.members.is_empty());
    for c in &mut all {
        c.members.sort_unstable();
    }
    all
}

/// Below this a sum depends on the order in which it was added up.
const ROUNDING: f64 = 1e-6;

/// Clusters while they grow, and what is known of pairs of them.
struct Joining<'p> {
    profiles: &'p [Profile<'p>],
    /// The cluster of each profile.
    of: Vec<usize>,
    all: Vec<Cluster>,
    /// Clusters that hold a pair across them that is forbidden: they never join.
    foes: Vec<BTreeSet<usize>>,
    /// Of clusters that did not join: how many members each had, and the sum of the scores across them.
    tried: HashMap<(usize, usize), (usize, usize, f64)>,
}

impl<'p> Joining<'p> {
    fn new(profiles: &'p [Profile<'p>]) -> Joining<'p> {
        let all = (0..profiles.len()).map(|i| Cluster { members: vec![i], links: Vec::new() }).collect();
        Joining {
            profiles,
            of: (0..profiles.len()).collect(),
            all,
            foes: vec![BTreeSet::new(); profiles.len()],
            tried: HashMap::new(),
        }
    }

    /// Joins the clusters of two accounts, if they may be one.
    fn join(&mut self, a: usize, b: usize) {
        let (x, y) = (self.of[a], self.of[b]);
        if x == y || !self.may_join(x, y) {
            return;
        }
        let (to, from) = (x.min(y), x.max(y));
        let gone = std::mem::take(&mut self.all[from]);
        for m in &gone.members {
            self.of[*m] = to;
        }
        for foe in std::mem::take(&mut self.foes[from]) {
            self.foes[foe].remove(&from);
            self.foes[foe].insert(to);
            self.foes[to].insert(foe);
        }
        let verdict = compare(&self.profiles[a], &self.profiles[b]);
        self.all[to].members.extend(gone.members);
        self.all[to].links.extend(gone.links);
        self.all[to].links.push(Link { a, b, verdict });
    }

    /// Whether no pair across is forbidden and the sum across is above zero.
    ///
    /// Members are only ever added behind the others: of clusters tried before, the new ones alone are compared.
    fn may_join(&mut self, x: usize, y: usize) -> bool {
        if self.foes[x].contains(&y) {
            return false;
        }
        let (xs, ys) = (&self.all[x].members, &self.all[y].members);
        let (old_x, old_y, mut sum) = self.tried.get(&(x, y)).copied().unwrap_or_default();
        for (n, a) in xs.iter().enumerate() {
            for b in &ys[if n < old_x { old_y } else { 0 }..] {
                let v = compare(&self.profiles[*a], &self.profiles[*b]);
                if v.forbidden {
                    self.foes[x].insert(y);
                    self.foes[y].insert(x);
                    return false;
                }
                sum += v.score;
            }
        }
        if sum.abs() < ROUNDING {
            let pairs = xs.iter().flat_map(|a| ys.iter().map(move |b| (*a, *b)));
            sum = pairs.map(|(a, b)| compare(&self.profiles[a], &self.profiles[b]).score).fold(0.0, |s, v| s + v);
        }
        let joins = sum > 0.0;
        if !joins {
            self.tried.insert((x, y), (xs.len(), ys.len(), sum));
        }
        joins
    }
}
