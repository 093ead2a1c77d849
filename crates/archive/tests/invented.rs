//! Invented articles whose accounts crowd together: few days, few places, few names, so that everything meets everything.

use account::{
    Account, Binding, Date, DateBasis, Figure, Kind, Measure, Mention, Place, Precision, Prominence, Report, Stage,
    Standing, Value,
};
use archive::{Digest, Told};
use article::{Article, Basis, Edtf, Found, Published, Span};

/// Numbers that follow from a seed (SplitMix64, Steele et al. 2014).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n.max(1) as u64) as usize
    }

    pub(crate) fn percent(&mut self, n: usize) -> bool {
        self.below(100) < n
    }

    pub(crate) fn shuffle<T>(&mut self, list: &mut [T]) {
        for n in (1..list.len()).rev() {
            list.swap(n, self.below(n + 1));
        }
    }
}

const PLACES: [(&str, &str, &str, (f32, f32)); 5] = [
    ("Tormak", "Upper Vale", "AFG", (34.5, 69.1)),
    ("Tormok", "Upper Vale", "AFG", (34.5, 69.1)),
    ("Sarn", "Lower Vale", "AFG", (33.2, 65.0)),
    ("Gulbet", "East March", "PAK", (34.0, 71.5)),
    ("Dolm", "East March", "PAK", (33.9, 71.6)),
];
const KINDS: [Kind; 4] = [Kind::Bombing, Kind::SuicideBombing, Kind::ArmedAttack, Kind::Clash];
const NAMES: [&str; 9] = ["Wahid", "Sarek", "Bilan", "Kerem", "Ostan", "Pelur", "Ramil", "Jorun", "Falek"];

/// So many articles of one or two accounts.
pub(crate) fn articles(count: usize, seed: u64) -> Vec<Told> {
    let mut d = Dice(seed);
    (0..count).map(|n| told(&mut d, n)).collect()
}

/// An article as it comes from a file.
pub(crate) fn digest(told: &Told) -> Digest {
    let name = told.id();
    Digest { hash: Some(name.clone()), name, offset: 0, articles: vec![told.clone()], problems: Vec::new() }
}

fn told(d: &mut Dice, n: usize) -> Told {
    let mut text = String::new();
    let count = if d.percent(25) { 2 } else { 1 };
    let accounts = (0..count).map(|_| account(d, &mut text)).collect();
    let published = d.percent(75).then(|| {
        let date: Edtf = format!("2024-03-{:02}", 3 + d.below(9)).parse().unwrap();
        let time = d.percent(60).then(|| format!("{date}T{:02}:00:00Z", d.below(24)));
        Found { value: Published { date, time }, basis: Basis::Header }
    });
    let found = |value: String| Some(Found { value, basis: Basis::Header });
    let article = Article {
        outlet: found(format!("Outlet {}", d.below(7))),
        url: d.percent(60).then(|| found(format!("https://outlet.example/{n}"))).flatten(),
        published,
        // No two texts are the same, or they would stand for one another.
        ..Article::plain(format!("{text}Number {n}."))
    };
    let chain = d.percent(15).then(|| Value {
        value: format!("Outlet {}", d.below(7)),
        evidence: Vec::new(),
        by: String::new(),
    });
    let mut sketch = Dice(d.below(12) as u64);
    let sketch = if d.percent(50) { (0..128).map(|_| sketch.below(usize::MAX) as u64).collect() } else { Vec::new() };
    let report = Report { accounts, source_chain: chain.into_iter().collect(), ..Report::default() };
    Told { article, sketch, report }
}

fn account(d: &mut Dice, text: &mut String) -> Account {
    let value = |k: Kind| Value { value: k, evidence: Vec::new(), by: String::new() };
    let stage = if d.percent(92) { Stage::Occurred } else { [Stage::Threatened, Stage::Foiled][d.below(2)] };
    let start = text.len();
    *text += "There";
    for name in NAMES.iter().filter(|_| d.percent(25)) {
        *text = format!("{text} {name}");
    }
    *text += ". ";
    let sentence = Span::new(start, text.len());
    let date = match d.below(10) {
        0 => None,
        1 => Some("2024-03".to_owned()),
        2 => Some(format!("XXXX-03-{:02}", 1 + d.below(9))),
        3 => Some(format!("2024-03-{0:02}/2024-03-{1:02}", 2 + d.below(3), 5 + d.below(2))),
        _ => Some(format!("2024-03-{:02}", 1 + d.below(9))),
    };
    let basis = [DateBasis::Explicit, DateBasis::Weekday, DateBasis::Relative, DateBasis::Dateline][d.below(4)];
    let place = d.percent(85).then(|| {
        let (name, admin1, country, at) = PLACES[d.below(PLACES.len())];
        let narrow = d.percent(80);
        Place {
            name: name.to_owned(),
            city: if narrow { name.to_owned() } else { String::new() },
            admin1: admin1.to_owned(),
            country: country.to_owned(),
            precision: if narrow { Precision::City } else { Precision::Province },
            at: narrow.then_some(at),
            entry: None,
            evidence: Vec::new(),
            by: String::new(),
        }
    });
    let mut figures = Vec::new();
    for measure in [Measure::Killed, Measure::Injured] {
        if d.percent(60) {
            let low = [1, 3, 5, 7, 12, 13][d.below(6)];
            figures.push(Figure {
                measure,
                low: Some(low),
                high: d.percent(80).then_some(low),
                words: low.to_string(),
                who: String::new(),
                said_by: Vec::new(),
                total: d.percent(85),
                span: Span::default(),
                by: String::new(),
            });
        }
    }
    let actor = ["red-column", "blue-column", "red"][d.below(3)];
    let binding = Binding {
        name: actor.to_owned(),
        actor: actor.to_owned(),
        status: if d.percent(80) { Standing::Stated } else { Standing::Claimed },
        said_by: Vec::new(),
        evidence: Vec::new(),
        by: String::new(),
    };
    let target = ["market", "checkpoint", "mosque", "bazaar"][d.below(4)];
    let mention = Mention { words: target.to_owned(), span: Span::default(), by: String::new() };
    Account {
        prominence: if d.percent(20) { Prominence::Background } else { Prominence::Main },
        date: date.map(|s| Date {
            value: s.parse().unwrap(),
            basis,
            weekday: None,
            evidence: Vec::new(),
            by: String::new(),
        }),
        place,
        figures,
        perpetrators: d.percent(50).then_some(binding).into_iter().collect(),
        targets: d.percent(50).then_some(mention).into_iter().collect(),
        sentences: vec![sentence],
        ..Account::new(vec![value(KINDS[d.below(4)])], Value { value: stage, evidence: Vec::new(), by: String::new() })
    }
}
