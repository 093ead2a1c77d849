//! What all decisions that hold amount to, for the accounts as they are now.
//!
//! Decisions take effect in the order of their times, then ids, whatever the order in which they came. Where two cannot
//! both be had, the later is followed and the contradiction is kept to be shown: linking is only ever given what can be
//! had at once.

use super::anchor::Finder;
use super::conflict::{Conflict, Why};
use super::decision::{Act, Anchor, Decision};
use super::names::Names;
use crate::error::Inner;
use crate::relink::Standing;
use article::fold;
use incident::{By, Correction, Decided, Filed, Incident, Rating, Supporter};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// What decisions amount to.
#[derive(Debug, Default)]
pub(crate) struct Force {
    /// Accounts that belong together or apart.
    pub(crate) decided: Decided,
    /// Accounts that tell no incident.
    pub(crate) dismissed: BTreeSet<Supporter>,
    /// Which names stand for which actor.
    pub(crate) names: Names,
    /// Decisions that contradict each other.
    pub(crate) conflicts: Vec<Conflict>,
    /// Anchors that no account answers to, with their decision.
    pub(crate) unattached: Vec<(String, Anchor)>,
    /// Corrections and notes, each with the accounts that its incident had.
    pub(crate) aimed: Vec<Aimed>,
    /// Ratings by folded name of the outlet.
    ratings: BTreeMap<String, Rating>,
}

/// A decision on an incident as such, and the accounts by which it is found.
#[derive(Debug, Clone)]
pub(crate) struct Aimed {
    pub(crate) decision: Decision,
    pub(crate) accounts: BTreeSet<Supporter>,
}

/// Decisions that were not taken back, in the order in which they take effect; without those that take back.
pub(crate) fn in_force(decisions: &[Decision]) -> Vec<&Decision> {
    let undone = undone(decisions);
    let mut out: Vec<&Decision> =
        decisions.iter().filter(|d| !undone.contains(d.id.as_str()) && !matches!(d.act, Act::Undo { .. })).collect();
    out.sort_by(|a, b| a.order(b));
    out
}

/// Ids of decisions that do not hold: somebody undid them, and nobody undid that.
pub(crate) fn undone(decisions: &[Decision]) -> BTreeSet<&str> {
    let mut by: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for d in decisions {
        if let Act::Undo { decision } = &d.act {
            by.entry(decision).or_default().push(&d.id);
        }
    }
    // An undo names an id that is a hash of what it undoes, so that the chain cannot run in a circle. A chain is walked
    // from its end: what nobody undid holds.
    let mut holds: BTreeMap<&str, bool> = BTreeMap::new();
    for d in decisions {
        let mut open = vec![d.id.as_str()];
        while let Some(id) = open.last().copied() {
            let undoers = by.get(id).map_or(&[][..], Vec::as_slice);
            let unknown = undoers.iter().find(|u| !holds.contains_key(*u) && !open.contains(u));
            match unknown {
                Some(u) => open.push(u),
                None => {
                    let undone = undoers.iter().any(|u| holds.get(u).copied().unwrap_or(false));
                    holds.insert(id, !undone);
                    open.pop();
                }
            }
        }
    }
    decisions.iter().map(|d| d.id.as_str()).filter(|id| !holds.get(id).copied().unwrap_or(true)).collect()
}

impl Force {
    /// What `decisions` amount to in this archive.
    pub(crate) fn of(conn: &Connection, standing: Option<&Standing>, decisions: &[Decision]) -> Inner<Force> {
        let mut force = Force::default();
        let holding = in_force(decisions);
        if holding.is_empty() {
            return Ok(force);
        }
        let mut finder = Finder::new(conn, standing);
        let mut bonds = Vec::new();
        let mut told = BTreeMap::new();
        for d in &holding {
            for a in d.act.anchors() {
                if finder.find(a)?.is_none() {
                    force.unattached.push((d.id.clone(), a.clone()));
                }
            }
            let mut found = |anchors: &[Anchor]| finder.all(anchors);
            match &d.act {
                Act::Merge { incidents } => {
                    let all: Vec<Anchor> = incidents.iter().flat_map(|g| g.accounts.clone()).collect();
                    bonds.push((*d, Bond::Together(found(&all)?)));
                }
                Act::Split { stay, out } => {
                    let (stay, out) = (found(&stay.accounts)?, found(out)?);
                    if out.iter().any(|s| stay.contains(s)) {
                        force.conflicts.push(Conflict::of(d, Why::OneAccount));
                    }
                    bonds.push((*d, Bond::Apart(stay, out)));
                }
                Act::Dismiss { of } => force.dismiss(d, found(&of.accounts)?, true, &mut told),
                Act::Restore { of } => force.dismiss(d, found(&of.accounts)?, false, &mut told),
                Act::Correct { of, .. } | Act::Note { of, .. } => {
                    let accounts = found(&of.accounts)?.into_iter().collect();
                    force.aimed.push(Aimed { decision: (*d).clone(), accounts });
                }
                Act::Rate { outlet, rating } => force.rate(&holding, d, outlet, *rating),
                Act::ActorMerge { actor, other } => force.names.join(actor, other),
                Act::ActorAlias { actor, name } => force.names.alias(actor, name),
                Act::Undo { .. } => {}
            }
        }
        force.bind(&bonds);
        Ok(force)
    }

    /// Takes accounts out, or back in; `told` holds who last said which of each.
    fn dismiss<'d>(
        &mut self,
        d: &'d Decision,
        accounts: Vec<Supporter>,
        out: bool,
        told: &mut BTreeMap<Supporter, (&'d Decision, bool)>,
    ) {
        let mut others: Vec<&Decision> = Vec::new();
        for s in accounts {
            if out {
                self.dismissed.insert(s.clone())
            } else {
                self.dismissed.remove(&s)
            };
            if let Some((other, was)) = told.insert(s, (d, out))
                && was != out
                && other.who != d.who
                && !others.contains(&other)
            {
                others.push(other);
            }
        }
        self.conflicts.extend(others.into_iter().map(|o| Conflict::between(o, d, Why::Dismissed)));
    }

    fn rate(&mut self, holding: &[&Decision], d: &Decision, outlet: &str, rating: Rating) {
        let name = fold(outlet);
        // Whoever rates anew has changed their mind; two people who differ have not.
        for other in holding.iter().filter(|o| o.order(d).is_lt() && o.who != d.who) {
            if matches!(&other.act, Act::Rate { outlet, rating: r } if fold(outlet) == name && *r != rating) {
                self.conflicts.push(Conflict::between(other, d, Why::Ratings));
            }
        }
        self.ratings.insert(name, rating);
    }

    /// Makes bonds between accounts of what was decided, the last decision first: an earlier one that goes against it is
    /// left out as far as it does.
    fn bind(&mut self, bonds: &[(&Decision, Bond)]) {
        let mut ties = Ties::default();
        for (d, bond) in bonds.iter().rev() {
            let against = match bond {
                Bond::Together(accounts) => ties.together(&d.id, accounts),
                Bond::Apart(stay, out) => ties.apart(&d.id, stay, out),
            };
            for id in against {
                if let Some((later, _)) = bonds.iter().find(|(o, _)| o.id == id) {
                    self.conflicts.push(Conflict::between(d, later, Why::Bonds));
                }
            }
        }
        let pairs = ties.parted.iter().flat_map(|(x, foes)| foes.keys().map(move |y| (x, y))).filter(|(x, y)| x < y);
        let apart = pairs.map(|(x, y)| (x.clone(), y.clone())).collect();
        self.decided = Decided { together: ties.joined, apart };
    }

    /// What it says beside who belongs together, apart, or nowhere: equal for what has the same effect on incidents.
    pub(crate) fn rest(&self) -> String {
        let corrections = self.aimed.iter().filter(|a| correction(&a.decision).is_some());
        format!("{:?} {:?} {:?}", self.names, self.ratings, corrections.collect::<Vec<_>>())
    }

    /// The rating of an outlet.
    pub(crate) fn rating(&self, outlet: &str) -> Option<Rating> {
        self.ratings.get(&fold(outlet)).copied()
    }

    /// Leaves out accounts that were dismissed, and gives actors the keys that people decided on.
    pub(crate) fn prepare(&self, filed: &mut Vec<Filed>) {
        let key = |f: &Filed| Supporter { article: f.article.clone(), ordinal: f.ordinal };
        if !self.dismissed.is_empty() {
            filed.retain(|f| !self.dismissed.contains(&key(f)));
        }
        filed.iter_mut().for_each(|f| self.names.rename(&mut f.account));
    }

    /// The outlets of the accounts, as far as a rating asks for them.
    pub(crate) fn outlets(&self, filed: &[Filed]) -> BTreeMap<String, String> {
        let rated = filed.iter().filter(|f| self.rating(&f.outlet).is_some());
        rated.map(|f| (f.article.clone(), f.outlet.clone())).collect()
    }

    /// Puts ratings and corrections into incidents as they were linked, which must be in the order of their ids.
    pub(crate) fn finish(&self, incidents: &mut [Incident], outlets: &BTreeMap<String, String>) {
        let aims = self.aims(incidents);
        for (n, incident) in incidents.iter_mut().enumerate() {
            let aimed = aims.get(&n).map_or(&[][..], Vec::as_slice);
            self.apply(incident, aimed, |s| outlets.get(&s.article).cloned().unwrap_or_default());
        }
    }

    /// To which incident each aimed decision belongs, by index: the one that holds most of its accounts, of several the one
    /// with the smallest id. Incidents must be in the order of their ids.
    pub(crate) fn aims(&self, incidents: &[Incident]) -> BTreeMap<usize, Vec<&Aimed>> {
        let wanted: BTreeSet<&Supporter> = self.aimed.iter().flat_map(|a| &a.accounts).collect();
        let mut at: BTreeMap<&Supporter, usize> = BTreeMap::new();
        for (n, i) in incidents.iter().enumerate().filter(|_| !wanted.is_empty()) {
            at.extend(i.accounts.iter().filter(|s| wanted.contains(s)).map(|s| (s, n)));
        }
        let mut out: BTreeMap<usize, Vec<&Aimed>> = BTreeMap::new();
        for a in &self.aimed {
            let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
            for n in a.accounts.iter().filter_map(|s| at.get(s)) {
                *counts.entry(*n).or_default() += 1;
            }
            if let Some((n, _)) = counts.into_iter().max_by_key(|(n, c)| (*c, usize::MAX - n)) {
                out.entry(n).or_default().push(a);
            }
        }
        out
    }

    /// Puts ratings and corrections into an incident that was read without them.
    pub(crate) fn apply(&self, incident: &mut Incident, aimed: &[&Aimed], outlet: impl Fn(&Supporter) -> String) {
        if !self.ratings.is_empty() {
            let ratings: Vec<Option<Rating>> = incident.accounts.iter().map(|s| self.rating(&outlet(s))).collect();
            incident.rate(|i| ratings.get(i).copied().flatten());
        }
        let corrections: Vec<Correction> = aimed.iter().filter_map(|a| correction(&a.decision)).collect();
        if !corrections.is_empty() {
            incident.correct(&corrections);
        }
    }
}

fn correction(d: &Decision) -> Option<Correction> {
    let Act::Correct { field, value, detail, .. } = &d.act else { return None };
    let by = By { who: d.who.clone(), decision: d.id.clone() };
    Some(Correction { field: field.clone(), value: value.clone(), detail: detail.clone(), by })
}

/// What a decision wants of accounts.
enum Bond {
    Together(Vec<Supporter>),
    Apart(Vec<Supporter>, Vec<Supporter>),
}

/// Bonds that can all be had at once.
#[derive(Default)]
struct Ties {
    joined: Vec<(Supporter, Supporter)>,
    /// For each account those that it is kept apart from, with the decision that parted them; each pair stands twice.
    parted: BTreeMap<Supporter, BTreeMap<Supporter, String>>,
    /// The group of each account that is joined with another.
    group: BTreeMap<Supporter, usize>,
    /// The accounts of each group, and the decisions that made it.
    groups: Vec<(Vec<Supporter>, BTreeSet<String>)>,
}

impl Ties {
    fn of(&mut self, s: &Supporter) -> usize {
        if let Some(g) = self.group.get(s) {
            return *g;
        }
        self.groups.push((vec![s.clone()], BTreeSet::new()));
        self.group.insert(s.clone(), self.groups.len() - 1);
        self.groups.len() - 1
    }

    /// Decisions that keep the two groups apart.
    fn keeps(&self, a: usize, b: usize) -> BTreeSet<String> {
        let (less, more) = if self.groups[a].0.len() <= self.groups[b].0.len() { (a, b) } else { (b, a) };
        let foes = self.groups[less].0.iter().filter_map(|s| self.parted.get(s)).flatten();
        foes.filter(|(foe, _)| self.group.get(*foe) == Some(&more)).map(|(_, id)| id.clone()).collect()
    }

    /// Joins `accounts` as far as no decision keeps them apart; gives those that do.
    fn together(&mut self, id: &str, accounts: &[Supporter]) -> BTreeSet<String> {
        let mut against = BTreeSet::new();
        // Accounts to which others were joined: one, unless later decisions part them.
        let mut heads: Vec<Supporter> = Vec::new();
        for s in accounts {
            let own = self.of(s);
            let mut joined = false;
            for head in &heads {
                let to = self.of(head);
                if to == own {
                    joined = true;
                    break;
                }
                let keeps = self.keeps(to, own);
                if keeps.is_empty() {
                    self.joined.push((head.clone(), s.clone()));
                    let (moved, by) = std::mem::take(&mut self.groups[own]);
                    moved.iter().for_each(|m| _ = self.group.insert(m.clone(), to));
                    self.groups[to].0.extend(moved);
                    self.groups[to].1.extend(by);
                    self.groups[to].1.insert(id.to_owned());
                    joined = true;
                    break;
                }
                against.extend(keeps);
            }
            if !joined {
                heads.push(s.clone());
            }
        }
        against
    }

    /// Parts each of `out` from each of `stay` unless decisions join them; gives those that do.
    fn apart(&mut self, id: &str, stay: &[Supporter], out: &[Supporter]) -> BTreeSet<String> {
        let mut against = BTreeSet::new();
        for (x, y) in out.iter().flat_map(|x| stay.iter().map(move |y| (x, y))).filter(|(x, y)| x != y) {
            let (a, b) = (self.of(x), self.of(y));
            if a == b {
                against.extend(self.groups[a].1.iter().cloned());
            } else {
                for (one, other) in [(x, y), (y, x)] {
                    let foes = self.parted.entry(one.clone()).or_default();
                    foes.entry(other.clone()).or_insert_with(|| id.to_owned());
                }
            }
        }
        against
    }
}
