//! Whether a thing fills a role, by what is measured of it: each measure, and the products of the strongest ones with all.
//!
//! Measures are brought to one scale first, so that a product of two says where both are out of the common.

use super::numbers::keys;
use super::things::MEASURES;
use super::{Model, Role};
use std::sync::LazyLock;

/// Measures whose products with all others count.
const STRONG: [&str; 9] = [
    "best",
    "sum",
    "below top",
    "here either",
    "here bombing",
    "here kidnapping",
    "told attack",
    "told bombing",
    "told any",
];

/// Pairs of measures that are multiplied, by their places.
static PAIRS: LazyLock<Vec<(usize, usize)>> = LazyLock::new(|| {
    let strong: Vec<usize> = STRONG.iter().filter_map(|s| MEASURES.iter().position(|m| m == s)).collect();
    let with = |(n, i): (usize, &usize)| {
        let before = &strong[..n];
        (0..MEASURES.len()).filter(|j| !before.contains(j)).map(|j| (*i, j)).collect::<Vec<_>>()
    };
    strong.iter().enumerate().flat_map(with).collect()
});

/// The names of measures and products, in order.
pub static WIDE: LazyLock<Vec<String>> = LazyLock::new(|| {
    let pairs = PAIRS.iter().map(|(i, j)| format!("{} with {}", MEASURES[*i], MEASURES[*j]));
    MEASURES.iter().cloned().chain(pairs).collect()
});

/// The weights of a model for measures and products.
#[derive(Debug)]
pub struct Gauge {
    scale: Vec<(f32, f32)>,
    bias: Vec<f32>,
    /// For each role, in the order of [`WIDE`].
    weights: Vec<Vec<f32>>,
}

impl Gauge {
    /// Of a model.
    pub fn of(model: &Model) -> Gauge {
        static KEYS: LazyLock<Vec<u64>> = LazyLock::new(|| keys(&WIDE));
        let row = |k: &u64| model.scale.row(*k).map_or((0.0, 1.0), |r| (r[0], r[1]));
        let scale = KEYS[..MEASURES.len()].iter().map(row).collect();
        let weight = |k: &u64, r: usize| model.thing.row(*k).map_or(0.0, |w| w[r]);
        let weights = Role::ALL.iter().map(|r| KEYS.iter().map(|k| weight(k, *r as usize)).collect()).collect();
        Gauge { scale, bias: model.thing.score(&[]), weights }
    }

    /// Measures on one scale, and their products.
    pub fn wide(&self, measures: &[f32]) -> Vec<f32> {
        let mut out: Vec<f32> =
            measures.iter().zip(&self.scale).map(|(v, (mean, spread))| (v - mean) / spread).collect();
        let products = PAIRS.iter().map(|(i, j)| out[*i] * out[*j]).collect::<Vec<_>>();
        out.extend(products);
        out
    }

    /// Log-odds that a thing with these measures fills the role.
    pub(super) fn score(&self, role: Role, measures: &[f32]) -> f32 {
        let wide = self.wide(measures);
        self.bias[role as usize] + wide.iter().zip(&self.weights[role as usize]).map(|(v, w)| v * w).sum::<f32>()
    }

    /// What each measure and product adds to that, by name.
    pub(super) fn shares(&self, role: Role, measures: &[f32]) -> impl Iterator<Item = (String, f32)> + '_ {
        let wide = self.wide(measures);
        (wide.into_iter().zip(&self.weights[role as usize]))
            .zip(WIDE.iter())
            .map(|((v, w), name)| (format!("{name} {v:.1}"), v * w))
    }
}
