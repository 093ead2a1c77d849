//! Figures: which numbers of people count whom, and as what.
//!
//! The rules of `figures.rules` propose; of several that read one number the one that stands higher in the file wins.
//! A fighter's death is no victim's: the noun decides, then the actor named inside the noun phrase.

use crate::account::{Figure, Measure};
use crate::language::Language;
use crate::scene::{ACTOR, NUMBER, PEOPLE, PERSON, PLACE, People, Scene, beginning};
use article::pattern::Mentions;

/// A figure and the token at which it stands.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) token: usize,
    pub(crate) figure: Figure,
}

/// What a rule says of a number: measure, and total or part where the rule knows.
#[derive(Debug, Clone, Copy)]
struct Outcome {
    /// `None` takes the measure of the figure before.
    measure: Option<Measure>,
    total: Option<bool>,
}

fn outcome(text: &str) -> Outcome {
    let (measure, rest) = text.split_once('+').unwrap_or((text, ""));
    let total = match rest {
        "total" => Some(true),
        "part" => Some(false),
        _ => None,
    };
    Outcome { measure: Measure::named(measure), total }
}

/// All figures of the article in text order. Sources are filled in later, when the statements are known.
pub(crate) fn figures(scene: &Scene<'_>, language: &Language) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    for s in &scene.tokens.sentences {
        let (from, to) = s.tokens;
        // For each number the best rule: (first token, rule, capture).
        let mut best: Vec<(usize, usize, (usize, usize))> = Vec::new();
        for m in language.figures.find(&scene.marks, scene, from, to) {
            let Some(n) = m.get("n") else { continue };
            if active(scene, &m, n) {
                continue;
            }
            match best.iter_mut().find(|(at, ..)| *at == n.0) {
                Some(b) if b.1 > m.rule => *b = (n.0, m.rule, n),
                Some(_) => {}
                None => best.push((n.0, m.rule, n)),
            }
        }
        best.sort();
        let mut before: Option<Measure> = None;
        for (at, rule, captured) in best {
            let rule = &language.figures.rules[rule];
            let said = outcome(&rule.outcome);
            let Some(measure) = said.measure.or(before) else { continue };
            // Whatever a rule captured, the figure is the number with all of its noun phrase.
            let people = people_at(scene, at).max_by_key(|p| p.tokens.1);
            let tokens = people.map_or(captured, |p| p.tokens);
            let Some((low, high, words)) = bounds(scene, at, people.and_then(|p| p.amount)) else { continue };
            let noun = people.map_or((at, at), |p| p.noun);
            let measure = match measure {
                Measure::Killed if people.is_some_and(|p| p.fighters) || armed(scene, noun) => {
                    Measure::PerpetratorsKilled
                }
                m => m,
            };
            if said.measure.is_some() {
                before = Some(measure);
            }
            out.push(Found {
                token: at,
                figure: Figure {
                    measure,
                    low,
                    high,
                    words: words.to_owned(),
                    who: who(scene, noun),
                    said_by: Vec::new(),
                    total: said.total.unwrap_or(true),
                    span: scene.span(tokens),
                    by: format!("figures/{}", rule.name),
                },
            });
        }
    }
    parts(&mut out);
    out
}

/// Whether a participle right behind the people is their own deed: "multiple gunmen killed 13 marines".
fn active(scene: &Scene<'_>, m: &article::pattern::Match, n: (usize, usize)) -> bool {
    let end = m.tokens.1;
    m.tokens.0 == n.0
        && end == n.1 + 1
        && ([NUMBER, PEOPLE, PERSON].iter().any(|class| scene.end(*class, end).is_some())
            || matches!(scene.norm(end), "the" | "a" | "an" | "him" | "her" | "them" | "his"))
}

/// Bounds and words of the number at token `at`; one person behind "a" is exactly one.
fn bounds<'s>(scene: &'s Scene<'_>, at: usize, amount: Option<usize>) -> Option<(Option<u64>, Option<u64>, &'s str)> {
    if let Some(a) = amount
        .map(|a| &scene.amounts[a])
        .or_else(|| beginning(&scene.amounts, |a| a.tokens, (at, at + 1)).next().map(|n| &scene.amounts[n]))
    {
        return Some((a.low, a.high, a.span.of(&scene.article.text)));
    }
    if matches!(scene.norm(at), "himself" | "herself") {
        return Some((Some(1), Some(1), scene.words((at, at + 1))));
    }
    let person = people_at(scene, at).find(|p| p.amount.is_none())?;
    Some((Some(1), Some(1), scene.words(person.tokens)))
}

/// The numbers of people that begin at a token.
fn people_at<'s>(scene: &'s Scene<'_>, at: usize) -> impl Iterator<Item = &'s People> {
    scene.people[beginning(&scene.people, |p| p.tokens, (at, at + 1))].iter()
}

/// Whether an actor of an armed group stands in the noun phrase: "five ISIS members".
fn armed(scene: &Scene<'_>, noun: (usize, usize)) -> bool {
    let inside = |t: (usize, usize)| noun.0 <= t.0 && t.1 <= noun.1;
    let named = || scene.actors[beginning(&scene.actors, |a| a.tokens, noun)].iter();
    noun.0 < noun.1 && named().any(|a| inside(a.tokens) && a.armed)
}

fn who(scene: &Scene<'_>, noun: (usize, usize)) -> String {
    let mut end = noun.1;
    // "members of ISIS", "residents of Markapara": the name behind "of" belongs to the phrase.
    if noun.0 < noun.1 && scene.norm(end) == "of" {
        let name = [PLACE, ACTOR].iter().filter_map(|class| scene.end(*class, end + 1)).max();
        end = name.unwrap_or(end);
    }
    if noun.0 < end { scene.span((noun.0, end)).of(&scene.article.text).to_owned() } else { String::new() }
}

/// Within one sentence, counts joined under one verb are parts of one toll.
fn parts(found: &mut [Found]) {
    for i in 1..found.len() {
        let joined = found[i].figure.by == "figures/killed-and" && found[i - 1].figure.by == "figures/killed-active";
        if joined && found[i].figure.span.start - found[i - 1].figure.span.end < 12 {
            found[i - 1].figure.total = false;
        }
    }
}

/// The figures that stand inside `unit`.
pub(crate) fn within(found: &[Found], unit: (usize, usize)) -> impl Iterator<Item = &Found> {
    found[beginning(found, |f| (f.token, f.token), unit)].iter()
}

/// Adds a figure unless the account has the same already.
pub(crate) fn add(figures: &mut Vec<Figure>, f: &Figure) {
    let same = |g: &Figure| (g.measure, g.low, g.high) == (f.measure, f.low, f.high);
    if !figures.iter().any(same) {
        figures.push(f.clone());
    }
}

/// Whether any figure says that people were harmed or taken.
pub(crate) fn harm(figures: &[&Figure]) -> bool {
    figures
        .iter()
        .any(|f| !matches!(f.measure, Measure::Strength | Measure::Arrested | Measure::Displaced) && f.high != Some(0))
}

/// Whether a measure counts people who were killed or injured.
pub(crate) fn hurts(measure: Measure) -> bool {
    matches!(measure, Measure::Killed | Measure::Injured | Measure::PerpetratorsKilled)
}
