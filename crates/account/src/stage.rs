//! How far a deed went: what stands over it, or beside it, in the tree.
//!
//! "Threatened to bomb", "a bomb threat", "the plot to kill him was foiled", "an attempted bombing", "the device did not
//! explode": the word that says so governs the deed, modifies it, or is what befell the device.

use crate::account::{Kind, Stage};
use crate::language::Language;
use crate::scene::Scene;
use article::ListId;
use article::classes::{Class, Classes};
use article::grammar::{Clauses, Slot, Upos};

/// How far over a deed the word may stand that says what became of it: "a plan to carry out an attack".
const HEIGHT: usize = 4;

/// A stage and the word of the tree that says so.
pub(crate) type Staged = (Stage, usize);

/// The stage of what the words at `deeds` tell, in a sentence or part of one; none where it simply happened.
pub(crate) fn stage(
    scene: &Scene<'_>,
    language: &Language,
    clauses: Clauses<'_>,
    deeds: &[usize],
    nodes: std::ops::Range<usize>,
) -> Option<Staged> {
    let governed = stages(language).into_iter().find_map(|(stage, list)| {
        let over = |d: &usize| over(scene, clauses, *d, list).filter(|by| nodes.contains(by));
        deeds.iter().find_map(over).map(|by| (stage, by))
    });
    let menace = || deeds.iter().copied().find(|d| menaces(scene, language, clauses, *d));
    governed.or_else(|| menace().map(|by| (Stage::Threatened, by))).or_else(|| device(scene, language, clauses, nodes))
}

/// Whether a deed did not come to pass, so that it harmed nobody: "an attempted assassination of a judge".
pub(crate) fn hindered(scene: &Scene<'_>, language: &Language, clauses: Clauses<'_>, deed: usize) -> bool {
    stages(language).into_iter().any(|(_, list)| over(scene, clauses, deed, list).is_some())
}

/// The stages in order of precedence, with the words that say so.
fn stages(language: &Language) -> [(Stage, ListId); 4] {
    let l = &language.lists;
    [
        (Stage::Threatened, l.threatened),
        (Stage::Foiled, l.foiled),
        (Stage::Attempted, l.attempted),
        (Stage::Planned, l.planned),
    ]
}

/// A threat against people, whatever it threatens.
fn menaces(scene: &Scene<'_>, language: &Language, clauses: Clauses<'_>, deed: usize) -> bool {
    let against = |slot: Slot| matches!(slot, Slot::Object | Slot::Behind(_));
    if listed(scene, clauses, deed, language.lists.warning) {
        let arguments = clauses.arguments(deed);
        let fighter = |n: usize| {
            let senses = Classes::builtin().main(clauses.tree.nodes[n].span.of(clauses.text));
            senses.has(Class::Fighter) || scene.actors_in(clauses, n).iter().any(|a| scene.actors[*a].armed)
        };
        let doer = arguments.iter().any(|a| a.slot == Slot::Subject && fighter(a.node));
        return doer && arguments.iter().any(|a| a.slot == Slot::Object && people(clauses, a.node));
    }
    listed(scene, clauses, deed, language.lists.menace)
        && (clauses.arguments(deed).iter().any(|a| against(a.slot) && people(clauses, a.node))
            // "threats to target the embassies"
            || clauses.tree.child(deed, &["acl", "xcomp"]).is_some_and(|c| clauses.tree.child(c, &["mark"]).is_some()))
}

/// The word of `list` that governs or modifies the deed.
fn over(scene: &Scene<'_>, clauses: Clauses<'_>, deed: usize, list: ListId) -> Option<usize> {
    let tree = clauses.tree;
    let beside = |c: &usize| matches!(tree.relation(*c), "amod" | "compound") && listed(scene, clauses, *c, list);
    if let Some(by) = tree.children(deed).find(beside) {
        return Some(by);
    }
    let mut at = deed;
    for _ in 0..HEIGHT {
        let head = tree.nodes[at].head?;
        let governs = match tree.nodes[at].label {
            "xcomp" | "ccomp" | "obj" | "acl" | "nmod" | "compound" | "obl" | "nsubj:pass" | "appos" => true,
            // "The attack failed."
            "nsubj" => tree.nodes[head].tag == Upos::Verb && tree.child(head, &["obj", "xcomp", "ccomp"]).is_none(),
            "advcl" => tree.child(at, &["mark"]).is_some_and(|m| tree.nodes[m].tag == Upos::Part),
            _ => false,
        };
        if !governs {
            return None;
        }
        if listed(scene, clauses, head, list) {
            return Some(head);
        }
        // Past the verb of another clause stands another deed.
        if tree.nodes[head].tag == Upos::Verb && tree.relation(at) == "obl" {
            return None;
        }
        at = head;
    }
    None
}

/// Whether the word means people.
fn people(clauses: Clauses<'_>, node: usize) -> bool {
    let senses = Classes::builtin().of(clauses.tree.nodes[node].span.of(clauses.text));
    clauses.tree.nodes[node].tag != Upos::Propn && senses.main().has(Class::Person)
}

/// A device made safe, or that did not go off.
fn device(
    scene: &Scene<'_>,
    language: &Language,
    clauses: Clauses<'_>,
    nodes: std::ops::Range<usize>,
) -> Option<Staged> {
    let l = &language.lists;
    nodes.filter(|n| clauses.tree.nodes[*n].tag == Upos::Verb).find_map(|verb| {
        let (safe, off) = (listed(scene, clauses, verb, l.made_safe), listed(scene, clauses, verb, l.go_off));
        if !(safe || off) {
            return None;
        }
        let bomb = |slot: Slot| {
            let explosive = |i: usize| {
                let span = clauses.tree.nodes[i].span;
                let senses = Classes::builtin().of(span.of(clauses.text));
                let told = l.kinds.iter().filter(|(kind, ..)| *kind == Kind::Bombing);
                let mut words = told.flat_map(|(_, strong, weak)| [Some(*strong), *weak]).flatten();
                senses.is(Class::Explosive, 2)
                    || senses.is(Class::Ammunition, 2)
                    || words.any(|list| scene.marks.has(scene.token_at(span.start), list))
            };
            clauses.arguments(verb).iter().any(|a| a.slot == slot && explosive(a.node))
        };
        let fails = || {
            let near = clauses.tree.children(verb).chain(clauses.tree.nodes[verb].head);
            near.into_iter().any(|i| listed(scene, clauses, i, l.fail))
        };
        match () {
            _ if safe && bomb(Slot::Object) => Some((Stage::Foiled, verb)),
            _ if off && bomb(Slot::Subject) && fails() => Some((Stage::Attempted, verb)),
            _ => None,
        }
    })
}

/// Whether the word, by its lemma or as printed, is on the list.
fn listed(scene: &Scene<'_>, clauses: Clauses<'_>, node: usize, list: ListId) -> bool {
    let language = scene.language;
    let printed = scene.marks.has(scene.token_at(clauses.tree.nodes[node].span.start), list);
    printed || language.lexicon.has(clauses.lemma(node), list)
}
