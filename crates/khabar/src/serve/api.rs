//! The interface for programs: the same JSON as the command line, under `/api/v1`, described by a document of its own.

mod actors;
mod articles;
mod brief;
mod decisions;
mod export;
mod imports;
mod incidents;
mod overview;
mod review;
mod sources;

use super::fail::{Fail, Problem};
use super::state::Shared;
use super::{jobs, live};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::StatusCode;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use std::time::Duration;
use utoipa::OpenApi;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, ResponseBuilder};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What the document says of the whole.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Khabar",
        description = "Incidents of political violence, as articles tell them: every value beside the words it was read from.",
        license(name = "Apache-2.0 OR MIT", identifier = "Apache-2.0 OR MIT"),
    ),
    components(schemas(Problem))
)]
struct Document;

/// The addresses below `/api/v1`, and the document that describes them.
pub(crate) fn router() -> (Router<Shared>, utoipa::openapi::OpenApi) {
    let upload = OpenApiRouter::new()
        .routes(routes!(imports::list, imports::start))
        .routes(routes!(decisions::import))
        .layer(DefaultBodyLimit::max(jobs::MOST));
    let paths = OpenApiRouter::new()
        .routes(routes!(incidents::list))
        .routes(routes!(incidents::one))
        .routes(routes!(incidents::reasons))
        .routes(routes!(overview::overview))
        .routes(routes!(articles::one))
        .routes(routes!(articles::search))
        .routes(routes!(actors::list))
        .routes(routes!(actors::one))
        .routes(routes!(sources::list))
        .routes(routes!(review::list))
        .routes(routes!(decisions::make))
        .routes(routes!(decisions::log))
        .routes(routes!(decisions::conflicts))
        .routes(routes!(imports::examples))
        .routes(routes!(imports::stop))
        .routes(routes!(imports::go_on))
        .routes(routes!(export::download))
        .routes(routes!(live::events))
        .routes(routes!(live::about))
        .layer(middleware::from_fn(patience))
        .merge(upload);
    let (router, mut document) =
        OpenApiRouter::with_openapi(Document::openapi()).nest("/api/v1", paths).split_for_parts();
    describe_failures(&mut document);
    (router, document)
}

/// An answer is waited for so long; what an upload takes depends on the line.
const PATIENCE: Duration = Duration::from_secs(60);

async fn patience(request: Request, next: Next) -> Response {
    match tokio::time::timeout(PATIENCE, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Fail::of(StatusCode::REQUEST_TIMEOUT).into_response(),
    }
}

/// Every address may refuse, and does so in one shape.
fn describe_failures(document: &mut utoipa::openapi::OpenApi) {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    let refusal = ResponseBuilder::new().description("why not").content("application/json", content).build();
    for item in document.paths.paths.values_mut() {
        for operation in [&mut item.get, &mut item.post].into_iter().flatten() {
            operation.responses.responses.insert("default".to_owned(), RefOr::T(refusal.clone()));
        }
    }
}
