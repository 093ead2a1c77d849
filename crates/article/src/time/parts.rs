//! What the words of a time name, before it has a value.

use super::feasts::Feast;
use super::words::{From, Which};
use super::{DayPart, Length, Modifier, TimeKind, TimeUnit, Vague};

/// A year that the words name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Year {
    /// In full; years before Christ are zero and below.
    Named(i16),
    /// "last year", "that year": steps from a day.
    Steps(From, i32),
}

/// The last day of a range inside one phrase ("3 March to 5 April"), with the pieces where the first ends and it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Last {
    pub(super) month: Option<u8>,
    pub(super) day: Option<u8>,
    pub(super) year: Option<i16>,
    pub(super) first_end: usize,
    pub(super) begin: usize,
}

/// The fields of a time.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Parts {
    pub(super) year: Option<Year>,
    pub(super) month: Option<u8>,
    pub(super) day: Option<u8>,
    pub(super) last: Option<Last>,
    pub(super) weekday: Option<u8>,
    pub(super) season: Option<u8>,
    pub(super) quarter: Option<u8>,
    pub(super) half: Option<u8>,
    /// First year of the decade, and whether the century was left out ("the nineties").
    pub(super) decade: Option<(i16, bool)>,
    /// First year of the century (1900 for the twentieth).
    pub(super) century: Option<i16>,
    pub(super) feast: Option<Feast>,
    pub(super) part: Option<DayPart>,
    pub(super) clock: Option<(u8, u8)>,
    /// "last April", "that Friday", "this morning"
    pub(super) which: Option<Which>,
    /// Steps of a unit from a day: "last week", "two months ago".
    pub(super) shift: Option<(From, i32, TimeUnit)>,
    /// Which unit of the time that the other fields name, 0 for the last: "the first week of June".
    pub(super) nth: Option<(u8, TimeUnit)>,
    pub(super) modifier: Option<Modifier>,
    pub(super) kind: Option<TimeKind>,
    pub(super) length: Option<Length>,
    pub(super) vague: Option<Vague>,
    /// The steps of the shift are not counted out ("some years ago").
    pub(super) uncounted: bool,
    /// The steps of the shift were counted out: "a week ago" is a day, "last week" a week.
    pub(super) counted: bool,
    /// The night that ends on the day.
    pub(super) overnight: bool,
    /// Steps from another event, which the words behind name.
    pub(super) from_event: bool,
}

impl Parts {
    /// Whether a day or a wider time is named or reached, not only an hour or a part of a day.
    pub(super) fn has_date(&self) -> bool {
        self.year.is_some()
            || self.month.is_some()
            || self.day.is_some()
            || self.weekday.is_some()
            || self.season.is_some()
            || self.quarter.is_some()
            || self.half.is_some()
            || self.decade.is_some()
            || self.century.is_some()
            || self.feast.is_some()
            || self.shift.is_some()
            || self.nth.is_some()
    }

    /// Whether it is a time of day without a day.
    pub(super) fn is_hour(&self) -> bool {
        (self.part.is_some() || self.clock.is_some()) && !self.has_date() && self.kind.is_none()
    }

    /// Whether it is a day or something within one.
    pub(super) fn is_day(&self) -> bool {
        self.day.is_some()
            || self.weekday.is_some()
            || self.feast.is_some()
            || self.shift.is_some_and(|(_, _, unit)| unit <= TimeUnit::Day)
    }

    /// This hour or part of a day, on the day of `other`.
    pub(super) fn on(self, other: Parts) -> Parts {
        Parts {
            part: self.part.or(other.part),
            clock: self.clock.or(other.clock),
            modifier: self.modifier.or(other.modifier),
            ..other
        }
    }
}
