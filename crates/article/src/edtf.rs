//! Dates with honest precision: EDTF (ISO 8601-2) levels 0 and 1, as far as reports of incidents need them.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A day, month or year, an interval of two, possibly approximate, possibly without a year.
///
/// *Shape*: prints and serialises as `2021-08-26`, `2021-10`, `2021`, `2021-08-26/2021-08-27`, `2021-08-26~`, `XXXX-11-02`; the
/// year before 1 is `0000`, the one before that `-0001`.
/// Precision is never invented: what was not said stays open.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Edtf {
    /// The only or first date.
    pub start: Partial,
    /// The last date of an interval.
    pub end: Option<Partial>,
    /// Said to be approximate.
    pub approximate: bool,
}

/// A date of which parts may be unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Partial {
    /// Year, unknown where the text gives none.
    pub year: Option<i16>,
    /// Month 1 to 12.
    pub month: Option<u8>,
    /// Day 1 to 31; only with a month.
    pub day: Option<u8>,
}

impl Partial {
    /// First and last day covered, taking `year` where none was said; `None` if there is no such day.
    pub fn days_in(self, year: Option<i16>) -> Option<(Date, Date)> {
        let y = self.year.or(year)?;
        match (self.month, self.day) {
            (None, _) => Some((Date::new(y, 1, 1).ok()?, Date::new(y, 12, 31).ok()?)),
            (Some(m), None) => {
                let first = Date::new(y, m as i8, 1).ok()?;
                Some((first, first.last_of_month()))
            }
            (Some(m), Some(d)) => Date::new(y, m as i8, d as i8).ok().map(|d| (d, d)),
        }
    }
}

impl Edtf {
    /// A single day.
    pub fn day(d: Date) -> Self {
        Partial { year: Some(d.year()), month: Some(d.month() as u8), day: Some(d.day() as u8) }.into()
    }

    /// A month of a year.
    pub fn month(year: i16, month: u8) -> Self {
        Partial { year: Some(year), month: Some(month), day: None }.into()
    }

    /// The interval from `first` to `last`; one day if they are equal.
    pub fn between(first: Date, last: Date) -> Self {
        if first == last {
            return Edtf::day(first);
        }
        Edtf { end: Some(Edtf::day(last).start), ..Edtf::day(first) }
    }

    /// First and last day covered; `None` without a year or when there is no such day.
    pub fn days(&self) -> Option<(Date, Date)> {
        self.days_in(None)
    }

    /// As [`Edtf::days`], with `year` standing in where none was said.
    pub fn days_in(&self, year: Option<i16>) -> Option<(Date, Date)> {
        let a = self.start.days_in(year)?;
        let b = match self.end {
            Some(e) => e.days_in(year)?,
            None => a,
        };
        (a.0 <= b.1).then_some((a.0, b.1))
    }

    /// The one day covered, if it is one.
    pub fn single_day(&self) -> Option<Date> {
        self.days().filter(|(a, b)| a == b).map(|(a, _)| a)
    }

    /// Whether a year was said.
    pub fn has_year(&self) -> bool {
        self.start.year.is_some()
    }

    /// Whether both may be the same time: the days they cover meet. A date without a year takes the other's.
    pub fn meets(&self, other: &Edtf) -> bool {
        let (ya, yb) = (self.start.year, other.start.year);
        let any = Some(2000);
        match (self.days_in(yb.or(any)), other.days_in(ya.or(any))) {
            (Some(a), Some(b)) => a.0 <= b.1 && b.0 <= a.1,
            _ => false,
        }
    }

    /// The same date with the missing year filled in.
    pub fn with_year(&self, year: i16) -> Edtf {
        let fill = |p: Partial| Partial { year: p.year.or(Some(year)), ..p };
        Edtf { start: fill(self.start), end: self.end.map(fill), approximate: self.approximate }
    }
}

impl From<Partial> for Edtf {
    fn from(start: Partial) -> Self {
        Edtf { start, end: None, approximate: false }
    }
}

impl fmt::Display for Partial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            Some(y) if y < 0 => write!(f, "-{:04}", y.unsigned_abs())?,
            Some(y) => write!(f, "{y:04}")?,
            None => write!(f, "XXXX")?,
        }
        if let Some(m) = self.month {
            write!(f, "-{m:02}")?;
        }
        if let Some(d) = self.day {
            write!(f, "-{d:02}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.start)?;
        if let Some(e) = self.end {
            write!(f, "/{e}")?;
        }
        if self.approximate {
            write!(f, "~")?;
        }
        Ok(())
    }
}

/// The text is no date of the supported kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date; write it like 2021-08-26, 2021-10, XXXX-11-02 or 2021-08-26/2021-08-27")]
pub struct NotADate(String);

impl FromStr for Partial {
    type Err = NotADate;

    fn from_str(s: &str) -> Result<Self, NotADate> {
        let bad = || NotADate(s.to_owned());
        let (sign, body) = s.strip_prefix('-').map_or((1, s), |body| (-1, body));
        let mut parts = body.split('-');
        let year = match parts.next() {
            Some("XXXX") if sign > 0 => None,
            Some(y) if y.len() == 4 && y.bytes().all(|b| b.is_ascii_digit()) => {
                Some(sign * y.parse::<i16>().map_err(|_| bad())?)
            }
            _ => return Err(bad()),
        };
        let mut two = |max: u8| match parts.next() {
            None | Some("XX") => Ok(None),
            Some(n) if n.len() == 2 => n.parse().ok().filter(|n| (1..=max).contains(n)).map(Some).ok_or_else(bad),
            Some(_) => Err(bad()),
        };
        let p = Partial { year, month: two(12)?, day: two(31)? };
        if parts.next().is_some() || (p.day.is_some() && p.month.is_none()) || p.days_in(Some(2000)).is_none() {
            return Err(bad());
        }
        Ok(p)
    }
}

impl FromStr for Edtf {
    type Err = NotADate;

    fn from_str(s: &str) -> Result<Self, NotADate> {
        let body = s.trim_end_matches(['~', '?', '%']);
        let approximate = body.len() < s.len();
        let (start, end) = match body.split_once('/') {
            Some((a, b)) => (a.trim_end_matches(['~', '?', '%']).parse()?, Some(b.parse()?)),
            None => (body.parse()?, None),
        };
        Ok(Edtf { start, end, approximate })
    }
}

impl TryFrom<String> for Edtf {
    type Error = NotADate;

    fn try_from(s: String) -> Result<Self, NotADate> {
        s.parse()
    }
}

impl From<Edtf> for String {
    fn from(e: Edtf) -> String {
        e.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_what_it_parsed() {
        for s in [
            "2021-08-26",
            "2021-10",
            "2021",
            "2021-08-26/2021-08-27",
            "2021-08-26~",
            "XXXX-11-02",
            "XXXX-11",
            "-0263-08-02",
        ] {
            assert_eq!(s.parse::<Edtf>().unwrap().to_string(), s);
        }
        for s in ["", "yesterday", "2021-13", "2021-2-3", "2021-02-30", "20211-01", "2021-01-01-01"] {
            assert!(s.parse::<Edtf>().is_err(), "{s}");
        }
    }

    #[test]
    fn unknown_parts_meet_what_they_may_be() {
        let meets = |a: &str, b: &str| a.parse::<Edtf>().unwrap().meets(&b.parse().unwrap());
        assert!(meets("XXXX-10-08", "2021-10"));
        assert!(meets("2021", "2021-10-08"));
        assert!(!meets("XXXX-10-08", "2021-11"));
        assert!(!meets("2021-10-08", "2021-10-09"));
        assert!(meets("2021-10-08/2021-10-10", "2021-10-09"));
    }
}
