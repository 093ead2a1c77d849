//! Incidents.

use crate::json;
use crate::serve::fail::Fail;
use crate::serve::state::Shared;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};

/// One incident with its readings and accounts.
pub(crate) async fn one(State(state): State<Shared>, Path(id): Path<String>) -> Result<Response, Fail> {
    let body = state
        .look(move |archive, _| {
            let whole = archive.incident(&crate::open::incident_id(&id))?;
            json::line(&json::Happening::new(&whole)).map_err(|e| Fail::internal(e.to_string()))
        })
        .await?;
    Ok(([(header::CONTENT_TYPE, "application/json")], body).into_response())
}
