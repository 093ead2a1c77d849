//! The sources: who published what, who takes from whom, who copies whom, and how far each can be relied on.

use super::address::Address;
use super::{Broken, frame, grouped};
use crate::label;
use crate::screen::plain;
use crate::serve::state::Shared;
use archive::Outlet;
use article::fold;
use axum::extract::{Query, State};
use incident::Rating;
use maud::{Markup, html};
use serde::Deserialize;

/// Outlets on a page, and ties between outlets that are listed and drawn.
const PAGE: usize = 100;
const TIES: usize = 80;

/// Which outlets to show.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Sought {
    name: String,
    offset: String,
}

/// One outlet takes stories from another, or tells what the other told first.
struct Tie<'a> {
    from: &'a str,
    to: &'a str,
    copies: bool,
    times: usize,
}

/// `/sources`.
pub(crate) async fn sources(State(state): State<Shared>, Query(sought): Query<Sought>) -> Result<Markup, Broken> {
    let outlets = state.look(|archive, state| state.outlets(archive)).await?;
    let offset = sought.offset.parse().unwrap_or(0);
    let wanted = fold(&sought.name);
    let found: Vec<&Outlet> = outlets.iter().filter(|o| fold(&o.name).contains(&wanted)).collect();
    let ties = ties(&found);
    let main = html! {
        div.head {
            h1 { "Sources" }
            p.faint #count aria-live="polite" { (label::count(found.len(), "outlet")) }
            form.rest.row #outlets-sought action="/sources" role="search" {
                input type="search" name="name" value=(sought.name) aria-label="Name of an outlet" placeholder="Name of an outlet" dir="auto";
                button { "Find" }
            }
        }
        @if outlets.is_empty() {
            p.empty { "No articles yet. " a href="/exchange" { "Add some" } }
        } @else {
            div.wide #outlets {
                table.outlets {
                    caption { "Each outlet with its articles, and how far it can be relied on, from A to F of the Admiralty scale" }
                    thead {
                        tr {
                            th scope="col" { "Outlet" }
                            th.number scope="col" { "Articles" }
                            th.number scope="col" { "Incidents" }
                            th.tied scope="col" { "Takes stories from" }
                            th.tied scope="col" { "Is taken up by" }
                            th scope="col" { "Rating" }
                        }
                    }
                    tbody { @for o in found.iter().skip(offset).take(PAGE) { (line(o)) } }
                }
                (pages(&sought.name, offset, found.len()))
            }
            (network(&ties))
        }
    };
    Ok(frame("Sources", "/sources", &["sources.js"], main))
}

fn line(o: &Outlet) -> Markup {
    let rating = o.rating.as_ref().map(|(r, _)| *r);
    let name = plain(&o.name);
    html! {
        tr {
            th scope="row" { bdi { (if name.is_empty() { "Unknown" } else { &name }) } }
            td.number { @if o.articles > 0 { (grouped(o.articles)) } @else { span.faint title="Only named by others" { "–" } } }
            td.number { @if o.incidents > 0 { (grouped(o.incidents)) } @else { span.faint { "–" } } }
            td.tied { (others(&o.takes_from)) }
            td.tied { (others(&o.taken_by)) }
            td {
                @if !name.is_empty() {
                    select.rating data-outlet=(o.name) data-decision=[o.rating.as_ref().map(|(_, d)| d)] aria-label={ "Rating of " (name) } {
                        option value="" selected[rating.is_none()] { "not rated" }
                        @for r in Rating::ALL {
                            option value=(r.name()) selected[rating == Some(*r)] { (r.name()) " " (r.meaning()) }
                        }
                    }
                }
            }
        }
    }
}

/// Other outlets, those named most often first; the rest as a number.
fn others(all: &[(String, usize)]) -> Markup {
    const SHOWN: usize = 4;
    html! {
        @for (i, (name, times)) in all.iter().take(SHOWN).enumerate() {
            @if i > 0 { ", " }
            bdi { (plain(name)) }
            @if *times > 1 { span.faint { " " (times) "×" } }
        }
        @if all.len() > SHOWN { span.faint { " and " (all.len() - SHOWN) " more" } }
    }
}

fn pages(name: &str, offset: usize, all: usize) -> Markup {
    let at = |offset: usize| Address::of("/sources").with("name", name).with("offset", &offset.to_string());
    html! {
        @if all > PAGE {
            nav.pages aria-label="Pages of the list" {
                @if offset > 0 { a.button href=(at(offset.saturating_sub(PAGE)).as_str()) { "← Before" } }
                span.faint { (grouped((offset + 1).min(all))) "–" (grouped((offset + PAGE).min(all))) " of " (grouped(all)) }
                @if offset + PAGE < all { a.button href=(at(offset + PAGE).as_str()) { "Next →" } }
            }
        }
    }
}

/// The strongest ties.
fn ties<'a>(outlets: &[&'a Outlet]) -> Vec<Tie<'a>> {
    let of = |o: &'a Outlet, others: &'a [(String, usize)], copies| {
        others.iter().map(move |(to, times)| Tie { from: &o.name, to, copies, times: *times })
    };
    let mut all: Vec<Tie<'a>> =
        outlets.iter().flat_map(|o| of(o, &o.takes_from, false).chain(of(o, &o.copies, true))).collect();
    // Who is not known ties nobody.
    all.retain(|t| !t.from.is_empty() && !t.to.is_empty());
    all.sort_by(|a, b| (b.times, a.from, a.to, a.copies).cmp(&(a.times, b.from, b.to, b.copies)));
    all.truncate(TIES);
    all
}

/// The ties as a list, from which a script draws a graph.
fn network(ties: &[Tie<'_>]) -> Markup {
    html! {
        section.network aria-labelledby="ties" {
            h2 #ties { "Who takes from whom" }
            @if ties.is_empty() {
                p.faint { "No outlet names another as its source, and none tells what another told first." }
            } @else {
                div.net {
                    div {
                        figure #graph aria-hidden="true" {}
                        p.small.faint {
                            "A line leads from an outlet to the one that it names as its source; a dashed line to one that told the "
                            "same first."
                        }
                    }
                    div.wide #net {
                        table {
                            caption { "Chains and copies, the most frequent first. Outlets that are tied count as one source." }
                            thead { tr { th scope="col" { "Outlet" } th scope="col" { "How" } th scope="col" { "From" } th.number scope="col" { "Times" } } }
                            tbody {
                                @for t in ties {
                                    tr data-from=(t.from) data-to=(t.to) data-copies=[t.copies.then_some("true")] data-times=(t.times) {
                                        td { bdi { (plain(t.from)) } }
                                        td.faint { (if t.copies { "tells the same as" } else { "names as its source" }) }
                                        td { bdi { (plain(t.to)) } }
                                        td.number { (grouped(t.times)) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
