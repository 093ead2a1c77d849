//! The nouns that may mean people or things that were hit, with the numbers that count them.

use super::seen::{Line, Told};
use crate::fill::{Keys, Role, plain};
use crate::phrase::{core, last, number};
use crate::scene::Scene;
use crate::scenery::{MOVING, SITES};
use article::classes::{Class, ClassSet, Classes};
use article::grammar::{Clauses, Upos};
use article::{Span, counts};

/// What a noun may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// People: by name, as one or several.
    People,
    /// What can be damaged.
    Thing,
}

impl Kind {
    /// All kinds.
    pub const ALL: &'static [Kind] = &[Kind::People, Kind::Thing];

    /// The name in the model's file.
    pub fn name(self) -> &'static str {
        match self {
            Kind::People => "people",
            Kind::Thing => "things",
        }
    }
}

/// A noun that may mean people or a thing that was hit.
#[derive(Debug, Clone)]
pub struct Noun {
    /// The noun with the words close before it that say who or what it is, and the rest of a name behind it.
    pub span: Span,
    /// Its last word, plain: mentions with the same one are taken for one.
    pub head: String,
    /// People or a thing.
    pub kind: Kind,
    /// Whether it is a name.
    pub name: bool,
    /// How many at least.
    pub low: Option<u64>,
    /// How many at most.
    pub high: Option<u64>,
    /// Whether words count it: a number, or an article before one.
    pub counted: bool,
    /// Features of the noun where it stands.
    pub keys: Vec<u64>,
}

/// Groups of people by a noun of their own.
const PEOPLE: &[Class] = &[
    Class::Person,
    Class::Body,
    Class::Family,
    Class::Group,
    Class::Force,
    Class::Organisation,
    Class::Government,
    Class::Party,
];
/// What else can be damaged.
const THINGS: &[Class] =
    &[Class::Settlement, Class::Terrain, Class::Company, Class::Media, Class::Animal, Class::Substance];

/// Sentences longer than this are no prose.
const LONGEST: usize = 150;

/// Whether something of this kind can fill the role.
pub(super) fn fits(role: Role, kind: Kind) -> bool {
    matches!((role, kind), (Role::Victim, Kind::People) | (Role::Target, Kind::Thing))
}

/// The nouns of these kinds in the sentences near a word of violence, in text order.
pub(super) fn nouns(scene: &Scene<'_>, kinds: &[Kind], k: &mut Keys<'_>) -> Vec<Noun> {
    let mut out = Vec::new();
    let told = Told::of(scene);
    for n in (0..scene.tokens.sentences.len()).filter(|n| scene.near[*n]) {
        let clauses = scene.clauses(n);
        if clauses.tree.nodes.is_empty() || clauses.tree.nodes.len() > LONGEST {
            continue;
        }
        let found: Vec<(usize, Kind, bool)> = (0..clauses.tree.nodes.len())
            .filter_map(|at| candidate(clauses, at))
            .filter(|c| kinds.contains(&c.1))
            .collect();
        if found.is_empty() {
            continue;
        }
        let counted = counts(&scene.tokens, &scene.amounts, &scene.syntax, n);
        let line = Line::of(scene, n, &told);
        for (at, kind, name) in found {
            let last = clauses.tree.nodes[last(clauses, at)].span;
            let (span, head) = (core(clauses, at), plain(last.of(clauses.text)));
            let (low, high, own) = number(clauses, &counted, at, name);
            line.features(at, name, own.then_some((low, high)), k);
            out.push(Noun { span, head, kind, name, low, high, counted: own, keys: k.take() });
        }
    }
    out
}

/// Whether the word at `at` heads a phrase for people or a thing, and whether that is a name of people.
fn candidate(clauses: Clauses<'_>, at: usize) -> Option<(usize, Kind, bool)> {
    let n = &clauses.tree.nodes[at];
    let noun =
        matches!(n.tag, Upos::Noun | Upos::Propn) || n.tag == Upos::Adj && clauses.tree.child(at, &["det"]).is_some();
    if !noun || matches!(clauses.tree.relation(at), "flat" | "compound") || n.span.len() < 2 {
        return None;
    }
    let classes: ClassSet = Classes::builtin().of(n.span.of(clauses.text)).main();
    let titled = clauses.tree.children(at).any(|c| c > at && clauses.tree.relation(c) == "flat");
    match () {
        _ if classes.any(PEOPLE) => Some((at, Kind::People, titled)),
        _ if classes.any(SITES) || classes.any(MOVING) || classes.any(THINGS) => Some((at, Kind::Thing, false)),
        // What no list knows is a name, and names are of people or of things.
        _ if n.tag == Upos::Propn => Some((at, Kind::People, true)),
        _ => None,
    }
}
