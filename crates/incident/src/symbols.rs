//! Words and names as numbers, so that an account takes little room and two are compared fast.
//!
//! The numbers depend on the order in which words came; only whether two are equal may ever matter outside.

use crate::names::likeness;
use std::collections::HashMap;
use std::sync::Arc;

/// A word that was seen; [`NONE`] is the empty one.
pub(crate) type Symbol = u32;

/// The empty word.
pub(crate) const NONE: Symbol = 0;

/// Every word that was seen.
#[derive(Debug)]
pub(crate) struct Symbols {
    of: HashMap<Arc<str>, Symbol>,
    words: Vec<Arc<str>>,
}

impl Default for Symbols {
    fn default() -> Self {
        let empty: Arc<str> = "".into();
        Symbols { of: HashMap::from([(empty.clone(), NONE)]), words: vec![empty] }
    }
}

impl Symbols {
    /// The number of a word, the same each time.
    pub(crate) fn intern(&mut self, word: &str) -> Symbol {
        if let Some(s) = self.of.get(word) {
            return *s;
        }
        let (shared, number): (Arc<str>, _) = (word.into(), self.words.len() as Symbol);
        self.words.push(shared.clone());
        self.of.insert(shared, number);
        number
    }

    /// The word of a number.
    pub(crate) fn word(&self, s: Symbol) -> &str {
        &self.words[s as usize]
    }

    /// Whether two skeletons of place names are one name in two spellings.
    pub(crate) fn one_place(&self, a: Symbol, b: Symbol) -> bool {
        a != NONE && b != NONE && (a == b || near(self.word(a), self.word(b)))
    }
}

/// The first letter is what spellings keep and neighbours differ in: Kabul is not Zabul.
fn near(x: &str, y: &str) -> bool {
    let (short, long) = (x.len().min(y.len()), x.len().max(y.len()));
    // No change of letters makes up for so many that are missing.
    short >= 5
        && short * 100 >= long * 60
        && x.as_bytes()[0] == y.as_bytes()[0]
        // Letters that only one has must be changed: where there are too many, the rest need not be looked at.
        && (long > 64 || 1.0 - lacking(x, y) as f64 / long as f64 >= 0.77)
        && likeness(x, y) >= 0.77
}

/// So many letters at least must be changed to make one word from the other.
fn lacking(x: &str, y: &str) -> u32 {
    let letters = |w: &str| w.chars().fold(0u32, |set, c| set | 1 << (c as u32 % 32));
    let (a, b) = (letters(x), letters(y));
    (a & !b).count_ones().max((b & !a).count_ones())
}

/// The numbers that two sorted lists share.
pub(crate) fn shared(a: &[Symbol], b: &[Symbol]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        n += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    n
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_numbers() {
        let mut s = Symbols::default();
        let (a, b) = (s.intern("herat"), s.intern("kabul"));
        assert_eq!((s.intern("herat"), s.intern(""), s.word(b)), (a, NONE, "kabul"));
        assert_eq!((shared(&[1, 3, 5], &[2, 3, 5, 9]), shared(&[], &[1])), (2, 0));
    }
}
