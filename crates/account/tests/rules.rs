//! Every rule that the code can name as the reader of a value has an example in the golden files. The names are taken from the
//! sources: literals such as `"date/lead"`, and patterns such as `format!("stage/{stage}")`, whose endings stand below.

use crate::news;
use account::{Account, Actors, Reader, Report};
use article::{Limits, Raw, intake};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The endings of patterns. What a standing was decided by has as many names as the weights have features.
const ENDINGS: &[(&str, &[&str])] = &[
    ("deeds", &["killed", "injured", "abducted"]),
    ("doers", &["stated", "accused", "suspected"]),
    ("fill", &["target", "victim", "weapon"]),
    ("hostages", &["taken", "held", "freed", "rescued", "escaped"]),
    ("motive", &["noun", "verb", "accuse", "because", "for"]),
    ("nameless", &["accused", "suspected"]),
    ("people", &["killed", "injured", "unharmed", "taken"]),
    ("property", &["destroyed", "damaged", "intact"]),
    ("stage", &["threatened", "foiled", "attempted", "planned"]),
    ("standing", &[]),
];

/// What begins like a rule in the sources and is none: keys of actors, codes of problems. People whom weights alone find
/// (`harm/people`) have a test of their own.
const OTHERS: &[&str] = &["harm", "generic", "language", "model", "actors", "state", "article"];

#[test]
fn every_rule_has_an_example() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut wanted = BTreeSet::new();
    for file in sources(&root.join("src")) {
        literals(&fs::read_to_string(&file).unwrap(), &mut wanted);
    }
    for (prefix, endings) in ENDINGS {
        wanted.extend(endings.iter().map(|e| format!("{prefix}/{e}")));
    }
    assert!(wanted.len() > 40, "the sources name few rules: {wanted:?}");
    let shown = shown(&root.join("../../testdata"));
    let missing: Vec<&String> = wanted.difference(&shown).collect();
    assert!(missing.is_empty(), "rules without an example in testdata: {missing:?}");
}

/// The Rust files below a folder.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            out.extend(sources(&path));
        } else {
            out.push(path);
        }
    }
    out
}

/// Adds the string literals that are names of rules; a pattern must have its endings above.
fn literals(code: &str, out: &mut BTreeSet<String>) {
    for line in code.lines().filter(|l| !l.trim_start().starts_with("//")) {
        for text in line.split('"').skip(1).step_by(2) {
            let Some((prefix, ending)) = text.split_once('/') else { continue };
            let word = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
            if !word(prefix) || OTHERS.contains(&prefix) {
                continue;
            }
            if ending.is_empty() || ending.starts_with('{') {
                assert!(ENDINGS.iter().any(|(p, _)| *p == prefix), "no endings are listed for `{text}`");
            } else if word(ending) {
                out.insert(text.to_owned());
            }
        }
    }
}

/// The rules that read the values of the golden files.
fn shown(testdata: &Path) -> BTreeSet<String> {
    let reader = Reader::new(Actors::builtin());
    let mut out = BTreeSet::new();
    for file in
        ["telling/sentences.txt", "harmed/texts.txt", "standing/texts.txt", "fill/texts.txt", "chains/texts.txt"]
    {
        let text = fs::read_to_string(testdata.join(file)).unwrap();
        text.lines().for_each(|line| rules(&reader.read(&news(line)), &mut out));
    }
    let mut files: Vec<PathBuf> = fs::read_dir(testdata.join("accounts")).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "txt"));
    for file in files {
        let name = file.to_string_lossy();
        let bytes = fs::read(&file).unwrap();
        for a in intake(Raw { name: &name, bytes: &bytes }, &Limits::default()).articles {
            rules(&reader.read(&a), &mut out);
        }
    }
    out
}

fn rules(report: &Report, out: &mut BTreeSet<String>) {
    report.accounts.iter().for_each(|a| of_account(a, out));
    out.extend(report.source_chain.iter().map(|v| v.by.clone()));
}

fn of_account(a: &Account, out: &mut BTreeSet<String>) {
    out.extend(a.kinds.iter().map(|k| k.by.clone()));
    out.insert(a.stage.by.clone());
    out.extend(a.date.iter().map(|d| d.by.clone()));
    out.extend(a.place.iter().map(|p| p.by.clone()));
    out.extend(a.figures.iter().map(|f| f.by.clone()));
    out.extend(a.perpetrators.iter().map(|b| b.by.clone()));
    out.extend([&a.targets, &a.victims, &a.weapons].into_iter().flatten().map(|m| m.by.clone()));
    out.extend([&a.people, &a.property, &a.hostages].into_iter().flatten().map(|h| h.by.clone()));
    out.extend(a.doers.iter().map(|d| d.by.clone()));
    out.extend(a.motives.iter().map(|m| m.by.clone()));
}
