//! `workbench bench`: articles a second on one thread, where the time goes, how it grows, and peak memory.
//!
//! Three sets are read: messages of MUC, of which nearly every sentence stands near violence; ordinary news, taken from its
//! pages before the clock starts; and the same news with its extraction from the pages. Each set is read several times
//! after one pass that warms the caches, and the fastest pass counts: what is slower was disturbed. Time is time on the
//! processor, so that other work on the machine counts little. A pass must find the same articles, accounts and incidents
//! as the pass before, and none may be missing, so that nothing is praised for being fast because it is broken. Last comes
//! how time grows: a word's in short and long articles, and that for many accounts, alike and unlike.

mod archive;
mod clock;
mod growth;
mod inputs;
mod layer;
mod linking;
mod stages;

pub(crate) use clock::timed;

use crate::muc4::message;
use anyhow::{Result, bail, ensure};
use article::Article;
use stages::{Pass, Readers};
use std::path::PathBuf;
use std::time::Duration;

/// Four times the text may take eight times as long and this, before it counts as more than linear.
const SLACK: Duration = Duration::from_millis(20);

/// A word of a megabyte may take so many times as long as one of a page.
const STEEPEST: f64 = 2.0;

#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
#[command(after_help = "Examples:
  cargo run --release -p workbench -- bench
  cargo run --release -p workbench -- bench --muc tst1-muc3 tst2-muc4 --pages PAGES --passes 5")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    only: Option<Only>,
    /// Files of raw MUC messages, or folders of them [default: muc4/texts in the data folder]
    #[arg(long, value_name = "FILE", num_args = 1..)]
    muc: Vec<PathBuf>,
    /// Folder of HTML pages, gzipped or not [default: articles/html in the data folder]
    #[arg(long, value_name = "DIR")]
    pages: Option<PathBuf>,
    /// How often each set is read
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    passes: u32,
}

/// What is measured by itself.
#[derive(clap::Subcommand)]
enum Only {
    /// Linking of invented accounts by the million
    Linking(linking::Arguments),
    /// Adding to, listing and showing from a large archive of invented accounts
    Archive(archive::Arguments),
}

/// Measures and prints.
pub(crate) fn run(args: &Arguments) -> Result<()> {
    match &args.only {
        Some(Only::Linking(a)) => return linking::run(a),
        Some(Only::Archive(a)) => return archive::run(a),
        None => {}
    }
    if cfg!(debug_assertions) {
        bail!("figures of an unoptimised build mean nothing: run with --release");
    }
    let files = inputs::messages(&args.muc)?;
    let pages = inputs::pages(&inputs::folder(args.pages.as_ref(), "articles/html")?)?;
    let held: usize = files.iter().map(String::len).chain(pages.iter().map(|p| p.bytes.len())).sum();

    let (before, mut loading) = (memory("VmRSS"), Duration::ZERO);
    clock::timed(&mut loading, article::grammar::Grammar::builtin);
    let grown = memory("VmRSS").zip(before).map(|(after, before)| after - before);
    let mut start = Duration::ZERO;
    let readers = clock::timed(&mut start, Readers::new);
    let messages = || files.iter().flat_map(|f| message::messages(f)).map(|m| m.article).collect::<Vec<Article>>();
    let (texts, news) = (messages(), stages::taken(&pages));
    let muc = fastest(&readers, &messages, args.passes)?;
    let ordinary = fastest(&readers, &|| news.clone(), args.passes)?;
    let html = fastest(&readers, &|| stages::taken(&pages), args.passes)?;
    let alone = (0..args.passes).map(|_| stages::extraction_alone(&pages)).min().unwrap_or_default();
    let peak = memory("VmHWM");
    let steps = layer::steps(&texts, args.passes);

    println!("grammar     {:>8.0} ms           to load; {:.0} MB", millis(loading), grown.unwrap_or_default() / 1024.0);
    println!(
        "start-up    {:>8.0} ms           word lists, models, actors, gazetteer, and the first article",
        millis(start)
    );
    println!("language                         words a second on one thread, of the messages");
    for step in steps {
        println!("  {:<10} {:>8.0} words/s", step.name, step.words as f64 / step.time.as_secs_f64());
    }
    report("muc", &texts, &muc, &readers, muc.reading());
    report("news", &news, &ordinary, &readers, ordinary.reading() - ordinary.intake());
    report("html", &news, &html, &readers, html.reading());
    let times = |d: Duration| d.as_secs_f64() / alone.as_secs_f64();
    println!(
        "extraction  {:>8.0} pages/s      alone; as long as that, news takes {:.2} times, and pages to accounts {:.2}",
        pages.len() as f64 / alone.as_secs_f64(),
        times(ordinary.reading() - ordinary.intake()),
        times(html.reading())
    );
    match peak {
        Some(kib) => {
            println!("memory      {:>8.0} MB           at most, {:.0} MB of it inputs", kib / 1024.0, held as f64 / 1e6)
        }
        None => println!("memory       unknown here"),
    }
    for (name, articles) in [("muc", &texts), ("news", &news)] {
        let mut page = None;
        for bytes in growth::LENGTHS {
            let word = growth::word(&readers, articles, bytes);
            let page = *page.get_or_insert(word);
            let ratio = word.as_secs_f64() / page.as_secs_f64();
            println!(
                "length      {:>8.2} us a word    {name} in articles of {bytes} bytes; {ratio:.2} times a page's",
                1e6 * word.as_secs_f64()
            );
            ensure!(ratio <= STEEPEST, "a word of a long article takes {ratio:.2} times as long as one of a short one");
        }
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

fn fastest(readers: &Readers, take: &dyn Fn() -> Vec<Article>, passes: u32) -> Result<Pass> {
    let mut best = readers.pass(take);
    ensure!(best.articles > 0, "no article came out of the inputs; a message begins with a line like DEV-MUC3-0001");
    ensure!(best.accounts > 0, "no account came out of {} articles", best.articles);
    for _ in 0..passes {
        let pass = readers.pass(take);
        ensure!(pass.found() == best.found(), "two passes differ: {:?} and {:?}", best.found(), pass.found());
        if pass.total() < best.total() {
            best = pass;
        }
    }
    Ok(best)
}

/// Prints how many articles a second came to be accounts in the time for `reading`, and the share of each stage.
fn report(name: &str, articles: &[Article], best: &Pass, readers: &Readers, reading: Duration) {
    println!(
        "{name:<11} {:>8.0} articles/s   read, {:.0} linked too: {} articles, {} accounts, {} incidents",
        best.articles as f64 / reading.as_secs_f64(),
        best.articles as f64 / best.total().as_secs_f64(),
        best.articles,
        best.accounts,
        best.incidents
    );
    for (stage, time) in readers.stages(articles, best) {
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
