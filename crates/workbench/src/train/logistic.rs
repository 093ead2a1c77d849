//! Logistic regression over sparse features: the smallest loss plus the square of the weights, found by L-BFGS.
//!
//! Sources: Nocedal 1980 (the method), Fan et al. 2008 (the objective and the meaning of `cost`, as in LIBLINEAR). Nothing is
//! left to chance, so the same samples give the same weights.

/// Rows of features, each with a value.
#[derive(Debug, Clone, Default)]
pub(super) struct Rows {
    starts: Vec<usize>,
    columns: Vec<u32>,
    values: Vec<f32>,
    /// The number of features.
    pub(super) width: usize,
}

impl Rows {
    /// No rows over so many features.
    pub(super) fn new(width: usize) -> Rows {
        Rows { starts: vec![0], width, ..Rows::default() }
    }

    /// Adds a row.
    pub(super) fn push(&mut self, row: impl Iterator<Item = (u32, f32)>) {
        for (column, value) in row {
            self.columns.push(column);
            self.values.push(value);
        }
        self.starts.push(self.columns.len());
    }

    /// The number of rows.
    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// The score of a row: log-odds.
    pub(super) fn score(&self, n: usize, w: &Weights) -> f64 {
        w.bias + self.row(n).map(|(c, v)| w.features[c] * v).sum::<f64>()
    }

    fn row(&self, n: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let at = self.starts[n]..self.starts[n + 1];
        self.columns[at.clone()].iter().zip(&self.values[at]).map(|(c, v)| (*c as usize, f64::from(*v)))
    }
}

/// Weights of the features, and what every score begins with.
#[derive(Debug, Clone, Default)]
pub(super) struct Weights {
    pub(super) features: Vec<f64>,
    pub(super) bias: f64,
}

/// Steps remembered.
const MEMORY: usize = 8;
/// Steps taken at most.
const STEPS: usize = 80;
/// The slope, as a part of the first one, at which it is good enough.
const ENOUGH: f64 = 2e-3;

/// The weights for which `labels` of the rows in `among` are likeliest; `cost` weighs the samples against small weights.
pub(super) fn fit(rows: &Rows, among: &[usize], labels: &[bool], cost: f64) -> Weights {
    fit_toward(rows, among, labels, cost, &vec![0.0; rows.width])
}

/// The same where what counts as small is the distance from weights that are expected, one for each feature.
pub(super) fn fit_toward(rows: &Rows, among: &[usize], labels: &[bool], cost: f64, expected: &[f64]) -> Weights {
    let mut w = expected.to_vec();
    w.push(0.0);
    let value = |w: &[f64]| value(rows, among, labels, cost, w, expected);
    let (mut loss, mut slope) = value(&w);
    let first = norm(&slope);
    let mut past: Vec<(Vec<f64>, Vec<f64>)> = Vec::new();
    for _ in 0..STEPS {
        if norm(&slope) <= ENOUGH * first {
            break;
        }
        let mut step = direction(&slope, &past);
        let down = dot(&step, &slope);
        if down >= 0.0 {
            past.clear();
            step = slope.iter().map(|g| -g).collect();
        }
        let down = dot(&step, &slope);
        let mut length = if past.is_empty() { 1.0 / norm(&slope).max(1e-12) } else { 1.0 };
        let mut moved = None;
        for _ in 0..20 {
            let next: Vec<f64> = w.iter().zip(&step).map(|(w, s)| w + length * s).collect();
            let (l, g) = value(&next);
            if l <= loss + 1e-4 * length * down {
                moved = Some((next, l, g));
                break;
            }
            length *= 0.5;
        }
        let Some((next, l, g)) = moved else { break };
        let s: Vec<f64> = next.iter().zip(&w).map(|(a, b)| a - b).collect();
        let y: Vec<f64> = g.iter().zip(&slope).map(|(a, b)| a - b).collect();
        if dot(&s, &y) > 1e-12 {
            past.push((s, y));
            if past.len() > MEMORY {
                past.remove(0);
            }
        }
        (w, loss, slope) = (next, l, g);
    }
    let bias = w.pop().unwrap_or_default();
    Weights { features: w, bias }
}

/// The objective and its slope; the bias is the last weight and costs nothing, so that rare outcomes keep their odds.
fn value(rows: &Rows, among: &[usize], labels: &[bool], cost: f64, w: &[f64], expected: &[f64]) -> (f64, Vec<f64>) {
    let last = w.len() - 1;
    let mut slope: Vec<f64> = w.iter().zip(expected).map(|(w, e)| w - e).collect();
    let mut loss = 0.5 * dot(&slope, &slope);
    slope.push(0.0);
    for (n, label) in among.iter().map(|n| (*n, labels[*n])) {
        let score = w[last] + rows.row(n).map(|(c, v)| w[c] * v).sum::<f64>();
        let margin = if label { score } else { -score };
        loss += cost * if margin > 0.0 { (-margin).exp().ln_1p() } else { margin.exp().ln_1p() - margin };
        let p = 1.0 / (1.0 + (-score).exp());
        let pull = cost * (p - f64::from(u8::from(label)));
        rows.row(n).for_each(|(c, v)| slope[c] += pull * v);
        slope[last] += pull;
    }
    (loss, slope)
}

/// The way down, with what past steps told of the curve.
fn direction(slope: &[f64], past: &[(Vec<f64>, Vec<f64>)]) -> Vec<f64> {
    let mut q: Vec<f64> = slope.iter().map(|g| -g).collect();
    let mut shares = Vec::new();
    for (s, y) in past.iter().rev() {
        let a = dot(s, &q) / dot(s, y);
        q.iter_mut().zip(y).for_each(|(q, y)| *q -= a * y);
        shares.push(a);
    }
    if let Some((s, y)) = past.last() {
        let scale = dot(s, y) / dot(y, y);
        q.iter_mut().for_each(|q| *q *= scale);
    }
    for ((s, y), a) in past.iter().zip(shares.into_iter().rev()) {
        let b = dot(y, &q) / dot(s, y);
        q.iter_mut().zip(s).for_each(|(q, s)| *q += (a - b) * s);
    }
    q
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn norm(a: &[f64]) -> f64 {
    dot(a, a).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_parts_the_samples_gets_the_weight() {
        let mut rows = Rows::new(3);
        let samples = [([0, 2], true), ([0, 1], true), ([1, 2], false), ([2, 2], false)];
        samples.iter().for_each(|(row, _)| rows.push(row.iter().map(|c| (*c, 1.0))));
        let labels: Vec<bool> = samples.iter().map(|(_, y)| *y).collect();
        let w = fit(&rows, &[0, 1, 2, 3], &labels, 10.0);
        assert!(w.features[0] > 1.0 && w.features[0] > w.features[1].abs() && w.features[2] < 0.0, "{w:?}");
        let score = |n| w.bias + rows.row(n).map(|(c, v)| w.features[c] * v).sum::<f64>();
        (0..4).for_each(|n| assert_eq!(score(n) > 0.0, labels[n]));
    }
}
