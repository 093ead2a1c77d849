//! `khabar demo`: the bundled example articles, from reading to incidents.

use crate::end::End;
use crate::{incidents, label, read, screen, show};
use account::{Actors, Reader};
use archive::{Archive, Filter, Input, Whole};
use article::Problem;
use clap::Args;
use incident::Rules;
use include_dir::{Dir, File, include_dir};
use std::io::Write;

/// The invented articles that the program brings along.
pub(crate) static EXAMPLES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../testdata/examples/reports");

/// Read the bundled example articles and show what comes of them; nothing is written
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  khabar demo")]
pub(crate) struct Demo {}

/// An example in the program's own bytes.
struct Example(String, &'static [u8]);

impl Input for Example {
    fn name(&self) -> &str {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, Problem> {
        Ok(self.1.to_vec())
    }
}

impl Demo {
    pub(crate) fn run(self) -> anyhow::Result<End> {
        let examples: Vec<Example> = EXAMPLES.files().filter_map(example).collect();
        let inputs: Vec<&dyn Input> = examples.iter().map(|e| e as &dyn Input).collect();
        let mut archive = Archive::in_memory()?;
        let summary = read::run(&mut archive, &inputs, &Reader::new(Actors::builtin()), 1)?;
        let mut out = screen::out();
        writeln!(
            out,
            "Read {}: {}, {}.\n",
            label::count(summary.new + summary.known, "bundled article"),
            label::count(summary.accounts, "account"),
            label::count(summary.incidents.unwrap_or(0), "incident"),
        )?;
        let some = incidents::list(&archive, &Filter::default(), &Rules::default(), &mut out)?;
        if let Some(whole) = most_told(&archive)? {
            writeln!(out, "\nOne of them in full, as `khabar show` prints it:\n")?;
            show::print(&whole, &mut out)?;
        }
        writeln!(out, "\nThe articles are invented. Now read your own: khabar read FOLDER, then khabar incidents")?;
        out.flush()?;
        Ok(if some { End::Done } else { End::Problems })
    }
}

fn example(file: &'static File<'static>) -> Option<Example> {
    let name = file.path().to_str()?;
    (!name.starts_with('.')).then(|| Example(name.to_owned(), file.contents()))
}

/// The incident with the most articles, a disputed one before others.
fn most_told(archive: &Archive) -> anyhow::Result<Option<Whole>> {
    let mut best: Option<Whole> = None;
    let weight = |w: &Whole| (w.articles.len(), w.incident.fields.iter().filter(|f| f.disputed).count());
    archive.incidents(&Filter::default(), |w| {
        if best.as_ref().is_none_or(|b| weight(&w) > weight(b)) {
            best = Some(w);
        }
        Ok::<(), std::io::Error>(())
    })??;
    Ok(best)
}
