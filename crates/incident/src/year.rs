//! The year of an article that prints none, learnt from what others say of the incidents it tells.
//!
//! A text without a year and without a date of publication dates its incidents "Oct. 8" and "Nov. 2". Once the first is
//! joined with an account that knows the year, the second belongs to that year too: one text counts its days in one
//! year. Nothing is learnt where two incidents would give two years.

use crate::Filed;
use crate::cluster::Cluster;
use article::{Edtf, weekday_within};
use std::collections::{BTreeMap, BTreeSet};

/// Years by article, where all joined accounts without a year agree on one.
pub(crate) fn learn(filed: &[Filed], clusters: &[Cluster]) -> BTreeMap<String, i16> {
    let mut found: BTreeMap<&str, BTreeSet<i16>> = BTreeMap::new();
    let known = |f: &Filed| f.published.as_ref().is_some_and(Edtf::has_year);
    for cluster in clusters {
        let years: BTreeSet<i16> = cluster.members.iter().filter_map(|m| year(&filed[*m])).collect();
        let (Some(first), 1) = (years.first(), years.len()) else { continue };
        for f in cluster.members.iter().map(|m| &filed[*m]).filter(|f| open(f) && !known(f)) {
            found.entry(&f.article).or_default().insert(*first);
        }
    }
    let one = |(article, years): (&str, BTreeSet<i16>)| {
        years.first().filter(|_| years.len() == 1).map(|y| (article.to_owned(), *y))
    };
    found.into_iter().filter_map(one).collect()
}

/// Completes the dates of the articles whose year is known by now.
pub(crate) fn apply(filed: &mut [Filed], years: &BTreeMap<String, i16>) {
    for f in filed {
        let Some(year) = years.get(&f.article) else { continue };
        if let Some(p) = f.published.as_mut().filter(|p| !p.has_year()) {
            *p = p.with_year(*year);
        }
        if let Some(d) = f.account.date.as_mut().filter(|d| !d.value.has_year()) {
            let day = d.weekday.and_then(|w| weekday_within(&d.value, w, *year));
            d.value = day.map_or_else(|| d.value.with_year(*year), Edtf::day);
            d.by.push_str("+year/sibling");
        }
    }
}

/// The year that an account prints.
fn year(f: &Filed) -> Option<i16> {
    f.account.date.as_ref().and_then(|d| d.value.start.year)
}

/// Whether an account has a date without a year.
fn open(f: &Filed) -> bool {
    f.account.date.as_ref().is_some_and(|d| !d.value.has_year())
}
