//! Khabar: articles in, a database of incidents out, every value beside the words it was read from.

mod cli;
mod dossier;
mod end;
mod inputs;
mod open;

mod harmed;
mod json;
mod label;
mod quote;
mod screen;
mod table;
mod values;

mod accounts;
mod actor;
mod chain;
mod claims;
mod completions;
mod decide;
mod demo;
mod disagreement;
mod explain;
mod export;
mod history;
mod import;
mod incidents;
mod read;
mod search;
mod serve;
mod show;
mod why;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    end::exit(cli::Cli::parse().run())
}
