//! `khabar accounts`: what each article says, without an archive.

use crate::cli::{ActorsArg, ReadingArgs};
use crate::end::End;
use crate::quote::quote;
use crate::screen::{self, plain};
use crate::table::{Tone, tinted};
use crate::{harmed, inputs, json, label, open};
use account::{Account, Reader};
use anyhow::Context;
use archive::{Digest, Input, Told};
use article::{Limits, Span};
use clap::Args;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, Write};
use std::sync::atomic::AtomicBool;

/// Print what each article says, without an archive
///
/// Nothing is kept. The JSON has one object an article.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  khabar accounts article.html
  khabar accounts --json articles/ > accounts.jsonl
  khabar accounts --json --link articles/ | jq '.accounts[].incident'")]
pub(crate) struct Accounts {
    /// Files, folders, http(s) addresses, or - for standard input
    #[arg(required = true, value_name = "PATH|URL|-")]
    inputs: Vec<OsString>,
    /// Print one JSON object an article
    #[arg(long)]
    json: bool,
    /// Link the accounts too, and give each the id of its incident
    #[arg(long)]
    link: bool,
    #[command(flatten)]
    actors: ActorsArg,
    #[command(flatten)]
    reading: ReadingArgs,
}

impl Accounts {
    pub(crate) fn run(self) -> anyhow::Result<End> {
        let actors = open::actors(&self.actors)?;
        let reader = Reader::new(&actors);
        let inputs = inputs::list(&self.inputs, self.reading.allow_private, &AtomicBool::new(false));
        let digests = digest(&inputs, &reader, self.reading.threads())?;
        let told = named(&digests);
        let incidents = if self.link { link(&told) } else { BTreeMap::new() };
        if self.json {
            lines(&told, &incidents)?;
        } else {
            people(&told, &incidents)?;
        }
        let mut wrong = false;
        for d in &digests {
            for p in d.problems.iter().chain(d.articles.iter().flat_map(|t| &t.report.problems)) {
                wrong = true;
                anstream::eprintln!("{}: {} [{}]", plain(&d.name), plain(&p.detail), p.code);
            }
        }
        if told.is_empty() && !wrong {
            anstream::eprintln!("khabar: nothing to read there; name files, folders or addresses that hold articles");
        }
        Ok(if wrong || told.is_empty() { End::Problems } else { End::Done })
    }
}

fn digest(inputs: &[Box<dyn Input>], reader: &Reader<'_>, threads: usize) -> anyhow::Result<Vec<Digest>> {
    let limits = Limits::default();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().context("threads cannot be started")?;
    Ok(pool.install(|| inputs.par_iter().map(|i| archive::digest(&**i, reader, &limits)).collect()))
}

/// Every article under the stem of its file's name, numbered where there are several in one file.
fn named(digests: &[Digest]) -> Vec<(String, &Told)> {
    let mut totals: BTreeMap<&str, usize> = BTreeMap::new();
    for d in digests {
        *totals.entry(&d.name).or_default() += d.articles.len();
    }
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut out = Vec::new();
    for d in digests {
        // A large file comes in several parts of one name.
        let n = seen.entry(&d.name).or_default();
        for t in &d.articles {
            *n += 1;
            let stem = inputs::stem(&d.name);
            out.push((if totals[d.name.as_str()] > 1 { format!("{stem}#{n}") } else { stem }, t));
        }
    }
    out
}

/// The accounts as linking takes them: the same article twice is one, as in the archive.
fn filed(told: &[(String, &Told)]) -> Vec<incident::Filed> {
    let mut filed: BTreeMap<(String, u32), incident::Filed> = BTreeMap::new();
    filed.extend(told.iter().flat_map(|(_, t)| t.filed()).map(|f| ((f.article.clone(), f.ordinal), f)));
    filed.into_values().collect()
}

/// The incident of every account, by article and ordinal.
fn link(told: &[(String, &Told)]) -> BTreeMap<(String, u32), String> {
    let of = |i: incident::Incident| i.accounts.into_iter().map(move |s| ((s.article, s.ordinal), i.id.clone()));
    incident::link(filed(told), &incident::Decided::default()).into_iter().flat_map(of).collect()
}

/// For every article that copies another, by id, the report that it copies.
fn copies(told: &[(String, &Told)]) -> BTreeMap<String, String> {
    let mut reports: BTreeMap<String, &str> = BTreeMap::new();
    for (report, t) in told {
        reports.entry(t.id()).or_insert(report);
    }
    let named = |(copy, of): (String, String)| Some((copy, (*reports.get(&of)?).to_owned()));
    incident::copies(&filed(told)).into_iter().filter_map(named).collect()
}

fn of_article(t: &Told, incidents: &BTreeMap<(String, u32), String>) -> Vec<Option<String>> {
    let id = t.id();
    (0..t.report.accounts.len() as u32).map(|n| incidents.get(&(id.clone(), n)).cloned()).collect()
}

fn lines(told: &[(String, &Told)], incidents: &BTreeMap<(String, u32), String>) -> anyhow::Result<()> {
    let copies = copies(told);
    let mut out = screen::raw();
    for (report, t) in told {
        let mut line = json::Told::new(report.clone(), &t.article, &t.report, &of_article(t, incidents));
        line.copy_of = copies.get(&t.id()).cloned().unwrap_or_default();
        out.write_all(json::line(&line)?.as_bytes())?;
    }
    Ok(out.flush()?)
}

fn people(told: &[(String, &Told)], incidents: &BTreeMap<(String, u32), String>) -> anyhow::Result<()> {
    let mut out = screen::out();
    for (report, t) in told {
        let title = t.article.title.as_ref().map(|t| format!(": {}", plain(&t.value))).unwrap_or_default();
        tinted(&mut out, &format!("{}{title}\n", plain(report)), Tone::Strong)?;
        if t.report.accounts.is_empty() {
            writeln!(out, "    no incident")?;
        }
        for (a, incident) in t.report.accounts.iter().zip(of_article(t, incidents)) {
            if let Some(id) = incident {
                tinted(&mut out, &format!("    incident {id}\n"), Tone::Faint)?;
            }
            print(&t.article.text, a, &mut out)?;
        }
        writeln!(out)?;
    }
    Ok(out.flush()?)
}

/// Prints an account: one line a value, with its words quoted.
pub(crate) fn print(text: &str, a: &Account, out: &mut dyn Write) -> io::Result<()> {
    let kinds: Vec<String> = a.kinds.iter().map(|k| k.value.name().replace('_', " ")).collect();
    let first = a.kinds.first().and_then(|k| k.evidence.first());
    value("kind", &format!("{} ({}, {})", kinds.join(", "), a.stage.value, a.prominence), text, first, out)?;
    if let Some(d) = &a.date {
        value("date", &format!("{} ({})", d.value, d.basis), text, d.evidence.first(), out)?;
    }
    if let Some(p) = &a.place {
        let name = label::apart(&p.name, [&p.city, &p.admin1, &p.country].map(String::as_str));
        value("place", &format!("{name} ({})", p.precision), text, p.evidence.first(), out)?;
    }
    for f in &a.figures {
        let mut label = label::people(f);
        if !f.who.is_empty() {
            label += &format!(" {}", plain(&f.who));
        }
        if !f.total {
            label += " (a part)";
        }
        value(&f.measure.name().replace('_', " "), &(label + &by(&f.said_by)), text, Some(&f.span), out)?;
    }
    for b in &a.perpetrators {
        value("actor", &format!("{} ({}){}", plain(&b.name), b.status, by(&b.said_by)), text, b.evidence.first(), out)?;
    }
    for (name, mentions) in [("target", &a.targets), ("victim", &a.victims), ("weapon", &a.weapons)] {
        for m in mentions {
            value(name, &plain(&m.words), text, Some(&m.span), out)?;
        }
    }
    for line in harmed::lines(a) {
        value(line.name, &line.says, text, line.evidence.first(), out)?;
    }
    Ok(())
}

fn by(said_by: &[account::Source]) -> String {
    if said_by.is_empty() { String::new() } else { format!(", says {}", label::said_by(said_by)) }
}

/// Columns of the terminal kept for the margin and the name of a value, and for the value, before its quotation.
const NAME: usize = 17;
const VALUE: usize = 36;
/// The quotation goes to a line of its own where less than this is left for it.
const LEAST: usize = 48;
/// Bytes of context on each side where lines may be as long as they are.
const AROUND: usize = 48;

fn value(name: &str, value: &str, text: &str, evidence: Option<&Span>, out: &mut dyn Write) -> io::Result<()> {
    tinted(out, &format!("{:NAME$}", format!("    {}", screen::cut(name, NAME - 5))), Tone::Faint)?;
    write!(out, "{value}")?;
    let width = screen::width();
    let beside = width.is_none_or(|w| w >= NAME + VALUE + LEAST);
    let room = width.map(|w| if beside { w - NAME - VALUE } else { w.saturating_sub(NAME) });
    let around = |words: Span| room.map_or(AROUND, |r| (r.saturating_sub(words.len() + 6) / 2).min(AROUND));
    if let Some(q) = evidence.and_then(|s| quote(text, *s, around(*s))) {
        let used = screen::columns(value);
        match (beside, used < VALUE) {
            (true, true) => write!(out, "{}", " ".repeat(VALUE - used))?,
            (true, false) => write!(out, "\n{}", " ".repeat(NAME + VALUE))?,
            (false, _) => write!(out, "\n{}", " ".repeat(NAME))?,
        }
        write!(out, "{}", q.line())?;
    }
    writeln!(out)
}
