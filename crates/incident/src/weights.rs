//! The table of weights, read from plain text.

use account::Kind;
use std::collections::BTreeSet;
use std::sync::LazyLock;

static TEXT: &str = include_str!("../linking/weights.txt");
static COMMON: &str = include_str!("../../../language/en/linking-words.txt");

/// How far two values of one field agree, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// The same.
    Same,
    /// Nearly the same, or another word for it.
    Near,
    /// One may be the other.
    Compatible,
    /// At least one says nothing.
    Unknown,
    /// They are not the same.
    Different,
    /// They are not the same, and far from it.
    Far,
}

impl Level {
    /// Every level, best first.
    pub const ALL: &'static [Level] =
        &[Level::Same, Level::Near, Level::Compatible, Level::Unknown, Level::Different, Level::Far];

    /// The name used in the table and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Level::Same => "same",
            Level::Near => "near",
            Level::Compatible => "compatible",
            Level::Unknown => "unknown",
            Level::Different => "different",
            Level::Far => "far",
        }
    }
}

macro_rules! fields {
    ($($name:ident = $word:literal),+ $(,)?) => {
        /// A field that is compared.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Field { $($name),+ }
        /// The fields that are compared, in the order in which they are told.
        pub(crate) const FIELDS: [Field; [$($word),+].len()] = [$(Field::$name),+];
        const NAMES: [&str; FIELDS.len()] = [$($word),+];
    };
}

fields! {
    Date = "date", Place = "place", Site = "site", Kind = "kind", Stage = "stage", Actor = "actor", Words = "words",
    Names = "names", Killed = "killed", Injured = "injured", Others = "others", Numbers = "numbers", Source = "source",
    Told = "told", Telling = "telling",
}

/// The place of [`Field::Place`] in [`FIELDS`].
pub(crate) const PLACE: usize = Field::Place as usize;

impl Field {
    /// The name used in the table and in JSON.
    pub(crate) fn name(self) -> &'static str {
        NAMES[self as usize]
    }
}

/// The table: weights by field and level, and which kinds may stand for one another.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Weights {
    prior: f64,
    cut: f64,
    meet: f64,
    /// By the order of [`FIELDS`] and of [`Level::ALL`].
    levels: [[f64; Level::ALL.len()]; FIELDS.len()],
    /// By the numbers of the two kinds, the lesser first.
    kin: [[Option<Level>; KINDS]; KINDS],
}

const KINDS: usize = Kind::ALL.len();

impl Weights {
    /// The table that ships with the program. A line that is none is left out; a test holds that there is no such line.
    pub fn builtin() -> &'static Weights {
        static TABLE: LazyLock<Weights> = LazyLock::new(|| Weights::parse(TEXT).0);
        &TABLE
    }

    /// The table and the lines that could not be read.
    pub fn parse(text: &str) -> (Weights, Vec<String>) {
        let mut table = Weights::default();
        let mut bad = Vec::new();
        for line in text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
            if table.line(line).is_none() {
                bad.push(line.to_owned());
            }
        }
        (table, bad)
    }

    fn line(&mut self, line: &str) -> Option<()> {
        let words: Vec<&str> = line.split_whitespace().collect();
        let level = |name: &str| Level::ALL.iter().copied().find(|l| l.name() == name);
        match words.as_slice() {
            ["prior", _, w] => self.prior = w.parse().ok()?,
            ["cut", _, w] => self.cut = w.parse().ok()?,
            ["meet", _, w] => self.meet = w.parse().ok()?,
            ["kin", a, b, l] => {
                let (a, b, l) = (Kind::named(a)?, Kind::named(b)?, level(l)?);
                self.kin[a.min(b) as usize][a.max(b) as usize] = Some(l);
            }
            [field, l, w] => {
                let row = NAMES.iter().position(|f| f == field)?;
                self.levels[row][level(l)? as usize] = w.parse().ok()?;
            }
            _ => return None,
        }
        Some(())
    }

    /// The fields that are compared, in the order in which they are told.
    pub fn fields() -> &'static [&'static str] {
        &NAMES
    }

    pub(crate) fn prior(&self) -> f64 {
        self.prior
    }

    /// The score above which two groups are joined, in the mean of all pairs across.
    pub(crate) fn cut(&self) -> f64 {
        self.cut
    }

    /// The score that one pair across must reach before two groups are looked at.
    pub(crate) fn meet(&self) -> f64 {
        self.meet
    }

    /// The weights of the levels, each at the place of its field in [`FIELDS`].
    pub(crate) fn of(&self, levels: &[Level; FIELDS.len()]) -> [f64; FIELDS.len()] {
        std::array::from_fn(|i| self.levels[i][levels[i] as usize])
    }

    /// The weight of a level of a field.
    pub(crate) fn weight(&self, field: usize, level: Level) -> f64 {
        self.levels[field][level as usize]
    }

    /// The greatest weight that a field can have.
    pub(crate) fn most(&self, field: usize) -> f64 {
        self.levels[field].iter().copied().fold(f64::NEG_INFINITY, f64::max)
    }

    /// How far two kinds may stand for one another.
    pub(crate) fn kin(&self, a: Kind, b: Kind) -> Level {
        let apart = |k: Kind| matches!(k, Kind::Threat | Kind::Arrest);
        if a == b {
            Level::Same
        } else if (a == Kind::Other && !apart(b)) || (b == Kind::Other && !apart(a)) {
            Level::Unknown
        } else {
            self.kin[a.min(b) as usize][a.max(b) as usize].unwrap_or(Level::Different)
        }
    }
}

/// Words that do not tell one target or victim from another.
pub(crate) fn is_common(word: &str) -> bool {
    static SET: LazyLock<BTreeSet<&'static str>> =
        LazyLock::new(|| COMMON.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')).collect());
    SET.contains(word) || word.strip_suffix('s').is_some_and(|w| SET.contains(w))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_read() {
        let (table, bad) = Weights::parse(TEXT);
        assert!(bad.is_empty(), "{bad:?}");
        assert!(table.prior() < 0.0);
        assert_eq!(table.kin(Kind::Raid, Kind::Clash), Level::Near);
        assert_eq!(table.kin(Kind::Threat, Kind::Other), Level::Different);
    }
}
