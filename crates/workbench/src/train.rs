//! Training of what ships under `models/`: never part of the program that reads articles.

mod arcs;
mod grammar;
mod lemmas;
mod matrix;
mod network;
mod optimise;
mod write;

use clap::Subcommand;

/// What to train.
#[derive(Subcommand)]
pub(crate) enum Task {
    /// Tagger, parser, sentence ends and lemmas, from treebanks
    Grammar(grammar::Arguments),
}

/// Trains and writes.
pub(crate) fn run(task: &Task) -> anyhow::Result<()> {
    match task {
        Task::Grammar(a) => grammar::run(a),
    }
}
