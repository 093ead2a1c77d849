//! The interface for programs: the same JSON as the command line, under `/api/v1`.

mod incidents;

use super::state::Shared;
use axum::Router;
use axum::routing::get;

/// Addresses below `/api/v1`.
pub(crate) fn router() -> Router<Shared> {
    Router::new().route("/incidents/{id}", get(incidents::one))
}
