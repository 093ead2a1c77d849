//! The bytes of the compiled gazetteer: written by the workbench, read in place by [`Gazetteer`](super::Gazetteer).
//!
//! *Shape*, all numbers little-endian:
//!
//! | part | bytes |
//! | --- | --- |
//! | head | [`MAGIC`], version `u32`, then offset and length (`u32` each) of the five sections below |
//! | entries | [`RECORD`] bytes each, countries first, then regions, provinces, districts, cities |
//! | codes | three letters of ISO 3166-1 for each country, in the order of the entries |
//! | senses | `u32` each: the entries that share a name, see [`Sense`] |
//! | strings | names as printed, UTF-8, pointed into by the entries |
//! | names | an `fst` map from [`key`](super::key)s to [`Name`]s |

use super::EntryKind;

/// The first bytes of every compiled gazetteer.
pub const MAGIC: [u8; 8] = *b"KHABGAZ\0";
/// The only version this program reads and writes.
pub const VERSION: u32 = 1;
/// Number of sections.
pub const SECTIONS: usize = 5;
/// Bytes of the head.
pub const HEAD: usize = 12 + SECTIONS * 8;
/// Bytes of one entry.
pub const RECORD: usize = 17;
/// The parent of an entry that lies in no one country.
pub const NO_PARENT: u16 = u16::MAX;

/// Degrees are stored in 24 bits: steps of two metres.
const STEPS_PER_DEGREE: f64 = 46_000.0;

/// The fields of one entry as they are stored.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Record {
    /// Where the name begins in the strings; below 2²⁴.
    pub name_at: u32,
    /// Its length in bytes.
    pub name_len: u8,
    /// Degrees north.
    pub lat: f32,
    /// Degrees east.
    pub lon: f32,
    /// Inhabitants, 0 where unknown.
    pub population: u32,
    /// The entry that this one lies in, or [`NO_PARENT`].
    pub parent: u16,
    /// What it is.
    pub kind: EntryKind,
    /// Whether its own name can be trusted alone.
    pub trusted: bool,
    /// Whether it is the capital of its country.
    pub capital: bool,
}

impl Record {
    /// The stored form.
    pub fn to_bytes(&self) -> [u8; RECORD] {
        let mut b = [0; RECORD];
        b[0..3].copy_from_slice(&self.name_at.to_le_bytes()[..3]);
        b[3] = self.name_len;
        b[4..7].copy_from_slice(&steps(self.lat));
        b[7..10].copy_from_slice(&steps(self.lon));
        b[10..14].copy_from_slice(&self.population.to_le_bytes());
        b[14..16].copy_from_slice(&self.parent.to_le_bytes());
        b[16] = self.kind as u8 | (u8::from(self.trusted) << 3) | (u8::from(self.capital) << 4);
        b
    }

    /// The record in `b`; `None` when it is too short or names an unknown kind.
    pub fn from_bytes(b: &[u8]) -> Option<Record> {
        let b: &[u8; RECORD] = b.try_into().ok()?;
        Some(Record {
            name_at: u32::from_le_bytes([b[0], b[1], b[2], 0]),
            name_len: b[3],
            lat: degrees([b[4], b[5], b[6]]),
            lon: degrees([b[7], b[8], b[9]]),
            population: u32::from_le_bytes([b[10], b[11], b[12], b[13]]),
            parent: u16::from_le_bytes([b[14], b[15]]),
            kind: EntryKind::from_code(b[16] & 7)?,
            trusted: b[16] & 8 != 0,
            capital: b[16] & 16 != 0,
        })
    }
}

fn steps(degrees: f32) -> [u8; 3] {
    let n = (f64::from(degrees) * STEPS_PER_DEGREE).round() as i32;
    let b = n.to_le_bytes();
    [b[0], b[1], b[2]]
}

fn degrees(b: [u8; 3]) -> f32 {
    // The top byte goes last so that the shift back carries the sign.
    let n = i32::from_le_bytes([0, b[0], b[1], b[2]]) >> 8;
    (f64::from(n) / STEPS_PER_DEGREE) as f32
}

/// One entry that a name may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sense {
    /// The entry.
    pub entry: u32,
    /// The name is the one the entry is printed under, and no variant.
    pub main: bool,
    /// The name is a demonym of the entry and not its name.
    pub demonym: bool,
}

impl Sense {
    const MAIN: u32 = 1;
    const DEMONYM: u32 = 2;

    /// The stored form; entries are below 2²⁴.
    pub fn code(self) -> u32 {
        let bit = |yes: bool, bit: u32| if yes { bit } else { 0 };
        (self.entry << 2) | bit(self.main, Sense::MAIN) | bit(self.demonym, Sense::DEMONYM)
    }

    /// The sense stored as `code`.
    pub fn from_code(code: u32) -> Sense {
        Sense { entry: code >> 2, main: code & Sense::MAIN != 0, demonym: code & Sense::DEMONYM != 0 }
    }
}

/// Why a name cannot be trusted alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Doubt {
    /// It is also a common English word.
    pub word: bool,
    /// It is also a given name.
    pub person: bool,
    /// It names only small places.
    pub minor: bool,
    /// It counts only when written in capitals, such as "US".
    pub capitals: bool,
    /// It counts only after a comma and the name of a place inside, such as "Ga" in "Macon, Ga".
    pub bound: bool,
}

impl Doubt {
    /// No reason at all.
    pub fn none(self) -> bool {
        self == Doubt::default()
    }

    fn code(self) -> u64 {
        [self.word, self.person, self.minor, self.capitals, self.bound]
            .iter()
            .enumerate()
            .map(|(i, b)| u64::from(*b) << i)
            .sum()
    }

    fn from_code(c: u64) -> Doubt {
        let bit = |i: u32| c >> i & 1 == 1;
        Doubt { word: bit(0), person: bit(1), minor: bit(2), capitals: bit(3), bound: bit(4) }
    }
}

/// The value stored with a name: its doubts and its senses, either the one itself or where the list of them begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    /// Reasons not to trust it alone.
    pub doubt: Doubt,
    /// Its senses.
    pub senses: Senses,
}

/// Where the senses of a name are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Senses {
    /// There is one.
    One(Sense),
    /// There are several: index of the first in the section of senses, whose element there is preceded by the count.
    List(u32),
}

impl Name {
    /// The stored form.
    pub fn code(self) -> u64 {
        let (rest, list) = match self.senses {
            Senses::One(s) => (u64::from(s.code()), 0),
            Senses::List(at) => (u64::from(at), 1),
        };
        rest << 6 | list << 5 | self.doubt.code()
    }

    /// The name stored as `code`.
    pub fn from_code(code: u64) -> Name {
        let rest = (code >> 6) as u32;
        let senses = if code >> 5 & 1 == 1 { Senses::List(rest) } else { Senses::One(Sense::from_code(rest)) };
        Name { doubt: Doubt::from_code(code), senses }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_come_back_as_they_were_stored() {
        for (lat, lon) in [(36.729, 68.857), (-33.45, -70.65), (0.0, 0.0), (90.0, -180.0), (-90.0, 180.0)] {
            let r = Record {
                name_at: 0xab_cdef,
                name_len: 250,
                lat,
                lon,
                population: 4_434_550,
                parent: 4000,
                kind: EntryKind::City,
                trusted: true,
                capital: true,
            };
            let back = Record::from_bytes(&r.to_bytes()).unwrap();
            assert!((back.lat - lat).abs() < 1e-4 && (back.lon - lon).abs() < 1e-4, "{back:?}");
            assert_eq!(Record { lat, lon, ..back }, r);
        }
    }

    #[test]
    fn names_come_back_as_they_were_stored() {
        let doubt = Doubt { person: true, bound: true, ..Doubt::default() };
        for senses in [Senses::One(Sense { entry: 240_000, main: true, demonym: false }), Senses::List(99_999)] {
            assert_eq!(Name::from_code(Name { doubt, senses }.code()), Name { doubt, senses });
        }
    }
}
