//! What all requests share: the archive, and the actors that are known.
//!
//! Looking things up and writing go through two kinds of connections, so that a long read never holds up a page: SQLite in WAL
//! mode lets many look while one writes.

use super::fail::Fail;
use super::guard::Users;
use super::jobs::Jobs;
use super::live::Live;
use super::tiles::Tiles;
use account::Actors;
use archive::{Archive, Near, Options, Outlet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Semaphore;

/// Shared by all requests.
pub(crate) type Shared = Arc<State>;

/// Requests that look something up at the same time.
const CONNECTIONS: usize = 8;
/// KiB that each of them keeps in memory: the index of 100,000 incidents.
const CACHE: u32 = 32 << 10;
/// Incidents that changed last, so many of which are compared with those nearest to them.
const LATEST: usize = 60;

/// The archive and what is known besides.
pub(crate) struct State {
    file: PathBuf,
    /// Connections at rest that look things up.
    resting: Mutex<Vec<Archive>>,
    /// Bounds connections, and so memory: who asks beyond it waits.
    looking: Semaphore,
    /// The connection that writes; one at a time.
    writer: Mutex<Archive>,
    /// Whether the archive can be written.
    pub(crate) writable: bool,
    /// The list of actors.
    pub(crate) actors: Actors,
    /// Who may log in; `None` where nobody has to.
    pub(crate) users: Option<Users>,
    /// Where maps take their tiles from; `None` where they draw outlines.
    pub(crate) tiles: Option<Tiles>,
    /// Who listens.
    pub(crate) live: Live,
    /// What is being read.
    pub(crate) jobs: Jobs,
    outlets: Kept<Vec<Outlet>>,
    near: Kept<Vec<Near>>,
}

/// What takes long to find, with the version of the archive that it was found in.
type Kept<T> = Mutex<Option<(u64, Arc<T>)>>;

impl State {
    pub(crate) fn new(archive: Archive, actors: Actors, users: Option<Users>, tiles: Option<Tiles>) -> Shared {
        Arc::new(State {
            file: archive.file().to_owned(),
            writable: !archive.is_read_only(),
            resting: Mutex::default(),
            looking: Semaphore::new(CONNECTIONS),
            writer: Mutex::new(archive),
            actors,
            users,
            tiles,
            live: Live::new(),
            jobs: Jobs::default(),
            outlets: Mutex::default(),
            near: Mutex::default(),
        })
    }

    /// The archive's file.
    pub(crate) fn file(&self) -> &Path {
        &self.file
    }

    /// The name of an actor: that of the list, else one that articles print.
    pub(crate) fn name(&self, key: &str, printed: &str) -> String {
        self.actors.get(key).map_or(printed, |a| &a.name).to_owned()
    }

    /// Every outlet, found once for each version of the archive.
    pub(crate) fn outlets(&self, archive: &Archive) -> Result<Arc<Vec<Outlet>>, Fail> {
        once(&self.outlets, archive, || archive.outlets())
    }

    /// Pairs of incidents that were nearly joined, found once for each version of the archive.
    pub(crate) fn near(&self, archive: &Archive) -> Result<Arc<Vec<Near>>, Fail> {
        once(&self.near, archive, || archive.near(LATEST))
    }

    /// Looks something up, on a thread that may block.
    pub(crate) async fn look<T: Send + 'static>(
        self: &Shared,
        work: impl FnOnce(&Archive, &State) -> Result<T, Fail> + Send + 'static,
    ) -> Result<T, Fail> {
        let state = Arc::clone(self);
        let _turn = self.looking.acquire().await.map_err(|e| Fail::internal(e.to_string()))?;
        blocking(move || {
            let rested = state.resting.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let archive = match rested {
                Some(archive) => archive,
                None => Archive::open(&state.file, &Options { cache: CACHE, ..Options::default() })?,
            };
            let found = work(&archive, &state);
            state.resting.lock().unwrap_or_else(PoisonError::into_inner).push(archive);
            found
        })
        .await
    }

    /// Changes something, on a thread that may block, after whoever is changing something now.
    pub(crate) async fn change<T: Send + 'static>(
        self: &Shared,
        work: impl FnOnce(&mut Archive, &State) -> Result<T, Fail> + Send + 'static,
    ) -> Result<T, Fail> {
        let state = Arc::clone(self);
        blocking(move || {
            // What a failed request left is either committed or rolled back: the connection can be used again.
            let mut archive = state.writer.lock().unwrap_or_else(PoisonError::into_inner);
            work(&mut archive, &state)
        })
        .await
    }
}

/// What is kept for this version of the archive, else what `find` finds. Whoever asks meanwhile waits for it.
fn once<T>(
    kept: &Kept<T>,
    archive: &Archive,
    find: impl FnOnce() -> Result<T, archive::Error>,
) -> Result<Arc<T>, Fail> {
    let version = archive.version()?;
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    match &*kept {
        Some((of, found)) if *of == version => Ok(Arc::clone(found)),
        _ => {
            let found = Arc::new(find()?);
            *kept = Some((version, Arc::clone(&found)));
            Ok(found)
        }
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, Fail> + Send + 'static) -> Result<T, Fail> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(e) => Err(Fail::internal(format!("the program failed on this request ({e})"))),
    }
}
