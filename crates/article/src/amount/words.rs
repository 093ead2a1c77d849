//! The words of `language/en/numbers.txt`, and how they make numbers.

use super::Unit;
use crate::phrases::{Phrases, sections};
use crate::{Token, TokenKind};
use std::sync::LazyLock;

/// How an approximator moves the bounds of `n`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Approx {
    AtLeast,
    UpTo,
    Above,
    Below,
    Nearly,
    About,
    Exact,
}

impl Approx {
    pub(super) fn bounds(self, low: u64, high: u64) -> (Option<u64>, Option<u64>) {
        match self {
            Approx::AtLeast => (Some(low), None),
            Approx::UpTo => (None, Some(high)),
            Approx::Above => (Some(low.saturating_add(1)), None),
            Approx::Below => (None, Some(high.saturating_sub(1))),
            Approx::Nearly => {
                let high = high.saturating_sub(1);
                (Some((low - low / if low >= 100 { 20 } else { 10 }).min(high)), Some(high))
            }
            Approx::About => (Some(low - low / 10), Some(high.saturating_add(high / 10))),
            Approx::Exact => (Some(low), Some(high)),
        }
    }
}

/// No phrase that stands before a number has more words.
const LONGEST: usize = 6;

/// The words of `numbers.txt`, by section.
pub(super) struct Words {
    value: Phrases<u64>,
    scale: Phrases<u64>,
    pub(super) vague: Phrases<(u64, u64)>,
    pub(super) before: Phrases<Approx>,
    pub(super) after: Phrases<Approx>,
    pub(super) rise: Phrases<()>,
    units: Vec<(Unit, Phrases<()>)>,
    money_before: Phrases<()>,
    label_before: Phrases<()>,
    article: Phrases<()>,
    and: Phrases<()>,
    range: Phrases<()>,
    pub(super) range_or: Phrases<()>,
    pub(super) between: Phrases<()>,
    pub(super) of: Phrases<()>,
    pub(super) definite: Phrases<()>,
    pub(super) single: Phrases<()>,
    pub(super) pronoun: Phrases<()>,
    pub(super) collective: Phrases<()>,
    /// Least and most per cent of a whole.
    pub(super) share: Phrases<(u64, u64)>,
    pub(super) part: Phrases<()>,
    pub(super) among: Phrases<()>,
    pub(super) times: Phrases<u64>,
    pub(super) times_of: Phrases<()>,
    pub(super) was: Phrases<()>,
    pub(super) from: Phrases<()>,
    pub(super) to: Phrases<()>,
    pub(super) change: Phrases<()>,
    pub(super) be: Phrases<()>,
    pub(super) active_endings: Vec<String>,
}

impl Words {
    pub(super) fn get() -> &'static Words {
        static WORDS: LazyLock<Words> =
            LazyLock::new(|| Words::parse(include_str!("../../../../language/en/numbers.txt")));
        &WORDS
    }

    fn parse(text: &str) -> Words {
        let sections = sections(text);
        let rows = |name: &str| sections.get(name).map_or(&[][..], Vec::as_slice);
        let approx = |s: &str| {
            Some(match s {
                "at-least" => Approx::AtLeast,
                "up-to" => Approx::UpTo,
                "above" => Approx::Above,
                "below" => Approx::Below,
                "nearly" => Approx::Nearly,
                "about" => Approx::About,
                "exact" => Approx::Exact,
                _ => return None,
            })
        };
        let two = |v: &str| {
            let (a, b) = v.split_once(' ')?;
            Some((a.parse().ok()?, b.parse().ok()?))
        };
        let here = |name: &str| Phrases::of(rows(name), |_| Some(()));
        Words {
            value: Phrases::of(rows("value"), |v| v.parse().ok()),
            scale: Phrases::of(rows("scale"), |v| v.parse().ok()),
            vague: Phrases::of(rows("vague"), two),
            before: Phrases::of(rows("before"), approx),
            after: Phrases::of(rows("after"), approx),
            units: [
                ("money", Unit::Money),
                ("percent", Unit::Percent),
                ("length", Unit::Length),
                ("weight", Unit::Weight),
                ("duration", Unit::Duration),
            ]
            .map(|(name, unit)| (unit, here(name)))
            .into(),
            rise: here("rise"),
            money_before: here("money-before"),
            label_before: here("age-before"),
            article: here("article"),
            and: here("and"),
            range: here("range"),
            range_or: here("range-or"),
            between: here("between"),
            of: here("of"),
            definite: here("definite"),
            single: here("single"),
            pronoun: here("pronoun"),
            collective: here("collective"),
            share: Phrases::of(rows("share"), two),
            part: here("part"),
            among: here("among"),
            times: Phrases::of(rows("times"), |v| v.parse().ok()),
            times_of: here("times-of"),
            was: here("was"),
            from: here("from"),
            to: here("to"),
            change: here("change"),
            be: here("be"),
            active_endings: rows("active-ending").iter().map(|(w, _)| (*w).to_owned()).collect(),
        }
    }

    /// "1,200", "21", "twenty-one", "two hundred and five", "a dozen", "1.5 million".
    pub(super) fn number(&self, t: &[Token], at: usize, to: usize) -> Option<(u64, usize)> {
        let (mut total, mut part, mut i, mut any) = (0u64, 0u64, at, false);
        let mut fraction = 0f64;
        while i < to {
            if t[i].kind == TokenKind::Number {
                if any {
                    break;
                }
                let n: String = t[i].norm.chars().filter(|c| *c != ',').collect();
                if let Ok(v) = n.parse::<u64>() {
                    part = v;
                } else {
                    let v: f64 = n.parse().ok().filter(|_| n.matches('.').count() == 1)?;
                    (part, fraction) = (v as u64, v.fract());
                }
                (i, any) = (i + 1, true);
            } else if let Some((v, e)) = self.value.longest(t, i, to) {
                // "two three" is no number; "sixty three" and "hundred three" are.
                if any && !((20..100).contains(&(part % 100)) && part % 10 == 0 && *v < 10 || part >= 100 || part == 0)
                {
                    break;
                }
                if any && *v == 0 {
                    break;
                }
                (part, i, any) = (part.saturating_add(*v), e, true);
            } else if let Some(v) = self.hyphened(&t[i].norm) {
                if any {
                    break;
                }
                (part, i, any) = (v, i + 1, true);
            } else if let Some((v, e)) = self.scale.longest(t, i, to) {
                let article = !any && i == at;
                if article {
                    break;
                }
                let scaled = if fraction > 0.0 {
                    ((part as f64 + fraction) * *v as f64) as u64
                } else {
                    part.max(1).saturating_mul(*v)
                };
                fraction = 0.0;
                if *v >= 1000 {
                    (total, part) = (total.saturating_add(scaled), 0);
                } else {
                    part = scaled;
                }
                i = e;
            } else if !any
                && self.article.word(&t[i].norm).is_some()
                && i + 1 < to
                && self.scale.longest(t, i + 1, to).is_some()
            {
                // "a dozen", "a hundred"
                (i, any) = (i + 1, true);
                let (v, e) = self.scale.longest(t, i, to)?;
                part = *v;
                i = e;
                if *v >= 1000 {
                    (total, part) = (*v, 0);
                }
            } else if any
                && self.and.word(&t[i].norm).is_some()
                && i + 1 < to
                && part >= 100
                && self.below_hundred(t, i + 1, to)
            {
                i += 1;
            } else {
                break;
            }
        }
        any.then(|| (total.saturating_add(part), i))
    }

    /// Where the longest of `phrases` that ends right before token `at` begins, no earlier than `from`.
    pub(super) fn ending<V>(phrases: &Phrases<V>, t: &[Token], from: usize, at: usize) -> Option<usize> {
        let first = at.saturating_sub(LONGEST).max(from);
        (first..at).find(|i| phrases.longest(t, *i, at).is_some_and(|(_, end)| end == at))
    }

    fn below_hundred(&self, t: &[Token], at: usize, to: usize) -> bool {
        self.value.longest(t, at, to).is_some_and(|(v, _)| (1..100).contains(v)) || self.hyphened(&t[at].norm).is_some()
    }

    /// "twenty-one"
    fn hyphened(&self, norm: &str) -> Option<u64> {
        let (tens, ones) = norm.split_once('-')?;
        let one = |w: &str| self.value.word(w).copied();
        let (a, b) = (one(tens)?, one(ones)?);
        (a >= 20 && a % 10 == 0 && (1..10).contains(&b)).then_some(a + b)
    }

    /// The upper end behind "to", "or", "-", when it is larger.
    pub(super) fn range(&self, t: &[Token], at: usize, to: usize, low: u64, between: bool) -> Option<(u64, usize)> {
        let joiner = t.get(at).filter(|_| at < to)?.norm.as_str();
        let joins = self.range.word(joiner).is_some();
        let (high, end) = self.number(t, at + 1, to).filter(|_| joins)?;
        let near = if self.and.word(joiner).is_some() {
            between
        } else {
            self.range_or.word(joiner).is_none() || high <= low.saturating_mul(2).max(low.saturating_add(3))
        };
        (near && high > low).then_some((high, end))
    }

    pub(super) fn unit(&self, t: &[Token], from: usize, at: usize, n0: usize, end: usize, to: usize) -> Unit {
        let before = |k: usize| (k > from).then(|| &t[k - 1]);
        if let Some(b) = before(n0.max(at)).or(before(at)) {
            if self.money_before.word(&b.norm).is_some() {
                return Unit::Money;
            }
            if self.label_before.word(&b.norm).is_some() && t[n0].kind == TokenKind::Number {
                return Unit::Label;
            }
            // "Route-12", "G-7", "F-16": a number stuck to a letter by a hyphen is a name.
            if b.norm == "-" && b.span.end == t[at].span.start {
                return Unit::Label;
            }
        }
        // "11-year-old", "50-metre": a number stuck to a word measures that word.
        let stuck = |k: usize| k < to && t[k].span.start == t[k - 1].span.end;
        if stuck(end) && t[end].norm == "-" && stuck(end + 1) && t[end + 1].kind == TokenKind::Word {
            return Unit::Label;
        }
        for (unit, words) in &self.units {
            if words.longest(t, end, to).is_some() {
                return *unit;
            }
        }
        // "Hannah Pell, 29, from Leeds" and "Budhri (15)": an age between marks behind a name.
        let n = &t[at];
        let mark = |k: usize, set: &[&str]| t.get(k).filter(|_| k < to).is_some_and(|t| set.contains(&t.norm.as_str()));
        if end == at + 1
            && n.kind == TokenKind::Number
            && n.norm.len() <= 2
            && at >= from + 2
            && t[at - 2].capital
            && ((mark(at - 1, &[","]) && (mark(end, &[",", "."]) || end == to))
                || (mark(at - 1, &["("]) && mark(end, &[")"])))
        {
            return Unit::Label;
        }
        // "22:00", "303"-calibre style tokens with letters, "1990s".
        if n.kind == TokenKind::Number && (n.norm.contains(':') || n.norm.bytes().any(|b| b.is_ascii_alphabetic())) {
            return Unit::Label;
        }
        Unit::Count
    }
}
