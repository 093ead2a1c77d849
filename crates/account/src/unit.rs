//! Units of telling: sentences, or the parts of one that tell of different happenings; each with what it says.

use crate::account::{Kind, Stage, Statement};
use crate::figure::{self, Found};
use crate::happening;
use crate::language::Language;
use crate::scene::{Named, Scene, beginning};
use crate::scenery::{AREAS, MOVING, SITES, is, located, outbound};
use crate::stage::stage;
use crate::statement::is_said;
use article::classes::Classes;
use article::grammar::{Clauses, Upos};
use article::places::PlaceVia;
use article::{Edtf, EntryKind, ListId, Span, Time, TimeRole};

/// A run of tokens and what the lists and rules say of it.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    pub(crate) tokens: (usize, usize),
    pub(crate) sentence: usize,
    pub(crate) paragraph: usize,
    pub(crate) headline: bool,
    /// Telling words: kind, tokens.
    pub(crate) strong: Vec<(Kind, (usize, usize))>,
    /// Words that tell only with support.
    pub(crate) weak: Vec<(Kind, (usize, usize))>,
    /// The time of the happening, as an index into the scene's times.
    pub(crate) time: Option<usize>,
    /// A time at which something happens, whether violence is told or not.
    pub(crate) spoken_time: Option<usize>,
    /// The time that an earlier sentence of the paragraph set, where this one gives none.
    pub(crate) set_time: Option<usize>,
    /// Where, as an index into the scene's places.
    pub(crate) place: Option<usize>,
    /// How far it went, and the rule and tokens that say so.
    pub(crate) stage: Option<(Stage, String, (usize, usize))>,
    /// Kinds of places and targets named here, for telling that two units speak of the same thing.
    pub(crate) sites: Vec<String>,
    /// The place that an earlier sentence of the paragraph set, where this one gives none: "KUNDUZ. Two were hurt."
    pub(crate) set_place: Option<usize>,
    /// The place is said to be where it happened.
    pub(crate) located: bool,
    /// Figures of harm stand here.
    pub(crate) harm: bool,
    /// People were killed or injured, and not only taken.
    pub(crate) hurt: bool,
    /// Somebody in particular was harmed, or somebody described did it.
    pub(crate) befell: bool,
    /// A verb tells of one happening.
    pub(crate) once: bool,
    /// Any figure stands here.
    pub(crate) figures: bool,
    /// Armed actors that are named here.
    pub(crate) armed: bool,
    /// Words of older things.
    pub(crate) background: bool,
    /// Words that open another incident.
    pub(crate) another: bool,
    /// "the blast": the incident already told.
    pub(crate) same: bool,
    /// Words of sport, business or politics stand in the same sentence.
    pub(crate) harmless: bool,
    /// Words of possibility before the telling word.
    pub(crate) hypothetical: bool,
}

impl Unit {
    /// The value of its time.
    pub(crate) fn date<'s>(&self, scene: &'s Scene<'_>) -> Option<&'s Edtf> {
        self.time.and_then(|t| scene.times[t].value.as_ref())
    }

    /// Whether it tells of violence by itself.
    pub(crate) fn tells(&self) -> bool {
        !self.strong.is_empty()
            || !self.weak.is_empty() && (self.harm || self.armed || self.befell || self.stage.is_some())
    }
}

/// All units in text order.
pub(crate) fn units(scene: &Scene<'_>, language: &Language, figures: &[Found], statements: &[Statement]) -> Vec<Unit> {
    let mut out = Vec::new();
    for (n, s) in scene.tokens.sentences.iter().enumerate() {
        let mut from = s.tokens.0;
        let cuts = if scene.near[n] { cuts(scene, n) } else { Vec::new() };
        for cut in cuts.into_iter().chain([s.tokens.1]) {
            out.push(unit(scene, language, figures, statements, (from, cut), n));
            from = cut;
        }
    }
    settings(scene, &mut out);
    out
}

/// A paragraph's earlier sentences set the time and place of those that follow and give none: "It was Sunday. A jet came over. It
/// dropped two bombs."
fn settings(scene: &Scene<'_>, units: &mut [Unit]) {
    let mut set: Option<(usize, usize)> = None;
    let mut place: Option<(usize, usize)> = None;
    for u in units {
        let heading =
            |p: usize| scene.places[p].tokens.1 + 1 >= u.tokens.1 && scene.places[p].tokens.0 <= u.tokens.0 + 1;
        match (u.place, place) {
            (Some(p), _) if u.located || heading(p) => place = Some((u.paragraph, p)),
            (None, Some((paragraph, p))) if paragraph == u.paragraph => u.set_place = Some(p),
            _ => {}
        }
        match (u.spoken_time, set) {
            (Some(time), _) => set = Some((u.paragraph, time)),
            (None, Some((paragraph, time))) if paragraph == u.paragraph => u.set_time = Some(time),
            _ => {}
        }
    }
}

/// Whether the word at token `at` is said not to be so: "nobody attacked the prison", "it was no bomb". What a device did
/// not do was tried all the same.
fn denied(scene: &Scene<'_>, language: &Language, sentence: usize, at: usize) -> bool {
    let l = &language.lists;
    let clauses = scene.clauses(sentence);
    let Some(node) = scene.tokens.tokens.get(at).and_then(|t| clauses.tree.at(t.span.start)) else { return false };
    let token = |n: usize| scene.token_at(clauses.tree.nodes[n].span.start);
    if language.lexicon.has(clauses.lemma(node), l.go_off) {
        return false;
    }
    let not = |n: usize| scene.marks.has(token(n), l.not);
    let nobody = |n: usize| not(n) || clauses.tree.children(n).any(not);
    clauses.tree.children(node).any(not) || clauses.tree.child(node, &["nsubj"]).is_some_and(nobody)
}

/// How far what is told here went, the rule that says so, and its words.
fn staged(
    scene: &Scene<'_>,
    language: &Language,
    tokens: (usize, usize),
    sentence: usize,
    strong: &[(Kind, (usize, usize))],
    weak: &[(Kind, (usize, usize))],
) -> Option<(Stage, String, (usize, usize))> {
    if strong.is_empty() && weak.is_empty() {
        return None;
    }
    let clauses = scene.clauses(sentence);
    let inside = scene.span(tokens);
    let within = |n: &usize| inside.contains(clauses.tree.nodes[*n].span);
    let first = (0..clauses.tree.nodes.len()).find(within)?;
    let last = (0..clauses.tree.nodes.len()).rev().find(within)?;
    let at = |t: usize| clauses.tree.at(scene.tokens.tokens.get(t)?.span.start);
    let deeds: Vec<usize> = strong.iter().chain(weak).flat_map(|(_, (a, b))| (*a..*b).filter_map(at)).collect();
    // "a bomb scare", "threatened to": a word that tells of a threat by itself.
    if let Some((_, tokens)) = strong.iter().find(|(k, _)| *k == Kind::Threat) {
        return Some((Stage::Threatened, "stage/threat".to_owned(), *tokens));
    }
    let (stage, node) = stage(scene, language, clauses, &deeds, first..last + 1)?;
    let token = scene.token_at(clauses.tree.nodes[node].span.start);
    Some((stage, format!("stage/{stage}"), (token, token + 1)))
}

/// Where a sentence falls into parts: at semicolons, and where the clause of a second time begins that cannot be the first.
fn cuts(scene: &Scene<'_>, sentence: usize) -> Vec<usize> {
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

fn unit(
    scene: &Scene<'_>,
    language: &Language,
    found: &[Found],
    statements: &[Statement],
    tokens: (usize, usize),
    sentence: usize,
) -> Unit {
    let l = &language.lists;
    let (from, to) = tokens;
    let (mut strong, mut weak) = (Vec::new(), Vec::new());
    let any = |list| (from..to).any(|i| scene.marks.end(i, list).is_some_and(|e| e <= to));
    for i in from..to {
        // "like a bomb" compares.
        let compared = (1..=2).any(|n| i >= from + n && scene.norm(i - n) == "like");
        if scene.marks.bare(i) || compared {
            continue;
        }
        for (kind, list, weaker) in &l.kinds {
            if let Some(e) = scene.marks.end(i, *list) {
                strong.push((*kind, (i, e.min(to))));
            } else if let Some(e) = weaker.and_then(|w| scene.marks.end(i, w)) {
                weak.push((*kind, (i, e.min(to))));
            }
        }
    }
    // The longest entry at a token tells: "suicide bombing" is no "bombing" beside it.
    let inside = |a: (usize, usize), b: (usize, usize)| b.0 <= a.0 && a.1 <= b.1 && a != b;
    let all: Vec<(usize, usize)> = strong.iter().map(|(_, t)| *t).collect();
    strong.retain(|(_, t)| !all.iter().any(|o| inside(*t, *o)));
    weak.retain(|(_, t)| !all.iter().any(|o| inside(*t, *o)));
    strong.retain(|(_, t)| !denied(scene, language, sentence, t.0));
    weak.retain(|(_, t)| !denied(scene, language, sentence, t.0));
    let here: Vec<_> = figure::within(found, tokens).map(|f| &f.figure).collect();
    let stage = staged(scene, language, tokens, sentence, &strong, &weak);
    let first = strong.iter().chain(&weak).map(|(_, t)| t.0).min();
    // Far from any word of violence, nothing is asked of the tree.
    let near = scene.near[sentence];
    let place = near.then(|| best_place(scene, language, tokens, sentence, first)).flatten();
    let nouns = Classes::builtin();
    let thing = |i: &usize| nouns.main(scene.norm(*i)).any(SITES) || nouns.main(scene.norm(*i)).any(MOVING);
    let definite = strong.iter().chain(&weak).any(|(_, t)| {
        (from..t.0)
            .rev()
            .take(3)
            .take_while(|i| !scene.is_mark(*i))
            .any(|i| matches!(scene.norm(i), "the" | "this" | "that"))
    });
    let telling = !(strong.is_empty() && weak.is_empty());
    let span = scene.span(tokens);
    let times = if near { happening_times(scene, language, statements, tokens, sentence) } else { Vec::new() };
    Unit {
        tokens,
        sentence,
        paragraph: scene.tokens.sentences[sentence].block,
        headline: scene.in_headline(&scene.tokens.sentences[sentence]),
        time: nearest_time(scene, &times, first, sentence),
        spoken_time: times.last().copied(),
        set_time: None,
        set_place: None,
        located: place.is_some_and(|p| located(scene, language, sentence, scene.places[p].tokens.0)),
        place,
        sites: (from..to).filter(thing).map(|i| scene.norm(i).to_owned()).collect(),
        stage,
        harm: figure::harm(&here),
        hurt: here.iter().any(|f| f.high != Some(0) && figure::hurts(f.measure)),
        befell: telling
            && (happening::befell(scene, language, sentence, span) || happening::done(scene, language, sentence, span)),
        once: strong.iter().any(|(k, t)| *k != Kind::Threat && happening::once(scene, sentence, t.0)),
        figures: !here.is_empty(),
        armed: scene.actors[beginning(&scene.actors, |a| a.tokens, tokens)]
            .iter()
            .any(|a| a.armed && from <= a.tokens.0 && a.tokens.1 <= to),
        background: any(l.background),
        another: any(l.another),
        harmless: any(l.harmless),
        same: any(l.same) || definite,
        hypothetical: first.is_some_and(|f| (from..f).any(|i| scene.marks.has(i, l.hypothetical))),
        strong,
        weak,
    }
}

/// Times that are not the time of saying ("said on Tuesday", "in a statement on Friday").
fn happening_times(
    scene: &Scene<'_>,
    language: &Language,
    statements: &[Statement],
    tokens: (usize, usize),
    sentence: usize,
) -> Vec<usize> {
    let (from, to) = tokens;
    let t = &scene.times;
    beginning(t, |t| t.tokens, tokens)
        .filter(|k| from <= t[*k].tokens.0 && t[*k].tokens.1 <= to)
        .filter(|k| t[*k].role == TimeRole::At && t[*k].value.is_some())
        .filter(|k| !scene.article.dateline.is_some_and(|d| d.overlaps(t[*k].span)))
        .filter(|k| is_said(statements, t[*k].span) || !dates_saying(scene, language, sentence, &t[*k]))
        .collect()
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
        let says = [l.say, l.say_alleged, l.say_denied, l.medium].iter().any(|list| scene.marks.has(token, *list));
        if says && !time.span.overlaps(span) {
            return true;
        }
        if clauses.clause_of(node) == node {
            return false;
        }
    }
    false
}

/// The time of the clause that tells, else the most precise and nearest.
fn nearest_time(scene: &Scene<'_>, times: &[usize], first: Option<usize>, sentence: usize) -> Option<usize> {
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

fn best_place(
    scene: &Scene<'_>,
    language: &Language,
    (from, to): (usize, usize),
    sentence: usize,
    first: Option<usize>,
) -> Option<usize> {
    // An actor may begin before the unit and reach into it.
    let named = beginning(&scene.actors, |a| a.tokens, (from, to));
    let named = &scene.actors[named.start.saturating_sub(1)..named.end];
    let clauses = scene.clauses(sentence);
    let near = |token: usize| clauses.tree.at(scene.tokens.tokens.get(token)?.span.start);
    beginning(&scene.places, |p| p.tokens, (from, to))
        .filter(|k| {
            let p = &scene.places[*k];
            from <= p.tokens.0
                && p.tokens.1 <= to
                && p.via == PlaceVia::Name
                && !scene.article.dateline.is_some_and(|d| d.overlaps(p.span))
                // A place inside a longer name is that name's; a country by itself is an actor too.
                && !near(p.tokens.0).is_some_and(|n| within_name(clauses, n, p.span))
                && (!group_word(scene, p.tokens) || located(scene, language, sentence, p.tokens.0))
                && !named.iter().any(|a| {
                    let inside = a.armed || a.span.len() > p.span.len();
                    a.span.overlaps(p.span) && (inside || !located(scene, language, sentence, p.tokens.0))
                })
        })
        .min_by_key(|k| {
            let p = &scene.places[*k];
            let outbound = outbound(scene, language, sentence, p.tokens.0);
            let located = located(scene, language, sentence, p.tokens.0);
            let wide = match p.kind {
                EntryKind::Country => 2,
                EntryKind::Province => 1,
                _ => 0,
            };
            let anchor = first.unwrap_or(from);
            let arcs = near(p.tokens.0).zip(near(anchor)).map_or(0, |(a, b)| clauses.tree.distance(a, b));
            (outbound as u8, wide, !located as u8, arcs, p.tokens.0.abs_diff(anchor))
        })
}

/// Whether the place at `node` is part of a longer name, of a person or an organisation: "Lorena Brod", "Mizan Watch".
fn within_name(clauses: Clauses<'_>, node: usize, place: Span) -> bool {
    let tree = clauses.tree;
    let name = |n: usize| {
        tree.nodes[n].tag == Upos::Propn
            && !place.overlaps(tree.nodes[n].span)
            && !is(clauses, n, SITES)
            && !is(clauses, n, AREAS)
    };
    let part = matches!(tree.relation(node), "compound" | "flat") && tree.nodes[node].head.is_some_and(name);
    part || tree.children(node).any(|c| tree.relation(c) == "flat" && name(c))
}

/// Whether the words are part of an armed group's name in the article: "Moro land" where a "Moro Dawn Brigade" is.
fn group_word(scene: &Scene<'_>, tokens: (usize, usize)) -> bool {
    let group = |a: &&Named| a.armed && a.tokens.1 - a.tokens.0 > tokens.1 - tokens.0;
    scene.actors.iter().filter(group).any(|a| (a.tokens.0..a.tokens.1).any(|i| scene.norm(i) == scene.norm(tokens.0)))
}
