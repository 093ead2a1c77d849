//! `khabar disagreement`: how much the reports of one incident differ, field by field.

use crate::cli::ArchiveArg;
use crate::end::End;
use crate::table::{self, Column, Tone};
use crate::{export, json, open, screen};
use archive::Filter;
use clap::Args;
use incident::{Disagreement, Disagreements};
use std::io::Write;

/// Measure how much the accounts of one incident differ, field by field
///
/// Over all incidents of which two accounts or more state a field: how many give more than one value, how far values lie
/// apart, and which share of accounts gives the value given most often (modal confidence).
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  khabar disagreement
  khabar disagreement --csv > disagreement.csv")]
pub(crate) struct Measures {
    /// Print one JSON object a line
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print comma-separated values with a heading
    #[arg(long)]
    csv: bool,
    #[command(flatten)]
    archive: ArchiveArg,
}

const COLUMNS: [&str; 11] = [
    "field",
    "incidents",
    "differing",
    "share",
    "disputed",
    "revised",
    "range",
    "widest",
    "deviation",
    "modal_confidence",
    "modal_confidence_of_origins",
];

impl Measures {
    pub(crate) fn run(self) -> anyhow::Result<End> {
        let archive = open::archive(&self.archive)?;
        let mut sums = Disagreements::default();
        archive.incidents(&Filter::default(), |whole| {
            sums.add(&whole.incident);
            Ok::<(), std::io::Error>(())
        })??;
        let rows = sums.rows();
        if rows.is_empty() {
            anstream::eprintln!("khabar: no incident has two accounts that state one field");
            return Ok(End::Problems);
        }
        if self.json || self.csv {
            let mut out = screen::raw();
            if self.csv {
                out.write_all(&export::record(&COLUMNS.map(str::to_owned))?)?;
            }
            for r in &rows {
                let line = if self.csv { export::record(&cells(r))? } else { json::line(r)?.into_bytes() };
                out.write_all(&line)?;
            }
            out.flush()?;
            return Ok(End::Done);
        }
        let mut out = screen::out();
        let heads = ["field", "incidents", "differing", "share", "disputed", "revised", "range", "widest", "deviation"];
        let mut columns: Vec<Column> = heads.map(Column::right).into();
        columns[0] = Column::left("field");
        columns.extend([Column::right("modal conf."), Column::right("of origins")]);
        let row = |r: &Disagreement| cells(r).map(|c| (c.replace('_', " "), Tone::Plain)).to_vec();
        table::print(&mut out, &columns, &rows.iter().map(row).collect::<Vec<_>>(), screen::width())?;
        Ok(out.flush().map(|()| End::Done)?)
    }
}

fn cells(r: &Disagreement) -> [String; 11] {
    let two = |v: f64| format!("{v:.2}");
    let open = |v: Option<f64>| v.map(two).unwrap_or_default();
    [
        r.field.clone(),
        r.incidents.to_string(),
        r.differing.to_string(),
        two(r.differing as f64 / r.incidents.max(1) as f64),
        r.disputed.to_string(),
        r.revised.to_string(),
        open(r.range),
        r.widest.map(|n| n.to_string()).unwrap_or_default(),
        open(r.deviation),
        two(r.modal_confidence),
        two(r.modal_confidence_of_origins),
    ]
}
