//! One thing: its mentions, which roles it fills, by which words, and in which acts.

use super::gauge::Gauge;
use super::model::SENTENCE;
use super::numbers::{Numbers, keys};
use super::scores::NONE;
use super::{Act, Model, Role, Sheet, chance};
use article::Span;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// All mentions of one thing.
#[derive(Debug, Clone, Default)]
pub struct Thing {
    /// Its mentions, as indices into [`Sheet::mentions`].
    pub mentions: Vec<usize>,
    /// What tells whether it fills a role, for each role; nothing where none of its mentions is likely to.
    pub numbers: Vec<Vec<f32>>,
    /// For each role the mention that scores highest.
    pub best: Vec<usize>,
    /// Scores of its mentions.
    pub(super) scores: Vec<Vec<f32>>,
    /// What its sentences score, mention by mention.
    pub(super) sentences: Vec<Vec<f32>>,
}

/// What the words of all mentions together weigh against the numbers.
const WORDS: f32 = 0.4;
impl Thing {
    /// The chance that it fills each role: by a mean of what its numbers tell and what all its words tell together. *Range*: 0
    /// to 1.
    pub(crate) fn chances(&self, sheet: &Sheet, model: &Model, gauge: &Gauge) -> Vec<f32> {
        let words = model.whole.score_text(&self.keys(sheet));
        let of = |role: Role| {
            let numbers = &self.numbers[role as usize];
            if numbers.is_empty() {
                return 0.0;
            }
            chance(gauge.score(role, numbers) * (1.0 - WORDS) + words[role as usize] * WORDS)
        };
        Role::ALL.into_iter().map(of).collect()
    }

    /// The words that may name it, each once: plain, with the features of all its mentions, and where they first stand.
    pub fn choices<'s>(&self, sheet: &'s Sheet) -> Vec<(&'s str, Vec<u64>, Span)> {
        let mut all: BTreeMap<&str, (Vec<u64>, Span)> = BTreeMap::new();
        for w in self.mentions.iter().flat_map(|n| &sheet.mentions[*n].parts) {
            let (keys, _) = all.entry(&w.plain).or_insert_with(|| (Vec::new(), w.span));
            keys.extend_from_slice(&w.keys);
        }
        let once = |(plain, (mut keys, span)): (&'s str, (Vec<u64>, Span))| {
            keys.sort_unstable();
            keys.dedup();
            (plain, keys, span)
        };
        all.into_iter().map(once).collect()
    }

    /// The words that name it best in that role, and how likely they do.
    pub(crate) fn words(&self, sheet: &Sheet, role: Role, model: &Model) -> Option<(Span, f32)> {
        let scored =
            self.choices(sheet).into_iter().map(|(_, keys, span)| (span, model.variant.score(&keys)[role as usize]));
        let best = scored.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
        Some((best.0, chance(best.1)))
    }

    /// How likely what it fills belongs to each of the acts told.
    pub(crate) fn acts(
        &self,
        sheet: &Sheet,
        role: Role,
        model: &Model,
        acts: &[f32],
        told: &[(Act, f32)],
    ) -> Vec<(Act, f32)> {
        let mut scores = model.share.score(&sheet.mentions[self.mentions[self.best[role as usize]]].keys);
        static KEYS: LazyLock<Vec<u64>> = LazyLock::new(|| keys(&SHARES));
        model.share.weigh(&KEYS, &self.shares(role, acts).values, &mut scores);
        told.iter().map(|(a, _)| (*a, chance(scores[*a as usize]))).collect()
    }

    /// What tells to which act it belongs.
    pub fn shares(&self, role: Role, acts: &[f32]) -> Numbers {
        self.shared(role, acts, Numbers::default())
    }

    fn shared(&self, role: Role, acts: &[f32], mut n: Numbers) -> Numbers {
        for r in Role::ALL {
            n.put(format_args!("role {}", r.name()), f32::from(u8::from(r == role)));
        }
        let here = &self.sentences[self.best[role as usize]];
        for a in Act::ALL {
            let i = SENTENCE.len() + a as usize;
            n.put(format_args!("here {}", a.name()), here[i]);
            n.put(format_args!("anywhere {}", a.name()), self.sentences.iter().map(|s| s[i]).fold(NONE, f32::max));
            n.put(format_args!("told {}", a.name()), acts[a as usize]);
        }
        n
    }

    /// The features of all its mentions, each once.
    pub fn keys(&self, sheet: &Sheet) -> Vec<u64> {
        let mut out: Vec<u64> = self.mentions.iter().flat_map(|n| &sheet.mentions[*n].keys).copied().collect();
        out.sort_unstable();
        out.dedup();
        out
    }

    /// Where its mentions stand.
    pub(crate) fn spans(&self, sheet: &Sheet) -> Vec<Span> {
        let name = |n: &usize| sheet.mentions[*n].parts.iter().map(|w| w.span).min_by_key(|s| s.len());
        self.mentions.iter().filter_map(name).collect()
    }
}

/// The names of what tells to which act something belongs.
pub static SHARES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let sentences = vec![vec![0.0; SENTENCE.len() + Act::ALL.len()]];
    let thing = Thing { best: vec![0; Role::ALL.len()], sentences, ..Thing::default() };
    thing.shared(Role::Doer, &[0.0; Act::ALL.len()], Numbers::naming()).names()
});
