//! Taking files in.

use crate::serve::answer::{Answer, At};
use crate::serve::fail::Fail;
use crate::serve::guard::Me;
use crate::serve::jobs::{self, Jobs, Shown};
use crate::serve::query::flags;
use crate::serve::state::Shared;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, State};
use serde::Serialize;
use utoipa::ToSchema;

/// What is sent.
#[derive(ToSchema)]
#[expect(dead_code, reason = "read by the derived schema alone")]
pub(crate) struct Upload {
    /// Articles as `khabar read` takes them, each with its name, with folders if it came in some; tables that end in .csv with
    /// their map (.map).
    #[schema(value_type = Vec<String>, format = Binary, min_items = 1)]
    file: Vec<u8>,
    /// `true`: rows of tables that cannot be read are left out, and the others taken.
    #[schema(required = false, schema_with = flags)]
    skip: String,
}

/// A job that began.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Begun {
    job: String,
}

/// Jobs, the last first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Imports)]
pub(crate) struct List {
    imports: Vec<Shown>,
}

/// Read files: they are taken up one job after the other, `/events` tells how far each is
#[utoipa::path(post, path = "/imports", tag = "imports",
    request_body(content = Upload, content_type = "multipart/form-data"),
    responses((status = 200, description = "the job that reads them", body = Begun)))]
pub(crate) async fn start(
    State(state): State<Shared>,
    me: Me,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Answer, Fail> {
    let form = form.map_err(|r| Fail { status: r.status(), ..Fail::wrong(r.body_text()) })?;
    let received = jobs::receive(form).await?;
    let job = Jobs::start(&state, me.name, received.folder, received.files, received.skip)?;
    Answer::of(&Begun { job })
}

/// Read the invented examples that the program brings along
#[utoipa::path(post, path = "/imports/examples", tag = "imports",
    responses((status = 200, description = "the job that reads them", body = Begun)))]
pub(crate) async fn examples(State(state): State<Shared>, me: Me) -> Result<Answer, Fail> {
    let received = jobs::examples()?;
    let job = Jobs::start(&state, me.name, received.folder, received.files, received.skip)?;
    Answer::of(&Begun { job })
}

/// Imports since the server began, with how far each is and what was wrong with its files
#[utoipa::path(get, path = "/imports", tag = "imports",
    responses((status = 200, description = "imports", body = List)))]
pub(crate) async fn list(State(state): State<Shared>) -> Result<Answer, Fail> {
    Answer::of(&List { imports: state.jobs.shown() })
}

/// Stop after what was begun
#[utoipa::path(post, path = "/imports/{job}/stop", tag = "imports", params(("job" = String, Path, description = "its id")),
    responses((status = 200, description = "the import", body = Shown)))]
pub(crate) async fn stop(State(state): State<Shared>, At(job): At<String>) -> Result<Answer, Fail> {
    Answer::of(&state.jobs.stop(&job)?)
}

/// Go on with an import that was stopped or failed: what was read is not read again
#[utoipa::path(post, path = "/imports/{job}/continue", tag = "imports", params(("job" = String, Path, description = "its id")),
    responses((status = 200, description = "the import", body = Shown)))]
pub(crate) async fn go_on(State(state): State<Shared>, At(job): At<String>) -> Result<Answer, Fail> {
    Answer::of(&Jobs::go_on(&state, &job)?)
}
