//! `khabar import`: tables of event reports that people coded.

use crate::cli::{ActorsArg, ArchiveArg};
use crate::end::{End, Misuse};
use crate::screen::{self, plain};
use crate::{label, open};
use archive::{Archive, Map, Options};
use clap::{Args, Subcommand};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Take in event reports that people coded
///
/// Each row becomes an account, which links and aggregates like those read from articles. A table is taken whole or not at
/// all; what cannot be read is named by row and column.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  khabar import csv --map reports.map reports.csv
  khabar import csv --map reports.map --skip reports.csv

The map, a line each: `killed = deaths_low | deaths_high`, `country = \"MLI\"`, `kind : Blast = bombing`. The manual tells
all of it.")]
pub(crate) struct Import {
    #[command(subcommand)]
    form: Form,
}

#[derive(Debug, Subcommand)]
enum Form {
    /// A table of separated values with a heading
    Csv(Csv),
}

#[derive(Debug, Args)]
struct Csv {
    /// The table
    table: PathBuf,
    /// What its columns mean
    #[arg(long, value_name = "FILE")]
    map: PathBuf,
    /// Leave out rows that cannot be read, and take the others
    #[arg(long)]
    skip: bool,
    #[command(flatten)]
    archive: ArchiveArg,
    #[command(flatten)]
    actors: ActorsArg,
}

impl Import {
    pub(crate) fn run(self) -> anyhow::Result<End> {
        let Form::Csv(csv) = self.form;
        let actors = open::actors(&csv.actors)?;
        let bytes = |file: &Path| {
            std::fs::read(file).map_err(|e| Misuse(format!("{}: it cannot be read: {e}", file.display())))
        };
        let text = String::from_utf8(bytes(&csv.map)?)
            .map_err(|_| Misuse(format!("{}: the map is not UTF-8", csv.map.display())))?;
        let map: Map = text.parse().map_err(|e| Misuse(format!("{}: {e}", csv.map.display())))?;
        let table = bytes(&csv.table)?;
        let mut archive = Archive::create(&csv.archive.archive, &Options::default())?;
        let name = csv.table.display().to_string();
        let summary = archive.import_table(&name, &table, &map, &actors, csv.skip)?;
        for (_, p) in &summary.problems {
            anstream::eprintln!("khabar: {}: {} [{}]", plain(&name), plain(&p.detail), p.code);
        }
        let Some(incidents) = summary.incidents else {
            anstream::eprintln!(
                "khabar: nothing was taken in; mend the table or its map, or leave such rows out with --skip"
            );
            return Ok(End::Problems);
        };
        let mut out = screen::out();
        let (new, known) = (label::count(summary.new, "article"), summary.known);
        writeln!(out, "{new} new, {known} already known.")?;
        let accounts = label::count(summary.accounts, "account");
        writeln!(out, "{accounts} added; the archive holds {}.", label::count(incidents, "incident"))?;
        out.flush()?;
        Ok(if summary.problems.is_empty() { End::Done } else { End::Problems })
    }
}
