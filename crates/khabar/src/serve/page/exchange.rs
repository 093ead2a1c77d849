//! What goes into the archive and what comes out of it: articles, coded tables, decisions.

use super::filters;
use super::frame;
use crate::serve::query::Asked;
use axum::extract::Query;
use maud::{Markup, html};

/// `/exchange`: articles in, with the present filters out.
pub(crate) async fn exchange(Query(asked): Query<Asked>) -> Markup {
    let main = html! {
        div.head { h1 { "Exchange" } }
        div.exchange {
            div {
                (articles())
                section.decides aria-labelledby="jobs-title" {
                    h2 #jobs-title { "Reading" }
                    div #jobs aria-live="polite" { p.faint { "Nothing was read from this page yet." } }
                }
            }
            div {
                (out(&asked))
                (table())
                (decisions())
            }
        }
    };
    frame("Exchange", "/exchange", &["exchange.js"], main)
}

fn articles() -> Markup {
    html! {
        section.decides aria-labelledby="in" {
            h2 #in { "Articles in" }
            div.drop #drop {
                p.large { "Drop files or a folder here" }
                p.row {
                    label.button { "Choose files" input.hush #files type="file" multiple; }
                    label.button { "Choose a folder" input.hush #folder type="file" webkitdirectory multiple; }
                }
                p.small.faint {
                    "Web pages as saved (.html), plain text (.txt), tables of articles (.json, .jsonl), each also as .gz. "
                    "What was read before is known again."
                }
            }
            div.sending #sending aria-live="polite" hidden {
                p {}
                progress max="1" value="0" aria-label="Sent" {}
                button type="button" { "Stop sending" }
            }
            p.small.faint { "Nothing to try it with? " button.plain type="button" data-examples { "Read the fifteen invented examples" } }
            noscript { p.note { "Files are sent by a script. Without scripts, use " code { "khabar read" } "." } }
        }
    }
}

fn out(asked: &Asked) -> Markup {
    html! {
        section aria-labelledby="out" {
            h2 #out { "Incidents out" }
            form #export method="get" {
                div.filters { (filters::fields(asked)) }
                p.row {
                    button.main formaction="/api/v1/export/csv" { "Table (CSV)" }
                    button formaction="/api/v1/export/jsonl" { "Everything (JSON lines)" }
                }
                p.small.faint {
                    "The table has a line for each incident, with the chosen values. JSON lines hold every reading, account and the words "
                    "it was read from."
                }
            }
        }
    }
}

fn table() -> Markup {
    html! {
        section.decides aria-labelledby="coded" {
            h2 #coded { "Coded table in" }
            form #table {
                p.small.faint { "A table of event reports that people coded, and a map that says what its columns mean." }
                div.row {
                    div.field { label for="csv" { "Table (.csv, .tsv)" } input #csv name="table" type="file" accept=".csv,.tsv,.txt" required; }
                    div.field { label for="map-file" { "Map (.map, .txt)" } input #map-file name="map" type="file" required; }
                    label.check { input type="checkbox" name="skip" value="true"; "Leave out rows that cannot be read" }
                    button { "Take in" }
                }
            }
        }
    }
}

fn decisions() -> Markup {
    html! {
        section aria-labelledby="decided" {
            h2 #decided { "Decisions out and in" }
            p.small.faint {
                "What people decided can be carried to another archive of the same articles. Taking the same decisions in twice changes "
                "nothing."
            }
            div.row {
                a.button href="/api/v1/export/decisions" { "Download decisions" }
                form.row.decides #decisions { label.button { "Take decisions in" input.hush type="file" name="decisions" accept=".jsonl,.json"; } }
            }
        }
    }
}
