//! How the names of an article are bound to each other and to its head.

use super::PlaceVia;
use super::cues::Cue;
use super::scan::Found;
use crate::{Article, BlockKind, TokenKind, Tokens, fold};

/// Tells of each mention the one that it lies in: "X, Y", "X in northern Y", "X (Y)", "Y's X".
pub(super) fn bind(article: &Article, tokens: &Tokens, found: &mut [Found]) {
    found.iter_mut().for_each(|f| f.inside = None);
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|i| (found[*i].span, *i));
    for pair in order.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let (first, second) = (&found[a], &found[b]);
        if first.key == second.key || first.via == PlaceVia::Demonym || second.via != PlaceVia::Name {
            continue;
        }
        let between = article.text.get(first.span.end as usize..second.span.start as usize).unwrap_or("").trim();
        if matches!(between, "'s" | "’s" | "'S" | "’S") {
            found[b].inside = Some(a);
        } else if leads_inside(between) && one_block(tokens, first, second) {
            found[a].inside = Some(b);
        }
    }
}

/// Whether the words between two names say that the first lies in the second.
fn leads_inside(between: &str) -> bool {
    let word = || between.split_whitespace().next().is_some_and(|w| Cue::of(&fold(w)).is(Cue::WITHIN));
    let head = between.starts_with([',', '(']) || between.starts_with(".,") || word();
    head && between.len() < 40
        && between
            .split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | '.'))
            .filter(|w| !w.is_empty())
            .map(|w| Cue::of(&fold(w)))
            .all(|c| c.is(Cue::INSIDE) || c.kind().is_some())
}

fn one_block(tokens: &Tokens, a: &Found, b: &Found) -> bool {
    let block = |f: &Found| {
        let i = tokens.sentences.partition_point(|s| s.span.end <= f.span.start);
        tokens.sentences.get(i).map(|s| s.block)
    };
    block(a) == block(b)
}

pub(super) fn drop_marked(found: &mut Vec<Found>, marked: &[bool]) {
    let mut moved = Vec::with_capacity(found.len());
    let mut kept = 0;
    for m in marked {
        moved.push(kept);
        kept += usize::from(!m);
    }
    let mut i = 0;
    found.retain(|_| {
        i += 1;
        !marked[i - 1]
    });
    for f in found {
        f.inside = f.inside.filter(|i| !marked[*i]).map(|i| moved[i]);
    }
}

/// Marks the names before the first words of the first paragraph that say from where it was sent.
pub(super) fn datelines(article: &Article, tokens: &Tokens, found: &mut [Found]) {
    let Some(block) = article.blocks.iter().find(|b| b.kind == BlockKind::Paragraph) else { return };
    let first = tokens.tokens.partition_point(|t| t.span.start < block.span.start);
    let head = tokens.tokens.iter().skip(first).take(16).take_while(|t| t.span.end <= block.span.end);
    let dash = head
        .filter(|t| t.kind == TokenKind::Mark && matches!(t.norm.as_str(), "-" | "--"))
        .map(|t| t.span.start)
        .next();
    let Some(dash) = dash else { return };
    for f in found.iter_mut().filter(|f| f.span.start >= block.span.start && f.span.end <= dash) {
        f.dateline = true;
        f.tentative = false;
    }
}
