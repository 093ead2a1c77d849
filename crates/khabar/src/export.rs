//! `khabar export`: all incidents for other programs.

use crate::cli::{ArchiveArg, RuleArgs};
use crate::end::End;
use crate::screen::{self, plain};
use crate::{incidents, label, open};
use account::Measure;
use archive::{Archive, Filter, Whole};
use article::Span;
use clap::{Args, ValueEnum};
use incident::Rules;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::io::Write;

/// Print all incidents for other programs
///
/// csv has one row an incident. jsonl has one object an incident, with every reading, every account, and the words that
/// each value was read from. Neither depends on the order in which articles were read. changes has one row for whatever became of
/// an incident.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  khabar export csv > incidents.csv
  khabar export csv --rules acled > lowest.csv
  khabar export csv --changed-since 2024-03-01 > new.csv
  khabar export changes --changed-since 2024-03-01
  khabar export jsonl | jq 'select(.disputed | length > 0)'")]
pub(crate) struct Export {
    /// The format
    format: Format,
    /// Only incidents that came, or came to read otherwise, on this day or later, by the clock of whoever read or decided
    #[arg(long, value_name = "DAY", value_parser = incidents::first_day)]
    changed_since: Option<Date>,
    #[command(flatten)]
    rules: RuleArgs,
    #[command(flatten)]
    archive: ArchiveArg,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// Comma-separated values, one row an incident
    Csv,
    /// One JSON object a line
    Jsonl,
    /// What became of incidents, one row a change: new, changed, joined into another, gone
    Changes,
}

impl Export {
    pub(crate) fn run(self) -> anyhow::Result<End> {
        let archive = open::archive(&self.archive)?;
        let rules = self.rules.rules();
        let filter = Filter { changed_since: self.changed_since, ..Filter::default() };
        let some = match self.format {
            Format::Csv => csv(&archive, &filter, &rules)?,
            Format::Jsonl => incidents::lines(&archive, &filter, &rules)?,
            Format::Changes => changes(&archive, self.changed_since)?,
        };
        if !some {
            let which = if self.changed_since.is_some() { "changed since then" } else { "in the archive" };
            anstream::eprintln!("khabar: no incidents {which}");
        }
        Ok(if some { End::Done } else { End::Problems })
    }
}

/// The columns of a row, which the manual explains.
const COLUMNS: [&str; 18] = [
    "incident",
    "date",
    "place",
    "country",
    "kinds",
    "stage",
    "killed",
    "killed_low",
    "killed_high",
    "killed_readings",
    "injured",
    "injured_readings",
    "perpetrators",
    "disputed",
    "articles",
    "independent",
    "outlets",
    "evidence",
];

/// Prints one incident a row under a heading; whether there was any.
pub(crate) fn csv(archive: &Archive, filter: &Filter, rules: &Rules) -> anyhow::Result<bool> {
    let mut out = screen::raw();
    let mut written = 0;
    records(archive, filter, rules, |bytes| {
        written += 1;
        out.write_all(&bytes)
    })??;
    out.flush()?;
    // The heading is no incident.
    Ok(written > 1)
}

/// Hands the heading to `each`, then one incident after the other, as bytes.
pub(crate) fn records(
    archive: &Archive,
    filter: &Filter,
    rules: &Rules,
    mut each: impl FnMut(Vec<u8>) -> std::io::Result<()>,
) -> Result<std::io::Result<()>, archive::Error> {
    if let Err(e) = record(&COLUMNS.map(str::to_owned)).and_then(&mut each) {
        return Ok(Err(e));
    }
    archive.incidents(filter, |mut whole| {
        whole.rule(rules);
        each(record(&row(&whole))?)
    })
}

/// Prints what became of incidents, oldest first; whether anything did.
fn changes(archive: &Archive, since: Option<Date>) -> anyhow::Result<bool> {
    let all = archive.changes(&since.map(|d| d.to_string()).unwrap_or_default())?;
    let mut out = screen::raw();
    out.write_all(&record(&["time", "incident", "what", "other"].map(str::to_owned))?)?;
    for c in &all {
        let other = c.other.clone().unwrap_or_default();
        out.write_all(&record(&[c.time.clone(), c.incident.clone(), c.what.clone(), other])?)?;
    }
    out.flush()?;
    Ok(!all.is_empty())
}

/// One record as bytes; writing it is left to the caller, whose errors say more.
pub(crate) fn record(fields: &[String]) -> std::io::Result<Vec<u8>> {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    writer.write_record(fields)?;
    writer.into_inner().map_err(|e| e.into_error())
}

fn row(whole: &Whole) -> [String; 18] {
    let toll = archive::toll(&whole.incident);
    let number = |n: Option<u64>| n.map(|n| n.to_string()).unwrap_or_default();
    let disputed: Vec<&str> = whole.incident.fields.iter().filter(|f| f.disputed).map(|f| f.name.as_str()).collect();
    let outlets: BTreeSet<String> = whole.articles.values().map(label::outlet).collect();
    [
        whole.incident.id.clone(),
        whole.chosen("date").to_owned(),
        plain(whole.chosen("place")),
        whole.chosen("country").to_owned(),
        whole.kinds().iter().map(|k| k.name()).collect::<Vec<_>>().join(" "),
        whole.chosen("stage").to_owned(),
        whole.chosen("killed").to_owned(),
        number(toll.and_then(|t| t.low)),
        number(toll.and_then(|t| t.high)),
        readings(whole, "killed"),
        whole.chosen("injured").to_owned(),
        readings(whole, "injured"),
        label::actors(whole),
        disputed.join(" "),
        whole.articles.len().to_string(),
        whole.incident.origins.len().to_string(),
        outlets.into_iter().collect::<Vec<_>>().join("; "),
        evidence(whole),
    ]
}

/// Every reading of the whole with the number of independent sources: `13 (2); 200 (1)`.
fn readings(whole: &Whole, field: &str) -> String {
    let field = whole.incident.fields.iter().find(|f| f.name == field);
    let readings = field.iter().flat_map(|f| &f.readings).filter(|r| !r.part);
    readings.map(|r| format!("{} ({})", r.value, r.independent)).collect::<Vec<_>>().join("; ")
}

/// The words of dates, places and the dead, by outlet: `Hill Courier: "Monday" "Kabul" "13"; ...`.
fn evidence(whole: &Whole) -> String {
    let mut parts = Vec::new();
    for (i, a) in whole.accounts.iter().enumerate() {
        let Some(kept) = whole.article(i) else { continue };
        let date = a.date.iter().flat_map(|d| &d.evidence);
        let place = a.place.iter().flat_map(|p| &p.evidence);
        let killed = a.figures.iter().filter(|f| f.measure == Measure::Killed).map(|f| &f.span);
        let words = |s: &Span| format!("\"{}\"", plain(s.of(&kept.article.text)));
        let quoted: Vec<String> = date.chain(place).chain(killed).filter(|s| !s.is_empty()).map(words).collect();
        if !quoted.is_empty() {
            parts.push(format!("{}: {}", label::outlet(kept), quoted.join(" ")));
        }
    }
    parts.join("; ")
}
