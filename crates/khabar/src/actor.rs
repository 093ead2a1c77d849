//! `khabar actor`: what the archive holds on one actor, and who says so.

use crate::cli::{ActorsArg, ArchiveArg};
use crate::end::End;
use crate::quote::quote;
use crate::screen::{self, plain};
use crate::table::{self, Column, Tone, tinted};
use crate::{json, label, open};
use account::{Account, Actor, Alias, Binding, Figure, Measure};
use archive::{Archive, Filter, Kept, Whole};
use article::fold;
use clap::Args;
use serde::Serialize;
use std::io::{self, Write};

/// Show what the archive holds on an actor: names, incidents with its standing in each, figures of strength, who says so
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  khabar actor ISIS-K
  khabar actor \"Red Valley Front\" --json
  khabar actor --actors my-groups.txt \"Hill Brigade\"")]
pub(crate) struct Dossier {
    /// Any name of the actor
    name: String,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    archive: ArchiveArg,
    #[command(flatten)]
    actors: ActorsArg,
}

/// All that was found.
struct Found<'a> {
    key: String,
    name: String,
    listed: Option<&'a Actor>,
    incidents: Vec<Whole>,
    strengths: Vec<(Kept, Account, Vec<usize>)>,
}

impl Dossier {
    pub(crate) fn run(self) -> anyhow::Result<End> {
        let actors = open::actors(&self.actors)?;
        let archive = open::archive(&self.archive)?;
        let listed = actors.find(&self.name);
        let key = listed.map_or_else(|| fold(&self.name), |a| a.key.clone());
        let name = listed.map_or_else(|| plain(&self.name), |a| plain(&a.name));
        let found = Found {
            incidents: incidents(&archive, &key)?,
            strengths: strengths(&archive, &key, listed)?,
            key,
            name,
            listed,
        };
        let nothing = found.incidents.is_empty() && found.strengths.is_empty();
        if nothing && listed.is_none() {
            anstream::eprintln!("khabar: no list of actors knows `{}`, and no account names it", plain(&self.name));
            return Ok(End::Problems);
        }
        if self.json {
            let mut out = screen::raw();
            out.write_all(json::line(&shape(&found))?.as_bytes())?;
            out.flush()?;
        } else {
            let mut out = screen::out();
            print(&found, &mut out)?;
            out.flush()?;
        }
        Ok(if nothing { End::Problems } else { End::Done })
    }
}

fn incidents(archive: &Archive, key: &str) -> anyhow::Result<Vec<Whole>> {
    let mut out = Vec::new();
    let filter = Filter { actor: Some(key.to_owned()), ..Filter::default() };
    archive.incidents(&filter, |w| {
        out.push(w);
        Ok::<(), io::Error>(())
    })??;
    Ok(out)
}

/// Figures of strength that count this actor's people: those that name it, and those of accounts that name no other actor.
fn strengths(archive: &Archive, key: &str, listed: Option<&Actor>) -> anyhow::Result<Vec<(Kept, Account, Vec<usize>)>> {
    let names: Vec<String> =
        listed.iter().flat_map(|a| &a.aliases).map(|a| fold(&a.name)).chain([key.to_owned()]).collect();
    let counts = |f: &Figure, a: &Account| {
        let who = format!(" {} ", fold(&f.who));
        let named = names.iter().any(|n| who.contains(&format!(" {n} ")));
        let only = !a.perpetrators.is_empty() && a.perpetrators.iter().all(|b| b.actor == key);
        f.measure == Measure::Strength && (named || only)
    };
    let mut out = Vec::new();
    for (kept, a) in archive.strengths()? {
        let which: Vec<usize> = (0..a.figures.len()).filter(|&i| counts(&a.figures[i], &a)).collect();
        if !which.is_empty() {
            out.push((kept, a, which));
        }
    }
    Ok(out)
}

/// Every binding of the actor in an incident, with its article.
fn bindings<'a>(whole: &'a Whole, key: &str) -> Vec<(&'a Kept, &'a Binding)> {
    let of = |i: usize| {
        whole.article(i).into_iter().flat_map(move |k| whole.accounts[i].perpetrators.iter().map(move |b| (k, b)))
    };
    (0..whole.accounts.len()).flat_map(of).filter(|(_, b)| b.actor == key).collect()
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

fn print(found: &Found<'_>, out: &mut dyn Write) -> io::Result<()> {
    tinted(out, &format!("{}\n", found.name), Tone::Strong)?;
    if let Some(a) = found.listed {
        let class = a.class.name().replace('_', " ");
        writeln!(out, "{}", [class].iter().chain(&a.countries).map(|f| plain(f)).collect::<Vec<_>>().join(" · "))?;
        let names: Vec<String> = a.aliases.iter().filter(|x| x.name != a.name).map(alias).collect();
        if !names.is_empty() {
            for (i, line) in screen::wrap(&names.join(", "), screen::width().unwrap_or(100) - 14).iter().enumerate() {
                writeln!(out, "{}{line}", if i == 0 { "also called   " } else { "              " })?;
            }
        }
    } else {
        writeln!(out, "not in the list of actors; found by its name as printed")?;
    }
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
    for (kept, b) in bindings(whole, key) {
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

/// The dossier as JSON.
#[derive(Serialize)]
struct Shape<'a> {
    actor: &'a str,
    name: &'a str,
    class: &'a str,
    countries: &'a [String],
    aliases: Vec<AliasShape<'a>>,
    incidents: Vec<IncidentShape<'a>>,
    strength: Vec<StrengthShape<'a>>,
}

#[derive(Serialize)]
struct AliasShape<'a> {
    name: &'a str,
    from: Option<String>,
    until: Option<String>,
}

#[derive(Serialize)]
struct IncidentShape<'a> {
    incident: &'a str,
    date: &'a str,
    place: &'a str,
    country: &'a str,
    kinds: Vec<&'static str>,
    standing: Vec<StandingShape<'a>>,
}

#[derive(Serialize)]
struct StandingShape<'a> {
    article: &'a str,
    outlet: String,
    #[serde(flatten)]
    bound: json::Bound<'a>,
}

#[derive(Serialize)]
struct StrengthShape<'a> {
    article: &'a str,
    outlet: String,
    published: Option<String>,
    #[serde(flatten)]
    people: json::People<'a>,
}

fn shape<'a>(found: &'a Found<'a>) -> Shape<'a> {
    let day = |d: &Option<article::Edtf>| d.as_ref().map(ToString::to_string);
    let names = |a: &'a Alias| AliasShape { name: &a.name, from: day(&a.from), until: day(&a.until) };
    let standing = |(kept, b): (&'a Kept, &'a Binding)| StandingShape {
        article: &kept.id,
        outlet: label::outlet(kept),
        bound: json::Bound::new(&kept.article.text, b),
    };
    let incident = |w: &'a Whole| IncidentShape {
        incident: &w.incident.id,
        date: w.chosen("date"),
        place: w.chosen("place"),
        country: w.chosen("country"),
        kinds: w.kinds().iter().map(|k| k.name()).collect(),
        standing: bindings(w, &found.key).into_iter().map(standing).collect(),
    };
    let strength = |(kept, a, which): &'a (Kept, Account, Vec<usize>)| {
        which.iter().map(move |&i| StrengthShape {
            article: &kept.id,
            outlet: label::outlet(kept),
            published: kept.article.published_on().map(ToString::to_string),
            people: json::People::new(&kept.article.text, &a.figures[i]),
        })
    };
    Shape {
        actor: &found.key,
        name: &found.name,
        class: found.listed.map_or("", |a| a.class.name()),
        countries: found.listed.map_or(&[], |a| &a.countries),
        aliases: found.listed.iter().flat_map(|a| &a.aliases).map(names).collect(),
        incidents: found.incidents.iter().map(incident).collect(),
        strength: found.strengths.iter().flat_map(strength).collect(),
    }
}
