//! Looking at decisions: what was decided, what still holds, and where it shows.

use super::again::told_again;
use super::all;
use super::anchor::Finder;
use super::conflict::{Conflict, in_incidents};
use super::decision::{Act, Anchor, Decision, Group};
use super::force::{Force, in_force, undone};
use crate::error::{Error, Inner, What};
use crate::store::Archive;
use incident::{Incident, Supporter};
use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A decision as the log shows it.
///
/// *Shape*: the decision's own keys, and beside them where it stands now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The decision.
    #[serde(flatten)]
    pub decision: Decision,
    /// Whether it holds: nobody took it back.
    pub holds: bool,
    /// Incidents, as they are now, that hold accounts which it names.
    pub now: Vec<String>,
    /// What it names and no article tells any more.
    pub unattached: Vec<Anchor>,
}

impl Archive {
    /// Every decision in the order in which they take effect, those that were taken back among them.
    pub fn log(&self) -> Result<Vec<Entry>, Error> {
        self.entries().map_err(|e| self.blame(e))
    }

    /// The decisions that name accounts of an incident, in the order in which they take effect.
    pub fn history(&self, incident: &Incident) -> Result<Vec<Entry>, Error> {
        let mut entries = self.log()?;
        entries.retain(|e| e.now.contains(&incident.id));
        Ok(entries)
    }

    fn entries(&self) -> Inner<Vec<Entry>> {
        let decisions = all(&self.conn)?;
        if decisions.is_empty() {
            return Ok(Vec::new());
        }
        let gone: BTreeSet<String> = undone(&decisions).into_iter().map(str::to_owned).collect();
        let mut finder = Finder::new(&self.conn, None);
        let mut out = Vec::new();
        for decision in decisions {
            let (mut now, mut unattached) = (BTreeSet::new(), Vec::new());
            for a in decision.act.anchors() {
                match finder.find(a)? {
                    Some(s) => now.extend(home(&self.conn, &s)?),
                    None => unattached.push(a.clone()),
                }
            }
            let holds = !gone.contains(&decision.id);
            out.push(Entry { decision, holds, now: now.into_iter().collect(), unattached });
        }
        Ok(out)
    }

    /// Where decisions contradict each other or what accounts say, in order; those of one incident, or all.
    pub fn conflicts(&self, incident: Option<&str>) -> Result<Vec<Conflict>, Error> {
        let run = || -> Inner<Vec<Conflict>> {
            let decisions = all(&self.conn)?;
            if decisions.is_empty() {
                return Ok(Vec::new());
            }
            let force = Force::of(&self.conn, None, &decisions)?;
            let holding = in_force(&decisions);
            let mut finder = Finder::new(&self.conn, None);
            let mut ids = BTreeSet::new();
            // Where each decision shows, so that what is not of one incident is told with those that it touches.
            let mut shows: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
            for d in &holding {
                let at = shows.entry(&d.id).or_default();
                for a in d.act.anchors() {
                    if let Some(s) = finder.find(a)? {
                        at.extend(home(&self.conn, &s)?);
                    }
                }
                // For one incident only the decisions matter that show in it, wherever else they do.
                if incident.is_none_or(|id| at.contains(id)) {
                    ids.extend(at.iter().cloned());
                }
            }
            let incidents: Vec<Incident> =
                ids.iter().map(|id| crate::find::incident(&self.conn, id)).collect::<Inner<_>>()?;
            let mut out = in_incidents(&force, &holding, &mut finder, &incidents)?;
            out.extend(force.conflicts.iter().cloned());
            out.extend(told_again(&self.conn, &holding, &force.names, &mut finder, incident)?);
            out.sort();
            out.dedup();
            if let Some(id) = incident {
                let here = |d: &str| shows.get(d).is_some_and(|at| at.contains(id));
                out.retain(|c| match &c.incident {
                    Some(i) => i == id,
                    None => here(&c.decision) || c.with.as_deref().is_some_and(here),
                });
            }
            Ok(out)
        };
        run().map_err(|e| self.blame(e))
    }
}

/// The incident that holds an account.
fn home(conn: &Connection, s: &Supporter) -> Inner<Option<String>> {
    let find = "SELECT incident FROM incident_account WHERE article = ?1 AND ordinal = ?2";
    Ok(conn.prepare_cached(find)?.query_row((&s.article, s.ordinal), |r| r.get(0)).optional()?)
}

/// The act that takes back the decision whose id begins with `id`, or the last of `who` that holds.
pub(crate) fn undoing(conn: &Connection, who: &str, id: Option<&str>) -> Inner<Act> {
    let decisions = all(conn)?;
    let Some(id) = id else {
        let last = in_force(&decisions).into_iter().rfind(|d| d.who == who);
        let Some(last) = last else {
            return Err(What::UnknownDecision(format!("no decision of {who} holds that could be taken back")).into());
        };
        return Ok(Act::Undo { decision: last.id.clone() });
    };
    let found = one(&decisions, id)?;
    if undone(&decisions).contains(found.id.as_str()) {
        return Err(What::Refused(format!("decision {} was taken back before", found.id)).into());
    }
    Ok(Act::Undo { decision: found.id.clone() })
}

/// The one decision whose id begins so.
fn one<'a>(decisions: &'a [Decision], id: &str) -> Inner<&'a Decision> {
    let begins: Vec<&Decision> = decisions.iter().filter(|d| !id.is_empty() && d.id.starts_with(id)).collect();
    match begins.as_slice() {
        [d] => Ok(d),
        [] => {
            Err(What::UnknownDecision(format!("no decision has an id that begins with `{id}`; see `khabar log`"))
                .into())
        }
        many => {
            let ids = many.iter().map(|d| d.id.as_str()).collect::<Vec<_>>().join(", ");
            Err(What::UnknownDecision(format!("several decisions begin with `{id}`: {ids}; give more of it")).into())
        }
    }
}

/// The accounts that were dismissed as an incident whose id begins so, or the one of a number among them.
pub(crate) fn dismissed(conn: &Connection, incident: &str, number: Option<usize>) -> Inner<Group> {
    let decisions = all(conn)?;
    let last = in_force(&decisions).into_iter().rev().find_map(|d| match &d.act {
        Act::Dismiss { of } if !incident.is_empty() && of.incident.starts_with(incident) => Some(of.clone()),
        _ => None,
    });
    let Some(mut group) = last else {
        let what = format!("no incident that was dismissed has an id that begins with `{incident}`; see `khabar log`");
        return Err(What::UnknownDecision(what).into());
    };
    if let Some(n) = number {
        let count = group.accounts.len();
        let Some(one) = group.accounts.get(n.wrapping_sub(1)).cloned() else {
            return Err(What::Refused(format!("incident {} had {count} accounts, not {n}", group.incident)).into());
        };
        group = Group { incident: String::new(), accounts: vec![one] };
    }
    Ok(group)
}
