//! The names under which entries are found, and which of them are too ambiguous to trust alone.
//!
//! Doubt comes from general lists and counts, never from a list of bad places: a name that is a lower-case English word,
//! a common given name, or the name of small places only. A name that a country or a great city bears is not doubted,
//! because in a report it means that place.

use super::provinces::Draft;
use super::source::Source;
use article::fold;
use article::gazetteer::layout::{Doubt, Sense};
use article::gazetteer::{EntryKind, key};
use std::collections::BTreeMap;

/// A place this large is meant although its name is also a word.
const GREAT: u32 = 500_000;
/// A place this large is meant although its name is also a given name.
const GREATEST: u32 = 1_000_000;
/// Below this the name of a place needs a word in its favour.
const SMALL: u32 = 15_000;
/// The same for a name that is only a variant of others' names.
const SMALL_VARIANT: u32 = 200_000;
/// Below this only spellings close to the own name are kept.
const KNOWN: u32 = 10_000;

/// The senses and doubts of each key.
pub(super) type Names = BTreeMap<String, (Doubt, Vec<Sense>)>;

/// All names of all entries.
pub(super) fn names(source: &Source, entries: &[Draft]) -> Names {
    let mut senses: BTreeMap<String, BTreeMap<u32, Sense>> = BTreeMap::new();
    let mut add = |name: String, sense: Sense| {
        if name.len() >= 2 && name.len() <= 60 {
            for short in other_lengths(source, &name) {
                senses.entry(short).or_default().entry(sense.entry).or_insert(Sense { main: false, ..sense });
            }
            let s = senses.entry(name).or_default().entry(sense.entry).or_insert(sense);
            s.main |= sense.main;
        }
    };
    let mut short: BTreeMap<String, Doubt> = BTreeMap::new();
    for (id, e) in (0u32..).zip(entries) {
        for (i, n) in e.names.iter().enumerate() {
            let doubt = Doubt { capitals: is_acronym(n), bound: is_abbreviation(e, i), ..Doubt::default() };
            if !doubt.none() {
                short.insert(key(&fold(n)), doubt);
            }
            add(without_article(&key(&fold(n))), Sense { entry: id, main: i == 0, demonym: false });
        }
        let own = e.names.first().map(|n| key(&fold(n))).unwrap_or_default();
        for n in variants(source, e) {
            // "New York" is as much the name of New York City as the full form.
            let main = own.strip_suffix(" city") == Some(n.as_str());
            add(n, Sense { entry: id, main, demonym: false });
        }
        for d in source.demonyms.get(&e.code).into_iter().flatten() {
            add(key(&fold(d)), Sense { entry: id, main: false, demonym: true });
        }
    }
    senses
        .into_iter()
        .map(|(name, senses)| {
            let mut list: Vec<Sense> = senses.into_values().collect();
            list.sort_by_key(|s| (std::cmp::Reverse(entries[s.entry as usize].population), s.entry));
            let doubt = doubt(source, entries, &name, &list, short.get(&name).copied().unwrap_or_default());
            (name, (doubt, list))
        })
        .collect()
}

fn doubt(source: &Source, entries: &[Draft], name: &str, senses: &[Sense], short: Doubt) -> Doubt {
    let of = |s: &Sense| &entries[s.entry as usize];
    let country = senses.iter().any(|s| of(s).kind == EntryKind::Country);
    let largest = senses.iter().filter(|s| s.main).map(|s| of(s).population).max().unwrap_or(0);
    // "Zambales" alone is as much in doubt as a town, "Zambales Province" is not.
    let told = name.split_once(' ').is_some() && name.split(' ').any(|w| source.english.contains(w));
    let cities = !told && senses.iter().all(|s| matches!(of(s).kind, EntryKind::City | EntryKind::District));
    let any = senses.iter().map(|s| of(s).population).max().unwrap_or(0);
    Doubt {
        word: !country && largest < GREAT && source.words.contains(name),
        person: !country && largest < GREATEST && source.given_names.contains(name),
        minor: cities && (any < SMALL || !senses.iter().any(|s| s.main) && any < SMALL_VARIANT),
        ..short
    }
}

/// "US", "DRC": written in capitals, or it is something else.
fn is_acronym(name: &str) -> bool {
    name.len() <= 5 && name.bytes().all(|b| b.is_ascii_uppercase())
}

/// "Ga", "Calif", "TX": only after the name of a place in it.
fn is_abbreviation(e: &Draft, at: usize) -> bool {
    let (name, own) = (&e.names[at], &e.names[0]);
    let written_out = is_acronym(name) || name.contains('.');
    let short = name.len() <= 5 && name.len() < own.len() && !written_out && shortens(name, own);
    let word = own.split(' ').any(|w| w == name);
    e.kind == EntryKind::Province && at > 0 && !word && (name.len() == 2 || short)
}

/// Whether the letters of `short` stand in `long` in this order.
fn shortens(short: &str, long: &str) -> bool {
    let mut letters = long.chars().map(|c| c.to_ascii_lowercase());
    short.chars().all(|c| letters.any(|l| l == c.to_ascii_lowercase()))
}

fn without_article(k: &str) -> String {
    k.strip_prefix("the ").unwrap_or(k).to_owned()
}

/// The name with words such as "saint" written short, or written out.
fn other_lengths(source: &Source, name: &str) -> Vec<String> {
    let words: Vec<&str> = name.split(' ').collect();
    let mut out = Vec::new();
    if words.len() < 2 {
        return out;
    }
    for (long, shorts) in &source.short {
        for short in shorts {
            for (from, to) in [(long, short), (short, long)] {
                if words.contains(&from.as_str()) {
                    let other = words.iter().map(|w| if w == from { to.as_str() } else { *w });
                    out.push(other.collect::<Vec<_>>().join(" "));
                }
            }
        }
    }
    out
}

/// The keys of the other names of `e` that a report in English may use.
fn variants<'d>(source: &'d Source, e: &'d Draft) -> impl Iterator<Item = String> + 'd {
    let own = e.names.first().map(|n| key(&fold(n))).unwrap_or_default();
    e.variants.iter().filter(|n| is_printed(n)).map(|n| key(&fold(n))).filter(move |k| {
        let letters = k.bytes().filter(u8::is_ascii_alphabetic).count();
        letters >= 3
            && k.split(' ').count() <= 4
            && (e.population >= GREATEST || !source.words.contains(k) && !source.given_names.contains(k))
            && (e.population >= KNOWN || is_close(k, &own))
    })
}

/// A Latin name as it is printed: begins with a capital (or an article such as "al-"), has no digits, and is not all
/// capitals, which are codes of airports.
fn is_printed(name: &str) -> bool {
    let letters = |c: char| c.is_alphabetic() && fold(&c.to_string()).is_ascii();
    let marks = |c: char| matches!(c, ' ' | '-' | '.' | '\'' | '’' | '‘' | 'ʻ' | '`');
    let first =
        name.split([' ', '-']).find(|w| w.chars().count() > 3 || w.chars().next().is_some_and(char::is_uppercase));
    first.is_some_and(|w| w.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase))
        && name.chars().any(char::is_lowercase)
        && name.chars().all(|c| letters(c) || marks(c))
}

/// Whether two keys are spellings of one name: few letters differ.
fn is_close(a: &str, b: &str) -> bool {
    let (a, b): (Vec<u8>, Vec<u8>) = (letters(a), letters(b));
    let longer = a.len().max(b.len());
    if a.first() != b.first() && longer > 4 || a.len().abs_diff(b.len()) > longer / 3 {
        return false;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()] * 3 <= longer
}

fn letters(k: &str) -> Vec<u8> {
    k.bytes().filter(|b| *b != b' ').collect()
}
