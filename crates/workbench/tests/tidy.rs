//! The order of the house, kept by a machine: what ARCHITECTURE.md calls invariants.

use crate::root;
use regex::Regex;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// From the inside out: a crate may use those before it and none after it.
const ORDER: [&str; 5] = ["article", "account", "incident", "archive", "khabar"];
/// Crates that only turn values into values.
const INNER: [&str; 3] = ["article", "account", "incident"];
/// What would let the world into an inner crate.
const WORLDLY: [&str; 18] = [
    "std::fs",
    "std::env",
    "std::io::stdin",
    "std::io::stdout",
    "std::io::stderr",
    "std::net",
    "std::process",
    "std::thread",
    "std::os",
    "Instant::",
    "SystemTime",
    "Zoned::now",
    "Timestamp::now",
    "println!",
    "print!(",
    "dbg!",
    "async fn",
    "rayon",
];
const LONGEST: usize = 600;

/// Every file of the project below `dir`, without what is built or hidden, in order.
fn files(dir: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    let mut entries: Vec<PathBuf> = fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if ["target", ".git", "node_modules"].contains(&name.as_ref()) {
            continue;
        }
        if path.is_dir() { out.extend(files(&path)) } else { out.push(path) }
    }
    out
}

fn with_ending(dir: &Path, endings: &[&str]) -> Vec<(String, String)> {
    let root = root();
    let fits = |p: &PathBuf| p.extension().and_then(|e| e.to_str()).is_some_and(|e| endings.contains(&e));
    let name = |p: &Path| p.strip_prefix(&root).unwrap_or(p).to_string_lossy().into_owned();
    files(dir).into_iter().filter(fits).filter_map(|p| Some((name(&p), fs::read_to_string(&p).ok()?))).collect()
}

/// The lines of a source file that are code of the product: no comments, nothing from the tests at its end.
fn code(source: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = source.lines().enumerate().take_while(|(_, l)| l.trim() != "#[cfg(test)]");
    lines.map(|(n, l)| (n + 1, l)).filter(|(_, l)| !l.trim_start().starts_with("//"))
}

fn none(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "{} found:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn imports_run_one_way() {
    let mut wrong = Vec::new();
    for (at, name) in ORDER.iter().enumerate() {
        let dir = root().join("crates").join(name);
        let manifest = fs::read_to_string(dir.join("Cargo.toml")).unwrap();
        for outer in &ORDER[at..] {
            let named = |l: &str| l.split(['.', ' ', '=']).next() == Some(outer);
            if name != outer && manifest.lines().any(named) {
                wrong.push(format!("crates/{name}/Cargo.toml names {outer}"));
            }
            let used = Regex::new(&format!(r"^\s*(pub )?use {outer}(::|;)")).unwrap();
            for (file, source) in with_ending(&dir.join("src"), &["rs"]) {
                let lines = code(&source).filter(|(_, l)| name != outer && used.is_match(l));
                wrong.extend(lines.map(|(n, _)| format!("{file}:{n} uses {outer}")));
            }
        }
    }
    none(wrong);
}

#[test]
fn inner_crates_leave_the_world_outside() {
    let mut wrong = Vec::new();
    for name in INNER {
        for (file, source) in with_ending(&root().join("crates").join(name).join("src"), &["rs"]) {
            for (n, line) in code(&source) {
                let found = WORLDLY.iter().filter(|w| line.contains(**w));
                wrong.extend(found.map(|w| format!("{file}:{n} has {w}")));
            }
        }
    }
    none(wrong);
}

#[test]
fn every_crate_takes_the_common_lints_and_has_one_test_binary() {
    let mut wrong = Vec::new();
    for (file, text) in with_ending(&root().join("crates"), &["toml"]) {
        if !text.contains("[lints]\nworkspace = true") {
            wrong.push(format!("{file} sets its own lints"));
        }
        if !text.contains("autotests = false") || text.matches("[[test]]").count() > 1 {
            wrong.push(format!("{file} makes more than one test binary"));
        }
    }
    none(wrong);
}

#[test]
fn the_map_is_true() {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let path = Regex::new(r"`([A-Za-z0-9_.-]+/[A-Za-z0-9_./-]*)`").unwrap();
    let mut wrong = Vec::new();
    let mut named = BTreeSet::new();
    for found in path.captures_iter(&map) {
        if !root().join(&found[1]).exists() {
            wrong.push(format!("ARCHITECTURE.md names {}, which is not there", &found[1]));
        }
        named.insert(found[1].split('/').next().unwrap_or_default().to_owned());
    }
    for entry in fs::read_dir(root()).unwrap().map(|e| e.unwrap()) {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() && name != "target" && name != ".git" && !named.contains(&name) {
            wrong.push(format!("ARCHITECTURE.md does not name {name}/"));
        }
    }
    for entry in fs::read_dir(root().join("crates")).unwrap().map(|e| e.unwrap()) {
        let name = format!("`crates/{}/`", entry.file_name().to_string_lossy());
        if !map.contains(&name) {
            wrong.push(format!("ARCHITECTURE.md does not name {name}"));
        }
    }
    none(wrong);
}

#[test]
fn links_lead_somewhere() {
    let link = Regex::new(r"\]\(([^)\s#]+)[^)]*\)").unwrap();
    let mut wrong = Vec::new();
    for (file, text) in with_ending(&root(), &["md"]) {
        let here = root().join(&file).parent().unwrap().to_owned();
        for found in link.captures_iter(&text) {
            if !found[1].contains("://") && !found[1].starts_with("mailto:") && !here.join(&found[1]).exists() {
                wrong.push(format!("{file} links to {}, which is not there", &found[1]));
            }
        }
    }
    none(wrong);
}

#[test]
fn every_page_of_the_manual_is_in_its_index() {
    let index = fs::read_to_string(root().join("docs/index.md")).unwrap();
    let pages = with_ending(&root().join("docs"), &["md"]).into_iter().map(|(f, _)| f.replace("docs/", ""));
    none(pages.filter(|p| p != "index.md" && !index.contains(&format!("({p})"))).collect());
}

#[test]
fn word_lists_say_what_they_are() {
    let lists = with_ending(&root().join("language"), &["txt"]);
    assert!(!lists.is_empty());
    none(
        lists
            .into_iter()
            .filter(|(_, text)| !text.starts_with('#'))
            .map(|(f, _)| format!("{f}: no head comment"))
            .collect(),
    );
}

#[test]
fn files_end_before_the_reader_does() {
    let long = |(f, text): (String, String)| Some((f, text.lines().count())).filter(|(_, n)| *n > LONGEST);
    let sources = with_ending(&root().join("crates"), &["rs"]).into_iter().filter_map(long);
    none(sources.map(|(f, n)| format!("{f}: {n} lines")).collect());
}

#[test]
fn nothing_names_one_machine() {
    let path =
        Regex::new(&format!("(^|[^A-Za-z0-9_.-])/({})/", ["home", "root", "tmp", "work", "Users"].join("|"))).unwrap();
    let mut wrong = Vec::new();
    let endings = ["rs", "md", "toml", "txt", "json", "jsonl", "html", "py", "sh", "svg", "sql", "css", "js", "yml"];
    for (file, text) in with_ending(&root(), &endings) {
        let lines = text.lines().enumerate().filter(|(_, l)| path.is_match(l));
        wrong.extend(lines.map(|(n, l)| format!("{file}:{}: {}", n + 1, l.trim())));
    }
    none(wrong);
}
