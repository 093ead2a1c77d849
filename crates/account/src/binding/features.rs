//! What an account says of a candidate, as features: names of what holds, each with the words that make it hold.
//!
//! Trees of long sentences err, and claims and denials stand in long sentences. So a deed that the tree gives to an actor is
//! one feature, a cue that merely stands near it is another, and how much either is worth is learnt (see `model.rs`).

use super::Case;
use super::candidate::{Candidate, Form, Seen};
use super::heard::{Heard, named_in, negated, standing};
use crate::account::{Kind, Standing, Statement};
use crate::actors::is_generic;
use crate::scene::{Named, beginning};
use crate::statement::{innermost, speakers};
use crate::unit::Unit;
use article::Span;
use article::grammar::{Clauses, Upos};
use article::hedges::{Hedge, hedges};
use article::statements::SourceKind;
use std::collections::BTreeMap;

/// Features by name, each with the mention and the words that first made it hold.
pub(crate) type Features = BTreeMap<String, [Span; 2]>;

/// What all candidates of an account share.
pub(crate) struct Setting<'s, 'a> {
    case: Case<'s, 'a>,
    hedges: BTreeMap<usize, Vec<Hedge>>,
    /// Nobody has claimed it, the account says.
    unclaimed: bool,
    /// How many armed groups it names.
    groups: usize,
}

/// A word of `roles.txt` that tells of a standing.
struct Cue {
    told: Standing,
    span: Span,
    negated: bool,
}

impl<'s, 'a> Setting<'s, 'a> {
    /// Looks over the account once. *Cost*: the trees of the sentences with candidates.
    pub(crate) fn new(case: &Case<'s, 'a>, candidates: &[Candidate]) -> Self {
        let (scene, units) = (case.scene, case.units);
        let groups = candidates.iter().filter(|c| scene.actors[c.actor].armed).count();
        let mut setting = Setting { case: *case, hedges: BTreeMap::new(), unclaimed: false, groups };
        for u in candidates.iter().flat_map(|c| &c.mentions).map(|m| units[m.unit].sentence) {
            setting.hedges.entry(u).or_insert_with(|| hedges(&scene.tokens, &scene.syntax, |n| n == u));
        }
        let nobody = |n: &usize| {
            let (from, to) = units[*n].tokens;
            let no = scene.near[units[*n].sentence] && (from..to).any(|i| scene.marks.has(i, case.language.lists.not));
            no && setting.cues(&units[*n]).iter().any(|c| c.told == Standing::Claimed)
        };
        setting.unclaimed = case.mine.iter().any(nobody);
        setting
    }

    /// The words of a unit that tell of standings.
    fn cues(&self, u: &Unit) -> Vec<Cue> {
        let clauses = self.case.scene.clauses(u.sentence);
        let inside = self.case.scene.span(u.tokens);
        let none = Vec::new();
        let hedges = self.hedges.get(&u.sentence).unwrap_or(&none);
        let mut out = Vec::new();
        for (node, outcome) in self.case.language.roles.words(clauses) {
            let span = clauses.tree.nodes[node].span;
            let Some(told) = Standing::named(self.case.language.roles.name(outcome)).filter(|_| inside.contains(span))
            else {
                continue;
            };
            if !out.iter().any(|c: &Cue| c.span == span && c.told == told) {
                out.push(Cue { told, span, negated: negated(clauses, node, hedges) });
            }
        }
        out
    }

    /// Everything that holds of a candidate.
    pub(crate) fn features(&self, candidate: &Candidate) -> Features {
        let mut out = Features::new();
        let actor = &self.case.scene.actors[candidate.actor];
        let whole = [candidate.mentions[0].span; 2];
        let class = class(actor);
        let mut whole_feature = |name: String| {
            out.entry(name).or_insert(whole);
        };
        whole_feature(format!("is {class}"));
        if actor.generic {
            let kind = kind_of(&actor.key);
            whole_feature(format!("is {kind}"));
            if kind.len() < actor.key.len() {
                whole_feature("is of a country".to_owned());
            }
            let first = self.case.scene.words(actor.tokens).split_whitespace().next().unwrap_or("").to_lowercase();
            if actor.tokens.1 - actor.tokens.0 > 1 {
                whole_feature(format!("called {first}"));
            }
        }
        if actor.loose && self.groups == 0 {
            whole_feature("loose and no group named".to_owned());
        }
        if actor.armed {
            let groups = if self.groups == 1 { "only group" } else { "one of several groups" };
            whole_feature(groups.to_owned());
        }
        whole_feature(format!("{class} in {} account", if self.case.first { "first" } else { "later" }));
        if self.unclaimed {
            whole_feature("unclaimed".to_owned());
        }
        let forces = [Kind::Airstrike, Kind::Shelling, Kind::Raid, Kind::Clash, Kind::Arrest];
        if self.case.kinds.iter().any(|k| forces.contains(k)) {
            whole_feature(format!("{class} in forceful account"));
        }
        let named = candidate.mentions.iter().filter(|m| m.form == Form::Named).count();
        whole_feature(format!(
            "named {}",
            if named > 2 {
                "often"
            } else if named > 1 {
                "twice"
            } else {
                "once"
            }
        ));
        for seen in &candidate.mentions {
            self.mention(seen, class, &mut out);
        }
        out
    }

    fn mention(&self, seen: &Seen, class: &str, out: &mut Features) {
        let u = &self.case.units[seen.unit];
        let clauses = self.case.scene.clauses(u.sentence);
        let none = Vec::new();
        let hedges = self.hedges.get(&u.sentence).unwrap_or(&none);
        let mut add = |name: String, by: Span| {
            let words = [seen.span, by];
            match seen.form {
                Form::Named => {}
                Form::Nominal => {
                    out.entry(format!("pointing: {name}")).or_insert(words);
                }
                Form::Pronoun => {
                    out.entry(format!("pronoun: {name}")).or_insert(words);
                    return;
                }
            }
            let name = if class == "group" { name } else { format!("{class}: {name}") };
            out.entry(name).or_insert(words);
        };
        let place = match () {
            () if u.headline => "headline",
            () if self.case.draft.telling.first() == Some(&seen.unit) => "first telling",
            () if self.case.draft.telling.contains(&seen.unit) => "telling",
            () if self.case.draft.context.contains(&seen.unit) => "context",
            () => "stray",
        };
        add(format!("in {place}"), seen.span);
        self.deeds(seen, u, clauses, hedges, &mut add);
        self.near(seen, u, &mut add);
        self.governor(seen, clauses, &mut add);
        self.said(seen, u, clauses, hedges, &mut add);
    }

    /// Deeds that the tree gives to the mention, done or suffered.
    fn deeds(&self, seen: &Seen, u: &Unit, clauses: Clauses<'_>, hedges: &[Hedge], add: &mut impl FnMut(String, Span)) {
        let inside = self.case.scene.span(u.tokens);
        for deed in self.case.scene.deeds(u.sentence) {
            let span = clauses.tree.nodes[deed.node].span;
            if !inside.contains(span) || !self.covers(clauses, deed.argument, seen) {
                continue;
            }
            let name = self.case.language.roles.name(deed.outcome);
            let Some(told) = Standing::named(name) else {
                add(format!("suffers {name}"), span);
                continue;
            };
            let argument = clauses.tree.nodes[deed.argument].span;
            if negated(clauses, deed.node, hedges) || negated(clauses, deed.argument, hedges) {
                add(format!("does not {told}"), span);
                continue;
            }
            let sources = speakers(self.case.statements, argument);
            let own = sources.iter().any(|s| named_in(self.case.scene, s).any(|a| self.same(a, seen.actor)));
            let heard = Heard { own, sources: &sources, hedges };
            let status = standing(self.case.scene, self.case.language, clauses, deed, told, &heard);
            let spoken = if told != Standing::Stated && self.spoken(argument, span) { "spoken " } else { "" };
            add(format!("does {spoken}{told}"), span);
            if told == Standing::Stated {
                add(
                    format!("does it {}", if own { "by its own word".to_owned() } else { format!("as {status}") }),
                    span,
                );
            }
        }
    }

    /// Whether the phrase that `node` heads is the mention, or people of it.
    fn covers(&self, clauses: Clauses<'_>, node: usize, seen: &Seen) -> bool {
        let whose = clauses.tree.child(node, &["nmod:poss"]);
        let phrase = self.case.scene.phrase(clauses, node);
        phrase.iter().chain(&whose).any(|n| clauses.tree.nodes[*n].span.overlaps(seen.span))
    }

    /// Cues in the same unit, by side and distance, and whether another group stands between.
    fn near(&self, seen: &Seen, u: &Unit, add: &mut impl FnMut(String, Span)) {
        let token = |span: Span| self.case.scene.token_at(span.start);
        let at = token(seen.span);
        for cue in self.cues(u) {
            let there = token(cue.span);
            if cue.span.overlaps(seen.span) {
                continue;
            }
            let (from, to) = (at.min(there) + 1, at.max(there));
            let other = |a: &Named| a.armed && !self.same_key(a, seen.actor) && a.tokens.1 <= to;
            let between = beginning(&self.case.scene.actors, |a| a.tokens, (from, to.max(from)));
            let blocked = self.case.scene.actors[between].iter().any(other);
            let side = if there < at { "behind" } else { "before" };
            let distance = match to.saturating_sub(from) {
                _ if blocked => "beyond another",
                0..=4 => "near",
                5..=12 => "by",
                _ => "far",
            };
            let not = if cue.negated { "no " } else { "" };
            let spoken = cue.told == Standing::Suspected && self.spoken(seen.span, cue.span);
            let spoken = if spoken { "spoken " } else { "" };
            add(format!("{side} {not}{spoken}{}, {distance}", cue.told), cue.span);
        }
    }

    /// The words around the mention: what it depends on, and its neighbours.
    fn governor(&self, seen: &Seen, clauses: Clauses<'_>, add: &mut impl FnMut(String, Span)) {
        let tree = clauses.tree;
        let mut top = seen.head;
        let mut steps = 0;
        while let Some(head) = tree.nodes[top].head.filter(|_| steps < 6) {
            steps += 1;
            let member = clauses.preposition(top).is_none_or(|p| {
                self.case
                    .scene
                    .marks
                    .has(self.case.scene.token_at(tree.nodes[p].span.start), self.case.language.lists.member)
            });
            let inner = match tree.nodes[top].label {
                "compound" | "flat" | "amod" | "appos" | "nmod:poss" | "conj" => clauses.is_nominal(head),
                "nmod" => member && clauses.is_nominal(head),
                _ => false,
            };
            if !inner {
                break;
            }
            if tree.nodes[head].tag == Upos::Noun {
                add(format!("of {}", clauses.lemma(head)), tree.nodes[head].span);
            }
            top = head;
        }
        let Some(head) = tree.nodes[top].head else { return };
        let lemma = clauses.lemma(head);
        let slot = clauses.preposition(top).map_or(tree.nodes[top].label, |p| clauses.lemma(p));
        add(format!("{slot} {lemma}"), tree.nodes[head].span);
    }

    /// Statements of which the mention is the source, or in which it is spoken of.
    fn said(&self, seen: &Seen, u: &Unit, clauses: Clauses<'_>, hedges: &[Hedge], add: &mut impl FnMut(String, Span)) {
        let inside = self.case.scene.span(u.tokens);
        let first = self.case.statements.partition_point(|s| s.cue.start < inside.start);
        for s in self.case.statements[first..].iter().take_while(|s| s.cue.start < inside.end) {
            let of_source = s.sources.iter().any(|source| source.span.overlaps(seen.span));
            if of_source {
                add(format!("says, {}", s.stance.name()), s.cue);
                self.content(s, u, clauses, hedges, seen, add);
            } else if s.content.contains(seen.span) {
                add(format!("spoken of, {}", s.stance.name()), s.cue);
                let who = match s.sources.first() {
                    Some(source) if named_in(self.case.scene, source).any(|a| self.case.scene.actors[a].armed) => {
                        "a group"
                    }
                    Some(source) if named_in(self.case.scene, source).next().is_some() => "a force",
                    Some(source) => match source.kind {
                        SourceKind::Named => "somebody",
                        SourceKind::Anonymous => "somebody unnamed",
                        SourceKind::Document => "a text",
                        SourceKind::Institution => "an institution",
                        SourceKind::Group => "people",
                    },
                    None => "nobody",
                };
                add(format!("spoken of by {who}"), s.cue);
            }
        }
    }

    /// What the group itself says: of violence, of what it did, or that it did not.
    fn content(
        &self,
        s: &Statement,
        u: &Unit,
        clauses: Clauses<'_>,
        hedges: &[Hedge],
        seen: &Seen,
        add: &mut impl FnMut(String, Span),
    ) {
        let l = &self.case.language.lists;
        let mut doers = 0;
        for deed in self.case.scene.deeds(u.sentence) {
            let span = clauses.tree.nodes[deed.node].span;
            let told = Standing::named(self.case.language.roles.name(deed.outcome));
            if told != Some(Standing::Stated) || !s.content.contains(span) {
                continue;
            }
            let no = if negated(clauses, deed.node, hedges) { "no " } else { "" };
            let token = self.case.scene.token_at(clauses.tree.nodes[deed.argument].span.start);
            let others = self.case.scene.actors_in(clauses, deed.argument);
            let own = others.iter().any(|a| self.same(*a, seen.actor))
                || self.case.scene.marks.has(token, l.reference)
                || self.case.scene.marks.has(token, l.speaker)
                || clauses.tree.child(deed.argument, &["nmod:poss"]).is_some_and(|c| {
                    let t = self.case.scene.token_at(clauses.tree.nodes[c].span.start);
                    self.case.scene.marks.has(t, l.reference) || self.case.scene.marks.has(t, l.speaker)
                });
            let who = match () {
                () if own => "itself",
                () if !others.is_empty() => "another",
                () => "somebody",
            };
            doers += 1;
            add(format!("says that {who} did {no}deed"), span);
        }
        let (from, to) =
            (self.case.scene.token_at(s.content.start), self.case.scene.token_at(s.content.end.saturating_sub(1)));
        let tokens = from..(to + 1).min(self.case.scene.tokens.tokens.len());
        if tokens.clone().any(|i| self.case.scene.marks.has(i, l.not)) {
            add("says that not".to_owned(), s.cue);
        }
        let violent = tokens.clone().any(|i| l.tells(&self.case.scene.marks, i));
        if violent && doers == 0 {
            add("says of violence".to_owned(), s.cue);
        }
        if tokens.into_iter().any(|i| self.case.scene.marks.has(i, l.speaker)) {
            add("says we".to_owned(), s.cue);
        }
    }

    /// Whether somebody says what stands there, and the word that tells of it is not itself the word of saying: "police
    /// suspect X" is nobody else's word.
    fn spoken(&self, there: Span, cue: Span) -> bool {
        let held = innermost(self.case.statements, there);
        held.is_some_and(|s| !s.cue.overlaps(cue))
    }

    fn same(&self, a: usize, b: usize) -> bool {
        self.case.scene.actors[a].key == self.case.scene.actors[b].key
    }

    fn same_key(&self, a: &Named, b: usize) -> bool {
        a.key == self.case.scene.actors[b].key
    }
}

/// What sort of actor it is: an armed group, a state or its force, or people without a name.
pub(crate) fn class(actor: &Named) -> &'static str {
    match () {
        () if actor.armed => "group",
        () if !actor.generic => "state",
        () if actor.loose => "loose",
        () => "force",
    }
}

/// The key without its country.
fn kind_of(key: &str) -> &str {
    debug_assert!(is_generic(key));
    let mut parts = key.match_indices('/').map(|(i, _)| i);
    parts.next();
    parts.next().map_or(key, |end| &key[..end])
}
