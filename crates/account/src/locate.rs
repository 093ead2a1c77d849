//! Where an account happened: the narrowest words, and the gazetteer's entry for them.

use crate::account::{Place, Precision};
use crate::language::Language;
use crate::scene::Scene;
use crate::sort::Draft;
use crate::unit::Unit;
use article::pattern::Mentions;
use article::{EntryKind, Gazetteer};

/// The place of an account: that of its telling units, else the dateline's (for the story's own incident), else none.
pub(crate) fn place(scene: &Scene<'_>, language: &Language, units: &[Unit], draft: &Draft, own: bool) -> Option<Place> {
    let told = || draft.telling.iter().chain(&draft.context).map(|n| &units[*n]).filter(|u| !u.headline);
    let narrow = |u: &&Unit| u.place.is_some_and(|p| !wide(scene.places[p].kind));
    let named = draft.telling.iter().take(4).map(|n| &units[*n]).find(narrow).and_then(|u| u.place);
    let dateline = own.then(|| dateline(scene)).flatten();
    let (chosen, by) = match named {
        Some(p) => (p, "place/told"),
        None => {
            let province = told().find(|u| u.place.is_some_and(|p| scene.places[p].kind == EntryKind::Province));
            let country = told().find(|u| u.place.is_some());
            match (province.and_then(|u| u.place), dateline, country.and_then(|u| u.place)) {
                (Some(p), Some(d), _) if inside(scene, d, p) => (d, "place/dateline"),
                (Some(p), ..) => (p, "place/province"),
                (None, Some(d), Some(c)) if inside(scene, d, c) => (d, "place/dateline"),
                (None, _, Some(c)) => (c, "place/country"),
                (None, Some(d), None) => (d, "place/dateline"),
                (None, None, None) => return None,
            }
        }
    };
    let mention = &scene.places[chosen];
    let entry = Gazetteer::builtin().entry(mention.entry)?;
    let site = draft.telling.iter().take(3).find_map(|n| site(scene, language, &units[*n]));
    let mut evidence = vec![mention.span];
    let words = mention.span.of(&scene.article.text);
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
                _ => Precision::City,
            },
        ),
    };
    Some(Place {
        name,
        city: if wide(entry.kind) { String::new() } else { entry.name.to_owned() },
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
    matches!(kind, EntryKind::Country | EntryKind::Province)
}

/// Whether the entry of mention `a` lies in that of mention `b`.
fn inside(scene: &Scene<'_>, a: usize, b: usize) -> bool {
    let g = Gazetteer::builtin();
    let (Some(a), Some(b)) = (g.entry(scene.places[a].entry), g.entry(scene.places[b].entry)) else { return false };
    a.country == b.country && (b.kind == EntryKind::Country || a.admin1 == b.admin1)
}

/// The place that the text is dated from: named within its first words, before a dash, bracket or colon.
pub(crate) fn dateline(scene: &Scene<'_>) -> Option<usize> {
    let first = scene.tokens.sentences.iter().find(|s| !scene.in_headline(s))?;
    let (from, to) = first.tokens;
    let head = (from..to.min(from + 16)).find(|i| matches!(scene.norm(*i), "-" | "--" | ":" | "[" | "("))?;
    scene.places.iter().position(|p| from <= p.tokens.0 && p.tokens.0 <= from + 1 && p.tokens.1 <= head && !wide(p.kind))
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
            if scene.is_mark(at - 1) || scene.marks.has(at - 1, l.brk) && scene.norm(at - 1) != "of" || scene.marks.has(at - 1, l.outbound) {
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
