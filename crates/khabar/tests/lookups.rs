//! Tables, filters, dossiers, searches and their JSON.

use crate::{Place, articles};
use serde_json::Value;

#[track_caller]
fn places(place: &Place, filter: &[&str]) -> Vec<String> {
    let ran = place.run(&[&["incidents", "--json"], filter].concat());
    assert_eq!(ran.code, i32::from(ran.out.is_empty()), "{}", ran.err);
    ran.json().iter().map(|i| i["place"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn reading_says_what_came_of_it() {
    let place = Place::new();
    let ran = place.run(&["read", articles()]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("5 articles new, 0 already known"), "{}", ran.out);
    assert!(ran.out.contains("the archive holds 3 incidents"), "{}", ran.out);
    assert!(!ran.out.contains('\u{1b}'));
    let again = place.run(&["read", articles()]);
    assert!(again.out.contains("0 articles new, 0 already known; 5 files read before and unchanged"), "{}", again.out);
    assert_eq!(again.code, 0);
}

#[test]
fn filters_narrow_the_list() {
    let place = Place::filled();
    let all = places(&place, &[]);
    assert_eq!(all.len(), 3);
    assert!(all[0].contains("Kabul") && all[1].contains("Peshawar") && all[2].contains("Kandahar"), "{all:?}");
    let only = |filter: &[&str], n: usize| {
        let found = places(&place, filter);
        assert_eq!(found, [all[n].clone()], "{filter:?}");
    };
    only(&["--until", "2024-03"], 0);
    only(&["--since", "2024-04-10"], 2);
    only(&["--since", "2024-04", "--until", "2024-04-09"], 1);
    only(&["--country", "pak"], 1);
    only(&["--kind", "abduction"], 2);
    only(&["--disputed"], 0);
    only(&["--actor", "red valley FRONT", "--kind", "bombing"], 0);
    assert!(places(&place, &["--actor", "Nobody at all"]).is_empty());
    assert!(places(&place, &["--since", "2030"]).is_empty());
}

#[test]
fn the_table_is_aligned_and_shows_the_dispute() {
    let ran = Place::filled().run(&["incidents"]);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines.len(), 4, "{}", ran.out);
    assert!(ran.out.contains("13–20 disputed"), "{}", ran.out);
    let at = |line: &str, word: &str| line.find(word).map(|i| line[..i].chars().count());
    assert_eq!(at(lines[0], "date"), at(lines[1], "2024-03-04"), "{}", ran.out);
    assert_eq!(at(lines[0], "date"), at(lines[2], "2024-04-09"), "{}", ran.out);
}

#[test]
fn one_incident_shows_readings_and_words() {
    let place = Place::filled();
    let list = place.run(&["incidents"]);
    let id = list.out.lines().nth(1).unwrap().split(' ').next().unwrap();
    let shown = place.run(&["show", id]);
    assert_eq!(shown.code, 0, "{}", shown.err);
    for part in [
        "Hill Courier",
        "Plain Mail",
        "[13",
        "[20",
        "disputed",
        "▸",
        "chosen by",
        "independent",
        "Why these accounts",
        "https://hill-courier.example/market",
    ] {
        assert!(shown.out.contains(part), "{part} is missing:\n{}", shown.out);
    }
    assert_eq!(place.run(&["show", &id[1..]]).out, shown.out, "the `i` may be left out");
    let json = place.run(&["show", id, "--json"]).json();
    let incident = &json[0];
    assert!(incident["incident"].as_str().unwrap().starts_with(id));
    assert_eq!(incident["killed"], serde_json::json!({"low": 13, "high": 20}));
    assert!(incident["disputed"].as_array().unwrap().contains(&"killed".into()));
    assert_eq!(incident["fields"]["killed"]["readings"].as_array().unwrap().len(), 2);
    let accounts = incident["accounts"].as_array().unwrap();
    assert_eq!(accounts.len(), 2);
    for a in accounts {
        let text = std::fs::read_to_string(a["found_in"][0].as_str().unwrap()).unwrap();
        let words = &a["figures"][0]["evidence"][0];
        assert!(text.contains(words["words"].as_str().unwrap()));
        assert!(words["end"].as_u64() > words["start"].as_u64());
    }
}

#[test]
fn unknown_incidents_are_nothing_found() {
    let place = Place::filled();
    for id in ["nosuch", "%", ""] {
        let ran = place.run(&["show", id]);
        assert_eq!(ran.code, 1, "{id}");
        assert!(ran.err.contains("incident") && ran.out.is_empty(), "{}", ran.err);
    }
}

#[test]
fn accounts_have_the_shape_of_the_manual() {
    let place = Place::new();
    let ran = place.run(&["accounts", "--json", "--link", articles()]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let lines = ran.json();
    let of = |report: &str| -> &Value { lines.iter().find(|l| l["report"] == report).unwrap() };
    assert_eq!(lines.len(), 5);
    assert_eq!(of("council")["accounts"], serde_json::json!([]));
    let account = &of("market-courier")["accounts"][0];
    for key in [
        "incident",
        "prominence",
        "kind",
        "stage",
        "date",
        "date_basis",
        "place",
        "place_precision",
        "figures",
        "perpetrators",
        "targets",
        "victims",
        "weapons",
        "evidence",
    ] {
        assert!(account.get(key).is_some(), "{key} is missing: {account}");
    }
    assert_eq!(account["kind"][0], "bombing");
    assert_eq!(account["place"]["country"], "AFG");
    assert_eq!(account["figures"][0]["low"], 13);
    assert_eq!(account["incident"], of("market-mail")["accounts"][0]["incident"]);
    assert_ne!(account["incident"], of("convoy")["accounts"][0]["incident"]);
    assert_eq!(of("market-courier")["copy_of"], "");
    assert!(of("market-courier")["source_chain"].is_array());
    let unlinked = place.run(&["accounts", "--json", articles()]).json();
    assert!(unlinked.iter().flat_map(|l| l["accounts"].as_array().unwrap()).all(|a| a.get("incident").is_none()));
    assert!(!place.path("khabar.db").exists());
    let people = place.run(&["accounts", articles()]);
    assert!(people.out.contains("council") && people.out.contains("no incident"), "{}", people.out);
}

#[test]
fn values_are_explained_by_their_sentences() {
    let place = Place::filled();
    let file = format!("{}/market-courier.txt", articles());
    let people = place.run(&["explain", &file]);
    assert_eq!(people.code, 0, "{}", people.err);
    for part in ["[1] Hill Courier", "MUC-4 bombing", "PLOVER ASSAULT", "GTD 3", "kinds/words", "killed ", "[13"] {
        assert!(people.out.contains(part), "{part} is missing:\n{}", people.out);
    }
    let all = place.run(&["explain", "--json", &file]).json();
    let values = all[0]["values"].as_array().unwrap();
    for name in ["kind", "stage", "date", "place", "killed"] {
        let v = values.iter().find(|v| v["name"] == name).unwrap_or_else(|| panic!("{name} is missing: {values:?}"));
        for e in v["evidence"].as_array().unwrap() {
            let (sentence, words) = (e["sentence"].as_str().unwrap(), e["words"].as_str().unwrap());
            assert!(sentence.contains(words) && !words.is_empty(), "{e}");
        }
    }
    assert_eq!(all[0]["codes"][0]["acled"], "Explosions/Remote violence");
    // What was filed is explained as what is read now.
    let table = place.run(&["incidents"]).out;
    let id = table.lines().nth(1).unwrap().split(' ').next().unwrap();
    let kept: Vec<Value> = ["1", "2"].iter().flat_map(|n| place.run(&["explain", "--json", id, n]).json()).collect();
    assert_eq!(kept.len(), 2);
    assert!(kept.iter().any(|k| k["values"] == all[0]["values"]));
    let none = place.run(&["explain", id, "9"]);
    assert_eq!((none.code, none.err.contains("1 to 2")), (2, true), "{}", none.err);
    assert_eq!(place.run(&["explain", &format!("{}/council.txt", articles())]).code, 1);
    assert_eq!(place.run(&["explain", "nosuch"]).code, 1);
    assert_eq!(place.run(&["explain", "no/such.txt"]).code, 1);
}

#[test]
fn a_dossier_tells_who_says_so() {
    let place = Place::filled();
    let ran = place.run(&["actor", "Red Valley Front"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for part in ["Red Valley Front", "Kabul", "Hill Courier", "Strength", "900", "fighters"] {
        assert!(ran.out.contains(part), "{part} is missing:\n{}", ran.out);
    }
    let json = &place.run(&["actor", "red valley front", "--json"]).json()[0];
    assert!(json["incidents"].as_array().unwrap().len() >= 2);
    assert_eq!(json["strength"][0]["low"], 900);
    assert_eq!(json["strength"][0]["outlet"], "Hill Courier");
    let nobody = place.run(&["actor", "Nobody at all"]);
    assert_eq!(nobody.code, 1);
    assert!(nobody.err.contains("Nobody at all"));
}

#[test]
fn searches_find_articles_and_never_fail() {
    let place = Place::filled();
    let ran = place.run(&["search", "price", "of", "bread"]);
    assert_eq!(ran.code, 0);
    assert!(ran.out.contains("Council talks about the price of bread"), "{}", ran.out);
    let json = place.run(&["search", "--json", "onions"]).json();
    assert_eq!(json[0]["outlet"], "Hill Courier");
    assert_eq!(json[0]["incidents"].as_array().unwrap().len(), 1);
    assert_eq!(place.run(&["search", "market -onions", "--json"]).json().len(), 1);
    assert_eq!(place.run(&["search", "--limit", "0", "onions"]).code, 2);
    let table = place.run(&["incidents"]).out;
    let found = place.run(&["search", "onions"]).out;
    let short = found.split("incidents: ").nth(1).unwrap().trim_end();
    assert!(table.lines().any(|l| l.split(' ').next() == Some(short)), "{short} is not as in the table:\n{table}");
    for odd in ["\"", "NEAR(a", "title:", "AND OR NOT", "*", "'", "-", "x^2"] {
        let ran = place.run(&["search", odd]);
        assert!(ran.code <= 1 && !ran.err.contains("fts5") && !ran.err.contains("SQL"), "{odd}: {}", ran.err);
    }
}

#[test]
fn tables_for_programs() {
    let place = Place::filled();
    let csv = place.run(&["export", "csv"]);
    assert_eq!(csv.code, 0);
    assert_eq!(csv.out, place.run(&["incidents", "--csv"]).out);
    let mut lines = csv.out.lines();
    let head = lines.next().unwrap();
    assert!(head.starts_with("incident,date,place,country,kinds,stage,killed,killed_low,killed_high,"));
    let first = lines.next().unwrap();
    assert!(first.contains(",AFG,bombing") && first.contains("13 (1)") && first.contains("20 (1)"), "{first}");
    assert_eq!(lines.count(), 2);
    assert_eq!(place.run(&["export", "jsonl"]).out, place.run(&["incidents", "--json"]).out);
    assert_eq!(place.run(&["export", "xml"]).code, 2);
}

#[test]
fn the_demo_shows_incidents_and_leaves_nothing_behind() {
    let place = Place::new();
    let ran = place.run(&["demo"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("bundled article") && ran.out.contains("Baidoa"), "{}", ran.out);
    assert_eq!(std::fs::read_dir(place.path(".")).unwrap().count(), 0);
}

#[test]
fn the_examples_give_what_the_demo_promises() {
    let place = Place::new();
    let read = place.run(&["read", crate::examples()]);
    assert_eq!(read.code, 0, "{}", read.err);
    let incidents = place.run(&["incidents", "--json"]).json();
    assert!(incidents.len() >= 5, "{incidents:?}");
    // Those that an account in a file of this name is of.
    let told_in = |name: &str| -> Vec<&Value> {
        let is_in = |f: &Value| f.as_str().unwrap().contains(name);
        let told = |a: &Value| a["found_in"].as_array().unwrap().iter().any(is_in);
        incidents.iter().filter(|i| i["accounts"].as_array().unwrap().iter().any(told)).collect()
    };
    let whole: Vec<&Value> = told_in("baidoa-").into_iter().filter(|i| i["articles"] == 4).collect();
    assert_eq!(whole.len(), 1, "{incidents:?}");
    assert_eq!((&whole[0]["independent"], &whole[0]["country"]), (&3.into(), &"SOM".into()));
    assert!(told_in("derby").is_empty());
}
