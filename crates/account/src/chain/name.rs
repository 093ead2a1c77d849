//! Names of outlets in a text: those of the list, those with a word for outlets in them, and those that the text calls one.

use super::Text;
use crate::outlets::Outlets;
use article::{Sentence, Span, TokenKind};

/// An outlet that a text names.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    /// The name, or the words that take it up: "the paper".
    pub(super) tokens: (usize, usize),
    /// The outlet's name, without "the".
    pub(super) name: String,
}

/// The words of a name at most.
const LONGEST: usize = 7;

/// The outlets named in a sentence, in text order and apart. "The paper" is the last one named: `before` where none is
/// named in the sentence itself.
pub(super) fn mentions(text: &Text<'_>, s: &Sentence, before: Option<&Mention>) -> Vec<Mention> {
    let mut out: Vec<Mention> = Vec::new();
    let shouted = is_shouted(text, s);
    let mut i = s.tokens.0;
    while i < s.tokens.1 {
        let found = again(text, s, i, out.last().or(before)).or_else(|| one(text, s, i, shouted));
        i = found.as_ref().map_or(i + 1, |m| m.tokens.1);
        out.extend(found);
    }
    out
}

/// Whether a sentence is set in capitals, which tell no names then.
fn is_shouted(text: &Text<'_>, s: &Sentence) -> bool {
    !s.span.of(&text.scene.article.text).chars().any(char::is_lowercase)
}

/// "The paper": what was named last.
fn again(text: &Text<'_>, s: &Sentence, i: usize, last: Option<&Mention>) -> Option<Mention> {
    let end = text.marks.end(i, text.words.again).filter(|end| *end <= s.tokens.1)?;
    // "The newspaper Amal" names it anew, and "the paper's editor" is no paper.
    let names = is_name(text, end) || text.scene.norm(end).starts_with('\'');
    Some(Mention { tokens: (i, end), name: last?.name.clone() }).filter(|_| !names)
}

/// The outlet whose name begins at token `i`.
fn one(text: &Text<'_>, s: &Sentence, i: usize, shouted: bool) -> Option<Mention> {
    let scene = text.scene;
    let listed = Outlets::builtin().at(&scene.article.text, &scene.tokens.tokens, i).filter(|l| l.0 <= s.tokens.1);
    let run = if shouted { None } else { run(text, s, i) };
    if let Some((end, weak)) = listed
        && run.as_ref().is_none_or(|r| r.tokens.1 <= end)
        && is_apart(text, s, (i, end), weak)
        && (!weak || is_called(text, s, (i, end)) || behind_the(text, s, i))
    {
        return Some(Mention { tokens: (i, end), name: scene.words((i, end)).to_owned() });
    }
    run
}

/// Whether a name is no part of a longer one: "the Patkai Dawn Union" is no paper, "Qatari Al Jazeera" is a channel.
fn is_apart(text: &Text<'_>, s: &Sentence, (from, to): (usize, usize), weak: bool) -> bool {
    let before = from.checked_sub(1).filter(|k| *k >= s.tokens.0 && is_name(text, *k));
    let nation = |k: usize| {
        let span = text.scene.span((k, k + 1));
        text.scene.marks.has(k, text.language.lists.the) || text.scene.places.iter().any(|p| p.span.contains(span))
    };
    // "But AFP said"
    let opens = |k: usize| k == s.tokens.0 && !weak;
    (to >= s.tokens.1 || !is_name(text, to)) && before.is_none_or(|k| nation(k) || opens(k))
}

/// Whether a capital "The" stands before a name inside a sentence.
fn behind_the(text: &Text<'_>, s: &Sentence, i: usize) -> bool {
    i > s.tokens.0 + 1 && text.scene.norm(i - 1) == "the" && text.scene.tokens.tokens[i - 1].capital
}

fn is_name(text: &Text<'_>, i: usize) -> bool {
    text.scene.tokens.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Word && t.capital)
}

/// The name of an outlet that no list knows and that begins at token `i`.
fn run(text: &Text<'_>, s: &Sentence, i: usize) -> Option<Mention> {
    // A name begins where its capitals begin, or where a word begins it: "But Radio Amal".
    let inside = i > s.tokens.0 && is_name(text, i - 1) && !text.scene.marks.has(i - 1, text.language.lists.the);
    let fronted = text.marks.end(i, text.words.front).is_some();
    let end = run_end(text, s, i);
    if end == i || inside && !fronted || is_dated(text, (i, end)) {
        return None;
    }
    let is_outlet = |k: usize| text.scene.marks.end(k, text.language.lists.outlet) == Some(k + 1);
    let named = |to: usize| {
        let tail = to > i + 1 && text.marks.has(to - 1, text.words.tail) && is_outlet(to - 2);
        to > i + 1 && (is_outlet(to - 1) || tail)
    };
    let tokens = match () {
        _ if named(end) => (i, end),
        _ if end > i + 1 && fronted => (i, end),
        _ if is_called(text, s, (i, end)) && !is_plain(text, s, (i, end)) => (i, end),
        _ => return None,
    };
    Some(Mention { tokens, name: text.scene.words(tokens).to_owned() })
}

/// Whether a run is a place or opens its sentence, so that its capital tells nothing: "Iranian television", "Local radio".
fn is_plain(text: &Text<'_>, s: &Sentence, (from, to): (usize, usize)) -> bool {
    let span = text.scene.span((from, to));
    let place = text.scene.places.iter().any(|p| p.span.contains(span));
    place || to == from + 1 && from == s.tokens.0
}

/// The end of the run of capitalised words from token `i`; small words may stand inside it, marks not.
fn run_end(text: &Text<'_>, s: &Sentence, i: usize) -> usize {
    let to = s.tokens.1.min(i + LONGEST);
    let is_the = |k: usize| text.scene.marks.has(k, text.language.lists.the);
    if !is_name(text, i) || is_the(i) {
        return i;
    }
    // "the Students' News Agency"
    let tokens = &text.scene.tokens.tokens;
    let owns = |k: usize| text.scene.norm(k) == "'" && tokens[k].span.start == tokens[k - 1].span.end;
    let is_joint = |k: usize| text.marks.has(k, text.words.joint) || owns(k);
    let mut end = i + 1;
    loop {
        match () {
            _ if end < to && is_name(text, end) => end += 1,
            _ if end + 1 < to && is_joint(end) && is_name(text, end + 1) => end += 2,
            _ if end + 2 < to && text.marks.has(end, text.words.joint) && is_the(end + 1) && is_name(text, end + 2) => {
                end += 3
            }
            _ => return end,
        }
    }
}

/// Whether the words around a name call it an outlet: "the local radio X", "X newspaper", "X, a news site".
fn is_called(text: &Text<'_>, s: &Sentence, (from, to): (usize, usize)) -> bool {
    let kind = |k: usize| text.marks.end(k, text.words.kind);
    let before = (s.tokens.0.max(from.saturating_sub(3))..from).any(|k| kind(k) == Some(from) && !is_name(text, k));
    let behind = to < s.tokens.1 && kind(to).is_some() && !is_name(text, to);
    let apposed = text.scene.norm(to) == ","
        && (to + 1..s.tokens.1.min(to + 6)).take_while(|k| !text.scene.is_mark(*k)).any(|k| {
            let end = kind(k).filter(|_| !is_name(text, k));
            end.is_some_and(|end| end < s.tokens.1 && (text.scene.norm(end) == "," || text.scene.norm(end) == "in"))
        });
    before || behind || apposed
}

/// Whether a run is a day or a month: "told television Monday".
fn is_dated(text: &Text<'_>, tokens: (usize, usize)) -> bool {
    let span = text.scene.span(tokens);
    text.scene.times.iter().any(|t| t.span.overlaps(span))
}

/// The organisation that is named among the words at `span`, whose reports outlets take over: a run of capitalised words with a word for
/// such organisations at its end. Actors are none.
pub(super) fn organisation(text: &Text<'_>, span: Span) -> Option<(String, Span)> {
    let scene = text.scene;
    let from = scene.token_at(span.start);
    let s = scene.tokens.sentences.iter().find(|s| s.tokens.0 <= from && from < s.tokens.1)?;
    let mut i = from;
    while i < s.tokens.1 && scene.tokens.tokens[i].span.end <= span.end {
        let end = run_end(text, s, i);
        let last = end.checked_sub(1).filter(|last| *last > i);
        if last.is_some_and(|last| text.marks.has(last, text.words.organisation)) {
            let at = scene.span((i, end));
            return scene.actors_within(at).is_empty().then(|| (scene.words((i, end)).to_owned(), at));
        }
        i = end.max(i + 1);
    }
    None
}
