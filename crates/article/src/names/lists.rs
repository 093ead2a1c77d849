//! Word lists and the gazetteer as seen by the network: which runs of words are an entry of which list.
//!
//! All lists but the gazetteer are compiled into the model as hashes of their entries, so that loading them costs nothing and
//! a look-up is a walk of the words through one table: a hash for every beginning of an entry, with a mark for those that
//! are whole.

use crate::fold;
use crate::gazetteer::{EntryKind, Gazetteer};
use crate::grammar::layout::{Broken, Source};
use crate::grammar::model::Table;

/// The lists in the order of their numbers; a model names those it was trained with.
pub const LISTS: [&str; 16] = [
    "given",
    "surname",
    "organisation",
    "organisation words",
    "facility words",
    "place words",
    "title",
    "people",
    "weapon",
    "vehicle",
    "actor",
    "known person",
    "known organisation",
    "known place",
    "word",
    "frequent word",
];

/// The number of a list.
pub(super) const FACILITY: u8 = 4;
/// The number of a list.
pub(super) const PEOPLE: u8 = 7;
/// The number of a list.
pub(super) const WEAPON: u8 = 8;
/// The number of a list.
pub(super) const VEHICLE: u8 = 9;
/// The number of a list.
pub(super) const ACTOR: u8 = 10;
/// Numbers from here on tell what the gazetteer says.
pub(super) const GAZETTEER: u8 = 24;

/// The bit of an entry's mask that says that a longer entry begins with it.
pub const MORE: u32 = 1 << 31;

/// Most words of an entry.
pub const LONGEST: usize = 8;

/// A run of words that is an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// First word.
    pub begin: u32,
    /// One past the last word.
    pub end: u32,
    /// The list, or what the gazetteer says.
    pub list: u8,
}

/// Compiled lists.
#[derive(Debug)]
pub struct Lists {
    table: Table,
    masks: Vec<u32>,
}

impl Lists {
    /// Lists from the hashes of beginnings, sorted, and a mask for each: a bit for every list of which it is a whole entry,
    /// and [`MORE`]. *Errors*: unsorted, or not as many masks as hashes.
    pub fn new(hashes: &[u32], masks: Vec<u32>) -> Option<Lists> {
        let table = Table::new(hashes).ok()?;
        (hashes.len() == masks.len()).then_some(Lists { table, masks })
    }

    pub(super) fn read(source: &mut Source<'_>) -> Result<Lists, Broken> {
        let n = source.number()? as usize;
        let hashes = source.numbers(n)?;
        let masks = source.numbers(n)?;
        Lists::new(&hashes, masks).ok_or(Broken)
    }

    /// Appends the longest entry of each list at each word. *Cost*: linear in the words; an entry has at most
    /// [`LONGEST`].
    pub fn find(&self, words: &[&str], out: &mut Vec<Match>) {
        for begin in 0..words.len() {
            let mut hash = START;
            let mut ends = [0u32; LISTS.len()];
            for (n, word) in words[begin..].iter().take(LONGEST).enumerate() {
                hash = next(hash, word);
                let Some(row) = self.table.get(hash) else { break };
                let mask = self.masks[row as usize];
                for (list, end) in ends.iter_mut().enumerate() {
                    if mask >> list & 1 == 1 {
                        *end = (begin + n + 1) as u32;
                    }
                }
                if mask & MORE == 0 {
                    break;
                }
            }
            for (list, end) in ends.into_iter().enumerate().filter(|(_, e)| *e > 0) {
                out.push(Match { begin: begin as u32, end, list: list as u8 });
            }
        }
        places(words, out);
    }

    /// Whether these words are an entry of `list`.
    pub(super) fn has(&self, words: &[&str], list: u8) -> bool {
        let hash = words.iter().fold(START, |h, w| next(h, w));
        self.table.get(hash).is_some_and(|row| self.masks[row as usize] >> list & 1 == 1)
    }
}

const START: u32 = 0x811c_9dc5;

/// The hash of an entry's beginning with one more word; capitals and curly quotes do not count. Never that of an unknown
/// form.
pub fn next(hash: u32, word: &str) -> u32 {
    let mut h = hash.rotate_left(7) ^ 0x9e37_79b9;
    let mut step = |b: u8| h = (h ^ u32::from(b)).wrapping_mul(0x0100_0193);
    if word.is_ascii() {
        word.bytes().for_each(|b| step(b.to_ascii_lowercase()));
    } else {
        let plain = |c| if matches!(c, '’' | '‘' | '`' | '´') { '\'' } else { c };
        for c in word.chars().map(plain).flat_map(char::to_lowercase) {
            c.encode_utf8(&mut [0; 4]).bytes().for_each(&mut step);
        }
    }
    h ^= h >> 15;
    h = h.wrapping_mul(0x2c1b_3c6d);
    (h ^ h >> 13).clamp(1, u32::MAX - 1)
}

/// The hash that entries begin with.
pub fn start() -> u32 {
    START
}

/// Appends the longest name of the gazetteer at each word that begins with a capital, or at each when none does.
fn places(words: &[&str], out: &mut Vec<Match>) {
    let gazetteer = Gazetteer::builtin();
    let capital = |w: &&str| w.starts_with(char::is_uppercase);
    let flat = !words.iter().any(capital);
    let mut free = 0;
    for begin in 0..words.len() {
        let word = words[begin];
        if begin < free || !(flat || capital(&word)) || !word.starts_with(char::is_alphabetic) {
            continue;
        }
        let (mut walk, mut best) = (gazetteer.walk(), None);
        for (n, word) in words[begin..].iter().take(LONGEST).enumerate() {
            // A hyphen is no part of the key.
            if *word == "-" {
                continue;
            }
            let known = if word.is_ascii() && !word.bytes().any(|b| b.is_ascii_uppercase()) {
                walk.step(word)
            } else {
                walk.step(&fold(word))
            };
            if !known {
                break;
            }
            if let Some(sense) = walk.candidates().next() {
                best = Some((begin + n + 1, sense));
            }
        }
        if let Some((end, sense)) = best {
            let kind = match gazetteer.record(sense.entry) {
                _ if sense.demonym => 6,
                Some(r) => match r.kind {
                    EntryKind::Region => 0,
                    EntryKind::Country => 1,
                    EntryKind::Province => 2,
                    EntryKind::District => 3,
                    EntryKind::City if r.population >= 100_000 => 4,
                    EntryKind::City => 5,
                },
                None => continue,
            };
            let doubtful = u8::from(sense.doubt != crate::gazetteer::Doubt::default());
            out.push(Match { begin: begin as u32, end: end as u32, list: GAZETTEER + 2 * kind + doubtful });
            free = end;
        }
    }
}
