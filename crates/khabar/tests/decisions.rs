//! Deciding, taking back, working in twos, and tables of coded reports, from outside.
//!
//! `testdata/decide/session.txt` is a session as a person sees it; `KHABAR_RENEW=1` writes it anew.

use crate::{Place, articles, project};
use archive::{Archive, Author, Options};
use jiff::Timestamp;

/// Ids of the incidents as they are listed.
fn ids(place: &Place) -> Vec<String> {
    place.run(&["incidents", "--json"]).json().iter().map(|i| i["incident"].as_str().unwrap().to_owned()).collect()
}

/// With the articles of `testdata/cli` copied into a folder of its own, so that no path of a machine shows.
fn filled() -> Place {
    let place = Place::new();
    for file in std::fs::read_dir(articles()).unwrap() {
        let file = file.unwrap();
        place.write(&format!("in/{}", file.file_name().to_string_lossy()), std::fs::read(file.path()).unwrap());
    }
    assert_eq!(place.run(&["read", "in"]).code, 0);
    place
}

#[test]
fn a_session_looks_like_this() {
    let place = filled();
    let found = ids(&place);
    let mut archive = Archive::open(&place.path("khabar.db"), &Options::default()).unwrap();
    let mut second = 0;
    let mut by = |who: &str, why: &str| {
        second += 60;
        let time = Timestamp::from_second(1_725_000_000 + second).unwrap();
        Author { who: who.into(), why: why.into(), time }
    };
    let act = archive.correcting(&found[0], "killed", "14").unwrap();
    archive.decide(&by("Ada", "counted at the hospital"), act).unwrap();
    let act = archive.noting(&found[0], "asked both papers for their sources").unwrap();
    archive.decide(&by("Ben", ""), act).unwrap();
    let act = archive.merging(&[&found[1], &found[2]]).unwrap();
    archive.decide(&by("Ben", "one convoy"), act).unwrap();
    archive
        .undo(&by("Ada", "two provinces"), archive.log().unwrap().last().map(|e| e.decision.id.clone()).as_deref())
        .unwrap();
    let act = archive.correcting(&found[0], "killed", "20").unwrap();
    archive.decide(&by("Ben", "the ministry insists"), act).unwrap();
    let act = archive::Act::Rate { outlet: "Plain Mail".into(), rating: incident::Rating::E };
    archive.decide(&by("Ada", ""), act).unwrap();
    drop(archive);
    let mut session = String::new();
    for args in [
        &["incidents"][..],
        &["log"],
        &["log", "--conflicts"],
        &["show", &found[0]],
        &["why", &found[0]],
        &["why", &found[0], &found[1]],
        &["incidents", "--rules", "acled"],
        &["disagreement"],
        &["actor"],
    ] {
        let ran = place.run(args);
        assert_eq!(ran.code, 0, "{args:?} {}", ran.err);
        session += &format!("$ khabar {}\n{}\n", args.join(" "), ran.out);
    }
    let file = project().join("testdata/decide/session.txt");
    if std::env::var_os("KHABAR_RENEW").is_some() {
        std::fs::write(&file, &session).unwrap();
    }
    assert_eq!(session, std::fs::read_to_string(&file).unwrap());
}

#[test]
fn decisions_say_who_and_are_taken_back() {
    let place = filled();
    let before = place.run(&["export", "jsonl"]).out;
    let id = &ids(&place)[0];
    let ran = place.run(&["correct", id, "killed", "15", "--as", "Ada", "--why", "counted", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let d = &ran.json()[0];
    assert_eq!(
        (d["who"].as_str(), d["act"].as_str(), d["holds"].as_bool()),
        (Some("Ada"), Some("correct"), Some(true))
    );
    let shown = &place.run(&["show", id, "--json"]).json()[0];
    let killed = &shown["fields"]["killed"];
    assert_eq!((killed["chosen"].as_str(), killed["rule"].as_str()), (Some("15"), Some("decision")));
    assert_eq!(shown["decisions"][0]["id"], d["id"]);
    assert_eq!(shown["killed"], serde_json::json!({"low": 15, "high": 15}));
    // A rule chooses among readings, and a person before every rule.
    let lowest = &place.run(&["show", id, "--json", "--rule", "killed=lowest"]).json()[0];
    assert_eq!(lowest["fields"]["killed"]["chosen"], "15");
    let actor = place.run(&["correct", id, "perpetrator", "Red VALLEY Front (claimed)", "--as", "Ben", "--json"]);
    assert_eq!(actor.json()[0]["value"], "red valley front", "{}", actor.err);
    let shown = &place.run(&["show", id, "--json"]).json()[0];
    let by = shown["fields"]["perpetrator"]["readings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|r| !r["decision"].is_null())
        .unwrap();
    assert_eq!(
        (by["detail"].as_str(), by["independent"].as_u64()),
        (Some("claimed"), Some(1)),
        "an account says so too"
    );
    assert_eq!(place.run(&["undo", "--as", "Ben"]).code, 0);
    let mut undo = place.command();
    let undone: crate::Ran = undo.args(["undo"]).env("KHABAR_USER", "Ada").output().unwrap().into();
    assert_eq!(undone.code, 0, "{}", undone.err);
    assert_eq!(place.run(&["export", "jsonl"]).out, before);
    let changed = |since: &str| place.run(&["export", "jsonl", "--changed-since", since]).out;
    assert_eq!((changed("2000-01-01"), changed("2999-01-01")), (before.clone(), String::new()));
    let changes = place.run(&["export", "changes"]).out;
    assert!(
        changes.starts_with("time,incident,what,other\n") && changes.contains(&format!("{id},changed,")),
        "{changes}"
    );
    assert_eq!(place.run(&["log", "--json"]).json().len(), 4);
    for (wrong, code) in [
        (&["correct", id, "killed", "many", "--as", "Ada"][..], 2),
        (&["correct", id, "mood", "bad", "--as", "Ada"], 2),
        (&["merge", id, id, "--as", "Ada"], 2),
        (&["merge", id, "nosuch", "--as", "Ada"], 1),
        (&["split", id, "9", "--as", "Ada"], 2),
        (&["rate", "Hill Courier", "G", "--as", "Ada"], 2),
        (&["undo", "d0000", "--as", "Ada"], 1),
        (&["undo", "--as", "Nobody"], 1),
        (&["actor", "merge", "Nobody at all", "Red Valley Front", "--as", "Ada"], 2),
        (&["restore", id, "--as", "Ada"], 1),
    ] {
        let ran = place.run(wrong);
        assert_eq!(ran.code, code, "{wrong:?} {}{}", ran.out, ran.err);
        assert!(ran.err.starts_with("khabar:") || ran.err.starts_with("error:"), "{wrong:?} {}", ran.err);
    }
    assert_eq!(place.run(&["log", "--json"]).json().len(), 4, "what is refused leaves no trace");
}

#[test]
fn two_people_work_and_merge() {
    let (ada, ben) = (filled(), filled());
    let found = ids(&ada);
    assert_eq!(found, ids(&ben));
    assert_eq!(ada.run(&["dismiss", &found[2], "--as", "Ada", "--why", "a drill"]).code, 0);
    let gone = ada.run(&["show", &found[2]]);
    assert!(gone.code == 1 && gone.err.contains("Ada decided") && gone.err.contains("dismiss"), "{}", gone.err);
    assert_eq!(ben.run(&["correct", &found[0], "killed", "13", "--as", "Ben"]).code, 0);
    ada.run(&["decisions", "export", "ada.jsonl"]);
    let theirs = ben.run(&["decisions", "export", "-"]).out;
    ada.write("ben.jsonl", theirs);
    ben.write("ada.jsonl", std::fs::read(ada.path("ada.jsonl")).unwrap());
    assert_eq!(ada.run(&["undo", "--as", "Ada"]).code, 0);
    assert_eq!(ada.run(&["merge", &found[1], &found[2], "--as", "Ada"]).code, 0);
    let merged = [&found[1], &found[2]].map(|id| ada.run(&["show", id]));
    assert_eq!(merged[0].out, merged[1].out, "both ids lead to the one incident");
    assert!(merged.iter().any(|m| m.err.contains("by now")));
    ada.run(&["decisions", "export", "ada.jsonl"]);
    ben.write("ada.jsonl", std::fs::read(ada.path("ada.jsonl")).unwrap());
    let taken = ada.run(&["decisions", "import", "ben.jsonl"]);
    assert!(taken.out.contains("1 decision new, 0 already known"), "{}{}", taken.out, taken.err);
    ben.run(&["decisions", "import", "ada.jsonl"]);
    assert_eq!(ada.run(&["export", "jsonl"]).out, ben.run(&["export", "jsonl"]).out);
    assert_eq!(ada.run(&["log", "--json"]).out, ben.run(&["log", "--json"]).out);
    assert_eq!(ids(&ada).len(), 2);
    let again = ben.run(&["decisions", "import", "ada.jsonl"]);
    assert!(again.out.contains("0 decisions new, 3 already known"), "{}", again.out);
    ben.write("bad.jsonl", "{\"id\":\"d1\"}\n");
    assert_eq!(ben.run(&["decisions", "import", "bad.jsonl"]).code, 2);
}

#[test]
fn coded_reports_are_taken_in() {
    let place = Place::new();
    let folder = project().join("testdata/import");
    for file in ["reports.csv", "reports.map"] {
        place.write(file, std::fs::read(folder.join(file)).unwrap());
    }
    let ran = place.run(&["import", "csv", "--map", "reports.map", "reports.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("4 accounts added; the archive holds 2 incidents"), "{}", ran.out);
    let blast = &place.run(&["incidents", "--kind", "bombing", "--json"]).json()[0];
    assert_eq!((blast["killed"]["low"].as_u64(), blast["independent"].as_u64()), (Some(11), Some(3)));
    assert_eq!(blast["fields"]["killed"]["revised"], true);
    let words = &blast["accounts"][0]["figures"][0]["evidence"][0]["words"];
    assert!(words.as_str().unwrap().starts_with('8'), "{words}");
    place.write("bad.csv", std::fs::read_to_string(folder.join("reports.csv")).unwrap().replace("2024-03-01", "soon"));
    let ran = place.run(&["import", "csv", "--map", "reports.map", "bad.csv", "--archive", "other.db"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.contains("line 5, column `first_day`: `soon`") && ran.err.contains("nothing was taken in"),
        "{}",
        ran.err
    );
    assert_eq!(place.run(&["incidents", "--archive", "other.db"]).code, 1);
    assert_eq!(place.run(&["import", "csv", "--map", "nosuch", "bad.csv"]).code, 2);
}
