//! Days and months of the calendar, as they are printed.

use super::parse::{Read, Scan};
use super::parts::{Last, Parts, Year};
use super::piece::Digits;
use super::words::Small;
use crate::TokenKind;

impl Scan<'_> {
    /// A date of the calendar.
    pub(super) fn dated(&self, i: usize) -> Read {
        let the = usize::from(self.word(i).is(Small::THE));
        if let Some(weekday) = self.weekday(i) {
            let bare = (Parts { weekday: Some(weekday), ..Parts::default() }, i + 1);
            let mut at = self.stop(i + 1);
            let part = self.word(at).part;
            at += usize::from(part.is_some());
            at += usize::from(self.norm(at) == ",");
            let behind = self.day_first(at).or_else(|| self.month_first(at).filter(|(d, _)| d.day.is_some()));
            // "Sun" and "Sat" by themselves are more often something else.
            if behind.is_none() && self.p[i].word.is(Small::DOUBTFUL) {
                return None;
            }
            return Some(behind.map_or(bare, |(d, end)| (Parts { weekday: Some(weekday), part, ..d }, end)));
        }
        let w = self.word(i + the);
        if the == 0
            && let Some(found) = self.numeric(i)
        {
            return Some(found);
        }
        self.day_first(i)
            .or_else(|| self.month_first(i))
            .or_else(|| self.quarter(i))
            .or_else(|| if w.season > 0 { self.season(i, i + the) } else { None })
            .or_else(|| self.nth_unit(i))
            .or_else(|| self.century(i + the))
            .or_else(|| self.decade(i + the))
            .or_else(|| self.year(i))
            .or_else(|| self.ordinal_day(i))
    }

    /// "2021-08-26", "28.11.2024", "04/11/2021"
    pub(super) fn numeric(&self, i: usize) -> Read {
        let glued = |k: usize| k < self.to && self.p[k].start == self.p[k - 1].end;
        if let Digits::Dotted(d, m, y) = self.digits(i) {
            return day_of(d, m, y).map(|p| (p, i + 1));
        }
        let plain = |k: usize| match self.digits(k) {
            Digits::Plain(n, len, false) if k < self.to => Some((n, len)),
            _ => None,
        };
        let (a, len) = plain(i)?;
        let mark = self.norm(i + 1);
        if !matches!(mark, "-" | "/") || !glued(i + 1) || !glued(i + 2) {
            return None;
        }
        let (b, _) = plain(i + 2)?;
        if self.norm(i + 3) != mark || !glued(i + 3) || !glued(i + 4) {
            return None;
        }
        let (c, last) = plain(i + 4)?;
        if len == 4 {
            return day_of(c, b, a).map(|p| (p, i + 5));
        }
        let year = match last {
            4 => c,
            2 => two_digits(c),
            _ => return None,
        };
        if mark == "-" {
            return day_of(a, b, year).map(|p| (p, i + 5));
        }
        // The American way puts the month first; where both can be, the other way is kept beside it.
        let (day_first, month_first) = (day_of(a, b, year), day_of(b, a, year));
        let found = match (day_first, month_first) {
            (Some(d), Some(m)) if d != m => {
                let last = Last { month: m.month, day: m.day, year: Some(year as i16), first_end: i, begin: i };
                Some(Parts { last: Some(last), ..d })
            }
            (d, m) => d.or(m),
        };
        found.map(|p| (p, i + 5))
    }

    /// "4 March 2024", "the 29th of November", "12-19 February 2024", "3 and 4 May", "28 March to 5 April"
    pub(super) fn day_first(&self, i: usize) -> Read {
        let the = usize::from(self.word(i).is(Small::THE));
        let (first, mut at) = self.day(i + the)?;
        let first_end = at;
        let mut month = self.month_behind_day(at).map(|(m, e)| {
            at = e;
            m
        });
        let mut last = None;
        let joint = self.word(at).is(Small::TO) || self.word(at).is(Small::AND) || self.word(at).is(Small::OR);
        if joint {
            let named = at + 1 + usize::from(self.weekday(at + 1).is_some());
            let named = named + usize::from(self.word(named).is(Small::THE));
            if let Some((day, e)) = self.day(named)
                && let Some((m, e)) = self.month_behind_day(e)
                && (month.is_some() || day > first)
            {
                let first_end = if month.is_some() { at } else { first_end };
                last = Some(Last { month: Some(m), day: Some(day), year: None, first_end, begin: named });
                month = month.or(Some(m));
                at = e;
            }
        }
        let month = month?;
        let year = self.year_tail(self.stop(at)).or_else(|| self.short_year(at));
        let end = year.map_or(at, |(_, e)| e);
        day_of(u32::from(first), u32::from(month), year.map_or(2000, |(y, _)| u32::from(y.unsigned_abs()).max(4)))?;
        let parts = Parts {
            day: Some(first),
            month: Some(month),
            last,
            year: year.map(|(y, _)| Year::Named(y)),
            ..Parts::default()
        };
        Some((parts, end))
    }

    pub(super) fn month_behind_day(&self, i: usize) -> Option<(u8, usize)> {
        let at = i + usize::from(self.word(i).is(Small::OF_ONLY) || self.norm(i) == "-");
        self.month(at).map(|m| (m, self.dotted_month(at)))
    }

    /// "March 4, 2024", "Nov. 2", "August 26-27", "October 2021", "JAN 90", "March"
    pub(super) fn month_first(&self, i: usize) -> Read {
        let month = self.month(i)?;
        let mut at = self.dotted_month(i);
        let mut parts = Parts { month: Some(month), ..Parts::default() };
        let behind = at + usize::from(self.norm(at) == "," || self.word(at).is(Small::OF_ONLY) || self.norm(at) == "-");
        if let Some((year, end)) = self.full_year(behind) {
            return Some((Parts { year: Some(Year::Named(year)), ..parts }, end));
        }
        let the = usize::from(self.word(at).is(Small::THE));
        let Some((day, e)) = self.day(at + the).or_else(|| self.word_day(at + the)) else {
            // Months that are verbs or names need more than a capital.
            let sure = !self.doubtful(i) || self.led(i);
            let other = self.other_month(at);
            if let Some((m, end)) = other {
                let year = self.year_tail(end);
                parts.last = Some(Last { month: Some(m), day: None, year: None, first_end: at, begin: at + 1 });
                parts.year = year.map(|(y, _)| Year::Named(y));
                return Some((parts, year.map_or(end, |(_, e)| e)));
            }
            return sure.then_some((parts, at));
        };
        at = e;
        parts.day = Some(day);
        let joint = self.word(at).is(Small::TO) || self.word(at).is(Small::AND) || self.word(at).is(Small::OR);
        if joint {
            let numeral = |e: usize| self.p.get(e).filter(|_| e < self.to).is_none_or(|n| n.kind == TokenKind::Mark);
            let second = self.month(at + 1);
            let begin = at + 1;
            let day_at = if second.is_some() { self.dotted_month(begin) } else { begin };
            if let Some((d, e)) = self.day(day_at)
                && (second.is_some() || d > day && (self.norm(at) == "-" || numeral(e) || self.full_year(e).is_some()))
            {
                let last = Last { month: second.or(Some(month)), day: Some(d), year: None, first_end: at, begin };
                (parts.last, at) = (Some(last), e);
            }
        }
        let year = self.year_tail(at);
        let (year, end) = year.map_or((None, at), |(y, e)| (Some(y), e));
        day_of(u32::from(day), u32::from(month), year.map_or(2000, |y| u32::from(y.unsigned_abs()).max(4)))?;
        parts.year = year.map(Year::Named);
        Some((parts, end))
    }

    /// The second month of "March-April" and "March to May 1990".
    pub(super) fn other_month(&self, i: usize) -> Option<(u8, usize)> {
        let joint = self.norm(i) == "-" || self.word(i).is(Small::TO) || self.norm(i) == "/";
        let month = self.month(i + 1).filter(|_| joint)?;
        let end = self.dotted_month(i + 1);
        self.day(end).is_none().then_some((month, end))
    }

    /// "the 16th" behind "night of", "on"
    pub(super) fn ordinal_day(&self, i: usize) -> Read {
        let behind = i > self.from && (self.word(i - 1).is(Small::OF_ONLY) || self.word(i - 1).is(Small::ON));
        if !self.word(i).is(Small::THE) || !behind {
            return None;
        }
        let Digits::Ordinal(day) = self.digits(i + 1) else { return None };
        let next = self.p.get(i + 2).filter(|_| i + 2 < self.to);
        if day > 31 || next.is_some_and(|n| n.kind == TokenKind::Word && (n.capital || n.norm.len() > 4)) {
            return None;
        }
        Some((Parts { day: Some(day as u8), ..Parts::default() }, i + 2))
    }

    /// A year behind a day and month, in full, maybe behind a comma.
    pub(super) fn year_tail(&self, i: usize) -> Option<(i16, usize)> {
        let comma = self.norm(i) == "," || self.word(i).is(Small::OF_ONLY);
        self.full_year(i + usize::from(comma)).filter(|(_, e)| !comma || self.word(*e).unit.is_none())
    }

    /// Two digits as wires write the year ("3 JAN 90").
    pub(super) fn short_year(&self, i: usize) -> Option<(i16, usize)> {
        let at = i + usize::from(self.norm(i) == "'");
        match self.digits(at) {
            Digits::Plain(n, 2, false) if at < self.to && self.word(at + 1).unit.is_none() => {
                Some((two_digits(n) as i16, at + 1))
            }
            _ => None,
        }
    }

    /// A day of a month: "4", "4th", "16th", "eighth".
    pub(super) fn day(&self, i: usize) -> Option<(u8, usize)> {
        match self.digits(i) {
            Digits::Plain(n, 1..=2, false) | Digits::Ordinal(n) if i < self.to && (1..=31).contains(&n) => {
                Some((n as u8, i + 1))
            }
            _ => None,
        }
    }

    pub(super) fn word_day(&self, i: usize) -> Option<(u8, usize)> {
        self.ordinal(i).filter(|(n, _)| (1..=31).contains(n))
    }

    /// The piece behind the month at `i`, whose short form may have a stop; the stop of a sentence is none.
    pub(super) fn dotted_month(&self, i: usize) -> usize {
        let stop = self.stop(i + 1);
        if stop > i + 1 && (self.norm(i).len() > 4 || stop >= self.to) { i + 1 } else { stop }
    }
}

/// A full date, if there is such a day.
pub(super) fn day_of(day: u32, month: u32, year: u32) -> Option<Parts> {
    let date = jiff::civil::Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()?;
    let (year, month, day) = (date.year(), date.month() as u8, date.day() as u8);
    Some(Parts { year: Some(Year::Named(year)), month: Some(month), day: Some(day), ..Parts::default() })
}

pub(super) fn two_digits(n: u32) -> u32 {
    if n >= 50 { 1900 + n } else { 2000 + n }
}
