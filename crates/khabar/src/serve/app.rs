//! The table of addresses, and the layers that every request passes.

use super::fail::Fail;
use super::state::Shared;
use super::{api, assets, guard, page};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{StatusCode, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use std::any::Any;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

/// The largest body that is no upload.
const BODY: usize = 1 << 20;

/// All addresses of the server.
pub(crate) fn router(state: Shared) -> Router {
    let (paths, document) = api::router();
    let document = document.to_json().unwrap_or_default();
    let document = move || async move { ([(header::CONTENT_TYPE, "application/json")], document).into_response() };
    let login = Router::new().route("/login", post(guard::log_in));
    let all = Router::new()
        .route("/static/{*path}", get(assets::file))
        .route("/login", get(guard::form))
        .route("/logout", post(guard::leave))
        .merge(guard::limit_logins(login))
        .merge(paths)
        .route("/api/v1/openapi.json", get(document))
        .route("/api/{*rest}", any(|| async { Fail::of(StatusCode::NOT_FOUND) }))
        .merge(page::router())
        .fallback(|| async { page::Broken::from(Fail::missing("there is no such page")) })
        .layer(DefaultBodyLimit::max(BODY))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(guard::tagged))
        .layer(from_fn_with_state(state.clone(), guard::guard));
    guard::limit_requests(all)
        .layer(from_fn(guard::plain_failures))
        .layer(from_fn_with_state(state.clone(), guard::with_headers))
        .layer(CompressionLayer::new())
        .with_state(state)
}

/// A request on which the program failed; all others go on.
fn panicked(_: Box<dyn Any + Send>) -> Response {
    Fail::of(StatusCode::INTERNAL_SERVER_ERROR).into_response()
}
