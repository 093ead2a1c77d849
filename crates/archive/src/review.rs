//! What needs a person: a queue that follows from incidents and decisions, and is kept nowhere.
//!
//! An item is settled by a decision about what it shows, or by a note that begins with [`LOOKED`] and names the item's key:
//! whoever looked and leaves everything as it is says so by a note, which is logged, exported and taken back like any
//! decision. Keys change when what they stand for changes, so that a settled dispute comes back when new articles join it.

mod near;
mod settled;
mod tell;

pub use near::Near;

use crate::brief::INDEX;
use crate::error::{Error, Inner};
use crate::rows::hash;
use crate::store::Archive;
use account::{Actors, is_generic};
use settled::Settled;
use std::collections::BTreeMap;

/// What a note begins with that says of an item of the queue that somebody looked at it; the item's key follows.
pub const LOOKED: &str = "looked at ";

/// A join below this score, in log-odds, is worth a look: by the score's own account up to one in thirteen is wrong.
const WEAK: f64 = 2.5;
/// So many items of one topic at most; what lies behind them comes up as they are settled.
const MOST: usize = 10_000;

/// What an item is about, in the order of the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// Decisions contradict each other, or what accounts say.
    Conflict,
    /// Accounts were joined by a narrow margin.
    Merge,
    /// Two incidents were nearly joined.
    Near,
    /// Independent accounts exclude each other in a field.
    Dispute,
    /// No list knows an actor.
    Actor,
    /// No more than the province or country is known, or nothing.
    Place,
    /// No month, no year, or no date is known.
    Date,
    /// A file could not be read well.
    Problem,
}

impl Topic {
    /// All of them, in order.
    pub const ALL: [Topic; 8] = [
        Topic::Conflict,
        Topic::Merge,
        Topic::Near,
        Topic::Dispute,
        Topic::Actor,
        Topic::Place,
        Topic::Date,
        Topic::Problem,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Topic::Conflict => "conflict",
            Topic::Merge => "merge",
            Topic::Near => "near",
            Topic::Dispute => "dispute",
            Topic::Actor => "actor",
            Topic::Place => "place",
            Topic::Date => "date",
            Topic::Problem => "problem",
        }
    }

    /// The topic of that name.
    pub fn named(name: &str) -> Option<Topic> {
        Topic::ALL.into_iter().find(|t| t.name() == name)
    }
}

/// One thing to look at.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Names it as long as it stays what it is.
    pub key: String,
    /// What it is about.
    pub topic: Topic,
    /// The incident to look at.
    pub incident: Option<String>,
    /// The other incident of a pair that was nearly joined.
    pub other: Option<String>,
    /// The two accounts of a weak join, by their positions in the incident, from 0.
    pub accounts: Vec<usize>,
    /// The disputed or weak field.
    pub field: Option<String>,
    /// The key of an actor.
    pub actor: Option<String>,
    /// The score of a join or of the best pair across, in log-odds.
    pub score: Option<f64>,
    /// What is the matter, in one sentence.
    pub what: String,
    /// The decision that settled it.
    pub done: Option<String>,
}

/// A part of the queue.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// Of each topic how many items there are, and how many are settled.
    pub topics: Vec<(Topic, usize, usize)>,
    /// Items asked for: open ones first, by topic, the most urgent of each first.
    pub items: Vec<Item>,
}

/// An item before it is told in words.
struct Open {
    key: String,
    topic: Topic,
    /// Urgency within the topic, smallest first.
    rank: f64,
    incident: Option<String>,
    other: Option<String>,
    field: Option<String>,
    actor: Option<String>,
    what: String,
    done: Option<String>,
}

impl Open {
    fn new(topic: Topic, rest: &str, rank: f64) -> Open {
        Open {
            key: format!("{}:{rest}", topic.name()),
            topic,
            rank,
            incident: None,
            other: None,
            field: None,
            actor: None,
            what: String::new(),
            done: None,
        }
    }
}

impl Archive {
    /// The queue from `offset` on, `limit` items at most, of one topic or all. `near` are pairs of [`Archive::near`], which
    /// take longer to find. *Cost*: grows with the number of incidents, and reads the bodies of those that are told.
    pub fn review(
        &self,
        actors: &Actors,
        near: &[Near],
        topic: Option<Topic>,
        offset: usize,
        limit: usize,
    ) -> Result<Review, Error> {
        let settled = Settled::of(self)?;
        let mut all = self.conflicting()?;
        let run = || -> Inner<Review> {
            all.extend(self.weak()?);
            all.extend(near.iter().map(Near::open));
            all.extend(self.disputes()?);
            all.extend(self.new_actors(actors)?);
            all.extend(self.vague()?);
            all.extend(self.unread()?);
            for item in &mut all {
                item.done = settled.by(item);
            }
            let mut counts: BTreeMap<Topic, (usize, usize)> = BTreeMap::new();
            for item in &all {
                let c = counts.entry(item.topic).or_default();
                *c = (c.0 + 1, c.1 + usize::from(item.done.is_some()));
            }
            let of = |t: Topic| counts.get(&t).copied().unwrap_or_default();
            all.retain(|i| topic.is_none_or(|t| i.topic == t));
            all.sort_by(|a, b| {
                let key = |i: &Open| (i.done.is_some(), i.topic);
                key(a).cmp(&key(b)).then(a.rank.total_cmp(&b.rank)).then_with(|| a.key.cmp(&b.key))
            });
            let part = all.into_iter().skip(offset).take(limit);
            Ok(Review {
                topics: Topic::ALL.map(|t| (t, of(t).0, of(t).1)).into(),
                items: part.map(|open| self.told_item(open)).collect::<Inner<_>>()?,
            })
        };
        run().map_err(|e| self.blame(e))
    }

    fn conflicting(&self) -> Result<Vec<Open>, Error> {
        let all = self.conflicts(None)?.into_iter();
        Ok(all
            .map(|c| {
                let parts = [Some(c.decision), c.with, c.incident.clone(), c.field.clone()];
                let rest: Vec<String> = parts.into_iter().flatten().collect();
                Open {
                    incident: c.incident,
                    field: c.field,
                    what: c.what,
                    ..Open::new(Topic::Conflict, &rest.join(":"), 0.0)
                }
            })
            .collect())
    }

    /// Incidents of which a join is weak.
    fn weak(&self) -> Inner<Vec<Open>> {
        let mut find = self.conn.prepare_cached(
            "SELECT id, weakest FROM incident WHERE weakest IS NOT NULL AND weakest < ?1 ORDER BY weakest, id LIMIT ?2",
        )?;
        let row = |r: &rusqlite::Row<'_>| Ok((r.get::<_, String>(0)?, r.get::<_, f64>(1)?));
        let found = find.query_map((WEAK, MOST), row)?.collect::<rusqlite::Result<Vec<_>>>()?;
        // The score tells this join from one that takes its place.
        let one = |(id, score): (String, f64)| Open {
            incident: Some(id.clone()),
            ..Open::new(Topic::Merge, &format!("{id}:{score:.2}"), score)
        };
        Ok(found.into_iter().map(one).collect())
    }

    fn disputes(&self) -> Inner<Vec<Open>> {
        let sql =
            format!("SELECT id, disputes, articles FROM {INDEX} WHERE disputed ORDER BY articles DESC, id LIMIT ?1");
        let mut find = self.conn.prepare_cached(&sql)?;
        let mut rows = find.query([MOST])?;
        let mut out = Vec::new();
        while let Some(r) = rows.next()? {
            let (id, fields): (String, Option<String>) = (r.get(0)?, r.get(1)?);
            let articles: u32 = r.get(2)?;
            for field in fields.unwrap_or_default().split(' ').filter(|f| !f.is_empty()) {
                out.push(Open {
                    incident: Some(id.clone()),
                    field: Some(field.to_owned()),
                    // What new articles say may settle it, or not: either way it is to be looked at again.
                    ..Open::new(Topic::Dispute, &format!("{id}:{field}:{articles}"), -f64::from(articles))
                });
            }
        }
        Ok(out)
    }

    fn new_actors(&self, actors: &Actors) -> Inner<Vec<Open>> {
        let mut find =
            self.conn.prepare_cached("SELECT actor, count(*), min(incident) FROM incident_actor GROUP BY actor")?;
        let mut rows = find.query([])?;
        let mut out = Vec::new();
        while let Some(r) = rows.next()? {
            let (key, count, incident): (String, u32, String) = (r.get(0)?, r.get(1)?, r.get(2)?);
            if key.is_empty() || is_generic(&key) || actors.get(&key).is_some() {
                continue;
            }
            let incidents = if count == 1 { "1 incident is".to_owned() } else { format!("{count} incidents are") };
            out.push(Open {
                incident: Some(incident),
                what: format!("no list knows `{key}`, to whom {incidents} ascribed"),
                actor: Some(key.clone()),
                ..Open::new(Topic::Actor, &key, -f64::from(count))
            });
        }
        out.sort_by(|a, b| a.rank.total_cmp(&b.rank).then_with(|| a.key.cmp(&b.key)));
        out.truncate(MOST);
        Ok(out)
    }

    /// Incidents whose place or date is hardly known, those of many articles first.
    fn vague(&self) -> Inner<Vec<Open>> {
        let places = "precision IS NULL OR precision IN ('province', 'country')";
        let dates = "first_day IS NULL OR substr(first_day, 1, 7) <> substr(last_day, 1, 7)";
        let mut out = Vec::new();
        for (topic, condition) in [(Topic::Place, places), (Topic::Date, dates)] {
            let sql = format!(
                "SELECT id, articles, precision, date FROM {INDEX} WHERE {condition} ORDER BY articles DESC, id LIMIT ?1"
            );
            let mut find = self.conn.prepare_cached(&sql)?;
            let mut rows = find.query([MOST])?;
            while let Some(r) = rows.next()? {
                let (id, articles): (String, u32) = (r.get(0)?, r.get(1)?);
                let known: Option<String> = r.get(if topic == Topic::Place { 2 } else { 3 })?;
                let what = match (topic, known.as_deref().unwrap_or_default()) {
                    (Topic::Place, "") => "no place is known".to_owned(),
                    (Topic::Place, precision) => format!("no more than the {precision} is known"),
                    (_, "") => "no date is known".to_owned(),
                    (_, date) => format!("the date is no more than {date}"),
                };
                out.push(Open {
                    incident: Some(id.clone()),
                    field: Some(topic.name().to_owned()),
                    what,
                    ..Open::new(topic, &id, -f64::from(articles))
                });
            }
        }
        Ok(out)
    }

    fn unread(&self) -> Inner<Vec<Open>> {
        let mut find = self.conn.prepare_cached(
            "SELECT origin, code, detail, count(*) FROM problem GROUP BY origin, code, detail ORDER BY origin, code, detail LIMIT ?1",
        )?;
        let mut rows = find.query([MOST])?;
        let mut out = Vec::new();
        while let Some(r) = rows.next()? {
            let (origin, code, detail): (String, String, String) = (r.get(0)?, r.get(1)?, r.get(2)?);
            let rest = hash(format!("{origin}\n{code}\n{detail}").as_bytes());
            out.push(Open { what: format!("{origin}: {detail} [{code}]"), ..Open::new(Topic::Problem, &rest, 0.0) });
        }
        Ok(out)
    }
}
