//! Universal NER: a word a line, its mark in the third column, the running text in a comment.

use super::{Document, Sentence};
use anyhow::{Context, Result, ensure};
use std::path::Path;

/// The documents of one file. *Shape*: columns apart by tabs, number, form, mark, more; or form first and mark last, apart
/// by blanks, as older files have them.
pub(super) fn read(path: &Path) -> Result<Vec<Document>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{}: cannot be read", path.display()))?;
    let mut out = vec![Document::default()];
    let mut draft = Draft::default();
    for (n, line) in text.lines().enumerate() {
        if line.starts_with("# newdoc") || line.starts_with("-DOCSTART-") {
            draft.end(&mut out);
            out.push(Document::default());
        } else if let Some(t) = line.strip_prefix("# text = ") {
            draft.text = Some(t.to_owned());
        } else if line.trim().is_empty() {
            draft.end(&mut out);
        } else if !line.starts_with("# ") {
            draft.word(line).with_context(|| format!("{}:{}: no word with its mark", path.display(), n + 1))?;
        }
    }
    draft.end(&mut out);
    out.retain(|d| !d.sentences.is_empty());
    ensure!(!out.is_empty(), "{}: no sentence", path.display());
    Ok(out)
}

#[derive(Default)]
struct Draft {
    text: Option<String>,
    words: Vec<String>,
    marks: Vec<String>,
}

impl Draft {
    fn word(&mut self, line: &str) -> Result<()> {
        let tabs: Vec<&str> = line.split('\t').collect();
        let (form, mark) = if tabs.len() >= 3 && tabs[0].starts_with(|c: char| c.is_ascii_digit()) {
            // Contractions are told whole before their parts.
            if tabs[0].contains(['-', '.']) {
                return Ok(());
            }
            (tabs[1], tabs[2])
        } else {
            let columns: Vec<&str> = line.split_whitespace().collect();
            ensure!(columns.len() >= 2, "{} columns", columns.len());
            (columns[0], columns[columns.len() - 1])
        };
        ensure!(mark == "O" || mark.starts_with("B-") || mark.starts_with("I-"), "the mark {mark}");
        self.words.push(form.to_owned());
        self.marks.push(mark.to_owned());
        Ok(())
    }

    fn end(&mut self, out: &mut [Document]) {
        let (words, marks) = (std::mem::take(&mut self.words), std::mem::take(&mut self.marks));
        let text = self.text.take().unwrap_or_default();
        if words.is_empty() {
            return;
        }
        let mut glued = Vec::new();
        let mut at = 0;
        for w in &words {
            // Where a form is not the text's, nothing is known of blanks.
            let found = text.get(at..).and_then(|rest| rest.trim_start().starts_with(w.as_str()).then_some(rest));
            glued.push(found.is_some_and(|rest| at > 0 && rest.starts_with(w.as_str())));
            at += found.map_or(0, |rest| rest.len() - rest.trim_start().len() + w.len());
        }
        let mut spans: Vec<(std::ops::Range<usize>, String)> = Vec::new();
        for (i, mark) in marks.iter().enumerate() {
            let Some((place, kind)) = mark.split_once('-') else { continue };
            match spans.last_mut().filter(|(r, k)| place == "I" && r.end == i && k == kind) {
                Some((range, _)) => range.end = i + 1,
                None => spans.push((i..i + 1, kind.to_owned())),
            }
        }
        if let Some(document) = out.last_mut() {
            document.sentences.push(Sentence { words, glued, spans, missed: Vec::new() });
        }
    }
}
