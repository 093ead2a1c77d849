//! Names and entities of invented articles, set beside a golden file that a person can read.

use article::grammar::Syntax;
use article::names::{Form, Names, entities};
use article::{Article, Tokens};
use std::fmt::Write;

/// The names of a text, and its entities with their mentions.
fn drawn(text: &str) -> String {
    let article = Article::plain(text);
    let tokens = Tokens::of(&article);
    let names = Names::new(&article.text, &tokens);
    let mut out = format!("# {text}\n");
    for name in names.all() {
        writeln!(out, "{:<13} {}", format!("{:?}", name.kind), name.span.of(&article.text)).unwrap();
    }
    for e in entities(&names, &Syntax::new(&article.text, &tokens)) {
        if e.mentions.iter().any(|m| m.form != Form::Named) || e.mentions.len() > 1 {
            let all: Vec<&str> = e.mentions.iter().map(|m| m.span.of(&article.text)).collect();
            writeln!(out, "= {}: {}", e.name.of(&article.text), all.join(" | ")).unwrap();
        }
    }
    out.push('\n');
    out
}

#[test]
fn names_are_those_of_the_golden_file() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/names/names.txt");
    let golden = std::fs::read_to_string(path).unwrap();
    let texts: Vec<&str> = golden.lines().filter_map(|l| l.strip_prefix("# ")).collect();
    assert!(texts.len() >= 5);
    let now: String = texts.iter().map(|t| drawn(t)).collect();
    if std::env::var_os("KHABAR_RENEW").is_some() {
        std::fs::write(path, &now).unwrap();
        return;
    }
    assert_eq!(now, golden, "if the new names are right, set KHABAR_RENEW=1 to write them to {path}");
}

#[test]
fn any_text_is_read_within_bounds() {
    let long = "Al-".repeat(3000) + " " + &"A ".repeat(3000);
    for text in
        ["", "(", "\u{0}\u{200b}é’’", "((((((((((", "東京 Кабул كابل", "he he he it the group the old", long.as_str()]
    {
        let article = Article::plain(text);
        let tokens = Tokens::of(&article);
        let names = Names::new(&article.text, &tokens);
        let mut end = 0;
        for name in names.all() {
            assert!(name.span.start >= end && !name.span.of(&article.text).is_empty(), "{text:.40}");
            end = name.span.end;
        }
        for e in entities(&names, &Syntax::new(&article.text, &tokens)) {
            assert!(!e.mentions.is_empty());
        }
    }
}
