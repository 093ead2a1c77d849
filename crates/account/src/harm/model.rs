//! The weights that choose whom and what an act hit: `models/en/harm.txt`.

use super::{EFFECTS, Kind};
use crate::fill::{Act, Table, key, read};
use article::Problem;
use std::sync::LazyLock;

static TEXT: &str = include_str!("../../../../models/en/harm.txt");

/// The tables of the chooser. Each section of the file is one.
#[derive(Debug, Clone)]
pub struct Model {
    /// Whether people were meant or hit.
    pub people: Table,
    /// Whether a thing was.
    pub things: Table,
    /// What became of them.
    pub effect: Table,
    /// In which act.
    pub share: Table,
    /// From which probability on people are meant, and an effect is told.
    pub bounds: Table,
}

impl Model {
    /// A model without features.
    pub fn empty() -> Model {
        let effects: Vec<&str> = EFFECTS.iter().map(|e| e.name()).collect();
        let acts: Vec<&str> = Act::ALL.iter().map(|a| a.name()).collect();
        Model {
            people: Table::new(&["meant"]),
            things: Table::new(&["meant"]),
            effect: Table::new(&effects),
            share: Table::new(&acts),
            bounds: Table::new(&["from"]),
        }
    }

    /// The model that is built into the program. *Cost*: read at the first call.
    ///
    /// *Panics*: never; a test reads the shipped file.
    pub fn builtin() -> &'static Model {
        static MODEL: LazyLock<Model> = LazyLock::new(|| match Model::parse(TEXT) {
            Ok(model) => model,
            Err(problem) => panic!("{}", problem.detail),
        });
        &MODEL
    }

    /// The sections by name, in the order of the file.
    pub fn sections(&mut self) -> [(&'static str, &mut Table); 5] {
        [
            ("people", &mut self.people),
            ("things", &mut self.things),
            ("effect", &mut self.effect),
            ("share", &mut self.share),
            ("bounds", &mut self.bounds),
        ]
    }

    /// Reads the file. *Errors*: an unknown section, or a line that is no row of it.
    pub fn parse(text: &str) -> Result<Model, Problem> {
        let mut model = Model::empty();
        read("model/harm", "harm.txt", text, &mut model.sections())?;
        Ok(model)
    }

    /// The table that tells whether people or things were meant.
    pub fn meant(&self, kind: Kind) -> &Table {
        match kind {
            Kind::People => &self.people,
            Kind::Thing => &self.things,
        }
    }

    /// The chance from which on people or things are meant.
    pub(super) fn bound(&self, kind: Kind) -> f32 {
        self.from(kind.name())
    }

    /// The chance from which on it is told what became of them.
    pub(super) fn sure(&self, kind: Kind) -> f32 {
        self.from(if kind == Kind::People { "effect on people" } else { "effect on things" })
    }

    fn from(&self, name: &str) -> f32 {
        self.bounds.row(key(&[name])).map_or(0.5, |r| r[0])
    }
}
