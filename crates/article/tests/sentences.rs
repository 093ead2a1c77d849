//! Sentences of articles, set beside a golden file that a person can read.

use article::{Article, Tokens};
use std::fmt::Write;

/// The text, its lines marked, and one line for each sentence found in it.
fn drawn(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        writeln!(out, "{}", format!("# {line}").trim_end()).unwrap();
    }
    let article = Article::plain(text);
    for s in &Tokens::of(&article).sentences {
        writeln!(out, "| {}", s.span.of(&article.text).replace('\n', " / ")).unwrap();
    }
    out.push('\n');
    out
}

#[test]
fn sentences_are_those_of_the_golden_file() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/grammar/sentences.txt");
    let golden = std::fs::read_to_string(path).unwrap();
    let mut texts: Vec<String> = Vec::new();
    let mut inside = false;
    for line in golden.lines() {
        let text = line.strip_prefix('#').map(|l| l.strip_prefix(' ').unwrap_or(l));
        match (text, texts.last_mut()) {
            (Some(text), Some(last)) if inside => {
                last.push('\n');
                last.push_str(text);
            }
            (Some(text), _) => texts.push(text.to_owned()),
            (None, _) => {}
        }
        inside = text.is_some();
    }
    assert!(texts.len() >= 8);
    let now: String = texts.iter().map(|t| drawn(t)).collect();
    if std::env::var_os("KHABAR_RENEW").is_some() {
        std::fs::write(path, &now).unwrap();
        return;
    }
    assert_eq!(now, golden, "if the new sentences are right, set KHABAR_RENEW=1 to write them to {path}");
}
