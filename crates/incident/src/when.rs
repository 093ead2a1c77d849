//! When did it happen? Dates are completed and compared with what the article's own date allows.

use crate::{Filed, Level};
use account::{DateBasis, Stage};
use article::{Edtf, weekday_within};
use jiff::civil::Date;

/// An account without a date mostly tells of the days before publication: this many.
const RECENT: i64 = 10;
/// A date read from the dateline alone, or an approximate one, may be off by so many days.
const SLACK: i64 = 3;
/// Dates wider than this (a quarter, a year) agree with too many days to speak for anything.
const WIDE: i64 = 62;

/// The time of one account, ready for comparing.
#[derive(Debug, Clone)]
pub(crate) struct When {
    /// As the account gives it, the year completed from the day of publication.
    pub(crate) date: Option<Edtf>,
    /// Days covered; `None` without a date or without a year.
    pub(crate) days: Option<(Date, Date)>,
    /// Days that the report's own date suggests, where the account gives none.
    pub(crate) implied: Option<(Date, Date)>,
    /// The last day on which what has happened can have happened.
    latest: Option<Date>,
    /// Said to be approximate, or read from the dateline only.
    fuzzy: bool,
    /// The weekday named, which picks one of several days once the year is known.
    weekday: Option<u8>,
}

impl When {
    /// The time of `filed`.
    pub(crate) fn of(filed: &Filed) -> When {
        let published = filed.published.as_ref().and_then(Edtf::days).map(|(_, last)| last);
        let happened = !matches!(filed.account.stage.value, Stage::Threatened | Stage::Planned);
        let given = filed.account.date.as_ref();
        let weekday = given.and_then(|d| d.weekday);
        let date = given.map(|d| pinned(complete(&d.value, published, happened), weekday));
        let days = date.as_ref().and_then(Edtf::days);
        let implied = published.filter(|_| date.is_none() && happened).map(|p| (shift(p, -RECENT), p));
        let latest = published.filter(|_| happened).map(|p| shift(p, 1));
        let fuzzy = given.is_some_and(|d| d.value.approximate || d.basis == DateBasis::Dateline);
        When { date, days, implied, latest, fuzzy, weekday }
    }

    /// By how many days the date may be off.
    pub(crate) fn slack(&self) -> i64 {
        if self.fuzzy { SLACK } else { 1 }
    }

    /// How far two times agree, and whether they exclude each other.
    pub(crate) fn compare(&self, other: &When) -> (Level, bool) {
        match (self.against(other), other.against(self)) {
            (Some(a), Some(b)) => apart(a, b, self.fuzzy || other.fuzzy),
            (Some(days), None) => other.open_against(self, days),
            (None, Some(days)) => self.open_against(other, days),
            (None, None) => match (&self.date, &other.date) {
                // Neither has a year: only the day of the year can exclude.
                (Some(a), Some(b)) if a.meets(b) => (Level::Compatible, false),
                (Some(_), Some(_)) => (Level::Different, true),
                _ => (meet(self.implied, other.implied), false),
            },
        }
    }

    /// The days covered, a missing year taken from the other.
    fn against(&self, other: &When) -> Option<(Date, Date)> {
        self.days.or_else(|| self.in_year(other.days?.0.year())?.days())
    }

    /// The date with a missing year filled in, and the day picked that the weekday then tells.
    pub(crate) fn in_year(&self, year: i16) -> Option<Edtf> {
        self.date.as_ref().map(|d| pinned(d.with_year(year), self.weekday))
    }

    /// This account gives no date, the other gives `days`.
    fn open_against(&self, other: &When, days: (Date, Date)) -> (Level, bool) {
        // A report cannot tell what happened after it was published.
        if self.latest.is_some_and(|l| days.0 > shift(l, if other.fuzzy { SLACK } else { 0 })) {
            return (Level::Different, true);
        }
        (meet(self.implied, Some(days)), false)
    }
}

/// Two known intervals of days.
fn apart(a: (Date, Date), b: (Date, Date), fuzzy: bool) -> (Level, bool) {
    let gap = between(a.1, b.0).max(between(b.1, a.0));
    let widest = between(a.0, a.1).max(between(b.0, b.1));
    match gap {
        _ if gap <= 0 && widest > WIDE => (Level::Unknown, false),
        _ if gap <= 0 && widest > 3 => (Level::Compatible, false),
        _ if gap <= 0 && a == b => (Level::Same, false),
        _ if gap <= 0 => (Level::Near, false),
        // Night falls between two days, and the next day's paper says "yesterday" of both.
        1 => (Level::Compatible, false),
        _ if fuzzy && gap <= SLACK => (Level::Unknown, false),
        _ => (Level::Different, true),
    }
}

fn meet(a: Option<(Date, Date)>, b: Option<(Date, Date)>) -> Level {
    match (a, b) {
        (Some(a), Some(b)) if a.0 <= b.1 && b.0 <= a.1 && between(b.0, b.1) <= WIDE => Level::Compatible,
        _ => Level::Unknown,
    }
}

/// The date with its year: the last time that day came round before publication, or the next for what is announced.
fn complete(date: &Edtf, published: Option<Date>, happened: bool) -> Edtf {
    let Some(p) = published.filter(|_| !date.has_year()) else { return date.clone() };
    let fits = |y: i16| {
        date.days_in(Some(y)).is_some_and(|(first, last)| if happened { first <= shift(p, 1) } else { last >= p })
    };
    let years: [i16; 3] =
        if happened { [p.year(), p.year() - 1, p.year() - 2] } else { [p.year(), p.year() + 1, p.year() + 2] };
    years.into_iter().find(|y| fits(*y)).map_or_else(|| date.clone(), |y| date.with_year(y))
}

/// The one day of several on which the weekday falls, where the year is known.
fn pinned(date: Edtf, weekday: Option<u8>) -> Edtf {
    let day = weekday.zip(date.start.year).and_then(|(w, y)| weekday_within(&date, w, y));
    day.map_or(date, Edtf::day)
}

/// Whole days from `a` to `b`; negative if `b` is earlier.
pub(crate) fn between(a: Date, b: Date) -> i64 {
    a.until(b).map_or(0, |s| i64::from(s.get_days()))
}

/// The day `n` days later; the same day at the ends of the calendar.
pub(crate) fn shift(d: Date, n: i64) -> Date {
    d.checked_add(jiff::Span::new().days(n)).unwrap_or(d)
}

/// A year of days: no interval gives more, however wide a text may make it.
const MOST: usize = 366;

/// The days from `first` to `last`. They end at the end of the calendar too, which a loop over [`shift`] would not.
pub(crate) fn days(first: Date, last: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(first), |d| d.tomorrow().ok()).take_while(move |d| *d <= last).take(MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_come_from_publication() {
        let day = |s: &str| s.parse::<Edtf>().unwrap();
        let on = |d: &str| day(d).single_day();
        assert_eq!(complete(&day("XXXX-10-08"), on("2021-11-20"), true), day("2021-10-08"));
        assert_eq!(complete(&day("XXXX-12-30"), on("2022-01-02"), true), day("2021-12-30"));
        assert_eq!(complete(&day("XXXX-01-05"), on("2021-12-30"), false), day("2022-01-05"));
        assert_eq!(complete(&day("XXXX-02-29"), on("2022-03-30"), true), day("2020-02-29"));
        assert_eq!(complete(&day("XXXX-10-08"), None, true), day("XXXX-10-08"));
    }

    #[test]
    fn days_end_where_the_calendar_ends() {
        let count = |a: Date, b: Date| days(a, b).count();
        assert_eq!(count(jiff::civil::date(9999, 12, 30), Date::MAX), 2);
        assert_eq!(count(Date::MIN, jiff::civil::date(-9999, 1, 3)), 3);
        assert_eq!(count(Date::MIN, Date::MAX), MOST);
        assert_eq!(count(Date::MAX, Date::MIN), 0);
    }

    #[test]
    fn days_a_night_apart_are_not_excluded() {
        let d = |s: &str| s.parse::<Edtf>().unwrap().days().unwrap();
        assert_eq!(apart(d("2024-03-04"), d("2024-03-05"), false), (Level::Compatible, false));
        assert_eq!(apart(d("2024-03-04"), d("2024-03-06"), false), (Level::Different, true));
        assert_eq!(apart(d("2024-03-04"), d("2024-03-06"), true), (Level::Unknown, false));
        assert_eq!(apart(d("2024-03"), d("2024-03-06"), false), (Level::Compatible, false));
        assert_eq!(apart(d("2024"), d("2024-03-06"), false), (Level::Unknown, false));
        assert_eq!(apart(d("2024-03-04/2024-03-05"), d("2024-03-04"), false), (Level::Near, false));
    }
}
