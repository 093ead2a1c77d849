//! The values of times: what the words name, counted from the day of publication or from the time told last.

use super::parts::{Parts, Year};
use super::tense::Tense;
use super::timex::monday;
use super::words::{From, Which};
use super::{TimeBasis, TimeKind, TimeUnit, Vague};
use crate::{Edtf, Partial};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// Without a verb, a day or month without a year is taken for past unless the last one lies further back than this.
const LONG_AGO: i32 = 240;

/// What the text has said of its times so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Context {
    /// Day of publication.
    pub(super) reference: Option<Edtf>,
    /// It tells of times long before its publication.
    pub(super) history: bool,
    /// The day told last.
    pub(super) day: Option<Edtf>,
    /// The year and month told last.
    pub(super) month: Option<(i16, u8)>,
    /// The year told last.
    pub(super) year: Option<i16>,
    /// The quarter told last.
    pub(super) quarter: Option<(i16, u8)>,
}

/// A value with what it was read by.
#[derive(Debug, Clone)]
pub(super) struct Value {
    pub(super) value: Option<Edtf>,
    pub(super) basis: TimeBasis,
    pub(super) grain: TimeUnit,
    pub(super) weekday: Option<u8>,
    pub(super) vague: Option<Vague>,
}

impl Context {
    /// Remembers a time that was told.
    pub(super) fn tell(&mut self, value: &Edtf, grain: TimeUnit) {
        let days = value.days_in(Some(2001));
        let within = |e: &Edtf| match (e.days(), value.days()) {
            (Some(a), Some(b)) => b.0 <= a.0 && a.1 <= b.1,
            _ => true,
        };
        if let Some((a, b)) = days
            && (a == b || grain == TimeUnit::Day)
        {
            self.day = Some(value.clone());
        } else if self.history && self.day.as_ref().is_some_and(|d| !within(d)) {
            self.day = None;
        }
        let Some(year) = value.start.year else { return };
        if grain <= TimeUnit::Year {
            match value.start.month {
                Some(m) => self.month = Some((year, m)),
                None if self.history && self.month.is_some_and(|(y, _)| y != year) => self.month = None,
                None => {}
            }
            self.year = Some(year);
        }
        if grain == TimeUnit::Quarter {
            self.quarter = value.start.month.map(|m| (year, (m - 1) / 3 + 1));
        }
    }

    /// The value of `p`.
    pub(super) fn value(&self, p: &Parts, tense: Tense) -> Value {
        let none = |grain| Value { value: None, basis: TimeBasis::Relative, grain, weekday: None, vague: p.vague };
        if p.vague.is_some() {
            return none(p.shift.map_or(TimeUnit::Day, |(_, _, unit)| unit));
        }
        if p.kind == Some(TimeKind::Set) {
            let season = p.season.map(|s| s * 3).filter(|m| *m <= 12);
            let value = p.month.or(season).map(|m| Partial { year: None, month: Some(m), day: None }.into());
            let grain = p.shift.map_or(if season.is_some() { TimeUnit::Season } else { TimeUnit::Day }, |s| s.2);
            return Value { value, weekday: p.weekday, ..none(grain) };
        }
        if let Some(kind) = p.kind.filter(|k| *k != TimeKind::At) {
            debug_assert!(kind != TimeKind::Set);
            return none(p.length.map_or(TimeUnit::Day, |l| l.unit));
        }
        if self.history && p.shift == Some((From::Speech, 0, TimeUnit::Day)) && p.part.is_none() {
            return Value { vague: Some(Vague::Present), ..none(TimeUnit::Day) };
        }
        let mut found = self.placed(p, tense);
        found.value = found.value.filter(|v| v.days_in(Some(2000)).is_some());
        if let Some((nth, unit)) = p.nth {
            let whole = found.value.as_ref().filter(|_| Parts { nth: None, ..*p }.has_date());
            found.value = whole.and_then(|w| part(w, nth, unit));
            found.grain = unit;
        }
        if p.overnight
            && let Some(night) = found.value.as_ref().and_then(|v| days_from(v, 1))
        {
            found.value = found.value.map(|v| Edtf { end: Some(night.start), ..v });
        }
        found
    }

    fn placed(&self, p: &Parts, tense: Tense) -> Value {
        let as_read = |value: Option<Edtf>, grain| Value {
            value,
            basis: if p.which.is_some() { TimeBasis::Relative } else { TimeBasis::Explicit },
            grain,
            weekday: None,
            vague: None,
        };
        let relative = |v: Value| Value { basis: TimeBasis::Relative, ..v };
        let year = p.year.and_then(|y| match y {
            Year::Named(y) => Some(y),
            Year::Steps(from, steps) => self.year_of(from).and_then(|y| y.checked_add(i16::try_from(steps).ok()?)),
        });
        if let Some(feast) = p.feast {
            let value = match year {
                Some(y) => feast.in_year(y),
                None => self.near(p.which, tense, true, |y| feast.in_year(y)),
            };
            return as_read(value, TimeUnit::Day);
        }
        if let Some(month) = p.month {
            let bare = Partial { year: None, month: Some(month), day: p.day };
            let value = match year {
                Some(y) => Some(Partial { year: Some(y), ..bare }.into()),
                None => self.near(p.which, tense, p.day.is_some(), |y| {
                    let e: Edtf = Partial { year: Some(y), ..bare }.into();
                    e.days().map(|_| e)
                }),
            };
            let value = value.or(Some(bare.into())).filter(|v: &Edtf| v.days_in(Some(2000)).is_some());
            return as_read(value, if p.day.is_some() { TimeUnit::Day } else { TimeUnit::Month });
        }
        if let Some(day) = p.day {
            return as_read(self.day_of_month(day), TimeUnit::Day);
        }
        if let Some(weekday) = p.weekday {
            return self.weekday(weekday, p.which, p.shift, tense);
        }
        if let Some(s) = p.season {
            let make = |y: i16| season(y, s);
            let value = year.map_or_else(|| self.near(p.which, tense, false, make), make);
            return as_read(value, TimeUnit::Season);
        }
        if let Some(q) = p.quarter {
            let make = |y: i16| months(y, q * 3 - 2, 3);
            return as_read(
                year.map_or_else(|| self.near(p.which, self.still(tense, make), false, make), make),
                TimeUnit::Quarter,
            );
        }
        if let Some(h) = p.half {
            let make = |y: i16| months(y, h * 6 - 5, 6);
            return as_read(year.map_or_else(|| self.near(p.which, tense, false, make), make), TimeUnit::Half);
        }
        if let Some((start, open)) = p.decade {
            let century = self.year.filter(|_| open && self.history).map_or(start / 100, |y| y / 100);
            return as_read(years(century * 100 + start % 100, 10), TimeUnit::Decade);
        }
        if let Some(start) = p.century {
            return as_read(years(start, 100), TimeUnit::Century);
        }
        if p.year.is_some() {
            let value = year.map(|y| Partial { year: Some(y), month: None, day: None }.into());
            let found = as_read(value, TimeUnit::Year);
            return if matches!(p.year, Some(Year::Steps(..))) { relative(found) } else { found };
        }
        if let Some((from, steps, unit)) = p.shift {
            let grain = if unit < TimeUnit::Day { TimeUnit::Day } else { unit };
            return relative(as_read(self.shifted(from, steps, unit, tense, p.counted), grain));
        }
        // An hour alone is that of the day told last.
        let value = self.day.as_ref().or(self.reference.as_ref().filter(|_| !self.history)).cloned();
        relative(as_read(value, TimeUnit::Day))
    }

    fn year_of(&self, from: From) -> Option<i16> {
        let speech = self.reference.as_ref().and_then(|r| r.start.year);
        match from {
            From::Speech => speech,
            From::Story => self.year.or(speech),
        }
    }

    /// The time that recurs every year, in the year that is meant.
    fn near(&self, which: Option<Which>, tense: Tense, day: bool, of: impl Fn(i16) -> Option<Edtf>) -> Option<Edtf> {
        let story = matches!(which, Some(Which::That | Which::Before | Which::After));
        // Of a text without a day of publication nobody knows how far its years reach: a date that names none stays open.
        if self.reference.is_none() && which.is_none() {
            return None;
        }
        if self.history || story && self.year.is_some() {
            return self.near_story(which, of);
        }
        let today = self.reference.as_ref().and_then(Edtf::days)?.1;
        let year = today.year();
        let first = |e: &Edtf| e.days().map(|d| d.0);
        let last = |e: &Edtf| e.days().map(|d| d.1);
        let all = || (year - 8..=year + 8).filter_map(&of);
        // A day may be announced a little ahead.
        let limit = if day { today.saturating_add(7.days()) } else { today };
        let past = || all().filter(|e| first(e).is_some_and(|d| d <= limit)).last();
        let ahead = || all().find(|e| last(e).is_some_and(|d| d >= today));
        match (which, tense) {
            (Some(Which::Last | Which::Before), _) => all().filter(|e| last(e).is_some_and(|d| d < today)).last(),
            (Some(Which::Next | Which::After), _) => all().find(|e| first(e).is_some_and(|d| d > today)),
            (Some(Which::This | Which::That), _) => of(year),
            (None, Tense::Past) => past(),
            (None, Tense::Future) => ahead(),
            (None, Tense::Unknown) => {
                let old = |e: &Edtf| last(e).and_then(|d| today.since(d).ok()).is_some_and(|s| s.get_days() > LONG_AGO);
                past().filter(|e| !old(e)).or_else(ahead)
            }
        }
    }

    /// The tense, or past where the last such time ended not long ago: results of a quarter are told when it is over.
    fn still(&self, tense: Tense, of: impl Fn(i16) -> Option<Edtf>) -> Tense {
        let Some(today) = self.reference.as_ref().and_then(Edtf::days).map(|d| d.1) else { return tense };
        let ended = |y: i16| of(y).and_then(|e| e.days()).and_then(|d| today.since(d.1).ok());
        let recent = [today.year() - 1, today.year()].into_iter().filter_map(ended);
        if recent.into_iter().any(|s| (0..120).contains(&s.get_days())) { Tense::Past } else { tense }
    }

    /// As [`Context::near`], counted from the time told last: the story goes forward.
    fn near_story(&self, which: Option<Which>, of: impl Fn(i16) -> Option<Edtf>) -> Option<Edtf> {
        let year = self.year?;
        let same = of(year);
        let Some((y, m)) = self.month.filter(|(y, _)| *y == year) else {
            return match which {
                Some(Which::After | Which::Next) => of(year.checked_add(1)?),
                Some(Which::Before | Which::Last) => of(year.checked_sub(1)?),
                _ => same,
            };
        };
        let month = same.as_ref().and_then(|e| e.start.month).unwrap_or(m);
        let back = i32::from(m) - i32::from(month);
        match which {
            Some(Which::That | Which::This) => same,
            Some(Which::Before | Which::Last) => {
                if back > 0 {
                    same
                } else {
                    of(y.checked_sub(1)?)
                }
            }
            Some(Which::After | Which::Next) => {
                if back < 0 {
                    same
                } else {
                    of(y.checked_add(1)?)
                }
            }
            None => {
                if back > 6 {
                    of(y.checked_add(1)?)
                } else {
                    same
                }
            }
        }
    }

    /// "the 16th": of this month, or of the last.
    fn day_of_month(&self, day: u8) -> Option<Edtf> {
        if self.history {
            let (year, month) = self.month?;
            let p: Edtf = Partial { year: Some(year), month: Some(month), day: Some(day) }.into();
            return p.days().map(|_| p);
        }
        let anchor = self.reference.as_ref()?.days()?.1;
        let this = Date::new(anchor.year(), anchor.month(), day as i8).ok().filter(|d| *d <= anchor);
        let before = anchor.checked_sub(1.month()).ok()?;
        this.or_else(|| Date::new(before.year(), before.month(), day as i8).ok()).map(Edtf::day)
    }

    fn weekday(&self, wd: u8, which: Option<Which>, shift: Option<(From, i32, TimeUnit)>, tense: Tense) -> Value {
        let found =
            |value, weekday| Value { value, basis: TimeBasis::Weekday, grain: TimeUnit::Day, weekday, vague: None };
        let step = |d: Date, days: i64| d.checked_add(days.days()).ok().map(Edtf::day);
        // "Monday last week"
        if let Some((from, steps, TimeUnit::Week)) = shift {
            let week = self.shifted(from, steps, TimeUnit::Week, tense, false);
            let first = week.as_ref().and_then(Edtf::days).and_then(|d| monday(d.0));
            return found(first.and_then(|d| step(d, i64::from(wd) - 1)), None);
        }
        let story = matches!(which, Some(Which::Before | Which::After | Which::That)) || self.history;
        if story && let Some(day) = self.day.as_ref().and_then(Edtf::single_day) {
            let today = i64::from(day.weekday().to_monday_one_offset());
            let (back, ahead) = ((today - i64::from(wd)).rem_euclid(7), (i64::from(wd) - today).rem_euclid(7));
            let days = match which {
                Some(Which::Before | Which::Last) => -(if back == 0 { 7 } else { back }),
                Some(Which::After | Which::Next) => {
                    if ahead == 0 {
                        7
                    } else {
                        ahead
                    }
                }
                _ => ahead,
            };
            return found(step(day, days), None);
        }
        let Some(r) = &self.reference else { return found(None, Some(wd)) };
        let last = matches!(which, Some(Which::Last | Which::Before));
        let ahead = matches!(which, Some(Which::Next | Which::After)) || which.is_none() && tense == Tense::Future;
        if let Some(day) = r.single_day() {
            let today = i64::from(day.weekday().to_monday_one_offset());
            let back = (today - i64::from(wd)).rem_euclid(7);
            let forward = (i64::from(wd) - today).rem_euclid(7);
            let days = if ahead {
                // Wires name the day of the week of today too.
                if forward == 0 && which.is_some() { 7 } else { forward }
            } else if which == Some(Which::This) && tense != Tense::Past {
                forward
            } else {
                -(if back == 0 && last { 7 } else { back })
            };
            return found(step(day, days), None);
        }
        // No year is known: the seven days that it may be.
        let value = r.days_in(Some(2001)).filter(|(a, b)| a == b && !ahead).and_then(|(day, _)| {
            let newest = if last { day.checked_sub(1.day()).ok()? } else { day };
            let oldest = newest.checked_sub(6.days()).ok()?;
            let bare = |d: Date| Partial { year: None, ..Edtf::day(d).start };
            Some(Edtf { start: bare(oldest), end: Some(bare(newest)), approximate: false })
        });
        found(value, Some(wd))
    }

    /// `steps` units from the day of publication or from the time told last, as precise as the unit.
    fn shifted(&self, from: From, steps: i32, unit: TimeUnit, tense: Tense, counted: bool) -> Option<Edtf> {
        let speech = self.reference.as_ref();
        let story_day = self.day.as_ref().or(speech.filter(|_| self.year.is_none() || !self.history));
        let day = match from {
            From::Speech => speech,
            From::Story => story_day,
        };
        let about = |e: Option<Edtf>| e.map(|e| Edtf { approximate: true, ..e });
        match unit {
            TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour => day.cloned(),
            TimeUnit::Day => day.and_then(|d| days_from(d, steps)),
            TimeUnit::Week if counted => about(day.and_then(|d| days_from(d, steps.checked_mul(7)?))),
            TimeUnit::Fortnight => about(day.and_then(|d| days_from(d, steps.checked_mul(14)?))),
            TimeUnit::Week => {
                let last = day?.days()?.1;
                let first = monday(last)?.checked_add((i64::from(steps) * 7).days()).ok()?;
                let end = if steps == 0 { last } else { first.checked_add(6.days()).ok()? };
                Some(Edtf::between(first, end))
            }
            TimeUnit::Weekend => {
                let today = if self.history { day } else { speech }?.days()?.1;
                let forward = steps > 0 || steps == 0 && tense == Tense::Future;
                let saturday = Weekday::Saturday;
                let first = if forward {
                    today.nth_weekday(1, saturday).ok()?
                } else {
                    today.checked_add(1.day()).ok()?.nth_weekday(-1, saturday).ok()?
                };
                Some(Edtf::between(first, first.checked_add(1.day()).ok()?))
            }
            TimeUnit::Month => {
                let (year, month) = match from {
                    From::Story if self.month.is_some() => self.month?,
                    _ => {
                        let d = speech?;
                        if d.start.year.is_none() {
                            let at = d.days_in(Some(2001))?.1.checked_add(steps.months()).ok()?;
                            return Some(Partial { year: None, month: Some(at.month() as u8), day: None }.into());
                        }
                        (d.start.year?, d.start.month?)
                    }
                };
                let at = Date::new(year, month as i8, 1).ok()?.checked_add(steps.months()).ok()?;
                Some(Edtf::month(at.year(), at.month() as u8))
            }
            TimeUnit::Quarter => {
                let (year, quarter) = match (from, self.quarter) {
                    (From::Story, Some(q)) => q,
                    _ => {
                        let d = speech?.days()?.1;
                        // "the quarter" that is spoken of has ended.
                        let back = if from == From::Story { 3 } else { 0 };
                        let d = d.checked_sub(back.months()).ok()?;
                        (d.year(), (d.month() as u8 - 1) / 3 + 1)
                    }
                };
                let n = (i32::from(year) * 4 + i32::from(quarter) - 1).checked_add(steps)?;
                months(i16::try_from(n.div_euclid(4)).ok()?, n.rem_euclid(4) as u8 * 3 + 1, 3)
            }
            TimeUnit::Season | TimeUnit::Half => None,
            TimeUnit::Year => year(self.year_of(from)?, steps),
            TimeUnit::Decade if counted => about(year(self.year_of(from)?, steps.checked_mul(10)?)),
            TimeUnit::Decade => {
                let at = (i32::from(self.year_of(from)?).div_euclid(10).checked_add(steps)?).checked_mul(10)?;
                years(i16::try_from(at).ok()?, 10)
            }
            TimeUnit::Century if counted => about(year(self.year_of(from)?, steps.checked_mul(100)?)),
            TimeUnit::Century => {
                let at = (i32::from(self.year_of(from)?).div_euclid(100).checked_add(steps)?).checked_mul(100)?;
                years(i16::try_from(at).ok()?, 100)
            }
            TimeUnit::Millennium => None,
        }
        .filter(|e| e.days_in(Some(2000)).is_some())
    }
}

/// The `nth` unit of a time, its last for 0; weeks begin with its first day.
fn part(whole: &Edtf, nth: u8, unit: TimeUnit) -> Option<Edtf> {
    let (first, last) = whole.days()?;
    let n = i64::from(nth) - 1;
    let (from, to) = match unit {
        TimeUnit::Day if nth == 0 => (last, last),
        TimeUnit::Day => (first.checked_add(n.days()).ok()?, first.checked_add(n.days()).ok()?),
        TimeUnit::Weekend => {
            let saturday = match nth {
                0 => last.nth_weekday(-1, Weekday::Saturday).ok()?,
                _ => first.checked_sub(1.day()).ok()?.nth_weekday(i32::from(nth), Weekday::Saturday).ok()?,
            };
            (saturday, saturday.checked_add(1.day()).ok()?)
        }
        TimeUnit::Week if nth == 0 => (last.checked_sub(6.days()).ok()?, last),
        TimeUnit::Week => {
            let from = first.checked_add((n * 7).days()).ok()?;
            (from, from.checked_add(6.days()).ok()?)
        }
        TimeUnit::Month => {
            let at = if nth == 0 { last } else { first.checked_add(n.months()).ok()? };
            return (at <= last).then(|| Edtf::month(at.year(), at.month() as u8));
        }
        TimeUnit::Year | TimeUnit::Decade => {
            let step = if unit == TimeUnit::Year { 1 } else { 10 };
            let at = if nth == 0 { last.year() + 1 - step } else { first.year() + i16::from(nth - 1) * step };
            return if step == 1 { year(at, 0) } else { years(at, step) };
        }
        _ => return None,
    };
    (first <= from && to <= last.checked_add(6.days()).ok()?).then(|| Edtf::between(from, to))
}

/// A day moved by `steps`; works without a year.
fn days_from(from: &Edtf, steps: i32) -> Option<Edtf> {
    let year = from.start.year;
    let day = from.days_in(year.or(Some(2001)))?.1.checked_add(steps.days()).ok()?;
    Some(if year.is_some() { Edtf::day(day) } else { Partial { year: None, ..Edtf::day(day).start }.into() })
}

fn year(from: i16, steps: i32) -> Option<Edtf> {
    let year = i16::try_from(i32::from(from).checked_add(steps)?).ok()?;
    Some(Partial { year: Some(year), month: None, day: None }.into())
}

/// `count` years from `first` on.
fn years(first: i16, count: i16) -> Option<Edtf> {
    let year = |y| Partial { year: Some(y), month: None, day: None };
    Some(Edtf { end: Some(year(first.checked_add(count - 1)?)), ..year(first).into() })
}

/// `count` months of a year from `first` on.
fn months(year: i16, first: u8, count: u8) -> Option<Edtf> {
    let month = |m| Partial { year: Some(year), month: Some(m), day: None };
    Some(Edtf { end: Some(month(first + count - 1)), ..month(first).into() })
}

/// The months of a season, where the year is warm in its middle; winter belongs to the year in which it begins.
fn season(year: i16, season: u8) -> Option<Edtf> {
    let about = |e: Edtf| Edtf { approximate: true, ..e };
    if season < 4 {
        return months(year, season * 3, 3).map(about);
    }
    let end = Partial { year: Some(year.checked_add(1)?), month: Some(2), day: None };
    Some(about(Edtf { end: Some(end), ..Edtf::month(year, 12) }))
}
