//! What happens while somebody looks: server-sent events.
//!
//! Another program may write to the archive as well as this one, so one thread asks SQLite twice a second whether any
//! connection has: that costs microseconds and misses nobody.

use super::answer::Answer;
use super::fail::Fail;
use super::state::{Shared, State};
use archive::{Archive, Options};
use axum::extract;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use serde::Serialize;
use std::convert::Infallible;
use std::sync::{Arc, Weak};
use std::time::Duration;
use tokio::sync::broadcast;
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::{Stream, StreamExt, once};

/// Events that a slow listener may be behind; who is further behind is told that something changed.
const BEHIND: usize = 64;

/// What listeners are told.
#[derive(Debug, Clone)]
pub(crate) enum News {
    /// The archive is of another version.
    Changed(u64),
    /// A reading went on.
    Progress(Progress),
    /// A reading ended, well or not.
    Ended(String),
    /// The server ends.
    End,
}

/// How far a reading has come.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Progress {
    pub(crate) job: String,
    /// Files that were read or passed over.
    pub(crate) done: usize,
    /// Files in all.
    pub(crate) of: usize,
    /// Whether all were and incidents are being linked.
    pub(crate) linking: bool,
}

/// Where listeners listen.
pub(crate) struct Live(broadcast::Sender<News>);

impl Live {
    pub(crate) fn new() -> Live {
        Live(broadcast::channel(BEHIND).0)
    }

    /// Tells all listeners; there may be none.
    pub(crate) fn tell(&self, news: News) {
        let _ = self.0.send(news);
    }
}

/// Watches the archive for as long as the server runs.
pub(crate) fn watch(state: &Shared) -> Result<(), archive::Error> {
    let archive = Archive::open(state.file(), &Options::default())?;
    let mut pulse = archive.pulse()?;
    let state: Weak<State> = Arc::downgrade(state);
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(Duration::from_millis(500));
            let Some(state) = state.upgrade() else { break };
            // While another program holds the archive, the next look will do.
            let Ok(now) = archive.pulse() else { continue };
            if now != pulse {
                pulse = now;
                if let Ok(version) = archive.version() {
                    state.live.tell(News::Changed(version));
                }
            }
        }
    });
    Ok(())
}

/// Events while they happen: `hello` at first and `changed` whenever the archive changed, both with its `generation`;
/// `progress` {job, done, of, linking} while files are read, and `ended` {job} after them
#[utoipa::path(get, path = "/events", tag = "live",
    responses((status = 200, description = "server-sent events", body = String, content_type = "text/event-stream")))]
pub(crate) async fn events(extract::State(state): extract::State<Shared>) -> Result<impl IntoResponse, Fail> {
    let listen = state.live.0.subscribe();
    let version = state.look(|archive, _| Ok(archive.version()?)).await?;
    Ok(Sse::new(stream(version, listen)).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))))
}

fn stream(version: u64, listen: broadcast::Receiver<News>) -> impl Stream<Item = Result<Event, Infallible>> {
    let mut last = version;
    let later =
        BroadcastStream::new(listen).take_while(|n| !matches!(n, Ok(News::End))).filter_map(move |news| match news {
            Ok(News::Changed(version)) => {
                last = version;
                Some(Ok(changed("changed", version)))
            }
            Ok(News::Progress(p)) => Some(Ok(Event::default().event("progress").json_data(&p).unwrap_or_default())),
            Ok(News::Ended(job)) => {
                let data = serde_json::json!({ "job": job });
                Some(Ok(Event::default().event("ended").json_data(&data).unwrap_or_default()))
            }
            Ok(News::End) => None,
            // Some were missed; what they said can be asked for.
            Err(_) => Some(Ok(changed("changed", last))),
        });
    once(Ok(changed("hello", version))).chain(later)
}

fn changed(event: &str, generation: u64) -> Event {
    let data = serde_json::json!({ "generation": generation });
    Event::default().event(event).json_data(&data).unwrap_or_default()
}

/// Which archive this is, and who asks.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct About {
    /// The version of the program.
    version: &'static str,
    /// A number that grows with whatever is written.
    generation: u64,
    /// The name of the archive's file.
    archive: String,
    /// Whoever logged in; null where nobody has to.
    name: Option<String>,
    role: super::guard::Role,
    /// Whether anything can be changed.
    writable: bool,
    incidents: usize,
    /// Where maps take their tiles from; null where they draw outlines.
    tiles: Option<String>,
}

/// Which archive this is, and who asks
#[utoipa::path(get, path = "/about", tag = "live", responses((status = 200, description = "about", body = About)))]
pub(crate) async fn about(extract::State(state): extract::State<Shared>, me: super::guard::Me) -> Result<Answer, Fail> {
    state
        .look(move |archive, state| {
            let file = archive.file().file_name().unwrap_or_default().to_string_lossy().into_owned();
            Answer::of(&About {
                version: env!("CARGO_PKG_VERSION"),
                generation: archive.version()?,
                archive: file,
                name: me.name,
                role: me.role,
                writable: state.writable && me.role == super::guard::Role::Reviewer,
                incidents: archive.count()?,
                tiles: state.tiles.as_ref().map(|t| t.address.clone()),
            })
        })
        .await
}
