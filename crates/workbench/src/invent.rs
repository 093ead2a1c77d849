//! `workbench invent`: an archive of invented accounts, as large as wanted, for measuring and for looking at pages.
//!
//! The accounts are those of the invented world that linking is measured on, each put into a short article, so that every
//! value points at its words. They go the way of all that is read: written, then linked.

mod article;

use crate::linking::synthetic::{DAYS, World};
use anyhow::{Result, ensure};
use archive::{Archive, Digest, Options};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::{Duration, Instant};

#[derive(clap::Args)]
#[command(after_help = "Examples:
  cargo run --release -p workbench -- invent big.db --accounts 250000
  cargo run --release -p workbench -- invent small.db --accounts 2000 --seed 9")]
pub(crate) struct Arguments {
    /// The file to make
    archive: PathBuf,
    /// How many accounts; two and a half of them make an incident
    #[arg(long, default_value_t = 250_000)]
    accounts: usize,
    /// What the invented world follows from: the same number gives the same archive
    #[arg(long, default_value_t = 5)]
    seed: u64,
}

/// Articles written in one transaction.
const BATCH: usize = 10_000;

/// Makes the archive and tells what is in it.
pub(crate) fn run(args: &Arguments) -> Result<()> {
    ensure!(!args.archive.exists(), "{} is there already", args.archive.display());
    let made = make(&args.archive, &World::new(args.accounts, DAYS, args.seed), 0..args.accounts)?;
    println!(
        "{} accounts written in {:.1} s, linked in {:.1} s to {} incidents",
        args.accounts,
        made.writing.as_secs_f64(),
        made.linking.as_secs_f64(),
        made.incidents
    );
    Ok(())
}

/// What making took.
pub(crate) struct Made {
    /// Articles that were not there before.
    pub(crate) new: usize,
    /// The time for inventing and writing.
    pub(crate) writing: Duration,
    /// The time for linking.
    pub(crate) linking: Duration,
    /// Incidents in the archive.
    pub(crate) incidents: usize,
}

/// Writes accounts of a world into the archive at `file`, which may be there already, and links them.
pub(crate) fn make(file: &Path, world: &World, accounts: Range<usize>) -> Result<Made> {
    let begin = Instant::now();
    let mut archive = Archive::create(file, &Options::default())?;
    // Rows lie in the order of their ids, which are hashes: what comes sorted is appended and touches each page once.
    let mut order: Vec<(String, usize)> = accounts.map(|n| (id(world, n), n)).collect();
    order.sort_unstable();
    // One thread invents while the other writes.
    let (send, receive) = mpsc::sync_channel::<Vec<Digest>>(1);
    let mut new = 0;
    std::thread::scope(|scope| -> Result<()> {
        scope.spawn(|| {
            for some in order.chunks(BATCH) {
                let batch = some.iter().map(|(_, n)| article::digest(world.filed(*n), *n)).collect();
                // Whoever writes has hung up: there is nothing left to do.
                if send.send(batch).is_err() {
                    break;
                }
            }
            drop(send);
        });
        for batch in receive {
            new += archive.keep(&batch)?;
        }
        Ok(())
    })?;
    let writing = begin.elapsed();
    let begin = Instant::now();
    let incidents = if archive.is_stale()? { archive.relink()? } else { archive.count()? };
    Ok(Made { new, writing, linking: begin.elapsed(), incidents })
}

fn id(world: &World, n: usize) -> String {
    article::digest(world.filed(n), n).articles.first().map_or_else(String::new, archive::Told::id)
}
