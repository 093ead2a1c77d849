//! The command line: which commands there are, and what several of them have in common.

use crate::end::End;
use crate::{
    accounts, actor, completions, decide, demo, disagreement, explain, export, history, import, incidents, read,
    search, serve, show, why,
};
use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand};
use incident::Rules;
use std::path::PathBuf;

/// Reads articles on political violence and keeps a database of incidents, in which every value points at the words it was
/// read from and every disagreement stays visible.
#[derive(Debug, Parser)]
#[command(
    name = "khabar",
    version,
    arg_required_else_help = true,
    after_help = "\
Examples:
  khabar demo                                   see what it does
  khabar read articles/                         read a folder of saved articles into khabar.db
  khabar incidents --country AFG --disputed     list incidents on which accounts disagree
  khabar show i3f2a                             all accounts of one incident, with their words

Exit codes: 0 done, 1 problems found or nothing found, 2 wrong use."
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Read(read::Read),
    Incidents(incidents::Incidents),
    Show(show::Show),
    Why(why::Why),
    Accounts(accounts::Accounts),
    Explain(explain::Explain),
    Actor(actor::ActorArgs),
    Search(search::Search),
    Export(export::Export),
    Disagreement(disagreement::Measures),
    Import(import::Import),
    Merge(decide::Merge),
    Split(decide::Split),
    Correct(decide::Correct),
    Dismiss(decide::Dismiss),
    Restore(decide::Restore),
    Rate(decide::Rate),
    Note(decide::Note),
    Undo(decide::Undo),
    Log(history::Log),
    Decisions(history::Decisions),
    Serve(serve::Serve),
    User(serve::user::User),
    Demo(demo::Demo),
    Completions(completions::Completions),
}

impl Cli {
    pub(crate) fn run(self) -> anyhow::Result<End> {
        match self.command {
            Command::Read(c) => c.run(),
            Command::Incidents(c) => c.run(),
            Command::Show(c) => c.run(),
            Command::Why(c) => c.run(),
            Command::Accounts(c) => c.run(),
            Command::Explain(c) => c.run(),
            Command::Actor(c) => c.run(),
            Command::Search(c) => c.run(),
            Command::Export(c) => c.run(),
            Command::Disagreement(c) => c.run(),
            Command::Import(c) => c.run(),
            Command::Merge(c) => c.run(),
            Command::Split(c) => c.run(),
            Command::Correct(c) => c.run(),
            Command::Dismiss(c) => c.run(),
            Command::Restore(c) => c.run(),
            Command::Rate(c) => c.run(),
            Command::Note(c) => c.run(),
            Command::Undo(c) => c.run(),
            Command::Log(c) => c.run(),
            Command::Decisions(c) => c.run(),
            Command::Serve(c) => c.run(),
            Command::User(c) => c.run(),
            Command::Demo(c) => c.run(),
            Command::Completions(c) => c.run(),
        }
    }
}

/// Which archive to use.
#[derive(Debug, Args)]
pub(crate) struct ArchiveArg {
    /// The archive file
    #[arg(long, value_name = "FILE", env = "KHABAR_ARCHIVE", default_value = "khabar.db")]
    pub(crate) archive: PathBuf,
}

/// Which actors to know.
#[derive(Debug, Args)]
pub(crate) struct ActorsArg {
    /// A file of further actors, in the format of the built-in list
    #[arg(long, value_name = "FILE")]
    pub(crate) actors: Option<PathBuf>,
}

/// By which rules values are chosen from readings.
#[derive(Debug, Args)]
pub(crate) struct RuleArgs {
    /// Choose by another rule: FIELD=RULE, of lowest, best, majority, latest, most-precise
    #[arg(long = "rule", value_name = "FIELD=RULE", value_parser = one_rule)]
    rule: Vec<String>,
    /// Choose numbers of people as a data set does: acled, ucdp or gtd
    #[arg(long, value_name = "PRESET", value_parser = PossibleValuesParser::new(Rules::PRESETS))]
    rules: Option<String>,
}

fn one_rule(s: &str) -> Result<String, String> {
    if !s.contains('=') {
        return Err(format!("`{s}` sets no rule; write it like killed=lowest"));
    }
    s.parse::<Rules>().map(|_| s.to_owned())
}

impl RuleArgs {
    /// The rules; a single one goes before the preset.
    pub(crate) fn rules(&self) -> Rules {
        let all: Vec<&str> = self.rules.iter().chain(&self.rule).map(String::as_str).collect();
        // Each was parsed when it was given.
        all.join(",").parse().unwrap_or_default()
    }
}

/// Which addresses to fetch, and with how many hands to read.
#[derive(Debug, Args)]
pub(crate) struct ReadingArgs {
    /// How many articles to read at the same time [default: one per core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    /// Fetch from loopback and private addresses too
    #[arg(long)]
    pub(crate) allow_private: bool,
}

impl ReadingArgs {
    pub(crate) fn threads(&self) -> usize {
        match self.threads {
            Some(n) => n.into(),
            None => std::thread::available_parallelism().map_or(1, usize::from),
        }
    }
}
