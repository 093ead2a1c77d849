//! Writes a grammar file: rows in 8 bits, matrices in 11, each row with a scale of its own.

use super::lemmas::Lemmas;
use super::optimise::Trainee;
use article::grammar::features;
use article::grammar::layout::{MAGIC, VERSION, WEIGHT};

/// The bytes of the file; `article::grammar::layout` tells their order.
pub(super) fn bytes(keys: &[u32], labels: &[String], tagger: &Trainee, parser: &Trainee, lemmas: &Lemmas) -> Vec<u8> {
    let mut out = Vec::from(MAGIC);
    numbers(&mut out, [VERSION, features::VERSION, labels.len() as u32]);
    labels.iter().for_each(|l| text(&mut out, l));
    let s = &parser.shape;
    numbers(&mut out, [s.arc as u32, s.label as u32, keys.len() as u32]);
    numbers(&mut out, keys.iter().copied());
    net(&mut out, tagger, keys.len());
    net(&mut out, parser, keys.len());
    matrix(&mut out, &parser.dense, (s.arc_at(), s.arc, s.arc), s.arc);
    floats(&mut out, &parser.dense[s.arc_at() + s.arc * (s.arc + 1)..s.label_at()]);
    matrix(&mut out, &parser.dense, (s.label_at(), s.label, s.labels), s.labels);
    floats(&mut out, &parser.dense[s.size() - s.label..]);
    numbers(&mut out, [lemmas.edits.len() as u32]);
    for (cut, add) in &lemmas.edits {
        numbers(&mut out, [u32::from(*cut)]);
        text(&mut out, add);
    }
    numbers(&mut out, [lemmas.keys.len() as u32]);
    numbers(&mut out, lemmas.keys.keys().copied());
    out.extend(lemmas.keys.values().flat_map(|v| v.to_le_bytes()));
    out
}

pub(super) fn numbers(out: &mut Vec<u8>, all: impl IntoIterator<Item = u32>) {
    out.extend(all.into_iter().flat_map(u32::to_le_bytes));
}

fn floats(out: &mut Vec<u8>, all: &[f32]) {
    numbers(out, all.iter().map(|v| v.to_bits()));
}

fn text(out: &mut Vec<u8>, s: &str) {
    numbers(out, [s.len() as u32]);
    out.extend(s.bytes());
}

pub(super) fn net(out: &mut Vec<u8>, t: &Trainee, rows: usize) {
    let d = t.shape.width;
    numbers(out, [d as u32, t.shape.layers as u32]);
    // The mark of the other treebank lies past the keys and is left out.
    let table = &t.rows[..rows * d];
    let scale: Vec<f32> = table.chunks_exact(d).map(|r| largest(r.iter()) / 127.0).collect();
    floats(out, &scale);
    for (row, scale) in table.chunks_exact(d).zip(&scale) {
        out.extend(row.iter().map(|v| (v / scale).round() as i8 as u8));
    }
    let matrices = t.shape.matrices();
    for (l, m) in matrices[..t.shape.layers].iter().enumerate() {
        floats(out, &t.dense[t.shape.beside_at(l)..t.shape.beside_at(l) + 2 * d]);
        matrix(out, &t.dense, *m, m.2);
    }
    matrix(out, &t.dense, matrices[t.shape.layers], t.shape.outputs());
}

/// Scales, biases and weights of the first `kept` outputs, outputs first.
fn matrix(out: &mut Vec<u8>, p: &[f32], (at, k, m): (usize, usize, usize), kept: usize) {
    let column = |j: usize| p[at..at + k * m].iter().skip(j).step_by(m);
    let scale: Vec<f32> = (0..kept).map(|j| largest(column(j)) / WEIGHT).collect();
    floats(out, &scale);
    floats(out, &p[at + k * m..at + k * m + kept]);
    for (j, scale) in scale.iter().enumerate() {
        out.extend(column(j).flat_map(|v| ((v / scale).round() as i16).to_le_bytes()));
    }
}

fn largest<'a>(all: impl Iterator<Item = &'a f32>) -> f32 {
    all.fold(1e-6f32, |m, v| m.max(v.abs()))
}
