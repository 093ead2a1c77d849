//! What can be decided on an incident: buttons with their keys, and the questions that they ask.
//!
//! Deciding takes a script, since a browser's plain form cannot say that a page of this server sends it; without, the buttons
//! do not show.

use crate::label;
use crate::screen::plain;
use account::{Kind, Stage};
use archive::Whole;
use incident::Rules;
use maud::{Markup, html};

/// What a button does: its key, its name, the dialog that it opens.
const ACTS: [(&str, &str, &str); 5] = [
    ("m", "Merge", "merge"),
    ("s", "Split", "split"),
    ("c", "Correct", "correct"),
    ("d", "Dismiss", "dismiss"),
    ("n", "Note", "note"),
];

/// The buttons.
pub(crate) fn buttons() -> Markup {
    html! {
        div.acts role="toolbar" aria-label="Decide" hidden {
            @for (key, name, dialog) in ACTS {
                button type="button" data-opens={ "d-" (dialog) } aria-keyshortcuts=(key) { (name) " " kbd { (key) } }
            }
            button type="button" data-undo="" aria-keyshortcuts="u" { "Undo " kbd { "u" } }
        }
    }
}

/// The dialogs that the buttons open; `nearest` is the incident that is offered first for merging.
pub(crate) fn all(w: &Whole, nearest: Option<&str>) -> Markup {
    let id = w.incident.id.as_str();
    html! {
        (dialog("merge", "Merge with another incident", "Merge", merge(id, nearest)))
        (dialog("split", "Take accounts out", "Take out", split(w)))
        (dialog("correct", "Correct a value", "Correct", correct(w)))
        (dialog("dismiss", "Dismiss", "Dismiss", dismiss(w)))
        (dialog("note", "Note", "Keep the note", note()))
    }
}

/// A question: its act, heading, button and fields.
pub(crate) fn dialog(act: &str, title: &str, button: &str, fields: Markup) -> Markup {
    html! {
        dialog id={ "d-" (act) } aria-labelledby={ "h-" (act) } {
            form method="dialog" data-act=(act) {
                h2 id={ "h-" (act) } { (title) }
                (fields)
                @if act != "note" {
                    div.field {
                        label for={ "why-" (act) } { "Why (may stay empty)" }
                        input id={ "why-" (act) } name="why" maxlength="2000" autocomplete="off";
                    }
                }
                div.field data-name hidden {
                    label for={ "as-" (act) } { "Your name, which the decision bears" }
                    input id={ "as-" (act) } name="as" maxlength="200" autocomplete="name";
                }
                p.warn role="alert" {}
                div.ends {
                    button type="button" data-closes { "Cancel" }
                    button.main { (button) }
                }
            }
        }
    }
}

fn merge(id: &str, nearest: Option<&str>) -> Markup {
    html! {
        div.field {
            label for="other" { "An id, or words to look for" }
            input #other type="search" name="q" autocomplete="off" data-not=(id) data-nearest=[nearest];
        }
        fieldset.choices data-choices { legend { "Near ones" } p.faint { "Looking…" } }
    }
}

fn split(w: &Whole) -> Markup {
    html! {
        fieldset.choices {
            legend { "Which accounts tell of something else?" }
            @for (i, s) in w.incident.accounts.iter().enumerate() {
                label.check {
                    input type="checkbox" name="accounts" value={ (s.article) "/" (s.ordinal + 1) };
                    span.n { "[" (i + 1) "]" }
                    bdi { (w.article(i).map(label::outlet).unwrap_or_default()) }
                    @if let Some(t) = w.article(i).and_then(|k| k.article.title.as_ref()) { bdi.faint { (plain(&t.value)) } }
                }
            }
        }
    }
}

fn correct(w: &Whole) -> Markup {
    html! {
        div.field {
            label for="field" { "Field" }
            select #field name="field" {
                @for f in Rules::fields() { option value=(f) { (f.replace('_', " ")) } }
            }
        }
        div.field {
            label for="value" { "Value" }
            input #value name="value" required list="values-date" autocomplete="off" maxlength="500" aria-describedby="hint";
            span #hint.faint.small {}
        }
        @for f in Rules::fields() {
            datalist id={ "values-" (f) } data-hint=(hint(f)) {
                @for r in w.incident.fields.iter().filter(|x| x.name == f).flat_map(|x| &x.readings).filter(|r| !r.part) {
                    @if f == "perpetrator" { option value={ (plain(&r.value)) " (" (r.detail) ")" } {} }
                    @else { option value=(plain(&r.value)) {} }
                }
                @if f == "kind" { @for k in Kind::ALL { option value=(k.name()) {} } }
                @if f == "stage" { @for s in Stage::ALL { option value=(s.name()) {} } }
            }
        }
    }
}

/// How a value of the field is written.
fn hint(field: &str) -> &'static str {
    match field {
        "date" => "2024-03-04, 2024-03 or 2024-03-04/2024-03-06",
        "place" => "the name of the place",
        "country" => "a code of three letters, like AFG or PAK",
        "kind" | "stage" => "a word of the list",
        "perpetrator" => "an actor and how it is bound: Red Valley Front (claimed)",
        _ => "a number like 13, 30.. (at least), ..40 (at most) or 190..199",
    }
}

fn dismiss(w: &Whole) -> Markup {
    html! {
        fieldset.choices {
            legend { "What tells of no incident?" }
            label.check { input type="radio" name="what" value=(w.incident.id) checked; "All of it" }
            @if w.incident.accounts.len() > 1 {
                @for (i, s) in w.incident.accounts.iter().enumerate() {
                    label.check {
                        input type="radio" name="what" value={ (s.article) "/" (s.ordinal + 1) };
                        "Only " span.n { "[" (i + 1) "]" }
                        bdi { (w.article(i).map(label::outlet).unwrap_or_default()) }
                    }
                }
            }
        }
    }
}

fn note() -> Markup {
    html! {
        div.field {
            label for="text" { "Words that show with the incident" }
            textarea #text name="text" rows="4" required maxlength="10000" {}
        }
    }
}
