//! Which pairs of accounts are worth comparing: those that share a block.
//!
//! An account *posts* itself under keys: the day in its country, the day and one of its names, tolls or actors. It *asks*
//! under ranges of keys: the days around its own, in the blocks where accounts that can be the same have posted themselves.
//! Each asking belongs to one of its own keys, and is made such that whenever one of two finds the other, the other finds it
//! too. So a new account finds all its partners by its own asking, among those that came before it.
//!
//! Keys are 63-bit numbers that end in a day, so that the days around are one range. A key that too many accounts share
//! ([`crowd`]) is a hub: nobody is found there, and whoever is there does not ask from there. What so many share ("Kabul",
//! "Taliban", a placeholder for unknown days) tells no two apart; accounts in it meet by their narrower keys. So the number
//! of pairs grows with the accounts, not with their square.

use crate::profile::{Profile, Store};
use crate::symbols::NONE;
use crate::time::{Days, Time, date, number};
use jiff::civil::Date;

/// How many bits a key has.
pub(crate) const BITS: u32 = DAY_BITS + GROUP_BITS + 3;

/// How many accounts may share a key before it is a hub. What holds without regard to time brings less together.
pub fn crowd(key: u64) -> usize {
    let timeless = [Class::Any as u64, Class::Open as u64].contains(&(key >> (DAY_BITS + GROUP_BITS)));
    if timeless { 40 } else { 300 }
}

/// Dates no wider than this are blocked by day.
const DAYS: i32 = 8;
/// Dates no wider than this are blocked by month.
const MONTHS: i32 = 62;
/// A day may be misread by so many days.
const REACH: i32 = 3;
/// A weekday may be read a week off.
const WEEK: i32 = 8;
/// Days without a year are looked for so far around, farther than any two can agree: leap years shift them.
const WIDELY: i32 = 12;
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
    Toll(&'a str, u8, u64),
}

/// Days of a key: 24 bits hold all years of the calendar.
const DAY_BITS: u32 = 24;
const GROUP_BITS: u32 = 35;

/// The hash of a group: the part of a key that stays the same over classes and days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Name(u64);

impl Group<'_> {
    fn name(self) -> Name {
        let mut hash = 0xcbf2_9ce4_8422_2325u64;
        let mut feed = |bytes: &[u8]| {
            for b in bytes.iter().chain(&[0xff]) {
                hash = (hash ^ u64::from(*b)).wrapping_mul(0x100_0000_01b3);
            }
        };
        match self {
            Group::All => feed(b"all"),
            Group::Nowhere => feed(b"nowhere"),
            Group::Country(c) => [b"country".as_slice(), c.as_bytes()].into_iter().for_each(feed),
            Group::City(c, s) => [b"city".as_slice(), c.as_bytes(), s.as_bytes()].into_iter().for_each(feed),
            Group::Name(n) => [b"name".as_slice(), n.as_bytes()].into_iter().for_each(feed),
            Group::Actor(c, a) => [b"actor".as_slice(), c.as_bytes(), a.as_bytes()].into_iter().for_each(feed),
            Group::Toll(c, m, n) => {
                [b"toll".as_slice(), c.as_bytes(), &[m], &n.to_be_bytes()].into_iter().for_each(feed);
            }
        }
        Name((hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - GROUP_BITS))
    }
}

fn key(class: Class, Name(hash): Name, day: i32) -> u64 {
    let day = (i64::from(day) + (1 << (DAY_BITS - 1))).clamp(0, (1 << DAY_BITS) - 1) as u64;
    ((class as u64) << (DAY_BITS + GROUP_BITS)) | (hash << DAY_BITS) | day
}

/// Where an account looks for others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ask {
    /// The key of its own that it asks from: if that is a hub it does not ask.
    pub from: u64,
    /// The first key that is asked.
    pub first: u64,
    /// The last key that is asked.
    pub last: u64,
}

/// The blocks of one account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keys {
    /// Under which others find it, in order.
    pub posts: Vec<u64>,
    /// Where it finds others, in order.
    pub asks: Vec<Ask>,
}

impl Keys {
    /// Asks for the days of `class` and `group`, from a key of the account's own.
    fn ask(&mut self, from: u64, class: Class, group: Name, (first, last): Days) {
        self.asks.push(Ask { from, first: key(class, group, first), last: key(class, group, last) });
    }
}

impl Store {
    /// The blocks of an account.
    pub(crate) fn keys(&self, p: &Profile) -> Keys {
        let country = self.symbols.word(self.spots[p.told.place as usize].country);
        let shared = self.shared(p);
        let when = &p.told.time;
        let mut k = Keys::default();
        let (all, nowhere) = (Group::All.name(), Group::Nowhere.name());
        let here = if country.is_empty() { nowhere } else { Group::Country(country).name() };
        // Under which it is found, and where from there: who has no country asks all, and is asked by all.
        let groups = match country.is_empty() {
            true => vec![(nowhere, all)],
            false => vec![(here, here), (all, nowhere)],
        };
        let class = class(when);
        match class {
            Some((Class::Dated, (first, last))) => {
                for day in first..=last {
                    for (own, other) in &groups {
                        let from = key(Class::Dated, *own, day);
                        k.ask(from, Class::Dated, *other, (day - REACH, day + REACH));
                        k.ask(from, Class::Undated, *other, (day - REACH, day + LATE));
                        let months = (month(day - REACH), month(day + REACH));
                        k.ask(from, Class::Wide, *other, months);
                    }
                    for g in &shared {
                        let from = key(Class::Dated, *g, day);
                        k.posts.push(from);
                        k.ask(from, Class::Dated, *g, (day - WEEK, day + WEEK));
                    }
                    k.posts.extend([here, all].map(|g| key(Class::Dated, g, day)));
                    self.of_year(key(Class::Dated, all, day), day, &mut k);
                }
            }
            Some((Class::Wide, (first, last))) => {
                for m in month(first)..=month(last) {
                    k.posts.extend([here, all].map(|g| key(Class::Wide, g, m)));
                    let (begin, end) = (number(start(m)), number(start(m + 1)) - 1);
                    for (own, other) in &groups {
                        let from = key(Class::Wide, *own, m);
                        k.ask(from, Class::Dated, *other, (begin - REACH, end + REACH));
                        k.ask(from, Class::Undated, *other, (begin - REACH, end + LATE));
                        k.ask(from, Class::Wide, *other, (m, m));
                    }
                }
            }
            Some((_, (day, _))) => {
                k.posts.extend([here, all].map(|g| key(Class::Undated, g, day)));
                for (own, other) in &groups {
                    let from = key(Class::Undated, *own, day);
                    k.ask(from, Class::Dated, *other, (day - LATE, day + REACH));
                    k.ask(from, Class::Undated, *other, (day - LATE, day + LATE));
                    k.ask(from, Class::Wide, *other, (month(day - LATE), month(day + REACH)));
                }
            }
            None => {}
        }
        self.yearless(when, &mut k);
        // Whoever has no day of its own asks for what it shares with others, whenever that was.
        let open = !matches!(class, Some((Class::Dated | Class::Wide, _)));
        for g in &shared {
            let from = key(Class::Any, *g, 0);
            k.posts.push(from);
            k.ask(from, Class::Open, *g, (0, 0));
            if open {
                k.posts.push(key(Class::Open, *g, 0));
                k.ask(from, Class::Any, *g, (0, 0));
            }
        }
        k.posts.sort_unstable();
        k.posts.dedup();
        k.asks.sort_unstable();
        k.asks.dedup();
        k
    }

    /// A day with a year asks for such days of the year as have none.
    fn of_year(&self, from: u64, day: i32, k: &mut Keys) {
        let date = date(day);
        if !YEARS.contains(&date.year()) {
            return;
        }
        let begin = number(Date::constant(LEAP, date.month(), 1)) + i32::from(date.day()) - 1;
        // Days are asked for in a year and around its ends, where those of the next and the last one stand.
        k.ask(from, Class::Yearless, Group::All.name(), (begin - MONTHS - WIDELY, begin + WIDELY));
    }

    /// A day without a year asks for that day in every year of a century around now.
    fn yearless(&self, when: &Time, k: &mut Keys) {
        let Some(open) = &when.open else { return };
        let days = |year| open.in_year(year).and_then(|d| d.days()).map(|(a, b)| (number(a), number(b)));
        let Some((begin, end)) = days(LEAP).filter(|(a, b)| b - a <= MONTHS) else { return };
        for turn in [-366, 0, 366] {
            k.posts.push(key(Class::Yearless, Group::All.name(), begin + turn));
        }
        let from = key(Class::Yearless, Group::All.name(), begin);
        k.ask(from, Class::Yearless, Group::All.name(), (begin - MONTHS, end + MONTHS));
        for year in YEARS {
            if let Some((first, _)) = days(year) {
                k.ask(from, Class::Dated, Group::All.name(), (first - WIDELY, first + MONTHS + WIDELY));
            }
        }
    }

    /// What an account shares with few others: its city, names, actors and exact tolls.
    fn shared(&self, p: &Profile) -> Vec<Name> {
        let spot = &self.spots[p.told.place as usize];
        let country = self.symbols.word(spot.country);
        let word = |s: u32| self.symbols.word(s);
        let mut out: Vec<Name> = p.told.names().iter().map(|n| Group::Name(word(*n)).name()).collect();
        out.sort_unstable();
        out.truncate(NAMES);
        if spot.city != NONE {
            // The first letters are those on which two spellings agree.
            let city = word(spot.city);
            let begin = &city[..city.char_indices().nth(4).map_or(city.len(), |(at, _)| at)];
            out.push(Group::City(country, begin).name());
        }
        out.extend(p.told.actors().iter().map(|a| Group::Actor(country, word(*a)).name()));
        for (m, low, high) in &p.told.tolls {
            if let (Some(n), true) = (low, low == high && low.is_some_and(|n| n > 4)) {
                out.push(Group::Toll(country, *m as u8, *n).name());
            }
        }
        out
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

/// The month of a day, counted through.
fn month(day: i32) -> i32 {
    let day = date(day);
    i32::from(day.year()) * 12 + i32::from(day.month()) - 1
}

/// The first day of a month; the last of the calendar beyond it.
fn start(month: i32) -> Date {
    let (year, month) = (month.div_euclid(12), month.rem_euclid(12) + 1);
    i16::try_from(year).ok().and_then(|y| Date::new(y, month as i8, 1).ok()).unwrap_or(Date::MAX)
}
