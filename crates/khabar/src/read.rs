//! `khabar read`: articles into the archive.

use crate::cli::{ActorsArg, ArchiveArg, ReadingArgs};
use crate::end::End;
use crate::screen::plain;
use crate::{inputs, label, open};
use account::Reader;
use anyhow::Context;
use archive::{Archive, Input, Job, Options, Step, Summary};
use article::Limits;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use std::ffi::OsString;
use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};

/// Read articles into the archive and link their accounts to incidents
///
/// Files that were read before and have not changed are skipped; the same article again (same address or same text) is
/// recognised. Ctrl-C ends after what was begun; running the command again goes on.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  khabar read articles/                          a folder, with all folders in it
  khabar read https://hill-courier.example/1     an article from the web
  curl -s https://hill-courier.example/1 | khabar read -
  khabar read --archive region.db --threads 2 2024/*.html.gz")]
pub(crate) struct Read {
    /// Files, folders, http(s) addresses, or - for standard input
    #[arg(required = true, value_name = "PATH|URL|-")]
    inputs: Vec<OsString>,
    #[command(flatten)]
    archive: ArchiveArg,
    #[command(flatten)]
    actors: ActorsArg,
    #[command(flatten)]
    reading: ReadingArgs,
}

/// Set by Ctrl-C. SIGTERM is left as it is: it ends the program at once, and what is committed is safe.
static STOP: AtomicBool = AtomicBool::new(false);

impl Read {
    pub(crate) fn run(self) -> anyhow::Result<End> {
        let actors = open::actors(&self.actors)?;
        let reader = Reader::new(&actors);
        let mut archive = Archive::create(&self.archive.archive, &Options::default())?;
        ctrlc::set_handler(|| {
            if STOP.swap(true, Ordering::Relaxed) {
                // The second time means now; what is committed is safe.
                std::process::exit(130);
            }
        })
        .context("Ctrl-C cannot be caught")?;
        let found = inputs::list(&self.inputs, self.reading.allow_private, &STOP);
        let inputs: Vec<&dyn Input> = found.iter().map(|i| &**i).collect();
        let threads = self.reading.threads();
        let summary = run(&mut archive, &inputs, &reader, threads)?;
        report(&summary, inputs.len())
    }
}

/// Reads with a progress bar, which shows only on a terminal.
pub(crate) fn run(
    archive: &mut Archive,
    inputs: &[&dyn Input],
    reader: &Reader<'_>,
    threads: usize,
) -> anyhow::Result<Summary> {
    let bar = ProgressBar::new(inputs.len() as u64);
    if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}, {eta} left") {
        bar.set_style(style);
    }
    bar.set_message("Reading");
    let limits = Limits::default();
    let job = Job { reader, limits: &limits, threads, stop: &STOP };
    let summary = archive.read(inputs, &job, &mut |step| match step {
        Step::Done(n) => bar.set_position(n as u64),
        Step::Linking => bar.set_message("Linking"),
    });
    bar.finish_and_clear();
    Ok(summary?)
}

fn report(s: &Summary, inputs: usize) -> anyhow::Result<End> {
    let mut out = crate::screen::out();
    let mut line = format!("{} new, {} already known", label::count(s.new, "article"), s.known);
    if s.set_aside > 0 {
        line += &format!(", {} set aside", label::count(s.set_aside, "file"));
    }
    if s.skipped > 0 {
        line += &format!("; {} read before and unchanged", label::count(s.skipped, "file"));
    }
    writeln!(out, "{line}.")?;
    match s.incidents {
        Some(n) => writeln!(
            out,
            "{} added; the archive holds {}.",
            label::count(s.accounts, "account"),
            label::count(n, "incident")
        )?,
        None => writeln!(
            out,
            "{} added. Stopped early: run the same command again to go on.",
            label::count(s.accounts, "account")
        )?,
    }
    out.flush()?;
    drop(out);
    if inputs == 0 && s.incidents.is_some() {
        anstream::eprintln!("khabar: nothing to read there; name files, folders or addresses that hold articles");
    }
    if !s.problems.is_empty() {
        anstream::eprintln!("{}:", label::count(s.problems.len(), "problem"));
    }
    for (name, p) in &s.problems {
        anstream::eprintln!("  {}: {} [{}]", plain(name), plain(&p.detail), p.code);
    }
    let well = s.problems.is_empty() && s.incidents.is_some() && inputs > 0;
    Ok(if well { End::Done } else { End::Problems })
}
