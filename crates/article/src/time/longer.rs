//! Seasons, quarters, years, decades and centuries, and numbered parts of them.

use super::TimeUnit;
use super::parse::{Read, Scan};
use super::parts::{Parts, Year};
use super::piece::Digits;
use super::words::{Edge, Phrase, Small, Which};
use crate::TokenKind;

impl Scan<'_> {
    /// "the summer of 1942", "spring 1943", "that winter" is elsewhere.
    pub(super) fn season(&self, i: usize, at: usize) -> Read {
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
        let placed = before.is(Small::OF) || before.is(Small::UNTIL) || before.is(Small::SINCE) && i == at;
        let verb = self.doubtful(at) && (!placed || self.word(at + 1).is(Small::OF_ONLY)) && !year_said;
        // "the summer months"
        let months = self.word(at + 1).unit == Some((TimeUnit::Month, true));
        let noun = !months && self.named_by(at + 1);
        (year_said || led && !verb && !noun).then_some((parts, at + 1 + usize::from(months)))
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
        let fiscal = |k: &usize| self.word(*k).is(Small::FISCAL) || *k > i && self.norm(*k) == "-";
        at += (at..at + 3).take_while(fiscal).count();
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
        let half = named && nth <= 2 && self.word(at).is(Small::HALF) && !self.word(at + 1).is(Small::A);
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
    pub(super) fn nth_unit(&self, i: usize) -> Read {
        if !self.word(i).is(Small::THE) {
            return None;
        }
        let last = self.word(i + 1).which == Some(Which::Last) || self.word(i + 1).is(Small::FINAL);
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
    pub(super) fn whole(&self, i: usize) -> Read {
        let (mut parts, mut end) = self.dated(i).or_else(|| self.which(i))?;
        if let Some((year, e)) = self.year_behind(&parts, end) {
            (parts.year, end) = (Some(year), e);
        }
        let long = parts.day.is_none() && parts.weekday.is_none() && parts.last.is_none();
        (long && parts.shift.is_none_or(|(_, _, unit)| unit > TimeUnit::Week)).then_some((parts, end))
    }

    /// "the 20th century", "the nineteenth century BC"
    pub(super) fn century(&self, i: usize) -> Read {
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
    pub(super) fn decade(&self, i: usize) -> Read {
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
    pub(super) fn year(&self, i: usize) -> Read {
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
        if !(headed || fiscal || year <= 0 || end > at + 1 || self.stands_alone(at, end)) {
            return None;
        }
        Some((Parts { year: Some(Year::Named(year)), ..Parts::default() }, end))
    }

    /// Whether four digits are a year: "in 2021", but not "2021 members" and "2021 MHz".
    pub(super) fn stands_alone(&self, i: usize, end: usize) -> bool {
        let before = (i > self.from).then(|| &self.p[i - 1]);
        let led = before.is_some_and(|b| b.word.is(Small::LEAD) || b.word.is(Small::THE));
        if before.is_some_and(|b| {
            b.word.is(Small::RATE)
                || (b.word.is(Small::NUMBERED) || matches!(b.norm, "#" | "." | "/")) && b.end == self.p[i].start
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
        // "some 2000 men" counts them.
        if self.named_by(end) && self.phrase_ends(i) {
            return false;
        }
        // "the 1848 revolutions" are named by the year; round numbers may count.
        let named = before.is_some_and(|b| b.word.is(Small::THE)) && n % 100 != 0 && self.word(end).unit.is_none();
        if named && (1500..2100).contains(&n) {
            return true;
        }
        let ends = self.open(end) || self.word(end).is(Small::LEAD) || self.word(end).is(Small::FREE);
        let year = (1900..2100).contains(&n) || (1500..1900).contains(&n) && ends;
        !noun && (led || year && !self.phrase_ends(i))
            || led
                && before.is_some_and(|b| {
                    b.word.is(Small::OF) && !b.word.is(Small::OF_ONLY) || b.word.is(Small::SINCE_CLAUSE)
                })
                && self.word(end).unit.is_none()
    }

    /// Whether a word of nearness ends right before `i`: "some", "about".
    pub(super) fn phrase_ends(&self, i: usize) -> bool {
        i > self.from && self.phrase(i - 1, |p| matches!(p, Phrase::Approximate(_))).is_some_and(|(_, e)| e == i)
    }

    /// "in 218," in a text that counts years before Christ.
    pub(super) fn bare_bc(&self, i: usize) -> Option<(i16, usize)> {
        let Digits::Plain(n, 3, false) = self.digits(i) else { return None };
        let led = i > self.from && self.word(i - 1).is(Small::LEAD);
        let open = self
            .p
            .get(i + 1)
            .filter(|_| i + 1 < self.to)
            .is_none_or(|n| n.kind == TokenKind::Mark || n.word.is(Small::LEAD));
        (self.bc && led && open && self.norm(i + 1) != "-").then_some((1 - n as i16, i + 1))
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
                // "480-479 BC", "between 264 and 241 BC"
                let w = self.word(i + 1);
                let joint = w.is(Small::TO) || w.is(Small::AND) || w.is(Small::OR) || w.is(Small::UNTIL);
                if joint
                    && let Digits::Plain(m, _, false) = self.digits(i + 2)
                    && self.word(i + 3).era < 0
                    && self.p[i + 3].capital
                    && m < n
                {
                    return Some((1 - n as i16, i + 1));
                }
                (len == 4 && !grouped && (1000..2100).contains(&n)).then_some((n as i16, i + 1))
            }
            Digits::None => self.spelled_year(i),
            _ => None,
        }
    }

    pub(super) fn spelled_year(&self, i: usize) -> Option<(i16, usize)> {
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
}
