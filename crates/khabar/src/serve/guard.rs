//! Who may ask what: the checks that every request passes before anything looks at it.
//!
//! On loopback without users the danger is other pages in the same browser. They can send requests here and, by a name of
//! their own that they let point to this machine (DNS rebinding), read the answers; so the `Host` must be a name of this
//! machine, and whatever changes something must come from a page of ours: it bears a header that a foreign page cannot
//! send unasked, and its `Origin`, if told, is ours. With users whoever asks must have logged in besides, which a page
//! under a foreign name never has.

mod headers;
mod login;
mod rate;
mod users;

pub(crate) use headers::{plain_failures, tagged, with_headers};
pub(crate) use login::{form, leave, log_in};
pub(crate) use rate::{limit_logins, limit_requests};
pub(crate) use users::{Role, Secret, Users, hashed, token};

use super::fail::Fail;
use super::page::Broken;
use super::state::Shared;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

/// Who asks. Without users everybody may do everything and nobody has a name.
#[derive(Debug, Clone)]
pub(crate) struct Me {
    /// The name of whoever logged in.
    pub(crate) name: Option<String>,
    /// What they may do.
    pub(crate) role: Role,
}

impl<S: Send + Sync> FromRequestParts<S> for Me {
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Me, Fail> {
        parts.extensions.get::<Me>().cloned().ok_or_else(Fail::stranger)
    }
}

/// Lets a request pass, or says why not.
pub(crate) async fn guard(State(state): State<Shared>, mut request: Request, next: Next) -> Response {
    match check(&state, &request) {
        Ok(me) => {
            request.extensions_mut().insert(me);
            next.run(request).await
        }
        Err(fail) if fail.status == axum::http::StatusCode::UNAUTHORIZED && is_page(&request) => {
            let to = request.uri().path_and_query().map_or("/", |p| p.as_str());
            Redirect::to(&login::address(to)).into_response()
        }
        Err(fail) if is_page(&request) => Broken::from(fail).into_response(),
        Err(fail) => fail.into_response(),
    }
}

fn is_page(request: &Request) -> bool {
    request.method() == Method::GET && !request.uri().path().starts_with("/api/")
}

fn check(state: &Shared, request: &Request) -> Result<Me, Fail> {
    let (path, headers) = (request.uri().path(), request.headers());
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let Some(users) = &state.users else {
        host(headers)?;
        if !safe {
            ours(headers, true)?;
        }
        let role = if state.writable { Role::Reviewer } else { Role::Reader };
        let me = Me { name: None, role };
        return if safe || state.writable { Ok(me) } else { Err(read_only()) };
    };
    // The way in, and how it looks, are open to all.
    if path == "/login" || path.starts_with("/static/") {
        if !safe {
            ours(headers, false)?;
        }
        return Ok(Me { name: None, role: Role::Reader });
    }
    let bearer =
        headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()).and_then(|v| v.strip_prefix("Bearer "));
    let me = match bearer {
        // What a program sends by itself no foreign page can make it send.
        Some(token) => users.of_token(token.trim()),
        None => {
            if !safe {
                ours(headers, path != "/logout")?;
            }
            users.of_session(headers)
        }
    };
    let me = me.ok_or_else(Fail::stranger)?;
    if safe || path == "/logout" {
        return Ok(me);
    }
    match me.role {
        Role::Reader => Err(Fail::forbidden("reader", "you may look at everything and change nothing")),
        Role::Reviewer if !state.writable => Err(read_only()),
        Role::Reviewer => Ok(me),
    }
}

fn read_only() -> Fail {
    Fail::forbidden("read-only", "the archive may not be written by the server; it can be looked at")
}

/// The `Host` is a name of this machine that no foreign name server can give out.
fn host(headers: &HeaderMap) -> Result<(), Fail> {
    let host = headers.get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    if ["localhost", "127.0.0.1", "[::1]"].contains(&name.to_ascii_lowercase().as_str()) {
        return Ok(());
    }
    Err(Fail::forbidden("host", "this server answers under http://localhost and http://127.0.0.1 alone"))
}

/// The request comes from a page of this server; `marked`: it must bear the header that only such a page can send.
fn ours(headers: &HeaderMap, marked: bool) -> Result<(), Fail> {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    let foreign = || Fail::forbidden("foreign", "this came from a page of another server; nothing was changed");
    if marked && text("x-khabar").is_none() {
        return Err(Fail::forbidden("foreign", "whatever changes something needs the header `X-Khabar: 1`"));
    }
    if text("sec-fetch-site").is_some_and(|s| s != "same-origin" && s != "none") {
        return Err(foreign());
    }
    match text("origin") {
        // So says a form under a rule to tell nothing; whether it is ours the browser told above.
        Some("null") if text("sec-fetch-site").is_some() => Ok(()),
        Some(origin) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            if host.is_some() && host == text("host") { Ok(()) } else { Err(foreign()) }
        }
        // Browsers tell the origin of a form that is sent; who tells none and bears no mark is not believed.
        None if marked || text("sec-fetch-site").is_some() => Ok(()),
        None => Err(foreign()),
    }
}
