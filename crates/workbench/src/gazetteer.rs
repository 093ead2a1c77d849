//! Compiles `gazetteer/places.bin` from its sources: the recipe is `gazetteer/README.md`.
//!
//! Same sources, same bytes: everything is read into ordered maps and written in an order that the data gives.

mod divisions;
mod names;
mod provinces;
mod source;
mod write;

use anyhow::Context;
use article::gazetteer::Gazetteer;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// The largest gazetteer that the project accepts in its history.
const LARGEST: usize = 12 << 20;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Folder made by gazetteer/fetch.sh
    #[arg(long, value_name = "DIR")]
    source: PathBuf,
    /// File to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Root of the project, for language/en and gazetteer/*.txt
    #[arg(long, value_name = "DIR", default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))]
    root: PathBuf,
}

/// Compiles, writes, opens what was written, and tells what is in it.
pub(crate) fn run(a: &Arguments) -> anyhow::Result<()> {
    let source = source::Source::read(&a.source, &a.root)?;
    let bytes = compile(&source)?;
    anyhow::ensure!(bytes.len() <= LARGEST, "the gazetteer has {} bytes, at most {LARGEST} are accepted", bytes.len());
    std::fs::write(&a.out, &bytes).with_context(|| format!("cannot write {}", a.out.display()))?;
    report(&a.out, bytes)
}

fn compile(source: &source::Source) -> anyhow::Result<Vec<u8>> {
    let entries = provinces::entries(source)?;
    let names = names::names(source, &entries);
    write::bytes(&entries, &names)
}

fn report(out: &Path, bytes: Vec<u8>) -> anyhow::Result<()> {
    let (size, sum) = (bytes.len(), blake3::hash(&bytes));
    let bytes: &'static [u8] = Vec::leak(bytes);
    let start = Instant::now();
    let gaz = Gazetteer::from_bytes(bytes)?;
    let opened = start.elapsed();
    let found = gaz.lookup("kabul").count();
    println!("{}: {size} bytes, {} entries, {} names", out.display(), gaz.len(), gaz.names());
    println!("blake3 {sum}");
    println!("opened in {opened:?}; \"Kabul\" has {found} candidates, found after {:?}", start.elapsed());
    Ok(())
}
