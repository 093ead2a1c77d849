//! `khabar merge`, `split`, `correct`, `dismiss`, `restore`, `rate`, `note`, `undo`: what a person decides.

use crate::cli::ArchiveArg;
use crate::end::{End, Misuse};
use crate::screen::{self, plain};
use crate::table::{Tone, tinted};
use crate::{history, json, label, open};
use account::Actors;
use archive::{Act, Archive, Author, Decision, Pointed};
use clap::Args;
use incident::{Rating, Rules};
use std::io::Write;

/// Who decides and why.
#[derive(Debug, Args)]
pub(crate) struct Deciding {
    /// Who decides [default: your login name]
    #[arg(long = "as", value_name = "NAME", env = "KHABAR_USER")]
    who: Option<String>,
    /// Why, for whoever reads the log
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    why: String,
    /// Print the decision as one JSON object, as `khabar log --json` does
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    pub(crate) archive: ArchiveArg,
}

impl Deciding {
    /// Opens the archive, lets `make` say what is decided, keeps it, and prints what came of it.
    pub(crate) fn decide(&self, make: impl FnOnce(&Archive) -> anyhow::Result<Act>) -> anyhow::Result<End> {
        let author = self.author()?;
        let mut archive = open::archive(&self.archive)?;
        let act = make(&archive)?;
        let decision = archive.decide(&author, act)?;
        self.tell(&archive, &decision)
    }

    fn author(&self) -> anyhow::Result<Author> {
        let login = || ["USER", "LOGNAME", "USERNAME"].iter().find_map(|v| std::env::var(v).ok());
        let who = self.who.clone().or_else(login).filter(|w| !w.trim().is_empty());
        let who = who.ok_or_else(|| Misuse("nobody knows who decides; say it with --as NAME".into()))?;
        Ok(Author::now(&who, &self.why))
    }

    /// Prints a decision that was just made, where it shows now, and what it contradicts.
    fn tell(&self, archive: &Archive, decision: &Decision) -> anyhow::Result<End> {
        let log = archive.log()?;
        let Some(entry) = log.iter().find(|e| e.decision.id == decision.id) else { return Ok(End::Done) };
        if self.json {
            let mut out = screen::raw();
            out.write_all(json::line(entry)?.as_bytes())?;
            out.flush()?;
            return Ok(End::Done);
        }
        let mut out = screen::out();
        tinted(&mut out, &decision.id, Tone::Strong)?;
        writeln!(out, " by {}: {}", plain(&decision.who), history::describe(&decision.act, &log))?;
        if !entry.now.is_empty() {
            writeln!(out, "now {}", label::list(&entry.now))?;
        }
        let about = |c: &archive::Conflict| c.decision == decision.id || c.with.as_ref() == Some(&decision.id);
        for c in archive.conflicts(None)?.iter().filter(|c| about(c)) {
            history::conflict(c, &mut out)?;
        }
        Ok(out.flush().map(|()| End::Done)?)
    }
}

/// Say that incidents are one
///
/// All their accounts stay together from then on, whatever linking would say; later accounts join them if they tell the
/// same.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  khabar merge i3f2a9c i81b07d --why \"one funeral, two names for the village\"
  khabar merge i3f2 i81b i99c --as Ada")]
pub(crate) struct Merge {
    /// Ids of two incidents or more, or as much of each as tells it from others
    #[arg(required = true, num_args = 2.., value_name = "INCIDENT")]
    incidents: Vec<String>,
    #[command(flatten)]
    by: Deciding,
}

impl Merge {
    pub(crate) fn run(self) -> anyhow::Result<End> {
        let ids: Vec<&str> = self.incidents.iter().map(String::as_str).collect();
        self.by.decide(|a| Ok(a.merging(&ids)?))
    }
}

/// Take accounts out of an incident
///
/// They are kept apart from each account that stays; linking finds what else they belong to.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  khabar split i3f2a9c 4
  khabar split i3f2a9c 2 5 --why \"another market, the day after\"")]
pub(crate) struct Split {
    /// The incident's id, or as much of it as tells it from others
    incident: String,
    /// Numbers of the accounts to take out, as `khabar show` prints them
    #[arg(required = true, value_name = "ACCOUNT")]
    accounts: Vec<usize>,
    #[command(flatten)]
    by: Deciding,
}

impl Split {
    pub(crate) fn run(self) -> anyhow::Result<End> {
        self.by.decide(|a| Ok(a.splitting(&self.incident, &self.accounts)?))
    }
}

/// Set a field of an incident
///
/// What accounts say stays beside it. Fields are date, place, country, kind, stage, perpetrator and the numbers of people.
/// A perpetrator is an actor's name, with its standing in brackets unless it is stated.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  khabar correct i3f2a9c killed 13
  khabar correct i3f2a9c date 2024-03-04 --why \"the dateline is a misprint\"
  khabar correct i3f2a9c perpetrator \"Red Valley Front (claimed)\"")]
pub(crate) struct Correct {
    /// The incident's id, or as much of it as tells it from others
    incident: String,
    /// Name of the field
    field: String,
    /// The value: a date (2024-03-04, 2024-03), a name, a number of people (13, 30.., ..40, 190..199)
    value: String,
    #[command(flatten)]
    by: Deciding,
    #[command(flatten)]
    actors: crate::cli::ActorsArg,
}

impl Correct {
    pub(crate) fn run(self) -> anyhow::Result<End> {
        if !Rules::fields().any(|f| f == self.field.replace('-', "_")) {
            let fields = Rules::fields().collect::<Vec<_>>().join(", ");
            return Err(Misuse(format!("`{}` is no field; write one of {fields}", self.field)).into());
        }
        let actors = open::actors(&self.actors)?;
        self.by.decide(|a| Ok(correcting(a, &actors, &self.incident, &self.field, &self.value)?))
    }
}

/// The act that sets a field; an actor is kept under its key, as accounts keep it.
pub(crate) fn correcting(
    archive: &Archive,
    actors: &Actors,
    incident: &str,
    field: &str,
    value: &str,
) -> Result<Act, archive::Error> {
    if field != "perpetrator" {
        return archive.correcting(incident, field, value);
    }
    let (name, standing) = match value.rsplit_once(" (") {
        Some((name, rest)) => (name, format!(" ({rest}")),
        None => (value, String::new()),
    };
    let value = archive.actor_key(actors, &archive.names()?, name) + &standing;
    archive.correcting(incident, field, &value)
}

/// Say that an incident, or one account, tells nothing that happened
///
/// It shows no more and links no more, until it is restored.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  khabar dismiss i3f2a9c --why \"a drill\"
  khabar dismiss i3f2a9c/2")]
pub(crate) struct Dismiss {
    /// An incident, or one of its accounts: INCIDENT/NUMBER
    #[arg(value_name = "INCIDENT|ACCOUNT")]
    what: Pointed,
    #[command(flatten)]
    by: Deciding,
}

impl Dismiss {
    pub(crate) fn run(self) -> anyhow::Result<End> {
        self.by.decide(|a| Ok(a.dismissing(&self.what)?))
    }
}

/// Bring back what was dismissed
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  khabar restore i3f2a9c
  khabar restore 8d0f3c2a77b1e946/1")]
pub(crate) struct Restore {
    /// The incident as it was called when it was dismissed, one of its accounts, or the account of an article:
    /// ARTICLE/NUMBER
    #[arg(value_name = "INCIDENT|ACCOUNT")]
    what: Pointed,
    #[command(flatten)]
    by: Deciding,
}

impl Restore {
    pub(crate) fn run(self) -> anyhow::Result<End> {
        self.by.decide(|a| Ok(a.restoring(&self.what)?))
    }
}

/// Rate an outlet on the Admiralty scale
///
/// A completely reliable, B usually, C fairly, D not usually, E unreliable, F cannot be judged. Ratings decide ties; what
/// only outlets rated E or F say is counted, but not chosen while others say something.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  khabar rate \"Hill Courier\" B
  khabar rate \"The Daily Blare\" E --why \"prints what it is sent\"")]
pub(crate) struct Rate {
    /// The outlet's name, as `khabar show` prints it
    outlet: String,
    /// A, B, C, D, E or F
    #[arg(value_parser = rating)]
    rating: Rating,
    #[command(flatten)]
    by: Deciding,
}

fn rating(s: &str) -> Result<Rating, String> {
    Rating::named(s).ok_or_else(|| format!("`{s}` is no rating; write A, B, C, D, E or F"))
}

impl Rate {
    pub(crate) fn run(self) -> anyhow::Result<End> {
        self.by.decide(|_| Ok(Act::Rate { outlet: self.outlet, rating: self.rating }))
    }
}

/// Put words to an incident
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  khabar note i3f2a9c \"asked the hospital, no answer yet\"")]
pub(crate) struct Note {
    /// The incident's id, or as much of it as tells it from others
    incident: String,
    /// The words
    text: String,
    #[command(flatten)]
    by: Deciding,
}

impl Note {
    pub(crate) fn run(self) -> anyhow::Result<End> {
        self.by.decide(|a| Ok(a.noting(&self.incident, &self.text)?))
    }
}

/// Take a decision back
///
/// Incidents are as if it had never been made; the log keeps both. A decision to undo can be undone.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  khabar undo
  khabar undo d81b07d --why \"hasty\"")]
pub(crate) struct Undo {
    /// The decision's id, or as much of it as tells it from others [default: your last one that holds]
    #[arg(value_name = "DECISION")]
    decision: Option<String>,
    #[command(flatten)]
    by: Deciding,
}

impl Undo {
    pub(crate) fn run(self) -> anyhow::Result<End> {
        let author = self.by.author()?;
        let mut archive = open::archive(&self.by.archive)?;
        let decision = archive.undo(&author, self.decision.as_deref())?;
        self.by.tell(&archive, &decision)
    }
}
