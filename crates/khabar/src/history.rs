//! `khabar log` and `khabar decisions`: what was decided, and taking it elsewhere.

use crate::cli::ArchiveArg;
use crate::end::{End, Misuse};
use crate::screen::{self, plain};
use crate::table::{self, Cell, Column, Tone, tinted};
use crate::{json, label, open};
use archive::{Act, Conflict, Entry, Group};
use clap::{Args, Subcommand};
use std::io::{self, Read as _, Write};
use std::path::PathBuf;

/// List what people decided, in the order in which it takes effect
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  khabar log
  khabar log i3f2a9c
  khabar log --conflicts
  khabar log --json | jq 'select(.who == \"Ada\")'")]
pub(crate) struct Log {
    /// Only what was decided on this incident
    incident: Option<String>,
    /// Where decisions contradict each other, or what accounts say
    #[arg(long)]
    conflicts: bool,
    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    archive: ArchiveArg,
}

impl Log {
    pub(crate) fn run(self) -> anyhow::Result<End> {
        let archive = open::archive(&self.archive)?;
        let whole = self.incident.map(|id| open::incident(&archive, &id)).transpose()?;
        if self.conflicts {
            let conflicts = archive.conflicts(whole.as_ref().map(|w| w.incident.id.as_str()))?;
            return lines(&conflicts, self.json, "no conflicts", |c, out| conflict(c, out));
        }
        let all = archive.log()?;
        let here = |e: &&Entry| whole.as_ref().is_none_or(|w| e.now.contains(&w.incident.id));
        let some: Vec<&Entry> = all.iter().filter(here).collect();
        if self.json || some.is_empty() {
            return lines(&some, self.json, "no decisions", |_, _| Ok(()));
        }
        let mut out = screen::out();
        print(&some, &all, &mut out)?;
        Ok(out.flush().map(|()| End::Done)?)
    }
}

fn lines<T: serde::Serialize>(
    all: &[T],
    as_json: bool,
    none: &str,
    mut print: impl FnMut(&T, &mut dyn Write) -> io::Result<()>,
) -> anyhow::Result<End> {
    if all.is_empty() {
        anstream::eprintln!("khabar: {none}");
        return Ok(End::Problems);
    }
    if as_json {
        let mut out = screen::raw();
        for one in all {
            out.write_all(json::line(one)?.as_bytes())?;
        }
        out.flush()?;
    } else {
        let mut out = screen::out();
        for one in all {
            print(one, &mut out)?;
        }
        out.flush()?;
    }
    Ok(End::Done)
}

/// Prints decisions as a table. `all` holds those that they may speak of.
pub(crate) fn print(some: &[&Entry], all: &[Entry], out: &mut dyn Write) -> io::Result<()> {
    let columns = [
        Column::left("id"),
        Column::left("time"),
        Column::yielding("who"),
        Column::yielding("what"),
        Column::yielding("why"),
        Column::yielding("state"),
    ];
    let row = |e: &&Entry| -> Vec<Cell> {
        let d = &e.decision;
        let tone = if e.holds { Tone::Plain } else { Tone::Faint };
        vec![
            (d.id.clone(), Tone::Strong),
            // Fractions of a second keep the order and tell a person nothing.
            (plain(d.time.split('.').next().unwrap_or(&d.time).trim_end_matches('Z')), tone),
            (plain(&d.who), tone),
            (describe(&d.act, all), tone),
            (plain(&d.why), tone),
            (state(e), tone),
        ]
    };
    table::print(out, &columns, &some.iter().map(row).collect::<Vec<_>>(), screen::width())
}

fn state(e: &Entry) -> String {
    let mut parts = Vec::new();
    if !e.holds {
        parts.push("taken back".to_owned());
    } else if !e.now.is_empty() {
        parts.push(format!("now {}", label::list(&e.now)));
    }
    if !e.unattached.is_empty() {
        parts.push(format!("{} unattached", label::count(e.unattached.len(), "account")));
    }
    parts.join("; ")
}

/// What was decided, in a few words.
pub(crate) fn describe(act: &Act, all: &[Entry]) -> String {
    let said = match act {
        Act::Merge { incidents } => {
            let ids: Vec<String> = incidents.iter().map(|g| g.incident.clone()).collect();
            format!("merge {}", label::list(&ids))
        }
        Act::Split { stay, out } => {
            format!("split {}: {} taken out", stay.incident, label::count(out.len(), "account"))
        }
        Act::Correct { of, field, value, detail } => {
            let bound = if detail.is_empty() { String::new() } else { format!(" ({detail})") };
            format!("correct {}: {} is {value}{bound}", of.incident, field.replace('_', " "))
        }
        Act::Dismiss { of } => format!("dismiss {}", group(of)),
        Act::Restore { of } => format!("restore {}", group(of)),
        Act::Rate { outlet, rating } => format!("rate {outlet} {}, {}", rating.name(), rating.meaning()),
        Act::Note { of, text } if of.incident.is_empty() => format!("note: {text}"),
        Act::Note { of, text } => format!("note on {}: {text}", of.incident),
        Act::ActorMerge { actor, other } => format!("actor {actor} takes in {other}"),
        Act::ActorAlias { actor, name } => format!("actor {actor} is also called {name}"),
        Act::Undo { decision } => {
            let of = all.iter().find(|e| e.decision.id == *decision);
            let what =
                of.filter(|e| !matches!(e.decision.act, Act::Undo { .. })).map(|e| describe(&e.decision.act, all));
            format!("undo {decision}{}", what.map(|w| format!(" ({w})")).unwrap_or_default())
        }
    };
    plain(&said)
}

fn group(of: &Group) -> String {
    match (of.incident.as_str(), of.accounts.as_slice()) {
        ("", [one]) => format!("account {}/{}", one.article, one.ordinal + 1),
        ("", many) => label::count(many.len(), "account"),
        (id, many) => format!("{id}, {}", label::count(many.len(), "account")),
    }
}

/// Prints a conflict on a line or two.
pub(crate) fn conflict(c: &Conflict, out: &mut dyn Write) -> io::Result<()> {
    tinted(out, "conflict", Tone::Warning)?;
    let with = c.with.as_ref().map(|w| format!(" and {w}")).unwrap_or_default();
    let at: Vec<&str> = c.incident.iter().chain(&c.field).map(String::as_str).collect();
    let at = if at.is_empty() { String::new() } else { format!(" on {}", at.join(", ")) };
    writeln!(out, " of {}{with}{at}: {}", c.decision, plain(&c.what))
}

/// Take decisions from one archive to another
///
/// A file holds one decision a line. Taking the same file twice changes nothing, and the order of files does not matter.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  khabar decisions export ada.jsonl
  khabar decisions import ada.jsonl
  khabar decisions export - | khabar decisions import - --archive other.db")]
pub(crate) struct Decisions {
    #[command(subcommand)]
    way: Way,
}

#[derive(Debug, Subcommand)]
enum Way {
    /// Write all decisions into a file
    Export(FileArg),
    /// Take in the decisions of a file, all of them or none
    Import(FileArg),
}

#[derive(Debug, Args)]
struct FileArg {
    /// The file, or - for standard output or input
    file: PathBuf,
    #[command(flatten)]
    archive: ArchiveArg,
}

impl Decisions {
    pub(crate) fn run(self) -> anyhow::Result<End> {
        match self.way {
            Way::Export(arg) => {
                let text = open::archive(&arg.archive)?.export_decisions()?;
                if arg.file.as_os_str() == "-" {
                    let mut out = screen::raw();
                    out.write_all(text.as_bytes())?;
                    out.flush()?;
                } else {
                    let wrong = |e| Misuse(format!("{}: the decisions cannot be written: {e}", arg.file.display()));
                    std::fs::write(&arg.file, text).map_err(wrong)?;
                }
                Ok(End::Done)
            }
            Way::Import(arg) => {
                let text = take(&arg.file)?;
                let mut archive = open::archive(&arg.archive)?;
                let taken = archive.import_decisions(&text)?;
                let mut out = screen::out();
                writeln!(out, "{} new, {} already known.", label::count(taken.new, "decision"), taken.known)?;
                let conflicts = archive.conflicts(None)?;
                if !conflicts.is_empty() {
                    let count = label::count(conflicts.len(), "conflict");
                    writeln!(out, "{count}; `khabar log --conflicts` shows them.")?;
                }
                Ok(out.flush().map(|()| End::Done)?)
            }
        }
    }
}

fn take(file: &PathBuf) -> anyhow::Result<String> {
    let wrong = |e: io::Error| Misuse(format!("{}: the decisions cannot be read: {e}", file.display()));
    if file.as_os_str() != "-" {
        return Ok(std::fs::read_to_string(file).map_err(wrong)?);
    }
    let mut text = String::new();
    io::stdin().read_to_string(&mut text).map_err(wrong)?;
    Ok(text)
}
