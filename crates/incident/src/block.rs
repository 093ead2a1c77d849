//! Which pairs of accounts are worth comparing: those that share a block.
//!
//! A block is a key such as a day in a country. Precise accounts meet in the block of their days; what an account leaves
//! open it asks for in wider blocks (a month, a country unknown, a place without a date), to which the precise accounts
//! only answer: two precise accounts never meet there. So the number of pairs grows with the accounts of a day and
//! country and with the vague accounts, not with the square of all.

use crate::compare::Profile;
use crate::names::skeleton;
use crate::when::{between, days, shift};
use account::Precision;
use article::Edtf;
use jiff::civil::Date;
use std::collections::{BTreeSet, HashMap};

/// Dates no wider than this are blocked by day.
const DAYS: i64 = 8;
/// Dates no wider than this are blocked by month.
const MONTHS: i64 = 62;
/// A country that the account does not give.
const ANY: &str = "*";
/// Side of a cell of the ground in degrees; more than the distance at which two cities are near.
const CELL: f32 = 0.5;

/// Calls `each` with the pairs of indices, the lower first, in order. *Cost*: the pairs, times the blocks that they share.
pub(crate) fn pairs(profiles: &[Profile<'_>], mut each: impl FnMut(usize, usize)) {
    let mut blocks: Vec<Block> = Vec::new();
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let keys: Vec<Keys> = profiles.iter().map(Keys::of).collect();
    let mut number = |key: &String| {
        let n = *numbers.entry(key.clone()).or_insert(blocks.len());
        if n == blocks.len() {
            blocks.push(Block::default());
        }
        n
    };
    let of: Vec<(Vec<usize>, Vec<usize>)> = keys
        .iter()
        .map(|k| (k.asks.iter().map(&mut number).collect(), k.answers.difference(&k.asks).map(&mut number).collect()))
        .collect();
    for (i, (asks, answers)) in of.iter().enumerate() {
        asks.iter().for_each(|b| blocks[*b].asking.push(i));
        answers.iter().for_each(|b| blocks[*b].answering.push(i));
    }
    let mut met = vec![usize::MAX; profiles.len()];
    let mut others: Vec<usize> = Vec::new();
    let behind = |all: &[usize], i: usize| all.partition_point(|j| *j <= i);
    for (i, (asks, answers)) in of.iter().enumerate() {
        let mut meet = |all: &[usize]| {
            for j in &all[behind(all, i)..] {
                if std::mem::replace(&mut met[*j], i) != i {
                    others.push(*j);
                }
            }
        };
        for b in asks {
            meet(&blocks[*b].asking);
            meet(&blocks[*b].answering);
        }
        for b in answers {
            meet(&blocks[*b].asking);
        }
        others.sort_unstable();
        others.drain(..).for_each(|j| each(i, j));
    }
}

/// Those who ask in a block and those who only answer, each in order.
#[derive(Default)]
struct Block {
    asking: Vec<usize>,
    answering: Vec<usize>,
}

#[derive(Default)]
struct Keys {
    asks: BTreeSet<String>,
    answers: BTreeSet<String>,
}

impl Keys {
    fn of(p: &Profile<'_>) -> Keys {
        let mut keys = Keys::default();
        let place = p.place();
        let country = place.map(|x| x.country.as_str()).filter(|c| !c.is_empty());
        let at = place.filter(|x| x.precision <= Precision::City).and_then(|x| x.at);
        match p.when.days.or(p.when.implied) {
            Some((first, last)) if between(first, last) <= DAYS => keys.days(first, last, country, at, p.when.slack()),
            Some((first, last)) if between(first, last) <= MONTHS => keys.months(first, last, country),
            Some(_) => keys.open(p),
            None => keys.yearless(p.when.date.as_ref()),
        }
        if p.when.days.is_none() {
            keys.open(p);
        }
        keys.answers.extend(evidence(p));
        keys
    }

    fn days(&mut self, first: Date, last: Date, country: Option<&str>, at: Option<(f32, f32)>, reach: i64) {
        for day in days(shift(first, -reach), shift(last, reach)) {
            // The days around only answer, the days themselves ask too: so one may be off, but not both.
            let own = first <= day && day <= last;
            let month = format!("{:04}-{:02}", day.year(), day.month());
            for c in [country.unwrap_or(ANY), ANY] {
                self.answers.insert(format!("day {day} {c}"));
                self.answers.insert(format!("month {month} {c}"));
            }
            self.answers.insert(format!("yearless {:02}-{:02}", day.month(), day.day()));
            self.answers.insert(format!("yearless {:02}", day.month()));
            if own {
                self.asks.insert(format!("day {day} {}", country.unwrap_or(ANY)));
            }
            if own && country.is_none() {
                self.asks.insert(format!("month {month} {ANY}"));
            }
            // Across a border the country differs, the ground does not.
            if let Some((lat, lon)) = at {
                let (y, x) = ((lat / CELL).floor() as i32, (lon / CELL).floor() as i32);
                for (dy, dx) in (-1..=1).flat_map(|dy| (-1..=1).map(move |dx| (dy, dx))) {
                    self.answers.insert(format!("cell {day} {} {}", y.saturating_add(dy), x.saturating_add(dx)));
                }
                if own {
                    self.asks.insert(format!("cell {day} {y} {x}"));
                }
            }
        }
    }

    fn months(&mut self, first: Date, last: Date, country: Option<&str>) {
        // Each month once: on its first day, or on the first day of the interval.
        for day in days(first, last).filter(|d| *d == first || d.day() == 1) {
            let month = format!("{:04}-{:02}", day.year(), day.month());
            self.asks.insert(format!("month {month} {}", country.unwrap_or(ANY)));
            self.answers.insert(format!("month {month} {ANY}"));
            self.answers.insert(format!("yearless {:02}", day.month()));
            self.answers.insert(format!("whole month {:02}", day.month()));
        }
    }

    /// Days without a year ask for these days, a month without one for this month, in whatever year.
    fn yearless(&mut self, date: Option<&Edtf>) {
        // A leap year holds every day of the year.
        let Some((first, last)) = date.and_then(|d| d.days_in(Some(2000))) else { return };
        let few = between(first, last) <= DAYS;
        for day in days(first, last) {
            let month = format!("{:02}", day.month());
            if few {
                self.asks.insert(format!("yearless {month}-{:02}", day.day()));
                self.asks.insert(format!("whole month {month}"));
                self.answers.insert(format!("yearless {month}"));
            } else {
                self.asks.insert(format!("yearless {month}"));
                self.answers.insert(format!("whole month {month}"));
            }
        }
    }

    /// Without a narrow date the rest of the evidence must bring the two together.
    fn open(&mut self, p: &Profile<'_>) {
        self.asks.extend(evidence(p));
    }
}

/// Blocks that need no date: the place, an exact toll or a named actor in a country.
fn evidence(p: &Profile<'_>) -> Vec<String> {
    let Some(place) = p.place() else { return Vec::new() };
    let mut out = Vec::new();
    if !place.city.is_empty() {
        out.push(format!("city {}", skeleton(&place.city).chars().take(4).collect::<String>()));
    }
    for (m, low, high) in &p.tolls {
        if let (Some(n), true) = (low, low == high) {
            out.push(format!("toll {m} {n} {}", place.country));
        }
    }
    if place.city.is_empty() {
        out.extend(p.actors.iter().map(|a| format!("actor {a} {}", place.country)));
    } else {
        out.extend(p.actors.iter().map(|a| format!("actor {a} {} {}", place.country, skeleton(&place.city))));
    }
    out
}
