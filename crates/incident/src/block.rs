//! Which pairs of accounts are worth comparing: those that share a block.
//!
//! An account *posts* itself under keys: the day in its country, the day and one of its names, tolls or actors. It *asks*
//! under ranges of keys: the days around its own, in the blocks where accounts that can be the same have posted themselves.
//! Whenever one of two finds the other, the other finds it too, so that a new account finds all its partners by its own
//! asking, among those that came before it.
//!
//! Keys are 63-bit numbers that end in a day, so that the days around are one range. A range that holds more than [`HUB`]
//! accounts is not asked: what so many share ("Kabul", "Taliban", a placeholder for unknown days) tells no two apart, and
//! accounts in it meet by their narrower keys. So the number of pairs grows with the accounts, not with their square.

use crate::profile::{Profile, Store};
use crate::symbols::NONE;
use crate::time::{Days, Time, date, number};
use jiff::civil::Date;

/// A key holding more accounts on one day, or without a day, is too common to bring any two together.
pub const HUB: usize = 400;

/// Dates no wider than this are blocked by day.
const DAYS: i32 = 8;
/// Dates no wider than this are blocked by month.
const MONTHS: i32 = 62;
/// A day may be misread by so many days.
const REACH: i32 = 3;
/// A weekday may be read a week off.
const WEEK: i32 = 8;
/// An account without a date tells of what was published so many days later, at most.
const LATE: i32 = 13;
/// Names, of those an account gives, under which it posts itself: the same of two accounts that give the same.
const NAMES: usize = 6;

/// Who posts under a key: the day, the month or the day of publication is what it ends in.
#[derive(Debug, Clone, Copy)]
enum Class {
    /// A day, or a few.
    Dated = 0,
    /// A month or two.
    Wide = 1,
    /// No date, but a day of publication.
    Undated = 2,
    /// Neither: only what was shared can bring it together with others.
    Open = 3,
    /// What those ask for.
    Any = 4,
    /// A day without a year.
    Yearless = 5,
}

/// What a key is made of beside the day.
#[derive(Debug, Clone, Copy)]
enum Group<'a> {
    /// All accounts.
    All,
    /// Those without a country.
    Nowhere,
    Country(&'a str),
    City(&'a str, &'a str),
    Name(&'a str),
    Actor(&'a str, &'a str),
    Toll(u8, u64),
}

/// Days of a key: 24 bits hold all years of the calendar.
const DAY_BITS: u32 = 24;
const GROUP_BITS: u32 = 35;

fn key(class: Class, group: Group<'_>, day: i32) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    let mut feed = |bytes: &[u8]| {
        for b in bytes.iter().chain(&[0xff]) {
            hash = (hash ^ u64::from(*b)).wrapping_mul(0x100_0000_01b3);
        }
    };
    match group {
        Group::All => feed(b"all"),
        Group::Nowhere => feed(b"nowhere"),
        Group::Country(c) => [b"country".as_slice(), c.as_bytes()].into_iter().for_each(feed),
        Group::City(c, s) => [b"city".as_slice(), c.as_bytes(), s.as_bytes()].into_iter().for_each(feed),
        Group::Name(n) => [b"name".as_slice(), n.as_bytes()].into_iter().for_each(feed),
        Group::Actor(c, a) => [b"actor".as_slice(), c.as_bytes(), a.as_bytes()].into_iter().for_each(feed),
        Group::Toll(m, n) => [b"toll".as_slice(), &[m], &n.to_be_bytes()].into_iter().for_each(feed),
    }
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - GROUP_BITS);
    let day = (i64::from(day) + (1 << (DAY_BITS - 1))).clamp(0, (1 << DAY_BITS) - 1) as u64;
    ((class as u64) << (DAY_BITS + GROUP_BITS)) | (hash << DAY_BITS) | day
}

/// First and last key that is asked, both included.
pub type Range = (u64, u64);

/// The blocks of one account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keys {
    /// Under which others find it, in order.
    pub posts: Vec<u64>,
    /// Where it finds others, in order.
    pub asks: Vec<Range>,
}

impl Store {
    /// The blocks of an account.
    pub(crate) fn keys(&self, p: &Profile) -> Keys {
        let spot = &self.spots[p.told.place as usize];
        let country = self.symbols.word(spot.country);
        let shared = self.shared(p);
        let when = &p.told.time;
        let mut k = Keys::default();
        let place = |k: &mut Keys, class, day| {
            k.posts.push(key(class, Group::All, day));
            k.posts.push(key(class, if country.is_empty() { Group::Nowhere } else { Group::Country(country) }, day));
        };
        match class(when) {
            Some((Class::Dated, (first, last))) => {
                for day in first..=last {
                    place(&mut k, Class::Dated, day);
                    k.posts.extend(shared.iter().map(|g| key(Class::Dated, *g, day)));
                }
            }
            Some((Class::Wide, days)) => months(days).for_each(|m| place(&mut k, Class::Wide, m)),
            Some((_, (day, _))) => place(&mut k, Class::Undated, day),
            None => {}
        }
        let groups = if country.is_empty() { vec![Group::All] } else { vec![Group::Country(country), Group::Nowhere] };
        match class(when) {
            Some((Class::Dated, (first, last))) => {
                for g in &groups {
                    ask(&mut k, Class::Dated, *g, (first - REACH, last + REACH));
                    ask(&mut k, Class::Undated, *g, (first - REACH, last + LATE));
                    months((first - REACH, last + REACH)).for_each(|m| ask(&mut k, Class::Wide, *g, (m, m)));
                }
                for g in &shared {
                    ask(&mut k, Class::Dated, *g, (first - WEEK, last + WEEK));
                }
            }
            Some((Class::Wide, (first, last))) => {
                for g in &groups {
                    ask(&mut k, Class::Dated, *g, (first - REACH, last + REACH));
                    ask(&mut k, Class::Undated, *g, (first - REACH, last + LATE));
                    months((first - REACH, last + REACH)).for_each(|m| ask(&mut k, Class::Wide, *g, (m, m)));
                }
            }
            Some((_, (day, _))) => {
                for g in &groups {
                    ask(&mut k, Class::Dated, *g, (day - LATE, day + REACH));
                    ask(&mut k, Class::Undated, *g, (day - LATE, day + LATE));
                    months((day - LATE, day + REACH)).for_each(|m| ask(&mut k, Class::Wide, *g, (m, m)));
                }
            }
            None => {}
        }
        self.yearless(when, &mut k);
        // Whoever has no day of its own asks for what it shares with others, whenever that was.
        let open = when.days.is_none() || !matches!(class(when), Some((Class::Dated | Class::Wide, _)));
        for g in &shared {
            k.posts.push(key(Class::Any, *g, 0));
            ask(&mut k, Class::Open, *g, (0, 0));
            if open {
                k.posts.push(key(Class::Open, *g, 0));
                ask(&mut k, Class::Any, *g, (0, 0));
            }
        }
        k.posts.sort_unstable();
        k.posts.dedup();
        k.asks.sort_unstable();
        k.asks.dedup();
        k
    }

    /// What an account shares with few others: its city, names, actors and exact tolls.
    fn shared<'a>(&'a self, p: &Profile) -> Vec<Group<'a>> {
        let spot = &self.spots[p.told.place as usize];
        let country = self.symbols.word(spot.country);
        let word = |s: u32| self.symbols.word(s);
        let mut out = Vec::new();
        if spot.city != NONE {
            // The first letters are those on which two spellings agree.
            let city = word(spot.city);
            out.push(Group::City(country, &city[..city.char_indices().nth(4).map_or(city.len(), |(at, _)| at)]));
        }
        let mut names: Vec<&str> = p.told.names().iter().map(|s| word(*s)).collect();
        names.sort_unstable_by_key(|n| key(Class::Any, Group::Name(n), 0));
        out.extend(names.into_iter().take(NAMES).map(Group::Name));
        out.extend(p.told.actors().iter().take(NAMES).map(|a| Group::Actor(country, word(*a))));
        for (m, low, high) in &p.told.tolls {
            if let (Some(n), true) = (low, low == high && low.is_some_and(|n| n > 2)) {
                out.push(Group::Toll(*m as u8, *n));
            }
        }
        out
    }

    /// A day without a year asks for that day in every year of a century around now, and is asked for by the day of the year.
    fn yearless(&self, when: &Time, k: &mut Keys) {
        let of_year = |d: Date| i32::from(d.month()) * 32 + i32::from(d.day());
        let near = |d: &Days| d.1 - d.0 <= MONTHS && YEARS.contains(&date(d.0).year());
        if let Some((first, last)) = when.days.filter(near) {
            let mut days: Vec<i32> = ((first - REACH)..=(last + REACH)).map(|d| of_year(date(d))).collect();
            days.sort_unstable();
            days.dedup();
            for run in days.chunk_by(|a, b| a + 1 == *b) {
                ask(k, Class::Yearless, Group::All, (run[0], run[run.len() - 1]));
            }
        }
        let Some(open) = &when.open else { return };
        for year in YEARS {
            let days = open.in_year(year).and_then(|d| d.days()).map(|(a, b)| (number(a), number(b)));
            let Some((first, last)) = days.filter(|d| d.1 - d.0 <= MONTHS) else { continue };
            ask(k, Class::Dated, Group::All, (first - REACH, last + REACH));
            months((first - REACH, last + REACH)).for_each(|m| ask(k, Class::Wide, Group::All, (m, m)));
            if year == LEAP {
                let days = || (first..=last).map(|d| of_year(date(d)));
                k.posts.extend(days().map(|d| key(Class::Yearless, Group::All, d)));
                days().for_each(|d| ask(k, Class::Yearless, Group::All, (d, d)));
            }
        }
    }
}

/// The years in which a date without one is looked for, and from which one is looked for.
const YEARS: std::ops::Range<i16> = 1970..2070;
/// A year that has every day.
const LEAP: i16 = 2000;

/// How an account is blocked by its time, with its days or its day of publication.
fn class(when: &Time) -> Option<(Class, Days)> {
    match (when.days, when.published) {
        (Some((a, b)), _) if b - a <= DAYS => Some((Class::Dated, (a, b))),
        (Some((a, b)), _) if b - a <= MONTHS => Some((Class::Wide, (a, b))),
        (None, Some(p)) if when.implied.is_some() => Some((Class::Undated, (p, p))),
        _ => None,
    }
}

/// The months that days fall in, counted through.
fn months((first, last): Days) -> impl Iterator<Item = i32> {
    let month = |d: i32| i32::from(date(d).year()) * 12 + i32::from(date(d).month());
    month(first)..=month(last)
}

fn ask(k: &mut Keys, class: Class, group: Group<'_>, (first, last): Days) {
    k.asks.push((key(class, group, first), key(class, group, last)));
}
