//! Tables of phrases with values, as the files of number and time words hold them.
//!
//! A file has `[section]` lines; each further line holds a phrase, and behind a `|` its value.

use crate::Token;
use std::collections::HashMap;

/// Phrases with values, by their first word.
#[derive(Debug, Clone)]
pub(crate) struct Phrases<V> {
    by_first: HashMap<String, Vec<(Vec<String>, V)>>,
}

impl<V> Phrases<V> {
    /// The rows whose value `read` understands.
    pub(crate) fn of(rows: &[(&str, &str)], read: impl Fn(&str) -> Option<V>) -> Phrases<V> {
        let mut by_first: HashMap<String, Vec<(Vec<String>, V)>> = HashMap::new();
        for (words, value) in rows {
            let mut it = words.split(' ').map(str::to_owned);
            if let (Some(first), Some(v)) = (it.next(), read(value)) {
                by_first.entry(first).or_default().push((it.collect(), v));
            }
        }
        Phrases { by_first }
    }

    /// The value of the longest phrase that begins at token `at`, and where it ends.
    pub(crate) fn longest(&self, t: &[Token], at: usize, to: usize) -> Option<(&V, usize)> {
        let mut best = None;
        for (rest, v) in self.by_first.get(t.get(at)?.norm.as_str())? {
            let end = at + 1 + rest.len();
            let longer = best.is_none_or(|(_, e)| end > e);
            if at < to && end <= to && longer && rest.iter().zip(&t[at + 1..end]).all(|(w, t)| *w == t.norm) {
                best = Some((v, end));
            }
        }
        best
    }

    /// The value of a phrase of one word.
    pub(crate) fn word(&self, norm: &str) -> Option<&V> {
        self.by_first.get(norm)?.iter().find(|(rest, _)| rest.is_empty()).map(|(_, v)| v)
    }
}

/// The rows of a file by section, in file order.
pub(crate) fn sections(text: &str) -> HashMap<&str, Vec<(&str, &str)>> {
    let mut out: HashMap<&str, Vec<(&str, &str)>> = HashMap::new();
    let mut section = "";
    for line in text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
        match line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            Some(name) => section = name,
            None => {
                let (words, value) = line.split_once('|').unwrap_or((line, ""));
                out.entry(section).or_default().push((words.trim(), value.trim()));
            }
        }
    }
    out
}
