//! Examples: actors beside accounts, with their standings as people coded them.

use crate::muc4::key::{keys, slot};
use crate::muc4::{files, load, message};
use crate::score::corpus::{self, Account, Figure, Perpetrator, Place, same_actor};
use account::{Actors, Doer, Reader, Report};
use anyhow::{Context, Result};
use article::{Limits, Raw, intake};
use std::collections::BTreeMap;
use std::path::Path;

/// The standings in the order of the columns.
pub(crate) const LABELS: [&str; 5] = ["stated", "claimed", "accused", "suspected", "denied"];

/// An actor beside an account.
pub(crate) struct Example {
    /// The article or message, and the actor.
    pub(crate) name: String,
    pub(crate) features: Vec<String>,
    /// Its standing, as an index into [`LABELS`]; none if it is not bound, or only denies.
    pub(crate) label: Option<usize>,
    pub(crate) denied: bool,
    /// Which cluster of articles it is of.
    pub(crate) group: usize,
}

/// The examples of a corpus.
pub(crate) struct Corpus {
    pub(crate) examples: Vec<Example>,
    /// Standings in the truth of actors that the reader did not find in the account.
    pub(crate) out_of_reach: usize,
    /// A line for each of them.
    pub(crate) unseen: Vec<String>,
}

/// The actors of the accounts, in development articles, that met an account of the truth.
pub(crate) fn corpus(folder: &Path) -> Result<Corpus> {
    let reader = Reader::new(Actors::builtin());
    let mut out = Corpus { examples: Vec::new(), out_of_reach: 0, unseen: Vec::new() };
    let mut clusters: BTreeMap<String, usize> = BTreeMap::new();
    for truth in corpus::truths(folder)?.iter().filter(|t| !corpus::is_held_out(&t.report)) {
        let file = folder.join("reports").join(&truth.report).with_extension("txt");
        let bytes = std::fs::read(&file).with_context(|| format!("{}: cannot be read", file.display()))?;
        let name = file.to_string_lossy();
        let Some(article) = intake(Raw { name: &name, bytes: &bytes }, &Limits::default()).articles.into_iter().next()
        else {
            continue;
        };
        let mixed = truth.report.contains("-900-");
        let cluster = if mixed { &truth.report } else { truth.report.rsplit_once('-').map_or("", |(c, _)| c) };
        let next = clusters.len();
        let group = *clusters.entry(cluster.to_owned()).or_insert(next);
        let (report, doers) = reader.doers(&article);
        for (gold, read) in corpus::pairs(&truth.accounts, &shapes(&report)) {
            let bound = &truth.accounts[gold].perpetrators;
            let mut met = vec![false; bound.len()];
            for doer in &doers[read] {
                let name =
                    format!("{} {} {}", truth.report, truth.accounts[gold].kind.join("+"), doer.names.join(" = "));
                let mut example = Example { name, features: doer.features.clone(), label: None, denied: false, group };
                for (i, p) in bound.iter().enumerate().filter(|(_, p)| called(doer, &p.name)) {
                    met[i] = true;
                    example.add(&p.status);
                }
                out.examples.push(example);
            }
            for (p, _) in bound.iter().zip(&met).filter(|(_, met)| !**met) {
                out.unseen.push(format!("unseen {} {} {}\n", truth.report, p.status, p.name));
            }
            out.out_of_reach += met.iter().filter(|m| !**m).count();
        }
    }
    Ok(out)
}

/// The actors with a name in the development messages of MUC-4, each beside all that the message tells.
pub(crate) fn muc4(folder: &Path) -> Result<Vec<Example>> {
    let reader = Reader::new(Actors::builtin());
    let mut wanted = BTreeMap::new();
    for file in files(&[folder.join("keys")])?.iter().filter(|f| f.to_string_lossy().contains("key-dev-")) {
        wanted.extend(keys(&load(file)?));
    }
    let mut out = Vec::new();
    for file in files(&[folder.join("texts")])?.iter().filter(|f| f.to_string_lossy().contains("dev-muc3")) {
        for message in message::messages(&load(file)?) {
            let Some(templates) = wanted.get(&message.id) else { continue };
            let (_, doers) = reader.doers(&message.article);
            let mut together: BTreeMap<String, Doer> = BTreeMap::new();
            for doer in doers.into_iter().flatten().filter(|d| d.named) {
                match together.get_mut(&doer.actor) {
                    None => {
                        together.insert(doer.actor.clone(), doer);
                    }
                    Some(known) => {
                        known.features.extend(doer.features);
                        known.names.extend(doer.names);
                    }
                }
            }
            for mut doer in together.into_values() {
                doer.features.sort();
                doer.features.dedup();
                let name = format!("{} {}", message.id, doer.names.join(" = "));
                let mut example =
                    Example { name, features: doer.features.clone(), label: None, denied: false, group: 0 };
                for template in templates {
                    for fill in template.of(slot::CONFIDENCE).iter().filter(|f| {
                        f.of.iter().any(|name| called(&doer, name) || known(name) == Some(doer.actor.as_str()))
                    }) {
                        fill.options.iter().filter_map(|o| standing(o)).for_each(|s| example.add(s));
                    }
                }
                out.push(example);
            }
        }
    }
    Ok(out)
}

impl Example {
    /// The example in a line, for a person to look through.
    pub(crate) fn line(&self) -> String {
        let label = self.label.map_or("none", |l| LABELS[l]);
        let denied = if self.denied { "+denied" } else { "" };
        format!("{label}{denied}\t{}\t{}\t{}\n", self.group, self.name, self.features.join("\t"))
    }

    /// The first standing counts, and a denial beside it.
    fn add(&mut self, status: &str) {
        match LABELS.iter().position(|l| *l == status) {
            Some(4) => self.denied = true,
            Some(label) => self.label = self.label.or(Some(label)),
            None => {}
        }
    }
}

/// What a value of the slot of MUC-4 means here.
fn standing(confidence: &str) -> Option<&'static str> {
    match confidence.to_uppercase().as_str() {
        "REPORTED AS FACT" => Some("stated"),
        "CLAIMED OR ADMITTED" => Some("claimed"),
        "SUSPECTED OR ACCUSED" | "SUSPECTED OR ACCUSED BY AUTHORITIES" => Some("accused"),
        "POSSIBLE" => Some("suspected"),
        _ => None,
    }
}

fn known(name: &str) -> Option<&'static str> {
    Actors::builtin().find(name).map(|a| a.key.as_str())
}

fn called(doer: &Doer, name: &str) -> bool {
    doer.names.iter().any(|n| same_actor(name, n))
}

/// What was read, in the shape that is scored. Perpetrators are left out: they are what is to be learnt.
fn shapes(report: &Report) -> Vec<Account> {
    let figure = |f: &account::Figure| Figure {
        measure: f.measure.to_string(),
        low: f.low.map(|n| n as f64),
        high: f.high.map(|n| n as f64),
        words: f.words.clone(),
    };
    let shape = |a: &account::Account| Account {
        incident: None,
        prominence: a.prominence.to_string(),
        kind: a.kinds.iter().map(|k| k.value.to_string()).collect(),
        stage: a.stage.value.to_string(),
        date: a.date.as_ref().map(|d| d.value.to_string()).unwrap_or_default(),
        place: a.place.as_ref().map_or_else(Place::default, |p| Place {
            name: p.name.clone(),
            city: p.city.clone(),
            admin1: p.admin1.clone(),
            country: p.country.clone(),
        }),
        figures: a.figures.iter().map(figure).collect(),
        perpetrators: Vec::<Perpetrator>::new(),
        targets: a.targets.iter().map(|m| m.words.clone()).collect(),
        victims: a.victims.iter().map(|m| m.words.clone()).collect(),
    };
    report.accounts.iter().map(shape).collect()
}
