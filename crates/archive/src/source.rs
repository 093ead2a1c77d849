//! Where articles come from: files, folders, standard input, addresses.
//!
//! Two steps, so that many threads can share the second: [`list`] walks what was asked for and names each [`Origin`]
//! without reading it; [`Origin::read`] reads one. What cannot be read is an origin whose reading gives the problem, so
//! that nothing is lost silently and nothing stops the rest. The order is that of the inputs, and sorted inside folders.

mod address;
mod fetch;
mod folder;
mod lines;

use article::Problem;
use std::collections::VecDeque;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::Read;
use std::path::PathBuf;
use std::time::Duration;

/// What is allowed when reading sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Largest file, and largest part of a file of records, in bytes.
    pub max_file: u64,
    /// Largest file of records (`.jsonl`, `.ndjson`), which is read in parts.
    pub max_records: u64,
    /// Largest answer of a server, in bytes after unpacking.
    pub max_body: u64,
    /// Time to connect.
    pub connect: Duration,
    /// Time for one address, redirects included.
    pub total: Duration,
    /// Most redirects followed.
    pub max_redirects: u32,
    /// Whether addresses of this machine and of private networks may be fetched.
    pub allow_private: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            max_file: 64 << 20,
            max_records: 1 << 30,
            max_body: 32 << 20,
            connect: Duration::from_secs(10),
            total: Duration::from_secs(30),
            max_redirects: 5,
            allow_private: false,
        }
    }
}

/// One file, part of a file, address or stream that is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The path, address or `-`, for people; bytes that are no UTF-8 are shown as U+FFFD.
    pub name: String,
    place: Place,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    File(PathBuf),
    /// Bytes `from..to` of a file of records.
    Part(PathBuf, u64, u64),
    Stdin,
    Address,
    Unreadable(Problem),
}

/// Names what there is to read. Folders are walked as the iterator goes: listing costs the memory of one folder a level.
pub fn list<I, S>(inputs: I, options: &Options) -> List
where
    I: IntoIterator<Item = S>,
    S: AsRef<OsStr>,
{
    let inputs = inputs.into_iter().map(|s| s.as_ref().to_owned()).collect();
    List { inputs, folders: folder::Walk::default(), ready: VecDeque::new(), options: options.clone() }
}

/// The iterator that [`list`] gives.
#[derive(Debug)]
pub struct List {
    inputs: VecDeque<OsString>,
    folders: folder::Walk,
    ready: VecDeque<Origin>,
    options: Options,
}

impl Iterator for List {
    type Item = Origin;

    fn next(&mut self) -> Option<Origin> {
        loop {
            if let Some(o) = self.ready.pop_front() {
                return Some(o);
            }
            match self.folders.next() {
                Some(Ok(path)) => self.file(path),
                Some(Err((path, problem))) => self.ready.push_back(unreadable(&path, problem)),
                None => self.input()?,
            }
        }
    }
}

impl List {
    /// Takes up the next of the inputs; `None` when there is none.
    fn input(&mut self) -> Option<()> {
        let input = self.inputs.pop_front()?;
        let name = input.to_string_lossy();
        if name == "-" {
            self.ready.push_back(Origin { name: "-".to_owned(), place: Place::Stdin });
        } else if ["http://", "https://"].iter().any(|s| name.get(..s.len()).is_some_and(|h| h.eq_ignore_ascii_case(s)))
        {
            self.ready.push_back(Origin { name: name.into_owned(), place: Place::Address });
        } else {
            let path = PathBuf::from(&input);
            match std::fs::metadata(&path) {
                Ok(m) if m.is_dir() => self.folders.enter(path),
                Ok(_) => self.file(path),
                Err(e) => self.ready.push_back(unreadable(&path, folder::failed(&e))),
            }
        }
        Some(())
    }

    fn file(&mut self, path: PathBuf) {
        let name = path.to_string_lossy().into_owned();
        match lines::parts(&path, &self.options) {
            Ok(parts) if parts.is_empty() => self.ready.push_back(Origin { name, place: Place::File(path) }),
            Ok(parts) => self.ready.extend(
                parts
                    .into_iter()
                    .map(|(from, to)| Origin { name: name.clone(), place: Place::Part(path.clone(), from, to) }),
            ),
            Err(problem) => self.ready.push_back(unreadable(&path, problem)),
        }
    }
}

fn unreadable(path: &std::path::Path, problem: Problem) -> Origin {
    Origin { name: path.to_string_lossy().into_owned(), place: Place::Unreadable(problem) }
}

impl Origin {
    /// The bytes. *Errors*: what went wrong, for a person, with a stable code. *Cost*: the file or answer in memory,
    /// at most the limit of its kind.
    pub fn read(&self, options: &Options) -> Result<Vec<u8>, Problem> {
        match &self.place {
            Place::File(path) => whole(path, options.max_file),
            Place::Part(path, from, to) => lines::read(path, *from, *to),
            Place::Stdin => file_of(std::io::stdin().lock(), options.max_file),
            Place::Address => fetch::fetch(&self.name, options),
            Place::Unreadable(problem) => Err(problem.clone()),
        }
    }

    /// The first byte of the file that this origin holds: not 0 for the later parts of a large file of records.
    pub fn offset(&self) -> u64 {
        if let Place::Part(_, from, _) = self.place { from } else { 0 }
    }
}

fn whole(path: &std::path::Path, most: u64) -> Result<Vec<u8>, Problem> {
    let metadata = std::fs::metadata(path).map_err(|e| folder::failed(&e))?;
    if !metadata.is_file() {
        return Err(Problem::new(
            "source/special",
            "This is a device, pipe or socket, not a file. Name the file, or pass its text on standard input.",
        ));
    }
    if metadata.len() > most {
        return Err(too_large(most));
    }
    let file = File::open(path).map_err(|e| folder::failed(&e))?;
    file_of(file, most)
}

fn file_of(from: impl Read, most: u64) -> Result<Vec<u8>, Problem> {
    limited(from, most).map_err(|e| folder::failed(&e))?.ok_or_else(|| too_large(most))
}

/// All bytes, or `None` if there are more than `most`.
fn limited(from: impl Read, most: u64) -> std::io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    from.take(most + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}

fn too_large(most: u64) -> Problem {
    Problem::new("source/too-large", format!("Larger than {} MiB. Split it into its articles.", most >> 20))
}
