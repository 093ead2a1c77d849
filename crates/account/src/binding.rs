//! Which actors an account binds to its incident as perpetrators, and how.
//!
//! Every actor that the account names is a candidate. Features say what it does, says and suffers there; learnt weights
//! choose its standing, or none. Whose words a deed stands in is part of the features: what the outlet itself does not say,
//! but a source does, is an accusation and no statement of fact; what an actor says of itself is a claim.

mod candidate;
mod features;
mod heard;
mod model;
mod nameless;

use crate::account::{Binding, Kind, Source, Standing, Statement};
use crate::language::Language;
use crate::scene::{Named, Scene};
use crate::sort::Draft;
use crate::statement::speakers;
use crate::unit::Unit;
use article::Span;
use candidate::{Candidate, Form, candidates};
use features::{Features, Setting};
use model::Model;

pub(crate) use candidate::{head, wide};
pub(crate) use heard::{Heard, negated, standing};

/// An actor in an account, with what holds of it there: what the choice of its standing is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doer {
    /// Its key, as in [`Binding::actor`].
    pub actor: String,
    /// Every name that it has in the account, the first one first.
    pub names: Vec<String>,
    /// Whether it is an armed group, or a force or state, and not people without a name such as "gunmen".
    pub named: bool,
    /// The names of the features that hold, in order.
    pub features: Vec<String>,
}

/// One account, as the choice of standings sees it.
#[derive(Clone, Copy)]
pub(crate) struct Case<'s, 'a> {
    pub(crate) scene: &'s Scene<'a>,
    pub(crate) language: &'s Language,
    pub(crate) units: &'s [Unit],
    pub(crate) draft: &'s Draft,
    /// The units that are read for it, as [`wide`] gives them.
    pub(crate) mine: &'s [usize],
    pub(crate) kinds: &'s [Kind],
    pub(crate) statements: &'s [Statement],
    /// Whether it is the first account of the article.
    pub(crate) first: bool,
}

/// The bindings of one account in text order.
pub(crate) fn bindings(case: &Case<'_, '_>) -> Vec<Binding> {
    let mut out: Vec<Binding> = Vec::new();
    let weighed = weighed(case);
    for (candidate, features) in &weighed {
        for choice in Model::builtin().choose(features) {
            let [mention, cue] = features.get(&choice.by).copied().unwrap_or_default();
            let actor = bearer(case.scene, candidate, mention);
            let said_by = said_by(case, mention, choice.standing);
            let mut evidence = vec![mention, cue];
            evidence.dedup();
            out.push(Binding {
                name: actor.name.clone(),
                actor: actor.key.clone(),
                status: choice.standing,
                said_by,
                evidence,
                by: format!("standing/{}", choice.by),
            });
        }
    }
    let statuses: Vec<Standing> = out.iter().map(|b| b.status).collect();
    let nameless = nameless::blamed(case.scene, case.language, case.units, case.mine, case.statements);
    // Who is blamed by name is not blamed again as "militants".
    out.extend(nameless.into_iter().filter(|b| !statuses.contains(&b.status)));
    out.sort_by_key(|b| b.evidence[0]);
    out
}

/// What weighed for and against the standing that the rule `by` gave an actor for the words at `span`, the heaviest first; nothing
/// where this account binds none so.
pub(crate) fn why(case: &Case<'_, '_>, by: &str, span: Span) -> Vec<(String, f32)> {
    let model = Model::builtin();
    for (_, features) in weighed(case) {
        let chosen = model.choose(&features).into_iter().find(|c| {
            let [mention, _] = features.get(&c.by).copied().unwrap_or_default();
            c.by == by && mention == span
        });
        if let Some(choice) = chosen {
            return model.weights(&features, choice.standing);
        }
    }
    Vec::new()
}

/// Every candidate of an account with what holds of it, for the choice to be learnt from.
pub(crate) fn doers(case: &Case<'_, '_>) -> Vec<Doer> {
    let doer = |(candidate, features): (Candidate, Features)| {
        let actor = &case.scene.actors[candidate.actor];
        let mut names: Vec<String> = Vec::new();
        for name in candidate.mentions.iter().map(|m| &case.scene.actors[m.actor].name) {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        Doer {
            actor: actor.key.clone(),
            names,
            named: features::class(actor) != "loose",
            features: features.into_keys().collect(),
        }
    };
    weighed(case).into_iter().map(doer).collect()
}

fn weighed(case: &Case<'_, '_>) -> Vec<(Candidate, Features)> {
    let all = candidates(case);
    if all.is_empty() {
        return Vec::new();
    }
    let setting = Setting::new(case, &all);
    let features: Vec<Features> = all.iter().map(|c| setting.features(c)).collect();
    all.into_iter().zip(features).collect()
}

/// The mention by whose name an actor is called: the deciding one, unless it only points or stands in a headline; then the
/// first outside headlines.
fn bearer<'s>(scene: &'s Scene<'_>, candidate: &Candidate, mention: Span) -> &'s Named {
    let text = |m: &&candidate::Seen| m.form == Form::Named && !in_title(scene, m.span);
    let named = || candidate.mentions.iter().filter(text);
    let chosen = named().find(|m| m.span == mention).or_else(|| named().next());
    &scene.actors[chosen.map_or(candidate.actor, |m| m.actor)]
}

/// Who says so: of a claim or denial the actor, in the words in which it is the source.
fn said_by(case: &Case<'_, '_>, mention: Span, standing: Standing) -> Vec<Source> {
    if matches!(standing, Standing::Claimed | Standing::Denied) {
        let source = |s: &&Statement| s.sources.iter().any(|source| source.span.overlaps(mention));
        if let Some(s) = case.statements.iter().find(source) {
            return s.sources.clone();
        }
    }
    speakers(case.statements, mention)
}

/// Whether the words stand in a headline.
fn in_title(scene: &Scene<'_>, span: Span) -> bool {
    let t = &scene.tokens.sentences;
    t.get(t.partition_point(|s| s.span.end <= span.start)).is_some_and(|s| scene.in_headline(s))
}
