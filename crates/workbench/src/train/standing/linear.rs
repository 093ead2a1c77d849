//! A softmax over none and four standings, and a logistic for denials, with weights pulled towards what a person wrote.
//!
//! A few hundred actors in a few dozen clusters teach little by themselves. So learning begins with weights that a person
//! wrote (`prior.txt`), pays for every step away from them, and takes it only where the examples outweigh the price: the
//! maximum a posteriori under a Gaussian prior (Chen and Rosenfeld 1999), as Chelba and Acero 2006 adapt models.
//! Plain gradient descent with a step for each weight (AdaGrad, Duchi et al. 2011) over all examples at once: a few thousand
//! short rows take seconds, and the same rows give the same weights.

use super::examples::Example;
use std::collections::{BTreeMap, HashMap};

/// What a person would say, before any example: a feature and its five weights a line.
static PRIOR: &str = include_str!("prior.txt");

/// The pull on the weights of messages alone, which are not written: hardly any.
const FREE: f64 = 0.1;
const PASSES: usize = 100;
const STEP: f64 = 0.3;

/// Weights by feature.
pub(crate) struct Linear {
    index: HashMap<String, usize>,
    weights: Vec<[f64; 5]>,
}

struct Row {
    features: Vec<usize>,
    label: Option<usize>,
    denied: bool,
    weight: f64,
}

impl Linear {
    /// Weights for the features that at least `least` examples have, and those that a person weighed. Messages get, beside
    /// the shared weights, some of their own for what sort of actor it is.
    pub(crate) fn train(corpus: &[&Example], messages: &[&Example], pull: f64, message: f64, least: usize) -> Linear {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for f in corpus.iter().chain(messages).flat_map(|e| &e.features) {
            *counts.entry(f).or_default() += 1;
        }
        let prior = prior();
        counts.retain(|f, n| *n >= least || prior.contains_key(f));
        for feature in prior.keys() {
            counts.entry(feature).or_default();
        }
        let index: HashMap<String, usize> = counts.keys().enumerate().map(|(i, f)| ((*f).to_owned(), i)).collect();
        let n = index.len();
        let row = |e: &Example, own: bool, weight: f64| {
            let shared: Vec<usize> = e.features.iter().filter_map(|f| index.get(f).copied()).collect();
            let sort = e.features.iter().filter(|f| f.starts_with("is ")).filter_map(|f| index.get(f));
            let apart: Vec<usize> = sort.map(|i| i + n).chain([2 * n]).filter(|_| own).collect();
            let features = shared.into_iter().chain(apart).collect();
            Row { features, label: e.label, denied: e.denied, weight }
        };
        let rows: Vec<Row> =
            corpus.iter().map(|e| row(e, false, 1.0)).chain(messages.iter().map(|e| row(e, true, message))).collect();
        let mut start = vec![[0.0; 5]; 2 * n + 1];
        prior.iter().for_each(|(f, row)| start[index[*f]] = *row);
        let mut weights = start.clone();
        let mut steps = vec![[1e-8; 5]; 2 * n + 1];
        for _ in 0..PASSES {
            let mut gradient = vec![[0.0; 5]; weights.len()];
            for (at, ((g, w), p)) in gradient.iter_mut().zip(&weights).zip(&start).enumerate() {
                let pull = if at < n { pull } else { FREE };
                (0..5).for_each(|column| g[column] = pull * (w[column] - p[column]));
            }
            for r in &rows {
                let shares = shares(&sums(&weights, &r.features));
                for (column, share) in shares.into_iter().enumerate() {
                    let wanted = if column == 4 { r.denied } else { r.label == Some(column) };
                    let error = (share - f64::from(u8::from(wanted))) * r.weight;
                    r.features.iter().for_each(|f| gradient[*f][column] += error);
                }
            }
            for ((w, g), s) in weights.iter_mut().zip(&gradient).zip(&mut steps) {
                for column in 0..5 {
                    s[column] += g[column] * g[column];
                    w[column] -= STEP * g[column] / s[column].sqrt();
                }
            }
        }
        weights.truncate(n);
        Linear { index, weights }
    }

    /// The standings chosen, as the reader chooses them.
    pub(crate) fn choose(&self, features: &[String]) -> Vec<usize> {
        let known: Vec<usize> = features.iter().filter_map(|f| self.index.get(f).copied()).collect();
        let shares = shares(&sums(&self.weights, &known));
        let mut out = Vec::new();
        if shares[..4].iter().sum::<f64>() > 0.5 {
            out.extend((0..4).max_by(|a, b| shares[*a].total_cmp(&shares[*b])));
        }
        if shares[4] > 0.5 {
            out.push(4);
        }
        out
    }

    /// The weights by name, those that say nothing left out.
    pub(crate) fn rows(&self) -> BTreeMap<String, [f64; 5]> {
        let named = self.index.iter().map(|(f, i)| (f.clone(), self.weights[*i]));
        named.filter(|(_, row)| row.iter().any(|w| w.abs() >= 0.005)).collect()
    }
}

/// The weights that a person wrote; lines that are none say nothing.
fn prior() -> BTreeMap<&'static str, [f64; 5]> {
    let row = |line: &'static str| {
        let (feature, numbers) = line.split_once('\t')?;
        let numbers: Option<Vec<f64>> = numbers.split_whitespace().map(|n| n.parse().ok()).collect();
        Some((feature, numbers?.try_into().ok()?))
    };
    PRIOR.lines().filter(|l| !l.starts_with('#')).filter_map(row).collect()
}

fn sums(weights: &[[f64; 5]], features: &[usize]) -> [f64; 5] {
    let mut out = [0.0; 5];
    for f in features {
        out.iter_mut().zip(&weights[*f]).for_each(|(s, w)| *s += w);
    }
    out
}

/// The probability of each standing, and of a denial.
fn shares(sums: &[f64; 5]) -> [f64; 5] {
    let highest = sums[..4].iter().copied().fold(0.0, f64::max);
    let total: f64 = (-highest).exp() + sums[..4].iter().map(|s| (s - highest).exp()).sum::<f64>();
    let mut out = [0.0; 5];
    out.iter_mut().zip(&sums[..4]).for_each(|(o, s)| *o = (s - highest).exp() / total);
    out[4] = 1.0 / (1.0 + (-sums[4]).exp());
    out
}
