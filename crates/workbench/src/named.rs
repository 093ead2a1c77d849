//! Corpora in which names are marked, whatever their format.

pub(crate) mod gum;
mod iob;
mod re3d;

use anyhow::{Context, Result, ensure};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// One sentence and what is marked in it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sentence {
    pub(crate) words: Vec<String>,
    /// Nothing stands between this word and the one before it.
    pub(crate) glued: Vec<bool>,
    /// The marked runs of words, apart from each other, each with the name of its kind.
    pub(crate) spans: Vec<(Range<usize>, String)>,
    /// Whether a mark ends where no word of ours does: it can be learnt roughly, and never found.
    pub(crate) missed: Vec<String>,
}

/// One document.
#[derive(Debug, Clone, Default)]
pub(crate) struct Document {
    pub(crate) sentences: Vec<Sentence>,
    /// Chosen, by a rule that needs no list, to be scored and never trained on.
    pub(crate) held_out: bool,
}

/// In what way a corpus marks names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// CoNLL columns with IOB2 marks, as Universal NER has them.
    Iob,
    /// The three JSON files of re3d.
    Re3d,
}

/// The documents at `path`: an IOB2 file, a folder with the JSON files of re3d, or a folder of either.
pub(crate) fn read(path: &Path) -> Result<Vec<(Format, Vec<Document>)>> {
    if path.is_file() {
        return Ok(vec![(Format::Iob, iob::read(path)?)]);
    }
    if path.join("entities.json").is_file() {
        return Ok(vec![(Format::Re3d, re3d::read(path)?)]);
    }
    let listed = std::fs::read_dir(path).with_context(|| format!("{}: cannot be listed", path.display()))?;
    let mut inner: Vec<PathBuf> = listed.map(|e| e.map(|e| e.path())).collect::<std::io::Result<_>>()?;
    inner.sort();
    let mut out = Vec::new();
    for path in inner {
        let marked = path.extension().is_some_and(|e| e == "iob2" || e == "conll");
        if marked || path.join("entities.json").is_file() {
            out.extend(read(&path)?);
        }
    }
    ensure!(!out.is_empty(), "{}: no .iob2 or .conll file and no re3d folder", path.display());
    Ok(out)
}
