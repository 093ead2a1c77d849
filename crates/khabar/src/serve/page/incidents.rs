//! The incidents: table, map and timeline on one page.

use super::{Broken, frame};
use crate::label;
use crate::serve::fail::Fail;
use crate::serve::query::Asked;
use crate::serve::state::Shared;
use archive::Whole;
use axum::extract::{Query, State};
use maud::{Markup, html};

/// `/`: the incidents that pass the filters of the address.
pub(crate) async fn list(State(state): State<Shared>, Query(asked): Query<Asked>) -> Result<Markup, Broken> {
    let all = state
        .look(move |archive, state| {
            let mut all: Vec<Whole> = Vec::new();
            archive.incidents(&asked.filter(state)?, |w| {
                all.push(w);
                Ok::<(), Fail>(())
            })??;
            Ok(all)
        })
        .await?;
    Ok(frame("Incidents", "/", &[], table(&all)))
}

fn table(all: &[Whole]) -> Markup {
    html! {
        table {
            thead { tr { th { "Date" } th { "Place" } th { "Kinds" } th { "Killed" } } }
            tbody {
                @for w in all {
                    tr {
                        td { (w.chosen("date")) }
                        td { bdi { (label::place(w)) } }
                        td { (label::kinds(w)) }
                        td { (label::toll(w)) }
                    }
                }
            }
        }
    }
}
