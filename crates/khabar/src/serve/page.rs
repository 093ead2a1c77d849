//! The pages for people: rendered here, brought to life by the small modules of `web/static`.
//!
//! Everything is in the page before any script runs; scripts add the map, the charts and the keys.

mod actor;
mod address;
mod article;
mod chart;
mod exchange;
mod filters;
mod help;
mod incident;
mod incidents;
mod marks;
mod review;
mod say;
mod search;
mod sources;
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
    Router::new()
        .route("/", get(incidents::list))
        .route("/sources", get(sources::sources))
        .route("/search", get(search::found))
        .route("/exchange", get(exchange::exchange))
        .route("/help", get(help::help))
        .merge(incident::router())
        .merge(article::router())
        .merge(actor::router())
        .merge(review::router())
}

/// The parts of the page that the head links to: address, name.
const PARTS: [(&str, &str); 7] = [
    ("/", "Incidents"),
    ("/review", "Review"),
    ("/actors", "Actors"),
    ("/sources", "Sources"),
    ("/search", "Search"),
    ("/exchange", "Exchange"),
    ("/help", "Help"),
];

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
                script src="/static/theme.js" {}
                link rel="preload" href="/static/vendor/inter-latin.woff2" as="font" type="font/woff2" crossorigin;
                @for sheet in ["style.css", "pages.css", "view.css"] { link rel="stylesheet" href={ "/static/" (sheet) }; }
                link rel="icon" href="/static/icon.svg";
                script type="module" src="/static/frame.js" {}
                @for script in scripts { script type="module" src={ "/static/" (script) } {} }
            }
            body {
                a.skip href="#main" { "Skip to content" }
                (head(here))
                main #main tabindex="-1" { (main) }
                div.toasts #toasts role="status" aria-live="polite" {}
                (keys())
            }
        }
    }
}

/// The head of every page: where one is, who decides, whether the page is live.
fn head(here: &str) -> Markup {
    html! {
        header.top {
            a.brand href="/" { (icon()) "Khabar" }
            nav aria-label="Parts" {
                @for (address, name) in PARTS {
                    a href=(address) aria-current=[(address == here).then_some("page")] { (name) }
                }
            }
            div.tools {
                span.live #live data-state="wait" role="status" { span { "connecting" } }
                label.who {
                    span { "Deciding as" }
                    input #who type="text" placeholder="your name" autocomplete="name" maxlength="60" aria-label="Deciding as";
                }
                form #leave method="post" action="/logout" hidden { button.plain { "Log out" } }
                button.plain #theme type="button" aria-label="Light or dark" title="Light or dark" { (half_moon()) }
                button.plain #show-keys type="button" aria-label="Keys" title="Keys (?)" { "?" }
            }
        }
    }
}

/// The list of keys, which the scripts fill with what they bind.
fn keys() -> Markup {
    html! {
        dialog #keys aria-labelledby="keys-title" {
            h2 #keys-title { "Keys" }
            dl.keys {}
            form method="dialog" {
                label.check { input type="checkbox"; "Single keys act" }
                div.ends { button.main { "Close" } }
            }
        }
    }
}

/// Words for who listens to the page and does not see it.
pub(crate) fn hush(words: &str) -> Markup {
    html! { span.hush { (words) } }
}

/// Two circles that share a part: two accounts of one happening.
fn icon() -> Markup {
    html! {
        svg viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.6" aria-hidden="true" {
            circle cx="6" cy="8" r="4.6" {}
            circle cx="10" cy="8" r="4.6" {}
        }
    }
}

fn half_moon() -> Markup {
    html! {
        svg viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5" aria-hidden="true" {
            circle cx="8" cy="8" r="5.6" {}
            path d="M8 2.4a5.6 5.6 0 0 1 0 11.2z" fill="currentColor" {}
        }
    }
}

/// A number with its thousands apart.
pub(crate) fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
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
