//! What a person decided about which accounts tell one incident.
//!
//! A decision outweighs whatever was read. Accounts that were put together count as one from then on: another account
//! joins them for the one of them that it agrees with best. Accounts that were kept apart never meet in one incident. Where
//! both are asked of the same two accounts, together holds, and [`Decided::contradictions`] names them for the person who
//! decides: constrained clustering after Wagstaff et al. 2001, which fails there instead.

use crate::Supporter;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Decisions on pairs of accounts. Accounts that are not filed (dismissed, not read yet) still pass on what holds of them.
///
/// To merge two incidents put *all* accounts of both together: later accounts then join whichever of them they tell of. To
/// split one put the accounts of each side together, and any of one side apart from any of the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decided {
    /// These two tell one incident.
    pub together: Vec<(Supporter, Supporter)>,
    /// These two tell two incidents.
    pub apart: Vec<(Supporter, Supporter)>,
}

impl Decided {
    /// The pairs that are decided apart and yet follow to be together, in order, the smaller account first.
    pub fn contradictions(&self) -> Vec<(Supporter, Supporter)> {
        let groups = self.groups();
        let group = |s: &Supporter| groups.get(s);
        let ordered = |(a, b): &(Supporter, Supporter)| (a.min(b).clone(), a.max(b).clone());
        let one = |(a, b): &&(Supporter, Supporter)| a == b || (group(a).is_some() && group(a) == group(b));
        self.apart.iter().filter(one).map(ordered).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// For every account that was put together with another: the smallest account of its group.
    fn groups(&self) -> BTreeMap<&Supporter, &Supporter> {
        let mut next: BTreeMap<&Supporter, &Supporter> = BTreeMap::new();
        for (a, b) in &self.together {
            let (a, b) = (first(&next, a), first(&next, b));
            next.insert(a.max(b), a.min(b));
            next.insert(a.min(b), a.min(b));
        }
        next.keys().map(|s| (*s, first(&next, s))).collect()
    }

    /// The decisions on accounts by their numbers; `number` gives that of an account that is there.
    pub(crate) fn bonds(&self, number: impl Fn(&Supporter) -> Option<u32>) -> Bonds {
        let mut bonds = Bonds::default();
        let groups = self.groups();
        let group = |s| groups.get(s).copied().unwrap_or(s);
        let asked: BTreeSet<&Supporter> = self.together.iter().chain(&self.apart).flat_map(|(a, b)| [a, b]).collect();
        let mut units: BTreeMap<&Supporter, u32> = BTreeMap::new();
        for s in asked {
            if let Some(n) = number(s) {
                bonds.unit.insert(n, *units.entry(group(s)).or_insert(n));
            }
        }
        for (a, b) in &self.apart {
            if let (Some(x), Some(y)) = (units.get(group(a)), units.get(group(b)))
                && x != y
            {
                bonds.apart.insert((*x.min(y), *x.max(y)));
            }
        }
        bonds
    }
}

/// Follows the chain of groups to its end.
fn first<'a>(next: &BTreeMap<&'a Supporter, &'a Supporter>, mut s: &'a Supporter) -> &'a Supporter {
    while let Some(t) = next.get(s).copied().filter(|t| *t != s) {
        s = t;
    }
    s
}

/// Decisions by the numbers of the accounts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Bonds {
    /// The unit of every account that was decided on: the first of those that were put together with it.
    pub(crate) unit: HashMap<u32, u32>,
    /// Units that never meet, the smaller first.
    pub(crate) apart: BTreeSet<(u32, u32)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn s(name: &str) -> Supporter {
        Supporter { article: name.to_owned(), ordinal: 0 }
    }

    #[test]
    fn what_is_together_and_apart_is_named() {
        let pairs = |all: &[(&str, &str)]| all.iter().map(|(a, b)| (s(a), s(b))).collect::<Vec<_>>();
        let d = Decided {
            together: pairs(&[("d", "c"), ("a", "b"), ("b", "c"), ("x", "y")]),
            apart: pairs(&[("d", "a"), ("a", "d"), ("x", "a"), ("q", "q")]),
        };
        assert_eq!(d.contradictions(), pairs(&[("a", "d"), ("q", "q")]));
        assert!(Decided::default().contradictions().is_empty());
    }
}
