//! The outlets that an article takes its story from: the agency of its dateline or last line, and those that it quotes.

use crate::account::Value;
use crate::language::Language;
use crate::scene::Scene;
use article::{Span, TokenKind, fold};

/// The rule of an agency whose text an article is: the name stands in its dateline, its writer's line or its last line.
pub const AGENCY: &str = "chain/agency";
/// The rule of an outlet that the article quotes.
pub const QUOTED: &str = "chain/quoted";
/// The rule of an outlet or organisation that the one before it in the chain takes its story from.
pub const THROUGH: &str = "chain/through";

/// Outlets named as origin, nearest first: the agency whose text this is, then the outlets quoted, in text order.
pub(crate) fn source_chain(scene: &Scene<'_>, language: &Language) -> Vec<Value<String>> {
    let own = fold(scene.article.outlet_name().unwrap_or(""));
    let mut out: Vec<Value<String>> = Vec::new();
    let mut push = |name: &str, evidence: Vec<Span>, by: &str| {
        let folded = fold(name);
        let known = |v: &Value<String>| fold(&v.value) == folded;
        // "the Lantern" in the Zamboanga Lantern is the outlet itself.
        let itself = own == folded || own.ends_with(&format!(" {folded}"));
        if !folded.is_empty() && !itself && !out.iter().any(known) {
            out.push(Value { value: name.to_owned(), evidence, by: by.to_owned() });
        }
    };
    if let Some(agency) = &scene.article.agency {
        push(&agency.value, scene.article.dateline.into_iter().collect(), AGENCY);
    }
    for s in scene.tokens.sentences.iter().filter(|s| !scene.in_headline(s)) {
        for name in outlets(scene, language, s.tokens) {
            push(scene.words(name), vec![scene.span(name)], QUOTED);
        }
    }
    out
}

/// Names of outlets beside a word of reporting, as token runs.
fn outlets(scene: &Scene<'_>, language: &Language, (from, to): (usize, usize)) -> Vec<(usize, usize)> {
    let l = &language.lists;
    let mut out = Vec::new();
    let mut i = from;
    while i < to {
        let end = name_end(scene, i, to);
        if end == i {
            i += 1;
            continue;
        }
        let names = (i..end).any(|k| scene.marks.end(k, l.outlet).is_some_and(|e| e <= end));
        let before = (from..i).rev().take(4).any(|k| scene.marks.end(k, l.outlet_before) == Some(i))
            || i > from
                && scene.norm(i - 1) == "the"
                && (from..i).rev().take(4).any(|k| scene.marks.end(k, l.outlet_before).is_some_and(|e| e + 1 >= i));
        let behind = end < to && scene.marks.end(end, l.outlet_behind).is_some();
        if names && (before || behind) {
            out.push((i, end));
        }
        i = end;
    }
    out
}

/// The end of the run of capitalised words that begins at token `i`; `i` where none begins.
fn name_end(scene: &Scene<'_>, i: usize, to: usize) -> usize {
    let mut end = i;
    while end < to && end < i + 6 {
        let t = &scene.tokens.tokens[end];
        if !(t.kind == TokenKind::Word && t.capital) {
            break;
        }
        end += 1;
    }
    end
}
