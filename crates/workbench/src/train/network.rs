//! The encoder and its tasks in full precision: loss of one text and its derivatives.
//!
//! All parameters but the embeddings lie in one vector, and so do their derivatives; [`Shape`] knows where each begins.

use super::chain::{self, Chain};
use super::matrix::{Dice, add_product, add_rows, softmax, turned};
use article::grammar::features::DISTANCES;

/// Sizes of a network. Without arcs it only tags.
#[derive(Clone, Copy)]
pub(super) struct Shape {
    pub(super) width: usize,
    pub(super) layers: usize,
    pub(super) tags: usize,
    /// Finer tags, which the network learns to tell only because that teaches it to tell the coarse ones; never written.
    pub(super) fine: usize,
    /// Sizes of the vectors that arcs and labels are scored with, and the number of labels; 0 without arcs.
    pub(super) arc: usize,
    pub(super) label: usize,
    pub(super) labels: usize,
}

/// A text as the network sees it.
#[derive(Clone, Default)]
pub(super) struct Sample {
    /// Rows of embeddings of each word.
    pub(super) rows: Vec<Vec<u32>>,
    pub(super) tags: Vec<usize>,
    pub(super) fine: Vec<usize>,
    /// Words after which a sentence ends.
    pub(super) ends: Vec<bool>,
    /// Heads, 0 for the root, and labels; empty when the network only tags.
    pub(super) heads: Vec<usize>,
    pub(super) labels: Vec<usize>,
    /// Choices among a part of the outputs, for words of which the right one is known.
    pub(super) picks: Vec<Pick>,
    /// Runs of marks.
    pub(super) chains: Vec<Chain>,
}

/// The right one of the outputs `from..to` of a word.
#[derive(Clone)]
pub(super) struct Pick {
    pub(super) word: usize,
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) right: usize,
}

/// How much the finer tags count.
const FINE: f32 = 0.5;

/// Shares of numbers set to 0 in training.
#[derive(Clone, Copy)]
pub(super) struct Dropout {
    pub(super) input: f32,
    pub(super) layer: f32,
    pub(super) hidden: f32,
}

/// A network as it stands at one step.
#[derive(Clone, Copy)]
pub(super) struct Model<'a> {
    pub(super) shape: &'a Shape,
    pub(super) dense: &'a [f32],
    pub(super) turned: &'a Turned,
    pub(super) rows: &'a [f32],
    pub(super) drop: Dropout,
}

/// Derivatives, and the rows of embeddings that have any.
pub(super) struct Gradient {
    pub(super) dense: Vec<f32>,
    pub(super) rows: Vec<f32>,
    pub(super) touched: Vec<u32>,
    pub(super) loss: f64,
}

impl Shape {
    /// The outputs that the tasks read: arc head, arc dependent, label head, label dependent, tags, end of sentence.
    pub(super) fn outputs(&self) -> usize {
        2 * self.arc + 2 * self.label + self.tags + 1
    }
    /// The same, and the finer tags behind them.
    pub(super) fn all(&self) -> usize {
        self.outputs() + self.fine
    }
    fn layer(&self) -> usize {
        self.width * 3 * self.width + 5 * self.width
    }
    /// How much of the words before and after is added to a word before the matrix of layer `l`.
    pub(super) fn beside_at(&self, l: usize) -> usize {
        self.layer_at(l + 1) - 2 * self.width
    }
    /// Where the matrix of layer `l` begins; its biases follow it.
    pub(super) fn layer_at(&self, l: usize) -> usize {
        l * self.layer()
    }
    pub(super) fn heads_at(&self) -> usize {
        self.layer_at(self.layers)
    }
    /// The arc matrix, its biases, the arc vector of the root, and those of distances.
    pub(super) fn arc_at(&self) -> usize {
        self.heads_at() + self.width * self.all() + self.all()
    }
    /// The label matrix, its biases, and the label vector of the root.
    pub(super) fn label_at(&self) -> usize {
        self.arc_at() + self.arc * (self.arc + 2 + DISTANCES)
    }
    pub(super) fn size(&self) -> usize {
        self.label_at() + self.label * self.labels + self.labels + self.label
    }
    /// Matrices as (begin, inputs, outputs).
    pub(super) fn matrices(&self) -> Vec<(usize, usize, usize)> {
        let mut all: Vec<_> = (0..self.layers).map(|l| (self.layer_at(l), self.width, 3 * self.width)).collect();
        all.push((self.heads_at(), self.width, self.all()));
        if self.arc > 0 {
            all.push((self.arc_at(), self.arc, self.arc));
            all.push((self.label_at(), self.label, self.labels));
        }
        all
    }
}

/// Matrices with rows and columns exchanged, as going back needs them; made once a step.
pub(super) struct Turned(pub(super) Vec<Vec<f32>>);

impl Turned {
    pub(super) fn of(shape: &Shape, p: &[f32]) -> Turned {
        Turned(shape.matrices().into_iter().map(|(at, k, m)| turned(&p[at..at + k * m], m)).collect())
    }
}

fn gate(v: f32) -> f32 {
    0.5 + 0.5 * v / (1.0 + v.abs())
}

fn slope(v: f32) -> f32 {
    0.5 / ((1.0 + v.abs()) * (1.0 + v.abs()))
}

/// Numbers that are 0 with the chance `p` and keep the mean.
fn mask(n: usize, p: f32, dice: &mut Dice) -> Vec<f32> {
    (0..n).map(|_| if dice.part() < p { 0.0 } else { 1.0 / (1.0 - p) }).collect()
}

fn times(a: &[f32], m: &[f32]) -> Vec<f32> {
    a.chunks(m.len()).flat_map(|row| row.iter().zip(m).map(|(a, m)| a * m)).collect()
}

/// One matrix product with biases.
fn linear(p: &[f32], (at, k, m): (usize, usize, usize), x: &[f32]) -> Vec<f32> {
    let bias = &p[at + k * m..at + k * m + m];
    let mut out: Vec<f32> = (0..x.len() / k).flat_map(|_| bias.iter().copied()).collect();
    add_product(&mut out, x, &p[at..at + k * m], k, m);
    out
}

/// Derivatives of [`linear`]: those of the parameters are added to `g`, those of `x` come back.
fn linear_back(g: &mut [f32], back: &[f32], (at, k, m): (usize, usize, usize), x: &[f32], d: &[f32]) -> Vec<f32> {
    let n = x.len() / k;
    add_product(&mut g[at..at + k * m], &turned(x, k), d, n, m);
    add_rows(&mut g[at + k * m..at + k * m + m], d);
    let mut out = vec![0.0; x.len()];
    add_product(&mut out, d, back, m, k);
    out
}

/// Each word with a share of the words before and after it, channel by channel. *Shape*: `by` [2][d].
fn beside(x: &[f32], by: &[f32], d: usize) -> Vec<f32> {
    let (before, after) = by.split_at(d);
    let mut out = x.to_vec();
    for (out, x) in out[d..].chunks_exact_mut(d).zip(x.chunks_exact(d)) {
        out.iter_mut().zip(x.iter().zip(before)).for_each(|(o, (x, by))| *o += x * by);
    }
    for (out, x) in out.chunks_exact_mut(d).zip(x[d..].chunks_exact(d)) {
        out.iter_mut().zip(x.iter().zip(after)).for_each(|(o, (x, by))| *o += x * by);
    }
    out
}

/// Derivatives of [`beside`]: those of the shares are added to `g`, those of `x` come back.
fn beside_back(g: &mut [f32], x: &[f32], by: &[f32], dout: &[f32], d: usize) -> Vec<f32> {
    let (before, after) = by.split_at(d);
    let (g_before, g_after) = g.split_at_mut(d);
    let mut dx = dout.to_vec();
    for t in 0..x.len() / d - 1 {
        let (x0, x1) = x[t * d..(t + 2) * d].split_at(d);
        let (out0, out1) = dout[t * d..(t + 2) * d].split_at(d);
        let (dx0, dx1) = dx[t * d..(t + 2) * d].split_at_mut(d);
        let (before, after, g_before, g_after) = (&before[..d], &after[..d], &mut g_before[..d], &mut g_after[..d]);
        for j in 0..d {
            g_before[j] += out1[j] * x0[j];
            g_after[j] += out0[j] * x1[j];
            dx0[j] += before[j] * out1[j];
            dx1[j] += after[j] * out0[j];
        }
    }
    dx
}

/// What one layer leaves for the way back.
struct Layer {
    x: Vec<f32>,
    masked: Vec<f32>,
    mask: Vec<f32>,
    u: Vec<f32>,
    c: Vec<f32>,
}

/// Adds the derivatives of one sample's loss to `g`.
pub(super) fn learn(model: &Model<'_>, sample: &Sample, dice: &mut Dice, g: &mut Gradient) {
    let Model { shape: s, dense: p, turned, rows, drop } = *model;
    let (n, d) = (sample.rows.len(), s.width);
    let matrices = s.matrices();
    let mut x = vec![0.0f32; n * d];
    let input = mask(n * d, drop.input, dice);
    for (word, x) in sample.rows.iter().zip(x.chunks_exact_mut(d)) {
        for r in word {
            for (x, e) in x.iter_mut().zip(&rows[*r as usize * d..(*r as usize + 1) * d]) {
                *x += e;
            }
        }
    }
    x.iter_mut().zip(&input).for_each(|(x, m)| *x *= m);

    let mut kept = Vec::new();
    for (l, matrix) in matrices[..s.layers].iter().enumerate() {
        let mask = mask(d, drop.layer, dice);
        let masked = times(&beside(&x, &p[s.beside_at(l)..s.beside_at(l) + 2 * d], d), &mask);
        let u = linear(p, *matrix, &masked);
        let (h, c) = recur(&x, &u, n, d);
        kept.push(Layer { x: std::mem::replace(&mut x, h), masked, mask, u, c });
    }
    let last_mask = mask(d, drop.layer, dice);
    let last = times(&x, &last_mask);
    let heads = matrices[s.layers];
    let out = linear(p, heads, &last);
    let mut dout = vec![0.0f32; out.len()];
    tags(s, sample, &out, &mut dout, g);
    if s.arc > 0 {
        super::arcs::learn(model, sample, &out, &mut dout, dice, g);
    }
    let mut dx = times(&linear_back(&mut g.dense, &turned.0[s.layers], heads, &last, &dout), &last_mask);
    for (l, layer) in kept.iter().enumerate().rev() {
        let (du, direct) = recur_back(layer, &dx, n, d);
        let through = linear_back(&mut g.dense, &turned.0[l], matrices[l], &layer.masked, &du);
        let at = s.beside_at(l)..s.beside_at(l) + 2 * d;
        dx = beside_back(&mut g.dense[at.clone()], &layer.x, &p[at], &times(&through, &layer.mask), d);
        dx.iter_mut().zip(&direct).for_each(|(a, b)| *a += b);
    }
    dx.iter_mut().zip(&input).for_each(|(x, m)| *x *= m);
    for (word, dx) in sample.rows.iter().zip(dx.chunks_exact(d)) {
        for r in word {
            g.touched.push(*r);
            for (g, v) in g.rows[*r as usize * d..(*r as usize + 1) * d].iter_mut().zip(dx) {
                *g += v;
            }
        }
    }
}

/// The losses of tags, of ends of sentences, and of other choices.
fn tags(s: &Shape, sample: &Sample, out: &[f32], dout: &mut [f32], g: &mut Gradient) {
    let (at, end, k) = (s.outputs() - s.tags - 1, s.outputs() - 1, s.all());
    for (t, tag) in sample.tags.iter().enumerate() {
        let (from, to) = (t * k + at, t * k + end);
        let mut row = out[from..to].to_vec();
        g.loss += f64::from(softmax(&mut row, *tag));
        row[*tag] -= 1.0;
        dout[from..to].copy_from_slice(&row);
        if !sample.ends.is_empty() {
            let p = 1.0 / (1.0 + (-out[to]).exp());
            let right = f32::from(u8::from(sample.ends[t]));
            g.loss -= f64::from((if sample.ends[t] { p } else { 1.0 - p }).max(1e-9).ln());
            dout[to] = p - right;
        }
        let (from, to) = (t * k + end + 1, (t + 1) * k);
        let mut row = out[from..to].to_vec();
        softmax(&mut row, sample.fine[t]);
        row[sample.fine[t]] -= 1.0;
        dout[from..to].iter_mut().zip(&row).for_each(|(d, v)| *d = FINE * v);
    }
    for pick in &sample.picks {
        let (from, to) = (pick.word * k + pick.from, pick.word * k + pick.to);
        let mut row = out[from..to].to_vec();
        g.loss += f64::from(softmax(&mut row, pick.right));
        row[pick.right] -= 1.0;
        dout[from..to].copy_from_slice(&row);
    }
    for chain in &sample.chains {
        g.loss += chain::learn(chain, out, dout, k);
    }
}

/// The recurrence of all channels, the first half forwards and the second backwards: outputs and carries.
fn recur(x: &[f32], u: &[f32], n: usize, d: usize) -> (Vec<f32>, Vec<f32>) {
    let (mut h, mut c) = (vec![0.0; n * d], vec![0.0; n * d]);
    let w = d / 2;
    for half in 0..2 {
        let mut carry = vec![0.0f32; w];
        for i in 0..n {
            let t = if half == 0 { i } else { n - 1 - i };
            let (at, from) = (t * d + half * w, t * 3 * d + half * w);
            let (u, vf, vr) = (&u[from..][..w], &u[from + d..][..w], &u[from + 2 * d..][..w]);
            let (x, h, c, carry) = (&x[at..][..w], &mut h[at..][..w], &mut c[at..][..w], &mut carry[..w]);
            for j in 0..w {
                let (f, r) = (gate(vf[j]), gate(vr[j]));
                carry[j] = f * carry[j] + (1.0 - f) * u[j];
                c[j] = carry[j];
                h[j] = r * carry[j] + (1.0 - r) * x[j];
            }
        }
    }
    (h, c)
}

/// Derivatives of [`recur`]: of `u`, and of `x` past the matrix.
fn recur_back(l: &Layer, dh: &[f32], n: usize, d: usize) -> (Vec<f32>, Vec<f32>) {
    let (mut du, mut dx) = (vec![0.0; n * 3 * d], vec![0.0; n * d]);
    let (w, none) = (d / 2, vec![0.0; d / 2]);
    for half in 0..2 {
        let mut carry = vec![0.0f32; w];
        for i in (0..n).rev() {
            let t = if half == 0 { i } else { n - 1 - i };
            let (at, from) = (t * d + half * w, t * 3 * d + half * w);
            let c0 = match (half, i) {
                (_, 0) => &none[..w],
                (0, _) => &l.c[at - d..][..w],
                _ => &l.c[at + d..][..w],
            };
            let (u, vf, vr) = (&l.u[from..][..w], &l.u[from + d..][..w], &l.u[from + 2 * d..][..w]);
            let (x, c, dh, dx) = (&l.x[at..][..w], &l.c[at..][..w], &dh[at..][..w], &mut dx[at..][..w]);
            let (du, rest) = du[from..].split_at_mut(d);
            let (df, dr) = rest.split_at_mut(d);
            let (du, df, dr, carry) = (&mut du[..w], &mut df[..w], &mut dr[..w], &mut carry[..w]);
            for j in 0..w {
                let (f, r) = (gate(vf[j]), gate(vr[j]));
                dr[j] = dh[j] * (c[j] - x[j]) * slope(vr[j]);
                dx[j] = dh[j] * (1.0 - r);
                let dc = carry[j] + dh[j] * r;
                df[j] = dc * (c0[j] - u[j]) * slope(vf[j]);
                du[j] = dc * (1.0 - f);
                carry[j] = dc * f;
            }
        }
    }
    (du, dx)
}
