//! Actors: those that incidents are ascribed to, and the dossier of one.

use crate::serve::answer::{Answer, Asks, At};
use crate::serve::fail::Fail;
use crate::serve::query::Part;
use crate::serve::state::Shared;
use crate::{actor, dossier};
use account::Actors;
use article::fold;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which actors.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct Beginning {
    /// What a word of one of its names begins with; case and accents do not matter.
    #[param(required = false)]
    prefix: String,
}

/// Actors, those with most incidents first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct List {
    total: usize,
    offset: usize,
    limit: usize,
    actors: Vec<One>,
}

/// An actor.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ListedActor)]
struct One {
    /// Its key.
    actor: String,
    name: String,
    /// `listed`, `new` (no list knows it) or `nameless`.
    known: &'static str,
    /// Number of incidents.
    count: usize,
}

/// Actors that incidents are ascribed to, as `khabar actor --json` lists them
#[utoipa::path(get, path = "/actors", params(Beginning, Part), tag = "actors",
    responses((status = 200, description = "actors", body = List)))]
pub(crate) async fn list(
    State(state): State<Shared>,
    Asks(wanted): Asks<Beginning>,
    Asks(part): Asks<Part>,
) -> Result<Answer, Fail> {
    let (offset, limit) = part.range()?;
    state
        .look(move |archive, state| {
            let prefix = fold(&wanted.prefix);
            let all: Vec<(String, usize)> =
                archive.actors()?.into_iter().filter(|(key, _)| begins(&state.actors, key, prefix.trim())).collect();
            let one = |(key, count): &(String, usize)| One {
                actor: key.clone(),
                name: state.name(key, key),
                known: actor::standing(&state.actors, key),
                count: *count,
            };
            let actors = all.iter().skip(offset).take(limit).map(one).collect();
            Answer::of(&List { total: all.len(), offset, limit, actors })
        })
        .await
}

/// Whether a word of one of the actor's names begins so.
fn begins(actors: &Actors, key: &str, prefix: &str) -> bool {
    let word = |name: &str| format!(" {}", fold(name)).contains(&format!(" {prefix}"));
    prefix.is_empty() || word(key) || actors.get(key).is_some_and(|a| a.aliases.iter().any(|x| word(&x.name)))
}

/// What the archive holds on an actor, as `khabar actor --json` prints it
#[utoipa::path(get, path = "/actors/{name}", tag = "actors",
    params(("name" = String, Path, description = "any of its names, or its key")),
    responses((status = 200, description = "the dossier", body = dossier::Shape)))]
pub(crate) async fn one(State(state): State<Shared>, At(name): At<String>) -> Result<Answer, Fail> {
    state
        .look(move |archive, state| {
            let found = archive.dossier(&state.actors, &name)?;
            if found.is_empty() && found.listed.is_none() {
                return Err(Fail::missing(format!("no list of actors knows `{name}`, and no account names it")));
            }
            Answer::of(&dossier::Shape::new(&found))
        })
        .await
}
