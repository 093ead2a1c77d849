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
            && (parts.kind != Some(TimeKind::Duration) || self.word(e).is(Small::THE))
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
        } else if parts.is_day()
            && parts.clock.is_none()
            && let Some((hour, e)) = self.hour_behind(end)
        {
            (parts, end) = (hour.on(parts), e);
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
            self.word(at).which.filter(|s| first == Which::This || first == *s || self.word(at - 1).is(Small::VERY))
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
        if w.season > 0 && !(w.is(Small::WILL) || self.word(at + 1).is(Small::OF_ONLY)) {
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
            return None;
        }
        // "the year of the pig", "the month of May": what follows names it.
        if self.word(at + 1).is(Small::OF_ONLY) {
            return self.dated(at + 2).filter(|(d, _)| d.month.is_some() || d.day.is_some());
        }
        Some((Parts { shift: Some((From::Story, 0, unit)), ..Parts::default() }, at + 1))
    }

    /// Whether nothing stands at `i` that the words before could belong to: a mark, a verb, the sentence's end.
    pub(super) fn open(&self, i: usize) -> bool {
        self.p.get(i).filter(|_| i < self.to).is_none_or(|n| n.kind == TokenKind::Mark) || self.word(i).is(Small::DID)
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
