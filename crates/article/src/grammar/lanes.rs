//! The widest instructions that this processor has for the sums that networks are made of.
//!
//! The program is built for every processor of a family, and a new one multiplies four to eight times as many numbers at
//! once as the oldest. So the work of the networks is compiled for each set of instructions, and the best set that the
//! processor names is taken when the program runs. Sums of whole numbers are the same in any order, and numbers with a
//! fraction keep their order in every set, so every processor gives the same trees.

use wide::{i16x8, i16x32};

/// Outputs whose sums are made together.
pub(super) const BLOCK: usize = 32;

/// The weights of a block for two inputs. *Shape*: [outputs][inputs].
pub(super) type Panel = [i16x32; 2];

/// Rows of inputs that are multiplied together.
pub(super) const ROWS: usize = 4;

/// A set of instructions.
pub(super) trait Lanes: Copy {
    /// The sums of products of `R` rows with the weights of one block. *Shape*: a row has two inputs, of 16 bits each, for
    /// each panel.
    fn sums<const R: usize>(self, weights: &[Panel], rows: [&[i32]; R]) -> [[i32; BLOCK]; R];
}

/// What is compiled for each set of instructions; [`with`](Self::with) must be inlined for that, with all that it calls.
pub(super) trait Work {
    /// Does it.
    fn with<L: Lanes>(self, lanes: L);
}

/// Does the work with the widest instructions there are.
#[cfg(target_arch = "x86_64")]
#[allow(unsafe_code)]
pub(super) fn widest(work: impl Work) {
    if let Some(lanes) = x86::Avx512::of_this_processor() {
        // SAFETY: the processor has just said that it knows all the instructions that the function asks for.
        unsafe { x86::with_avx512(work, lanes) }
    } else if let Some(lanes) = x86::Avx2::of_this_processor() {
        // SAFETY: as above.
        unsafe { x86::with_avx2(work, lanes) }
    } else {
        work.with(Plain);
    }
}

/// Does the work with the instructions that every processor of the family has.
#[cfg(not(target_arch = "x86_64"))]
pub(super) fn widest(work: impl Work) {
    work.with(Plain);
}

/// The instructions that every processor of the family has.
#[derive(Clone, Copy)]
pub(super) struct Plain;

impl Lanes for Plain {
    #[inline(always)]
    fn sums<const R: usize>(self, weights: &[Panel], rows: [&[i32]; R]) -> [[i32; BLOCK]; R] {
        use wide::i32x4;
        let mut out = [[0; BLOCK]; R];
        // Half a block of one row at a time is what fits sixteen registers.
        for (out, row) in out.iter_mut().zip(rows) {
            for (half, out) in out.as_chunks_mut::<{ BLOCK / 2 }>().0.iter_mut().enumerate() {
                let mut sums = [i32x4::ZERO; BLOCK / 8];
                for (w, pair) in weights.iter().zip(row) {
                    let w: [i16x8; 4] = bytemuck::cast(w[half]);
                    let pair: i16x8 = bytemuck::cast(i32x4::splat(*pair));
                    sums.iter_mut().zip(w).for_each(|(s, w)| *s += w.dot(pair));
                }
                *out = bytemuck::cast(sums);
            }
        }
        out
    }
}

/// Sets that a processor may or may not have. A value of one is the proof that this one has it.
#[cfg(target_arch = "x86_64")]
#[allow(unsafe_code)]
mod x86 {
    use super::{BLOCK, Lanes, Panel, Work};
    use std::arch::x86_64::{
        __m256i, __m512i, _mm256_add_epi32, _mm256_madd_epi16, _mm256_set1_epi32, _mm256_setzero_si256,
        _mm512_dpwssd_epi32, _mm512_set1_epi32, _mm512_setzero_si512,
    };

    /// Sixteen numbers of 16 bits at once.
    #[derive(Clone, Copy)]
    pub(super) struct Avx2(());

    /// Thirty-two at once, products and sums in one instruction.
    #[derive(Clone, Copy)]
    pub(super) struct Avx512(());

    impl Avx2 {
        pub(super) fn of_this_processor() -> Option<Avx2> {
            is_x86_feature_detected!("avx2").then_some(Avx2(()))
        }
    }

    impl Avx512 {
        pub(super) fn of_this_processor() -> Option<Avx512> {
            let all = is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vnni");
            all.then_some(Avx512(()))
        }
    }

    #[target_feature(enable = "avx2")]
    pub(super) fn with_avx2(work: impl Work, lanes: Avx2) {
        work.with(lanes);
    }

    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")]
    pub(super) fn with_avx512(work: impl Work, lanes: Avx512) {
        work.with(lanes);
    }

    impl Lanes for Avx2 {
        #[inline(always)]
        fn sums<const R: usize>(self, weights: &[Panel], rows: [&[i32]; R]) -> [[i32; BLOCK]; R] {
            // SAFETY: `self` is only made where the processor has these instructions.
            unsafe { avx2(weights, rows) }
        }
    }

    impl Lanes for Avx512 {
        #[inline(always)]
        fn sums<const R: usize>(self, weights: &[Panel], rows: [&[i32]; R]) -> [[i32; BLOCK]; R] {
            // SAFETY: as above.
            unsafe { avx512(weights, rows) }
        }
    }

    #[target_feature(enable = "avx2")]
    fn avx2<const R: usize>(weights: &[Panel], rows: [&[i32]; R]) -> [[i32; BLOCK]; R] {
        let rows = rows.map(|r| &r[..weights.len()]);
        let mut out = [[[_mm256_setzero_si256(); 2]; 2]; R];
        // Half a block at a time is what fits sixteen registers.
        for half in 0..2 {
            let mut sums = [[_mm256_setzero_si256(); 2]; R];
            for (i, w) in weights.iter().enumerate() {
                let w: [__m256i; 2] = bytemuck::cast(w[half]);
                for (sums, row) in sums.iter_mut().zip(&rows) {
                    let pair = _mm256_set1_epi32(row[i]);
                    sums[0] = _mm256_add_epi32(sums[0], _mm256_madd_epi16(w[0], pair));
                    sums[1] = _mm256_add_epi32(sums[1], _mm256_madd_epi16(w[1], pair));
                }
            }
            out.iter_mut().zip(sums).for_each(|(out, sums)| out[half] = sums);
        }
        out.map(bytemuck::cast)
    }

    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")]
    fn avx512<const R: usize>(weights: &[Panel], rows: [&[i32]; R]) -> [[i32; BLOCK]; R] {
        let rows = rows.map(|r| &r[..weights.len()]);
        let mut sums = [[_mm512_setzero_si512(); 2]; R];
        for (i, w) in weights.iter().enumerate() {
            let w: [__m512i; 2] = bytemuck::cast(*w);
            for (sums, row) in sums.iter_mut().zip(&rows) {
                let pair = _mm512_set1_epi32(row[i]);
                sums[0] = _mm512_dpwssd_epi32(sums[0], w[0], pair);
                sums[1] = _mm512_dpwssd_epi32(sums[1], w[1], pair);
            }
        }
        sums.map(bytemuck::cast)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes the sums of whatever set it is given.
    struct Sums<'a>(&'a [Panel], &'a [Vec<i32>; ROWS], &'a mut Vec<[i32; BLOCK]>);

    impl Work for Sums<'_> {
        #[inline(always)]
        fn with<L: Lanes>(self, lanes: L) {
            let rows = self.1;
            self.2.extend(lanes.sums(self.0, std::array::from_fn::<_, ROWS, _>(|r| rows[r].as_slice())));
            self.2.extend(lanes.sums(self.0, [rows[1].as_slice()]));
        }
    }

    #[test]
    fn every_set_gives_the_same_sums() {
        let mut seed = 1u32;
        let mut next = |bits: u32| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> (32 - bits)) as i32 - (1 << (bits - 1))
        };
        let weights: Vec<Panel> =
            (0..80).map(|_| bytemuck::cast(std::array::from_fn::<i16, 64, _>(|_| next(11) as i16))).collect();
        let rows: [Vec<i32>; ROWS] =
            std::array::from_fn(|_| (0..80).map(|_| next(13) & 0xffff | next(13) << 16).collect());
        let (mut plain, mut fast) = (Vec::new(), Vec::new());
        Sums(&weights, &rows, &mut plain).with(Plain);
        widest(Sums(&weights, &rows, &mut fast));
        assert_eq!(plain, fast);
        let half = |v: i32, high: bool| i32::from(if high { (v >> 16) as i16 } else { v as i16 });
        let by_hand = weights.iter().zip(&rows[1]).map(|(w, pair)| {
            let w: [i16; 64] = bytemuck::cast(*w);
            i32::from(w[10]) * half(*pair, false) + i32::from(w[11]) * half(*pair, true)
        });
        assert_eq!(plain[ROWS][5], by_hand.sum::<i32>());
    }
}
