//! What people decide about what was read: kept beside it, one row a decision, never changed.
//!
//! Incidents follow from the accounts that were read and the decisions that hold; both are kept, so that incidents can be
//! made anew from them at any time, and taking a decision back leads to what was there before, to the byte. Everything a
//! program needs for deciding is here: [`Archive::decide`], [`Archive::undo`], [`Archive::log`], [`Archive::conflicts`];
//! acts are made from what somebody points at in [`make`](self::make).

mod again;
mod anchor;
mod conflict;
mod decision;
mod exchange;
mod force;
mod log;
mod make;
mod names;
mod refresh;

pub use conflict::Conflict;
pub use decision::{Act, Anchor, Decision, Group};
pub use exchange::Taken;
pub use log::Entry;
pub use make::Pointed;
pub use names::Names;

pub(crate) use force::{Aimed, Force, in_force};

use crate::error::{Error, Inner, What};
use crate::store::{Archive, set};
use crate::write::generation;
use jiff::Timestamp;
use rusqlite::{Connection, Transaction, params};

/// The longest name, reason or note, in bytes: what people write, not what programs pour in.
const LONGEST: usize = 10_000;

/// Who decides, when and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// The person's name.
    pub who: String,
    /// The reason; empty if none is given.
    pub why: String,
    /// The time of the decision.
    pub time: Timestamp,
}

impl Author {
    /// Somebody who decides now.
    pub fn now(who: &str, why: &str) -> Author {
        Author { who: who.to_owned(), why: why.to_owned(), time: now() }
    }
}

/// The time of what a person does, and of what became of an incident.
#[expect(clippy::disallowed_methods, reason = "no value that is read or exported depends on it")]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

impl Archive {
    /// Keeps a decision and brings the incidents up to date.
    ///
    /// The time is moved behind that of every decision in the archive, so that what somebody decides always holds over what
    /// they had before them, however the clocks of two machines differ.
    /// *Errors*: the act cannot be (two times the same incident, a value that the field cannot have), the archive is busy.
    /// *Cost*: notes, corrections and ratings touch only their incidents; all others link anew.
    pub fn decide(&mut self, author: &Author, act: Act) -> Result<Decision, Error> {
        let act = make::checked(act).map_err(|e| self.blame(e))?;
        for words in [&author.who, &author.why] {
            make::brief(words).map_err(|e| self.blame(e))?;
        }
        if author.who.trim().is_empty() {
            return Err(self.blame(What::Refused("a decision needs the name of whoever makes it".into()).into()));
        }
        self.sign("deciding")?;
        let decision = self.change(|tx| {
            let last = all(tx)?.iter().filter_map(|d| d.time.parse::<Timestamp>().ok()).max();
            let next = last.map(|t| t.saturating_add(jiff::SignedDuration::from_micros(1)).unwrap_or(t));
            let time = next.map_or(author.time, |n| n.max(author.time));
            let decision = Decision::new(time, author.who.trim(), author.why.trim(), act);
            keep(tx, &decision)?;
            refresh::after(tx, &decision)?;
            Ok(decision)
        })?;
        if self.is_stale()? {
            self.relink()?;
        }
        Ok(decision)
    }

    /// Takes a decision back: the one whose id begins with `id`, or the last of this person's that holds.
    ///
    /// *Errors*: there is none, several begin so, it was taken back before.
    pub fn undo(&mut self, author: &Author, id: Option<&str>) -> Result<Decision, Error> {
        let act = log::undoing(&self.conn, author.who.trim(), id).map_err(|e| self.blame(e))?;
        self.decide(author, act)
    }

    /// Every decision in the order in which they take effect.
    pub fn decisions(&self) -> Result<Vec<Decision>, Error> {
        all(&self.conn).map_err(|e| self.blame(e))
    }

    /// Which names stand for which actor by the decisions that hold.
    pub fn names(&self) -> Result<Names, Error> {
        names_of(&self.conn).map_err(|e| self.blame(e))
    }
}

/// Every decision in the order in which they take effect.
pub(crate) fn all(conn: &Connection) -> Inner<Vec<Decision>> {
    some(conn, "1")
}

/// Which names stand for which actor.
pub(crate) fn names_of(conn: &Connection) -> Inner<Names> {
    let mut names = Names::default();
    for d in force::in_force(&some(conn, "act IN ('actor-merge', 'actor-alias', 'undo')")?) {
        match &d.act {
            Act::ActorMerge { actor, other } => names.join(actor, other),
            Act::ActorAlias { actor, name } => names.alias(actor, name),
            _ => {}
        }
    }
    Ok(names)
}

fn some(conn: &Connection, condition: &str) -> Inner<Vec<Decision>> {
    let mut find = conn.prepare_cached(&format!("SELECT body FROM decision WHERE {condition}"))?;
    let mut rows = find.query([])?;
    let mut out: Vec<Decision> = Vec::new();
    while let Some(r) = rows.next()? {
        out.push(serde_json::from_str(&r.get::<_, String>(0)?)?);
    }
    out.sort_by(|a, b| a.order(b));
    Ok(out)
}

/// Adds the row; whether it was not there.
fn keep(tx: &Transaction<'_>, d: &Decision) -> Inner<bool> {
    let body = serde_json::to_string(d)?;
    let rows = tx
        .prepare_cached("INSERT OR IGNORE INTO decision(id, time, who, act, body) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![d.id, d.time, d.who, d.act.name(), body])?;
    Ok(rows > 0)
}

/// Notes that the incidents no longer follow from accounts and decisions, so that whoever opens the archive links anew.
fn stale(tx: &Transaction<'_>) -> Inner<()> {
    let generation = generation(tx)? + 1;
    set(tx, "generation", &generation.to_string())
}
