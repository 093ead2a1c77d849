//! Invented accounts: what joins, what stays apart, what is disputed, and that order makes no difference.

use crate::{Decided, Field, Filed, Incident, Rule, Supporter, copies};
use account::{
    Account, Binding, Date, DateBasis, Figure, Kind, Measure, Mention, Place, Precision, Prominence, Source, Stage,
    Standing, Value,
};
use article::Span;
use proptest::prelude::*;

/// Linking without any decision.
pub(crate) fn link(filed: Vec<Filed>) -> Vec<Incident> {
    crate::link(filed, &Decided::default())
}

/// An account of one article of its own; the rest is set field by field.
pub(crate) fn told(article: &str, published: &str, kind: Kind, date: &str, city: &str) -> Filed {
    let country = if city == "Osh" { "KGZ" } else { "AFG" };
    let place = Place {
        name: city.to_owned(),
        city: city.to_owned(),
        admin1: String::new(),
        country: country.to_owned(),
        precision: Precision::City,
        at: None,
        entry: None,
        evidence: Vec::new(),
        by: String::new(),
    };
    Filed {
        article: article.to_owned(),
        ordinal: 0,
        outlet: format!("Outlet {article}"),
        published: published.get(..10).and_then(|d| d.parse().ok()),
        published_time: (published.len() > 10).then(|| published.to_owned()),
        source_chain: Vec::new(),
        sketch: Vec::new(),
        said: Vec::new(),
        account: Account {
            date: date.parse().ok().map(|value| Date {
                value,
                basis: DateBasis::Explicit,
                weekday: None,
                evidence: Vec::new(),
                by: String::new(),
            }),
            place: Some(place).filter(|_| !city.is_empty()),
            ..Account::new(vec![value(kind)], value(Stage::Occurred))
        },
    }
}

fn value<T>(value: T) -> Value<T> {
    Value { value, evidence: Vec::new(), by: String::new() }
}

pub(crate) trait With {
    fn killed(self, low: u64, high: u64) -> Self;
    fn said_by(self, words: &str) -> Self;
    fn target(self, words: &str) -> Self;
    fn actor(self, key: &str, status: Standing) -> Self;
    fn site(self, name: &str) -> Self;
    fn stage(self, stage: Stage) -> Self;
    fn background(self, ordinal: u32) -> Self;
    fn by_outlet(self, outlet: &str, chain: &[&str]) -> Self;
}

impl With for Filed {
    fn killed(mut self, low: u64, high: u64) -> Self {
        self.account.figures.push(Figure {
            measure: Measure::Killed,
            low: Some(low),
            high: Some(high),
            words: String::new(),
            who: String::new(),
            said_by: Vec::new(),
            total: true,
            span: Span::default(),
            by: String::new(),
        });
        self
    }
    fn said_by(mut self, words: &str) -> Self {
        if let Some(f) = self.account.figures.last_mut() {
            f.said_by = vec![Source { words: words.to_owned(), ..Source::default() }];
        }
        self
    }
    fn target(mut self, words: &str) -> Self {
        self.account.targets.push(Mention { words: words.to_owned(), span: Span::default(), by: String::new() });
        self
    }
    fn actor(mut self, key: &str, status: Standing) -> Self {
        let name = key.to_owned();
        self.account.perpetrators.push(Binding {
            actor: name.clone(),
            name,
            status,
            said_by: Vec::new(),
            evidence: Vec::new(),
            by: String::new(),
        });
        self
    }
    fn site(mut self, name: &str) -> Self {
        if let Some(p) = &mut self.account.place {
            p.name = name.to_owned();
            p.precision = Precision::Site;
        }
        self
    }
    fn stage(mut self, stage: Stage) -> Self {
        self.account.stage.value = stage;
        self
    }
    fn background(mut self, ordinal: u32) -> Self {
        self.ordinal = ordinal;
        self.account.prominence = Prominence::Background;
        self
    }
    fn by_outlet(mut self, outlet: &str, chain: &[&str]) -> Self {
        self.outlet = outlet.to_owned();
        self.source_chain = chain.iter().map(|s| value((*s).to_owned())).collect();
        self
    }
}

/// The articles of each incident, sorted.
fn groups(filed: Vec<Filed>) -> Vec<String> {
    articles(&link(filed))
}

fn articles(incidents: &[Incident]) -> Vec<String> {
    let mut out: Vec<String> = incidents
        .iter()
        .map(|i| {
            let mut names: Vec<String> = i.accounts.iter().map(|a| a.article.clone()).collect();
            names.sort();
            names.join(" ")
        })
        .collect();
    out.sort();
    out
}

pub(crate) fn field<'a>(i: &'a Incident, name: &str) -> &'a Field {
    i.fields.iter().find(|f| f.name == name).unwrap()
}

use Kind::{ArmedAttack, Bombing};

#[test]
fn two_sites_with_two_targets_and_two_tolls_are_two_incidents() {
    let at = |a: &str, site: &str| told(a, "2024-03-05", Bombing, "2024-03-04", "Herat").site(site);
    let bazaar = |a: &str| at(a, "Kandahar Gate bazaar").target("money changers").killed(2, 2);
    let shrine = |a: &str| at(a, "Gazurgah shrine").target("pilgrims").killed(19, 19);
    assert_eq!(groups(vec![bazaar("a"), shrine("b"), bazaar("c"), shrine("d")]), ["a c", "b d"]);
    // A different name of the spot alone does not part them.
    assert_eq!(groups(vec![bazaar("a"), at("b", "ring road").target("money changers").killed(2, 2)]), ["a b"]);
}

/// Decisions on the first accounts of articles.
fn decided(together: &[(&str, &str)], apart: &[(&str, &str)]) -> Decided {
    let s = |a: &str| Supporter { article: a.to_owned(), ordinal: 0 };
    let pairs = |all: &[(&str, &str)]| all.iter().map(|(a, b)| (s(a), s(b))).collect();
    Decided { together: pairs(together), apart: pairs(apart) }
}

#[test]
fn a_person_decides_against_every_weight() {
    let at = |a: &str, day: &str, city: &str| told(a, "2024-03-09", Bombing, day, city).killed(6, 6);
    let all = || vec![at("a", "2024-03-04", "Herat"), at("b", "2024-03-04", "Herat"), at("c", "2024-03-07", "Kabul")];
    let groups = |together: &[_], apart: &[_]| articles(&crate::link(all(), &decided(together, apart)));
    assert_eq!(groups(&[], &[]), ["a b", "c"]);
    assert_eq!(groups(&[("a", "c")], &[]), ["a b c"], "what agrees with one of them joins both");
    assert_eq!(groups(&[], &[("b", "a")]), ["a", "b", "c"]);
    assert_eq!(groups(&[("a", "c")], &[("b", "c")]), ["a c", "b"], "kept apart from one is kept apart from both");
    assert_eq!(groups(&[("a", "b"), ("b", "c")], &[("a", "c")]), ["a b c"], "together outweighs apart");
    // An account that is not there passes on what holds of it.
    assert_eq!(groups(&[("a", "gone"), ("gone", "c")], &[("gone", "b")]), ["a c", "b"]);
    let one = &crate::link(all(), &decided(&[("a", "c")], &[]))[0];
    assert_eq!(one.joins.iter().map(|j| j.decided).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn two_accounts_of_one_article_are_one_if_a_person_says_so() {
    let one = told("a", "2024-03-05", Bombing, "2024-03-04", "Herat");
    let two = Filed { ordinal: 1, ..one.clone() };
    let s = |ordinal| Supporter { article: "a".to_owned(), ordinal };
    let decided = Decided { together: vec![(s(1), s(0))], apart: Vec::new() };
    assert_eq!(articles(&crate::link(vec![one, two], &decided)), ["a a"]);
}

#[test]
fn a_rising_toll_is_a_revision_and_no_dispute() {
    let all = link(vec![
        told("a", "2024-03-04T09:00:00Z", Bombing, "2024-03-04", "Herat").killed(3, 3),
        told("b", "2024-03-04T18:00:00Z", Bombing, "2024-03-04", "Herat").killed(5, 5),
        told("c", "2024-03-05T09:00:00Z", Bombing, "2024-03-04", "Herat").killed(6, 6),
    ]);
    assert_eq!(all.len(), 1);
    let killed = field(&all[0], "killed");
    assert!(killed.revised && !killed.disputed);
    assert_eq!((killed.chosen.as_str(), killed.bounds.unwrap().low, killed.bounds.unwrap().high), ("6", 3, 6));
    assert_eq!(all[0].joins.len(), 2);
    for j in &all[0].joins {
        let sum: f64 = j.comparisons.iter().map(|c| c.weight).sum();
        assert!((sum - j.score).abs() < 1e-9);
    }
}

#[test]
fn two_tolls_of_one_time_are_a_contradiction() {
    let all = link(vec![
        told("a", "2024-03-05", Bombing, "2024-03-04", "Herat").killed(12, 12),
        told("b", "2024-03-05", Bombing, "2024-03-04", "Herat").killed(20, 20),
    ]);
    let killed = field(&all[0], "killed");
    assert!(killed.disputed && !killed.revised);
    // A vague toll that holds the exact one excludes nothing.
    let all = link(vec![
        told("a", "2024-03-05", Bombing, "2024-03-04", "Herat").killed(24, 99),
        told("b", "2024-03-05", Bombing, "2024-03-04", "Herat").killed(30, 30),
    ]);
    assert!(!field(&all[0], "killed").disputed);
}

#[test]
fn two_blasts_in_one_city_within_three_days_stay_apart() {
    let first = |a: &str| told(a, "2024-03-05", Bombing, "2024-03-04", "Herat").killed(6, 6);
    let second = |a: &str| told(a, "2024-03-08", Bombing, "2024-03-07", "Herat").killed(6, 6);
    let both = second("d").background(1);
    let mut both = Filed { account: Account { date: first("x").account.date, ..both.account.clone() }, ..both };
    both.account.prominence = Prominence::Background;
    assert_eq!(groups(vec![first("a"), second("b"), first("c"), second("d"), both]), ["a c d", "b d"]);
}

#[test]
fn the_same_kind_on_one_day_in_two_cities_is_two_incidents() {
    let at = |a: &str, city: &str| {
        told(a, "2024-03-05", Bombing, "2024-03-04", city).killed(6, 6).actor("taliban", Standing::Claimed)
    };
    assert_eq!(
        groups(vec![at("a", "Herat"), at("b", "Kunduz"), at("c", "Qunduz"), at("d", "Herat"), at("e", "Osh")]),
        ["a d", "b c", "e"]
    );
}

#[test]
fn accounts_of_one_article_are_different_incidents() {
    let one = told("a", "2024-03-05", Bombing, "2024-03-04", "Herat");
    let two = Filed { ordinal: 1, ..one.clone() };
    assert_eq!(groups(vec![one.clone(), two]), ["a", "a"]);
    assert_eq!(groups(vec![one.clone(), one]), ["a"], "filed twice counts once");
}

#[test]
fn wire_copies_count_once() {
    let sketch: Vec<u64> = (0..128).collect();
    let mut edited = sketch.clone();
    edited.iter_mut().take(50).for_each(|x| *x += 1000);
    let wire = |a: &str, hour: u8| {
        told(a, &format!("2024-03-05T{hour:02}:00:00Z"), Bombing, "2024-03-04", "Herat").killed(4, 4)
    };
    let all = vec![
        Filed { sketch: sketch.clone(), ..wire("z", 8) },
        Filed { sketch: edited.clone(), ..wire("b", 10) },
        Filed { sketch: edited, ..wire("c", 11) }.by_outlet("Herat Post", &["Outlet z"]),
        wire("d", 12).by_outlet("Kabul Diary", &["Some Wire"]),
        wire("e", 13).by_outlet("Balkh Diary", &["Some Wire"]),
        wire("f", 14),
    ];
    assert_eq!(copies(&all), [("b".to_owned(), "z".to_owned()), ("c".to_owned(), "b".to_owned())]);
    let i = &link(all)[0];
    assert_eq!(i.origins, [vec![0, 1, 2], vec![3, 4], vec![5]]);
    assert_eq!(field(i, "killed").readings[0].independent, 3);
}

#[test]
fn a_date_without_year_is_completed() {
    let open = told("a", "", Bombing, "XXXX-10-08", "Kunduz").killed(70, 99);
    let full = told("b", "2021-10-09", Bombing, "2021-10-08", "Kunduz").killed(50, 80);
    let other = told("c", "2019-10-09", Bombing, "2019-11-08", "Kunduz").killed(50, 80);
    let all = link(vec![open, full, other]);
    let i = all.iter().find(|i| i.accounts.len() == 2).expect("joined");
    assert_eq!(field(i, "date").chosen, "2021-10-08");
    assert_eq!(field(i, "date").readings.len(), 1);
}

#[test]
fn an_article_without_a_year_learns_it_from_one_incident_for_all() {
    let mut blast = told("a", "", Kind::Bombing, "XXXX-10-08", "Kunduz").killed(71, 71);
    blast.article = "undated".to_owned();
    let mut raid = told("a", "", Kind::Raid, "XXXX-11-02", "Kabul");
    (raid.article, raid.ordinal) = ("undated".to_owned(), 1);
    let dated = told("b", "2021-10-09", Kind::Bombing, "2021-10-08", "Kunduz").killed(71, 71);
    let incidents = link(vec![blast, raid, dated]);
    let dates: Vec<&str> = incidents.iter().map(|i| field(i, "date").chosen.as_str()).collect();
    assert_eq!(dates.len(), 2);
    assert!(dates.contains(&"2021-10-08") && dates.contains(&"2021-11-02"), "{dates:?}");
}

#[test]
fn a_weekday_picks_the_day_once_the_year_is_known() {
    let mut week = told("a", "", Bombing, "XXXX-08-23/XXXX-08-29", "Kabul").killed(190, 199).target("airport gate");
    if let Some(d) = &mut week.account.date {
        d.weekday = Some(4);
    }
    let month = told("b", "", Bombing, "2021-08", "Kabul").killed(181, 250).target("airport");
    let i = &link(vec![week, month])[0];
    assert_eq!(i.accounts.len(), 2);
    assert_eq!((field(i, "date").chosen.as_str(), field(i, "date").disputed), ("2021-08-26", false));
}

#[test]
fn a_month_is_compatible_with_its_days_only() {
    let month = told("a", "2022-01-10", Bombing, "2021-10", "Kunduz").killed(46, 46).background(1);
    let day = told("b", "2021-10-09", Bombing, "2021-10-08", "Kunduz").killed(46, 46);
    let later = told("c", "2021-11-09", Bombing, "2021-11-08", "Kunduz").killed(46, 46);
    let all = link(vec![month, day, later]);
    let i = all.iter().find(|i| i.accounts.len() == 2).expect("joined");
    assert_eq!(i.accounts[1].article, "a");
    let date = field(i, "date");
    assert_eq!((date.chosen.as_str(), date.disputed), ("2021-10-08", false));
}

#[test]
fn a_busy_actor_does_not_chain() {
    let at = |a: &str, day: u8, city: &str| {
        told(a, &format!("2021-10-{:02}", day + 1), ArmedAttack, &format!("2021-10-{day:02}"), city)
            .actor("islamic-state-khorasan", Standing::Claimed)
    };
    let vague = told("v", "2021-10-20", ArmedAttack, "2021-10", "").actor("islamic-state-khorasan", Standing::Claimed);
    assert_eq!(
        groups(vec![at("a", 2, "Kabul"), at("b", 6, "Jalalabad"), at("c", 9, "Kabul"), vague]),
        ["a", "b", "c", "v"]
    );
    // A force without a name of its own says nothing at all.
    let police =
        |a: &str| told(a, "2021-10-09", ArmedAttack, "2021-10", "Kabul").actor("generic/police", Standing::Stated);
    let named = |a: &str| told(a, "2021-10-09", ArmedAttack, "2021-10", "Kabul").actor("nrf", Standing::Stated);
    let score = |x: Filed, y: Filed| link(vec![x, y])[0].joins.first().map_or(0.0, |j| j.score);
    assert!(score(named("a"), named("b")) > score(police("a"), police("b")));
}

#[test]
fn a_threat_is_no_attack() {
    let attack = told("a", "2024-03-05", Bombing, "2024-03-04", "Kabul").target("embassy compound");
    let threat =
        told("b", "2024-03-05", Bombing, "2024-03-04", "Kabul").target("embassy compound").stage(Stage::Threatened);
    assert_eq!(groups(vec![attack, threat]), ["a", "b"]);
}

#[test]
fn a_report_cannot_tell_what_comes_after_it() {
    let early = told("a", "2024-03-01", Bombing, "", "Herat").killed(6, 6);
    let late = told("b", "2024-03-05", Bombing, "2024-03-04", "Herat").killed(6, 6);
    assert_eq!(groups(vec![early, late]), ["a", "b"]);
}

#[test]
fn a_denial_disputes_a_suspicion() {
    let a = told("a", "2024-03-05", Bombing, "2024-03-04", "Herat").actor("red hill front", Standing::Suspected);
    let b = told("b", "2024-03-05", Bombing, "2024-03-04", "Herat").actor("red hill front", Standing::Denied);
    let c = told("c", "2024-03-05", Bombing, "2024-03-04", "Herat").actor("generic/gunmen", Standing::Stated);
    assert!(field(&link(vec![a.clone(), b])[0], "perpetrator").disputed);
    assert!(!field(&link(vec![a, c])[0], "perpetrator").disputed);
}

#[test]
fn two_actors_beside_each_other_are_no_dispute() {
    let at = |a: &str| told(a, "2024-03-05", Bombing, "2024-03-04", "Herat");
    let front = || at("a").actor("red hill front", Standing::Suspected);
    let both = || at("b").actor("red hill column", Standing::Accused);
    assert!(!field(&link(vec![front(), both()])[0], "perpetrator").disputed);
    // That another is named as well excuses no denial.
    let denied = both().actor("red hill front", Standing::Denied);
    assert!(field(&link(vec![front(), denied])[0], "perpetrator").disputed);
}

#[test]
fn two_people_in_one_account_may_dispute_a_toll() {
    let at = |a: &str| told(a, "2024-03-05", Bombing, "2024-03-04", "Herat");
    let disputed = |f: Filed| field(&link(vec![f])[0], "killed").disputed;
    let brigade = || at("a").killed(12, 12).said_by("The Moro Dawn Brigade");
    assert!(disputed(brigade().killed(5, 5).said_by("Governor Karim")));
    assert!(disputed(brigade().killed(5, 5)), "the outlet itself");
    assert!(!disputed(brigade().killed(10, 14).said_by("Governor Karim")), "ranges that meet");
    assert!(!disputed(brigade().killed(5, 5).said_by("the brigade Moro Dawn")), "one voice");
    assert!(!disputed(at("a").killed(5, 5).killed(12, 12)), "a toll that the outlet saw rise");
}

#[test]
fn an_agreement_excuses_no_exclusion() {
    let first = told("a", "2024-03-05", Bombing, "2024-03-04", "Herat").killed(12, 12);
    let later = told("b", "2024-03-06", Bombing, "2024-03-04", "Herat")
        .killed(12, 12)
        .said_by("The Moro Dawn Brigade")
        .killed(5, 5)
        .said_by("Governor Karim");
    let all = link(vec![first, later]);
    assert_eq!(all.len(), 1);
    assert!(field(&all[0], "killed").disputed);
}

#[test]
fn rules_choose_as_they_say() {
    let all = link(vec![
        told("a", "2024-03-04", Bombing, "2024-03-04", "Herat").killed(4, 4),
        told("b", "2024-03-05", Bombing, "2024-03", "Herat").killed(9, 9),
        told("c", "2024-03-06", Bombing, "2024-03-04", "Herat").killed(9, 9),
        told("d", "2024-03-07", Bombing, "2024-03-04", "Herat").killed(7, 7),
    ]);
    assert_eq!(all.len(), 1);
    let readings = &field(&all[0], "killed").readings;
    let by = |rule| crate::choose(readings, rule).map(|i| readings[i].value.as_str());
    assert_eq!(by(Rule::Lowest), Some("4"));
    assert_eq!(by(Rule::Majority), Some("9"));
    assert_eq!(by(Rule::Latest), Some("7"));
    assert_eq!(by(Rule::Best), Some("9"));
    assert_eq!(crate::choose(&[], Rule::Best), None);
    assert_eq!(field(&all[0], "date").chosen, "2024-03-04");
}

#[test]
fn many_accounts_are_linked_in_near_linear_time() {
    let cities = ["Herat", "Kabul", "Kunduz", "Khost", "Ghazni", "Zaranj"];
    let many: Vec<Filed> = (0..3000)
        .map(|n| {
            let day = format!("20{:02}-{:02}-{:02}", 10 + n % 12, 1 + n / 12 % 12, 1 + n / 144 % 28);
            told(&format!("n{n:04}"), &day, Bombing, &day, cities[n % 6])
        })
        .collect();
    let mut linker = crate::Linker::default();
    many.iter().for_each(|f| _ = linker.add(f));
    let mut pairs = 0;
    linker.round(&Decided::default(), &[]).meet(|_, _| pairs += 1);
    assert!(pairs < 20 * many.len());
}

/// Each may be each other: what says the same is compared once.
#[test]
fn many_accounts_that_are_almost_alike_are_linked_in_seconds() {
    let alike = |n: usize| {
        let mut f =
            told(&format!("n{n:03}"), "", Bombing, "2024-03-04", "Kunduz").killed(10 + n as u64 % 3, 10 + n as u64 % 3);
        f.sketch = (0..128).map(|i| if i % 16 == n as u64 % 16 { 1000 * n as u64 + i } else { i }).collect();
        f
    };
    let all = link((0..400).map(alike).collect());
    assert_eq!(all.iter().map(|i| (i.accounts.len(), i.origins.len())).collect::<Vec<_>>(), [(400, 1)]);
    let killed = field(&all[0], "killed");
    assert_eq!((killed.readings.len(), killed.disputed), (3, false));
}

/// Ten thousand prints of one wire: time grows with their number, and they are one witness.
#[test]
fn ten_thousand_copies_are_one_voice() {
    let sketch: Vec<u64> = (0..128).map(|i| i << 50).collect();
    let copy = |n: usize| {
        let f = told(&format!("n{n:05}"), "2024-03-05", Bombing, "2024-03-04", "Herat").killed(6, 6);
        Filed { sketch: sketch.clone(), ..f }
    };
    let all: Vec<Filed> = (0..10_000).map(copy).collect();
    let mut linker = crate::Linker::default();
    all.iter().for_each(|f| _ = linker.add(f));
    let groups = linker.link(&Decided::default());
    assert_eq!(groups.iter().map(|g| g.accounts.len()).collect::<Vec<_>>(), [10_000]);
    assert_eq!(copies(&all).len(), 9_999);
    assert_eq!(crate::chain::origins(&all.iter().collect::<Vec<_>>()).len(), 1);
}

#[test]
fn the_end_of_the_calendar_ends() {
    let on = |a: &str, published: &str, date: &str| told(a, published, Bombing, date, "Herat").killed(6, 6);
    for day in
        ["9999-12-31", "9999-12-30", "9999-12", "9999", "9999-12-31~", "0001-01-01", "0000-01", "XXXX-12-31", "XXXX-12"]
    {
        let published = day.get(..10).unwrap_or("9999-12-31");
        assert!(!link(vec![on("a", published, day), on("b", published, day), on("c", published, "")]).is_empty());
    }
    assert_eq!(groups(vec![on("a", "9999-12-31", "9999-12-31"), on("b", "9999-12-31", "9999-12-31")]), ["a b"]);
}

#[test]
fn figures_may_be_as_large_as_a_number_can_be() {
    let most = u64::MAX;
    let of = |a: &str, low, high| told(a, "2024-03-05", Bombing, "2024-03-04", "Herat").killed(low, high);
    let all = link(vec![of("a", most - 1, most), of("b", most, most), of("c", 0, most), of("d", 1, most - 2)]);
    assert!(!all.is_empty());
    let rising = link(vec![
        of("a", most / 2, most / 2),
        told("b", "2024-03-07", Bombing, "2024-03-04", "Herat").killed(most, most),
    ]);
    assert!(!rising.is_empty());
}

fn any_filed() -> impl Strategy<Value = Filed> {
    let kinds = prop::sample::select(vec![Bombing, ArmedAttack, Kind::Abduction, Kind::Threat, Kind::Other]);
    let dates = prop::sample::select(vec![
        "2024-03-04",
        "2024-03-05",
        "2024-03",
        "XXXX-03-04",
        "XXXX-03",
        "2024",
        "",
        "2024-03-04~",
        "0001-01-01",
        "0000",
        "9999-12-31",
        "9999-12",
        "9999",
        "XXXX-12-31",
        "XXXX-02-29",
    ]);
    let cities = prop::sample::select(vec!["Herat", "Kabul", "Qunduz", "Kunduz", "Osh", ""]);
    let days = prop::sample::select(vec![
        "2024-03-05",
        "2024-03-05T10:00:00Z",
        "2024-04-01",
        "",
        "2025-01-01",
        "0001-01-01",
        "9999-12-31",
        "XXXX-12-31",
    ]);
    let figures = prop_oneof![4 => 0..9u64, 1 => Just(u64::MAX), 1 => Just(u64::MAX - 1), 1 => any::<u64>()];
    (0..12u8, 0..3u32, kinds, dates, cities, days, figures, prop::option::of(0..3u64)).prop_map(
        |(n, ordinal, kind, date, city, day, killed, sketch)| {
            let f = told(&format!("n{n}"), day, kind, date, city).killed(killed, killed.saturating_add(killed % 3));
            Filed { ordinal, sketch: sketch.map_or(Vec::new(), |s| vec![s; 128]), ..f }
        },
    )
}

proptest! {
    #[test]
    fn the_order_of_arrival_makes_no_difference(
        (all, shuffled) in prop::collection::vec(any_filed(), 0..14)
            .prop_map(|mut v| { v.sort_by(|a, b| (&a.article, a.ordinal).cmp(&(&b.article, b.ordinal))); v.dedup_by(|a, b| a.article == b.article && a.ordinal == b.ordinal); v })
            .prop_flat_map(|v| (Just(v.clone()), Just(v).prop_shuffle()))
    ) {
        let one = link(all.clone());
        prop_assert_eq!(serde_json::to_string(&one).unwrap(), serde_json::to_string(&link(shuffled.clone())).unwrap());
        prop_assert_eq!(copies(&all), copies(&shuffled));
        let members: usize = one.iter().map(|i| i.accounts.len()).sum();
        prop_assert_eq!(members, all.len());
        for i in &one {
            prop_assert_eq!(i.joins.len() + 1, i.accounts.len());
            let mut articles: Vec<&str> = i.accounts.iter().map(|a| a.article.as_str()).collect();
            articles.sort_unstable();
            articles.dedup();
            prop_assert_eq!(articles.len(), i.accounts.len());
            for f in &i.fields {
                prop_assert!(f.readings.iter().any(|r| r.value == f.chosen));
            }
        }
    }
}
