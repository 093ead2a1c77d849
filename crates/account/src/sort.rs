//! Sorts the units of an article into accounts: which sentences tell of which incident.
//!
//! Units are taken in order. A unit joins the account with which it agrees best in time, place and kind; it opens a new
//! one when its own time or place cannot be that of any account so far, or when its words say that another incident
//! begins. Sentences that tell nothing by themselves ("No group claimed the attack") stay with the account before them.

use crate::account::{Kind, Stage};
use crate::field::{PROOF, Survey};
use crate::happening::done;
use crate::language::Language;
use crate::scene::Scene;
use crate::unit::Unit;
use article::{Edtf, EntryKind, Gazetteer, Time};

/// The units of one account.
#[derive(Debug, Clone, Default)]
pub(crate) struct Draft {
    /// Units that tell of it, as indices, in text order.
    pub(crate) telling: Vec<usize>,
    /// Units that go with it: claims, reactions, tolls.
    pub(crate) context: Vec<usize>,
}

/// Sorts `units` into accounts in order of first mention. The headline goes with the first account.
pub(crate) fn sort(scene: &Scene<'_>, language: &Language, units: &[Unit]) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut current: Option<usize> = None;
    // Tolls told before anything names what happened go with the first account.
    let mut pending: Vec<usize> = Vec::new();
    for (n, u) in units.iter().enumerate().filter(|(_, u)| !u.headline) {
        let paragraph_start = n == 0 || units[n - 1].paragraph != u.paragraph;
        if paragraph_start && current.is_some_and(|d| older(scene, units, &drafts, d)) {
            // A word on an older incident ends with its paragraph: the story goes on.
            current = Some(0);
        }
        if !u.tells() {
            if let Some(d) = current.filter(|d| goes_on(scene, units, &drafts[*d], u)) {
                drafts[d].telling.push(n);
                continue;
            }
            if let Some(d) = current
                && (!paragraph_start || u.figures || u.same || u.armed)
                && drafts[d].telling.last().is_some_and(|last| u.paragraph <= units[*last].paragraph + 4)
            {
                drafts[d].context.push(n);
            } else if drafts.is_empty() && (u.harm || u.armed) {
                pending.push(n);
            }
            continue;
        }
        match choose(scene, units, &drafts, current, u) {
            Choice::Join(d) => {
                drafts[d].telling.push(n);
                current = Some(d);
            }
            Choice::Open => {
                drafts.push(Draft { telling: vec![n], context: std::mem::take(&mut pending) });
                current = Some(drafts.len() - 1);
            }
            Choice::Pass => match current {
                Some(d) => drafts[d].context.push(n),
                None if drafts.is_empty() => pending.push(n),
                None => {}
            },
        }
    }
    let survey = Survey::of(scene.article, &scene.tokens, &language.fields);
    let real = real(scene, language, units, &drafts, &survey);
    let mut first = true;
    drafts.retain(|d| {
        real.contains(&units[d.telling[0]].item)
            && supported(scene, units, d)
            && (std::mem::take(&mut first) || !aside(units, d, &survey))
    });
    if let Some(first) = drafts.first_mut() {
        let headline = units.iter().enumerate().filter(|(_, u)| u.headline && u.tells() && u.stage.is_none());
        first.context.splice(0..0, headline.map(|(n, _)| n));
    }
    drafts
}

/// Whether a unit that would tell nothing by itself goes on telling: "The strike hit the school on Friday" after an air
/// strike was told.
fn goes_on(scene: &Scene<'_>, units: &[Unit], draft: &Draft, u: &Unit) -> bool {
    let kinds = |u: &'_ Unit| u.strong.iter().chain(&u.weak).map(|(k, _)| *k).collect::<Vec<_>>();
    let told = |k: &Kind| draft.telling.iter().any(|n| kinds(&units[*n]).contains(k));
    u.same
        && (u.time.is_some() || u.place.is_some())
        && kinds(u).iter().any(told)
        && agreement(scene, units, draft, u).is_some()
}

/// Whether account `d` is dated before the story's own.
fn older(scene: &Scene<'_>, units: &[Unit], drafts: &[Draft], d: usize) -> bool {
    let first = |d: usize| drafts[d].telling.iter().find_map(|n| units[*n].date(scene)).and_then(Edtf::days);
    d > 0 && matches!((first(0), first(d)), (Some(main), Some(own)) if own.1 < main.0)
}

enum Choice {
    Join(usize),
    Open,
    Pass,
}

/// How many accounts a unit may join, counted from the last; and the first.
const RECENT: usize = 40;

fn choose(scene: &Scene<'_>, units: &[Unit], drafts: &[Draft], current: Option<usize>, u: &Unit) -> Choice {
    // What the headline tells, the first sentence that tells of it need not place again.
    let headlined = units.iter().any(|u| u.headline && u.tells());
    let opens = opens(scene, u) || drafts.is_empty() && headlined && !u.hypothetical && single(scene, u);
    if drafts.is_empty() {
        return if opens { Choice::Open } else { Choice::Pass };
    }
    let mut best: Option<(i32, i32, usize)> = None;
    // Who reads on has the story in mind and what was told last.
    let recent = drafts.len().saturating_sub(RECENT).max(1)..drafts.len();
    for (d, draft) in std::iter::once(0).chain(recent).map(|d| (d, &drafts[d])) {
        let Some(score) = agreement(scene, units, draft, u) else { continue };
        let ranked = score + if current == Some(d) { 2 } else { 0 } + if d == 0 { 1 } else { 0 };
        if best.is_none_or(|(b, ..)| ranked > b) {
            best = Some((ranked, score, d));
        }
    }
    // Arrests, and words such as "threat", follow what was told; they open an account only of their own.
    let follow_up = u.strong.iter().chain(&u.weak).all(|(k, _)| *k == Kind::Arrest);
    match best {
        None if opens && !(follow_up && u.date(scene).is_none()) => Choice::Open,
        None => Choice::Pass,
        Some((_, score, _))
            if opens
                && u.another
                && !u.same
                && score < 3
                && !u.strong.is_empty()
                && (u.time.is_some() || u.place.is_some()) =>
        {
            Choice::Open
        }
        Some((.., d)) => Choice::Join(d),
    }
}

/// Whether a unit has enough to open an account: a telling word, and something that makes it one happening and not
/// violence in general.
fn opens(scene: &Scene<'_>, u: &Unit) -> bool {
    let threatened = u.stage.as_ref().is_some_and(|(s, ..)| *s == Stage::Threatened);
    if u.hypothetical && !u.harm && u.stage.is_none() && u.time.is_none() {
        return false;
    }
    let telling = u.strong.iter().any(|(k, _)| *k != Kind::Threat) || threatened;
    let narrow = u.located && u.place.is_some_and(|p| scene.places[p].kind >= EntryKind::Province);
    let specific =
        u.harm || u.befell || u.once || u.time.is_some() || u.set_time.is_some() || u.stage.is_some() || narrow;
    telling && specific || u.harm || u.befell || u.fixed && !u.hypothetical || placed(scene, u)
}

/// Whether a telling word speaks of one happening: "attacks on civilians" speaks of many.
fn single(scene: &Scene<'_>, u: &Unit) -> bool {
    u.strong.iter().any(|(k, (from, to))| *k != Kind::Threat && !(*from..*to).any(|i| scene.norm(i).ends_with('s')))
}

/// Whether weak words are borne by a named group, a day or month, and a place: "an attack in X in October, claimed by Y".
fn placed(scene: &Scene<'_>, u: &Unit) -> bool {
    let narrow = u.located && u.place.is_some_and(|p| scene.places[p].kind >= EntryKind::Province);
    let dated = u.date(scene).is_some_and(|d| d.start.month.is_some());
    u.armed && dated && narrow && u.weak.iter().any(|(k, _)| *k != Kind::Raid && *k != Kind::Threat)
}

/// How well a unit goes with an account; `None` where it cannot belong to it.
fn agreement(scene: &Scene<'_>, units: &[Unit], draft: &Draft, u: &Unit) -> Option<i32> {
    let mut score = 0;
    let told = || draft.telling.iter().map(|n| &units[*n]);
    let threat = |u: &Unit| u.stage.as_ref().is_some_and(|(s, ..)| *s == Stage::Threatened);
    if threat(u) != told().next().is_some_and(threat) || told().any(|t| t.item != u.item) {
        return None;
    }
    let mut coarse = false;
    // A plan is for later, and its people are arrested before.
    let planned = |u: &Unit| u.stage.as_ref().is_some_and(|(s, ..)| *s == Stage::Planned);
    if let Some(time) = u.time.filter(|_| !planned(u)).map(|t| &scene.times[t]) {
        let all = || told().chain(draft.context.iter().map(|n| &units[*n])).filter(|u| !planned(u));
        let times: Vec<&Time> = all().filter_map(|t| t.time).map(|t| &scene.times[t]).collect();
        if !times.is_empty() {
            if !times.iter().all(|t| t.meets(time)) {
                return None;
            }
            // The same month may hold two incidents, the same day hardly.
            coarse = time.value.as_ref().is_some_and(|v| v.start.day.is_none());
            score += if coarse { 1 } else { 3 };
        }
    }
    if let Some(place) = u.place.or(u.set_place).map(|p| scene.places[p].entry) {
        let all = || told().filter_map(|t| t.place.or(t.set_place)).map(|p| &scene.places[p]);
        // A country named in passing says nothing once a town or province is known.
        let narrow = all().any(|p| p.kind > EntryKind::Country);
        let places: Vec<u32> = all().filter(|p| !narrow || p.kind > EntryKind::Country).map(|p| p.entry).collect();
        if !places.is_empty() {
            let near: Vec<Nearness> = places.iter().map(|p| nearness(*p, place)).collect();
            if near.contains(&Nearness::Same) {
                score += 2;
            } else if near.iter().all(|n| *n == Nearness::Apart) && !u.same {
                return None;
            }
        }
    }
    let family = |k: Kind| match k {
        Kind::Abduction | Kind::HostageTaking | Kind::Hijacking => 1,
        Kind::Arson | Kind::Sabotage => 2,
        Kind::Arrest => 3,
        Kind::Threat => 4,
        _ => 0,
    };
    let kinds = |u: &Unit| u.strong.iter().map(|(k, _)| *k).collect::<Vec<_>>();
    let (mine, theirs) = (kinds(u), told().flat_map(kinds).collect::<Vec<_>>());
    if mine.iter().any(|k| theirs.contains(k)) {
        score += 2;
    } else if mine.iter().any(|k| theirs.iter().any(|t| family(*t) == family(*k))) {
        score += 1;
    } else if !mine.is_empty() && !theirs.is_empty() && !mine.contains(&Kind::Arrest) {
        score -= 1;
    }
    let weak = |u: &Unit| u.weak.iter().map(|(k, _)| *k).collect::<Vec<_>>();
    let told_kinds = if theirs.is_empty() { told().flat_map(weak).collect() } else { theirs };
    let alike = mine.is_empty() || mine.iter().any(|k| told_kinds.contains(k));
    if coarse && !alike && !u.same {
        return None;
    }
    if u.sites.iter().any(|s| told().any(|t| t.sites.contains(s))) {
        score += 2;
    }
    if u.same {
        score += 1;
    }
    if u.background && u.date(scene).is_none() && !u.same && !mine.is_empty() {
        score -= 1;
    }
    Some(score)
}

#[derive(PartialEq, Eq, Clone, Copy)]
enum Nearness {
    Same,
    May,
    Apart,
}

/// Whether two gazetteer entries may be one scene.
fn nearness(a: u32, b: u32) -> Nearness {
    let g = Gazetteer::builtin();
    if a == b {
        return Nearness::Same;
    }
    let (Some(a), Some(b)) = (g.entry(a), g.entry(b)) else { return Nearness::May };
    if a.country != b.country {
        return Nearness::Apart;
    }
    let wide = |k: EntryKind| matches!(k, EntryKind::Country | EntryKind::Province);
    if wide(a.kind) || wide(b.kind) {
        let inside = a.kind == EntryKind::Country || b.kind == EntryKind::Country || a.admin1 == b.admin1;
        return if inside { Nearness::May } else { Nearness::Apart };
    }
    // About 40 km: a village and the town that reports name for it.
    let (dy, dx) = (a.lat - b.lat, (a.lon - b.lon) * a.lat.to_radians().cos());
    if (dy * dy + dx * dx).sqrt() < 0.36 { Nearness::May } else { Nearness::Apart }
}

/// The heading of an item of a round-up, or none.
type Item = Option<(usize, usize)>;

/// The items of a round-up, or none for what stands in no item, that are about violence, and not about a field that borrows its
/// words. What proves one account proves all of its item.
fn real(scene: &Scene<'_>, language: &Language, units: &[Unit], drafts: &[Draft], survey: &Survey<'_>) -> Vec<Item> {
    let item = |d: &Draft| units[d.telling[0]].item;
    let mut items: Vec<Item> = drafts.iter().map(item).collect();
    items.sort_unstable();
    items.dedup();
    let real = |of: &Item| {
        let field = match of {
            Some(_) => survey.field(&units.iter().filter(|u| u.item == *of).map(range).collect::<Vec<_>>()),
            None => survey.whole(),
        };
        let told: Vec<&Unit> =
            drafts.iter().filter(|d| item(d) == *of).flat_map(|d| &d.telling).map(|n| &units[*n]).collect();
        let with = drafts.iter().filter(|d| item(d) == *of).flat_map(|d| &d.context).map(|n| &units[*n]);
        let all: Vec<&Unit> = told.iter().copied().chain(with).collect();
        let proof = |holds: bool| if holds { PROOF } else { 0.0 };
        let armed = proof(all.iter().any(|u| u.armed));
        let done = || proof(told.iter().any(|u| done(scene, language, u.sentence, scene.span(u.tokens))));
        let hurt = proof(all.iter().any(|u| u.people));
        let staged = || told.iter().any(|u| u.stage.is_some() || u.befell);
        // Items of a round-up are short.
        let empty = || of.is_none() && field.empty() && armed + hurt + done() == 0.0 && !staged();
        !(field.played
            || empty()
            || field.accident(0.0) && field.accident(armed + done())
            || field.figurative(0.0) && field.figurative(armed + hurt + done()))
    };
    items.retain(real);
    items
}

/// Whether the paragraphs of a later account are about something else: "Meanwhile the final ended in a massacre of the visitors".
fn aside(units: &[Unit], draft: &Draft, survey: &Survey<'_>) -> bool {
    let told = || draft.telling.iter().map(|n| &units[*n]);
    let near: Vec<_> = units.iter().filter(|u| told().any(|t| t.paragraph == u.paragraph)).map(range).collect();
    let field = survey.field(&near);
    let proof = if told().any(|u| u.armed || u.people) { PROOF } else { 0.0 };
    field.figurative(proof) || field.accident(proof)
}

fn range(u: &Unit) -> std::ops::Range<usize> {
    u.tokens.0..u.tokens.1
}

/// Whether the units of an account bear it: a telling word, or people hurt.
fn supported(scene: &Scene<'_>, units: &[Unit], draft: &Draft) -> bool {
    let told = || draft.telling.iter().map(|n| &units[*n]);
    let strong: usize = told().map(|u| u.strong.len()).sum();
    let harm = told().chain(draft.context.iter().map(|n| &units[*n])).any(|u| u.harm);
    let staged = units[draft.telling[0]].stage.is_some();
    strong > 0 || harm || staged || told().any(|u| u.befell || u.fixed || placed(scene, u))
}
