//! Times that count: "two years ago", "the past three months", "every Friday", "34-year-old".

use super::parse::{Read, Scan};
use super::parts::Parts;
use super::piece::Digits;
use super::words::{Phrase, Small, Which};
use super::{Length, TimeKind, TimeUnit, Vague};

/// Most pieces of a number in words; it bounds the time for a piece.
const LONGEST: usize = 16;

/// What stands for a number before a unit.
#[derive(Debug, Clone, Copy)]
struct Count {
    /// Tenths; `None` for "several".
    tenths: Option<u32>,
    /// It is the article: "a year".
    article: bool,
    end: usize,
}

impl Scan<'_> {
    /// "daily", "every Friday", "each of the past three years", "Mondays"
    pub(super) fn often(&self, i: usize) -> Read {
        let w = self.word(i);
        let set = Parts { kind: Some(TimeKind::Set), ..Parts::default() };
        if let Some(unit) = w.often {
            // "daily flights", "the daily average": how many, not when.
            if self.named_by(i + 1) {
                return None;
            }
            return Some((Parts { shift: Some((super::words::From::Speech, 0, unit)), ..set }, i + 1));
        }
        if w.weekdays > 0 {
            return self.p[i].capital.then_some((Parts { weekday: Some(w.weekdays), ..set }, i + 1));
        }
        if self.word(i).weekday > 0
            && let Some(part) = self.part(i + 1).filter(|_| self.norm(i + 1).ends_with('s'))
        {
            return Some((Parts { weekday: Some(w.weekday), part: Some(part), ..set }, i + 2));
        }
        if !w.is(Small::EVERY) {
            return None;
        }
        if self.word(i + 1).is(Small::OF_ONLY) {
            return self
                .counted(i + 2)
                .filter(|(p, _)| p.length.is_some())
                .map(|(p, e)| (Parts { kind: set.kind, ..p }, e));
        }
        let at = i + 1 + usize::from(self.word(i + 1).is(Small::OTHER));
        let (tenths, at) = match self.number(at) {
            Some((n, e)) => (n, e),
            None => (if at > i + 1 { 20 } else { 10 }, at),
        };
        let w = self.word(at);
        if let Some((unit, _)) = w.unit.filter(|(u, _)| *u != TimeUnit::Second) {
            return Some((Parts { length: Some(Length { tenths: Some(tenths), unit }), ..set }, at + 1));
        }
        let parts = if w.weekday > 0 {
            let part = self.part(at + 1);
            return Some((Parts { weekday: Some(w.weekday), part, ..set }, at + 1 + usize::from(part.is_some())));
        } else if let Some(part) = w.part {
            Parts { part: Some(part), ..set }
        } else if let Some(month) = self.month(at) {
            Parts { month: Some(month), ..set }
        } else if w.season > 0 {
            Parts { season: Some(w.season), ..set }
        } else {
            return None;
        };
        Some((parts, at + 1))
    }

    /// A count of units, and what follows it.
    pub(super) fn counted(&self, i: usize) -> Read {
        if let Some((Phrase::Stretch, e)) = self.phrase(i, |p| *p == Phrase::Stretch) {
            return Some((Parts { kind: Some(TimeKind::Duration), ..Parts::default() }, e));
        }
        if self.word(i).is(Small::AGED) {
            let (tenths, e) = self.number(i + 1)?;
            let length = Some(Length { tenths: Some(tenths), unit: TimeUnit::Year });
            return Some((Parts { kind: Some(TimeKind::Age), length, ..Parts::default() }, e));
        }
        let led = self.leading(i);
        let at = led.map_or(i, |(_, e)| e);
        let count = self.count(at);
        let mut at = match count {
            Some(c) => c.end,
            None => at,
        };
        // "two-year", "the past 10 or 15 years", "12 to 18 months"
        let mut tenths = count.and_then(|c| c.tenths);
        if count.is_some_and(|c| !c.article)
            && (self.word(at).is(Small::TO) || self.word(at).is(Small::OR) || self.word(at).is(Small::AND))
            && let Some((_, e)) = self.number(at + 1)
            && self.word(e + usize::from(self.norm(e) == "-")).unit.is_some()
        {
            (tenths, at) = (None, e);
        }
        let hyphen = self.norm(at) == "-";
        at += usize::from(hyphen);
        at = self.behind_adjectives(at);
        let (unit, plural) = self.word(at).unit?;
        let mut end = at + 1;
        if matches!(unit, TimeUnit::Half | TimeUnit::Season) {
            return None;
        }
        let Some(count) = count else {
            return self.uncounted(i, led, unit, plural, end);
        };
        // "a second" is an ordinal as often as not.
        if unit == TimeUnit::Second && (count.article || !plural && !hyphen) {
            return None;
        }
        // "a year-earlier profit": the article is that of the profit.
        if count.article && (led.is_some() || self.norm(end) == "-") {
            return None;
        }
        // "a year and a half"
        if self.word(end).is(Small::AND) && self.word(end + 1).is(Small::A) && self.word(end + 2).is(Small::HALF) {
            (tenths, end) = (tenths.map(|t| t + 5), end + 3);
        }
        let mut length = Length { tenths, unit };
        // "24 hours and 30 minutes" stays two; "four decades" are counted as they are told.
        if let Some(e) = self.age(end) {
            return Some((Parts { kind: Some(TimeKind::Age), length: Some(length), ..Parts::default() }, e));
        }
        // "a week or so ago"
        let or_so = self.phrase(end, |p| matches!(p, Phrase::Behind(_))).map_or(end, |(_, e)| e);
        if led.is_none()
            && !hyphen
            && let Some(found) = self.ago(length, end).or_else(|| self.ago(length, or_so))
        {
            return Some(found);
        }
        // "four flights a week" tells how many, not when.
        if count.article && self.rate(i) {
            return None;
        }
        // "the two-week strike": the article is that of the strike. "three-quarters" is a part.
        if hyphen && (led.is_some() || unit == TimeUnit::Quarter && plural) {
            return None;
        }
        // "a weekend", "a night": no more than its article.
        if count.article && matches!(unit, TimeUnit::Weekend | TimeUnit::Quarter | TimeUnit::Minute) {
            return None;
        }
        if unit == TimeUnit::Weekend {
            length.unit = TimeUnit::Weekend;
        }
        if hyphen && self.norm(end) == "-" && self.word(end + 1).is(Small::LONG) {
            end += 2;
        }
        Some((Parts { kind: Some(TimeKind::Duration), length: Some(length), ..Parts::default() }, end))
    }

    /// "the past", "the first", "those", "the": what may stand before a count, and which it is.
    fn leading(&self, i: usize) -> Option<(Option<Which>, usize)> {
        let the = usize::from(self.word(i).is(Small::THE));
        let w = self.word(i + the);
        if let Some(which) = w.which {
            let next = self.word(i + the + 1).which;
            return Some((next.or(Some(which)), i + the + 1 + usize::from(next.is_some())));
        }
        if the == 1 && (w.ordinal == 1 || self.word(i + 1).is(Small::EXTENT)) {
            return Some((None, i + 2));
        }
        (the == 1).then_some((None, i + 1))
    }

    fn count(&self, i: usize) -> Option<Count> {
        if let Some((_, end)) = self.phrase(i, |p| *p == Phrase::Some) {
            return Some(Count { tenths: None, article: false, end });
        }
        // "half a century", "half an hour"
        if self.word(i).is(Small::HALF) && self.word(i + 1).is(Small::A) {
            return Some(Count { tenths: Some(5), article: false, end: i + 2 });
        }
        if let Some((tenths, end)) = self.number(i) {
            // "five or so", "one more"
            return Some(Count { tenths: Some(tenths), article: false, end });
        }
        if self.word(i).is(Small::A) {
            let half = self.word(i + 1).is(Small::HALF);
            let end = i + 1 + usize::from(half) + usize::from(half && self.norm(i + 2) == "-");
            return Some(Count { tenths: Some(if half { 5 } else { 10 }), article: true, end });
        }
        None
    }

    /// Units without a number: "years later", "the coming weeks", "for centuries", "the year-ago".
    fn uncounted(
        &self,
        i: usize,
        led: Option<(Option<Which>, usize)>,
        unit: TimeUnit,
        plural: bool,
        end: usize,
    ) -> Read {
        let length = Length { tenths: None, unit };
        // "year-ago", "year-earlier"
        if !plural {
            if led.is_some() {
                return None;
            }
            let at = if self.norm(end) == "-" { end + 1 } else { return None };
            let (found, e) = self.phrase(at, |p| matches!(p, Phrase::Ago(..)))?;
            let Phrase::Ago(from, steps) = found else { return None };
            return Some((Parts { shift: Some((from, i32::from(steps), unit)), ..Parts::default() }, e));
        }
        if led.is_none()
            && let Some(found) = self.ago(length, end)
        {
            return Some(found);
        }
        if unit < TimeUnit::Minute {
            return None;
        }
        match led {
            Some((which, _)) if which.is_some() || self.word(i + 1).ordinal > 0 => {}
            Some((None, at)) if at > i + 1 => {}
            // "for years", "in weeks"
            None if i > self.from && self.lasts(i - 1)
                || self.word(end).is(Small::OF_ONLY) && unit != TimeUnit::Quarter => {}
            _ => return None,
        }
        // "these days" and "recent years" stand in the list of vague times.
        Some((Parts { kind: Some(TimeKind::Duration), length: Some(length), ..Parts::default() }, end))
    }

    fn lasts(&self, i: usize) -> bool {
        let w = self.word(i);
        (w.is(Small::LEAD) || w.is(Small::UNTIL)) && !w.is(Small::OF_ONLY) && !w.is(Small::TO) && !w.is(Small::AND)
    }

    /// "ago", "later", "from now" behind a count; "after" and "before" too, where no other event follows.
    fn ago(&self, length: Length, end: usize) -> Read {
        let (Phrase::Ago(from, way), mut e) = self.phrase(end, |p| matches!(p, Phrase::Ago(..)))? else { return None };
        let way = i32::from(way);
        let joins = self.word(end).is(Small::EVENT);
        // "three days after a bombing": the words behind name the other event, which lies the other way.
        let event = joins && !self.open(e);
        if joins && event && length.tenths.is_none() {
            return None;
        }
        // "half a century ago" is told in years.
        let tenths = length.tenths.map_or(10, |t| t.min(1_000_000));
        let (tenths, unit) = match length.unit {
            _ if tenths.is_multiple_of(10) => (tenths, length.unit),
            TimeUnit::Century => (tenths * 100, TimeUnit::Year),
            TimeUnit::Decade => (tenths * 10, TimeUnit::Year),
            TimeUnit::Year => (tenths * 12, TimeUnit::Month),
            TimeUnit::Month => (tenths * 30, TimeUnit::Day),
            TimeUnit::Week => (tenths * 7, TimeUnit::Day),
            unit => (tenths, unit),
        };
        let steps = (tenths / 10).clamp(1, 100_000) as i32 * if event { -way } else { way };
        let parts = Parts { shift: Some((from, steps, unit)), counted: true, ..Parts::default() };
        if event {
            e = end;
        }
        let vague = match (length.tenths, way) {
            (Some(_), _) => None,
            (None, -1) => Some(Vague::Past),
            _ => Some(Vague::Future),
        };
        Some((
            Parts { from_event: event, length: event.then_some(length), vague, uncounted: vague.is_some(), ..parts },
            e,
        ))
    }

    /// "old", "-old" behind a count: where it ends.
    fn age(&self, i: usize) -> Option<usize> {
        let at = i + usize::from(self.norm(i) == "-");
        self.word(at).is(Small::AGE).then_some(at + 1)
    }

    /// Whether "a year" at `i` is a rate: "twice a year", "$5 a share a year", "3 % a month".
    fn rate(&self, i: usize) -> bool {
        i > self.from
            && (self.word(i - 1).is(Small::RATE)
                || self.p[i - 1].kind == crate::TokenKind::Number
                || self.word(i - 1).scale > 0
                || i > self.from + 1
                    && self.p[i - 1].kind == crate::TokenKind::Word
                    && (self.word(i - 2).is(Small::A) || self.number(i - 2).is_some_and(|(_, e)| e == i - 1)))
    }

    /// A number in tenths: "21", "2.5", "twenty-one", "two and a half", "2 1/2", "a hundred".
    pub(super) fn number(&self, i: usize) -> Option<(u32, usize)> {
        match self.digits(i) {
            Digits::Plain(n, ..) if i < self.to && n < 1_000_000 => {
                let fraction = matches!(
                    (self.digits(i + 1), self.norm(i + 2), self.digits(i + 3)),
                    (Digits::Plain(1, ..), "/", Digits::Plain(2, ..))
                );
                let scale = self.word(i + 1).scale;
                if scale > 1 && scale <= 1_000_000 {
                    return u32::try_from(u64::from(n) * scale * 10).ok().map(|n| (n, i + 2));
                }
                return Some(if fraction { (n * 10 + 5, i + 4) } else { (n * 10, i + 1) });
            }
            Digits::Tenths(t) if i < self.to => return Some((t, i + 1)),
            Digits::None => {}
            _ => return None,
        }
        let a = self.word(i).is(Small::A) && self.word(i + 1).scale > 0;
        let mut at = i + usize::from(a);
        let (mut sum, mut part, mut any) = (0u64, u64::from(a), a);
        while at < self.to.min(i + LONGEST) {
            let w = self.word(at);
            if let Some(n) = w.number {
                part += n;
            } else if w.scale > 0 && any {
                part = part.max(1) * w.scale;
                if w.scale >= 1000 {
                    sum += std::mem::take(&mut part);
                }
            } else {
                break;
            }
            if sum + part > 100_000_000 {
                return None;
            }
            (any, at) = (true, at + 1);
            let joined = self.norm(at) == "-" && self.word(at + 1).number.is_some_and(|n| n < 10) && part >= 20;
            let and = self.word(at).is(Small::AND) && self.word(at + 1).number.is_some() && part >= 100;
            at += usize::from(joined || and);
        }
        if !any {
            return None;
        }
        let mut tenths = u32::try_from((sum + part) * 10).ok()?;
        if self.word(at).is(Small::AND) && self.word(at + 1).is(Small::A) && self.word(at + 2).is(Small::HALF) {
            (tenths, at) = (tenths + 5, at + 3);
        }
        Some((tenths, at))
    }
}
