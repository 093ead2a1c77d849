//! Statements: who says what.
//!
//! First version, from words of saying and punctuation: the source is the noun phrase beside the cue, the content the rest
//! of the sentence. Direct speech keeps the marks; sources that only stand for a source named before ("he") are kept as
//! printed.

use crate::account::{Source, Statement};
use crate::language::Language;
use crate::scene::{Scene, beginning};
use article::{Sentence, TokenKind};

/// All statements in text order, at most one a sentence and cue word.
pub(crate) fn statements(scene: &Scene<'_>, language: &Language) -> Vec<Statement> {
    let mut out = Vec::new();
    for s in scene.tokens.sentences.iter().filter(|s| !scene.in_headline(s)) {
        if let Some(found) = according(scene, language, s).or_else(|| said(scene, language, s)) {
            out.push(found);
        }
    }
    out
}

/// "According to SOURCE, CONTENT" and "CONTENT, according to SOURCE".
fn according(scene: &Scene<'_>, language: &Language, s: &Sentence) -> Option<Statement> {
    let (from, to) = s.tokens;
    let l = &language.lists;
    let (at, end) = (from..to).find_map(|i| scene.marks.end(i, l.according).map(|e| (i, e)))?;
    let stop = (end..to).find(|i| matches!(scene.norm(*i), "," | "." | ";" | "\"" | "that")).unwrap_or(to);
    if stop == end {
        return None;
    }
    let content = if at > from + 1 { (from, at) } else { (stop, to) };
    Some(statement(scene, (end, stop), (at, end), content, "statements/according"))
}

/// "SOURCE said CONTENT", "CONTENT, said SOURCE", "CONTENT, SOURCE said".
fn said(scene: &Scene<'_>, language: &Language, s: &Sentence) -> Option<Statement> {
    let (from, to) = s.tokens;
    let l = &language.lists;
    let (at, end) = (from..to).find_map(|i| {
        let end = [l.say, l.say_alleged, l.say_denied].iter().filter_map(|list| scene.marks.end(i, *list)).max()?;
        // "claimed by", "a reported attack": no saying here.
        let passive = scene.norm(end) == "by"
            || i > from && matches!(scene.norm(i - 1), "a" | "an" | "the" | "by" | "be" | "been");
        (!passive).then_some((i, end))
    })?;
    let stops = |i: usize| matches!(scene.norm(i), "," | ";" | "\"" | "." | ":" | "-" | "--");
    // Behind the cue: "said Abdul Hai, the city's police chief".
    let next = scene.tokens.tokens.get(end).filter(|_| end < to);
    let inverted = at > from
        && stops(at - 1)
        && next.is_some_and(|t| {
            t.kind == TokenKind::Word && (t.capital || matches!(t.norm.as_str(), "the" | "a" | "an" | "one"))
        });
    if inverted {
        let stop = (end..to).find(|i| matches!(scene.norm(*i), "." | ";" | "\"" | ":")).unwrap_or(to);
        return Some(statement(scene, (end, stop), (at, end), (from, at), "statements/said-after"));
    }
    // Before the cue: the phrase that reaches back to a mark, or to the sentence's start.
    let begin = (from..at).rev().find(|i| stops(*i)).map_or(from, |i| i + 1);
    if begin == at || !speaks(scene, language, (begin, at)) {
        return None;
    }
    let content = if begin > from + 2 && scene.tokens.tokens.get(end).is_none_or(|_| end >= to || stops(end)) {
        (from, begin)
    } else {
        (end, to)
    };
    Some(statement(scene, (begin, at), (at, end), content, "statements/said"))
}

/// Whether a phrase can be somebody who says something: a name, people, or a pronoun.
fn speaks(scene: &Scene<'_>, language: &Language, (from, to): (usize, usize)) -> bool {
    let l = &language.lists;
    if (from..to).any(|i| matches!(scene.norm(i), "no" | "nobody" | "none")) {
        return false;
    }
    (from..to).any(|i| {
        let name = scene.tokens.tokens[i].capital && i > from;
        let people =
            [l.person, l.force, l.fighter, l.medium, l.outlet].iter().any(|list| scene.marks.end(i, *list).is_some());
        name || people
            || matches!(scene.norm(i), "he" | "she" | "they" | "it" | "some" | "we" | "i")
            || !beginning(&scene.actors, |a| a.tokens, (i, i + 1)).is_empty()
    })
}

fn statement(
    scene: &Scene<'_>,
    source: (usize, usize),
    cue: (usize, usize),
    content: (usize, usize),
    by: &str,
) -> Statement {
    let span = scene.span(trimmed(scene, source));
    let words = span.of(&scene.article.text).to_owned();
    Statement {
        sources: vec![Source { words, span }],
        cue: scene.span(cue),
        content: scene.span(content),
        by: by.to_owned(),
    }
}

/// Who says what stands at `span`; empty where the outlet speaks itself.
pub(crate) fn speakers(statements: &[Statement], span: article::Span) -> Vec<Source> {
    statements.iter().find(|s| s.content.contains(span)).map(|s| s.sources.clone()).unwrap_or_default()
}

/// A source without the words around it: no "when" or "although" before it, no "has" or "yesterday" behind it.
fn trimmed(scene: &Scene<'_>, (mut from, mut to): (usize, usize)) -> (usize, usize) {
    let time = |to: usize| scene.times.iter().find(|t| t.tokens.1 == to && t.tokens.0 > from).map(|t| t.tokens.0);
    while to > from + 1 {
        match time(to) {
            Some(begin) => to = begin,
            None if matches!(
                scene.norm(to - 1),
                "has" | "have" | "had" | "also" | "later" | "is" | "was" | "on" | "late" | "early" | "earlier"
            ) =>
            {
                to -= 1
            }
            None => break,
        }
    }
    while to > from + 1
        && matches!(
            scene.norm(from),
            "when" | "as" | "while" | "although" | "but" | "and" | "that" | "]" | "[" | "however" | "meanwhile"
        )
    {
        from += 1;
    }
    (from, to)
}
