//! Near copies: which texts are printed from which.

use crate::Filed;
use crate::names::Source;
use article::similarity;
use std::collections::{BTreeMap, HashMap};

/// Two texts are near copies when this share of their sketches is equal. A wire's text shortened by a third keeps more;
/// two reporters' own texts on one incident stay below a tenth.
pub(crate) const COPY: f64 = 0.25;
/// Numbers of a sketch that make one bucket: texts that share any bucket are compared.
const BAND: usize = 2;

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
    let times: Vec<_> = list.iter().map(|f| time(f)).collect();
    let mut best: BTreeMap<usize, (f64, usize)> = BTreeMap::new();
    pairs(&list, |i, j| {
        let likeness = similarity(&list[i].sketch, &list[j].sketch);
        if likeness < COPY {
            return;
        }
        let (of, copy) = if is_first(list[i], list[j]) { (i, j) } else { (j, i) };
        let better = best.get(&copy).is_none_or(|(l, o)| (likeness, times[*o]) > (*l, times[of]));
        if better {
            best.insert(copy, (likeness, of));
        }
    });
    best.into_iter().map(|(c, (_, o))| (list[c].article.clone(), list[o].article.clone())).collect()
}

/// Whether of two near copies the first is what the second was printed from.
pub(crate) fn is_first(a: &Filed, b: &Filed) -> bool {
    let (x, y) = (Source::of(a), Source::of(b));
    match (x.takes(&y), y.takes(&x)) {
        (true, false) => false,
        (false, true) => true,
        _ => time(a) <= time(b),
    }
}

/// So many of a bucket are compared with all behind them. Of ten thousand copies each is compared with these, not with all.
const FIRST: usize = 16;

/// Calls `each` with pairs of articles that share a bucket, the lower first, in order. *Cost*: linear in the articles.
pub(crate) fn pairs(list: &[&Filed], mut each: impl FnMut(usize, usize)) {
    let mut numbers: HashMap<(usize, &[u64]), usize> = HashMap::new();
    let mut buckets: Vec<Vec<usize>> = Vec::new();
    let mut of: Vec<Vec<usize>> = vec![Vec::new(); list.len()];
    for (i, f) in list.iter().enumerate() {
        for (band, values) in f.sketch.chunks_exact(BAND).enumerate() {
            let n = *numbers.entry((band, values)).or_insert(buckets.len());
            if n == buckets.len() {
                buckets.push(Vec::new());
            }
            buckets[n].push(i);
            of[i].push(n);
        }
    }
    let mut met = vec![usize::MAX; list.len()];
    let mut others: Vec<usize> = Vec::new();
    for (i, own) in of.iter().enumerate() {
        for bucket in own.iter().map(|n| &buckets[*n]) {
            let behind = bucket.partition_point(|j| *j <= i);
            if behind > FIRST {
                continue;
            }
            for j in &bucket[behind..] {
                if std::mem::replace(&mut met[*j], i) != i {
                    others.push(*j);
                }
            }
        }
        others.sort_unstable();
        others.drain(..).for_each(|j| each(i, j));
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
