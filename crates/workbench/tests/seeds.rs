//! Five real texts that overlap: what must come out of them, as facts. Skipped where the texts are absent.

use crate::shared;
use account::{Actors, Kind, Reader, Stage};
use article::{Limits, Raw, intake, sketch};
use incident::{Decided, Field, Filed, Incident, link};

/// The accounts of the five texts, linked.
fn incidents() -> Option<(Vec<Filed>, Vec<Incident>)> {
    let folder = shared("../corpus/seeds/reports")?;
    let reader = Reader::new(Actors::builtin());
    let mut filed = Vec::new();
    for name in ["s0.txt", "s1.txt", "s2.txt", "s3.txt", "s4.txt"] {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let articles = intake(Raw { name, bytes: &bytes }, &Limits::default()).articles;
        let article = articles.first().expect("a text gives an article");
        let report = reader.read(article);
        for (ordinal, account) in (0..).zip(report.accounts) {
            filed.push(Filed {
                article: name.to_owned(),
                ordinal,
                outlet: article.outlet_name().unwrap_or("").to_owned(),
                published: article.published_on().cloned(),
                published_time: None,
                source_chain: report.source_chain.clone(),
                sketch: sketch(article),
                said: incident::said(&article.text, &account),
                account,
            });
        }
    }
    Some((filed.clone(), link(filed, &Decided::default())))
}

fn field<'a>(i: &'a Incident, name: &str) -> Option<&'a Field> {
    i.fields.iter().find(|f| f.name == name)
}

fn at<'a>(all: &'a [Incident], date: &str, place: &str) -> &'a Incident {
    let fits = |i: &&Incident| {
        let place = field(i, "place").is_some_and(|f| f.readings.iter().any(|r| r.value.contains(place)));
        place && field(i, "date").map_or("", |f| f.chosen.as_str()) == date
    };
    let found: Vec<&Incident> = all.iter().filter(fits).collect();
    assert_eq!(found.len(), 1, "{place} on {date}");
    found[0]
}

fn articles(i: &Incident) -> Vec<&str> {
    let mut out: Vec<&str> = i.accounts.iter().map(|a| a.article.as_str()).collect();
    out.sort_unstable();
    out
}

#[test]
fn two_incidents_are_told_by_two_texts_each() {
    let Some((_, all)) = incidents() else { return };
    let airport = at(&all, "2021-08-26", "airport");
    assert_eq!(articles(airport), ["s1.txt", "s3.txt"]);
    let killed = &field(airport, "killed").unwrap().readings;
    let part = |value: &str| killed.iter().find(|r| r.value == value).map(|r| r.part);
    assert_eq!(part("181.."), Some(false));
    assert_eq!(part("200"), Some(false));
    assert_eq!(part("13"), Some(true));
    assert_eq!(part("190..199"), Some(true));
    assert_eq!(articles(at(&all, "2021-10-08", "Kunduz")), ["s1.txt", "s4.txt"]);
}

#[test]
fn the_others_stand_alone_and_keep_what_is_open() {
    let Some((filed, all)) = incidents() else { return };
    for (date, place) in [
        ("XXXX-12-10", "Dasht-e-Barchi"),
        ("XXXX-12-12", "hotel"),
        ("2021-11-02", "Kabul"),
        ("2021-10-16", "Kandahar"),
        ("", "Herat"),
        ("", "Nangarhar"),
    ] {
        assert_eq!(at(&all, date, place).accounts.len(), 1, "{place}");
    }
    let threats = filed.iter().filter(|f| f.article == "s2.txt");
    assert!(threats.clone().count() == 1);
    for f in threats {
        assert_eq!((f.account.stage.value, f.account.kinds[0].value), (Stage::Threatened, Kind::Threat));
    }
    let figures = || filed.iter().flat_map(|f| &f.account.figures);
    let casualty = |n: u64| figures().any(|f| f.low == Some(n) && f.measure != account::Measure::Strength);
    assert!(![8500, 1500, 1350, 2200].into_iter().any(casualty), "a strength is no casualty");
    let khorasan: Vec<&str> = ["ISKP", "ISIS-K", "ISIL-K", "Islamic State Khorasan Province"]
        .into_iter()
        .filter_map(|n| Actors::builtin().find(n).map(|a| a.key.as_str()))
        .collect();
    assert_eq!(khorasan, ["islamic-state-khorasan"; 4]);
}
