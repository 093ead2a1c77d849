//! The server from outside, without a network: requests go straight to its table of addresses.

mod anything;
mod decisions;
mod guards;
mod imports;
mod shapes;

use super::guard::Users;
use super::state::{Shared, State};
use super::{app, live};
use crate::inputs;
use account::{Actors, Reader};
use archive::{Archive, Input, Job, Options};
use article::Limits;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use serde_json::Value;
use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;
use tempfile::TempDir;
use tower::ServiceExt;

/// A server with an archive of its own.
struct Server {
    /// Holds the archive's file.
    folder: TempDir,
    state: Shared,
    router: Router,
}

/// What came back.
struct Got {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Got {
    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    #[track_caller]
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{} {e}: {}", self.status, self.text()))
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }

    /// The code of a refusal, with its status.
    #[track_caller]
    fn refusal(&self) -> (u16, String) {
        (self.status.as_u16(), self.json()["code"].as_str().unwrap().to_owned())
    }
}

/// The five invented articles of `testdata/cli`, read once for all tests.
fn filled() -> &'static [u8] {
    static FILE: OnceLock<Vec<u8>> = OnceLock::new();
    FILE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("khabar.db");
        let mut archive = Archive::create(&file, &Options::default()).unwrap();
        let reader = Reader::new(Actors::builtin());
        let articles = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/cli");
        let found = inputs::within(&articles, &AtomicBool::new(false)).unwrap();
        let inputs: Vec<&dyn Input> = found.iter().map(|i| &**i).collect();
        let job = Job { reader: &reader, limits: &Limits::default(), threads: 2, stop: &AtomicBool::new(false) };
        archive.read(&inputs, &job, &mut |_| {}).unwrap();
        drop(archive);
        std::fs::read(file).unwrap()
    })
}

impl Server {
    fn new() -> Server {
        Server::with(None)
    }

    fn with(users: Option<Users>) -> Server {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("khabar.db");
        std::fs::write(&file, filled()).unwrap();
        let archive = Archive::open(&file, &Options::default()).unwrap();
        let state = State::new(archive, Actors::with("").unwrap(), users, None);
        live::watch(&state).unwrap();
        Server { folder, router: app::router(state.clone()), state }
    }

    async fn send(&self, request: Request<Body>) -> Got {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Got { status: parts.status, headers: parts.headers, body }
    }

    async fn get(&self, address: &str) -> Got {
        self.send(asked(Method::GET, address).body(Body::empty()).unwrap()).await
    }

    /// A GET of the interface that succeeds.
    #[track_caller]
    fn api(&self, address: &str) -> impl Future<Output = Value> {
        let address = format!("/api/v1{address}");
        async move {
            let got = self.get(&address).await;
            assert_eq!(got.status, 200, "{address}: {}", got.text());
            got.json()
        }
    }

    async fn post(&self, address: &str, body: Value) -> Got {
        let request =
            asked(Method::POST, address).header("x-khabar", "1").header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    /// Ids of incidents, by date.
    async fn ids(&self) -> Vec<String> {
        let all = self.api("/incidents").await;
        all["incidents"].as_array().unwrap().iter().map(|i| i["incident"].as_str().unwrap().to_owned()).collect()
    }
}

/// A request as a browser on this machine sends it.
fn asked(method: Method, address: &str) -> axum::http::request::Builder {
    Request::builder().method(method).uri(address).header(header::HOST, "localhost:7878")
}
