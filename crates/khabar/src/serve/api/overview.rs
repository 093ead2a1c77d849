//! Incidents counted, for charts and maps.

use crate::serve::answer::{Answer, Asks};
use crate::serve::fail::Fail;
use crate::serve::query::Asked;
use crate::serve::state::{self, Shared};
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

/// Incidents counted.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Overview {
    total: usize,
    disputed: usize,
    /// Those of which no month is known.
    undated: usize,
    /// Those whose place is not known to lie anywhere.
    unplaced: usize,
    months: Vec<Month>,
    /// The most frequent first.
    kinds: Vec<Kind>,
    countries: Vec<Country>,
    /// 50 at most.
    actors: Vec<Actor>,
    places: Vec<Place>,
}

#[derive(Debug, Serialize, ToSchema)]
struct Month {
    /// As in 2024-03.
    month: String,
    incidents: usize,
    /// The dead, at least.
    killed: u64,
}

#[derive(Debug, Serialize, ToSchema)]
struct Kind {
    kind: String,
    incidents: usize,
}

#[derive(Debug, Serialize, ToSchema)]
struct Country {
    country: String,
    incidents: usize,
}

#[derive(Debug, Serialize, ToSchema)]
struct Actor {
    /// Its key.
    actor: String,
    name: String,
    incidents: usize,
}

/// A place, and what happened there.
#[derive(Debug, Serialize, ToSchema)]
struct Place {
    name: String,
    country: String,
    latitude: f64,
    longitude: f64,
    precision: String,
    incidents: usize,
    disputed: usize,
    /// The dead, at least.
    killed: u64,
    /// The id of the last of the incidents.
    incident: String,
}

impl Overview {
    fn new(o: archive::Overview, state: &state::State) -> Overview {
        let place = |p: archive::Spot| Place {
            name: p.name,
            country: p.country,
            latitude: p.at.0,
            longitude: p.at.1,
            precision: p.precision,
            incidents: p.incidents,
            disputed: p.disputed,
            killed: p.killed,
            incident: p.incident,
        };
        let actor = |(actor, name, incidents): (String, String, usize)| {
            let name = state.name(&actor, &name);
            Actor { actor, name, incidents }
        };
        Overview {
            total: o.total,
            disputed: o.disputed,
            undated: o.undated,
            unplaced: o.unplaced,
            months: o.months.into_iter().map(|(month, incidents, killed)| Month { month, incidents, killed }).collect(),
            kinds: o.kinds.into_iter().map(|(kind, incidents)| Kind { kind, incidents }).collect(),
            countries: o.countries.into_iter().map(|(country, incidents)| Country { country, incidents }).collect(),
            actors: o.actors.into_iter().map(actor).collect(),
            places: o.places.into_iter().map(place).collect(),
        }
    }
}

/// The incidents that pass the filters, counted by month, kind, country, actor and place
#[utoipa::path(get, path = "/overview", params(Asked), tag = "incidents", responses(
    (status = 200, description = "counts", body = Overview),
))]
pub(crate) async fn overview(State(state): State<Shared>, Asks(asked): Asks<Asked>) -> Result<Answer, Fail> {
    state
        .look(move |archive, state| {
            let counted = archive.overview(&asked.filter(state)?)?;
            Answer::of(&Overview::new(counted, state))
        })
        .await
}
