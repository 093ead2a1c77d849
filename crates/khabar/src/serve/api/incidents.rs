//! Incidents: a page of them, one of them, why it is one.

use super::brief::{Row, row};
use crate::serve::answer::{Answer, Asks, At};
use crate::serve::fail::Fail;
use crate::serve::query::{Asked, Part, flag, flags};
use crate::serve::state::Shared;
use crate::{chain, json, open, show, why};
use archive::Sort;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// How to list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct Listing {
    /// The order; `-` before it for downwards. What is unknown comes last. `date` if left out.
    #[param(required = false, schema_with = orders)]
    sort: String,
    /// `true`: whole objects, with readings and accounts, instead of rows.
    #[param(required = false, schema_with = flags)]
    full: String,
}

fn orders() -> utoipa::openapi::schema::Object {
    let by = ["date", "killed", "articles", "sources", "place"];
    let all: Vec<String> = by.iter().flat_map(|b| [b.to_string(), format!("-{b}")]).chain([String::new()]).collect();
    utoipa::openapi::schema::ObjectBuilder::new()
        .schema_type(utoipa::openapi::schema::Type::String)
        .enum_values(Some(all))
        .build()
}

/// A page of incidents.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Page<'a> {
    /// How many pass in all.
    total: usize,
    offset: usize,
    limit: usize,
    incidents: Vec<Listed<'a>>,
}

/// An incident of a list: a row, or all of it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
enum Listed<'a> {
    Row(Box<Row>),
    Whole(Box<json::Happening<'a>>),
}

/// Incidents that pass the filters, a page at a time
#[utoipa::path(get, path = "/incidents", params(Asked, Listing, Part), tag = "incidents", responses(
    (status = 200, description = "rows; with full=true whole objects", body = Page),
))]
pub(crate) async fn list(
    State(state): State<Shared>,
    Asks(asked): Asks<Asked>,
    Asks(listing): Asks<Listing>,
    Asks(part): Asks<Part>,
) -> Result<Answer, Fail> {
    let (offset, limit) = part.range()?;
    let sort: Sort = match listing.sort.as_str() {
        "" => Sort::default(),
        s => s.parse().map_err(Fail::wrong)?,
    };
    let full = flag("full", &listing.full)?;
    state
        .look(move |archive, state| {
            let (total, rows) = archive.page(&asked.filter(state)?, sort, offset, limit)?;
            if !full {
                let incidents = rows.iter().map(|b| Listed::Row(Box::new(row(b, state)))).collect();
                return Answer::of(&Page { total, offset, limit, incidents });
            }
            let wholes = rows.iter().map(|b| archive.incident(&b.id)).collect::<Result<Vec<_>, _>>()?;
            let incidents = wholes.iter().map(|w| Listed::Whole(Box::new(json::Happening::new(w)))).collect();
            Answer::of(&Page { total, offset, limit, incidents })
        })
        .await
}

/// One incident with its readings, accounts, decisions and conflicts, as `khabar show --json` prints it
///
/// An id may be shortened as far as it tells the incident from others; one that it bore once leads to it.
#[utoipa::path(get, path = "/incidents/{id}", params(("id" = String, Path, description = "its id")), tag = "incidents", responses(
    (status = 200, description = "the incident", body = show::Shown),
))]
pub(crate) async fn one(State(state): State<Shared>, At(id): At<String>) -> Result<Answer, Fail> {
    state
        .look(move |archive, _| {
            let whole = archive.incident(&open::incident_id(&id))?;
            let decisions = archive.history(&whole.incident)?;
            let conflicts = archive.conflicts(Some(&whole.incident.id))?;
            let (incident, chain) = (json::Happening::new(&whole), chain::Shape::of(&whole));
            Answer::of(&show::Shown { incident, chain, decisions, conflicts })
        })
        .await
}

/// Why its accounts are one incident, and the nearest incident that is not part of it, as `khabar why --json` prints it
#[utoipa::path(get, path = "/incidents/{id}/why", params(("id" = String, Path, description = "its id")), tag = "incidents", responses(
    (status = 200, description = "comparisons", body = why::Told),
))]
pub(crate) async fn reasons(State(state): State<Shared>, At(id): At<String>) -> Result<Answer, Fail> {
    state
        .look(move |archive, _| {
            let id = archive.incident(&open::incident_id(&id))?.incident.id;
            let (joins, nearest) = (archive.why(&id)?, archive.nearest(&id)?);
            Answer::of(&why::Told::new(&id, &joins, nearest.as_ref()))
        })
        .await
}
