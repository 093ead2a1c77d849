//! The grammar of times: what the pieces from one on name. Dates are in [`Scan::dated`]; what is counted in [`super::count`].

use super::parts::{Parts, Year};
use super::piece::{Digits, Piece};
use super::words::{Edge, From, Phrase, Small, Which, Word};
use super::{DayPart, Modifier, TimeKind, TimeUnit};
use crate::TokenKind;

/// What was read, and the piece behind it.
pub(super) type Read = Option<(Parts, usize)>;

/// The pieces of one sentence, and what the text said of its dates before.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scan<'a> {
    pub(super) p: &'a [Piece<'a>],
    pub(super) from: usize,
    pub(super) to: usize,
    /// The text counts years before Christ.
    pub(super) bc: bool,
    pub(super) nothing: &'static Word,
}

impl Scan<'_> {
    /// The time that begins at piece `i`.
    pub(super) fn time(&self, i: usize) -> Read {
        if !self.word(i).begins() && self.digits(i) == Digits::None && self.norm(i) != "'" {
            return None;
        }
        if let Some((Phrase::Approximate(how), e)) = self.phrase(i, |p| matches!(p, Phrase::Approximate(_)))
            && let Some((mut parts, end)) = self.edged(e)
            && self.approximates(how, e, &parts)
        {
            parts.modifier = parts.modifier.or(how);
            return Some((parts, end));
        }
        self.edged(i)
    }

    /// Whether the word before piece `e` is about the time that begins there, and not a preposition ("over the past year").
    pub(super) fn approximates(&self, how: Option<Modifier>, e: usize, parts: &Parts) -> bool {
        let counted = matches!(parts.kind, Some(TimeKind::Duration | TimeKind::Age)) || parts.shift.is_some();
        let number = self.word(e).number.is_some()
            || matches!(self.digits(e), Digits::Plain(..) | Digits::Tenths(_))
            || self.word(e).is(Small::A)
            || self.word(e).is(Small::HALF)
            || self.word(e).scale > 0
            || self.phrase(e, |p| *p == Phrase::Some).is_some();
        counted && (number || how == Some(Modifier::AtLeast))
            || how == Some(Modifier::About) && parts.kind.is_none() && parts.vague.is_none()
    }

    /// A time, or the part of one that words before it name.
    pub(super) fn edged(&self, i: usize) -> Read {
        if let Some((Phrase::Edge(edge), e)) = self.phrase(i, |p| matches!(p, Phrase::Edge(_)))
            && let Some((mut parts, end)) = self.plain(e)
            && parts.vague.is_none()
            && parts.kind != Some(TimeKind::Set)
            && !(parts.kind == Some(TimeKind::Duration) && !self.word(e).is(Small::THE))
        {
            match edge {
                Edge::FirstHalf | Edge::SecondHalf if parts.year.is_some() && parts.month.is_none() => {
                    parts.half = Some(if edge == Edge::FirstHalf { 1 } else { 2 });
                }
                Edge::FirstHalf => parts.modifier = Some(Modifier::Start),
                Edge::SecondHalf => parts.modifier = Some(Modifier::End),
                Edge::Modifier(m) => parts.modifier = Some(m),
                Edge::Any => {}
            }
            return Some((parts, end));
        }
        self.plain(i)
    }

    /// The longest time that begins at `i`, with the day of an hour, the hour of a day, and the year behind a month.
    pub(super) fn plain(&self, i: usize) -> Read {
        let ways = [self.often(i), self.counted(i), self.dated(i), self.which(i), self.hour(i), self.phrased(i)];
        let (mut parts, mut end) = ways.into_iter().flatten().fold(None, |best: Read, way| match best {
            Some(b) if b.1 >= way.1 => Some(b),
            _ => Some(way),
        })?;
        if parts.kind.is_some() || parts.vague.is_some() {
            return Some((parts, self.behind(&mut parts.clone(), end)));
        }
        if let Some((year, e)) = self.year_behind(&parts, end) {
            (parts.year, end) = (Some(year), e);
        }
        if parts.is_hour() {
            if let Some((date, e)) = self.day_behind(end, parts.part.is_some()) {
                (parts, end) = (parts.on(date), e);
            }
        } else if parts.is_day() && parts.clock.is_none() {
            if let Some((hour, e)) = self.hour_behind(end) {
                (parts, end) = (hour.on(parts), e);
            }
        }
        end = self.behind(&mut parts, end);
        Some((parts, end))
    }

    /// "or so", "and beyond"
    pub(super) fn behind(&self, parts: &mut Parts, end: usize) -> usize {
        match self.phrase(end, |p| matches!(p, Phrase::Behind(_))) {
            Some((Phrase::Behind(m), e)) => {
                parts.modifier = parts.modifier.or(Some(m));
                e
            }
            _ => end,
        }
    }

    /// "this year", "of last year", "in the same year" behind a month, season or quarter without one.
    pub(super) fn year_behind(&self, parts: &Parts, i: usize) -> Option<(Year, usize)> {
        let open = parts.month.is_some()
            || parts.season.is_some()
            || parts.quarter.is_some()
            || parts.half.is_some()
            || parts.feast.is_some();
        if !open || parts.year.is_some() || parts.last.is_some() {
            return None;
        }
        let at = if self.word(i).is(Small::OF) { i + 1 } else { i };
        let (found, e) = self.which(at)?;
        match found.shift {
            Some((from, steps, TimeUnit::Year)) if self.norm(e) != "'s" => Some((Year::Steps(from, steps), e)),
            _ => None,
        }
    }

    /// Whether a noun that a season or a part of the day may name stands at `i`: a plain word that is no small one.
    pub(super) fn named_by(&self, i: usize) -> bool {
        let plain = self.p.get(i).filter(|_| i < self.to).is_some_and(|n| n.kind == TokenKind::Word && !n.capital);
        plain && self.word(i).small == Small::default() && self.norm(i) != "'s"
    }

    /// Days, feasts and vague times that take a listed phrase.
    pub(super) fn phrased(&self, i: usize) -> Read {
        let the = usize::from(self.word(i).is(Small::THE));
        if let Some((Phrase::Day(from, steps, part), e)) = self.phrase(i, |p| matches!(p, Phrase::Day(..))) {
            // "the day before yesterday" is longer than "the day before"; "the day after the raid" counts from the raid.
            let shift = Some((from, i32::from(steps), TimeUnit::Day));
            return Some((Parts { shift, part, ..Parts::default() }, e));
        }
        if let Some((_, e)) = self.phrase(i, |p| *p == Phrase::Overnight) {
            let shift = Some((From::Speech, -1, TimeUnit::Day));
            return Some((Parts { shift, part: Some(DayPart::Night), overnight: true, ..Parts::default() }, e));
        }
        if let Some((Phrase::Feast(feast), e)) = self.phrase(i + the, |p| matches!(p, Phrase::Feast(_))) {
            let capital = self.p[i + the].capital;
            let (year, e) = match self.year_tail(e) {
                Some((y, end)) => (Some(Year::Named(y)), end),
                None => (None, e),
            };
            return capital.then_some((Parts { feast: Some(feast), year, ..Parts::default() }, e));
        }
        if let Some((Phrase::Vague(vague, lead), e)) = self.phrase(i, |p| matches!(p, Phrase::Vague(..))) {
            let led = i > self.from && {
                let b = self.word(i - 1);
                b.is(Small::AT) || b.is(Small::LEAD) || b.is(Small::ON)
            };
            return (!lead || led).then_some((Parts { vague: Some(vague), ..Parts::default() }, e));
        }
        if let Some((_, e)) = self.phrase(i, |p| *p == Phrase::YearEnd) {
            let shift = Some((From::Speech, 0, TimeUnit::Year));
            return Some((Parts { shift, modifier: Some(Modifier::End), ..Parts::default() }, e));
        }
        None
    }

    /// "last week", "this morning", "the following year", "that Friday", "the year"
    pub(super) fn which(&self, i: usize) -> Read {
        let the = self.word(i).is(Small::THE);
        let mut at = i + usize::from(the);
        let Some(mut which) = self.word(at).which else { return if the { self.the_unit(i) } else { None } };
        let first = which;
        at += 1;
        // "this past week", "this coming Sunday", "that same day", "this very morning"
        if let Some(second) =
            self.word(at).which.filter(|s| first == Which::This || first == *s || self.norm(at - 1) == "very")
        {
            which = second;
            at += 1;
        }
        at = self.behind_adjectives(at);
        let story_next = which == Which::Next && the;
        let w = self.word(at);
        if let Some((unit, false)) = w.unit {
            if self.norm(at + 1) == "-" || unit < TimeUnit::Day {
                return None;
            }
            let (from, steps) = match which {
                Which::This => (From::Speech, 0),
                Which::Last => (From::Speech, -1),
                Which::Next if story_next && unit == TimeUnit::Day => (From::Story, 1),
                Which::Next => (From::Speech, 1),
                Which::That => (From::Story, 0),
                Which::Before => (From::Story, -1),
                Which::After => (From::Story, 1),
            };
            let mut parts = Parts { shift: Some((from, steps, unit)), ..Parts::default() };
            // "this year's third quarter"
            if unit == TimeUnit::Year
                && self.norm(at + 1) == "'s"
                && let Some((quarter, end)) = self.quarter(at + 2)
            {
                parts = Parts { year: Some(Year::Steps(from, steps)), ..quarter };
                return Some((parts, end));
            }
            return Some((parts, at + 1));
        }
        if let Some(part) = w.part {
            let (from, steps) = match which {
                Which::This => (From::Speech, 0),
                Which::Last => (From::Speech, -1),
                Which::That => (From::Story, 0),
                Which::Before => (From::Story, -1),
                Which::Next | Which::After => (From::Story, 1),
            };
            let shift = Some((from, steps, TimeUnit::Day));
            return Some((Parts { shift, part: Some(part), ..Parts::default() }, at + 1));
        }
        let parts = Parts { which: Some(which), ..Parts::default() };
        if let Some(month) = self.month(at) {
            let year = self.full_year(self.stop(at + 1));
            let end = year.map_or(at + 1, |(_, e)| e);
            return Some((Parts { month: Some(month), year: year.map(|(y, _)| Year::Named(y)), ..parts }, end));
        }
        if let Some(weekday) = self.weekday(at).filter(|_| !self.doubtful(at)) {
            if let Some((date, end)) = self.dated(at).filter(|(d, _)| d.day.is_some()) {
                return Some((date, end));
            }
            return Some((Parts { weekday: Some(weekday), ..parts }, at + 1));
        }
        if w.season > 0 && !(w.is(Small::WILL) || self.norm(at + 1) == "of") {
            return Some((Parts { season: Some(w.season), ..parts }, at + 1));
        }
        if let Some((Phrase::Feast(feast), end)) = self.phrase(at, |p| matches!(p, Phrase::Feast(_))) {
            return Some((Parts { feast: Some(feast), ..parts }, end));
        }
        // "that third-quarter results were poor": no article of the quarter.
        if self.norm(at + 1) == "-" {
            return None;
        }
        self.quarter(at).map(|(q, end)| (Parts { which: Some(which), ..q }, end))
    }

    /// "the year", "the month": the one that the text speaks of.
    pub(super) fn the_unit(&self, i: usize) -> Read {
        let mut at = i + 1;
        at = self.behind_adjectives(at);
        let (unit, plural) = self.word(at).unit?;
<<<<<<< HEAD
        let year_ago = unit == TimeUnit::Year && self.norm(at + 1) == "-";
        if plural
            || year_ago
            || !matches!(
                unit,
                TimeUnit::Week | TimeUnit::Weekend | TimeUnit::Month | TimeUnit::Year | TimeUnit::Quarter
            )
        {
=======
        if plural || self.norm(at + 1) == "-" || unit < TimeUnit::Day || unit == TimeUnit::Half {
            return None;
        }
        // "the year before", "the month after", where no other event follows.
        if let Some((Phrase::Ago(from, steps), e)) = self.phrase(at + 1, |p| matches!(p, Phrase::Ago(..)))
            && self.open(e)
        {
            return Some((Parts { shift: Some((from, i32::from(steps), unit)), ..Parts::default() }, e));
        }
        // "later in the day", but not "the day he died".
        if unit == TimeUnit::Day && (!self.led(i) || !self.open(at + 1)) {
>>>>>>> times
            return None;
        }
        // "the year of the pig", "the month of May": what follows names it.
        if self.word(at + 1).is(Small::OF_ONLY) {
            return self.dated(at + 2).filter(|(d, _)| d.month.is_some() || d.day.is_some());
        }
        Some((Parts { shift: Some((From::Story, 0, unit)), ..Parts::default() }, at + 1))
    }

<<<<<<< HEAD
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
    fn numeric(&self, i: usize) -> Read {
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
    fn day_first(&self, i: usize) -> Read {
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

    fn month_behind_day(&self, i: usize) -> Option<(u8, usize)> {
        let at = i + usize::from(self.word(i).is(Small::OF_ONLY) || self.norm(i) == "-");
        self.month(at).map(|m| (m, self.dotted_month(at)))
    }

    /// "March 4, 2024", "Nov. 2", "August 26-27", "October 2021", "JAN 90", "March"
    fn month_first(&self, i: usize) -> Read {
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
    fn other_month(&self, i: usize) -> Option<(u8, usize)> {
        let joint = self.norm(i) == "-" || self.word(i).is(Small::TO) || self.norm(i) == "/";
        let month = self.month(i + 1).filter(|_| joint)?;
        let end = self.dotted_month(i + 1);
        self.day(end).is_none().then_some((month, end))
    }

    /// "the summer of 1942", "spring 1943", "that winter" is elsewhere.
    fn season(&self, i: usize, at: usize) -> Read {
        let season = self.word(at).season;
        let of = at + 1 + usize::from(self.word(at + 1).is(Small::OF) || self.norm(at + 1) == ",");
        let parts = Parts { season: Some(season), ..Parts::default() };
        // "the winter of 1942-43"
        if let Some((year, end)) = self.full_year(of) {
            let end = match self.digits(end + 1) {
                Digits::Plain(n, 2, false) if matches!(self.norm(end), "-" | "/") && n == (year as u32 + 1) % 100 => {
                    end + 2
                }
                Digits::Plain(n, 4, false) if matches!(self.norm(end), "-" | "/") && n == year as u32 + 1 => end + 2,
                _ => end,
            };
            return Some((Parts { year: Some(Year::Named(year)), ..parts }, end));
        }
        let year_said = self.year_behind(&parts, at + 1).is_some();
        let led = i < at || self.led(i);
        // "a fall", "to spring": these need an article before and no noun behind.
        let before = if i > self.from { self.word(i - 1) } else { self.nothing };
        let placed = before.is(Small::OF) || before.is(Small::UNTIL) || before.is(Small::SINCE);
        let verb = self.doubtful(at) && (i == at && !placed || self.word(at + 1).is(Small::OF_ONLY) && !year_said);
        let noun =
            self.p.get(at + 1).filter(|_| at + 1 < self.to).is_some_and(|n| n.kind == TokenKind::Word && !n.capital)
                && !self.word(at + 1).is(Small::LEAD)
                && !self.word(at + 1).is(Small::DID);
        (year_said || led && !verb && !noun).then_some((parts, at + 1))
    }

    /// "the third quarter of 1990", "third-quarter", "the fiscal first quarter", "the 1988 quarter", "the first half of"
    pub(super) fn quarter(&self, i: usize) -> Read {
        let mut at = i + usize::from(self.word(i).is(Small::THE));
        let year_before = self.full_year(at);
        at = year_before.map_or(at, |(_, e)| e);
        // "the year-ago quarter", "the year-earlier period"
        let mut earlier = None;
        if self.word(at).unit == Some((TimeUnit::Year, false))
            && self.norm(at + 1) == "-"
            && let Some((Phrase::Ago(from, steps), e)) = self.phrase(at + 2, |p| matches!(p, Phrase::Ago(..)))
        {
            (earlier, at) = (Some(Year::Steps(from, i32::from(steps))), e);
        }
        while self.word(at).is(Small::FISCAL) || at > i && self.norm(at) == "-" {
            at += 1;
        }
        let nth = match self.digits(at) {
            Digits::Ordinal(n) => n as u8,
            _ => self.word(at).ordinal,
        };
        let named = (1..=4).contains(&nth);
        at += usize::from(named);
        // "the third-quarter results": the article is that of the results.
        if named && self.norm(at) == "-" {
            if self.word(i).is(Small::THE) {
                return None;
            }
            at += 1;
        }
        let unit = self.word(at).unit;
        let quarter = unit == Some((TimeUnit::Quarter, false));
        let half = named && nth <= 2 && self.norm(at) == "half" && !self.word(at + 1).is(Small::A);
        let period = self.word(at).is(Small::PERIOD) && (quarter || unit.is_none());
        let year = year_before.map(|(y, _)| Year::Named(y)).or(earlier);
        if !(named && (quarter || half) || year.is_some() && !named && period || earlier.is_some() && !named) {
            return None;
        }
        let mut end = at + usize::from(quarter || half || period);
        let mut year = year;
        if year.is_none() {
            let of = end + usize::from(self.word(end).is(Small::OF));
            let fiscal = of + usize::from(self.word(of).is(Small::FISCAL));
            if let Some((y, e)) = self.full_year(fiscal) {
                (year, end) = (Some(Year::Named(y)), e);
            }
        }
        if half && year.is_none() && self.year_behind(&Parts { half: Some(1), ..Parts::default() }, end).is_none() {
            return None;
        }
        let parts = Parts { year, ..Parts::default() };
        Some(match (named, quarter, half) {
            (true, true, _) => (Parts { quarter: Some(nth), ..parts }, end),
            (true, _, true) => (Parts { half: Some(nth), ..parts }, end),
            // The quarter of that year which the text speaks of is not known here.
            _ => (parts, end),
        })
    }

    /// "the first week of June", "the last day of 1942", "the third day"
    fn nth_unit(&self, i: usize) -> Read {
        if !self.word(i).is(Small::THE) {
            return None;
        }
        let last = self.word(i + 1).which == Some(Which::Last) || self.norm(i + 1) == "final";
        let (nth, at) = if last { (0, i + 2) } else { self.ordinal(i + 1)? };
        let at = at + usize::from(self.word(at).is(Small::FISCAL));
        let (unit, false) = self.word(at).unit? else { return None };
        if !matches!(
            unit,
            TimeUnit::Day | TimeUnit::Week | TimeUnit::Weekend | TimeUnit::Month | TimeUnit::Year | TimeUnit::Decade
        ) {
            return None;
        }
        let nth = Some((nth, unit));
        if self.word(at + 1).is(Small::OF)
            && let Some((whole, end)) = self.whole(at + 2)
        {
            return Some((Parts { nth, ..whole }, end));
        }
        // "the last week" is that before this one.
        (!last && unit <= TimeUnit::Month).then_some((Parts { nth, ..Parts::default() }, at + 1))
    }

    /// The month, year or longer time of which a part is named, with its year.
    fn whole(&self, i: usize) -> Read {
        let (mut parts, mut end) = self.dated(i).or_else(|| self.which(i))?;
        if let Some((year, e)) = self.year_behind(&parts, end) {
            (parts.year, end) = (Some(year), e);
        }
        let long = parts.day.is_none() && parts.weekday.is_none() && parts.last.is_none();
        (long && parts.shift.is_none_or(|(_, _, unit)| unit > TimeUnit::Week)).then_some((parts, end))
    }

    /// "the 20th century", "the nineteenth century BC"
    fn century(&self, i: usize) -> Read {
        let mut at = i;
        if let Some((Phrase::Edge(Edge::Modifier(_)), e)) = self.phrase(i, |p| matches!(p, Phrase::Edge(_))) {
            at = e;
        }
        let (nth, mut at) = self.ordinal(at)?;
        at += usize::from(self.norm(at) == "-");
        if self.word(at).unit != Some((TimeUnit::Century, false)) || nth == 0 || nth > 30 {
            return None;
        }
        let start = (i16::from(nth) - 1) * 100;
        match self.word(at + 1).era {
            -1 => Some((Parts { century: Some(-start - 100), ..Parts::default() }, at + 2)),
            era => Some((Parts { century: Some(start), ..Parts::default() }, at + 1 + usize::from(era == 1))),
        }
    }

    /// "the 1990s", "the '80s", "the nineties", "the nineteen seventies"
    fn decade(&self, i: usize) -> Read {
        let at = i + usize::from(self.norm(i) == "'");
        let found = match self.digits(at) {
            Digits::Decade(n, 4) => (n as i16, false),
            Digits::Decade(n, _) => (1900 + n as i16, true),
            _ => {
                let w = self.word(at);
                if w.decade > 0 && i > self.from && self.word(i - 1).is(Small::THE) {
                    (1900 + i16::from(w.decade), true)
                } else if w.number.is_some_and(|n| (17..=19).contains(&n)) && self.word(at + 1).decade > 0 {
                    let century = w.number.unwrap_or(19) as i16;
                    let parts = Parts {
                        decade: Some((century * 100 + i16::from(self.word(at + 1).decade), false)),
                        ..Parts::default()
                    };
                    return Some((parts, at + 2));
                } else {
                    return None;
                }
            }
        };
        // "1900s" is the century.
        if found.0 % 100 == 0 {
            return Some((Parts { century: Some(found.0), ..Parts::default() }, at + 1));
        }
        Some((Parts { decade: Some(found), ..Parts::default() }, at + 1))
    }

    /// "in 2021", "1988", "the year 2000", "fiscal 1989", "264 BC", "nineteen ninety-six"
    fn year(&self, i: usize) -> Read {
        let mut at = i;
        if let Some((_, e)) = self.phrase(i, |p| *p == Phrase::YearHead) {
            at = e;
        }
        let headed = at > i;
        let the = usize::from(!headed && self.word(at).is(Small::THE));
        let fiscal = self.word(at + the).is(Small::FISCAL);
        if fiscal {
            at += the + 1;
            at += usize::from(self.word(at).unit == Some((TimeUnit::Year, false)));
        }
        let (year, end) = self.full_year(at).or_else(|| self.bare_bc(at))?;
        if !(headed || fiscal || end > at + 1 || self.stands_alone(at, end)) {
            return None;
        }
        Some((Parts { year: Some(Year::Named(year)), ..Parts::default() }, end))
    }

    /// Whether four digits are a year: "in 2021", but not "2021 members" and "2021 MHz".
    fn stands_alone(&self, i: usize, end: usize) -> bool {
        let before = (i > self.from).then(|| &self.p[i - 1]);
        let led = before.is_some_and(|b| b.word.is(Small::LEAD) || b.word.is(Small::THE));
        if before.is_some_and(|b| {
            b.word.is(Small::RATE) || matches!(b.norm, "#" | "no" | "." | "/" | "flight") && b.end == self.p[i].start
        }) {
            return false;
        }
        let glued = |k: usize| k > self.from && k < self.to && self.p[k].start == self.p[k - 1].end;
        if glued(end) && matches!(self.norm(end), "%" | "/") || self.word(end).is(Small::RATE) {
            return false;
        }
        let next = self.p.get(end).filter(|_| end < self.to);
        let noun = next.is_some_and(|n| {
            n.kind == TokenKind::Word
                && n.norm.ends_with('s')
                && n.norm.len() > 4
                && !n.capital
                && n.word.small == Small::default()
        }) || self.word(end).unit.is_some();
        let Digits::Plain(n, ..) = self.digits(i) else { return true };
        !noun && (led || (1900..2100).contains(&n) && !self.amount_before(i))
            || led && before.is_some_and(|b| matches!(b.norm, "in" | "since")) && self.word(end).unit.is_none()
    }

    /// "some 1980 men", "about 2000"
    fn amount_before(&self, i: usize) -> bool {
        i > self.from && self.phrase_ends(i)
    }

    fn phrase_ends(&self, i: usize) -> bool {
        self.phrase(i - 1, |p| matches!(p, Phrase::Approximate(_))).is_some_and(|(_, e)| e == i)
    }

    /// "in 218," in a text that counts years before Christ.
    fn bare_bc(&self, i: usize) -> Option<(i16, usize)> {
        let Digits::Plain(n, 3, false) = self.digits(i) else { return None };
        let led = i > self.from && self.word(i - 1).is(Small::LEAD);
        let open = self
            .p
            .get(i + 1)
            .filter(|_| i + 1 < self.to)
            .is_none_or(|n| n.kind == TokenKind::Mark || n.word.is(Small::LEAD));
        (self.bc && led && open && self.norm(i + 1) != "-").then_some((1 - n as i16, i + 1))
    }

    /// "the 16th" behind "night of", "on"
    fn ordinal_day(&self, i: usize) -> Read {
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
    fn year_tail(&self, i: usize) -> Option<(i16, usize)> {
        let comma = self.norm(i) == "," || self.word(i).is(Small::OF_ONLY);
        self.full_year(i + usize::from(comma)).filter(|(_, e)| !comma || self.word(*e).unit.is_none())
    }

    /// Two digits as wires write the year ("3 JAN 90").
    fn short_year(&self, i: usize) -> Option<(i16, usize)> {
        let at = i + usize::from(self.norm(i) == "'");
        match self.digits(at) {
            Digits::Plain(n, 2, false) if at < self.to && self.word(at + 1).unit.is_none() => {
                Some((two_digits(n) as i16, at + 1))
            }
            _ => None,
        }
    }

    /// A year in full, with its era: "1942", "264 BC", "AD 9", "nineteen ninety-six".
    pub(super) fn full_year(&self, i: usize) -> Option<(i16, usize)> {
        if self.word(i).era != 0
            && let Digits::Plain(n, len, false) = self.digits(i + 1)
            && len <= 4
            && n > 0
            && self.p.get(i).is_some_and(|p| p.capital)
        {
            return Some((if self.word(i).era < 0 { 1 - n as i16 } else { n as i16 }, i + 2));
        }
        match self.digits(i) {
            Digits::Plain(n, len, grouped) if i < self.to && n > 0 && n < 10_000 => {
                let era = self.word(i + 1).era;
                if era != 0 && self.p[i + 1].capital {
                    return Some((if era < 0 { 1 - n as i16 } else { n as i16 }, i + 2));
                }
                (len == 4 && !grouped && (1000..2100).contains(&n)).then_some((n as i16, i + 1))
            }
            Digits::None => self.spelled_year(i),
            _ => None,
        }
    }

    fn spelled_year(&self, i: usize) -> Option<(i16, usize)> {
        let n = |k: usize| self.word(k).number;
        if n(i) == Some(2) && self.word(i + 1).scale == 1000 {
            let at = i + 2 + usize::from(self.word(i + 2).is(Small::AND));
            let one = n(at).filter(|n| *n < 100);
            let headed = i > self.from && (self.led(i) || self.word(i - 1).is(Small::THE));
            let year = (2000 + one.unwrap_or(0) as i16, if one.is_some() { at + 1 } else { i + 2 });
            return (headed && self.word(year.1).unit.is_none()).then_some(year);
        }
        let century = n(i).filter(|n| (16..=20).contains(n))?;
        let (tens, mut end) = (n(i + 1).filter(|n| (10..=90).contains(n))?, i + 2);
        let mut year = century * 100 + tens;
        let dash = usize::from(self.norm(end) == "-");
        if tens >= 20
            && let Some(one) = n(end + dash).filter(|n| *n < 10)
        {
            (year, end) = (year + one, end + dash + 1);
        }
        Some((year as i16, end))
    }

    /// A day of a month: "4", "4th", "16th", "eighth".
    fn day(&self, i: usize) -> Option<(u8, usize)> {
        match self.digits(i) {
            Digits::Plain(n, 1..=2, false) | Digits::Ordinal(n) if i < self.to && (1..=31).contains(&n) => {
                Some((n as u8, i + 1))
            }
            _ => None,
        }
    }

    fn word_day(&self, i: usize) -> Option<(u8, usize)> {
        self.ordinal(i).filter(|(n, _)| (1..=31).contains(n))
=======
    /// Whether nothing stands at `i` that the words before could belong to: a mark, a verb, the sentence's end.
    pub(super) fn open(&self, i: usize) -> bool {
        self.p.get(i).filter(|_| i < self.to).is_none_or(|n| n.kind == TokenKind::Mark) || self.word(i).is(Small::DID)
>>>>>>> times
    }

    /// An ordinal in digits or words: "20th", "twenty-first".
    pub(super) fn ordinal(&self, i: usize) -> Option<(u8, usize)> {
        if let Digits::Ordinal(n) = self.digits(i) {
            return u8::try_from(n).ok().map(|n| (n, i + 1));
        }
        let w = self.word(i);
        if w.ordinal > 0 {
            return Some((w.ordinal, i + 1));
        }
        let tens = w.number.filter(|n| matches!(n, 20 | 30))?;
        let at = i + 1 + usize::from(self.norm(i + 1) == "-");
        let one = self.word(at).ordinal;
        (1..10).contains(&one).then_some((tens as u8 + one, at + 1))
    }

    /// A month's name at `i`: with a capital where it may be another word.
    pub(super) fn month(&self, i: usize) -> Option<u8> {
        let p = self.p.get(i).filter(|_| i < self.to)?;
        (p.word.month > 0 && (p.capital || !p.word.is(Small::DOUBTFUL))).then_some(p.word.month)
    }

    pub(super) fn weekday(&self, i: usize) -> Option<u8> {
        let p = self.p.get(i).filter(|_| i < self.to)?;
        (p.word.weekday > 0 && (p.capital || !p.word.is(Small::DOUBTFUL))).then_some(p.word.weekday)
    }

    /// Whether the word at `i` is also another one, and not known for a time by its capital inside a sentence.
    pub(super) fn doubtful(&self, i: usize) -> bool {
        self.word(i).is(Small::DOUBTFUL)
    }

    /// Whether a word stands before piece `i` that leads a month or year in.
    pub(super) fn led(&self, i: usize) -> bool {
        i > self.from && self.word(i - 1).is(Small::LEAD)
    }

    /// "Nov." keeps its full stop as a piece of its own.
    pub(super) fn stop(&self, i: usize) -> usize {
        i + usize::from(self.norm(i) == "." && self.p[i].start == self.p[i - 1].end)
    }

    /// The piece behind "fiscal", "full", "consecutive"; behind the third of them at most.
    pub(super) fn behind_adjectives(&self, i: usize) -> usize {
        let adjective = |k: &usize| self.word(*k).is(Small::FISCAL) || self.word(*k).is(Small::UNIT_ADJECTIVE);
        i + (i..i + 3).take_while(adjective).count()
    }

    /// The longest listed phrase at `i` that `want` takes.
    pub(super) fn phrase(&self, i: usize, want: impl Fn(&Phrase) -> bool) -> Option<(Phrase, usize)> {
        self.word(i).phrases.iter().find_map(|(rest, phrase)| {
            let end = i + 1 + rest.len();
            let fits = want(phrase) && end <= self.to && rest.iter().zip(&self.p[i + 1..end]).all(|(w, p)| w == p.norm);
            fits.then_some((*phrase, end))
        })
    }

    pub(super) fn norm(&self, i: usize) -> &str {
        if i < self.to { self.p[i].norm } else { "" }
    }

    pub(super) fn word(&self, i: usize) -> &'static Word {
        if i < self.to { self.p[i].word } else { self.nothing }
    }

    pub(super) fn digits(&self, i: usize) -> Digits {
        if i < self.to { self.p[i].digits } else { Digits::None }
    }

    /// A part of the day that `part` names, for sets.
    pub(super) fn part(&self, i: usize) -> Option<DayPart> {
        self.word(i).part
    }
}
