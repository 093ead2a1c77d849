//! In whose words a deed stands, and with what doubt.

use crate::account::{Source, Standing};
use crate::language::Language;
use crate::roles::Deed;
use crate::scene::Scene;
use article::grammar::Clauses;
use article::hedges::{Hedge, HedgeKind};

/// How a deed is told whose doer is only suspected.
const DOUBT: &[HedgeKind] =
    &[HedgeKind::Estimate, HedgeKind::Possible, HedgeKind::Suspected, HedgeKind::Believed, HedgeKind::Apparent];

/// How many words up a clause may begin; deeper chains are no grammar but bad parses.
const DEEPEST: usize = 12;

/// Who tells of a deed, and with what doubt.
#[derive(Clone, Copy)]
pub(crate) struct Heard<'s> {
    /// Who says so is who did it.
    pub(crate) own: bool,
    /// Who says so; nobody where the outlet speaks itself.
    pub(crate) sources: &'s [Source],
    /// The hedges of the sentence.
    pub(crate) hedges: &'s [Hedge],
}

/// What a deed makes of its doer, by whose words it stands in.
pub(crate) fn standing(
    scene: &Scene<'_>,
    language: &Language,
    clauses: Clauses<'_>,
    deed: &Deed,
    told: Standing,
    heard: &Heard<'_>,
) -> Standing {
    if told != Standing::Stated {
        return told;
    }
    let near = [deed.node, deed.argument].map(|n| clauses.tree.nodes[n].span);
    let said = |kinds: &[HedgeKind]| {
        heard.hedges.iter().any(|h| kinds.contains(&h.kind) && near.iter().any(|span| h.scope.contains(*span)))
    };
    match () {
        _ if heard.own => Standing::Claimed,
        _ if said(DOUBT) => Standing::Suspected,
        _ if said(&[HedgeKind::Reported, HedgeKind::Unconfirmed]) => Standing::Accused,
        // The outlet's own word is a statement, and another outlet's report too; what else somebody is quoted for is an
        // accusation.
        _ if heard.sources.iter().any(|s| !reports(scene, language, s)) => Standing::Accused,
        _ => Standing::Stated,
    }
}

/// Whether a word is said not to be so: "did not attack", "no fighters", "no group said that". What follows the clause of
/// the denial ("claimed the raid but said nothing") or hangs on it ("nobody claimed it, which bears their mark") is not.
pub(crate) fn negated(clauses: Clauses<'_>, node: usize, hedges: &[Hedge]) -> bool {
    let tree = clauses.tree;
    let span = tree.nodes[node].span;
    let denies = |h: &&Hedge| {
        h.kind == HedgeKind::Negation && h.scope.contains(span) && h.span.start < span.start && !h.span.overlaps(span)
    };
    hedges.iter().filter(denies).any(|h| {
        let word = tree.at(h.span.start);
        let mut at = node;
        for _ in 0..DEEPEST {
            if tree.nodes[at].label == "acl:relcl" && !word.is_some_and(|w| tree.under(w, at)) {
                return false;
            }
            let Some(head) = tree.nodes[at].head else { break };
            at = head;
        }
        true
    })
}

/// The actors with a name in the words of a source, as indices.
pub(crate) fn named_in<'s>(scene: &'s Scene<'_>, source: &Source) -> impl Iterator<Item = usize> + 's {
    let span = source.span;
    let first = scene.actors.partition_point(|a| a.span.end <= span.start);
    let inside = (first..scene.actors.len()).take_while(move |a| scene.actors[*a].span.start < span.end);
    inside.filter(move |a| span.contains(scene.actors[*a].span) && !scene.actors[*a].generic)
}

/// Whether a source is an outlet, whose report is no accusation.
fn reports(scene: &Scene<'_>, language: &Language, source: &Source) -> bool {
    let t = &scene.tokens.tokens;
    let from = t.partition_point(|t| t.span.start < source.span.start);
    (from..t.len())
        .take_while(|i| t[*i].span.end <= source.span.end)
        .any(|i| t[i].capital && scene.marks.end(i, language.lists.outlet).is_some())
}
