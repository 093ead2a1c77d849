//! Steps down the slope: Adam, with a rate that falls in a straight line, on two threads that always do the same shares.

use super::matrix::Dice;
use super::network::{Dropout, Gradient, Model, Sample, Shape, Turned, learn};

/// Samples of one step are dealt into this many shares, whatever the machine, so that sums come out the same.
const SHARES: usize = 2;
/// Words in a step, about.
const STEP_WORDS: usize = 500;
/// Longest step allowed in all parameters together, before Adam scales it.
const CLIP: f32 = 5.0;

/// A network in training.
pub(super) struct Trainee {
    pub(super) shape: Shape,
    pub(super) dense: Vec<f32>,
    /// *Shape*: [rows][width].
    pub(super) rows: Vec<f32>,
    moments: [Vec<f32>; 2],
    row_moments: [Vec<f32>; 2],
    gradients: Vec<Gradient>,
    steps: i32,
}

impl Trainee {
    /// Small random numbers.
    pub(super) fn new(shape: Shape, rows: usize, dice: &mut Dice) -> Trainee {
        let mut dense = vec![0.0f32; shape.size()];
        for (at, k, m) in shape.matrices() {
            let span = (6.0 / (k + m.min(k)) as f32).sqrt();
            dense[at..at + k * m].iter_mut().for_each(|v| *v = (dice.part() * 2.0 - 1.0) * span);
        }
        // A fresh layer should remember and pass on; a fresh end of sentence should be rare.
        for l in 0..shape.layers {
            let bias = shape.layer_at(l) + shape.width * 3 * shape.width;
            dense[bias + 2 * shape.width..bias + 3 * shape.width].fill(-0.5);
            let beside = shape.beside_at(l);
            dense[beside..beside + 2 * shape.width].fill(0.1);
        }
        let table: Vec<f32> = (0..rows * shape.width).map(|_| (dice.part() * 2.0 - 1.0) * 0.15).collect();
        let gradient =
            || Gradient { dense: vec![0.0; dense.len()], rows: vec![0.0; table.len()], touched: Vec::new(), loss: 0.0 };
        Trainee {
            shape,
            moments: [vec![0.0; dense.len()], vec![0.0; dense.len()]],
            row_moments: [vec![0.0; table.len()], vec![0.0; table.len()]],
            gradients: (0..SHARES).map(|_| gradient()).collect(),
            dense,
            rows: table,
            steps: 0,
        }
    }

    /// One pass over `samples` in their order; `rate` gives the rate from the share of the pass that is done. The mean loss
    /// of a word.
    pub(super) fn pass(
        &mut self,
        samples: &[Sample],
        drop: Dropout,
        dice: &mut Dice,
        rate: impl Fn(f32) -> f32,
    ) -> f64 {
        let (mut loss, mut words, mut at) = (0.0, 0, 0);
        while at < samples.len() {
            let (begin, mut n) = (at, 0);
            while at < samples.len() && n < STEP_WORDS {
                n += samples[at].rows.len();
                at += 1;
            }
            loss += self.step(&samples[begin..at], n, drop, dice, rate(at as f32 / samples.len() as f32));
            words += n;
        }
        loss / words.max(1) as f64
    }

    fn step(&mut self, samples: &[Sample], words: usize, drop: Dropout, dice: &mut Dice, rate: f32) -> f64 {
        let turned = Turned::of(&self.shape, &self.dense);
        let model = Model { shape: &self.shape, dense: &self.dense, turned: &turned, rows: &self.rows, drop };
        std::thread::scope(|scope| {
            for (share, g) in self.gradients.iter_mut().enumerate() {
                let mut dice = Dice::new(dice.next());
                let model = &model;
                scope.spawn(move || {
                    g.dense.fill(0.0);
                    g.loss = 0.0;
                    for sample in samples.iter().skip(share).step_by(SHARES) {
                        learn(model, sample, &mut dice, g);
                    }
                });
            }
        });
        let (first, others) = self.gradients.split_at_mut(1);
        let g = &mut first[0];
        let d = self.shape.width;
        for other in others {
            g.loss += other.loss;
            g.dense.iter_mut().zip(&other.dense).for_each(|(a, b)| *a += b);
            other.touched.sort_unstable();
            other.touched.dedup();
            for r in other.touched.drain(..) {
                let at = r as usize * d..(r as usize + 1) * d;
                g.rows[at.clone()].iter_mut().zip(&other.rows[at.clone()]).for_each(|(a, b)| *a += b);
                other.rows[at].fill(0.0);
                g.touched.push(r);
            }
        }
        g.touched.sort_unstable();
        g.touched.dedup();
        let by = 1.0 / words as f32;
        let length = by * g.dense.iter().map(|v| v * v).sum::<f32>().sqrt();
        let by = if length > CLIP { by * CLIP / length } else { by };
        self.steps += 1;
        let even = 1.0 - 0.9f32.powi(self.steps);
        let even2 = 1.0 - 0.98f32.powi(self.steps);
        let rate = rate * even2.sqrt() / even;
        let [m, v] = &mut self.moments;
        adam(&mut self.dense, &g.dense, m, v, by, rate);
        let [m, v] = &mut self.row_moments;
        for r in g.touched.drain(..) {
            let at = r as usize * d..(r as usize + 1) * d;
            adam(&mut self.rows[at.clone()], &g.rows[at.clone()], &mut m[at.clone()], &mut v[at.clone()], by, rate);
            g.rows[at].fill(0.0);
        }
        g.loss
    }
}

fn adam(p: &mut [f32], g: &[f32], m: &mut [f32], v: &mut [f32], by: f32, rate: f32) {
    for (((p, g), m), v) in p.iter_mut().zip(g).zip(m).zip(v) {
        let g = g * by;
        *m = 0.9 * *m + 0.1 * g;
        *v = 0.98 * *v + 0.02 * g * g;
        *p -= rate * *m / (v.sqrt() + 1e-8);
    }
}
