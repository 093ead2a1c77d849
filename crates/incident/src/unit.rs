//! Accounts that count as one from the start: those that a person put together, and those that say the same.
//!
//! A wire printed by ten thousand outlets gives ten thousand equal accounts. They are compared once, through the first of
//! them, so that the time grows with what is told and not with the square of how often.

use crate::decided::Bonds;
use crate::view::View;
use std::collections::HashMap;

/// Accounts that count as one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Unit {
    /// All of them, in order.
    pub(crate) members: Vec<u32>,
    /// Those that speak for it: of equal accounts the first.
    pub(crate) heads: Vec<u32>,
    /// Their articles, in order.
    pub(crate) articles: Vec<u64>,
}

/// For every account of `among`, which are in order, the first of its equals; itself if it has none before it.
///
/// Two accounts of one article are never equals, and what says too little to be joined with itself has none. Nor has an
/// account that a person decided on: the decision is about this one.
pub(crate) fn equals(view: &View<'_>, among: &[u32], bonds: &Bonds) -> Vec<u32> {
    let mut first: HashMap<(u64, u32), u32> = HashMap::with_capacity(among.len());
    let mut in_article: HashMap<(u64, u64), u32> = HashMap::with_capacity(among.len());
    let head = |n: &u32| {
        let p = view.profile(*n);
        if bonds.unit.contains_key(n) {
            return *n;
        }
        let rank = in_article.entry((p.print, p.article)).or_insert(0);
        *rank += 1;
        let head = *first.entry((p.print, *rank)).or_insert(*n);
        if head == *n || view.joins(head, *n) { head } else { *n }
    };
    among.iter().map(head).collect()
}

/// The units of accounts in order, each given with the first of its equals.
pub(crate) fn units(view: &View<'_>, among: &[(u32, u32)], bonds: &Bonds) -> Vec<Unit> {
    let mut place: HashMap<u32, usize> = HashMap::new();
    let mut out: Vec<Unit> = Vec::new();
    for (n, head) in among {
        let at = *place.entry(bonds.unit.get(n).copied().unwrap_or(*head)).or_insert_with(|| {
            out.push(Unit::default());
            out.len() - 1
        });
        if n == head {
            out[at].heads.push(*n);
        }
        out[at].members.push(*n);
        out[at].articles.push(view.profile(*n).article);
    }
    for u in &mut out {
        u.articles.sort_unstable();
    }
    out
}

impl View<'_> {
    /// How well two units agree: by the heads that agree best. `None` if every pair of heads excludes each other, or an
    /// article tells both: it tells of two incidents then.
    pub(crate) fn units_agree(&self, u: &Unit, v: &Unit) -> Option<(f64, u32, u32)> {
        let (few, many) = if u.articles.len() <= v.articles.len() { (u, v) } else { (v, u) };
        if few.articles.iter().any(|a| many.articles.binary_search(a).is_ok()) {
            return None;
        }
        let mut best: Option<(f64, u32, u32)> = None;
        for a in &u.heads {
            for b in &v.heads {
                let score = self.agree(*a, *b);
                if let Some(s) = score
                    && best.is_none_or(|(most, ..)| most < s)
                {
                    best = Some((s, *a, *b));
                }
            }
        }
        best
    }
}
