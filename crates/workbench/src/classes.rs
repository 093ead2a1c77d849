//! Compiles `models/en/classes.bin` from the nouns of WordNet 3.0 and the recipe `language/en/classes.txt`.
//!
//! Debian's package `wordnet-base` has the nouns. Same sources, same bytes: all is kept in ordered maps.

mod merge;
mod recipe;
mod wordnet;

use anyhow::Context;
use article::classes::{Class, Classes, Sense, layout::MAGIC};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Instant;

/// The largest table that the project accepts in its history.
const LARGEST: usize = 3 << 19;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Folder with index.noun, data.noun, noun.exc and cntlist.rev
    #[arg(long, value_name = "DIR", default_value = "/usr/share/wordnet")]
    wordnet: PathBuf,
    /// File to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// The recipe
    #[arg(long, value_name = "FILE", default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../../language/en/classes.txt"))]
    recipe: PathBuf,
}

/// Compiles, writes, opens what was written, and tells what is in it.
pub(crate) fn run(a: &Arguments) -> anyhow::Result<()> {
    let text = std::fs::read_to_string(&a.recipe).with_context(|| format!("cannot read {}", a.recipe.display()))?;
    let recipe = recipe::Recipe::parse(&text).with_context(|| a.recipe.display().to_string())?;
    let wordnet = wordnet::WordNet::read(&a.wordnet)?;
    let table = merge::table(&recipe, &wordnet)?;
    let bytes = bytes(&recipe, &table)?;
    anyhow::ensure!(bytes.len() <= LARGEST, "the table has {} bytes, at most {LARGEST} are accepted", bytes.len());
    std::fs::write(&a.out, &bytes).with_context(|| format!("cannot write {}", a.out.display()))?;
    let (size, sum) = (bytes.len(), blake3::hash(&bytes));
    let bytes: &'static [u8] = Vec::leak(bytes);
    let start = Instant::now();
    let opened = Classes::from_bytes(bytes)?;
    println!("{}: {size} bytes, {} keys, opened in {:?}", a.out.display(), opened.len(), start.elapsed());
    println!("blake3 {sum}");
    Ok(())
}

/// The bytes of the file; `article::classes::layout` tells their order.
fn bytes(recipe: &recipe::Recipe, table: &BTreeMap<String, merge::Entry>) -> anyhow::Result<Vec<u8>> {
    let lists: BTreeSet<Vec<(u128, u8)>> = table.values().map(|e| row(&e.senses)).collect();
    let sets: BTreeSet<u128> = lists.iter().flatten().map(|(set, _)| *set).collect();
    let sets: Vec<u128> = sets.into_iter().collect();
    let lists: Vec<Vec<(u128, u8)>> = lists.into_iter().collect();

    let mut out = Vec::from(MAGIC);
    count(&mut out, Class::ALL.len())?;
    Class::ALL.iter().try_for_each(|c| text(&mut out, c.name()))?;
    count(&mut out, recipe.plurals.len())?;
    for (many, one) in &recipe.plurals {
        text(&mut out, many)?;
        text(&mut out, one)?;
    }
    count(&mut out, sets.len())?;
    out.extend(sets.iter().flat_map(|s| s.to_le_bytes()));
    count(&mut out, lists.len())?;
    for list in &lists {
        out.push(u8::try_from(list.len())?);
        for (set, share) in list {
            let number = u16::try_from(sets.partition_point(|s| s < set))?;
            out.extend(number.to_le_bytes());
            out.push(*share);
        }
    }
    let mut map = fst::raw::Builder::memory();
    for (noun, entry) in table {
        let list = lists.partition_point(|l| *l < row(&entry.senses)) as u64;
        map.insert(noun, list << 1 | u64::from(entry.plural))?;
    }
    out.extend(map.into_inner()?);
    Ok(out)
}

fn row(senses: &[Sense]) -> Vec<(u128, u8)> {
    senses.iter().map(|s| (s.classes.bits(), s.share)).collect()
}

fn count(out: &mut Vec<u8>, n: usize) -> anyhow::Result<()> {
    out.extend(u32::try_from(n)?.to_le_bytes());
    Ok(())
}

fn text(out: &mut Vec<u8>, s: &str) -> anyhow::Result<()> {
    out.push(u8::try_from(s.len())?);
    out.extend(s.bytes());
    Ok(())
}
