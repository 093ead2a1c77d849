//! Why these accounts are one incident, and why the nearest other one is not part of it.

use super::View;
use crate::label;
use crate::screen::plain;
use crate::serve::page::say::number;
use archive::{Between, Compared, Whole};
use incident::{Comparison, Supporter};
use maud::{Markup, html};

/// A comparison that is worth less than this does not help to understand.
const LEAST: f64 = 0.05;
/// So many comparisons are shown at once.
const SHOWN: usize = 23;
/// The bar of a weight reaches its end here.
const MOST: f64 = 6.0;

pub(super) fn section(view: &View<'_>, joins: &[Compared], nearest: Option<&(Between, Whole)>, all: bool) -> Markup {
    let shown = if all { joins.len() } else { joins.len().min(SHOWN) };
    html! {
        section #why aria-labelledby="h-why" {
            h2 #h-why { "Why these accounts are one incident" }
            p.faint.small {
                "Weights are logarithms of odds (base e) and add up: above zero they speak for one incident, below for two."
            }
            @if joins.is_empty() { p { "One account; nothing was joined." } }
            @for (i, j) in joins.iter().take(shown).enumerate() {
                details.join open[i == 0 || joins.len() <= 3] {
                    summary { (heading(view, j, view.whole.incident.joins.get(i).is_some_and(|j| j.decided))) }
                    (table(j, [view.name(&j.pair[0]), view.name(&j.pair[1])]))
                }
            }
            @if shown < joins.len() {
                p { a href="?accounts=all#why" { "Show all " (joins.len()) " comparisons" } " (" (shown) " are shown)" }
            }
            (near(view, nearest))
        }
    }
}

fn heading(view: &View<'_>, j: &Compared, decided: bool) -> Markup {
    html! {
        b { (view.name(&j.pair[0])) " and " (view.name(&j.pair[1])) } " "
        span.faint {
            (number(j.score)) ", probability " (format!("{:.2}", j.probability()))
            @if decided { ", joined by decision" }
        }
    }
}

fn near(view: &View<'_>, nearest: Option<&(Between, Whole)>) -> Markup {
    html! {
        h3 { "The nearest incident that is not part of it" }
        @if let Some((b, other)) = nearest {
            p {
                a href={ "/incidents/" (other.incident.id) } { bdi { (label::kinds(other)) ", " (label::place(other)) } }
                ", " (other.chosen("date")) ". " (apart(b)) " "
                a href={ "/incidents/" (view.whole.incident.id) "/beside/" (other.incident.id) } { "Both side by side" }
            }
            details.join {
                summary { "The pair that agrees best: " (number(b.best.score)) @if b.best.excluded { ", and yet they exclude each other" } }
                (table(&b.best, [view.name(&b.best.pair[0]), html! { bdi { (outlet(other, &b.best.pair[1])) } }]))
            }
        } @else {
            p { "No other incident shares a day, a place or a name with it that is not common." }
        }
    }
}

/// What keeps two incidents apart, in a sentence.
pub(crate) fn apart(b: &Between) -> String {
    let mean = number(b.mean);
    match (b.excluded, b.pairs) {
        (0, 1) => format!("Their accounts score {mean}, which is too little."),
        (0, n) => format!("The {n} pairs of accounts across score {mean} in the mean, which is too little."),
        (_, 1) => format!("Their accounts exclude each other; they score {mean}."),
        (x, n) => format!("{x} of {n} pairs of accounts across exclude each other; their mean score is {mean}."),
    }
}

/// The outlet of an account of another incident.
fn outlet(whole: &Whole, s: &Supporter) -> String {
    whole.articles.get(&s.article).map(label::outlet).unwrap_or_default()
}

/// The comparisons of two accounts, field by field.
pub(crate) fn table(c: &Compared, heads: [Markup; 2]) -> Markup {
    let [a, b] = heads;
    let telling = |c: &&(Comparison, [String; 2])| c.0.weight.abs() >= LEAST;
    let silent = c.comparisons.iter().filter(|c| !telling(c)).map(|c| c.0.field.as_str()).collect::<Vec<_>>();
    html! {
        div.wide tabindex="0" role="group" aria-label="Comparison of two accounts" {
            table.weights {
                thead { tr { th { "Field" } th { "Agree" } th { (a) } th { (b) } th.number { "Weight" } th { span.hush { "Weight as a bar" } } } }
                tbody {
                    @for (k, words) in c.comparisons.iter().filter(telling) { (row(k, words)) }
                    tr.sum { th scope="row" colspan="4" { "Together" } td.number { (number(c.score)) } td { (bar(c.score)) } }
                }
            }
        }
        @if !silent.is_empty() { p.faint.small { "Nothing follows from " (silent.join(", ")) "." } }
    }
}

fn row(k: &Comparison, [x, y]: &[String; 2]) -> Markup {
    html! {
        tr {
            th scope="row" { (k.field) }
            td { @if k.field != "prior" { (k.level.name()) } }
            @if x == y && !x.is_empty() {
                td colspan="2" { bdi { (plain(x)) } }
            } @else {
                td { bdi { (plain(x)) } } td { bdi { (plain(y)) } }
            }
            td.number { (number(k.weight)) }
            td { (bar(k.weight)) }
        }
    }
}

/// A weight as a bar: to the right of the line for one incident, to the left for two.
fn bar(weight: f64) -> Markup {
    let length = (weight.abs() / MOST).min(1.0) * 48.0;
    let x = if weight < 0.0 { 50.0 - length } else { 50.0 };
    html! {
        svg.bar width="100" height="12" viewBox="0 0 100 12" aria-hidden="true" {
            line x1="50" x2="50" y1="0" y2="12" {}
            rect class=(if weight < 0.0 { "against" } else { "for" }) x=(format!("{x:.1}")) y="2" width=(format!("{length:.1}")) height="8" {}
        }
    }
}
