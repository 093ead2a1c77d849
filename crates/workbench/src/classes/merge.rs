//! Recipe and WordNet to the table: each noun with its senses and their shares.

use super::recipe::{Key, Recipe};
use super::wordnet::WordNet;
use anyhow::Context;
use article::classes::{Class, ClassSet, Sense};
use std::collections::{BTreeMap, BTreeSet};

/// The share that a sense of our own takes before WordNet's.
const OWN: f32 = 0.7;
/// No more senses than these are kept; the rest goes into the last.
const MOST: usize = 6;
/// Longer phrases are rare in news, and their last words tell enough.
const WORDS: usize = 4;

/// What the table says of a noun.
#[derive(Clone)]
pub(super) struct Entry {
    pub(super) senses: Vec<Sense>,
    /// It is an irregular plural.
    pub(super) plural: bool,
}

/// Each noun with its senses. *Errors*: the recipe names a sense that WordNet has not.
pub(super) fn table(recipe: &Recipe, wordnet: &WordNet) -> anyhow::Result<BTreeMap<String, Entry>> {
    let sets = sets(recipe, wordnet)?;
    let mut out = BTreeMap::new();
    let own = recipe.also.keys().chain(recipe.only.keys()).map(|noun| noun.replace(' ', "_"));
    let nouns: BTreeSet<String> = wordnet.senses.keys().cloned().chain(own).collect();
    for key in nouns {
        let noun = article::fold(&key.replace('_', " "));
        if noun.split(' ').count() > WORDS {
            continue;
        }
        let not = recipe.not.get(&noun).copied().unwrap_or_default();
        let mut senses: Vec<(ClassSet, f32)> = Vec::new();
        if !recipe.only.contains_key(&noun) {
            let all = wordnet.senses.get(&key).into_iter().flatten().enumerate();
            for (n, id) in all.filter(|(_, id)| !wordnet.single.contains(id)) {
                let count = wordnet.counts.get(&(key.clone(), n + 1)).copied().unwrap_or(0);
                // Senses that were never met are in WordNet's own order.
                let weight = count as f32 + 1.0 / (n + 1) as f32;
                senses.push((sets.get(id).copied().unwrap_or_default().without(not), weight));
            }
        }
        let ours = recipe.only.get(&noun).or(recipe.also.get(&noun)).copied();
        if let Some(senses) = shares(senses, ours) {
            out.insert(noun, Entry { senses, plural: false });
        }
    }
    for (many, one) in &wordnet.plurals {
        let many = article::fold(&many.replace('_', " "));
        if let Some(entry) = out.get(&article::fold(&one.replace('_', " "))).filter(|_| !out.contains_key(&many)) {
            let plural = Entry { plural: true, ..entry.clone() };
            out.insert(many, plural);
        }
    }
    drop_plurals_of_people(recipe, &mut out);
    drop_what_the_last_word_tells(&mut out);
    for (ending, set) in &recipe.endings {
        let senses = vec![Sense { classes: *set, share: 100 }];
        out.insert(format!("*{ending}"), Entry { senses, plural: false });
    }
    Ok(out)
}

/// Each synset with its classes and all that these imply.
fn sets(recipe: &Recipe, wordnet: &WordNet) -> anyhow::Result<BTreeMap<u32, ClassSet>> {
    let synset = |(noun, n): &Key| {
        let id = wordnet.senses.get(noun).and_then(|s| s.get(n - 1)).copied();
        id.with_context(|| format!("WordNet has no noun {noun}#{n}, which the recipe names"))
    };
    let mut out: BTreeMap<u32, ClassSet> = BTreeMap::new();
    for class in Class::ALL {
        let ids =
            |keys: Option<&Vec<Key>>| keys.into_iter().flatten().map(synset).collect::<anyhow::Result<Vec<u32>>>();
        let mut seen: BTreeSet<u32> = ids(recipe.except.get(class))?.into_iter().collect();
        let mut open = ids(recipe.under.get(class))?;
        while let Some(id) = open.pop() {
            if seen.insert(id) {
                let set = out.entry(id).or_default();
                *set = set.union(recipe.implied[class]);
                open.extend(wordnet.narrower.get(&id).into_iter().flatten());
            }
        }
    }
    Ok(out)
}

/// Senses of the same classes as one, in order, with shares; none if no sense has a class.
fn shares(senses: Vec<(ClassSet, f32)>, ours: Option<ClassSet>) -> Option<Vec<Sense>> {
    let whole: f32 = senses.iter().map(|(_, w)| w).sum();
    let scale = match (ours, whole > 0.0) {
        (Some(_), true) => (1.0 - OWN) / whole,
        (None, true) => 1.0 / whole,
        _ => 0.0,
    };
    // What WordNet knows of our sense, besides, it shall keep: a bishop is a leader, too.
    let fuller = |set: ClassSet| senses.iter().map(|(s, _)| *s).find(|s| set.without(*s).is_empty()).unwrap_or(set);
    let ours = ours.map(|set| (fuller(set), if whole > 0.0 { OWN } else { 1.0 }));
    let mut merged: Vec<(ClassSet, f32)> = Vec::new();
    for (set, share) in ours.into_iter().chain(senses.iter().map(|(s, w)| (*s, w * scale))) {
        match merged.iter_mut().find(|(s, _)| *s == set) {
            Some((_, sum)) => *sum += share,
            None => merged.push((set, share)),
        }
    }
    if merged.iter().all(|(s, _)| s.is_empty()) {
        return None;
    }
    let rest: f32 = merged.iter().skip(MOST).map(|(_, s)| s).sum();
    merged.truncate(MOST);
    if rest > 0.0 {
        match merged.iter_mut().find(|(s, _)| s.is_empty()) {
            Some((_, sum)) => *sum += rest,
            None => merged.push((ClassSet::default(), rest)),
        }
    }
    // Coarse shares make equal lists, and no count is exact anyway.
    Some(
        merged
            .into_iter()
            .map(|(classes, s)| Sense { classes, share: ((s * 20.0).round() * 5.0).max(1.0) as u8 })
            .collect(),
    )
}

/// WordNet has some plurals by themselves, as men for the crew of a ship; those of people mean people in news.
fn drop_plurals_of_people(recipe: &Recipe, table: &mut BTreeMap<String, Entry>) {
    let person = |noun: &str| table.get(noun).is_some_and(|e| e.senses[0].classes.has(Class::Person));
    let plural = |noun: &String| {
        let singular = |(many, one): &(String, String)| Some(format!("{}{one}", noun.strip_suffix(many.as_str())?));
        !table[noun].plural && !person(noun) && recipe.plurals.iter().filter_map(singular).any(|one| person(&one))
    };
    let plurals: Vec<String> = table.keys().filter(|noun| plural(noun)).cloned().collect();
    for noun in plurals {
        table.remove(&noun);
    }
}

/// A phrase whose main sense is that of its last words is found by those.
fn drop_what_the_last_word_tells(table: &mut BTreeMap<String, Entry>) {
    let main = |entry: &Entry| entry.senses.first().map(|s| s.classes);
    let known = |noun: &str| {
        let mut rest = noun;
        while let Some((_, tail)) = rest.split_once(' ') {
            if let Some(entry) = table.get(tail) {
                return main(entry) == main(&table[noun]);
            }
            rest = tail;
        }
        false
    };
    let told: Vec<String> = table.keys().filter(|noun| known(noun)).cloned().collect();
    for noun in told {
        table.remove(&noun);
    }
}
