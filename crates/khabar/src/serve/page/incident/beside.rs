//! Two incidents side by side: how far they agree, field by field, and the accounts of both.

use super::{View, accounts, dialogs, facts, readings, title, why};
use crate::open;
use crate::serve::fail::Fail;
use crate::serve::page::say::number;
use crate::serve::page::{Broken, frame};
use crate::serve::state::Shared;
use archive::{Archive, Between, Whole};
use axum::extract::{Path, State};
use maud::{Markup, html};

/// Two incidents and what keeps them apart.
pub(crate) struct Pair {
    pub(crate) one: Whole,
    pub(crate) other: Whole,
    between: Between,
}

/// `/incidents/{id}/beside/{other}`.
pub(super) async fn page(State(state): State<Shared>, Path((a, b)): Path<(String, String)>) -> Result<Markup, Broken> {
    let pair = state.look(move |archive, _| Pair::of(archive, &a, &b)).await?;
    let main = html! {
        article #incident.incident data-incident=(pair.one.incident.id) data-other=(pair.other.incident.id) {
            p.crumbs { a href="/" { "Incidents" } " / " a href={ "/incidents/" (pair.one.incident.id) } { (pair.one.incident.id) } " / beside" }
            h1 { "Two incidents side by side" }
            div.acts role="toolbar" aria-label="Decide" hidden {
                button type="button" data-merges { "They are one: merge " kbd { "m" } }
                button type="button" data-undo="" { "Undo " kbd { "u" } }
            }
            (pair.shown())
        }
        div #questions { (dialogs::all(&pair.one, Some(&pair.other.incident.id))) }
    };
    Ok(frame("Two incidents side by side", "/", &super::SCRIPTS, main))
}

impl Pair {
    /// *Errors*: one of them is not there, or both are one.
    pub(crate) fn of(archive: &Archive, a: &str, b: &str) -> Result<Pair, Fail> {
        let one = archive.incident(&open::incident_id(a))?;
        let other = archive.incident(&open::incident_id(b))?;
        if one.incident.id == other.incident.id {
            return Err(Fail::missing(format!("both are one incident by now: {}", one.incident.id)));
        }
        let between = archive.between(&one.incident.id, &other.incident.id)?;
        Ok(Pair { one, other, between })
    }

    /// Both, how far they agree, and their accounts.
    pub(crate) fn shown(&self) -> Markup {
        let (one, other) = (View::of(&self.one, 0), View::of(&self.other, self.one.accounts.len()));
        let best = &self.between.best;
        html! {
            div.both {
                @for view in [&one, &other] {
                    section.half {
                        a.open href={ "/incidents/" (view.whole.incident.id) } { (title(view.whole, 2)) }
                        (facts(view.whole))
                        (readings::table(view, &view.whole.incident.fields.iter().collect::<Vec<_>>(), None))
                    }
                }
            }
            section {
                h2 { "How far they agree" }
                p { (why::apart(&self.between)) " The pair that agrees best, " (number(best.score)) ":" }
                (why::table(best, [one.name(&best.pair[0]), other.name(&best.pair[1])]))
            }
            section {
                div.head { h2 { "Accounts of both" } (accounts::legend()) }
                (accounts::columns(&[&one, &other], |_, a| a < accounts::MOST))
            }
        }
    }
}
