//! The loss of a run of marks of which only some orders are legal (a conditional random field without weights of its own).
//!
//! Marks are those of `article::names::scheme`: none, then first, inner, last and only for each kind. Sums over all legal
//! runs are made forwards and backwards once with every mark allowed and once with the right ones alone; where the right mark
//! of a word is not known, all of its marks are right. Sums are scaled word by word, so that they stay in range.

/// A scheme's outputs `from..to` and, of each word, the right one, where it is known.
#[derive(Clone)]
pub(super) struct Chain {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) right: Vec<Option<usize>>,
}

/// Adds the derivatives of the loss to `dout` and gives the loss. *Shape*: out and dout [words][k].
pub(super) fn learn(chain: &Chain, out: &[f32], dout: &mut [f32], k: usize) -> f64 {
    if chain.right.is_empty() {
        return 0.0;
    }
    let (free, all) = sums(chain, out, k, false);
    let (bound, right) = sums(chain, out, k, true);
    let marks = chain.to - chain.from;
    for (t, row) in dout.chunks_exact_mut(k).enumerate() {
        for (m, d) in row[chain.from..chain.to].iter_mut().enumerate() {
            *d += (free[t * marks + m] - bound[t * marks + m]) as f32;
        }
    }
    all - right
}

/// The chance of each mark of each word among the legal runs, and the logarithm of the sum over all of them.
fn sums(chain: &Chain, out: &[f32], k: usize, bound: bool) -> (Vec<f64>, f64) {
    let (n, marks) = (chain.right.len(), chain.to - chain.from);
    let kinds = (marks - 1) / 4;
    let mut log = 0.0;
    let mut e = Vec::with_capacity(n * marks);
    for (row, right) in out.chunks_exact(k).zip(&chain.right) {
        let row = &row[chain.from..chain.to];
        let top = row.iter().fold(f32::NEG_INFINITY, |a, b| a.max(*b));
        log += f64::from(top);
        let open = |m: usize| !bound || right.is_none_or(|r| r == m);
        e.extend(row.iter().enumerate().map(|(m, s)| if open(m) { f64::from(s - top).exp() } else { 0.0 }));
    }
    let closed = |a: &[f64]| a[0] + (0..kinds).map(|i| a[3 + 4 * i] + a[4 + 4 * i]).sum::<f64>();
    let mut ahead = vec![0.0f64; n * marks];
    for t in 0..n {
        let (done, now) = ahead.split_at_mut(t * marks);
        let (now, e) = (&mut now[..marks], &e[t * marks..(t + 1) * marks]);
        let before = &done[t.saturating_sub(1) * marks..];
        let begin = if t == 0 { 1.0 } else { closed(before) };
        now[0] = e[0] * begin;
        for i in 0..kinds {
            let inside = if t == 0 { 0.0 } else { before[1 + 4 * i] + before[2 + 4 * i] };
            now[1 + 4 * i] = e[1 + 4 * i] * begin;
            now[2 + 4 * i] = e[2 + 4 * i] * inside;
            now[3 + 4 * i] = e[3 + 4 * i] * inside;
            now[4 + 4 * i] = e[4 + 4 * i] * begin;
        }
        let scale = now.iter().sum::<f64>().max(1e-300);
        now.iter_mut().for_each(|v| *v /= scale);
        log += scale.ln();
    }
    log += closed(&ahead[(n - 1) * marks..]).max(1e-300).ln();
    let mut behind = vec![0.0f64; n * marks];
    for t in (0..n).rev() {
        let (done, later) = behind.split_at_mut((t + 1) * marks);
        let now = &mut done[t * marks..];
        let product = |m: usize| if t + 1 == n { 0.0 } else { e[(t + 1) * marks + m] * later[m] };
        let begin = if t + 1 == n {
            1.0
        } else {
            product(0) + (0..kinds).map(|i| product(1 + 4 * i) + product(4 + 4 * i)).sum::<f64>()
        };
        now[0] = begin;
        for i in 0..kinds {
            let inside = product(2 + 4 * i) + product(3 + 4 * i);
            now[1 + 4 * i] = inside;
            now[2 + 4 * i] = inside;
            now[3 + 4 * i] = begin;
            now[4 + 4 * i] = begin;
        }
        let scale = now.iter().sum::<f64>().max(1e-300);
        now.iter_mut().for_each(|v| *v /= scale);
    }
    // Scales differ from word to word, chances of one word add up to one.
    for (a, b) in ahead.chunks_exact_mut(marks).zip(behind.chunks_exact(marks)) {
        a.iter_mut().zip(b).for_each(|(a, b)| *a *= b);
        let sum = a.iter().sum::<f64>().max(1e-300);
        a.iter_mut().for_each(|v| *v /= sum);
    }
    (ahead, log)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derivatives_are_those_of_the_loss() {
        let chain = Chain { from: 1, to: 10, right: vec![Some(1), None, Some(3), Some(0)] };
        let k = 11;
        let mut out: Vec<f32> = (0..4 * k).map(|i| ((i * 37 % 19) as f32 - 9.0) / 7.0).collect();
        let mut d = vec![0.0; out.len()];
        learn(&chain, &out, &mut d, k);
        for at in 0..out.len() {
            let step = 1e-2;
            let mut loss = |by: f32| {
                out[at] += by;
                let l = learn(&chain, &out, &mut vec![0.0; d.len()], k);
                out[at] -= by;
                l
            };
            let slope = (loss(step) - loss(-step)) / f64::from(2.0 * step);
            assert!((slope - f64::from(d[at])).abs() < 1e-3, "{at}: {slope} {}", d[at]);
        }
    }
}
