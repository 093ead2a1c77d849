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
    /// The incidents that pass, counted. *Cost*: grows with their number; no body is read.
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

/// Values by name, in the order in which names came; each name is looked up once.
struct Tallied<V> {
    numbers: HashMap<String, usize>,
    all: Vec<(String, V)>,
}

impl<V> Default for Tallied<V> {
    fn default() -> Self {
        Tallied { numbers: HashMap::new(), all: Vec::new() }
    }
}

impl<V: Default> Tallied<V> {
    fn of(&mut self, name: &str) -> &mut V {
        let number = match self.numbers.get(name) {
            Some(n) => *n,
            None => {
                self.numbers.insert(name.to_owned(), self.all.len());
                self.all.push((name.to_owned(), V::default()));
                self.all.len() - 1
            }
        };
        &mut self.all[number].1
    }
}

/// What is counted so far.
#[derive(Default)]
struct Tally {
    total: usize,
    disputed: usize,
    undated: usize,
    unplaced: usize,
    months: Tallied<(usize, u64)>,
    kinds: Tallied<usize>,
    countries: Tallied<usize>,
    /// By key: incidents, and how often each name stands for it.
    actors: Tallied<(usize, Tallied<usize>)>,
    places: Tallied<Vec<Spot>>,
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
        match (text(0)?.get(..7), text(1)?.get(..7)) {
            (Some(a), Some(b)) if a == b => {
                let m = self.months.of(a);
                *m = (m.0 + 1, m.1.saturating_add(killed));
            }
            _ => self.undated += 1,
        }
        text(4)?.split(' ').filter(|k| !k.is_empty()).for_each(|k| *self.kinds.of(k) += 1);
        let country = text(5)?;
        if !country.is_empty() {
            *self.countries.of(country) += 1;
        }
        for (key, name) in actors(text(6)?) {
            let (incidents, names) = self.actors.of(key);
            *incidents += 1;
            *names.of(name) += 1;
        }
        let at: (Option<f64>, Option<f64>) = (row.get(7)?, row.get(8)?);
        let (Some(latitude), Some(longitude)) = at else {
            self.unplaced += 1;
            return Ok(());
        };
        let (name, precision) = (text(9)?, text(10)?);
        let spots = self.places.of(name);
        let same = |s: &Spot| s.at == (latitude, longitude) && s.country == country && s.precision == precision;
        let number = spots.iter().position(same).unwrap_or_else(|| {
            let (name, country, precision) = (name.to_owned(), country.to_owned(), precision.to_owned());
            spots.push(Spot { name, country, precision, at: (latitude, longitude), ..Spot::default() });
            spots.len() - 1
        });
        let spot = &mut spots[number];
        spot.incidents += 1;
        spot.disputed += usize::from(disputed);
        spot.killed = spot.killed.saturating_add(killed);
        // Rows come in the order of days.
        text(11)?.clone_into(&mut spot.incident);
        Ok(())
    }

    fn done(self) -> Overview {
        let most = |all: Tallied<usize>| {
            let mut all = all.all;
            all.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
            all
        };
        let mut months: Vec<(String, usize, u64)> = self.months.all.into_iter().map(|(m, (n, k))| (m, n, k)).collect();
        months.sort();
        let mut actors = self.actors.all;
        actors.sort_by(|a, b| (b.1.0, &a.0).cmp(&(a.1.0, &b.0)));
        actors.truncate(ACTORS);
        let named = |(key, (n, names)): (String, (usize, Tallied<usize>))| {
            let name = most(names).into_iter().next().map_or_else(String::new, |(name, _)| name);
            (key, name, n)
        };
        let mut places: Vec<Spot> = self.places.all.into_iter().flat_map(|(_, spots)| spots).collect();
        places.sort_by(|a, b| {
            let key = |s: &Spot| Reverse(s.incidents);
            key(a).cmp(&key(b)).then_with(|| {
                let words = (&a.name, &a.country, &a.precision).cmp(&(&b.name, &b.country, &b.precision));
                words.then(a.at.0.total_cmp(&b.at.0)).then(a.at.1.total_cmp(&b.at.1))
            })
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
