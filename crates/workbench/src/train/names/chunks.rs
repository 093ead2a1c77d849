//! Names as runs of proper nouns: how the plain scheme's marks are found in a treebank that has tags and no names.
//!
//! A run goes on over hyphens, over "of", "for" and "&" before another proper noun, and over words with a capital between
//! proper nouns; titles before it are left out.

use crate::conllu::Word;
use std::collections::BTreeSet;
use std::ops::Range;

/// What is a proper noun and no name: times and addresses.
pub(super) fn never(form: &str) -> bool {
    const TIMES: [&str; 36] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "est",
        "cst",
        "cdt",
        "pst",
        "gmt",
    ];
    let plain = form.trim_end_matches('.').to_lowercase();
    TIMES.contains(&plain.as_str()) || form.contains('@') || form.contains("://") || form.contains("www.")
}

/// The runs of a sentence, apart from each other.
pub(super) fn runs(words: &[Word], titles: &BTreeSet<String>) -> Vec<Range<usize>> {
    let name = |i: usize| words.get(i).is_some_and(|w| w.upos == "PROPN" && !never(&w.form));
    let form = |i: usize| words.get(i).map_or("", |w| w.form.as_str());
    let capital = |i: usize| form(i).starts_with(char::is_uppercase);
    let (mut out, mut at) = (Vec::new(), 0);
    while at < words.len() {
        if !name(at) {
            at += 1;
            continue;
        }
        let (mut from, mut to) = (at, at + 1);
        loop {
            let described = words.get(to).is_some_and(|w| matches!(w.upos.as_str(), "ADJ" | "NOUN"));
            to += match form(to) {
                _ if name(to) => 1,
                "-" if words[to].glued && name(to + 1) => 2,
                "of" | "for" | "&" | "de" | "al" if name(to + 1) => 2,
                "of" | "for" if form(to + 1).eq_ignore_ascii_case("the") && name(to + 2) => 3,
                _ if described && capital(to) && name(to + 1) => 2,
                _ => break,
            };
        }
        at = to;
        while from > 1 && capital(from - 1) && matches!(words[from - 1].upos.as_str(), "ADJ" | "VERB" | "NOUN") {
            from -= 1;
        }
        while from < to && titles.contains(&form(from).to_lowercase()) {
            from += 1;
        }
        if from < to && out.last().is_none_or(|r: &Range<usize>| r.end <= from) {
            out.push(from..to);
        }
    }
    out
}
