//! The source chain drawn: who is taken from stands to the left of who takes, and a line between them says why.
//!
//! Each node stands in the column behind the last one that it takes from; a node and what takes from it first share a row.
//! Several ties between the same two nodes are one line with several reasons.

use super::View;
use crate::screen::{cut, plain};
use crate::serve::page::chart;
use crate::{chain, label};
use incident::{Chain, NodeKind, Tie, Why};
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};

const ROW: f64 = 46.0;
const COLUMN: f64 = 262.0;
const BOX: f64 = 150.0;
const HIGH: f64 = 34.0;
/// A chain of more nodes is told as a list alone.
const MOST: usize = 120;

/// The mark of a tie's words.
fn mark(view: &View<'_>, tie: usize) -> String {
    format!("c{}-{tie}", view.number(0))
}

/// The words that show ties, for the account at `account`: span and mark.
pub(super) fn words(view: &View<'_>, account: usize) -> Vec<(article::Span, String)> {
    let of = |(n, t): (usize, &Tie)| {
        let here: Vec<_> =
            t.evidence.iter().filter(|s| s.account == account).map(|s| (s.span, mark(view, n))).collect();
        here
    };
    view.chain.ties.iter().enumerate().flat_map(of).collect()
}

pub(super) fn section(view: &View<'_>) -> Markup {
    let (whole, chain) = (view.whole, &view.chain);
    let sources = label::count(whole.incident.origins.len(), "independent source");
    html! {
        section #sources aria-labelledby="h-sources" {
            h2 #h-sources { "Who has it from whom" }
            figure.chain {
                figcaption.faint { (sources) @if chain.ties.is_empty() { "; none of them names or copies another" } }
                @if chain.nodes.len() <= MOST { div.wide { (drawing(view)) } }
                @if !chain.ties.is_empty() {
                    details open[chain.nodes.len() > MOST] { summary { "In words" } (list(view)) }
                }
            }
        }
    }
}

/// Where each node stands: column and row.
struct Layout {
    at: Vec<(f64, f64)>,
    width: f64,
    height: f64,
}

impl Layout {
    fn of(chain: &Chain) -> Layout {
        let n = chain.nodes.len();
        let ties = || chain.ties.iter().filter(|t| t.from < n && t.to < n);
        // Ties lead in no circle, so that depths settle after as many rounds as the longest way has steps.
        let mut depth = vec![0usize; n];
        for _ in 0..n {
            let before = depth.clone();
            for t in ties() {
                depth[t.from] = depth[t.from].max(depth[t.to] + 1).min(n);
            }
            if depth == before {
                break;
            }
        }
        let mut rows: Vec<Option<f64>> = vec![None; n];
        let mut free = 0.0;
        let mut order: Vec<usize> = (0..n).filter(|i| depth[*i] == 0).collect();
        order.sort_by_key(|i| (chain.nodes[*i].origin, chain.nodes[*i].kind == NodeKind::Speaker, *i));
        for root in order {
            let mut open = vec![root];
            while let Some(i) = open.pop() {
                if rows[i].is_some() {
                    continue;
                }
                // The first below stays in the row of what it takes from.
                let above = ties().filter(|t| t.from == i).find_map(|t| Some((depth[t.to], rows[t.to]?)));
                let taken = |row: f64| rows.iter().zip(&depth).any(|(r, d)| *r == Some(row) && *d >= depth[i]);
                let row = above.map(|(_, row)| row).filter(|row| !taken(*row)).unwrap_or_else(|| {
                    free += 1.0;
                    free - 1.0
                });
                free = f64::max(free, row + 1.0);
                rows[i] = Some(row);
                let below: BTreeSet<usize> = ties().filter(|t| t.to == i).map(|t| t.from).collect();
                open.extend(below.into_iter().rev());
            }
        }
        let at: Vec<(f64, f64)> = (0..n).map(|i| (depth[i] as f64 * COLUMN, rows[i].unwrap_or(0.0) * ROW)).collect();
        let width = at.iter().map(|p| p.0).fold(0.0, f64::max) + BOX;
        let height = at.iter().map(|p| p.1).fold(0.0, f64::max) + HIGH;
        Layout { at, width, height }
    }
}

fn drawing(view: &View<'_>) -> Markup {
    let chain = &view.chain;
    let layout = Layout::of(chain);
    // One line for all ties between two nodes.
    let mut lines: BTreeMap<(usize, usize), Vec<(usize, &Tie)>> = BTreeMap::new();
    for (n, t) in chain.ties.iter().enumerate().filter(|(_, t)| t.from < layout.at.len() && t.to < layout.at.len()) {
        lines.entry((t.from, t.to)).or_default().push((n, t));
    }
    let (width, height) = (layout.width + 4.0, layout.height + 4.0);
    html! {
        svg width=(width) height=(height) viewBox={ "-2 -2 " (width) " " (height) } role="group" aria-label="Who has it from whom; the list below says the same" {
            @for ((from, to), ties) in &lines { (line(view, layout.at[*from], layout.at[*to], ties)) }
            @for (i, at) in layout.at.iter().enumerate() { (node(view, i, *at)) }
        }
    }
}

fn line(view: &View<'_>, from: (f64, f64), to: (f64, f64), ties: &[(usize, &Tie)]) -> Markup {
    let (x1, y1, x2, y2) = (to.0 + BOX, to.1 + HIGH / 2.0, from.0, from.1 + HIGH / 2.0);
    let middle = (x2 - (COLUMN - BOX) / 2.0).max(x1);
    let kind = ties.first().map_or("", |(_, t)| t.why.name());
    let said: Vec<String> = ties.iter().map(|(_, t)| short(t)).collect();
    let marks = ties.iter().map(|(n, _)| mark(view, *n)).collect::<Vec<_>>().join(" ");
    html! {
        g class={ "tie " (kind) } data-v=(marks) {
            title { (ties.iter().map(|(_, t)| chain::why(t)).collect::<Vec<_>>().join("; ")) }
            path d={ (format!("M{x1:.1} {y1:.1}H{:.1}C{middle:.1} {y1:.1} {middle:.1} {y2:.1} {x2:.1} {y2:.1}", (middle - 30.0).max(x1))) } {}
            path.head d={ (format!("M{:.1} {:.1}l7 4l-7 4z", x2 - 7.0, y2 - 4.0)) } {}
            text x=(format!("{:.1}", x2 - 10.0)) y=(format!("{:.1}", y2 - 6.0)) text-anchor="end" { (said.join(", ")) }
        }
    }
}

/// Why one takes from another, in a word.
fn short(t: &Tie) -> String {
    match (t.why, t.share) {
        (Why::Copy, Some(share)) => format!("copy {:.0} %", share * 100.0),
        (Why::Speaker, _) => t.field.replace('_', " "),
        (why, _) => why.name().to_owned(),
    }
}

fn node(view: &View<'_>, i: usize, (x, y): (f64, f64)) -> Markup {
    let (whole, chain) = (view.whole, &view.chain);
    let n = &chain.nodes[i];
    let name = chain::name(whole, chain, i);
    let kind = match (n.kind, n.accounts.is_empty()) {
        (NodeKind::Speaker, _) => "speaker",
        (NodeKind::Owner, _) => "owner",
        (NodeKind::Outlet, true) => "named",
        (NodeKind::Outlet, false) => "outlet",
    };
    let round = if n.kind == NodeKind::Outlet { 4.0 } else { HIGH / 2.0 };
    let numbers: Vec<String> = n.accounts.iter().map(|a| format!("[{}]", view.number(*a))).collect();
    let below = match (n.kind, numbers.is_empty()) {
        (NodeKind::Speaker, _) => "quoted by several".to_owned(),
        (NodeKind::Owner, _) => "owner".to_owned(),
        (_, true) => "not read here".to_owned(),
        _ => cut(&numbers.join(" "), 22),
    };
    let origin = n.accounts.first().and_then(|a| whole.incident.origins.iter().position(|o| o.contains(a)));
    let inside = html! {
        rect x=(x) y=(y) width=(BOX) height=(HIGH) rx=(round) {}
        @if let Some(o) = origin { (chart::sign(o, x + 12.0, y + HIGH / 2.0)) }
        text x=(x + 23.0) y=(y + 14.0) { (cut(&name, 19)) }
        text.below x=(x + 23.0) y=(y + 27.0) { (below) }
        title { (name) }
    };
    html! {
        @if let Some(a) = n.accounts.first() { a class={ "node " (kind) } href={ "#a" (view.number(*a)) } { (inside) } }
        @else { g class={ "node " (kind) } { (inside) } }
    }
}

fn list(view: &View<'_>) -> Markup {
    let (whole, chain) = (view.whole, &view.chain);
    html! {
        ul.ties {
            @for (n, t) in chain.ties.iter().enumerate().filter(|(_, t)| t.from < chain.nodes.len() && t.to < chain.nodes.len()) {
                li data-v=(mark(view, n)) {
                    bdi { (chain::name(whole, chain, t.from)) } ", of " bdi { (chain::name(whole, chain, t.to)) } ": " (chain::why(t))
                    @if !t.field.is_empty() { " for " (t.field.replace('_', " ")) }
                    @for s in t.evidence.iter().take(3) {
                        @if let Some(kept) = whole.article(s.account) {
                            " " q { bdi { (cut(&plain(s.span.of(&kept.article.text)), 90)) } } " " (view.link(s.account))
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use incident::Node;

    fn chain(nodes: usize, ties: &[(usize, usize)]) -> Chain {
        let node = |i: usize| Node { name: format!("n{i}"), kind: NodeKind::Outlet, accounts: vec![i], origin: 0 };
        let tie = |(from, to): &(usize, usize)| Tie {
            from: *from,
            to: *to,
            why: Why::Copy,
            field: String::new(),
            share: None,
            evidence: vec![],
        };
        Chain { nodes: (0..nodes).map(node).collect(), ties: ties.iter().map(tie).collect() }
    }

    #[test]
    fn nobody_stands_on_somebody_else() {
        for (nodes, ties) in [
            (1, vec![]),
            (4, vec![(1, 0), (2, 0), (3, 2)]),
            (5, vec![(1, 0), (2, 1), (2, 3), (4, 3)]),
            // No chain has such a circle; a drawing of one would still end.
            (3, vec![(0, 1), (1, 2), (2, 0)]),
        ] {
            let layout = Layout::of(&chain(nodes, &ties));
            let places: BTreeSet<String> = layout.at.iter().map(|p| format!("{p:?}")).collect();
            if ties.iter().all(|(f, t)| f > t) || ties.is_empty() || nodes == 5 {
                assert_eq!(places.len(), nodes, "{:?}", layout.at);
            }
            assert!(layout.width.is_finite() && layout.height.is_finite());
        }
    }
}
