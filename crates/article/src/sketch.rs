//! Sketches: short fingerprints by which near copies are found without comparing texts.
//!
//! MinHash (Broder 1997): each text is the set of its runs of four folded words; [`SIZE`] hash functions each keep the
//! least value over the set; the share of equal values estimates the share of common runs (Jaccard). With 128 values the
//! standard error is at most 4.5 points. Headlines and datelines are left out, for they are what a paper changes first
//! when it prints a wire's text. The hash functions are fixed: a sketch may be stored.

use crate::{Article, BlockKind, fold};

/// Numbers in a sketch.
const SIZE: usize = 128;
/// Words in a run.
const RUN: usize = 4;

/// The sketch of an article's paragraphs; empty if they have no words.
///
/// *Shape*: 128 numbers, comparable only position by position. *Cost*: linear in the text, some 50 µs for 300 words.
pub fn sketch(article: &Article) -> Vec<u64> {
    let mut words: Vec<u64> = Vec::new();
    let skip = article.dateline.map_or(0, |d| d.end);
    for block in article.blocks.iter().filter(|b| b.kind == BlockKind::Paragraph) {
        let from = block.span.start.max(skip.min(block.span.end));
        let text = fold(article.text.get(from as usize..block.span.end as usize).unwrap_or(""));
        words.extend(text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(hash));
    }
    if words.is_empty() {
        return Vec::new();
    }
    // An odd multiplier and an addend each: the high bits, which decide the order, depend on all bits of the run's hash.
    let functions: Vec<(u64, u64)> = (0..SIZE as u64).map(|i| (mix(2 * i) | 1, mix(2 * i + 1))).collect();
    let mut least = vec![u64::MAX; SIZE];
    for run in words.windows(RUN.min(words.len())) {
        let h = run.iter().fold(0, |h, w| mix(h ^ w));
        for (l, (times, plus)) in least.iter_mut().zip(&functions) {
            *l = (*l).min(h.wrapping_mul(*times).wrapping_add(*plus));
        }
    }
    least
}

/// The estimated share of common runs of words. *Range*: 0 to 1; 0 if a sketch is empty or of another size.
pub fn similarity(a: &[u64], b: &[u64]) -> f64 {
    if a.is_empty() || a.len() != b.len() {
        return 0.0;
    }
    a.iter().zip(b).filter(|(x, y)| x == y).count() as f64 / a.len() as f64
}

const SEED: u64 = 0x9e37_79b9_7f4a_7c15;

/// FNV-1a, then mixed: words are short.
fn hash(word: &str) -> u64 {
    mix(word.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3)))
}

/// The finisher of splitmix64 (Steele et al. 2014): a permutation of the 64-bit numbers.
fn mix(x: u64) -> u64 {
    let x = x.wrapping_add(SEED);
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Block, Span};
    use proptest::prelude::*;

    fn of(text: &str) -> Vec<u64> {
        let blocks = vec![Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph }];
        sketch(&Article { text: text.to_owned(), blocks, ..Article::default() })
    }

    proptest! {
        #[test]
        fn the_same_words_give_the_same_sketch(words in prop::collection::vec("[a-z]{1,8}", 1..200)) {
            let text = words.join(" ");
            prop_assert_eq!(similarity(&of(&text), &of(&text.to_uppercase())), 1.0);
        }

        #[test]
        fn other_words_give_another(a in prop::collection::vec("[a-m]{3,8}", 5..200), b in prop::collection::vec("[n-z]{3,8}", 5..200)) {
            prop_assert!(similarity(&of(&a.join(" ")), &of(&b.join(" "))) < 0.05);
        }

        #[test]
        fn near_copies_stay_near(words in prop::collection::vec("[a-z]{3,9}", 150..400), at in 0usize..100) {
            let mut edited = words.clone();
            edited.drain(at..at + 12);
            for i in (0..edited.len()).step_by(40) {
                edited[i] = "edited".to_owned();
            }
            prop_assert!(similarity(&of(&words.join(" ")), &of(&edited.join(" "))) > 0.5);
        }
    }

    #[test]
    fn nothing_resembles_nothing() {
        assert_eq!(of("... --"), Vec::<u64>::new());
        assert_eq!(similarity(&[], &[]), 0.0);
    }

    /// Sketches are stored: a change of this number would need every stored sketch to be made anew.
    #[test]
    fn sketches_are_stable() {
        assert_eq!(of("a bomb went off in the bazaar")[0], 3_162_927_577_436_548_437);
    }
}
