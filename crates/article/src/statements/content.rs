//! Contents: the words that a cue governs, as pieces of the sentence.

use super::cue::{Cue, speaks};
use super::cues::{Entry, Frame, LISTS, Part};
use super::source::case;
use super::view::View;
use crate::grammar::Upos;

/// What was found of a content.
pub(super) struct Found {
    /// First and last words of its pieces.
    pub(super) pieces: Vec<(usize, usize)>,
    /// The last word of the cue, where a preposition before the content belongs to it.
    pub(super) cue_end: usize,
    pub(super) by: &'static str,
}

/// The content of a cue whose subject is `subject`, by the frames of its entry.
pub(super) fn content(view: &View<'_>, cue: &Cue, entry: &Entry, subject: Option<usize>) -> Option<Found> {
    let v = cue.head;
    let found =
        |pieces: Vec<(usize, usize)>, by| (!pieces.is_empty()).then_some(Found { pieces, cue_end: cue.reach.1, by });
    if cue.passive {
        return passive(view, cue, entry);
    }
    if entry.takes(Frame::Raise)
        && let Some(c) = view.kid(v, &["xcomp"])
    {
        let mut pieces: Vec<(usize, usize)> = subject.map(|s| view.reach(s)).into_iter().collect();
        pieces.extend(within(view, c, v));
        if !has_object(view, v) {
            return found(pieces, "statements/raised");
        }
    }
    if speaks(entry) {
        if let Some(c) = clause(view, v, subject) {
            return found(to_the_end(view, cue, entry, c, within(view, c, v)), "statements/clause");
        }
        let told = |k: usize| k > v && view.relation(k) == "obj" && !entry.takes(Frame::Person);
        if let Some(h) = hosts(view, v).filter(|_| !view.kids(v).any(told)) {
            return found(around(view, h, v), "statements/inserted");
        }
    }
    if entry.takes(Frame::To)
        && let Some(c) = infinitive(view, v)
    {
        return found(from_object(view, cue, entry, within(view, c, v)), "statements/infinitive");
    }
    if entry.takes(Frame::Ing)
        && let Some(c) =
            view.kids(v).find(|k| *k > v && matches!(view.relation(*k), "xcomp" | "ccomp" | "advcl") && ing(view, *k))
    {
        return found(within(view, c, v), "statements/ing");
    }
    if entry.takes(Frame::Object)
        && let Some(o) = object(view, cue, entry)
    {
        let to = object_end(view, v, o, entry);
        return found(vec![(view.reach(o).0.max(cue.reach.1 + 1), to)], "statements/object");
    }
    if let Some((k, c)) = prepositional(view, cue, entry) {
        let (_, to) = view.reach(c);
        let to = view
            .kids(v)
            .filter(|x| *x > c && matches!(view.relation(*x), "xcomp" | "advcl") && marked_to(view, *x))
            .map(|x| view.reach(x).1)
            .max()
            .unwrap_or(to)
            .max(to);
        return (k < to).then_some(Found { pieces: vec![(k + 1, to)], cue_end: k, by: "statements/preposition" });
    }
    None
}

/// The clause that a verb of saying governs: behind it before all, since what leads a sentence is oftener a setting.
fn clause(view: &View<'_>, v: usize, subject: Option<usize>) -> Option<usize> {
    let good = |k: &usize| Some(*k) != subject && !subject.is_some_and(|s| view.under(*k, s));
    let kids = || view.kids(v).filter(good);
    let plain = |k: &usize| matches!(view.relation(*k), "ccomp" | "csubj");
    let noun = view.tag(v) == Upos::Noun;
    kids()
        .find(|k| *k > v && plain(k))
        .or_else(|| kids().find(|k| noun && view.relation(*k) == "acl" && view.kid(*k, &["mark"]).is_some()))
        .or_else(|| kids().find(|k| *k > v && view.relation(*k) == "xcomp" && !marked_to(view, *k) && !ing(view, *k)))
        .or_else(|| kids().find(plain))
        .or_else(|| kids().find(|k| *k > v && view.relation(*k) == "parataxis"))
}

/// The clause around a cue that is put into it: "the attack, police said, killed two", "as police said".
fn hosts(view: &View<'_>, v: usize) -> Option<usize> {
    let h = view.head(v)?;
    let (first, last) = view.reach(v);
    let apart = first == 0 || view.is_mark(first - 1) || view.is_mark(first) || view.is_mark(last + 1);
    let as_ = view.kid(v, &["mark", "advmod"]).is_some_and(|m| view.listed(m, "manner"));
    match view.relation(v) {
        "parataxis" if apart => Some(h),
        "advcl" if as_ => Some(h),
        _ => None,
    }
}

fn has_object(view: &View<'_>, v: usize) -> bool {
    view.kid(v, &["obj"]).is_some()
}

fn marked_to(view: &View<'_>, i: usize) -> bool {
    view.kids(i).any(|k| k < i && view.tag(k) == Upos::Part && view.listed(k, "infinitive"))
}

fn ing(view: &View<'_>, i: usize) -> bool {
    view.form(i).to_lowercase().ends_with("ing") && matches!(view.tag(i), Upos::Verb | Upos::Aux)
}

fn infinitive(view: &View<'_>, v: usize) -> Option<usize> {
    view.kids(v)
        .find(|k| *k > v && matches!(view.relation(*k), "xcomp" | "ccomp" | "advcl" | "acl") && marked_to(view, *k))
}

/// The object of a cue; of one that ends in a preposition what that leads to.
fn object(view: &View<'_>, cue: &Cue, entry: &Entry) -> Option<usize> {
    let v = cue.head;
    if !entry.rest.is_empty() {
        let leads = |k: &usize| view.kids(*k).any(|c| v < c && c <= cue.reach.1 && view.relation(c) == "case");
        let found = view.kids(v).filter(|k| *k > cue.reach.1).find(|k| view.relation(*k) == "obl" && leads(k));
        if found.is_some() {
            return found;
        }
        let at = cue.reach.1;
        let case = view.head(at).filter(|h| *h > at && matches!(view.relation(at), "case" | "mark"));
        if case.is_some() {
            return case;
        }
    }
    view.kids(v)
        .filter(|k| *k > v)
        .find(|k| view.relation(*k) == "obj" || view.relation(*k) == "ccomp" && view.tag(*k) != Upos::Verb)
}

/// What stands between the cue and the content belongs to it when it is the object: "wants the army to leave". Whom
/// somebody speaks to does not.
fn from_object(view: &View<'_>, cue: &Cue, entry: &Entry, mut pieces: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    if let (Some(first), Some(o)) =
        (pieces.first_mut(), view.kids(cue.head).find(|k| *k > cue.head && matches!(view.relation(*k), "obj" | "iobj")))
        && !entry.takes(Frame::Person)
        && !(first.0..=first.1).take(1).any(|i| view.listed(i, "clause"))
        && view.reach(o).1 < first.0
    {
        first.0 = view.reach(o).0.max(cue.reach.1 + 1);
    }
    pieces
}

/// Whether a word is a verb of saying.
fn says(view: &View<'_>, i: usize) -> bool {
    view.tag(i) == Upos::Verb
        && super::cue::entries(view, i).is_some_and(|(_, e)| e.iter().any(|e| speaks(e) && e.stance.is_saying()))
}

/// A clause behind its cue goes on to the end of what the cue governs: a last phrase that the tree hangs higher is more
/// often part of what was said. A joined verb and what is told beside it end it.
fn to_the_end(view: &View<'_>, cue: &Cue, entry: &Entry, c: usize, pieces: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    let v = cue.head;
    let mut pieces = from_object(view, cue, entry, pieces);
    let Some(last) = pieces.last_mut().filter(|p| c > v && p.0 > v) else { return pieces };
    let mut end = view.reach(v).1;
    for k in view.kids(v).filter(|k| *k > c && view.reach(*k).0 > c) {
        let from = view.reach(k).0;
        let comma = from > 0 && view.is_mark(from - 1) || view.is_mark(from);
        let stops = match view.relation(k) {
            "conj" => !view.kids(k).any(|m| view.relation(m) == "mark" && view.listed(m, "clause")),
            "advcl" => comma && (ing(view, k) || (from..=view.reach(k).1).any(|i| says(view, i))),
            "parataxis" => comma,
            _ => false,
        };
        if stops && from > last.0 {
            end = end.min(from.saturating_sub(1));
        }
    }
    // "..., adding that" begins another statement, wherever the tree hangs it.
    for k in last.0 + 1..=end.max(last.1).min(view.len() - 1) {
        if ing(view, k)
            && view.is_mark(k - 1)
            && super::cue::entries(view, k).is_some_and(|(_, e)| e.iter().any(speaks))
        {
            last.1 = last.1.min(k - 1);
            end = end.min(k - 1);
            break;
        }
    }
    last.1 = last.1.max(end).max(last.0);
    pieces
}

/// The last word of what is said with an object: what is told of it goes with it ("described him as tired", "voiced doubts
/// about the plan"), where and when it was said does not.
fn object_end(view: &View<'_>, v: usize, o: usize, entry: &Entry) -> usize {
    let mut end = view.reach(o).1;
    for k in view.kids(v).filter(|k| *k > o) {
        let (from, to) = view.reach(k);
        let near = from == end + 1;
        let goes = match view.relation(k) {
            "xcomp" => true,
            "obl" | "nmod" => case(view, k).is_some_and(|c| {
                entry.preposition(&c) || c == "as" && entry.takes(Frame::As) || near && LISTS.has("carry", &c)
            }),
            "acl" => near,
            "advcl" | "ccomp" => {
                let mark = view.kid(k, &["mark"]).filter(|m| *m < k).map(|m| view.form(m).to_lowercase());
                mark.is_some_and(|m| entry.preposition(&m) || m == "to" || m == "as" && entry.takes(Frame::As))
            }
            _ => false,
        };
        // Nothing but adverbs and times may stand between.
        if goes && from <= end + 6 {
            end = end.max(to);
        }
    }
    // "called him \"a coward\"": a quotation right behind the object.
    if end + 1 < view.len() && view.quoted(end + 1) > view.quoted(end) {
        let quote = view.quoted(end + 1);
        end = (end + 1..view.len()).take_while(|i| view.quoted(*i) == quote).last().unwrap_or(end);
    }
    end
}

/// The preposition behind the cue and the word that it leads to.
fn prepositional(view: &View<'_>, cue: &Cue, entry: &Entry) -> Option<(usize, usize)> {
    let k = cue.reach.1 + 1;
    if k >= view.len() || !entry.preposition(&view.form(k).to_lowercase()) {
        return None;
    }
    let c = view.head(k).filter(|c| *c > k)?;
    matches!(view.relation(k), "case" | "mark").then_some((k, c))
}

/// What a passive tells: its subject with what follows, or the clause that "it" stands for.
fn passive(view: &View<'_>, cue: &Cue, entry: &Entry) -> Option<Found> {
    let v = cue.head;
    let subject = view.kids(v).find(|k| matches!(view.label(*k), "nsubj:pass" | "nsubj"));
    let empty = subject.is_some_and(|s| view.listed(s, "empty")) || view.kid(v, &["expl"]).is_some();
    let clause = view.kids(v).find(|k| matches!(view.relation(*k), "ccomp" | "csubj"));
    let pieces =
        |list: Vec<(usize, usize)>, by| (!list.is_empty()).then_some(Found { pieces: list, cue_end: cue.reach.1, by });
    if let Some(c) = clause.filter(|_| speaks(entry) && (empty || subject.is_none())) {
        return pieces(within(view, c, v), "statements/impersonal");
    }
    let relative = subject.is_some_and(|s| super::source::relative(view, s));
    let mut out: Vec<(usize, usize)> = subject.filter(|_| !relative).map(|s| view.reach(s)).into_iter().collect();
    if view.relation(v) == "acl"
        && view.kids(v).any(|k| super::source::by(view, k))
        && let Some(h) = view.head(v).filter(|h| *h < cue.reach.0)
    {
        out.push((view.reach(h).0, cue.reach.0 - 1));
    }
    if let Some(c) = view.kids(v).find(|k| *k > v && view.relation(*k) == "xcomp") {
        out.extend(within(view, c, v));
        return pieces(out, "statements/passive-infinitive");
    }
    if !entry.takes(Frame::Object) {
        return None;
    }
    for k in view.kids(v).filter(|k| *k > v) {
        let mark = match view.relation(k) {
            "obl" => case(view, k),
            "advcl" => view.kid(k, &["mark"]).map(|m| view.form(m).to_lowercase()),
            _ => None,
        };
        if mark.is_some_and(|c| entry.preposition(&c) || c == "as" && entry.takes(Frame::As)) {
            out.push(view.reach(k));
        }
    }
    pieces(out, "statements/passive")
}

/// The words under `c` that are not the cue's own: what hangs between is left out.
fn within(view: &View<'_>, c: usize, v: usize) -> Vec<(usize, usize)> {
    let (from, to) = view.reach(c);
    runs(view, from, to, |i| view.under(i, c) && !(view.under(v, c) && view.under(i, v)))
}

/// The words under `h` without those under the cue.
fn around(view: &View<'_>, h: usize, v: usize) -> Vec<(usize, usize)> {
    let (from, to) = view.reach(h);
    runs(view, from, to, |i| view.under(i, h) && !view.under(i, v))
}

/// The content of a verb of saying of which the tree knows none: what follows "that", or a clause right behind the cue.
pub(super) fn behind(view: &View<'_>, cue: &Cue, entry: &Entry) -> Option<Found> {
    if cue.part != Part::Verb || cue.passive || !entry.takes(Frame::Clause) {
        return None;
    }
    let from = cue.reach.1 + 1;
    let to = view.len().checked_sub(1).filter(|to| from < *to)?;
    let asks = |k: usize| view.listed(k, "clause");
    let opens = |k: usize| asks(k) && matches!(view.tag(k), Upos::Sconj | Upos::Adv | Upos::Pron);
    let that = (from..view.len().min(from + 8)).take_while(|k| !view.is_mark(*k)).find(|k| opens(*k));
    let at = that.or_else(|| {
        let nominal = matches!(view.tag(from), Upos::Pron | Upos::Propn | Upos::Noun | Upos::Det | Upos::Num);
        let verb =
            (from + 1..=to).take_while(|k| !view.is_mark(*k)).any(|k| matches!(view.tag(k), Upos::Verb | Upos::Aux));
        (from < to && nominal && verb && !entry.takes(Frame::Person) && !entry.takes(Frame::Object)).then_some(from)
    })?;
    (at < to).then(|| Found { pieces: vec![(at, to)], cue_end: cue.reach.1, by: "statements/behind" })
}

/// A source and cue that stand between commas or at the end are put into what they tell: it begins with the sentence.
pub(super) fn set_off(view: &View<'_>, group: (usize, usize), pieces: &mut Vec<(usize, usize)>) {
    let Some(before) = group.0.checked_sub(1) else { return };
    let apart = view.is(before, ",") || view.quoted(before) > 0 && view.is_mark(before);
    if !apart || view.quoted(group.0) > 0 {
        return;
    }
    let last = view.len() - 1;
    let closed = group.1 >= last || view.is(group.1 + 1, ",") || group.1 + 1 == last && view.is_mark(last);
    let tells_behind = pieces.iter().any(|p| p.0 > group.1);
    if !closed && tells_behind {
        return;
    }
    let mut from = 0;
    while from < before && view.is_mark(from) && !matches!(view.form(from), "\"" | "“" | "''" | "(" | "[") {
        from += 1;
    }
    // What leads with a setting or ends another saying is not said.
    let setting = matches!(view.tag(from), Upos::Verb | Upos::Sconj)
        || view.listed(from, "setting") && view.quoted(from) == 0 && tells_behind;
    let short = before < from + 2;
    let other = (from..before).any(|i| view.quoted(i) == 0 && says(view, i));
    if setting && view.quoted(before) == 0 || short && tells_behind || other {
        return;
    }
    match pieces.first_mut().filter(|p| p.0 < group.0) {
        Some(first) => *first = (from, before),
        None => pieces.insert(0, (from, before)),
    }
}

/// Cuts the pieces behind a cue where another source is named for the whole: "..., according to the army".
pub(super) fn clip(view: &View<'_>, cue_end: usize, pieces: &mut Vec<(usize, usize)>) {
    for at in cue_end + 2..view.len() {
        if view.quoted(at) == 0 && LISTS.according.first().is_some_and(|p| view.phrase(at, p)) {
            pieces.retain(|p| p.0 < at);
            for p in pieces.iter_mut() {
                p.1 = p.1.min(at - 1);
            }
            return;
        }
    }
}

/// Runs of words that `take` takes; single marks between them do not part them.
fn runs(view: &View<'_>, from: usize, to: usize, take: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    for i in (from..=to).filter(|i| take(*i)) {
        match out.last_mut() {
            Some(last) if (last.1 + 1..i).all(|k| view.is_mark(k)) => last.1 = i,
            _ => out.push((i, i)),
        }
    }
    out
}

/// The content of a noun: only with an owner or behind a verb is it anybody's.
pub(super) fn of_noun(view: &View<'_>, cue: &Cue, entry: &Entry) -> Option<Found> {
    debug_assert_eq!(cue.part, Part::Noun);
    let n = cue.head;
    if speaks(entry)
        && let Some(c) = view.kids(n).find(|k| {
            *k > n
                && matches!(view.relation(*k), "acl" | "ccomp")
                && view.kid(*k, &["mark"]).is_some_and(|m| view.listed(m, "clause"))
        })
    {
        return Some(Found { pieces: within(view, c, n), cue_end: cue.reach.1, by: "statements/noun-clause" });
    }
    if entry.takes(Frame::To)
        && let Some(c) = infinitive(view, n)
    {
        return Some(Found { pieces: within(view, c, n), cue_end: cue.reach.1, by: "statements/noun-infinitive" });
    }
    let (k, c) = prepositional(view, cue, entry)?;
    let to = view.reach(c).1;
    (k < to).then_some(Found { pieces: vec![(k + 1, to)], cue_end: k, by: "statements/noun-preposition" })
}
