//! A model in memory.

use super::layout::{Broken, MAGIC, Source, VERSION};
use super::lemma::Lemmas;
use super::net::Net;
use super::product::{Linear, WIDEST};
use super::{Upos, features};
use std::sync::LazyLock;

static BUILTIN: &[u8] = include_bytes!("../../../../models/en/grammar.bin");

/// Why a model was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The first bytes are not those of a grammar.
    #[error("this is no grammar file")]
    Magic,
    /// It was written in another layout.
    #[error("the grammar has layout {0}, this program reads layout {VERSION}")]
    Version(u32),
    /// It was trained on other features.
    #[error("the grammar was trained on features {0}, this program has others")]
    Features(u32),
    /// It ends too early, or its parts do not fit each other.
    #[error("the grammar file is damaged")]
    Damaged,
}

/// Tagger, parser and lemmas of one language. Share it, and give each thread a [`Worker`](super::Worker).
#[derive(Debug)]
pub struct Grammar {
    pub(super) labels: Vec<String>,
    /// The label of the word that depends on none.
    pub(super) root_label: usize,
    /// The label that joins parts of a sentence too long to be parsed at once.
    pub(super) joint_label: usize,
    pub(super) arc_size: usize,
    pub(super) label_size: usize,
    table: Table,
    pub(super) tagger: Net,
    pub(super) parser: Net,
    pub(super) arcs: Linear,
    pub(super) root_arc: Vec<f32>,
    /// *Shape*: [kinds of distances][arc size].
    pub(super) distances: Vec<f32>,
    pub(super) arc_labels: Linear,
    pub(super) root_dependents: Vec<f32>,
    lemmas: Lemmas,
}

impl Grammar {
    /// The model that ships with the program. *Cost*: some milliseconds at the first call.
    ///
    /// *Panics*: never; a test opens the shipped file.
    pub fn builtin() -> &'static Grammar {
        static MODEL: LazyLock<Grammar> =
            LazyLock::new(|| Grammar::from_bytes(BUILTIN).expect("the shipped grammar was tested"));
        &MODEL
    }

    /// Reads a model. *Errors*: another layout or other features than this program's, and anything that does not fit.
    pub fn from_bytes(bytes: &[u8]) -> Result<Grammar, Refused> {
        let rest = bytes.strip_prefix(&MAGIC).ok_or(Refused::Magic)?;
        let mut source = Source(rest);
        let version = source.number().map_err(|_| Refused::Damaged)?;
        if version != VERSION {
            return Err(Refused::Version(version));
        }
        let version = source.number().map_err(|_| Refused::Damaged)?;
        if version != features::VERSION {
            return Err(Refused::Features(version));
        }
        read(&mut source).map_err(|_| Refused::Damaged)
    }

    /// The dictionary form of `form` as a word of this tag.
    pub fn lemma(&self, form: &str, tag: Upos) -> String {
        self.lemmas.of(form, tag)
    }

    /// Appends the rows of a word's features.
    pub(super) fn rows(&self, word: &str, glued: bool, keys: &mut Vec<u32>, rows: &mut Vec<u32>) {
        keys.clear();
        features::keys(word, glued, keys);
        // Row 0 is that of unknown forms; other features have none when they are unknown.
        rows.push(self.table.get(keys[0]).unwrap_or(0));
        rows.extend(keys[1..].iter().filter_map(|k| self.table.get(*k)));
    }
}

fn read(source: &mut Source<'_>) -> Result<Grammar, Broken> {
    let count = source.number()?;
    let mut labels = Vec::new();
    for _ in 0..count {
        labels.push(source.text()?.to_owned());
    }
    let root_label = labels.iter().position(|l| l == "root").ok_or(Broken)?;
    let joint_label = labels.iter().position(|l| l == "parataxis").ok_or(Broken)?;
    let (arc_size, label_size) = (source.number()? as usize, source.number()? as usize);
    if arc_size > WIDEST || label_size > WIDEST || labels.len() < 3 {
        return Err(Broken);
    }
    let rows = source.number()? as usize;
    let table = Table::new(&source.numbers(rows)?)?;
    let tagger = Net::read(source, rows, Upos::ALL.len() + 1)?;
    let parser = Net::read(source, rows, 2 * arc_size + 2 * label_size + Upos::ALL.len() + 1)?;
    let arcs = Linear::read(source, arc_size, arc_size)?;
    let root_arc = source.floats(arc_size)?;
    let distances = source.floats(features::DISTANCES * arc_size)?;
    let arc_labels = Linear::read(source, label_size, labels.len())?;
    let root_dependents = source.floats(label_size)?;
    let lemmas = Lemmas::read(source)?;
    if !source.0.is_empty() {
        return Err(Broken);
    }
    Ok(Grammar {
        labels,
        root_label,
        joint_label,
        arc_size,
        label_size,
        table,
        tagger,
        parser,
        arcs,
        root_arc,
        distances,
        arc_labels,
        root_dependents,
        lemmas,
    })
}

/// Keys to rows: open addressing, at most half full, so that a look-up touches one line of memory.
#[derive(Debug)]
pub(crate) struct Table {
    mask: usize,
    slots: Vec<(u32, u32)>,
}

/// No key hashes to this: it marks a free slot.
const FREE: u32 = u32::MAX;

impl Table {
    pub(crate) fn new(keys: &[u32]) -> Result<Table, Broken> {
        if keys.first() != Some(&features::UNKNOWN) || !keys.is_sorted() || keys.last() == Some(&FREE) {
            return Err(Broken);
        }
        let size = (2 * keys.len()).next_power_of_two();
        let mut table = Table { mask: size - 1, slots: vec![(FREE, 0); size] };
        for (row, key) in keys.iter().enumerate() {
            let mut at = *key as usize & table.mask;
            while table.slots[at].0 != FREE {
                at = (at + 1) & table.mask;
            }
            table.slots[at] = (*key, row as u32);
        }
        Ok(table)
    }

    pub(crate) fn get(&self, key: u32) -> Option<u32> {
        let mut at = key as usize & self.mask;
        loop {
            let (k, row) = self.slots[at];
            if k == key {
                return (k != FREE).then_some(row);
            }
            if k == FREE {
                return None;
            }
            at = (at + 1) & self.mask;
        }
    }
}
