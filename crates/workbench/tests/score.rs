//! `workbench score corpus` gives the figures of the reference scorer, on predictions that are right and wrong in many ways.

use crate::{in_ci, root, shared};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;

fn truths(folder: &Path) -> Vec<Value> {
    let mut files: Vec<_> = std::fs::read_dir(folder.join("truth")).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    files.iter().map(|f| serde_json::from_str(&std::fs::read_to_string(f).unwrap()).unwrap()).collect()
}

/// A repeatable source of mistakes.
struct Dice(u64);

impl Dice {
    fn one_in(&mut self, n: u64) -> bool {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33).is_multiple_of(n)
    }
}

/// The truth, spoilt in about one value of `n`.
fn spoilt(truths: &[Value], seed: u64, n: u64) -> Vec<Value> {
    let mut dice = Dice(seed);
    let mut out = truths.to_vec();
    let strangers: Vec<Value> = truths.iter().filter_map(|t| t["accounts"].get(0).cloned()).collect();
    for (i, t) in out.iter_mut().enumerate() {
        let accounts = t["accounts"].as_array_mut().unwrap();
        accounts.retain(|_| !dice.one_in(n));
        if dice.one_in(n) && !strangers.is_empty() {
            accounts.push(strangers[(i * 7 + 3) % strangers.len()].clone());
        }
        if dice.one_in(3 * n) {
            // More accounts than are tried in every order.
            let many = strangers.iter().skip(i % strangers.len()).take(9).cloned();
            accounts.extend(many);
        }
        for a in accounts.iter_mut() {
            spoil(a, &mut dice, n);
        }
        if dice.one_in(n) {
            t["source_chain"] = json!(["Some Wire", "the Acacia Wire"]);
        }
        if dice.one_in(n) {
            t["copy_of"] = json!("another");
        }
    }
    out.retain(|_| !dice.one_in(4 * n));
    out
}

fn spoil(a: &mut Value, dice: &mut Dice, n: u64) {
    let mut set = |dice: &mut Dice, key: &str, value: Value| {
        if dice.one_in(n) {
            a[key] = value;
        }
    };
    set(dice, "kind", json!(["shelling"]));
    set(dice, "kind", json!(["arrest", "raid"]));
    set(dice, "stage", json!("foiled"));
    for date in ["2024-03", "XXXX-03-04", "2024-03-04/2024-03-06", "", "2024~", "2025-02-13"] {
        set(dice, "date", json!(date));
    }
    set(dice, "place", json!({}));
    set(dice, "place", json!({"name": "near the Qunduz road", "city": "", "admin1": "", "country": "AFG"}));
    set(dice, "incident", json!("merged"));
    if dice.one_in(n) {
        a.as_object_mut().unwrap().remove("incident");
    }
    if let Some(city) = a["place"]["city"].as_str().filter(|c| c.len() > 2 && dice.one_in(n)) {
        let turned = format!("Q{}e", city.chars().skip(1).collect::<String>());
        a["place"]["city"] = json!(turned);
    }
    for f in a["figures"].as_array_mut().into_iter().flatten() {
        if dice.one_in(n) {
            f["low"] = f["high"].clone();
        }
        if dice.one_in(n) {
            f["high"] = Value::Null;
        }
        if let Some(high) = f["high"].as_u64().filter(|_| dice.one_in(n)) {
            f["high"] = json!(high + high / 10);
        }
    }
    for p in a["perpetrators"].as_array_mut().into_iter().flatten() {
        let name = p["name"].as_str().unwrap_or_default().to_owned();
        if dice.one_in(n) {
            p["status"] = json!("suspected");
        }
        if dice.one_in(n) {
            p["name"] = json!(name.split_whitespace().filter_map(|w| w.chars().next()).collect::<String>());
        }
        if dice.one_in(n) {
            p["name"] = json!(format!("The {name} fighters"));
        }
    }
}

fn ours(folder: &Path, predictions: &Path) -> Value {
    let out = Command::new(env!("CARGO_BIN_EXE_workbench"))
        .args(["score", "corpus", "--json"])
        .args([folder, predictions])
        .output()
        .unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    serde_json::from_slice(&out.stdout).unwrap()
}

/// Every count and score of `theirs` is ours; a count that they never touched is 0 with us.
fn assert_same(ours: &Value, theirs: &Value, what: &str) {
    for part in ["counts", "scores"] {
        for (name, value) in ours[part].as_object().unwrap() {
            let (a, b) = (value.as_f64().unwrap(), theirs[part].get(name).map_or(0.0, |v| v.as_f64().unwrap()));
            assert!((a - b).abs() < 1e-9, "{what}: {name} is {a} with us and {b} with the reference");
        }
        for name in theirs[part].as_object().unwrap().keys() {
            assert!(ours[part].get(name).is_some(), "{what}: {name} is missing");
        }
    }
}

#[test]
fn figures_are_those_of_the_reference_scorer() {
    let Some(script) = shared("../corpus/score.py") else { return };
    let corpus = script.parent().unwrap();
    let scratch = tempfile::tempdir().unwrap();
    for folder in [corpus.to_owned(), corpus.join("seeds"), examples()] {
        let truths = truths(&folder);
        for (seed, n) in [(0, 1 << 40), (1, 1), (2, 2), (3, 3), (4, 5), (5, 8), (6, 20), (7, 4), (8, 6)] {
            let file = scratch.path().join("predictions.jsonl");
            let lines: Vec<String> = spoilt(&truths, seed, n).iter().map(Value::to_string).collect();
            std::fs::write(&file, lines.join("\n")).unwrap();
            let out = match Command::new("python3").arg(&script).args([&folder, &file]).arg("--json").output() {
                Ok(out) => out,
                Err(why) => {
                    assert!(!in_ci(), "python3 must be there in CI: {why}");
                    return println!("skipped: no python3 to run the reference scorer with");
                }
            };
            assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
            let theirs = serde_json::from_slice(&out.stdout).unwrap();
            let what = format!("{} spoilt 1 in {n}", folder.display());
            assert_same(&ours(&folder, &file), &theirs, &what);
        }
    }
}

fn examples() -> PathBuf {
    root().join("testdata/examples")
}

#[test]
fn truth_scored_against_itself_is_perfect() {
    let scratch = tempfile::tempdir().unwrap();
    let file = scratch.path().join("predictions.jsonl");
    let lines: Vec<String> = truths(&examples()).iter().map(Value::to_string).collect();
    std::fs::write(&file, lines.join("\n")).unwrap();
    let got = ours(&examples(), &file);
    for (name, value) in got["scores"].as_object().unwrap() {
        assert_eq!(value.as_f64(), Some(1.0), "{name}");
    }
}

#[test]
fn a_folder_without_truth_is_refused_by_name() {
    let scratch = tempfile::tempdir().unwrap();
    let out =
        Command::new(env!("CARGO_BIN_EXE_workbench")).args(["score", "corpus"]).arg(scratch.path()).output().unwrap();
    assert!(!out.status.success());
    assert!(String::from_utf8_lossy(&out.stderr).contains("truth"));
}

#[test]
fn what_was_missed_in_held_out_articles_is_counted_and_not_shown() {
    let scratch = tempfile::tempdir().unwrap();
    std::fs::create_dir(scratch.path().join("truth")).unwrap();
    for report in ["d1-001-a", "d1-003-a", "d1-900-a", "d1-900-b"] {
        let account = json!({"incident": report, "kind": ["raid"], "place": {"name": "Jos"}, "prominence": "main"});
        let truth = json!({"report": report, "accounts": [account]});
        std::fs::write(scratch.path().join(format!("truth/{report}.json")), truth.to_string()).unwrap();
    }
    let none = scratch.path().join("none.jsonl");
    std::fs::write(&none, "").unwrap();
    let print = |options: &[&str]| {
        let run = Command::new(env!("CARGO_BIN_EXE_workbench"))
            .args(["score", "corpus"])
            .args([scratch.path(), &none])
            .args(options)
            .output();
        String::from_utf8(run.unwrap().stdout).unwrap()
    };
    let all = print(&["--misses"]);
    assert!(all.contains("accounts not found: 4 (2 in held-out articles, not listed)"), "{all}");
    assert!(all.contains("d1-001-a: raid") && all.contains("d1-900-a: raid"), "{all}");
    assert!(!all.contains("d1-003-a") && !all.contains("d1-900-b"), "{all}");
    assert!(print(&["--held-out"]).starts_with("2 articles "));
    assert!(print(&["--development"]).starts_with("2 articles "));
}
