//! What every answer bears: rules for the browser, a tag by which it is asked for again, failures in one shape.

use crate::serve::fail::Fail;
use crate::serve::state::Shared;
use axum::body::{Body, HttpBody, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Nothing from elsewhere, no script or style in the page itself, no frame around it.
const POLICY: &str = "default-src 'self'; style-src 'self'; script-src 'self'; object-src 'none'; \
     base-uri 'none'; form-action 'self'; frame-ancestors 'none'; img-src 'self' data:";

const HEADERS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Puts the rules for the browser on every answer.
pub(crate) async fn with_headers(State(state): State<Shared>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    // Pictures alone may come from the server of tiles, where one was named.
    let tiles = state.tiles.as_ref().and_then(|t| HeaderValue::from_str(&format!("{POLICY} {}", t.origin)).ok());
    if let Some(policy) = tiles {
        response.headers_mut().entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    }
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    // Answers are looked at again each time; the tag says whether they changed.
    let fresh = HeaderValue::from_static("private, no-cache");
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(fresh);
    response
}

/// Tags answers whose bytes are at hand with their hash, and sends none that the browser has. A weak tag: the same answer may
/// go out compressed or not.
pub(crate) async fn tagged(request: Request, next: Next) -> Response {
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let get = *request.method() == Method::GET;
    let response = next.run(request).await;
    let at_hand = response.body().size_hint().exact().is_some();
    if !get || response.status() != StatusCode::OK || response.headers().contains_key(header::ETAG) || !at_hand {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return Fail::internal("the answer was lost").into_response();
    };
    let tag = format!("W/\"{}\"", &blake3::hash(&bytes).to_hex()[..24]);
    if let Ok(value) = HeaderValue::from_str(&tag) {
        parts.headers.insert(header::ETAG, value);
    }
    let same = |known: &HeaderValue| known.to_str().is_ok_and(|k| k.split(',').any(|t| t.trim() == tag));
    if known.as_ref().is_some_and(same) {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_LENGTH);
        parts.headers.remove(header::CONTENT_TYPE);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// Whatever fails below `/api/` says so in JSON, also where a layer failed that knows nothing of it.
pub(crate) async fn plain_failures(request: Request, next: Next) -> Response {
    let api = request.uri().path().starts_with("/api/");
    let response = next.run(request).await;
    let status = response.status();
    let json =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"application/json"));
    if !api || json || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let (mut told, old) = (Fail::of(status).into_response(), response.headers());
    for name in [header::ALLOW, header::RETRY_AFTER, header::WWW_AUTHENTICATE] {
        if let Some(value) = old.get(&name) {
            told.headers_mut().insert(name, value.clone());
        }
    }
    told
}
