//! What comparing needs of an account, and no more: a hundred bytes or two, so that a million fit in memory.
//!
//! Words are numbers ([`Symbols`]), places that many accounts share are kept once, lists are sorted and short.

use crate::Filed;
use crate::names::{Outlet, skeleton, telling};
use crate::said::names;
use crate::symbols::{NONE, Symbol, Symbols};
use crate::time::Time;
use crate::when::When;
use account::{Actors, Kind, Measure, Place, Precision, Prominence, Stage, Standing, is_generic};
use article::fold;
use std::collections::{BTreeSet, HashMap};

/// A list longer than this is cut: what is told of so much tells no one apart.
const MOST: usize = 64;

/// One account, ready for comparing.
#[derive(Debug, Clone)]
pub(crate) struct Profile {
    /// Orders accounts in one way, whatever order they come in.
    pub(crate) order: u128,
    /// The article that it stands in.
    pub(crate) article: u64,
    /// What it says.
    pub(crate) told: Told,
    /// The same for accounts that say the same, wherever and whenever they are read.
    pub(crate) print: u64,
    /// Whose text it is.
    pub(crate) source: u32,
    /// The sketch of its article.
    pub(crate) sketch: u32,
}

/// What an account says, as far as it is compared. Two accounts that say the same are equal.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Told {
    pub(crate) time: Time,
    /// Index into the [`Store`]'s places; 0 is none.
    pub(crate) place: u32,
    /// A bit for each kind.
    pub(crate) kinds: u32,
    pub(crate) stage: Stage,
    pub(crate) background: bool,
    /// Symbols of the lists below, one behind the other.
    lists: Box<[Symbol]>,
    /// Where each list ends.
    ends: [u16; LISTS],
    /// Totals of the whole: measure, lower and upper bound.
    pub(crate) tolls: Box<[Toll]>,
}

/// A total: measure, lower and upper bound.
pub(crate) type Toll = (Measure, Option<u64>, Option<u64>);

const LISTS: usize = 4;

impl Told {
    fn list(&self, n: usize) -> &[Symbol] {
        let from = if n == 0 { 0 } else { self.ends[n - 1] };
        &self.lists[usize::from(from)..usize::from(self.ends[n])]
    }

    /// Keys of named actors that are bound, denials left out.
    pub(crate) fn actors(&self) -> &[Symbol] {
        self.list(0)
    }

    /// Words for targets and victims.
    pub(crate) fn words(&self) -> &[Symbol] {
        self.list(1)
    }

    /// Names in its values and sentences, as skeletons.
    pub(crate) fn names(&self) -> &[Symbol] {
        self.list(2)
    }

    /// Exact numbers of people, whatever was counted.
    pub(crate) fn numbers(&self) -> &[Symbol] {
        self.list(3)
    }
}

/// A place, as far as it is compared.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(crate) struct Spot {
    pub(crate) country: Symbol,
    /// The skeleton of the city's name.
    pub(crate) city: Symbol,
    pub(crate) admin1: Symbol,
    /// A city or narrower.
    pub(crate) narrow: bool,
    /// Latitude and longitude, as their bits.
    at: Option<(u32, u32)>,
    pub(crate) entry: Option<u32>,
    /// The words of the city's name, as skeletons.
    pub(crate) called: Box<[Symbol]>,
    /// The telling words of its name, as skeletons.
    pub(crate) name: Box<[Symbol]>,
    /// Those that its city and province do not hold already.
    pub(crate) site: Box<[Symbol]>,
}

impl Spot {
    pub(crate) fn at(&self) -> Option<(f32, f32)> {
        self.at.map(|(lat, lon)| (f32::from_bits(lat), f32::from_bits(lon)))
    }
}

/// Whose text an article is: its outlet, and the outlets that it takes its story from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Origin {
    pub(crate) outlet: Symbol,
    pub(crate) chain: Box<[Symbol]>,
}

/// Profiles and what they share.
#[derive(Debug, Default)]
pub(crate) struct Store {
    pub(crate) profiles: Vec<Profile>,
    pub(crate) symbols: Symbols,
    pub(crate) spots: Vec<Spot>,
    spot_of: HashMap<Spot, u32>,
    pub(crate) origins: Vec<Origin>,
    origin_of: HashMap<Origin, u32>,
    /// Sketches, each once, cut to 16 bits a number: two texts share so much by chance in no case that matters.
    pub(crate) sketches: Vec<Box<[u16]>>,
    sketch_of: HashMap<u64, u32>,
    /// The parent of an actor, by symbol.
    pub(crate) parents: HashMap<Symbol, Symbol>,
    /// Two outlets may be one: their letters and initials, by symbol.
    outlets: HashMap<Symbol, Outlet>,
}

impl Store {
    /// Adds an account and gives its number, counted from 0.
    pub(crate) fn add(&mut self, filed: &Filed) -> u32 {
        if self.spots.is_empty() {
            self.spots.push(Spot::default());
        }
        let (told, print) = self.told(filed);
        let (article, order) = identity(&filed.article, filed.ordinal);
        let profile = Profile { order, article, told, print, source: self.source(filed), sketch: self.sketch(filed) };
        self.profiles.push(profile);
        (self.profiles.len() - 1) as u32
    }

    fn told(&mut self, filed: &Filed) -> (Told, u64) {
        let a = &filed.account;
        let place = a.place.as_ref().map_or(0, |p| self.spot(p));
        let bound = a.perpetrators.iter().filter(|p| p.status != Standing::Denied && !is_generic(&p.actor));
        let actors: BTreeSet<&str> = bound.map(|p| p.actor.as_str()).filter(|k| !k.is_empty()).collect();
        let harmed = || a.targets.iter().chain(&a.victims).map(|m| m.words.as_str());
        let words = telling(harmed());
        let mut said: BTreeSet<String> = filed.said.iter().cloned().collect();
        for text in harmed().chain(a.place.iter().map(|p| p.name.as_str())) {
            // A value begins where it begins, not with a capital that every sentence has.
            names(&format!("- {text}"), &mut said);
        }
        let named: BTreeSet<String> = said.iter().map(|w| skeleton(w)).collect();
        let exact = a.figures.iter().filter_map(|f| f.low.filter(|_| f.low == f.high)).filter(|n| *n >= FEW);
        let numbers: BTreeSet<String> = exact.map(|n| n.to_string()).collect();
        let mut lists = Vec::new();
        let mut ends = [0; LISTS];
        let mut print = blake3::Hasher::new();
        let all: [Vec<&str>; LISTS] = [
            actors.iter().copied().collect(),
            words.iter().map(String::as_str).collect(),
            named.iter().map(String::as_str).collect(),
            numbers.iter().map(String::as_str).collect(),
        ];
        for (n, list) in all.into_iter().enumerate() {
            let from = lists.len();
            for w in list.into_iter().take(MOST) {
                print.update(w.as_bytes()).update(b"\0");
                lists.push(self.symbols.intern(w));
            }
            print.update(b"\n");
            lists[from..].sort_unstable();
            ends[n] = lists.len() as u16;
        }
        self.note_parents(&actors);
        let totals = a.figures.iter().filter(|f| f.total && f.measure != Measure::Strength);
        let mut tolls: Vec<Toll> = totals.map(|f| (f.measure, f.low, f.high)).collect();
        tolls.sort_unstable();
        tolls.dedup();
        tolls.truncate(MOST);
        let told = Told {
            time: Time::of(&When::of(filed)),
            place,
            kinds: a.kinds.iter().fold(0, |bits, k| bits | bit(k.value)),
            stage: a.stage.value,
            background: a.prominence == Prominence::Background,
            lists: lists.into(),
            ends,
            tolls: tolls.into(),
        };
        // The place is printed in its own words, for numbers are given in the order of arrival.
        let spot = a.place.as_ref().map(|p| (&p.name, &p.city, &p.admin1, &p.country, p.precision, p.entry));
        let at = a.place.as_ref().and_then(|p| p.at).map(|(lat, lon)| (lat.to_bits(), lon.to_bits()));
        let rest = format!(
            "{:?} {spot:?} {at:?} {:?} {} {:?} {}",
            told.time, told.tolls, told.kinds, told.stage, told.background
        );
        (told, identity_of(print.update(rest.as_bytes()).finalize().as_bytes()))
    }

    fn note_parents(&mut self, actors: &BTreeSet<&str>) {
        for key in actors {
            let Some(parent) = Actors::builtin().get(key).and_then(|x| x.parent.as_ref()) else { continue };
            let (key, parent) = (self.symbols.intern(key), self.symbols.intern(parent));
            self.parents.insert(key, parent);
        }
    }

    fn spot(&mut self, p: &Place) -> u32 {
        let skeletons = |words: BTreeSet<String>| words.iter().map(|w| skeleton(w)).collect::<BTreeSet<String>>();
        let around = skeletons(telling([p.city.as_str(), p.admin1.as_str()].into_iter()));
        let city = skeletons(telling([p.city.as_str()].into_iter()));
        let name = skeletons(telling([p.name.as_str()].into_iter()));
        let mut of = |words: Vec<&String>| {
            let mut list: Vec<Symbol> = words.into_iter().take(MOST).map(|w| self.symbols.intern(w)).collect();
            list.sort_unstable();
            list.into()
        };
        let beyond = p.precision <= Precision::Neighbourhood;
        let site = of(name.iter().filter(|w| beyond && !around.contains(*w)).collect());
        let spot = Spot {
            called: of(city.iter().collect()),
            name: of(name.iter().collect()),
            site,
            country: self.symbols.intern(&p.country),
            city: self.symbols.intern(&skeleton(&p.city)),
            admin1: self.symbols.intern(&skeleton(&p.admin1)),
            narrow: p.precision <= Precision::City,
            at: p.at.map(|(lat, lon)| (lat.to_bits(), lon.to_bits())),
            entry: p.entry,
        };
        let next = self.spots.len() as u32;
        *self.spot_of.entry(spot).or_insert_with_key(|s| {
            self.spots.push(s.clone());
            next
        })
    }

    fn source(&mut self, filed: &Filed) -> u32 {
        let mut of = |name: &str| {
            let s = self.symbols.intern(&fold(name));
            self.outlets.entry(s).or_insert_with(|| Outlet::of(name));
            s
        };
        let origin = Origin {
            outlet: of(&filed.outlet),
            chain: filed.source_chain.iter().take(MOST).map(|n| of(&n.value)).collect(),
        };
        let next = self.origins.len() as u32;
        *self.origin_of.entry(origin).or_insert_with_key(|o| {
            self.origins.push(o.clone());
            next
        })
    }

    fn sketch(&mut self, filed: &Filed) -> u32 {
        let next = self.sketches.len() as u32;
        let short: Box<[u16]> = filed.sketch.iter().map(|x| (x >> 48) as u16).collect();
        let bytes: Vec<u8> = filed.sketch.iter().flat_map(|x| x.to_be_bytes()).collect();
        *self.sketch_of.entry(identity_of(&bytes)).or_insert_with(|| {
            self.sketches.push(short);
            next
        })
    }

    /// Whether the first names the outlet of the second as its source.
    pub(crate) fn takes(&self, a: &Profile, b: &Profile) -> bool {
        let (a, b) = (&self.origins[a.source as usize], &self.origins[b.source as usize]);
        let other = &self.outlets[&b.outlet];
        a.chain.iter().any(|s| *s == b.outlet || self.outlets[s].same(other))
    }

    /// Whether both name one outlet as their source.
    pub(crate) fn one_chain(&self, a: &Profile, b: &Profile) -> bool {
        let (a, b) = (&self.origins[a.source as usize], &self.origins[b.source as usize]);
        a.chain.iter().any(|s| *s != NONE && b.chain.contains(s))
    }
}

/// Smaller numbers of people are shared by too many accounts.
const FEW: u64 = 3;

/// The bit of a kind.
pub(crate) fn bit(kind: Kind) -> u32 {
    1 << kind as u32
}

/// The first 64 bits of a hash.
fn identity_of(bytes: &[u8]) -> u64 {
    let mut short = [0; 8];
    short.copy_from_slice(&blake3::hash(bytes).as_bytes()[..8]);
    u64::from_be_bytes(short)
}

/// A number for the article, and one for the account that orders it among all others.
pub(crate) fn identity(article: &str, ordinal: u32) -> (u64, u128) {
    let of_account = blake3::hash(format!("{article}/{ordinal}").as_bytes());
    let mut long = [0; 16];
    long.copy_from_slice(&of_account.as_bytes()[..16]);
    (identity_of(article.as_bytes()), u128::from_be_bytes(long))
}
