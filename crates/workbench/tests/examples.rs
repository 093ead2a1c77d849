//! The bundled examples keep to their own rules: every report has its truth, and every word of the truth stands in it.

use crate::root;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;

fn files(dir: &str) -> BTreeMap<String, PathBuf> {
    let dir = root().join("testdata/examples").join(dir);
    let paths = std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().path());
    paths.map(|p| (p.file_stem().unwrap().to_str().unwrap().to_owned(), p)).collect()
}

/// One space for every run of white space and markup, no escapes, straight quotes, lower case.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in text.replace("&rsquo;", "'").replace("\\\"", "\"").replace("\\n", " ").chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            '’' | '‘' => out.push('\''),
            '“' | '”' => out.push('"'),
            c if !inside => out.extend(c.to_lowercase()),
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_word_of_the_truth_stands_in_its_report() {
    let (reports, truths) = (files("reports"), files("truth"));
    assert_eq!(reports.keys().collect::<Vec<_>>(), truths.keys().collect::<Vec<_>>());
    for (id, path) in &truths {
        let truth: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let text = plain(&std::fs::read_to_string(&reports[id]).unwrap());
        assert_eq!(truth["report"].as_str(), Some(id.as_str()));
        let holds = |words: &Value| {
            let words = words.as_str().unwrap();
            assert!(text.contains(&plain(words)), "{id}: `{words}` is not in the report");
        };
        for account in truth["accounts"].as_array().unwrap() {
            for figure in account["figures"].as_array().unwrap() {
                holds(&figure["words"]);
                holds(&figure["who"]);
            }
            for role in ["targets", "victims", "weapons"] {
                account[role].as_array().unwrap().iter().for_each(holds);
            }
            account["perpetrators"].as_array().unwrap().iter().for_each(|p| holds(&p["name"]));
        }
        let copy = truth["copy_of"].as_str().unwrap();
        assert!(copy.is_empty() || reports.contains_key(copy), "{id}: copy of {copy}, which is not there");
    }
}

#[test]
fn examples_show_what_makes_the_work_hard() {
    let truths: Vec<Value> =
        files("truth").values().map(|p| serde_json::from_str(&std::fs::read_to_string(p).unwrap()).unwrap()).collect();
    let accounts = || truths.iter().flat_map(|t| t["accounts"].as_array().unwrap());
    let count = |key: &str, value: &str| accounts().filter(|a| a[key] == value).count();
    let standing =
        |s: &str| accounts().filter(|a| a["perpetrators"].as_array().unwrap().iter().any(|p| p["status"] == s)).count();
    assert!(truths.len() >= 14);
    assert!(truths.iter().filter(|t| t["accounts"] == serde_json::json!([])).count() >= 2, "articles without incident");
    assert!(truths.iter().any(|t| t["copy_of"] != ""), "a wire copy");
    assert!(count("prominence", "background") >= 2 && count("stage", "foiled") >= 1);
    for s in ["claimed", "denied", "accused", "suspected", "stated"] {
        assert!(standing(s) >= 1, "a perpetrator that is {s}");
    }
    assert!(accounts().any(|a| a["date"].as_str().unwrap().starts_with("XXXX")), "a date without a year");
    assert!(accounts().any(|a| a["date"].as_str().unwrap().len() == 7), "a month");
    let reports = files("reports");
    let kind = |ext: &str| reports.values().filter(|p| p.extension().is_some_and(|e| e == ext)).count();
    assert!(kind("html") >= 3 && kind("jsonl") >= 1 && kind("txt") >= 8);
}
