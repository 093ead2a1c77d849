//! When what a sentence tells happened: not when it was said, nor when a toll was counted.

use crate::account::Kind;
use crate::language::Language;
use crate::scene::{Scene, beginning};
use article::{ListId, Span, Time, TimeRole};

/// Times that are not the time of saying ("said on Tuesday", "in a statement on Friday").
pub(crate) fn happening_times(
    scene: &Scene<'_>,
    language: &Language,
    said: &dyn Fn(Span) -> bool,
    tokens: (usize, usize),
    sentence: usize,
) -> Vec<usize> {
    let (from, to) = tokens;
    let t = &scene.times;
    beginning(t, |t| t.tokens, tokens)
        .filter(|k| from <= t[*k].tokens.0 && t[*k].tokens.1 <= to)
        .filter(|k| t[*k].role == TimeRole::At && t[*k].value.is_some())
        .filter(|k| !scene.article.dateline.is_some_and(|d| d.overlaps(t[*k].span)))
        .filter(|k| !dates_saying(scene, language, sentence, &t[*k]) || said(t[*k].span))
        .collect()
}

/// The time of the clause that tells, else the most precise and nearest.
pub(crate) fn nearest_time(scene: &Scene<'_>, times: &[usize], first: Option<usize>, sentence: usize) -> Option<usize> {
    let anchor = first?;
    if let [one] = times {
        return Some(*one);
    }
    let clauses = scene.clauses(sentence);
    let clause = |token: usize| {
        let at = scene.tokens.tokens.get(token)?.span.start;
        Some(clauses.clause_of(clauses.tree.at(at)?))
    };
    times.iter().copied().min_by_key(|k| {
        let t = &scene.times[*k];
        // A day says more than a month, and a month more than a year.
        let p = t.value.as_ref().map_or(3, |v| match (v.start.day, v.start.month) {
            (Some(_), _) => 0,
            (_, Some(_)) => 1,
            _ => 2,
        });
        (clause(t.tokens.0) != clause(anchor), p, t.tokens.0.abs_diff(anchor))
    })
}

/// Where a sentence falls into parts: at semicolons, and where the clause of a second time begins that cannot be the first.
pub(crate) fn cuts(scene: &Scene<'_>, sentence: usize) -> Vec<usize> {
    let (from, to) = scene.tokens.sentences[sentence].tokens;
    let mut out: Vec<usize> = (from..to).filter(|i| scene.norm(*i) == ";").collect();
    let times: Vec<&Time> = scene.times[beginning(&scene.times, |t| t.tokens, (from, to))]
        .iter()
        .filter(|t| from <= t.tokens.0 && t.tokens.1 <= to && t.role == TimeRole::At && t.value.is_some())
        .collect();
    for pair in times.windows(2) {
        let relative = |t: &Time| t.basis == article::TimeBasis::Relative;
        if !(pair[0].meets(pair[1]) || relative(pair[0]) && relative(pair[1])) {
            out.extend(clause_between(scene, sentence, pair[0], pair[1]));
        }
    }
    out.sort_unstable();
    out.dedup();
    out.retain(|c| *c > from && *c < to);
    out
}

/// Whether a time depends on a word of saying, or on a noun for what is said, before it depends on any other verb.
fn dates_saying(scene: &Scene<'_>, language: &Language, sentence: usize, time: &Time) -> bool {
    let l = &language.lists;
    let clauses = scene.clauses(sentence);
    let Some(mut node) = clauses.tree.at(time.span.start) else { return false };
    while let Some(head) = clauses.tree.nodes[node].head {
        node = head;
        let span = clauses.tree.nodes[node].span;
        let token = scene.token_at(span.start);
        // What happened was then, whoever says so.
        let tells = |(_, strong, weak): &(Kind, ListId, Option<ListId>)| {
            scene.marks.has(token, *strong) || weak.is_some_and(|w| scene.marks.has(token, w))
        };
        if l.kinds.iter().any(tells) {
            return false;
        }
        let said =
            [l.say, l.say_alleged, l.say_denied, l.medium, l.born].iter().any(|list| scene.marks.has(token, *list));
        // "the toll rose on Monday": counting is dated, not what is counted.
        let says = said || language.roles.amounts(clauses, node);
        if says && !time.span.overlaps(span) {
            return true;
        }
        if clauses.clause_of(node) == node {
            return false;
        }
    }
    false
}

/// The first token of the widest clause that holds the time `b` and begins behind the time `a`.
fn clause_between(scene: &Scene<'_>, sentence: usize, a: &Time, b: &Time) -> Option<usize> {
    let clauses = scene.clauses(sentence);
    let mut node = clauses.tree.at(b.span.start)?;
    let mut begin = None;
    loop {
        let range = clauses.tree.range(node);
        let first = clauses.tree.nodes[range.start].span.start;
        if first < a.span.end {
            return begin;
        }
        if clauses.clause_of(node) == node || clauses.tree.relation(node) == "nmod" {
            begin = Some(scene.token_at(first));
        }
        node = clauses.tree.nodes[node].head?;
    }
}
