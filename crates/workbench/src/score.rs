//! Scores: one task per stage, each against public data with known truth.

mod articles;

use clap::Subcommand;

/// What to score.
#[derive(Subcommand)]
pub(crate) enum Score {
    /// Article extraction from pages, against the wanted text of `data/articles`.
    Articles(articles::Args),
}

/// Runs one scoring task.
pub(crate) fn run(score: Score) -> anyhow::Result<()> {
    match score {
        Score::Articles(args) => articles::run(&args),
    }
}
