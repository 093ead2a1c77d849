//! Figures: which numbers of people count whom, and as what.
//!
//! A headcount is counted as what the deeds of its sentence say of it, or of what it is part of; where nothing is said, it
//! is part of the headcount that it explains. A fighter's death is no victim's: the noun decides.

use crate::account::{Figure, Measure};
use crate::headcount::{Headcount, Whole, headcounts};
use crate::language::Language;
use crate::roles::Deed;
use crate::scene::{Scene, beginning};
use article::classes::{Class, Classes};
use article::grammar::{Clauses, Upos};

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
        if !speaks_of_people(scene, language, s.tokens) {
            continue;
        }
        let clauses = scene.clauses(n);
        let deeds = scene.deeds(n);
        let counts = headcounts(scene, language, n);
        let mut told: Vec<Option<(Measure, bool)>> = counts.iter().map(|h| by_deeds(language, clauses, deeds, h)).collect();
        for (i, h) in counts.iter().enumerate() {
            if told[i].is_none() {
                told[i] = by_whole(clauses, &counts, &told, i, before.filter(|(_, at)| n - at <= REACH).map(|b| b.0));
            }
            let Some((measure, part)) = told[i] else {
                if h.fighters && !h.single && h.people {
                    out.push(found(scene, h, Measure::Strength, true, "figures/strength"));
                }
                continue;
            };
            before = Some((measure, n));
            let measure = if measure == Measure::Killed && h.fighters { Measure::PerpetratorsKilled } else { measure };
            let listed = counts.iter().zip(&told).any(|(o, t)| {
                let beside = clauses.members(h.node).contains(&o.node) || clauses.members(o.node).contains(&h.node);
                o.node != h.node && beside && t.is_some_and(|t| t.0 == measure)
            });
            out.push(found(scene, h, measure, !(part || listed), "figures/roles"));
        }
    }
    out
}

/// Whether a sentence may count people: it holds a number, or an article before a noun for a person.
fn speaks_of_people(scene: &Scene<'_>, language: &Language, tokens: (usize, usize)) -> bool {
    let l = &language.lists;
    let nouns = Classes::builtin();
    let person = |i: usize| {
        scene.marks.has(i, l.ordinal)
            || scene.marks.has(i, l.one)
                && (i + 1..tokens.1.min(i + 5)).any(|k| nouns.of(scene.norm(k)).is(Class::Person, 2))
    };
    !beginning(&scene.amounts, |a| a.tokens, tokens).is_empty() || (tokens.0..tokens.1).any(person)
}

/// The measure that the deeds give a headcount, and whether it is a part of a whole.
fn by_deeds(language: &Language, clauses: Clauses<'_>, deeds: &[Deed], h: &Headcount) -> Option<(Measure, bool)> {
    let of = |node: usize, itself: bool| {
        let about = deeds.iter().filter(|d| d.argument == node && (d.node == node) >= itself);
        let measured = about.filter_map(|d| Some((d.outcome, measure(language.roles.name(d.outcome))?)));
        measured.min_by_key(|(o, _)| *o).map(|(_, m)| m)
    };
    let own = beside(language, clauses, h).or_else(|| [h.node, h.number].into_iter().find_map(|n| of(n, !h.people)));
    let own = own.or_else(|| {
        // "12 employees hostage", read as one compound.
        clauses.tree.nodes[h.node].head.filter(|_| clauses.tree.relation(h.node) == "compound").and_then(|n| of(n, false))
    });
    match (own, h.of) {
        (Some((m, part)), Whole::Itself) => Some((m, part)),
        (Some((m, _)), Whole::Before) => Some((m, true)),
        // "two of his colleagues" are nobody's part, "two of the dead" are.
        (Some((m, part)), Whole::Of(whole)) => Some((m, part || of(whole, false).is_some() || pronoun(clauses, whole))),
        (None, Whole::Of(whole)) => of(whole, false).map(|(m, _)| (m, true)),
        _ => None,
    }
}

fn pronoun(clauses: Clauses<'_>, node: usize) -> bool {
    clauses.tree.nodes[node].tag == Upos::Pron
}

/// What the word right behind a bare number says of it, or before it with a colon between: "14 injured", "Missing: 3".
fn beside(language: &Language, clauses: Clauses<'_>, h: &Headcount) -> Option<(Measure, bool)> {
    let nodes = &clauses.tree.nodes;
    let says = |at: usize| language.roles.beside(clauses, at).find_map(|o| measure(language.roles.name(o)));
    // "two killed thirteen" has an object.
    let passive = |at: usize| clauses.tree.child(at, &["obj", "det"]).is_none() && nodes[at].tag != Upos::Noun;
    let behind = (h.who.is_none() && h.of == Whole::Itself).then_some(h.number + 1).filter(|n| *n < nodes.len());
    let before = h.number.checked_sub(2).filter(|b| nodes[b + 1].span.of(clauses.text) == ":");
    behind.filter(|n| passive(*n)).and_then(says).or_else(|| before.and_then(says))
}

/// The measure of what a headcount is part of: the one it explains in its sentence, or the one counted last.
fn by_whole(
    clauses: Clauses<'_>,
    counts: &[Headcount],
    told: &[Option<(Measure, bool)>],
    i: usize,
    before: Option<Measure>,
) -> Option<(Measure, bool)> {
    let h = &counts[i];
    if !h.people {
        return None;
    }
    let last = || told[..i].iter().rev().find_map(|t| *t).map(|t| t.0);
    // Up the tree: "including three children" hangs on what it is part of, members of a list on the first.
    let mut at = h.node;
    while let Some(head) = clauses.tree.nodes[at].head {
        match clauses.tree.relation(at) {
            "appos" | "nmod" | "conj" | "nummod" | "compound" | "list" => {}
            // "Fifteen were killed: eleven civilians and four soldiers."
            "parataxis" | "dep" => return last().map(|m| (m, true)),
            _ => break,
        }
        if let Some((m, _)) = counts.iter().position(|o| o.node == head || o.number == head).and_then(|o| told[o]) {
            return Some((m, true));
        }
        at = head;
    }
    match h.of {
        Whole::Itself => None,
        Whole::Of(whole) if !pronoun(clauses, whole) => None,
        _ => last().or(before).map(|m| (m, true)),
    }
}

/// The measure that an outcome names, and whether it is a part of one.
fn measure(name: &str) -> Option<(Measure, bool)> {
    match name {
        "freed" => Some((Measure::Abducted, true)),
        _ => Some((Measure::named(name)?, false)),
    }
}

fn found(scene: &Scene<'_>, h: &Headcount, measure: Measure, total: bool, by: &str) -> Found {
    let text = &scene.article.text;
    Found {
        token: h.token,
        figure: Figure {
            measure,
            low: h.low,
            high: h.high,
            words: h.words.of(text).to_owned(),
            who: h.who.map_or(String::new(), |w| w.of(text).to_owned()),
            said_by: Vec::new(),
            total,
            span: h.span,
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
