//! Whether a clause tells one happening, though it gives no number, day or place: "the mayor was shot by unidentified men",
//! "a bomb exploded in the bathroom". Violence in general has plurals, the present tense and nobody in particular.

use crate::account::{Measure, Mention, Standing};
use crate::language::Language;
use crate::roles::Deed;
use crate::scene::Scene;
use crate::scenery::is;
use crate::stage::hindered;
use article::Span;
use article::classes::{Class, Classes};
use article::grammar::{Clauses, Upos};

/// Nouns for those who do violence and have no name.
const DOERS: &[Class] = &[Class::Fighter, Class::Criminal, Class::ArmedGroup, Class::Soldier];

/// Whether somebody in particular was killed, hurt or taken, within `inside`: a name, or one person.
pub(crate) fn befell(scene: &Scene<'_>, language: &Language, sentence: usize, inside: Span) -> bool {
    let clauses = scene.clauses(sentence);
    told(scene, language, sentence, inside).any(|d| {
        Measure::named(language.roles.name(d.outcome)).is_some_and(harms)
            && d.argument != d.node
            && (named(clauses, d.argument) || one(clauses, d.argument, &[Class::Person]))
    })
}

/// The names of those who were killed, hurt or taken, within `inside`; the rule tells which.
pub(crate) fn names(scene: &Scene<'_>, language: &Language, sentence: usize, inside: Span) -> Vec<Mention> {
    let clauses = scene.clauses(sentence);
    let nodes = &clauses.tree.nodes;
    let mut out: Vec<Mention> = Vec::new();
    for d in told(scene, language, sentence, inside).filter(|d| d.argument != d.node && named(clauses, d.argument)) {
        let Some(m) = Measure::named(language.roles.name(d.outcome)).filter(|m| harms(*m)) else { continue };
        // A name is a run of proper nouns.
        let from = (0..d.argument).rev().take_while(|i| named(clauses, *i)).last().unwrap_or(d.argument);
        let to = (d.argument..nodes.len()).take_while(|i| named(clauses, *i)).last().unwrap_or(d.argument);
        let span = clauses.tree.span(from..to + 1);
        if !out.iter().any(|o| o.span == span) {
            out.push(Mention { words: span.of(clauses.text).to_owned(), span, by: format!("deeds/{m}") });
        }
    }
    out
}

fn harms(measure: Measure) -> bool {
    matches!(measure, Measure::Killed | Measure::Injured | Measure::Abducted)
}

/// Whether somebody who is only described does it, within `inside`: "an attack by terrorists".
pub(crate) fn done(scene: &Scene<'_>, language: &Language, sentence: usize, inside: Span) -> bool {
    let clauses = scene.clauses(sentence);
    // "Attacks are carried out by terrorists" tells of none.
    let general = |d: &Deed| {
        let what = ["nsubj:pass", "obj"].iter().find_map(|r| clauses.tree.child(d.node, &[r]));
        what.is_some_and(|w| clauses.tree.nodes[w].tag == Upos::Noun && !one(clauses, w, &[]))
    };
    told(scene, language, sentence, inside).any(|d| {
        let stated = Standing::named(language.roles.name(d.outcome)) == Some(Standing::Stated);
        let verb = clauses.tree.nodes[d.node].tag == Upos::Verb;
        let once = if verb { was(clauses, d.node) && !general(d) } else { one(clauses, d.node, &[]) };
        stated && once && is(clauses, d.argument, DOERS)
    })
}

/// Whether the word at token `at` is a verb of the past with one subject or object: "a bomb exploded", "attacked the farm".
pub(crate) fn once(scene: &Scene<'_>, sentence: usize, at: usize) -> bool {
    let clauses = scene.clauses(sentence);
    let Some(node) = scene.tokens.tokens.get(at).and_then(|t| clauses.tree.at(t.span.start)) else { return false };
    let whole = |n: usize| one(clauses, n, &[]) || named(clauses, n);
    let argument = |c: usize| ["nsubj", "nsubj:pass", "obj"].contains(&clauses.tree.relation(c)) && whole(c);
    // Short clauses are often taken for a noun with a participle: "a bomb exploded".
    let participle = || clauses.tree.relation(node) == "acl" && clauses.tree.nodes[node].head.is_some_and(whole);
    clauses.tree.nodes[node].tag == Upos::Verb
        && was(clauses, node)
        && (clauses.tree.children(node).any(argument) || participle())
}

/// The deeds within `inside` that came to pass.
fn told<'s>(
    scene: &'s Scene<'_>,
    language: &'s Language,
    sentence: usize,
    inside: Span,
) -> impl Iterator<Item = &'s Deed> {
    let clauses = scene.clauses(sentence);
    let here = move |d: &&Deed| inside.contains(clauses.tree.nodes[d.node].span);
    let possible = move |n: usize| {
        let token = |c: usize| scene.token_at(clauses.tree.nodes[c].span.start);
        clauses.tree.children(n).any(|c| {
            scene.marks.has(token(c), language.lists.hypothetical) || scene.marks.has(token(c), language.lists.not)
        })
    };
    let real = move |d: &&Deed| !possible(d.node) && !hindered(scene, language, clauses, d.node);
    scene.deeds(sentence).iter().filter(here).filter(real)
}

/// Whether a verb is of the past: its form is neither the dictionary's nor that of the present. A noun has no tense.
fn was(clauses: Clauses<'_>, node: usize) -> bool {
    let n = &clauses.tree.nodes[node];
    let form = n.span.of(clauses.text).to_lowercase();
    n.tag != Upos::Verb || form != n.lemma && !form.ends_with('s') && !form.ends_with("ing")
}

/// A name.
fn named(clauses: Clauses<'_>, node: usize) -> bool {
    clauses.tree.nodes[node].tag == Upos::Propn
}

/// One thing or person of the classes, or of any if there are none; or several that are counted or pointed at: "two bombs",
/// "the priests".
fn one(clauses: Clauses<'_>, node: usize, classes: &[Class]) -> bool {
    let n = &clauses.tree.nodes[node];
    let plural = Classes::builtin().plural(n.span.of(clauses.text));
    n.tag == Upos::Noun
        && (!plural || clauses.tree.child(node, &["det", "nummod", "nmod:poss"]).is_some())
        && (classes.is_empty() || is(clauses, node, classes))
}
