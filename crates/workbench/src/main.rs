//! For developers: compile, score, bench, tidy. Never shipped.

mod score;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "workbench", about = "For developers: compile, score, bench, tidy")]
struct Command {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Scores one stage against known truth.
    #[command(subcommand)]
    Score(score::Score),
}

fn main() -> anyhow::Result<()> {
    match Command::parse().task {
        Task::Score(s) => score::run(s),
    }
}
