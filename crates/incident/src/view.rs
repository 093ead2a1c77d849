//! The accounts as they are compared at one time: as they were filed, but for those whose year was learnt since.

use crate::compare::Verdict;
use crate::profile::{Profile, Store};
use crate::weights::Weights;
use std::collections::BTreeMap;

/// Profiles, and the weights that they are compared with.
#[derive(Debug, Clone)]
pub(crate) struct View<'a> {
    pub(crate) store: &'a Store,
    pub(crate) weights: &'a Weights,
    /// Profiles that stand for those in the store.
    pub(crate) changed: BTreeMap<u32, Profile>,
}

impl<'a> View<'a> {
    /// The profiles as they are in the store.
    pub(crate) fn new(store: &'a Store, weights: &'a Weights) -> View<'a> {
        View { store, weights, changed: BTreeMap::new() }
    }

    pub(crate) fn profile(&self, n: u32) -> &Profile {
        let there = &self.store.profiles[n as usize];
        if self.changed.is_empty() { there } else { self.changed.get(&n).unwrap_or(there) }
    }

    /// Two accounts compared field by field.
    pub(crate) fn compare(&self, a: u32, b: u32) -> Verdict {
        self.store.compare(self.profile(a), self.profile(b), self.weights)
    }

    /// The score of two accounts, `None` if they exclude each other.
    pub(crate) fn agree(&self, a: u32, b: u32) -> Option<f64> {
        let (p, q) = (self.profile(a), self.profile(b));
        // Most pairs of a block fall here, before anything dear is compared.
        if p.article == q.article || p.told.time.compare(&q.told.time).1 {
            return None;
        }
        let v = self.store.compare(p, q, self.weights);
        (!v.forbidden).then_some(v.score)
    }

    /// Whether two accounts agree well enough that their groups may be joined.
    pub(crate) fn joins(&self, a: u32, b: u32) -> bool {
        self.agree(a, b).is_some_and(|s| s > self.weights.meet())
    }
}
