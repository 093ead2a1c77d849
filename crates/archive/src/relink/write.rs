//! Writing incidents, and what became of them.

use crate::brief;
use crate::decide;
use crate::error::Inner;
use crate::find;
use crate::write::column;
use account::{Account, Kind};
use article::Edtf;
use incident::{Incident, Supporter};
use rusqlite::{OptionalExtension, Transaction, params};
use std::collections::{BTreeMap, BTreeSet};

/// Accounts by article and place.
pub(super) type Accounts = BTreeMap<(String, u32), Account>;

/// Puts `incidents` in the place of those with the ids `old`, writes only what differs, and notes what became of each.
pub(super) fn replace(
    tx: &Transaction<'_>,
    old: &BTreeSet<String>,
    incidents: &[Incident],
    accounts: &Accounts,
    now: &str,
) -> Inner<()> {
    let new: BTreeSet<&str> = incidents.iter().map(|i| i.id.as_str()).collect();
    let home: BTreeMap<&Supporter, &str> =
        incidents.iter().flat_map(|i| i.accounts.iter().map(|s| (s, i.id.as_str()))).collect();
    for gone in old.iter().filter(|o| !new.contains(o.as_str())) {
        retire(tx, gone, |s| home.get(s).copied(), now)?;
    }
    put(tx, old, incidents, accounts, now)
}

/// Takes out an incident that is none any more; `home` tells where its accounts went.
pub(super) fn retire<'h>(
    tx: &Transaction<'_>,
    gone: &str,
    home: impl Fn(&Supporter) -> Option<&'h str>,
    now: &str,
) -> Inner<()> {
    let mut body = tx.prepare_cached("SELECT body FROM incident WHERE id = ?1")?;
    let text: Option<String> = body.query_row([gone], |r| r.get(0)).optional()?;
    let Some(text) = text else { return Ok(()) };
    let was: Incident = serde_json::from_str(&text)?;
    let Some(first) = was.accounts.first() else { return Ok(()) };
    let leads = was.accounts.iter().find_map(home);
    tx.prepare_cached("INSERT OR REPLACE INTO incident_past VALUES (?1, ?2, ?3, ?4)")?.execute(params![
        gone,
        first.article,
        first.ordinal,
        leads
    ])?;
    note(tx, now, gone, if leads.is_some() { "joined" } else { "gone" }, leads)?;
    remove(tx, gone)
}

/// Writes incidents as far as they differ from what stands under their ids, if these are among `old`.
pub(super) fn put(
    tx: &Transaction<'_>,
    old: &BTreeSet<String>,
    incidents: &[Incident],
    accounts: &Accounts,
    now: &str,
) -> Inner<()> {
    let mut body = tx.prepare_cached("SELECT body, kinds IS NOT NULL FROM incident WHERE id = ?1")?;
    for i in incidents {
        let text = serde_json::to_string(i)?;
        let was: Option<(String, bool)> = if old.contains(&i.id) {
            body.query_row([&i.id], |r| Ok((r.get(0)?, r.get(1)?))).optional()?
        } else {
            None
        };
        let same = was.as_ref().is_some_and(|(was, _)| *was == text);
        if same && was.as_ref().is_some_and(|(_, filled)| *filled) {
            continue;
        }
        if was.is_some() {
            remove(tx, &i.id)?;
        }
        // An older program left columns empty: they are filled, and nothing changed.
        if !same {
            note(tx, now, &i.id, if was.is_some() { "changed" } else { "new" }, None)?;
        }
        tx.prepare_cached("DELETE FROM incident_past WHERE id = ?1")?.execute([&i.id])?;
        write(tx, i, accounts)?;
    }
    Ok(())
}

fn note(tx: &Transaction<'_>, now: &str, incident: &str, what: &str, other: Option<&str>) -> Inner<()> {
    tx.prepare_cached("INSERT INTO incident_change(time, incident, what, other) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![now, incident, what, other])?;
    Ok(())
}

/// The incident that an id leads to today: its own, or the one that holds the account it was named after.
pub(crate) fn lead(tx: &rusqlite::Connection, wanted: &str) -> Inner<Option<String>> {
    let mut named = wanted.to_owned();
    // Each step leads to a later time, so that few can follow; more would be a circle.
    for _ in 0..64 {
        let there = "SELECT id FROM incident WHERE id = ?1";
        if let Some(id) = tx.prepare_cached(there)?.query_row([&named], |r| r.get(0)).optional()? {
            return Ok(Some(id));
        }
        let past: Option<(String, u32, Option<String>)> = tx
            .prepare_cached("SELECT article, ordinal, now FROM incident_past WHERE id = ?1")?
            .query_row([&named], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))
            .optional()?;
        let Some((article, ordinal, now)) = past else { return Ok(None) };
        let home = "SELECT incident FROM incident_account WHERE article = ?1 AND ordinal = ?2";
        let home: Option<String> = tx.prepare_cached(home)?.query_row((&article, ordinal), |r| r.get(0)).optional()?;
        match home.or(now) {
            Some(next) if next != named => named = next,
            _ => return Ok(None),
        }
    }
    Ok(None)
}

fn remove(tx: &Transaction<'_>, id: &str) -> Inner<()> {
    for table in ["incident_account", "incident_kind", "incident_actor"] {
        tx.prepare_cached(&format!("DELETE FROM {table} WHERE incident = ?1"))?.execute([id])?;
    }
    tx.prepare_cached("DELETE FROM incident WHERE id = ?1")?.execute([id])?;
    Ok(())
}

/// Writes an incident anew whose values changed and whose accounts did not.
pub(crate) fn rewrite(tx: &Transaction<'_>, i: &Incident, now: &str) -> Inner<()> {
    remove(tx, &i.id)?;
    note(tx, now, &i.id, "changed", None)?;
    let names = decide::names_of(tx)?;
    let mut accounts = BTreeMap::new();
    for s in &i.accounts {
        let mut account = find::account(tx, s)?;
        names.rename(&mut account);
        accounts.insert((s.article.clone(), s.ordinal), account);
    }
    write(tx, i, &accounts)
}

fn write(tx: &Transaction<'_>, i: &Incident, accounts: &Accounts) -> Inner<()> {
    let told: Vec<Option<&Account>> =
        i.accounts.iter().map(|s| accounts.get(&(s.article.clone(), s.ordinal))).collect();
    let brief = brief::Columns::of(i, &told);
    let told: Vec<&Account> = told.into_iter().flatten().collect();
    let chosen =
        |name: &str| i.fields.iter().find(|f| f.name == name).map(|f| f.chosen.as_str()).filter(|c| !c.is_empty());
    let days = chosen("date").and_then(|d| d.parse::<Edtf>().ok()).and_then(|d| d.days());
    let (low, high) = crate::toll(i).map_or((None, None), |t| (t.low, t.high));
    let articles: BTreeSet<&str> = i.accounts.iter().map(|s| s.article.as_str()).collect();
    tx.prepare_cached(
        "INSERT INTO incident(id, date, first_day, last_day, country, place, stage, killed_low, killed_high, disputed,
           articles, independent, body, kinds, actors, disputes, latitude, longitude, precision, weakest)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)",
    )?
    .execute(params![
        i.id,
        chosen("date"),
        days.map(|(first, _)| first.to_string()),
        days.map(|(_, last)| last.to_string()),
        chosen("country"),
        chosen("place"),
        chosen("stage"),
        low.map(column),
        high.map(column),
        i.fields.iter().any(|f| f.disputed),
        articles.len(),
        i.origins.len(),
        serde_json::to_string(i)?,
        brief.kinds,
        brief.actors,
        brief.disputes,
        brief.at.map(|at| at.0),
        brief.at.map(|at| at.1),
        brief.precision,
        brief.weakest,
    ])?;
    let mut account = tx.prepare_cached("INSERT INTO incident_account VALUES (?1, ?2, ?3, ?4)")?;
    for (position, s) in i.accounts.iter().enumerate() {
        account.execute(params![i.id, position, s.article, s.ordinal])?;
    }
    let kinds: BTreeSet<Kind> = told.iter().flat_map(|a| a.kinds.iter().map(|k| k.value)).collect();
    let mut kind = tx.prepare_cached("INSERT INTO incident_kind VALUES (?1, ?2)")?;
    for k in kinds {
        kind.execute(params![i.id, k.name()])?;
    }
    let actors: BTreeSet<&str> = told.iter().flat_map(|a| a.perpetrators.iter().map(|b| b.actor.as_str())).collect();
    let mut actor = tx.prepare_cached("INSERT INTO incident_actor VALUES (?1, ?2)")?;
    for a in actors {
        actor.execute(params![i.id, a])?;
    }
    Ok(())
}
