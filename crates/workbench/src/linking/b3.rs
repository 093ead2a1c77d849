//! B³ (Bagga & Baldwin 1998): for every account the share of its cluster that belongs to its incident (precision), and the
//! share of its incident that stands in its cluster (recall).

use std::collections::BTreeMap;

/// Sums over accounts; those of two sets add up.
#[derive(Debug, Clone, Copy, Default, PartialEq, serde::Serialize)]
pub(crate) struct B3 {
    pub(crate) accounts: usize,
    pub(crate) incidents: usize,
    pub(crate) clusters: usize,
    pub(crate) precision: f64,
    pub(crate) recall: f64,
}

impl B3 {
    /// Of accounts given with their incident and their cluster.
    pub(crate) fn of<G: Ord, P: Ord>(accounts: &[(G, P)]) -> B3 {
        B3::of_some(accounts, |_| true)
    }

    /// The same, summed over the accounts at some places only.
    pub(crate) fn of_some<G: Ord, P: Ord>(accounts: &[(G, P)], counts: impl Fn(usize) -> bool) -> B3 {
        let mut truth: BTreeMap<&G, usize> = BTreeMap::new();
        let mut found: BTreeMap<&P, usize> = BTreeMap::new();
        let mut both: BTreeMap<(&G, &P), usize> = BTreeMap::new();
        for (g, p) in accounts {
            *truth.entry(g).or_default() += 1;
            *found.entry(p).or_default() += 1;
            *both.entry((g, p)).or_default() += 1;
        }
        let mut out = B3 { incidents: truth.len(), clusters: found.len(), ..B3::default() };
        for (_, (g, p)) in accounts.iter().enumerate().filter(|(n, _)| counts(*n)) {
            let n = both[&(g, p)] as f64;
            out.accounts += 1;
            out.precision += n / found[p] as f64;
            out.recall += n / truth[g] as f64;
        }
        out
    }

    /// Adds the sums of another part of the same accounts.
    pub(crate) fn add(&mut self, other: &B3) {
        self.accounts += other.accounts;
        self.precision += other.precision;
        self.recall += other.recall;
    }

    /// Precision, recall and F1 as ratios.
    pub(crate) fn ratios(&self) -> (f64, f64, f64) {
        let n = self.accounts.max(1) as f64;
        let (p, r) = (self.precision / n, self.recall / n);
        (p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 })
    }

    /// F1 alone.
    pub(crate) fn f1(&self) -> f64 {
        self.ratios().2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_account_counts_with_its_cluster() {
        // Two incidents of two accounts, of which one cluster holds three.
        let b = B3::of(&[("a", 1), ("a", 1), ("b", 1), ("b", 2)]);
        assert_eq!((b.accounts, b.incidents, b.clusters), (4, 2, 2));
        assert!((b.precision - (2.0 * 2.0 / 3.0 + 1.0 / 3.0 + 1.0)).abs() < 1e-12);
        assert!((b.recall - 3.0).abs() < 1e-12);
        assert!(B3::of(&[("a", 1), ("b", 2)]).f1() > 0.999);
    }
}
