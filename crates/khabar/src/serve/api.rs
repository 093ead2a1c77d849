//! The interface for programs: the same JSON as the command line, under `/api/v1`, described by a document of its own.

mod brief;
mod incidents;
mod overview;

use super::state::Shared;
use axum::Router;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What the document says of the whole.
#[derive(OpenApi)]
#[openapi(info(
    title = "Khabar",
    description = "Incidents of political violence, as articles tell them: every value beside the words it was read from.",
    license(name = "Apache-2.0 OR MIT", identifier = "Apache-2.0 OR MIT"),
))]
struct Document;

/// The addresses below `/api/v1`, and the document that describes them.
pub(crate) fn router() -> (Router<Shared>, utoipa::openapi::OpenApi) {
    let paths = OpenApiRouter::new()
        .routes(routes!(incidents::list))
        .routes(routes!(incidents::one))
        .routes(routes!(incidents::reasons))
        .routes(routes!(overview::overview));
    OpenApiRouter::with_openapi(Document::openapi()).nest("/api/v1", paths).split_for_parts()
}
