//! Which articles share an origin? Near copies, one outlet, and chains of sources; only the rest corroborate each other.

use crate::Filed;
use crate::names::{outlet, same_outlet};
use article::similarity;
use std::collections::{BTreeMap, BTreeSet};

/// Two texts are near copies when this share of their sketches is equal. A wire's text shortened by a third keeps more;
/// two reporters' own texts on one incident stay below a tenth.
const COPY: f64 = 0.25;
/// Numbers of a sketch that make one bucket: texts that share any bucket are compared.
const BAND: usize = 2;

/// Whether the two articles are near copies.
pub(crate) fn near_copy(a: &Filed, b: &Filed) -> bool {
    a.article != b.article && similarity(&a.sketch, &b.sketch) >= COPY
}

/// Articles that are near copies of an earlier one: (copy, what it copies), in the order of the copies' ids.
///
/// Of two near copies the one published later copies; at the same time, or without dates, the one that names the other's
/// outlet as its source, else the one with the greater id. Of several earlier ones the most similar is named, then the
/// earliest. *Cost*: near linear in the articles.
pub fn copies(filed: &[Filed]) -> Vec<(String, String)> {
    let mut articles: BTreeMap<&str, &Filed> = BTreeMap::new();
    for f in filed {
        articles
            .entry(&f.article)
            .and_modify(|g| {
                if f.ordinal < g.ordinal {
                    *g = f
                }
            })
            .or_insert(f);
    }
    let list: Vec<&Filed> = articles.into_values().collect();
    let mut buckets: BTreeMap<(usize, &[u64]), Vec<usize>> = BTreeMap::new();
    for (i, f) in list.iter().enumerate() {
        for (band, values) in f.sketch.chunks_exact(BAND).enumerate() {
            buckets.entry((band, values)).or_default().push(i);
        }
    }
    let pairs: BTreeSet<(usize, usize)> = buckets
        .values()
        .flat_map(|m| m.iter().enumerate().flat_map(|(n, i)| m[n + 1..].iter().map(|j| (*i, *j))))
        .collect();
    let mut best: BTreeMap<usize, (f64, usize)> = BTreeMap::new();
    for (i, j) in pairs {
        let likeness = similarity(&list[i].sketch, &list[j].sketch);
        if likeness < COPY {
            continue;
        }
        let (copy, of) = if copies_other(list[i], list[j]) { (i, j) } else { (j, i) };
        let better = best.get(&copy).is_none_or(|(l, o)| (likeness, time(list[*o])) > (*l, time(list[of])));
        if better {
            best.insert(copy, (likeness, of));
        }
    }
    best.into_iter().map(|(c, (_, o))| (list[c].article.clone(), list[o].article.clone())).collect()
}

/// Whether `a` is the copy of the two.
fn copies_other(a: &Filed, b: &Filed) -> bool {
    let takes = |x: &Filed, y: &Filed| x.source_chain.iter().any(|s| same_outlet(s, &y.outlet));
    match (takes(a, b), takes(b, a)) {
        (true, false) => true,
        (false, true) => false,
        _ => (time(a), &a.article) > (time(b), &b.article),
    }
}

/// When the article was published, for putting articles in order: unknown last.
pub(crate) fn time(f: &Filed) -> (bool, i64, &str) {
    let day = f.published.as_ref().and_then(article::Edtf::days).map(|(d, _)| d);
    let at = f.published_time.as_deref().and_then(|t| t.parse::<jiff::Timestamp>().ok());
    let second = match (at, day) {
        (Some(t), _) => t.as_second(),
        (None, Some(d)) => crate::when::between(jiff::civil::Date::constant(1970, 1, 1), d) * 86_400,
        (None, None) => 0,
    };
    (at.is_none() && day.is_none(), second, &f.article)
}

/// Groups of accounts whose articles share an origin: indices into `members`, each group and all groups in order.
pub(crate) fn origins(members: &[&Filed]) -> Vec<Vec<usize>> {
    let mut group: Vec<usize> = (0..members.len()).collect();
    for (i, a) in members.iter().enumerate() {
        for (j, b) in members.iter().enumerate().take(i) {
            if group[i] != group[j] && share(a, b) {
                let (to, from) = (group[i].min(group[j]), group[i].max(group[j]));
                for g in group.iter_mut().filter(|g| **g == from) {
                    *g = to;
                }
            }
        }
    }
    let mut out: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, g) in group.into_iter().enumerate() {
        out.entry(g).or_default().push(i);
    }
    out.into_values().collect()
}

fn share(a: &Filed, b: &Filed) -> bool {
    let takes = |x: &Filed, y: &Filed| x.source_chain.iter().any(|s| same_outlet(s, &y.outlet));
    let one_outlet = !outlet(&a.outlet).is_empty() && outlet(&a.outlet) == outlet(&b.outlet);
    let one_source = a.source_chain.iter().any(|s| b.source_chain.iter().any(|t| same_outlet(s, t)));
    a.article == b.article || one_outlet || takes(a, b) || takes(b, a) || one_source || near_copy(a, b)
}
