//! Allies and opponents as a small drawing: those on its side to the right, those against it to the left. A thicker line is
//! told by more articles.

use crate::screen::{cut, plain};
use account::Tie;
use archive::Dossier;
use maud::{Markup, html};
use std::collections::BTreeMap;

const WIDTH: f64 = 440.0;
const BOX: f64 = 128.0;
const ROW: f64 = 34.0;
/// More than these are told in the lists alone.
const MOST: usize = 8;

/// Somebody at the other end of a line.
struct Other {
    name: String,
    key: Option<String>,
    told: usize,
}

pub(super) fn section(f: &Dossier) -> Markup {
    let (allies, opponents) = (others(f, Tie::Ally), others(f, Tie::Opponent));
    if allies.is_empty() && opponents.is_empty() {
        return html! {};
    }
    let rows = allies.len().max(opponents.len()).min(MOST);
    let height = rows as f64 * ROW + 22.0;
    let middle = 22.0 + (height - 22.0) / 2.0;
    html! {
        section #sides-of aria-labelledby="h-sides" {
            h2 #h-sides { "Allies and opponents" }
            figure.partners {
                div.wide {
                    svg width=(WIDTH) height=(height) viewBox={ "0 0 " (WIDTH) " " (height) } role="group" aria-label="Allies and opponents; the lists on this page say the same" {
                        @if !opponents.is_empty() { text.head x="0" y="12" { "✕ against" } }
                        @if !allies.is_empty() { text.head x=(WIDTH) y="12" text-anchor="end" { "with ✓" } }
                        (side(&opponents, middle, true))
                        (side(&allies, middle, false))
                        g.node { rect x=((WIDTH - BOX) / 2.0) y=(middle - 15.0) width=(BOX) height="30" rx="15" {} text x=(WIDTH / 2.0) y=(middle + 4.0) text-anchor="middle" { (cut(&plain(&f.name), 18)) } }
                    }
                }
            }
        }
    }
}

fn others(f: &Dossier, tie: Tie) -> Vec<Other> {
    let mut by: BTreeMap<String, Other> = BTreeMap::new();
    for r in f.relations.iter().map(|t| &t.relation).filter(|r| r.tie == tie) {
        let name = plain(&r.name);
        let key = r.key.clone().unwrap_or_else(|| name.to_lowercase());
        by.entry(key).or_insert_with(|| Other { name, key: r.key.clone(), told: 0 }).told += 1;
    }
    let mut all: Vec<Other> = by.into_values().collect();
    all.sort_by(|a, b| (b.told, &a.name).cmp(&(a.told, &b.name)));
    all.truncate(MOST);
    all
}

fn side(all: &[Other], middle: f64, left: bool) -> Markup {
    let top = middle - (all.len() as f64 * ROW) / 2.0;
    let x = if left { 0.0 } else { WIDTH - BOX };
    let (near, hub) = if left { (BOX, (WIDTH - BOX) / 2.0) } else { (WIDTH - BOX, (WIDTH + BOX) / 2.0) };
    html! {
        @for (i, o) in all.iter().enumerate() {
            @let y = top + (i as f64 + 0.5) * ROW;
            path class=(if left { "against" } else { "with" }) stroke-width=((o.told as f64).sqrt().min(4.0) + 0.5) d=(format!("M{near:.1} {y:.1}C{:.1} {y:.1} {:.1} {middle:.1} {hub:.1} {middle:.1}", f64::midpoint(near, hub), f64::midpoint(near, hub))) {}
            @if let Some(key) = &o.key { a.node href=(super::address(key)) { (label(o, x, y)) } }
            @else { g.node { (label(o, x, y)) } }
        }
    }
}

fn label(o: &Other, x: f64, y: f64) -> Markup {
    html! {
        title { (o.name) ", told " (o.told) "×" }
        rect x=(x) y=(y - 13.0) width=(BOX) height="26" rx="4" {}
        text x=(x + BOX / 2.0) y=(y + 4.0) text-anchor="middle" { (cut(&o.name, 18)) }
    }
}
