//! Outlets: what each published, whom it follows, how it is rated.

use crate::json::RatingName;
use crate::serve::answer::Answer;
use crate::serve::fail::Fail;
use crate::serve::state::Shared;
use archive::Outlet;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

/// Outlets, the one with most articles first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Sources<'a> {
    total: usize,
    outlets: Vec<Shape<'a>>,
}

/// An outlet.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Outlet)]
struct Shape<'a> {
    /// The host of the address where articles name no outlet; empty where neither is known.
    outlet: &'a str,
    articles: usize,
    incidents: usize,
    /// On the Admiralty scale.
    #[schema(value_type = Option<RatingName>)]
    rating: Option<&'static str>,
    /// The decision that rates it.
    decision: Option<&'a str>,
    /// Outlets that its articles name as the source of their story.
    takes_from: Vec<Other<'a>>,
    /// Outlets whose articles name it as the source of their story.
    taken_by: Vec<Other<'a>>,
    /// Outlets that published first where one of its accounts shares an origin with theirs.
    copies: Vec<Other<'a>>,
}

/// Another outlet, and how often.
#[derive(Debug, Serialize, ToSchema)]
struct Other<'a> {
    outlet: &'a str,
    count: usize,
}

impl<'a> Shape<'a> {
    fn new(o: &'a Outlet) -> Shape<'a> {
        fn others(all: &[(String, usize)]) -> Vec<Other<'_>> {
            all.iter().map(|(outlet, count)| Other { outlet, count: *count }).collect()
        }
        Shape {
            outlet: &o.name,
            articles: o.articles,
            incidents: o.incidents,
            rating: o.rating.as_ref().map(|r| r.0.name()),
            decision: o.rating.as_ref().map(|r| r.1.as_str()),
            takes_from: others(&o.takes_from),
            taken_by: others(&o.taken_by),
            copies: others(&o.copies),
        }
    }
}

/// Outlets with their articles, incidents, sources and ratings
#[utoipa::path(get, path = "/sources", tag = "sources",
    responses((status = 200, description = "outlets", body = Sources)))]
pub(crate) async fn list(State(state): State<Shared>) -> Result<Answer, Fail> {
    state
        .look(move |archive, state| {
            let outlets = state.outlets(archive)?;
            Answer::of(&Sources { total: outlets.len(), outlets: outlets.iter().map(Shape::new).collect() })
        })
        .await
}
