//! Whether a clause tells one happening, though it gives no number, day or place: "the mayor was shot by unidentified men",
//! "a bomb exploded in the bathroom". Violence in general has plurals, the present tense and nobody in particular.

use crate::account::{Measure, Standing};
use crate::language::Language;
use crate::roles::Deed;
use crate::scene::Scene;
use crate::scenery::is;
use crate::stage::hindered;
use article::Span;
use article::classes::{Class, Classes};
use article::grammar::{Clauses, Upos};

/// Nouns for those who do violence and have no name.
pub(crate) const DOERS: &[Class] = &[Class::Fighter, Class::Criminal, Class::ArmedGroup, Class::Soldier];

/// Whether somebody in particular was killed, hurt or taken, within `inside`: a name, or one person.
pub(crate) fn befell(scene: &Scene<'_>, language: &Language, sentence: usize, inside: Span) -> bool {
    let clauses = scene.clauses(sentence);
    told(scene, language, sentence, inside).any(|d| {
        let measure = Measure::named(language.roles.name(d.outcome));
        let harms = matches!(measure, Some(Measure::Killed | Measure::Injured | Measure::Abducted));
        harms && d.argument != d.node && (named(clauses, d.argument) || one(clauses, d.argument, &[Class::Person]))
    })
}

/// Whether somebody who is only described does it, within `inside`: "an attack by terrorists".
pub(crate) fn done(scene: &Scene<'_>, language: &Language, sentence: usize, inside: Span) -> bool {
    let clauses = scene.clauses(sentence);
    told(scene, language, sentence, inside).any(|d| {
        let stated = Standing::named(language.roles.name(d.outcome)) == Some(Standing::Stated);
        stated && was(clauses, d.node) && is(clauses, d.argument, DOERS)
    })
}

/// Whether the word at token `at` is a verb of the past with one subject or object: "a bomb exploded", "attacked the farm".
pub(crate) fn once(scene: &Scene<'_>, sentence: usize, at: usize) -> bool {
    let clauses = scene.clauses(sentence);
    let node = scene.tokens.tokens.get(at).and_then(|t| clauses.tree.at(t.span.start));
    let arguments = ["nsubj", "nsubj:pass", "obj"];
    node.is_some_and(|n| {
        let verb = clauses.tree.nodes[n].tag == Upos::Verb;
        let whole =
            |c: usize| arguments.contains(&clauses.tree.relation(c)) && (one(clauses, c, &[]) || named(clauses, c));
        verb && was(clauses, n) && clauses.tree.children(n).any(whole)
    })
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

/// One thing or person of the classes, or of any if there are none.
fn one(clauses: Clauses<'_>, node: usize, classes: &[Class]) -> bool {
    let n = &clauses.tree.nodes[node];
    n.tag == Upos::Noun
        && !Classes::builtin().plural(n.span.of(clauses.text))
        && (classes.is_empty() || is(clauses, node, classes))
}
