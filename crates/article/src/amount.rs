//! Number phrases with bounds: "at least 30", "nearly 200", "two or three", "dozens", "1,500 to 2,200".
//!
//! The bounds follow the conventions of hand-coded conflict data: "more than n" is n+1 and open, "nearly n" runs from
//! ten per cent below n to n-1 (five per cent for round hundreds of some size is within the same bounds), "about n" is
//! plus or minus ten per cent, "dozens" is 24 to 99. Money, distances, durations, ages and the like are told apart by
//! the words beside them and are kept with their [`Unit`], so that a reader may pass over them knowingly.

use crate::phrases::{Phrases, sections};
use crate::{Span, Token, TokenKind, Tokens};
use std::sync::LazyLock;

/// A number phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// The words, approximator included.
    pub span: Span,
    /// Its tokens, half-open.
    pub tokens: (usize, usize),
    /// Lower bound, if the words give one.
    pub low: Option<u64>,
    /// Upper bound, if the words give one.
    pub high: Option<u64>,
    /// What is measured, as far as the neighbouring words tell.
    pub unit: Unit,
}

/// What a number measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// A count of things or people.
    Count,
    /// Money.
    Money,
    /// A share.
    Percent,
    /// Distance, length, area or calibre.
    Length,
    /// Mass or volume.
    Weight,
    /// A length of time or an hour of the day.
    Duration,
    /// An age, a rank, a house or route number.
    Label,
}

/// How an approximator moves the bounds of `n`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Approx {
    AtLeast,
    UpTo,
    Above,
    Below,
    Nearly,
    About,
    Exact,
}

impl Approx {
    fn bounds(self, low: u64, high: u64) -> (Option<u64>, Option<u64>) {
        match self {
            Approx::AtLeast => (Some(low), None),
            Approx::UpTo => (None, Some(high)),
            Approx::Above => (Some(low.saturating_add(1)), None),
            Approx::Below => (None, Some(high.saturating_sub(1))),
            Approx::Nearly => (Some(low - low / if low >= 100 { 20 } else { 10 }), Some(high.saturating_sub(1))),
            Approx::About => (Some(low - low / 10), Some(high.saturating_add(high / 10))),
            Approx::Exact => (Some(low), Some(high)),
        }
    }
}

/// All number phrases in text order; they do not overlap.
pub fn amounts(tokens: &Tokens) -> Vec<Amount> {
    let mut out = Vec::new();
    for s in &tokens.sentences {
        let (from, to) = s.tokens;
        let mut i = from;
        while i < to {
            match phrase(&tokens.tokens, from, i, to) {
                Some(a) => {
                    i = a.tokens.1;
                    out.push(a);
                }
                None => i += 1,
            }
        }
    }
    out
}

/// The value of a plain number phrase such as "twenty-one" or "1,200", without approximators.
pub fn number(tokens: &[Token], at: usize, to: usize) -> Option<(u64, usize)> {
    Words::get().number(tokens, at, to)
}

fn phrase(t: &[Token], from: usize, at: usize, to: usize) -> Option<Amount> {
    let w = Words::get();
    // Approximator, then number; or a vague word on its own.
    let (approx, n0) = match w.before.longest(t, at, to) {
        // "has gone up to four" is four.
        Some((Approx::UpTo, end)) if at > from && w.rise.word(&t[at - 1].norm).is_some() => (Some(Approx::Exact), end),
        Some((a, end)) => (Some(*a), end),
        None => (None, at),
    };
    let (low, high, mut end) = if let Some(((a, b), end)) = w.vague.longest(t, n0, to) {
        (*a, *b, end)
    } else {
        let (a, end) = w.number(t, n0, to)?;
        let between = n0 > from && t[n0 - 1].norm == "between";
        match w.range(t, end, to, a, between) {
            Some((b, end)) => (a, b, end),
            None => (a, a, end),
        }
    };
    // "five (5) soldiers" says it twice.
    let again = |k: usize| {
        t.get(k).filter(|_| k + 2 < to && t[k].norm == "(" && t[k + 2].norm == ")").and_then(|_| w.number(t, k + 1, to))
    };
    if again(end).is_some_and(|(n, e)| n == high && e == end + 2) {
        end += 3;
    }
    let mut approx = approx;
    if approx.is_none()
        && let Some((a, e)) = w.after.longest(t, end, to)
    {
        (approx, end) = (Some(*a), e);
    }
    let unit = w.unit(t, from, at, n0, end, to);
    let (low, high) = match approx {
        Some(Approx::Exact) | None => (Some(low), Some(high)),
        Some(a) => a.bounds(low, high),
    };
    Some(Amount { span: t[at].span.join(t[end - 1].span), tokens: (at, end), low, high, unit })
}

/// The words of `numbers.txt`.
struct Words {
    value: Phrases<u64>,
    scale: Phrases<u64>,
    vague: Phrases<(u64, u64)>,
    before: Phrases<Approx>,
    after: Phrases<Approx>,
    rise: Phrases<()>,
    units: Vec<(Unit, Phrases<()>)>,
    money_before: Phrases<()>,
    label_before: Phrases<()>,
}

impl Words {
    fn get() -> &'static Words {
        static WORDS: LazyLock<Words> =
            LazyLock::new(|| Words::parse(include_str!("../../../language/en/numbers.txt")));
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
        let here = |name: &str| Phrases::of(rows(name), |_| Some(()));
        Words {
            value: Phrases::of(rows("value"), |v| v.parse().ok()),
            scale: Phrases::of(rows("scale"), |v| v.parse().ok()),
            vague: Phrases::of(rows("vague"), |v| {
                let (a, b) = v.split_once(' ')?;
                Some((a.parse().ok()?, b.parse().ok()?))
            }),
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
        }
    }

    /// "1,200", "21", "twenty-one", "two hundred and five", "a dozen", "1.5 million".
    fn number(&self, t: &[Token], at: usize, to: usize) -> Option<(u64, usize)> {
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
                && matches!(t[i].norm.as_str(), "a" | "an")
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
            } else if any && t[i].norm == "and" && i + 1 < to && part >= 100 && self.below_hundred(t, i + 1, to) {
                i += 1;
            } else {
                break;
            }
        }
        any.then(|| (total.saturating_add(part), i))
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
    fn range(&self, t: &[Token], at: usize, to: usize, low: u64, between: bool) -> Option<(u64, usize)> {
        let joins = matches!(t.get(at).filter(|_| at < to)?.norm.as_str(), "to" | "or" | "-" | "and");
        let (high, end) = self.number(t, at + 1, to).filter(|_| joins)?;
        let near = match t[at].norm.as_str() {
            "and" => between,
            "or" => high <= low.saturating_mul(2).max(low + 3),
            _ => true,
        };
        (near && high > low).then_some((high, end))
    }

    fn unit(&self, t: &[Token], from: usize, at: usize, n0: usize, end: usize, to: usize) -> Unit {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Article;

    /// Each line: a text, then its number phrases as `words=low..high`, open ends left out, other units in brackets.
    const CASES: &str = include_str!("../../../testdata/language/amounts.txt");

    #[test]
    fn reads_the_cases() {
        for line in CASES.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let (text, want) = line.split_once(" => ").unwrap();
            let article = Article::plain(text);
            let show = |n: Option<u64>| n.map_or(String::new(), |n| n.to_string());
            let got: Vec<String> = amounts(&Tokens::of(&article))
                .iter()
                .map(|a| {
                    let unit = if a.unit == Unit::Count { String::new() } else { format!(" [{:?}]", a.unit) };
                    format!("{}={}..{}{unit}", a.span.of(&article.text), show(a.low), show(a.high))
                })
                .collect();
            assert_eq!(got.join("; "), want, "{text}");
        }
    }
}
