//! What a sentence says became of whom and of what: the deeds of `roles.txt` that harm people, and those of `effects.txt`.

use crate::account::{Effect, Measure};
use crate::phrase::classes;
use crate::roles::{Deed, FREED};
use crate::scene::Scene;
use crate::scenery::{MOVING, SITES};
use crate::stage::hindered;
use article::Span;
use article::classes::Class;
use article::grammar::{Clauses, Upos};

/// Something that became of the word at `argument`, and the word that says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Befallen {
    pub(crate) effect: Effect,
    pub(crate) cue: usize,
    pub(crate) argument: usize,
}

/// Nouns that mean people, alone or together.
const PEOPLE: &[Class] = &[Class::Person, Class::Body, Class::Family, Class::Force, Class::ArmedGroup];
/// What can be damaged beside buildings and vehicles.
const OTHER: &[Class] = &[Class::Settlement, Class::Terrain, Class::Weapon];

/// What became of people and things within `inside`, in text order. What was only tried or planned became of nobody; what did
/// not happen left them as they were.
pub(crate) fn befallen(scene: &Scene<'_>, sentence: usize, inside: Span) -> Vec<Befallen> {
    let language = scene.language;
    let clauses = scene.clauses(sentence);
    let nodes = &clauses.tree.nodes;
    let token = |n: usize| scene.token_at(nodes[n].span.start);
    let says = |n: usize, list| clauses.tree.children(n).any(|c| scene.marks.has(token(c), list));
    let mut out: Vec<Befallen> = Vec::new();
    let mut add = |deed: &Deed, effect: Effect| {
        // "three hostages" are some, "captive" says what somebody is.
        let counted = |n: usize| clauses.tree.child(n, &["det", "nummod"]).is_some() && nodes[n].tag == Upos::Noun;
        if deed.node == deed.argument && !counted(deed.node) || !inside.contains(nodes[deed.node].span) {
            return;
        }
        if says(deed.node, language.lists.hypothetical) || hindered(scene, language, clauses, deed.node) {
            return;
        }
        let nobody =
            scene.marks.has(token(deed.argument), language.lists.not) || says(deed.argument, language.lists.not);
        let effect = match (nobody, says(deed.node, language.lists.not), effect) {
            (true, ..) => return,
            (_, false, effect) => effect,
            (_, true, Effect::Killed | Effect::Injured) => Effect::Unharmed,
            (_, true, Effect::Destroyed | Effect::Damaged) => Effect::Intact,
            _ => return,
        };
        let thing = matches!(effect, Effect::Destroyed | Effect::Damaged | Effect::Intact);
        let one = Befallen { effect, cue: deed.node, argument: deed.argument };
        let fits = if thing { is_thing(scene, clauses, deed.argument) } else { people(scene, clauses, deed.argument) };
        if fits && !out.contains(&one) {
            out.push(one);
        }
    };
    for deed in language.effects.deeds(clauses) {
        if let Some(effect) = Effect::named(language.effects.name(deed.outcome)) {
            add(&deed, effect);
        }
    }
    for deed in scene.deeds(sentence) {
        if let Some(effect) = of(language.roles.name(deed.outcome)) {
            add(deed, effect);
        }
    }
    // Who got away is free as well, and who is freed was held: the narrower word tells.
    let free = |b: &Befallen| matches!(b.effect, Effect::Escaped | Effect::Rescued);
    let wide = |b: &Befallen| matches!(b.effect, Effect::Freed | Effect::Held | Effect::Taken);
    let narrow: Vec<usize> = out.iter().filter(|b| free(b)).map(|b| b.argument).collect();
    out.retain(|b| !wide(b) || !narrow.contains(&b.argument));
    out.sort_by_key(|b| (nodes[b.argument].span, b.effect));
    out
}

/// The effect that an outcome of `roles.txt` is.
pub(crate) fn of(outcome: &str) -> Option<Effect> {
    match (Measure::named(outcome), outcome) {
        (_, FREED) => Some(Effect::Freed),
        (Some(Measure::Killed), _) => Some(Effect::Killed),
        (Some(Measure::Injured), _) => Some(Effect::Injured),
        (Some(Measure::Missing), _) => Some(Effect::Missing),
        (Some(Measure::Abducted), _) => Some(Effect::Taken),
        _ => None,
    }
}

/// Whether a word means people: by its noun, by a name, or by pointing at them.
fn people(scene: &Scene<'_>, clauses: Clauses<'_>, at: usize) -> bool {
    let n = &clauses.tree.nodes[at];
    match n.tag {
        Upos::Propn => !classes(clauses, at).any(SITES),
        Upos::Pron | Upos::Num | Upos::Det => {
            n.tag == Upos::Num || scene.marks.has(scene.token_at(n.span.start), scene.language.lists.them)
        }
        Upos::Noun | Upos::Adj => classes(clauses, at).any(PEOPLE),
        _ => false,
    }
}

/// Whether a word means a thing that can be damaged.
fn is_thing(scene: &Scene<'_>, clauses: Clauses<'_>, at: usize) -> bool {
    let n = &clauses.tree.nodes[at];
    let listed = scene.language.lexicon.has(&n.lemma.to_lowercase(), scene.language.lists.goods);
    let classes = classes(clauses, at);
    matches!(n.tag, Upos::Noun | Upos::Propn) && (listed || [SITES, MOVING, OTHER].iter().any(|c| classes.any(c)))
}
