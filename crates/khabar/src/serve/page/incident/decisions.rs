//! What people decided on the incident, and where that contradicts other decisions or what accounts say.

use crate::history;
use crate::label;
use crate::screen::plain;
use crate::serve::page::say::moment;
use archive::{Conflict, Entry};
use maud::{Markup, html};

pub(super) fn section(entries: &[Entry], log: &[Entry], conflicts: &[Conflict]) -> Markup {
    html! {
        section #decisions aria-labelledby="h-decisions" {
            h2 #h-decisions { "Decisions" }
            @for c in conflicts { p.note { b { "Contradiction: " } (plain(&c.what)) " " span.id { (c.decision) } } }
            @if entries.is_empty() { p.faint { "Nobody has decided anything on it." } }
            @else { (table(entries, log)) }
        }
    }
}

fn table(entries: &[Entry], log: &[Entry]) -> Markup {
    html! {
        div.wide {
            table {
                thead { tr { th { "When" } th { "Who" } th { "What" } th { "Why" } th { "State" } } }
                tbody {
                    @for e in entries.iter().rev() {
                        tr.faint[!e.holds] id=(e.decision.id) {
                            td { (moment(&e.decision.time)) }
                            td { bdi { (plain(&e.decision.who)) } }
                            td { bdi { (history::describe(&e.decision.act, log)) } }
                            td { bdi { (plain(&e.decision.why)) } }
                            td { (state(e)) }
                        }
                    }
                }
            }
        }
    }
}

fn state(e: &Entry) -> Markup {
    html! {
        @if e.holds {
            button.undo.plain type="button" data-undo=(e.decision.id) hidden { "Undo" }
        } @else {
            "taken back "
        }
        @if !e.unattached.is_empty() { span.warn { (label::count(e.unattached.len(), "account")) " not found any more" } }
    }
}
