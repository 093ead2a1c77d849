//! Accounts by the million, invented, with their true incidents known.
//!
//! Shares were set by hand to be near those of event reports coded by hand (MAVERICK, Côte d'Ivoire: how many reports an event
//! has, how often they give a city, a day, an actor, a toll) and of accounts of development articles of the corpus (how often a
//! reading is off, what stands in the background, which names two texts share). Countries and cities are those of the gazetteer, the
//! larger the more is told of them: the first country has every seventh incident. All comes from a seed.

use account::{
    Account, Binding, Date, DateBasis, Figure, Kind, Measure, Mention, Place, Precision, Prominence, Stage, Standing,
    Value,
};
use article::gazetteer::{EntryKind, Gazetteer};
use article::{Edtf, Span};
use incident::Filed;
use jiff::civil::Date as Day;
use std::collections::BTreeMap;
use std::ops::Range;

/// Of a hundred incidents so many have one report, two, three and so on.
const REPORTS: [usize; 8] = [52, 18, 11, 7, 5, 3, 2, 2];
/// Incidents fall on so many days, if nothing else is asked for: twenty years.
pub(crate) const DAYS: usize = 20 * 365;
/// Countries at war, each telling less than the one before.
const COUNTRIES: usize = 60;
/// Kinds, the more frequent several times.
const KINDS: [Kind; 12] = [
    Kind::ArmedAttack,
    Kind::ArmedAttack,
    Kind::ArmedAttack,
    Kind::Bombing,
    Kind::Bombing,
    Kind::Clash,
    Kind::Clash,
    Kind::Raid,
    Kind::Abduction,
    Kind::Assassination,
    Kind::Shelling,
    Kind::Airstrike,
];
/// What another reporter calls a kind.
const OTHERWISE: [(Kind, Kind); 4] = [
    (Kind::ArmedAttack, Kind::Clash),
    (Kind::Bombing, Kind::SuicideBombing),
    (Kind::Assassination, Kind::ArmedAttack),
    (Kind::Clash, Kind::Raid),
];

/// A world in which incidents happen.
pub(crate) struct World {
    seed: u64,
    /// Incidents fall on so many days.
    days: usize,
    countries: Vec<Country>,
    /// Of each account: its incident, and which of the incident's reports it is.
    accounts: Vec<(u32, u16)>,
}

struct Country {
    code: String,
    cities: Vec<City>,
}

struct City {
    name: String,
    admin1: String,
    at: (f32, f32),
    entry: u32,
}

/// Numbers that follow from a seed (SplitMix64, Steele et al. 2014).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    /// True in so many of a hundred.
    fn percent(&mut self, n: usize) -> bool {
        self.below(100) < n
    }

    /// Small numbers far more often than large ones: the square of an even share.
    fn early(&mut self, n: usize) -> usize {
        let x = self.below(1 << 20) as f64 / f64::from(1 << 20);
        ((x * x) * n as f64) as usize
    }
}

/// What happened.
struct Fact {
    country: usize,
    city: usize,
    day: i64,
    kind: Kind,
    killed: u64,
    injured: u64,
    actor: usize,
    target: usize,
    names: Vec<usize>,
}

impl World {
    /// So many accounts of incidents on so many days, in an order that tells nothing.
    pub(crate) fn new(accounts: usize, days: usize, seed: u64) -> World {
        let mut dice = Dice(seed);
        let mut all = Vec::with_capacity(accounts);
        let mut incident = 0;
        while all.len() < accounts {
            let mut roll = dice.below(100);
            let size = REPORTS.iter().position(|share| {
                let here = roll < *share;
                roll = roll.saturating_sub(*share);
                here
            });
            let size = (size.unwrap_or(REPORTS.len() + 2) + 1).min(accounts - all.len());
            all.extend((0..size).map(|r| (incident, r as u16)));
            incident += 1;
        }
        for n in (1..all.len()).rev() {
            all.swap(n, dice.below(n + 1));
        }
        World { seed, days, countries: countries(), accounts: all }
    }

    /// The country of which most is told.
    pub(crate) fn country(&self) -> String {
        self.countries.first().map_or_else(String::new, |c| c.code.clone())
    }

    /// Adds so many further reports on what has happened, others for each `round`, and gives their numbers.
    pub(crate) fn grow(&mut self, accounts: usize, round: u64) -> Range<usize> {
        let mut dice = Dice(self.seed ^ 0x4d0e ^ (round << 32));
        let begin = self.accounts.len();
        let incidents = self.accounts.iter().map(|a| a.0 + 1).max().unwrap_or(1);
        let further = (0..accounts).map(|_| (dice.below(incidents as usize) as u32, 100 + dice.below(60_000) as u16));
        self.accounts.extend(further.collect::<Vec<_>>());
        begin..self.accounts.len()
    }

    /// How many accounts there are.
    pub(crate) fn len(&self) -> usize {
        self.accounts.len()
    }

    /// The true incident of an account.
    pub(crate) fn incident(&self, n: usize) -> u32 {
        self.accounts[n].0
    }

    fn fact(&self, incident: u32) -> Fact {
        let mut d = Dice(self.seed ^ (u64::from(incident) << 20) ^ 0xfac7);
        let country = d.early(self.countries.len());
        let killed = [0, 1, 1, 2, 2, 3, 4, 5, 7, 9, 12, 17, 26, 41][d.below(14)];
        Fact {
            country,
            city: d.early(self.countries[country].cities.len()),
            day: d.below(self.days) as i64,
            kind: KINDS[d.below(KINDS.len())],
            killed,
            injured: killed + d.below(4 + 2 * killed as usize) as u64,
            actor: d.early(9),
            target: d.below(120),
            names: (0..6).map(|_| d.below(40_000)).collect(),
        }
    }

    /// What one report says: much of what happened, some of it wrong.
    pub(crate) fn filed(&self, n: usize) -> Filed {
        let (incident, report) = self.accounts[n];
        let fact = self.fact(incident);
        // A tenth of the later reports are near copies of the first.
        let copy = report > 0 && Dice(self.seed ^ (n as u64)).percent(10);
        let text = if copy { 0 } else { report };
        let mut d = Dice(self.seed ^ (u64::from(incident) << 24) ^ (u64::from(text) << 8) ^ 0x7e11);
        let c = &self.countries[fact.country];
        let city = &c.cities[if d.percent(4) { d.early(c.cities.len()) } else { fact.city }];
        let background = report > 1 && d.percent(20);
        let late = if background { 20 + d.below(300) as i64 } else { d.below(3) as i64 };
        let day = |n: i64| Day::constant(2004, 1, 1).saturating_add(jiff::Span::new().days(n));
        let told = fact.day + i64::from(d.percent(4));
        let date = match d.below(100) {
            0..=3 => None,
            4..=7 => Some(Edtf::month(day(told).year(), day(told).month() as u8)),
            _ if background && d.percent(40) => Some(Edtf::month(day(told).year(), day(told).month() as u8)),
            _ => Some(Edtf::day(day(told))),
        };
        let precise = !d.percent(12);
        let rises = |d: &mut Dice, n: u64| if d.percent(20) { n + d.below(2 + n as usize / 3) as u64 } else { n };
        let (killed, injured) = (rises(&mut d, fact.killed), rises(&mut d, fact.injured));
        let mut figures = Vec::new();
        for (measure, n, share) in [(Measure::Killed, killed, 75), (Measure::Injured, injured, 50)] {
            if n > 0 && d.percent(share) {
                figures.push(figure(measure, n));
            }
        }
        let mut said: Vec<String> = fact.names.iter().filter(|_| d.percent(60)).map(|n| name(Sort::Any, *n)).collect();
        said.extend((0..3).map(|_| name(Sort::Around, fact.country * 60 + d.below(60))));
        said.push(article::fold(&city.name));
        let other = OTHERWISE.iter().find(|(k, _)| *k == fact.kind).filter(|_| d.percent(15)).map(|(_, k)| *k);
        let outlet = d.early(400);
        let account = Account {
            prominence: if background { Prominence::Background } else { Prominence::Main },
            date: date.map(|value| Date {
                value,
                basis: DateBasis::Explicit,
                weekday: None,
                evidence: Vec::new(),
                by: String::new(),
            }),
            place: Some(Place {
                name: city.name.clone(),
                city: if precise { city.name.clone() } else { String::new() },
                admin1: city.admin1.clone(),
                country: c.code.clone(),
                precision: if precise { Precision::City } else { Precision::Province },
                at: precise.then_some(city.at),
                entry: precise.then_some(city.entry),
                evidence: Vec::new(),
                by: String::new(),
            }),
            figures,
            perpetrators: d.percent(45).then(|| actor(fact.country * 9 + fact.actor)).into_iter().collect(),
            targets: if d.percent(60) { vec![mention(capital(&name(Sort::Target, fact.target)))] } else { Vec::new() },
            ..Account::new(vec![value(other.unwrap_or(fact.kind))], value(Stage::Occurred))
        };
        let mut words = Dice(self.seed ^ (u64::from(incident) << 16) ^ u64::from(text));
        Filed {
            article: format!("a{n:08}"),
            ordinal: 0,
            outlet: format!("Outlet {}", if copy { 400 + n % 50 } else { outlet }),
            published: Some(Edtf::day(day(fact.day + late))),
            published_time: None,
            source_chain: if copy { vec![value(format!("Outlet {outlet}"))] } else { Vec::new() },
            sketch: (0..128).map(|_| words.next()).collect(),
            said,
            account,
        }
    }
}

fn countries() -> Vec<Country> {
    let gazetteer = Gazetteer::builtin();
    let mut of: BTreeMap<&str, Vec<(u32, City)>> = BTreeMap::new();
    for e in (0..gazetteer.len() as u32).filter_map(|n| gazetteer.entry(n)).filter(|e| e.kind == EntryKind::City) {
        let city = City { name: e.name.to_owned(), admin1: e.admin1.to_owned(), at: (e.lat, e.lon), entry: e.id };
        of.entry(e.country).or_default().push((e.population, city));
    }
    let mut all: Vec<(u64, Country)> = of
        .into_iter()
        .map(|(code, mut cities)| {
            cities.sort_by_key(|(people, c)| (std::cmp::Reverse(*people), c.entry));
            cities.truncate(150);
            let people = cities.iter().map(|(p, _)| u64::from(*p)).sum();
            (people, Country { code: code.to_owned(), cities: cities.into_iter().map(|(_, c)| c).collect() })
        })
        .collect();
    all.sort_by(|a, b| (b.0, &a.1.code).cmp(&(a.0, &b.1.code)));
    all.into_iter().take(COUNTRIES).map(|(_, c)| c).collect()
}

fn actor(n: usize) -> Binding {
    let name = format!("{} column", capital(&name(Sort::Actor, n)));
    Binding {
        actor: article::fold(&name),
        name,
        status: Standing::Stated,
        said_by: Vec::new(),
        evidence: Vec::new(),
        by: String::new(),
    }
}

/// What an invented name is for: those of one sort are never those of another.
#[derive(Clone, Copy)]
enum Sort {
    /// A person, a village, a street: of one incident, mostly.
    Any,
    /// What all reports from one country may name.
    Around,
    /// A group.
    Actor,
    /// What is attacked.
    Target,
}

/// An invented name: four syllables of consonants that no spelling exchanges, the last of them its sort's.
fn name(sort: Sort, mut n: usize) -> String {
    const BEGIN: [&str; 14] = ["b", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t"];
    const END: [&str; 4] = ["an", "or", "il", "esh"];
    const VOWELS: [&str; 3] = ["a", "u", "i"];
    let mut out = String::new();
    for _ in 0..3 {
        out += BEGIN[n % BEGIN.len()];
        n /= BEGIN.len();
        out += VOWELS[n % VOWELS.len()];
        n /= VOWELS.len();
    }
    out + "v" + END[sort as usize]
}

/// A name as it is printed.
pub(crate) fn capital(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

fn figure(measure: Measure, n: u64) -> Figure {
    Figure {
        measure,
        low: Some(n),
        high: Some(n),
        words: n.to_string(),
        who: String::new(),
        said_by: Vec::new(),
        total: true,
        span: Span::default(),
        by: String::new(),
    }
}

fn mention(words: String) -> Mention {
    Mention { words, span: Span::default(), by: String::new() }
}

fn value<T>(value: T) -> Value<T> {
    Value { value, evidence: Vec::new(), by: String::new() }
}
