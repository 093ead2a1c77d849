//! Provinces and districts by name, today's and those of 2015.
//!
//! Two packages list places of GeoNames together with the names of the divisions they lie in. Their places are found
//! again among those of the main source by their points. A first-level division whose places bear one number there gives
//! that number its name; one that was since divided or merged stays as a place of its own, because reports of its time
//! name it. A second-level division becomes a district at the middle of its places.

use super::source::{City, Source, Told};
use article::fold;
use article::gazetteer::key;
use std::collections::{BTreeMap, BTreeSet};

/// The part of a division's places that must lie in one province, for the two to be taken as one or in each other.
const MOST: f32 = 0.6;
/// Two sources put one place at points that differ by less than this, in degrees.
const SAME: f32 = 0.02;

/// What the sources tell about divisions.
pub(super) struct Divisions<'s> {
    /// Names of first-level divisions by country and GeoNames' number.
    pub(super) provinces: BTreeMap<(&'s str, &'s str), Vec<String>>,
    pub(super) others: Vec<Division<'s>>,
    /// The district of each place, as an index into `others`, by the place's GeoNames number.
    pub(super) of_place: BTreeMap<u32, usize>,
}

/// A district, or a province of former times.
pub(super) struct Division<'s> {
    pub(super) country: &'s str,
    /// GeoNames' number of the province it lies in; `None` where it spans several.
    pub(super) province: Option<&'s str>,
    /// The first is printed.
    pub(super) names: Vec<String>,
    pub(super) population: u32,
    pub(super) points: Vec<(f32, f32)>,
    /// It was a first-level division.
    pub(super) first_level: bool,
}

/// Reads both lists, today's first: what it names is not taken from the other.
pub(super) fn divisions(source: &Source) -> Divisions<'_> {
    let index = Index::of(source);
    let mut out = Divisions { provinces: BTreeMap::new(), others: Vec::new(), of_place: BTreeMap::new() };
    let mut known = BTreeSet::new();
    for list in [&source.told, &source.former] {
        let located: Vec<(&Told, Option<(u32, &City)>)> = list.iter().map(|t| (t, index.find(t))).collect();
        let before = known.clone();
        first_level(source, &located, &before, &mut known, &mut out);
        second_level(source, &located, &before, &mut known, &mut out);
    }
    out
}

/// The names of divisions by country, without the words for their kinds.
type Known<'s> = BTreeSet<(&'s str, String)>;
type Located<'s> = (&'s Told, Option<(u32, &'s City)>);

fn first_level<'s>(
    source: &'s Source,
    located: &[Located<'s>],
    before: &Known<'s>,
    known: &mut Known<'s>,
    out: &mut Divisions<'s>,
) {
    let mut groups: BTreeMap<(&str, &str), Vec<Located>> = BTreeMap::new();
    let mut sizes: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for l in located {
        groups.entry((&l.0.country_code, &l.0.state)).or_default().push(*l);
        if let Some((_, c)) = l.1 {
            *sizes.entry((&c.countrycode, &c.admin1code)).or_default() += 1;
        }
    }
    for ((country, name), places) in groups.iter().filter(|((_, name), _)| !name.is_empty()) {
        let names = names(source, name);
        let Some((code, share)) = most(places.iter().filter_map(|l| l.1.map(|(_, c)| c.admin1code.as_str()))) else {
            continue;
        };
        let keys: Vec<(&str, String)> = names.iter().map(|n| (*country, key(&fold(n)))).collect();
        if keys.last().is_some_and(|k| before.contains(k)) {
            continue;
        }
        known.extend(keys);
        let size = sizes.get(&(*country, code)).copied().unwrap_or(0).max(1);
        if share >= MOST && places.len() as f32 / size as f32 >= MOST {
            out.provinces.entry((*country, code)).or_default().extend(names);
        } else if !seated(places, &names) {
            out.others.push(division(country, (share >= MOST).then_some(code), names, places, true));
        }
    }
}

fn second_level<'s>(
    source: &'s Source,
    located: &[Located<'s>],
    before: &Known<'s>,
    known: &mut Known<'s>,
    out: &mut Divisions<'s>,
) {
    let mut groups: BTreeMap<(&str, &str, &str), Vec<Located>> = BTreeMap::new();
    for l in located.iter().filter(|l| !l.0.county.is_empty()) {
        groups.entry((&l.0.country_code, &l.0.state, &l.0.county)).or_default().push(*l);
    }
    for ((country, _, name), places) in &groups {
        let names = names(source, name);
        let bare = key(&fold(names.last().unwrap_or(&String::new())));
        if before.contains(&(*country, bare.clone())) {
            continue;
        }
        known.insert((*country, bare.clone()));
        let seat = seated(places, &names);
        if seat && *country != "US" {
            continue;
        }
        let province = most(places.iter().filter_map(|l| l.1.map(|(_, c)| c.admin1code.as_str())));
        let province = province.filter(|(_, share)| *share >= MOST).map(|(code, _)| code);
        for (id, c) in places.iter().filter_map(|l| l.1) {
            if province == Some(&c.admin1code) {
                out.of_place.entry(id).or_insert(out.others.len());
            }
        }
        let names = if seat { vec![names[0].clone()] } else { names };
        out.others.push(division(country, province, names, places, false));
    }
}

/// Whether a place in a division bears its name: then the place stands for it, and it is not listed.
fn seated(places: &[Located], names: &[String]) -> bool {
    let bare = names.last().map(|n| key(&fold(n)));
    places.iter().filter_map(|l| l.1).any(|(_, c)| Some(key(&fold(&c.name))) == bare)
}

fn division<'s>(
    country: &'s str,
    province: Option<&'s str>,
    names: Vec<String>,
    places: &[Located<'s>],
    first_level: bool,
) -> Division<'s> {
    Division {
        country,
        province,
        names,
        population: places.iter().filter_map(|l| l.1).map(|(_, c)| c.population).fold(0, u32::saturating_add),
        points: places.iter().map(|l| (l.0.latitude, l.0.longitude)).collect(),
        first_level,
    }
}

/// The most frequent of some codes, and its share.
fn most<'s>(codes: impl Iterator<Item = &'s str>) -> Option<(&'s str, f32)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    codes.for_each(|c| *counts.entry(c).or_default() += 1);
    let all: usize = counts.values().sum();
    let (code, n) = counts.into_iter().max_by_key(|(_, n)| *n)?;
    Some((code, n as f32 / all as f32))
}

/// The name as it is, and without the words for its kind; English kinds stay in the printed name, others go.
fn names(source: &Source, name: &str) -> Vec<String> {
    let bare = bare(source, name);
    let folded = key(&fold(&bare));
    let words = || folded.split(' ');
    let alone = folded.len() < 4
        || source.words.contains(&folded)
        || source.given_names.contains(&folded)
        || words().all(|w| source.words.contains(w) || source.kinds.contains(w));
    match () {
        () if bare == name || alone => vec![name.to_owned()],
        () if name.split(' ').next_back().is_some_and(|w| source.english.contains(&fold(w))) => {
            vec![name.to_owned(), bare]
        }
        () => vec![bare],
    }
}

/// "Province of Zambales" and "Departement de la Somme" without their first words, "Asahikawa-shi" without its last.
fn bare(source: &Source, name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let kind = |w: &str| source.kinds.contains(&fold(w));
    let mut first = 0;
    while first + 1 < words.len() && (kind(words[first]) || first > 0 && source.joining.contains(&fold(words[first]))) {
        first += 1;
    }
    let mut end = words.len();
    while end > first + 1 && kind(words[end - 1]) {
        end -= 1;
    }
    let mut out = words[first.min(end)..end].join(" ");
    if first > 0
        && let Some((_, rest)) = out.split_once('\'').filter(|(article, _)| article.len() == 1)
    {
        out = rest.to_owned();
    }
    match out.rsplit_once('-') {
        Some((rest, last)) if kind(last) && !rest.is_empty() => rest.to_owned(),
        _ => out,
    }
}

/// Places by tenths of degrees.
struct Index<'s>(BTreeMap<Cell<'s>, Vec<(u32, &'s City)>>);

/// A country, and tenths of degrees north and east.
type Cell<'s> = (&'s str, i32, i32);

impl<'s> Index<'s> {
    fn of(source: &'s Source) -> Self {
        let mut out: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (id, c) in &source.cities {
            let at = (c.countrycode.as_str(), tenths(c.latitude), tenths(c.longitude));
            out.entry(at).or_default().push((*id, c));
        }
        Index(out)
    }

    /// The place at the point of `t`.
    fn find(&self, t: &Told) -> Option<(u32, &'s City)> {
        let (lat, lon) = (tenths(t.latitude), tenths(t.longitude));
        let cells = (-1..=1).flat_map(|a| (-1..=1).map(move |b| (lat + a, lon + b)));
        let near = cells.filter_map(|(a, b)| self.0.get(&(t.country_code.as_str(), a, b))).flatten();
        let apart = |c: &City| (c.latitude - t.latitude).abs() + (c.longitude - t.longitude).abs();
        near.map(|(id, c)| (apart(c), *id, *c))
            .filter(|(d, ..)| *d < SAME)
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
            .map(|(_, id, c)| (id, c))
    }
}

fn tenths(degrees: f32) -> i32 {
    (degrees * 10.0).round() as i32
}
