//! Scores of the stages against texts with known answers.

mod align;
mod articles;
mod coref;
pub(crate) mod corpus;
mod ewt;
mod geo;
mod linking;
mod maverick;
pub(crate) mod muc4;
mod ner;
mod polnear;
mod timex;

use clap::Subcommand;

/// What to score.
#[derive(Subcommand)]
pub(crate) enum Task {
    /// Article extraction from pages, against the wanted text
    Articles(articles::Args),
    /// Accounts and incidents, on articles that tell the same incidents
    Corpus(corpus::Arguments),
    /// Mentions of one thing joined within a document, on GUM files
    Coref(coref::Arguments),
    /// Tags, lemmas and trees, on a treebank's words or from its text
    Ewt(ewt::Arguments),
    /// Places: the choice among namesakes for names at known spans, and the finding of them
    Geo(geo::Arguments),
    /// Names of persons, organisations, places and things, on Universal NER files or re3d folders
    Ner(ner::Arguments),
    /// Link the true accounts of a corpus folder and compare with the true incidents
    Linking(linking::Arguments),
    /// Link event reports that people coded, and compare with their events
    Maverick(maverick::Arguments),
    /// Templates: type, roles and slots, on raw texts and keys of MUC-4
    Muc4(muc4::Arguments),
    /// Statements: source, cue and content, on PolNeAR or what is written like it
    Polnear(polnear::Arguments),
    /// Times: spans, types and values, on texts in TimeML
    Timex(timex::Arguments),
}

/// Runs one score and prints it.
pub(crate) fn run(task: &Task) -> anyhow::Result<()> {
    match task {
        Task::Articles(a) => articles::run(a),
        Task::Corpus(a) => corpus::run(a),
        Task::Coref(a) => coref::run(a),
        Task::Ewt(a) => ewt::run(a),
        Task::Geo(a) => geo::run(a),
        Task::Linking(a) => linking::run(a),
        Task::Maverick(a) => maverick::run(a),
        Task::Muc4(a) => muc4::run(a),
        Task::Polnear(a) => polnear::run(a),
        Task::Timex(a) => timex::run(a),
        Task::Ner(a) => ner::run(a),
    }
}
