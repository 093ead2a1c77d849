//! Why an incident was done, as the article or somebody it quotes puts it: "in retaliation for the raid", "to avenge its
//! leader", "because they had paid no tax", "accusing them of spying". The words are kept; nothing is read into them.

use crate::account::Motive;
use crate::binding::{Case, negated};
use crate::happening::DOERS;
use crate::phrase::classes;
use crate::scene::Scene;
use crate::statement::speakers;
use article::grammar::{Clauses, Slot, Upos};
use article::hedges::hedges;
use article::{ListId, Span};

/// Words of a motive at most; longer ones are no grammar but bad parses.
const LONGEST: usize = 40;
/// How far over an aim the deed may stand that it is given for; a reason hangs on the deed itself.
const HEIGHT: usize = 3;

/// The motives of an account, in text order. *Cost*: a look at every word of its sentences.
pub(crate) fn motives(case: &Case<'_, '_>) -> Vec<Motive> {
    let scene = case.scene;
    let mut out: Vec<Motive> = Vec::new();
    for u in case.mine.iter().map(|n| &case.units[*n]).filter(|u| !u.headline && scene.near[u.sentence]) {
        let clauses = scene.clauses(u.sentence);
        let inside = scene.span(u.tokens);
        for at in (0..clauses.tree.nodes.len()).filter(|n| inside.contains(clauses.tree.nodes[*n].span)) {
            let Some((rule, span)) = reason(scene, clauses, at) else { continue };
            let hedges = hedges(&scene.tokens, &scene.syntax, |n| n == u.sentence);
            if negated(clauses, at, &hedges) || out.iter().any(|m| m.span.overlaps(span)) {
                continue;
            }
            out.push(Motive {
                words: span.of(clauses.text).to_owned(),
                span,
                said_by: speakers(case.statements, span),
                by: format!("motive/{rule}"),
            });
        }
    }
    out.sort_by_key(|m| m.span);
    out
}

/// The rule by which the word at `at` opens a reason, and the words of the reason.
fn reason(scene: &Scene<'_>, clauses: Clauses<'_>, at: usize) -> Option<(&'static str, Span)> {
    let l = &scene.language.lists;
    let tree = clauses.tree;
    let listed = |n: usize, list: ListId| scene.language.lexicon.has(&tree.nodes[n].lemma.to_lowercase(), list);
    let whole = |n: usize| {
        let range = tree.range(n);
        // What marks cut off is no part of it.
        let word = |i: &usize| tree.nodes[*i].tag != Upos::Punct;
        let (start, end) = (range.clone().find(word)?, range.rev().find(word)? + 1);
        (end - start <= LONGEST).then(|| tree.span(start..end))
    };
    let [noun, before, aside, verb, aim, because, behind, accuse, of] = l.motive;
    let n = &tree.nodes[at];
    let behind_deed = |n: usize, height| deed(scene, clauses, n, height);
    match n.tag {
        Upos::Noun if listed(at, noun) => {
            let preposition = clauses.preposition(at).filter(|p| listed(*p, before))?;
            let says = tree.children(at).any(|c| c > at && matches!(tree.relation(c), "nmod" | "acl"))
                && (tree.child(at, &["det"]).is_none() || listed(preposition, aside));
            let span = whole(at).filter(|_| says)?;
            Some(("noun", tree.nodes[preposition].span.join(span)))
        }
        Upos::Verb if listed(at, verb) && to(clauses, at) => {
            let head = n.head?;
            let aimed = tree.nodes[head].tag == Upos::Noun && listed(head, aim);
            let top = if aimed { head } else { at };
            (aimed || tree.relation(at) == "advcl" && behind_deed(at, HEIGHT)).then_some(())?;
            Some(("verb", whole(top)?))
        }
        Upos::Verb if listed(at, accuse) => {
            let arguments = clauses.arguments(at);
            let marked = |c: &usize| *c > at && tree.children(*c).any(|m| m < *c && listed(m, of));
            let reason = tree.children(at).find(marked)?;
            // A participle hangs on what parsers take for its subject; those before it in the sentence may be meant.
            let subject = arguments.iter().find(|a| a.slot == Slot::Subject && !a.shared);
            let doer = match subject {
                Some(a) => fights(scene, clauses, a.node),
                None => (0..at).any(|n| fights(scene, clauses, n)),
            };
            let victim = arguments.iter().find(|a| a.slot == Slot::Object)?.node;
            let object = !fights(scene, clauses, victim) && victim > at;
            (doer && object).then_some(())?;
            let last = tree.range(reason).end;
            Some(("accuse", tree.span(at..last)))
        }
        // "shot for spying", "killed because they had paid no tax"
        Upos::Verb if matches!(tree.relation(at), "advcl" | "acl") && behind_deed(at, 1) => {
            let mark = tree.children(at).find(|c| *c < at && matches!(tree.relation(*c), "mark" | "case"))?;
            let gerund = n.span.of(clauses.text).to_ascii_lowercase().ends_with("ing");
            let rule = match () {
                _ if listed(mark, because) && !gerund => "because",
                _ if listed(mark, behind) && gerund => "for",
                _ => return None,
            };
            Some((rule, whole(at)?))
        }
        _ => None,
    }
}

/// Whether a clause has "to" before its verb.
fn to(clauses: Clauses<'_>, at: usize) -> bool {
    clauses.tree.children(at).any(|c| c < at && clauses.tree.nodes[c].tag == Upos::Part)
}

/// Whether a clause hangs on a word of violence.
fn deed(scene: &Scene<'_>, clauses: Clauses<'_>, at: usize, height: usize) -> bool {
    let tree = clauses.tree;
    let mut over = at;
    for _ in 0..height {
        let Some(head) = tree.nodes[over].head else { return false };
        let token = scene.token_at(tree.nodes[head].span.start);
        let tells = scene.language.lists.tells(&scene.marks, token);
        let does = || scene.language.roles.may_name(tree.nodes[head].lemma.as_str(), true);
        if tells || does() {
            return true;
        }
        over = head;
    }
    false
}

/// Whether a word means people under arms: by its noun, or as the name of an armed group.
fn fights(scene: &Scene<'_>, clauses: Clauses<'_>, at: usize) -> bool {
    classes(clauses, at).any(DOERS)
        || scene.actors_in(clauses, at).iter().any(|a| scene.actors[*a].armed || scene.actors[*a].loose)
}
