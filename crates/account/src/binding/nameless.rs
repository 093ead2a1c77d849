//! Doers without a name whom somebody blames: "agencies of a neighbouring country", "a rival faction".

use super::heard::negated;
use crate::account::{Binding, Standing, Statement};
use crate::language::Language;
use crate::scene::Scene;
use crate::statement::speakers;
use crate::unit::Unit;
use article::classes::{Class, Classes};
use article::grammar::{Clauses, Upos};
use article::hedges::hedges;
use article::{Span, fold};

/// What a blamed noun may name.
const BLAMED: &[Class] = &[
    Class::Force,
    Class::Soldier,
    Class::Police,
    Class::Government,
    Class::Fighter,
    Class::Criminal,
    Class::ArmedGroup,
];

/// The nameless whom these units blame, in text order.
pub(crate) fn blamed(
    scene: &Scene<'_>,
    language: &Language,
    units: &[Unit],
    mine: &[usize],
    statements: &[Statement],
) -> Vec<Binding> {
    let mut out: Vec<Binding> = Vec::new();
    for u in mine.iter().map(|n| &units[*n]).filter(|u| scene.near[u.sentence]) {
        let inside = scene.span(u.tokens);
        let clauses = scene.clauses(u.sentence);
        for deed in scene.deeds(u.sentence) {
            let (cue, argument) = (clauses.tree.nodes[deed.node].span, clauses.tree.nodes[deed.argument].span);
            let told = Standing::named(language.roles.name(deed.outcome));
            let Some(told) = told.filter(|t| matches!(t, Standing::Accused | Standing::Suspected)) else { continue };
            let Some(span) = phrase(scene, clauses, deed.argument).filter(|_| inside.contains(cue)) else { continue };
            let hedges = hedges(&scene.tokens, &scene.syntax, |n| n == u.sentence);
            let words = span.of(clauses.text);
            let actor = fold(words);
            if negated(clauses, deed.node, &hedges)
                || negated(clauses, deed.argument, &hedges)
                || out.iter().any(|b| b.actor == actor)
            {
                continue;
            }
            out.push(Binding {
                name: words.to_owned(),
                actor,
                status: told,
                said_by: speakers(statements, argument),
                evidence: vec![span, cue],
                by: format!("nameless/{told}"),
            });
        }
    }
    out
}

/// The words of a doer without a name; none where the noun means none, or a name stands in it.
fn phrase(scene: &Scene<'_>, clauses: Clauses<'_>, node: usize) -> Option<Span> {
    let classes = Classes::builtin().main(clauses.tree.nodes[node].span.of(clauses.text));
    if clauses.tree.nodes[node].tag != Upos::Noun || !classes.any(BLAMED) || !scene.actors_in(clauses, node).is_empty()
    {
        return None;
    }
    let near = |c: &usize| *c < node && matches!(clauses.tree.relation(*c), "compound" | "amod" | "nmod");
    let first = clauses.tree.children(node).filter(near).min().unwrap_or(node);
    Some(clauses.tree.span(first..node + 1))
}
