//! The gazetteer: countries, regions, provinces, districts and places from 500 inhabitants, with the names they go by.
//!
//! It is compiled by the workbench (see `gazetteer/README.md`) into one file that is built into the program and read in
//! place: records of fixed width, a table of strings, and a finite-state map from names to records. Nothing is decoded
//! when it is opened, so that opening costs microseconds.
//!
//! ```
//! use article::gazetteer::{EntryKind, Gazetteer};
//! let gaz = Gazetteer::builtin();
//! let kunduz = gaz.lookup("qunduz").next().unwrap();
//! let entry = gaz.entry(kunduz.entry).unwrap();
//! assert_eq!((entry.name, entry.country), ("Kunduz", "AFG"));
//! assert_eq!(gaz.country("CIV").unwrap().kind, EntryKind::Country);
//! ```

mod key;
pub mod layout;
mod walk;

pub use key::key;
pub use layout::Doubt;
pub use walk::Walk;

use layout::{HEAD, MAGIC, NO_PARENT, Name, RECORD, Record, SECTIONS, Sense, Senses, VERSION};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

static BYTES: &[u8] = include_bytes!("../../../gazetteer/places.bin");

/// A compiled gazetteer. *Cost*: opening reads the head only; a lookup walks the name's bytes.
pub struct Gazetteer {
    entries: &'static [u8],
    codes: &'static [u8],
    senses: &'static [u8],
    strings: &'static str,
    names: fst::raw::Fst<&'static [u8]>,
}

/// What an entry is, coarsest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum EntryKind {
    /// A region that spans countries or provinces, a continent, a sea: "the Sahel".
    Region = 0,
    /// A country or dependent territory with an ISO 3166-1 code.
    Country = 1,
    /// A first-level division: province, state, governorate.
    Province = 2,
    /// A second-level division: county, district.
    District = 3,
    /// A populated place: city, town or village.
    City = 4,
}

impl EntryKind {
    fn from_code(code: u8) -> Option<EntryKind> {
        use EntryKind::*;
        [Region, Country, Province, District, City].get(code as usize).copied()
    }
}

/// One place of the gazetteer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Entry<'g> {
    /// Its number in this gazetteer; another compilation may number otherwise, so it is not for storing.
    pub id: u32,
    /// The name it is printed under; empty for the few provinces whose name the source does not tell.
    pub name: &'g str,
    /// What it is.
    pub kind: EntryKind,
    /// ISO 3166-1 code of three letters; empty for a region that lies in several countries.
    pub country: &'g str,
    /// The country's name; empty like the code.
    pub country_name: &'g str,
    /// The name of the province it is or lies in; empty where there is none.
    pub admin1: &'g str,
    /// Degrees north. A country's or province's point is its middle, a place's point its centre.
    pub lat: f32,
    /// Degrees east.
    pub lon: f32,
    /// Inhabitants, 0 where unknown; of a province, the sum over its known places.
    pub population: u32,
    /// Whether its own name means a place even without a word in favour.
    pub trusted: bool,
    /// The entry it lies in: district, province or country.
    pub parent: Option<u32>,
}

/// One thing that a looked-up name may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// The entry.
    pub entry: u32,
    /// The name is the entry's own, not a variant of it.
    pub main: bool,
    /// The name is a demonym: it tells the country, and is no place itself.
    pub demonym: bool,
    /// Why the name cannot be trusted alone, the same for all candidates of a name.
    pub doubt: Doubt,
}

/// The bytes are no gazetteer that this program can read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// They do not begin as a compiled gazetteer does.
    #[error("this is no compiled gazetteer; make one with `workbench gazetteer`")]
    NotAGazetteer,
    /// They were compiled by another version.
    #[error(
        "the gazetteer has format version {0}, this program reads {VERSION}; compile it again with `workbench gazetteer`"
    )]
    Version(u32),
    /// A section lies outside the file or is not what it should be.
    #[error("the gazetteer is damaged in its {0}; compile it again with `workbench gazetteer`")]
    Damaged(&'static str),
}

impl std::fmt::Debug for Gazetteer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gazetteer").field("entries", &self.len()).field("names", &self.names()).finish()
    }
}

impl Gazetteer {
    /// The gazetteer built into the program. *Cost*: microseconds the first time, nothing after.
    pub fn builtin() -> &'static Gazetteer {
        // A test opens the built-in file, so a build that passed its tests cannot fail here.
        static BUILTIN: LazyLock<Gazetteer> =
            LazyLock::new(|| Gazetteer::from_bytes(BYTES).expect("the built-in gazetteer is whole"));
        &BUILTIN
    }

    /// The gazetteer in `bytes`. *Errors*: not a gazetteer, another version, sections that do not fit.
    pub fn from_bytes(bytes: &'static [u8]) -> Result<Gazetteer, Error> {
        if bytes.get(..MAGIC.len()) != Some(&MAGIC) {
            return Err(Error::NotAGazetteer);
        }
        let version = word(bytes, 8).ok_or(Error::NotAGazetteer)?;
        if version != VERSION {
            return Err(Error::Version(version));
        }
        let mut parts: [&'static [u8]; SECTIONS] = [&[]; SECTIONS];
        for (i, part) in parts.iter_mut().enumerate() {
            let at = 12 + i * 8;
            let section = || {
                let (start, len) = (word(bytes, at)? as usize, word(bytes, at + 4)? as usize);
                bytes.get(start..start.checked_add(len)?).filter(|_| start >= HEAD)
            };
            *part = section().ok_or(Error::Damaged("head"))?;
        }
        let [entries, codes, senses, strings, names] = parts;
        if entries.len() % RECORD != 0
            || codes.len() % 3 != 0
            || codes.len() / 3 > entries.len() / RECORD
            || !codes.is_ascii()
        {
            return Err(Error::Damaged("entries"));
        }
        let strings = std::str::from_utf8(strings).map_err(|_| Error::Damaged("strings"))?;
        let names = fst::raw::Fst::new(names).map_err(|_| Error::Damaged("names"))?;
        Ok(Gazetteer { entries, codes, senses, strings, names })
    }

    /// Number of entries; their numbers are below it.
    pub fn len(&self) -> usize {
        self.entries.len() / RECORD
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Number of distinct names.
    pub fn names(&self) -> usize {
        self.names.len()
    }

    /// What a name may mean. *Shape*: `folded` is a name as [`fold`](crate::fold) leaves it; hyphens, apostrophes and
    /// stray dots do not matter. Candidates come most populous first. *Cost*: one allocation for the key.
    pub fn lookup(&self, folded: &str) -> impl Iterator<Item = Candidate> + '_ {
        let found = self.names.get(key(folded)).map(|v| Name::from_code(v.value()));
        self.candidates(found)
    }

    /// Begins a walk over names word by word, for finding the longest name at a token.
    pub fn walk(&self) -> Walk<'_> {
        Walk::new(self)
    }

    fn candidates(&self, name: Option<Name>) -> impl Iterator<Item = Candidate> + '_ {
        let doubt = name.map_or(Doubt::default(), |n| n.doubt);
        let (one, list) = match name.map(|n| n.senses) {
            None => (None, &[][..]),
            Some(Senses::One(s)) => (Some(s), &[][..]),
            Some(Senses::List(at)) => (None, self.list(at)),
        };
        let listed = list.chunks_exact(4).map(|b| Sense::from_code(u32::from_le_bytes([b[0], b[1], b[2], b[3]])));
        one.into_iter().chain(listed).map(move |s| Candidate {
            entry: s.entry,
            main: s.main,
            demonym: s.demonym,
            doubt,
        })
    }

    fn list(&self, at: u32) -> &'static [u8] {
        let start = (at as usize).saturating_mul(4);
        let count = word(self.senses, start).unwrap_or(0) as usize;
        self.senses.get(start + 4..start + 4 + count.saturating_mul(4)).unwrap_or(&[])
    }

    /// The record of an entry, without its country and province: the cheap way when only numbers are needed.
    pub fn record(&self, id: u32) -> Option<Record> {
        let at = (id as usize).checked_mul(RECORD)?;
        Record::from_bytes(self.entries.get(at..at + RECORD)?)
    }

    /// The entry with number `id`.
    pub fn entry(&self, id: u32) -> Option<Entry<'_>> {
        let r = self.record(id)?;
        let country = self.country_of(id);
        let province = self.province_of(id);
        Some(Entry {
            id,
            name: self.name_of(&r),
            kind: r.kind,
            country: country.map_or("", |c| self.code(c)),
            country_name: country.map_or("", |c| self.name(c)),
            admin1: province.map_or("", |p| self.name(p)),
            lat: r.lat,
            lon: r.lon,
            population: r.population,
            trusted: r.trusted,
            parent: (r.parent != NO_PARENT).then_some(r.parent.into()),
        })
    }

    /// The country with the given ISO 3166-1 code of three letters.
    pub fn country(&self, iso3: &str) -> Option<Entry<'_>> {
        let at = self.codes.chunks_exact(3).position(|c| c == iso3.as_bytes())?;
        self.entry(u32::try_from(at).ok()?)
    }

    /// The country that an entry is or lies in.
    pub fn country_of(&self, id: u32) -> Option<u32> {
        self.ancestor(id, EntryKind::Country)
    }

    /// The province that an entry is or lies in.
    pub fn province_of(&self, id: u32) -> Option<u32> {
        self.ancestor(id, EntryKind::Province)
    }

    /// The country, province and district that an entry is or lies in, as far as known; in one walk.
    pub(crate) fn homes(&self, id: u32) -> [Option<u32>; 3] {
        let mut homes = [None; 3];
        let mut at = Some(id);
        for _ in 0..4 {
            let Some((e, r)) = at.and_then(|e| Some((e, self.record(e)?))) else { break };
            match r.kind {
                EntryKind::Country => homes[0] = Some(e),
                EntryKind::Province => homes[1] = Some(e),
                EntryKind::District => homes[2] = Some(e),
                EntryKind::Region | EntryKind::City => {}
            }
            at = (r.parent != NO_PARENT).then_some(r.parent.into());
        }
        homes
    }

    /// Whether `inner` is `outer` or lies in it, as far as the gazetteer's hierarchy tells.
    pub fn within(&self, inner: u32, outer: u32) -> bool {
        inner == outer || self.lineage(inner).any(|e| e == outer)
    }

    fn ancestor(&self, id: u32, kind: EntryKind) -> Option<u32> {
        std::iter::once(id).chain(self.lineage(id)).find(|e| self.record(*e).is_some_and(|r| r.kind == kind))
    }

    /// The entries that `id` lies in, nearest first; no deeper than the hierarchy is, whatever the bytes say.
    fn lineage(&self, id: u32) -> impl Iterator<Item = u32> + '_ {
        let up = |e: &u32| self.record(*e).filter(|r| r.parent != NO_PARENT).map(|r| u32::from(r.parent));
        std::iter::successors(up(&id), up).take(3)
    }

    fn code(&self, country: u32) -> &str {
        let at = country as usize * 3;
        self.codes.get(at..at + 3).and_then(|c| std::str::from_utf8(c).ok()).unwrap_or("")
    }

    fn name(&self, id: u32) -> &str {
        self.record(id).map_or("", |r| self.name_of(&r))
    }

    fn name_of(&self, r: &Record) -> &str {
        let at = r.name_at as usize;
        self.strings.get(at..at + r.name_len as usize).unwrap_or("")
    }
}

/// Great-circle distance in kilometres between two points given as (degrees north, degrees east).
pub fn distance(a: (f32, f32), b: (f32, f32)) -> f32 {
    const EARTH: f32 = 6371.0;
    let (la, lb) = (a.0.to_radians(), b.0.to_radians());
    let (dlat, dlon) = (lb - la, (b.1 - a.1).to_radians());
    let h = (dlat / 2.0).sin().powi(2) + la.cos() * lb.cos() * (dlon / 2.0).sin().powi(2);
    2.0 * EARTH * h.clamp(0.0, 1.0).sqrt().asin()
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    let b = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

#[cfg(test)]
mod tests;
