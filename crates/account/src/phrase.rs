//! A noun with the words that belong to it, and how many it means.

use crate::account::{Trait, TraitKind};
use crate::scene::Scene;
use article::classes::{Class, ClassSet, Classes};
use article::grammar::{Clauses, Upos};
use article::{Count, EntryKind, Form, Gazetteer, Span, fold};

/// How far a phrase may reach before its noun, and a name behind its first word.
const REACH: usize = 8;

/// The last word of a name that begins at `at`.
pub(crate) fn last(clauses: Clauses<'_>, at: usize) -> usize {
    let flat = clauses.tree.children(at).filter(|c| *c > at && clauses.tree.relation(*c) == "flat");
    flat.filter(|c| *c - at < REACH).max().unwrap_or(at)
}

/// The first of the words close before a noun that say what it is.
pub(crate) fn first(clauses: Clauses<'_>, at: usize) -> usize {
    let own =
        |c: &usize| *c < at && at - *c < REACH && matches!(clauses.tree.relation(*c), "amod" | "compound" | "nmod");
    let first = clauses.tree.children(at).filter(own).min().unwrap_or(at);
    let part = |i: usize| {
        matches!(
            clauses.tree.nodes[i].tag,
            Upos::Noun | Upos::Propn | Upos::Adj | Upos::Verb | Upos::Adv | Upos::X | Upos::Punct
        )
    };
    // Nothing else may stand between.
    (first..at).rev().take_while(|i| part(*i)).last().unwrap_or(at)
}

/// The noun with the words close before it, and the rest of a name behind it, without number and article.
pub(crate) fn core(clauses: Clauses<'_>, at: usize) -> Span {
    clauses.tree.span(first(clauses, at)..last(clauses, at) + 1)
}

/// The words of a noun.
pub(crate) fn classes(clauses: Clauses<'_>, at: usize) -> ClassSet {
    Classes::builtin().main(clauses.tree.nodes[at].span.of(clauses.text))
}

/// The count that counts a noun, if words do.
pub(crate) fn count(counts: &[Count], at: usize) -> Option<&Count> {
    let of = |c: &&Count| c.node == at || c.nouns.iter().any(|n| n.node == at);
    let told = |c: &&Count| c.low.is_some() || c.high.is_some();
    counts.iter().filter(of).filter(told).find(|c| !matches!(c.form, Form::Bare | Form::Sum))
}

/// How many a noun means, and whether words count it: a name is one, a plural that nothing counts is two or more.
pub(crate) fn number(
    clauses: Clauses<'_>,
    counts: &[Count],
    at: usize,
    name: bool,
) -> (Option<u64>, Option<u64>, bool) {
    if let Some(c) = count(counts, at) {
        return (c.low, c.high, c.form != Form::Definite);
    }
    let plural = Classes::builtin().plural(clauses.tree.nodes[at].span.of(clauses.text));
    if !name && plural { (Some(2), None, false) } else { (Some(1), Some(1), false) }
}

/// The noun with its number or article: "four hooded men".
pub(crate) fn whole(clauses: Clauses<'_>, counts: &[Count], at: usize) -> Span {
    let own = core(clauses, at);
    count(counts, at).map_or(own, |c| c.span.join(own))
}

/// What each kind of force is called.
const FORCES: &[(&str, &[Class])] = &[
    ("fighters", &[Class::Fighter, Class::ArmedGroup, Class::Criminal]),
    ("police", &[Class::Police]),
    ("military", &[Class::Soldier, Class::Force]),
    ("guards", &[Class::Guard]),
    ("officials", &[Class::Official, Class::Government]),
];

/// Classes of people by what they do.
const WORK: &[Class] = &[
    Class::Worker,
    Class::Official,
    Class::Leader,
    Class::Soldier,
    Class::Police,
    Class::Guard,
    Class::Clergy,
    Class::Medic,
    Class::Journalist,
    Class::Jurist,
    Class::Teacher,
    Class::Student,
    Class::Farmer,
    Class::Labourer,
    Class::Trader,
    Class::Crew,
    Class::Activist,
];

/// What the words around the noun at `at` tell of people: their nation, work, force and side, each with its words.
pub(crate) fn traits(scene: &Scene<'_>, clauses: Clauses<'_>, at: usize) -> Vec<Trait> {
    let tree = clauses.tree;
    let span = |n: usize| tree.nodes[n].span;
    let mut out: Vec<Trait> = Vec::new();
    let mut add = |kind: TraitKind, value: &str, span: Span| {
        if !value.is_empty() && !out.iter().any(|t| t.kind == kind) {
            out.push(Trait { kind, value: value.to_owned(), span });
        }
    };
    // "Ruth Vale, a judge", "a judge, Ruth Vale", "Judge Ruth Vale": who a name is stands beside it.
    let beside = |c: &usize| tree.relation(*c) == "appos";
    let over = tree.nodes[at].head.filter(|_| matches!(tree.relation(at), "appos" | "flat"));
    let nouns: Vec<usize> = std::iter::once(at).chain(tree.children(at).filter(beside)).chain(over).collect();
    let near = |n: usize| {
        let own = move |c: &usize| matches!(tree.relation(*c), "amod" | "compound" | "nmod" | "flat");
        std::iter::once(n).chain(tree.children(n).filter(own))
    };
    for n in nouns.iter().flat_map(|n| near(*n)) {
        if let Some(country) = demonym(span(n).of(clauses.text)) {
            add(TraitKind::Nation, country, span(n));
        }
        // "nationals of Norland", "a man from Norland"
        let inside = |p: &&article::places::PlaceMention| p.kind == EntryKind::Country && p.span.overlaps(span(n));
        let from = clauses
            .preposition(n)
            .is_some_and(|p| scene.marks.has(scene.token_at(span(p).start), scene.language.lists.member));
        if let Some(p) = scene.places.iter().find(inside).filter(|_| from) {
            let country = Gazetteer::builtin().entry(p.entry).map_or("", |e| e.country);
            add(TraitKind::Nation, country, p.span);
        }
    }
    for n in nouns.iter().copied().filter(|n| tree.nodes[*n].tag != Upos::Adj) {
        let classes = classes(clauses, n);
        if !classes.has(Class::Person) && !classes.any(&[Class::Force, Class::ArmedGroup, Class::Government]) {
            continue;
        }
        if classes.any(WORK) {
            add(TraitKind::Occupation, &tree.nodes[n].lemma.to_lowercase(), span(n));
        }
        match FORCES.iter().find(|(_, c)| classes.any(c)) {
            Some((force, _)) => add(TraitKind::Force, force, span(n)),
            // A word that says more than that they are people.
            None if classes.is_civilian() && classes.iter().count() > 1 => add(TraitKind::Force, "civilians", span(n)),
            None => {}
        }
    }
    if let Some(actor) = scene.actors_in(clauses, at).into_iter().map(|a| &scene.actors[a]).find(|a| !a.generic) {
        add(TraitKind::Side, &actor.key, actor.span);
    }
    out
}

/// The country whose people a word names: "Norlanders", "Norlandic".
fn demonym(word: &str) -> Option<&'static str> {
    if !word.starts_with(char::is_uppercase) {
        return None;
    }
    let gazetteer = Gazetteer::builtin();
    let found = gazetteer.lookup(&fold(word)).find(|c| c.demonym)?;
    gazetteer.entry(found.entry).map(|e| e.country)
}
