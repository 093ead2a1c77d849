//! Which actors an account binds to its incident as perpetrators, and how.
//!
//! The deeds of the telling sentences propose: who attacks, who claims, who is blamed. Whose words they stand in decides
//! the standing: what the outlet itself does not say, but a source does, is an accusation and no statement of fact; what an
//! actor says of itself is a claim.

use crate::account::{Binding, Kind, Source, Standing, Statement};
use crate::language::Language;
use crate::roles::Deed;
use crate::scene::{Named, Scene};
use crate::sort::Draft;
use crate::statement::speakers;
use crate::unit::Unit;
use article::classes::{Class, Classes};
use article::grammar::{Clauses, Upos};
use article::hedges::{Hedge, HedgeKind, hedges};
use article::{ListId, Span, fold};

/// How a deed is told whose doer is only suspected.
const DOUBT: &[HedgeKind] =
    &[HedgeKind::Estimate, HedgeKind::Possible, HedgeKind::Suspected, HedgeKind::Believed, HedgeKind::Apparent];

/// The bindings of one account in text order.
pub(crate) fn bindings(
    scene: &Scene<'_>,
    language: &Language,
    units: &[Unit],
    draft: &Draft,
    kinds: &[Kind],
    statements: &[Statement],
) -> Vec<Binding> {
    let mut order: Vec<usize> = draft.telling.iter().chain(&draft.context).copied().collect();
    order.sort_unstable();
    let mut out: Vec<Binding> = Vec::new();
    for n in order {
        let u = &units[n];
        if general(scene, u) && !draft.telling.contains(&n) {
            continue;
        }
        let inside = scene.span(u.tokens);
        let clauses = scene.clauses(u.sentence);
        let hedges = hedges(&scene.tokens, &scene.syntax, |n| n == u.sentence);
        for deed in scene.deeds(u.sentence).iter().filter(|d| inside.contains(clauses.tree.nodes[d.node].span)) {
            let Some(told) = Standing::named(language.roles.name(deed.outcome)) else { continue };
            if negated(clauses, deed, &hedges) {
                continue;
            }
            let sources = speakers(statements, clauses.tree.nodes[deed.argument].span);
            let heard = Heard { own: false, sources: &sources, hedges: &hedges };
            let mut bind = |name: &str, key: &str, span: Span, status: Standing| {
                if !out.iter().any(|b| b.actor == key && b.status == status) {
                    out.push(Binding {
                        name: name.to_owned(),
                        actor: key.to_owned(),
                        status,
                        said_by: sources.clone(),
                        evidence: vec![span, clauses.tree.nodes[deed.node].span],
                        by: format!("roles/{told}"),
                    });
                }
            };
            let mut named = false;
            for at in doers(scene, language, clauses, deed, &sources) {
                let actor = &scene.actors[at];
                let own = sources.iter().any(|s| named_in(scene, s).any(|a| scene.actors[a].key == actor.key));
                let status = standing(scene, language, clauses, deed, told, &Heard { own, ..heard });
                if bindable(actor, status, kinds) {
                    named = true;
                    bind(&actor.name, &actor.key, actor.span, status);
                }
            }
            let status = standing(scene, language, clauses, deed, told, &heard);
            if let Some(span) = nameless(clauses, deed, told, status).filter(|_| !named) {
                let words = span.of(clauses.text);
                bind(words, &fold(words), span, status);
            }
        }
    }
    firmest(out)
}

/// Of one actor the firmer word counts: a claim before all, then what the outlet says outright, then an accusation, then a
/// suspicion. A denial stands beside any of them.
fn firmest(mut all: Vec<Binding>) -> Vec<Binding> {
    let firmness = |b: &Binding| match b.status {
        Standing::Suspected => 0,
        Standing::Accused => 1,
        Standing::Stated => 2,
        Standing::Claimed => 3,
        Standing::Denied => 4,
    };
    let best: Vec<(String, u8)> =
        all.iter().filter(|b| b.status != Standing::Denied).map(|b| (b.actor.clone(), firmness(b))).collect();
    all.retain(|b| {
        let beaten = best.iter().any(|(a, f)| *a == b.actor && *f > firmness(b));
        b.status == Standing::Denied || !beaten
    });
    all
}

/// In whose words a deed stands, and with what doubt.
#[derive(Clone, Copy)]
struct Heard<'s> {
    /// Who says so is who did it.
    own: bool,
    sources: &'s [Source],
    hedges: &'s [Hedge],
}

/// What a deed makes of its doer, by whose words it stands in.
fn standing(
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

/// The actors that the argument of a deed names or stands for, as indices.
fn doers(scene: &Scene<'_>, language: &Language, clauses: Clauses<'_>, deed: &Deed, sources: &[Source]) -> Vec<usize> {
    let l = &language.lists;
    let named = scene.actors_in(clauses, deed.argument);
    if named.iter().any(|a| !scene.actors[*a].generic) {
        return named;
    }
    let whose = clauses.tree.child(deed.argument, &["nmod:poss"]).into_iter().chain([deed.argument]);
    let mut out = Vec::new();
    // "its fighters", "the group", "we": those that the words stand for, before the words themselves.
    for i in whose {
        let token = scene.token_at(clauses.tree.nodes[i].span.start);
        if marked(scene, clauses, i, l.speaker) {
            out.extend(sources.iter().flat_map(|s| named_in(scene, s)));
        } else if refers(scene, language, token) {
            out.extend(referent(scene, token));
        }
    }
    if out.is_empty() { named } else { out }
}

/// The words of a doer without a name whom somebody blames: "sleeper cells", "the army". Who is only said to have done it
/// must be a force or a government, since "gunmen" names nobody.
fn nameless(clauses: Clauses<'_>, deed: &Deed, told: Standing, status: Standing) -> Option<Span> {
    let node = deed.argument;
    let blamed = matches!(told, Standing::Accused | Standing::Suspected);
    let held = matches!(status, Standing::Accused | Standing::Suspected | Standing::Denied);
    if clauses.tree.nodes[node].tag != Upos::Noun || !held {
        return None;
    }
    let force = [Class::Force, Class::Soldier, Class::Police, Class::Government];
    let band = [Class::Fighter, Class::Criminal, Class::ArmedGroup];
    let classes = Classes::builtin().main(clauses.tree.nodes[node].span.of(clauses.text));
    if !(classes.any(&force) || blamed && classes.any(&band)) {
        return None;
    }
    let near = |c: &usize| *c < node && matches!(clauses.tree.relation(*c), "compound" | "amod" | "nmod");
    let first = clauses.tree.children(node).filter(near).min().unwrap_or(node);
    Some(clauses.tree.span(first..node + 1))
}

/// Whether the token, with the article before it, stands for a group named elsewhere.
fn refers(scene: &Scene<'_>, language: &Language, token: usize) -> bool {
    let list = language.lists.reference;
    let end = |i: usize| scene.marks.end(i, list);
    end(token) == Some(token + 1) || token > 0 && end(token - 1) == Some(token + 1)
}

/// The armed group that "it" or "the group" at `token` stands for: the last one named before.
fn referent(scene: &Scene<'_>, token: usize) -> Option<usize> {
    scene.actors.iter().rposition(|a| a.armed && a.tokens.1 <= token)
}

/// The actors named in the words of a source.
fn named_in<'s>(scene: &'s Scene<'_>, source: &Source) -> impl Iterator<Item = usize> + 's {
    let span = source.span;
    scene.actors_within(span).filter(move |a| span.contains(scene.actors[*a].span) && !scene.actors[*a].generic)
}

fn marked(scene: &Scene<'_>, clauses: Clauses<'_>, node: usize, list: ListId) -> bool {
    scene.marks.has(scene.token_at(clauses.tree.nodes[node].span.start), list)
}

/// Whether the deed is said not to be so: "did not attack", "no fighters attacked", "no group said that it attacked".
fn negated(clauses: Clauses<'_>, deed: &Deed, hedges: &[Hedge]) -> bool {
    let denied = |n: usize| {
        let span = clauses.tree.nodes[n].span;
        hedges.iter().any(|h| h.kind == HedgeKind::Negation && h.scope.contains(span) && !h.span.overlaps(span))
    };
    denied(deed.node) || denied(deed.argument)
}

/// Armed groups may do anything; states and their forces do what forces do; "gunmen" names nobody.
fn bindable(actor: &Named, status: Standing, kinds: &[Kind]) -> bool {
    let forces = [Kind::Airstrike, Kind::Shelling, Kind::Raid, Kind::Clash, Kind::Arrest];
    let forceful = kinds.iter().any(|k| forces.contains(k));
    let accused = matches!(status, Standing::Accused | Standing::Denied);
    actor.armed
        || forceful && (!actor.generic || actor.force && matches!(status, Standing::Accused | Standing::Stated))
        || !actor.generic && accused
}

/// Whether a unit speaks of violence in general: "the growing number of attacks claimed by X".
fn general(scene: &Scene<'_>, u: &Unit) -> bool {
    let words = || u.strong.iter().chain(&u.weak);
    words().next().is_some()
        && u.time.is_none()
        && words().all(|(_, (from, to))| (*from..*to).any(|i| scene.norm(i).ends_with('s')))
}

/// Whether a source is an outlet, whose report is no accusation.
fn reports(scene: &Scene<'_>, language: &Language, source: &Source) -> bool {
    let t = &scene.tokens.tokens;
    let from = t.partition_point(|t| t.span.start < source.span.start);
    (from..t.len())
        .take_while(|i| t[*i].span.end <= source.span.end)
        .any(|i| t[i].capital && scene.marks.end(i, language.lists.outlet).is_some())
}
