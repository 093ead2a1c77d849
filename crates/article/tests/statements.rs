//! Statements and hedges, set beside a golden file that a person can read, and on texts that mean harm.

use article::grammar::Syntax;
use article::hedges::{Hedge, hedges};
use article::statements::{Statement, statements};
use article::{Article, Span, Tokens};
use proptest::prelude::*;
use std::fmt::Write;

fn read(text: &str) -> (Article, Vec<Statement>, Vec<Hedge>) {
    let article = Article::plain(text);
    let tokens = Tokens::of(&article);
    let syntax = Syntax::new(&article.text, &tokens);
    let found = statements(&article, &tokens, &syntax, |_| true);
    let weak = hedges(&tokens, &syntax, |_| true);
    (article, found, weak)
}

/// Statements as "stance | source (kind) < source further out | cue | content ~ content", hedges as "kind | words | scope".
fn drawn(line: &str) -> String {
    let (article, found, weak) = read(&line.replace(" // ", "\n\n"));
    let words = |s: Span| s.of(&article.text).replace("\n\n", " // ");
    let mut out = format!("# {line}\n");
    for s in &found {
        let source = |s: &article::statements::Source| {
            let of = s.of.map_or(String::new(), |o| format!(" = {}", words(o)));
            format!("{}{of} ({})", words(s.span), s.kind.name())
        };
        let sources = s.sources.iter().map(source).collect::<Vec<_>>().join(" < ");
        let content = s.content.iter().map(|p| words(*p)).collect::<Vec<_>>().join(" ~ ");
        let inner = if s.within.is_some() { " (inside)" } else { "" };
        writeln!(out, "{}{inner} | {sources} | {} | {content}", s.stance.name(), words(s.cue)).unwrap();
    }
    for h in &weak {
        let odds = h.odds.map_or(String::new(), |o| format!(" {}-{} % ({})", o.low, o.high, o.scale));
        writeln!(out, "hedge {:?}{odds} | {} | {}", h.kind, words(h.span), words(h.scope)).unwrap();
    }
    out.push('\n');
    out
}

#[test]
fn statements_are_those_of_the_golden_file() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/statements/statements.txt");
    let golden = std::fs::read_to_string(path).unwrap();
    let texts: Vec<&str> = golden.lines().filter_map(|l| l.strip_prefix("# ")).collect();
    assert!(texts.len() >= 20);
    let now: String = texts.iter().map(|t| drawn(t)).collect();
    if std::env::var_os("KHABAR_RENEW").is_some() {
        std::fs::write(path, &now).unwrap();
        return;
    }
    assert_eq!(now, golden, "if the new reading is right, set KHABAR_RENEW=1 to write it to {path}");
}

#[test]
fn only_wanted_sentences_are_read() {
    let article = Article::plain("Police said two men fled. Witnesses said three did.");
    let tokens = Tokens::of(&article);
    let syntax = Syntax::new(&article.text, &tokens);
    let found = statements(&article, &tokens, &syntax, |n| n == 1);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].sources[0].span.of(&article.text), "Witnesses");
}

/// Whether all spans stand on characters of the text, and no content overlaps its own cue or speaker.
fn check(text: &str) {
    let (article, found, weak) = read(text);
    let good = |s: Span| {
        let there = article.text.get(s.start as usize..s.end as usize);
        assert!(there.is_some_and(|w| !w.is_empty()), "{s:?} in {text:?}");
    };
    for (i, s) in found.iter().enumerate() {
        good(s.cue);
        s.content.iter().for_each(|p| good(*p));
        s.sources.iter().flat_map(|s| [Some(s.span), s.of]).flatten().for_each(good);
        assert!(!s.content.is_empty() && s.content.is_sorted());
        assert!(s.content.windows(2).all(|w| w[0].end <= w[1].start));
        for p in &s.content {
            assert!(!p.overlaps(s.cue), "{text:?}");
            assert!(s.speaker().is_none_or(|s| !p.overlaps(s.span)), "{text:?}");
        }
        assert!(s.within.is_none_or(|j| j < found.len() && j != i));
    }
    for h in &weak {
        good(h.span);
        good(h.scope);
    }
}

#[test]
fn texts_that_mean_harm_are_read_too() {
    check("");
    check("“");
    check("said said said said");
    check("\"\"\"\" said \"");
    check("He said “that “he said” he” said.");
    check("according to");
    check("According to according to, according to.");
    check(": : said: police: ’’ ‘‘ '' `` said");
    check(&"“he said, ".repeat(300));
    check(&"he said that ".repeat(400));
    check(&"police said\n\n“".repeat(300));
    check(&"x".repeat(50_000));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn every_text_is_read(
        text in "((police|he|who|said|says|told|“|”|\"|''|, |: |\\. |that|claim|according to|not|may|is believed|was|by|in a statement|the army|\n\n|[A-Z][a-z]{2,5}|\\PC)[ ]?){0,40}"
    ) {
        check(&text);
    }
}
