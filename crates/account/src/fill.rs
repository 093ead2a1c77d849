//! Who and what fills the roles of what an article tells: learnt weights choose among the nouns of its sentences.
//!
//! In four steps, each a linear model over named features ([`Table`]), trained on texts whose roles people filled:
//! words of the article, of each sentence, and of each noun where it stands are scored by themselves; then the acts of the
//! article are scored from all of these; then each thing, with all its mentions and what its sentences and the article
//! score; then which of the words around the noun name it best, and to which act it belongs. Later models are trained on
//! scores that earlier ones gave to texts that they had not seen.
//!
//! Sources: Patwardhan and Riloff 2009 (roles need a model of the sentence's event), Huang and Riloff 2011 (cascades from
//! article to noun), Wolpert 1992 (models trained on others' scores).

mod features;
mod gauge;
mod keys;
mod mention;
mod model;
mod numbers;
mod same;
mod scores;
mod table;
mod thing;
mod things;
mod view;
mod why;

pub use gauge::{Gauge, WIDE};
pub use keys::{Keys, key};
pub use mention::plain;
pub use model::Model;
pub use numbers::Numbers;
pub use scores::{MEASURES as ACT_MEASURES, Scores, acts, measures};
pub use table::Table;
pub(crate) use table::read;
pub use thing::{SHARES, Thing};
pub use things::{MEASURES, things};
pub use why::why;

use crate::scene::Scene;
use article::Span;
use mention::Candidate;
use std::collections::BTreeMap;
use view::Line;

/// A role in an act of violence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Who did it, as persons: by name or description.
    Doer,
    /// The group or force that did it.
    Organisation,
    /// The thing that was hit.
    Target,
    /// A person, by name, whom it was done to.
    Victim,
    /// With what.
    Weapon,
    /// People without names whom it was done to.
    People,
}

impl Role {
    /// All roles, in the order of the models' outcomes.
    pub const ALL: [Role; 6] = [Role::Doer, Role::Organisation, Role::Target, Role::Victim, Role::Weapon, Role::People];

    /// The role of that name.
    pub fn named(name: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|r| r.name() == name)
    }

    /// The name in the model's file.
    pub fn name(self) -> &'static str {
        ["doer", "organisation", "target", "victim", "weapon", "people"][self as usize]
    }
}

/// A broad kind of act, as the texts that the models learnt from part them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Act {
    /// Any attack that is none of the others.
    Attack,
    /// By a planted or thrown explosive.
    Bombing,
    /// People are taken or held.
    Kidnapping,
    /// Fire is set.
    Arson,
    /// Things are taken by force.
    Robbery,
    /// People are kept from work by force.
    Stoppage,
}

impl Act {
    /// All acts, in the order of the models' outcomes.
    pub const ALL: [Act; 6] = [Act::Attack, Act::Bombing, Act::Kidnapping, Act::Arson, Act::Robbery, Act::Stoppage];

    /// The name in MUC-4 and in the model's file.
    pub fn name(self) -> &'static str {
        ["attack", "bombing", "kidnapping", "arson", "robbery", "forced work stoppage"][self as usize]
    }
}

/// Everything that the models see of one article.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Features of the sentences that may tell of violence, all together.
    pub article: Vec<u64>,
    /// Words of the whole article.
    pub page: Vec<u64>,
    /// Features of each sentence that may tell of violence, in text order.
    pub sentences: Vec<Vec<u64>>,
    /// The nouns in them, in text order.
    pub mentions: Vec<Noun>,
}

/// A noun that may fill a role.
#[derive(Debug)]
pub struct Noun {
    /// Its sentence, as an index into [`Sheet::sentences`].
    pub sentence: usize,
    /// Features of the noun where it stands.
    pub keys: Vec<u64>,
    /// What it names: mentions with the same one are one thing.
    pub thing: String,
    /// The words that may name it.
    pub parts: Vec<Words>,
}

/// Words that may name what fills a role.
#[derive(Debug)]
pub struct Words {
    /// Where they stand.
    pub span: Span,
    /// In the form in which they are compared.
    pub plain: String,
    /// Features of this choice of words.
    pub keys: Vec<u64>,
}

/// What fills a role.
#[derive(Debug, Clone, PartialEq)]
pub struct Filler {
    /// The role.
    pub role: Role,
    /// How likely the thing fills it and is named by these words. *Range*: 0 to 1.
    pub chance: f32,
    /// The words that name it best.
    pub span: Span,
    /// All mentions of it.
    pub mentions: Vec<Span>,
    /// The acts it belongs to, each with the chance that it does.
    pub acts: Vec<(Act, f32)>,
}

/// What the models choose for one article.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Fill {
    /// The acts told, with their chances.
    pub acts: Vec<(Act, f32)>,
    /// Those of them of which a second one is told, too.
    pub second: Vec<Act>,
    /// What fills their roles, the likeliest first within a role.
    pub fillers: Vec<Filler>,
}

/// An article while its sheet is made: what of it is dear is looked at only where it is asked for.
struct Page<'s> {
    text: &'s str,
    words: Vec<&'s str>,
    lines: Vec<Line<'s>>,
    candidates: Vec<Candidate>,
}

impl<'s> Page<'s> {
    fn of(scene: &'s Scene<'_>) -> Page<'s> {
        let lines = view::lines(scene);
        let candidates = mention::candidates(&lines);
        let words = scene.tokens.tokens.iter().map(|t| t.norm.as_str()).collect();
        Page { text: &scene.article.text, words, lines, candidates }
    }

    /// All but the words that may name each noun.
    fn sheet(&self, k: &mut Keys<'_>) -> Sheet {
        features::article(&self.lines, k);
        let mut article = k.take();
        features::page(&self.words, k);
        let page = k.take();
        let sentence = |n| {
            features::sentence(&self.lines, n, k);
            k.take()
        };
        let sentences: Vec<Vec<u64>> = (0..self.lines.len()).map(sentence).collect();
        article.extend(sentences.iter().flatten());
        article.sort_unstable();
        article.dedup();
        let things = same::things(self.text, &self.lines, &self.candidates);
        let mentions = self.candidates.iter().zip(things).map(|(c, thing)| self.noun(c, thing, k)).collect();
        Sheet { article, page, sentences, mentions }
    }

    fn noun(&self, c: &Candidate, thing: String, k: &mut Keys<'_>) -> Noun {
        features::mention(&self.lines, c, k);
        Noun { sentence: c.line, keys: k.take(), thing, parts: Vec::new() }
    }

    /// The words that may name the `n`-th noun.
    fn parts(&self, n: usize, k: &mut Keys<'_>) -> Vec<Words> {
        let c = &self.candidates[n];
        let line = &self.lines[c.line];
        let words = |part: mention::Part| {
            let span = mention::span(line, part);
            features::variant(line, c, part, k);
            Words { span, plain: plain(span.of(self.text)), keys: k.take() }
        };
        mention::parts(line, c).into_iter().map(words).filter(|w| !w.plain.is_empty()).collect()
    }
}

impl Sheet {
    /// Sees an article whole, and notes what every feature is called.
    pub(crate) fn of(scene: &Scene<'_>, names: &mut BTreeMap<u64, String>) -> Sheet {
        let (page, mut k) = (Page::of(scene), Keys::naming(names));
        let mut sheet = page.sheet(&mut k);
        sheet.mentions.iter_mut().enumerate().for_each(|(n, m)| m.parts = page.parts(n, &mut k));
        sheet
    }
}

impl Fill {
    /// What `model` chooses. *Cost*: features of every noun near a word of violence; the rest only where an act is told, and of
    /// things that are likely.
    pub(crate) fn choose(scene: &Scene<'_>, model: &Model) -> Fill {
        let (page, mut k) = (Page::of(scene), Keys::default());
        let mut sheet = page.sheet(&mut k);
        let scores = Scores::of(&sheet, model);
        let acts = scores::acts(&scores, model);
        if told(&acts, model).is_empty() {
            return Fill::default();
        }
        let things = things::things(&sheet, &scores, &acts);
        let gauge = Gauge::of(model);
        let chances: Vec<Vec<f32>> = things.iter().map(|t| t.chances(&sheet, model, &gauge)).collect();
        let likely = |c: &Vec<f32>| Role::ALL.iter().any(|r| c[*r as usize] >= bound(model, r.name()));
        for (t, _) in things.iter().zip(&chances).filter(|(_, c)| likely(c)) {
            t.mentions.iter().for_each(|n| sheet.mentions[*n].parts = page.parts(*n, &mut k));
        }
        Fill::chosen(&sheet, model, &acts, &things, &chances)
    }

    /// The choice, given the scores of acts and things. *Shape*: the sheet has the words that may name each noun.
    pub fn from_scores(sheet: &Sheet, model: &Model, acts: &[f32], things: &[Thing]) -> Fill {
        let gauge = Gauge::of(model);
        let chances: Vec<Vec<f32>> = things.iter().map(|t| t.chances(sheet, model, &gauge)).collect();
        Fill::chosen(sheet, model, acts, things, &chances)
    }

    fn chosen(sheet: &Sheet, model: &Model, acts: &[f32], things: &[Thing], chances: &[Vec<f32>]) -> Fill {
        let told = told(acts, model);
        let mut fillers = Vec::new();
        if told.is_empty() {
            return Fill::default();
        }
        for role in Role::ALL {
            let from = bound(model, role.name());
            let mut found: Vec<Filler> = Vec::new();
            for (t, p) in things.iter().zip(chances.iter().map(|c| c[role as usize])).filter(|(_, p)| *p >= from) {
                let Some((words, q)) = t.words(sheet, role, model) else { continue };
                let mut acts = t.acts(sheet, role, model, acts, &told);
                acts.retain(|(_, share)| p * q * share >= from);
                if !acts.is_empty() {
                    found.push(Filler { role, chance: p * q, span: words, mentions: t.spans(sheet), acts });
                }
            }
            found.sort_by(|a, b| b.chance.total_cmp(&a.chance).then(a.span.cmp(&b.span)));
            // "A group of armed men" is not filled beside "armed men".
            let mut kept: Vec<Filler> = Vec::new();
            for f in found {
                if !kept.iter().any(|k| k.span.overlaps(f.span)) {
                    kept.push(f);
                }
            }
            fillers.extend(kept);
        }
        let second = |(a, _): &(Act, f32)| chance(acts[Act::ALL.len() + 1 + *a as usize]) >= bound(model, "second");
        let second = told.iter().filter(|t| second(t)).map(|t| t.0).collect();
        Fill { acts: told, second, fillers }
    }
}

/// The chance from which on an act is told or a role filled.
fn bound(model: &Model, name: &str) -> f32 {
    model.bounds.row(key(&[name])).map_or(0.5, |r| r[0])
}

/// The acts told.
fn told(acts: &[f32], model: &Model) -> Vec<(Act, f32)> {
    let all = Act::ALL.into_iter().map(|a| (a, chance(acts[a as usize])));
    all.filter(|(a, p)| *p >= bound(model, a.name())).collect()
}

/// Log-odds as a chance.
pub(crate) fn chance(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}
