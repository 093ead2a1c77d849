//! Number phrases with bounds: "at least 30", "nearly 200", "two or three", "dozens", "1,500 to 2,200".
//!
//! The bounds follow the conventions of hand-coded conflict data: "more than n" is n+1 and open, "nearly n" runs from
//! ten per cent below n to n-1 (five per cent for round hundreds of some size is within the same bounds), "about n" is
//! plus or minus ten per cent, "dozens" is 24 to 99. Money, distances, durations, ages and the like are told apart by
//! the words beside them and are kept with their [`Unit`], so that a reader may pass over them knowingly.
//!
//! [`amounts`] reads tokens only, and is cheap. [`counts`] asks the tree of a sentence who is counted, what is part of
//! what, and which verb it depends on.

mod counts;
mod draft;
mod governor;
mod noun;
mod relate;
mod words;

pub use counts::{Count, Counted, Form, Relation, counts};
pub use governor::{Governor, Role};

use crate::{Span, Token, Tokens};
use words::{Approx, Words};

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
        let between = n0 > from && w.between.word(&t[n0 - 1].norm).is_some();
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
