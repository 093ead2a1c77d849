//! Numbers of people over time, so that a number that rises and two that exclude each other are told apart at a glance.
//!
//! Accounts of one origin share shape and colour, and where they quote the same people they are joined by steps: a line that
//! climbs is a revision, two lines at different heights are a contradiction.

use super::View;
use crate::label;
use crate::serve::page::chart::{self, Point};
use crate::serve::page::say::moment;
use account::Measure;
use incident::Field;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// A number of an account.
struct Told {
    account: usize,
    /// Who says so; empty where the outlet does.
    voice: String,
    point: Point,
}

pub(super) fn section(view: &View<'_>) -> Markup {
    let fields = view.whole.incident.fields.iter();
    let charts: Vec<(&Field, Vec<Told>)> = fields
        .filter_map(|f| Some((f, told(view, Measure::named(&f.name)?))))
        .filter(|(f, told)| differ(told) || (f.name == "killed" && !told.is_empty()))
        .collect();
    if charts.is_empty() {
        return html! {};
    }
    html! {
        section #toll aria-labelledby="h-toll" {
            h2 #h-toll { "Numbers over time" }
            @for (field, told) in charts { (chart(view, field, told)) }
        }
    }
}

/// Whether not all say the same: of what all agree on the table of readings says enough.
fn differ(told: &[Told]) -> bool {
    let range = |t: &Told| (t.point.low, t.point.high);
    told.windows(2).any(|w| range(&w[0]) != range(&w[1]))
}

fn told(view: &View<'_>, measure: Measure) -> Vec<Told> {
    let mut out = Vec::new();
    for (a, all) in view.values.iter().enumerate() {
        let Some(kept) = view.whole.article(a) else { continue };
        let series = view.whole.incident.origins.iter().position(|o| o.contains(&a)).unwrap_or(0);
        let (time, published) = chart::published(&kept.article);
        for (n, v) in all.iter().enumerate() {
            let Some(f) = v.figure().filter(|f| f.measure == measure && f.total) else { continue };
            let (says, voice) = (label::people(f), label::said_by(&f.said_by));
            let by =
                if voice.is_empty() { label::outlet(kept) } else { format!("{voice}, in {}", label::outlet(kept)) };
            let point = Point {
                low: f.low,
                high: f.high,
                series,
                title: format!("[{}] {says}, says {by}", view.number(a)),
                says,
                time,
                published: published.clone(),
                address: format!("#a{}", view.number(a)),
                value: view.mark(a, n),
            };
            out.push(Told { account: a, voice, point });
        }
    }
    // What nobody dated stands at the end, as it does among the accounts.
    out.sort_by_key(|t| (t.point.time.is_none(), t.point.time, t.account));
    out
}

/// Numbers that go on from each other: of one origin and one voice, the greatest of each account.
fn lines(told: &[Told]) -> Vec<Vec<usize>> {
    let mut by: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
    for (i, t) in told.iter().enumerate() {
        let line = by.entry((t.point.series, t.voice.as_str())).or_default();
        match line.last().copied().filter(|l| told[*l].account == t.account) {
            Some(l) if told[l].point.at() >= t.point.at() => {}
            Some(_) => {
                line.pop();
                line.push(i);
            }
            None => line.push(i),
        }
    }
    by.into_values().filter(|l| l.len() > 1).collect()
}

fn chart(view: &View<'_>, field: &Field, told: Vec<Told>) -> Markup {
    let name = field.name.replace('_', " ");
    let decided = field.choice().is_some_and(|r| r.by.is_some());
    let lines = lines(&told);
    let table = table(view, &name, &told);
    let points: Vec<Point> = told.into_iter().map(|t| t.point).collect();
    html! {
        figure.toll {
            figcaption {
                b { (name) } " "
                @if field.disputed && !decided { span.disputed { "contradiction: independent accounts exclude each other" } }
                @else if field.revised { span.revised { "revision: later reports raised the number" } }
                @else if field.disputed { span.faint { "contradiction, settled by decision" } }
                @else if points.len() > 1 { span.faint { "no contradiction" } }
            }
            div.wide { (chart::drawing(&points, &lines, field.bounds, &format!("{name} over time; the table below says the same"))) }
            details { summary { "As a table" } (table) }
        }
    }
}

fn table(view: &View<'_>, name: &str, told: &[Told]) -> Markup {
    html! {
        table {
            thead {
                tr {
                    th { "Published" } th { "Account" } th title="Accounts of one origin share a number" { "Origin" }
                    th.number { (name) }
                }
            }
            tbody {
                @for t in told {
                    tr {
                        td { @if t.point.published.is_empty() { "no date" } @else { (moment(&t.point.published)) } }
                        td { (view.link(t.account)) @if !t.voice.is_empty() { " says " bdi { (t.voice) } } }
                        td { (t.point.series + 1) }
                        td.number { (t.point.says) }
                    }
                }
            }
        }
    }
}
