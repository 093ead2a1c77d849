//! Which of the places that a sentence names is the place of what it tells.

use crate::language::Language;
use crate::scene::{Scene, beginning};
use crate::scenery::{AREAS, SITES, is, located, outbound};
use article::grammar::{Clauses, Upos};
use article::places::PlaceVia;
use article::{EntryKind, Span};

/// The place of what a unit tells: narrow ones before wide ones, those said to be where it happened before others, and the
/// nearest to the first telling word.
pub(crate) fn best_place(
    scene: &Scene<'_>,
    language: &Language,
    (from, to): (usize, usize),
    sentence: usize,
    first: Option<usize>,
) -> Option<usize> {
    let places = beginning(&scene.places, |p| p.tokens, (from, to));
    if places.is_empty() {
        return None;
    }
    // An actor may begin before the unit and reach into it.
    let named = beginning(&scene.actors, |a| a.tokens, (from, to));
    let named = &scene.actors[named.start.saturating_sub(1)..named.end];
    let clauses = scene.clauses(sentence);
    let near = |token: usize| clauses.tree.at(scene.tokens.tokens.get(token)?.span.start);
    places
        .filter(|k| {
            let p = &scene.places[*k];
            from <= p.tokens.0
                && p.tokens.1 <= to
                && p.via == PlaceVia::Name
                && !scene.article.dateline.is_some_and(|d| d.overlaps(p.span))
                // A place inside a longer name is that name's; a country by itself is an actor too.
                && !near(p.tokens.0).is_some_and(|n| within_name(clauses, n, p.span))
                && (!group_word(scene, p.tokens) || located(scene, language, sentence, p.tokens.0))
                && !named.iter().any(|a| {
                    let inside = a.armed || a.span.len() > p.span.len();
                    a.span.overlaps(p.span) && (inside || !located(scene, language, sentence, p.tokens.0))
                })
        })
        .min_by_key(|k| {
            let p = &scene.places[*k];
            let outbound = outbound(scene, language, sentence, p.tokens.0);
            let located = located(scene, language, sentence, p.tokens.0);
            let wide = match p.kind {
                EntryKind::Country => 2,
                EntryKind::Province => 1,
                _ => 0,
            };
            let anchor = first.unwrap_or(from);
            let arcs = near(p.tokens.0).zip(near(anchor)).map_or(0, |(a, b)| clauses.tree.distance(a, b));
            (outbound as u8, wide, !located as u8, arcs, p.tokens.0.abs_diff(anchor))
        })
}

/// Whether the place at `node` is part of a longer name, of a person or an organisation: "Lorena Brod", "Mizan Watch".
fn within_name(clauses: Clauses<'_>, node: usize, place: Span) -> bool {
    let tree = clauses.tree;
    let name = |n: usize| {
        tree.nodes[n].tag == Upos::Propn
            && !place.overlaps(tree.nodes[n].span)
            && !is(clauses, n, SITES)
            && !is(clauses, n, AREAS)
    };
    let part = matches!(tree.relation(node), "compound" | "flat") && tree.nodes[node].head.is_some_and(name);
    part || tree.children(node).any(|c| tree.relation(c) == "flat" && name(c))
}

/// Whether the words are part of an armed group's name in the article: "Moro land" where a "Moro Dawn Brigade" is.
fn group_word(scene: &Scene<'_>, tokens: (usize, usize)) -> bool {
    scene.group_words.get(scene.norm(tokens.0)).is_some_and(|longest| *longest > tokens.1 - tokens.0)
}
