//! The queue of what needs a person.

use crate::serve::answer::{Answer, Asks};
use crate::serve::fail::Fail;
use crate::serve::query::Part;
use crate::serve::state::Shared;
use archive::{Item, Topic};
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which items.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Only items of this kind.
    #[param(required = false, schema_with = kinds)]
    kind: String,
}

fn kinds() -> utoipa::openapi::schema::Object {
    utoipa::openapi::schema::ObjectBuilder::new()
        .schema_type(utoipa::openapi::schema::Type::String)
        .enum_values(Some(std::iter::once("").chain(Topic::ALL.map(Topic::name)).collect::<Vec<_>>()))
        .build()
}

/// A part of the queue.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Queue)]
pub(crate) struct Review<'a> {
    /// Items of the kind that was asked for.
    total: usize,
    /// How many of them are settled.
    done: usize,
    offset: usize,
    limit: usize,
    /// All kinds.
    kinds: Vec<Count>,
    /// Open ones first.
    items: Vec<Shape<'a>>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QueueCount)]
struct Count {
    kind: &'static str,
    total: usize,
    done: usize,
}

/// One thing to look at.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QueueItem)]
struct Shape<'a> {
    /// Names it as long as it stays what it is; `look` takes it.
    key: &'a str,
    /// conflict, merge, near, dispute, actor, place, date or problem.
    kind: &'static str,
    /// What is the matter, in one sentence.
    what: &'a str,
    /// The incident to look at.
    incident: Option<&'a str>,
    /// The incident that it was nearly joined with.
    other: Option<&'a str>,
    /// The two accounts that were joined by a narrow margin: positions in the incident's accounts.
    accounts: &'a [usize],
    field: Option<&'a str>,
    /// The key of an actor.
    actor: Option<&'a str>,
    /// In log-odds.
    score: Option<f64>,
    /// Whether somebody decided about it, or looked at it.
    done: bool,
    /// That decision.
    decision: Option<&'a str>,
}

impl<'a> Shape<'a> {
    fn new(i: &'a Item) -> Shape<'a> {
        Shape {
            key: &i.key,
            kind: i.topic.name(),
            what: &i.what,
            incident: i.incident.as_deref(),
            other: i.other.as_deref(),
            accounts: &i.accounts,
            field: i.field.as_deref(),
            actor: i.actor.as_deref(),
            score: i.score,
            done: i.done.is_some(),
            decision: i.done.as_deref(),
        }
    }
}

/// What needs a person, open items first
///
/// conflict: decisions contradict each other or accounts. merge: accounts joined by a narrow margin. near: incidents nearly
/// joined, among those that changed last. dispute: independent accounts exclude each other. actor: no list knows it. place,
/// date: hardly known. problem: a file that could not be read well.
#[utoipa::path(get, path = "/review", params(Wanted, Part), tag = "decisions",
    responses((status = 200, description = "a part of the queue", body = Review)))]
pub(crate) async fn list(
    State(state): State<Shared>,
    Asks(wanted): Asks<Wanted>,
    Asks(part): Asks<Part>,
) -> Result<Answer, Fail> {
    let (offset, limit) = part.range()?;
    let topic = match wanted.kind.as_str() {
        "" => None,
        k => Some(Topic::named(k).ok_or_else(|| Fail::wrong(format!("`{k}` is no kind of item")))?),
    };
    state
        .look(move |archive, state| {
            let near = state.near(archive)?;
            let review = archive.review(&state.actors, &near, topic, offset, limit)?;
            let kinds: Vec<Count> = review
                .topics
                .iter()
                .map(|(t, total, done)| Count { kind: t.name(), total: *total, done: *done })
                .collect();
            let asked = || kinds.iter().filter(|c| topic.is_none_or(|t| t.name() == c.kind));
            let (total, done) = (asked().map(|c| c.total).sum(), asked().map(|c| c.done).sum());
            let items = review.items.iter().map(Shape::new).collect();
            Answer::of(&Review { total, done, offset, limit, kinds, items })
        })
        .await
}
