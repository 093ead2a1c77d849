//! Weighs what holds of a candidate: a sum of weights for each standing, learnt by `workbench train standing`.
//!
//! The four standings that exclude each other, and no standing at all, share one softmax; a denial stands beside any of
//! them and has a logistic of its own. The weights are plain text, `models/en/standing.txt`, with a card beside it.

use super::features::Features;
use crate::account::Standing;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The standings in the order of the columns of the file.
pub(crate) const COLUMNS: [Standing; 5] =
    [Standing::Stated, Standing::Claimed, Standing::Accused, Standing::Suspected, Standing::Denied];

static TEXT: &str = include_str!("../../../../models/en/standing.txt");

/// How sure it must be that an actor is bound at all, or denies. *Range*: a probability.
const SURE: f32 = 0.5;

/// Weights by feature, a column for each standing.
#[derive(Debug, Default)]
pub(crate) struct Model {
    weights: HashMap<&'static str, [f32; 5]>,
}

/// A standing that was chosen, with the feature that spoke loudest for it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Choice {
    pub(crate) standing: Standing,
    pub(crate) by: String,
}

impl Model {
    /// The weights that ship with the program.
    pub(crate) fn builtin() -> &'static Model {
        static MODEL: LazyLock<Model> = LazyLock::new(|| Model::of(TEXT));
        &MODEL
    }

    /// Reads the file; lines that are no feature with five weights say nothing.
    fn of(text: &'static str) -> Model {
        let row = |line: &'static str| {
            let (name, numbers) = line.split_once('\t')?;
            let mut row = [0.0; 5];
            let mut parts = numbers.split('\t');
            for slot in &mut row {
                *slot = parts.next()?.trim().parse().ok()?;
            }
            Some((name, row))
        };
        Model { weights: text.lines().filter(|l| !l.starts_with('#')).filter_map(row).collect() }
    }

    /// The standings that these features give, at most one and a denial.
    pub(crate) fn choose(&self, features: &Features) -> Vec<Choice> {
        let rows: Vec<&[f32; 5]> = features.keys().filter_map(|f| self.weights.get(f.as_str())).collect();
        if rows.is_empty() {
            return Vec::new();
        }
        let mut sums = [0.0_f32; 5];
        for row in rows {
            sums.iter_mut().zip(row).for_each(|(s, w)| *s += w);
        }
        let highest = sums[..4].iter().copied().fold(0.0, f32::max);
        let total: f32 = (-highest).exp() + sums[..4].iter().map(|s| (s - highest).exp()).sum::<f32>();
        let none = (-highest).exp() / total;
        let mut chosen = Vec::new();
        if 1.0 - none > SURE {
            chosen.extend((0..4).max_by(|a, b| sums[*a].total_cmp(&sums[*b])));
        }
        if 1.0 / (1.0 + (-sums[4]).exp()) > SURE {
            chosen.push(4);
        }
        chosen.into_iter().map(|c| Choice { standing: COLUMNS[c], by: self.loudest(features, c) }).collect()
    }

    /// What each feature weighs for a standing, the heaviest first; those that weigh nothing are left out.
    pub(crate) fn weights(&self, features: &Features, standing: Standing) -> Vec<(String, f32)> {
        let Some(column) = COLUMNS.iter().position(|s| *s == standing) else { return Vec::new() };
        let row = |f: &String| Some((f.clone(), self.weights.get(f.as_str())?[column]));
        let mut out: Vec<(String, f32)> = features.keys().filter_map(row).filter(|(_, w)| *w != 0.0).collect();
        out.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then_with(|| a.0.cmp(&b.0)));
        out
    }

    /// The feature with the highest weight in a column; of equals the first by name.
    fn loudest(&self, features: &Features, column: usize) -> String {
        let weight = |f: &String| self.weights.get(f.as_str()).map_or(0.0, |row| row[column]);
        let best = features.keys().rev().max_by(|a, b| weight(a).total_cmp(&weight(b)));
        best.cloned().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use article::Span;

    #[test]
    fn a_denial_stands_beside_what_is_said_of_the_actor() {
        let model =
            Model::of("# stated claimed accused suspected denied\nblamed\t0\t0\t3\t1\t0\nsays no\t0\t-1\t0\t0\t2\n");
        let features = |names: &[&str]| names.iter().map(|n| ((*n).to_owned(), [Span::default(); 2])).collect();
        let chosen =
            |names: &[&str]| model.choose(&features(names)).into_iter().map(|c| c.standing).collect::<Vec<_>>();
        assert_eq!(chosen(&["blamed", "says no"]), [Standing::Accused, Standing::Denied]);
        assert_eq!(chosen(&["blamed"]), [Standing::Accused]);
        assert_eq!(chosen(&["unheard of"]), []);
    }
}
