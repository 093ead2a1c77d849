//! Which actors an account binds to its incident as perpetrators, and how.
//!
//! The rules of `standing.rules` propose; of several that bind one actor in one sentence the one that stands higher in the
//! file wins. What the outlet itself does not say, but a source does, is an accusation and no statement of fact.

use crate::account::{Binding, Kind, Source, Standing, Statement};
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
        if general(scene, u) && !draft.telling.contains(&n) {
            continue;
        }
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
        // Beside an actor that words bind, another that is merely named is no doer.
        let merely = |rule: usize| language.standing.rules[rule].name == "named";
        if best.iter().any(|(_, rule, _)| !merely(*rule)) {
            best.retain(|(_, rule, _)| !merely(*rule));
        }
        for (at, rule, tokens) in best {
            let Some(actor) = scene.actors.iter().find(|a| a.tokens.0 == at) else { continue };
            let rule = &language.standing.rules[rule];
            let Some(status) = Standing::named(&rule.outcome) else { continue };
            if rule.name == "named" && !named_as_doer(scene, actor, u) {
                continue;
            }
            let loose = rule.name.ends_with("-far") || rule.name == "named";
            if !bindable(actor, loose, status, kinds) || rule.name == "named" && !draft.telling.contains(&n) {
                continue;
            }
            let said_by = speakers(statements, actor.span);
            // The outlet's own word is a statement; what somebody is quoted for in the same sentence is an accusation.
            let outlet = |s: &Source| reports(scene, language, s);
            let accused = said_by.iter().any(|s| !outlet(s));
            let quoted = accused || rule.name == "named" && quoted(scene, statements, u);
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
    // Of one actor the firmer word counts: a claim before all, then what the outlet says outright, then an accusation,
    // then a suspicion, and last that the actor is merely named. A denial stands beside any of them.
    let firmness = |b: &Binding| match b.status {
        _ if b.by == "standing/named" => 0,
        Standing::Suspected => 1,
        Standing::Accused => 2,
        Standing::Stated => 3,
        Standing::Claimed => 4,
        Standing::Denied => 5,
    };
    let best: Vec<(String, u8)> =
        out.iter().filter(|b| b.status != Standing::Denied).map(|b| (b.actor.clone(), firmness(b))).collect();
    let denied: Vec<String> = out.iter().filter(|b| b.status == Standing::Denied).map(|b| b.actor.clone()).collect();
    out.retain(|b| {
        let mine = firmness(b);
        let beaten = best.iter().any(|(a, f)| *a == b.actor && *f > mine) || mine == 0 && denied.contains(&b.actor);
        b.status == Standing::Denied || !beaten
    });
    out
}

/// Whether a group that is merely named may be the doer: not where it explains another name in brackets, where it is
/// what was attacked, or where its members are the ones counted.
fn named_as_doer(scene: &Scene<'_>, actor: &Named, u: &Unit) -> bool {
    let back = |n: usize| actor.tokens.0.checked_sub(n).map_or("", |i| scene.norm(i));
    let word = if back(1) == "the" { back(2) } else { back(1) };
    let counted = scene.people.iter().any(|p| p.tokens.0 <= actor.tokens.0 && actor.tokens.1 <= p.tokens.1)
        || word == "of" && scene.people.iter().any(|p| p.tokens.1 + 1 == actor.tokens.0);
    !counted
        && !matches!(word, "(" | "[" | "against" | "on" | "targeting" | "with" | "from" | "between" | "and")
        && (u.harm || !u.strong.is_empty())
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

/// Whether somebody is quoted in the unit.
fn quoted(scene: &Scene<'_>, statements: &[Statement], u: &Unit) -> bool {
    let span = scene.span(u.tokens);
    statements.iter().any(|s| span.contains(s.cue))
}
