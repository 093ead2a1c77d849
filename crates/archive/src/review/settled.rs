//! Which items of the queue a decision has settled.

use super::{LOOKED, Open, Topic};
use crate::decide::Act;
use crate::error::Error;
use crate::store::Archive;
use std::collections::BTreeMap;

/// What was decided, by what it settles; of several decisions the last.
#[derive(Default)]
pub(super) struct Settled {
    /// By the key of the item that somebody looked at.
    looked: BTreeMap<String, String>,
    /// By incident and field.
    corrected: BTreeMap<(String, String), String>,
    /// Incidents that were merged or split by hand: those that the decision shows in.
    bound: Vec<(Vec<String>, String)>,
    /// By the key of an actor.
    actors: BTreeMap<String, String>,
}

impl Settled {
    pub(super) fn of(archive: &Archive) -> Result<Settled, Error> {
        let mut out = Settled::default();
        for e in archive.log()?.into_iter().filter(|e| e.holds) {
            let id = e.decision.id;
            match e.decision.act {
                Act::Note { text, .. } => {
                    if let Some(key) = text.strip_prefix(LOOKED) {
                        out.looked.insert(key.trim().to_owned(), id);
                    }
                }
                Act::Correct { field, .. } => {
                    out.corrected.extend(e.now.into_iter().map(|i| ((i, field.clone()), id.clone())));
                }
                Act::Merge { .. } | Act::Split { .. } => out.bound.push((e.now, id)),
                Act::ActorMerge { actor, other } => {
                    out.actors.insert(actor, id.clone());
                    out.actors.insert(other, id);
                }
                Act::ActorAlias { actor, .. } => {
                    out.actors.insert(actor, id);
                }
                _ => {}
            }
        }
        Ok(out)
    }

    /// The decision that settled an item.
    pub(super) fn by(&self, item: &Open) -> Option<String> {
        if let Some(id) = self.looked.get(&item.key) {
            return Some(id.clone());
        }
        let incident = item.incident.as_ref()?;
        let bound = |wanted: &[&String]| {
            let shows = |(now, _): &&(Vec<String>, String)| wanted.iter().all(|w| now.contains(w));
            self.bound.iter().rev().find(shows).map(|(_, id)| id.clone())
        };
        match item.topic {
            Topic::Merge => bound(&[incident]),
            Topic::Near => bound(&[incident, item.other.as_ref()?]),
            Topic::Dispute | Topic::Place | Topic::Date => {
                self.corrected.get(&(incident.clone(), item.field.clone()?)).cloned()
            }
            Topic::Actor => self.actors.get(item.actor.as_ref()?).cloned(),
            Topic::Conflict | Topic::Problem => None,
        }
    }
}
