//! Two accounts, field by field: on which level do they agree, and can they be one incident at all?

use crate::Level;
use crate::incident::Comparison;
use crate::profile::{Profile, Spot, Store, Toll, bit};
use crate::symbols::{NONE, Symbol, shared};
use crate::weights::{FIELDS, Field, PLACE, Weights};
use account::{Kind, Measure, Stage};
use article::gazetteer::distance;

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
    pub(crate) fn comparisons(&self, w: &Weights) -> Vec<Comparison> {
        let one = |field: &str, level, weight| Comparison { field: field.to_owned(), level, weight };
        let fields = FIELDS.iter().map(|f| f.name()).zip(self.levels).zip(w.of(&self.levels));
        std::iter::once(one("prior", Level::Unknown, w.prior()))
            .chain(fields.map(|((field, level), weight)| one(field, level, weight)))
            .collect()
    }
}

impl Store {
    /// Compares two accounts; the order of the two makes no difference.
    pub(crate) fn compare(&self, p: &Profile, q: &Profile, w: &Weights) -> Verdict {
        let mut levels = [Level::Unknown; FIELDS.len()];
        levels[PLACE] = self.level(PLACE, p, q, w, Level::Unknown);
        for field in (0..FIELDS.len()).filter(|f| *f != PLACE) {
            levels[field] = self.level(field, p, q, w, levels[PLACE]);
        }
        let score = w.prior() + w.of(&levels).into_iter().sum::<f64>();
        Verdict { levels, score, forbidden: self.exclude(p, q) || self.exclude_by_place(p, q, levels[PLACE]) }
    }

    /// How far two accounts agree on one field; the level of their places, once it is known, tells whether sites compare.
    pub(crate) fn level(&self, field: usize, p: &Profile, q: &Profile, w: &Weights, place: Level) -> Level {
        let (a, b) = (&p.told, &q.told);
        let spots = || (&self.spots[a.place as usize], &self.spots[b.place as usize]);
        match FIELDS[field] {
            Field::Date => a.time.compare(&b.time).0,
            Field::Place if a.place == 0 || b.place == 0 => Level::Unknown,
            Field::Place => self.places(spots().0, spots().1, (a.names(), b.names())),
            Field::Site if place == Level::Same => sets(&spots().0.site, &spots().1.site),
            Field::Site => Level::Unknown,
            Field::Kind => kinds(a.kinds, b.kinds, w),
            Field::Stage => stages(a.stage, b.stage).0,
            Field::Actor => self.actors(a.actors(), b.actors()),
            Field::Words => graded(a.words(), b.words(), [2, 1, 1]),
            Field::Names => graded(a.names(), b.names(), [5, 3, 1]),
            Field::Killed => tolls(&a.tolls, &b.tolls, |m| m == Measure::Killed),
            Field::Injured => tolls(&a.tolls, &b.tolls, |m| m == Measure::Injured),
            Field::Others => tolls(&a.tolls, &b.tolls, |m| m != Measure::Killed && m != Measure::Injured),
            Field::Numbers => graded(a.numbers(), b.numbers(), [3, 2, 1]),
            Field::Source => self.sources(p, q),
            Field::Told => a.time.told(&b.time),
            Field::Telling => match (a.background, b.background) {
                (false, false) => Level::Same,
                (true, true) => Level::Near,
                _ => Level::Compatible,
            },
        }
    }

    /// Whether two accounts cannot be one incident by what is cheap to compare: article, time and stage.
    pub(crate) fn exclude(&self, p: &Profile, q: &Profile) -> bool {
        p.article == q.article || p.told.time.compare(&q.told.time).1 || stages(p.told.stage, q.told.stage).1
    }

    /// Whether two accounts whose places agree so far cannot be one incident: far apart are two incidents, unless both texts
    /// name the same places. Then one was misread.
    pub(crate) fn exclude_by_place(&self, p: &Profile, q: &Profile, place: Level) -> bool {
        place == Level::Far && shared(p.told.names(), q.told.names()) < WITNESSES
    }

    /// Two places; `names` are those that the two accounts give.
    fn places(&self, a: &Spot, b: &Spot, names: (&[Symbol], &[Symbol])) -> Level {
        let km = a.at().zip(b.at()).filter(|_| a.narrow && b.narrow).map(|(x, y)| distance(x, y));
        // A text that names the other's city may well tell of it, whatever it was taken to tell of.
        let told = || shared(&a.called, names.1) > 0 || shared(&b.called, names.0) > 0;
        if a.country != NONE && b.country != NONE && a.country != b.country {
            // Both sides of a border tell of one clash; further apart two countries are two places.
            return match km.is_some_and(|d| d <= NEAR_KM) {
                true => Level::Near,
                false if told() => Level::Different,
                false => Level::Far,
            };
        }
        if a.city == NONE || b.city == NONE {
            return match a.admin1 != NONE && b.admin1 != NONE {
                true if self.symbols.one_place(a.admin1, b.admin1) => Level::Compatible,
                true if told() => Level::Different,
                true => Level::Far,
                false if a.country == NONE || b.country == NONE => Level::Unknown,
                false => Level::Compatible,
            };
        }
        if (a.entry.is_some() && a.entry == b.entry && a.narrow && b.narrow) || self.symbols.one_place(a.city, b.city) {
            // Two towns of one name, far apart.
            return if km.is_some_and(|d| d > FAR_KM) { Level::Far } else { Level::Same };
        }
        let named = |city: Symbol, x: &Spot| x.name.iter().any(|w| self.symbols.one_place(*w, city));
        match km {
            Some(d) if d <= NEAR_KM => Level::Near,
            _ if named(a.city, b) || named(b.city, a) => Level::Near,
            _ if told() => Level::Different,
            _ => Level::Far,
        }
    }

    fn actors(&self, a: &[Symbol], b: &[Symbol]) -> Level {
        let level = sets(a, b);
        if level != Level::Different {
            return level;
        }
        let kin = |x: &[Symbol], y: &[Symbol]| x.iter().filter_map(|k| self.parents.get(k)).any(|p| y.contains(p));
        // A name that holds the other ("Hingol Column", "Column") is the same actor told shortly.
        let within = |x: Symbol, y: Symbol| holds(self.symbols.word(y), self.symbols.word(x));
        let part = || a.iter().any(|x| b.iter().any(|y| within(*x, *y) || within(*y, *x)));
        if kin(a, b) || kin(b, a) || part() { Level::Near } else { Level::Different }
    }

    /// Near copies tell the same; an article and the outlet that it names as its source often do.
    fn sources(&self, p: &Profile, q: &Profile) -> Level {
        if self.near_copies(p, q) {
            Level::Same
        } else if self.takes(p, q) || self.takes(q, p) {
            Level::Near
        } else if self.one_chain(p, q) {
            Level::Compatible
        } else {
            Level::Unknown
        }
    }

    fn near_copies(&self, p: &Profile, q: &Profile) -> bool {
        let (a, b) = (&self.sketches[p.sketch as usize], &self.sketches[q.sketch as usize]);
        p.article != q.article
            && !a.is_empty()
            && a.len() == b.len()
            && a.iter().zip(b).filter(|(x, y)| x == y).count() as f64 >= crate::origin::COPY * a.len() as f64
    }
}

/// Whether the words of `short` stand in `long`, as whole words.
fn holds(long: &str, short: &str) -> bool {
    long.match_indices(short).any(|(at, _)| {
        let (before, behind) = (&long[..at], &long[at + short.len()..]);
        (before.is_empty() || before.ends_with(' ')) && (behind.is_empty() || behind.starts_with(' '))
    })
}

fn kinds(a: u32, b: u32, w: &Weights) -> Level {
    if a & b != 0 {
        return Level::Same;
    }
    let of = |bits: u32| Kind::ALL.iter().copied().filter(move |k| bits & bit(*k) != 0);
    of(a).flat_map(|x| of(b).map(move |y| w.kin(x, y))).min().unwrap_or(Level::Unknown)
}

/// What was only announced never is what happened.
fn stages(a: Stage, b: Stage) -> (Level, bool) {
    let ahead = |s: Stage| matches!(s, Stage::Threatened | Stage::Planned);
    let failed = |s: Stage| matches!(s, Stage::Attempted | Stage::Foiled);
    let half = |s: Stage| matches!(s, Stage::Attempted | Stage::Denied);
    if ahead(a) != ahead(b) {
        // A plot that was found out is told as planned by one and as foiled by another.
        (Level::Different, !(a == Stage::Foiled || b == Stage::Foiled))
    } else if a == b {
        (Level::Same, false)
    } else if failed(a) == failed(b) || half(a) || half(b) {
        (Level::Compatible, false)
    } else {
        (Level::Different, false)
    }
}

/// So many shared names allow that two texts tell of one place.
const WITNESSES: usize = 1;
/// Two cities are near within so many kilometres.
const NEAR_KM: f32 = 20.0;
/// Two cities are far from one another beyond so many kilometres.
const FAR_KM: f32 = 60.0;

/// Same with a common member, different without, unknown where one is empty.
fn sets(a: &[Symbol], b: &[Symbol]) -> Level {
    match (a.is_empty() || b.is_empty(), shared(a, b)) {
        (true, _) => Level::Unknown,
        (_, 0) => Level::Different,
        _ => Level::Same,
    }
}

/// How many members are shared: at least so many make the same, near and compatible.
fn graded(a: &[Symbol], b: &[Symbol], least: [usize; 3]) -> Level {
    match (a.is_empty() || b.is_empty(), shared(a, b)) {
        (true, _) => Level::Unknown,
        (_, n) if n >= least[0] => Level::Same,
        (_, n) if n >= least[1] => Level::Near,
        (_, n) if n >= least[2] => Level::Compatible,
        _ => Level::Different,
    }
}

/// The best agreement of any two totals of one measure.
fn tolls(a: &[Toll], b: &[Toll], of: impl Fn(Measure) -> bool) -> Level {
    let pairs = a.iter().filter(|x| of(x.0)).flat_map(|x| b.iter().filter(move |y| x.0 == y.0).map(move |y| (x, y)));
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
    if more <= less.saturating_mul(2).max(less.saturating_add(3)) { Level::Compatible } else { Level::Different }
}
