//! The accounts as they are compared at one time: as they were filed, but for those whose year was learnt since.

use crate::Level;
use crate::compare::Verdict;
use crate::profile::{Profile, Store};
use crate::weights::{FIELDS, Field, PLACE, Weights};
use std::collections::BTreeMap;

/// Profiles, and the weights that they are compared with.
#[derive(Debug, Clone)]
pub(crate) struct View<'a> {
    pub(crate) store: &'a Store,
    pub(crate) weights: &'a Weights,
    /// Profiles that stand for those in the store.
    pub(crate) changed: BTreeMap<u32, Profile>,
    /// By how much a pair that agrees best on all fields is above `meet`.
    best: f64,
}

impl<'a> View<'a> {
    /// The profiles as they are in the store.
    pub(crate) fn new(store: &'a Store, weights: &'a Weights) -> View<'a> {
        let most: f64 = (0..FIELDS.len()).map(|f| weights.most(f)).sum();
        View { store, weights, changed: BTreeMap::new(), best: weights.prior() + most - weights.meet() }
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
        // What excludes is cheap to find, before anything dear is compared.
        if self.store.exclude(p, q) {
            return None;
        }
        let v = self.store.compare(p, q, self.weights);
        (!v.forbidden).then_some(v.score)
    }

    /// Whether two accounts agree well enough that their groups may be joined: what [`View::agree`] gives is above `meet`.
    ///
    /// Asked of every pair of a block, few of which do. Fields are compared in an order that ends early: once they exclude
    /// each other, or the rest at its best no longer makes up for what was found.
    pub(crate) fn joins(&self, a: u32, b: u32) -> bool {
        let (p, q, w) = (self.profile(a), self.profile(b), self.weights);
        if self.store.exclude(p, q) {
            return false;
        }
        let place = self.store.level(PLACE, p, q, w, Level::Unknown);
        if self.store.exclude_by_place(p, q, place) {
            return false;
        }
        let mut levels = [Level::Unknown; FIELDS.len()];
        levels[PLACE] = place;
        // What can be had at best, beyond what is needed.
        let mut room = self.best - w.most(PLACE) + w.weight(PLACE, place);
        for field in EARLY.map(|f| f as usize) {
            levels[field] = self.store.level(field, p, q, w, place);
            room += w.weight(field, levels[field]) - w.most(field);
            if room < -ROUNDING {
                return false;
            }
        }
        w.prior() + w.of(&levels).into_iter().sum::<f64>() > w.meet()
    }
}

/// All fields but the place: what is cheap to compare and tells much goes first.
const EARLY: [Field; FIELDS.len() - 1] = [
    Field::Date,
    Field::Names,
    Field::Kind,
    Field::Told,
    Field::Telling,
    Field::Stage,
    Field::Killed,
    Field::Injured,
    Field::Others,
    Field::Numbers,
    Field::Words,
    Field::Site,
    Field::Actor,
    Field::Source,
];

/// Sums in another order may differ by less than this.
const ROUNDING: f64 = 1e-6;
