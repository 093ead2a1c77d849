//! Accounts to clusters: the best pair first, and no cluster holds two accounts that cannot be one incident.
//!
//! Best-first agglomeration with constraints. Pairs that score above zero are taken in order of score, ties by the
//! accounts' own order. Two clusters join when no pair across them is forbidden and the mean score across them is above
//! zero: one strong pair does not chain two clusters that otherwise speak against each other. Since the accounts are
//! sorted before anything else, the result depends on the accounts alone and not on their order.

use crate::block;
use crate::compare::{Profile, Verdict, compare};
use std::cmp::Ordering;

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

/// Clusters of the profiles, by their first member. *Cost*: the pairs of the blocks, and for each join the pairs across.
pub(crate) fn clusters(profiles: &[Profile<'_>]) -> Vec<Cluster> {
    let mut links: Vec<Link> = block::pairs(profiles)
        .into_iter()
        .map(|(a, b)| Link { a, b, verdict: compare(&profiles[a], &profiles[b]) })
        .filter(|l| !l.verdict.forbidden && l.verdict.score > 0.0)
        .collect();
    links.sort_by(|x, y| {
        y.verdict.score.partial_cmp(&x.verdict.score).unwrap_or(Ordering::Equal).then((x.a, x.b).cmp(&(y.a, y.b)))
    });
    let mut of: Vec<usize> = (0..profiles.len()).collect();
    let mut all: Vec<Cluster> = of.iter().map(|i| Cluster { members: vec![*i], links: Vec::new() }).collect();
    for link in links {
        let (x, y) = (of[link.a], of[link.b]);
        if x == y || !may_join(profiles, &all[x], &all[y]) {
            continue;
        }
        let (to, from) = (x.min(y), x.max(y));
        let gone = std::mem::take(&mut all[from]);
        for m in &gone.members {
            of[*m] = to;
        }
        all[to].members.extend(gone.members);
        all[to].links.extend(gone.links);
        all[to].links.push(link);
    }
    all.retain(|c| !c.members.is_empty());
    for c in &mut all {
        c.members.sort_unstable();
    }
    all
}

fn may_join(profiles: &[Profile<'_>], x: &Cluster, y: &Cluster) -> bool {
    let mut sum = 0.0;
    for a in &x.members {
        for b in &y.members {
            let v = compare(&profiles[*a], &profiles[*b]);
            if v.forbidden {
                return false;
            }
            sum += v.score;
        }
    }
    sum > 0.0
}
