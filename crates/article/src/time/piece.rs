//! The pieces that times are read from: tokens, and the parts between the hyphens of a word ("third-quarter", "mid-1996").

use super::words::{Word, Words};
use crate::{Token, TokenKind};

/// A token or a part of one.
#[derive(Debug, Clone)]
pub(super) struct Piece<'a> {
    pub(super) token: usize,
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) norm: &'a str,
    pub(super) word: &'static Word,
    pub(super) digits: Digits,
    pub(super) capital: bool,
    pub(super) kind: TokenKind,
}

/// What a piece that begins with a digit says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Digits {
    /// No number.
    None,
    /// A number, how many digits it has, and whether they are grouped by a comma.
    Plain(u32, u8, bool),
    /// "4th"
    Ordinal(u32),
    /// "1990s", "80s"
    Decade(u32, u8),
    /// "7:15", and its seconds are dropped.
    Clock(u8, u8),
    /// "10pm": hour, minute and the hours to add.
    Noon(u8, u8, u8),
    /// "28.11.2024": three numbers.
    Dotted(u32, u32, u32),
    /// "2.5": tenths.
    Tenths(u32),
}

/// The pieces of all tokens of `text`.
pub(super) fn pieces<'a>(text: &str, tokens: &'a [Token], words: &'static Words) -> Vec<Piece<'a>> {
    let mut out = Vec::with_capacity(tokens.len() + tokens.len() / 16);
    for (token, t) in tokens.iter().enumerate() {
        let whole = t.span.len() == t.norm.len() && t.kind == TokenKind::Word && t.norm.contains('-');
        if !whole {
            push(text, token, t, (0, t.norm.len()), words, &mut out);
            continue;
        }
        let mut at = 0;
        for (n, part) in t.norm.split('-').enumerate() {
            if n > 0 {
                push(text, token, t, (at, at + 1), words, &mut out);
                at += 1;
            }
            push(text, token, t, (at, at + part.len()), words, &mut out);
            at += part.len();
        }
    }
    out
}

fn push<'a>(
    text: &str,
    token: usize,
    t: &'a Token,
    (from, to): (usize, usize),
    words: &'static Words,
    out: &mut Vec<Piece<'a>>,
) {
    let norm = t.norm.get(from..to).unwrap_or("");
    let part = to - from < t.norm.len();
    let digit = norm.as_bytes().first().is_some_and(u8::is_ascii_digit);
    let digits = if digit { read(norm) } else { Digits::None };
    let kind = if !part {
        t.kind
    } else if digit {
        TokenKind::Number
    } else if norm == "-" {
        TokenKind::Mark
    } else {
        TokenKind::Word
    };
    let (start, end) =
        if part { (t.span.start + from as u32, t.span.start + to as u32) } else { (t.span.start, t.span.end) };
    let capital = t.capital && !part || part && text.as_bytes().get(start as usize).is_some_and(u8::is_ascii_uppercase);
    out.push(Piece { token, start, end, norm, word: words.of(norm), digits, capital, kind });
}

/// Reads a number as the tokenizer cut it: digits with inner separators, then letters.
fn read(norm: &str) -> Digits {
    let stem = norm.trim_end_matches(|c: char| c.is_alphabetic());
    let tail = &norm[stem.len()..];
    if !stem.is_ascii() || stem.len() > 12 {
        return Digits::None;
    }
    let n = |s: &str| s.parse::<u32>().ok();
    if stem.contains(':') {
        let mut it = stem.split(':');
        let (hour, minute) = (it.next().and_then(n), it.next().and_then(n));
        return match (hour, minute) {
            (Some(h), Some(m)) if h <= 24 && m < 60 => match tail {
                "" | "h" | "z" => Digits::Clock(h as u8, m as u8),
                "am" => Digits::Noon(h as u8, m as u8, 0),
                "pm" => Digits::Noon(h as u8, m as u8, 12),
                _ => Digits::None,
            },
            _ => Digits::None,
        };
    }
    if stem.contains('.') && !stem.contains(',') {
        let parts: Vec<Option<u32>> = stem.split('.').map(n).collect();
        return match (&parts[..], tail) {
            ([Some(a), Some(b), Some(c)], "") => Digits::Dotted(*a, *b, *c),
            ([Some(a), Some(b)], "") if stem.len() - stem.find('.').unwrap_or(0) == 2 && *a < 100_000 => {
                Digits::Tenths(a * 10 + b)
            }
            ([Some(h), Some(m)], "am" | "pm") if *h <= 12 && *m < 60 => {
                Digits::Noon(*h as u8, *m as u8, if tail == "pm" { 12 } else { 0 })
            }
            _ => Digits::None,
        };
    }
    let grouped = stem.contains(',');
    let plain: String = stem.chars().filter(|c| *c != ',').collect();
    let Some(value) = n(&plain) else { return Digits::None };
    match tail {
        "" => Digits::Plain(value, plain.len() as u8, grouped),
        "st" | "nd" | "rd" | "th" if !grouped && value <= 100 => Digits::Ordinal(value),
        "s" if !grouped && value % 10 == 0 && matches!(plain.len(), 2 | 4) => Digits::Decade(value, plain.len() as u8),
        "am" if value <= 12 => Digits::Noon(value as u8, 0, 0),
        "pm" if value <= 12 => Digits::Noon(value as u8, 0, 12),
        _ => Digits::None,
    }
}
