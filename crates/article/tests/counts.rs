//! Counts of sentences, set beside a golden file that a person can read, and counts of arbitrary strings.

use article::grammar::Syntax;
use article::{Article, Count, Relation, Tokens, amounts, counts};
use proptest::prelude::*;
use std::fmt::Write;

/// One line for each count: number, words, bounds, nouns with their classes, relation, governors with roles.
fn drawn(text: &str) -> String {
    let article = Article::plain(text);
    let tokens = Tokens::of(&article);
    let syntax = Syntax::new(&article.text, &tokens);
    let amounts = amounts(&tokens);
    let mut out = format!("# {text}\n");
    for s in 0..tokens.sentences.len() {
        let tree = syntax.tree(s);
        for (i, c) in counts(&tokens, &amounts, &syntax, s).iter().enumerate() {
            let words = |i: usize| tree.nodes[i].span.of(&article.text);
            let bounds = match (c.low, c.high) {
                (Some(a), Some(b)) if a == b => a.to_string(),
                (a, b) => format!("{}..{}", shown(a), shown(b)),
            };
            let noun = |n: &article::Counted| {
                let classes: Vec<&str> = n.classes.iter().map(|c| c.name()).collect();
                format!("{} ({})", n.span.of(&article.text), classes.join(" "))
            };
            let nouns: Vec<String> = c.nouns.iter().map(noun).collect();
            let governors: Vec<String> =
                c.governors.iter().map(|g| format!("{} {:?}", words(g.node), g.role)).collect();
            let (form, whole, relation) = (c.form, c.whole.of(&article.text), relation(c));
            let apposed = if c.apposed { ", apposed" } else { "" };
            let (nouns, governors) = (nouns.join(", "), governors.join(", "));
            writeln!(out, "{i} {form:?} `{whole}` = {bounds}; {nouns}; {relation}{apposed}; {governors}").unwrap();
        }
    }
    out.push('\n');
    out
}

fn shown(n: Option<u64>) -> String {
    n.map_or(String::new(), |n| n.to_string())
}

fn relation(c: &Count) -> String {
    let other = |n: Option<usize>| n.map_or("an earlier one".to_owned(), |n| n.to_string());
    match c.relation {
        Relation::Whole => "whole".into(),
        Relation::PartOf(n) => format!("part of {}", other(n)),
        Relation::MemberOf(n) => format!("member of {n}"),
        Relation::Was(n) => format!("was, now {}", other(n)),
    }
}

#[test]
fn counts_are_those_of_the_golden_file() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/counts/counts.txt");
    let golden = std::fs::read_to_string(path).unwrap();
    let texts: Vec<&str> = golden.lines().filter_map(|l| l.strip_prefix("# ")).collect();
    assert!(texts.len() >= 25);
    let now: String = texts.iter().map(|t| drawn(t)).collect();
    if std::env::var_os("KHABAR_RENEW").is_some() {
        std::fs::write(path, &now).unwrap();
        return;
    }
    assert_eq!(now, golden, "if the new counts are right, set KHABAR_RENEW=1 to write them to {path}");
}

/// Whatever the text: bounds in order, spans on character boundaries and in the text, indices that exist.
fn sound(text: &str) {
    let article = Article::plain(text);
    let tokens = Tokens::of(&article);
    let syntax = Syntax::new(&article.text, &tokens);
    let amounts = amounts(&tokens);
    for a in &amounts {
        assert!(a.low.zip(a.high).is_none_or(|(l, h)| l <= h), "{a:?}");
        assert!(article.text.get(a.span.start as usize..a.span.end as usize).is_some_and(|s| !s.is_empty()));
    }
    for s in 0..tokens.sentences.len() {
        let nodes = syntax.tree(s).nodes.len();
        let all = counts(&tokens, &amounts, &syntax, s);
        for (i, c) in all.iter().enumerate() {
            assert!(c.low.zip(c.high).is_none_or(|(l, h)| l <= h), "{c:?}");
            let spans = c.nouns.iter().map(|n| n.span).chain([c.span, c.whole]);
            for span in spans {
                assert!(article.text.get(span.start as usize..span.end as usize).is_some_and(|s| !s.is_empty()));
            }
            assert!(c.whole.contains(c.span) && c.node < nodes && c.numeral.is_none_or(|n| n < nodes));
            assert!(c.nouns.iter().all(|n| n.node < nodes) && c.governors.iter().all(|g| g.node < nodes));
            match c.relation {
                Relation::PartOf(Some(n)) | Relation::MemberOf(n) | Relation::Was(Some(n)) => {
                    assert!(n < all.len() && n != i, "{all:?}");
                }
                _ => {}
            }
        }
    }
}

/// Words that counts are made of, in any order.
fn word() -> impl Strategy<Value = String> {
    let words = "two five 12 40 a the dozen hundred no half most of them whom including among up from to at least more than \
        twice as many that number men women children soldiers a guard police , and or killed were rose toll in 2019 nearly 1 \
        three-year-old 5-7 ( ) . - « é 日本 \u{301} 99999999999999999999 18446744073709551615 million";
    prop::sample::select(words.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn any_string_is_counted_without_harm(text in "\\PC{0,120}") {
        sound(&text);
    }

    #[test]
    fn any_words_are_counted_without_harm(words in prop::collection::vec(word(), 0..40)) {
        sound(&words.join(" "));
    }
}
