//! Each sentence of `testdata/telling/sentences.txt` is read as an article of its own and set beside what stands in
//! `sentences.read`. `KHABAR_RENEW=1 cargo test -p account` writes that file anew, for looking through before it is committed.

use crate::news;
use account::{Actors, Reader};
use std::fmt::Write;
use std::path::Path;

/// Sentences of which nothing may be read.
const NOTHING: &str = "  nothing\n";

#[test]
fn sentences_are_read_as_written_down() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/telling");
    let sentences = std::fs::read_to_string(dir.join("sentences.txt")).unwrap();
    let reader = Reader::new(Actors::builtin());
    let mut got = String::new();
    for sentence in sentences.lines() {
        let _ = writeln!(got, "{sentence}");
        got.push_str(&listing(&news(sentence), &reader));
    }
    if std::env::var_os("KHABAR_RENEW").is_some() {
        std::fs::write(dir.join("sentences.read"), &got).unwrap();
    }
    let want = std::fs::read_to_string(dir.join("sentences.read")).unwrap_or_default();
    let differs = got.lines().zip(want.lines()).position(|(g, w)| g != w);
    let at = |text: &str| differs.and_then(|n| text.lines().nth(n).map(str::to_owned)).unwrap_or_default();
    assert!(got == want, "first difference: expected `{}`, got `{}`", at(&want), at(&got));
}

/// The accounts of one sentence: kinds and stage, then figures, then perpetrators.
fn listing(article: &article::Article, reader: &Reader<'_>) -> String {
    let mut out = String::new();
    for a in reader.read(article).accounts {
        let kinds: Vec<&str> = a.kinds.iter().map(|k| k.value.name()).collect();
        let date = a.date.map_or(String::new(), |d| format!(" on {}", d.value));
        let place = a.place.map_or(String::new(), |p| format!(" in {}", p.name));
        let _ = writeln!(out, "  {} {}{date}{place}", a.stage.value, kinds.join(" "));
        for f in &a.figures {
            let bound = |n: Option<u64>| n.map_or(String::new(), |n| n.to_string());
            let total = if f.total { "total" } else { "part" };
            let said: Vec<&str> = f.said_by.iter().map(|s| s.words.as_str()).collect();
            let said = if said.is_empty() { String::new() } else { format!(", says {}", said.join(", ")) };
            let words = f.span.of(&article.text);
            let _ = writeln!(out, "    {} {}..{} {total} \"{words}\"{said}", f.measure, bound(f.low), bound(f.high));
        }
        for b in &a.perpetrators {
            let said: Vec<&str> = b.said_by.iter().map(|s| s.words.as_str()).collect();
            let said = if said.is_empty() { String::new() } else { format!(", says {}", said.join(", ")) };
            let _ = writeln!(out, "    {} {}{said}", b.status, b.name);
        }
    }
    if out.is_empty() { NOTHING.to_owned() } else { out }
}
