//! Text to syntactic words, as treebanks of English cut them: marks by themselves, compounds at their hyphens, contractions
//! into their parts; addresses, numbers and abbreviations whole.
//!
//! This is apart from [`crate::Tokens`], whose tokens are what word lists and rules are written in. The two meet in their
//! spans.

use crate::{Span, fold};
use std::collections::HashSet;
use std::sync::LazyLock;

static LIST: &str = include_str!("../../../../language/en/words.txt");
static ABBREVIATIONS: &str = include_str!("../../../../language/en/abbreviations.txt");

/// One syntactic word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Where it stands.
    pub span: Span,
    /// It is written as one with the word before it, as `n't` and `'s` are.
    pub joined: bool,
}

/// The words of `text[span]`. *Cost*: linear in the text.
pub fn words(text: &str, span: Span) -> Vec<Word> {
    let mut out = Vec::new();
    let (s, base) = (span.of(text), span.start as usize);
    let mut at = 0;
    while let Some(c) = s[at..].chars().next() {
        if blank(c) {
            at += c.len_utf8();
            continue;
        }
        let end = s[at..].find(blank).map_or(s.len(), |n| at + n);
        chunk(&s[at..end], base + at, &mut out);
        at = end;
    }
    out
}

fn blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}')
}

/// The lists of `language/en/words.txt`.
struct Lists {
    prefixes: HashSet<&'static str>,
    clitics: Vec<&'static str>,
    /// Whole words, with the length of the first part.
    contractions: Vec<(String, usize)>,
    units: HashSet<&'static str>,
    faces: Vec<&'static str>,
    abbreviations: HashSet<&'static str>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let section = |name: &'static str| {
        let lines = LIST.lines().map(str::trim).skip_while(move |l| l.strip_prefix('[') != Some(name)).skip(1);
        lines.take_while(|l| !l.starts_with('[')).filter(|l| !l.is_empty() && !l.starts_with('#'))
    };
    let split = |l: &str| l.split_once(' ').map(|(a, b)| (format!("{a}{b}"), a.len()));
    Lists {
        prefixes: section("prefixes]").collect(),
        clitics: section("clitics]").collect(),
        contractions: section("contractions]").filter_map(split).collect(),
        units: section("units]").collect(),
        faces: section("faces]").collect(),
        abbreviations: ABBREVIATIONS.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')).collect(),
    }
});

/// Cuts what stands between two blanks.
fn chunk(s: &str, base: usize, out: &mut Vec<Word>) {
    let mut push = |a: usize, b: usize, joined: bool| {
        out.push(Word { span: Span::new(base + a, base + b), joined });
    };
    let address = address(s);
    let mut at = 0;
    while let Some(c) = s[at..].chars().next() {
        let end = if let Some(a) = address.as_ref().filter(|a| a.start == at) {
            a.end
        } else if c.is_alphanumeric() {
            word_end(s, at)
        } else if let Some(clitic) = clitic_at(s, at) {
            push(at, at + clitic, at > 0);
            at += clitic;
            continue;
        } else {
            mark_end(s, at)
        };
        if !c.is_alphanumeric() || address.as_ref().is_some_and(|a| a.start == at) {
            push(at, end, c == '\'' && at > 0 && s[..at].ends_with(['s', 'S']));
        } else {
            parts(s, at, end, &mut push);
        }
        at = end;
    }
}

/// A link or an electronic address within the chunk, without the marks around it.
fn address(s: &str) -> Option<std::ops::Range<usize>> {
    let mail = s
        .find('@')
        .is_some_and(|i| s[..i].ends_with(char::is_alphanumeric) && s[i + 1..].starts_with(char::is_alphanumeric));
    if !(s.contains("://") || s.contains("www.") || mail) {
        return None;
    }
    let inner = s.trim_matches(|c: char| matches!(c, '(' | ')' | '<' | '>' | '[' | ']' | '"' | '\'' | ',' | '.' | ';'));
    let start = inner.as_ptr() as usize - s.as_ptr() as usize;
    (!inner.is_empty()).then(|| start..start + inner.len())
}

/// Where the word that begins at `at` ends, hyphens and stops of its own included.
fn word_end(s: &str, at: usize) -> usize {
    let mut end = at;
    let mut it = s[at..].char_indices().peekable();
    let mut before = ' ';
    while let Some((i, c)) = it.next() {
        let next = it.peek().map_or(' ', |(_, c)| *c);
        let digits = before.is_ascii_digit() && next.is_ascii_digit();
        let letters = before.is_alphabetic() && next.is_alphabetic();
        let inner = match c {
            // Dots in a row are a mark of their own.
            '.' if next == '.' => false,
            '.' => {
                digits
                    || letters && (next.is_lowercase() || single(&s[at..at + i]))
                    || before.is_alphabetic() && stop_belongs(&s[at..at + i])
            }
            ',' => digits && thousand(&s[at + i + 1..]),
            ':' => digits,
            '/' => digits,
            '&' => letters && before.is_uppercase() && next.is_uppercase(),
            '_' => true,
            '\'' | '’' => letters,
            '-' | '‑' => hyphen_belongs(&s[at..at + i], &s[at + i + c.len_utf8()..]),
            c => c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c),
        };
        if !inner {
            break;
        }
        end = at + i + c.len_utf8();
        before = c;
    }
    end
}

/// The last part between stops is a single letter: an initial, or inside `U.S.`.
fn single(word: &str) -> bool {
    let last = word.rsplit('.').next().unwrap_or_default();
    let mut chars = last.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

/// Whether a full stop after `word` is part of it.
fn stop_belongs(word: &str) -> bool {
    // Longer words are in no list, and need not be folded.
    single(word) && (word.contains('.') || word.chars().all(char::is_uppercase) && word != "I")
        || word.len() <= 12 && LISTS.abbreviations.contains(fold(word).as_str())
}

/// Three digits and then none: thousands are set off.
fn thousand(after: &str) -> bool {
    let n = after.bytes().take_while(u8::is_ascii_digit).take(4).count();
    n == 3
}

/// Whether a hyphen between `before` and `after` holds one word together.
fn hyphen_belongs(before: &str, after: &str) -> bool {
    if !after.starts_with(char::is_alphanumeric) {
        return false;
    }
    let digits = |s: &str| s.bytes().rev().take_while(u8::is_ascii_digit).take(5).count();
    let next = after.bytes().take_while(u8::is_ascii_digit).take(5).count();
    if digits(before) == 3 && (next == 3 || next == 4) {
        return true;
    }
    before.len() <= 8 && LISTS.prefixes.contains(fold(before).as_str()) && after.starts_with(char::is_alphabetic)
}

/// The length of a clitic that stands alone or after a mark.
fn clitic_at(s: &str, at: usize) -> Option<usize> {
    if !s[at..].starts_with(['\'', '’']) {
        return None;
    }
    let end = s[at..].char_indices().skip(1).find(|(_, c)| !c.is_alphabetic()).map_or(s.len(), |(i, _)| at + i);
    let length = end - at;
    (length <= 6 && LISTS.clitics.contains(&fold(&s[at..end]).as_str())).then_some(length)
}

/// Where a mark ends: a face, or a run of one kind.
fn mark_end(s: &str, at: usize) -> usize {
    let rest = &s.as_bytes()[at..];
    for face in &LISTS.faces {
        let fits = rest.len() >= face.len() && rest[..face.len()].eq_ignore_ascii_case(face.as_bytes());
        if fits && !rest.get(face.len()).is_some_and(u8::is_ascii_alphanumeric) {
            return at + face.len();
        }
    }
    let first = s[at..].chars().next().unwrap_or(' ');
    let same = |c: char| match first {
        '!' | '?' => matches!(c, '!' | '?'),
        '.' | '-' | '=' | '*' | '_' | '~' | '#' | '<' | '>' | '\'' | '`' | '+' | '…' => c == first,
        _ => false,
    };
    let more = s[at..].chars().skip(1).take_while(|c| same(*c)).map(char::len_utf8).sum::<usize>();
    at + first.len_utf8() + more
}

/// Cuts contractions and units off a word.
fn parts(s: &str, from: usize, end: usize, push: &mut impl FnMut(usize, usize, bool)) {
    let word = &s[from..end];
    // Offsets in the folded word hold in the word itself when folding changed no length.
    let plain: String = word.chars().map(|c| if c == '’' { '\'' } else { c.to_ascii_lowercase() }).collect();
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        let digits = plain.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(plain.len());
        let unit = plain[digits..].trim_end_matches('.');
        if plain.len() == word.len() && digits > 0 && LISTS.units.contains(unit) {
            push(from, from + digits, false);
            push(from + digits, end, false);
            return;
        }
    }
    let cut = LISTS.contractions.iter().find(|(w, _)| plain.len() == word.len() && *w == plain).map(|(_, n)| *n);
    let cut = cut.or_else(|| {
        let clitic = LISTS.clitics.iter().find(|c| plain.len() > c.len() && plain.ends_with(**c))?;
        // Counted from the end in characters, for a curly apostrophe is longer than a straight one.
        let at = word.char_indices().rev().nth(clitic.chars().count() - 1).map(|(i, _)| i)?;
        Some(at)
    });
    match cut {
        Some(n) if n > 0 && n < word.len() => {
            push(from, from + n, false);
            push(from + n, end, true);
        }
        _ => push(from, end, false),
    }
}
