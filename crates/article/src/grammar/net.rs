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
//! makes it several times faster than an LSTM of the same size. What goes into the product is `x[t]` with a share of
//! `x[t-1]` and `x[t+1]`, channel by channel, so that the gates see the words beside; that costs next to nothing. Sums are
//! made in one order whatever the machine, so every machine gives the same trees.

use super::lanes::{Lanes, Work, widest};
use super::layout::{Broken, Source};
use super::product::{Linear, Rounded, WIDEST};

/// Embeddings, layers and the product of the last layer that the tasks read.
#[derive(Debug)]
pub(crate) struct Net {
    width: usize,
    rows: Vec<i8>,
    scale: Vec<f32>,
    /// How much of the words before and after is added to a word before each layer, and the layer's matrix.
    layers: Vec<(Vec<f32>, Linear)>,
    heads: Linear,
}

/// Buffers of a [`Net`], reused from text to text.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    x: Vec<f32>,
    mixed: Vec<f32>,
    pub(super) rounded: Rounded,
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
        let layer = |_| Ok((source.floats(2 * width)?, Linear::read(source, width, 3 * width)?));
        let layers = (0..layers).map(layer).collect::<Result<_, _>>()?;
        let heads = Linear::read(source, width, outputs)?;
        Ok(Net { width, rows: table, scale, layers, heads })
    }

    /// Encodes words, given as runs of rows: word `t` has `rows[starts[t]..starts[t + 1]]`. Leaves the result in `b.out`.
    pub(crate) fn encode(&self, rows: &[u32], starts: &[u32], buffers: &mut Buffers) {
        widest(Encode { net: self, rows, starts, buffers });
    }

    /// The same with one set of instructions.
    #[inline(always)]
    pub(super) fn encode_with<L: Lanes>(&self, lanes: L, rows: &[u32], starts: &[u32], b: &mut Buffers) {
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
        for (beside, layer) in &self.layers {
            mix(&b.x, beside, &mut b.mixed);
            layer.apply(lanes, &b.mixed, &mut b.rounded, &mut b.u);
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
        self.heads.apply(lanes, &b.x, &mut b.rounded, &mut b.out);
    }
}

struct Encode<'a> {
    net: &'a Net,
    rows: &'a [u32],
    starts: &'a [u32],
    buffers: &'a mut Buffers,
}

impl Work for Encode<'_> {
    #[inline(always)]
    fn with<L: Lanes>(self, lanes: L) {
        self.net.encode_with(lanes, self.rows, self.starts, self.buffers);
    }
}

/// Each word with a share of the words before and after it, channel by channel.
#[inline(always)]
fn mix(x: &[f32], by: &[f32], out: &mut Vec<f32>) {
    let d = by.len() / 2;
    let (before, after) = by.split_at(d);
    out.clear();
    out.extend_from_slice(x);
    for (out, x) in out.chunks_exact_mut(d).skip(1).zip(x.chunks_exact(d)) {
        out.iter_mut().zip(x.iter().zip(before)).for_each(|(o, (x, by))| *o += x * by);
    }
    for (out, x) in out.chunks_exact_mut(d).zip(x.chunks_exact(d).skip(1)) {
        out.iter_mut().zip(x.iter().zip(after)).for_each(|(o, (x, by))| *o += x * by);
    }
}

/// One word's recurrence for the channels from `from` on.
#[inline(always)]
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
#[inline(always)]
fn gate(v: f32) -> f32 {
    0.5 + 0.5 * v / (1.0 + v.abs())
}
