//! `khabar incidents`: the table of incidents.

use crate::cli::{ActorsArg, ArchiveArg, RuleArgs};
use crate::end::{End, Misuse};
use crate::table::{self, Cell, Column, Tone};
use crate::{export, json, label, open, screen};
use account::Kind;
use archive::{Archive, Filter, Whole};
use article::{Edtf, fold};
use clap::Args;
use clap::builder::PossibleValuesParser;
use incident::Rules;
use jiff::civil::Date;
use std::io::Write;

/// List incidents
///
/// Filters narrow the list together. An incident whose date is a span passes when it may have happened in the time asked
/// for; one without a year passes no filter of time.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  khabar incidents --since 2024-03 --country AFG
  khabar incidents --kind suicide_bombing --disputed
  khabar incidents --actor ISIS-K --json | jq .killed
  khabar incidents --csv > incidents.csv")]
pub(crate) struct Incidents {
    /// On or after this day, month or year: 2024-03-01, 2024-03, 2024
    #[arg(long, value_name = "DATE", value_parser = first_day)]
    since: Option<Date>,
    /// On or before this day, month or year
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    until: Option<Date>,
    /// In this country, by its ISO 3166 code of three letters
    #[arg(long, value_name = "CODE", value_parser = country)]
    country: Option<String>,
    /// At the place of this name, as the list shows it
    #[arg(long, value_name = "NAME")]
    place: Option<String>,
    /// Of this kind
    #[arg(long, value_parser = PossibleValuesParser::new(Kind::ALL.iter().map(|k| k.name())))]
    kind: Option<String>,
    /// That an account ascribes to this actor, under any of its names
    #[arg(long, value_name = "NAME")]
    actor: Option<String>,
    /// Only incidents on which independent accounts exclude each other
    #[arg(long)]
    disputed: bool,
    /// That an article tells in which these words are found, as `khabar search` finds them
    #[arg(long, value_name = "QUERY", default_value = "", hide_default_value = true)]
    words: String,
    /// Print one JSON object a line, with readings and accounts
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print comma-separated values with a heading
    #[arg(long)]
    csv: bool,
    #[command(flatten)]
    rules: RuleArgs,
    #[command(flatten)]
    archive: ArchiveArg,
    #[command(flatten)]
    actors: ActorsArg,
}

pub(crate) fn first_day(s: &str) -> Result<Date, String> {
    days(s).map(|(first, _)| first)
}

fn last_day(s: &str) -> Result<Date, String> {
    days(s).map(|(_, last)| last)
}

fn days(s: &str) -> Result<(Date, Date), String> {
    let bad = || format!("`{s}` is no date; write it like 2024-03-01, 2024-03 or 2024");
    s.parse::<Edtf>().ok().and_then(|d| d.days()).ok_or_else(bad)
}

fn country(s: &str) -> Result<String, String> {
    if s.len() == 3 && s.bytes().all(|b| b.is_ascii_alphabetic()) {
        return Ok(s.to_ascii_uppercase());
    }
    Err(format!("`{s}` is no code of a country; write it like AFG or PAK"))
}

impl Incidents {
    pub(crate) fn run(self) -> anyhow::Result<End> {
        let actors = open::actors(&self.actors)?;
        let filter = Filter {
            since: self.since,
            until: self.until,
            country: self.country,
            kind: self.kind.as_deref().and_then(Kind::named),
            actor: self.actor.map(|name| actors.find(&name).map_or_else(|| fold(&name), |a| a.key.clone())),
            disputed: self.disputed,
            place: self.place,
            words: self.words,
            changed_since: None,
        };
        if let (Some(since), Some(until)) = (filter.since, filter.until)
            && since > until
        {
            return Err(Misuse(format!("--since {since} lies after --until {until}; exchange them")).into());
        }
        let archive = open::archive(&self.archive)?;
        let some = if self.json {
            lines(&archive, &filter, &self.rules.rules())?
        } else if self.csv {
            export::csv(&archive, &filter, &self.rules.rules())?
        } else {
            let mut out = screen::out();
            let some = list(&archive, &filter, &self.rules.rules(), &mut out)?;
            out.flush()?;
            some
        };
        if !some {
            anstream::eprintln!(
                "khabar: no incidents{}",
                if archive.count()? > 0 { " pass these filters" } else { " in the archive" }
            );
            return Ok(End::Problems);
        }
        Ok(End::Done)
    }
}

/// Prints one incident a line as JSON; whether there was any.
pub(crate) fn lines(archive: &Archive, filter: &Filter, rules: &Rules) -> anyhow::Result<bool> {
    let mut out = screen::raw();
    let mut some = false;
    archive.incidents(filter, |mut whole| {
        some = true;
        whole.rule(rules);
        out.write_all(json::line(&json::Happening::new(&whole))?.as_bytes())
    })??;
    out.flush()?;
    Ok(some)
}

const COLUMNS: [Column; 9] = [
    Column::left("id"),
    Column::left("date"),
    Column::yielding("place"),
    Column::yielding("kinds"),
    Column::left("killed"),
    Column::yielding("by"),
    Column::left("stage"),
    Column::right("articles"),
    Column::right("sources"),
];

/// Prints the table; whether there was any incident.
pub(crate) fn list(archive: &Archive, filter: &Filter, rules: &Rules, out: &mut dyn Write) -> anyhow::Result<bool> {
    let mut ids = Vec::new();
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    archive.incidents(filter, |mut whole| {
        whole.rule(rules);
        rows.push(row(&whole));
        ids.push(whole.incident.id);
        Ok::<(), std::io::Error>(())
    })??;
    let short = label::short(ids.iter().map(String::as_str));
    for (row, id) in rows.iter_mut().zip(&ids) {
        row[0].0 = id.get(..short).unwrap_or(id).to_owned();
    }
    // A column that says the same of all says nothing.
    let stages = rows.iter().any(|r| r[6].0 != "occurred");
    let keep = |i: usize| i != 6 || stages;
    let columns: Vec<Column> = COLUMNS.into_iter().enumerate().filter(|(i, _)| keep(*i)).map(|(_, c)| c).collect();
    let rows: Vec<Vec<Cell>> = rows
        .into_iter()
        .map(|r| r.into_iter().enumerate().filter(|(i, _)| keep(*i)).map(|(_, c)| c).collect())
        .collect();
    if !rows.is_empty() {
        table::print(out, &columns, &rows, screen::width())?;
    }
    Ok(!rows.is_empty())
}

fn row(whole: &Whole) -> Vec<Cell> {
    let toll = label::toll(whole);
    let tone = if toll.ends_with("disputed") { Tone::Warning } else { Tone::Plain };
    vec![
        (String::new(), Tone::Strong),
        (whole.chosen("date").to_owned(), Tone::Plain),
        (label::place(whole), Tone::Plain),
        (label::kinds(whole), Tone::Plain),
        (toll, tone),
        (label::actors(whole), Tone::Plain),
        (whole.chosen("stage").to_owned(), Tone::Plain),
        (whole.articles.len().to_string(), Tone::Plain),
        (whole.incident.origins.len().to_string(), Tone::Plain),
    ]
}
