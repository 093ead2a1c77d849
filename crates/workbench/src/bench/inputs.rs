//! What is read in a measurement, all of it in memory before the clock starts.

use crate::muc4;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// One file or page.
pub(crate) struct Input {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// The folder that was asked for, else `default` in the data folder.
pub(crate) fn folder(asked: Option<&PathBuf>, default: &str) -> Result<PathBuf> {
    let data = || std::env::var_os("KHABAR_DATA").map_or_else(|| "../shared/data".into(), PathBuf::from);
    let folder = asked.cloned().unwrap_or_else(|| data().join(default));
    ensure!(folder.is_dir(), "{} is not there; KHABAR_DATA names the data folder", folder.display());
    Ok(folder)
}

/// Raw files of MUC messages, of which each holds about a hundred: those asked for, else those of the data folder.
pub(crate) fn messages(asked: &[PathBuf]) -> Result<Vec<String>> {
    let paths = if asked.is_empty() { vec![folder(None, "muc4/texts")?] } else { asked.to_vec() };
    muc4::files(&paths)?.iter().map(|f| muc4::load(f)).collect()
}

/// The pages of a folder, unpacked.
pub(crate) fn pages(folder: &Path) -> Result<Vec<Input>> {
    let mut out = Vec::new();
    for file in files(folder)? {
        let mut bytes = fs::read(&file)?;
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if let Some(bare) = name.strip_suffix(".gz") {
            let mut unpacked = Vec::new();
            flate2::read::GzDecoder::new(bytes.as_slice())
                .read_to_end(&mut unpacked)
                .with_context(|| format!("{}: not gzip", file.display()))?;
            bytes = unpacked;
            out.push(Input { name: bare.to_owned(), bytes });
        } else {
            out.push(Input { name, bytes });
        }
    }
    ensure!(!out.is_empty(), "{}: no pages", folder.display());
    Ok(out)
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("{}: cannot be listed", folder.display()))? {
        let path = entry?.path();
        if path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
