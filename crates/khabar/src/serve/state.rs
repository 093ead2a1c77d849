//! What all requests share: the archive, and the actors that are known.
//!
//! Looking things up and writing go through two kinds of connections, so that a long read never holds up a page: SQLite in WAL
//! mode lets many look while one writes.

use super::fail::Fail;
use account::Actors;
use archive::{Archive, Options};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// Shared by all requests.
pub(crate) type Shared = Arc<State>;

/// The archive and what is known besides.
pub(crate) struct State {
    file: PathBuf,
    /// Connections at rest that look things up.
    resting: Mutex<Vec<Archive>>,
    /// The connection that writes; one at a time.
    writer: Mutex<Archive>,
    /// The list of actors.
    pub(crate) actors: Actors,
}

impl State {
    pub(crate) fn new(archive: Archive, actors: Actors) -> Shared {
        Arc::new(State {
            file: archive.file().to_owned(),
            resting: Mutex::default(),
            writer: Mutex::new(archive),
            actors,
        })
    }

    /// The name of an actor: that of the list, else one that articles print.
    pub(crate) fn name(&self, key: &str, printed: &str) -> String {
        self.actors.get(key).map_or(printed, |a| &a.name).to_owned()
    }

    /// Looks something up, on a thread that may block.
    pub(crate) async fn look<T: Send + 'static>(
        self: &Shared,
        work: impl FnOnce(&Archive, &State) -> Result<T, Fail> + Send + 'static,
    ) -> Result<T, Fail> {
        let state = Arc::clone(self);
        blocking(move || {
            let rested = state.resting.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let archive = match rested {
                Some(archive) => archive,
                None => Archive::open(&state.file, &Options::default())?,
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

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, Fail> + Send + 'static) -> Result<T, Fail> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(e) => Err(Fail::internal(format!("the program failed on this request ({e})"))),
    }
}
