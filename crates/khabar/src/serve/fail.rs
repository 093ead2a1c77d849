//! What goes wrong with a request, as a status and words that say what to do.

use crate::end::Misuse;
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
    fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Fail {
        Fail { status, code, detail: detail.into() }
    }

    /// The request is not what the interface takes.
    pub(crate) fn wrong(detail: impl Into<String>) -> Fail {
        Fail::new(StatusCode::BAD_REQUEST, "wrong", detail)
    }

    /// There is no such thing.
    pub(crate) fn missing(detail: impl Into<String>) -> Fail {
        Fail::new(StatusCode::NOT_FOUND, "missing", detail)
    }

    /// What is asked for cannot be; nothing was changed.
    pub(crate) fn refused(detail: impl Into<String>) -> Fail {
        Fail::new(StatusCode::UNPROCESSABLE_ENTITY, "refused", detail)
    }

    /// Whoever asks may not.
    pub(crate) fn forbidden(code: &'static str, detail: impl Into<String>) -> Fail {
        Fail::new(StatusCode::FORBIDDEN, code, detail)
    }

    /// Nobody knows who asks.
    pub(crate) fn stranger() -> Fail {
        let detail = "log in at /login, or send a token: Authorization: Bearer TOKEN";
        Fail::new(StatusCode::UNAUTHORIZED, "stranger", detail)
    }

    /// The program is at fault.
    pub(crate) fn internal(detail: impl Into<String>) -> Fail {
        Fail::new(StatusCode::INTERNAL_SERVER_ERROR, "failed", detail)
    }

    /// What a status that some layer gave means.
    pub(crate) fn of(status: StatusCode) -> Fail {
        let (code, detail) = match status {
            StatusCode::METHOD_NOT_ALLOWED => ("wrong", "this address takes other methods; see the Allow header"),
            StatusCode::NOT_FOUND => ("missing", "there is no such address; see /api/v1/openapi.json"),
            StatusCode::PAYLOAD_TOO_LARGE => ("large", "this is more than is taken at once; send less"),
            StatusCode::REQUEST_TIMEOUT => ("slow", "this took too long; narrow what you ask for"),
            StatusCode::TOO_MANY_REQUESTS => ("often", "too many requests; wait a little"),
            s if s.is_server_error() => ("failed", "the program failed on this request"),
            _ => ("wrong", "the request cannot be read"),
        };
        Fail::new(status, code, detail)
    }
}

impl From<archive::Error> for Fail {
    fn from(e: archive::Error) -> Fail {
        let (status, code) = if e.is_unknown_incident() || e.is_unknown_decision() {
            (StatusCode::NOT_FOUND, "missing")
        } else if e.is_refused() {
            (StatusCode::UNPROCESSABLE_ENTITY, "refused")
        } else if e.is_read_only() {
            (StatusCode::FORBIDDEN, "read-only")
        } else if e.is_busy() || e.is_full() {
            (StatusCode::SERVICE_UNAVAILABLE, "busy")
        } else {
            (StatusCode::INTERNAL_SERVER_ERROR, "failed")
        };
        // The file is the business of whoever runs the server.
        Fail { status, code, detail: e.what() }
    }
}

/// What a command would be told goes to the request.
impl From<anyhow::Error> for Fail {
    fn from(e: anyhow::Error) -> Fail {
        match e.downcast::<archive::Error>() {
            Ok(e) => e.into(),
            Err(e) if e.is::<Misuse>() => Fail::refused(e.to_string()),
            Err(e) => Fail::internal(e.to_string()),
        }
    }
}

impl IntoResponse for Fail {
    fn into_response(self) -> Response {
        (self.status, Json(Problem { code: self.code, detail: self.detail })).into_response()
    }
}
