//! `workbench bench archive`: what people wait for in a large archive, with the result checked against what is true.
//!
//! Archives of the invented world are made (or used, where an earlier run left them): a small one, and one as large as wanted.
//! In each a thousand further reports on its incidents are added and linked, and the program itself is started, as a person
//! would start it, to list and to show. What counts beside the times is how they grow with the archive.

use super::clock;
use crate::invent;
use crate::linking::b3::B3;
use crate::linking::synthetic::{DAYS, World};
use anyhow::{Context, Result, bail, ensure};
use archive::{Archive, Filter, Options};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

#[derive(clap::Args)]
#[command(after_help = "Example:
  cargo build --release && target/release/workbench bench archive --folder big")]
pub(crate) struct Arguments {
    /// Folder in which the archives lie, and stay
    #[arg(long, value_name = "DIR")]
    folder: PathBuf,
    /// How many accounts, each size for itself
    #[arg(long, value_delimiter = ',', default_value = "10000,1000000")]
    accounts: Vec<usize>,
    /// What the invented world follows from
    #[arg(long, default_value_t = 5)]
    seed: u64,
}

/// So many reports are added.
const MORE: usize = 1_000;
/// Below this B³ F1 of what was added the result is no result.
const LEAST: f64 = 0.85;
/// A command is run so many times; the middle one counts.
const RUNS: usize = 9;

/// Measures and prints.
pub(crate) fn run(args: &Arguments) -> Result<()> {
    if cfg!(debug_assertions) {
        bail!("figures of an unoptimised build mean nothing: run with --release");
    }
    std::fs::create_dir_all(&args.folder)?;
    let mut first: Option<Vec<Measured>> = None;
    for n in &args.accounts {
        let file = args.folder.join(format!("invented-{n}.db"));
        let mut world = World::new(*n, DAYS, args.seed);
        if !file.exists() {
            let made = invent::make(&file, &world, 0..*n)?;
            let [w, l] = [made.writing, made.linking].map(|t| t.as_secs_f64());
            println!("{n} accounts written in {w:.1} s, linked in {l:.1} s");
        }
        let times = measure(&file, &mut world)?;
        println!("archive of {n} accounts, {:.1} GB", std::fs::metadata(&file)?.len() as f64 / 1e9);
        for (at, m) in times.iter().enumerate() {
            let [clock, processors] = [m.by_the_clock, m.on_processors].map(|t| t.as_secs_f64());
            let before = first.as_ref().map(|f| f[at].on_processors.as_secs_f64());
            let grown = before.map_or_else(String::new, |b| format!(", {:.1} times", processors / b.max(0.001)));
            println!("  {:<50} {:>7.0} ms; on processors {:.0}{grown}", m.what, 1000.0 * clock, 1000.0 * processors);
        }
        first.get_or_insert(times);
    }
    Ok(())
}

/// What something took: by the clock, which other work on the machine lengthens, and on processors.
struct Measured {
    what: String,
    by_the_clock: Duration,
    on_processors: Duration,
}

fn measure(file: &Path, world: &mut World) -> Result<Vec<Measured>> {
    let mut times: Vec<Measured> = Vec::new();
    let mut archive = Archive::open(file, &Options::default())?;
    // One that another Khabar made may want its incidents made anew.
    if archive.is_stale()? {
        archive.relink()?;
    }
    let (before, told) = (archive.changes("")?.len(), world.len());
    drop(archive);
    // Each run adds other reports: those of the runs before are in the archive.
    let mut round = 0;
    let (range, made) = loop {
        let range = world.grow(MORE, round);
        let (begin, processors) = (Instant::now(), clock::processors());
        let made = invent::make(file, world, range.clone())?;
        if made.new > 0 {
            times.push(Measured {
                what: format!("{MORE} accounts added"),
                by_the_clock: begin.elapsed(),
                on_processors: clock::processors().saturating_sub(processors),
            });
            break (range, made);
        }
        round += 1;
    };

    let archive = Archive::open(file, &Options::default())?;
    ensure!(archive.count()? == made.incidents, "the archive counts other incidents than linking gave");
    let touched: BTreeSet<String> = archive.changes("")?.into_iter().skip(before).map(|c| c.incident).collect();
    let right = quality(&archive, world, &touched, range)?;
    println!("  of the accounts added to {told}, B3 F1 {right:.3}");
    ensure!(right >= LEAST, "the added accounts did not come to their incidents");

    // Most is told of the first country.
    let country = world.country();
    let span = ["2014-03-01".to_owned(), "2014-03-31".to_owned()];
    let days = [span[0].parse()?, span[1].parse()?];
    let filter =
        Filter { since: Some(days[0]), until: Some(days[1]), country: Some(country.clone()), ..Filter::default() };
    let mut ids = Vec::new();
    archive.incidents(&filter, |w| {
        ids.push(w.incident.id);
        Ok::<(), std::convert::Infallible>(())
    })??;
    drop(archive);
    let month = ["--since", &span[0], "--until", &span[1], "--country", &country];
    let out = command(&mut times, "incidents of one country and month", file, "incidents", &month)?;
    ensure!(
        out.lines().count() == ids.len() + 1,
        "the list has {} lines for {} incidents",
        out.lines().count(),
        ids.len()
    );
    let id = ids.first().context("no incident in that month")?;
    let out = command(&mut times, "show of an incident", file, "show", &[id])?;
    ensure!(out.contains(id.as_str()), "another incident was shown");
    Ok(times)
}

/// B³ F1 of the accounts at `added`; `touched` are the incidents that hold them.
fn quality(archive: &Archive, world: &World, touched: &BTreeSet<String>, added: std::ops::Range<usize>) -> Result<f64> {
    let mut found: BTreeMap<usize, usize> = BTreeMap::new();
    for (at, id) in touched.iter().enumerate() {
        let Some(now) = archive.leads(id)? else { continue };
        if now != *id {
            continue;
        }
        for kept in archive.incident(id)?.articles.values() {
            let url = kept.article.url.as_ref().map_or("", |u| u.value.as_str());
            let number = url.rsplit('/').next().unwrap_or_default().parse()?;
            found.insert(number, at);
        }
    }
    // Accounts that stayed where they were are told by none that was touched; each counts as alone.
    let of = |n: usize| found.get(&n).copied().unwrap_or(touched.len() + n);
    let wanted: BTreeSet<u32> = added.clone().map(|n| world.incident(n)).collect();
    let all = (0..world.len()).filter(|n| found.contains_key(n) || wanted.contains(&world.incident(*n)));
    let numbers: Vec<usize> = all.collect();
    for n in added.clone() {
        ensure!(found.contains_key(&n), "account {n} is in no incident");
    }
    let told: Vec<(u32, usize)> = numbers.iter().map(|n| (world.incident(*n), of(*n))).collect();
    Ok(B3::of_some(&told, |at| added.contains(&numbers[at])).ratios().2)
}

/// Runs the program that was built beside this one, and notes the middle time.
fn command(times: &mut Vec<Measured>, what: &str, file: &Path, name: &str, arguments: &[&str]) -> Result<String> {
    let program = std::env::current_exe()?.with_file_name("khabar");
    ensure!(program.exists(), "build khabar too: there is no {}", program.display());
    let (mut took, processors) = (Vec::new(), clock::children());
    let mut out = String::new();
    for _ in 0..RUNS {
        let mut c = Command::new(&program);
        c.arg(name).args(arguments).arg("--archive").arg(file);
        let begin = Instant::now();
        let done = c.output()?;
        took.push(begin.elapsed());
        ensure!(done.status.success(), "khabar {name} failed: {}", String::from_utf8_lossy(&done.stderr));
        out = String::from_utf8(done.stdout)?;
    }
    took.sort_unstable();
    times.push(Measured {
        what: format!("khabar {name}: {what}"),
        by_the_clock: took[RUNS / 2],
        on_processors: clock::children().saturating_sub(processors) / RUNS as u32,
    });
    Ok(out)
}
