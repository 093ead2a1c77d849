//! MUC-4: the counts are those of the reference script, and raw files are read message by message.

use crate::{root, shared};
use serde_json::Value;
use std::path::PathBuf;
use std::process::Command;

fn data(name: &str) -> PathBuf {
    root().join("testdata/muc4").join(name)
}

fn run(arguments: &[&str], files: &[PathBuf]) -> String {
    let out = Command::new(env!("CARGO_BIN_EXE_workbench")).args(arguments).args(files).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

/// Every number that the script prints, as it prints them.
fn as_printed(ours: &Value) -> String {
    let names = ["type", "PerpInd", "PerpOrg", "Target", "Victim", "Weapon", "micro", "roles"];
    let mut out = String::new();
    for rule in ["strict", "head word"] {
        let parts: Vec<String> = names
            .iter()
            .map(|n| {
                let score = |what: &str| ours[rule][n][what].as_f64().unwrap();
                let name = if *n == "type" { "t" } else { n };
                format!("{name} {:.1}/{:.1}/{:.2}", score("precision"), score("recall"), score("f1"))
            })
            .collect();
        out += &format!("{rule}: {}\n", parts.join("  "));
    }
    out
}

#[test]
fn counts_are_those_of_the_script() {
    let files = [data("predictions.json"), data("templates.json")];
    let ours: Value = serde_json::from_str(&run(&["score", "muc4", "--json"], &files)).unwrap();
    // What the script printed for the two files.
    assert_eq!(as_printed(&ours), std::fs::read_to_string(data("scores.txt")).unwrap());
}

#[test]
fn raw_messages_are_answered_and_scored() {
    let out = run(&["muc4", "--out", "-", "--texts"], &[data("messages.txt")]);
    let answers: Value = serde_json::from_str(&out).unwrap();
    let ids: Vec<&str> = answers.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(ids, ["DEV-MUC3-0999", "TST3-MUC4-0003", "TST9-MUC4-0001"]);
    let first = &answers["TST9-MUC4-0001"]["pred_templates"][0];
    assert_eq!(first["incident_type"], "attack");
    let table = run(&["score", "muc4", "--json"], &[data("messages.txt"), data("key.txt")]);
    let table: Value = serde_json::from_str(&table).unwrap();
    assert_eq!(table["messages"], 3);
    // "yesterday" is counted from the day of the dateline, and "9 JUNE" gets its year from it.
    assert_eq!(table["slots"]["date"]["right"], 2, "{table}");
    assert_eq!(table["slots"]["human target number"]["wanted"], 1, "{table}");
}

#[test]
fn files_that_are_none_are_refused_by_name() {
    for (arguments, files) in [
        (vec!["muc4", "--out", "-", "--texts"], vec![data("scores.txt")]),
        (vec!["score", "muc4"], vec![data("messages.txt"), data("scores.txt")]),
        (vec!["score", "muc4"], vec![data("templates.json"), data("templates.json")]),
    ] {
        let out = Command::new(env!("CARGO_BIN_EXE_workbench")).args(&arguments).args(&files).output().unwrap();
        assert!(!out.status.success(), "{arguments:?}");
        assert!(!out.stderr.is_empty());
    }
}

/// Every message of an official file is read, and stands in its key.
#[test]
fn an_official_file_is_read_whole() {
    let Some(texts) = shared("muc4/texts/tst1-muc3") else { return };
    let Some(keys) = shared("muc4/keys/key-tst1.v7") else { return };
    let table: Value = serde_json::from_str(&run(&["score", "muc4", "--json"], &[texts, keys])).unwrap();
    assert_eq!(table["messages"], 100);
}
