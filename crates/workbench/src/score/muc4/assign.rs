//! The pairs of rows and columns of least cost in sum: shortest augmenting paths, each row at most one column.
//!
//! Crouse (2016), *On implementing 2D rectangular assignment algorithms*, in the order of SciPy's
//! `linear_sum_assignment`: where several assignments are best, the same one is taken, so that scores agree to the last count.

/// The best pairs (row, column), by row. *Shape*: every row of `cost` has the same length. *Cost*: cubic in the longer side.
pub(crate) fn cheapest(cost: &[Vec<f64>]) -> Vec<(usize, usize)> {
    let (rows, columns) = (cost.len(), cost.first().map_or(0, Vec::len));
    if columns < rows {
        let turned: Vec<Vec<f64>> = (0..columns).map(|j| cost.iter().map(|r| r[j]).collect()).collect();
        let mut pairs: Vec<(usize, usize)> = wide(&turned).into_iter().map(|(i, j)| (j, i)).collect();
        pairs.sort_unstable();
        return pairs;
    }
    wide(cost)
}

/// As [`cheapest`], with at least as many columns as rows.
fn wide(cost: &[Vec<f64>]) -> Vec<(usize, usize)> {
    let (rows, columns) = (cost.len(), cost.first().map_or(0, Vec::len));
    let (mut u, mut v) = (vec![0.0; rows], vec![0.0; columns]);
    let mut path = vec![0; columns];
    let mut column_of: Vec<Option<usize>> = vec![None; rows];
    let mut row_of: Vec<Option<usize>> = vec![None; columns];
    for current in 0..rows {
        let mut shortest = vec![f64::INFINITY; columns];
        let (mut seen_rows, mut seen_columns) = (vec![false; rows], vec![false; columns]);
        let mut remaining: Vec<usize> = (0..columns).rev().collect();
        let (mut least, mut row) = (0.0, current);
        let sink = loop {
            seen_rows[row] = true;
            let (mut lowest, mut index) = (f64::INFINITY, None);
            for (at, j) in remaining.iter().copied().enumerate() {
                let r = least + cost[row][j] - u[row] - v[j];
                if r < shortest[j] {
                    path[j] = row;
                    shortest[j] = r;
                }
                if shortest[j] < lowest || (shortest[j] == lowest && row_of[j].is_none()) {
                    lowest = shortest[j];
                    index = Some(at);
                }
            }
            // Costs are finite, so that some column is always left.
            let Some(at) = index else { return Vec::new() };
            least = lowest;
            let j = remaining.swap_remove(at);
            seen_columns[j] = true;
            match row_of[j] {
                None => break j,
                Some(i) => row = i,
            }
        };
        u[current] += least;
        for i in (0..rows).filter(|i| seen_rows[*i] && *i != current) {
            u[i] += least - column_of[i].map_or(0.0, |j| shortest[j]);
        }
        for j in (0..columns).filter(|j| seen_columns[*j]) {
            v[j] -= least - shortest[j];
        }
        let mut j = sink;
        loop {
            let i = path[j];
            row_of[j] = Some(i);
            let before = column_of[i].replace(j);
            match before {
                Some(other) if i != current => j = other,
                _ => break,
            }
        }
    }
    column_of.iter().enumerate().filter_map(|(i, j)| j.map(|j| (i, j))).collect()
}

#[cfg(test)]
mod tests {
    use super::cheapest;

    #[test]
    fn the_least_sum_wins() {
        assert_eq!(
            cheapest(&[vec![4.0, 1.0, 3.0], vec![2.0, 0.0, 5.0], vec![3.0, 2.0, 2.0]]),
            [(0, 1), (1, 0), (2, 2)]
        );
        assert_eq!(cheapest(&[vec![0.0; 3], vec![0.0; 3]]), [(0, 0), (1, 1)]);
        assert_eq!(cheapest(&[vec![-1.0], vec![-3.0], vec![-3.0]]), [(1, 0)]);
        assert_eq!(cheapest(&[]), []);
        assert_eq!(cheapest(&[vec![], vec![]]), []);
    }
}
