//! What of a text is the article and what is the furniture of the page that it was copied from.
//!
//! Evidence, from certain to weak: cue lines of the word list; lists of numbered references; names of icons run
//! together; lines that are addresses or links; an author's name on a line with a paragraph about the author; short
//! lines without a full stop after the last sentence. A line that closes an article ("Leave a Reply") takes all that
//! follows with it, unless more of the running text would go than stay. Running text elsewhere is never furniture.

use super::{Part, dateline};
use crate::{BlockKind, fold};
use regex::{Regex, RegexSet};
use std::collections::BTreeSet;
use std::sync::LazyLock;

static CUES: &str = include_str!("../../../../language/en/furniture.txt");

/// The cues of one heading as one automaton over whole folded lines.
fn cues(heading: &str) -> RegexSet {
    let mut inside = false;
    let lines = CUES.lines().filter(|l| !l.starts_with('#')).filter(|l| {
        let head = l.strip_prefix('[').and_then(|l| l.strip_suffix(']'));
        inside = head.map_or(inside, |h| h == heading);
        inside && head.is_none() && !l.starts_with(' ') && !l.is_empty()
    });
    RegexSet::new(lines.map(|l| format!(r"^(?:{l})[\s:.!…>»→*]*$"))).expect("the cue list is tested")
}

static END: LazyLock<RegexSet> = LazyLock::new(|| cues("end"));
static LINE: LazyLock<RegexSet> = LazyLock::new(|| cues("line"));
static PARAGRAPH: LazyLock<RegexSet> = LazyLock::new(|| cues("paragraph"));
static REFERENCE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:\[\d{1,3}\]|\^ ?|\d{1,3}[.)] .*https?://)").expect("is valid"));
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:https?://\S+|www\.\S+|\S+@\S+\.\S+|@\w+|(?:#\w+ ?)+|pic\.twitter\.com/\S+)$").expect("is valid")
});

/// Longest line that a cue of the lists `end` and `line` may match, in bytes.
const LONGEST_CUE: usize = 120;
/// Longest paragraph that a cue of the list `paragraph` may match, in bytes.
const LONGEST_PARAGRAPH: usize = 600;

#[derive(Clone, Copy, PartialEq)]
enum Mark {
    /// Sentences.
    Running,
    /// A short line, a heading, a list item: open until its neighbours are known.
    Short,
    /// Furniture.
    Aside,
    /// Furniture, and the end of the article.
    End,
    /// A numbered reference.
    Reference,
}

/// What each part is. *Cost*: linear in the text, some microseconds a line.
pub(super) fn kinds(parts: &[Part]) -> Vec<BlockKind> {
    let mut marks: Vec<Mark> = parts.iter().map(mark).collect();
    close_at_end(parts, &mut marks);
    close_at_references(parts, &mut marks);
    author_boxes(parts, &mut marks);
    repeats(parts, &mut marks);
    tail(parts, &mut marks);
    let last = marks.iter().rposition(|m| *m == Mark::Running).unwrap_or(0);
    (0..parts.len())
        .map(|i| match marks[i] {
            Mark::Running => BlockKind::Paragraph,
            Mark::Short if i < last && is_heading(&parts[i]) => BlockKind::Headline,
            Mark::Short => BlockKind::Paragraph,
            _ => BlockKind::Furniture,
        })
        .collect()
}

fn mark(part: &Part) -> Mark {
    if part.aside {
        return Mark::Aside;
    }
    let folded = fold(&part.text);
    let words = part.text.split(' ').count();
    if REFERENCE.is_match(&part.text) {
        return Mark::Reference;
    }
    if folded.len() <= LONGEST_CUE && END.is_match(&folded) {
        return Mark::End;
    }
    let cue = (folded.len() <= LONGEST_CUE && LINE.is_match(&folded))
        || (folded.len() <= LONGEST_PARAGRAPH && PARAGRAPH.is_match(&folded));
    let linked = part.linked > 0.9 || (part.linked > 0.6 && words <= 25 && !ends_sentence(&part.text));
    if cue || linked || ADDRESS.is_match(&part.text) || has_icons(&part.text) {
        return Mark::Aside;
    }
    if dateline::day_line(&part.text).is_some_and(|d| d.alone) {
        return Mark::Aside;
    }
    if !part.heading && ((words >= 6 && ends_sentence(&part.text)) || words >= 20) {
        Mark::Running
    } else {
        Mark::Short
    }
}

/// Ends as sentences end; closing quotes, brackets and note marks may follow.
fn ends_sentence(s: &str) -> bool {
    let s = s.trim_end_matches(|c: char| {
        matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '»' | '*') || c.is_ascii_digit() || c == '['
    });
    s.ends_with(['.', '!', '?', '…', ':'])
}

/// Names of icons and buttons that ran together: several words with a capital inside ("IconPrintIcon").
fn has_icons(s: &str) -> bool {
    let joined = |w: &str| {
        let c: Vec<char> = w.chars().collect();
        c.windows(2).filter(|p| p[0].is_lowercase() && p[1].is_uppercase()).count() > 0
    };
    let words = s.split(' ').count();
    let run = s.split(' ').filter(|w| joined(w)).count();
    !ends_sentence(s) && run >= 3 && run * 4 >= words
}

fn is_heading(part: &Part) -> bool {
    let t = &part.text;
    let plain = t.split(' ').count() <= 16
        && !t.ends_with(['.', ',', ';', ':'])
        && t.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || "\"“‘'".contains(c));
    part.heading || (plain && dateline::at_head_of(t).is_none() && dateline::day_line(t).is_none())
}

fn running(marks: &[Mark]) -> usize {
    marks.iter().filter(|m| **m == Mark::Running).count()
}

/// Takes all that follows the first closing line, if at least as much of the running text stays.
fn close_at_end(parts: &[Part], marks: &mut [Mark]) {
    let letters = |i: usize, m: Mark| if m == Mark::Running { parts[i].text.len() } else { 0 };
    let all: usize = marks.iter().enumerate().map(|(i, m)| letters(i, *m)).sum();
    let mut before = 0;
    for i in 0..marks.len() {
        before += letters(i, marks[i]);
        if marks[i] == Mark::End {
            if before > 0 && before >= all - before {
                marks[i..].fill(Mark::Aside);
                return;
            }
            marks[i] = Mark::Aside;
        }
    }
}

/// Two numbered references or more after the text: they and what follows are furniture. A lone one may be a list item.
fn close_at_references(parts: &[Part], marks: &mut [Mark]) {
    let found: Vec<usize> = (0..marks.len()).filter(|i| marks[*i] == Mark::Reference).collect();
    let first_text = marks.iter().position(|m| *m == Mark::Running).unwrap_or(marks.len());
    let start = found.iter().position(|i| *i > first_text);
    match start {
        Some(s) if found.len() - s >= 2 && running(&marks[found[s]..]) <= running(&marks[..found[s]]) => {
            marks[found[s]..].fill(Mark::Aside)
        }
        _ => {
            for i in found {
                let address = parts[i].text.contains("http");
                marks[i] = if address { Mark::Aside } else { Mark::Running };
            }
        }
    }
}

/// A name on a line of its own and then a paragraph that begins with it, in the last part of the text.
fn author_boxes(parts: &[Part], marks: &mut [Mark]) {
    let all = running(marks);
    let mut before = 0;
    for i in 0..parts.len().saturating_sub(1) {
        before += usize::from(marks[i] == Mark::Running);
        let late = before * 2 >= all;
        if !late || marks[i] != Mark::Short || !is_name(&parts[i].text) {
            continue;
        }
        let last = parts[i].text.split(' ').next_back().unwrap_or("");
        let opening: Vec<&str> = parts[i + 1].text.split(' ').take(8).collect();
        if opening.iter().any(|w| w.trim_matches([',', '.']) == last)
            && opening.iter().any(|w| w.starts_with(char::is_uppercase))
        {
            marks[i] = Mark::Aside;
            marks[i + 1] = Mark::Aside;
        }
    }
}

/// The same words again: captions, pulled quotes. The first stays.
fn repeats(parts: &[Part], marks: &mut [Mark]) {
    let mut seen = BTreeSet::new();
    for (part, mark) in parts.iter().zip(marks) {
        if part.text.split(' ').count() >= 6
            && !part.text.ends_with('?')
            && *mark != Mark::Aside
            && !seen.insert(part.text.as_str())
        {
            *mark = Mark::Aside;
        }
    }
}

/// Two to six capitalised words without digits or closing marks.
fn is_name(s: &str) -> bool {
    let words: Vec<&str> = s.split(' ').collect();
    (2..=6).contains(&words.len())
        && words
            .iter()
            .all(|w| w.starts_with(char::is_uppercase) && w.chars().all(|c| c.is_alphabetic() || ".-'’".contains(c)))
}

/// Short lines after the last sentence, such as headlines of other articles. Lists and signatures stay.
fn tail(parts: &[Part], marks: &mut [Mark]) {
    let Some(last) = marks.iter().rposition(|m| *m == Mark::Running) else { return };
    for i in last + 1..parts.len() {
        let t = &parts[i].text;
        let listed = parts[last].text.ends_with(':')
            || t.starts_with(['-', '•', '*', '–', '—', '·'])
            || t.starts_with(|c: char| c.is_ascii_digit());
        let agency = dateline::agency_at_end(t).is_some();
        if marks[i] == Mark::Short && (agency || (!listed && !ends_sentence(t) && t.split(' ').count() <= 16)) {
            marks[i] = Mark::Aside;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every cue matches its own examples, and no cue matches what is said not to match.
    #[test]
    fn cues_keep_their_examples() {
        let any = |s: &str| END.is_match(s) || LINE.is_match(s) || PARAGRAPH.is_match(s);
        let (mut set, mut cue, mut examples) = (None, String::new(), 0);
        for line in CUES.lines() {
            if let Some(h) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                set = Some(h);
            } else if let Some(yes) = line.strip_prefix("  yes: ") {
                let own = Regex::new(&format!(r"^(?:{cue})[\s:.!…>»→*]*$")).unwrap();
                assert!(own.is_match(&fold(&super::super::squeeze(yes))), "{cue} misses {yes}");
                examples += 1;
            } else if let Some(no) = line.strip_prefix("  no: ") {
                assert!(!any(&fold(no)), "a cue takes {no}");
                examples += 1;
            } else if set.is_some() && !line.is_empty() {
                cue = line.to_owned();
            }
        }
        assert!(examples > 60, "{examples}");
    }
}
