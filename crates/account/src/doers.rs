//! Doers who are only described: "four hooded men", "guerrillas of the front", "suspected militants".
//!
//! A noun for fighters or criminals, or for people who are armed or masked, does the deed in the tree. Whose word that is and
//! with what doubt it is said gives the standing, as for actors with a name.

use crate::account::{Described, Standing};
use crate::binding::{Case, Heard, negated, standing};
use crate::happening::DOERS;
use crate::phrase::{classes, number, traits, whole};
use crate::scene::Scene;
use crate::stage::hindered;
use crate::statement::speakers;
use article::classes::Class;
use article::counts;
use article::grammar::{Clauses, Upos};
use article::hedges::hedges;

/// The described doers of an account, in text order; each once by its words. *Cost*: the deeds and hedges of its sentences.
pub(crate) fn described(case: &Case<'_, '_>) -> Vec<Described> {
    let scene = case.scene;
    let mut out: Vec<Described> = Vec::new();
    let mut own: Vec<usize> = case.draft.telling.iter().chain(&case.draft.context).copied().collect();
    own.sort_unstable();
    for u in own.into_iter().map(|n| &case.units[n]).filter(|u| !u.headline && scene.near[u.sentence]) {
        let (clauses, inside) = (scene.clauses(u.sentence), scene.span(u.tokens));
        let told = |outcome| Standing::named(case.language.roles.name(outcome));
        let deeds: Vec<_> = scene
            .deeds(u.sentence)
            .iter()
            .filter_map(|d| Some((d, told(d.outcome)?)))
            .filter(|(d, s)| {
                matches!(s, Standing::Stated | Standing::Accused | Standing::Suspected)
                    && d.argument != d.node
                    && inside.contains(clauses.tree.nodes[d.node].span)
                    && describes(scene, clauses, d.argument)
                    && !planned(scene, clauses, d.node)
            })
            .collect();
        if deeds.is_empty() {
            continue;
        }
        let counts = counts(&scene.tokens, &scene.amounts, &scene.syntax, u.sentence);
        let hedges = hedges(&scene.tokens, &scene.syntax, |n| n == u.sentence);
        for (deed, told) in deeds {
            let span = whole(clauses, &counts, deed.argument);
            let words = span.of(clauses.text);
            let known = |d: &Described| d.span.overlaps(span) || d.words.eq_ignore_ascii_case(words);
            if out.iter().any(known) || [deed.node, deed.argument].iter().any(|n| negated(clauses, *n, &hedges)) {
                continue;
            }
            let said_by = speakers(case.statements, span);
            let heard = Heard { own: false, sources: &said_by, hedges: &hedges };
            let status = standing(scene, case.language, clauses, deed, told, &heard);
            let (low, high, _) = number(clauses, &counts, deed.argument, false);
            out.push(Described {
                words: words.to_owned(),
                span,
                low,
                high,
                status,
                traits: traits(scene, clauses, deed.argument),
                said_by,
                evidence: vec![span, clauses.tree.nodes[deed.node].span],
                by: format!("doers/{status}"),
            });
        }
    }
    out
}

/// Whether what the word at `node` tells was foiled or only planned; what was tried had its doers.
fn planned(scene: &Scene<'_>, clauses: Clauses<'_>, node: usize) -> bool {
    let tried = clauses.tree.nodes[node]
        .head
        .is_some_and(|h| scene.language.lexicon.has(clauses.lemma(h), scene.language.lists.attempted));
    !tried && hindered(scene, scene.language, clauses, node)
}

/// Whether a noun describes doers and names none: by its class, or by an adjective such as "masked".
fn describes(scene: &Scene<'_>, clauses: Clauses<'_>, at: usize) -> bool {
    let n = &clauses.tree.nodes[at];
    if n.tag != Upos::Noun {
        return false;
    }
    let named = |a: usize| scene.actors[a].span.contains(n.span) && !scene.actors[a].loose;
    if scene.actors_in(clauses, at).into_iter().any(named) {
        return false;
    }
    let armed =
        |c: usize| scene.marks.has(scene.token_at(clauses.tree.nodes[c].span.start), scene.language.lists.armed);
    let classes = classes(clauses, at);
    classes.any(DOERS) && !classes.has(Class::Soldier)
        || classes.has(Class::Person) && clauses.tree.children(at).any(armed)
}
