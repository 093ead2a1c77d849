//! The archive file: opening, migrating, and who writes to it.

use crate::error::{Error, Fault, Inner, What};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Marks the file as ours in its header ("KHBR").
const APPLICATION: i64 = 0x4b48_4252;

/// KiB of pages that are held in memory: ids are hashes, so that what is written together lies far apart.
const CACHE: i64 = 65_536;

/// Each brings an archive from the version of its index to the next.
const MIGRATIONS: &[&str] = &[
    include_str!("schema/1.sql"),
    include_str!("schema/2.sql"),
    include_str!("schema/3.sql"),
    include_str!("schema/4.sql"),
    include_str!("schema/5.sql"),
];

/// The database that holds articles, accounts and incidents.
///
/// One file of SQLite in WAL mode (beside it lie `-wal` and `-shm` while it is open). Several programs may read while one
/// writes; whatever was committed survives the sudden end of the program.
pub struct Archive {
    pub(crate) file: PathBuf,
    pub(crate) conn: Connection,
    read_only: bool,
}

/// How to open an archive.
#[derive(Debug, Clone)]
pub struct Options {
    /// How long to wait for another program that writes.
    pub patience: Duration,
    /// The most pages of 4096 bytes that the file may grow to; `None` leaves it to the disk.
    pub max_pages: Option<u32>,
    /// How many KiB of the file are kept in memory: what is looked through often, such as the index of lists, should fit.
    pub cache: u32,
}

impl Default for Options {
    fn default() -> Self {
        Options { patience: Duration::from_secs(20), max_pages: None, cache: 2 << 10 }
    }
}

impl Archive {
    /// Opens the archive at `file`, or makes one there.
    ///
    /// *Errors*: not an archive, of a newer version, damaged, not writable, busy.
    pub fn create(file: &Path, options: &Options) -> Result<Archive, Error> {
        let fail = |e: Fault| Error::new(file, e);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(file, flags).map_err(|e| fail(e.into()))?;
        let mut archive = Archive { file: file.to_owned(), conn, read_only: false };
        archive.prepare(options).map_err(|e| archive.blame(e))?;
        Ok(archive)
    }

    /// Opens the archive at `file`, which must exist; one that may not be written is opened for reading only.
    ///
    /// *Errors*: as [`Archive::create`], and that there is none.
    pub fn open(file: &Path, options: &Options) -> Result<Archive, Error> {
        if !file.exists() {
            return Err(Error::new(file, What::Missing));
        }
        match Archive::create(file, options) {
            Err(e) if e.is_read_only() => Archive::look(file, options).map_err(|_| e),
            other => other,
        }
    }

    /// An archive in memory, gone when dropped.
    pub fn in_memory() -> Result<Archive, Error> {
        let file = PathBuf::from("(in memory)");
        let conn = Connection::open_in_memory().map_err(|e| Error::new(&file, e))?;
        let mut archive = Archive { file, conn, read_only: false };
        archive.prepare(&Options::default()).map_err(|e| archive.blame(e))?;
        Ok(archive)
    }

    /// The file that holds it.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Whether it was opened for reading only.
    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// Opens for reading a file that may not be written. Without a log beside it, it may lie in a folder that cannot be
    /// written either, and is then read as it stands.
    fn look(file: &Path, options: &Options) -> Result<Archive, Error> {
        let fail = |e: rusqlite::Error| Error::new(file, e);
        let mut log = file.as_os_str().to_owned();
        log.push("-wal");
        let as_it_stands = std::fs::metadata(&log).map_or(true, |m| m.len() == 0);
        let conn = match (as_it_stands, url::Url::from_file_path(std::path::absolute(file).unwrap_or(file.to_owned())))
        {
            (true, Ok(mut address)) => {
                address.set_query(Some("immutable=1"));
                let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
                Connection::open_with_flags(address.as_str(), flags).map_err(fail)?
            }
            _ => Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(fail)?,
        };
        conn.busy_timeout(options.patience).map_err(fail)?;
        conn.pragma_update(None, "cache_size", -i64::from(options.cache)).map_err(fail)?;
        let archive = Archive { file: file.to_owned(), conn, read_only: true };
        match version(&archive.conn).map_err(|e| archive.blame(e))? {
            Some(v) if v == MIGRATIONS.len() => Ok(archive),
            _ => Err(Error::new(file, What::ReadOnly)),
        }
    }

    fn prepare(&mut self, options: &Options) -> Inner<()> {
        self.conn.busy_timeout(options.patience)?;
        self.conn.pragma_update(None, "cache_size", -i64::from(options.cache))?;
        // Else a statement is planned anew whenever the bounds of a range are others, as those of blocks always are.
        self.conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        if version(&self.conn)?.is_none_or(|v| v < MIGRATIONS.len()) {
            self.conn.pragma_update(None, "journal_mode", "WAL")?;
            self.migrate()?;
        }
        // What the file says about itself does not tell whether it may be written; the connection knows.
        if self.conn.is_readonly("main")? {
            return Err(What::ReadOnly.into());
        }
        self.conn.pragma_update(None, "synchronous", "FULL")?;
        self.conn.pragma_update(None, "cache_size", -CACHE)?;
        self.conn.pragma_update(None, "foreign_keys", true)?;
        if let Some(pages) = options.max_pages {
            self.conn.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))?;
        }
        Ok(())
    }

    fn migrate(&mut self) -> Inner<()> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another program may have migrated it since we looked.
        let from = version(&tx)?.unwrap_or(0);
        for step in &MIGRATIONS[from..] {
            tx.execute_batch(step)?;
        }
        tx.pragma_update(None, "application_id", APPLICATION)?;
        tx.pragma_update(None, "user_version", MIGRATIONS.len() as i64)?;
        Ok(tx.commit()?)
    }

    /// A number that grows with whatever is written: articles, incidents, decisions, problems.
    pub fn version(&self) -> Result<u64, Error> {
        let sum = "SELECT (SELECT coalesce(max(number), 0) FROM incident_change) + (SELECT coalesce(max(number), 0) FROM article)
                     + (SELECT count(*) FROM decision) + (SELECT coalesce(sum(value), 0) FROM state
                        WHERE key IN ('generation', 'linked'))";
        self.conn.query_row(sum, [], |r| r.get(0)).map_err(|e| self.blame(e.into()))
    }

    /// A number that is another once another connection has written, in this program or another; what this connection
    /// writes leaves it as it is. *Cost*: a few microseconds.
    pub fn pulse(&self) -> Result<u64, Error> {
        self.conn.query_row("PRAGMA data_version", [], |r| r.get(0)).map_err(|e| self.blame(e.into()))
    }

    /// Runs `work` in one transaction that nobody else writes in.
    pub(crate) fn change<T>(&mut self, work: impl FnOnce(&Transaction<'_>) -> Inner<T>) -> Result<T, Error> {
        let done = (|| {
            let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let value = work(&tx)?;
            tx.commit()?;
            Ok(value)
        })();
        done.map_err(|e| self.blame(e))
    }

    /// Names the file in an error, and the program that holds it when it is busy.
    pub(crate) fn blame(&self, fault: Fault) -> Error {
        let error = Error::new(&self.file, fault);
        if error.is_busy() {
            let writer = get(&self.conn, "writer").ok().flatten();
            return error.held_by(writer);
        }
        error
    }

    /// Notes that this program begins to write, for others that find the archive busy.
    pub(crate) fn sign(&mut self, job: &str) -> Result<(), Error> {
        let who = format!("{job}, process {}", std::process::id());
        self.change(|tx| set(tx, "writer", &who))
    }
}

/// The version of the archive, `None` for an empty file.
fn version(conn: &Connection) -> Inner<Option<usize>> {
    let number = |name: &str| conn.query_row(&format!("PRAGMA {name}"), [], |r| r.get::<_, i64>(0));
    let (application, version) = (number("application_id")?, number("user_version")?);
    if application == APPLICATION {
        let known = MIGRATIONS.len() as i64;
        return match usize::try_from(version) {
            Ok(v) if v <= MIGRATIONS.len() => Ok(Some(v)),
            _ => Err(What::Newer { found: version, known }.into()),
        };
    }
    let tables: i64 = conn.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0))?;
    if application != 0 || version != 0 || tables != 0 {
        return Err(What::NotAnArchive.into());
    }
    Ok(None)
}

pub(crate) fn get(conn: &Connection, key: &str) -> rusqlite::Result<Option<String>> {
    conn.query_row("SELECT value FROM state WHERE key = ?1", [key], |r| r.get(0)).optional()
}

pub(crate) fn set(conn: &Connection, key: &str, value: &str) -> Inner<()> {
    conn.execute(
        "INSERT INTO state(key, value) VALUES (?1, ?2) ON CONFLICT(key) DO UPDATE SET value = ?2",
        [key, value],
    )?;
    Ok(())
}
