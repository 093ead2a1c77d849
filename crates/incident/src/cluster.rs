//! Accounts to clusters: the best pair first, and no cluster holds two accounts that cannot be one incident.
//!
//! Best-first agglomeration with constraints. Pairs that score above zero are taken in order of score, ties by the
//! accounts' own order. Two clusters join when no pair across them is forbidden and the mean score across them is above
//! zero: one strong pair does not chain two clusters that otherwise speak against each other. What a person put together is
//! one unit from the start, compared by the pair that agrees best, and what was kept apart never joins. Since the accounts are
//! sorted before anything else, the result depends on the accounts alone and not on their order.

use crate::block;
use crate::compare::{Profile, Verdict, compare};
use crate::decided::Bonds;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A pair that joined two clusters.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    pub(crate) a: usize,
    pub(crate) b: usize,
    pub(crate) verdict: Verdict,
    /// A person put the two together.
    pub(crate) decided: bool,
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
pub(crate) fn clusters(profiles: &[Profile<'_>], bonds: &Bonds) -> Vec<Cluster> {
    // Sums of a table of weights take few values, and a positive number is ordered as its bits are.
    let mut by_score: BTreeMap<u64, Vec<(u32, u32)>> = BTreeMap::new();
    block::pairs(profiles, |a, b| {
        let v = compare(&profiles[a], &profiles[b]);
        if bonds.unit[a] != bonds.unit[b] && !v.forbidden && v.score > 0.0 {
            by_score.entry(v.score.to_bits()).or_default().push((a as u32, b as u32));
        }
    });
    let mut joining = Joining::new(profiles, bonds);
    for (a, b) in by_score.into_values().rev().flatten() {
        joining.join(a as usize, b as usize);
    }
    let (mut all, units) = (joining.all, joining.units);
    all.retain(|c| !c.members.is_empty());
    for c in &mut all {
        c.members = c.members.iter().flat_map(|u| units[*u].iter().copied()).collect();
        c.members.sort_unstable();
    }
    all
}

/// Below this a sum depends on the order in which it was added up.
const ROUNDING: f64 = 1e-6;

/// Clusters while they grow, and what is known of pairs of them.
struct Joining<'p> {
    profiles: &'p [Profile<'p>],
    /// The profiles of each unit, which is named by its first.
    units: Vec<Vec<usize>>,
    /// The cluster of each profile.
    of: Vec<usize>,
    /// While they grow their members are units.
    all: Vec<Cluster>,
    /// Clusters that hold a pair across them that is forbidden: they never join.
    foes: Vec<BTreeSet<usize>>,
    /// Of clusters that did not join: how many members each had, and the sum of the scores across them.
    tried: HashMap<(usize, usize), (usize, usize, f64)>,
}

impl<'p> Joining<'p> {
    fn new(profiles: &'p [Profile<'p>], bonds: &Bonds) -> Joining<'p> {
        let mut units = vec![Vec::new(); profiles.len()];
        let mut all = vec![Cluster::default(); profiles.len()];
        for (i, u) in bonds.unit.iter().enumerate() {
            if let Some(before) = units[*u].last().copied() {
                let verdict = compare(&profiles[before], &profiles[i]);
                all[*u].links.push(Link { a: before, b: i, verdict, decided: true });
            } else {
                all[*u].members.push(*u);
            }
            units[*u].push(i);
        }
        let mut foes = vec![BTreeSet::new(); profiles.len()];
        for (x, y) in &bonds.apart {
            foes[*x].insert(*y);
            foes[*y].insert(*x);
        }
        Joining { profiles, units, of: bonds.unit.clone(), all, foes, tried: HashMap::new() }
    }

    /// Joins the clusters of two accounts, if they may be one.
    fn join(&mut self, a: usize, b: usize) {
        let (x, y) = (self.of[a], self.of[b]);
        if x == y || !self.may_join(x, y) {
            return;
        }
        let (to, from) = (x.min(y), x.max(y));
        let gone = std::mem::take(&mut self.all[from]);
        for m in gone.members.iter().flat_map(|u| &self.units[*u]) {
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
        self.all[to].links.push(Link { a, b, verdict, decided: false });
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
                let Some(score) = self.score(*a, *b) else {
                    self.foes[x].insert(y);
                    self.foes[y].insert(x);
                    return false;
                };
                sum += score;
            }
        }
        if sum.abs() < ROUNDING {
            let pairs = xs.iter().flat_map(|a| ys.iter().map(move |b| (*a, *b)));
            sum = pairs.filter_map(|(a, b)| self.score(a, b)).fold(0.0, |s, v| s + v);
        }
        let joins = sum > 0.0;
        if !joins {
            self.tried.insert((x, y), (xs.len(), ys.len(), sum));
        }
        joins
    }
    /// How well two units agree: by the pair that agrees best. `None` if every pair across is forbidden, or one because
    /// both stand in one article.
    fn score(&self, u: usize, v: usize) -> Option<f64> {
        let mut best: Option<f64> = None;
        for a in &self.units[u] {
            for b in &self.units[v] {
                let (p, q) = (&self.profiles[*a], &self.profiles[*b]);
                if p.filed.article == q.filed.article {
                    return None;
                }
                let verdict = compare(p, q);
                if !verdict.forbidden && best.is_none_or(|s| s < verdict.score) {
                    best = Some(verdict.score);
                }
            }
        }
        best
    }
}
