//! The grammar of times: what the words from one token on say, given the day of publication and the day told last.

use super::words::Words;
use super::{Time, TimeBasis, TimeRole};
use crate::{Edtf, Partial, Token, TokenKind};
use jiff::ToSpan;
use jiff::civil::Date;

pub(super) struct Reader<'a> {
    pub(super) w: &'static Words,
    pub(super) t: &'a [Token],
    /// Day of publication.
    pub(super) reference: Option<Edtf>,
    /// The time that the text spoke of last.
    pub(super) story: Option<Edtf>,
}

/// A value before its surroundings are looked at: value, basis, weekday, end token.
type Found = (Option<Edtf>, TimeBasis, Option<u8>, usize);

impl Reader<'_> {
    /// The time that begins at token `i` of the sentence `from..to`.
    pub(super) fn at(&self, from: usize, i: usize, to: usize) -> Option<Time> {
        let t = &self.t[i];
        let found = match t.kind {
            TokenKind::Number => self
                .iso(i, to)
                .or_else(|| self.dotted(i))
                .or_else(|| self.day_month(i, to))
                .or_else(|| self.ago(i, to))
                .or_else(|| self.year(from, i)),
            TokenKind::Word => self
                .relative(i, to)
                .or_else(|| self.story(i, to))
                .or_else(|| self.ago(i, to))
                .or_else(|| self.month_day(i, to))
                .or_else(|| self.bare_month(from, i, to))
                .or_else(|| self.weekday(from, i, to))
                .or_else(|| self.day_month_words(i, to))
                .or_else(|| self.ordinal_day(from, i, to)),
            TokenKind::Mark => None,
        };
        let (value, basis, weekday, end) = found?;
        let role = (i > from).then(|| self.t[i - 1].norm.as_str()).map_or(TimeRole::At, |b| {
            // "the toll from Wednesday's blast" is Wednesday's.
            let genitive = self.norm(end, to) == "'s";
            if self.w.since.word(b).is_some() && !genitive {
                TimeRole::Since
            } else if self.w.until.word(b).is_some() {
                TimeRole::Until
            } else {
                TimeRole::At
            }
        });
        // "since the army took the town in August 2021": the time of another thing, which only bounds the one told.
        let clause =
            (from..i).rev().take(12).take_while(|k| !matches!(self.t[*k].norm.as_str(), "," | ";" | ":" | "." | "\""));
        let role = match clause.map(|k| self.t[k].norm.as_str()).find(|w| matches!(*w, "since" | "until")) {
            Some("since") => TimeRole::Since,
            Some(_) => TimeRole::Until,
            None => role,
        };
        // "from 12 to 19 February" is the time itself.
        let role = if value.as_ref().is_some_and(|v| v.end.is_some()) { TimeRole::At } else { role };
        Some(Time { span: t.span.join(self.t[end - 1].span), tokens: (i, end), value, basis, weekday, role })
    }

    fn norm(&self, i: usize, to: usize) -> &str {
        if i < to { self.t[i].norm.as_str() } else { "" }
    }

    fn month(&self, i: usize, to: usize) -> Option<u8> {
        let t = self.t.get(i).filter(|_| i < to)?;
        t.capital.then(|| self.w.month.word(&t.norm).copied()).flatten()
    }

    fn full_year(&self, i: usize, to: usize) -> Option<i16> {
        let n = self.norm(i, to);
        let four = n.len() == 4 && n.bytes().all(|b| b.is_ascii_digit());
        four.then(|| n.parse().ok()).flatten().filter(|y| (1900..2100).contains(y))
    }

    /// A year behind a day and month: in full, or two digits as wires write it ("3 JAN 90").
    fn year_behind(&self, i: usize, to: usize) -> Option<(i16, usize)> {
        if let Some(y) = self.full_year(i, to) {
            return Some((y, i + 1));
        }
        if self.norm(i, to) == ","
            && let Some(y) = self.full_year(i + 1, to)
        {
            return Some((y, i + 2));
        }
        let n = self.norm(i, to);
        (n.len() == 2 && n.bytes().all(|b| b.is_ascii_digit()))
            .then(|| n.parse::<i16>().ok())
            .flatten()
            .map(|y| (if y >= 50 { 1900 + y } else { 2000 + y }, i + 1))
    }

    /// A day of a month: "4", "4th", "16th".
    fn day(&self, i: usize, to: usize) -> Option<u8> {
        let n = self.norm(i, to);
        let digits = n.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let tail = &n[digits.len()..];
        if !matches!(tail, "" | "st" | "nd" | "rd" | "th") || digits.len() > 2 {
            return None;
        }
        digits.parse().ok().filter(|d| (1..=31).contains(d))
    }

    fn stop(&self, i: usize, to: usize) -> usize {
        // "Nov." keeps its full stop as a token of its own.
        if self.norm(i, to) == "." { i + 1 } else { i }
    }

    fn dated(&self, day: Option<u8>, month: u8, year: Option<i16>) -> Option<Edtf> {
        let p = Partial { year, month: Some(month), day };
        if year.is_some() {
            p.days_in(None)?;
            return Some(p.into());
        }
        p.days_in(Some(2000))?;
        Some(self.complete(p))
    }

    /// Fills in the latest year in which the date is not more than a week after publication.
    fn complete(&self, p: Partial) -> Edtf {
        let Some(day) = self.reference.as_ref().and_then(|r| r.days()).map(|(_, last)| last) else { return p.into() };
        let limit = day.saturating_add(7.days());
        for year in [day.year() + 1, day.year(), day.year() - 1, day.year() - 2, day.year() - 3, day.year() - 4] {
            if let Some((first, _)) = p.days_in(Some(year))
                && first <= limit
                && (p.day.is_some() || first <= day)
            {
                return Partial { year: Some(year), ..p }.into();
            }
        }
        p.into()
    }

    /// "2021-08-26"
    fn iso(&self, i: usize, to: usize) -> Option<Found> {
        let year = self.full_year(i, to)?;
        let glued = |k: usize| k < to && self.t[k].span.start == self.t[k - 1].span.end;
        if self.norm(i + 1, to) != "-" || !glued(i + 1) || !glued(i + 2) {
            return None;
        }
        let month: u8 = self.norm(i + 2, to).parse().ok().filter(|m| (1..=12).contains(m))?;
        if self.norm(i + 3, to) == "-"
            && glued(i + 3)
            && glued(i + 4)
            && let Some(day) = self.day(i + 4, to)
        {
            return Some((Some(self.dated(Some(day), month, Some(year))?), TimeBasis::Explicit, None, i + 5));
        }
        None
    }

    /// "28.11.2024"
    fn dotted(&self, i: usize) -> Option<Found> {
        let parts: Vec<&str> = self.t[i].norm.split('.').collect();
        let [d, m, y] = parts[..] else { return None };
        if y.len() != 4 {
            return None;
        }
        let value = self.dated(Some(d.parse().ok()?), m.parse().ok()?, Some(y.parse().ok()?))?;
        Some((Some(value), TimeBasis::Explicit, None, i + 1))
    }

    /// "4 March 2024", "the 29th of November", "12-19 February 2024", "3 and 4 May"
    fn day_month(&self, i: usize, to: usize) -> Option<Found> {
        let first = self.day(i, to)?;
        let mut m = i + 1;
        let mut last = None;
        // "Friday 16 to Saturday 17 February" names the weekday twice.
        let named = usize::from(self.w.weekday.word(self.norm(m + 1, to)).is_some());
        if matches!(self.norm(m, to), "-" | "to" | "and")
            && let Some(d) = self.day(m + 1 + named, to)
        {
            (last, m) = (Some(d), m + 2 + named);
        }
        if self.norm(m, to) == "of" {
            m += 1;
        }
        let month = self.month(m, to)?;
        let mut end = m + 1;
        let dotted = self.stop(end, to);
        let year = self.year_behind(dotted, to);
        if let Some((_, e)) = year {
            end = e;
        }
        let year = year.map(|(y, _)| y);
        let a = self.dated(Some(first), month, year)?;
        let value = match last.filter(|l| *l > first) {
            Some(l) => Edtf { end: Some(self.dated(Some(l), month, a.start.year)?.start), ..a },
            None => a,
        };
        Some((Some(value), TimeBasis::Explicit, None, end))
    }

    /// "the fifth of November" is rare in news; "fifth November" is not read.
    fn day_month_words(&self, i: usize, to: usize) -> Option<Found> {
        (self.norm(i, to) == "the" && i + 1 < to && self.t[i + 1].kind == TokenKind::Number)
            .then(|| self.day_month(i + 1, to))
            .flatten()
    }

    /// "March 4, 2024", "Nov. 2", "August 26-27", "October 2021", "JAN 90"
    fn month_day(&self, i: usize, to: usize) -> Option<Found> {
        let month = self.month(i, to)?;
        let mut at = self.stop(i + 1, to);
        if let Some(year) = self.full_year(at, to) {
            return Some((Some(Edtf::month(year, month)), TimeBasis::Explicit, None, at + 1));
        }
        let first = self.day(at, to)?;
        at += 1;
        let mut last = None;
        if matches!(self.norm(at, to), "-" | "to" | "and")
            && let Some(d) = self.day(at + 1, to)
            && self.t[at + 1].kind == TokenKind::Number
            && (self.norm(at, to) == "-"
                || d > first && self.t.get(at + 2).filter(|_| at + 2 < to).is_none_or(|n| n.kind == TokenKind::Mark))
        {
            (last, at) = (Some(d), at + 2);
        }
        let year = match self.norm(at, to) {
            "," => self.full_year(at + 1, to).map(|y| (y, at + 2)),
            _ => self.full_year(at, to).map(|y| (y, at + 1)),
        };
        let end = year.map_or(at, |(_, e)| e);
        let a = self.dated(Some(first), month, year.map(|(y, _)| y))?;
        let value = match last.filter(|l| *l > first) {
            Some(l) => Edtf { end: Some(self.dated(Some(l), month, a.start.year)?.start), ..a },
            None => a,
        };
        Some((Some(value), TimeBasis::Explicit, None, end))
    }

    /// "in October", "that November", "last March"
    fn bare_month(&self, from: usize, i: usize, to: usize) -> Option<Found> {
        let (lead, m) = match self.norm(i, to) {
            "that" | "last" | "this" | "the" if self.month(i + 1, to).is_some() => (Some(self.norm(i, to)), i + 1),
            _ => (None, i),
        };
        let month = self.month(m, to)?;
        if lead.is_none() && !(m > from && self.w.lead.word(&self.t[m - 1].norm).is_some()) {
            return None;
        }
        if lead == Some("the") {
            return None;
        }
        let p = Partial { year: None, month: Some(month), day: None };
        if lead == Some("that")
            && let Some(year) = self.story.as_ref().and_then(|s| s.start.year)
        {
            return Some((Some(Edtf::month(year, month)), TimeBasis::Relative, None, m + 1));
        }
        let basis = if lead.is_some() { TimeBasis::Relative } else { TimeBasis::Explicit };
        Some((Some(self.complete(p)), basis, None, m + 1))
    }

    /// "in 2021"
    fn year(&self, from: usize, i: usize) -> Option<Found> {
        let year = self.full_year(i, i + 1)?;
        let lead = i > from && self.w.lead.word(&self.t[i - 1].norm).is_some();
        // "by 2021 members" counts: a year is not followed by a plain lower-case noun right away.
        let next = self.t.get(i + 1);
        let noun =
            next.is_some_and(|n| n.kind == TokenKind::Word && n.norm.ends_with('s') && n.norm.len() > 4 && !n.capital);
        (lead && !noun).then(|| {
            let p = Partial { year: Some(year), month: None, day: None };
            (Some(p.into()), TimeBasis::Explicit, None, i + 1)
        })
    }

    /// "the 16th" behind "night of", "on"
    fn ordinal_day(&self, from: usize, i: usize, to: usize) -> Option<Found> {
        let behind = i > from && matches!(self.t[i - 1].norm.as_str(), "of" | "on");
        if self.norm(i, to) != "the" || !behind || !self.norm(i + 1, to).ends_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let day = self.day(i + 1, to)?;
        if self
            .t
            .get(i + 2)
            .filter(|_| i + 2 < to)
            .is_some_and(|n| n.kind == TokenKind::Word && (n.capital || n.norm.len() > 4))
        {
            return None;
        }
        let anchor = self.reference.as_ref()?.days()?.1;
        let this = Date::new(anchor.year(), anchor.month(), day as i8).ok().filter(|d| *d <= anchor);
        let before = anchor.checked_sub(1.month()).ok()?;
        let d = this.or_else(|| Date::new(before.year(), before.month(), day as i8).ok())?;
        Some((Some(Edtf::day(d)), TimeBasis::Explicit, None, i + 2))
    }

    /// "yesterday", "last week"
    fn relative(&self, i: usize, to: usize) -> Option<Found> {
        let ((unit, steps), end) = self.w.relative.longest(self.t, i, to)?;
        let value = self.reference.as_ref().and_then(|r| shift(r, unit, *steps));
        Some((value, TimeBasis::Relative, None, end))
    }

    /// "the next day"
    fn story(&self, i: usize, to: usize) -> Option<Found> {
        let (steps, end) = self.w.story.longest(self.t, i, to)?;
        if self.norm(end, to) == "yesterday" {
            return None;
        }
        let value = self.anchor().and_then(|s| shift(s, "day", *steps));
        Some((value, TimeBasis::Relative, None, end))
    }

    /// The day that "the day before" counts from: the one the text spoke of last, else the day of publication.
    fn anchor(&self) -> Option<&Edtf> {
        let day = |e: &&Edtf| e.single_day().is_some();
        self.story.as_ref().filter(day).or(self.reference.as_ref().filter(|_| self.story.is_none()))
    }

    /// "two years ago", "three days later", "a week earlier"
    fn ago(&self, i: usize, to: usize) -> Option<Found> {
        let (n, at) = match self.norm(i, to) {
            "a" | "an" => (1, i + 1),
            _ => crate::number(self.t, i, to)?,
        };
        let unit = self.w.unit.word(self.norm(at, to))?.as_str();
        let way = *self.w.ago.word(self.norm(at + 1, to))?;
        // "three days after a bombing": the words behind name the other event, which lies the other way.
        let other = matches!(self.norm(at + 1, to), "after" | "before")
            && matches!(
                self.norm(at + 2, to),
                "a" | "an" | "the" | "his" | "her" | "their" | "its" | "another" | "similar"
            );
        let steps = i32::try_from(n).ok().filter(|n| *n < 5000)? * way.signum() * if other { -1 } else { 1 };
        let anchor = if way.abs() == 1 {
            self.reference.as_ref()
        } else {
            self.story.as_ref().filter(|s| s.single_day().is_some())
        };
        let value = anchor.and_then(|r| match unit {
            "week" => shift(r, "day", steps * 7).map(|e| Edtf { approximate: true, ..e }),
            "fortnight" => shift(r, "day", steps * 14).map(|e| Edtf { approximate: true, ..e }),
            "decade" => shift(r, "year", steps * 10).map(|e| Edtf { approximate: true, ..e }),
            _ => shift(r, unit, steps),
        });
        Some((value, TimeBasis::Relative, None, at + 2))
    }

    /// "Wednesday", "last Thursday", "next Friday"
    fn weekday(&self, from: usize, i: usize, to: usize) -> Option<Found> {
        let (last, at) = if self.norm(i, to) == "last" { (true, i + 1) } else { (false, i) };
        let t = self.t.get(at).filter(|t| at < to && t.capital)?;
        let wd = *self.w.weekday.word(&t.norm)?;
        // "Friday 18 August", "Friday, March 4": the date says more than the day of the week.
        let behind = self.stop(at + 1, to);
        let behind = if self.norm(behind, to) == "," { behind + 1 } else { behind };
        if behind < to
            && let Some(dated) = self
                .day_month(behind, to)
                .or_else(|| self.month_day(behind, to))
                .or_else(|| self.day_month_words(behind, to))
        {
            return Some(dated);
        }
        let ahead =
            (1..=2).any(|n| at >= from + n && self.w.ahead.longest(self.t, at - n, at).is_some_and(|(_, e)| e == at));
        let found = |v, wd| Some((v, TimeBasis::Weekday, wd, at + 1));
        let Some(r) = &self.reference else { return found(None, Some(wd)) };
        if let Some(day) = r.single_day() {
            let today = day.weekday().to_monday_one_offset() as i64;
            let back = (today - wd as i64).rem_euclid(7);
            let d = if ahead {
                day.checked_add(((wd as i64 - today - 1).rem_euclid(7) + 1).days())
            } else {
                day.checked_sub(if back == 0 && last { 7 } else { back }.days())
            };
            return found(d.ok().map(Edtf::day), None);
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
}

/// `from` moved by `steps` units; the result is as precise as the unit. Works without a year for days.
fn shift(from: &Edtf, unit: &str, steps: i32) -> Option<Edtf> {
    let year = from.start.year;
    let day = from.days_in(year.or(Some(2001)))?.1;
    let keep =
        |d: Date| if year.is_some() { Edtf::day(d) } else { Partial { year: None, ..Edtf::day(d).start }.into() };
    match unit {
        "day" => Some(keep(day.checked_add(steps.days()).ok()?)),
        "night" => {
            let before = keep(day.checked_add((steps - 1).days()).ok()?);
            Some(Edtf { end: Some(keep(day).start), ..before })
        }
        "week" => {
            year?;
            let monday = day.checked_sub((day.weekday().to_monday_zero_offset() as i64).days()).ok()?;
            let first = monday.checked_add((steps as i64 * 7).days()).ok()?;
            let last = if steps == 0 { day } else { first.checked_add(6.days()).ok()? };
            Some(Edtf::between(first, last))
        }
        "month" => {
            let d = day.checked_add(steps.months()).ok()?;
            Some(Partial { year: year.map(|_| d.year()), month: Some(d.month() as u8), day: None }.into())
        }
        "year" => Some(Partial { year: Some(year? + i16::try_from(steps).ok()?), month: None, day: None }.into()),
        _ => None,
    }
}
