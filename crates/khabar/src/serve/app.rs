//! The table of addresses.

use super::state::Shared;
use super::{api, assets, page};
use axum::Router;
use axum::routing::get;

/// All addresses of the server.
pub(crate) fn router(state: Shared) -> Router {
    Router::new()
        .route("/static/{*path}", get(assets::file))
        .nest("/api/v1", api::router())
        .merge(page::router())
        .with_state(state)
}
