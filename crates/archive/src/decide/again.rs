//! Is what was dismissed told again?
//!
//! A dismissed incident shows no more, and linking never sees its accounts. Should others tell the same happening later, they
//! make an incident of their own, which stands: new evidence is not dismissed with the old. But whoever dismissed it must be
//! told.

use super::anchor::Finder;
use super::conflict::Conflict;
use super::decision::{Act, Decision};
use super::names::Names;
use crate::error::Inner;
use crate::relink::filed_at;
use incident::{Decided, Filed, Incident, Supporter, link};
use rusqlite::Connection;
use std::collections::BTreeSet;

/// Incidents of the same days and country that are looked at for one that was dismissed, and accounts of each.
const MOST: usize = 20;

/// Conflicts of dismissed incidents with incidents that would be one with them; with `only` one of these alone.
pub(crate) fn told_again(
    conn: &Connection,
    holding: &[&Decision],
    names: &Names,
    finder: &mut Finder<'_>,
    only: Option<&str>,
) -> Inner<Vec<Conflict>> {
    let mut out = Vec::new();
    for d in holding {
        // A single account may be dismissed because it is wrong on an incident that did happen.
        let Act::Dismiss { of } = &d.act else { continue };
        if of.incident.is_empty() {
            continue;
        }
        let gone = finder.all(&of.accounts)?;
        let old: Vec<Filed> = gone.iter().take(MOST).map(|s| named(conn, s, names)).collect::<Inner<_>>()?;
        for incident in near(conn, &old)? {
            if only.is_some_and(|id| id != incident.id) || incident.accounts.iter().any(|s| gone.contains(s)) {
                continue;
            }
            let mut all = old.clone();
            for s in incident.accounts.iter().take(MOST) {
                all.push(named(conn, s, names)?);
            }
            let both = |i: &Incident| {
                i.accounts.iter().any(|s| gone.contains(s)) && i.accounts.iter().any(|s| !gone.contains(s))
            };
            if link(all, &Decided::default()).iter().any(both) {
                out.push(Conflict::told_again(d, &incident));
            }
        }
    }
    Ok(out)
}

fn named(conn: &Connection, s: &Supporter, names: &Names) -> Inner<Filed> {
    let mut f = filed_at(conn, s)?;
    names.rename(&mut f.account);
    Ok(f)
}

/// Incidents of the days and countries of these accounts.
fn near(conn: &Connection, old: &[Filed]) -> Inner<Vec<Incident>> {
    let mut ids: BTreeSet<String> = BTreeSet::new();
    let mut find = conn.prepare_cached(
        "SELECT id FROM incident
         WHERE first_day BETWEEN date(?1, '-62 day') AND date(?2, '+1 day') AND last_day >= date(?1, '-1 day') AND (?3 = '' OR country IS NULL OR country = ?3)
         ORDER BY id LIMIT ?4",
    )?;
    for f in old {
        let Some((first, last)) = f.account.date.as_ref().and_then(|d| d.value.days()) else { continue };
        let country = f.account.place.as_ref().map_or("", |p| p.country.as_str());
        let row = |r: &rusqlite::Row<'_>| r.get(0);
        let found = find.query_map((first.to_string(), last.to_string(), country, MOST), row)?;
        for id in found {
            ids.insert(id?);
        }
    }
    ids.iter().map(|id| crate::find::incident(conn, id)).collect()
}
