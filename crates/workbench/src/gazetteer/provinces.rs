//! The entries of the gazetteer and how they lie in each other.
//!
//! GeoNames numbers provinces in a way of its own, and the source tells the number of each place's province but no name.
//! A province is named through a place in it: by `gazetteer/provinces.txt`, or, where nothing is listed, by the ISO
//! 3166-2 division that shares its name with one of the large places in it, or by what other sources call the division
//! of its places, which is its further name in any case. The few that remain stay nameless.

use super::divisions::{Divisions, divisions};
use super::source::{City, Source};
use anyhow::Context;
use article::fold;
use article::gazetteer::layout::NO_PARENT;
use article::gazetteer::{EntryKind, key};
use std::collections::{BTreeMap, BTreeSet};

/// An entry before it is written; its number is its place in the list.
pub(super) struct Draft {
    pub(super) kind: EntryKind,
    /// The first is printed.
    pub(super) names: Vec<String>,
    pub(super) lat: f32,
    pub(super) lon: f32,
    pub(super) population: u32,
    pub(super) parent: u16,
    /// Whether it is the capital of its country.
    pub(super) capital: bool,
    /// Three letters, for countries.
    pub(super) code: String,
    /// Names in other languages and scripts, to choose from.
    pub(super) variants: Vec<String>,
}

type ProvinceCode<'s> = (&'s str, &'s str);

/// All entries: countries, regions, provinces, districts, cities, in this order.
pub(super) fn entries(source: &Source) -> anyhow::Result<Vec<Draft>> {
    let mut out = Vec::new();
    let mut country_at = BTreeMap::new();
    for (iso2, c) in &source.countries {
        country_at.insert(iso2.as_str(), u16::try_from(out.len())?);
        let mut names = vec![c.name.clone()];
        names.extend(source.aliases.get(&c.iso3).into_iter().flatten().cloned());
        for i in source.iso_countries.iter().filter(|i| i.alpha_3 == c.iso3) {
            names.extend([Some(i.name.clone()), i.official_name.clone(), i.common_name.clone()].into_iter().flatten());
        }
        let (lat, lon) = match source.middles.get(&c.iso3) {
            Some(m) => *m,
            None => middle(source.cities.values().filter(|p| &p.countrycode == iso2)),
        };
        let (kind, population) = (EntryKind::Country, c.population);
        let draft = Draft {
            kind,
            names,
            lat,
            lon,
            population,
            parent: NO_PARENT,
            capital: false,
            code: c.iso3.clone(),
            variants: vec![],
        };
        out.push(draft);
    }
    regions(source, &mut out)?;
    let told = divisions(source);
    let province_at = provinces(source, &told, &country_at, &mut out)?;
    let parent_of = |country: &str, province: &str| {
        province_at.get(&(country, province)).or_else(|| country_at.get(country)).copied()
    };
    let first = u16::try_from(out.len())?;
    districts(&told, parent_of, &mut out);
    counties(source, &told, &province_at, &mut out);
    u16::try_from(out.len()).context("there are too many divisions for the layout")?;
    let capitals = capitals(source);
    for (id, c) in &source.cities {
        let district = told.of_place.get(id).map(|d| first + *d as u16);
        let Some(parent) = district.or_else(|| parent_of(&c.countrycode, &c.admin1code)) else { continue };
        out.push(Draft {
            kind: EntryKind::City,
            names: vec![plain(&c.name)],
            lat: c.latitude,
            lon: c.longitude,
            population: c.population,
            parent,
            capital: capitals.contains(id),
            code: String::new(),
            variants: c.alternatenames.clone(),
        });
    }
    Ok(out)
}

/// The GeoNames numbers of the capitals: the most populous place of the country that bears the capital's name.
fn capitals(source: &Source) -> BTreeSet<u32> {
    let called = |c: &City, wanted: &str| {
        (key(&fold(&c.name)) == wanted, c.alternatenames.iter().any(|n| key(&fold(n)) == wanted))
    };
    let capital = |iso2: &String, name: &String| {
        let wanted = key(&fold(name));
        let here = source.cities.iter().filter(|(_, c)| &c.countrycode == iso2);
        let named = here.filter_map(|(id, c)| {
            let (own, other) = called(c, &wanted);
            (own || other).then_some((own, c.population, *id))
        });
        named.max().map(|(_, _, id)| id)
    };
    source.countries.iter().filter_map(|(iso2, c)| capital(iso2, &c.capital)).collect()
}

fn regions(source: &Source, out: &mut Vec<Draft>) -> anyhow::Result<()> {
    let mut push = |names: Vec<String>, lat, lon, parent| {
        out.push(Draft {
            kind: EntryKind::Region,
            names,
            lat,
            lon,
            population: 0,
            parent,
            capital: false,
            code: String::new(),
            variants: vec![],
        });
    };
    for c in source.continents.values() {
        push(vec![c.name.clone()], c.lat.parse()?, c.lng.parse()?, NO_PARENT);
    }
    for r in &source.regions {
        let parent = match &r.country {
            None => NO_PARENT,
            Some(code) => {
                let at = source.countries.values().position(|c| &c.iso3 == code);
                u16::try_from(at.with_context(|| format!("place-regions.txt: no country `{code}`"))?)?
            }
        };
        push(r.names.clone(), r.lat, r.lon, parent);
    }
    Ok(())
}

fn provinces<'s>(
    source: &'s Source,
    told: &Divisions<'s>,
    country_at: &BTreeMap<&str, u16>,
    out: &mut Vec<Draft>,
) -> anyhow::Result<BTreeMap<ProvinceCode<'s>, u16>> {
    let mut cities: BTreeMap<ProvinceCode, Vec<&City>> = BTreeMap::new();
    for c in source.cities.values().filter(|c| !c.admin1code.is_empty() && c.admin1code != "00") {
        cities.entry((&c.countrycode, &c.admin1code)).or_default().push(c);
    }
    for list in cities.values_mut() {
        list.sort_by_key(|c| std::cmp::Reverse(c.population));
    }
    let mut names: BTreeMap<ProvinceCode, Vec<String>> = BTreeMap::new();
    let mut middles: BTreeMap<ProvinceCode, (f32, f32)> = BTreeMap::new();
    for s in &source.seats {
        let code = province_of(source, &s.country, &s.place)
            .with_context(|| format!("provinces.txt: {} has no place `{}` in a province", s.country, s.place))?;
        if let Some(before) = names.insert(code, s.names.clone()) {
            anyhow::bail!(
                "provinces.txt: `{}` lies in {}, which is listed already; name another place",
                s.place,
                before.join(", ")
            );
        }
        if let Some(m) = s.middle {
            middles.insert(code, m);
        }
    }
    by_namesake(source, &cities, &mut names);
    for (code, more) in &told.provinces {
        let list = names.entry(*code).or_default();
        let known: BTreeSet<String> = list.iter().map(|n| key(&fold(n))).collect();
        list.extend(more.iter().map(|n| plain(n)).filter(|n| !known.contains(&key(&fold(n)))));
    }
    let mut at = BTreeMap::new();
    for (code, list) in &cities {
        let Some(parent) = country_at.get(code.0) else { continue };
        at.insert(*code, u16::try_from(out.len())?);
        let (lat, lon) = middles.get(code).copied().unwrap_or_else(|| middle(list.iter().copied()));
        out.push(Draft {
            kind: EntryKind::Province,
            names: names.remove(code).unwrap_or_default(),
            lat,
            lon,
            population: list.iter().map(|c| c.population).fold(0, u32::saturating_add),
            parent: *parent,
            capital: false,
            code: String::new(),
            variants: vec![],
        });
    }
    Ok(at)
}

/// The province of the most populous place called `seat` in `country`, by its own name if any is, else by another.
fn province_of<'s>(source: &'s Source, country: &str, seat: &str) -> Option<ProvinceCode<'s>> {
    let wanted = key(&fold(seat));
    let here = || {
        source.cities.values().filter(|c| c.countrycode == country && !c.admin1code.is_empty() && c.admin1code != "00")
    };
    let own = here().filter(|c| key(&fold(&c.name)) == wanted).max_by_key(|c| c.population);
    let city = own.or_else(|| {
        here().filter(|c| c.alternatenames.iter().any(|n| key(&fold(n)) == wanted)).max_by_key(|c| c.population)
    })?;
    Some((&city.countrycode, &city.admin1code))
}

/// Names the unnamed provinces after the ISO divisions that share their name with a large place.
fn by_namesake<'s>(
    source: &'s Source,
    cities: &BTreeMap<ProvinceCode<'s>, Vec<&'s City>>,
    names: &mut BTreeMap<ProvinceCode<'s>, Vec<String>>,
) {
    let named: BTreeSet<(String, String)> =
        names.iter().flat_map(|(code, list)| list.iter().map(|n| (code.0.to_owned(), key(&fold(n))))).collect();
    let mut found = Vec::new();
    for (code, list) in cities.iter().filter(|(code, _)| !names.contains_key(*code)) {
        let mut rank_of: BTreeMap<String, usize> = BTreeMap::new();
        for (rank, c) in list.iter().take(20).enumerate() {
            for n in std::iter::once(&c.name).chain(&c.alternatenames) {
                rank_of.entry(key(&fold(n))).or_insert(rank);
            }
        }
        for d in source.divisions.iter().filter(|d| d.code.split('-').next() == Some(code.0)) {
            for name in d.name.split(['[', '(', '/', ',', ']', ')']).map(|n| core(n, source)).filter(|n| !n.is_empty())
            {
                if named.contains(&(code.0.to_owned(), name.clone())) {
                    continue;
                }
                if let Some(rank) = rank_of.get(&name) {
                    // Best ranks first, then divisions of the first level.
                    found.push((*rank * 2 + usize::from(d.parent.is_some()), *code, &d.code, &d.name));
                }
            }
        }
    }
    found.sort();
    let mut used = BTreeSet::new();
    for (_, code, division, name) in found {
        if !names.contains_key(&code) && used.insert(division) {
            let called = name.split(['[', '(']).next().unwrap_or(name).trim();
            names.insert(code, vec![plain(called)]);
        }
    }
}

/// The key of a division's name without words such as "province".
fn core(name: &str, source: &Source) -> String {
    let k = key(&fold(name));
    k.split(' ').filter(|w| !source.kinds.contains(*w)).collect::<Vec<_>>().join(" ")
}

/// Divisions below the first level, and former ones, at the middle of their places.
fn districts(told: &Divisions, parent_of: impl Fn(&str, &str) -> Option<u16>, out: &mut Vec<Draft>) {
    for d in &told.others {
        let n = d.points.len().max(1) as f32;
        let wide = d.first_level && d.province.is_none();
        out.push(Draft {
            kind: if wide { EntryKind::Province } else { EntryKind::District },
            names: d.names.iter().map(|n| plain(n)).collect(),
            lat: d.points.iter().map(|p| p.0).sum::<f32>() / n,
            lon: d.points.iter().map(|p| p.1).sum::<f32>() / n,
            population: d.population,
            parent: parent_of(d.country, d.province.unwrap_or("")).unwrap_or(NO_PARENT),
            capital: false,
            code: String::new(),
            variants: vec![],
        });
    }
}

/// The few counties of the United States in which no place is known stand at the middle of their state.
fn counties(source: &Source, told: &Divisions, province_at: &BTreeMap<ProvinceCode, u16>, out: &mut Vec<Draft>) {
    let known: BTreeSet<(&str, String)> =
        told.others.iter().filter_map(|d| Some((d.province?, key(&fold(d.names.first()?))))).collect();
    for c in &source.counties {
        let Some(state) = province_at.get(&("US", c.state.as_str())) else { continue };
        let name = key(&fold(&c.name));
        if known.contains(&(&c.state, name.clone())) || known.contains(&(&c.state, name.replace("st ", "saint "))) {
            continue;
        }
        let (lat, lon) = (out[*state as usize].lat, out[*state as usize].lon);
        out.push(Draft {
            kind: EntryKind::District,
            names: vec![c.name.clone()],
            lat,
            lon,
            population: 0,
            parent: *state,
            capital: false,
            code: String::new(),
            variants: vec![],
        });
    }
}

/// The middle of the one-degree cells that have places: nearer to the middle of the land than that of the people.
fn middle<'c>(cities: impl Iterator<Item = &'c City>) -> (f32, f32) {
    let cells: BTreeSet<(i32, i32)> = cities.map(|c| (c.latitude.floor() as i32, c.longitude.floor() as i32)).collect();
    if cells.is_empty() {
        return (0.0, 0.0);
    }
    let n = cells.len() as f64;
    // Longitudes are turned so that a country on both sides of the date line does not come out on the far side.
    let first = cells.first().map_or(0, |c| c.1);
    let turn = |lon: i32| (lon - first + 180).rem_euclid(360) - 180 + first;
    let lat = cells.iter().map(|c| f64::from(c.0) + 0.5).sum::<f64>() / n;
    let lon = cells.iter().map(|c| f64::from(turn(c.1)) + 0.5).sum::<f64>() / n;
    (lat as f32, ((lon + 540.0).rem_euclid(360.0) - 180.0) as f32)
}

/// The name as English prints it: marks of transliteration go, accents of European spelling stay.
fn plain(name: &str) -> String {
    let marked = |c: char| {
        !c.is_ascii()
            && !('\u{c0}'..='\u{ff}').contains(&c)
            && (c.is_alphabetic() && !is_european(c) || !c.is_alphabetic())
    };
    if !name.chars().any(marked) {
        return name.to_owned();
    }
    let mut out = String::new();
    for c in name.chars() {
        let folded = fold(&c.to_string());
        match c {
            '‘' | 'ʻ' | 'ʿ' => {}
            '’' | 'ʼ' | 'ʾ' => out.push('\''),
            c if c.is_uppercase() => out.extend(folded.chars().flat_map(char::to_uppercase)),
            _ => out.push_str(&folded),
        }
    }
    out
}

/// Letters of European spellings outside Latin-1: Polish, Czech, Turkish, Romanian and their like.
fn is_european(c: char) -> bool {
    ('\u{100}'..='\u{17f}').contains(&c) && !"āēīōūĀĒĪŌŪ".contains(c)
}
