//! Times in the text as EDTF values: explicit, by weekday, or relative to the day of publication.
//!
//! The reference is the article's day of publication; a date without a year takes the latest year in which it does not
//! lie more than a week ahead of it. Without a known year the value keeps `XXXX`, and a weekday becomes the seven days
//! that it may be, with the weekday beside it, so that a later stage that learns the year can name the day. Nothing is
//! made more precise than its words: "March 2023" stays a month, "last week" the seven days of that ISO week.

mod reader;
mod words;

use crate::{Article, Edtf, Span, Tokens};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use reader::Reader;
use words::Words;

/// A time named in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Time {
    /// The words.
    pub span: Span,
    /// Its tokens, half-open.
    pub tokens: (usize, usize),
    /// The value; `None` where the words cannot be placed ("on Tuesday" in a text without a date).
    pub value: Option<Edtf>,
    /// How it was read.
    pub basis: TimeBasis,
    /// The weekday named, Monday 1 to Sunday 7, where the value alone does not fix the day.
    pub weekday: Option<u8>,
    /// Whether it is a time, or the bound of a longer one.
    pub role: TimeRole,
}

impl Time {
    /// Whether both may be the same time. Two weekdays of an unknown week are so only when they are the same weekday.
    pub fn meets(&self, other: &Time) -> bool {
        match (&self.value, &other.value) {
            (Some(a), Some(b)) => {
                a.meets(b) && (self.weekday.is_none() || other.weekday.is_none() || self.weekday == other.weekday)
            }
            _ => false,
        }
    }
}

/// How a time was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TimeBasis {
    /// Day, month or year are printed.
    Explicit,
    /// A day of the week.
    Weekday,
    /// "yesterday", "two days later".
    Relative,
}

/// Whether a time is a point or a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TimeRole {
    /// The time of something.
    At,
    /// Something lasts since then.
    Since,
    /// Something lasts until then.
    Until,
}

/// All times in text order; they do not overlap. *Cost*: linear in the tokens.
pub fn times(article: &Article, tokens: &Tokens) -> Vec<Time> {
    let mut reader =
        Reader { w: Words::get(), t: &tokens.tokens, reference: article.published_on().cloned(), story: None };
    let mut out = Vec::new();
    for s in &tokens.sentences {
        let (from, to) = s.tokens;
        let mut i = from;
        while i < to {
            match reader.at(from, i, to) {
                Some(time) => {
                    i = time.tokens.1;
                    if time.role == TimeRole::At && time.value.is_some() {
                        reader.story = time.value.clone();
                    }
                    out.push(time);
                }
                None => i += 1,
            }
        }
    }
    out
}

/// The day within `span` that falls on `weekday` (Monday 1) once its year is known.
pub fn weekday_within(span: &Edtf, weekday: u8, year: i16) -> Option<Date> {
    let (first, last) = span.days_in(Some(year))?;
    let want = Weekday::from_monday_one_offset(i8::try_from(weekday).ok()?).ok()?;
    first.series(1.day()).take_while(|d| *d <= last).find(|d| d.weekday() == want)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Basis, Found as At, Published};

    const CASES: &str = include_str!("../../../testdata/language/times.txt");

    #[test]
    fn reads_the_cases() {
        for line in CASES.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let (date, rest) = line.split_once(" | ").unwrap();
            let (text, want) = rest.split_once(" =>").unwrap();
            let mut article = Article::plain(text);
            article.published =
                date.parse().ok().map(|date| At { value: Published { date, time: None }, basis: Basis::Header });
            let got: Vec<String> = times(&article, &Tokens::of(&article))
                .iter()
                .map(|t| {
                    let value = t.value.as_ref().map_or("-".into(), ToString::to_string);
                    format!("{}={value} ({})", t.span.of(&article.text), format!("{:?}", t.basis).to_lowercase())
                })
                .collect();
            assert_eq!(got.join("; "), want.trim(), "{text}");
        }
    }

    #[test]
    fn a_year_learnt_later_names_the_day() {
        let span: Edtf = "XXXX-08-23/XXXX-08-29".parse().unwrap();
        assert_eq!(weekday_within(&span, 4, 2021).unwrap().to_string(), "2021-08-26");
    }
}
