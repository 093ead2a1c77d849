//! Bringing the incidents up to date with the accounts and what people decided.
//!
//! A first reading links everything ([`whole`]). After that only what new accounts belong to is linked anew ([`step`]): parts
//! of the accounts hang together and know nothing of other parts, so the outcome is what linking everything would give.

mod standing;
mod step;
mod whole;
mod why;
mod write;

pub(crate) use standing::Standing;
pub(crate) use why::Bench;
pub use why::{Between, Compared};
pub(crate) use write::{lead, rewrite};

use crate::decide::{self, Force};
use crate::error::{Error, Inner, What};
use crate::read::fence;
use crate::store::{Archive, get, set};
use crate::write::generation;
use account::{Account, Value};
use incident::{Filed, Supporter};
use rusqlite::{Connection, Transaction};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

/// More new articles than a tenth of all are no step any more: everything is linked.
const STEP: u64 = 10;
/// So few are always a step.
const FEW: u64 = 200;

/// What became of an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// When, RFC 3339 in UTC.
    pub time: String,
    /// The incident's id.
    pub incident: String,
    /// `new`, `changed`, `joined` (into `other`) or `gone`.
    pub what: String,
    /// The incident that it was joined into.
    pub other: Option<String>,
}

impl Archive {
    /// Whether accounts came in since the incidents were last linked, because a read was cut short.
    pub fn is_stale(&self) -> Result<bool, Error> {
        let stale = || -> Inner<bool> { Ok(generation(&self.conn)? != linked(&self.conn)?) };
        stale().map_err(|e| self.blame(e))
    }

    /// Brings the incidents up to date and gives their number. *Cost*: grows with what is new and what it belongs to; the
    /// first time, with the whole archive.
    ///
    /// Linking everything holds no lock. Should another program add accounts meanwhile, the archive stays stale, and that
    /// program links when it is done.
    pub fn relink(&mut self) -> Result<usize, Error> {
        Ok(self.relink_unless(&AtomicBool::new(false))?.unwrap_or_default())
    }

    /// Links everything anew, whatever is there already.
    pub fn relink_all(&mut self) -> Result<usize, Error> {
        Ok(self.relink_whole(&AtomicBool::new(false))?.unwrap_or_default())
    }

    /// As [`Archive::relink`]; `None` if `stop` was set before there was anything to write: the archive stays stale.
    pub(crate) fn relink_unless(&mut self, stop: &AtomicBool) -> Result<Option<usize>, Error> {
        self.sign("linking incidents")?;
        let step = self.change(|tx| {
            if !step::fits(tx)? {
                return Ok(false);
            }
            let generation = generation(tx)?;
            // A fault in linking undoes the step as a whole.
            let done = fence(|| step::step(tx, &decide::now().to_string()));
            done.map_err(What::Linking)??;
            set(tx, "linked", &generation.to_string())?;
            Ok(true)
        });
        match step {
            Ok(true) => Ok(Some(self.count()?)),
            Err(e) if e.is_busy() => Err(e),
            // What linking kept does not fit the accounts any more: all of it follows from them.
            _ => self.relink_whole(stop),
        }
    }

    fn relink_whole(&mut self, stop: &AtomicBool) -> Result<Option<usize>, Error> {
        self.sign("linking incidents")?;
        let all = whole::gather(&mut self.conn).map_err(|e| self.blame(e))?;
        if stop.load(Ordering::Relaxed) {
            return Ok(None);
        }
        // Nothing was written yet: should linking fail, the archive is as it was.
        let done = fence(|| whole::link(&all)).map_err(|what| self.blame(What::Linking(what).into()))?;
        if stop.load(Ordering::Relaxed) {
            return Ok(None);
        }
        self.change(|tx| {
            if linked(tx)? > all.generation {
                return Ok(());
            }
            // A fault in making incidents undoes all of it.
            let written = fence(|| whole::write(tx, &all, &done, &decide::now().to_string()));
            written.map_err(What::Linking)??;
            set(tx, "linked", &all.generation.to_string())
        })?;
        Ok(Some(self.count()?))
    }

    /// The incident that an id leads to today, which may be an id that it bore once; `None` where there is none.
    pub fn leads(&self, id: &str) -> Result<Option<String>, Error> {
        write::lead(&self.conn, id).map_err(|e| self.blame(e))
    }

    /// What became of incidents since a time (RFC 3339, or the beginning of one: a day), in order.
    pub fn changes(&self, since: &str) -> Result<Vec<Change>, Error> {
        let find = || -> Inner<Vec<Change>> {
            let text = "SELECT time, incident, what, other FROM incident_change WHERE time >= ?1 ORDER BY number";
            let mut find = self.conn.prepare_cached(text)?;
            let change = |r: &rusqlite::Row<'_>| {
                Ok(Change { time: r.get(0)?, incident: r.get(1)?, what: r.get(2)?, other: r.get(3)? })
            };
            Ok(find.query_map([since], change)?.collect::<rusqlite::Result<_>>()?)
        };
        find().map_err(|e| self.blame(e))
    }
}

fn linked(conn: &Connection) -> Inner<u64> {
    Ok(get(conn, "linked")?.and_then(|n| n.parse().ok()).unwrap_or(0))
}

/// What a row of [`FILED`] holds, as linking takes it.
fn filed(r: &rusqlite::Row<'_>) -> Inner<Filed> {
    let chain: Vec<Value<String>> = serde_json::from_str(&r.get::<_, String>(6)?)?;
    let sketch: Vec<u8> = r.get(7)?;
    let account: Account = serde_json::from_str(&r.get::<_, String>(2)?)?;
    Ok(Filed {
        article: r.get(0)?,
        ordinal: r.get(1)?,
        outlet: r.get::<_, Option<String>>(3)?.unwrap_or_default(),
        published: r.get::<_, Option<String>>(4)?.and_then(|p| p.parse().ok()),
        published_time: r.get(5)?,
        source_chain: chain,
        sketch: sketch.as_chunks::<8>().0.iter().map(|b| u64::from_le_bytes(*b)).collect(),
        said: incident::said(&r.get::<_, String>(8)?, &account),
        account,
    })
}

/// One account as linking takes it.
pub(crate) fn filed_at(conn: &Connection, at: &Supporter) -> Inner<Filed> {
    let mut find = conn.prepare_cached(&format!("{FILED} WHERE account.article = ?1 AND account.ordinal = ?2"))?;
    let mut rows = find.query((&at.article, at.ordinal))?;
    filed(rows.next()?.ok_or(rusqlite::Error::QueryReturnedNoRows)?)
}

const FILED: &str = "SELECT account.article, account.ordinal, account.body, article.outlet, article.published,
    article.published_time, article.source_chain, article.sketch, article.text
    FROM account JOIN article ON article.id = account.article";

/// What was decided on which accounts, as far as linking heeds it.
#[derive(Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
struct Heeded {
    together: BTreeSet<(Supporter, Supporter)>,
    apart: BTreeSet<(Supporter, Supporter)>,
    dismissed: BTreeSet<Supporter>,
    /// Which names stand for which actor, and what is put into incidents once they are linked.
    rest: String,
}

impl Heeded {
    fn of(force: &Force) -> Heeded {
        Heeded {
            together: force.decided.together.iter().cloned().collect(),
            apart: force.decided.apart.iter().cloned().collect(),
            dismissed: force.dismissed.clone(),
            rest: force.rest(),
        }
    }

    /// Notes what linking heeded.
    fn keep(&self, tx: &Transaction<'_>) -> Inner<()> {
        set(tx, "heeded", &serde_json::to_string(self)?)
    }

    fn last(conn: &Connection) -> Inner<Option<Heeded>> {
        Ok(get(conn, "heeded")?.and_then(|t| serde_json::from_str(&t).ok()))
    }

    /// The accounts of which one says other than the other.
    fn differing(&self, other: &Heeded) -> BTreeSet<Supporter> {
        let pairs = |a: &BTreeSet<(Supporter, Supporter)>, b: &BTreeSet<(Supporter, Supporter)>| {
            a.symmetric_difference(b).flat_map(|(x, y)| [x.clone(), y.clone()]).collect::<Vec<_>>()
        };
        let mut out: BTreeSet<Supporter> = self.dismissed.symmetric_difference(&other.dismissed).cloned().collect();
        out.extend(pairs(&self.together, &other.together));
        out.extend(pairs(&self.apart, &other.apart));
        out
    }
}

/// Notes that incidents were brought up to date with decisions that join and part nothing.
pub(crate) fn heed(tx: &Transaction<'_>, force: &Force) -> Inner<()> {
    match Heeded::last(tx)? {
        Some(last) => Heeded { rest: force.rest(), ..last }.keep(tx),
        None => Ok(()),
    }
}

/// The force of all decisions, on articles whose standing is noted.
fn force(conn: &Connection) -> Inner<Force> {
    Force::of(conn, None, &decide::all(conn)?)
}
