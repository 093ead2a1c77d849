//! The encoder: features of words to vectors of words in their sentence.
//!
//! A word is the sum of its features' rows. Each layer is a simple recurrent unit (Lei et al. 2018) read in both
//! directions: one matrix product for the whole sentence, then, channel by channel,
//!
//! ```text
//! c[t] = f[t] c[t-1] + (1 - f[t]) u[t]        h[t] = r[t] c[t] + (1 - r[t]) x[t]
//! ```
//!
//! where `u`, `f`, `r` are the three parts of the product. Nothing but this cheap recurrence is done word by word, which
//! makes it several times faster than an LSTM of the same size. Files hold whole numbers, memory holds `f32`: sums are made
//! in one order whatever the machine, so every machine gives the same trees.

use super::layout::{Broken, Source};

/// The most inputs of a [`Linear`].
pub(super) const WIDEST: usize = 256;

/// Outputs that are computed together: with two words at a time their sums stay in registers.
const BLOCK: usize = 16;

/// A matrix product with bias.
#[derive(Debug)]
pub(super) struct Linear {
    inputs: usize,
    outputs: usize,
    /// *Shape*: [blocks of outputs][inputs][outputs of a block]; the last block is filled up with zeros.
    weights: Vec<f32>,
    bias: Vec<f32>,
}

impl Linear {
    pub(super) fn read(source: &mut Source<'_>, inputs: usize, outputs: usize) -> Result<Linear, Broken> {
        if inputs == 0 || inputs > WIDEST || outputs == 0 {
            return Err(Broken);
        }
        let scale = source.floats(outputs)?;
        let bias = source.floats(outputs)?;
        let rows = source.shorts(inputs * outputs)?;
        let mut weights = vec![0.0; outputs.div_ceil(BLOCK) * BLOCK * inputs];
        for (j, (row, scale)) in rows.chunks_exact(inputs).zip(&scale).enumerate() {
            for (i, w) in row.iter().enumerate() {
                weights[(j / BLOCK * inputs + i) * BLOCK + j % BLOCK] = f32::from(*w) * scale;
            }
        }
        Ok(Linear { inputs, outputs, weights, bias })
    }

    /// Writes the product for each row of `x` to `out`. *Shape*: x [words][inputs], out [words][outputs].
    pub(super) fn apply(&self, x: &[f32], out: &mut Vec<f32>) {
        let (k, m) = (self.inputs, self.outputs);
        // Every element is written below, so old ones need not be cleared.
        out.resize(x.len() / k * m, 0.0);
        for (block, weights) in self.weights.chunks_exact(k * BLOCK).enumerate() {
            let from = block * BLOCK;
            let to = m.min(from + BLOCK);
            let bias = &self.bias[from..to];
            for (words, out) in x.chunks(2 * k).zip(out.chunks_mut(2 * m)) {
                let (first, second) = words.split_at(k);
                if second.is_empty() {
                    put(&one(weights, first), bias, &mut out[from..to]);
                } else {
                    let (a, b) = two(weights, first, second);
                    put(&a, bias, &mut out[from..to]);
                    put(&b, bias, &mut out[m + from..m + to]);
                }
            }
        }
    }
}

fn put(sums: &[f32; BLOCK], bias: &[f32], out: &mut [f32]) {
    for ((out, sum), bias) in out.iter_mut().zip(sums).zip(bias) {
        *out = sum + bias;
    }
}

fn one(weights: &[f32], a: &[f32]) -> [f32; BLOCK] {
    let mut sums = [0.0; BLOCK];
    for (w, a) in weights.chunks_exact(BLOCK).zip(a) {
        for j in 0..BLOCK {
            sums[j] += w[j] * a;
        }
    }
    sums
}

/// Two words at once, which halves the loads of weights.
#[inline(never)]
fn two(weights: &[f32], a: &[f32], b: &[f32]) -> ([f32; BLOCK], [f32; BLOCK]) {
    let (mut x, mut y) = ([0.0; BLOCK], [0.0; BLOCK]);
    for ((w, a), b) in weights.chunks_exact(BLOCK).zip(a).zip(b) {
        for j in 0..BLOCK {
            x[j] += w[j] * a;
            y[j] += w[j] * b;
        }
    }
    (x, y)
}

/// Embeddings, layers and the product of the last layer that the tasks read.
#[derive(Debug)]
pub(crate) struct Net {
    width: usize,
    rows: Vec<i8>,
    scale: Vec<f32>,
    layers: Vec<Linear>,
    heads: Linear,
}

/// Buffers of a [`Net`], reused from text to text.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    x: Vec<f32>,
    u: Vec<f32>,
    carry: Vec<f32>,
    /// What the tasks read. *Shape*: [words][outputs].
    pub(crate) out: Vec<f32>,
}

impl Net {
    pub(crate) fn read(source: &mut Source<'_>, rows: usize, outputs: usize) -> Result<Net, Broken> {
        let width = source.number()? as usize;
        let layers = source.number()? as usize;
        if width == 0 || width > WIDEST || !width.is_multiple_of(2) || layers > 8 {
            return Err(Broken);
        }
        let scale = source.floats(rows)?;
        let table = source.signed(rows * width)?;
        let layers = (0..layers).map(|_| Linear::read(source, width, 3 * width)).collect::<Result<_, _>>()?;
        let heads = Linear::read(source, width, outputs)?;
        Ok(Net { width, rows: table, scale, layers, heads })
    }

    /// Encodes words, given as runs of rows: word `t` has `rows[starts[t]..starts[t + 1]]`. Leaves the result in `b.out`.
    pub(crate) fn encode(&self, rows: &[u32], starts: &[u32], b: &mut Buffers) {
        let (d, n) = (self.width, starts.len().saturating_sub(1));
        b.x.clear();
        b.x.resize(n * d, 0.0);
        for (word, x) in starts.windows(2).zip(b.x.chunks_exact_mut(d)) {
            for row in &rows[word[0] as usize..word[1] as usize] {
                let at = *row as usize;
                let scale = self.scale[at];
                for (x, e) in x.iter_mut().zip(&self.rows[at * d..(at + 1) * d]) {
                    *x += f32::from(*e) * scale;
                }
            }
        }
        for layer in &self.layers {
            layer.apply(&b.x, &mut b.u);
            b.carry.clear();
            b.carry.resize(d, 0.0);
            let (forward, backward) = b.carry.split_at_mut(d / 2);
            for t in 0..n {
                step(&mut b.x[t * d..(t + 1) * d], &b.u[t * 3 * d..(t + 1) * 3 * d], forward, 0);
            }
            for t in (0..n).rev() {
                step(&mut b.x[t * d..(t + 1) * d], &b.u[t * 3 * d..(t + 1) * 3 * d], backward, d / 2);
            }
        }
        self.heads.apply(&b.x, &mut b.out);
    }
}

/// One word's recurrence for the channels from `from` on.
fn step(x: &mut [f32], u: &[f32], carry: &mut [f32], from: usize) {
    let (d, half) = (x.len(), carry.len());
    let x = &mut x[from..from + half];
    let (u, f, r) = (&u[from..from + half], &u[d + from..d + from + half], &u[2 * d + from..2 * d + from + half]);
    for j in 0..half {
        let (f, r) = (gate(f[j]), gate(r[j]));
        let c = f * carry[j] + (1.0 - f) * u[j];
        carry[j] = c;
        x[j] = r * c + (1.0 - r) * x[j];
    }
}

/// A sigmoid without an exponential: the same bits on every machine, and several at once.
fn gate(v: f32) -> f32 {
    0.5 + 0.5 * v / (1.0 + v.abs())
}
