//! From words as they stand in a text to a key of the table.

use super::{Classes, Found};
use crate::fold;

/// No phrase of the table has more words.
const WORDS: usize = 4;
/// No word of the table has more bytes.
const LONGEST: usize = 40;

/// The senses of the longest end of `noun` that is listed.
pub(super) fn find<'c>(table: &'c Classes, noun: &str) -> Option<Found<'c>> {
    let mut words: Vec<&str> = noun.split_whitespace().rev().take(WORDS).collect();
    words.reverse();
    let words: Vec<String> = words.into_iter().filter(|w| w.len() <= LONGEST).map(fold).collect();
    (0..words.len()).find_map(|from| number(table, &words[from..].join(" "))).or_else(|| {
        let last = words.last()?;
        let behind = last.rfind('-').map(|at| &last[at + 1..]);
        behind.and_then(|part| number(table, part)).or_else(|| ending(table, last))
    })
}

/// The senses of a phrase as it is, or in the singular.
fn number<'c>(table: &'c Classes, phrase: &str) -> Option<Found<'c>> {
    let singular = |(many, one): &(&str, &str)| {
        let stem = phrase.strip_suffix(many)?;
        table.get(&format!("{stem}{one}")).map(|found| Found { plural: true, ..found })
    };
    table.get(phrase).or_else(|| table.plurals.iter().find_map(singular))
}

/// What the longest listed ending of an unknown word tells.
fn ending<'c>(table: &'c Classes, word: &str) -> Option<Found<'c>> {
    let starts = word.char_indices().skip(2).map(|(at, _)| at);
    starts.into_iter().find_map(|at| number(table, &format!("*{}", &word[at..])))
}
