//! Bringing incidents up to date after a decision that joins and parts nothing: only those that it touches.

use super::decision::{Act, Decision};
use super::force::Force;
use super::{all, stale};
use crate::error::Inner;
use crate::find;
use crate::relink;
use article::fold;
use incident::{Incident, Supporter};
use rusqlite::Transaction;
use std::collections::BTreeSet;

/// Rewrites the incidents that `decision`, which was just kept, touches; marks the archive stale where accounts must be
/// linked anew.
pub(crate) fn after(tx: &Transaction<'_>, decision: &Decision) -> Inner<()> {
    let decisions = all(tx)?;
    let mut act = &decision.act;
    while let Act::Undo { decision } = act {
        match decisions.iter().find(|d| d.id == *decision) {
            Some(d) => act = &d.act,
            None => return Ok(()),
        }
    }
    let mut ids = match act {
        Act::Note { .. } => return Ok(()),
        Act::Rate { outlet, .. } => of_outlet(tx, outlet)?,
        Act::Correct { .. } => BTreeSet::new(),
        _ => return stale(tx),
    };
    let force = Force::of(tx, None, &decisions)?;
    if let Act::Correct { of, .. } = act {
        let mut finder = super::anchor::Finder::new(tx, None);
        for s in finder.all(&of.accounts)? {
            ids.extend(home(tx, &s)?);
        }
    }
    // A correction goes to the incident that holds most of its accounts, so all that hold any are looked at.
    for a in force.aimed.iter().flat_map(|a| &a.accounts) {
        ids.extend(home(tx, a)?);
    }
    let mut incidents: Vec<Incident> = ids.iter().map(|id| find::incident(tx, id)).collect::<Inner<_>>()?;
    let aims = force.aims(&incidents);
    let aims: Vec<_> = (0..incidents.len()).map(|n| aims.get(&n).cloned().unwrap_or_default()).collect();
    for (incident, aimed) in incidents.iter_mut().zip(aims) {
        let before = serde_json::to_string(incident)?;
        incident.rate(|_| None);
        incident.correct(&[]);
        let outlets: Vec<(Supporter, String)> =
            incident.accounts.iter().map(|s| Ok((s.clone(), outlet(tx, s)?))).collect::<Inner<_>>()?;
        force.apply(incident, &aimed, |s| {
            outlets.iter().find(|(o, _)| o == s).map(|(_, name)| name.clone()).unwrap_or_default()
        });
        if serde_json::to_string(incident)? != before {
            relink::rewrite(tx, incident, &decision.time)?;
        }
    }
    relink::heed(tx, &force)
}

fn home(tx: &Transaction<'_>, s: &Supporter) -> Inner<Vec<String>> {
    let mut find = tx.prepare_cached("SELECT incident FROM incident_account WHERE article = ?1 AND ordinal = ?2")?;
    Ok(find.query_map((&s.article, s.ordinal), |r| r.get(0))?.collect::<rusqlite::Result<_>>()?)
}

fn outlet(tx: &Transaction<'_>, s: &Supporter) -> Inner<String> {
    let mut find = tx.prepare_cached("SELECT outlet FROM article WHERE id = ?1")?;
    Ok(find.query_row([&s.article], |r| r.get::<_, Option<String>>(0))?.unwrap_or_default())
}

/// Incidents with an account of the outlet, however its name is written.
fn of_outlet(tx: &Transaction<'_>, outlet: &str) -> Inner<BTreeSet<String>> {
    let mut names = tx.prepare_cached("SELECT DISTINCT outlet FROM article WHERE outlet IS NOT NULL")?;
    let names: Vec<String> = names.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
    let mut find = tx.prepare_cached(
        "SELECT DISTINCT incident FROM incident_account JOIN article ON article.id = incident_account.article
         WHERE outlet = ?1",
    )?;
    let mut out = BTreeSet::new();
    for name in names.iter().filter(|n| fold(n) == fold(outlet)) {
        let ids = find.query_map([name], |r| r.get::<_, String>(0))?;
        for id in ids {
            out.insert(id?);
        }
    }
    Ok(out)
}
