//! JSON: one record, an array of records, or one record a line.
//!
//! A record is an object with `text`, and may have `outlet`, `url`, `title`, `published` and `byline`. Each bad record
//! is named by its line or place and set aside; the others are read.

use super::facts::Facts;
use super::{Draft, Format, Limits, html, plain};
use crate::{Basis, Problem};
use regex::Regex;
use serde_json::{Map, Value};
use std::sync::LazyLock;

static MARKUP: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)</?(?:p|div|br|h[1-6]|li|article|section)\b[^<>]*>").expect("is valid"));

/// Reads records and hands each on as a draft. Lines in a file named `.json` are read as lines.
pub(super) fn read(text: &str, format: Format, limits: &Limits, push: &mut dyn FnMut(Draft)) {
    if format == Format::Json {
        match serde_json::from_str::<Value>(text) {
            Ok(Value::Array(all)) => {
                for (i, v) in all.iter().enumerate() {
                    push(record(v, &format!("record {}", i + 1), limits));
                }
                return;
            }
            Ok(v) => return push(record(&v, "the record", limits)),
            Err(e) if !looks_like_lines(text) => {
                return push(failed("intake/json", format!("This is no JSON: {e}. Correct the file.")));
            }
            Err(_) => {}
        }
    }
    for (i, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let place = format!("line {}", i + 1);
        push(match serde_json::from_str::<Value>(line) {
            Ok(v) => record(&v, &place, limits),
            Err(e) => failed("intake/json", format!("{place} is no JSON: {e}. Correct that line.")),
        });
    }
}

/// Several lines, the first two of which are objects of their own.
fn looks_like_lines(text: &str) -> bool {
    let mut lines = text
        .lines()
        .filter(|l| !l.trim().is_empty())
        .take(2)
        .map(|l| serde_json::from_str::<Map<String, Value>>(l).is_ok());
    lines.next() == Some(true) && lines.next().is_some()
}

fn record(value: &Value, place: &str, limits: &Limits) -> Draft {
    let Value::Object(o) = value else {
        return failed("intake/record", format!("{place} is no object. Each record is an object with `text`."));
    };
    let text = match o.get("text") {
        Some(Value::String(s)) if s.len() > limits.max_bytes => {
            return failed(
                "intake/too-large",
                format!("{place} has a text larger than {} MiB. Split it into its articles.", limits.max_bytes >> 20),
            );
        }
        Some(Value::String(s)) if !s.trim().is_empty() => s,
        Some(Value::String(_)) => {
            return failed("intake/record", format!("{place} has an empty `text`. Give the article's text."));
        }
        Some(_) => {
            return failed(
                "intake/record",
                format!("{place} has a `text` that is no string. Give the article's text as a string."),
            );
        }
        None => {
            return failed("intake/record", format!("{place} has no `text`. Give the article's text under that name."));
        }
    };
    let mut draft = Draft::default();
    let mut wrong = Vec::new();
    for (key, value) in
        ["outlet", "url", "title", "published", "byline"].into_iter().filter_map(|k| Some((k, o.get(k)?)))
    {
        let known = match value {
            Value::Null => true,
            Value::String(s) if s.trim().is_empty() => true,
            Value::String(s) => note(&mut draft.facts, key, s),
            _ => false,
        };
        if !known {
            wrong.push(format!("`{key}`"));
        }
    }
    if !wrong.is_empty() {
        let detail = format!(
            "{place}: {} could not be understood and was left open. See the manual for the fields.",
            wrong.join(", ")
        );
        draft.problems.push(Problem::new("intake/record", detail));
    }
    if MARKUP.is_match(text) {
        let (parts, problems) = html::fragment(text, limits);
        draft.parts = parts;
        let named = |p: Problem| Problem { detail: format!("{place}: {}", p.detail), ..p };
        draft.problems.extend(problems.into_iter().map(named));
    } else {
        draft.parts = plain::parts(text);
    }
    draft
}

/// Notes a field; `false` if the value does not fit it.
fn note(facts: &mut Facts, key: &str, value: &str) -> bool {
    let count = |f: &Facts| f.outlet.len() + f.url.len() + f.title.len() + f.published.len() + f.byline.len();
    let before = count(facts);
    match key {
        "outlet" => Facts::note(&mut facts.outlet, value, Basis::Record),
        "url" => facts.note_url(value, Basis::Record),
        "title" => Facts::note(&mut facts.title, value, Basis::Record),
        "published" => facts.note_published(value, Basis::Record),
        _ => facts.note_byline(value, Basis::Record),
    }
    count(facts) > before
}

fn failed(code: crate::Code, detail: String) -> Draft {
    Draft { problems: vec![Problem::new(code, detail)], ..Draft::default() }
}
