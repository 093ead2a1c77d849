//! Search over the texts of articles, and the incidents that the found ones tell.

use super::address::Address;
use super::incidents::killed;
use super::{Broken, frame};
use crate::label;
use crate::screen::plain;
use crate::serve::state::Shared;
use archive::{Brief, END, FOUND, Hit};
use axum::extract::{Query, State};
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::BTreeSet;

/// Articles shown at most; who wants others asks more narrowly.
const MOST: usize = 50;

/// What is searched for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Sought {
    q: String,
}

/// `/search`: articles that match, the best first.
pub(crate) async fn found(State(state): State<Shared>, Query(sought): Query<Sought>) -> Result<Markup, Broken> {
    let query = sought.q.clone();
    let (hits, incidents) = state
        .look(move |archive, _| {
            let hits = archive.search(&query, MOST)?;
            let told: BTreeSet<String> = hits.iter().flat_map(|h| h.incidents.iter().cloned()).collect();
            let mut briefs = archive.briefs(&told.into_iter().collect::<Vec<_>>())?;
            briefs.sort_by(|a, b| (&b.date, &a.id).cmp(&(&a.date, &b.id)));
            Ok((hits, briefs))
        })
        .await?;
    let main = html! {
        div.head { h1 { "Search" } p.faint #found aria-live="polite" { (count(&sought.q, &hits)) } }
        form.sought #sought action="/search" role="search" {
            input type="search" name="q" value=(sought.q) aria-label="Words to look for" placeholder="Words to look for" autofocus[sought.q.is_empty()] dir="auto";
            button.main { "Search" }
        }
        div #hits {
            @if sought.q.trim().is_empty() { (how()) }
            @else if hits.is_empty() { p.empty { "No article matches. Fewer words, or a beginning with a star, find more: " code { "bomb*" } } }
            @else { (results(&sought.q, &hits, &incidents)) }
        }
    };
    Ok(frame("Search", "/search", &["search.js"], main))
}

fn count(query: &str, hits: &[Hit]) -> String {
    match hits.len() {
        _ if query.trim().is_empty() => String::new(),
        MOST => format!("the best {MOST} articles"),
        n => label::count(n, "article"),
    }
}

fn how() -> Markup {
    let ways = [
        ("mosque blast", "both words, in any order"),
        ("\"car bomb\"", "these words so, one after the other"),
        ("grenad*", "words that begin so"),
        ("market OR bazaar", "either of the two"),
        ("attack -drill", "without the second word"),
    ];
    html! {
        dl.ways {
            @for (words, what) in ways {
                dt { a href=(Address::of("/search").with("q", words).as_str()) { code { (words) } } }
                dd { (what) }
            }
        }
        p.faint { "Upper and lower case and accents do not matter." }
    }
}

fn results(query: &str, hits: &[Hit], incidents: &[Brief]) -> Markup {
    html! {
        div.two {
            section aria-label="Articles" {
                ol.hits { @for hit in hits { li { (article(hit)) } } }
            }
            section.told aria-label="Incidents" {
                h2 { "Incidents that they tell" }
                @if incidents.is_empty() { p.faint { "None: these articles tell of no violence." } }
                @else {
                    ol { @for b in incidents { li { (happening(b)) } } }
                    p { a href=(Address::of("/").with("q", query).as_str()) { "All incidents with these words, on the map" } }
                }
            }
        }
    }
}

fn article(hit: &Hit) -> Markup {
    let article = &hit.article.article;
    let title = article.title.as_ref().map(|t| plain(&t.value)).filter(|t| !t.is_empty());
    html! {
        h2 { a href=(Address::of("/articles").into(&hit.article.id).as_str()) { bdi { (title.as_deref().unwrap_or("Without a title")) } } }
        p.small.faint {
            bdi { (label::outlet(&hit.article)) }
            @if let Some(day) = &article.published { " · " time { (day.value.date) } }
            @if !hit.incidents.is_empty() { " · tells " (label::count(hit.incidents.len(), "incident")) }
        }
        p.snippet dir="auto" { (marked(&hit.snippet)) }
    }
}

/// The snippet with its finds marked. Only the archive writes the signs around finds; what else an article holds of such
/// signs goes.
fn marked(snippet: &str) -> Markup {
    html! {
        @for (i, part) in snippet.split(FOUND).enumerate() {
            @let (find, rest) = part.split_once(END).filter(|_| i > 0).unwrap_or(("", part));
            @if !find.is_empty() { mark { (kept(find)) } }
            (kept(rest))
        }
    }
}

/// A part of a text without control characters, but with the spaces at its ends.
fn kept(part: &str) -> String {
    let edge = |c: Option<char>| if c.is_some_and(char::is_whitespace) { " " } else { "" };
    let plain = plain(part);
    if plain.is_empty() {
        return edge(part.chars().next()).to_owned();
    }
    format!("{}{plain}{}", edge(part.chars().next()), edge(part.chars().last()))
}

fn happening(b: &Brief) -> Markup {
    let place = plain(&b.place);
    html! {
        a href=(Address::of("/incidents").into(&b.id).as_str()) {
            bdi { (if place.is_empty() { "Unknown place" } else { &place }) }
        }
        @if !b.country.is_empty() { " " span.faint { (plain(&b.country)) } }
        p.small.faint {
            @if b.date.is_empty() { "undated" } @else { time { (plain(&b.date)) } }
            " · " (b.kinds.iter().map(|k| k.replace('_', " ")).collect::<Vec<_>>().join(", "))
            " · killed " (killed(b))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::marked;

    #[test]
    fn finds_are_marked_and_nothing_else_passes() {
        let html = |s: &str| marked(s).into_string();
        assert_eq!(html("a \u{2}blast\u{3} near <b>"), "a <mark>blast</mark> near &lt;b&gt;");
        assert_eq!(html("\u{3}a\u{202e}b \u{2}c"), "ab c");
    }
}
