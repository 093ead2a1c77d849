//! The few matrix operations that training needs, on rows of numbers one after another.

/// Columns of a product that are summed up together, in registers.
const TILE: usize = 16;

/// `out += x · w`. *Shape*: out [n][m], x [n][k], w [k][m].
pub(super) fn add_product(out: &mut [f32], x: &[f32], w: &[f32], k: usize, m: usize) {
    let whole = m / TILE * TILE;
    for j in (0..whole).step_by(TILE) {
        add_columns(out, x, &w[j..], k, m, j..j + TILE);
    }
    if whole < m {
        // The columns that are left are filled up to a tile.
        let mut last = vec![0.0; k * TILE];
        for (last, w) in last.chunks_exact_mut(TILE).zip(w.chunks_exact(m)) {
            last[..m - whole].copy_from_slice(&w[whole..]);
        }
        add_columns(out, x, &last, k, TILE, whole..m);
    }
}

/// Some columns of a product: `w` begins at the first of them, and its rows are `stride` apart.
fn add_columns(out: &mut [f32], x: &[f32], w: &[f32], k: usize, stride: usize, columns: std::ops::Range<usize>) {
    let n = x.len() / k;
    let m = out.len() / n.max(1);
    for t in (0..n).step_by(4) {
        // Fewer than four rows at the end: the last is summed up more than once, and added once.
        let row = |r: usize| &x[(t + r).min(n - 1) * k..][..k];
        let sums = four([row(0), row(1), row(2), row(3)], w, stride);
        for (out, sums) in out[t * m..].chunks_exact_mut(m).zip(&sums) {
            let out = &mut out[columns.clone()];
            match out.first_chunk_mut::<TILE>() {
                Some(out) => (0..TILE).for_each(|j| out[j] += sums[j]),
                None => out.iter_mut().zip(sums).for_each(|(o, s)| *o += s),
            }
        }
    }
}

/// A tile of four rows.
#[inline(never)]
fn four(x: [&[f32]; 4], w: &[f32], m: usize) -> [[f32; TILE]; 4] {
    let mut sums = [[0.0f32; TILE]; 4];
    let [a, b, c, d] = x;
    for ((((w, a), b), c), d) in w.chunks(m).zip(a).zip(b).zip(c).zip(d) {
        let Some(w) = w.first_chunk::<TILE>() else { break };
        for j in 0..TILE {
            sums[0][j] += a * w[j];
            sums[1][j] += b * w[j];
            sums[2][j] += c * w[j];
            sums[3][j] += d * w[j];
        }
    }
    sums
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
