//! Training of what ships under `models/`: never part of the program that reads articles.

mod arcs;
mod chain;
mod fill;
mod grammar;
mod harm;
mod lemmas;
pub(crate) mod linking;
mod logistic;
mod matrix;
mod names;
mod network;
mod optimise;
mod standing;
mod write;

use clap::Subcommand;

/// What to train.
#[derive(Subcommand)]
pub(crate) enum Task {
    /// Tagger, parser, sentence ends and lemmas, from treebanks
    Grammar(grammar::Arguments),
    /// What finds names, from corpora with names and from word lists
    Names(names::Arguments),
    /// What chooses who and what fills the roles, from texts with templates
    Fill(fill::Arguments),
    /// What chooses whom and what an act hit, from texts with templates
    Harm(harm::Arguments),
    /// What each comparison of two accounts is worth, from a corpus folder
    Linking(linking::Arguments),
    /// What chooses the standing of an actor, from articles and messages with their truth
    Standing(standing::Arguments),
}

/// Trains and writes.
pub(crate) fn run(task: &Task) -> anyhow::Result<()> {
    match task {
        Task::Grammar(a) => grammar::run(a),
        Task::Names(a) => names::run(a),
        Task::Fill(a) => fill::run(a),
        Task::Harm(a) => harm::run(a),
        Task::Linking(a) => linking::run(a),
        Task::Standing(a) => standing::run(a),
    }
}
