//! Days and times as pages and desks print them.
//!
//! Only whole days count here: what gives a month or a year alone says nothing about the day of publication. The order
//! of `03/04/2024` differs between countries, so such a form is read only where one number can be no month.

use super::dateline::words;
use crate::{Edtf, Partial, Published, fold};
use jiff::civil::Date;
use regex::{Captures, Regex};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

static MONTHS_FILE: &str = include_str!("../../../../language/en/dateline-months.txt");

static MONTHS: LazyLock<BTreeMap<&str, u8>> = LazyLock::new(|| {
    let lines = MONTHS_FILE.lines().filter(|l| !l.starts_with('#'));
    lines
        .filter_map(|l| l.split_once(' '))
        .flat_map(|(n, names)| names.split(' ').filter_map(move |w| Some((w, n.parse().ok()?))))
        .collect()
});

/// A regular expression for the names of the months, without groups.
pub(super) static MONTH: LazyLock<String> = LazyLock::new(|| longest_first(MONTHS.keys().copied()));

/// A regular expression for the names of the weekdays, without groups.
pub(super) static WEEKDAY: LazyLock<String> = LazyLock::new(|| longest_first(words("weekdays")));

static PRINTED: LazyLock<Regex> = LazyLock::new(|| {
    let month = &*MONTH;
    Regex::new(&format!(
        r"(?i)(?-u:\b)(?:(?P<iy>[0-9]{{4}})-(?P<im>[0-9][0-9])-(?P<id>[0-9][0-9])(?:T|(?-u:\b))|(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?(?: of)?[ \-]?(?P<m>{month})(?-u:\b)\.?,?[ \-]?(?P<y>[0-9]{{4}})(?-u:\b)|(?P<m2>{month})\.? (?P<d2>[0-9]{{1,2}})(?:st|nd|rd|th)?,? (?P<y2>[0-9]{{4}})(?-u:\b)|(?P<nd>[0-9]{{1,2}})(?P<sep>[./])(?P<nm>[0-9]{{1,2}})[./](?P<ny>[0-9]{{4}})(?-u:\b))"
    ))
    .expect("is valid")
});

static RFC_3339: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d)(:\d\d)?(\.\d+)?\s*(?:([Zz])|(?:UTC|GMT)?([+-]\d\d):?(\d\d)?)$")
        .expect("is valid")
});

/// The first whole day printed in `s`, and where.
pub(super) fn printed(s: &str) -> Option<(Edtf, Range<usize>)> {
    if !s.contains(|c: char| c.is_ascii_digit()) || !PRINTED.is_match(s) {
        return None;
    }
    PRINTED.captures_iter(s).find_map(|c| Some((Edtf::day(captured(&c)?), c.get(0)?.range())))
}

/// The value of a field that holds nothing but a date or time; the time is kept if it has a zone.
pub(super) fn field(s: &str) -> Option<Published> {
    let s = s.trim();
    if s.len() > 80 {
        return None;
    }
    if let Some(time) = rfc_3339(s) {
        let date = time.get(..10)?.parse().ok()?;
        return Some(Published { date, time: Some(time) });
    }
    if let Ok(zoned) = jiff::fmt::rfc2822::parse(s) {
        return Some(Published {
            date: Edtf::day(zoned.date()),
            time: Some(zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()),
        });
    }
    if s.len() == 8 && s.bytes().all(|b| b.is_ascii_digit()) {
        let date = format!("{}-{}-{}", &s[..4], &s[4..6], &s[6..]).parse().ok()?;
        return Some(Published { date, time: None });
    }
    // "XXXX-08-30" is a value of our own making: records that were written out come back in.
    let date = printed(s)
        .map(|(d, _)| d)
        .or_else(|| s.parse().ok().filter(|d: &Edtf| d.start.day.is_some() && d.end.is_none()))?;
    Some(Published { date, time: None })
}

/// The time in the one form that RFC 3339 allows, if it was printed with a zone and exists.
fn rfc_3339(s: &str) -> Option<String> {
    let c = RFC_3339.captures(s)?;
    let part = |i: usize| c.get(i).map(|m| m.as_str());
    let zone = match part(5) {
        Some(_) => "Z".to_owned(),
        None => format!("{}:{}", part(6)?, part(7).unwrap_or("00")),
    };
    let time = format!("{}T{}{}{}", part(1)?, part(2)?, part(3).unwrap_or(":00"), zone);
    time.parse::<jiff::Timestamp>().is_ok().then_some(time)
}

/// The month of that name.
pub(super) fn month(name: &str) -> Option<u8> {
    MONTHS.get(fold(name).trim_end_matches('.')).copied()
}

/// A day of a month, with the year if it was printed; two digits mean 1970 to 2069.
pub(super) fn day_of(day: &str, month_name: &str, year: Option<&str>) -> Option<Edtf> {
    let year = match year.map(|y| y.trim_start_matches(['\'', '’'])) {
        None => None,
        Some(y) if y.len() == 2 => y.parse::<i16>().ok().map(|y| if y < 70 { 2000 + y } else { 1900 + y }),
        Some(y) => y.parse().ok(),
    };
    let p = Partial { year, month: Some(month(month_name)?), day: Some(day.parse().ok()?) };
    p.days_in(Some(2000)).map(|_| p.into())
}

fn captured(c: &Captures) -> Option<Date> {
    let n = |name: &str| c.name(name).and_then(|m| m.as_str().parse::<i16>().ok());
    if let (Some(y), Some(m), Some(d)) = (n("iy"), n("im"), n("id")) {
        return Date::new(y, m as i8, d as i8).ok();
    }
    if let (Some(y), Some(a), Some(b)) = (n("ny"), n("nd"), n("nm")) {
        // Dots put the day first everywhere; slashes only where the other number is no month.
        let (day, month) = match &c["sep"] {
            "." => (a, b),
            _ if a > 12 => (a, b),
            _ if b > 12 => (b, a),
            _ => return None,
        };
        return Date::new(y, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
    }
    let (d, m, y) = if c.name("d").is_some() { ("d", "m", "y") } else { ("d2", "m2", "y2") };
    let (day, month_name, year) = (c.name(d)?, c.name(m)?, c.name(y)?);
    day_of(day.as_str(), month_name.as_str(), Some(year.as_str()))?.single_day()
}

fn longest_first<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut words: Vec<&str> = words.collect();
    words.sort_by_key(|w| (std::cmp::Reverse(w.len()), *w));
    words.join("|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_days_are_read_and_nothing_less() {
        let d = |s| printed(s).map(|(d, _)| d.to_string()).unwrap_or_default();
        assert_eq!(d("Wed, 07 Dec 2022"), "2022-12-07");
        assert_eq!(d("Posted on March 4th, 2024 at 10:00"), "2024-03-04");
        assert_eq!(d("Dated the 29th November 2024."), "2024-11-29");
        assert_eq!(d("4-Mar-2024"), "2024-03-04");
        assert_eq!(d("25.01.2024"), "2024-01-25");
        assert_eq!(d("13/04/2024"), "2024-04-13");
        assert_eq!(d("03/04/2024"), "");
        assert_eq!(d("March 2024"), "");
        assert_eq!(d("30 February 2024"), "");
        assert_eq!(d("2024-03-04T10:00:00Z"), "2024-03-04");
    }

    #[test]
    fn fields_keep_a_time_that_has_a_zone() {
        let f = |s| field(s).map(|p| (p.date.to_string(), p.time.unwrap_or_default())).unwrap_or_default();
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(f("2024-03-04T23:10:05.123+04:30"), pair("2024-03-04", "2024-03-04T23:10:05+04:30"));
        assert_eq!(f("2024-03-04 23:10+0000"), pair("2024-03-04", "2024-03-04T23:10:00+00:00"));
        assert_eq!(f("2024-03-04T23:10"), pair("2024-03-04", ""));
        assert_eq!(f("Mon, 04 Mar 2024 23:10:00 +0000"), pair("2024-03-04", "2024-03-04T23:10:00+00:00"));
        assert_eq!(f("20240304"), pair("2024-03-04", ""));
        assert_eq!(f("XXXX-08-30"), pair("XXXX-08-30", ""));
        assert_eq!(f("2024-03"), pair("", ""));
        assert_eq!(f("soon"), pair("", ""));
    }
}
