//! Things: what was attacked, and with what, by the classes of nouns.

use crate::account::{Mention, Statement};
use crate::scene::Scene;
use crate::scenery::{MOVING, SITES, is};
use crate::sort::Draft;
use crate::unit::Unit;
use article::Span;
use article::classes::Class;

/// What kills.
const ARMS: &[Class] = &[Class::Weapon, Class::Gun, Class::Explosive, Class::Ammunition];

/// How many telling sentences are looked at: those that follow speak of what came of it.
const TELLING: usize = 3;

/// With what it was done, as printed.
pub(crate) fn weapons(scene: &Scene<'_>, units: &[Unit], draft: &Draft) -> Vec<Mention> {
    let mut out = things(scene, units, draft, &[ARMS], "roles/weapon");
    out.retain(|m| !scene.actors.iter().any(|a| a.span.overlaps(m.span)));
    out
}

/// What was attacked: places and gatherings, but no part of a name or of a weapon ("car bomb"), and nobody who only
/// speaks.
pub(crate) fn targets(scene: &Scene<'_>, units: &[Unit], draft: &Draft, statements: &[Statement]) -> Vec<Mention> {
    let weapons = weapons(scene, units, draft);
    let mut out = things(scene, units, draft, &[SITES, MOVING], "roles/target");
    out.retain(|m| {
        let named = |span: Span| span.overlaps(m.span) && span.len() >= m.span.len();
        let part = scene.actors.iter().any(|a| named(a.span)) || scene.places.iter().any(|p| named(p.span));
        let speaks = statements.iter().any(|s| s.sources.iter().any(|source| source.span.overlaps(m.span)));
        !part && !speaks && !weapons.iter().any(|w| w.span.overlaps(m.span))
    });
    out
}

/// The noun phrases of these classes in the telling units.
fn things(scene: &Scene<'_>, units: &[Unit], draft: &Draft, classes: &[&[Class]], by: &str) -> Vec<Mention> {
    let mut out: Vec<Mention> = Vec::new();
    for u in draft.telling.iter().take(TELLING).map(|n| &units[*n]) {
        let clauses = scene.clauses(u.sentence);
        let inside = scene.span(u.tokens);
        for node in 0..clauses.tree.nodes.len() {
            // "car bomb" is one thing.
            let whole = clauses.tree.relation(node) != "compound";
            if whole && inside.contains(clauses.tree.nodes[node].span) && classes.iter().any(|c| is(clauses, node, c)) {
                let span = clauses.tree.span(clauses.first(node)..node + 1);
                let words = span.of(clauses.text).to_owned();
                if !out.iter().any(|m| m.words == words) {
                    out.push(Mention { words, span, by: by.to_owned() });
                }
            }
        }
    }
    out
}
