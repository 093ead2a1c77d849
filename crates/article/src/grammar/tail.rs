//! Attributions that close a sentence: "..., police and a hospital official said."
//!
//! News hang who says it behind what is said, and a parser that was mostly taught other prose takes the speakers for further
//! things that the sentence lists: "wounding 21, police and a hospital official". Where a tree shows that, the two parts are
//! parsed each by itself, which a parser does well, and joined again.

use super::{Node, Tree, Upos, Worker};
use crate::Span;
use crate::phrases::sections;
use std::sync::LazyLock;

/// Most words behind the verb: "told reporters in the capital on Monday".
const BEHIND: usize = 8;

/// Verbs that close a sentence with who says it.
static SAYING: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let mut rows = sections(include_str!("../../../../language/en/clauses.txt"));
    rows.remove("closing").unwrap_or_default().into_iter().map(|(w, _)| w).collect()
});

/// The tree with its closing attribution set right, where it was read into the rest. *Cost*: that of a second parse, for
/// the few sentences that need it.
pub(super) fn mended(worker: &mut Worker<'static>, text: &str, words: &[Span], tree: Tree<'static>) -> Tree<'static> {
    let Some(cut) = torn(&tree) else { return tree };
    let verb = tree.nodes[cut..].iter().rposition(|n| says(n)).map_or(cut, |v| v + cut);
    let (told, telling) = (worker.parse(text, &words[..cut]), worker.parse(text, &words[cut..]));
    let (Some(first), Some(second)) = (told.root(), telling.root()) else { return tree };
    if second + cut != verb {
        return tree;
    }
    let mut nodes: Vec<Node<'static>> = told.nodes;
    nodes.extend(telling.nodes.into_iter().map(|n| Node { head: n.head.map(|h| h + cut), ..n }));
    nodes[verb].head = Some(first);
    nodes[verb].label = "parataxis";
    Tree::new(nodes)
}

/// Where the attribution begins, behind its comma, if the tree hangs any of its speakers on what is said.
fn torn(tree: &Tree<'_>) -> Option<usize> {
    let nodes = &tree.nodes;
    let verb = nodes.iter().rposition(says)?;
    if nodes.len() - verb - 1 > BEHIND || nodes[verb + 1..].iter().any(|n| matches!(n.tag, Upos::Verb | Upos::Aux)) {
        return None;
    }
    let cut = nodes[..verb].iter().rposition(|n| n.tag == Upos::Punct)? + 1;
    let speakers = cut..verb;
    let nominal = |n: &Node<'_>| {
        matches!(
            n.tag,
            Upos::Adj
                | Upos::Adp
                | Upos::Cconj
                | Upos::Det
                | Upos::Noun
                | Upos::Num
                | Upos::Part
                | Upos::Propn
                | Upos::X
        )
    };
    let told = nodes[..cut - 1].iter().any(|n| n.tag == Upos::Verb);
    let named = nodes[speakers.clone()].iter().any(|n| matches!(n.tag, Upos::Noun | Upos::Propn));
    if !told || !named || !nodes[speakers.clone()].iter().all(nominal) {
        return None;
    }
    let outside = |i: usize| nodes[i].tag != Upos::Cconj && nodes[i].head.is_some_and(|h| h < cut);
    let over = |i: usize| i + 1 < cut && nodes[i].head.is_some_and(|h| speakers.contains(&h));
    (speakers.clone().any(outside) || (0..cut).any(over)).then_some(cut)
}

fn says(n: &Node<'_>) -> bool {
    n.tag == Upos::Verb && SAYING.contains(&n.lemma.as_str())
}
