//! Figures: which numbers of people count whom, and as what.
//!
//! The language layer finds what is counted and how counts hang together; the deeds of the sentence say what befell them. A
//! count of which nothing is said is counted as what it is part of. A fighter's death is no victim's: the noun decides.

use crate::account::{Figure, Measure};
use crate::language::Language;
use crate::roles::{Deed, FREED};
use crate::scene::{Scene, beginning};
use crate::stage::hindered;
use crate::worth::may_count;
use article::Span;
use article::classes::{Class, Classes};
use article::grammar::{Clauses, Upos};
use article::{Count, Form, Marks, Relation, Tokens, counts};

/// A figure and the token at which it stands.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) token: usize,
    pub(crate) figure: Figure,
}

/// How many sentences a part may stand behind its whole.
const REACH: usize = 3;

/// All figures of the article in text order. Sources are filled in later, when the statements are known.
pub(crate) fn figures(scene: &Scene<'_>, language: &Language) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    // The measure counted last, and the sentence where it was.
    let mut before: Option<(Measure, usize)> = None;
    for (n, s) in scene.tokens.sentences.iter().enumerate() {
        if !scene.near[n] || !speaks_of_people(scene, language, s.tokens) {
            continue;
        }
        let carries_on = before.is_some_and(|(_, at)| n - at <= REACH);
        if !carries_on && !may_count(scene, language, s.tokens) {
            continue;
        }
        let clauses = scene.clauses(n);
        let counts = counts(&scene.tokens, &scene.amounts, &scene.syntax, n);
        let told = told(scene, language, clauses, &counts, before.filter(|(_, at)| n - at <= REACH).map(|b| b.0), n);
        out.extend(own_deaths(scene, language, clauses, n));
        for (c, told) in counts.iter().zip(&told) {
            if !counts_as_figure(scene, language, c) {
                continue;
            }
            let fighters = fights(scene, clauses, c);
            match told {
                Some((measure, part)) => {
                    before = Some((*measure, n));
                    let own = *measure == Measure::Killed && fighters;
                    let measure = if own { Measure::PerpetratorsKilled } else { *measure };
                    let part = *part || matches!(c.relation, Relation::PartOf(_) | Relation::MemberOf(_));
                    out.push(found(scene, c, measure, !part, "figures/roles"));
                }
                None if fighters && c.form == Form::Number && c.people() == Some(true) => {
                    out.push(found(scene, c, Measure::Strength, true, "figures/strength"));
                }
                None => {}
            }
        }
    }
    out.sort_by_key(|f| f.token);
    out
}

/// Attackers who kill themselves: "killing himself and a guard".
fn own_deaths(scene: &Scene<'_>, language: &Language, clauses: Clauses<'_>, sentence: usize) -> Vec<Found> {
    let kills = scene.deeds(sentence).iter().filter(|d| language.roles.name(d.outcome) == Measure::Killed.name());
    let own = kills.filter_map(|d| {
        let span = clauses.tree.nodes[d.argument].span;
        let token = scene.token_at(span.start);
        let words = span.of(clauses.text).to_owned();
        scene.marks.has(token, language.lists.oneself).then(|| Found {
            token,
            figure: Figure {
                measure: Measure::PerpetratorsKilled,
                low: Some(1),
                high: Some(1),
                words: words.clone(),
                who: words,
                said_by: Vec::new(),
                total: true,
                span,
                by: "figures/own-death".to_owned(),
            },
        })
    });
    own.collect()
}

/// Whether a sentence may count people: it holds a number, or an article before a noun for a person.
fn speaks_of_people(scene: &Scene<'_>, language: &Language, tokens: (usize, usize)) -> bool {
    !beginning(&scene.amounts, |a| a.tokens, tokens).is_empty()
        || singles_out(&scene.tokens, &scene.marks, language, tokens)
}

/// Whether an article or ordinal among these tokens may stand before one person.
pub(crate) fn singles_out(tokens: &Tokens, marks: &Marks, language: &Language, (from, to): (usize, usize)) -> bool {
    let l = &language.lists;
    let nouns = Classes::builtin();
    let person = |k: usize| tokens.tokens.get(k).is_some_and(|t| nouns.of(&t.norm).is(Class::Person, 2));
    (from..to).any(|i| {
        marks.has(i, l.ordinal) || marks.has(i, l.oneself) || marks.has(i, l.one) && (i + 1..to.min(i + 5)).any(person)
    })
}

/// Whether a count is a figure by itself: a number, or one person behind an article or an ordinal.
fn counts_as_figure(scene: &Scene<'_>, language: &Language, c: &Count) -> bool {
    let ordinal = || {
        let token = scene.token_at(c.whole.start);
        (token..token + 2).any(|i| scene.marks.has(i, language.lists.ordinal))
    };
    (c.low.is_some() || c.high.is_some())
        && match c.form {
            Form::Number | Form::Share | Form::Times | Form::Single => true,
            Form::Definite => ordinal(),
            Form::Bare | Form::Sum => false,
        }
}

/// The measure of each count, and whether its words make it a part of a whole.
fn told(
    scene: &Scene<'_>,
    language: &Language,
    clauses: Clauses<'_>,
    counts: &[Count],
    before: Option<Measure>,
    sentence: usize,
) -> Vec<Option<(Measure, bool)>> {
    let happened = |d: &&Deed| !hindered(scene, language, clauses, d.node);
    let deeds: Vec<Deed> = scene.deeds(sentence).iter().filter(happened).cloned().collect();
    let mut told: Vec<Option<(Measure, bool)>> =
        counts.iter().map(|c| by_deeds(language, clauses, &deeds, c)).collect();
    // What has none of its own takes it from what it is part of or stands beside; twice, for a part of a part.
    for _ in 0..2 {
        for (i, c) in counts.iter().enumerate() {
            if told[i].is_some() || things(c) {
                continue;
            }
            let of = |j: usize| told.get(j).copied().flatten().map(|t| t.0);
            let beside = |sum: usize| {
                let member = |j: &usize| counts[*j].relation == Relation::MemberOf(sum);
                of(sum).or_else(|| (0..counts.len()).filter(member).find_map(of))
            };
            let measure = match c.relation {
                Relation::PartOf(Some(j)) => of(j),
                Relation::PartOf(None) => (0..i).rev().find_map(of).or(before),
                Relation::Was(j) => j.and_then(of),
                Relation::MemberOf(sum) => {
                    beside(sum).or_else(|| explains(clauses, c).then(|| (0..i).rev().find_map(of)).flatten())
                }
                Relation::Whole => explains(clauses, c).then(|| (0..i).rev().find_map(of)).flatten(),
            };
            let part = !matches!(c.relation, Relation::Was(_));
            told[i] = measure.map(|m| (m, part));
        }
    }
    told
}

/// Whether things are counted and no people; a noun that no list knows may mean either.
fn things(c: &Count) -> bool {
    c.people() == Some(false) && c.nouns.iter().any(|n| !n.classes.is_empty())
}

/// Whether a count stands beside the clause that tells, and explains its toll: "fifteen were killed: eleven civilians".
fn explains(clauses: Clauses<'_>, c: &Count) -> bool {
    c.apposed
        || c.form == Form::Number && matches!(clauses.tree.relation(c.node), "parataxis" | "appos" | "dep" | "list")
}

/// The measure that the deeds give a count, and whether it is a part of a whole.
fn by_deeds(language: &Language, clauses: Clauses<'_>, deeds: &[Deed], c: &Count) -> Option<(Measure, bool)> {
    // What is said of things is said of no people, unless the noun itself says what befell them: "19 deaths".
    let itself = things(c);
    let of = |node: usize| {
        let about = deeds.iter().filter(|d| d.argument == node && (d.node == node || !itself));
        let measured = about.filter_map(|d| Some((d.outcome, measure(language.roles.name(d.outcome))?)));
        measured.min_by_key(|(o, _)| *o).map(|(_, m)| m)
    };
    let nodes = || [Some(c.node), c.numeral].into_iter().flatten().chain(c.nouns.iter().map(|n| n.node));
    beside(language, clauses, c).or_else(|| nodes().find_map(of)).or_else(|| {
        // "12 employees hostage", read as one compound.
        clauses.tree.nodes[c.node].head.filter(|_| clauses.tree.relation(c.node) == "compound").and_then(of)
    })
}

/// What the words right beside a number say of it, whatever the tree made of them: "14 injured", "wounding 14", "Missing: 3".
fn beside(language: &Language, clauses: Clauses<'_>, c: &Count) -> Option<(Measure, bool)> {
    let number = c.numeral.filter(|_| c.form == Form::Number)?;
    let nodes = &clauses.tree.nodes;
    let says = |at: usize| language.roles.beside(clauses, at).find_map(|o| measure(language.roles.name(o)));
    let bare = c.nouns.is_empty() || c.nouns.iter().all(|n| n.node < number);
    // "two killed thirteen" has an object.
    let passive = |at: &usize| {
        nodes.get(*at).is_some_and(|n| n.tag != Upos::Noun) && clauses.tree.child(*at, &["obj", "det"]).is_none()
    };
    let behind = Some(number + 1).filter(|_| bare).filter(passive);
    // "wounding 14", "Fatalities 6"
    let last = nodes.get(number + 1).is_none_or(|n| n.tag == Upos::Punct);
    let active = number.checked_sub(1).filter(|b| bare && (nodes[*b].tag == Upos::Verb || last));
    let colon = number.checked_sub(2).filter(|b| *b < 3 && nodes[b + 1].span.of(clauses.text) == ":");
    behind.and_then(says).or_else(|| active.and_then(says)).or_else(|| colon.and_then(says))
}

/// The measure that an outcome names, and whether it is a part of one.
fn measure(name: &str) -> Option<(Measure, bool)> {
    match name {
        FREED => Some((Measure::Abducted, true)),
        _ => Some((Measure::named(name)?, false)),
    }
}

/// Whether those counted are of an armed group.
fn fights(scene: &Scene<'_>, clauses: Clauses<'_>, c: &Count) -> bool {
    let armed = |a: usize| scene.actors[a].armed;
    c.nouns.iter().any(|n| n.classes.has(Class::Fighter) || scene.actors_in(clauses, n.node).into_iter().any(armed))
}

fn found(scene: &Scene<'_>, c: &Count, measure: Measure, total: bool, by: &str) -> Found {
    let text = &scene.article.text;
    let who = c.nouns.iter().map(|n| n.span).reduce(Span::join);
    let single = matches!(c.form, Form::Single | Form::Definite);
    Found {
        token: scene.token_at(c.whole.start),
        figure: Figure {
            measure,
            low: c.low,
            high: c.high,
            words: if single { c.whole } else { c.span }.of(text).to_owned(),
            who: who.map_or(String::new(), |w| w.of(text).to_owned()),
            said_by: Vec::new(),
            total,
            span: c.whole,
            by: by.to_owned(),
        },
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
