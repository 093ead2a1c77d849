//! People and things that an act hit or was meant for, how many they are, and what became of them, chosen by learnt weights.
//!
//! Figures say what befell those who are counted, and deeds what befell those who are named. Much is told otherwise: "the
//! families of the miners were in the house", "the convoy was not hit". Each noun that may mean people or a thing is seen
//! where it stands ([`Noun`]), mentions with one last word are one thing, and a linear model scores each: whether it was meant
//! at all, what became of it, and in which act. How many they are is read from the counting words, never learnt.
//!
//! Sources: Patwardhan and Riloff 2009, Huang and Riloff 2011 (who fills a role is told by the noun, its place, and its
//! sentence together).

mod model;
mod noun;
mod seen;

pub use model::Model;
pub use noun::{Kind, Noun};

use crate::account::Effect;
use crate::fill::{Act, Fill, chance};
use crate::scene::Scene;
use article::Span;
use std::collections::BTreeMap;

/// A noun by all its mentions, with what is known of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Party {
    /// The words that say best who or what it is.
    pub span: Span,
    /// All mentions of it.
    pub mentions: Vec<Span>,
    /// People or a thing.
    pub kind: Kind,
    /// Whether the words are a name.
    pub name: bool,
    /// How many at least; open where no words tell.
    pub low: Option<u64>,
    /// How many at most; open where no words tell.
    pub high: Option<u64>,
    /// What became of them; none where nothing is likely enough.
    pub effect: Option<Effect>,
    /// How likely it was meant or hit. *Range*: 0 to 1.
    pub chance: f32,
    /// The acts that it belongs to, of those told.
    pub acts: Vec<Act>,
}

/// The effects that the weights choose among, in the order of the models' outcomes.
pub const EFFECTS: [Effect; 7] = [
    Effect::Killed,
    Effect::Injured,
    Effect::Unharmed,
    Effect::Freed,
    Effect::Destroyed,
    Effect::Damaged,
    Effect::Intact,
];

/// The nouns with one last word, in the order of their first mentions.
pub fn groups(nouns: &[Noun]) -> Vec<Vec<usize>> {
    let mut at: BTreeMap<(Kind, &str), usize> = BTreeMap::new();
    let mut out: Vec<Vec<usize>> = Vec::new();
    for (n, noun) in nouns.iter().enumerate() {
        let group = *at.entry((noun.kind, &noun.head)).or_insert(out.len());
        if group == out.len() {
            out.push(Vec::new());
        }
        out[group].push(n);
    }
    out
}

/// The features of all mentions of a group, each once.
pub fn keys(nouns: &[Noun], group: &[usize]) -> Vec<u64> {
    let mut out: Vec<u64> = group.iter().flat_map(|n| &nouns[*n].keys).copied().collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// Whom and what the acts of `fill` hit, of these kinds. *Cost*: features of every such noun near a word of violence, where an
/// act is told.
pub(crate) fn choose(scene: &Scene<'_>, fill: &Fill, kinds: &[Kind], model: &Model) -> Vec<Party> {
    if fill.acts.is_empty() {
        return Vec::new();
    }
    let nouns = noun::nouns(scene, kinds, &mut crate::fill::Keys::default());
    parties(&nouns, fill, model)
}

/// The nouns of an article as the models see them; notes in `names` what each feature is called.
pub(crate) fn sheet(scene: &Scene<'_>, names: &mut BTreeMap<u64, String>) -> Vec<Noun> {
    noun::nouns(scene, Kind::ALL, &mut crate::fill::Keys::naming(names))
}

/// The choice among nouns: those that the weights find likely enough, and those that fill a role of `fill`.
pub fn parties(nouns: &[Noun], fill: &Fill, model: &Model) -> Vec<Party> {
    let mut out = Vec::new();
    for group in groups(nouns) {
        let filled = fill.fillers.iter().filter(|f| noun::fits(f.role, nouns[group[0]].kind)).find(|f| {
            let here = |s: Span| group.iter().any(|n| nouns[*n].span.overlaps(s));
            here(f.span) || f.mentions.iter().any(|m| here(*m))
        });
        let keys = keys(nouns, &group);
        let kind = nouns[group[0]].kind;
        let p = chance(model.meant(kind).score_text(&keys)[0]);
        // Names, and things, are chosen where the roles are filled.
        let meant = kind == Kind::People && !nouns[group[0]].name && p >= model.bound(kind);
        if filled.is_none() && !meant {
            continue;
        }
        let best = best(nouns, &group, model);
        let counted = group.iter().map(|n| &nouns[*n]).find(|n| n.counted);
        let numbered = if nouns[best].counted { &nouns[best] } else { counted.unwrap_or(&nouns[best]) };
        let acts = match filled {
            Some(f) => f.acts.iter().map(|(a, _)| *a).collect(),
            None => acts(&model.share.score_text(&keys), fill),
        };
        out.push(Party {
            span: filled.map_or(nouns[best].span, |f| f.span),
            mentions: group.iter().map(|n| nouns[*n].span).collect(),
            kind,
            name: nouns[group[0]].name,
            low: numbered.low,
            high: numbered.high,
            effect: effect(&model.effect.score_text(&keys), kind, model),
            chance: filled.map_or(p, |f| f.chance.max(p)),
            acts,
        });
    }
    out
}

/// What weighed for and against the people or thing named at `span` having been meant, the heaviest first; `names` are those that
/// [`crate::Reader::nouns`] noted.
pub fn why(nouns: &[Noun], names: &BTreeMap<u64, String>, model: &Model, span: Span) -> Vec<(String, f32)> {
    let Some(group) = groups(nouns).into_iter().find(|g| g.iter().any(|n| nouns[*n].span == span)) else {
        return Vec::new();
    };
    let (keys, table) = (keys(nouns, &group), model.meant(nouns[group[0]].kind));
    let length = (keys.len().max(1) as f32).sqrt();
    let row = |k: &u64| Some((names.get(k)?.clone(), table.row(*k)?[0] / length));
    let mut out: Vec<(String, f32)> = keys.iter().filter_map(row).filter(|(_, w)| w.abs() >= 0.01).collect();
    out.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then_with(|| a.0.cmp(&b.0)));
    out
}

/// The mention that says most plainly that it was meant.
fn best(nouns: &[Noun], group: &[usize], model: &Model) -> usize {
    let score = |n: usize| model.meant(nouns[n].kind).score_text(&nouns[n].keys)[0];
    group.iter().copied().max_by(|a, b| score(*a).total_cmp(&score(*b)).then(b.cmp(a))).unwrap_or(0)
}

/// The acts told to which something belongs: the likely ones, or else the likeliest.
fn acts(scores: &[f32], fill: &Fill) -> Vec<Act> {
    let told = || fill.acts.iter().map(|(a, _)| *a);
    let likely: Vec<Act> = told().filter(|a| scores[*a as usize] >= 0.0).collect();
    if !likely.is_empty() {
        return likely;
    }
    told().max_by(|a, b| scores[*a as usize].total_cmp(&scores[*b as usize])).into_iter().collect()
}

/// The likeliest effect that `kind` can suffer, where it is likely enough.
fn effect(scores: &[f32], kind: Kind, model: &Model) -> Option<Effect> {
    let own = if kind == Kind::People { 0..4 } else { 4..EFFECTS.len() };
    let best = own.max_by(|a, b| scores[*a].total_cmp(&scores[*b]))?;
    (chance(scores[best]) >= model.sure(kind)).then(|| EFFECTS[best])
}
