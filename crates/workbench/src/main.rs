//! For developers: what is compiled, scored and measured with the project, and never shipped.

mod bench;
mod classes;
mod conllu;
mod gazetteer;
mod invent;
mod linking;
mod muc4;
mod named;
mod reading;
mod score;
mod train;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(version, about = "Developers' bench of Khabar: compile, score, measure")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Compile the classes of nouns from WordNet and their recipe
    Classes(classes::Arguments),
    /// Compile the gazetteer from its sources
    Gazetteer(gazetteer::Arguments),
    /// Answer raw texts of MUC-4 in the shape that its scorer reads
    Muc4(muc4::Arguments),
    /// Score a stage against texts with known answers
    #[command(subcommand)]
    Score(score::Task),
    /// Measure speed, memory and the share of each stage, on one thread
    Bench(bench::Arguments),
    /// Make an archive of invented accounts
    Invent(invent::Arguments),
    /// Train the models that ship under models/
    #[command(subcommand)]
    Train(train::Task),
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().task {
        Task::Classes(a) => classes::run(&a),
        Task::Gazetteer(a) => gazetteer::run(&a),
        Task::Muc4(a) => muc4::run(&a),
        Task::Score(t) => score::run(&t),
        Task::Bench(a) => bench::run(&a),
        Task::Invent(a) => invent::run(&a),
        Task::Train(t) => train::run(&t),
    }
}
