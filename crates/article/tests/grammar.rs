//! Trees of sentences, set beside a golden file that a person can read.

use article::Span;
use article::grammar::{Grammar, Worker, words};
use std::fmt::Write;

/// One line for each word: its place, form, lemma, tag, head and label.
fn drawn(text: &str) -> String {
    let mut worker = Worker::new(Grammar::builtin());
    let words = words(text, Span::new(0, text.len()));
    let mut out = format!("# {text}\n");
    for sentence in worker.sentences(text, &words) {
        let spans: Vec<Span> = words[sentence].iter().map(|w| w.span).collect();
        for (i, n) in worker.parse(text, &spans).nodes.iter().enumerate() {
            let head = n.head.map_or(0, |h| h + 1);
            let (form, tag) = (n.span.of(text), n.tag.name());
            writeln!(out, "{:>2} {form:<14} {:<14} {tag:<6} {head:>2} {}", i + 1, n.lemma, n.label).unwrap();
        }
        out.push('\n');
    }
    out
}

#[test]
fn trees_are_those_of_the_golden_file() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/grammar/trees.txt");
    let golden = std::fs::read_to_string(path).unwrap();
    let texts: Vec<&str> = golden.lines().filter_map(|l| l.strip_prefix("# ")).collect();
    assert!(texts.len() >= 10);
    let now: String = texts.iter().map(|t| drawn(t)).collect();
    if std::env::var_os("KHABAR_RENEW").is_some() {
        std::fs::write(path, &now).unwrap();
        return;
    }
    assert_eq!(now, golden, "if the new trees are right, set KHABAR_RENEW=1 to write them to {path}");
}
