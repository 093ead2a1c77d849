//! The statements of one sentence, from its tree.

use super::content::{self, Found};
use super::cue::{self, Cue};
use super::cues::{Frame, LISTS, Part};
use super::source;
use super::view::View;
use super::{Source, SourceKind, Stance};
use crate::Span;
use crate::grammar::Upos;

/// A statement as one sentence tells it; quotations may widen it.
pub(super) struct Draft {
    /// Nearest first, outermost last.
    pub(super) sources: Vec<Source>,
    /// Which of the sources the cue itself names.
    pub(super) speaker: Option<usize>,
    pub(super) cue: Span,
    /// *Shape*: in text order; empty where only a quotation can be the content.
    pub(super) content: Vec<Span>,
    pub(super) stance: Stance,
    /// A quotation beside it is its content.
    pub(super) speaks: bool,
    pub(super) by: &'static str,
}

/// The statements of a sentence in the order of their cues.
pub(super) fn drafts(view: &View<'_>) -> Vec<Draft> {
    let mut out: Vec<Draft> = according(view);
    for i in 0..view.len() {
        let Some((part, entries)) = cue::entries(view, i) else { continue };
        let mut spoken = None;
        let mut found = None;
        for entry in entries {
            let Some(cue) = cue::cue(view, i, part, entry) else { continue };
            let subject = source::subject(view, &cue).or_else(|| source::beside(view, &cue));
            if idle(view, &cue, subject) {
                continue;
            }
            let held = match part {
                Part::Noun => subject.and_then(|_| content::of_noun(view, &cue, entry)),
                _ => content::content(view, &cue, entry, subject),
            };
            let held = held.or_else(|| content::behind(view, &cue, entry).filter(|_| subject.is_some()));
            if let Some(held) = held {
                found = Some(draft(view, &cue, subject, Some(held), entry.stance, cue::speaks(entry)));
                break;
            }
            if part == Part::Verb
                && (cue::speaks(entry) || entry.takes(Frame::Object))
                && spoken.is_none()
                && subject.is_some()
                && !cue.passive
            {
                spoken = Some(draft(view, &cue, subject, None, entry.stance, true));
            }
        }
        out.extend(found.or(spoken));
    }
    out.sort_by_key(|d| d.cue);
    out
}

/// Whether nobody says anything here: "nobody said", a verb that only modifies a noun.
fn idle(view: &View<'_>, cue: &Cue, subject: Option<usize>) -> bool {
    // "Was quoted as saying" is one cue, whose head is "saying".
    if cue.passive && cue::quoted_as(view, cue.head).is_some() {
        return true;
    }
    matches!(view.relation(cue.head), "amod" | "compound" | "case" | "nmod") && cue.part == Part::Verb
        || subject.is_some_and(|s| view.listed(s, "empty") && cue.passive || nobody(view, s))
}

/// "No group", "nobody".
fn nobody(view: &View<'_>, s: usize) -> bool {
    let none = |i: usize| view.listed(i, "nobody");
    none(s) || view.kid(s, &["det"]).is_some_and(none)
}

fn draft(
    view: &View<'_>,
    cue: &Cue,
    subject: Option<usize>,
    found: Option<Found>,
    stance: Stance,
    speaks: bool,
) -> Draft {
    let mut reach = cue.reach;
    if let Some(f) = &found {
        reach.1 = reach.1.max(f.cue_end);
    }
    let wide = cue::extended(view, &Cue { reach, ..*cue });
    let raised = found.as_ref().is_some_and(|f| matches!(f.by, "statements/raised" | "statements/passive-infinitive"));
    let subject = subject.filter(|_| !raised);
    let mut reach_of_source = None;
    if let Some(s) = subject {
        let words = source::words(view, s, wide, cue.part);
        let clear = words.1 < wide.0 || wide.1 < words.0;
        reach_of_source = clear.then_some((s, words));
    }
    let mut sources = Vec::new();
    let mut speaker = None;
    if let Some((s, words)) = reach_of_source {
        let (cited, through) = chain(view, cue.head, s);
        sources.extend(cited);
        speaker = Some(sources.len());
        sources.push(source::source(view, s, words));
        sources.extend(through);
    }
    let by = found.as_ref().map_or("statements/spoken", |f| f.by);
    let taken: Vec<(usize, usize)> = std::iter::once(wide).chain(reach_of_source.map(|(_, w)| w)).collect();
    let mut words = found.map_or(Vec::new(), |f| f.pieces);
    if speaks && let Some((_, w)) = reach_of_source {
        content::set_off(view, (w.0.min(wide.0), w.1.max(wide.1)), &mut words);
    }
    content::clip(view, wide.1, &mut words);
    let content = pieces(view, &words, &taken);
    Draft { sources, speaker, cue: view.text_span(wide), content, stance, speaks, by }
}

/// The pieces without the words that the cue and the source take, and without marks at their ends.
fn pieces(view: &View<'_>, all: &[(usize, usize)], taken: &[(usize, usize)]) -> Vec<Span> {
    let mut parts: Vec<(usize, usize)> = all.to_vec();
    for (from, to) in taken {
        parts = parts
            .into_iter()
            .flat_map(|(a, b)| {
                if b < *from || *to < a {
                    return vec![(a, b)];
                }
                let before = (a < *from).then(|| (a, from.saturating_sub(1)));
                let behind = (*to < b).then_some((to + 1, b));
                before.into_iter().chain(behind).collect()
            })
            .collect();
    }
    let mut out: Vec<Span> = Vec::new();
    for (mut a, mut b) in parts {
        while a < b && view.is_mark(a) && !opening(view.form(a)) {
            a += 1;
        }
        while a < b && view.is_mark(b) && !closing(view.form(b)) {
            b -= 1;
        }
        if a == b && view.is_mark(a) {
            continue;
        }
        out.push(view.text_span((a, b)));
    }
    out.sort();
    out.dedup();
    out
}

fn opening(form: &str) -> bool {
    matches!(form, "\"" | "“" | "''" | "‘" | "(" | "[" | "``" | "«" | "$")
}

fn closing(form: &str) -> bool {
    matches!(form, "\"" | "”" | "''" | "’" | ")" | "]" | "»" | "%" | "?" | "!")
}

/// Whom the source itself goes by ("said, citing police"), and through whom it is heard: "quoted by the agency", "told the
/// agency".
fn chain(view: &View<'_>, verb: usize, subject: usize) -> (Vec<Source>, Vec<Source>) {
    let one = |s: usize, cue: usize, part| {
        let words = source::words(view, s, (cue, cue), part);
        source::source(view, s, words)
    };
    let mentions = |i: usize| {
        LISTS.has("mention", &view.lemma(i).to_lowercase()) || LISTS.has("mention", &view.form(i).to_lowercase())
    };
    let mut cited = Vec::new();
    let mut through = Vec::new();
    for k in view.kids(verb).filter(|k| view.relation(*k) == "advcl" && mentions(*k)) {
        if let Some(o) = view.kid(k, &["obj"]) {
            cited.push(one(o, k, Part::Verb));
        }
    }
    for k in (subject + 1..verb).filter(|k| view.tag(*k) == Upos::Verb && mentions(*k)) {
        let agent = view.kids(k).find(|a| view.relation(*a) == "obl" && source::by(view, *a));
        through.extend(agent.map(|a| one(a, k, Part::Verb)));
    }
    for k in view.kids(verb).filter(|k| *k > verb && matches!(view.relation(*k), "obj" | "iobj")) {
        let (from, to) = view.reach(k);
        let outlet = (from..=to).any(|i| LISTS.has("bearer", &view.form(i).to_lowercase()))
            && LISTS.get(Part::Verb, view.lemma(verb)).iter().any(|e| e.takes(Frame::Person));
        if outlet {
            through.push(one(k, verb, Part::Verb));
        }
    }
    (cited, through)
}

/// "According to X" and its like, wherever it stands in the sentence.
fn according(view: &View<'_>) -> Vec<Draft> {
    let mut out = Vec::new();
    for at in 0..view.len() {
        let Some(phrase) = LISTS.according.iter().find(|p| view.phrase(at, p)) else { continue };
        let end = at + phrase.len();
        if end >= view.len() {
            continue;
        }
        // The word that the phrase leads to: the highest of those behind it that hang together.
        let head = (end..view.len())
            .take_while(|i| !view.is_mark(*i))
            .find(|i| view.head(*i).is_none_or(|h| h < end || view.tag(h) == Upos::Verb && view.reach(h).0 <= at));
        let Some(s) = head else { continue };
        let words = source::words(view, s, (at, end - 1), Part::Verb);
        let words = (end, words.1.max(end));
        let host = view.head(s).filter(|h| !(at..=words.1).contains(h)).or(view.tree.root());
        let from_start = (0..at).all(|i| view.is_mark(i) || view.tag(i) == Upos::Cconj);
        let whole = if from_start {
            (words.1 + 1, view.len() - 1)
        } else {
            let clause = host.map_or((0, view.len() - 1), |h| view.reach(clause_of(view, h)));
            (clause.0.min(at - 1), at - 1)
        };
        if whole.0 > whole.1 || whole.1 >= view.len() {
            continue;
        }
        let content = pieces(view, &[whole], &[(at, end - 1), words]);
        let source = source::source(view, s, words);
        out.push(Draft {
            sources: vec![source],
            speaker: Some(0),
            cue: view.text_span((at, end - 1)),
            content,
            stance: if matches!(source.kind, SourceKind::Document) { Stance::Shown } else { Stance::Said },
            speaks: false,
            by: "statements/according",
        });
    }
    out
}

/// The clause that a word belongs to: the nearest verb above it that is no modifier.
fn clause_of(view: &View<'_>, mut i: usize) -> usize {
    for _ in 0..8 {
        if matches!(view.relation(i), "root" | "ccomp" | "conj" | "parataxis") && view.tag(i) != Upos::Noun {
            return i;
        }
        match view.head(i) {
            Some(h) => i = h,
            None => return i,
        }
    }
    i
}
