//! Matrix products in whole numbers.
//!
//! Files hold weights of 11 bits. Each row of numbers that is multiplied is itself rounded to 13 bits, by a scale of its own,
//! for then products are made and added in pairs by one instruction (`pmaddwd` and its wider kin, see `lanes.rs`) that
//! other processors can imitate: three times the speed of `f32`. Sums of whole numbers are the same in any order, so every
//! machine gives the same trees. What rounding costs in accuracy is less than a score shows.

use super::lanes::{BLOCK, Lanes, Panel, ROWS};
use super::layout::{Broken, Source};

/// The most inputs of a [`Linear`]: with weights of 11 bits and numbers of 13, no sum of so many leaves 32 bits.
pub(super) const WIDEST: usize = 256;

/// The largest rounded number.
const LARGEST: f32 = 4095.0;

/// A matrix with bias.
#[derive(Debug)]
pub(super) struct Linear {
    inputs: usize,
    outputs: usize,
    /// *Shape*: [blocks of outputs][pairs of inputs][outputs of a block][pair]; filled up with zeros.
    weights: Vec<Panel>,
    scale: Vec<f32>,
    bias: Vec<f32>,
}

/// Rows of rounded numbers, reused from product to product.
#[derive(Debug, Default)]
pub(super) struct Rounded {
    /// Two numbers in each.
    pairs: Vec<i32>,
    /// What a number of a row stands for, per row.
    scale: Vec<f32>,
}

impl Linear {
    pub(super) fn read(source: &mut Source<'_>, inputs: usize, outputs: usize) -> Result<Linear, Broken> {
        if inputs == 0 || inputs > WIDEST || !inputs.is_multiple_of(2) || outputs == 0 {
            return Err(Broken);
        }
        let scale = source.floats(outputs)?;
        let bias = source.floats(outputs)?;
        let rows = source.shorts(inputs * outputs)?;
        let mut weights = Vec::with_capacity(outputs.div_ceil(BLOCK) * inputs / 2);
        for block in rows.chunks(inputs * BLOCK) {
            for i in (0..inputs).step_by(2) {
                let at = |j: usize, i: usize| block.get(j * inputs + i).copied().unwrap_or(0);
                weights.push(bytemuck::cast(std::array::from_fn::<i16, { 2 * BLOCK }, _>(|n| at(n / 2, i + n % 2))));
            }
        }
        Ok(Linear { inputs, outputs, weights, scale, bias })
    }

    /// Writes the product for each row of `x` to `out`. *Shape*: x [rows][inputs], out [rows][outputs].
    #[inline(always)]
    pub(super) fn apply<L: Lanes>(&self, lanes: L, x: &[f32], rounded: &mut Rounded, out: &mut Vec<f32>) {
        let (k, m) = (self.inputs / 2, self.outputs);
        rounded.fill(x, self.inputs);
        // Every element is written below, so old ones need not be cleared.
        out.resize(rounded.scale.len() * m, 0.0);
        for (block, weights) in self.weights.chunks_exact(k).enumerate() {
            let columns = block * BLOCK..m.min((block + 1) * BLOCK);
            let rows = rounded.pairs.chunks(ROWS * k).zip(rounded.scale.chunks(ROWS)).zip(out.chunks_mut(ROWS * m));
            for ((pairs, scales), out) in rows {
                if scales.len() == ROWS {
                    let rows = std::array::from_fn::<_, ROWS, _>(|r| &pairs[r * k..(r + 1) * k]);
                    let sums = lanes.sums(weights, rows);
                    for ((sums, scale), out) in sums.iter().zip(scales).zip(out.chunks_exact_mut(m)) {
                        self.put(sums, *scale, columns.clone(), out);
                    }
                } else {
                    for ((pairs, scale), out) in pairs.chunks_exact(k).zip(scales).zip(out.chunks_exact_mut(m)) {
                        let [sums] = lanes.sums(weights, [pairs]);
                        self.put(&sums, *scale, columns.clone(), out);
                    }
                }
            }
        }
    }

    #[inline(always)]
    fn put(&self, sums: &[i32; BLOCK], scale: f32, columns: std::ops::Range<usize>, out: &mut [f32]) {
        let out = &mut out[columns.clone()];
        let (scales, bias) = (&self.scale[columns.clone()], &self.bias[columns]);
        for (((out, sum), by), bias) in out.iter_mut().zip(sums).zip(scales).zip(bias) {
            *out = *sum as f32 * (by * scale) + bias;
        }
    }
}

impl Rounded {
    #[inline(always)]
    fn fill(&mut self, x: &[f32], k: usize) {
        self.pairs.clear();
        self.scale.clear();
        for row in x.chunks_exact(k) {
            let most = largest(row);
            let (by, scale) = if most > 0.0 { (LARGEST / most, most / LARGEST) } else { (0.0, 0.0) };
            self.scale.push(scale);
            self.pairs.extend(row.as_chunks::<2>().0.iter().map(|[a, b]| round(a * by) & 0xffff | round(b * by) << 16));
        }
    }
}

#[inline(always)]
fn largest(row: &[f32]) -> f32 {
    let mut most = [0.0f32; 8];
    let (eights, rest) = row.as_chunks::<8>();
    for eight in eights {
        for (m, v) in most.iter_mut().zip(eight) {
            let v = v.abs();
            *m = if v > *m { v } else { *m };
        }
    }
    most.iter().chain(rest).fold(0.0, |m, v| if v.abs() > m { v.abs() } else { m })
}

/// To the nearest whole number of less than 22 bits, in its lowest bits: there is room for no other in such a sum.
#[inline(always)]
fn round(v: f32) -> i32 {
    (v + 12_582_912.0).to_bits() as i32
}
