//! What comes in and goes out of the interface: JSON either way, and every refusal in one shape.

use super::fail::Fail;
use crate::json;
use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A body of JSON, written as the command line writes it: characters that steer a terminal are escaped.
#[derive(Debug)]
pub(crate) struct Answer(String);

impl Answer {
    pub(crate) fn of<T: Serialize>(value: &T) -> Result<Answer, Fail> {
        json::line(value).map(Answer).map_err(|e| Fail::internal(e.to_string()))
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        ([(header::CONTENT_TYPE, "application/json")], self.0).into_response()
    }
}

/// What stands behind the `?` of the address.
pub(crate) struct Asks<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Asks<T> {
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Asks<T>, Fail> {
        let refused = |r: QueryRejection| Fail::wrong(r.body_text());
        Query::from_request_parts(parts, state).await.map(|Query(t)| Asks(t)).map_err(refused)
    }
}

/// What stands in the path.
pub(crate) struct At<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for At<T> {
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<At<T>, Fail> {
        let refused = |r: PathRejection| Fail::wrong(r.body_text());
        Path::from_request_parts(parts, state).await.map(|Path(t)| At(t)).map_err(refused)
    }
}

/// A body of JSON that was sent.
pub(crate) struct Sent<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Sent<T> {
    type Rejection = Fail;

    async fn from_request(request: Request, state: &S) -> Result<Sent<T>, Fail> {
        let refused = |r: JsonRejection| Fail { status: r.status(), code: "wrong", detail: r.body_text() };
        Json::from_request(request, state).await.map(|Json(t)| Sent(t)).map_err(refused)
    }
}
