//! The incidents: table, map and timeline on one page.
//!
//! The table is made here and stands first; map, timeline and counts are filled by the scripts from `/api/v1/overview`, so
//! that a large archive shows its first rows at once.

use super::address::Address;
use super::filters::{self, country_name};
use super::{Broken, frame, grouped, hush};
use crate::label;
use crate::screen::plain;
use crate::serve::fail::Fail;
use crate::serve::query::Asked;
use crate::serve::state::Shared;
use archive::{Brief, By, Sort, Toll};
use axum::extract::{Query, State};
use maud::{Markup, html};
use serde::Deserialize;

/// Incidents on a page.
const PAGE: usize = 50;
/// The newest first, unless asked otherwise.
const ORDER: &str = "-date";

/// Which of the incidents to show, beside the filters.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Shown {
    sort: String,
    offset: String,
}

/// What the page shows.
struct Page {
    asked: Asked,
    /// The order as it stands in addresses; empty where nothing was asked.
    sort: String,
    order: Sort,
    offset: usize,
    total: usize,
    rows: Vec<Brief>,
    /// Nothing was ever read.
    empty: bool,
}

/// `/`: the incidents that pass the filters of the address.
pub(crate) async fn list(
    State(state): State<Shared>,
    Query(asked): Query<Asked>,
    Query(shown): Query<Shown>,
) -> Result<Markup, Broken> {
    let order = if shown.sort.is_empty() { ORDER } else { &shown.sort };
    let order: Sort = order.parse().map_err(Fail::wrong)?;
    let offset = match shown.offset.as_str() {
        "" => 0,
        n => n.parse().map_err(|_| Fail::wrong(format!("`{n}` is no number of incidents to pass over")))?,
    };
    let page = state
        .look(move |archive, state| {
            let (total, rows) = archive.page(&asked.filter(state)?, order, offset, PAGE)?;
            let empty = total == 0 && archive.count()? == 0;
            Ok(Page { asked, sort: shown.sort, order, offset, total, rows, empty })
        })
        .await?;
    if page.empty {
        return Ok(frame("Incidents", "/", &["start.js"], nothing_yet()));
    }
    Ok(frame("Incidents", "/", &["incidents.js"], page.show()))
}

/// An archive without incidents leads to where articles come in.
fn nothing_yet() -> Markup {
    html! {
        div.start {
            h1 { "This archive is empty" }
            p {
                "Give it articles on political violence: files as they were saved, a folder of them, web pages or plain text. "
                "What they tell is put together to incidents, and every value points at the words it was read from."
            }
            p.row {
                a.button.main href="/exchange" { "Add articles" }
                button type="button" data-examples { "Read the fifteen invented examples" }
                a href="/help" { "What the words mean" }
            }
        }
    }
}

impl Page {
    fn show(&self) -> Markup {
        html! {
            link rel="stylesheet" href="/static/vendor/leaflet.css";
            div.head {
                h1 { "Incidents" }
                p.faint #count aria-live="polite" { (self.count()) }
                a.disputed #disputes hidden {}
                p.rest.small #take {
                    a href={ (filters::with(Address::of("/exchange"), &self.asked, "", "").as_str()) "#out" } { "Download these" }
                }
            }
            (self.filters())
            div #chips { (filters::chips(&self.address(), &self.asked)) }
            figure.timeline #timeline aria-label="Incidents and people killed, by month" {}
            details.months #months {
                summary { "Months as a table" }
                div.wide {
                    table {
                        caption { "Incidents and people killed by month; a month chosen is shown alone" }
                        thead { tr { th scope="col" { "Month" } th.number scope="col" { "Incidents" } th.number scope="col" { "Killed" } } }
                        tbody {}
                    }
                }
            }
            div.views #views role="group" aria-label="What to show" {
                @for (i, (value, name)) in [("list", "List"), ("map", "Map"), ("counts", "Counts")].iter().enumerate() {
                    button type="button" value=(value) aria-pressed=(i == 0) { (name) }
                }
            }
            div.split #split data-view="list" {
                section #list aria-label="List of incidents" { (self.table()) (self.pages()) }
                aside aria-label="Map and counts" { (map()) (shares()) }
            }
            (ticked())
        }
    }

    fn count(&self) -> Markup {
        let last = (self.offset + self.rows.len()).min(self.total);
        html! {
            (grouped(self.total)) @if self.total == 1 { " incident" } @else { " incidents" }
            @if last > 0 && self.rows.len() < self.total { ", " (grouped(self.offset + 1)) "–" (grouped(last)) " shown" }
        }
    }

    /// The filters as a form, which works without scripts.
    fn filters(&self) -> Markup {
        html! {
            form.filters #filters action="/" method="get" role="search" aria-label="Filters" {
                (filters::fields(&self.asked))
                input type="hidden" name="sort" value=(self.sort);
                button type="submit" { "Show" }
                button.plain.more #more type="button" aria-expanded="false" aria-controls="filters" { "More filters" }
            }
        }
    }

    /// The address of this page in this order.
    fn address(&self) -> Address {
        Address::of("/").with("sort", &self.sort)
    }

    /// The address of this list in another order, from the first incident on.
    fn asking(&self, sort: &str) -> Address {
        filters::with(Address::of("/").with("sort", sort), &self.asked, "", "")
    }

    fn table(&self) -> Markup {
        if self.rows.is_empty() {
            return html! {
                p.empty { "No incident passes these filters. " a href="/" { "Show all" } }
            };
        }
        html! {
            table.incidents {
                caption.hush { "Incidents, " (self.count()) }
                thead {
                    tr {
                        th.tick scope="col" { (hush("Tick")) }
                        (self.column("Date", By::Date, "date", ""))
                        (self.column("Place", By::Place, "place", ""))
                        th.kinds scope="col" { "What" }
                        (self.column("Killed", By::Killed, "killed", "number"))
                        th.whom scope="col" { "By" }
                        (self.column("Articles", By::Articles, "articles", "number"))
                        (self.column("Sources", By::Sources, "sources", "number"))
                    }
                }
                tbody { @for row in &self.rows { (line(row)) } }
            }
        }
    }

    /// The head of a column by which the list can be sorted.
    fn column(&self, title: &str, by: By, name: &str, class: &str) -> Markup {
        let here = self.order.by == by;
        let sort = match (here, self.order.down) {
            (true, true) => "descending",
            (true, false) => "ascending",
            _ => "none",
        };
        // Names begin at A, numbers and days with the greatest; a second time turns it round.
        let down = if here { !self.order.down } else { by != By::Place };
        let next = format!("{}{name}", if down { "-" } else { "" });
        html! {
            th.{ (name) " " (class) } scope="col" aria-sort=(sort) {
                a href=(self.asking(if next == ORDER { "" } else { &next }).as_str()) { (title) }
            }
        }
    }

    /// The pages before and after this one.
    fn pages(&self) -> Markup {
        let number = |offset: usize| if offset == 0 { String::new() } else { offset.to_string() };
        let at = |offset: usize| self.asking(&self.sort).with("offset", &number(offset));
        let next = self.offset + PAGE;
        html! {
            @if self.total > PAGE || self.offset > 0 {
                nav.pages #pages aria-label="Pages of the list" {
                    @if self.offset > 0 { a.button rel="prev" href=(at(self.offset.saturating_sub(PAGE)).as_str()) { "← Before" } }
                    span.faint {
                        (grouped((self.offset + 1).min(self.total))) "–" (grouped(next.min(self.total))) " of " (grouped(self.total))
                    }
                    @if next < self.total { a.button rel="next" href=(at(next).as_str()) { "Next →" } }
                }
            }
        }
    }
}

/// One incident. What the scripts need to show it on the map and the timeline stands in `data-`.
fn line(b: &Brief) -> Markup {
    let place = plain(&b.place);
    let name = if place.is_empty() { "Unknown place" } else { &place };
    html! {
        tr data-id=(b.id) data-date=(b.date) data-precision=(b.precision) data-at=[b.at.map(|(a, o)| format!("{a},{o}"))] {
            td.tick { input type="checkbox" value=(b.id) aria-label={ "Tick " (name) ", " (b.date) }; }
            td.date { @if b.date.is_empty() { span.faint { "undated" } } @else { (plain(&b.date)) } }
            th.place scope="row" {
                a href={ "/incidents/" (b.id) } { bdi { (name) } }
                @if !b.country.is_empty() { " " abbr.faint title=(country_name(&b.country)) { (plain(&b.country)) } }
            }
            td.kinds {
                (b.kinds.iter().map(|k| k.replace('_', " ")).collect::<Vec<_>>().join(", "))
                @if b.stage != "occurred" && !b.stage.is_empty() { " " span.badge { (b.stage) } }
            }
            td.killed.number { (killed(b)) }
            td.whom { @for (i, (_, name)) in b.actors.iter().enumerate() { @if i > 0 { ", " } bdi { (plain(name)) } } }
            td.articles.number { (b.articles) }
            td.sources.number { (b.independent) }
        }
    }
}

/// The dead, and what is disputed: the toll itself, or something else.
pub(crate) fn killed(b: &Brief) -> Markup {
    let toll = Toll { low: b.killed.0, high: b.killed.1, disputed: false };
    let known = b.killed.0.is_some() || b.killed.1.is_some();
    let fields = label::list(&b.disputed.iter().map(|f| f.replace('_', " ")).collect::<Vec<_>>());
    html! {
        @if !b.disputed.is_empty() {
            span.disputed title={ "Independent accounts exclude each other on: " (fields) } { (hush("disputed")) }
        }
        @if known { (toll) } @else { span.faint aria-label="unknown" { "–" } }
    }
}

fn map() -> Markup {
    html! {
        section.mapped aria-label="Map" {
            div.map #map {}
            div.here #where aria-live="polite" {}
            div.where {
                p.legend {
                    span.narrow { "place" } span.wide { "somewhere in a district or province" } span.country { "only the country is known" }
                    span.dispute { "disputed" }
                }
            }
            p.small.faint #unplaced {}
            details #places { summary { "Places in view as a list" } ol {} }
        }
    }
}

/// Counts of what the filters leave, filled by the scripts.
fn shares() -> Markup {
    html! {
        div.shares {
            @for (id, filter, title) in [("kinds", "kind", "Kinds"), ("countries", "country", "Countries"), ("actors", "actor", "By whom")] {
                section.share #(id) data-filter=(filter) hidden {
                    h2 { (title) }
                    ul {}
                    button.plain type="button" hidden {}
                }
            }
        }
    }
}

/// What can be done with the incidents that are ticked.
fn ticked() -> Markup {
    html! {
        div.ticked #ticked role="region" aria-label="Ticked incidents" hidden {
            span aria-live="polite" {}
            button.main.decides #merge type="button" { "Merge " kbd { "m" } }
        }
    }
}
