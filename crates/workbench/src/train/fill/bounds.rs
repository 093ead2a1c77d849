//! From which chance on an act is told and a role filled: one bound for all roles and one for all acts, with which the
//! answers to unseen folds score best. A bound for each did better on the texts where it was searched for and worse on others.

use super::Trainee;
use crate::muc4::template;
use crate::score::muc4::micro;
use account::fill::{Act, Role, key};
use std::collections::BTreeMap;

/// Bounds that are tried, in hundredths.
const ROLES: [u8; 6] = [10, 13, 16, 19, 22, 25];
const ACTS: [u8; 6] = [15, 20, 25, 30, 35, 40];

/// Tries all pairs, keeps the best, and tells how it scores.
pub(super) fn search(t: &mut Trainee) {
    t.names.insert(key(&["second"]), "second".to_owned());
    second(t, 100);
    let names = Role::ALL.iter().map(|r| r.name()).chain(Act::ALL.iter().map(|a| a.name()));
    names.for_each(|n| {
        t.names.insert(key(&[n]), n.to_owned());
    });
    let mut best = (0.0, 0, 0);
    for roles in ROLES {
        for acts in ACTS {
            set(t, roles, acts);
            let score = score(t);
            if score > best.0 {
                best = (score, roles, acts);
            }
        }
    }
    set(t, best.1, best.2);
    let told = |score: f64, what: &str| println!("micro F1 on unseen folds {:.2}, {what}", score * 100.0);
    told(best.0, &format!("roles from .{:02}, acts from .{:02}", best.1, best.2));
    let mut also = (best.0, 100);
    for bound in ACTS {
        second(t, bound);
        let score = score(t);
        if score > also.0 {
            also = (score, bound);
        }
    }
    second(t, also.1);
    told(also.0, &format!("a second act from .{:02}", also.1));
}

fn second(t: &mut Trainee, bound: u8) {
    t.models.iter_mut().for_each(|m| m.bounds.set(key(&["second"]), &[f32::from(bound) / 100.0]));
}

fn set(t: &mut Trainee, roles: u8, acts: u8) {
    let bounds = Role::ALL.iter().map(|r| (r.name(), roles)).chain(Act::ALL.iter().map(|a| (a.name(), acts)));
    for (name, bound) in bounds {
        t.models.iter_mut().for_each(|m| m.bounds.set(key(&[name]), &[f32::from(bound) / 100.0]));
    }
}

/// Micro F1 of all samples, each answered by the model of its fold.
fn score(t: &Trainee) -> f64 {
    let all = || t.samples.iter().enumerate();
    let given: BTreeMap<String, _> =
        all().map(|(n, s)| (s.id.clone(), template::six(&s.text, &t.crossed(n)))).collect();
    let wanted: BTreeMap<String, _> = all().map(|(_, s)| (s.id.clone(), s.templates.clone())).collect();
    micro(&given, &wanted)
}
