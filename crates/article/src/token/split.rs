//! Splits one block into sentences and tokens, by rule.
//!
//! A mark that can end a sentence does so unless it belongs to an abbreviation, an initial or the number of a list's item, or
//! lower case goes on behind it. Behind an abbreviation a sentence ends only before a capitalised word of the list of
//! openers. An item of a list begins a sentence of its own, a note's number in brackets belongs to the sentence before it.
//!
//! [`crate::grammar::Worker::sentences`] finds sentences too, by a network, for text of which only words are known: it does
//! better where stops are missing, as in web text, and these rules do better on edited prose, which is what articles are;
//! `docs/models.md` has the figures. Rules also say of each end why it is one. So both stay, and articles are read by these.

use super::{Sentence, Token, TokenKind, Tokens, fold};
use crate::Span;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Words that end in a full stop without ending a sentence.
static ABBREVIATIONS: &str = include_str!("../../../../language/en/abbreviations.txt");

/// Words that open a sentence behind an abbreviation.
static OPENERS: &str = include_str!("../../../../language/en/openers.txt");

/// Appends the sentences and tokens of `text[span]`.
pub(super) fn block(text: &str, block: usize, span: Span, out: &mut Tokens) {
    let first = out.tokens.len();
    tokens(text, span, &mut out.tokens);
    let mut start = first;
    let end = out.tokens.len();
    let mut i = first;
    while i < end {
        if i > start && begins_item(text, &out.tokens[..end], i) {
            push(out, block, start, i);
            start = i;
        }
        if ends_sentence(text, &out.tokens[..end], start, i) {
            // Closing quotes and brackets belong to the sentence that they close, and so do more marks of one run.
            let mut last = i;
            while last + 1 < end && closes(text, &out.tokens[last + 1], out.tokens[last].span.end) {
                last += 1;
            }
            while is_reference(&out.tokens[last + 1..end]) {
                last += 3;
            }
            push(out, block, start, last + 1);
            start = last + 1;
            i = last;
        }
        i += 1;
    }
    if start < end {
        push(out, block, start, end);
    }
}

fn push(out: &mut Tokens, block: usize, start: usize, end: usize) {
    let span = out.tokens[start].span.join(out.tokens[end - 1].span);
    out.sentences.push(Sentence { span, tokens: (start, end), block });
}

fn closes(text: &str, t: &Token, after: u32) -> bool {
    t.span.start == after && matches!(t.span.of(text), "\"" | "”" | "’" | "'" | ")" | "]" | "»" | "!" | "?")
}

/// A note's number in brackets, "[17]": it belongs to the sentence before it.
fn is_reference(tokens: &[Token]) -> bool {
    match tokens {
        [open, number, close, ..] => open.norm == "[" && number.kind == TokenKind::Number && close.norm == "]",
        _ => false,
    }
}

fn ends_sentence(text: &str, tokens: &[Token], start: usize, i: usize) -> bool {
    let t = &tokens[i];
    match t.norm.as_str() {
        "!" | "?" => {}
        "." | "..." => {
            let before = (i > start).then(|| &tokens[i - 1]).filter(|b| b.span.end == t.span.start);
            if let Some(b) = before {
                // "1. The road": the number of an item.
                if i == start + 1 && b.kind == TokenKind::Number && t.norm == "." {
                    return false;
                }
                if b.kind == TokenKind::Word && is_initial(b, text) {
                    return false;
                }
                if b.kind == TokenKind::Word && among(&ABBREVIATION_SET, &b.norm) {
                    return opens(text, tokens, i + 1);
                }
            }
        }
        // "U.S." and "a.m." keep their last stop.
        norm => return t.kind == TokenKind::Word && norm.ends_with('.') && opens(text, tokens, i + 1),
    }
    // A sentence begins with a capital, a digit, a quote or a bracket; lower case goes on.
    let mut j = i + 1;
    while j < tokens.len() && closes(text, &tokens[j], tokens[j - 1].span.end) {
        j += 1;
    }
    match tokens.get(j) {
        None => true,
        Some(n) if n.span.start == tokens[j - 1].span.end && n.kind != TokenKind::Mark => false,
        Some(n) => n.capital || n.kind != TokenKind::Word,
    }
}

fn is_initial(b: &Token, text: &str) -> bool {
    b.capital && b.span.of(text).chars().count() == 1
}

/// Whether the token at `i` is a capitalised opener; in a text of capitals none is known to be.
fn opens(text: &str, tokens: &[Token], i: usize) -> bool {
    tokens.get(i).is_some_and(|n| {
        let lower = n.span.of(text).chars().skip(1).all(char::is_lowercase);
        n.capital && lower && among(&OPENER_SET, &n.norm)
    })
}

/// Whether the token at `i` is the first of a line and marks an item of a list.
fn begins_item(text: &str, tokens: &[Token], i: usize) -> bool {
    let (before, t) = (&tokens[i - 1], &tokens[i]);
    if !Span::new(before.span.end as usize, t.span.start as usize).of(text).contains('\n') {
        return false;
    }
    let Some(next) = tokens.get(i + 1) else { return false };
    let apart = t.span.end < next.span.start;
    match t.norm.as_str() {
        "•" | "·" | "*" | "-" => apart,
        _ if t.kind == TokenKind::Number => {
            !apart
                && matches!(next.norm.as_str(), "." | ")")
                && matches!(before.norm.as_str(), "." | ":" | ";" | "!" | "?")
        }
        _ => false,
    }
}

type List = LazyLock<HashSet<&'static str>>;
static ABBREVIATION_SET: List = LazyLock::new(|| lines(ABBREVIATIONS));
static OPENER_SET: List = LazyLock::new(|| lines(OPENERS));

fn lines(list: &'static str) -> HashSet<&'static str> {
    list.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')).collect()
}

/// No word of a list is longer than some bytes, so that long tokens need not be hashed.
fn among(list: &List, norm: &str) -> bool {
    norm.len() <= 16 && list.contains(norm)
}

fn tokens(text: &str, span: Span, out: &mut Vec<Token>) {
    let base = span.start as usize;
    let s = span.of(text);
    let mut it = s.char_indices().peekable();
    while let Some((at, c)) = it.next() {
        if c.is_whitespace() || c.is_control() {
            continue;
        }
        let (kind, end) = if c.is_ascii_digit() {
            (TokenKind::Number, number_end(s, at))
        } else if c.is_alphanumeric() {
            (TokenKind::Word, word_end(s, at))
        } else if let Some(end) = genitive_end(s, at) {
            (TokenKind::Word, end)
        } else if c == '.' && s[at..].starts_with("...") {
            (TokenKind::Mark, at + 3)
        } else if c == '-' && s[at..].starts_with("--") {
            (TokenKind::Mark, at + 2)
        } else {
            (TokenKind::Mark, at + c.len_utf8())
        };
        while it.peek().is_some_and(|(i, _)| *i < end) {
            it.next();
        }
        let words = &s[at..end];
        out.push(Token { span: Span::new(base + at, base + end), norm: fold(words), kind, capital: c.is_uppercase() });
    }
}

/// The end of a genitive "'s" that stands at `at`, right behind a word.
fn genitive_end(s: &str, at: usize) -> Option<usize> {
    let mut it = s[at..].chars();
    let mark = it.next().filter(|c| matches!(c, '\'' | '’'))?;
    let letter = it.next().filter(|c| matches!(c, 's' | 'S'))?;
    let alone = it.next().is_none_or(|c| !c.is_alphanumeric());
    let behind = s[..at].chars().next_back().is_some_and(char::is_alphanumeric);
    (alone && behind).then_some(at + mark.len_utf8() + letter.len_utf8())
}

/// Digits with separators between digits ("1,200", "3.5", "0640"), then letters stuck to them ("4th", "20mm").
fn number_end(s: &str, at: usize) -> usize {
    let b = s.as_bytes();
    let mut i = at;
    while i < b.len()
        && (b[i].is_ascii_digit()
            || (matches!(b[i], b',' | b'.' | b':') && b.get(i + 1).is_some_and(u8::is_ascii_digit)))
    {
        i += 1;
    }
    s[i..].char_indices().find(|(_, c)| !c.is_alphabetic()).map_or(s.len(), |(n, _)| i + n)
}

/// Letters, with inner apostrophes, hyphens and dots ("al-Shabaab", "don't", "U.S.").
fn word_end(s: &str, at: usize) -> usize {
    let mut end = at;
    let mut it = s[at..].char_indices().peekable();
    let mut dotted = false;
    while let Some((i, c)) = it.next() {
        let next = it.peek().map(|(_, n)| *n);
        let inner = next.is_some_and(char::is_alphanumeric);
        if c.is_alphanumeric()
            || (inner && matches!(c, '-' | '\'' | '’' | '‑' | '&'))
            || unicode_normalization::char::is_combining_mark(c)
        {
            end = at + i + c.len_utf8();
        } else if c == '.'
            && (inner && single_letter_before(s, at, at + i) || dotted && single_letter_before(s, at, at + i))
        {
            dotted = true;
            end = at + i + 1;
        } else {
            break;
        }
    }
    // The genitive is a word of its own: "Kabul's" is "Kabul" and "'s".
    let w = &s[at..end];
    for tail in ["'s", "’s", "'S", "’S"] {
        if let Some(stem) = w.strip_suffix(tail)
            && !stem.is_empty()
        {
            return at + stem.len();
        }
    }
    end
}

fn single_letter_before(s: &str, at: usize, dot: usize) -> bool {
    let w = s[at..dot].rsplit('.').next().unwrap_or("");
    w.chars().count() == 1 && w.chars().all(char::is_alphabetic)
}
