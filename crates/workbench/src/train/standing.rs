//! `workbench train standing`: what chooses how an account binds an actor, from articles and messages with their truth.
//!
//! An example is an actor beside an account, with the features that the reader gives it there. Four standings and none
//! exclude each other and share a softmax, a denial has a logistic of its own. How often the messages of MUC-4 bind actors of
//! a sort, which is their own matter, goes into weights that are not written (Daumé 2007, "Frustratingly Easy Domain
//! Adaptation").

mod examples;
mod linear;

use anyhow::{Context, Result};
use examples::{Example, LABELS};
use linear::Linear;
use std::fmt::Write as _;
use std::path::PathBuf;

#[derive(clap::Args)]
#[command(after_help = "Examples:
  cargo run --release -p workbench -- train standing --corpus CORPUS --data DATA --out models/en/standing.txt")]
pub(crate) struct Arguments {
    /// Folder with `reports` and `truth`; held-out articles are not read
    #[arg(long, value_name = "DIR")]
    corpus: PathBuf,
    /// Folder with the folder `muc4`, of which the development part is read
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// File to write the weights to
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// File to write the examples of the corpus to, a line each: truth, actor, features
    #[arg(long, value_name = "FILE")]
    examples: Option<PathBuf>,
    /// Strength of the pull of weights towards those that a person wrote
    #[arg(long, default_value_t = 20.0)]
    pull: f64,
    /// What a message counts, beside an account of the corpus
    #[arg(long, default_value_t = 0.2)]
    message: f64,
    /// The fewest articles or messages that must have a feature
    #[arg(long, default_value_t = 4)]
    least: usize,
}

/// Parts for cross-validation; the articles of one cluster stand in one part.
const FOLDS: usize = 6;

/// Trains, prints what cross-validation finds, and writes.
pub(crate) fn run(a: &Arguments) -> Result<()> {
    let corpus = examples::corpus(&a.corpus)?;
    let muc4 = examples::muc4(&a.data.join("muc4"))?;
    eprintln!("{} actors beside accounts, {} actors beside messages", corpus.examples.len(), muc4.len());
    if let Some(file) = &a.examples {
        let lines: String = corpus.examples.iter().chain(&muc4).map(Example::line).chain(corpus.unseen).collect();
        std::fs::write(file, lines).with_context(|| format!("{}: cannot be written", file.display()))?;
    }
    let mut tally = Tally { missed: corpus.out_of_reach, ..Tally::default() };
    for fold in 0..FOLDS {
        let (test, train): (Vec<&Example>, Vec<&Example>) =
            corpus.examples.iter().partition(|e| e.group % FOLDS == fold);
        let model = Linear::train(&train, &muc4.iter().collect::<Vec<_>>(), a.pull, a.message, a.least);
        test.iter().for_each(|e| tally.add(e, &model));
    }
    println!("cross-validated on the development articles, {FOLDS} parts by cluster");
    println!("{}", tally.table());
    let all: Vec<&Example> = corpus.examples.iter().collect();
    let model = Linear::train(&all, &muc4.iter().collect::<Vec<_>>(), a.pull, a.message, a.least);
    let mut text = String::from("# feature");
    for label in &LABELS {
        let _ = write!(text, "\t{label}");
    }
    text.push('\n');
    for (feature, row) in model.rows() {
        text.push_str(&feature);
        row.iter().for_each(|w| {
            let _ = write!(text, "\t{w:.2}");
        });
        text.push('\n');
    }
    std::fs::write(&a.out, text).with_context(|| format!("{}: cannot be written", a.out.display()))
}

/// Counts of standings, over the actors of accounts that met.
#[derive(Default)]
struct Tally {
    right: usize,
    /// The actor right, the standing wrong.
    bound: usize,
    told: usize,
    /// Of actors in the truth that are no candidates.
    missed: usize,
    wanted: usize,
    by_label: [[usize; 3]; 5],
}

impl Tally {
    fn add(&mut self, e: &Example, model: &Linear) {
        let chosen = model.choose(&e.features);
        let wanted: Vec<usize> = e.label.into_iter().chain(e.denied.then_some(4)).collect();
        self.wanted += wanted.len();
        self.told += chosen.len();
        self.right += chosen.iter().filter(|c| wanted.contains(c)).count();
        self.bound += chosen.len().min(wanted.len());
        for (label, counts) in self.by_label.iter_mut().enumerate() {
            counts[0] += usize::from(chosen.contains(&label) && wanted.contains(&label));
            counts[1] += usize::from(chosen.contains(&label));
            counts[2] += usize::from(wanted.contains(&label));
        }
    }

    fn table(&self) -> String {
        let wanted = self.wanted + self.missed;
        let f = |hit: usize, told: usize, wanted: usize| 2.0 * hit as f64 / (told + wanted).max(1) as f64;
        let mut out = format!(
            "{wanted} in the truth ({} of no candidate), {} told, {} with the right standing: F1 {:.3}; bound at all: F1 {:.3}\n",
            self.missed,
            self.told,
            self.right,
            f(self.right, self.told, wanted),
            f(self.bound, self.told, wanted),
        );
        for (label, [hit, told, wanted]) in LABELS.iter().zip(&self.by_label) {
            let _ = writeln!(out, "{label:>10}: {hit:3} right of {told:3} told and {wanted:3} in the truth");
        }
        out
    }
}
