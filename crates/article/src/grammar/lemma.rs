//! Lemmas: what is taken from the end of a form and put there instead, by its tag and its ending.
//!
//! The table is learnt from treebanks: whole forms first, which are the exceptions, then the longest known ending.

use super::Upos;
use super::layout::{Broken, Source};

/// The longest ending in the table, in characters.
pub const LONGEST: usize = 5;

/// The form that edits are made on: lower case, but for proper nouns; quotes plain.
pub fn plain(form: &str, tag: Upos) -> String {
    if form.is_ascii() {
        let plain = if tag == Upos::Propn { form.to_owned() } else { form.to_ascii_lowercase() };
        return if plain.contains('`') { plain.replace('`', "'") } else { plain };
    }
    let quotes = |c| if matches!(c, '’' | '‘' | '`' | '´') { '\'' } else { c };
    match tag {
        Upos::Propn => form.chars().map(quotes).collect(),
        _ => form.chars().map(quotes).flat_map(char::to_lowercase).collect(),
    }
}

/// The key of a whole form.
pub fn form_key(plain: &str, tag: Upos) -> u32 {
    key(0x4000 + tag as u32, plain)
}

/// The key of an ending.
pub fn ending_key(ending: &str, tag: Upos) -> u32 {
    key(0x8000 + tag as u32, ending)
}

fn key(kind: u32, text: &str) -> u32 {
    let step = |h: u32, b: u32| (h ^ b).wrapping_mul(0x0100_0193);
    let h = text.bytes().fold(step(0x811c_9dc5, kind), |h, b| step(h, u32::from(b.to_ascii_lowercase())));
    (h ^ h >> 15).wrapping_mul(0x2c1b_3c6d)
}

/// Edits and the edit of each key.
#[derive(Debug)]
pub(super) struct Lemmas {
    edits: Vec<(usize, String)>,
    /// *Shape*: sorted.
    keys: Vec<u32>,
    values: Vec<u16>,
    /// Where the keys with each beginning of [`BEGINNING`] bits begin, and behind the last where they end.
    begin: Vec<u32>,
}

/// Bits of a key by which it is found: a few keys share them.
const BEGINNING: u32 = 16;

impl Lemmas {
    pub(super) fn read(source: &mut Source<'_>) -> Result<Lemmas, Broken> {
        let n = source.number()?;
        let mut edits = Vec::new();
        for _ in 0..n {
            edits.push((source.number()? as usize, source.text()?.to_owned()));
        }
        let n = source.number()? as usize;
        let keys = source.numbers(n)?;
        let values: Vec<u16> = source.shorts(n)?.into_iter().map(|v| v as u16).collect();
        let good = keys.is_sorted() && values.iter().all(|v| usize::from(*v) < edits.len());
        let begins = |n: u32| keys.partition_point(|k| k >> (32 - BEGINNING) < n) as u32;
        let begin = (0..=1 << BEGINNING).map(begins).collect();
        if good { Ok(Lemmas { edits, keys, values, begin }) } else { Err(Broken) }
    }

    /// The lemma of `form` under `tag`.
    pub(super) fn of(&self, form: &str, tag: Upos) -> String {
        let plain = plain(form, tag);
        let whole = self.edited(&plain, form_key(&plain, tag));
        let endings = (0..=LONGEST).rev().filter_map(|n| ending(&plain, n));
        let sound = |lemma: &String| tag != Upos::Propn || plural(&plain, lemma);
        let by_ending = || endings.filter_map(|e| self.edited(&plain, ending_key(e, tag))).find(sound);
        whole.or_else(by_ending).filter(|l| !l.is_empty()).unwrap_or(plain)
    }

    /// What the edit of a key makes of a form.
    fn edited(&self, plain: &str, key: u32) -> Option<String> {
        let bucket = (key >> (32 - BEGINNING)) as usize;
        let (from, to) = (self.begin[bucket] as usize, self.begin[bucket + 1] as usize);
        let at = from + self.keys[from..to].iter().position(|k| *k == key)?;
        let (cut, add) = &self.edits[usize::from(self.values[at])];
        let stem = plain.char_indices().rev().take(*cut).last().map_or(plain.len(), |(at, _)| at);
        Some([&plain[..stem], add].concat())
    }
}

/// Whether `lemma` is `form` itself, in any case, or its singular. Endings say no more of names: keys know no case, and what
/// was learnt from two names in capitals would give their letters to all names that end alike.
fn plural(form: &str, lemma: &str) -> bool {
    let letters = |s: &str| s.chars().flat_map(char::to_lowercase).collect::<Vec<char>>();
    let (form, lemma) = (letters(form), letters(lemma));
    let common = form.iter().zip(&lemma).take_while(|(a, b)| a == b).count();
    lemma.len() <= common + 1 && form.len() <= common + 3 && lemma.len() <= form.len()
}

/// The last `n` characters, when there are as many.
fn ending(form: &str, n: usize) -> Option<&str> {
    if n == 0 {
        return Some("");
    }
    if form.is_ascii() {
        return form.len().checked_sub(n).map(|at| &form[at..]);
    }
    form.char_indices().rev().nth(n - 1).map(|(at, _)| &form[at..])
}
