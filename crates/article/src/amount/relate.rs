//! How the counts of a sentence hang together: values that are no longer true, sums, parts, shares and multiples.

use super::counts::{Count, Form, Relation};
use super::draft::{Draft, Scale, Scene};
use super::governor::Role;
use super::words::Words;
use crate::grammar::Upos;

/// So many tokens may stand between "from 56" and "to 63".
const NEAR: usize = 4;

/// What a count refers to is no more counts away; it bounds the time for a count.
const FAR: usize = 64;

/// The counts of a sentence from its drafts in text order; sums stand behind all others.
pub(super) fn relate(scene: &Scene<'_>, drafts: Vec<Draft>) -> Vec<Count> {
    let (mut counts, plans): (Vec<Count>, Vec<(Option<usize>, Scale)>) =
        drafts.into_iter().map(|d| (d.count, (d.target, d.scale))).unzip();
    for i in 0..counts.len() {
        if let Some(new) = replaced(scene, &counts, i) {
            counts[i].relation = Relation::Was(new);
        }
    }
    sums(scene, &mut counts);
    parts(scene, &mut counts, &plans);
    bounds(&mut counts, &plans);
    // "Half of the 40" says nothing of the 40.
    let mut numerals: Vec<usize> = counts.iter().filter_map(|c| c.numeral).collect();
    numerals.sort_unstable();
    counts.iter_mut().for_each(|c| c.governors.retain(|g| numerals.binary_search(&g.node).is_err()));
    inherit(&mut counts);
    counts
}

/// Whether count `i` is an old value, and of which.
fn replaced(scene: &Scene<'_>, counts: &[Count], i: usize) -> Option<Option<usize>> {
    let (t, w) = (scene.tokens, scene.words());
    let numbered = |c: &Count| c.form == Form::Number;
    if !numbered(&counts[i]) {
        return None;
    }
    let (start, end) = (scene.token(counts[i].span.start), scene.token(counts[i].span.end));
    if Words::ending(&w.was, t, scene.from, start).is_some() {
        let new = |j: &usize| numbered(&counts[*j]) && !matches!(counts[*j].relation, Relation::Was(_));
        return Some(before(i).find(new));
    }
    let behind =
        |words: &crate::phrases::Phrases<()>, at: usize| at > scene.from && words.word(&t[at - 1].norm).is_some();
    if !behind(&w.from, start) {
        return None;
    }
    let near = |j: &usize| {
        let (from, to) = (scene.token(counts[*j].span.start), scene.token(counts[*j].span.end));
        let gap = if *j < i { start.saturating_sub(to) } else { from.saturating_sub(end) };
        *j != i && numbered(&counts[*j]) && behind(&w.to, from) && gap <= NEAR
    };
    (i.saturating_sub(FAR)..counts.len().min(i + FAR)).find(near).map(Some)
}

/// The counts before `i`, the nearest first, as far as one refers to another.
fn before(i: usize) -> impl Iterator<Item = usize> + Clone {
    (i.saturating_sub(FAR)..i).rev()
}

/// Joined counts of people get a sum, which they refer to.
fn sums(scene: &Scene<'_>, counts: &mut Vec<Count>) {
    let joins = |c: &Count| {
        let known = c.form == Form::Definite && c.low.is_none();
        c.people() != Some(false) && !known && !c.apposed && c.relation == Relation::Whole
    };
    // The counts of each root, in the order of the first.
    let mut groups: Vec<(usize, Vec<usize>)> = Vec::new();
    let mut group = vec![None; scene.nouns.tree.nodes.len()];
    for (i, c) in counts.iter().enumerate() {
        let root = root(scene, c.node);
        let known = *group[root].get_or_insert(groups.len());
        if known == groups.len() {
            groups.push((root, Vec::new()));
        }
        if joins(c) {
            groups[known].1.push(i);
        }
    }
    for (root, members) in groups {
        let counted = |j: &usize| matches!(counts[*j].form, Form::Number | Form::Single);
        if members.len() < 2
            || !members.iter().any(counted)
            || members.iter().any(|j| alternative(scene, counts[*j].node))
        {
            continue;
        }
        let all = || members.iter().map(|j| &counts[*j]);
        let total =
            |bound: fn(&Count) -> Option<u64>| all().map(bound).try_fold(0u64, |sum, n| Some(sum.saturating_add(n?)));
        let mut sum = counts[members[0]].clone();
        sum.span = all().fold(sum.span, |s, c| s.join(c.span));
        sum.whole = all().fold(sum.whole, |s, c| s.join(c.whole));
        (sum.low, sum.high) = (total(|c| c.low), total(|c| c.high));
        sum.nouns = all().flat_map(|c| c.nouns.clone()).collect();
        (sum.form, sum.node, sum.numeral) = (Form::Sum, root, None);
        let index = counts.len();
        members.iter().for_each(|j| counts[*j].relation = Relation::MemberOf(index));
        counts.push(sum);
    }
}

/// The first of the phrases that `node` is joined to.
fn root(scene: &Scene<'_>, node: usize) -> usize {
    let tree = scene.nouns.tree;
    let mut x = node;
    while let Some(head) = tree.nodes[x].head
        && tree.relation(x) == "conj"
        && matches!(tree.nodes[head].tag, Upos::Noun | Upos::Propn | Upos::Num | Upos::Pron | Upos::Adj | Upos::Det)
    {
        x = head;
    }
    x
}

/// "A soldier or a guard" are no two.
fn alternative(scene: &Scene<'_>, node: usize) -> bool {
    let tree = scene.nouns.tree;
    tree.children(node).any(|c| tree.relation(c) == "cc" && scene.words().range_or.word(&scene.nouns.norm(c)).is_some())
}

/// Finds the wholes of parts: by "of" and the noun behind it, or by words such as "including" before the part.
fn parts(scene: &Scene<'_>, counts: &mut [Count], plans: &[(Option<usize>, Scale)]) {
    let owners = sorted(counts[..plans.len()].iter().map(|c| c.nouns.iter().map(|n| n.node)));
    let heads = sorted(counts.iter().map(|c| (c.form != Form::Sum).then_some(c.node).into_iter()));
    for i in 0..plans.len() {
        let pronoun = |t: usize| scene.nouns.pronoun(t);
        let whole = match plans[i].0 {
            Some(t) if pronoun(t) => Some(antecedent(counts, i)),
            Some(t) => {
                let holds = |j: &usize| *j != i && plans.get(*j).is_some_and(|p| p.0 != Some(t));
                Some(at(&owners, t).find(holds))
            }
            None => {
                let start = scene.token(counts[i].whole.start);
                let cue = Words::ending(&scene.words().part, scene.tokens, scene.from, start);
                let found = cue.map(|_| antecedent(counts, i)).or_else(|| among(scene, counts, &heads, i).map(Some));
                found.filter(|_| !matches!(counts[i].relation, Relation::Was(_)))
            }
        };
        let Some(whole) = whole else { continue };
        match counts[i].relation {
            // What introduces the first of several introduces all of them.
            Relation::MemberOf(sum) if plans[i].0.is_none() => {
                counts[sum].relation = Relation::PartOf(whole.filter(|w| *w != sum))
            }
            _ => counts[i].relation = Relation::PartOf(whole),
        }
    }
}

/// The counts of each node, by their indices in order.
fn sorted<N: Iterator<Item = usize>>(nodes: impl Iterator<Item = N>) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = nodes.enumerate().flat_map(|(i, nodes)| nodes.map(move |n| (n, i))).collect();
    out.sort_unstable();
    out
}

/// The counts of `node` in such a list.
fn at(sorted: &[(usize, usize)], node: usize) -> impl Iterator<Item = usize> + '_ {
    let first = sorted.partition_point(|(n, _)| *n < node);
    sorted[first..].iter().take_while(move |(n, _)| *n == node).map(|(_, i)| *i)
}

/// "Among the dead were two nuns", "a nun was among the dead": the count of the dead.
fn among(scene: &Scene<'_>, counts: &[Count], heads: &[(usize, usize)], i: usize) -> Option<usize> {
    let tree = scene.nouns.tree;
    let said = |node: usize| {
        let case = tree.child(node, &["case"])?;
        scene.words().among.word(&scene.nouns.norm(case))?;
        at(heads, node).next()
    };
    let head = tree.nodes[counts[i].node].head.filter(|_| tree.relation(counts[i].node) == "nsubj");
    let inside = tree.children(counts[i].node).filter(|c| matches!(tree.relation(*c), "obl" | "nmod"));
    inside.chain(head).find_map(said).filter(|k| *k != i)
}

/// The nearest count before `i` that can have parts; its sum, if it is in one; a number before a mere plural.
fn antecedent(counts: &[Count], i: usize) -> Option<usize> {
    let several = |c: &Count| c.high.is_none_or(|n| n > 1 && Some(n) >= counts[i].low);
    let fits = |j: &usize| {
        let c = &counts[*j];
        let whole = matches!(c.relation, Relation::Whole | Relation::MemberOf(_));
        let apart =
            !matches!((c.relation, counts[i].relation), (Relation::MemberOf(a), Relation::MemberOf(b)) if a == b);
        c.people() != Some(false) && whole && apart && c.form != Form::Single
    };
    let counted =
        |j: &usize| matches!(counts[*j].form, Form::Number | Form::Times | Form::Share) && several(&counts[*j]);
    let summed = |j: &usize| matches!(counts[*j].relation, Relation::MemberOf(_));
    let open = |j: &usize| several(&counts[*j]) && counts[*j].high.is_none();
    let mut before = before(i).filter(fits);
    let found = before.clone().find(|j| counted(j) || summed(j)).or_else(|| before.find(open))?;
    Some(match counts[found].relation {
        Relation::MemberOf(sum) => sum,
        _ => found,
    })
}

/// Bounds of shares and multiples from those of what they refer to.
fn bounds(counts: &mut [Count], plans: &[(Option<usize>, Scale)]) {
    for (i, (_, scale)) in plans.iter().enumerate() {
        match (*scale, counts[i].relation) {
            (Scale::Percent(least, most), Relation::PartOf(Some(w))) => {
                let (low, high) = (counts[w].low, counts[w].high);
                counts[i].low = low.map(|n| n.saturating_mul(least).div_ceil(100));
                counts[i].high = high.map(|n| n.saturating_mul(most) / 100);
                if let (Some(l), Some(h)) = (counts[i].low, counts[i].high) {
                    counts[i].low = Some(l.min(h));
                }
            }
            (Scale::Times(n, approx), _) => {
                // "Twice as many as the 12": what follows close by, else what went before.
                let base =
                    |j: usize| counts.get(j).filter(|c| c.form == Form::Number).and_then(|c| Some((c.low?, c.high?)));
                let next = (i + 1..plans.len()).next().filter(|j| counts[*j].span.start < counts[i].span.end + 8);
                if let Some((low, high)) = next.and_then(base).or_else(|| before(i).find_map(base)) {
                    (counts[i].low, counts[i].high) = approx.bounds(low.saturating_mul(n), high.saturating_mul(n));
                }
            }
            _ => {}
        }
    }
}

/// What is said of a whole holds for its parts.
fn inherit(counts: &mut [Count]) {
    for i in 0..counts.len() {
        let mut whole = i;
        // From member to sum to whole: no chain is longer, but wholes may be parts.
        for _ in 0..4 {
            match counts[whole].relation {
                Relation::PartOf(Some(w)) | Relation::MemberOf(w) => whole = w,
                _ => break,
            }
        }
        let part = |c: &Count| matches!(c.relation, Relation::PartOf(_));
        let of_sum = |c: &Count| matches!(c.relation, Relation::MemberOf(s) if part(&counts[s]));
        if whole == i || !(part(&counts[i]) || of_sum(&counts[i])) {
            continue;
        }
        let above = counts[whole].governors.clone();
        let own = &mut counts[i].governors;
        own.retain(|g| !matches!(g.role, Role::Oblique | Role::Of) && above.iter().all(|a| a.node != g.node));
        own.extend(above);
    }
}
