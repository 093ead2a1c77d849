//! The few matrix operations that training needs, on rows of numbers one after another.

/// `out += x · w`. *Shape*: out [n][m], x [n][k], w [k][m].
pub(super) fn add_product(out: &mut [f32], x: &[f32], w: &[f32], k: usize, m: usize) {
    let n = out.len() / m;
    let mut t = 0;
    while t + 2 <= n {
        let (a, b) = out[t * m..(t + 2) * m].split_at_mut(m);
        let (xa, xb) = (&x[t * k..(t + 1) * k], &x[(t + 1) * k..(t + 2) * k]);
        let mut i = 0;
        while i + 4 <= k {
            let (w0, w1) = (&w[i * m..(i + 1) * m], &w[(i + 1) * m..(i + 2) * m]);
            let (w2, w3) = (&w[(i + 2) * m..(i + 3) * m], &w[(i + 3) * m..(i + 4) * m]);
            let (a0, a1, a2, a3) = (xa[i], xa[i + 1], xa[i + 2], xa[i + 3]);
            let (b0, b1, b2, b3) = (xb[i], xb[i + 1], xb[i + 2], xb[i + 3]);
            for j in 0..m {
                let (v0, v1, v2, v3) = (w0[j], w1[j], w2[j], w3[j]);
                a[j] += a0 * v0 + a1 * v1 + (a2 * v2 + a3 * v3);
                b[j] += b0 * v0 + b1 * v1 + (b2 * v2 + b3 * v3);
            }
            i += 4;
        }
        while i < k {
            let row = &w[i * m..(i + 1) * m];
            for j in 0..m {
                a[j] += xa[i] * row[j];
                b[j] += xb[i] * row[j];
            }
            i += 1;
        }
        t += 2;
    }
    if t < n {
        let a = &mut out[t * m..(t + 1) * m];
        for (i, v) in x[t * k..(t + 1) * k].iter().enumerate() {
            for (a, w) in a.iter_mut().zip(&w[i * m..(i + 1) * m]) {
                *a += v * w;
            }
        }
    }
}

/// The rows of `x` as columns. *Shape*: x [n][k] to [k][n].
pub(super) fn turned(x: &[f32], k: usize) -> Vec<f32> {
    let n = x.len() / k;
    let mut out = vec![0.0; x.len()];
    for (t, row) in x.chunks_exact(k).enumerate() {
        for (i, v) in row.iter().enumerate() {
            out[i * n + t] = *v;
        }
    }
    out
}

/// `out += the sum of the rows of x`.
pub(super) fn add_rows(out: &mut [f32], x: &[f32]) {
    for row in x.chunks_exact(out.len()) {
        for (o, v) in out.iter_mut().zip(row) {
            *o += v;
        }
    }
}

/// Turns a row of scores into probabilities; gives the loss of `right`.
pub(super) fn softmax(row: &mut [f32], right: usize) -> f32 {
    let top = row.iter().fold(f32::NEG_INFINITY, |a, b| a.max(*b));
    let mut sum = 0.0;
    for v in row.iter_mut() {
        *v = (*v - top).exp();
        sum += *v;
    }
    row.iter_mut().for_each(|v| *v /= sum);
    -row[right].max(1e-9).ln()
}

/// A repeatable source of numbers (xorshift64*).
#[derive(Clone)]
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// From 0 up to but not including 1.
    pub(super) fn part(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u64 << 24) as f32
    }

    pub(super) fn below(&mut self, n: usize) -> usize {
        (self.next() >> 33) as usize % n
    }
}
