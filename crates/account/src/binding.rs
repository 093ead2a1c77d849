//! Which actors an account binds to its incident as perpetrators, and how.
//!
//! The rules of `standing.rules` propose; of several that bind one actor in one sentence the one that stands higher in the
//! file wins. What the outlet itself does not say, but a source does, is an accusation and no statement of fact.

use crate::account::{Binding, Kind, Source, Standing, Statement};
use crate::language::Language;
use crate::scene::{Named, People, Scene};
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
            let named = m.get("a").map(|a| a.0);
            let Some(at) = named.or_else(|| referent(scene, u, m.get("g")?)) else { continue };
            match best.iter_mut().find(|(a, ..)| *a == at) {
                Some(b) if b.1 > m.rule => *b = (at, m.rule, m.tokens),
                Some(_) => {}
                None => best.push((at, m.rule, m.tokens)),
            }
        }
        best.sort();
        for (at, rule, tokens) in best {
            let Some(actor) = scene.actors.iter().find(|a| a.tokens.0 == at) else { continue };
            let rule = &language.standing.rules[rule];
            let Some(status) = Standing::named(&rule.outcome) else { continue };
            let loose = rule.name.ends_with("-far");
            if !bindable(actor, loose, status, kinds) || status != Standing::Stated && victim(scene, actor) {
                continue;
            }
            let said_by = speakers(statements, actor.span);
            // The outlet's own word is a statement; what somebody is quoted for in the same sentence is an accusation.
            let outlet = |s: &Source| reports(scene, language, s);
            let accused = said_by.iter().any(|s| !outlet(s));
            let status = if status == Standing::Stated && accused { Standing::Accused } else { status };
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
    // Of one actor the firmer word counts: a claim before all, then what the outlet says outright, then an accusation,
    // then a suspicion. A denial stands beside any of them.
    let firmness = |b: &Binding| match b.status {
        Standing::Suspected => 0,
        Standing::Accused => 1,
        Standing::Stated => 2,
        Standing::Claimed => 3,
        Standing::Denied => 4,
    };
    let best: Vec<(String, u8)> =
        out.iter().filter(|b| b.status != Standing::Denied).map(|b| (b.actor.clone(), firmness(b))).collect();
    out.retain(|b| {
        let beaten = best.iter().any(|(a, f)| *a == b.actor && *f > firmness(b));
        b.status == Standing::Denied || !beaten
    });
    out
}

/// The armed group that "it" or "the group" stands for, by its first token: in a clause that leads ("When it claimed
/// the attack, the brigade said") the next one of the sentence, else the last one before.
fn referent(scene: &Scene<'_>, u: &Unit, (at, _): (usize, usize)) -> Option<usize> {
    let leads = at <= u.tokens.0 + 2 && matches!(scene.norm(u.tokens.0), "when" | "after" | "while" | "as" | "before");
    let ahead = || scene.actors.iter().find(|a| a.armed && at < a.tokens.0 && a.tokens.1 <= u.tokens.1);
    let before = || scene.actors.iter().rev().find(|a| a.armed && a.tokens.1 <= at);
    let found = if leads { ahead().or_else(before) } else { before() };
    found.map(|a| a.tokens.0)
}

/// Whether the actor stands inside the people counted ("three members of the brigade were killed") or is what was
/// attacked.
fn victim(scene: &Scene<'_>, actor: &Named) -> bool {
    let back = |n: usize| actor.tokens.0.checked_sub(n).map_or("", |i| scene.norm(i));
    let word = if back(1) == "the" { back(2) } else { back(1) };
    let of = actor.tokens.0.saturating_sub(if back(1) == "the" { 2 } else { 1 });
    let harmed = |p: &&People| p.amount.is_some();
    let counted =
        scene.people.iter().filter(harmed).any(|p| p.tokens.0 <= actor.tokens.0 && actor.tokens.1 <= p.tokens.1)
            || word == "of" && scene.people.iter().filter(harmed).any(|p| p.tokens.1 == of);
    counted || matches!(word, "against" | "targeting")
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
