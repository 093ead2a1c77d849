//! The examples in the lists, and cases that need more than one sentence.

use super::*;
use article::{Basis, Block, BlockKind, Found, Published};

fn article(text: &str, published: Option<&str>) -> Article {
    let mut blocks = Vec::new();
    let mut at = 0;
    for p in text.split("\n\n") {
        blocks.push(Block { span: Span::new(at, at + p.len()), kind: BlockKind::Paragraph });
        at += p.len() + 2;
    }
    let published =
        published.map(|d| Found { value: Published { date: d.parse().unwrap(), time: None }, basis: Basis::Header });
    Article { text: text.to_owned(), blocks, published, ..Article::default() }
}

fn found(text: &str, published: Option<&str>) -> Vec<(String, String)> {
    let a = article(text, published);
    let t = Tokens::of(&a);
    Actors::builtin().mentions(&a, &t).into_iter().map(|m| (m.span.of(text).to_owned(), m.key)).collect()
}

#[track_caller]
fn check(text: &str, expected: &[(&str, &str)]) {
    let got = found(text, None);
    let got: Vec<(&str, &str)> = got.iter().map(|(w, k)| (w.as_str(), k.as_str())).collect();
    assert_eq!(got, expected, "in: {text}");
}

#[test]
fn every_example_in_the_lists_holds() {
    let mut failures = Vec::new();
    for (file, listed) in [(BUILTIN, true), (include_str!("../../../../language/en/actor-words.txt"), false)] {
        let mut key = "";
        for line in file.lines() {
            if let Some(k) = line.strip_prefix('[') {
                key = k.trim_end_matches(']');
            } else if let Some((sentence, want)) = line.strip_prefix("match:").and_then(|l| l.split_once("=>")) {
                let got = found(sentence.trim(), None);
                if !got.iter().any(|(_, k)| k == want.trim()) {
                    failures.push(format!("{line} -- found {got:?}"));
                }
            } else if let Some(sentence) = line.strip_prefix("no match:") {
                let got = found(sentence.trim(), None);
                let bad =
                    if listed { got.iter().any(|(_, k)| k == key) } else { got.iter().any(|(_, k)| !is_generic(k)) };
                if bad {
                    failures.push(format!("{line} -- found {got:?}"));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn the_list_is_sound() {
    let parsed = parse::stanzas(BUILTIN, Vec::new()).map_err(|(p, _)| p).unwrap();
    for a in &parsed {
        assert!(
            a.parent.as_ref().is_none_or(|p| parsed.iter().any(|b| b.key == *p)),
            "{}: parent {:?}",
            a.key,
            a.parent
        );
        assert!(
            a.countries.iter().all(|c| parsed.iter().any(|b| b.class == Class::State && b.countries[0] == *c)),
            "{}",
            a.key
        );
    }
    let mut keys: Vec<_> = BUILTIN.lines().filter(|l| l.starts_with('[')).collect();
    keys.sort_unstable();
    for w in keys.windows(2) {
        assert_ne!(w[0], w[1], "key twice");
    }
}

#[test]
fn names_with_dates_follow_the_day() {
    let on = |d: &str| found("The Afghan government said nothing.", Some(d))[0].1.clone();
    assert_eq!(on("2020-05-01"), "afghan-republic");
    assert_eq!(on("2022-05-01"), "taliban");
    assert_eq!(on("2021-08-15"), "taliban");
    let a = Actors::builtin();
    assert_eq!(a.find("Afghan government").map(|a| a.key.as_str()), Some("taliban"));
    assert_eq!(a.find("the nusra front").map(|a| a.key.as_str()), Some("hayat-tahrir-al-sham"));
    assert_eq!(a.find("Washington").map(|a| a.key.as_str()), Some("usa"));
    assert!(a.find("Nobody At All").is_none());
}

#[test]
fn acronyms_and_short_forms_join_the_long_name() {
    check(
        "Fighters of the Zarn Liberation Union (ZLU) burned a post.\n\nThe ZLU denied it. The Union said so twice.",
        &[
            ("Fighters", "generic/militants"),
            ("Zarn Liberation Union", "zarn liberation union"),
            ("ZLU", "zarn liberation union"),
            ("ZLU", "zarn liberation union"),
            ("Union", "zarn liberation union"),
        ],
    );
    check(
        "The Hingal Column burned a bus. Residents said the Column had threatened drivers.",
        &[("Hingal Column", "hingal column"), ("Column", "hingal column")],
    );
}

#[test]
fn renamed_groups_are_one() {
    let got = found("The Makrani Brigade, formerly the Lions of Kech, burned a bus. The Lions of Kech deny it.", None);
    assert!(got.iter().all(|(_, k)| k == "makrani brigade"), "{got:?}");
    assert_eq!(got.len(), 3, "{got:?}");
}

#[test]
fn capitals_only_are_read() {
    check(
        "THE ROJO VALLEY LIBERATION FRONT (RVLF) BURNED A BUS. POLICE BLAMED THE FMLN. NOBODY TOLD US WHY.",
        &[
            ("ROJO VALLEY LIBERATION FRONT", "rojo valley liberation front"),
            ("RVLF", "rojo valley liberation front"),
            ("POLICE", "generic/police"),
            ("FMLN", "fmln"),
        ],
    );
}

#[test]
fn words_apart_are_no_acronym() {
    check("A BOMB WENT OFF IN LA PAZ.", &[]);
    check("The bridge stood between ISIS K and the town.", &[("ISIS K", "islamic-state-khorasan")]);
}

#[test]
fn civil_bodies_are_no_groups() {
    for text in [
        "The Green Valley Hospital treated 30 people.",
        "The Margalla Courier said so.",
        "The Sahel Lions won the match.",
        "The Kotal Traders Association closed its shops after the attack.",
        "The Ministry of Defence in the capital said nothing.",
        "The Zarghun Relief Network sent tents to the bombed town.",
    ] {
        let got = found(text, None);
        assert!(got.iter().all(|(_, k)| is_generic(k)), "{text}: {got:?}");
    }
}

#[test]
fn a_users_file_extends_and_its_faults_name_the_line() {
    let mine = "[red-hill]\nname: Red Hill Company\nclass: militia\ncountry: MLI\nacronyms: RHC\n\n[taliban]\naliases: Students of Kandahar\n";
    let a = Actors::with(mine).unwrap();
    assert_eq!(a.find("RHC").map(|a| a.key.as_str()), Some("red-hill"));
    assert_eq!(a.find("Students of Kandahar").map(|a| a.key.as_str()), Some("taliban"));
    assert_eq!(a.get("generic/troops/mli").map(|a| a.key.as_str()), Some("generic/troops"));
    for (text, line) in [
        ("name: X", "line 1"),
        ("[x]\nname: X", "line 1"),
        ("[x]\nname: X\nclass: band", "line 3"),
        ("[x]\nname: X\nclass: rebel\ncountry: Mali", "line 4"),
        ("[x]\nname: X\nclass: rebel\nfrom: soon", "line 4"),
        ("[x]\nhello", "line 2"),
    ] {
        let p = Actors::with(text).unwrap_err();
        assert_eq!(p.code, "actors/list");
        assert!(p.detail.contains(line), "{text}: {}", p.detail);
    }
}
