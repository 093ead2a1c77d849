//! Hedges and negation: words that deny or weaken, and how far they reach.
//!
//! The reach is read from the tree: an adverb, an auxiliary or "no" reaches over its clause, an adjective over its noun
//! phrase, a verb ("failed to", "is believed to have") over its complement. Estimative words carry the probability range of
//! a published scale, named with it; words that no scale defines carry their kind and no number.

use crate::grammar::{Syntax, Tree, Upos};
use crate::{Span, Tokens, phrases};
use std::collections::HashMap;
use std::sync::LazyLock;

static LIST: &str = include_str!("../../../language/en/hedges.txt");

/// No sentence of prose is longer; what is, is not read, which bounds the time for a word.
const LONGEST: usize = 600;

/// A word that denies or weakens what it governs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hedge {
    /// The word or phrase itself.
    pub span: Span,
    /// What it governs, from the first to the last word; holds the hedge itself where it stands inside.
    pub scope: Span,
    /// How it weakens.
    pub kind: HedgeKind,
    /// How probable it makes what it governs, where a published scale says so.
    pub odds: Option<Odds>,
}

/// How a hedge weakens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HedgeKind {
    /// Said not to be so: not, never, without, failed to.
    Negation,
    /// A word of a scale of probability: likely, almost certain.
    Estimate,
    /// It can be so: may, might, possibly.
    Possible,
    /// Somebody suspects it: suspected militants.
    Suspected,
    /// Somebody believes it: is believed to.
    Believed,
    /// Others say so: allegedly, reportedly.
    Reported,
    /// It looks so: apparently, seems to.
    Apparent,
    /// Nobody has confirmed it: unconfirmed reports.
    Unconfirmed,
    /// Only under a condition: if, unless, would.
    Conditional,
}

/// A range of probability.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Odds {
    /// Lower bound. *Units*: per cent.
    pub low: u8,
    /// Upper bound. *Units*: per cent.
    pub high: u8,
    /// The scale that says so, as `hedges.txt` names it: `icd203`, `phia`.
    pub scale: &'static str,
}

type Row = (Vec<&'static str>, HedgeKind, Option<Odds>);

static ROWS: LazyLock<HashMap<&'static str, Vec<Row>>> = LazyLock::new(|| {
    let sections = phrases::sections(LIST);
    let mut out: HashMap<&'static str, Vec<Row>> = HashMap::new();
    let mut put = |words: &'static str, kind, odds| {
        let mut words = words.split(' ');
        if let Some(first) = words.next() {
            out.entry(first).or_default().push((words.collect(), kind, odds));
        }
    };
    for scale in ["icd203", "phia"] {
        for (words, range) in sections.get(scale).into_iter().flatten() {
            let odds = range.split_once(' ').and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
            put(words, HedgeKind::Estimate, odds.map(|(low, high)| Odds { low, high, scale }));
        }
    }
    for (name, kind) in [
        ("negation", HedgeKind::Negation),
        ("possible", HedgeKind::Possible),
        ("suspected", HedgeKind::Suspected),
        ("believed", HedgeKind::Believed),
        ("reported", HedgeKind::Reported),
        ("apparent", HedgeKind::Apparent),
        ("unconfirmed", HedgeKind::Unconfirmed),
        ("conditional", HedgeKind::Conditional),
    ] {
        for (words, _) in sections.get(name).into_iter().flatten() {
            put(words, kind, None);
        }
    }
    for rows in out.values_mut() {
        rows.sort_by_key(|r| std::cmp::Reverse(r.0.len()));
    }
    out
});

/// The hedges of an article in text order. Only sentences that are `wanted`, by their index, and hold a word of the lists
/// are parsed. *Cost*: that of parsing those.
pub fn hedges(tokens: &Tokens, syntax: &Syntax<'_>, wanted: impl Fn(usize) -> bool) -> Vec<Hedge> {
    let mut out = Vec::new();
    for (n, s) in tokens.sentences.iter().enumerate() {
        // "Didn't" is one token here and two words in the tree.
        let may = |norm: &str| ROWS.contains_key(norm) || norm.ends_with("n't");
        if wanted(n) && s.tokens.1 - s.tokens.0 <= LONGEST && tokens.sentence(s).iter().any(|t| may(&t.norm)) {
            sentence(syntax.text(), syntax.tree(n), &mut out);
        }
    }
    out
}

fn sentence(text: &str, tree: &Tree<'_>, out: &mut Vec<Hedge>) {
    let norms: Vec<String> = tree.nodes.iter().map(|n| crate::fold(n.span.of(text))).collect();
    if norms.len() > 2 * LONGEST {
        return;
    }
    let mut i = 0;
    while i < norms.len() {
        let rows = ROWS.get(norms[i].as_str()).map_or(&[][..], Vec::as_slice);
        let fits = |r: &&Row| r.0.iter().enumerate().all(|(k, w)| norms.get(i + 1 + k).is_some_and(|n| n == w));
        let Some((rest, kind, odds)) = rows.iter().find(fits) else {
            i += 1;
            continue;
        };
        let last = i + rest.len();
        if let Some(scope) = scope(tree, last, *kind) {
            let span = tree.nodes[i].span.join(tree.nodes[last].span);
            out.push(Hedge { span, scope, kind: *kind, odds: *odds });
        }
        i = last + 1;
    }
}

/// What the hedge at word `i` governs; none where the word is used in another sense.
fn scope(tree: &Tree<'_>, i: usize, kind: HedgeKind) -> Option<Span> {
    let head = tree.nodes[i].head;
    let complement = || tree.child(i, &["xcomp", "ccomp", "csubj"]);
    match (tree.relation(i), tree.nodes[i].tag) {
        ("amod" | "compound", _) => head.map(|h| phrase(tree, h)),
        // "Without a warning", "if they come": what the word leads.
        ("case" | "mark", _) => head.map(|h| clause(tree, h)),
        ("det", _) => head.map(|h| clause(tree, governor(tree, h))),
        ("advmod" | "aux" | "cc" | "discourse", _) => head.map(|h| clause(tree, h)),
        (_, Upos::Verb | Upos::Adj | Upos::Aux) => match (complement(), kind) {
            // What is denied or failed at, or with a subject raised from it: "is believed to have fired".
            (Some(c), HedgeKind::Negation) => Some(clause(tree, c)),
            (Some(_), _) => Some(clause(tree, i)),
            (None, HedgeKind::Negation) => tree.child(i, &["obj"]).map(|o| phrase(tree, o)),
            (None, HedgeKind::Believed) => None,
            (None, _) => Some(clause(tree, i)),
        },
        (_, Upos::Noun) => {
            let inner = tree.child(i, &["acl", "ccomp", "nmod"]);
            Some(inner.map_or_else(|| phrase(tree, i), |c| clause(tree, c)))
        }
        _ => head.map(|h| clause(tree, governor(tree, h))).or_else(|| Some(clause(tree, i))),
    }
}

/// The verb that a noun phrase is part of.
fn governor(tree: &Tree<'_>, mut i: usize) -> usize {
    for _ in 0..6 {
        if !matches!(tree.relation(i), "nsubj" | "obj" | "iobj" | "obl" | "nmod" | "conj" | "det") {
            break;
        }
        match tree.nodes[i].head {
            Some(h) => i = h,
            None => break,
        }
    }
    i
}

fn phrase(tree: &Tree<'_>, h: usize) -> Span {
    tree.span(tree.range(h))
}

/// The words under `h` without marks at the ends and without clauses that are only joined to it.
fn clause(tree: &Tree<'_>, h: usize) -> Span {
    let range = tree.range(h);
    let (mut from, mut to) = (range.start, range.end);
    for k in tree.children(h).filter(|k| matches!(tree.relation(*k), "conj" | "parataxis")) {
        let own = tree.child(k, &["nsubj", "csubj"]).is_some();
        let inside = tree.range(k);
        if own && inside.start > h {
            to = to.min(inside.start);
        } else if own && inside.end <= h {
            from = from.max(inside.end);
        }
    }
    let mark = |i: usize| tree.nodes[i].tag == Upos::Punct || tree.nodes[i].tag == Upos::Cconj;
    while from < h && mark(from) {
        from += 1;
    }
    while to > h + 1 && mark(to - 1) {
        to -= 1;
    }
    tree.span(from..to)
}
