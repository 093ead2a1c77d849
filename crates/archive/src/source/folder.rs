//! Walks folders in sorted order, each folder once, however links lead back into it.

use article::Problem;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

/// Endings of the files that a folder is searched for; a file named by the user is read whatever its ending.
const ENDINGS: [&str; 9] = ["txt", "text", "md", "html", "htm", "xhtml", "json", "jsonl", "ndjson"];

/// Folders still to be walked, as stacks of entries in reverse order.
#[derive(Debug, Default)]
pub(super) struct Walk {
    stack: Vec<PathBuf>,
    /// Real paths of the folders entered.
    entered: BTreeSet<PathBuf>,
    /// A folder that was asked for and is not yet entered.
    asked: Option<PathBuf>,
}

impl Walk {
    /// Walks `folder` next.
    pub(super) fn enter(&mut self, folder: PathBuf) {
        self.asked = Some(folder);
    }

    /// The next file, or what could not be entered.
    pub(super) fn next(&mut self) -> Option<Result<PathBuf, (PathBuf, Problem)>> {
        if let Some(folder) = self.asked.take()
            && let Err(p) = self.open(&folder)
        {
            return Some(Err((folder, p)));
        }
        while let Some(path) = self.stack.pop() {
            // Links are followed: `metadata` gives what a link leads to.
            let metadata = match std::fs::metadata(&path) {
                Ok(m) => m,
                Err(e) if is_article(&path) || path.extension().is_none() => return Some(Err((path, failed(&e)))),
                Err(_) => continue,
            };
            if metadata.is_dir() {
                if let Err(p) = self.open(&path) {
                    return Some(Err((path, p)));
                }
            } else if is_article(&path) || (path.extension().is_none() && metadata.is_file()) {
                return Some(Ok(path));
            } else if !metadata.is_file() {
                let p =
                    Problem::new("source/special", "This is a device, pipe or socket, not a file. It was passed over.");
                return Some(Err((path, p)));
            }
        }
        None
    }

    fn open(&mut self, folder: &Path) -> Result<(), Problem> {
        let real = std::fs::canonicalize(folder).map_err(|e| failed(&e))?;
        if !self.entered.insert(real) {
            return Err(Problem::new(
                "source/loop",
                "This folder was read before: a link leads back to it, or it was named twice. Nothing is missing.",
            ));
        }
        let mut entries = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(|e| failed(&e))? {
            let path = entry.map_err(|e| failed(&e))?.path();
            if !is_hidden(&path) {
                entries.push(path);
            }
        }
        entries.sort_by(|a, b| b.cmp(a));
        self.stack.append(&mut entries);
        Ok(())
    }
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|n| n.as_encoded_bytes().starts_with(b"."))
}

fn is_article(path: &Path) -> bool {
    let ending = |p: &Path| p.extension().and_then(OsStr::to_str).map(str::to_ascii_lowercase).unwrap_or_default();
    let last = ending(path);
    let last = if last == "gz" { ending(Path::new(path.file_stem().unwrap_or_default())) } else { last };
    ENDINGS.contains(&last.as_str())
}

/// What the system said, in the user's terms.
pub(super) fn failed(e: &io::Error) -> Problem {
    match e.kind() {
        io::ErrorKind::NotFound => {
            Problem::new("source/missing", "There is no such file or folder, or a link leads nowhere. Check the name.")
        }
        io::ErrorKind::PermissionDenied => {
            Problem::new("source/denied", "You may not read this. Change its rights or run as somebody who may.")
        }
        // The kind `FilesystemLoop` exists but has no stable name yet.
        kind if format!("{kind:?}") == "FilesystemLoop" => {
            Problem::new("source/loop", "Links lead in a circle here. Remove one of them.")
        }
        _ => Problem::new("source/io", format!("The system could not read it: {e}. Try again, and check the disk.")),
    }
}
