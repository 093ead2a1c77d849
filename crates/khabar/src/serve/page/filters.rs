//! The filters: the same fields, the same words for them, on every page that has them.

use super::address::Address;
use crate::screen::plain;
use crate::serve::query::Asked;
use account::Kind;
use article::{EntryKind, Gazetteer};
use maud::{Markup, html};

/// The fields of a form that asks for incidents.
pub(crate) fn fields(a: &Asked) -> Markup {
    html! {
        div.field.words {
            label for="q" { "Words in the articles" }
            input #q type="search" name="q" value=(a.q) placeholder="mosque \"car bomb\" -drill";
        }
        div.field.date {
            label for="since" { "Since" }
            input #since name="since" value=(a.since) placeholder="2024-03" autocomplete="off";
        }
        div.field.date {
            label for="until" { "Until" }
            input #until name="until" value=(a.until) placeholder="2024-12-31" autocomplete="off";
        }
        div.field {
            label for="kind" { "Kind" }
            select #kind name="kind" {
                option value="" { "any" }
                @for k in Kind::ALL {
                    option value=(k.name()) selected[a.kind == k.name()] { (k.name().replace('_', " ")) }
                }
            }
        }
        div.field {
            label for="country" { "Country" }
            select #country name="country" {
                option value="" { "any" }
                @for (code, name) in countries() {
                    option value=(code) selected[a.country.eq_ignore_ascii_case(code)] { (name) }
                }
            }
        }
        div.field {
            label for="actor" { "By" }
            input #actor name="actor" value=(a.actor) list="known-actors" placeholder="any actor" autocomplete="off" dir="auto";
            datalist #known-actors {}
        }
        label.check { input type="checkbox" name="disputed" value="true" checked[a.disputed == "true"]; "Disputed only" }
        // A place is chosen on the map, and stays while other filters change.
        input type="hidden" name="place" value=(a.place);
    }
}

/// Codes and names of all countries, by name.
fn countries() -> Vec<(&'static str, &'static str)> {
    let all = Gazetteer::builtin();
    // They stand first.
    let countries = (0..).map_while(|id| all.entry(id)).take_while(|e| e.kind == EntryKind::Country);
    let mut out: Vec<_> = countries.map(|e| (e.country, e.name)).collect();
    out.sort_by_key(|(_, name)| *name);
    out
}

pub(crate) fn country_name(code: &str) -> &str {
    Gazetteer::builtin().country(code).map_or(code, |c| c.name)
}

/// What the filters ask for, as it stands in addresses.
fn named(a: &Asked) -> [(&str, &str); 8] {
    [
        ("q", &a.q),
        ("since", &a.since),
        ("until", &a.until),
        ("country", &a.country),
        ("kind", &a.kind),
        ("actor", &a.actor),
        ("disputed", &a.disputed),
        ("place", &a.place),
    ]
}

/// The name of a filter in a chip.
fn said(filter: &str) -> &str {
    match filter {
        "q" => "with",
        "actor" => "by",
        "disputed" => "",
        "place" => "at",
        other => other,
    }
}

/// The value of a filter in a chip.
fn meant(filter: &str, value: &str) -> String {
    match filter {
        "disputed" => "disputed".to_owned(),
        "kind" => value.replace('_', " "),
        "country" => country_name(&value.to_ascii_uppercase()).to_owned(),
        _ => plain(value),
    }
}

/// The address of a page with one filter set to something else.
pub(crate) fn with(page: Address, asked: &Asked, filter: &str, value: &str) -> Address {
    named(asked).into_iter().fold(page, |page, (name, was)| page.with(name, if name == filter { value } else { was }))
}

/// What is asked for, each to be taken away; `page` bears what else its address says.
pub(crate) fn chips(page: &Address, asked: &Asked) -> Markup {
    let set: Vec<(&str, &str)> = named(asked).into_iter().filter(|(_, value)| !value.is_empty()).collect();
    html! {
        @if !set.is_empty() {
            ul.chips {
                @for (name, value) in &set {
                    li {
                        a.chip href=(with(page.clone(), asked, name, "").as_str()) {
                            span.hush { "Without " } (said(name)) " " bdi { (meant(name, value)) }
                        }
                    }
                }
                @if set.len() > 1 { li { a.all href=(page.as_str()) { "Clear all" } } }
            }
        }
    }
}
