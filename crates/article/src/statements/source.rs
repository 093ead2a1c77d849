//! Sources: the words that name who says it, and what kind of source they are.

use super::cue::Cue;
use super::cues::{LISTS, Part};
use super::view::View;
use super::{Source, SourceKind};
use crate::grammar::Upos;

/// The subject of a cue, by the head of its phrase; of a passive the agent.
pub(super) fn subject(view: &View<'_>, cue: &Cue) -> Option<usize> {
    match cue.part {
        Part::Noun => possessor(view, cue.head),
        _ if cue.passive => agent(view, cue.head),
        _ => active(view, cue.head, 0),
    }
}

/// The phrase that stands right before a finite verb of saying, or behind one that follows a quotation or comma, where the
/// tree knows of no subject.
pub(super) fn beside(view: &View<'_>, cue: &Cue) -> Option<usize> {
    let v = cue.head;
    let finite = cue.part == Part::Verb
        && !cue.passive
        && !view.form(v).to_lowercase().ends_with("ing")
        && !view.listed(cue.reach.0, "infinitive");
    if !finite || matches!(view.relation(v), "conj" | "acl" | "amod") {
        return None;
    }
    let (first, last) = cue.reach;
    if let Some((from, _)) = after_quote(view, first) {
        return (from..first).find(|i| nominal(view, *i));
    }
    let top = |mut i: usize, inside: &dyn Fn(usize) -> bool| {
        while let Some(h) = view.head(i).filter(|h| *h != v && nominal(view, *h) && inside(*h)) {
            i = h;
        }
        i
    };
    if let Some(k) = first.checked_sub(1).filter(|k| nominal(view, *k)) {
        return Some(top(k, &|h| view.reach(h).1 < first));
    }
    let k = last + 1;
    let behind =
        k < view.len() && first > 0 && view.is_mark(first - 1) && (nominal(view, k) || view.tag(k) == Upos::Det);
    behind.then(|| top(k, &|h| view.reach(h).0 > last)).filter(|k| nominal(view, *k))
}

fn nominal(view: &View<'_>, i: usize) -> bool {
    matches!(view.tag(i), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num)
}

/// What stands between a quotation and the cue at `first`, when it is one phrase: in direct speech that is the source,
/// whatever the tree makes of it.
pub(super) fn after_quote(view: &View<'_>, first: usize) -> Option<(usize, usize)> {
    let mut from = first;
    while from > 0 && view.quoted(from - 1) == 0 && first - from < 30 {
        from -= 1;
    }
    if from == 0 || view.quoted(from - 1) == 0 {
        return None;
    }
    while from < first && view.is_mark(from) {
        from += 1;
    }
    let mut to = first;
    while to > from && view.is_mark(to - 1) {
        to -= 1;
    }
    let plain = from < to
        && (nominal(view, from) || matches!(view.tag(from), Upos::Det | Upos::Adj))
        && (from..to).all(|i| {
            let verb = matches!(view.tag(i), Upos::Verb | Upos::Aux | Upos::Sconj | Upos::Cconj);
            !verb || (from..i).any(|k| view.listed(k, "relative") || view.tag(k) == Upos::Cconj)
        });
    if !plain {
        return None;
    }
    // A phrase with a comma inside takes the comma that closes it.
    let closes = (from..to).any(|i| view.is(i, ",")) && view.is(to, ",") && to < first;
    Some((from, if closes { to } else { to - 1 }))
}

/// "X's claim", "his claim", "the claim by X".
fn possessor(view: &View<'_>, noun: usize) -> Option<usize> {
    let poss = view.kids(noun).find(|k| view.label(*k) == "nmod:poss");
    poss.or_else(|| view.kids(noun).find(|k| case(view, *k).is_some_and(|c| LISTS.has("agent", &c))))
}

fn agent(view: &View<'_>, verb: usize) -> Option<usize> {
    view.kids(verb).find(|k| by(view, *k))
}

/// Whether a phrase names who did it, by its head.
pub(super) fn by(view: &View<'_>, k: usize) -> bool {
    let agent = view.kid(k, &["case"]).is_some_and(|c| c < k && view.listed(c, "agent"));
    view.label(k) == "obl:agent" || view.relation(k) == "obl" && agent
}

/// The preposition of a phrase, by the head of the phrase.
pub(super) fn case(view: &View<'_>, i: usize) -> Option<String> {
    view.kid(i, &["case"]).filter(|k| *k < i).map(|k| view.form(k).to_lowercase())
}

/// The subject of a verb: its own, or that of the verb that it hangs on.
fn active(view: &View<'_>, verb: usize, depth: usize) -> Option<usize> {
    // Of several the one nearest before the verb; the others are settings that were taken for it.
    let subjects = || view.kids(verb).filter(|k| view.relation(*k) == "nsubj" && view.quoted(*k) == view.quoted(verb));
    if let Some(s) = subjects().rfind(|k| *k < verb).or_else(|| subjects().next()) {
        return Some(s);
    }
    if depth == 4 {
        return None;
    }
    let head = view.head(verb)?;
    match view.relation(verb) {
        "conj" | "xcomp" | "advcl" | "parataxis" | "dep" if verbal(view, head) => {
            let borrowed = active(view, head, depth + 1)?;
            // What stands on the far side of the verb is no subject that it shares.
            (!view.under(borrowed, verb) && view.quoted(borrowed) == view.quoted(verb)).then_some(borrowed)
        }
        "acl" => Some(head),
        "conj" if view.relation(head) == "acl" => view.head(head),
        _ => None,
    }
}

fn verbal(view: &View<'_>, i: usize) -> bool {
    matches!(view.tag(i), Upos::Verb | Upos::Aux)
        || view.kids(i).any(|k| matches!(view.relation(k), "cop" | "nsubj" | "aux"))
}

/// The words of the source whose phrase has the head `s`, apart from the cue: appositions belong to it, clauses that go
/// on about it behind a comma do not when they hold a cue of their own.
pub(super) fn words(view: &View<'_>, s: usize, cue: (usize, usize), part: Part) -> (usize, usize) {
    let (mut first, mut last) = view.reach(s);
    if cue.0 > s {
        last = last.min(cue.0.saturating_sub(1));
    } else {
        first = first.max(cue.1 + 1);
    }
    if relative(view, s) {
        return (s, s);
    }
    if part == Part::Verb
        && s < cue.0
        && let Some(phrase) = after_quote(view, cue.0).filter(|p| p.0 <= s && s <= p.1)
    {
        return phrase;
    }
    while first < s && (view.is_mark(first) || view.quoted(first) != view.quoted(s)) {
        first += 1;
    }
    while last > s && view.quoted(last) != view.quoted(s) && view.quoted(s) == 0 && view.is_mark(last) {
        last -= 1;
    }
    // The preposition before an agent, the 's behind an owner.
    while first < s && matches!(view.relation(first), "case" | "cc" | "punct" | "mark") && view.head(first) == Some(s) {
        first += 1;
    }
    // What a comma far off draws in, but the tree hangs elsewhere, is no part of it.
    if let Some(i) = (s + 1..=last).find(|i| view.tag(*i) == Upos::Verb && !view.under(*i, s)) {
        last = i - 1;
    }
    for k in view.kids(s).filter(|k| *k > s) {
        let clause = matches!(view.relation(k), "acl" | "parataxis" | "conj" | "dep" | "advcl");
        let (from, to) = view.reach(k);
        let comma = from > 0 && view.is_mark(from - 1) || view.is_mark(from);
        let cues = || (from..=to).any(|i| view.tag(i) == Upos::Verb && super::cue::entries(view, i).is_some());
        if clause
            && from > s
            && from <= last
            && !verbless_conj(view, k)
            && (comma || view.label(k) == "acl:relcl")
            && cues()
        {
            last = last.min(from.saturating_sub(1));
        }
    }
    while last > s && (view.is_mark(last) && !matches!(view.form(last), ")" | "]") || view.relation(last) == "cc") {
        last -= 1;
    }
    // A phrase with a comma inside takes the comma that closes it.
    let inner = (s..=last).any(|i| view.is(i, ","));
    if inner && view.is(last + 1, ",") && last + 1 < cue.0 && cue.0 > s {
        last += 1;
    }
    if cue.0 > s && part == Part::Verb {
        (first, last) = closed(view, first, last, cue.0);
    }
    (first, last.max(s.max(first)))
}

/// A source that stands before its cue reaches to it when nothing but nouns lies between, and back over numbers.
fn closed(view: &View<'_>, mut first: usize, mut last: usize, cue: usize) -> (usize, usize) {
    let plain = |i: usize| matches!(view.tag(i), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::Det);
    if last + 1 < cue && cue - last <= 7 && (last + 1..cue).all(plain) {
        last = cue - 1;
    }
    // Back to the sentence's start, when that is part of the same phrase: "Aides to the mayor say".
    let phrase =
        |i: usize| plain(i) || matches!(view.tag(i), Upos::Adp | Upos::Adv) && view.quoted(i) == view.quoted(cue);
    if first > 0
        && first <= 6
        && (0..first).all(phrase)
        && (plain(0) || view.tag(first - 1) == Upos::Num)
        && !view.listed(0, "setting")
    {
        return (0, last);
    }
    while first > 0 {
        let tag = view.tag(first - 1);
        let counted = view.listed(first - 1, "place") && first > 1 && view.tag(first - 2) == Upos::Num;
        let about = tag == Upos::Adv && view.tag(first) == Upos::Num;
        if !(matches!(tag, Upos::Num | Upos::Propn | Upos::Adj) || counted || about) {
            break;
        }
        first -= 1;
    }
    (first, last)
}

/// "Abbas and Karimi": joined names, not joined clauses.
fn verbless_conj(view: &View<'_>, k: usize) -> bool {
    view.relation(k) == "conj" && view.tag(k) != Upos::Verb
}

/// Whether a word is a relative pronoun.
pub(super) fn relative(view: &View<'_>, s: usize) -> bool {
    view.listed(s, "relative")
        && view.head(s).is_some_and(|h| view.label(h) == "acl:relcl" || view.relation(h) == "conj")
}

/// The source whose phrase has the head `s`.
pub(super) fn source(view: &View<'_>, s: usize, reach: (usize, usize)) -> Source {
    let of = view.head(s).filter(|_| relative(view, s)).and_then(|clause| {
        let top = if view.relation(clause) == "conj" { view.head(clause)? } else { clause };
        view.head(top).filter(|_| view.label(top) == "acl:relcl")
    });
    let head = of.unwrap_or(s);
    let phrase = of.map(|h| {
        let last = view.kids(h).filter(|k| *k > h && view.label(*k) == "acl:relcl").map(|k| view.reach(k).0).min();
        let last = last.unwrap_or(h + 1).saturating_sub(1).max(h);
        let last = if view.is_mark(last) && last > h { last - 1 } else { last };
        let plain = |i: &usize| matches!(view.relation(*i), "det" | "amod" | "compound" | "nummod" | "flat" | "nmod");
        let first = (0..h).rev().take_while(|i| plain(i) && view.under(*i, h)).last().unwrap_or(h);
        view.text_span((first, last))
    });
    Source { span: view.text_span(reach), of: phrase, kind: kind(view, head, reach) }
}

/// What kind of source a phrase names.
pub(super) fn kind(view: &View<'_>, head: usize, reach: (usize, usize)) -> SourceKind {
    let lemma = view.lemma(head).to_lowercase();
    let form = view.form(head).to_lowercase();
    let any = |list: &str| LISTS.has(list, &lemma) || LISTS.has(list, &form);
    let named = (reach.0..=reach.1).any(|i| view.tag(i) == Upos::Propn && view.relation(i) != "nmod");
    let hidden = (reach.0..=reach.1).any(|i| LISTS.has("unnamed", &view.form(i).to_lowercase()));
    let name_of_person = view.tag(head) == Upos::Propn
        || view.kids(head).any(|k| matches!(view.relation(k), "appos" | "flat") && view.tag(k) == Upos::Propn);
    let plural = view.tag(head) == Upos::Noun && form.ends_with('s') && !form.ends_with("ss") && lemma != form;
    if hidden && any("anonymous") {
        return SourceKind::Anonymous;
    }
    if any("institution") {
        return SourceKind::Institution;
    }
    if any("document") {
        return SourceKind::Document;
    }
    let plain = reach.0 == head || reach.0 + 1 == head && view.tag(reach.0) == Upos::Det;
    if LISTS.has("group", &form) && plain && reach.1 == head {
        return if any("anonymous") { SourceKind::Anonymous } else { SourceKind::Group };
    }
    if name_of_person {
        return SourceKind::Named;
    }
    let determined =
        |list: &str| view.kid(head, &["det", "nmod"]).is_some_and(|d| LISTS.has(list, &view.form(d).to_lowercase()));
    if any("group") && (plural || view.tag(head) != Upos::Noun || lemma == form) {
        // Officials and witnesses without a name are a group that nobody can be asked of.
        return if any("anonymous") && !named { SourceKind::Anonymous } else { SourceKind::Group };
    }
    if plural {
        return if any("anonymous") { SourceKind::Anonymous } else { SourceKind::Group };
    }
    // "A shopkeeper" is nobody that could be found; "the commander" has been told of.
    let unknown = determined("indefinite") || any("anonymous") && !determined("definite");
    if unknown && view.tag(head) == Upos::Noun { SourceKind::Anonymous } else { SourceKind::Named }
}
