//! The files of the page, embedded in the program: style, scripts, the map's outlines.

use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use include_dir::{Dir, include_dir};

static WEB: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../web/static");

/// One embedded file. Browsers ask again each time and are told whether it changed, since a newer program serves newer files
/// at the same address.
pub(crate) async fn file(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let Some(file) = WEB.get_file(&path) else { return StatusCode::NOT_FOUND.into_response() };
    let tag = format!("\"{}\"", &blake3::hash(file.contents()).to_hex()[..16]);
    if headers.get(header::IF_NONE_MATCH).is_some_and(|t| t.as_bytes() == tag.as_bytes()) {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    let kind = match path.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        _ => "text/plain; charset=utf-8",
    };
    let fixed = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache")];
    (fixed, [(header::ETAG, tag)], file.contents()).into_response()
}
