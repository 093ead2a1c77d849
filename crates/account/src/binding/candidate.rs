//! Who may be bound to an account: every actor named, or pointed at, in the units that go with it.

use super::Case;
use crate::language::Language;
use crate::scene::{Scene, beginning};
use crate::sort::Draft;
use crate::unit::Unit;
use article::Span;
use article::grammar::{Clauses, Upos};
use std::collections::BTreeMap;

/// An actor with its mentions in one account.
#[derive(Debug)]
pub(crate) struct Candidate {
    /// Its first mention's index in the scene.
    pub(crate) actor: usize,
    /// Where it is mentioned, in text order.
    pub(crate) mentions: Vec<Seen>,
}

/// One mention of a candidate.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen {
    /// The actor named here, or the one pointed at, by its index in the scene.
    pub(crate) actor: usize,
    /// The words.
    pub(crate) span: Span,
    /// Their head, as an index into the tree of the sentence.
    pub(crate) head: usize,
    /// The unit they stand in.
    pub(crate) unit: usize,
    /// How it is mentioned.
    pub(crate) form: Form,
}

/// How an actor is mentioned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// By name, or as "gunmen".
    Named,
    /// "the group", where a group is known.
    Nominal,
    /// "it", "its", "they".
    Pronoun,
}

/// How many sentences before it a pronoun may point at.
const PRONOUN_REACH: usize = 2;
/// How many sentences before it "the group" may point at.
const NOMINAL_REACH: usize = 8;
/// How many sentences on the group is named that an article begins with as "a group".
const AHEAD: usize = 3;
/// The last sentence that counts as such a beginning.
const FIRST: usize = 2;

/// The units that are read for each account: its own, and those of no account that follow them. A paragraph that no account
/// has goes with the story.
pub(crate) fn wide(units: &[Unit], drafts: &[Draft]) -> Vec<Vec<usize>> {
    let mut owner: Vec<Option<usize>> = vec![None; units.len()];
    for (d, draft) in drafts.iter().enumerate() {
        for n in draft.telling.iter().chain(&draft.context) {
            owner[*n].get_or_insert(d);
        }
    }
    let mut out: Vec<Vec<usize>> = drafts.iter().map(|_| Vec::new()).collect();
    let mut before: Option<(usize, usize)> = None;
    for (n, u) in units.iter().enumerate() {
        let stray = match before {
            Some((paragraph, d)) if paragraph == u.paragraph => d,
            _ => 0,
        };
        let d = owner[n].unwrap_or(stray);
        if !u.headline {
            before = Some((u.paragraph, d));
        }
        if let Some(list) = out.get_mut(d).filter(|_| owner[n].is_some() || !u.headline) {
            list.push(n);
        }
    }
    out
}

/// The actors of these units, in the order of their first mentions.
pub(crate) fn candidates(case: &Case<'_, '_>) -> Vec<Candidate> {
    let Case { scene, language, units, draft, mine, .. } = *case;
    let mut all: BTreeMap<&str, Candidate> = BTreeMap::new();
    let own = |n: &usize| draft.telling.contains(n) || draft.context.contains(n);
    for n in mine.iter().copied().filter(|n| scene.near[units[*n].sentence] || own(n)) {
        for seen in mentions(scene, language, &units[n], n) {
            let key = scene.actors[seen.actor].key.as_str();
            all.entry(key).or_insert(Candidate { actor: seen.actor, mentions: Vec::new() }).mentions.push(seen);
        }
    }
    let mut out: Vec<Candidate> = all.into_values().collect();
    // A group that the account only points at, with words that point at anything, is no part of it.
    out.retain(|c| c.mentions.iter().any(|m| m.form != Form::Pronoun));
    out.sort_by_key(|c| c.mentions[0].span);
    out
}

/// The mentions in one unit, in text order.
fn mentions(scene: &Scene<'_>, language: &Language, u: &Unit, unit: usize) -> Vec<Seen> {
    let named = beginning(&scene.actors, |a| a.tokens, u.tokens);
    let dateline = |span: Span| scene.article.dateline.is_some_and(|d| d.overlaps(span));
    if named.is_empty() && !(u.tokens.0..u.tokens.1).any(|i| points(scene, language, i).is_some()) {
        return Vec::new();
    }
    let clauses = scene.clauses(u.sentence);
    let mut out = Vec::new();
    let mut at = u.tokens.0;
    for a in named {
        let actor = &scene.actors[a];
        if dateline(actor.span) {
            continue;
        }
        pointing(scene, language, clauses, u, unit, (at, actor.tokens.0), &mut out);
        at = actor.tokens.1;
        let last = at - 1;
        // "the militants", where a group was named: that group.
        let known = points(scene, language, last).filter(|f| actor.loose && *f == Form::Nominal);
        let (actor, form) = match known.and_then(|f| referent(scene, last, f)) {
            Some(group) => (group, Form::Nominal),
            None => (a, Form::Named),
        };
        if let Some(head) = head(clauses, scene.actors[a].span) {
            if form == Form::Named && scene.actors[a].loose && describes(scene, clauses, head) {
                continue;
            }
            out.push(Seen { actor, span: scene.actors[a].span, head, unit, form });
        }
    }
    pointing(scene, language, clauses, u, unit, (at, u.tokens.1), &mut out);
    out
}

/// Whether a word for people only says what another actor is: "a militant outfit", "X, a rebel group".
fn describes(scene: &Scene<'_>, clauses: Clauses<'_>, head: usize) -> bool {
    let tree = clauses.tree;
    let other = |n: usize| scene.actors_in(clauses, n).iter().any(|a| scene.actors[*a].armed);
    match tree.nodes[head].label {
        "amod" | "compound" => true,
        "appos" => tree.nodes[head].head.is_some_and(other),
        _ => other(head),
    }
}

/// The words among these tokens that point at a group.
fn pointing(
    scene: &Scene<'_>,
    language: &Language,
    clauses: Clauses<'_>,
    u: &Unit,
    unit: usize,
    (from, to): (usize, usize),
    out: &mut Vec<Seen>,
) {
    debug_assert!(u.tokens.0 <= from);
    for i in from..to {
        let Some(form) = points(scene, language, i) else { continue };
        let span = scene.tokens.tokens[i].span;
        let (Some(actor), Some(head)) = (referent(scene, i, form), head(clauses, span)) else { continue };
        out.push(Seen { actor, span, head, unit, form });
    }
}

/// Whether the word at token `i` points at a group: "it", or "group" behind "the" or "a".
pub(crate) fn points(scene: &Scene<'_>, language: &Language, i: usize) -> Option<Form> {
    let l = &language.lists;
    if scene.marks.has(i, l.reference) {
        return Some(Form::Pronoun);
    }
    let near = |list, reach: usize| {
        let stops = |j: &usize| scene.marks.has(*j, list) || scene.is_mark(*j);
        (i.saturating_sub(reach)..i).rev().find(stops).is_some_and(|j| scene.marks.has(j, list))
    };
    // "the gang's leaders"
    let owner = || scene.norm(i).strip_suffix("'s").is_some_and(|word| language.lexicon.has(word, l.group));
    let nominal = (scene.marks.has(i, l.group) || owner()) && (near(l.known_group, 2) || near(l.new_group, 3));
    nominal.then_some(Form::Nominal)
}

/// The armed group that the word at token `i` stands for: the last one named before; or, for a noun where none was named so
/// far, the next one: "A separatist group said ... The Red Valley Front said".
fn referent(scene: &Scene<'_>, i: usize, form: Form) -> Option<usize> {
    let all = &scene.tokens.sentences;
    let sentence = all.partition_point(|s| s.tokens.1 <= i);
    let reach = if form == Form::Pronoun { PRONOUN_REACH } else { NOMINAL_REACH };
    let armed = |a: &usize| scene.actors[*a].armed;
    let from = all.get(sentence.saturating_sub(reach))?.tokens.0;
    let before = beginning(&scene.actors, |a| a.tokens, (from, i)).rfind(armed);
    let ahead = || {
        let to = all[(sentence + AHEAD).min(all.len() - 1)].tokens.1;
        beginning(&scene.actors, |a| a.tokens, (i, to)).find(armed)
    };
    let begins = form == Form::Nominal && sentence <= FIRST;
    before.or_else(|| begins.then(ahead).flatten())
}

/// The word of a span that depends on one outside.
pub(crate) fn head(clauses: Clauses<'_>, span: Span) -> Option<usize> {
    let tree = clauses.tree;
    let first = tree.nodes.partition_point(|n| n.span.end <= span.start);
    let inside = |n: &usize| tree.nodes.get(*n).is_some_and(|node| node.span.overlaps(span));
    let nodes = (first..tree.nodes.len()).take_while(inside);
    let mut outer = nodes.filter(|n| tree.nodes[*n].head.is_none_or(|h| !inside(&h)));
    let found = outer.next()?;
    // A mark that begins the span heads nothing.
    if tree.nodes[found].tag == Upos::Punct { outer.next().or(Some(found)) } else { Some(found) }
}
