//! Headcounts: the numbers of people in a sentence, each with the word of the tree that stands for them, and what they are
//! part of.
//!
//! A number phrase and the noun that it counts are one headcount; so is one person behind "a". Of what whole a headcount is
//! a part is read from its form: "two of the dead", "including three children", "five of them policemen", "the third".

use crate::language::Language;
use crate::scene::{Scene, beginning};
use article::classes::{Class, Classes, Senses};
use article::grammar::{Clauses, Node, Upos};
use article::{Span, Unit};

/// A number of people, as one sentence puts it.
#[derive(Debug, Clone)]
pub(crate) struct Headcount {
    /// The word that stands for them in the tree: the noun counted, or the number where no noun stands.
    pub(crate) node: usize,
    /// The numeral, or the article of a single person.
    pub(crate) number: usize,
    pub(crate) low: Option<u64>,
    pub(crate) high: Option<u64>,
    /// The number phrase as printed.
    pub(crate) words: Span,
    /// The number phrase with its noun.
    pub(crate) span: Span,
    /// Who is counted, as printed.
    pub(crate) who: Option<Span>,
    pub(crate) of: Whole,
    /// What is counted may be people: no noun, or one for people.
    pub(crate) people: bool,
    /// The noun is one for members of armed groups, or an armed group is named in it.
    pub(crate) fighters: bool,
    /// One person behind an article.
    pub(crate) single: bool,
    /// The first token.
    pub(crate) token: usize,
}

/// What a headcount is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whole {
    /// Nothing named here.
    Itself,
    /// Of those that this word of the tree stands for: "two of the dead".
    Of(usize),
    /// Of those counted before: "five of them", "including three", "the third".
    Before,
}

/// The headcounts of a sentence in text order.
pub(crate) fn headcounts(scene: &Scene<'_>, language: &Language, sentence: usize) -> Vec<Headcount> {
    let tokens = scene.tokens.sentences[sentence].tokens;
    let amounts = beginning(&scene.amounts, |a| a.tokens, tokens);
    let clauses = scene.clauses(sentence);
    let mut out: Vec<Headcount> = Vec::new();
    for a in amounts {
        if scene.amounts[a].unit == Unit::Count {
            out.extend(numbered(scene, language, clauses, a));
        }
    }
    for node in 0..clauses.tree.nodes.len() {
        let taken = |h: &Headcount| h.node == node || h.number == node;
        if !out.iter().any(taken) {
            out.extend(single(scene, language, clauses, node));
        }
    }
    out.sort_by_key(|h| h.span);
    out
}

/// The headcount of a number phrase.
fn numbered(scene: &Scene<'_>, language: &Language, clauses: Clauses<'_>, amount: usize) -> Option<Headcount> {
    let l = &language.lists;
    let amount = &scene.amounts[amount];
    let nodes = &clauses.tree.nodes;
    let inside = |i: usize| nodes[i].span.overlaps(amount.span);
    // The number proper stands last in its phrase: "more than [40]".
    let number = (0..nodes.len()).rev().find(|i| inside(*i) && nodes[*i].tag != Upos::Adp)?;
    let outer = nodes[number].head;
    let relation = clauses.tree.relation(number);
    let head = outer.filter(|h| *h > number && matches!(relation, "nummod" | "amod" | "compound" | "det" | "nmod"));
    let partitive = clauses.tree.children(number).find(|c| {
        let of = |p: usize| scene.marks.has(scene.token_at(nodes[p].span.start), l.of);
        clauses.tree.relation(*c) == "nmod" && clauses.preposition(*c).is_some_and(of) && *c > number
    });
    let (node, noun, of) = match (head, partitive) {
        // "two of the dead", "three of them", but "dozens of people"
        (None, Some(of)) if definite(scene, l, clauses, of) => (number, None, Whole::Of(of)),
        (None, Some(of)) => (of, Some(of), Whole::Itself),
        // "six wounded": who is counted is not named.
        (Some(head), _) if !clauses.is_nominal(head) => (head, None, Whole::Itself),
        (Some(head), _) => (head, Some(head), Whole::Itself),
        (None, None) => (number, None, Whole::Itself),
    };
    // "two of his colleagues": the noun names them, though the number stands for them.
    let named = noun.or(partitive.filter(|of| is_person(clauses, *of) && clauses.tree.nodes[*of].tag != Upos::Pron));
    let who = named.map(|n| phrase(scene, clauses, n, amount.span.end));
    Some(Headcount {
        node,
        number,
        low: amount.low,
        high: amount.high,
        words: amount.span,
        span: who.map_or(amount.span, |w| amount.span.join(w)),
        who,
        of: if is_part(scene, l, clauses, node) && of == Whole::Itself { Whole::Before } else { of },
        people: noun.is_none_or(|n| is_person(clauses, n)),
        fighters: named.is_some_and(|n| fights(scene, clauses, n)),
        single: false,
        token: scene.token_at(amount.span.start),
    })
}

/// One person behind an article ("a constable"), or one of a series ("the third").
fn single(scene: &Scene<'_>, language: &Language, clauses: Clauses<'_>, node: usize) -> Option<Headcount> {
    let l = &language.lists;
    let nodes = &clauses.tree.nodes;
    let article = clauses.tree.child(node, &["det"]).filter(|d| *d < node)?;
    let has = |i: usize, list| scene.marks.has(scene.token_at(nodes[i].span.start), list);
    let ordinal = has(node, l.ordinal) && clauses.is_nominal(node) && has(article, l.the);
    if !ordinal && !(has(article, l.one) && is_person(clauses, node) && !plural(scene, clauses, node)) {
        return None;
    }
    let span = phrase(scene, clauses, node, nodes[article].span.start);
    let part = ordinal || is_part(scene, l, clauses, node);
    Some(Headcount {
        node,
        number: article,
        low: Some(1),
        high: Some(1),
        words: span,
        span,
        who: (!ordinal).then_some(span),
        of: if part { Whole::Before } else { Whole::Itself },
        people: true,
        fighters: fights(scene, clauses, node),
        single: true,
        token: scene.token_at(nodes[article].span.start),
    })
}

/// "them", "those killed", "the dead": people named before or by what befell them.
fn definite(scene: &Scene<'_>, l: &crate::language::Lists, clauses: Clauses<'_>, of: usize) -> bool {
    let node = &clauses.tree.nodes[of];
    let article = |c: usize| scene.marks.has(scene.token_at(clauses.tree.nodes[c].span.start), l.the);
    node.tag == Upos::Pron
        || clauses.tree.children(of).any(article)
        || clauses.tree.child(of, &["nmod:poss"]).is_some()
        || article(of)
}

/// Whether "including" or "among them" stands before it, or it explains those counted before.
fn is_part(scene: &Scene<'_>, l: &crate::language::Lists, clauses: Clauses<'_>, node: usize) -> bool {
    let part = |i: usize| scene.marks.end(scene.token_at(clauses.tree.nodes[i].span.start), l.part).is_some();
    clauses.tree.children(node).any(|c| c < node && matches!(clauses.tree.relation(c), "case" | "mark") && part(c))
        || clauses.tree.relation(node) == "obj" && clauses.tree.nodes[node].head.is_some_and(part)
}

/// Whether the noun is one for people; a number or pronoun may be.
pub(crate) fn is_person(clauses: Clauses<'_>, node: usize) -> bool {
    let n = &clauses.tree.nodes[node];
    // "employees hostage", read as a compound.
    let before = clauses.tree.children(node).filter(|c| clauses.tree.relation(*c) == "compound");
    matches!(n.tag, Upos::Num | Upos::Pron)
        || [node].into_iter().chain(before.filter(|_| clauses.lemma(node) == "hostage")).any(|i| people(noun(clauses, i)))
}

/// Whether a noun mostly means people, or bodies.
fn people(senses: Senses<'_>) -> bool {
    let share = senses.share(Class::Person) + senses.share(Class::Body);
    share >= 0.4 || senses.main().has(Class::Person)
}

/// The senses of a noun with the nouns before it.
fn noun<'c>(clauses: Clauses<'c>, node: usize) -> Senses<'c> {
    let before = clauses.tree.children(node).filter(|c| *c < node && clauses.tree.relation(*c) == "compound");
    let first = before.min().unwrap_or(node);
    Classes::builtin().of(clauses.tree.span(first..node + 1).of(clauses.text))
}

fn fights(scene: &Scene<'_>, clauses: Clauses<'_>, node: usize) -> bool {
    let armed = |a: usize| scene.actors[a].armed;
    noun(clauses, node).is(Class::Fighter, 2) || scene.actors_in(clauses, node).into_iter().any(armed)
}

fn plural(scene: &Scene<'_>, clauses: Clauses<'_>, node: usize) -> bool {
    let form = scene.norm(scene.token_at(clauses.tree.nodes[node].span.start));
    form != clauses.lemma(node).to_lowercase() && form.ends_with('s')
}

/// The noun with the words before it up to `from`, and the name behind "of".
fn phrase(scene: &Scene<'_>, clauses: Clauses<'_>, noun: usize, from: u32) -> Span {
    let nodes = &clauses.tree.nodes;
    let of = |n: &Node<'_>| n.tag == Upos::Adp;
    let first = nodes.iter().find(|n| n.span.start >= from && !of(n)).map_or(nodes[noun].span, |n| n.span);
    let end = scene.token_at(nodes[noun].span.end.saturating_sub(1)) + 1;
    // "members of ISIS", "residents of Markapara": the name behind "of" belongs to the phrase.
    let of = clauses.tree.children(noun).any(|c| clauses.preposition(c) == Some(noun + 1));
    let name = scene.name_end(end + 1).filter(|_| of);
    let last = name.map_or(nodes[noun].span, |e| scene.span((end, e)));
    first.join(nodes[noun].span).join(last)
}
