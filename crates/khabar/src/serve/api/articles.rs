//! Articles: one of them, and searching them.

use super::brief::{Row, row};
use crate::json;
use crate::serve::answer::{Answer, Asks, At};
use crate::serve::fail::Fail;
use crate::serve::state::Shared;
use archive::{Filter, Sort};
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// An article: its text, its accounts, who says what in it, what was wrong with it
///
/// Positions are bytes of `text`, half-open.
#[utoipa::path(get, path = "/articles/{id}", params(("id" = String, Path, description = "its id")), tag = "articles",
    responses((status = 200, description = "the article", body = json::ArticleShape)))]
pub(crate) async fn one(State(state): State<Shared>, At(id): At<String>) -> Result<Answer, Fail> {
    state
        .look(move |archive, _| match archive.article(&id)? {
            Some(opened) => Answer::of(&json::ArticleShape::new(&opened)),
            None => Err(Fail::missing(format!("no article has the id {id}"))),
        })
        .await
}

/// What to search for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// All words must occur; "words in quotes" occur so; word* begins so; -word must not occur; OR between two words lets
    /// either do.
    #[param(required = false)]
    q: String,
    /// At most so many articles, and so many incidents.
    #[param(minimum = 1, maximum = 1000)]
    limit: u32,
}

impl Default for Wanted {
    fn default() -> Wanted {
        Wanted { q: String::new(), limit: 20 }
    }
}

/// What a search found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Found<'a> {
    /// The best first.
    articles: Vec<json::Found<'a>>,
    /// Incidents that articles with these words tell, the last first.
    incidents: Vec<Row>,
    /// How many such incidents there are.
    total: usize,
}

/// Articles in which words are found, and the incidents that such articles tell
#[utoipa::path(get, path = "/search", params(Wanted), tag = "articles",
    responses((status = 200, description = "what was found", body = Found)))]
pub(crate) async fn search(State(state): State<Shared>, Asks(wanted): Asks<Wanted>) -> Result<Answer, Fail> {
    if !(1..=1000).contains(&wanted.limit) {
        return Err(Fail::wrong(format!("limit={} is not between 1 and 1000", wanted.limit)));
    }
    state
        .look(move |archive, state| {
            let limit = wanted.limit as usize;
            let hits = archive.search(&wanted.q, limit)?;
            let last = Sort { down: true, ..Sort::default() };
            // Without a word nothing is looked for, rather than everything found.
            let (total, incidents) = match hits.is_empty() {
                true => (0, Vec::new()),
                false => archive.page(&Filter { words: wanted.q, ..Filter::default() }, last, 0, limit)?,
            };
            Answer::of(&Found {
                articles: hits.iter().map(json::Found::new).collect(),
                incidents: incidents.iter().map(|b| row(b, state)).collect(),
                total,
            })
        })
        .await
}
