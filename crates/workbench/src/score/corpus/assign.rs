//! Which account of the truth meets which account that was read: one-to-one pairs with the highest sum of likeness.

/// Pairs below this are no pairs: an account with the right kind and nothing else right was not found.
const LEAST: f64 = 3.0;
/// Up to this many on either side every assignment is tried; beyond, the likest pair is taken first, again and again.
const ALL_TRIED: usize = 7;

/// The best pairs (row, column) of a matrix of likeness. Of equally good assignments the first in lexical order stands.
/// *Cost*: `n! / (n-m)!` for up to seven on both sides (5,040 at most), `n*m*log(n*m)` beyond.
pub(crate) fn assign(matrix: &[Vec<f64>]) -> Vec<(usize, usize)> {
    let (n, m) = (matrix.len(), matrix.first().map_or(0, Vec::len));
    if n == 0 || m == 0 {
        return Vec::new();
    }
    if n > ALL_TRIED || m > ALL_TRIED {
        return greedy(matrix);
    }
    let mut search = Search { matrix, flip: n > m, best: -1.0, pairs: Vec::new(), chosen: Vec::new() };
    search.extend(n.min(m), n.max(m));
    search.pairs
}

struct Search<'a> {
    matrix: &'a [Vec<f64>],
    /// Columns are the smaller side.
    flip: bool,
    best: f64,
    pairs: Vec<(usize, usize)>,
    /// The member of the larger side given to each member of the smaller so far.
    chosen: Vec<usize>,
}

impl Search<'_> {
    fn extend(&mut self, small: usize, large: usize) {
        if self.chosen.len() == small {
            return self.weigh();
        }
        for j in 0..large {
            if !self.chosen.contains(&j) {
                self.chosen.push(j);
                self.extend(small, large);
                self.chosen.pop();
            }
        }
    }

    fn weigh(&mut self) {
        let pair = |(i, j): (usize, &usize)| if self.flip { (*j, i) } else { (i, *j) };
        let pairs: Vec<(usize, usize)> =
            self.chosen.iter().enumerate().map(pair).filter(|(i, j)| self.matrix[*i][*j] >= LEAST).collect();
        let sum: f64 = pairs.iter().map(|(i, j)| self.matrix[*i][*j]).sum();
        if sum > self.best {
            (self.best, self.pairs) = (sum, pairs);
        }
    }
}

fn greedy(matrix: &[Vec<f64>]) -> Vec<(usize, usize)> {
    let mut cells: Vec<(f64, usize, usize)> = Vec::new();
    for (i, row) in matrix.iter().enumerate() {
        cells.extend(row.iter().enumerate().map(|(j, s)| (*s, i, j)));
    }
    cells.sort_by(|a, b| b.0.total_cmp(&a.0).then((b.1, b.2).cmp(&(a.1, a.2))));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (s, i, j) in cells {
        if s >= LEAST && pairs.iter().all(|(a, b)| *a != i && *b != j) {
            pairs.push((i, j));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::assign;

    #[test]
    fn the_highest_sum_wins_over_the_highest_pair() {
        assert_eq!(assign(&[vec![5.0, 4.0], vec![4.0, 0.0]]), [(0, 1), (1, 0)]);
        assert_eq!(assign(&[vec![4.0], vec![6.0], vec![2.0]]), [(1, 0)]);
        assert_eq!(assign(&[vec![2.0, 2.5]]), []);
        assert_eq!(assign(&[]), []);
        assert_eq!(assign(&[vec![]]), []);
    }

    #[test]
    fn large_matrices_take_the_likest_first() {
        let mut m = vec![vec![0.0; 9]; 8];
        (m[0][0], m[0][1], m[1][0]) = (5.0, 4.0, 4.0);
        assert_eq!(assign(&m), [(0, 0)]);
    }
}
