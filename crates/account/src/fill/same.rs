//! Which nouns of an article are mentions of one thing.
//!
//! Common nouns are one thing by their last word. A name is one with the longer name that holds it ("Neghme" in "Jecar Neghme
//! Cristi"), and with its short form in capitals, which the article gives in brackets or which its initials make.

use super::mention::{Candidate, plain, span};
use super::view::Line;
use article::grammar::Upos;
use std::collections::BTreeMap;

/// Names of more words are no persons'.
const PERSON: usize = 5;
/// Letters of a short form.
const SHORT: std::ops::RangeInclusive<usize> = 2..=8;
/// Initials are made of words longer than this: "of", "the", "de" give none.
const SMALL: usize = 3;

/// For each candidate the name of its thing: candidates with equal ones are one thing. *Cost*: the square of the different
/// names of the article.
pub(super) fn things(text: &str, lines: &[Line<'_>], candidates: &[Candidate]) -> Vec<String> {
    let names: Vec<Option<Vec<&str>>> = candidates.iter().map(|c| name(&lines[c.line], c)).collect();
    let mut all: Vec<&Vec<&str>> = names.iter().flatten().collect();
    all.sort_unstable();
    all.dedup();
    let holders: BTreeMap<&Vec<&str>, Vec<&Vec<&str>>> = all.iter().map(|n| (*n, longest(n, &all))).collect();
    let mut out: Vec<String> = Vec::with_capacity(candidates.len());
    for (i, c) in candidates.iter().enumerate() {
        let key = match &names[i] {
            None => last(text, &lines[c.line], c),
            Some(own) => match holders[own].as_slice() {
                [] => own.join(" "),
                [one] => one.join(" "),
                // Several names hold it: the one that was told last before it is meant.
                many => {
                    let told = |n: &Option<Vec<&str>>| n.as_ref().is_some_and(|n| many.contains(&n));
                    let near = names[..i].iter().rev().chain(&names[i..]).find(|n| told(n));
                    near.and_then(Option::as_ref).unwrap_or(own).join(" ")
                }
            },
        };
        out.push(key);
    }
    let short = short_forms(text, lines, candidates, &out);
    for key in &mut out {
        if let Some(long) = short.get(key) {
            key.clone_from(long);
        }
    }
    out
}

/// The words of a name: proper nouns in a row around the candidate, titles before it left out. None for a common noun, and for
/// a name that ends in one ("the Liberation Front").
fn name<'l>(line: &'l Line<'_>, c: &Candidate) -> Option<Vec<&'l str>> {
    let proper = |i: usize| line.words.get(i).is_some_and(|w| matches!(w.tag, Upos::Propn | Upos::X));
    if !proper(c.word) {
        return None;
    }
    let (mut from, mut to) = (c.word, c.word);
    while from > 0 && proper(from - 1) {
        from -= 1;
    }
    while proper(to + 1) {
        to += 1;
    }
    while from < to && !line.words[from].classes.is_empty() {
        from += 1;
    }
    (line.words[to].classes.is_empty()).then(|| line.words[from..=to].iter().map(|w| w.form.as_str()).collect())
}

/// The longest names that hold `own`: at their end, or anywhere if they look like a person's.
fn longest<'a, 'l>(own: &[&str], all: &[&'a Vec<&'l str>]) -> Vec<&'a Vec<&'l str>> {
    let inside = |n: &[&str]| n.len() <= PERSON && n.windows(own.len()).any(|w| w == own);
    let holds = |n: &&&Vec<&str>| n.len() > own.len() && (n.ends_with(own) || inside(n));
    let holders: Vec<&Vec<&str>> = all.iter().filter(holds).copied().collect();
    let within = |a: &[&str], b: &[&str]| a.len() < b.len() && b.windows(a.len()).any(|w| w == a);
    holders.iter().filter(|n| !holders.iter().any(|m| within(n, m))).copied().collect()
}

/// The last word of a candidate's name, plain.
fn last(text: &str, line: &Line<'_>, c: &Candidate) -> String {
    let words = plain(line.tree.span(c.last..c.last + 1).of(text));
    words.rsplit(' ').next().unwrap_or_default().to_owned()
}

/// Short forms with the things that they name.
fn short_forms(text: &str, lines: &[Line<'_>], candidates: &[Candidate], keys: &[String]) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for (c, key) in candidates.iter().zip(keys) {
        let line = &lines[c.line];
        let words: Vec<&str> = line.words[c.first..=c.last].iter().map(|w| w.form.as_str()).collect();
        let initials: String =
            words.iter().filter(|w| w.len() > SMALL).filter_map(|w| w.chars().next()).collect();
        if initials.chars().count() > 2 {
            out.entry(initials.clone()).or_insert_with(|| key.clone());
        }
        let part = super::mention::Part { from: c.first, to: c.last, kind: "core" };
        let behind = text[span(line, part).end as usize..].trim_start();
        let Some(bracket) = behind.strip_prefix('(').and_then(|b| b.split_once(')')).map(|(b, _)| b) else { continue };
        let form = plain(bracket);
        let begins = words.iter().any(|w| form.chars().next().is_some_and(|f| w.starts_with(f)));
        if begins && SHORT.contains(&form.chars().count()) && !form.contains(' ') {
            out.insert(form, key.clone());
        }
    }
    out.retain(|short, long| short != long);
    out
}
