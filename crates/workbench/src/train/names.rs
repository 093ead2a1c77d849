//! `workbench train names`: corpora and lists to `names.bin`.
//!
//! At each pass every sentence is shown once, in its own case or in another, with now and then a form hidden, a list left
//! out, or a name put in the place of another of its kind, so that the network learns to go by what stands around a name.

mod chunks;
mod corpora;
mod lists;
mod show;

use super::matrix::Dice;
use super::network::{Dropout, Shape};
use super::optimise::Trainee;
use super::write::{net, numbers};
use anyhow::{Context, Result};
use article::names::scheme::OUTPUTS;
use article::names::{MAGIC, Model, versions};
use corpora::Item;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Instant;

#[derive(clap::Args)]
#[command(after_help = "Examples:
  cargo run --release -p workbench -- train names --data DATA --out models/en")]
pub(crate) struct Arguments {
    /// Folder with the folders `ewt`, `gum` and `re3d`
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Folder to write `names.bin` to; `names-ewt.txt` is read from there
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Folder of the word lists
    #[arg(long, value_name = "DIR", default_value = "language/en")]
    language: PathBuf,
    /// Folder of WordNet's files
    #[arg(long, value_name = "DIR", default_value = "/usr/share/wordnet")]
    wordnet: PathBuf,
    /// Passes over the sentences
    #[arg(long, default_value_t = 8)]
    passes: u32,
    /// Channels of the network
    #[arg(long, default_value_t = 96)]
    width: usize,
    /// Leave out the development part of UNER, to develop on it
    #[arg(long)]
    without_dev: bool,
    /// Where chance begins
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Trains, writes, and tells how long it took.
pub(crate) fn run(a: &Arguments) -> Result<()> {
    let begin = Instant::now();
    let compiled = lists::compile(&a.language, &a.wordnet)?;
    let titles: BTreeSet<String> =
        compiled.entries["title"].iter().filter(|e| e.len() == 1).map(|e| e[0].to_lowercase()).collect();
    let ewt = a.data.join("ewt");
    let mut items: Vec<Item> =
        corpora::ewt(&ewt.join("en_ewt-ud-train.conllu"), &a.out.join("names-ewt.txt"), &titles)?;
    items.extend(corpora::gum(&a.data.join("gum"), &titles)?);
    if !a.without_dev {
        let dev = corpora::marked(&ewt.join("uner-en_ewt-ud-dev.iob2"), false)?;
        items.extend(dev.iter().cloned());
        items.extend(dev);
    }
    // A small corpus with a scheme of its own is shown several times.
    let field = corpora::marked(&a.data.join("re3d"), false)?;
    for _ in 0..5 {
        items.extend(field.iter().cloned());
    }
    let shower = show::Shower::new(&items, &compiled)?;
    println!("{} sentences, {} features, {} hashes of lists", items.len(), shower.rows(), compiled.masks.len());
    let trainee = train(a, &items, &shower);
    let mut bytes = Vec::from(MAGIC);
    numbers(&mut bytes, versions());
    let keys = shower.keys();
    numbers(&mut bytes, [keys.len() as u32]);
    numbers(&mut bytes, keys.iter().copied());
    net(&mut bytes, &trainee, keys.len());
    numbers(&mut bytes, [compiled.masks.len() as u32]);
    numbers(&mut bytes, compiled.masks.keys().copied());
    numbers(&mut bytes, compiled.masks.values().copied());
    Model::from_bytes(&bytes).context("what was written cannot be read")?;
    let out = a.out.join("names.bin");
    std::fs::write(&out, &bytes).with_context(|| format!("cannot write {}", out.display()))?;
    println!("{}: {} bytes, blake3 {}", out.display(), bytes.len(), blake3::hash(&bytes));
    println!("trained in {:.0} s", begin.elapsed().as_secs_f64());
    Ok(())
}

/// Trains the network.
fn train(a: &Arguments, items: &[Item], shower: &show::Shower) -> Trainee {
    let mut dice = Dice::new(a.seed);
    let shape = Shape { width: a.width, layers: 2, tags: OUTPUTS - 1, arc: 0, label: 0, labels: 0, fine: 0 };
    let drop = Dropout { input: 0.2, layer: 0.25, hidden: 0.0 };
    let mut trainee = Trainee::new(shape, shower.rows() + 1, &mut dice);
    for pass in 0..a.passes {
        let begin = Instant::now();
        let mut samples: Vec<_> = items.iter().map(|i| shower.sample(i, &mut dice)).collect();
        for i in (1..samples.len()).rev() {
            samples.swap(i, dice.below(i + 1));
        }
        let done = |part: f32| (pass as f32 + part) / a.passes as f32;
        let rate = |part: f32| 2.5e-3 * (done(part) * 40.0).min(1.0) * (1.0 - done(part)).max(0.01);
        let loss = trainee.pass(&samples, drop, &mut dice, rate);
        println!("pass {}: loss {loss:.4} a word, {:.1} s", pass + 1, begin.elapsed().as_secs_f64());
    }
    trainee
}
