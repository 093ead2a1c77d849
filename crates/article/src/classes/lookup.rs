//! From words as they stand in a text to a row of the table.

use super::{Classes, Found};
use crate::fold;
use std::borrow::Cow;

/// No phrase of the table has more words.
const WORDS: usize = 4;
/// No word of the table has more bytes.
const LONGEST: usize = 40;

/// Hashes of the table's keys and what is listed under each: open addressing, at most half full. Nearly every word of a
/// text is looked up under each of its endings, so a look-up must not walk through a word.
#[derive(Default)]
pub(super) struct Keys {
    slots: Vec<(u64, u32)>,
    /// Bytes of the longest ending.
    ending: usize,
}

/// What stands before an ending in the table.
const ENDING: u8 = b'*';

/// No key hashes to this: it marks a free slot.
const FREE: u64 = 0;

impl Keys {
    /// *Shape*: keys with their values.
    pub(super) fn new(all: &[(Vec<u8>, u32)]) -> Keys {
        let mut slots = vec![(FREE, 0); (2 * all.len()).next_power_of_two()];
        for (key, value) in all {
            let hash = hash(&[key]);
            let mut at = hash as usize & (slots.len() - 1);
            while slots[at].0 != FREE {
                at = (at + 1) & (slots.len() - 1);
            }
            slots[at] = (hash, *value);
        }
        let endings = all.iter().filter(|(key, _)| key.first() == Some(&ENDING));
        Keys { slots, ending: endings.map(|(key, _)| key.len() - 1).max().unwrap_or(0) }
    }

    /// What is listed under the key that the parts make together.
    pub(super) fn get(&self, parts: &[&[u8]]) -> Option<u32> {
        let hash = hash(parts);
        let mut at = hash as usize & (self.slots.len() - 1);
        loop {
            match self.slots[at] {
                (FREE, _) => return None,
                (h, value) if h == hash => return Some(value),
                _ => at = (at + 1) & (self.slots.len() - 1),
            }
        }
    }
}

/// FNV-1a of 64 bits: two of some ten thousand keys and a word are alike once in 10^14 look-ups.
fn hash(parts: &[&[u8]]) -> u64 {
    let step = |h: u64, b: &u8| (h ^ u64::from(*b)).wrapping_mul(0x100_0000_01b3);
    let h = parts.iter().copied().flatten().fold(0xcbf2_9ce4_8422_2325, step);
    (h ^ h >> 29).max(1)
}

/// The senses of the longest end of `noun` that is listed.
pub(super) fn find<'c>(table: &'c Classes, noun: &str) -> Option<Found<'c>> {
    let (phrase, starts) = folded(noun);
    let phrase = phrase.as_ref();
    starts.iter().find_map(|from| number(table, b"", &phrase[*from..])).or_else(|| {
        let last = &phrase[*starts.last()?..];
        let behind = last.rfind('-').map(|at| &last[at + 1..]);
        behind.and_then(|part| number(table, b"", part)).or_else(|| ending(table, last))
    })
}

/// The last words of a noun phrase, folded, and where each begins.
fn folded(noun: &str) -> (Cow<'_, str>, Vec<usize>) {
    let plain = |b: u8| b.is_ascii_graphic() && !b.is_ascii_uppercase();
    if !noun.is_empty() && noun.len() <= LONGEST && noun.bytes().all(plain) {
        return (Cow::Borrowed(noun), vec![0]);
    }
    let mut words: Vec<&str> = noun.split_whitespace().rev().take(WORDS).collect();
    words.reverse();
    let (mut phrase, mut starts) = (String::new(), Vec::new());
    for word in words.into_iter().filter(|w| w.len() <= LONGEST) {
        if !starts.is_empty() {
            phrase.push(' ');
        }
        starts.push(phrase.len());
        phrase.push_str(&fold(word));
    }
    (Cow::Owned(phrase), starts)
}

/// The senses of a phrase as it is, or in the singular.
fn number<'c>(table: &'c Classes, mark: &[u8], phrase: &str) -> Option<Found<'c>> {
    let singular = |(many, one): &(&str, &str)| {
        let stem = phrase.strip_suffix(many)?;
        table.get(&[mark, stem.as_bytes(), one.as_bytes()]).map(|found| Found { plural: true, ..found })
    };
    table.get(&[mark, phrase.as_bytes()]).or_else(|| table.plurals.iter().find_map(singular))
}

/// What the longest listed ending of an unknown word tells.
fn ending<'c>(table: &'c Classes, word: &str) -> Option<Found<'c>> {
    let more = table.plurals.iter().map(|(many, one)| many.len().saturating_sub(one.len())).max().unwrap_or(0);
    let starts = word.char_indices().skip(2).map(|(at, _)| at);
    let short = |at: &usize| word.len() - at <= table.keys.ending + more;
    starts.filter(short).find_map(|at| number(table, &[ENDING], &word[at..]))
}
