//! When did it happen, in day numbers: what comparing needs of a date, and how far two dates agree.

use crate::Level;
use crate::when::When;
use article::Edtf;
use jiff::civil::Date;

/// A date read from the dateline alone, or an approximate one, may be off by so many days.
const SLACK: i32 = 3;
/// Dates wider than this (a quarter, a year) agree with too many days to speak for anything.
const WIDE: i32 = 62;
/// An interval within which the days before a publication say something.
const NARROW: i32 = 10;
/// Days so many apart are two happenings, whatever else agrees; nearer ones may have been misread.
const FAR: i32 = 9;

/// A first and a last day, counted from 1 January 1970.
pub(crate) type Days = (i32, i32);

/// The time of one account.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Time {
    /// Days covered; `None` without a date or without a year.
    pub(crate) days: Option<Days>,
    /// The day of publication.
    pub(crate) published: Option<i32>,
    /// Days that the report's own date suggests, where the account gives none.
    pub(crate) implied: Option<Days>,
    /// The last day on which what has happened can have happened.
    latest: Option<i32>,
    /// Said to be approximate, or read from the dateline only.
    fuzzy: bool,
    /// Read from a weekday, which may be a week off.
    weekday: bool,
    /// A date without a year.
    pub(crate) open: Option<Box<When>>,
}

impl Time {
    pub(crate) fn of(when: &When) -> Time {
        let pair = |(a, b): (Date, Date)| (number(a), number(b));
        let days = when.days.map(pair);
        Time {
            days,
            published: when.published.map(number),
            implied: when.implied.map(pair),
            latest: when.latest.map(number),
            fuzzy: when.fuzzy,
            weekday: when.by_weekday,
            open: (days.is_none() && when.date.is_some()).then(|| Box::new(when.clone())),
        }
    }

    /// The same with the year that was missing.
    pub(crate) fn with_year(&self, year: i16) -> Time {
        match &self.open {
            Some(when) => Time::of(&when.with_year(year)),
            None => self.clone(),
        }
    }

    /// The year, where all days fall in one.
    pub(crate) fn year(&self) -> Option<i16> {
        let (first, last) = self.days?;
        let year = date(first).year();
        (year == date(last).year()).then_some(year)
    }

    /// How far two times agree, and whether they exclude each other.
    pub(crate) fn compare(&self, other: &Time) -> (Level, bool) {
        match (self.against(other), other.against(self)) {
            (Some(a), Some(b)) => apart(a, b, self.fuzzy || other.fuzzy, self.weekday || other.weekday),
            (Some(days), None) => other.open_against(self, days),
            (None, Some(days)) => self.open_against(other, days),
            (None, None) => match (self.date(), other.date()) {
                // Neither has a year: only the day of the year can exclude.
                (Some(a), Some(b)) if a.meets(b) => (Level::Compatible, false),
                (Some(_), Some(_)) => (Level::Far, true),
                _ => (meet(self.implied, other.implied), false),
            },
        }
    }

    /// How far the days of publication lie apart.
    pub(crate) fn told(&self, other: &Time) -> Level {
        match self.published.zip(other.published).map(|(a, b)| a.abs_diff(b)) {
            None => Level::Unknown,
            Some(0..=1) => Level::Same,
            Some(2..=4) => Level::Near,
            Some(5..=21) => Level::Compatible,
            Some(_) => Level::Different,
        }
    }

    fn date(&self) -> Option<&Edtf> {
        self.open.as_ref().and_then(|w| w.date.as_ref())
    }

    /// The days covered, a missing year taken from the other.
    fn against(&self, other: &Time) -> Option<Days> {
        self.days.or_else(|| {
            let (first, last) = self.open.as_ref()?.in_year(date(other.days?.0).year())?.days()?;
            Some((number(first), number(last)))
        })
    }

    /// This account gives no date, the other gives `days`.
    fn open_against(&self, other: &Time, days: Days) -> (Level, bool) {
        // A report cannot tell what happened after it was published.
        if self.latest.is_some_and(|l| days.0 > l + if other.fuzzy { SLACK } else { 0 }) {
            return (Level::Far, true);
        }
        (meet(self.implied, Some(days)), false)
    }
}

/// Two known intervals of days.
fn apart(a: Days, b: Days, fuzzy: bool, weekday: bool) -> (Level, bool) {
    let gap = (b.0 - a.1).max(a.0 - b.1);
    let widest = (a.1 - a.0).max(b.1 - b.0);
    match gap {
        _ if gap <= 0 && widest > WIDE => (Level::Unknown, false),
        _ if gap <= 0 && widest > 3 => (Level::Compatible, false),
        _ if gap <= 0 && a == b => (Level::Same, false),
        _ if gap <= 0 => (Level::Near, false),
        // Night falls between two days, and the next day's paper says "yesterday" of both.
        1 if widest <= 3 => (Level::Near, false),
        1 => (Level::Compatible, false),
        _ if fuzzy && gap <= SLACK => (Level::Unknown, false),
        _ if gap < FAR => (Level::Different, !weekday && !fuzzy && gap > 3),
        _ => (Level::Far, true),
    }
}

fn meet(a: Option<Days>, b: Option<Days>) -> Level {
    match (a, b) {
        (Some(a), Some(b)) if a.0 <= b.1 && b.0 <= a.1 && b.1 - b.0 <= NARROW => Level::Near,
        (Some(a), Some(b)) if a.0 <= b.1 && b.0 <= a.1 && b.1 - b.0 <= WIDE => Level::Compatible,
        _ => Level::Unknown,
    }
}

/// Days since 1 January 1970 in the calendar of today.
pub(crate) fn number(d: Date) -> i32 {
    // Howard Hinnant's days_from_civil: years begin in March, so that leap days end them.
    let (y, m, day) = (i32::from(d.year()), i32::from(d.month()), i32::from(d.day()));
    let y = if m <= 2 { y - 1 } else { y };
    let (era, month) = (y.div_euclid(400), (m + 9) % 12);
    let (of_era, of_year) = (y.rem_euclid(400), (153 * month + 2) / 5 + day - 1);
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The day of a number; the ends of the calendar beyond them.
pub(crate) fn date(number: i32) -> Date {
    // Hinnant's civil_from_days, which undoes days_from_civil: blocks ask for this some fifty times an account.
    const FIRST: i32 = -4_371_587;
    const LAST: i32 = 2_932_896;
    if !(FIRST..=LAST).contains(&number) {
        return if number < 0 { Date::MIN } else { Date::MAX };
    }
    let days = number + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = era * 400 + year_of_era + i32::from(month <= 2);
    Date::constant(year as i16, month as i8, day as i8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(s: &str) -> Days {
        let (a, b) = s.parse::<Edtf>().unwrap().days().unwrap();
        (number(a), number(b))
    }

    #[test]
    fn days_are_numbered() {
        for (day, n) in [("1970-01-01", 0), ("1970-01-02", 1), ("2000-03-01", 11_017), ("1969-12-31", -1)] {
            assert_eq!(d(day), (n, n));
            assert_eq!(date(n).to_string(), day);
        }
        assert_eq!(number(Date::MAX) - number(Date::MIN), 7_304_483);
        assert_eq!((date(number(Date::MIN) - 1), date(number(Date::MAX) + 1)), (Date::MIN, Date::MAX));
        for n in (number(Date::MIN)..=number(Date::MAX)).step_by(97).chain(-800..800) {
            assert_eq!(number(date(n)), n);
        }
    }

    #[test]
    fn days_a_night_apart_are_not_excluded() {
        let of = |a: &str, b: &str, fuzzy| apart(d(a), d(b), fuzzy, false);
        assert_eq!(of("2024-03-04", "2024-03-05", false), (Level::Near, false));
        assert_eq!(of("2024-03-04", "2024-03-06", false), (Level::Different, false));
        assert_eq!(of("2024-03-04", "2024-03-08", false), (Level::Different, true));
        assert_eq!(of("2024-03-04", "2024-03-16", true), (Level::Far, true));
        assert_eq!(of("2024-03-04", "2024-03-06", true), (Level::Unknown, false));
        assert_eq!(of("2024-03", "2024-03-06", false), (Level::Compatible, false));
        assert_eq!(of("2024", "2024-03-06", false), (Level::Unknown, false));
        assert_eq!(of("2024-03-04/2024-03-05", "2024-03-04", false), (Level::Near, false));
    }
}
