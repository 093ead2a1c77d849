//! Cues: which words of a tree are one, and how far their words reach.

use super::cues::{Entry, Frame, LISTS, Part};
use super::view::View;
use crate::grammar::Upos;

/// A word that governs a content if its tree agrees.
pub(super) struct Cue {
    /// The word itself.
    pub(super) head: usize,
    pub(super) part: Part,
    /// First and last word of the cue.
    pub(super) reach: (usize, usize),
    /// What is said about has the place of the subject.
    pub(super) passive: bool,
}

/// What `i` may be a cue as, with its entries.
pub(super) fn entries(view: &View<'_>, i: usize) -> Option<(Part, &'static [Entry])> {
    let predicate = || view.kids(i).any(|k| matches!(view.label(k), "cop" | "aux:pass"));
    let lower = || view.form(i).to_lowercase();
    let (part, list) = match view.tag(i) {
        Upos::Verb | Upos::Adj if predicate() && !LISTS.get(Part::Adjective, &lower()).is_empty() => {
            (Part::Adjective, LISTS.get(Part::Adjective, &lower()))
        }
        Upos::Verb => (Part::Verb, LISTS.get(Part::Verb, view.lemma(i))),
        Upos::Noun => (Part::Noun, LISTS.get(Part::Noun, view.lemma(i))),
        _ => return None,
    };
    (!list.is_empty()).then_some((part, list))
}

/// The cue at `i` by one of its entries: its own words, those that the entry wants behind it, and what stands close
/// before it: auxiliaries, negation, adverbs.
pub(super) fn cue(view: &View<'_>, i: usize, part: Part, entry: &Entry) -> Option<Cue> {
    if !view.phrase(i + 1, &entry.rest) {
        return None;
    }
    let mut last = i + entry.rest.len();
    while last + 1 < view.len() && view.label(last + 1) == "compound:prt" && view.head(last + 1) == Some(i) {
        last += 1;
    }
    let mut first = i;
    if part == Part::Noun {
        while first > 0 && view.head(first - 1) == Some(i) && matches!(view.relation(first - 1), "amod" | "compound") {
            first -= 1;
        }
    } else {
        while first > 0 && before(view, first - 1, i) {
            first -= 1;
        }
        first = carried(view, i, first);
        if let Some(h) = view.head(i).filter(|h| quoted_as(view, *h) == Some(i)) {
            first = h;
            while first > 0 && before(view, first - 1, h) {
                first -= 1;
            }
        }
    }
    let passive = part == Part::Verb
        && (view.kids(i).any(|k| matches!(view.label(k), "aux:pass" | "nsubj:pass" | "obl:agent"))
            || view.relation(i) == "acl" && view.label(i) != "acl:relcl" && participle(view.form(i)));
    Some(Cue { head: i, part, reach: (first, last), passive })
}

/// The saying of "was quoted as saying", by its passive verb.
pub(super) fn quoted_as(view: &View<'_>, verb: usize) -> Option<usize> {
    let passive = view.kids(verb).any(|k| matches!(view.label(k), "aux:pass" | "nsubj:pass"));
    let quotes = LISTS.has("mention", &view.form(verb).to_lowercase()) && view.listed(verb + 1, "manner");
    let says = |k: &usize| *k == verb + 2 && LISTS.get(Part::Verb, view.lemma(*k)).iter().any(speaks);
    view.kids(verb).find(says).filter(|_| passive && quotes)
}

/// Where a cue begins that another verb carries: "continued to argue", "stopped insulting", "is likely to say".
fn carried(view: &View<'_>, i: usize, first: usize) -> usize {
    let Some(h) = view.head(i).filter(|h| *h < first && view.relation(i) == "xcomp") else { return first };
    let joined = view.listed(first, "infinitive") || first == h + 1 && view.form(i).to_lowercase().ends_with("ing");
    let governs = |e: &Entry| e.takes(Frame::To) || e.takes(Frame::Ing) || e.takes(Frame::Raise);
    let carries =
        matches!(view.tag(h), Upos::Verb | Upos::Adj) && !entries(view, h).is_some_and(|(_, e)| e.iter().any(governs));
    if !joined
        || !carries
        || (h + 1..first).any(|k| !matches!(view.relation(k), "advmod" | "mark" | "aux" | "compound"))
    {
        return first;
    }
    let mut from = h;
    while from > 0 && before(view, from - 1, h) {
        from -= 1;
    }
    from
}

/// Whether word `k` belongs to the cue whose head is `i` and that begins right behind it.
fn before(view: &View<'_>, k: usize, i: usize) -> bool {
    if view.head(k) != Some(i) {
        return false;
    }
    match view.relation(k) {
        "aux" | "cop" => true,
        "advmod" => view.tag(k) == Upos::Adv || view.tag(k) == Upos::Part,
        "mark" => view.tag(k) == Upos::Part,
        _ => false,
    }
}

/// Whether a form can be a past participle.
fn participle(form: &str) -> bool {
    !form.to_lowercase().ends_with("ing")
}

/// The cue with the words that may stand right behind it: where it was said, and a colon.
pub(super) fn extended(view: &View<'_>, cue: &Cue) -> (usize, usize) {
    let (first, mut last) = cue.reach;
    if cue.part == Part::Verb && view.listed(last + 1, "place") {
        let article = view.listed(last + 2, "indefinite");
        let adjective = last + 3 < view.len() && view.tag(last + 3) == Upos::Adj;
        for at in [last + 3, last + 4].into_iter().take(1 + usize::from(adjective)).filter(|_| article) {
            if let Some(p) = LISTS.medium.iter().find(|p| view.phrase(at, p)) {
                last = at + p.len() - 1;
                break;
            }
        }
    }
    if view.is(last + 1, ":") {
        last += 1;
    }
    (first, last)
}

/// Whether the cue can hold a content in one of its frames when nothing else of the tree shows it.
pub(super) fn speaks(entry: &Entry) -> bool {
    entry.takes(Frame::Clause) || entry.takes(Frame::Quote)
}
