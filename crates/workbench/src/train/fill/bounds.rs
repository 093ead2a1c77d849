//! From which chance on an act is told and a role filled: where the answers to unseen folds score best.

use super::{FOLDS, Trainee};
use crate::muc4::template;
use crate::score::muc4::micro;
use account::fill::{Act, Role, key};
use std::collections::BTreeMap;

/// How far a bound moves, first and last.
const STEPS: [f32; 2] = [0.06, 0.03];

/// Moves one bound after the other as long as the score rises.
pub(super) fn search(t: &mut Trainee) {
    let names: Vec<&str> = Role::ALL.iter().map(|r| r.name()).chain(Act::ALL.iter().map(|a| a.name())).collect();
    let mut bounds: Vec<f32> =
        names.iter().enumerate().map(|(n, _)| if n < Role::ALL.len() { 0.2 } else { 0.38 }).collect();
    for name in &names {
        t.names.insert(key(&[name]), (*name).to_owned());
    }
    let mut best = score(t, &names, &bounds);
    for step in STEPS {
        for n in 0..bounds.len() {
            for way in [-step, step] {
                loop {
                    let mut next = bounds.clone();
                    next[n] += way;
                    let s = if (0.03..0.97).contains(&next[n]) { score(t, &names, &next) } else { 0.0 };
                    if s <= best {
                        break;
                    }
                    (best, bounds) = (s, next);
                }
            }
        }
    }
    score(t, &names, &bounds);
    println!("micro F1 on unseen folds {:.2}", best * 100.0);
}

/// The score of all samples, each answered by the model of its fold.
fn score(t: &mut Trainee, names: &[&str], bounds: &[f32]) -> f64 {
    for model in &mut t.models {
        names.iter().zip(bounds).for_each(|(n, b)| model.bounds.set(key(&[n]), &[*b]));
    }
    debug_assert_eq!(t.models.len(), FOLDS + 1);
    let all = 0..t.samples.len();
    let given: BTreeMap<String, _> =
        all.clone().map(|n| (t.samples[n].id.clone(), template::six(&t.samples[n].text, &t.crossed(n)))).collect();
    let wanted: BTreeMap<String, _> = all.map(|n| (t.samples[n].id.clone(), t.samples[n].templates.clone())).collect();
    micro(&given, &wanted)
}
