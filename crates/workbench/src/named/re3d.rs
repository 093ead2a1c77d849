//! re3d: documents and entities in JSON, one a line, joined by their ids.
//!
//! What the annotators' model of themselves gave less than even odds is left out, and of marks that overlap the longest
//! stays (of equal ones the surer, then the first), for ours lie side by side. Of each source's documents in the order of
//! their ids the first of every five is held out.

use super::{Document, Sentence};
use anyhow::{Context, Result};
use article::Span;
use article::grammar::{Grammar, Worker, words};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

#[derive(Deserialize)]
struct Text {
    _id: String,
    text: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entity {
    document_id: String,
    /// In characters.
    begin: usize,
    end: usize,
    r#type: String,
    confidence: f64,
}

fn lines<T: for<'a> Deserialize<'a>>(path: &Path) -> Result<Vec<T>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{}: cannot be read", path.display()))?;
    let lines = text.trim_start_matches('\u{feff}').lines().filter(|l| !l.trim().is_empty());
    lines.map(|l| serde_json::from_str(l).with_context(|| format!("{}: not as re3d has it", path.display()))).collect()
}

/// The documents of one source.
pub(super) fn read(folder: &Path) -> Result<Vec<Document>> {
    let mut texts: Vec<Text> = lines(&folder.join("documents.json"))?;
    texts.sort_by(|a, b| a._id.cmp(&b._id));
    let mut entities: BTreeMap<String, Vec<Entity>> = BTreeMap::new();
    for e in lines::<Entity>(&folder.join("entities.json"))? {
        if e.confidence >= 0.5 {
            entities.entry(e.document_id.clone()).or_default().push(e);
        }
    }
    let mut worker = Worker::new(Grammar::builtin());
    let mut out = Vec::new();
    for (i, text) in texts.iter().enumerate() {
        let marked = apart(entities.remove(&text._id).unwrap_or_default());
        out.push(Document { sentences: sentences(&text.text, &marked, &mut worker), held_out: i % 5 == 0 });
    }
    Ok(out)
}

/// The longest of those that overlap, in text order.
fn apart(mut all: Vec<Entity>) -> Vec<Entity> {
    all.sort_by(|a, b| {
        let length = |e: &Entity| e.end.saturating_sub(e.begin);
        length(b)
            .cmp(&length(a))
            .then(b.confidence.total_cmp(&a.confidence))
            .then(a.begin.cmp(&b.begin))
            .then(a.r#type.cmp(&b.r#type))
    });
    let mut out: Vec<Entity> = Vec::new();
    for e in all {
        if e.begin < e.end && !out.iter().any(|o| o.begin < e.end && e.begin < o.end) {
            out.push(e);
        }
    }
    out.sort_by_key(|e| e.begin);
    out
}

/// Cuts the text as the program would, and lays the marks on the words.
fn sentences(text: &str, marked: &[Entity], worker: &mut Worker<'_>) -> Vec<Sentence> {
    let at: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
    let byte = |c: usize| at.get(c).copied().unwrap_or(text.len()) as u32;
    let marked: Vec<(Span, &str)> =
        marked.iter().map(|e| (Span::new(byte(e.begin) as usize, byte(e.end) as usize), e.r#type.as_str())).collect();
    let mut out = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let found = words(text, Span::new(start, start + line.len()));
        start += line.len();
        for range in worker.sentences(text, &found) {
            let spans: Vec<Span> = found[range].iter().map(|w| w.span).collect();
            out.push(sentence(text, &spans, &marked));
        }
    }
    out
}

fn sentence(text: &str, words: &[Span], marked: &[(Span, &str)]) -> Sentence {
    let mut s = Sentence {
        words: words.iter().map(|w| w.of(text).to_owned()).collect(),
        glued: words.iter().enumerate().map(|(i, w)| i > 0 && words[i - 1].end == w.start).collect(),
        ..Sentence::default()
    };
    for (span, kind) in marked {
        let from = words.iter().position(|w| w.overlaps(*span));
        let to = words.iter().rposition(|w| w.overlaps(*span));
        let (Some(from), Some(to)) = (from, to) else { continue };
        // A mark may end in blanks; one that cuts a word, or goes on into the next sentence, cannot be found.
        let whole = words[from].start == span.start || span.of(text).starts_with(char::is_whitespace);
        let closed = words[to].end == span.end
            || words[to].end < span.end && text[words[to].end as usize..span.end as usize].trim().is_empty();
        if whole && closed && !s.spans.iter().any(|(r, _)| r.end > from) {
            s.spans.push((from..to + 1, (*kind).to_owned()));
        } else if words[from].start <= span.start {
            s.missed.push((*kind).to_owned());
        }
    }
    s
}
