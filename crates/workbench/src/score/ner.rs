//! Names: precision, recall and F1 of exact spans with their kinds.
//!
//! Universal NER files are read on their own words and scored with the plain scheme, re3d folders from their text and with
//! the field scheme (see `named::re3d` for what counts as marked there). The total is over names alone: times, amounts and
//! references to documents, which re3d marks too, are printed and not counted in. re3d's other kinds, such as coordinates,
//! are never found and count as missed in their own line.

use crate::named::{self, Format};
use anyhow::Result;
use article::names::{Finder, Model, Scheme};
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

/// The kinds of re3d that are names; all kinds of Universal NER are.
const NAMES: [&str; 7] = ["Person", "Organisation", "Location", "Nationality", "Weapon", "MilitaryPlatform", "Vehicle"];

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// An IOB2 file, a re3d folder, or a folder of either
    path: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// Score only the documents of re3d that training leaves out: of each source's, by id, the first of every five
    #[arg(long)]
    held_out: bool,
    /// Score the words in capitals
    #[arg(long)]
    upper: bool,
    /// Print each mark that was missed or wrong
    #[arg(long)]
    misses: bool,
    /// File of names to score in place of the one that is built in
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
}

/// What was marked, what was found, and what was both.
#[derive(Serialize, Default, Debug, Clone, Copy)]
struct Counts {
    gold: usize,
    found: usize,
    right: usize,
}

impl Counts {
    fn scores(self) -> [f64; 3] {
        let part = |of: usize| if of == 0 { 0.0 } else { 100.0 * self.right as f64 / of as f64 };
        let sum = self.gold + self.found;
        [part(self.found), part(self.gold), if sum == 0 { 0.0 } else { 200.0 * self.right as f64 / sum as f64 }]
    }

    fn add(&mut self, other: Counts) {
        self.gold += other.gold;
        self.found += other.found;
        self.right += other.right;
    }
}

#[derive(Serialize)]
struct Scores {
    documents: usize,
    words: usize,
    kinds: BTreeMap<String, Counts>,
    total: Counts,
    precision: f64,
    recall: f64,
    f1: f64,
    words_per_second: f64,
}

pub(crate) fn run(a: &Arguments) -> Result<()> {
    let own = match &a.model {
        Some(file) => Some(Model::from_bytes(&std::fs::read(file)?)?),
        None => None,
    };
    let mut finder = Finder::new(own.as_ref().unwrap_or_else(|| Model::builtin()));
    let mut kinds: BTreeMap<String, Counts> = BTreeMap::new();
    let (mut documents, mut words, mut seconds) = (0, 0, 0.0);
    for (format, all) in named::read(&a.path)? {
        let scheme = if format == Format::Iob { Scheme::Plain } else { Scheme::Field };
        let held = |d: &&named::Document| !a.held_out || format == Format::Iob || d.held_out;
        for document in all.iter().filter(held) {
            documents += 1;
            for s in &document.sentences {
                let upper: Vec<String> = s.words.iter().map(|w| w.to_uppercase()).collect();
                let forms: Vec<&str> = if a.upper { &upper } else { &s.words }.iter().map(String::as_str).collect();
                let begin = Instant::now();
                let spans = finder.marked(&forms, &s.glued, scheme);
                seconds += begin.elapsed().as_secs_f64();
                words += forms.len();
                let found: Vec<_> = spans.into_iter().map(|(r, k)| (r, scheme.kinds()[k].to_owned())).collect();
                for (range, kind) in &found {
                    let right = s.spans.iter().any(|g| g.0 == *range && g.1 == *kind);
                    kinds.entry(kind.clone()).or_default().add(Counts { gold: 0, found: 1, right: usize::from(right) });
                    if a.misses && !right {
                        println!("wrong  {kind} {}   | {}", forms[range.clone()].join(" "), forms.join(" "));
                    }
                }
                for (range, kind) in &s.spans {
                    kinds.entry(kind.clone()).or_default().gold += 1;
                    if a.misses && !found.iter().any(|f| f.0 == *range && f.1 == *kind) {
                        println!("missed {kind} {}   | {}", forms[range.clone()].join(" "), forms.join(" "));
                    }
                }
                for kind in &s.missed {
                    kinds.entry(kind.clone()).or_default().gold += 1;
                }
            }
        }
    }
    let mut total = Counts::default();
    let named = |k: &str| NAMES.contains(&k) || Scheme::Plain.kinds().contains(&k);
    kinds.iter().filter(|(k, _)| named(k)).for_each(|(_, c)| total.add(*c));
    let [precision, recall, f1] = total.scores();
    let words_per_second = words as f64 / f64::max(seconds, 1e-9);
    let scores = Scores { documents, words, kinds, total, precision, recall, f1, words_per_second };
    if a.json {
        println!("{}", serde_json::to_string(&scores)?);
        return Ok(());
    }
    println!("documents {documents}  words {words}  {words_per_second:.0} words/s");
    println!("{:<20} {:>6} {:>6} {:>6} {:>7} {:>7} {:>7}", "kind", "gold", "found", "right", "prec", "recall", "F1");
    let line = |name: &str, c: Counts| {
        let [p, r, f] = c.scores();
        println!("{name:<20} {:>6} {:>6} {:>6} {p:>7.2} {r:>7.2} {f:>7.2}", c.gold, c.found, c.right);
    };
    scores.kinds.iter().for_each(|(k, c)| line(&if named(k) { k.clone() } else { format!("({k})") }, *c));
    line("all names", total);
    Ok(())
}
