//! From what was named on the command line to things that give bytes.

use archive::Input;
use archive::source::{self, Options, Origin};
use article::Problem;
use std::ffi::OsString;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// An origin and what is allowed when reading it.
struct FromOrigin(Origin, Options);

impl Input for FromOrigin {
    fn name(&self) -> &str {
        &self.0.name
    }

    fn offset(&self) -> u64 {
        self.0.offset()
    }

    fn bytes(&self) -> Result<Vec<u8>, Problem> {
        self.0.read(&self.1)
    }
}

/// The files under the given files and folders, the addresses, and standard input for `-`; those found until `stop` is set.
pub(crate) fn list(named: &[OsString], allow_private: bool, stop: &AtomicBool) -> Vec<Box<dyn Input>> {
    let options = || Options { allow_private, ..Options::default() };
    let input = |o| Box::new(FromOrigin(o, options())) as Box<dyn Input>;
    source::list(named, &options()).take_while(|_| !stop.load(Ordering::Relaxed)).map(input).collect()
}

/// The files under `folder`, under their names in it: those beside each other in the folder itself whatever their ending, in
/// folders inside it those whose ending is that of an article.
pub(crate) fn within(folder: &Path, stop: &AtomicBool) -> std::io::Result<Vec<Box<dyn Input>>> {
    let mut named = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        named.push(entry?.path().into_os_string());
    }
    named.sort();
    let prefix = format!("{}/", folder.to_string_lossy());
    let mut inputs: Vec<Box<dyn Input>> = Vec::new();
    for mut origin in source::list(named, &Options::default()).take_while(|_| !stop.load(Ordering::Relaxed)) {
        if let Some(inside) = origin.name.strip_prefix(&prefix) {
            origin.name = inside.to_owned();
        }
        inputs.push(Box::new(FromOrigin(origin, Options::default())));
    }
    Ok(inputs)
}

/// The stem under which an input's articles are reported.
pub(crate) fn stem(name: &str) -> String {
    let mut stem = std::path::Path::new(name).file_name().map_or_else(|| name.into(), |n| n.to_string_lossy());
    for tail in [".gz", ".txt", ".html", ".htm", ".jsonl", ".json"] {
        if let Some(s) = stem.strip_suffix(tail).filter(|s| !s.is_empty()) {
            stem = s.to_owned().into();
        }
    }
    stem.into_owned()
}

#[cfg(test)]
mod tests {
    #[test]
    fn stems_are_file_names_without_their_kind() {
        for (name, stem) in
            [("a/b/d1-003-b.txt", "d1-003-b"), ("x.html.gz", "x"), ("v1.2.txt", "v1.2"), (".txt", ".txt"), ("-", "-")]
        {
            assert_eq!(super::stem(name), stem);
        }
    }
}
