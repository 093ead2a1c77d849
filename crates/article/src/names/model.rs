//! A model in memory: magic, versions, keys of features, the network, the lists.

use super::features;
use super::lists::{LISTS, Lists};
use super::scheme::OUTPUTS;
use crate::grammar::features as letters;
use crate::grammar::layout::{Broken, Source};
use crate::grammar::model::Table;
use crate::grammar::net::Net;
use std::sync::LazyLock;

static BUILTIN: &[u8] = include_bytes!("../../../../models/en/names.bin");

/// The first bytes of a file of names.
pub const MAGIC: [u8; 8] = *b"KHNAMES\n";

/// The version of the layout; another is refused.
const VERSION: u32 = 1;

/// Why a model was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The first bytes are not those of a model of names.
    #[error("this is no model of names")]
    Magic,
    /// It was written in another layout, or trained on other features, lists or kinds.
    #[error("the model of names is of another version than this program")]
    Version,
    /// It ends too early, or its parts do not fit each other.
    #[error("the model of names is damaged")]
    Damaged,
}

/// What finds names of one language. Share it, and give each thread a [`Finder`](super::Finder).
#[derive(Debug)]
pub struct Model {
    pub(super) table: Table,
    pub(super) net: Net,
    pub(super) lists: Lists,
}

/// The numbers that must be those of this program: layout, features of letters and of lists, lists, outputs.
pub fn versions() -> [u32; 5] {
    [VERSION, letters::VERSION, features::VERSION, LISTS.len() as u32, OUTPUTS as u32]
}

impl Model {
    /// The model that ships with the program. *Cost*: some milliseconds at the first call.
    ///
    /// *Panics*: never; a test opens the shipped file.
    pub fn builtin() -> &'static Model {
        static MODEL: LazyLock<Model> =
            LazyLock::new(|| Model::from_bytes(BUILTIN).expect("the shipped model of names was tested"));
        &MODEL
    }

    /// Reads a model. *Errors*: another version than this program's, and anything that does not fit.
    pub fn from_bytes(bytes: &[u8]) -> Result<Model, Refused> {
        let mut source = Source(bytes.strip_prefix(&MAGIC).ok_or(Refused::Magic)?);
        let found = source.numbers(versions().len()).map_err(|_| Refused::Damaged)?;
        if found != versions() {
            return Err(Refused::Version);
        }
        read(&mut source).map_err(|_| Refused::Damaged)
    }
}

fn read(source: &mut Source<'_>) -> Result<Model, Broken> {
    let rows = source.number()? as usize;
    let table = Table::new(&source.numbers(rows)?)?;
    let net = Net::read(source, rows, OUTPUTS)?;
    let lists = Lists::read(source)?;
    if source.0.is_empty() { Ok(Model { table, net, lists }) } else { Err(Broken) }
}
