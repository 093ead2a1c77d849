//! Incidents counted: by month, kind, country, actor and place, for charts and maps.
//!
//! One look through the index of [`crate::brief`], counting here: sorting for each count in SQL takes several times as long.

use crate::brief::{INDEX, actors};
use crate::error::{Error, Inner};
use crate::find::{Filter, conditions};
use crate::store::Archive;
use rusqlite::types::ValueRef;
use rusqlite::{Row, params_from_iter};
use std::cmp::Reverse;
use std::collections::HashMap;

/// Actors that are told of, at most.
const ACTORS: usize = 50;

/// Incidents counted.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Overview {
    /// All of them.
    pub total: usize,
    /// Those on which independent accounts exclude each other.
    pub disputed: usize,
    /// Those of which no month is known.
    pub undated: usize,
    /// Those whose place is not known to lie anywhere.
    pub unplaced: usize,
    /// Months in order: `2024-03`, incidents, the dead at least.
    pub months: Vec<(String, usize, u64)>,
    /// Kinds, the most frequent first; one incident may have several.
    pub kinds: Vec<(String, usize)>,
    /// Countries, the most frequent first.
    pub countries: Vec<(String, usize)>,
    /// Actors, the most frequent first, 50 at most: key, name as printed most, incidents.
    pub actors: Vec<(String, String, usize)>,
    /// Places, the most frequent first.
    pub places: Vec<Spot>,
}

/// A place and what happened there.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Spot {
    /// Its name.
    pub name: String,
    /// Its country; empty if unknown.
    pub country: String,
    /// Latitude and longitude in degrees.
    pub at: (f64, f64),
    /// How narrow it is, as [`account::Precision`] names it.
    pub precision: String,
    /// Number of incidents.
    pub incidents: usize,
    /// Of these disputed.
    pub disputed: usize,
    /// The dead, at least.
    pub killed: u64,
    /// The id of the last of the incidents by day.
    pub incident: String,
}

impl Archive {
    /// The incidents that pass, counted. *Cost*: grows with their number, some 80 ms for 100,000.
    pub fn overview(&self, filter: &Filter) -> Result<Overview, Error> {
        let run = || -> Inner<Overview> {
            let (condition, values) = conditions(filter);
            let mut find = self.conn.prepare_cached(&format!(
                "SELECT first_day, last_day, disputed, killed_low, kinds, country, actors, latitude, longitude, place,
                   precision, id
                 FROM {INDEX} WHERE {condition}"
            ))?;
            let mut rows = find.query(params_from_iter(values))?;
            let mut tally = Tally::default();
            while let Some(row) = rows.next()? {
                tally.add(row)?;
            }
            Ok(tally.done())
        };
        run().map_err(|e| self.blame(e))
    }
}

/// What is counted so far. Nothing leaves it in the order of a hash map: [`Tally::done`] sorts.
#[derive(Default)]
struct Tally {
    total: usize,
    disputed: usize,
    undated: usize,
    unplaced: usize,
    months: HashMap<String, (usize, u64)>,
    kinds: HashMap<String, usize>,
    countries: HashMap<String, usize>,
    /// By key: incidents, and how often each name stands for it.
    actors: HashMap<String, (usize, HashMap<String, usize>)>,
    places: HashMap<String, Vec<Spot>>,
}

impl Tally {
    fn add(&mut self, row: &Row<'_>) -> rusqlite::Result<()> {
        let text = |at: usize| -> rusqlite::Result<&str> {
            Ok(match row.get_ref(at)? {
                ValueRef::Text(t) => std::str::from_utf8(t).unwrap_or_default(),
                _ => "",
            })
        };
        let disputed: bool = row.get(2)?;
        let killed: u64 = row.get::<_, Option<i64>>(3)?.and_then(|n| u64::try_from(n).ok()).unwrap_or(0);
        self.total += 1;
        self.disputed += usize::from(disputed);
        let month = |day: &str| day.get(..7).map(str::to_owned);
        match (month(text(0)?), month(text(1)?)) {
            (Some(a), Some(b)) if a == b => {
                let m = self.months.entry(a).or_default();
                *m = (m.0 + 1, m.1.saturating_add(killed));
            }
            _ => self.undated += 1,
        }
        text(4)?.split(' ').filter(|k| !k.is_empty()).for_each(|k| *entry(&mut self.kinds, k) += 1);
        let country = text(5)?;
        if !country.is_empty() {
            *entry(&mut self.countries, country) += 1;
        }
        for (key, name) in actors(text(6)?) {
            let (incidents, names) = entry(&mut self.actors, key);
            *incidents += 1;
            *entry(names, name) += 1;
        }
        let at: (Option<f64>, Option<f64>) = (row.get(7)?, row.get(8)?);
        let (Some(latitude), Some(longitude)) = at else {
            self.unplaced += 1;
            return Ok(());
        };
        let (name, precision) = (text(9)?, text(10)?);
        let spots = entry(&mut self.places, name);
        let same = |s: &&mut Spot| s.at == (latitude, longitude) && s.country == country && s.precision == precision;
        let spot = match spots.iter_mut().find(same) {
            Some(spot) => spot,
            None => {
                let (name, country, precision) = (name.to_owned(), country.to_owned(), precision.to_owned());
                spots.push(Spot { name, country, precision, at: (latitude, longitude), ..Spot::default() });
                let last = spots.len() - 1;
                &mut spots[last]
            }
        };
        spot.incidents += 1;
        spot.disputed += usize::from(disputed);
        spot.killed = spot.killed.saturating_add(killed);
        // Rows come in the order of days.
        text(11)?.clone_into(&mut spot.incident);
        Ok(())
    }

    fn done(self) -> Overview {
        let most = |all: HashMap<String, usize>| {
            let mut all: Vec<(String, usize)> = all.into_iter().collect();
            all.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
            all
        };
        let mut months: Vec<(String, usize, u64)> = self.months.into_iter().map(|(m, (n, k))| (m, n, k)).collect();
        months.sort();
        let mut actors: Vec<(String, usize, HashMap<String, usize>)> =
            self.actors.into_iter().map(|(key, (n, names))| (key, n, names)).collect();
        actors.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
        actors.truncate(ACTORS);
        let named = |(key, n, names): (String, usize, HashMap<String, usize>)| {
            let name = most(names).into_iter().next().map_or_else(String::new, |(name, _)| name);
            (key, name, n)
        };
        let mut places: Vec<Spot> = self.places.into_values().flatten().collect();
        places.sort_by(|a, b| {
            let key = |s: &Spot| (Reverse(s.incidents), s.name.clone(), s.country.clone(), s.precision.clone());
            key(a).cmp(&key(b)).then(a.at.0.total_cmp(&b.at.0)).then(a.at.1.total_cmp(&b.at.1))
        });
        Overview {
            total: self.total,
            disputed: self.disputed,
            undated: self.undated,
            unplaced: self.unplaced,
            months,
            kinds: most(self.kinds),
            countries: most(self.countries),
            actors: actors.into_iter().map(named).collect(),
            places,
        }
    }
}

/// The entry of a key, which is copied only when it is new.
fn entry<'m, V: Default>(map: &'m mut HashMap<String, V>, key: &str) -> &'m mut V {
    if !map.contains_key(key) {
        map.insert(key.to_owned(), V::default());
    }
    map.get_mut(key).expect("just put there")
}
