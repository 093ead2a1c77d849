//! Scores of the stages against texts with known answers.

mod geo;

use clap::Subcommand;

/// What to score.
#[derive(Subcommand)]
pub(crate) enum Task {
    /// Places: the choice among namesakes for names at known spans, and the finding of them
    Geo(geo::Arguments),
}

/// Runs one score and prints it.
pub(crate) fn run(task: &Task) -> anyhow::Result<()> {
    match task {
        Task::Geo(a) => geo::run(a),
    }
}
