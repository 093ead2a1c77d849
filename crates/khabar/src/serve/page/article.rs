//! One article: its whole text with all that was read in it, account by account, who says what, and where it was found.

use super::address::Address;
use super::incident::{accounts, kinds};
use super::marks::{Mark, Tells};
use super::say::moment;
use super::{Broken, frame, text};
use crate::label;
use crate::screen::plain;
use crate::serve::fail::Fail;
use crate::serve::state::Shared;
use crate::values::{self, Value};
use archive::Opened;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;

/// Addresses of articles.
pub(crate) fn router() -> Router<Shared> {
    Router::new().route("/articles/{id}", get(one))
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// The account whose words alone are marked, from 1; all where it is none.
    account: String,
}

/// `/articles/{id}`.
async fn one(
    State(state): State<Shared>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Markup, Broken> {
    let opened = state
        .look(move |archive, _| {
            archive.article(&id)?.ok_or_else(|| Fail::missing(format!("there is no article `{id}`")))
        })
        .await?;
    let only = asked.account.parse::<usize>().ok().filter(|n| (1..=opened.accounts.len()).contains(n));
    let title = opened.kept.article.title.as_ref().map_or_else(|| "Article".to_owned(), |t| plain(&t.value));
    Ok(frame(&title, "", &["article.js"], page(&opened, only)))
}

/// The mark of a value: its account from 1 and its place among the account's values.
fn mark(account: usize, value: usize) -> String {
    format!("v{account}-{value}")
}

fn page(o: &Opened, only: Option<usize>) -> Markup {
    let values: Vec<Vec<Value<'_>>> = o.accounts.iter().map(|(a, _)| values::of(a)).collect();
    let mut marks: Vec<Mark> = Vec::new();
    for (n, v) in values.iter().enumerate().filter(|(n, _)| only.is_none_or(|o| o == n + 1)) {
        marks.extend(text::marks(v, |i| mark(n + 1, i)));
    }
    marks.extend(statements(o));
    html! {
        article #article {
            (head(o))
            div.reading {
                div.text.whole {
                    @if o.accounts.len() > 1 { (tabs(o, only)) }
                    (accounts::legend())
                    (text::body(&o.kept.article, &marks, false))
                }
                aside.beside aria-label="What was read" {
                    @for (n, v) in values.iter().enumerate().filter(|(n, _)| only.is_none_or(|o| o == n + 1)) {
                        (account(o, n, v))
                    }
                    @if o.accounts.is_empty() { p.faint { "It tells of no incident." } }
                    (said(o))
                    (problems(o))
                }
            }
        }
    }
}

fn head(o: &Opened) -> Markup {
    let a = &o.kept.article;
    let chain = o.kept.source_chain.iter().map(|v| plain(&v.value)).collect::<Vec<_>>().join(", from ");
    html! {
        header.what {
            p.crumbs { "Article / " span.id { (o.kept.id) } }
            h1 dir="auto" { (text::headline(a, &[])) }
            ul.facts {
                li { b { bdi { (label::outlet(&o.kept)) } } }
                @if let Some(p) = &a.published { li { (moment(p.value.time.as_deref().unwrap_or(&p.value.date.to_string()))) } }
                @if let Some(b) = &a.byline { li { "by " bdi { (plain(&b.value)) } } }
                @if let Some(g) = &a.agency { li { "agency " bdi { (plain(&g.value)) } } }
                @if !chain.is_empty() { li { "takes its story from " bdi { (chain) } } }
            }
            @if let Some(other) = &o.same_as {
                p.note { "Another version stands for this one: " a href={ "/articles/" (other) } { (other) } }
            }
            details.where {
                summary { (label::count(o.kept.origins.len(), "place")) " where it was found" @if !o.versions.is_empty() { ", " (label::count(o.versions.len(), "other version")) } }
                (text::found(&o.kept))
                @if !o.versions.is_empty() {
                    ul.found { @for v in &o.versions { li { "version " a.id href={ "/articles/" (v) } { (v) } } } }
                }
            }
        }
    }
}

/// Whose words are marked: of all accounts, or of one.
fn tabs(o: &Opened, only: Option<usize>) -> Markup {
    let to = |n: &str| Address::of("/articles").into(&o.kept.id).with("account", n).as_str().to_owned();
    html! {
        nav.tabs aria-label="Accounts" {
            a href=(to("")) aria-current=[only.is_none().then_some("true")] { "All" }
            @for (n, (a, _)) in o.accounts.iter().enumerate() {
                a href=(to(&(n + 1).to_string())) aria-current=[(only == Some(n + 1)).then_some("true")] {
                    (n + 1) " " (kinds(a))
                }
            }
        }
    }
}

fn account(o: &Opened, n: usize, values: &[Value<'_>]) -> Markup {
    let (a, incident) = &o.accounts[n];
    html! {
        section id={ "a" (n + 1) } tabindex="-1" {
            h2 { "Account " (n + 1) ": " (kinds(a)) }
            p.small {
                span.faint { (accounts::prominence(a.prominence)) } " "
                @if let Some(id) = incident { a href={ "/incidents/" (id) } { "Incident " span.id { (id) } } }
                @else { span.badge { "dismissed" } }
            }
            (accounts::list(values, |i| mark(n + 1, i)))
        }
    }
}

/// The words of statements: their sources, and what is said, which shows when one points at it.
fn statements(o: &Opened) -> Vec<Mark> {
    let mut out = Vec::new();
    for (n, s) in o.statements.iter().enumerate() {
        let value = format!("s{n}");
        let pieces = if s.pieces.is_empty() { std::slice::from_ref(&s.content) } else { &s.pieces[..] };
        let said = |(i, span): (usize, &article::Span)| Mark {
            span: *span,
            tells: Tells::Said,
            value: value.clone(),
            first: i == 0,
        };
        out.extend(pieces.iter().enumerate().map(said));
        let voice = |span: article::Span| Mark { span, tells: Tells::Voice, value: value.clone(), first: false };
        out.extend(s.sources.iter().map(|x| voice(x.span)));
        out.push(voice(s.cue));
    }
    out
}

fn said(o: &Opened) -> Markup {
    let text = &o.kept.article.text;
    html! {
        @if !o.statements.is_empty() {
            section aria-labelledby="h-said" {
                h2 #h-said { "Who says what" }
                ul.said {
                    @for (n, s) in o.statements.iter().enumerate() {
                        li {
                            a href={ "#w-s" (n) } data-v={ "s" (n) } {
                                b { bdi { (label::said_by(&s.sources)) } } " "
                                span.faint { (plain(s.cue.of(text))) } ": "
                                bdi { (crate::screen::cut(&plain(s.content.of(text)), 140)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn problems(o: &Opened) -> Markup {
    html! {
        @if !o.problems.is_empty() {
            section aria-labelledby="h-problems" {
                h2 #h-problems { "Problems" }
                @for p in &o.problems { p.note { (plain(&p.detail)) " " code { (p.code) } } }
            }
        }
    }
}
