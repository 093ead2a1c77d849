//! Units of telling: sentences, or the parts of one that tell of different happenings; each with what it says.

use crate::account::{Kind, Stage};
use crate::figure::{self, Found};
use crate::happening;
use crate::language::Language;
use crate::scene::{Scene, beginning};
use crate::scenery::{MOVING, SITES, located};
use crate::setting::{items, settings};
use crate::spot::best_place;
use crate::stage::stage;
use crate::when::{cuts, happening_times, nearest_time};
use article::classes::{Class, Classes};
use article::{Edtf, EntryKind, Span};

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
    /// In a round-up, the tokens of the heading of its item: "KASSALA. The dead now number 18."
    pub(crate) item: Option<(usize, usize)>,
    /// The place is said to be where it happened.
    pub(crate) located: bool,
    /// Figures of harm stand here.
    pub(crate) harm: bool,
    /// A noun says that those killed or injured are people.
    pub(crate) people: bool,
    /// The clause of the telling word names a day and a town.
    pub(crate) fixed: bool,
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
            || !self.weak.is_empty() && (self.harm || self.armed || self.befell || self.stage.is_some() || self.fixed)
    }
}

/// All units in text order. `said` tells whether what stands somewhere is what somebody says.
pub(crate) fn units(
    scene: &Scene<'_>,
    language: &Language,
    figures: &[Found],
    said: &dyn Fn(Span) -> bool,
) -> Vec<Unit> {
    let mut out = Vec::new();
    for (n, s) in scene.tokens.sentences.iter().enumerate() {
        let mut from = s.tokens.0;
        let cuts = if scene.near[n] { cuts(scene, n) } else { Vec::new() };
        for cut in cuts.into_iter().chain([s.tokens.1]) {
            out.push(unit(scene, language, figures, said, (from, cut), n));
            from = cut;
        }
    }
    settings(scene, &mut out);
    items(scene, &mut out);
    // A day and a town make an incident of a weak word only in an article that tells of violence by other words.
    let fixed: Vec<bool> = out.iter_mut().map(|u| std::mem::take(&mut u.fixed)).collect();
    if out.iter().any(|u| !u.headline && u.tells()) {
        out.iter_mut().zip(fixed).for_each(|(u, fixed)| u.fixed = fixed);
    }
    out
}

/// Whether any sentence of the text tells by itself; without one there is no account, and nothing more is asked.
pub(crate) fn any_tells(scene: &Scene<'_>, language: &Language, figures: &[Found]) -> bool {
    let body = || scene.tokens.sentences.iter().enumerate().filter(|(_, s)| !scene.in_headline(s));
    let kinds = |strong: bool| {
        language.lists.kinds.iter().filter_map(move |(_, s, weak)| if strong { Some(*s) } else { *weak })
    };
    let listed =
        |i: usize, strong: bool| !scene.marks.bare(i) && kinds(strong).any(|list| scene.marks.end(i, list).is_some());
    let told = |n: usize, (from, to): (usize, usize), strong: bool| {
        (from..to).any(|i| listed(i, strong) && !denied(scene, language, n, i))
    };
    if body().any(|(n, s)| told(n, s.tokens, true)) {
        return true;
    }
    body().any(|(n, s)| {
        let (from, to) = s.tokens;
        let harm = || figure::harm(&figure::within(figures, s.tokens).map(|f| &f.figure).collect::<Vec<_>>());
        let armed = || scene.actors[beginning(&scene.actors, |a| a.tokens, s.tokens)].iter().any(|a| a.armed);
        let weak: Vec<_> = (from..to).filter(|i| listed(*i, false)).map(|i| (Kind::ArmedAttack, (i, i + 1))).collect();
        let staged = || staged(scene, language, s.tokens, n, &[], &weak).is_some();
        !weak.is_empty()
            && told(n, s.tokens, false)
            && (harm() || armed() || staged() || happens(scene, language, n, s.tokens))
    })
}

/// Whether somebody in particular was harmed, or somebody described did it.
fn happens(scene: &Scene<'_>, language: &Language, sentence: usize, tokens: (usize, usize)) -> bool {
    let span = scene.span(tokens);
    happening::befell(scene, language, sentence, span) || happening::done(scene, language, sentence, span)
}

/// How far over a deed nobody may be said to do it.
const DENIED: usize = 3;

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
    let by_nobody = |n: usize| clauses.tree.child(n, &["nsubj"]).is_some_and(nobody);
    // "no government has acknowledged carrying out raids": whose verb the deed belongs to.
    let mut over = node;
    for _ in 0..DENIED {
        match clauses.tree.nodes[over].head {
            Some(head) if matches!(clauses.tree.relation(over), "obj" | "xcomp" | "ccomp") => over = head,
            _ => break,
        }
        if by_nobody(over) {
            return true;
        }
    }
    clauses.tree.children(node).any(not) || by_nobody(node)
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

fn unit(
    scene: &Scene<'_>,
    language: &Language,
    found: &[Found],
    said: &dyn Fn(Span) -> bool,
    tokens: (usize, usize),
    sentence: usize,
) -> Unit {
    let l = &language.lists;
    let (from, to) = tokens;
    let (mut strong, mut weak) = (Vec::new(), Vec::new());
    let any = |list| (from..to).any(|i| scene.marks.end(i, list).is_some_and(|e| e <= to));
    for i in from..to {
        // "like a bomb" compares.
        let compared = (1..=2).any(|n| i >= from + n && scene.marks.has(i - n, l.compared));
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
        (from..t.0).rev().take(3).take_while(|i| !scene.is_mark(*i)).any(|i| scene.marks.has(i, l.definite))
    });
    let times = if near { happening_times(scene, language, said, tokens, sentence) } else { Vec::new() };
    let time = nearest_time(scene, &times, first, sentence);
    let here_it_was = place.is_some_and(|p| located(scene, language, sentence, scene.places[p].tokens.0));
    let day = time.and_then(|t| scene.times[t].value.as_ref()).is_some_and(|v| v.start.day.is_some());
    let fixed = day && here_it_was && place.is_some_and(|p| scene.places[p].kind == EntryKind::City) && {
        let clauses = scene.clauses(sentence);
        let clause = |token: usize| {
            let node = clauses.tree.at(scene.tokens.tokens.get(token)?.span.start)?;
            Some(clauses.clause_of(node))
        };
        let own = first.and_then(clause);
        let of = |token: Option<usize>| token.and_then(clause) == own;
        of(time.map(|t| scene.times[t].tokens.0)) && of(place.map(|p| scene.places[p].tokens.0))
    };
    let telling = !(strong.is_empty() && weak.is_empty());
    Unit {
        fixed,
        tokens,
        sentence,
        paragraph: scene.tokens.sentences[sentence].block,
        headline: scene.in_headline(&scene.tokens.sentences[sentence]),
        time,
        spoken_time: times.last().copied(),
        set_time: None,
        set_place: None,
        item: None,
        located: here_it_was,
        place,
        // Only units that tell are compared by them.
        sites: (from..to).filter(|_| first.is_some()).filter(thing).map(|i| scene.norm(i).to_owned()).collect(),
        stage,
        harm: figure::harm(&here),
        people: here
            .iter()
            .any(|f| f.high != Some(0) && figure::hurts(f.measure) && nouns.main(&f.who).has(Class::Person)),
        befell: telling && happens(scene, language, sentence, tokens),
        once: strong.iter().any(|(k, t)| *k != Kind::Threat && happening::once(scene, sentence, t.0)),
        figures: !here.is_empty(),
        armed: scene.actors[beginning(&scene.actors, |a| a.tokens, tokens)]
            .iter()
            .any(|a| a.armed && from <= a.tokens.0 && a.tokens.1 <= to),
        background: any(l.background),
        another: any(l.another),
        same: any(l.same) || definite,
        hypothetical: first.is_some_and(|f| (from..f).any(|i| scene.marks.has(i, l.hypothetical))),
        strong,
        weak,
    }
}
