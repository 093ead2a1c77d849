//! An incident as a row of a list.

use crate::serve::state::State;
use archive::Brief;
use serde::Serialize;
use utoipa::ToSchema;

/// An incident, short; what is unknown is empty or null.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Row {
    incident: String,
    /// EDTF.
    date: String,
    place: String,
    /// ISO 3166-1 alpha-3.
    country: String,
    kinds: Vec<String>,
    stage: String,
    killed: Killed,
    /// Names of disputed fields.
    disputed: Vec<String>,
    articles: usize,
    /// Number of independent sources.
    independent: usize,
    /// Degrees.
    latitude: Option<f64>,
    longitude: Option<f64>,
    /// How narrow the place is: site, neighbourhood, city, district, province, country.
    precision: String,
    /// Names of actors that accounts bind to it.
    actors: Vec<String>,
}

/// The toll from lowest to highest.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Killed {
    low: Option<u64>,
    high: Option<u64>,
}

/// The row of an incident. Actors bear the names of the list, else those that articles print.
pub(crate) fn row(b: &Brief, state: &State) -> Row {
    Row {
        incident: b.id.clone(),
        date: b.date.clone(),
        place: b.place.clone(),
        country: b.country.clone(),
        kinds: b.kinds.clone(),
        stage: b.stage.clone(),
        killed: Killed { low: b.killed.0, high: b.killed.1 },
        disputed: b.disputed.clone(),
        articles: b.articles,
        independent: b.independent,
        latitude: b.at.map(|at| at.0),
        longitude: b.at.map(|at| at.1),
        precision: b.precision.clone(),
        actors: b.actors.iter().map(|(key, name)| state.name(key, name)).collect(),
    }
}
