//! One table of a model, learnt on all folds but one, for each fold, and on all.

use crate::train::logistic::{Rows, Weights, fit};
use account::fill::{Table, key};
use std::collections::BTreeMap;

/// What one row of a table's training says.
pub(super) struct Item<'k> {
    /// The fold of its article.
    pub(super) fold: usize,
    /// Features that are there.
    pub(super) keys: &'k [u64],
    /// Values of the plan's numbers; empty if it has none.
    pub(super) numbers: Vec<f32>,
    /// Which outcomes are so.
    pub(super) labels: Vec<bool>,
}

/// How a table is learnt.
pub(super) struct Plan<'n> {
    /// Weight of the samples against small weights, as in LIBLINEAR.
    pub(super) cost: f64,
    /// Features seen less often are left out.
    pub(super) rare: usize,
    /// The rows are texts: rare features count more, and each less the more there are.
    pub(super) text: bool,
    /// Names of the values that each row has.
    pub(super) numbers: &'n [String],
    /// Values from this place on are less trusted.
    pub(super) faint: usize,
}

impl Default for Plan<'_> {
    fn default() -> Self {
        Plan { cost: 0.1, rare: 1, text: false, numbers: &[], faint: usize::MAX }
    }
}

/// How much of its spread a value that is less trusted shows.
const FAINT: f32 = 0.5;

/// Learns `outcomes` (their places in the table and in the labels) from `items`, and sets the rows of `tables`: those of the
/// folds, and last the one of all.
pub(super) fn learn(
    items: &[Item<'_>],
    outcomes: &[(usize, usize)],
    plan: &Plan<'_>,
    tables: &mut [&mut Table],
    names: &mut BTreeMap<u64, String>,
) {
    let columns = Columns::of(items, plan, names);
    let mut rows = Rows::new(columns.keys.len());
    for item in items {
        let length = if plan.text { (item.keys.len().max(1) as f32).sqrt() } else { 1.0 };
        let known = item.keys.iter().filter_map(|k| {
            let c = *columns.at.get(k)?;
            Some((c, if plan.text { columns.rarity[c as usize] / length } else { 1.0 }))
        });
        let valued = item.numbers.iter().zip(&columns.scale).map(|(v, (c, mean, spread))| (*c, (*v - mean) / spread));
        rows.push(known.chain(valued));
    }
    let labels: Vec<Vec<bool>> = outcomes.iter().map(|(_, l)| items.iter().map(|i| i.labels[*l]).collect()).collect();
    let folds = tables.len() - 1;
    let among: Vec<Vec<usize>> =
        (0..=folds).map(|f| (0..rows.len()).filter(|n| items[*n].fold != f).collect()).collect();
    let jobs: Vec<(usize, usize)> = (0..=folds).flat_map(|f| (0..outcomes.len()).map(move |o| (f, o))).collect();
    let work = |(f, o): &(usize, usize)| fit(&rows, &among[*f], &labels[*o], plan.cost);
    // Two threads, each with every other job: the weights are the same whoever finds them.
    let found: Vec<Vec<Weights>> = std::thread::scope(|scope| {
        let share = |n: usize| jobs.iter().skip(n).step_by(2).map(work).collect::<Vec<_>>();
        let other = scope.spawn(move || share(1));
        let own = share(0);
        vec![own, other.join().unwrap_or_default()]
    });
    for (n, (f, o)) in jobs.iter().enumerate() {
        let mut w = columns.unscaled(&found[n % 2][n / 2]);
        if plan.text {
            w.features.iter_mut().zip(&columns.rarity).for_each(|(w, r)| *w *= f64::from(*r));
        }
        set(tables[*f], outcomes[*o].0, &columns.keys, &w);
    }
}

/// Writes one outcome's weights into a table.
fn set(table: &mut Table, outcome: usize, keys: &[u64], w: &Weights) {
    let width = table.outcomes.len();
    for (k, v) in keys.iter().zip(&w.features) {
        let mut row = table.row(*k).map_or_else(|| vec![0.0; width], <[f32]>::to_vec);
        row[outcome] = *v as f32;
        table.set(*k, &row);
    }
    let mut bias = table.score(&[]);
    bias[outcome] = w.bias as f32;
    table.set_bias(&bias);
}

/// The features that take part, and how values are brought to one scale.
struct Columns {
    keys: Vec<u64>,
    at: BTreeMap<u64, u32>,
    /// Column, mean and spread of each value.
    scale: Vec<(u32, f32, f32)>,
    /// The logarithm of how many rows there are for one that has the feature.
    rarity: Vec<f32>,
}

impl Columns {
    fn of(items: &[Item<'_>], plan: &Plan<'_>, names: &mut BTreeMap<u64, String>) -> Columns {
        let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
        for item in items {
            item.keys.iter().for_each(|k| *counts.entry(*k).or_default() += 1);
        }
        counts.retain(|_, n| *n >= plan.rare);
        let mut keys: Vec<u64> = counts.keys().copied().collect();
        let mut scale = Vec::new();
        for (n, name) in plan.numbers.iter().enumerate() {
            let k = key(&[name]);
            names.entry(k).or_insert_with(|| name.clone());
            let (mean, spread) = moments(&items.iter().map(|i| i.numbers[n]).collect::<Vec<_>>());
            scale.push((keys.len() as u32, mean, if n >= plan.faint { spread / FAINT } else { spread }));
            keys.push(k);
        }
        let seldom = |k: &u64| (items.len() as f32 / (1 + counts.get(k).copied().unwrap_or(0)) as f32).ln();
        let rarity = keys.iter().map(seldom).collect();
        let at: BTreeMap<u64, u32> = keys.iter().enumerate().map(|(n, k)| (*k, n as u32)).collect();
        Columns { keys, at, scale, rarity }
    }

    /// The weights for values as they come.
    fn unscaled(&self, w: &Weights) -> Weights {
        let mut out = w.clone();
        for (c, mean, spread) in &self.scale {
            let own = &mut out.features[*c as usize];
            *own /= f64::from(*spread);
            out.bias -= *own * f64::from(*mean);
        }
        out
    }
}

/// Mean and standard deviation; one where all values are alike.
pub(super) fn moments(v: &[f32]) -> (f32, f32) {
    let n = v.len() as f64;
    let mean = v.iter().map(|x| f64::from(*x)).sum::<f64>() / n;
    let spread = (v.iter().map(|x| (f64::from(*x) - mean).powi(2)).sum::<f64>() / n).sqrt();
    (mean as f32, if spread > 1e-6 { spread as f32 } else { 1.0 })
}
