//! What articles tell of an actor besides incidents: its strength over time, and people and groups that stand with or against
//! it, each with the words that say so.

use crate::label;
use crate::quote::around;
use crate::screen::plain;
use crate::serve::page::chart::{self, Point};
use crate::serve::page::marks::{Mark, Tells, marked};
use crate::serve::page::say::moment;
use account::Tie;
use archive::{Dossier, Kept, Relating};
use article::Span;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Bytes of context on each side of a number.
const AROUND: usize = 70;

/// The strength that articles give it, as a chart and with its words.
pub(super) fn strengths(f: &Dossier) -> Markup {
    let mut outlets: BTreeMap<String, usize> = BTreeMap::new();
    let mut points: Vec<(Point, &Kept, Span, String)> = Vec::new();
    for (kept, account, which) in &f.strengths {
        let outlet = label::outlet(kept);
        let next = outlets.len();
        let series = *outlets.entry(outlet.clone()).or_insert(next);
        let (time, published) = chart::published(&kept.article);
        for figure in which.iter().filter_map(|i| account.figures.get(*i)) {
            let voice = label::said_by(&figure.said_by);
            let by = if voice.is_empty() { outlet.clone() } else { format!("{voice}, in {outlet}") };
            let says = label::people(figure);
            let point = Point {
                low: figure.low,
                high: figure.high,
                series,
                title: format!("{says} {}, says {by}", plain(&figure.who)),
                says: says.clone(),
                time,
                published: published.clone(),
                address: format!("#p{}", points.len()),
                value: format!("p{}", points.len()),
            };
            points.push((point, kept, figure.span, by));
        }
    }
    if points.is_empty() {
        return html! {};
    }
    let order = |p: &Point| (p.time.is_none(), p.time);
    points.sort_by_key(|(p, ..)| order(p));
    let rows: Vec<Markup> = points.iter().map(|(p, kept, span, by)| row(p, kept, *span, by)).collect();
    let points: Vec<Point> = points.into_iter().map(|(p, ..)| p).collect();
    html! {
        section #strength aria-labelledby="h-strength" {
            h2 #h-strength { "Strength" }
            figure { div.wide { (chart::drawing(&points, &[], None, "Strength over time; the table below says the same")) } }
            div.wide {
                table {
                    thead { tr { th { "Published" } th.number { "People" } th { "Who says so" } th { "Words" } } }
                    tbody { @for r in rows { (r) } }
                }
            }
        }
    }
}

fn row(p: &Point, kept: &Kept, span: Span, by: &str) -> Markup {
    html! {
        tr id=(p.value) data-v=(p.value) {
            td { @if p.published.is_empty() { "no date" } @else { (moment(&p.published)) } }
            td.number { (p.says) }
            td { a href={ "/articles/" (kept.id) } { bdi { (by) } } }
            td {
                @let text = &kept.article.text;
                @let (inside, before, after) = around(text, span, AROUND).unwrap_or((span, false, false));
                @if before { "…" } (quoted(kept, inside, &[span], Tells::Figure)) @if after { " …" }
             }
        }
    }
}

/// Words of an article with some of them marked.
fn quoted(kept: &Kept, inside: Span, spans: &[Span], tells: Tells) -> Markup {
    let mark = |s: &Span| Mark { span: *s, tells, value: String::new(), first: false };
    let marks: Vec<Mark> = spans.iter().map(mark).collect();
    html! { bdi.quoted { (marked(&kept.article.text, inside, &marks)) } }
}

/// Leaders, spokesmen, allies and opponents, as reported.
pub(super) fn people(f: &Dossier) -> Markup {
    html! {
        @for tie in Tie::ALL {
            @let told: Vec<&Relating> = f.relations.iter().filter(|t| t.relation.tie == *tie).collect();
            @if !told.is_empty() {
                section id=(tie.name()) aria-labelledby={ "h-" (tie.name()) } {
                    h2 id={ "h-" (tie.name()) } { (heading(*tie)) }
                    ul.told-of { @for t in told { (one(t)) } }
                }
            }
        }
    }
}

fn heading(tie: Tie) -> &'static str {
    match tie {
        Tie::Leader => "Leaders, as reported",
        Tie::Spokesman => "Spokesmen, as reported",
        Tie::Ally => "Allies, as stated",
        Tie::Opponent => "Opponents, as stated",
    }
}

fn one(t: &Relating) -> Markup {
    let name = plain(&t.relation.name);
    html! {
        li {
            @if let Some(key) = &t.relation.key { a href=(super::address(key)) { b { bdi { (name) } } } }
            @else { b { bdi { (name) } } }
            " " span.faint.small {
                a href={ "/articles/" (t.article.id) } { bdi { (label::outlet(&t.article)) } }
                @if let Some(day) = t.article.article.published_on() { ", " (day) }
                @if !t.said_by.is_empty() { ", says " bdi { (plain(&t.said_by.join(", via "))) } }
            }
            br;
            (quoted(&t.article, t.relation.sentence, &t.relation.evidence, Tells::Actor))
        }
    }
}
