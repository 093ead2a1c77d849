//! The words of `times.txt`, by their first piece.
//!
//! A word may be many things ("second", "may", "last"), so each has one record of all that it can be; what takes several
//! words stands in a list beside it. One look-up a piece finds both.

use super::feasts::Feast;
use super::{DayPart, Modifier, TimeUnit, Vague};
use crate::phrases::sections;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Which of several: "this", "last", "the following".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    This,
    Last,
    Next,
    That,
    Before,
    After,
}

/// The day that steps are counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// The day of publication.
    Speech,
    /// The day that the text spoke of last.
    Story,
}

/// What stands before a time and takes a part of it or makes it inexact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    Modifier(Modifier),
    FirstHalf,
    SecondHalf,
    Any,
}

/// What a phrase says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Phrase {
    Edge(Edge),
    Approximate(Option<Modifier>),
    Behind(Modifier),
    Some,
    Stretch,
    /// Past, present or future, and whether only behind a preposition.
    Vague(Vague, bool),
    /// Steps of days, from where, and the part of the day.
    Day(From, i8, Option<DayPart>),
    Ago(From, i8),
    Feast(Feast),
    Zone,
    HourPart(DayPart),
    YearHead,
    Ahead,
    Overnight,
    YearEnd,
    Not,
}

/// Small words that join the parts of a time, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Small(u64);

macro_rules! small {
    ($($name:ident = $list:literal,)*) => {
        impl Small {
            const LISTS: &'static [&'static str] = &[$($list),*];
            small!(@ 0; $($name,)*);
        }
    };
    (@ $n:expr; $name:ident, $($rest:ident,)*) => {
        pub(super) const $name: Small = Small(1 << ($n));
        small!(@ $n + 1; $($rest,)*);
    };
    (@ $n:expr;) => {};
}

small! {
    SINCE = "since",
    UNTIL = "until",
    LEAD = "lead",
    THE = "the",
    A = "a",
    OF = "of",
    OF_ONLY = "of-only",
    ON = "on",
    AT = "at",
    TO = "to",
    AND = "and",
    OR = "or",
    BETWEEN = "between",
    HOURS = "hours-of",
    HALF = "half",
    RATE = "rate",
    EVERY = "every",
    FISCAL = "fiscal",
    PERIOD = "period",
    AGE = "age",
    WILL = "will",
    DID = "did",
    UNIT_ADJECTIVE = "unit-adjective",
    DOUBTFUL = "doubtful",
    SINCE_CLAUSE = "since-clause",
    UNTIL_CLAUSE = "until-clause",
    FREE = "free",
    VERY = "very",
    OTHER = "other",
    AGED = "aged",
    LONG = "long",
    EXTENT = "extent",
    FINAL = "final",
    EVENT = "event",
    O_CLOCK = "o-clock",
    NUMBERED = "numbered",
}

/// All that one piece can be.
#[derive(Debug, Clone, Default)]
pub(super) struct Word {
    pub(super) month: u8,
    pub(super) weekday: u8,
    /// Weekday that comes again and again.
    pub(super) weekdays: u8,
    pub(super) season: u8,
    pub(super) part: Option<DayPart>,
    pub(super) hour: Option<u8>,
    /// Unit, and whether in the plural.
    pub(super) unit: Option<(TimeUnit, bool)>,
    pub(super) often: Option<TimeUnit>,
    pub(super) ordinal: u8,
    pub(super) number: Option<u64>,
    pub(super) scale: u64,
    pub(super) which: Option<Which>,
    pub(super) decade: u8,
    pub(super) era: i8,
    /// Hours that "a.m." and "p.m." add.
    pub(super) noon: Option<u8>,
    pub(super) small: Small,
    /// Phrases that begin here: the pieces behind this one, and what they say. Longest first.
    pub(super) phrases: Vec<(Vec<String>, Phrase)>,
}

impl Word {
    /// Whether the word is of the list that `small` names.
    pub(super) fn is(&self, small: Small) -> bool {
        self.small.0 & small.0 != 0
    }

    /// Whether a time can begin here.
    pub(super) fn begins(&self) -> bool {
        self.month | self.weekday | self.weekdays | self.season | self.ordinal | self.decade > 0
            || self.part.is_some()
            || self.hour.is_some()
            || self.unit.is_some()
            || self.often.is_some()
            || self.number.is_some()
            || self.scale > 0
            || self.which.is_some()
            || self.era != 0
            || !self.phrases.is_empty()
            || self.is(Small::THE)
            || self.is(Small::A)
            || self.is(Small::EVERY)
            || self.is(Small::FISCAL)
            || self.is(Small::HALF)
            || self.is(Small::AGED)
    }
}

/// The compiled lists.
#[derive(Debug)]
pub(super) struct Words {
    by_piece: HashMap<String, Word>,
    nothing: Word,
}

impl Words {
    /// The words of English.
    pub(super) fn get() -> &'static Words {
        static WORDS: LazyLock<Words> = LazyLock::new(|| {
            Words::parse(
                include_str!("../../../../language/en/times.txt"),
                include_str!("../../../../language/en/numbers.txt"),
            )
        });
        &WORDS
    }

    /// A word that is nothing.
    pub(super) fn nothing(&self) -> &Word {
        &self.nothing
    }

    /// What `piece` can be.
    pub(super) fn of(&self, piece: &str) -> &Word {
        self.by_piece.get(piece).unwrap_or(&self.nothing)
    }

    fn parse(times: &str, numbers: &str) -> Words {
        let mut w = Words { by_piece: HashMap::new(), nothing: Word::default() };
        let numbers = sections(numbers);
        for (word, value) in numbers.get("value").into_iter().flatten() {
            // "no" and "none" count nothing that lasts.
            if let Some(n) = value.parse().ok().filter(|n| *n > 0) {
                w.word(word, |w| w.number = Some(n));
            }
        }
        for (word, value) in numbers.get("scale").into_iter().flatten().filter(|(word, _)| word.len() > 1) {
            w.word(word, |w| w.scale = value.parse().unwrap_or(0));
        }
        let sections = sections(times);
        let mut names: Vec<&&str> = sections.keys().collect();
        names.sort();
        for section in names {
            for (words, value) in &sections[*section] {
                w.row(section, words, value);
            }
        }
        w.by_piece.values_mut().for_each(|w| w.phrases.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.0.cmp(&b.0))));
        w
    }

    fn row(&mut self, section: &str, words: &str, value: &str) {
        let n = || value.parse::<u8>().unwrap_or(0);
        match section {
            "month" => self.word(words, |w| w.month = n()),
            "weekday" => self.word(words, |w| w.weekday = n()),
            "weekdays" => self.word(words, |w| w.weekdays = n()),
            "season" => self.word(words, |w| w.season = n()),
            "part" => self.word(words, |w| w.part = DayPart::named(value)),
            "hour" => self.word(words, |w| w.hour = Some(n())),
            "unit" => self.word(words, |w| w.unit = TimeUnit::named(value)),
            "often" => self.word(words, |w| w.often = TimeUnit::named(value).map(|(u, _)| u)),
            "ordinal" => self.word(words, |w| w.ordinal = n()),
            "decade-name" => self.word(words, |w| w.decade = n()),
            "era" => self.word(words, |w| w.era = value.parse().unwrap_or(0)),
            "noon" => self.word(words, |w| w.noon = Some(n())),
            "which" => {
                let which = match value {
                    "this" => Which::This,
                    "last" => Which::Last,
                    "next" => Which::Next,
                    "that" => Which::That,
                    "before" => Which::Before,
                    _ => Which::After,
                };
                self.word(words, |w| w.which = Some(which));
            }
            _ => match phrase(section, value) {
                Some(p) => self.phrase(words, p),
                None => {
                    if let Some(bit) = Small::LISTS.iter().position(|l| *l == section) {
                        self.word(words, |w| w.small.0 |= 1 << bit);
                    }
                }
            },
        }
    }

    fn word(&mut self, word: &str, set: impl FnOnce(&mut Word)) {
        set(self.by_piece.entry(word.to_owned()).or_default());
    }

    fn phrase(&mut self, words: &str, phrase: Phrase) {
        let spaced = words.replace('-', " - ");
        let mut pieces = spaced.split(' ').filter(|p| !p.is_empty()).map(str::to_owned);
        if let Some(first) = pieces.next() {
            self.by_piece.entry(first).or_default().phrases.push((pieces.collect(), phrase));
        }
    }
}

fn phrase(section: &str, value: &str) -> Option<Phrase> {
    let (head, rest) = value.split_once(' ').unwrap_or((value, ""));
    let steps = |s: &str| s.parse::<i8>().unwrap_or(0);
    Some(match section {
        "day" => Phrase::Day(From::Speech, steps(head), DayPart::named(rest)),
        "story" => Phrase::Day(From::Story, steps(head), DayPart::named(rest)),
        "ago" => Phrase::Ago(if head == "speech" { From::Speech } else { From::Story }, steps(rest)),
        "edge" => Phrase::Edge(match value {
            "first-half" => Edge::FirstHalf,
            "second-half" => Edge::SecondHalf,
            _ => Modifier::named(value).map_or(Edge::Any, Edge::Modifier),
        }),
        "approximate" => Phrase::Approximate(Modifier::named(value)),
        "behind" => Phrase::Behind(Modifier::named(value)?),
        "some" => Phrase::Some,
        "stretch" => Phrase::Stretch,
        "vague" => Phrase::Vague(
            match head {
                "past" => Vague::Past,
                "future" => Vague::Future,
                _ => Vague::Present,
            },
            rest == "lead",
        ),
        "feast" => Phrase::Feast(Feast::parse(value)?),
        "zone" => Phrase::Zone,
        "hour-part" => Phrase::HourPart(DayPart::named(value)?),
        "year-head" => Phrase::YearHead,
        "ahead" => Phrase::Ahead,
        "overnight" => Phrase::Overnight,
        "year-end" => Phrase::YearEnd,
        "not" => Phrase::Not,
        _ => return None,
    })
}
