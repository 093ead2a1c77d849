//! JSON-LD: the article among the things that a page's scripts describe.

use super::Facts;
use crate::{Basis, fold};
use serde_json::Value;

/// Ends of the schema.org types that are articles.
const ARTICLES: [&str; 4] = ["article", "posting", "report", "reportage"];

/// Reads one script. What does not parse is mended once (raw line breaks inside strings), then left.
pub(in super::super) fn read(script: &str, facts: &mut Facts) {
    let script =
        script.trim().trim_start_matches("<!--").trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[");
    let script = script.trim_end().trim_end_matches("-->").trim_end_matches("]]>").trim_end_matches("//").trim();
    let value = serde_json::from_str::<Value>(script).or_else(|_| {
        let mended: String = script.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(mended.trim().trim_end_matches(';'))
    });
    if let Ok(value) = value
        && let Some(article) = find(&value, 0)
    {
        take(article, &value, facts);
    }
}

/// The first article in the value, looking into arrays, graphs and main entities.
fn find(value: &Value, depth: usize) -> Option<&Value> {
    if depth > 4 {
        return None;
    }
    match value {
        Value::Array(all) => all.iter().find_map(|v| find(v, depth + 1)),
        Value::Object(o) if is_article(o.get("@type")) => Some(value),
        Value::Object(o) => ["@graph", "mainEntity", "mainEntityOfPage", "hasPart"]
            .iter()
            .filter_map(|k| o.get(*k))
            .find_map(|v| find(v, depth + 1)),
        _ => None,
    }
}

fn is_article(kind: Option<&Value>) -> bool {
    match kind {
        Some(Value::String(s)) => {
            let s = fold(s);
            ARTICLES.iter().any(|e| s.ends_with(e)) || s.contains("article")
        }
        Some(Value::Array(all)) => all.iter().any(|k| is_article(Some(k))),
        _ => false,
    }
}

fn take(article: &Value, whole: &Value, facts: &mut Facts) {
    let text = |key: &str| article.get(key).and_then(Value::as_str);
    if let Some(title) = text("headline").or_else(|| text("name")) {
        Facts::note(&mut facts.title, &plain(title), Basis::JsonLd);
    }
    if let Some(date) = text("datePublished").or_else(|| text("dateCreated")) {
        facts.note_published(date, Basis::JsonLd);
    }
    let page = article.get("mainEntityOfPage").and_then(|m| m.as_str().or_else(|| m.get("@id")?.as_str()));
    if let Some(url) = text("url").or(page) {
        facts.note_url(url, Basis::JsonLd);
    }
    for name in names(article.get("publisher"), whole) {
        Facts::note(&mut facts.outlet, &plain(&name), Basis::JsonLd);
    }
    let authors = names(article.get("author").or_else(|| article.get("creator")), whole);
    facts.note_byline(&plain(&authors.join(", ")), Basis::JsonLd);
}

/// The names of persons or organisations: a string, an object with a name, a reference into the graph, or several.
fn names(value: Option<&Value>, whole: &Value) -> Vec<String> {
    match value {
        Some(Value::String(s)) if !s.contains("://") => vec![s.clone()],
        Some(Value::Array(all)) => all.iter().take(20).flat_map(|v| names(Some(v), whole)).collect(),
        Some(Value::Object(o)) => {
            let name = |v: &Value| v.get("name").and_then(Value::as_str).map(str::to_owned);
            let id = o.get("@id").and_then(Value::as_str);
            let referred = || {
                let graph = whole.get("@graph").or(Some(whole))?.as_array()?;
                graph.iter().find(|v| id.is_some() && v.get("@id").and_then(Value::as_str) == id).and_then(name)
            };
            name(&Value::Object(o.clone())).or_else(referred).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// The words without character references, which many pages write into their JSON.
fn plain(s: &str) -> String {
    if s.contains('&') { dom_query::Document::fragment(s).text().to_string() } else { s.to_owned() }
}
