//! Which actors an account binds to its incident as perpetrators, and how.
//!
//! The rules of `standing.rules` propose; of several that bind one actor in one sentence the one that stands higher in the
//! file wins. What the outlet itself does not say, but a source does, is an accusation and no statement of fact.

use crate::account::{Binding, Kind, Standing, Statement};
use crate::language::Language;
use crate::scene::{Named, Scene};
use crate::sort::Draft;
use crate::statement::speakers;
use crate::unit::Unit;

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
        let mut best: Vec<(usize, usize, (usize, usize))> = Vec::new();
        for m in language.standing.find(&scene.marks, scene, u.tokens.0, u.tokens.1) {
            let Some(a) = m.get("a") else { continue };
            match best.iter_mut().find(|(at, ..)| *at == a.0) {
                Some(b) if b.1 > m.rule => *b = (a.0, m.rule, m.tokens),
                Some(_) => {}
                None => best.push((a.0, m.rule, m.tokens)),
            }
        }
        best.sort();
        for (at, rule, tokens) in best {
            let Some(actor) = scene.actors.iter().find(|a| a.tokens.0 == at) else { continue };
            let rule = &language.standing.rules[rule];
            let Some(status) = Standing::named(&rule.outcome) else { continue };
            // A name in brackets explains another name.
            if rule.name == "named" && at > 0 && matches!(scene.norm(at - 1), "(" | "[") {
                continue;
            }
            let loose = rule.name.ends_with("-far") || rule.name == "named";
            if !bindable(actor, loose, status, kinds) || rule.name == "named" && !draft.telling.contains(&n) {
                continue;
            }
            let said_by = speakers(statements, actor.span);
            // The outlet's own word is a statement; what somebody is quoted for in the same sentence is an accusation.
            let quoted = !said_by.is_empty() || rule.name == "named" && quoted(scene, statements, u);
            let status = if status == Standing::Stated && quoted { Standing::Accused } else { status };
            if out.iter().any(|b| b.actor == actor.key && b.status == status) {
                continue;
            }
            out.push(Binding {
                name: actor.name.clone(),
                actor: actor.key.clone(),
                status,
                said_by,
                evidence: vec![actor.span, scene.span(tokens)],
                by: format!("standing/{}", rule.name),
            });
        }
    }
    // An outright statement of one actor makes a claim or accusation of the same actor no less; but a bare statement
    // beside a claim says nothing new.
    let better: Vec<String> = out.iter().filter(|b| b.status != Standing::Stated).map(|b| b.actor.clone()).collect();
    out.retain(|b| b.status != Standing::Stated || !better.contains(&b.actor));
    out
}

/// Armed groups may do anything, and loose rules are for them alone; states and their forces do what forces do;
/// "gunmen" names nobody.
fn bindable(actor: &Named, loose: bool, status: Standing, kinds: &[Kind]) -> bool {
    let forces = [Kind::Airstrike, Kind::Shelling, Kind::Raid, Kind::Clash, Kind::Arrest];
    let forceful = kinds.iter().any(|k| forces.contains(k));
    if actor.armed {
        return true;
    }
    !loose && forceful && (!actor.generic || actor.force && matches!(status, Standing::Accused | Standing::Stated))
        || !loose && !actor.generic && matches!(status, Standing::Accused | Standing::Denied)
}

/// Whether somebody is quoted in the unit.
fn quoted(scene: &Scene<'_>, statements: &[Statement], u: &Unit) -> bool {
    let span = scene.span(u.tokens);
    statements.iter().any(|s| span.contains(s.cue))
}
