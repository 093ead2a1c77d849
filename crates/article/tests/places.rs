//! Places of invented sentences, set beside a golden file that a person can read.

use article::gazetteer::Gazetteer;
use article::places::places;
use article::{Article, Tokens};
use std::fmt::Write;

/// One line for each place: its words, the entry that they mean, and what decided.
fn told(text: &str) -> String {
    let a = Article::plain(text);
    let gaz = Gazetteer::builtin();
    let mut out = format!("# {text}\n");
    for m in places(&a, &Tokens::of(&a), gaz) {
        let e = gaz.entry(m.entry).unwrap();
        let mut lies: Vec<&str> = vec![e.name, e.admin1, e.country_name];
        lies.dedup();
        lies.retain(|n| !n.is_empty());
        let (words, lies) = (m.span.of(&a.text), lies.join(", "));
        writeln!(out, "{words:<20} {:<9} {:<12} {lies}", format!("{:?}", m.kind), m.by).unwrap();
    }
    out + "\n"
}

#[test]
fn places_are_those_of_the_golden_file() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/places/chosen.txt");
    let golden = std::fs::read_to_string(path).unwrap();
    let texts: Vec<&str> = golden.lines().filter_map(|l| l.strip_prefix("# ")).collect();
    assert!(texts.len() >= 5);
    let now: String = texts.iter().map(|t| told(t)).collect();
    if std::env::var_os("KHABAR_RENEW").is_some() {
        std::fs::write(path, &now).unwrap();
        return;
    }
    assert_eq!(now, golden, "if the new places are right, set KHABAR_RENEW=1 to write them to {path}");
}
