//! What goes wrong with a request, as a status and words that say what to do.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// Why a request got no answer.
#[derive(Debug)]
pub(crate) struct Fail {
    pub(crate) status: StatusCode,
    pub(crate) code: &'static str,
    pub(crate) detail: String,
}

/// The body of every answer that is an error.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct Problem {
    /// A word for programs.
    code: &'static str,
    /// A sentence for people.
    detail: String,
}

impl Fail {
    /// The request is not what the interface takes.
    pub(crate) fn wrong(detail: impl Into<String>) -> Fail {
        Fail { status: StatusCode::BAD_REQUEST, code: "wrong", detail: detail.into() }
    }

    /// There is no such thing.
    pub(crate) fn missing(detail: impl Into<String>) -> Fail {
        Fail { status: StatusCode::NOT_FOUND, code: "missing", detail: detail.into() }
    }

    /// The program is at fault.
    pub(crate) fn internal(detail: impl Into<String>) -> Fail {
        Fail { status: StatusCode::INTERNAL_SERVER_ERROR, code: "failed", detail: detail.into() }
    }
}

impl From<archive::Error> for Fail {
    fn from(e: archive::Error) -> Fail {
        let (status, code) = if e.is_unknown_incident() || e.is_unknown_decision() {
            (StatusCode::NOT_FOUND, "missing")
        } else if e.is_refused() {
            (StatusCode::UNPROCESSABLE_ENTITY, "refused")
        } else if e.is_busy() || e.is_full() || e.is_read_only() {
            (StatusCode::SERVICE_UNAVAILABLE, "busy")
        } else {
            (StatusCode::INTERNAL_SERVER_ERROR, "failed")
        };
        Fail { status, code, detail: e.to_string() }
    }
}

impl IntoResponse for Fail {
    fn into_response(self) -> Response {
        (self.status, Json(Problem { code: self.code, detail: self.detail })).into_response()
    }
}
