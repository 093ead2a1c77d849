//! Where an account happened: the narrowest words, and the gazetteer's entry for them.

use crate::account::{Place, Precision};
use crate::language::Language;
use crate::scene::Scene;
use crate::sort::Draft;
use crate::unit::Unit;
use article::pattern::Mentions;
use article::{EntryKind, Gazetteer, TokenKind};

/// The place of an account: that of its telling units, else the dateline's (for the story's own incident), else none.
pub(crate) fn place(scene: &Scene<'_>, language: &Language, units: &[Unit], draft: &Draft, own: bool) -> Option<Place> {
    let told = || draft.telling.iter().chain(&draft.context).map(|n| &units[*n]).filter(|u| !u.headline);
    let narrow = |u: &&Unit| u.place.is_some_and(|p| !wide(scene.places[p].kind));
    let first = &units[draft.telling[0]];
    let located = |u: &&Unit| narrow(u) && u.place.is_some_and(|p| is_located(scene, language, u, p));
    let dateline = own.then(|| dateline(scene)).flatten();
    let headline =
        || draft.context.iter().map(|n| &units[*n]).filter(|u| u.headline).find(narrow).and_then(|u| u.place);
    // Words of a place that the gazetteer does not know, in the sentence that tells first.
    let unlisted = unlisted(scene, language, first);
    let named = Some(first).filter(located).or(Some(first).filter(narrow)).and_then(|u| u.place);
    let later = || draft.telling.iter().take(4).map(|n| &units[*n]).find(located).and_then(|u| u.place);
    let known = named.or_else(|| if unlisted.is_some() { None } else { headline().or(dateline).or_else(later) });
    let (chosen, by) = match known {
        Some(p) => (p, if Some(p) == dateline { "place/dateline" } else { "place/told" }),
        None => {
            let wider = |kind: EntryKind| {
                told().find(|u| u.place.is_some_and(|p| scene.places[p].kind == kind)).and_then(|u| u.place)
            };
            match wider(EntryKind::Province)
                .or_else(|| wider(EntryKind::District))
                .or(dateline)
                .or_else(|| wider(EntryKind::Country))
            {
                Some(p) => (p, "place/wide"),
                None => return None,
            }
        }
    };
    let mention = &scene.places[chosen];
    let entry = Gazetteer::builtin().entry(mention.entry)?;
    let site = draft.telling.iter().take(3).find_map(|n| site(scene, language, &units[*n]));
    let mut evidence = vec![mention.span];
    let words = mention.span.of(&scene.article.text);
    // An unlisted name stands for itself; of the entry only province and country hold.
    let outer = unlisted.is_some() && known.is_none();
    let site = site.or(unlisted.filter(|_| outer));
    let (name, precision) = match site {
        Some(tokens) => {
            let span = scene.span(tokens);
            let text = span.of(&scene.article.text);
            evidence.insert(0, span);
            let name = if text.contains(words) { text.to_owned() } else { format!("{text}, {words}") };
            (name, Precision::Site)
        }
        None => (
            words.to_owned(),
            match entry.kind {
                EntryKind::Country => Precision::Country,
                EntryKind::Province => Precision::Province,
                EntryKind::District => Precision::District,
                _ => Precision::City,
            },
        ),
    };
    Some(Place {
        name,
        city: if wide(entry.kind) || outer { String::new() } else { entry.name.to_owned() },
        admin1: entry.admin1.to_owned(),
        country: entry.country.to_owned(),
        precision,
        at: Some((entry.lat, entry.lon)),
        entry: Some(mention.entry),
        evidence,
        by: by.to_owned(),
    })
}

fn wide(kind: EntryKind) -> bool {
    kind != EntryKind::City
}

/// Whether a word such as "in" or "near" stands before the place mention `p` of `u`.
fn is_located(scene: &Scene<'_>, language: &Language, u: &Unit, p: usize) -> bool {
    let at = scene.places[p].tokens.0;
    let near = |n: usize| at >= u.tokens.0 + n && scene.marks.has(at - n, language.lists.at);
    near(1) || near(2) || near(3) || at + 1 < u.tokens.1 && scene.norm(scene.places[p].tokens.1) == "'s"
}

/// A capitalised name behind "in", "at" or "near" that is no known place, actor or time.
fn unlisted(scene: &Scene<'_>, language: &Language, u: &Unit) -> Option<(usize, usize)> {
    let (from, to) = u.tokens;
    let t = &scene.tokens.tokens;
    for i in from..to.saturating_sub(1) {
        if !matches!(scene.norm(i), "in" | "at" | "near" | "outside") || t[i].capital && i > from {
            continue;
        }
        let skip = (i + 1..to)
            .take(4)
            .take_while(|k| {
                matches!(scene.norm(*k), "the" | "village" | "town" | "district" | "of" | "hamlet" | "area" | "city")
            })
            .count();
        let at = i + 1 + skip;
        let mut end = at;
        while end < to && end < at + 4 && t[end].capital && t[end].kind == TokenKind::Word {
            end += 1;
        }
        let span = scene.span((at, end));
        let taken = scene.places.iter().any(|p| p.span.overlaps(span))
            || scene.actors.iter().any(|a| a.span.overlaps(span))
            || scene.times.iter().any(|t| t.span.overlaps(span));
        let common = (at..end).all(|k| !scene.marks.bare(k) && scene.marks.end(k, language.lists.site).is_some());
        if end > at && !taken && !common {
            return Some((at, end));
        }
    }
    None
}

/// The place that the text is dated from.
pub(crate) fn dateline(scene: &Scene<'_>) -> Option<usize> {
    let span = scene.article.dateline?;
    scene.places.iter().position(|p| span.contains(p.span) && !wide(p.kind))
}

/// The words for a building, road or spot where the unit's violence happened: "outside [the traffic police
/// headquarters] in".
fn site(scene: &Scene<'_>, language: &Language, u: &Unit) -> Option<(usize, usize)> {
    let l = &language.lists;
    let (from, to) = u.tokens;
    for i in from + 1..to {
        let Some(end) = scene.marks.end(i, l.site) else { continue };
        // Back to a word such as "at", over nothing that ends a noun phrase.
        let mut at = i;
        while at > from && i - at < 7 {
            if scene.marks.has(at - 1, l.at) && !matches!(scene.norm(at - 1), "of" | "through") {
                return Some((at, phrase_end(scene, end, to)));
            }
            if scene.is_mark(at - 1)
                || scene.marks.has(at - 1, l.brk) && scene.norm(at - 1) != "of"
                || scene.marks.has(at - 1, l.outbound)
            {
                break;
            }
            at -= 1;
        }
    }
    None
}

/// "the gate of the hospital", "a mosque in Kunduz": goes on over "of" and over "in" with a place.
fn phrase_end(scene: &Scene<'_>, end: usize, to: usize) -> usize {
    const PLACE: usize = 5;
    if end < to && matches!(scene.norm(end), "in" | "of") {
        if let Some(e) = scene.end(PLACE, end + 1).filter(|e| *e <= to) {
            return e;
        }
    }
    end
}
