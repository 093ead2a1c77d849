//! Chooses among namesakes, jointly over the article.
//!
//! Mentions of one name form a group with one sense. Each sense begins with what speaks for it alone: inhabitants, being
//! the entry's own name, the kind told beside it, lying in the place told after it. Two rounds then let the groups
//! support each other: each spreads its weight over its senses, and a sense gains from the weight that other groups put
//! on its country, its province, its district and its neighbourhood. Everything is a sum of few terms, so that what decided can be told.

use super::PlaceVia;
use super::scan::Found;
use crate::gazetteer::{EntryKind, Gazetteer};

/// Senses of one name that are weighed; the rest are less populous.
const MOST: usize = 48;
/// Points for ten times the inhabitants.
const INHABITANTS: f32 = 0.9;
/// Points lost for being a variant of the entry's name, when it is the own name of another.
const OTHER: f32 = 1.5;
/// Points for being the capital of its country.
const CAPITAL: f32 = 1.0;
/// Points for being of the kind told beside the name.
const KIND: f32 = 4.0;
/// Points for lying in the place told after the name, and for having a place in it.
const INSIDE: f32 = 6.0;
/// Points for the whole weight of the other names lying in the same country.
const COUNTRY: f32 = 3.5;
/// Points for the whole weight of the other names lying in the same province.
const PROVINCE: f32 = 6.0;
/// Points for the whole weight of the other names lying in the same district.
const DISTRICT: f32 = 6.0;
/// Points for the whole weight of the other names lying close by.
const NEAR: f32 = 2.5;
/// A share below this is no weight.
const LEAST: f32 = 1e-4;
/// Kilometres at which closeness has fallen to a third.
const REACH: f32 = 200.0;

/// The sense of one mention.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chosen {
    pub(super) entry: u32,
    pub(super) kind: EntryKind,
    pub(super) score: f32,
    pub(super) by: &'static str,
    /// Other names of the article lie in the same country.
    pub(super) supported: bool,
}

struct Sense {
    entry: u32,
    kind: EntryKind,
    /// Country, province and district.
    homes: [Option<u32>; 3],
    point: (f32, f32),
    /// Points that do not depend on other names: inhabitants and the like, kind, containment.
    alone: f32,
    told: f32,
    inside: f32,
    context: f32,
    share: f32,
}

impl Sense {
    fn points(&self) -> f32 {
        self.alone + self.told + self.inside + self.context
    }
}

struct Group<'f> {
    key: &'f str,
    hint: Option<EntryKind>,
    weight: f32,
    senses: Vec<Sense>,
    /// Groups that a mention of this one is said to lie in.
    inside: Vec<usize>,
}

/// The sense of each mention; `None` for a mention that has none.
pub(super) fn choose(gaz: &Gazetteer, found: &[Found]) -> Vec<Option<Chosen>> {
    let (mut groups, of) = groups(gaz, found);
    containment(gaz, &mut groups);
    spread(&mut groups);
    for _ in 0..2 {
        support(&mut groups);
        spread(&mut groups);
    }
    nearness(&mut groups);
    spread(&mut groups);
    let weight = Weight::of(&groups);
    of.iter().map(|g| best(&groups[*g]).map(|s| chosen(&groups[*g], s, &weight))).collect()
}

/// The groups, and the group of each mention.
fn groups<'f>(gaz: &Gazetteer, found: &'f [Found]) -> (Vec<Group<'f>>, Vec<usize>) {
    let mut groups: Vec<Group> = Vec::new();
    let mut of = Vec::with_capacity(found.len());
    for f in found {
        let at = groups.iter().position(|g| g.key == f.key && g.hint == f.hint).unwrap_or_else(|| {
            let own = f.senses.iter().any(|c| c.main || c.demonym);
            let senses = f.senses.iter().take(MOST).filter_map(|c| sense(gaz, c, f.hint, own)).collect();
            groups.push(Group { key: &f.key, hint: f.hint, weight: 0.0, senses, inside: Vec::new() });
            groups.len() - 1
        });
        // The first mention counts most; a dateline counts double; a demonym, a site or an uncertain name half.
        let weak = f.via != PlaceVia::Name || f.tentative;
        let worth = if f.dateline {
            2.0
        } else if weak {
            0.5
        } else {
            1.0
        };
        let g = &mut groups[at];
        g.weight = if g.weight == 0.0 { worth } else { g.weight + worth * 0.2 };
        of.push(at);
    }
    for (f, at) in found.iter().zip(&of) {
        if let Some(outer) = f.inside.map(|i| of[i])
            && outer != *at
            && !groups[*at].inside.contains(&outer)
        {
            groups[*at].inside.push(outer);
        }
    }
    (groups, of)
}

fn sense(gaz: &Gazetteer, c: &crate::gazetteer::Candidate, hint: Option<EntryKind>, own: bool) -> Option<Sense> {
    let r = gaz.record(c.entry)?;
    let people = match r.kind {
        // A region has no count, and is as much meant as a country.
        EntryKind::Region => 6.5,
        EntryKind::Country => (r.population.max(1_000_000) as f32).log10(),
        // A province's people are those of its cities; alone its name rather means the city.
        EntryKind::Province => (r.population as f32 * 0.1 + 1000.0).log10(),
        EntryKind::District => 4.5,
        EntryKind::City => (r.population as f32 + 300.0).log10(),
    };
    let told = match hint {
        None => 0.0,
        Some(h) if h == r.kind => KIND,
        // "Kunduz district" is known by its seat.
        Some(EntryKind::District) if r.kind == EntryKind::City => KIND / 2.0,
        Some(_) => 0.0,
    };
    let country = if r.kind == EntryKind::Country { 1.0 } else { 0.0 };
    let other = own && !c.main && !c.demonym;
    Some(Sense {
        entry: c.entry,
        kind: r.kind,
        homes: gaz.homes(c.entry),
        point: (r.lat, r.lon),
        alone: people * INHABITANTS + country + if r.capital { CAPITAL } else { 0.0 } - if other { OTHER } else { 0.0 },
        told,
        inside: 0.0,
        context: 0.0,
        share: 0.0,
    })
}

/// Points for senses of which one lies in the other, where the text says so.
fn containment(gaz: &Gazetteer, groups: &mut [Group]) {
    for g in 0..groups.len() {
        // "China, Japan" are two countries, although Japan has a village of that name.
        let country = groups[g].senses.iter().any(|s| s.kind == EntryKind::Country);
        for o in groups[g].inside.clone() {
            let pairs: Vec<(usize, usize)> = (0..groups[g].senses.len())
                .flat_map(|i| (0..groups[o].senses.len()).map(move |j| (i, j)))
                .filter(|(i, j)| {
                    let (inner, outer) = (&groups[g].senses[*i], &groups[o].senses[*j]);
                    let list = country && inner.kind == EntryKind::City && outer.kind == EntryKind::Country;
                    inner.entry != outer.entry && !list && gaz.within(inner.entry, outer.entry)
                })
                .collect();
            for (i, j) in pairs {
                groups[g].senses[i].inside = INSIDE;
                groups[o].senses[j].inside = groups[o].senses[j].inside.max(INSIDE / 2.0);
            }
        }
    }
}

/// Spreads each group's weight over its senses by their points.
fn spread(groups: &mut [Group]) {
    for g in groups {
        let top = g.senses.iter().map(Sense::points).fold(f32::MIN, f32::max);
        let mut sum = 0.0;
        for s in &mut g.senses {
            s.share = ((s.points() - top) * 1.5).exp();
            sum += s.share;
        }
        g.senses.iter_mut().for_each(|s| s.share /= sum);
    }
}

/// The weight that the groups put on each country, province and district, by its number.
struct Weight {
    of: Vec<(u32, f32)>,
    all: f32,
}

impl Weight {
    fn of(groups: &[Group]) -> Weight {
        let mut of: Vec<(u32, f32)> = Vec::new();
        for (g, s) in groups.iter().flat_map(|g| g.senses.iter().map(move |s| (g, s))).filter(|(_, s)| s.share > LEAST)
        {
            of.extend(s.homes.iter().flatten().map(|e| (*e, g.weight * s.share)));
        }
        of.sort_by_key(|(e, _)| *e);
        of.dedup_by(|b, a| {
            let same = a.0 == b.0;
            if same {
                a.1 += b.1;
            }
            same
        });
        Weight { of, all: groups.iter().map(|g| g.weight).sum() }
    }

    /// The part of the others' weight that lies on `e`, a home of the sense `s` of `g`.
    fn without(&self, g: &Group, s: &Sense, e: Option<u32>) -> f32 {
        let Some(at) = e.and_then(|e| self.of.binary_search_by_key(&e, |(e, _)| *e).ok()) else { return 0.0 };
        let (e, sum) = self.of[at];
        // Often the sense itself is all that lies there.
        if sum - g.weight * s.share <= LEAST {
            return 0.0;
        }
        let own: f32 = g.senses.iter().filter(|s| s.share > LEAST && s.homes.contains(&Some(e))).map(|s| s.share).sum();
        // One more unit of weight says nothing, so that a single other name does not decide alone.
        ((sum - own * g.weight) / (self.all - g.weight + 0.5)).max(0.0)
    }
}

fn support(groups: &mut [Group]) {
    let weight = Weight::of(groups);
    for g in groups.iter_mut() {
        let part = |s: &Sense, home: usize| weight.without(g, s, s.homes[home]);
        let points = |s: &Sense| COUNTRY * part(s, 0) + PROVINCE * part(s, 1) + DISTRICT * part(s, 2);
        let context: Vec<f32> = g.senses.iter().map(points).collect();
        for (s, c) in g.senses.iter_mut().zip(context) {
            s.context = c;
        }
    }
}

/// Points for lying close to what the other names mean; the closest calls only, since distances cost.
fn nearness(groups: &mut [Group]) {
    let points: Vec<(usize, (f32, f32), f32)> = groups
        .iter()
        .enumerate()
        .filter_map(|(i, g)| best(g).filter(|s| s.kind > EntryKind::Country).map(|s| (i, s.point, g.weight * s.share)))
        .collect();
    for (i, g) in groups.iter_mut().enumerate().filter(|(_, g)| g.senses.len() > 1) {
        let all: f32 = points.iter().filter(|p| p.0 != i).map(|p| p.2).sum::<f32>() + 0.5;
        for s in g.senses.iter_mut().filter(|s| s.share > 0.01) {
            let close: f32 =
                points.iter().filter(|p| p.0 != i).map(|p| p.2 * (-kilometres(s.point, p.1) / REACH).exp()).sum();
            s.context += NEAR * close / all;
        }
    }
}

/// Distance on a plane that touches the globe there: good to a percent where it matters, and cheap.
fn kilometres(a: (f32, f32), b: (f32, f32)) -> f32 {
    let lon = (a.1 - b.1).abs();
    let x = lon.min(360.0 - lon) * ((a.0 + b.0) / 2.0).to_radians().cos();
    let y = a.0 - b.0;
    111.2 * (x * x + y * y).sqrt()
}

fn best<'g>(g: &'g Group) -> Option<&'g Sense> {
    // The first of equals, which is the more populous.
    g.senses.iter().reduce(|a, b| if b.share > a.share { b } else { a })
}

fn chosen(g: &Group, s: &Sense, weight: &Weight) -> Chosen {
    let rival = g.senses.iter().filter(|r| r.entry != s.entry).reduce(|a, b| if b.alone > a.alone { b } else { a });
    let by = match rival {
        None => "only",
        Some(r) if s.inside > r.inside => "containment",
        Some(r) if s.told > r.told => "kind",
        Some(r) if s.alone < r.alone => "context",
        Some(_) => "population",
    };
    let supported = weight.without(g, s, s.homes[0]) > 0.2;
    Chosen { entry: s.entry, kind: s.kind, score: s.share, by, supported }
}
