//! When did it happen? Dates are completed by what the article's own date allows.

use crate::Filed;
use account::{DateBasis, Stage};
use article::{Edtf, weekday_within};
use jiff::civil::Date;

/// An account without a date mostly tells of the days before publication: this many.
const RECENT: i64 = 10;

/// The time of one account.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct When {
    /// As the account gives it, the year completed from the day of publication.
    pub(crate) date: Option<Edtf>,
    /// Days covered; `None` without a date or without a year.
    pub(crate) days: Option<(Date, Date)>,
    /// Days that the report's own date suggests, where the account gives none.
    pub(crate) implied: Option<(Date, Date)>,
    /// The last day on which what has happened can have happened.
    pub(crate) latest: Option<Date>,
    /// The last day of publication.
    pub(crate) published: Option<Date>,
    /// Said to be approximate, or read from the dateline only.
    pub(crate) fuzzy: bool,
    /// Read from a weekday.
    pub(crate) by_weekday: bool,
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
        let by_weekday = given.is_some_and(|d| d.basis == DateBasis::Weekday);
        When { date, days, implied, latest, published, fuzzy, by_weekday, weekday }
    }

    /// The date with a missing year filled in, and the day picked that the weekday then tells.
    pub(crate) fn in_year(&self, year: i16) -> Option<Edtf> {
        self.date.as_ref().map(|d| pinned(d.with_year(year), self.weekday))
    }

    /// The same with the year that its date and its publication lack.
    pub(crate) fn with_year(&self, year: i16) -> When {
        let date = self.in_year(year);
        When { days: date.as_ref().and_then(Edtf::days), date, ..self.clone() }
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
}
