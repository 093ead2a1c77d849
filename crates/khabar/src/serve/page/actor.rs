//! Actors: the list of those that incidents are ascribed to, and the dossier of one, each value with who says so.

mod graph;
mod told;

use super::address::Address;
use super::incident::dialogs::dialog;
use super::say::moment;
use super::{Broken, frame};
use crate::screen::plain;
use crate::serve::fail::Fail;
use crate::serve::state::Shared;
use crate::{dossier, history, label};
use account::{Actors, Alias, Standing, is_generic};
use archive::{Act, Dossier, Entry, Whole};
use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Addresses of actors.
pub(crate) fn router() -> Router<Shared> {
    Router::new().route("/actors", get(list)).route("/actors/{name}", get(one))
}

/// What a dossier's page shows besides the dossier.
struct Shown {
    found: Dossier,
    /// Decisions that name the actor, and all to tell them by.
    entries: Vec<Entry>,
    log: Vec<Entry>,
    /// Keys and names of all actors, to choose from.
    others: Vec<(String, String)>,
}

/// `/actors`.
async fn list(State(state): State<Shared>) -> Result<Markup, Broken> {
    let rows = state
        .look(|archive, state| {
            let row = |(key, n): (String, usize)| (known(&state.actors, &key), name(&state.actors, &key), key, n);
            Ok(archive.actors()?.into_iter().map(row).collect::<Vec<_>>())
        })
        .await?;
    let main = html! {
        div.head {
            h1 { "Actors" }
            span.faint { (label::count(rows.len(), "actor")) " that an account binds to an incident" }
        }
        @if rows.is_empty() { p.empty { "No account binds an actor to an incident." } }
        @else {
            div.field.narrow hidden data-script { label for="find" { "Find in the list" } input #find type="search" autocomplete="off"; }
            table.actors #list {
                thead { tr { th { "Actor" } th { "Known" } th.number { "Incidents" } } }
                tbody {
                    @for (known, name, key, n) in &rows {
                        tr {
                            th scope="row" { a href=(address(key)) { bdi { (name) } } }
                            td { span.badge.warn[*known == "new"] { (known) } }
                            td.number { (n) }
                        }
                    }
                }
            }
        }
    };
    Ok(frame("Actors", "/actors", &["actors.js"], main))
}

/// How an actor is known.
fn known(actors: &Actors, key: &str) -> &'static str {
    match actors.get(key) {
        _ if is_generic(key) => "nameless",
        Some(_) => "listed",
        None => "new",
    }
}

fn name(actors: &Actors, key: &str) -> String {
    let generic = || key.strip_prefix("generic/").unwrap_or(key).to_owned();
    actors.get(key).map_or_else(generic, |a| plain(&a.name))
}

/// The address of an actor's page.
pub(crate) fn address(key: &str) -> String {
    Address::of("/actors").into(key).as_str().to_owned()
}

/// `/actors/{name}`: any name of the actor leads to the page under its key.
async fn one(State(state): State<Shared>, Path(typed): Path<String>) -> Result<Response, Broken> {
    let asked = typed.clone();
    let shown = state
        .look(move |archive, state| {
            let found = archive.dossier(&state.actors, &asked)?;
            if found.is_empty() && found.listed.is_none() {
                let what = format!("no list of actors knows `{}`, and no account names it", plain(&asked));
                return Err(Fail::missing(what));
            }
            let log = archive.log()?;
            let own = |e: &&Entry| {
                names(&e.decision.act).iter().any(|n| *n == found.key || found.decided.iter().any(|d| d == n))
            };
            let entries: Vec<Entry> = log.iter().filter(own).cloned().collect();
            let others = archive.actors()?.into_iter().filter(|(k, _)| *k != found.key && !is_generic(k));
            let others = others.map(|(k, _)| (name(&state.actors, &k), k)).collect();
            Ok(Shown { found, entries, log, others })
        })
        .await?;
    if shown.found.key != typed {
        return Ok(Redirect::temporary(&address(&shown.found.key)).into_response());
    }
    Ok(frame(&plain(&shown.found.name), "/actors", &["actor.js"], shown.page()).into_response())
}

/// Keys and names that a decision about actors names.
fn names(act: &Act) -> Vec<&str> {
    match act {
        Act::ActorMerge { actor, other } => vec![actor, other],
        Act::ActorAlias { actor, name } => vec![actor, name],
        _ => Vec::new(),
    }
}

impl Shown {
    fn page(&self) -> Markup {
        let f = &self.found;
        html! {
            article #actor.incident data-actor=(f.key) {
                (self.head())
                div.sides {
                    div {
                        (incidents(f))
                        (told::strengths(f))
                        (told::people(f))
                    }
                    div.side {
                        (names_section(f))
                        (graph::section(f))
                    }
                }
                section #where aria-labelledby="h-where" {
                    h2 #h-where { "Where and when" }
                    link rel="stylesheet" href="/static/vendor/leaflet.css";
                    div.map #map aria-label="Map of its incidents" {}
                    figure.timeline #timeline aria-label="Its incidents and people killed, by month" {}
                }
                (self.decisions())
            }
            div #questions { (merge(&self.others)) (alias()) }
        }
    }

    fn head(&self) -> Markup {
        let f = &self.found;
        html! {
            header.what {
                p.crumbs { a href="/actors" { "Actors" } " / " span.id { (f.key) } }
                h1 { bdi { (plain(&f.name)) } }
                ul.facts {
                    @match &f.listed {
                        Some(a) => {
                            li { (a.class.name().replace('_', " ")) }
                            @if !a.countries.is_empty() { li { (a.countries.join(", ")) } }
                        }
                        None => li { span.badge.warn { "new" } " not in the list of actors; found by its name as printed" }
                    }
                    li { b { (f.incidents.len()) } @if f.incidents.len() == 1 { " incident" } @else { " incidents" } }
                }
                div.acts role="toolbar" aria-label="Decide" hidden {
                    button type="button" data-opens="d-actor-merge" aria-keyshortcuts="m" { "Merge " kbd { "m" } }
                    button type="button" data-opens="d-actor-alias" aria-keyshortcuts="a" { "Add a name " kbd { "a" } }
                    button type="button" data-undo="" aria-keyshortcuts="u" { "Undo " kbd { "u" } }
                }
            }
        }
    }

    fn decisions(&self) -> Markup {
        html! {
            @if !self.entries.is_empty() {
                section #decisions aria-labelledby="h-decisions" {
                    h2 #h-decisions { "Decisions" }
                    ul.ties {
                        @for e in self.entries.iter().rev() {
                            li {
                                (moment(&e.decision.time)) " " bdi { (plain(&e.decision.who)) } ": "
                                bdi { (history::describe(&e.decision.act, &self.log)) } " "
                                @if e.holds { button.plain type="button" data-undo=(e.decision.id) hidden { "Undo" } }
                                @else { span.faint { "(taken back)" } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The question which other actor is the same.
pub(crate) fn merge(others: &[(String, String)]) -> Markup {
    dialog(
        "actor-merge",
        "Which other name is this actor?",
        "Merge",
        html! {
            div.field {
                label for="other-actor" { "The other actor: any of its names" }
                input #other-actor name="other" required list="actors" autocomplete="off" maxlength="300";
            }
            datalist #actors { @for (name, key) in others { option value=(key) { (name) } } }
        },
    )
}

/// The question for a further name.
pub(crate) fn alias() -> Markup {
    dialog(
        "actor-alias",
        "A further name of this actor",
        "Add",
        html! {
            div.field {
                label for="name" { "Name, as articles print it" }
                input #name name="name" required autocomplete="off" maxlength="300";
            }
        },
    )
}

fn incidents(f: &Dossier) -> Markup {
    html! {
        section #incidents aria-labelledby="h-incidents" {
            h2 #h-incidents { "Incidents" }
            @if f.incidents.is_empty() { p.faint { "No account binds it to an incident." } }
            @else {
                div.wide {
                    table {
                        thead { tr { th { "Date" } th { "Place" } th { "Kinds" } th.number { "Killed" } th { "Standing, and who says so" } } }
                        tbody { @for w in f.incidents.iter().rev() { (row(w, &f.key)) } }
                    }
                }
            }
        }
    }
}

fn row(w: &Whole, key: &str) -> Markup {
    let mut says: BTreeMap<Standing, Vec<String>> = BTreeMap::new();
    for (kept, b) in dossier::bindings(w, key) {
        let outlet = label::outlet(kept);
        let who = if b.said_by.is_empty() { outlet } else { format!("{}, in {outlet}", label::said_by(&b.said_by)) };
        let voices = says.entry(b.status).or_default();
        if !voices.contains(&who) {
            voices.push(who);
        }
    }
    html! {
        tr {
            th scope="row" {
                a href={ "/incidents/" (w.incident.id) } {
                    @if w.chosen("date").is_empty() { "no date" } @else { (w.chosen("date")) }
                }
            }
            td { bdi { (label::place(w)) } }
            td { (label::kinds(w)) }
            td.number { (label::toll(w)) }
            td {
                @for (standing, voices) in &says {
                    p.voice { b { (standing) } " " @for (i, v) in voices.iter().enumerate() { @if i > 0 { "; " } bdi.faint { (v) } } }
                }
            }
        }
    }
}

fn names_section(f: &Dossier) -> Markup {
    let listed: Vec<&Alias> = f.listed.iter().flat_map(|a| &a.aliases).filter(|a| a.name != f.name).collect();
    html! {
        section #names aria-labelledby="h-names" {
            h2 #h-names { "Names" }
            table {
                thead { tr { th { "Name" } th { "From" } } }
                tbody {
                    @for p in &f.printed {
                        tr {
                            td { bdi { (plain(&p.name)) } }
                            td.small {
                                "printed in " (label::count(p.articles, "article")) ", first "
                                a href={ "/articles/" (p.first.0.id) } { bdi { (label::outlet(&p.first.0)) } }
                            }
                        }
                    }
                    @for name in &f.decided { tr { td { bdi { (plain(name)) } } td.small { "by decision" } } }
                    @for a in listed {
                        tr {
                            td { bdi { (plain(&a.name)) } }
                            td.small.faint {
                                "the list" @if let Some(from) = &a.from { ", since " (from) } @if let Some(until) = &a.until { ", until " (until) }
                            }
                        }
                    }
                }
            }
        }
    }
}
