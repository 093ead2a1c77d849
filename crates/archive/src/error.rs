//! What can go wrong with an archive, in words that name the file and say what to do.

use std::path::{Path, PathBuf};

/// A promise that an archive could not keep.
///
/// Opaque: ask the predicates. Its text names the file, what happened and what to do.
#[derive(Debug, thiserror::Error)]
#[error("{}: {}", .0.file.display(), .0.what)]
pub struct Error(Box<Inside>);

#[derive(Debug)]
struct Inside {
    file: PathBuf,
    what: What,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum What {
    #[error("there is no archive here; make one with `khabar read`, or name another with --archive")]
    Missing,
    #[error("this is not a Khabar archive; name another file with --archive")]
    NotAnArchive,
    #[error(
        "the archive was written by a newer Khabar (format {found}, this program knows up to {known}); update Khabar"
    )]
    Newer { found: i64, known: i64 },
    #[error("another program is writing to the archive{}; wait for it to end and run the command again", who(.0))]
    Busy(Option<String>),
    #[error("the disk is full; what was committed is kept: make room and run the command again to go on")]
    Full,
    #[error(
        "the archive cannot be written; give yourself the right to write the file and its folder, or copy it elsewhere"
    )]
    ReadOnly,
    #[error("the archive cannot be opened; check that its folder exists and that you may write there")]
    CannotOpen,
    #[error("the archive is damaged ({0}); restore a copy, or move it away and read the articles again")]
    Corrupt(String),
    #[error("no incident has an id that begins with `{0}`; list them with `khabar incidents`")]
    UnknownIncident(String),
    #[error("several incidents have an id that begins with `{0}`: {ids}; give more of it", ids = .1.join(", "))]
    AmbiguousIncident(String, Vec<String>),
    #[error("{0}")]
    UnknownDecision(String),
    #[error("{0}")]
    Refused(String),
    #[error("the disk or its file system failed ({0}); check it, then run the command again")]
    Disk(String),
    #[error(
        "the program failed while it linked the incidents ({0}); the articles are kept and the incidents are as before: \
         update Khabar and run the command again, or report it"
    )]
    Linking(String),
    #[error("unexpected answer of the database: {0}")]
    Other(String),
}

fn who(w: &Option<String>) -> String {
    w.as_ref().map(|w| format!(" ({w})")).unwrap_or_default()
}

/// What goes wrong inside, before the file's name is known.
#[derive(Debug)]
pub(crate) enum Fault {
    Sql(rusqlite::Error),
    What(What),
}

pub(crate) type Inner<T> = Result<T, Fault>;

impl From<rusqlite::Error> for Fault {
    fn from(e: rusqlite::Error) -> Self {
        Fault::Sql(e)
    }
}

impl From<What> for Fault {
    fn from(w: What) -> Self {
        Fault::What(w)
    }
}

/// A stored value that no longer parses is damage, whatever its format.
impl From<serde_json::Error> for Fault {
    fn from(e: serde_json::Error) -> Self {
        Fault::What(What::Corrupt(e.to_string()))
    }
}

impl Error {
    pub(crate) fn new(file: &Path, fault: impl Into<Fault>) -> Self {
        let what = match fault.into() {
            Fault::What(what) => what,
            Fault::Sql(e) => meaning(&e),
        };
        Error(Box::new(Inside { file: file.to_owned(), what }))
    }

    /// Names the program that holds the archive, once it is known.
    pub(crate) fn held_by(mut self, writer: Option<String>) -> Self {
        if let What::Busy(w) = &mut self.0.what {
            *w = writer;
        }
        self
    }

    /// What happened and what to do, without the file.
    pub fn what(&self) -> String {
        self.0.what.to_string()
    }

    /// There is no file.
    pub fn is_missing(&self) -> bool {
        matches!(self.0.what, What::Missing)
    }

    /// The file is something else.
    pub fn is_not_an_archive(&self) -> bool {
        matches!(self.0.what, What::NotAnArchive)
    }

    /// A newer version wrote it.
    pub fn is_newer(&self) -> bool {
        matches!(self.0.what, What::Newer { .. })
    }

    /// Another program writes.
    pub fn is_busy(&self) -> bool {
        matches!(self.0.what, What::Busy(_))
    }

    /// The disk is full.
    pub fn is_full(&self) -> bool {
        matches!(self.0.what, What::Full)
    }

    /// The file or its folder may not be written.
    pub fn is_read_only(&self) -> bool {
        matches!(self.0.what, What::ReadOnly)
    }

    /// The file is damaged.
    pub fn is_corrupt(&self) -> bool {
        matches!(self.0.what, What::Corrupt(_))
    }

    /// What was asked for cannot be; nothing was changed.
    pub fn is_refused(&self) -> bool {
        matches!(self.0.what, What::Refused(_))
    }

    /// No decision, or several, have such an id.
    pub fn is_unknown_decision(&self) -> bool {
        matches!(self.0.what, What::UnknownDecision(_))
    }

    /// No incident, or several, have such an id.
    pub fn is_unknown_incident(&self) -> bool {
        matches!(self.0.what, What::UnknownIncident(_) | What::AmbiguousIncident(..))
    }
}

/// What an error of the database means for the person at the keyboard.
fn meaning(e: &rusqlite::Error) -> What {
    use rusqlite::ErrorCode as C;
    match e.sqlite_error_code() {
        Some(C::DiskFull) => What::Full,
        Some(C::DatabaseBusy | C::DatabaseLocked) => What::Busy(None),
        Some(C::ReadOnly | C::PermissionDenied) => What::ReadOnly,
        Some(C::CannotOpen) => What::CannotOpen,
        Some(C::NotADatabase) => What::NotAnArchive,
        Some(C::DatabaseCorrupt) => What::Corrupt(e.to_string()),
        Some(C::SystemIoFailure) => What::Disk(e.to_string()),
        _ => match e {
            rusqlite::Error::FromSqlConversionFailure(..) | rusqlite::Error::InvalidColumnType(..) => {
                What::Corrupt(e.to_string())
            }
            _ => What::Other(e.to_string()),
        },
    }
}
