//! Finding with buffers that are reused from sentence to sentence.

use super::lists::{ACTOR, FACILITY, Lists, Match, PEOPLE, VEHICLE, WEAPON};
use super::scheme::{Decoder, FIELD, Scheme};
use super::{Model, Name, NameKind, features};
use crate::Span;
use crate::grammar::features as letters;
use crate::grammar::net::Buffers;
use std::ops::Range;

/// Most words looked at together.
const WINDOW: usize = 192;

/// What one thread needs to use a [`Model`].
#[derive(Debug)]
pub struct Finder<'m> {
    model: &'m Model,
    keys: Vec<u32>,
    matches: Vec<Match>,
    listed: Vec<(u32, u32)>,
    rows: Vec<u32>,
    starts: Vec<u32>,
    net: Buffers,
    decoder: Decoder,
}

impl<'m> Finder<'m> {
    /// A finder with empty buffers.
    pub fn new(model: &'m Model) -> Finder<'m> {
        Finder {
            model,
            keys: Vec::new(),
            matches: Vec::new(),
            listed: Vec::new(),
            rows: Vec::new(),
            starts: Vec::new(),
            net: Buffers::default(),
            decoder: Decoder::default(),
        }
    }

    /// The names of one sentence, given by the spans of its words in `text`, in text order and apart from each other.
    /// *Cost*: some microseconds a word.
    pub fn names(&mut self, text: &str, words: &[Span]) -> Vec<Name> {
        let mut out = Vec::new();
        for part in words.chunks(WINDOW) {
            let forms: Vec<&str> = part.iter().map(|w| w.of(text)).collect();
            let glued: Vec<bool> =
                std::iter::once(false).chain(part.windows(2).map(|w| w[0].end == w[1].start)).collect();
            self.encode(&forms, &glued);
            let plain = self.decoder.best(Scheme::Plain, &self.net.out);
            let field = self.decoder.best(Scheme::Field, &self.net.out);
            let lists = &self.model.lists;
            let mut found: Vec<(Range<usize>, NameKind)> = Vec::new();
            let mut add = |range: Range<usize>, kind| {
                if !found.iter().any(|(r, _)| r.start < range.end && range.start < r.end) {
                    found.push((range, kind));
                }
            };
            for (range, kind) in plain {
                let kind = match kind {
                    // What the list of actors has in full is no person, whatever it sounds like.
                    0 if lists.has(&forms[range.clone()], ACTOR) => NameKind::Organisation,
                    0 => NameKind::Person,
                    1 if facility(lists, &forms[range.clone()]) => NameKind::Facility,
                    1 => NameKind::Organisation,
                    _ if facility(lists, &forms[range.clone()]) => NameKind::Facility,
                    _ => NameKind::Place,
                };
                add(range, kind);
            }
            for m in self.matches.iter().filter(|m| m.list == PEOPLE) {
                let (from, to) = (m.begin as usize, m.end as usize);
                if forms[from].starts_with(char::is_uppercase) {
                    add(from..to, NameKind::People);
                }
            }
            for (range, kind) in field {
                let kind = match FIELD[kind] {
                    "Weapon" => NameKind::Weapon,
                    "MilitaryPlatform" | "Vehicle" => NameKind::Vehicle,
                    _ => continue,
                };
                add(range, kind);
            }
            // Of single words many mean something else too; the field scheme weighs those by what stands around them.
            for m in self.matches.iter().filter(|m| m.end - m.begin > 1) {
                match m.list {
                    WEAPON => add(m.begin as usize..m.end as usize, NameKind::Weapon),
                    VEHICLE => add(m.begin as usize..m.end as usize, NameKind::Vehicle),
                    _ => {}
                }
            }
            found.sort_by_key(|(r, _)| r.start);
            let span = |r: &Range<usize>| part[r.start].join(part[r.end - 1]);
            out.extend(found.iter().map(|(r, kind)| Name { span: span(r), kind: *kind }));
        }
        out
    }

    /// What one scheme marks in a sentence, as words and kinds: for scoring against corpora of that scheme. *Shape*: `glued`
    /// says of each word that nothing stands between it and the word before.
    pub fn marked(&mut self, words: &[&str], glued: &[bool], scheme: Scheme) -> Vec<(Range<usize>, usize)> {
        let mut out = Vec::new();
        for (at, (words, glued)) in words.chunks(WINDOW).zip(glued.chunks(WINDOW)).enumerate() {
            self.encode(words, glued);
            let spans = self.decoder.best(scheme, &self.net.out);
            out.extend(spans.into_iter().map(|(r, k)| (r.start + at * WINDOW..r.end + at * WINDOW, k)));
        }
        out
    }

    fn encode(&mut self, words: &[&str], glued: &[bool]) {
        self.matches.clear();
        self.model.lists.find(words, &mut self.matches);
        features::keys(words, &self.matches, &mut self.listed);
        self.rows.clear();
        self.starts.clear();
        self.starts.push(0);
        let mut listed = self.listed.iter().peekable();
        for (at, (word, glued)) in words.iter().zip(glued).enumerate() {
            self.keys.clear();
            letters::keys(word, *glued, &mut self.keys);
            // Row 0 is that of unknown forms; other features have none when they are unknown.
            self.rows.push(self.model.table.get(self.keys[0]).unwrap_or(0));
            self.rows.extend(self.keys[1..].iter().filter_map(|k| self.model.table.get(*k)));
            while let Some((_, key)) = listed.next_if(|(word, _)| *word == at as u32) {
                self.rows.extend(self.model.table.get(*key));
            }
            self.starts.push(self.rows.len() as u32);
        }
        self.model.net.encode(&self.rows, &self.starts, &mut self.net);
    }
}

/// Whether the name ends in, or begins with, a word for a building, as "Hotel Aster" does.
fn facility(lists: &Lists, name: &[&str]) -> bool {
    let n = name.len();
    n > 1
        && (lists.has(&name[n - 1..], FACILITY)
            || lists.has(&name[..1], FACILITY)
            || n > 2 && lists.has(&name[n - 2..], FACILITY))
}
