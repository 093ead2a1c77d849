//! `workbench bench linking`: accounts by the million to groups, with the result checked against what is true.
//!
//! Time is by the clock from the first account to the last group, without inventing the accounts, on as many threads as
//! are asked for; the time on processors stands beside it, which other work on the machine does not lengthen.

use super::clock;
use crate::linking::b3::B3;
use crate::linking::synthetic::{DAYS, World};
use crate::linking::weights;
use anyhow::{Result, bail, ensure};
use incident::{Decided, Filed, Group, Linker, Weights};
use std::ops::Range;
use std::path::PathBuf;
use std::time::{Duration, Instant};

#[derive(clap::Args)]
#[command(after_help = "Example:
  cargo run --release -p workbench -- bench linking")]
pub(crate) struct Arguments {
    /// How many accounts, each size for itself
    #[arg(long, value_delimiter = ',', default_value = "100000,1000000")]
    accounts: Vec<usize>,
    /// Threads
    #[arg(long, default_value_t = 2)]
    threads: usize,
    /// A table of weights other than the one that ships
    #[arg(long, value_name = "FILE")]
    weights: Option<PathBuf>,
    /// What the invented world follows from
    #[arg(long, default_value_t = 5)]
    seed: u64,
}

/// Below this B³ F1 the result is no result.
const LEAST: f64 = 0.85;

/// Measures and prints.
pub(crate) fn run(args: &Arguments) -> Result<()> {
    if cfg!(debug_assertions) {
        bail!("figures of an unoptimised build mean nothing: run with --release");
    }
    let most = args.accounts.iter().copied().max().unwrap_or_default();
    let mut measured = Vec::new();
    for n in &args.accounts {
        // An archive grows in two ways: years go by, or more is told of the same years.
        let sparse = (n * DAYS / most.max(1)).max(1);
        let days = if sparse < DAYS { vec![sparse, DAYS] } else { vec![DAYS] };
        for days in days {
            let world = World::new(*n, days, args.seed);
            println!("world of {:.0} accounts a day on {days} days", *n as f64 / days as f64);
            measured.push((*n, days, once(&world, args.threads, weights(args.weights.as_deref())?)?));
        }
    }
    let Some((last, _, long)) = measured.last().copied() else { return Ok(()) };
    for (n, days, short) in measured.iter().filter(|m| m.0 < last) {
        println!(
            "growth      {:>8.1} times        the time on processors for {:.0} times the accounts, {}",
            long.on_processors.as_secs_f64() / short.on_processors.as_secs_f64(),
            last as f64 / *n as f64,
            if *days == DAYS { "on the same days" } else { "as many a day" }
        );
    }
    Ok(())
}

/// How long something took.
#[derive(Clone, Copy, Default)]
struct Took {
    by_the_clock: Duration,
    on_processors: Duration,
}

impl Took {
    fn since(begin: (Instant, Duration)) -> Took {
        Took { by_the_clock: begin.0.elapsed(), on_processors: clock::processors().saturating_sub(begin.1) }
    }
}

fn now() -> (Instant, Duration) {
    (Instant::now(), clock::processors())
}

/// Accounts that are invented before the clock goes on.
const SOME: usize = 20_000;

fn once(world: &World, threads: usize, weights: Weights) -> Result<Took> {
    let mut linker = Linker::with(weights);
    let mut adding = Took::default();
    for from in (0..world.len()).step_by(SOME) {
        let some: Vec<Filed> = (from..world.len().min(from + SOME)).map(|n| world.filed(n)).collect();
        let begin = now();
        some.iter().for_each(|f| _ = linker.add(f));
        let took = Took::since(begin);
        adding.by_the_clock += took.by_the_clock;
        adding.on_processors += took.on_processors;
    }
    let (begin, mut steps) = (now(), Vec::new());
    let mut lap = |since: (Instant, Duration), name: &'static str| {
        steps.push(format!("{:.1} {name}", Took::since(since).on_processors.as_secs_f64()));
    };
    let round = linker.round(&Decided::default(), &[]);
    lap(begin, "ordered");
    let at = now();
    let edges = shared(round.len(), threads, |stretch| round.edges(stretch)).concat();
    lap(at, "compared");
    let at = now();
    let parts = round.parts(&edges);
    lap(at, "parted");
    let at = now();
    let of = |stretch: Range<usize>| parts[stretch].iter().flat_map(|p| round.groups(p)).collect::<Vec<Group>>();
    let groups: Vec<Group> = shared(parts.len(), threads, of).into_iter().flatten().collect();
    lap(at, "grouped");
    let linking = Took::since(begin);
    let took = Took {
        by_the_clock: adding.by_the_clock + linking.by_the_clock,
        on_processors: adding.on_processors + linking.on_processors,
    };
    let mut found = vec![0u32; world.len()];
    for (g, group) in groups.iter().enumerate() {
        group.accounts.iter().for_each(|n| found[*n as usize] = g as u32);
    }
    let told: Vec<(u32, u32)> = (0..world.len()).map(|n| (world.incident(n), found[n])).collect();
    let b3 = B3::of(&told);
    let (p, r, f) = b3.ratios();
    println!(
        "linking     {:>8.1} s            {} accounts on {threads} threads",
        took.by_the_clock.as_secs_f64(),
        world.len()
    );
    println!(
        "            {:>8.1} s            on processors: {:.1} taken in, {}",
        took.on_processors.as_secs_f64(),
        adding.on_processors.as_secs_f64(),
        steps.join(", ")
    );
    let largest = parts.iter().map(|p| p.accounts.len()).max().unwrap_or_default();
    println!("            {} pairs agree; the largest part has {largest} accounts", edges.len());
    println!(
        "            B3 F1 {f:.3} (precision {p:.3}, recall {r:.3}): {} incidents, {} found",
        b3.incidents, b3.clusters
    );
    if let Some(kib) = super::memory("VmHWM") {
        println!("            {:.0} MB at most", kib / 1024.0);
    }
    ensure!(f >= LEAST, "the incidents that came out are not those that happened");
    Ok(took)
}

/// What `work` gives of stretches of `0..len`, shared out over threads, in order.
fn shared<T: Send>(len: usize, threads: usize, work: impl Fn(Range<usize>) -> T + Sync) -> Vec<T> {
    let threads = threads.clamp(1, len.max(1));
    let stretch = |t: usize| t * len / threads..(t + 1) * len / threads;
    std::thread::scope(|s| {
        let work = &work;
        let handles: Vec<_> = (0..threads).map(|t| s.spawn(move || work(stretch(t)))).collect();
        handles.into_iter().filter_map(|h| h.join().ok()).collect()
    })
}
