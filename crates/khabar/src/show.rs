//! `khabar show`: one incident with all that is known of it, and from whom.

use crate::cli::{ArchiveArg, RuleArgs};
use crate::end::End;
use crate::screen::{self, plain};
use crate::table::{Tone, tinted};
use crate::{accounts, chain, claims, history, json, label, open};
use archive::{Archive, Conflict, Entry, Whole};
use clap::Args;
use incident::{Field, Reading};
use serde::Serialize;
use std::io::{self, Write};

/// Show one incident: every reading of every field, every account with its words
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  khabar show i3f2a9c
  khabar show i3f2a9c --json | jq .fields.killed

The marked reading is the one that the named rule chose. [1] [2] are the accounts below.")]
pub(crate) struct Show {
    /// The incident's id, or as much of its beginning as tells it from others; its `i` may be left out
    incident: String,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    rules: RuleArgs,
    #[command(flatten)]
    archive: ArchiveArg,
}

impl Show {
    pub(crate) fn run(self) -> anyhow::Result<End> {
        let archive = open::archive(&self.archive)?;
        let mut whole = open::incident(&archive, &self.incident)?;
        whole.rule(&self.rules.rules());
        if self.json {
            let mut out = screen::raw();
            let (decisions, conflicts) = decided(&archive, &whole)?;
            let (incident, chain) = (json::Happening::new(&whole), chain::Shape::of(&whole));
            let shown = Shown { incident, chain, decisions, conflicts };
            out.write_all(json::line(&shown)?.as_bytes())?;
            out.flush()?;
        } else {
            let mut out = screen::out();
            print(&whole, &mut out)?;
            decisions(&archive, &whole, &mut out)?;
            out.flush()?;
        }
        Ok(End::Done)
    }
}

/// The incident with its source chain and what was decided on it.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct Shown<'a> {
    #[serde(flatten)]
    pub(crate) incident: json::Happening<'a>,
    pub(crate) chain: chain::Shape,
    #[schema(value_type = Vec<json::Decided>)]
    pub(crate) decisions: Vec<Entry>,
    #[schema(value_type = Vec<json::Contradiction>)]
    pub(crate) conflicts: Vec<Conflict>,
}

fn decided(archive: &Archive, whole: &Whole) -> anyhow::Result<(Vec<Entry>, Vec<Conflict>)> {
    Ok((archive.history(&whole.incident)?, archive.conflicts(Some(&whole.incident.id))?))
}

/// Prints what people decided on the incident, and where that contradicts what accounts say.
fn decisions(archive: &Archive, whole: &Whole, out: &mut dyn Write) -> anyhow::Result<()> {
    let (entries, conflicts) = decided(archive, whole)?;
    if !entries.is_empty() {
        writeln!(out, "\nDecided on it:")?;
        history::print(&entries.iter().collect::<Vec<_>>(), &archive.log()?, out)?;
    }
    for c in &conflicts {
        history::conflict(c, out)?;
    }
    Ok(())
}

/// Prints the incident: what it is, its readings, its accounts, and what joins them.
pub(crate) fn print(whole: &Whole, out: &mut dyn Write) -> io::Result<()> {
    head(whole, out)?;
    writeln!(out)?;
    readings(whole, out)?;
    claims::print(whole, out)?;
    for i in 0..whole.accounts.len() {
        writeln!(out)?;
        account(whole, i, out)?;
    }
    writeln!(out)?;
    joined(whole, out)
}

fn head(whole: &Whole, out: &mut dyn Write) -> io::Result<()> {
    let parts = [label::kinds(whole), label::place(whole), whole.chosen("date").to_owned()];
    let title = parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" · ");
    tinted(out, &title, Tone::Strong)?;
    writeln!(out)?;
    let mut facts = vec![format!("incident {}", whole.incident.id)];
    let toll = label::toll(whole);
    if !toll.is_empty() {
        facts.push(format!("killed {toll}"));
    }
    facts.push(label::count(whole.articles.len(), "article"));
    facts.push(label::count(whole.incident.origins.len(), "independent source"));
    writeln!(out, "{}", facts.join(" · "))
}

fn readings(whole: &Whole, out: &mut dyn Write) -> io::Result<()> {
    let width = whole.incident.fields.iter().map(|f| screen::columns(&f.name)).max().unwrap_or(0);
    let of = |f: &Field| f.readings.iter().map(|r| screen::columns(&value(f, r))).max();
    let value_width = whole.incident.fields.iter().filter_map(of).max().unwrap_or(0).min(36);
    for field in &whole.incident.fields {
        for (i, reading) in field.readings.iter().enumerate() {
            let name = if i == 0 { field.name.replace('_', " ") } else { String::new() };
            write!(out, "{name}{}  ", " ".repeat(width - screen::columns(&name)))?;
            let chosen = Some(i) == incident::choose(&field.readings, field.rule);
            one(field, reading, chosen, value_width, out)?;
        }
    }
    Ok(())
}

/// The reading's value on one line, with what it is bound to; a part of the toll is called so.
fn value(field: &Field, r: &Reading) -> String {
    let mut v = plain(&r.value);
    if field.name == "place" {
        v = label::apart(&v, r.detail.split(", "));
    } else if !r.detail.is_empty() {
        v += &format!(", {}", plain(&r.detail));
    }
    if r.part { v + " (a part)" } else { v }
}

fn one(field: &Field, reading: &Reading, chosen: bool, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let text = screen::cut(&value(field, reading), width);
    write!(out, "{} ", if chosen { "▸" } else { " " })?;
    tinted(out, &text, if chosen { Tone::Strong } else { Tone::Plain })?;
    write!(out, "{}", " ".repeat(width.saturating_sub(screen::columns(&text))))?;
    let accounts = reading.accounts.iter().map(|a| format!("[{}]", a + 1)).collect::<Vec<_>>().join(" ");
    let mut support = Vec::new();
    if !accounts.is_empty() {
        support.push(format!("{accounts}, {} independent", reading.independent));
    }
    if let Some(by) = &reading.by {
        support.push(format!("decided by {} ({})", plain(&by.who), by.decision));
    }
    write!(out, "  {}", support.join("; "))?;
    if let Some(rating) = reading.rating {
        tinted(out, &format!(", rated {}", rating.name()), Tone::Faint)?;
    }
    if chosen {
        if reading.by.is_none() {
            tinted(out, &format!("; chosen by {}", label::chosen_by(field)), Tone::Faint)?;
        }
        if field.disputed {
            tinted(out, ", disputed", Tone::Warning)?;
        }
        if field.revised {
            tinted(out, ", revised by later reports", Tone::Faint)?;
        }
    }
    writeln!(out)
}

fn account(whole: &Whole, at: usize, out: &mut dyn Write) -> io::Result<()> {
    let Some(kept) = whole.article(at) else { return Ok(()) };
    let article = &kept.article;
    tinted(out, &format!("[{}] {}", at + 1, label::outlet(kept)), Tone::Strong)?;
    if let Some(day) = article.published_on() {
        write!(out, ", {day}")?;
    }
    if let Some(title) = &article.title {
        write!(out, ": {}", plain(&title.value))?;
    }
    writeln!(out)?;
    let found = article.url.as_ref().map(|u| &u.value).into_iter().chain(&kept.origins);
    for at in found {
        tinted(out, &format!("    {}\n", plain(at)), Tone::Faint)?;
    }
    if !kept.source_chain.is_empty() {
        let chain: Vec<String> = kept.source_chain.iter().map(|v| plain(&v.value)).collect();
        writeln!(out, "    takes its story from {}", chain.join(", from "))?;
    }
    accounts::print(&article.text, &whole.accounts[at], out)
}

/// Which accounts share an origin, and the comparisons that joined the accounts.
fn joined(whole: &Whole, out: &mut dyn Write) -> io::Result<()> {
    if whole.accounts.len() == 1 {
        return writeln!(out, "One account; nothing was merged.");
    }
    chain::print(whole, out)?;
    writeln!(out, "Why these accounts are one incident (weights are log-odds and add up):")?;
    for join in &whole.incident.joins {
        let part = |c: &incident::Comparison| match c.level {
            incident::Level::Unknown => format!("{} {:+.1}", c.field, c.weight),
            level => format!("{} {} {:+.1}", c.field, level.name(), c.weight),
        };
        // What is worth nothing does not help to understand.
        let parts = join.comparisons.iter().filter(|c| c.weight.abs() >= 0.05).map(part);
        let line = format!("{:+.1} = {}", join.score, parts.collect::<Vec<_>>().join(", "));
        let head = format!("  [{}] and [{}]  ", join.a + 1, join.b + 1);
        let room = screen::width().map_or(usize::MAX, |w| w.saturating_sub(head.len()).max(20));
        for (i, part) in screen::wrap(&line, room).iter().enumerate() {
            writeln!(out, "{}{part}", if i == 0 { head.clone() } else { " ".repeat(head.len()) })?;
        }
    }
    Ok(())
}
