//! The queue of what needs a person: one item at a time, with all that deciding takes.
//!
//! The item that is shown stands in the address by its key, so that a reload, a link and another browser show the same. The
//! links of the queue are the way from item to item; keys follow them.

mod item;

use super::address::Address;
use super::{Broken, frame};
use crate::serve::fail::Fail;
use crate::serve::state::Shared;
use archive::{Brief, Item, Review, Topic};
use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Addresses of the queue.
pub(crate) fn router() -> Router<Shared> {
    Router::new().route("/review", get(page))
}

/// So many items of the queue are listed at once.
const SHOWN: usize = 40;

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// Only items of this topic.
    kind: String,
    /// Passing over so many.
    offset: usize,
    /// The key of the item to show; the first open one where it is none of those listed.
    item: String,
}

impl Asked {
    fn address(&self, offset: usize, item: &str) -> String {
        let offset = if offset == 0 { String::new() } else { offset.to_string() };
        Address::of("/review").with("kind", &self.kind).with("offset", &offset).with("item", item).as_str().to_owned()
    }
}

/// What a topic is called where many items are counted.
fn called(topic: Topic) -> &'static str {
    match topic {
        Topic::Conflict => "Contradicting decisions",
        Topic::Merge => "Weak merges",
        Topic::Near => "Nearly merged",
        Topic::Dispute => "Contradictions",
        Topic::Actor => "New actors",
        Topic::Place => "Weak places",
        Topic::Date => "Weak dates",
        Topic::Problem => "Problems",
    }
}

/// `/review`.
async fn page(State(state): State<Shared>, Query(asked): Query<Asked>) -> Result<Markup, Broken> {
    let topic = match asked.kind.as_str() {
        "" => None,
        k => Some(Topic::named(k).ok_or_else(|| Fail::wrong(format!("`{k}` is no kind of item")))?),
    };
    let main = state
        .look(move |archive, state| {
            let near = state.near(archive)?;
            let review = archive.review(&state.actors, &near, topic, asked.offset, SHOWN)?;
            let wanted = review.items.iter().find(|i| i.key == asked.item);
            let shown = wanted.or_else(|| review.items.iter().find(|i| i.done.is_none()));
            let body = match shown {
                Some(i) => item::section(archive, state, i)?,
                None => html! { section #item.item { p.empty { "Nothing needs you here." } } },
            };
            let ids: Vec<String> = review.items.iter().filter_map(|i| i.incident.clone()).collect();
            let at = archive.briefs(&ids)?.into_iter().map(|b| (b.id.clone(), b)).collect();
            let desk = Desk { review: &review, topic, asked: &asked, shown, at };
            Ok(desk.page(body))
        })
        .await?;
    Ok(frame("Review", "/review", &["review.js"], main))
}

/// The queue around the item that is shown.
struct Desk<'a> {
    review: &'a Review,
    topic: Option<Topic>,
    asked: &'a Asked,
    shown: Option<&'a Item>,
    /// The incidents of the items, by id.
    at: BTreeMap<String, Brief>,
}

impl Desk<'_> {
    fn page(&self, body: Markup) -> Markup {
        let of = |f: fn(&(Topic, usize, usize)) -> usize| -> usize {
            self.review.topics.iter().filter(|t| self.topic.is_none_or(|o| o == t.0)).map(f).sum()
        };
        let (total, done) = (of(|t| t.1), of(|t| t.2));
        html! {
            div.head #progress {
                h1 { "Review" }
                label.row {
                    progress value=(done) max=(total.max(1)) {}
                    span { b { (done) } " of " b { (total) } " settled" }
                }
            }
            (self.topics())
            div.desk { (self.queue(total)) (body) }
        }
    }

    /// The topics to choose from, with what is open of each.
    fn topics(&self) -> Markup {
        let to = |kind: &str| Address::of("/review").with("kind", kind).as_str().to_owned();
        let topics = &self.review.topics;
        let open: usize = topics.iter().map(|t| t.1 - t.2).sum();
        html! {
            nav.tabs #topics aria-label="Kinds of items" {
                a href=(to("")) aria-current=[self.topic.is_none().then_some("true")] { "All " span.count { (open) } }
                @for (t, all, done) in topics.iter().filter(|t| t.1 > 0) {
                    a href=(to(t.name())) aria-current=[(self.topic == Some(*t)).then_some("true")] {
                        (called(*t)) " " span.count { (all - done) }
                    }
                }
            }
        }
    }

    fn queue(&self, total: usize) -> Markup {
        let asked = self.asked;
        html! {
            nav.queue #queue aria-label="Queue" {
                ol start=(asked.offset + 1) { @for i in &self.review.items { (self.line(i)) } }
                div.row {
                    @if asked.offset > 0 {
                        a.button rel="prev" href=(asked.address(asked.offset.saturating_sub(SHOWN), "")) { "Earlier" }
                    }
                    @if asked.offset.saturating_add(SHOWN) < total {
                        a.button rel="next" href=(asked.address(asked.offset.saturating_add(SHOWN), "")) { "Later" }
                    }
                }
            }
        }
    }

    fn line(&self, i: &Item) -> Markup {
        let here = self.shown.is_some_and(|s| s.key == i.key);
        let at = i.incident.as_ref().and_then(|id| self.at.get(id)).filter(|_| i.topic != Topic::Actor);
        html! {
            li.settled[i.done.is_some()] {
                a href=(self.asked.address(self.asked.offset, &i.key)) data-key=(i.key) aria-current=[here.then_some("true")] {
                    span.topic { (called(i.topic)) @if i.done.is_some() { " · settled" } }
                    @if let Some(b) = at {
                        b { bdi { (b.place) } @if !b.date.is_empty() { " · " (b.date) } }
                    }
                    bdi { (i.what) }
                }
            }
        }
    }
}
