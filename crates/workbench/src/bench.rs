//! `workbench bench`: articles a second on one thread, from text and from HTML, where the time goes, and peak memory.
//!
//! Each set is read several times after one pass that warms the caches, and the fastest pass counts: what is slower was
//! disturbed. Time is time on the processor, so that other work on the machine counts little. A pass must find the same
//! articles, accounts and incidents as the pass before, and none may be missing, so that nothing is praised for being fast
//! because it is broken. Last comes how time grows: with long texts, and with many accounts, alike and unlike.

mod clock;
mod growth;
mod inputs;
mod layer;
mod stages;

pub(crate) use clock::timed;

use anyhow::{Result, bail, ensure};
use inputs::Input;
use stages::{Pass, Readers};
use std::path::PathBuf;
use std::time::Duration;

/// Four times the text may take eight times as long and this, before it counts as more than linear.
const SLACK: Duration = Duration::from_millis(20);

#[derive(clap::Args)]
#[command(after_help = "Examples:
  cargo run --release -p workbench -- bench
  cargo run --release -p workbench -- bench --texts TEXTS --pages PAGES --passes 5")]
pub(crate) struct Arguments {
    /// Folder of MUC-4 texts, about a hundred in a file [default: muc4/texts in the data folder]
    #[arg(long, value_name = "DIR")]
    texts: Option<PathBuf>,
    /// Folder of HTML pages, gzipped or not [default: articles/html in the data folder]
    #[arg(long, value_name = "DIR")]
    pages: Option<PathBuf>,
    /// How often each set is read
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    passes: u32,
}

/// Measures and prints.
pub(crate) fn run(args: &Arguments) -> Result<()> {
    if cfg!(debug_assertions) {
        bail!("figures of an unoptimised build mean nothing: run with --release");
    }
    let texts = inputs::texts(&inputs::folder(args.texts.as_ref(), "muc4/texts")?)?;
    let pages = inputs::pages(&inputs::folder(args.pages.as_ref(), "articles/html")?)?;
    let held: usize = texts.iter().chain(&pages).map(|i| i.bytes.len()).sum();

    let (before, mut loading) = (memory("VmRSS"), Duration::ZERO);
    clock::timed(&mut loading, article::grammar::Grammar::builtin);
    let grown = memory("VmRSS").zip(before).map(|(after, before)| after - before);
    let mut start = Duration::ZERO;
    let readers = clock::timed(&mut start, Readers::new);
    let text = fastest(&readers, &texts, args.passes)?;
    let html = fastest(&readers, &pages, args.passes)?;
    let alone = (0..args.passes).map(|_| stages::extraction_alone(&pages)).min().unwrap_or_default();
    let peak = memory("VmHWM");
    let steps = layer::steps(&stages::taken(&texts), args.passes);

    println!("grammar     {:>8.0} ms           to load; {:.0} MB", millis(loading), grown.unwrap_or_default() / 1024.0);
    println!(
        "start-up    {:>8.0} ms           word lists, models, actors, gazetteer, and the first article",
        millis(start)
    );
    println!("language                         words a second on one thread, of the texts");
    for step in steps {
        println!("  {:<10} {:>8.0} words/s", step.name, step.words as f64 / step.time.as_secs_f64());
    }
    report("text", &texts, &text, &readers);
    report("html", &pages, &html, &readers);
    println!(
        "extraction  {:>8.0} pages/s      alone; from bytes to accounts takes {:.2} times as long",
        pages.len() as f64 / alone.as_secs_f64(),
        html.reading().as_secs_f64() / alone.as_secs_f64()
    );
    match peak {
        Some(kib) => {
            println!("memory      {:>8.0} MB           at most, {:.0} MB of it inputs", kib / 1024.0, held as f64 / 1e6)
        }
        None => println!("memory       unknown here"),
    }
    for bytes in [100_000, 1_000_000] {
        let took = millis(growth::long_text(&readers, &texts, bytes));
        println!("one text    {took:>8.0} ms           {bytes} bytes long");
    }
    for (name, unit) in growth::HARM {
        grows(name, |bytes| growth::layer(unit, bytes), [25_000, 100_000])?;
    }
    for (name, unit) in growth::PAGES {
        grows(name, |bytes| growth::page(unit, bytes), [250_000, 1_000_000])?;
    }
    for count in [500, 2_000] {
        println!(
            "linking     {:>8.0} ms           {count} accounts that are almost alike",
            millis(growth::alike(count))
        );
    }
    for count in [5_000, 20_000] {
        println!("linking     {:>8.0} ms           {count} accounts that differ", millis(growth::varied(count)));
    }
    Ok(())
}

/// Whether four times as long a text takes about four times as long.
fn grows(name: &str, time: impl Fn(usize) -> Duration, bytes: [usize; 2]) -> Result<()> {
    let [near, far] = bytes.map(time);
    println!(
        "harm        {:>8.0} ms           {} bytes of {name}; {:.0} for a quarter",
        millis(far),
        bytes[1],
        millis(near)
    );
    ensure!(far <= 8 * near + SLACK, "the time for {name} grows faster than the text");
    Ok(())
}

fn fastest(readers: &Readers, inputs: &[Input], passes: u32) -> Result<Pass> {
    let mut best = readers.pass(inputs);
    ensure!(best.articles > 0, "no article came out of {} inputs", inputs.len());
    ensure!(best.accounts > 0, "no account came out of {} articles", best.articles);
    for _ in 0..passes {
        let pass = readers.pass(inputs);
        ensure!(pass.found() == best.found(), "two passes differ: {:?} and {:?}", best.found(), pass.found());
        if pass.total() < best.total() {
            best = pass;
        }
    }
    Ok(best)
}

fn report(name: &str, inputs: &[Input], best: &Pass, readers: &Readers) {
    println!(
        "{name:<11} {:>8.0} articles/s   {} articles, {} accounts, {} incidents",
        best.articles as f64 / best.total().as_secs_f64(),
        best.articles,
        best.accounts,
        best.incidents
    );
    for (stage, time) in readers.stages(inputs, best) {
        let share = 100.0 * time.as_secs_f64() / best.total().as_secs_f64();
        println!("  {stage:<10} {share:>7.1} %   {:>8.1} ms", millis(time));
    }
}

fn millis(d: Duration) -> f64 {
    1000.0 * d.as_secs_f64()
}

/// What the system tells of this process's memory, in KiB, where it tells: `VmRSS` now, `VmHWM` at most ever.
fn memory(name: &str) -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let of = |l: &str| l.strip_prefix(name)?.strip_prefix(':')?.trim().strip_suffix("kB")?.trim().parse().ok();
    status.lines().find_map(of)
}
