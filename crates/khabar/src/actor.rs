//! `khabar actor`: what the archive holds on one actor, and who says so; which names are one actor, as people decide.

use crate::cli::{ActorsArg, ArchiveArg};
use crate::decide::Deciding;
use crate::end::{End, Misuse};
use crate::quote::quote;
use crate::screen::{self, plain};
use crate::table::{self, Column, Tone, tinted};
use crate::{dossier, json, label, open};
use account::{Actors, Alias, Tie, is_generic};
use archive::{Act, Archive, Dossier, Relating, Whole};
use clap::{Args, Subcommand};
use std::io::{self, Write};

/// Show what the archive holds on an actor: names, incidents with its standing, figures of strength, leaders and spokesmen,
/// allies and opponents, and who says so
///
/// Without a name it lists the actors of the archive.
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "\
Examples:
  khabar actor
  khabar actor ISIS-K
  khabar actor \"Red Valley Front\" --json
  khabar actor --actors my-groups.txt \"Hill Brigade\"
  khabar actor merge \"Red Valley Front\" \"Front of the Red Valley\" --why \"one letterhead\"
  khabar actor alias \"Red Valley Front\" \"the Valley Boys\""
)]
pub(crate) struct ActorArgs {
    #[command(subcommand)]
    decision: Option<Decision>,
    /// Any name of the actor
    name: Option<String>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    archive: ArchiveArg,
    #[command(flatten)]
    actors: ActorsArg,
}

#[derive(Debug, Subcommand)]
enum Decision {
    /// Say that two actors are one
    Merge(Merge),
    /// Give an actor a further name
    Alias(GiveName),
}

#[derive(Debug, Args)]
struct Merge {
    /// Any name of the actor that stays
    actor: String,
    /// Any name of the actor that it takes in
    other: String,
    #[command(flatten)]
    by: Deciding,
    #[command(flatten)]
    actors: ActorsArg,
}

#[derive(Debug, Args)]
struct GiveName {
    /// Any name of the actor
    actor: String,
    /// The further name
    name: String,
    #[command(flatten)]
    by: Deciding,
    #[command(flatten)]
    actors: ActorsArg,
}

impl ActorArgs {
    pub(crate) fn run(self) -> anyhow::Result<End> {
        match self.decision {
            Some(Decision::Merge(m)) => return m.run(),
            Some(Decision::Alias(a)) => return a.run(),
            None => {}
        }
        let actors = open::actors(&self.actors)?;
        let archive = open::archive(&self.archive)?;
        let Some(name) = self.name else { return list(&archive, &actors, self.json) };
        let found = archive.dossier(&actors, &name)?;
        if found.is_empty() && found.listed.is_none() {
            anstream::eprintln!("khabar: no list of actors knows `{}`, and no account names it", plain(&name));
            return Ok(End::Problems);
        }
        if self.json {
            let mut out = screen::raw();
            out.write_all(json::line(&dossier::Shape::new(&found))?.as_bytes())?;
            out.flush()?;
        } else {
            let mut out = screen::out();
            print(&found, &mut out)?;
            out.flush()?;
        }
        Ok(if found.is_empty() { End::Problems } else { End::Done })
    }
}

impl Merge {
    fn run(self) -> anyhow::Result<End> {
        let actors = open::actors(&self.actors)?;
        self.by.decide(|a| merging(a, &actors, &self.actor, &self.other))
    }
}

impl GiveName {
    fn run(self) -> anyhow::Result<End> {
        let actors = open::actors(&self.actors)?;
        self.by.decide(|a| naming(a, &actors, &self.actor, &self.name))
    }
}

/// The act by which one actor takes in another.
pub(crate) fn merging(archive: &Archive, actors: &Actors, actor: &str, other: &str) -> anyhow::Result<Act> {
    Ok(Act::ActorMerge { actor: known(archive, actors, actor)?, other: known(archive, actors, other)? })
}

/// The act by which an actor bears a further name.
pub(crate) fn naming(archive: &Archive, actors: &Actors, actor: &str, name: &str) -> anyhow::Result<Act> {
    let actor = known(archive, actors, actor)?;
    if let Some(other) = actors.find(name).filter(|o| o.key != actor) {
        let what = format!("`{name}` is a name of {} already; use `khabar actor merge`", other.name);
        return Err(Misuse(what).into());
    }
    Ok(Act::ActorAlias { actor, name: name.to_owned() })
}

/// The key of an actor that a list or an account knows.
fn known(archive: &Archive, actors: &Actors, name: &str) -> anyhow::Result<String> {
    let key = archive.actor_key(actors, &archive.names()?, name);
    let told = || -> anyhow::Result<bool> { Ok(archive.actors()?.iter().any(|(k, _)| *k == key)) };
    if actors.get(&key).is_none() && !told()? {
        let what =
            format!("no list of actors knows `{name}`, and no account names it; `khabar actor` lists those known");
        return Err(Misuse(what).into());
    }
    Ok(key)
}

/// Whether a list knows an actor.
pub(crate) fn standing(actors: &Actors, key: &str) -> &'static str {
    match actors.get(key) {
        _ if is_generic(key) => "nameless",
        Some(_) => "listed",
        None => "new",
    }
}

/// Lists the actors that incidents are ascribed to.
fn list(archive: &Archive, actors: &Actors, as_json: bool) -> anyhow::Result<End> {
    let all = archive.actors()?;
    if all.is_empty() {
        anstream::eprintln!("khabar: no account binds an actor to an incident");
        return Ok(End::Problems);
    }
    let known = |k: &str| standing(actors, k);
    let name = |k: &str| actors.get(k).map_or_else(|| k.to_owned(), |a| a.name.clone());
    if as_json {
        let mut out = screen::raw();
        for (key, incidents) in &all {
            let one = serde_json::json!({ "actor": key, "name": name(key), "known": known(key), "count": incidents });
            out.write_all(json::line(&one)?.as_bytes())?;
        }
        out.flush()?;
        return Ok(End::Done);
    }
    let columns = [Column::yielding("actor"), Column::left("known"), Column::right("incidents")];
    let row = |(k, n): &(String, usize)| {
        vec![(plain(&name(k)), Tone::Strong), (known(k).to_owned(), Tone::Plain), (n.to_string(), Tone::Plain)]
    };
    let mut out = screen::out();
    table::print(&mut out, &columns, &all.iter().map(row).collect::<Vec<_>>(), screen::width())?;
    Ok(out.flush().map(|()| End::Done)?)
}

/// "IS-K (2015 to 2019-03)".
fn alias(a: &Alias) -> String {
    let day = |d: &Option<article::Edtf>| d.as_ref().map(ToString::to_string);
    match (day(&a.from), day(&a.until)) {
        (None, None) => plain(&a.name),
        (Some(from), None) => format!("{} (since {from})", plain(&a.name)),
        (None, Some(until)) => format!("{} (until {until})", plain(&a.name)),
        (Some(from), Some(until)) => format!("{} ({from} to {until})", plain(&a.name)),
    }
}

fn print(found: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    tinted(out, &format!("{}\n", plain(&found.name)), Tone::Strong)?;
    match &found.listed {
        Some(a) => {
            let class = a.class.name().replace('_', " ");
            writeln!(out, "{}", [class].iter().chain(&a.countries).map(|f| plain(f)).collect::<Vec<_>>().join(" · "))?;
            names("also called", a.aliases.iter().filter(|x| x.name != a.name).map(alias).collect(), out)?;
        }
        None => writeln!(out, "not in the list of actors; found by its name as printed")?,
    }
    names("by decision", found.decided.iter().map(|n| plain(n)).collect(), out)?;
    let printed = |p: &archive::Printed| format!("{} ({})", plain(&p.name), label::count(p.articles, "article"));
    names("printed as", found.printed.iter().map(printed).collect(), out)?;
    writeln!(out)?;
    if found.incidents.is_empty() {
        writeln!(out, "No account binds it to an incident.")?;
    } else {
        let columns = [
            Column::left("id"),
            Column::left("date"),
            Column::yielding("place"),
            Column::yielding("kinds"),
            Column::left("killed"),
            Column::yielding("standing"),
        ];
        let short = label::short(found.incidents.iter().map(|w| w.incident.id.as_str()));
        let rows: Vec<_> = found.incidents.iter().map(|w| row(w, &found.key, short)).collect();
        table::print(out, &columns, &rows, screen::width())?;
    }
    strengths(found, out)?;
    for tie in Tie::ALL {
        let told: Vec<&Relating> = found.relations.iter().filter(|t| t.relation.tie == *tie).collect();
        if !told.is_empty() {
            let head = match tie {
                Tie::Leader => "Leaders, as reported",
                Tie::Spokesman => "Spokesmen, as reported",
                Tie::Ally => "Allies, as stated",
                Tie::Opponent => "Opponents, as stated",
            };
            writeln!(out, "\n{head}")?;
        }
        for t in told {
            let day = t.article.article.published_on().map(|d| format!(", {d}")).unwrap_or_default();
            let said = if t.said_by.is_empty() {
                String::new()
            } else {
                format!(", says {}", plain(&t.said_by.join(", via ")))
            };
            writeln!(out, "  {}: {}{day}{said}", plain(&t.relation.name), label::outlet(&t.article))?;
            let words = t.relation.evidence.iter().copied();
            writeln!(
                out,
                "    {}",
                crate::quote::marked(&t.article.article.text, t.relation.sentence, &words.collect::<Vec<_>>())
            )?;
        }
    }
    Ok(())
}

/// A line of names under a heading, if there are any.
fn names(head: &str, names: Vec<String>, out: &mut dyn Write) -> io::Result<()> {
    if names.is_empty() {
        return Ok(());
    }
    for (i, line) in screen::wrap(&names.join(", "), screen::width().unwrap_or(100) - 14).iter().enumerate() {
        writeln!(out, "{:14}{line}", if i == 0 { head } else { "" })?;
    }
    Ok(())
}

fn strengths(found: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    if !found.strengths.is_empty() {
        writeln!(out, "\nStrength")?;
    }
    for (kept, a, which) in &found.strengths {
        for f in which.iter().map(|&i| &a.figures[i]) {
            let day = kept.article.published_on().map(|d| format!(", {d}")).unwrap_or_default();
            let said =
                if f.said_by.is_empty() { String::new() } else { format!(", says {}", label::said_by(&f.said_by)) };
            writeln!(out, "  {} {}: {}{day}{said}", label::people(f), plain(&f.who), label::outlet(kept))?;
            if let Some(q) = quote(&kept.article.text, f.span, 48) {
                writeln!(out, "    {}", q.line())?;
            }
        }
    }
    Ok(())
}

fn row(whole: &Whole, key: &str, short: usize) -> Vec<table::Cell> {
    let mut says: Vec<String> = Vec::new();
    for (kept, b) in dossier::bindings(whole, key) {
        let who = if b.said_by.is_empty() {
            label::outlet(kept)
        } else {
            format!("{}, in {}", label::said_by(&b.said_by), label::outlet(kept))
        };
        let line = format!("{} ({who})", b.status);
        if !says.contains(&line) {
            says.push(line);
        }
    }
    let id = &whole.incident.id;
    vec![
        (id.get(..short).unwrap_or(id).to_owned(), Tone::Strong),
        (whole.chosen("date").to_owned(), Tone::Plain),
        (label::place(whole), Tone::Plain),
        (label::kinds(whole), Tone::Plain),
        (label::toll(whole), Tone::Plain),
        (says.join("; "), Tone::Plain),
    ]
}
