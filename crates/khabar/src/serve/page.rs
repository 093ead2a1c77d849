//! The pages for people: rendered here, brought to life by the small modules of `web/static`.
//!
//! Everything is in the page before any script runs; scripts add the map, the charts and the keys.

mod incident;
mod incidents;
mod marks;
mod text;

use super::fail::Fail;
use super::state::Shared;
use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{DOCTYPE, Markup, html};

/// Addresses of pages.
pub(crate) fn router() -> Router<Shared> {
    Router::new().route("/", get(incidents::list)).merge(incident::router())
}

/// The parts of the page that the head links to: address, name.
const PARTS: [(&str, &str); 1] = [("/", "Incidents")];

/// A whole page: what all have in common around what this one shows. `scripts` are modules of `web/static`.
pub(crate) fn frame(title: &str, here: &str, scripts: &[&str], main: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · Khabar" }
                link rel="stylesheet" href="/static/style.css";
                link rel="stylesheet" href="/static/view.css";
                link rel="icon" href="/static/icon.svg";
                @for script in scripts { script type="module" src={ "/static/" (script) } {} }
            }
            body {
                a.skip href="#main" { "Skip to content" }
                header.top {
                    a.brand href="/" { "Khabar" }
                    nav aria-label="Parts" {
                        @for (address, name) in PARTS {
                            a href=(address) aria-current=[(address == here).then_some("page")] { (name) }
                        }
                    }
                }
                main #main { (main) }
            }
        }
    }
}

/// A name as one part of an address.
pub(crate) fn segment(name: &str) -> String {
    let safe = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    name.bytes().map(|b| if safe(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

/// A weight with its sign: `+2.1`, `−0.4`.
pub(crate) fn number(weight: f64) -> String {
    format!("{weight:+.1}").replace('-', "\u{2212}")
}

/// An error as a page.
pub(crate) struct Broken(Fail);

impl From<Fail> for Broken {
    fn from(f: Fail) -> Broken {
        Broken(f)
    }
}

impl From<archive::Error> for Broken {
    fn from(e: archive::Error) -> Broken {
        Broken(e.into())
    }
}

impl IntoResponse for Broken {
    fn into_response(self) -> Response {
        let title = match self.0.status {
            StatusCode::NOT_FOUND => "Not found",
            StatusCode::BAD_REQUEST => "That cannot be asked",
            _ => "Something went wrong",
        };
        let main = html! { h1 { (title) } p { (self.0.detail) } p { a href="/" { "To the incidents" } } };
        (self.0.status, frame(title, "", &[], main)).into_response()
    }
}
