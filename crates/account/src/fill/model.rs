//! The weights that choose what fills the roles: `models/en/fill.txt`.

use super::table::{Table, read};
use super::{Act, Role};
use article::Problem;
use std::sync::LazyLock;

static TEXT: &str = include_str!("../../../../models/en/fill.txt");

/// All tables of the chooser. Each section of the file is one.
#[derive(Debug, Clone)]
pub struct Model {
    /// Words of an article: which acts it tells of.
    pub article: Table,
    /// Words of the whole article: the same, and whether it tells of a second one of each act.
    pub page: Table,
    /// Words of a sentence: whether it tells what was hit, who did it, either, and of which act.
    pub sentence: Table,
    /// A noun where it stands: which role it fills.
    pub mention: Table,
    /// What article and sentences score together: which acts the article tells of, any, and a second one of each.
    pub acts: Table,
    /// What is measured of a thing: mean and spread.
    pub scale: Table,
    /// All mentions of one thing: which role it fills.
    pub thing: Table,
    /// The words of all mentions of one thing: the same, seen at once.
    pub whole: Table,
    /// How much of a noun phrase names the thing, by role.
    pub variant: Table,
    /// To which act something belongs that fills a role.
    pub share: Table,
    /// From which probability on a role is filled, and an act told.
    pub bounds: Table,
}

/// Names of the outcomes of a sentence.
pub(crate) const SENTENCE: [&str; 3] = ["hit", "doer", "either"];

impl Model {
    /// A model without features.
    pub fn empty() -> Model {
        let roles: Vec<&str> = Role::ALL.iter().map(|r| r.name()).collect();
        let acts: Vec<&str> = Act::ALL.iter().map(|a| a.name()).collect();
        let seconds: Vec<String> = acts.iter().map(|a| format!("second {a}")).collect();
        let seconds: Vec<&str> = seconds.iter().map(String::as_str).collect();
        let with = |first: &[&'static str], then: &[&'static str]| [first, then].concat();
        Model {
            article: Table::new(&with(&acts, &["any"])),
            page: Table::new(&[&acts[..], &["any"], &seconds[..]].concat()),
            sentence: Table::new(&with(&SENTENCE, &acts)),
            mention: Table::new(&roles),
            acts: Table::new(&[&acts[..], &["any"], &seconds[..]].concat()),
            scale: Table::new(&["mean", "spread"]),
            thing: Table::new(&roles),
            whole: Table::new(&roles),
            variant: Table::new(&roles),
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
    pub fn sections(&mut self) -> [(&'static str, &mut Table); 11] {
        [
            ("article", &mut self.article),
            ("page", &mut self.page),
            ("sentence", &mut self.sentence),
            ("mention", &mut self.mention),
            ("acts", &mut self.acts),
            ("scale", &mut self.scale),
            ("thing", &mut self.thing),
            ("whole", &mut self.whole),
            ("variant", &mut self.variant),
            ("share", &mut self.share),
            ("bounds", &mut self.bounds),
        ]
    }

    /// Reads the file. *Errors*: an unknown section, or a line that is no row of it.
    pub fn parse(text: &str) -> Result<Model, Problem> {
        let mut model = Model::empty();
        read("model/fill", "fill.txt", text, &mut model.sections())?;
        Ok(model)
    }
}
