//! Times in the text as EDTF values: explicit, by weekday, or relative to the day of publication or the day told last.
//!
//! A time is read in two steps. The grammar ([`parse`] and its neighbours) says what the words name ([`parts`]: a day and a
//! month, a weekday, "two days before the day told last"), and [`resolve`] gives it a value against the day of
//! publication, the time that the text spoke of last, and the tense of the verb beside it. A text that tells history (it
//! names mostly years long before its publication, or has none) counts from its own last date instead of from the day of
//! publication. Without a known year the value keeps `XXXX`, and a weekday becomes the seven days that it may be, with
//! the weekday beside it, so that a later stage that learns the year can name the day. Nothing is made more precise than
//! its words: "March 2023" stays a month, "last week" the seven days of that ISO week.
//!
//! What is read, and where a phrase begins and ends, follows TimeML's TIMEX3 (Pustejovsky et al. 2003; TempEval-3), so
//! that it can be scored; [`Time::timex`] writes it so.

mod calendar;
mod clock;
mod count;
mod feasts;
mod longer;
mod parse;
mod parts;
mod piece;
mod reader;
mod resolve;
mod tense;
mod timex;
mod words;

use crate::{Article, Edtf, Span, Tokens};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
pub use timex::Timex;

/// A time named in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Time {
    /// The words.
    pub span: Span,
    /// Its tokens, half-open.
    pub tokens: (usize, usize),
    /// The value; `None` where the words cannot be placed ("on Tuesday" in a text without a date) or name no place in the
    /// calendar ("three days", "now").
    pub value: Option<Edtf>,
    /// How it was read.
    pub basis: TimeBasis,
    /// The weekday named, Monday 1 to Sunday 7, where the value alone does not fix the day.
    pub weekday: Option<u8>,
    /// Whether it is a time, or the bound of a longer one.
    pub role: TimeRole,
    /// What sort of time it is.
    pub kind: TimeKind,
    /// The unit of the calendar that the words name; the value may have to write it as an interval of days or months.
    pub grain: TimeUnit,
    /// A part of the time, or how exact it is.
    pub modifier: Option<Modifier>,
    /// The hour and minute.
    pub clock: Option<(u8, u8)>,
    /// The part of the day.
    pub part: Option<DayPart>,
    /// How long: of a duration, a set or an age, or of the way from another event ("three days after the raid").
    pub length: Option<Length>,
    /// Where it lies, when it has no place in the calendar.
    pub vague: Option<Vague>,
    /// The two times that bound it, when it is told as a range ("from 12 to 19 March").
    pub ends: Option<Box<[Time; 2]>>,
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

/// What sort of time the words name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TimeKind {
    /// A place in the calendar or on the clock, be it known or not.
    At,
    /// How long something lasts: "for three days".
    Duration,
    /// Times that come again: "every Friday", "daily".
    Set,
    /// How old somebody is: "34-year-old".
    Age,
}

/// A unit of the calendar or the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeUnit {
    /// The second.
    Second,
    /// The minute.
    Minute,
    /// The hour.
    Hour,
    /// A day of the calendar.
    Day,
    /// Saturday and Sunday.
    Weekend,
    /// Monday to Sunday.
    Week,
    /// Two weeks.
    Fortnight,
    /// The month.
    Month,
    /// Three months.
    Season,
    /// Three months that a year of accounts is cut into.
    Quarter,
    /// Half a year.
    Half,
    /// The year.
    Year,
    /// The decade.
    Decade,
    /// The century.
    Century,
    /// The millennium.
    Millennium,
}

impl TimeUnit {
    /// The unit of a word of the list, and whether the word is in the plural.
    fn named(word: &str) -> Option<(TimeUnit, bool)> {
        use TimeUnit::*;
        Some(match word {
            "second" => (Second, false),
            "seconds" => (Second, true),
            "minute" => (Minute, false),
            "minutes" => (Minute, true),
            "hour" => (Hour, false),
            "hours" => (Hour, true),
            "day" => (Day, false),
            "days" => (Day, true),
            "weekend" => (Weekend, false),
            "weekends" => (Weekend, true),
            "week" => (Week, false),
            "weeks" => (Week, true),
            "fortnight" => (Fortnight, false),
            "fortnights" => (Fortnight, true),
            "month" => (Month, false),
            "months" => (Month, true),
            "quarter" => (Quarter, false),
            "quarters" => (Quarter, true),
            "half" => (Half, false),
            "year" => (Year, false),
            "years" => (Year, true),
            "decade" => (Decade, false),
            "decades" => (Decade, true),
            "century" => (Century, false),
            "centuries" => (Century, true),
            "millennium" => (Millennium, false),
            "millennia" => (Millennium, true),
            _ => return None,
        })
    }
}

/// A part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DayPart {
    /// From dawn on.
    Morning,
    /// The midday.
    Midday,
    /// The afternoon.
    Afternoon,
    /// The evening.
    Evening,
    /// The night.
    Night,
    /// All but the night.
    Daytime,
}

impl DayPart {
    fn named(word: &str) -> Option<DayPart> {
        Some(match word {
            "morning" => DayPart::Morning,
            "midday" => DayPart::Midday,
            "afternoon" => DayPart::Afternoon,
            "evening" => DayPart::Evening,
            "night" => DayPart::Night,
            "daytime" => DayPart::Daytime,
            _ => return None,
        })
    }
}

/// A part of a time, or how exact it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Modifier {
    /// "early", "the beginning of"
    Start,
    /// "mid-", "the middle of"
    Mid,
    /// "late", "the end of"
    End,
    /// "about"
    About,
    /// "nearly", "less than"
    Less,
    /// "more than"
    More,
    /// "up to"
    AtMost,
    /// "at least"
    AtLeast,
    /// "1994 or later"
    From,
    /// "1994 or earlier"
    Until,
}

impl Modifier {
    fn named(word: &str) -> Option<Modifier> {
        Some(match word {
            "start" => Modifier::Start,
            "mid" => Modifier::Mid,
            "end" => Modifier::End,
            "about" => Modifier::About,
            "less" => Modifier::Less,
            "more" => Modifier::More,
            "at-most" => Modifier::AtMost,
            "at-least" => Modifier::AtLeast,
            "from" => Modifier::From,
            "until" => Modifier::Until,
            _ => return None,
        })
    }
}

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Length {
    /// How many units, in tenths; `None` where the text does not say ("several weeks").
    pub tenths: Option<u32>,
    /// Of what.
    pub unit: TimeUnit,
}

/// Where a time lies that has no place in the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Vague {
    /// "recently"
    Past,
    /// "now"
    Present,
    /// "soon"
    Future,
}

/// The times at which something can happen, in text order; they do not overlap. Durations, sets, ages and words such as
/// "now" are not among them. *Cost*: linear in the tokens.
pub fn times(article: &Article, tokens: &Tokens) -> Vec<Time> {
    let mut all = all_times(article, tokens);
    all.retain(|t| t.kind == TimeKind::At && t.vague.is_none());
    all
}

/// As [`times`], with durations, sets, ages and times that have no place in the calendar. *Cost*: linear in the tokens.
pub fn all_times(article: &Article, tokens: &Tokens) -> Vec<Time> {
    reader::read(article, tokens)
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
