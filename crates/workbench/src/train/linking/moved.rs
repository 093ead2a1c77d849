//! Two incidents of one country, as if they had happened on one day.
//!
//! A corpus of some dozens of incidents over years hardly ever has two of one country on one day, which a country at war has
//! every day. What tells such two apart is learnt from pairs whose second account is moved in time until its day is the
//! first one's. Everything else of it stays as it was written.

use super::Pair;
use crate::linking::corpus::Accounts;
use article::Edtf;
use incident::{Comparison, Filed, Level, Linker};
use jiff::civil::Date;

/// Of the pairs in one city every so many-th is taken: a corpus tells more of them than a country has.
const EVERY: usize = 8;

/// As what the times of such pairs count, in turn: two may as well fall on neighbouring days, or one tell its month only.
const TIMES: [Level; 3] = [Level::Same, Level::Near, Level::Compatible];

/// Pairs of two incidents of one country, moved to one day.
pub(super) fn pairs(accounts: &Accounts, open: impl Fn(&Filed) -> bool, fold: impl Fn(&str) -> String) -> Vec<Pair> {
    let known: Vec<(&Filed, &String)> = accounts
        .filed
        .iter()
        .zip(&accounts.incident)
        .filter_map(|(f, t)| Some((f, t.as_ref().filter(|_| open(f))?)))
        .collect();
    let country = |f: &Filed| f.account.place.as_ref().map(|p| p.country.clone()).filter(|c| !c.is_empty());
    let mut out = Vec::new();
    let mut seen = 0;
    for (n, (a, s)) in known.iter().enumerate() {
        for (b, t) in &known[n + 1..] {
            if s == t || a.article == b.article || country(a).is_none() || country(a) != country(b) {
                continue;
            }
            let Some(moved) = moved(b, a) else { continue };
            let mut linker = Linker::default();
            let (x, y) = (linker.add(a), linker.add(&moved));
            let (levels, _, forbidden) = linker.compare(x, y);
            let here = levels.iter().any(|c| c.field == "place" && c.level <= Level::Near);
            seen += usize::from(here);
            if (!forbidden || super::apart(&levels)) && (!here || seen % EVERY == 0) {
                let date = TIMES[out.len() % TIMES.len()];
                let level = |c: Comparison| (c.level, c.field);
                let levels =
                    levels.into_iter().map(level).map(|(l, f)| if f == "date" { (f, date) } else { (f, l) }).collect();
                out.push(Pair { fold: fold(a.article.as_str().min(&b.article)), levels, same: false });
            }
        }
    }
    out
}

/// The account as if it had happened on the first day of another; `None` where one of them gives no day.
fn moved(f: &Filed, to: &Filed) -> Option<Filed> {
    let day =
        |f: &Filed| f.account.date.as_ref()?.value.days().filter(|(a, b)| a.until(*b).is_ok_and(|s| s.get_days() < 9));
    let ((from, last), (to, _)) = (day(f)?, day(to)?);
    let by = from.until(to).ok()?;
    let step = |d: Date| d.checked_add(by).ok();
    let mut out = f.clone();
    out.account.date.as_mut()?.value = Edtf::between(step(from)?, step(last)?);
    if let Some((p, _)) = f.published.as_ref().and_then(Edtf::days) {
        out.published = Some(Edtf::day(step(p)?));
    }
    out.published_time = None;
    Some(out)
}
