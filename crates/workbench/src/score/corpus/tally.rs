//! Counts over articles, the scores made from them, and what was missed.

use super::assign::assign;
use super::compare::{Dates, Places, dates, key, likeness, places, same_actor, same_figure};
use super::shape::{Account, Figure, Prediction, Truth};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Sums of counts: those of two folders may be added.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(crate) struct Counts {
    articles: u64,
    articles_missing: u64,
    quiet: u64,
    quiet_ok: u64,
    acc_gold: u64,
    acc_pred: u64,
    acc_hit: u64,
    main_gold: u64,
    main_hit: u64,
    kind_hit: u64,
    stage_hit: u64,
    date_gold: u64,
    date_same: u64,
    date_near: u64,
    date_none: u64,
    date_none_ok: u64,
    place_same: u64,
    place_country: u64,
    fig_gold: u64,
    fig_pred: u64,
    fig_hit: u64,
    perp_gold: u64,
    perp_pred: u64,
    perp_hit: u64,
    standing_hit: u64,
    chain_gold: u64,
    chain_pred: u64,
    chain_hit: u64,
    copy_gold: u64,
    copy_hit: u64,
    linked: u64,
    b3_p: f64,
    b3_r: f64,
}

/// Counts in the making.
#[derive(Default)]
pub(crate) struct Tally {
    counts: Counts,
    /// Incident in the truth and incident in the prediction, of each matched account.
    links: Vec<(String, String)>,
    misses: BTreeMap<&'static str, Class>,
    /// The article being added is held out: nobody is to read what was missed in it.
    held_out: bool,
}

/// What was missed in one way.
#[derive(Default)]
struct Class {
    listed: Vec<String>,
    held_out: u64,
}

/// Final counts and the misses, printed by class.
pub(crate) struct Outcome {
    counts: Counts,
    pub(crate) misses: String,
}

impl Tally {
    /// Adds one article; an article without prediction counts as read without finding anything.
    pub(crate) fn add(&mut self, truth: &Truth, prediction: Option<&Prediction>, held_out: bool) {
        self.held_out = held_out;
        let id = &truth.report;
        let gold = &truth.accounts;
        let pred: &[Account] = prediction.map_or(&[], |p| &p.accounts);
        let c = &mut self.counts;
        c.articles += 1;
        c.articles_missing += u64::from(prediction.is_none());
        c.acc_gold += gold.len() as u64;
        c.acc_pred += pred.len() as u64;
        if gold.is_empty() {
            c.quiet += 1;
            c.quiet_ok += u64::from(pred.is_empty());
        }
        let matrix: Vec<Vec<f64>> = gold.iter().map(|g| pred.iter().map(|p| likeness(g, p)).collect()).collect();
        let pairs: BTreeMap<usize, usize> = assign(&matrix).into_iter().collect();
        c.acc_hit += pairs.len() as u64;
        c.fig_pred += pred.iter().map(|p| p.figures.len() as u64).sum::<u64>();
        c.perp_pred += pred.iter().map(|p| p.perpetrators.len() as u64).sum::<u64>();
        for (i, g) in gold.iter().enumerate() {
            let met = pairs.get(&i).map(|j| &pred[*j]);
            self.account(id, g, met);
        }
        for (j, p) in pred.iter().enumerate() {
            if !pairs.values().any(|met| *met == j) {
                self.miss("accounts that the article does not tell", id, told(p));
            }
        }
        self.sources(truth, prediction);
    }

    fn account(&mut self, id: &str, g: &Account, met: Option<&Account>) {
        let main = u64::from(g.prominence != "background");
        self.counts.main_gold += main;
        self.figures(id, &g.figures, met);
        self.perpetrators(id, g, met);
        let Some(p) = met else {
            let class = if main == 1 { "accounts not found" } else { "background accounts not found" };
            return self.miss(class, id, told(g));
        };
        let c = &mut self.counts;
        c.main_hit += main;
        let kind = g.kind.iter().any(|k| p.kind.contains(k));
        c.kind_hit += u64::from(kind);
        c.stage_hit += u64::from(g.stage == p.stage);
        let (date, place) = (dates(&g.date, &p.date), places(&g.place, &p.place));
        if g.date.is_empty() {
            c.date_none += 1;
            c.date_none_ok += u64::from(p.date.is_empty());
        } else {
            c.date_gold += 1;
            c.date_same += u64::from(date == Dates::Same);
            c.date_near += u64::from(matches!(date, Dates::Same | Dates::Near));
        }
        c.place_same += u64::from(place == Places::Same);
        c.place_country += u64::from(matches!(place, Places::Same | Places::Country));
        if let (Some(a), Some(b)) = (&g.incident, &p.incident) {
            self.links.push((a.to_string(), b.to_string()));
        }
        if !kind {
            self.miss("kind", id, format!("{} read as {}", g.kind.join("+"), p.kind.join("+")));
        }
        if g.stage != p.stage {
            self.miss("stage", id, format!("{} read as {}", g.stage, p.stage));
        }
        if g.date.is_empty() && !p.date.is_empty() {
            self.miss("date invented", id, p.date.clone());
        } else if !g.date.is_empty() && date != Dates::Same {
            self.miss("date", id, format!("{} read as `{}`", g.date, p.date));
        }
        if place != Places::Same {
            let name = |a: &Account| format!("{} ({}, {})", a.place.name, a.place.city, a.place.country);
            self.miss("place", id, format!("{} read as {}", name(g), name(p)));
        }
    }

    fn figures(&mut self, id: &str, gold: &[Figure], met: Option<&Account>) {
        self.counts.fig_gold += gold.len() as u64;
        let Some(met) = met else { return };
        let mut left: Vec<&Figure> = met.figures.iter().collect();
        for f in gold {
            match left.iter().position(|p| same_figure(f, p)) {
                Some(at) => {
                    left.remove(at);
                    self.counts.fig_hit += 1;
                }
                None => self.miss("figures not read", id, counted(f)),
            }
        }
        for f in left {
            self.miss("figures that the account does not state", id, counted(f));
        }
    }

    fn perpetrators(&mut self, id: &str, g: &Account, met: Option<&Account>) {
        self.counts.perp_gold += g.perpetrators.len() as u64;
        let Some(met) = met else { return };
        let mut left: Vec<_> = met.perpetrators.iter().collect();
        for a in &g.perpetrators {
            let Some(at) = left.iter().position(|b| same_actor(&a.name, &b.name)) else {
                self.miss("perpetrators not read", id, format!("{} ({})", a.name, a.status));
                continue;
            };
            let hit = left.remove(at);
            self.counts.perp_hit += 1;
            self.counts.standing_hit += u64::from(a.status == hit.status);
            if a.status != hit.status {
                self.miss("standing", id, format!("{}: {} read as {}", a.name, a.status, hit.status));
            }
        }
        for b in left {
            self.miss("perpetrators that the account does not name", id, format!("{} ({})", b.name, b.status));
        }
    }

    fn sources(&mut self, truth: &Truth, prediction: Option<&Prediction>) {
        if let Some(chain) = &truth.source_chain {
            let read = prediction.map_or(&[][..], |p| &p.source_chain);
            let keys = |names: &[String]| names.iter().map(|n| key(n)).collect::<BTreeSet<String>>();
            let (gold, pred) = (keys(chain), keys(read));
            self.counts.chain_gold += gold.len() as u64;
            self.counts.chain_pred += pred.len() as u64;
            self.counts.chain_hit += gold.intersection(&pred).count() as u64;
            if gold != pred {
                let what = format!("[{}] read as [{}]", chain.join(", "), read.join(", "));
                self.miss("source chain", &truth.report, what);
            }
        }
        let copied = |c: Option<&String>| c.is_some_and(|c| !c.is_empty());
        if copied(truth.copy_of.as_ref()) {
            let found = copied(prediction.and_then(|p| p.copy_of.as_ref()));
            self.counts.copy_gold += 1;
            self.counts.copy_hit += u64::from(found);
            if !found {
                self.miss("copies not found", &truth.report, truth.copy_of.clone().unwrap_or_default());
            }
        }
    }

    fn miss(&mut self, class: &'static str, report: &str, what: String) {
        let class = self.misses.entry(class).or_default();
        if self.held_out {
            class.held_out += 1;
        } else {
            class.listed.push(format!("{report}: {what}"));
        }
    }

    /// Adds what only shows over all articles: which accounts were put together.
    pub(crate) fn finish(mut self) -> Outcome {
        let mut truth: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        let mut read: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for (n, (g, p)) in self.links.iter().enumerate() {
            truth.entry(g).or_default().insert(n);
            read.entry(p).or_default().insert(n);
        }
        for (g, p) in &self.links {
            let (g, p) = (&truth[g.as_str()], &read[p.as_str()]);
            let both = g.intersection(p).count() as f64;
            self.counts.b3_p += both / p.len() as f64;
            self.counts.b3_r += both / g.len() as f64;
        }
        self.counts.linked = self.links.len() as u64;
        let mut misses = String::new();
        for (name, class) in &self.misses {
            let _ = write!(misses, "{name}: {}", class.listed.len() as u64 + class.held_out);
            match class.held_out {
                0 => misses.push('\n'),
                n => drop(writeln!(misses, " ({n} in held-out articles, not listed)")),
            }
            for one in &class.listed {
                let _ = writeln!(misses, "  {one}");
            }
        }
        Outcome { counts: self.counts, misses }
    }
}

fn told(a: &Account) -> String {
    format!("{} {} {}", a.kind.join("+"), if a.date.is_empty() { "undated" } else { &a.date }, a.place.name)
}

fn counted(f: &Figure) -> String {
    let bound = |b: Option<f64>| b.map_or_else(String::new, |b| b.to_string());
    format!("{} {}..{} '{}'", f.measure, bound(f.low), bound(f.high), f.words)
}

impl Outcome {
    /// Counts and scores as one JSON object.
    pub(crate) fn json(&self) -> serde_json::Value {
        let scores: serde_json::Map<String, serde_json::Value> =
            self.scores().into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
        serde_json::json!({ "counts": self.counts, "scores": scores })
    }

    /// The scores as lines of text.
    pub(crate) fn table(&self) -> String {
        let c = &self.counts;
        let mut out = format!(
            "{} articles ({} without prediction), {} accounts in truth, {} predicted, {} matched\n",
            c.articles, c.articles_missing, c.acc_gold, c.acc_pred, c.acc_hit
        );
        for (name, value) in self.scores() {
            let _ = writeln!(out, "{value:7.3}  {name}");
        }
        out
    }

    fn scores(&self) -> Vec<(&'static str, f64)> {
        let c = &self.counts;
        let ratio = |hit: u64, of: u64| if of == 0 { 1.0 } else { hit as f64 / of as f64 };
        let f1 = |hit: u64, pred: u64, gold: u64| {
            if pred + gold == 0 { 1.0 } else { 2.0 * hit as f64 / (pred + gold) as f64 }
        };
        let mean = |sum: f64| if c.linked == 0 { 1.0 } else { sum / c.linked as f64 };
        let (p, r) = (mean(c.b3_p), mean(c.b3_r));
        let b3 = if c.linked > 0 && p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
        let accounts = f1(c.acc_hit, c.acc_pred, c.acc_gold);
        let date = ratio(c.date_same, c.date_gold);
        let place = ratio(c.place_same, c.acc_hit);
        let figures = f1(c.fig_hit, c.fig_pred, c.fig_gold);
        let standing = f1(c.standing_hit, c.perp_pred, c.perp_gold);
        vec![
            ("accounts F1", accounts),
            ("accounts precision", ratio(c.acc_hit, c.acc_pred)),
            ("accounts recall", ratio(c.acc_hit, c.acc_gold)),
            ("recall of main accounts", ratio(c.main_hit, c.main_gold)),
            ("articles without incident left alone", ratio(c.quiet_ok, c.quiet)),
            ("kind (matched)", ratio(c.kind_hit, c.acc_hit)),
            ("stage (matched)", ratio(c.stage_hit, c.acc_hit)),
            ("date same (matched, dated)", date),
            ("date same or near", ratio(c.date_near, c.date_gold)),
            ("no date invented", ratio(c.date_none_ok, c.date_none)),
            ("place same (matched)", place),
            ("country same (matched)", ratio(c.place_country, c.acc_hit)),
            ("figures F1", figures),
            ("perpetrators F1", f1(c.perp_hit, c.perp_pred, c.perp_gold)),
            ("perpetrators with standing F1", standing),
            ("source chain F1", f1(c.chain_hit, c.chain_pred, c.chain_gold)),
            ("copies found", ratio(c.copy_hit, c.copy_gold)),
            ("incidents B3 F1 (matched accounts)", b3),
            (
                "KHABAR SCORE (mean of accounts, date, place, figures, standing, incidents)",
                (accounts + date + place + figures + standing + b3) / 6.0,
            ),
        ]
    }
}
