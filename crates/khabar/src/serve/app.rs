//! The table of addresses.

use super::fail::Fail;
use super::state::Shared;
use super::{api, assets, page};
use axum::Router;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::{any, get};

/// All addresses of the server.
pub(crate) fn router(state: Shared) -> Router {
    let (paths, document) = api::router();
    let document = document.to_json().unwrap_or_default();
    let document = move || async move { ([(header::CONTENT_TYPE, "application/json")], document).into_response() };
    Router::new()
        .route("/static/{*path}", get(assets::file))
        .merge(paths)
        .route("/api/v1/openapi.json", get(document))
        .route("/api/{*rest}", any(|| async { Fail::missing("there is no such address; see /api/v1/openapi.json") }))
        .merge(page::router())
        .with_state(state)
}
