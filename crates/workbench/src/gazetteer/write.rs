//! Writes entries and names in the layout that the program reads in place.

use super::names::Names;
use super::provinces::Draft;
use anyhow::Context;
use article::fold;
use article::gazetteer::layout::{HEAD, MAGIC, Name, Record, SECTIONS, Sense, Senses, VERSION};
use article::gazetteer::{EntryKind, key};
use std::collections::BTreeMap;

/// The compiled gazetteer.
pub(super) fn bytes(entries: &[Draft], names: &Names) -> anyhow::Result<Vec<u8>> {
    let mut strings = String::new();
    let mut string_at: BTreeMap<&str, u32> = BTreeMap::new();
    let mut records = Vec::new();
    let mut codes = Vec::new();
    for e in entries {
        let name = e.names.first().map_or("", String::as_str);
        let name_at = *string_at.entry(name).or_insert_with(|| {
            strings.push_str(name);
            (strings.len() - name.len()) as u32
        });
        let trusted = names.get(&key(&fold(name))).is_some_and(|(doubt, _)| doubt.none());
        let record = Record {
            name_at,
            name_len: u8::try_from(name.len()).with_context(|| format!("the name `{name}` is too long"))?,
            lat: e.lat,
            lon: e.lon,
            population: e.population,
            parent: e.parent,
            kind: e.kind,
            trusted,
            capital: e.capital,
        };
        records.extend(record.to_bytes());
        if e.kind == EntryKind::Country {
            codes.extend(e.code.bytes());
        }
    }
    anyhow::ensure!(strings.len() < 1 << 24 && entries.len() < 1 << 22, "too many names or entries for the layout");
    let (senses, map) = map(names)?;
    Ok(assemble([&records, &codes, &senses, strings.as_bytes(), &map]))
}

/// The section of senses, in which equal lists are written once, and the map of names.
fn map(names: &Names) -> anyhow::Result<(Vec<u8>, Vec<u8>)> {
    let mut senses: Vec<u32> = Vec::new();
    let mut list_at: BTreeMap<&[Sense], u32> = BTreeMap::new();
    let mut map = fst::MapBuilder::memory();
    for (name, (doubt, list)) in names {
        let where_ = match list[..] {
            [one] => Senses::One(one),
            _ => Senses::List(*list_at.entry(list).or_insert_with(|| {
                let at = senses.len() as u32;
                senses.push(list.len() as u32);
                senses.extend(list.iter().map(|s| s.code()));
                at
            })),
        };
        map.insert(name, Name { doubt: *doubt, senses: where_ }.code())?;
    }
    Ok((senses.iter().flat_map(|s| s.to_le_bytes()).collect(), map.into_inner()?))
}

fn assemble(sections: [&[u8]; SECTIONS]) -> Vec<u8> {
    let mut out = Vec::from(MAGIC);
    out.extend(VERSION.to_le_bytes());
    let mut at = HEAD;
    for s in sections {
        out.extend((at as u32).to_le_bytes());
        out.extend((s.len() as u32).to_le_bytes());
        at += s.len();
    }
    for s in sections {
        out.extend(s);
    }
    out
}
