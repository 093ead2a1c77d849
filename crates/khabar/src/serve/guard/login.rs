//! The page to log in, and the cookie that comes of it.

use super::users::{COOKIE, SESSION};
use crate::serve::page::frame;
use crate::serve::state::Shared;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;

/// Where to go on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct On {
    to: String,
}

/// What the form sends.
#[derive(Debug, Deserialize)]
pub(crate) struct Typed {
    name: String,
    password: String,
    #[serde(default)]
    to: String,
}

/// The address of the page to log in, which leads on to `to`.
pub(super) fn address(to: &str) -> String {
    // Whatever could end the value is written in hexadecimal.
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"/-_.~".contains(&b);
    let quoted: String =
        to.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect();
    format!("/login?to={quoted}")
}

/// A place on this server, whatever was asked for: an address that begins with two slashes is one elsewhere.
fn local(to: &str) -> &str {
    let safe = to.starts_with('/') && !to.starts_with("//") && !to.contains(['\\', '\r', '\n', '\t']);
    if safe { to } else { "/" }
}

/// The page to log in.
pub(crate) async fn form(State(state): State<Shared>, Query(on): Query<On>) -> Response {
    if state.users.is_none() {
        return Redirect::to("/").into_response();
    }
    (told(), page(local(&on.to), false)).into_response()
}

/// Under the rule of all other pages browsers would not tell where the form that is sent comes from.
fn told() -> [(HeaderName, &'static str); 1] {
    [(header::REFERRER_POLICY, "same-origin")]
}

/// Logs in whoever has the right password.
pub(crate) async fn log_in(State(state): State<Shared>, headers: HeaderMap, Form(typed): Form<Typed>) -> Response {
    let to = local(&typed.to).to_owned();
    let shared = state.clone();
    let checked = tokio::task::spawn_blocking(move || shared.users.as_ref()?.log_in(&typed.name, &typed.password));
    let Ok(Some(cookie)) = checked.await else {
        return (StatusCode::UNAUTHORIZED, told(), page(&to, true)).into_response();
    };
    // Browsers keep a secure cookie only where the way is: a proxy says whether it is.
    let secure = headers.get("x-forwarded-proto").is_some_and(|p| p.as_bytes() == b"https");
    let secure = if secure { "; Secure" } else { "" };
    let seconds = SESSION.as_secs();
    let cookie = format!("{COOKIE}={cookie}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}");
    (AppendHeaders([(header::SET_COOKIE, cookie)]), Redirect::to(&to)).into_response()
}

/// Ends the session.
pub(crate) async fn leave(State(state): State<Shared>, headers: HeaderMap) -> Response {
    if let Some(users) = &state.users {
        users.log_out(&headers);
    }
    let cookie = format!("{COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict");
    (AppendHeaders([(header::SET_COOKIE, cookie)]), Redirect::to("/login")).into_response()
}

fn page(to: &str, wrong: bool) -> Markup {
    let main = html! {
        h1 { "Log in" }
        @if wrong { p role="alert" { "No user has this name and password." } }
        form.login method="post" action="/login" {
            input type="hidden" name="to" value=(to);
            p { label for="name" { "Name" } " " input #name name="name" required autocomplete="username" autofocus; }
            p { label for="password" { "Password" } " " input #password name="password" type="password" required autocomplete="current-password"; }
            p { button type="submit" { "Log in" } }
        }
    };
    frame("Log in", "", &[], main)
}
