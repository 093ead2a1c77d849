//! What the models of words score, and which acts an article tells of by all of these scores.

use super::model::SENTENCE;
use super::numbers::{Numbers, keys};
use super::{Act, Model, Role, Sheet};
use std::sync::LazyLock;

/// What the models of words score, as log-odds.
#[derive(Debug, Clone, Default)]
pub struct Scores {
    /// Acts of the article by its words, and whether it tells of any.
    pub article: Vec<f32>,
    /// The same by the words of the whole article, and then whether it tells of a second one of each.
    pub page: Vec<f32>,
    /// For each sentence: hit, doer, either, then the acts.
    pub sentences: Vec<Vec<f32>>,
    /// For each noun: the roles.
    pub mentions: Vec<Vec<f32>>,
}

/// A score of something that is not there.
pub(super) const NONE: f32 = -7.0;

impl Scores {
    /// By the tables of `model`.
    pub fn of(sheet: &Sheet, model: &Model) -> Scores {
        Scores {
            article: model.article.score_text(&sheet.article),
            page: model.page.score_text(&sheet.page),
            sentences: sheet.sentences.iter().map(|s| model.sentence.score_text(s)).collect(),
            mentions: sheet.mentions.iter().map(|m| model.mention.score(&m.keys)).collect(),
        }
    }

    pub(super) fn best_mention(&self, role: usize) -> f32 {
        self.mentions.iter().map(|m| m[role]).fold(NONE, f32::max)
    }
}

pub(super) fn sorted(values: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut v: Vec<f32> = values.collect();
    v.sort_by(|a, b| b.total_cmp(a));
    v
}

pub(super) fn sum(values: &[f32]) -> f32 {
    values.iter().map(|v| v.exp()).sum::<f32>().max(1e-6).ln()
}

/// What tells which acts an article tells of.
pub fn measures(scores: &Scores) -> Numbers {
    measured(scores, Numbers::default())
}

/// The names of these measures.
pub static MEASURES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let nothing =
        Scores { article: vec![0.0; Act::ALL.len() + 1], page: vec![0.0; 2 * Act::ALL.len() + 1], ..Scores::default() };
    measured(&nothing, Numbers::naming()).names()
});

fn measured(scores: &Scores, mut out: Numbers) -> Numbers {
    for (n, v) in scores.article.iter().enumerate() {
        out.put(format_args!("article {}", Act::ALL.get(n).map_or("any", |a| a.name())), *v);
    }
    for (n, v) in scores.page.iter().enumerate() {
        let times = if n > Act::ALL.len() { "second " } else { "" };
        let act = Act::ALL.get(n % (Act::ALL.len() + 1)).map_or("any", |a| a.name());
        out.put(format_args!("page {times}{act}"), *v);
    }
    for r in Role::ALL {
        out.put(format_args!("best {}", r.name()), scores.best_mention(r as usize));
    }
    for (n, name) in SENTENCE.iter().enumerate() {
        out.put(
            format_args!("sentence {name}"),
            sorted(scores.sentences.iter().map(|s| s[n])).first().copied().unwrap_or(NONE),
        );
    }
    for a in Act::ALL {
        let v = sorted(scores.sentences.iter().map(|s| s[SENTENCE.len() + a as usize]));
        out.put(format_args!("sentence {}", a.name()), v.first().copied().unwrap_or(NONE));
        out.put(format_args!("second sentence {}", a.name()), v.get(1).copied().unwrap_or(NONE));
        out.put(format_args!("sentences {}", a.name()), sum(&v));
    }
    out.put(format_args!("length"), (scores.sentences.len().max(1) as f32).ln());
    out.put(format_args!("beginning"), scores.sentences.iter().take(3).map(|s| s[2]).fold(NONE, f32::max));
    out
}

/// Log-odds of each act, of any, and of a second one of each.
pub fn acts(scores: &Scores, model: &Model) -> Vec<f32> {
    static KEYS: LazyLock<Vec<u64>> = LazyLock::new(|| keys(&MEASURES));
    let mut out = model.acts.score(&[]);
    model.acts.weigh(&KEYS, &measures(scores).values, &mut out);
    out
}
