//! The losses of heads and labels, and their derivatives.

use super::matrix::{Dice, add_product, add_rows, softmax, turned};
use super::network::{Gradient, Model, Sample};
use article::grammar::features::{DISTANCES, distance};

/// Adds the losses of heads and labels of `sample` to `g` and their derivatives to `g` and `dout`.
pub(super) fn learn(
    model: &Model<'_>,
    sample: &Sample,
    out: &[f32],
    dout: &mut [f32],
    dice: &mut Dice,
    g: &mut Gradient,
) {
    heads(model, sample, out, dout, dice, g);
    labels(model, sample, out, dout, dice, g);
}

fn thinned(v: f32, drop: f32, dice: &mut Dice) -> (f32, f32) {
    let keep = if dice.part() < drop { 0.0 } else { 1.0 / (1.0 - drop) };
    if v > 0.0 { (v * keep, keep) } else { (0.0, 0.0) }
}

/// Heads: each dependent chooses among the root and all other words.
fn heads(model: &Model<'_>, sample: &Sample, out: &[f32], dout: &mut [f32], dice: &mut Dice, g: &mut Gradient) {
    let Model { shape: s, dense: p, turned: all, drop, .. } = *model;
    let (back, drop) = (&all.0[s.layers + 1], drop.hidden);
    let (n, a, k) = (sample.heads.len(), s.arc, s.all());
    let at = s.arc_at();
    let root = at + a * a + a;
    // Row 0 of the heads is the root's own vector.
    let mut head = p[root..root + a].to_vec();
    let (mut dep, mut head_keep, mut dep_keep) = (Vec::new(), Vec::new(), Vec::new());
    for row in out.chunks_exact(k) {
        for v in &row[..a] {
            let (v, keep) = thinned(*v, drop, dice);
            head.push(v);
            head_keep.push(keep);
        }
        for v in &row[a..2 * a] {
            let (v, keep) = thinned(*v, drop, dice);
            dep.push(v);
            dep_keep.push(keep);
        }
    }
    let mut query: Vec<f32> = (0..n).flat_map(|_| p[at + a * a..at + a * a + a].iter().copied()).collect();
    add_product(&mut query, &dep, &p[at..at + a * a], a, a);
    let mut scores = vec![0.0; n * (n + 1)];
    add_product(&mut scores, &query, &turned(&head, a), a, n + 1);
    let far = root + a..root + a + DISTANCES * a;
    let mut near = vec![0.0; n * DISTANCES];
    add_product(&mut near, &query, &turned(&p[far.clone()], a), a, DISTANCES);
    let mut dnear = vec![0.0; n * DISTANCES];
    for (t, row) in scores.chunks_exact_mut(n + 1).enumerate() {
        for (h, v) in row.iter_mut().enumerate().skip(1).filter(|(h, _)| *h != t + 1) {
            *v += near[t * DISTANCES + distance(h, t + 1)];
        }
        row[t + 1] = -1e9;
        g.loss += f64::from(softmax(row, sample.heads[t]));
        row[sample.heads[t]] -= 1.0;
        for (h, v) in row.iter().enumerate().skip(1).filter(|(h, _)| *h != t + 1) {
            dnear[t * DISTANCES + distance(h, t + 1)] += v;
        }
    }
    let mut dquery = vec![0.0; n * a];
    add_product(&mut dquery, &dnear, &p[far.clone()], DISTANCES, a);
    add_product(&mut g.dense[far], &turned(&dnear, DISTANCES), &query, n, a);
    add_product(&mut dquery, &scores, &head, n + 1, a);
    let mut dhead = vec![0.0; (n + 1) * a];
    add_product(&mut dhead, &turned(&scores, n + 1), &query, n, a);
    add_product(&mut g.dense[at..at + a * a], &turned(&dep, a), &dquery, n, a);
    add_rows(&mut g.dense[at + a * a..at + a * a + a], &dquery);
    add_rows(&mut g.dense[root..root + a], &dhead[..a]);
    let mut ddep = vec![0.0; n * a];
    add_product(&mut ddep, &dquery, back, a, a);
    for (t, row) in dout.chunks_exact_mut(k).enumerate() {
        for j in 0..a {
            row[j] = dhead[(t + 1) * a + j] * head_keep[t * a + j];
            row[a + j] = ddep[t * a + j] * dep_keep[t * a + j];
        }
    }
}

/// Labels, on the right arcs.
fn labels(model: &Model<'_>, sample: &Sample, out: &[f32], dout: &mut [f32], dice: &mut Dice, g: &mut Gradient) {
    let Model { shape: s, dense: p, turned: all, drop, .. } = *model;
    let (back, drop) = (&all.0[s.layers + 2], drop.hidden);
    let (n, m, k, l) = (sample.heads.len(), s.label, s.all(), s.labels);
    let (at, from) = (s.label_at(), 2 * s.arc);
    let root = at + m * l + l;
    let (mut z, mut keeps) = (Vec::with_capacity(n * m), Vec::with_capacity(n * m));
    for (t, h) in sample.heads.iter().enumerate() {
        for j in 0..m {
            let head = if *h == 0 { p[root + j] } else { out[(h - 1) * k + from + j] };
            let (v, keep) = thinned(head + out[t * k + from + m + j], drop, dice);
            z.push(v);
            keeps.push(keep);
        }
    }
    let mut scores: Vec<f32> = (0..n).flat_map(|_| p[at + m * l..at + m * l + l].iter().copied()).collect();
    add_product(&mut scores, &z, &p[at..at + m * l], m, l);
    for (t, row) in scores.chunks_exact_mut(l).enumerate() {
        g.loss += f64::from(softmax(row, sample.labels[t]));
        row[sample.labels[t]] -= 1.0;
    }
    add_product(&mut g.dense[at..at + m * l], &turned(&z, m), &scores, n, l);
    add_rows(&mut g.dense[at + m * l..at + m * l + l], &scores);
    let mut dz = vec![0.0; n * m];
    add_product(&mut dz, &scores, back, l, m);
    dz.iter_mut().zip(&keeps).for_each(|(d, keep)| *d *= keep);
    for (t, h) in sample.heads.iter().enumerate() {
        for j in 0..m {
            let d = dz[t * m + j];
            dout[t * k + from + m + j] += d;
            if *h == 0 {
                g.dense[root + j] += d;
            } else {
                dout[(h - 1) * k + from + j] += d;
            }
        }
    }
}
