//! Pairs of incidents that were nearly joined, among those that changed last.

use super::{Open, Topic};
use crate::error::{Error, Inner};
use crate::find;
use crate::relink::Bench;
use crate::store::Archive;
use std::collections::BTreeMap;

/// Two incidents below this mean score, in log-odds, are plainly two.
const FAR: f64 = -4.0;

/// Two incidents that were nearly joined.
#[derive(Debug, Clone, PartialEq)]
pub struct Near {
    /// Their ids, the smaller first.
    pub pair: [String; 2],
    /// The mean score of all pairs of accounts across, in log-odds.
    pub mean: f64,
    /// How many pairs exclude each other.
    pub excluded: usize,
    /// How many pairs there are.
    pub pairs: usize,
}

impl Near {
    pub(super) fn open(&self) -> Open {
        let [a, b] = &self.pair;
        let why = match self.excluded {
            0 => String::new(),
            n => format!("; {n} of {} pairs of accounts exclude each other", self.pairs),
        };
        Open {
            incident: Some(a.clone()),
            other: Some(b.clone()),
            what: format!("nearly joined: the mean score across is {:+.1}{why}", self.mean),
            // What only an exclusion keeps apart is a matter of that one value.
            ..Open::new(Topic::Near, &format!("{a}:{b}"), -self.mean)
        }
    }
}

impl Archive {
    /// Of the `latest` incidents that changed last the nearest that each was not joined with, if it is near. *Cost*: compares
    /// each with all that share a day, a place or a name with it: milliseconds to tenths of a second each.
    pub fn near(&self, latest: usize) -> Result<Vec<Near>, Error> {
        let run = || -> Inner<Vec<Near>> {
            let mut find = self.conn.prepare_cached(
                "SELECT incident FROM incident_change JOIN incident ON incident.id = incident_change.incident
                 GROUP BY incident ORDER BY max(number) DESC LIMIT ?1",
            )?;
            let ids: Vec<String> = find.query_map([latest], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
            let mut bench = Bench::new(&self.conn);
            let mut out: BTreeMap<[String; 2], Near> = BTreeMap::new();
            for id in ids {
                let Some(between) = bench.nearest(&find::incident(&self.conn, &id)?)? else { continue };
                if between.mean < FAR {
                    continue;
                }
                let mut pair = [id, between.other];
                pair.sort();
                let near =
                    Near { pair: pair.clone(), mean: between.mean, excluded: between.excluded, pairs: between.pairs };
                out.insert(pair, near);
            }
            Ok(out.into_values().collect())
        };
        run().map_err(|e| self.blame(e))
    }
}
