//! Where words stand: whether a place is said to be where something happens, the buildings and roads named, and names of
//! places that no gazetteer knows. All from the prepositions of the tree and the classes of nouns.

use crate::language::Language;
use crate::scene::Scene;
use article::classes::{Class, Classes};
use article::grammar::{Clauses, Slot, Upos};

/// Buildings, roads and other spots within a place.
pub(crate) const SITES: &[Class] = &[
    Class::Building,
    Class::Dwelling,
    Class::Worship,
    Class::School,
    Class::Hospital,
    Class::Market,
    Class::Hotel,
    Class::Venue,
    Class::Office,
    Class::StateBuilding,
    Class::Road,
    Class::Bridge,
    Class::Transport,
    Class::Utility,
    Class::Factory,
    Class::MilitarySite,
    Class::PoliceSite,
    Class::Prison,
    Class::Monument,
];

/// What moves and is attacked on its way.
pub(crate) const MOVING: &[Class] =
    &[Class::Vehicle, Class::Train, Class::Aircraft, Class::Ship, Class::MilitaryVehicle];

/// Nouns that stand for the area of the name behind them: "the city of X".
pub(crate) const AREAS: &[Class] = &[Class::Settlement, Class::Region, Class::Terrain];

/// How far up a tree a preposition may stand: "in the southern part of the city of X".
const HEIGHT: usize = 5;

/// Whether what stands at token `at` is said to be where something happens: "in the southern city of X", "the X market", but
/// not "90 km east of X" or "the governor of X".
pub(crate) fn located(scene: &Scene<'_>, language: &Language, sentence: usize, at: usize) -> bool {
    let clauses = scene.clauses(sentence);
    let start = scene.tokens.tokens.get(at).map_or(0, |t| t.span.start);
    let Some(mut node) = clauses.tree.at(start) else { return false };
    let l = &language.lists;
    for _ in 0..HEIGHT {
        let listed = |n: usize, list| scene.marks.has(scene.token_at(clauses.tree.nodes[n].span.start), list);
        let head = clauses.tree.nodes[node].head;
        match clauses.preposition(node) {
            Some(p) if listed(p, l.at) => return true,
            Some(p) if listed(p, l.outbound) => return false,
            // "of": the area itself, and nobody's or nothing else.
            Some(_) => match head {
                Some(h) if is(clauses, h, AREAS) || is(clauses, h, SITES) => node = h,
                _ => return false,
            },
            None => match (clauses.tree.relation(node), head) {
                ("appos" | "flat" | "conj" | "nmod" | "list", Some(h)) => node = h,
                ("compound" | "amod", Some(h))
                    if is(clauses, h, AREAS) || is(clauses, h, SITES) || name(clauses, h) =>
                {
                    node = h;
                }
                // "Kunduz was hit", "bombed Kunduz"
                ("nsubj:pass" | "obj" | "nsubj", Some(h)) => {
                    let token = scene.token_at(clauses.tree.nodes[h].span.start);
                    let struck = clauses.arguments(h).iter().any(|a| a.node == node && a.slot == Slot::Object);
                    let tells = (token.saturating_sub(1)..=token).any(|t| l.tells(&scene.marks, t));
                    return struck && tells && is_named(clauses, node, start);
                }
                _ => return clauses.tree.nodes[node].label == "nmod:poss",
            },
        }
    }
    false
}

/// Whether the word at `node` is the one at byte `start`, and not one over it.
fn is_named(clauses: Clauses<'_>, node: usize, start: u32) -> bool {
    clauses.tree.at(start) == Some(node)
}

/// Whether a place at token `at` is where something comes from or goes to.
pub(crate) fn outbound(scene: &Scene<'_>, language: &Language, sentence: usize, at: usize) -> bool {
    let clauses = scene.clauses(sentence);
    let start = scene.tokens.tokens.get(at).map_or(0, |t| t.span.start);
    let preposition = clauses.tree.at(start).and_then(|n| clauses.preposition(n));
    preposition
        .is_some_and(|p| scene.marks.has(scene.token_at(clauses.tree.nodes[p].span.start), language.lists.outbound))
}

/// The words for the building, road or spot behind a preposition of place inside these tokens, with what stands behind it in
/// its phrase: "[the gate of the hospital]", "[a mosque in Kunduz]".
pub(crate) fn site(
    scene: &Scene<'_>,
    language: &Language,
    sentence: usize,
    tokens: (usize, usize),
) -> Option<(usize, usize)> {
    let clauses = scene.clauses(sentence);
    let inside = scene.span(tokens);
    let nodes = &clauses.tree.nodes;
    let at = |n: usize| {
        let token = |p: usize| scene.token_at(nodes[p].span.start);
        clauses.preposition(n).is_some_and(|p| scene.marks.has(token(p), language.lists.at))
    };
    let listed = |n: usize| scene.marks.has(scene.token_at(nodes[n].span.start), language.lists.site);
    // "in an exchange of fire" is no place.
    let deed = |n: usize| language.lists.tells(&scene.marks, scene.token_at(nodes[n].span.start));
    let spot =
        |n: &usize| inside.contains(nodes[*n].span) && (is(clauses, *n, SITES) || listed(*n)) && at(*n) && !deed(*n);
    let node = (0..nodes.len()).find(spot)?;
    let first = clauses.first(node);
    // "of the hospital", "in Kunduz" belong to it; relative clauses and asides do not.
    let after =
        |c: &usize| *c > node && clauses.tree.relation(*c) == "nmod" && clauses.tree.range(*c).start <= node + 2;
    let last = clauses.tree.children(node).filter(after).max().unwrap_or(node);
    let from = scene.token_at(nodes[first].span.start);
    Some((from, (scene.token_at(nodes[last].span.start) + 1).min(tokens.1)))
}

/// A name behind a preposition of place that is no known place, actor or time; with `areas`, that of an area too: "in the X
/// area".
pub(crate) fn unlisted(
    scene: &Scene<'_>,
    language: &Language,
    sentence: usize,
    tokens: (usize, usize),
    areas: bool,
) -> Option<(usize, usize)> {
    let clauses = scene.clauses(sentence);
    let inside = scene.span(tokens);
    let nodes = &clauses.tree.nodes;
    let at = |p: usize| scene.marks.has(scene.token_at(nodes[p].span.start), language.lists.site_at);
    (0..nodes.len()).filter(|n| inside.contains(nodes[*n].span) && name(clauses, *n)).find_map(|n| {
        // "near X", "near the town of X"
        let head = nodes[n].head.filter(|h| is(clauses, *h, AREAS));
        let of = clauses.preposition(n).filter(|p| !at(*p)).and(head).and_then(|h| clauses.preposition(h));
        // "in the X area"
        let area =
            head.filter(|_| areas && clauses.tree.relation(n) == "compound").and_then(|h| clauses.preposition(h));
        let preposition = of.or(clauses.preposition(n)).or(area);
        // "in a Hilux", "in Hindi"
        let kind = clauses.tree.child(n, &["det"]).is_some();
        let tongue = scene.marks.has(scene.token_at(nodes[n].span.start), language.lists.tongue);
        // "the X massacre"
        let deed = || {
            let tells = |h: usize| language.lists.tells(&scene.marks, scene.token_at(nodes[h].span.start));
            let word = !Classes::builtin().of(nodes[n].span.of(clauses.text)).known();
            let whole = clauses.tree.relation(n) == "compound" && n > 0 && word;
            whole && nodes[n].head.is_some_and(|h| nodes[h].tag == Upos::Noun && tells(h))
        };
        let behind = preposition.map_or_else(deed, at) && !kind && !tongue;
        let parts = |c: &usize| matches!(clauses.tree.relation(*c), "flat" | "compound") && name(clauses, *c);
        let first = clauses.tree.children(n).filter(parts).min().unwrap_or(n).min(n);
        let last = clauses.tree.children(n).filter(parts).max().unwrap_or(n).max(n);
        let span = clauses.tree.span(first..last + 1);
        let taken = scene.places.iter().any(|p| p.span.overlaps(span))
            || scene.actors.iter().any(|a| a.span.overlaps(span))
            || scene.times.iter().any(|t| t.span.overlaps(span));
        let capital = scene.tokens.tokens[scene.token_at(span.start)].capital;
        (behind && !taken && capital).then(|| (scene.token_at(span.start), scene.token_at(span.end - 1) + 1))
    })
}

/// Whether a noun in its commonest sense belongs to one of the classes.
pub(crate) fn is(clauses: Clauses<'_>, node: usize, classes: &[Class]) -> bool {
    let n = &clauses.tree.nodes[node];
    matches!(n.tag, Upos::Noun | Upos::Propn) && Classes::builtin().main(n.span.of(clauses.text)).any(classes)
}

fn name(clauses: Clauses<'_>, node: usize) -> bool {
    clauses.tree.nodes[node].tag == Upos::Propn
}
