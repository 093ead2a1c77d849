//! One incident: what is read of it, from whom, why its accounts are one, and what people decided.
//!
//! Values and words know each other by marks (`data-v`): a value of account 2 bears `v2-5`, so do the words that it was read
//! from and every reading that rests on it. Scripts light what shares a mark; links lead from a value to its words without.

pub(crate) mod accounts;
pub(crate) mod beside;
mod chain;
mod decisions;
pub(crate) mod dialogs;
pub(crate) mod readings;
mod suspects;
mod toll;
pub(crate) mod why;

use super::address::Address;
use super::marks::Tells;
use super::{Broken, frame};
use crate::serve::fail::Fail;
use crate::serve::state::Shared;
use crate::values::{self, Value};
use crate::{label, open};
use account::Account;
use archive::{Between, Compared, Conflict, Entry, Whole};
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use incident::{Chain, Rule, Rules, Supporter};
use maud::{Markup, html};

/// Addresses of incidents.
pub(crate) fn router() -> Router<Shared> {
    Router::new().route("/incidents/{id}", get(one)).route("/incidents/{id}/beside/{other}", get(beside::page))
}

/// Scripts of the page.
const SCRIPTS: [&str; 1] = ["incident.js"];

/// An incident with all that its page shows.
pub(crate) struct Shown {
    pub(crate) whole: Whole,
    entries: Vec<Entry>,
    log: Vec<Entry>,
    conflicts: Vec<Conflict>,
    joins: Vec<Compared>,
    nearest: Option<(Between, Whole)>,
    asked: Asked,
}

/// What the address asks for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked {
    /// The preset of rules, as written; empty for none.
    preset: String,
    /// Single rules, as written.
    single: Vec<String>,
    rules: Rules,
    /// Whether all accounts are asked for, however many there are.
    all: bool,
}

impl Asked {
    fn of(pairs: &[(String, String)]) -> Result<Asked, Fail> {
        let mut asked = Asked::default();
        for (key, value) in pairs.iter().filter(|(_, v)| !v.is_empty()) {
            match key.as_str() {
                "rules" => asked.preset.clone_from(value),
                "rule" => asked.single.push(value.clone()),
                "accounts" => asked.all = value == "all",
                _ => {}
            }
        }
        // A single rule goes before the preset.
        let all: Vec<&str> = std::iter::once(&asked.preset).chain(&asked.single).map(String::as_str).collect();
        asked.rules = all.join(",").parse().map_err(Fail::wrong)?;
        Ok(asked)
    }

    /// The address of the page with one rule set otherwise.
    fn with(&self, field: &str, rule: Rule) -> String {
        let others = self.single.iter().filter(|s| s.split('=').next() != Some(field));
        let kept = others.fold(Address::of("").with("rules", &self.preset), |a, s| a.with("rule", s));
        format!("{}#f-{field}", kept.with("rule", &format!("{field}={}", rule.name())).as_str())
    }
}

/// `/incidents/{id}`. An id that the incident bore once, or the beginning of one, leads to the one it bears now.
async fn one(
    State(state): State<Shared>,
    Path(id): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Broken> {
    let asked = Asked::of(&pairs)?;
    let typed = id.clone();
    let shown = state.look(move |archive, _| Shown::of(archive, &id, asked)).await?;
    let now = &shown.whole.incident.id;
    if *now != typed {
        let address = pairs.iter().fold(Address::of("/incidents").into(now), |a, (k, v)| a.with(k, v));
        return Ok(Redirect::permanent(address.as_str()).into_response());
    }
    let title = [label::kinds(&shown.whole), label::place(&shown.whole)].join(", ");
    Ok(frame(&title, "/", &SCRIPTS, shown.page()).into_response())
}

impl Shown {
    fn of(archive: &archive::Archive, typed: &str, asked: Asked) -> Result<Shown, Fail> {
        let mut whole = archive.incident(&open::incident_id(typed))?;
        whole.rule(&asked.rules);
        let id = whole.incident.id.clone();
        let nearest = match archive.nearest(&id)? {
            Some(b) => {
                let other = archive.incident(&b.other)?;
                Some((b, other))
            }
            None => None,
        };
        Ok(Shown {
            log: archive.log()?,
            entries: archive.history(&whole.incident)?,
            conflicts: archive.conflicts(Some(&id))?,
            joins: archive.why(&id)?,
            nearest,
            asked,
            whole,
        })
    }

    fn page(&self) -> Markup {
        let view = View::of(&self.whole, 0);
        html! {
            article #incident.incident data-incident=(self.whole.incident.id) {
                (self.head())
                div.sides {
                    (readings::section(&view, &self.asked))
                    div.side { (toll::section(&view)) (chain::section(&view)) }
                }
                (suspects::section(&view))
                (accounts::section(&view, self.asked.all))
                (why::section(&view, &self.joins, self.nearest.as_ref(), self.asked.all))
                (decisions::section(&self.entries, &self.log, &self.conflicts))
            }
            // Outside of what is swapped when the archive changes: nobody's question is taken from under their hands.
            div #questions { (dialogs::all(&self.whole, self.nearest.as_ref().map(|(b, _)| b.other.as_str()))) }
        }
    }

    fn head(&self) -> Markup {
        let w = &self.whole;
        html! {
            header.what {
                p.crumbs { a href="/" { "Incidents" } " / " span.id { (w.incident.id) } }
                (title(w, 1))
                (facts(w))
                (dialogs::buttons())
            }
        }
    }
}

/// What it was, where and when, as a heading of the first or second level.
pub(crate) fn title(w: &Whole, level: u8) -> Markup {
    let parts = [label::place(w), w.chosen("date").to_owned()];
    let words = html! {
        span.kinds { (label::kinds(w)) }
        @for part in parts.iter().filter(|p| !p.is_empty()) { " " span.at { bdi { (part) } } }
    };
    html! { @if level == 1 { h1 { (words) } } @else { h2.title { (words) } } }
}

/// Kinds of violence that an account names.
pub(crate) fn kinds(a: &Account) -> String {
    a.kinds.iter().map(|k| k.value.name().replace('_', " ")).collect::<Vec<_>>().join(", ")
}

/// The toll, how many tell it, and what is doubtful.
pub(crate) fn facts(w: &Whole) -> Markup {
    let toll = archive::toll(&w.incident);
    let disputed: Vec<String> =
        w.incident.fields.iter().filter(|f| f.disputed).map(|f| f.name.replace('_', " ")).collect();
    let stage = w.chosen("stage");
    html! {
        ul.facts {
            @if let Some(t) = toll {
                li { "killed " b { (archive::Toll { disputed: false, ..t }) } }
            }
            @if !stage.is_empty() && stage != "occurred" { li { span.badge.warn { (stage) } } }
            li { b { (w.articles.len()) } @if w.articles.len() == 1 { " article" } @else { " articles" } }
            li {
                b { (w.incident.origins.len()) }
                @if w.incident.origins.len() == 1 { " independent source" } @else { " independent sources" }
            }
            @if !disputed.is_empty() { li { span.disputed { "disputed: " (disputed.join(", ")) } } }
        }
    }
}

/// An incident as a page shows it. Two incidents on one page number their accounts one behind the other.
pub(crate) struct View<'a> {
    pub(crate) whole: &'a Whole,
    /// The values of each account.
    pub(crate) values: Vec<Vec<Value<'a>>>,
    pub(crate) chain: Chain,
    /// How many accounts of the page stand before these.
    base: usize,
    /// The only words that are marked; all where it is none.
    pub(crate) only: Option<Tells>,
}

impl<'a> View<'a> {
    pub(crate) fn of(whole: &'a Whole, base: usize) -> View<'a> {
        View { values: whole.accounts.iter().map(values::of).collect(), chain: whole.chain(), whole, base, only: None }
    }

    /// The number under which the page shows an account.
    pub(crate) fn number(&self, account: usize) -> usize {
        self.base + account + 1
    }

    /// The mark that a value of an account bears, with its words and all that rests on it.
    pub(crate) fn mark(&self, account: usize, value: usize) -> String {
        format!("v{}-{value}", self.number(account))
    }

    /// A link to an account of the page.
    pub(crate) fn link(&self, account: usize) -> Markup {
        let n = self.number(account);
        html! { a.n href={ "#a" (n) } { "[" (n) "]" } }
    }

    /// The account as the page numbers it, with its outlet; nothing for one of another incident.
    pub(crate) fn name(&self, s: &Supporter) -> Markup {
        let at = self.whole.incident.accounts.iter().position(|o| o == s);
        html! {
            @if let Some(at) = at {
                span.n { "[" (self.number(at)) "]" } " "
                bdi { (self.whole.article(at).map(label::outlet).unwrap_or_default()) }
            }
        }
    }
}

#[cfg(test)]
mod tests;
