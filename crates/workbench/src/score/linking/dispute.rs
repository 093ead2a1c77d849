//! Are reports that contradict each other told from a toll that rose?
//!
//! A contradiction of the truth is found when its field is disputed in the incident that holds most of its accounts. A toll
//! of the truth that only rose is told apart when the field is not disputed there. What no account of the input can show,
//! because fewer than two of them tell the incident or its number never changes in them, is not counted.

use crate::linking::corpus::Accounts;
use crate::score::corpus::is_held_out;
use anyhow::{Context, Result};
use incident::{Filed, Incident};
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

/// Counts; those of two parts add up.
#[derive(Debug, Default, Clone, Copy, Serialize)]
pub(super) struct Disputes {
    contradictions: usize,
    found: usize,
    revisions: usize,
    told_apart: usize,
    /// Of those the ones that are called a revision.
    called: usize,
    /// Disputed fields that the truth does not know.
    beyond: usize,
}

impl fmt::Display for Disputes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let right = self.found + self.told_apart;
        let all = self.contradictions + self.revisions;
        write!(
            f,
            "{} of {} contradictions found, {} of {} revisions told apart ({} called so): {:.3}; {} disputes beyond",
            self.found,
            self.contradictions,
            self.told_apart,
            self.revisions,
            self.called,
            if all == 0 { 1.0 } else { right as f64 / all as f64 },
            self.beyond
        )
    }
}

/// What the author fixed of one incident.
#[derive(Debug, Default)]
pub(super) struct Facts {
    contradicted: BTreeSet<&'static str>,
    risen: BTreeSet<&'static str>,
}

/// The facts of `incidents*.json`, by incident; none where there is no such file.
pub(super) fn facts(folder: &Path) -> Result<BTreeMap<String, Facts>> {
    let mut out = BTreeMap::new();
    let list = std::fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    let mut files: Vec<_> = list.filter_map(|e| e.ok().map(|e| e.path())).collect();
    files.retain(|p| {
        p.file_name().and_then(|n| n.to_str()).is_some_and(|n| n.starts_with("incidents") && n.ends_with(".json"))
    });
    files.sort();
    for file in files {
        let text = std::fs::read_to_string(&file)?;
        let all: Value = serde_json::from_str(&text).with_context(|| format!("{} is no JSON", file.display()))?;
        for i in all.as_array().into_iter().flatten() {
            out.insert(i["id"].as_str().unwrap_or_default().to_owned(), fact(&i["truth"]));
        }
    }
    Ok(out)
}

fn fact(truth: &Value) -> Facts {
    let fields = truth["contradictions"].as_array().into_iter().flatten();
    let contradicted: BTreeSet<&str> = fields.filter_map(|c| named(c["field"].as_str()?)).collect();
    let mut risen = BTreeSet::new();
    for measure in ["killed", "injured"] {
        let steps = truth["toll_over_time"].as_array().into_iter().flatten();
        let tolls: BTreeSet<u64> = steps.filter_map(|s| s[measure].as_u64()).collect();
        if tolls.len() > 1 && !contradicted.contains(measure) {
            risen.insert(measure);
        }
    }
    Facts { contradicted, risen }
}

/// The field of an incident that a contradiction is about; `None` where no field holds it.
fn named(field: &str) -> Option<&'static str> {
    Some(match field {
        "killed" => "killed",
        "injured" => "injured",
        "abducted" => "abducted",
        "arrested" => "arrested",
        "displaced" => "displaced",
        "missing" => "missing",
        "perpetrators_killed" => "perpetrators_killed",
        "strength" => "strength",
        "perpetrator" | "perpetrators" => "perpetrator",
        "place" | "admin1" => "place",
        "stage" | "occurrence" => "stage",
        "date" => "date",
        _ => return None,
    })
}

/// Counts over the incidents of the part that is asked for.
pub(super) fn count(
    facts: &BTreeMap<String, Facts>,
    accounts: &Accounts,
    incidents: &[Incident],
    open: Option<bool>,
) -> Disputes {
    let mut out = Disputes::default();
    for case in cases(facts, accounts, incidents, open) {
        for name in &case.fact.contradicted {
            out.contradictions += 1;
            out.found += usize::from(case.field(name).is_some_and(|f| f.disputed));
        }
        for name in case.risen() {
            out.revisions += 1;
            out.told_apart += usize::from(case.field(name).is_none_or(|f| !f.disputed));
            out.called += usize::from(case.field(name).is_some_and(|f| f.revised && !f.disputed));
        }
        let beyond = |f: &&incident::Field| f.disputed && !case.fact.contradicted.contains(f.name.as_str());
        out.beyond += case.incident.fields.iter().filter(beyond).count();
    }
    out
}

/// What was missed in incidents that may be looked at, with what each account gives of the field.
pub(super) fn misses(facts: &BTreeMap<String, Facts>, accounts: &Accounts, incidents: &[Incident]) -> Vec<String> {
    let mut out = Vec::new();
    for case in cases(facts, accounts, incidents, Some(true)) {
        let disputed = |name: &str| case.field(name).is_some_and(|f| f.disputed);
        let missed = case.fact.contradicted.iter().filter(|name| !disputed(name)).map(|n| ("contradiction missed", *n));
        let taken = case.risen().filter(|name| disputed(name)).map(|n| ("revision taken for a contradiction", n));
        let beyond = case.incident.fields.iter().filter(|f| {
            let name = f.name.as_str();
            f.disputed && !case.fact.contradicted.contains(name) && !case.fact.risen.contains(name)
        });
        let beyond = beyond.map(|f| ("disputed beyond the truth", f.name.as_str()));
        for (what, name) in missed.chain(taken).chain(beyond) {
            out.push(format!("{what}, {}: {name}{}", case.id, case.readings(name)));
        }
    }
    out
}

/// An incident of the truth, and the one that holds most of its accounts.
struct Case<'a> {
    id: &'a str,
    fact: &'a Facts,
    members: Vec<&'a Filed>,
    incident: &'a Incident,
}

impl<'a> Case<'a> {
    fn field(&self, name: &str) -> Option<&'a incident::Field> {
        self.incident.fields.iter().find(|f| f.name == name)
    }

    /// The tolls that only rose, as far as the accounts show it.
    fn risen(&self) -> impl Iterator<Item = &'static str> {
        self.fact.risen.iter().copied().filter(|name| changes(&self.members, name))
    }

    /// The readings of a field with their accounts, those of held-out articles left out.
    fn readings(&self, name: &str) -> String {
        let article = |i: &usize| self.incident.accounts[*i].article.as_str();
        let reading = |r: &incident::Reading| {
            let part = if r.part { " (a part)" } else { "" };
            let open = r.accounts.iter().map(article).filter(|a| !is_held_out(a));
            let open: Vec<&str> = open.collect();
            (!open.is_empty()).then(|| format!("; {} {}{part} by {}", r.value, r.detail, open.join(" ")))
        };
        self.field(name).into_iter().flat_map(|f| &f.readings).filter_map(reading).collect()
    }
}

fn cases<'a>(
    facts: &'a BTreeMap<String, Facts>,
    accounts: &'a Accounts,
    incidents: &'a [Incident],
    open: Option<bool>,
) -> Vec<Case<'a>> {
    let of = super::assigned(incidents);
    let by_id: BTreeMap<&str, &Incident> = incidents.iter().map(|i| (i.id.as_str(), i)).collect();
    let mut told: BTreeMap<&str, Vec<&Filed>> = BTreeMap::new();
    for (f, t) in accounts.filed.iter().zip(&accounts.incident) {
        if let Some(t) = t {
            told.entry(t).or_default().push(f);
        }
    }
    let mut out = Vec::new();
    for (id, members) in told {
        // An incident belongs to the part that most of its reports belong to.
        let here = members.iter().filter(|f| super::among(f, open)).count();
        let Some(fact) = facts.get(id).filter(|_| here * 2 > members.len()) else { continue };
        let mut held: BTreeMap<&str, usize> = BTreeMap::new();
        for f in &members {
            if let Some(i) = of.get(&(f.article.as_str(), f.ordinal)) {
                *held.entry(i).or_default() += 1;
            }
        }
        let most = held.into_iter().max_by_key(|(id, n)| (*n, std::cmp::Reverse(*id)));
        if let Some(incident) = most.and_then(|(id, _)| by_id.get(id).copied()) {
            out.push(Case { id, fact, members, incident });
        }
    }
    out
}

/// Whether two accounts give two totals.
fn changes(members: &[&Filed], measure: &str) -> bool {
    let totals = members.iter().flat_map(|f| &f.account.figures).filter(|x| x.total && x.measure.name() == measure);
    totals.map(|x| (x.low, x.high)).collect::<BTreeSet<_>>().len() > 1
}
