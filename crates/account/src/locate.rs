//! Where an account happened: the narrowest words, and the gazetteer's entry for them.

use crate::account::{Place, Precision};
use crate::language::Language;
use crate::scene::Scene;
use crate::scenery::{located, site, unlisted};
use crate::sort::Draft;
use crate::unit::Unit;
use article::places::{PlaceMention, PlaceVia};
use article::{BlockKind, EntryKind, Gazetteer};
use std::collections::BTreeMap;

/// How many sentences are looked at for a place that no gazetteer knows.
const ELSEWHERE: usize = 12;

/// The place of an account. In this order: a place named in the sentence that tells first; a name there that no gazetteer
/// knows; the headline's; the dateline's (for the story's own incident); that of a later sentence; a wider one; and for
/// a bare building or road, the story's own town (`story`).
pub(crate) fn place(
    scene: &Scene<'_>,
    language: &Language,
    units: &[Unit],
    draft: &Draft,
    own: bool,
    story: Option<&Place>,
) -> Option<Place> {
    let told = || draft.telling.iter().chain(&draft.context).map(|n| &units[*n]).filter(|u| !u.headline);
    let narrow = |u: &&Unit| u.place.is_some_and(|p| !wide(scene.places[p].kind));
    let located = |u: &&Unit| {
        narrow(u) && u.place.is_some_and(|p| located(scene, language, u.sentence, scene.places[p].tokens.0))
    };
    let first = &units[draft.telling[0]];
    let dateline = own.then(|| dateline(scene)).flatten();
    let headline =
        || draft.context.iter().map(|n| &units[*n]).filter(|u| u.headline).find(narrow).and_then(|u| u.place);
    let later = || draft.telling.iter().take(4).map(|n| &units[*n]).find(located).and_then(|u| u.place);
    // Where the sentence right behind goes on to tell.
    let next = || {
        let near = draft.telling.iter().skip(1).take(1).map(|n| &units[*n]);
        near.filter(|u| u.paragraph <= first.paragraph + 1).find(located).and_then(|u| u.place)
    };
    let wider = || {
        let of = |kind: EntryKind| {
            told().find(|u| u.place.is_some_and(|p| scene.places[p].kind == kind)).and_then(|u| u.place)
        };
        of(EntryKind::District).or_else(|| of(EntryKind::Province)).or_else(|| of(EntryKind::Country))
    };
    let near = draft.telling.iter().map(|n| &units[*n]).take(2).filter(|u| u.paragraph == first.paragraph);
    let site = near.filter_map(|u| site(scene, language, u.sentence, u.tokens)).next();
    let told_first = draft.telling.iter().map(|n| &units[*n]).take(2).take_while(|u| !narrow(u));
    // A province of the first sentence stands before an area in the second that nobody knows.
    let open = first.place.is_none_or(|p| scene.places[p].kind == EntryKind::Country);
    let named = |u: &Unit, areas| unlisted(scene, language, u.sentence, u.tokens, areas);
    let unlisted = named(first, true).or_else(|| told_first.into_iter().find_map(|u| named(u, open)));
    if let Some(p) = Some(first).filter(narrow).and_then(|u| u.place) {
        let part = unlisted.filter(|t| part_of(scene, *t, p));
        // "a farm at X, on the Kunduz side"
        if let Some(tokens) = unlisted.filter(|t| part.is_none() && nearer(scene, first, *t, scene.places[p].tokens)) {
            return Some(around(scene, tokens, Some(p), "place/unlisted"));
        }
        let mut place = entry(scene, p, site.or(part), "place/told")?;
        if site.is_none() && part.is_some() {
            place.precision = Precision::Neighbourhood;
        }
        return Some(place);
    }
    if let Some(tokens) = unlisted {
        let outer = wider().or_else(|| heading(scene, first)).or(dateline).or_else(|| main_country(scene));
        return Some(around(scene, tokens, outer, "place/unlisted"));
    }
    if let Some(p) = first.place.filter(|p| matches!(scene.places[*p].kind, EntryKind::Province | EntryKind::District))
        && first.located
    {
        // The dateline's town stands for its own province only.
        let town = dateline.filter(|d| within(scene, *d, p));
        return entry(scene, town.unwrap_or(p), site, "place/province");
    }
    if let Some(p) = first.set_place.filter(|p| !wide(scene.places[*p].kind)) {
        return entry(scene, p, site, "place/set");
    }
    if let Some((from, to)) = first.item {
        let mark = usize::from(scene.is_mark(to - 1));
        return Some(around(scene, (from, to - mark), main_country(scene), "place/heading"));
    }
    if let Some(p) = headline() {
        return entry(scene, p, site, "place/headline");
    }
    if let Some(p) = next() {
        return entry(scene, p, site, "place/next");
    }
    if let Some(p) = dateline {
        return entry(scene, p, site, "place/dateline");
    }
    if let Some(p) = later() {
        return entry(scene, p, site, "place/later");
    }
    match (site, story) {
        (Some(tokens), Some(story)) => {
            let words = scene.words(tokens);
            let span = scene.span(tokens);
            Some(Place {
                name: if story.city.is_empty() { words.to_owned() } else { format!("{words}, {}", story.city) },
                precision: Precision::Site,
                evidence: std::iter::once(span).chain(story.evidence.iter().copied()).collect(),
                by: "place/story".to_owned(),
                ..story.clone()
            })
        }
        _ => wider()
            .and_then(|p| entry(scene, p, site, "place/wide"))
            .or_else(|| titled(scene).filter(|_| own).and_then(|p| entry(scene, p, site, "place/title")))
            .or_else(|| {
                (own && story.is_none())
                    .then(|| most_named(scene))
                    .flatten()
                    .and_then(|p| entry(scene, p, site, "place/most-named"))
            })
            .or_else(|| elsewhere(scene, language).filter(|_| own && story.is_none()))
            // What is told without a place is told of the story's own.
            .or_else(|| story.map(|s| Place { by: "place/story".to_owned(), ..s.clone() })),
    }
}

/// Whether the words at `a` stand nearer to the telling word of a unit than those at `b`, in the tree.
fn nearer(scene: &Scene<'_>, u: &Unit, a: (usize, usize), b: (usize, usize)) -> bool {
    let clauses = scene.clauses(u.sentence);
    let node = |token: usize| clauses.tree.at(scene.tokens.tokens.get(token)?.span.start);
    let anchor = u.strong.iter().chain(&u.weak).map(|(_, t)| t.0).min().and_then(node);
    let arcs = |t: (usize, usize)| Some(clauses.tree.distance(node(t.0)?, anchor?));
    matches!((arcs(a), arcs(b)), (Some(a), Some(b)) if a < b)
}

/// A place that no gazetteer knows, of a story that names no other: the first in the text.
fn elsewhere(scene: &Scene<'_>, language: &Language) -> Option<Place> {
    let near = (0..scene.tokens.sentences.len()).filter(|n| scene.near[*n]);
    let sentences = near.filter(|n| !scene.in_headline(&scene.tokens.sentences[*n]));
    let found = |n: usize| unlisted(scene, language, n, scene.tokens.sentences[n].tokens, true);
    sentences.take(ELSEWHERE).find_map(found).map(|t| around(scene, t, main_country(scene), "place/elsewhere"))
}

/// The town that the headline names, whatever it tells of it.
fn titled(scene: &Scene<'_>) -> Option<usize> {
    let in_title = |p: &PlaceMention| {
        let block = scene.article.blocks.iter().find(|b| b.span.contains(p.span));
        block.is_some_and(|b| b.kind == BlockKind::Headline)
    };
    let capital = |p: &PlaceMention| scene.tokens.tokens[p.tokens.0].capital;
    scene.places.iter().position(|p| in_title(p) && !wide(p.kind) && p.via == PlaceVia::Name && capital(p))
}

/// The place of a mention in the gazetteer, with the words for a site in it.
fn entry(scene: &Scene<'_>, mention: usize, site: Option<(usize, usize)>, by: &str) -> Option<Place> {
    let mention = &scene.places[mention];
    let entry = Gazetteer::builtin().entry(mention.entry)?;
    let words = mention.span.of(&scene.article.text);
    let mut evidence = vec![mention.span];
    let mut name = words.to_owned();
    if let Some(span) = site.map(|t| scene.span(t)) {
        let text = span.of(&scene.article.text);
        evidence.insert(0, span);
        name = if text.contains(words) { text.to_owned() } else { format!("{text}, {words}") };
    }
    Some(Place {
        name,
        city: if wide(entry.kind) { String::new() } else { entry.name.to_owned() },
        admin1: entry.admin1.to_owned(),
        country: entry.country.to_owned(),
        precision: match entry.kind {
            _ if site.is_some() => Precision::Site,
            EntryKind::City => Precision::City,
            EntryKind::District => Precision::District,
            EntryKind::Province => Precision::Province,
            EntryKind::Country | EntryKind::Region => Precision::Country,
        },
        at: Some((entry.lat, entry.lon)),
        entry: Some(mention.entry),
        evidence,
        by: by.to_owned(),
    })
}

/// A name that the gazetteer does not know; of the mention `outer` only country and province hold.
fn around(scene: &Scene<'_>, tokens: (usize, usize), outer: Option<usize>, by: &str) -> Place {
    let span = scene.span(tokens);
    let outer = outer.map(|p| &scene.places[p]);
    let entry = outer.and_then(|m| Gazetteer::builtin().entry(m.entry));
    Place {
        name: span.of(&scene.article.text).to_owned(),
        city: String::new(),
        admin1: entry.map_or("", |e| e.admin1).to_owned(),
        country: entry.map_or("", |e| e.country).to_owned(),
        precision: Precision::City,
        at: None,
        entry: None,
        evidence: std::iter::once(span).chain(outer.map(|m| m.span)).collect(),
        by: by.to_owned(),
    }
}

/// The town that the text names most, if it names one twice: a story that nowhere says where it happened speaks of it.
fn most_named(scene: &Scene<'_>) -> Option<usize> {
    let mut named: BTreeMap<u32, usize> = BTreeMap::new();
    scene.places.iter().for_each(|q| *named.entry(q.entry).or_default() += 1);
    let count = |p: usize| named[&scene.places[p].entry];
    let town = |p: &usize| !wide(scene.places[*p].kind) && scene.places[*p].via == PlaceVia::Name && count(*p) > 1;
    (0..scene.places.len()).filter(town).max_by_key(|p| (count(*p), std::cmp::Reverse(*p)))
}

fn within(scene: &Scene<'_>, inner: usize, outer: usize) -> bool {
    Gazetteer::builtin().within(scene.places[inner].entry, scene.places[outer].entry)
}

/// The country that heads the unit's paragraph, as in a round-up: "PHILIPPINES. Five soldiers were killed".
fn heading(scene: &Scene<'_>, u: &Unit) -> Option<usize> {
    let block = scene.article.blocks.get(u.paragraph)?.span;
    let country = |p: &PlaceMention| block.contains(p.span) && p.kind == EntryKind::Country;
    scene.places.iter().position(country)
}

/// Whether the unlisted name stands right before the place: "Dasht-e-Barchi in Kabul", "Domiz, Kirkuk".
fn part_of(scene: &Scene<'_>, name: (usize, usize), place: usize) -> bool {
    let at = scene.places[place].tokens.0;
    name.1 < at
        && at <= name.1 + 3
        && (name.1..at).all(|i| scene.is_mark(i) || scene.marks.has(i, scene.language.lists.part_of))
}

/// A mention that lies in the country named most often.
fn main_country(scene: &Scene<'_>) -> Option<usize> {
    let g = Gazetteer::builtin();
    let country = |p: &PlaceMention| g.entry(p.entry).map(|e| e.country);
    let mut named: BTreeMap<_, usize> = BTreeMap::new();
    scene.places.iter().for_each(|q| *named.entry(country(q)).or_default() += 1);
    let count = |p: usize| named[&country(&scene.places[p])];
    let country_entry = |p: &usize| scene.places[*p].kind == EntryKind::Country;
    (0..scene.places.len()).filter(country_entry).max_by_key(|p| (count(*p), std::cmp::Reverse(*p)))
}

fn wide(kind: EntryKind) -> bool {
    kind != EntryKind::City
}

/// The place that the text is dated from.
pub(crate) fn dateline(scene: &Scene<'_>) -> Option<usize> {
    let span = scene.article.dateline?;
    scene.places.iter().position(|p| span.contains(p.span) && !wide(p.kind))
}
