//! The lists of `cues.txt`: lemmas with their stance and the complements that hold their content.

use super::Stance;
use crate::phrases;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

static LIST: &str = include_str!("../../../../language/en/cues.txt");

/// One cue and what may follow it.
#[derive(Debug)]
pub(super) struct Entry {
    /// Words that follow the lemma at once.
    pub(super) rest: Vec<&'static str>,
    pub(super) stance: Stance,
    frames: Vec<&'static str>,
}

/// A complement that may hold the content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frame {
    Clause,
    Quote,
    To,
    Ing,
    Object,
    Person,
    As,
    Raise,
}

impl Entry {
    pub(super) fn takes(&self, frame: Frame) -> bool {
        let name = match frame {
            Frame::Clause => "clause",
            Frame::Quote => "quote",
            Frame::To => "to",
            Frame::Ing => "ing",
            Frame::Object => "object",
            Frame::Person => "person",
            Frame::As => "as",
            Frame::Raise => "raise",
        };
        self.frames.contains(&name)
    }

    /// Whether the content may stand behind this preposition.
    pub(super) fn preposition(&self, word: &str) -> bool {
        word != "as" && self.frames.contains(&word)
    }
}

/// What kind of word a cue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Verb,
    Noun,
    Adjective,
}

pub(super) struct Lists {
    verbs: HashMap<&'static str, Vec<Entry>>,
    nouns: HashMap<&'static str, Vec<Entry>>,
    adjectives: HashMap<&'static str, Vec<Entry>>,
    /// Phrases as words.
    pub(super) according: Vec<Vec<&'static str>>,
    pub(super) medium: Vec<Vec<&'static str>>,
    sets: HashMap<&'static str, HashSet<&'static str>>,
}

/// The lists of English.
pub(super) static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let sections = phrases::sections(LIST);
    let part = |ending: &str| {
        let mut out: HashMap<&'static str, Vec<Entry>> = HashMap::new();
        for stance in Stance::ALL {
            for (words, frames) in sections.get(format!("{}{ending}", stance.name()).as_str()).into_iter().flatten() {
                let mut words = words.split(' ');
                let Some(lemma) = words.next() else { continue };
                let entry = Entry { rest: words.collect(), stance, frames: frames.split(' ').collect() };
                out.entry(lemma).or_default().push(entry);
            }
        }
        for list in out.values_mut() {
            list.sort_by_key(|e| std::cmp::Reverse(e.rest.len()));
        }
        out
    };
    let phrases = |name: &str| {
        let mut out: Vec<Vec<&'static str>> =
            sections.get(name).into_iter().flatten().map(|(w, _)| w.split(' ').collect()).collect();
        out.sort_by_key(|p| std::cmp::Reverse(p.len()));
        out
    };
    let set = |name: &'static str| (name, sections.get(name).into_iter().flatten().map(|(w, _)| *w).collect());
    Lists {
        verbs: part(""),
        nouns: part(".noun"),
        adjectives: part(".adjective"),
        according: phrases("according"),
        medium: phrases("medium"),
        sets: [
            "document",
            "institution",
            "anonymous",
            "unnamed",
            "group",
            "mention",
            "bearer",
            "irregular",
            "nobody",
            "indefinite",
            "definite",
            "agent",
            "clause",
            "infinitive",
            "manner",
            "place",
            "carry",
            "setting",
            "relative",
            "empty",
        ]
        .into_iter()
        .map(set)
        .collect(),
    }
});

impl Lists {
    /// The cues that begin with a lemma, those with most words first.
    pub(super) fn get(&self, part: Part, lemma: &str) -> &[Entry] {
        let table = match part {
            Part::Verb => &self.verbs,
            Part::Noun => &self.nouns,
            Part::Adjective => &self.adjectives,
        };
        table.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Whether a plain list holds a word.
    pub(super) fn has(&self, list: &str, word: &str) -> bool {
        self.sets.get(list).is_some_and(|s| s.contains(word))
    }
}

/// Whether a word may be a form of a cue. Wrong in doubt on the side of yes: its sentence is then parsed in vain.
pub(super) fn could_be(norm: &str) -> bool {
    let known =
        |w: &str| LISTS.verbs.contains_key(w) || LISTS.nouns.contains_key(w) || LISTS.adjectives.contains_key(w);
    if known(norm) || LISTS.has("irregular", norm) || LISTS.according.iter().any(|p| p[0] == norm) {
        return true;
    }
    ["s", "d", "r", "es", "ed", "ing"].iter().filter_map(|e| norm.strip_suffix(e)).any(|stem| {
        let twice =
            || stem.len() > 2 && stem.is_ascii() && stem.as_bytes()[stem.len() - 1] == stem.as_bytes()[stem.len() - 2];
        known(stem)
            || known(&format!("{stem}e"))
            || stem.strip_suffix('i').is_some_and(|s| known(&format!("{s}y")))
            || twice() && known(&stem[..stem.len() - 1])
    })
}
