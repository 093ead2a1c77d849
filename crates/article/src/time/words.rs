//! The words of `times.txt`.

use crate::Token;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Phrases by first word, with the words that follow and the value.
pub(super) type Table<V> = HashMap<String, Vec<(Vec<String>, V)>>;

pub(super) struct Words {
    pub(super) month: HashMap<String, u8>,
    pub(super) weekday: HashMap<String, u8>,
    pub(super) unit: HashMap<String, String>,
    pub(super) ago: HashMap<String, i32>,
    pub(super) relative: Table<(String, i32)>,
    pub(super) story: Table<i32>,
    pub(super) ahead: Table<()>,
    pub(super) since: HashSet<String>,
    pub(super) until: HashSet<String>,
    pub(super) lead: HashSet<String>,
}

/// The longest phrase of `table` that begins at token `at`, and where it ends.
pub(super) fn longest<'v, V>(table: &'v Table<V>, t: &[Token], at: usize, to: usize) -> Option<(&'v V, usize)> {
    let (mut best, mut end) = (None, 0);
    for (rest, v) in table.get(t.get(at)?.norm.as_str())? {
        let e = at + 1 + rest.len();
        if at < to && e <= to && e > end && rest.iter().zip(&t[at + 1..e]).all(|(w, t)| *w == t.norm) {
            (best, end) = (Some(v), e);
        }
    }
    best.map(|v| (v, end))
}

impl Words {
    pub(super) fn get() -> &'static Words {
        static WORDS: LazyLock<Words> =
            LazyLock::new(|| Words::parse(include_str!("../../../../language/en/times.txt")));
        &WORDS
    }

    fn parse(text: &str) -> Words {
        let mut sections: HashMap<&str, Vec<(&str, &str)>> = HashMap::new();
        let mut section = "";
        for line in text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
            match line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                Some(name) => section = name,
                None => {
                    let (words, value) = line.split_once('|').unwrap_or((line, ""));
                    sections.entry(section).or_default().push((words.trim(), value.trim()));
                }
            }
        }
        let rows = |name: &str| sections.get(name).cloned().unwrap_or_default();
        fn table<V>(rows: Vec<(&str, &str)>, read: impl Fn(&str) -> Option<V>) -> Table<V> {
            let mut out: Table<V> = HashMap::new();
            for (words, value) in rows {
                let mut it = words.split(' ').map(str::to_owned);
                if let (Some(first), Some(v)) = (it.next(), read(value)) {
                    out.entry(first).or_default().push((it.collect(), v));
                }
            }
            out
        }
        let set = |name: &str| rows(name).into_iter().map(|(w, _)| w.to_owned()).collect();
        let numbers =
            |name: &str| rows(name).into_iter().filter_map(|(w, v)| Some((w.to_owned(), v.parse().ok()?))).collect();
        Words {
            month: numbers("month"),
            weekday: numbers("weekday"),
            unit: rows("unit").into_iter().map(|(w, v)| (w.to_owned(), v.to_owned())).collect(),
            ago: rows("ago").into_iter().filter_map(|(w, v)| Some((w.to_owned(), v.parse().ok()?))).collect(),
            relative: table(rows("relative"), |v| {
                let (unit, steps) = v.split_once(' ')?;
                Some((unit.to_owned(), steps.parse().ok()?))
            }),
            story: table(rows("story"), |v| v.parse().ok()),
            ahead: table(rows("ahead"), |_| Some(())),
            since: set("since"),
            until: set("until"),
            lead: set("lead"),
        }
    }
}
