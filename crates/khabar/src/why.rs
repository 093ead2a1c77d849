//! `khabar why`: what joined the accounts of an incident, and what kept the nearest other one apart.

use crate::cli::ArchiveArg;
use crate::end::End;
use crate::screen::{self, plain};
use crate::{json, open};
use archive::{Archive, Between, Compared};
use clap::Args;
use serde::Serialize;
use std::io::{self, Write};
use utoipa::ToSchema;

/// Tell why accounts are one incident, or why two incidents are not
///
/// Each comparison of two accounts with its level, what each of the two says, and its weight: the logarithm of odds (base
/// e). The weights add up; what they come to is also told as a probability.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  khabar why i3f2a9c                            what joined its accounts, and the nearest incident that is not part of it
  khabar why i3f2a9c i77b0d1                    what keeps two incidents apart
  khabar why i3f2a9c --json | jq '.nearest'")]
pub(crate) struct Why {
    /// The incident's id, or its beginning
    #[arg(value_name = "INCIDENT")]
    a: String,
    /// Another incident
    #[arg(value_name = "INCIDENT")]
    b: Option<String>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    archive: ArchiveArg,
}

impl Why {
    pub(crate) fn run(self) -> anyhow::Result<End> {
        let archive = open::archive(&self.archive)?;
        let a = found(&archive, &self.a)?;
        if let Some(b) = &self.b {
            let b = found(&archive, b)?;
            if a == b {
                anstream::eprintln!("khabar: that is one incident; see khabar why {a}");
                return Ok(End::Problems);
            }
            let between = archive.between(&a, &b)?;
            if self.json {
                screen::raw().write_all(json::line(&Apart::new(&a, &between))?.as_bytes())?;
            } else {
                apart(&a, &between, &mut screen::out())?;
            }
            return Ok(End::Done);
        }
        let (joins, nearest) = (archive.why(&a)?, archive.nearest(&a)?);
        if self.json {
            let told = Told::new(&a, &joins, nearest.as_ref());
            screen::raw().write_all(json::line(&told)?.as_bytes())?;
            return Ok(End::Done);
        }
        let mut out = screen::out();
        if joins.is_empty() {
            writeln!(out, "{a} has one account; nothing was joined.")?;
        }
        for j in &joins {
            pair("Joined", j, &mut out)?;
        }
        match nearest {
            Some(n) => apart(&a, &n, &mut out)?,
            None => writeln!(out, "No other incident shares a day, a place or a name with it that is not common.")?,
        }
        Ok(End::Done)
    }
}

/// The id of the incident that somebody named.
fn found(archive: &Archive, typed: &str) -> anyhow::Result<String> {
    Ok(archive.incident(&open::incident_id(typed))?.incident.id)
}

fn apart(a: &str, b: &Between, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "Not joined: {a} and {}", b.other)?;
    let why = match b.excluded {
        0 => format!("the mean score of {} pairs across is {:+.1}", b.pairs, b.mean),
        n => format!("{n} of {} pairs across exclude each other; their mean score is {:+.1}", b.pairs, b.mean),
    };
    writeln!(out, "  {why}. The pair that agrees best:")?;
    pair("  Compared", &b.best, out)
}

fn pair(head: &str, c: &Compared, out: &mut dyn Write) -> io::Result<()> {
    let name = |n: usize| format!("{}/{}", &c.pair[n].article[..c.pair[n].article.len().min(8)], c.pair[n].ordinal + 1);
    let apart = if c.excluded { "; the two exclude each other" } else { "" };
    writeln!(out, "{head} {} and {}: {:+.2}, probability {:.3}{apart}", name(0), name(1), c.score, c.probability())?;
    for (k, [x, y]) in &c.comparisons {
        let told = match (x.is_empty(), y.is_empty()) {
            (true, true) => String::new(),
            _ if x == y => plain(x).to_string(),
            _ => format!("{} | {}", plain(x), plain(y)),
        };
        writeln!(out, "    {:+6.2}  {:<8} {:<11} {told}", k.weight, k.field, k.level.name())?;
    }
    Ok(())
}

/// `khabar why INCIDENT --json`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Reasons)]
pub(crate) struct Told<'a> {
    incident: &'a str,
    joins: Vec<Pair<'a>>,
    nearest: Option<Apart<'a>>,
}

impl<'a> Told<'a> {
    pub(crate) fn new(a: &'a str, joins: &'a [Compared], nearest: Option<&'a Between>) -> Told<'a> {
        Told { incident: a, joins: joins.iter().map(Pair::new).collect(), nearest: nearest.map(|n| Apart::new(a, n)) }
    }
}

/// Two incidents that were not joined.
#[derive(Debug, Serialize, ToSchema)]
struct Apart<'a> {
    incident: &'a str,
    other: &'a str,
    mean: f64,
    pairs: usize,
    excluded: usize,
    best: Pair<'a>,
}

impl<'a> Apart<'a> {
    fn new(a: &'a str, b: &'a Between) -> Apart<'a> {
        let best = Pair::new(&b.best);
        Apart { incident: a, other: &b.other, mean: b.mean, pairs: b.pairs, excluded: b.excluded, best }
    }
}

/// Two accounts compared.
#[derive(Debug, Serialize, ToSchema)]
struct Pair<'a> {
    accounts: [(&'a str, u32); 2],
    score: f64,
    probability: f64,
    excluded: bool,
    comparisons: Vec<One<'a>>,
}

/// One comparison.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ComparedField)]
struct One<'a> {
    field: &'a str,
    level: &'static str,
    weight: f64,
    words: &'a [String; 2],
}

impl<'a> Pair<'a> {
    fn new(c: &'a Compared) -> Pair<'a> {
        let one = |(k, words): &'a (incident::Comparison, [String; 2])| One {
            field: &k.field,
            level: k.level.name(),
            weight: k.weight,
            words,
        };
        Pair {
            accounts: [0, 1].map(|n| (c.pair[n].article.as_str(), c.pair[n].ordinal)),
            score: c.score,
            probability: c.probability(),
            excluded: c.excluded,
            comparisons: c.comparisons.iter().map(one).collect(),
        }
    }
}
