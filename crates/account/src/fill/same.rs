//! Which nouns of an article are mentions of one thing.
//!
//! Common nouns are one thing by their last word. A name is one with the longer name that holds it ("Neghme" in "Jecar Neghme
//! Cristi"). That its short form in capitals is one with it, too, is not seen here: the weights chose worse when it was.

use super::mention::{Candidate, plain, run};
use super::view::Line;
use std::collections::BTreeMap;

/// Names of more words are no persons'.
const PERSON: usize = 5;

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
    out
}

/// The words of a name: proper nouns in a row around the candidate, titles before it left out. None for a common noun, and for
/// a name that ends in one ("the Liberation Front").
fn name<'l>(line: &'l Line<'_>, c: &Candidate) -> Option<Vec<&'l str>> {
    let (from, to) = run(line, c.word)?;
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
