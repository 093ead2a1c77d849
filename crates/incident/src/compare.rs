//! Two accounts, field by field: on which level do they agree, and can they be one incident at all?

use crate::incident::Comparison;
use crate::names::{Source, Spelt, skeleton, telling};
use crate::weights::{FIELDS, Weights};
use crate::when::When;
use crate::{Filed, Level};
use account::{Actors, Kind, Measure, Place, Precision, Stage, Standing, is_generic};
use article::gazetteer::distance;
use std::collections::BTreeSet;

/// What comparing needs of one account, made once.
#[derive(Debug)]
pub(crate) struct Profile<'a> {
    pub(crate) filed: &'a Filed,
    pub(crate) when: When,
    pub(crate) kinds: Vec<Kind>,
    /// Keys of named actors that are bound, denials left out.
    pub(crate) actors: BTreeSet<String>,
    words: BTreeSet<String>,
    site: BTreeSet<String>,
    /// Totals of the whole: measure, lower and upper bound.
    pub(crate) tolls: Vec<(Measure, Option<u64>, Option<u64>)>,
    source: Source,
    city: Spelt,
    admin1: Spelt,
    /// The telling words of the place's name.
    name: Vec<Spelt>,
}

impl<'a> Profile<'a> {
    pub(crate) fn of(filed: &'a Filed) -> Profile<'a> {
        let a = &filed.account;
        let bound = a.perpetrators.iter().filter(|p| p.status != Standing::Denied && !is_generic(&p.actor));
        let harmed = a.targets.iter().chain(&a.victims).map(|m| m.words.as_str());
        let tolls = a.figures.iter().filter(|f| f.total && f.measure != Measure::Strength);
        Profile {
            filed,
            when: When::of(filed),
            kinds: a.kinds.iter().map(|k| k.value).collect(),
            actors: bound.map(|p| p.actor.clone()).filter(|k| !k.is_empty()).collect(),
            words: telling(harmed),
            site: a.place.as_ref().map(site).unwrap_or_default(),
            tolls: tolls.map(|f| (f.measure, f.low, f.high)).collect(),
            source: Source::of(filed),
            city: a.place.as_ref().map(|p| Spelt::of(&p.city)).unwrap_or_default(),
            admin1: a.place.as_ref().map(|p| Spelt::of(&p.admin1)).unwrap_or_default(),
            name: telling(a.place.iter().map(|p| p.name.as_str())).iter().map(|w| Spelt::of(w)).collect(),
        }
    }

    pub(crate) fn place(&self) -> Option<&Place> {
        self.filed.account.place.as_ref()
    }
}

/// The words of a place's name that its city, province and kind do not hold already.
fn site(p: &Place) -> BTreeSet<String> {
    if p.precision > Precision::Neighbourhood {
        return BTreeSet::new();
    }
    let around = telling([p.city.as_str(), p.admin1.as_str()].into_iter());
    let spelt: BTreeSet<String> = around.iter().map(|w| skeleton(w)).collect();
    telling([p.name.as_str()].into_iter()).into_iter().map(|w| skeleton(&w)).filter(|w| !spelt.contains(w)).collect()
}

/// Two accounts compared.
#[derive(Debug, Clone)]
pub(crate) struct Verdict {
    /// By the order of [`FIELDS`].
    pub(crate) levels: [Level; FIELDS.len()],
    /// Log-odds, the prior included.
    pub(crate) score: f64,
    /// They cannot be one incident.
    pub(crate) forbidden: bool,
}

impl Verdict {
    /// The comparisons with their weights, for the reader.
    pub(crate) fn comparisons(&self) -> Vec<Comparison> {
        let w = Weights::builtin();
        let one = |field: &str, level, weight| Comparison { field: field.to_owned(), level, weight };
        let fields = FIELDS.iter().zip(self.levels).zip(w.of(&self.levels));
        std::iter::once(one("prior", Level::Unknown, w.prior()))
            .chain(fields.map(|((field, level), weight)| one(field, level, weight)))
            .collect()
    }
}

/// Compares two accounts; the order of the two makes no difference.
pub(crate) fn compare(a: &Profile<'_>, b: &Profile<'_>) -> Verdict {
    let w = Weights::builtin();
    let (date, dates_exclude) = a.when.compare(&b.when);
    let (place, places_exclude) = places(a, b);
    let kind = kinds(&a.kinds, &b.kinds, w);
    let (stage, stages_exclude) = stages(a.filed.account.stage.value, b.filed.account.stage.value);
    let levels = [
        date,
        place,
        if place == Level::Same { sets(&a.site, &b.site) } else { Level::Unknown },
        kind,
        stage,
        actors(&a.actors, &b.actors),
        shared_words(&a.words, &b.words),
        tolls(&a.tolls, &b.tolls),
        sources(a, b),
    ];
    let score = w.prior() + w.of(&levels).into_iter().sum::<f64>();
    let one_article = a.filed.article == b.filed.article;
    let forbidden = one_article || dates_exclude || places_exclude || stages_exclude || kind == Level::Different;
    Verdict { levels, score, forbidden }
}

fn kinds(a: &[Kind], b: &[Kind], w: &Weights) -> Level {
    if a.iter().any(|x| b.contains(x)) {
        return Level::Same;
    }
    a.iter().flat_map(|x| b.iter().map(move |y| w.kin(*x, *y))).min().unwrap_or(Level::Unknown)
}

/// What was only announced never is what happened.
fn stages(a: Stage, b: Stage) -> (Level, bool) {
    let ahead = |s: Stage| matches!(s, Stage::Threatened | Stage::Planned);
    let failed = |s: Stage| matches!(s, Stage::Attempted | Stage::Foiled);
    if ahead(a) != ahead(b) {
        (Level::Different, true)
    } else if a == b {
        (Level::Same, false)
    } else if failed(a) == failed(b)
        || a == Stage::Attempted
        || b == Stage::Attempted
        || a == Stage::Denied
        || b == Stage::Denied
    {
        (Level::Compatible, false)
    } else {
        (Level::Different, false)
    }
}

/// Two cities are near within so many kilometres.
const NEAR_KM: f32 = 20.0;
/// Two cities exclude each other beyond so many kilometres.
const FAR_KM: f32 = 60.0;

fn places(p: &Profile<'_>, q: &Profile<'_>) -> (Level, bool) {
    let (Some(a), Some(b)) = (p.place(), q.place()) else { return (Level::Unknown, false) };
    let narrow = |p: &Place| p.precision <= Precision::City;
    let km = a.at.zip(b.at).filter(|_| narrow(a) && narrow(b)).map(|(x, y)| distance(x, y));
    if !a.country.is_empty() && !b.country.is_empty() && a.country != b.country {
        // Both sides of a border tell of one clash; further apart two countries are two places.
        return if km.is_some_and(|d| d <= NEAR_KM) { (Level::Near, false) } else { (Level::Different, true) };
    }
    if a.city.is_empty() || b.city.is_empty() {
        let province = !a.admin1.is_empty() && !b.admin1.is_empty();
        return match province {
            true if p.admin1.same(&q.admin1) => (Level::Compatible, false),
            true => (Level::Different, true),
            false if a.country.is_empty() || b.country.is_empty() => (Level::Unknown, false),
            false => (Level::Compatible, false),
        };
    }
    if (a.entry.is_some() && a.entry == b.entry && narrow(a) && narrow(b)) || p.city.same(&q.city) {
        // Two towns of one name, far apart.
        return if km.is_some_and(|d| d > FAR_KM) { (Level::Different, true) } else { (Level::Same, false) };
    }
    let named = |city: &Spelt, p: &Profile<'_>| p.name.iter().any(|w| w.same(city));
    match km {
        Some(d) if d <= NEAR_KM => (Level::Near, false),
        Some(d) if d > FAR_KM => (Level::Different, true),
        _ if named(&p.city, q) || named(&q.city, p) => (Level::Near, false),
        _ => (Level::Different, false),
    }
}

/// Same with a common member, different without, unknown where one is empty.
fn sets(a: &BTreeSet<String>, b: &BTreeSet<String>) -> Level {
    match (a.is_empty() || b.is_empty(), a.intersection(b).next()) {
        (true, _) => Level::Unknown,
        (_, Some(_)) => Level::Same,
        (_, None) => Level::Different,
    }
}

/// Two shared telling words, or one where that is all that the shorter list has, make the same target.
fn shared_words(a: &BTreeSet<String>, b: &BTreeSet<String>) -> Level {
    let shared = a.intersection(b).count();
    match sets(a, b) {
        Level::Same if shared >= 2 => Level::Same,
        Level::Same => Level::Near,
        other => other,
    }
}

fn actors(a: &BTreeSet<String>, b: &BTreeSet<String>) -> Level {
    let level = sets(a, b);
    if level != Level::Different {
        return level;
    }
    let list = Actors::builtin();
    let parent = |k: &String| list.get(k).and_then(|x| x.parent.clone());
    let kin = |x: &BTreeSet<String>, y: &BTreeSet<String>| x.iter().filter_map(parent).any(|p| y.contains(&p));
    // A name that holds the other ("Hingol Column", "Column") is the same actor told shortly.
    let part = a.iter().any(|x| b.iter().any(|y| within(x, y) || within(y, x)));
    if kin(a, b) || kin(b, a) || part { Level::Near } else { Level::Different }
}

fn within(short: &str, long: &str) -> bool {
    format!(" {long} ").contains(&format!(" {short} "))
}

type Toll = (Measure, Option<u64>, Option<u64>);

/// The best agreement of any two totals of one measure.
fn tolls(a: &[Toll], b: &[Toll]) -> Level {
    let pairs = a.iter().flat_map(|x| b.iter().filter(move |y| x.0 == y.0).map(move |y| (x, y)));
    pairs.map(|(x, y)| toll(x, y)).min().unwrap_or(Level::Unknown)
}

fn toll(a: &Toll, b: &Toll) -> Level {
    let exact = |t: &Toll| t.1.filter(|_| t.1 == t.2);
    if let (Some(x), Some(y)) = (exact(a), exact(b))
        && x == y
    {
        return if x >= 5 { Level::Same } else { Level::Near };
    }
    // "At least 11" is mostly near 11: an open bound reaches twice as far, not to infinity.
    let bounds = |t: &Toll| match (t.1, t.2) {
        (Some(l), Some(h)) => (l, h),
        (Some(l), None) => (l, l.saturating_mul(2)),
        (None, h) => (h.unwrap_or(0) / 2, h.unwrap_or(0)),
    };
    let ((al, ah), (bl, bh)) = (bounds(a), bounds(b));
    if al <= bh && bl <= ah {
        return Level::Near;
    }
    let (less, more) = (ah.min(bh), al.max(bl));
    if more <= less.saturating_mul(2).max(less.saturating_add(3)) { Level::Near } else { Level::Different }
}

/// Near copies tell the same; an article and the outlet that it names as its source often do.
fn sources(a: &Profile<'_>, b: &Profile<'_>) -> Level {
    if crate::origin::near_copy(a.filed, b.filed) {
        Level::Same
    } else if a.source.takes(&b.source) || b.source.takes(&a.source) {
        Level::Near
    } else {
        Level::Unknown
    }
}
