//! The year of an article that prints none, learnt from what others say of the incidents it tells.
//!
//! A text without a year and without a date of publication dates its incidents "Oct. 8" and "Nov. 2". Once the first is
//! joined with an account that knows the year, the second belongs to that year too: one text counts its days in one
//! year. Nothing is learnt where two incidents would give two years.

use crate::Filed;
use crate::view::View;
use article::{Edtf, weekday_within};
use std::collections::{BTreeMap, BTreeSet};

/// The accounts without a year whose article's year follows from the clusters, with that year.
pub(crate) fn learn(view: &View<'_>, clusters: &[Vec<u32>]) -> BTreeMap<u32, i16> {
    let mut found: BTreeMap<u64, BTreeSet<i16>> = BTreeMap::new();
    let open = |n: &&u32| view.profile(**n).told.time.open.is_some();
    for cluster in clusters {
        let years: BTreeSet<i16> = cluster.iter().filter_map(|n| view.profile(*n).told.time.year()).collect();
        let (Some(first), 1) = (years.first(), years.len()) else { continue };
        for n in cluster.iter().filter(open) {
            found.entry(view.profile(*n).article).or_default().insert(*first);
        }
    }
    let year = |n: &u32| {
        let years = found.get(&view.profile(*n).article)?;
        years.first().filter(|_| years.len() == 1).map(|y| (*n, *y))
    };
    clusters.iter().flatten().filter(open).filter_map(year).collect()
}

/// Completes the date of an account whose year is known by now.
pub(crate) fn apply(f: &mut Filed, year: i16) {
    if let Some(p) = f.published.as_mut().filter(|p| !p.has_year()) {
        *p = p.with_year(year);
    }
    if let Some(d) = f.account.date.as_mut().filter(|d| !d.value.has_year()) {
        let day = d.weekday.and_then(|w| weekday_within(&d.value, w, year));
        d.value = day.map_or_else(|| d.value.with_year(year), Edtf::day);
        d.by.push_str("+year/sibling");
    }
}
