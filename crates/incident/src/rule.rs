//! The named rules: which of several readings stands for a field.
//!
//! Data sets differ in the number that they print because they differ in the rule, and seldom say so in the table. Here
//! the rule has a name, stands beside each chosen value, and can be exchanged when data is looked at or taken out:
//! readings are kept, so nothing is read anew.

use account::Measure;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::str::FromStr;

/// The named ways to choose one value from several readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// The lowest figure (ACLED).
    Lowest,
    /// The most reliable figure, with low and high beside it (UCDP).
    Best,
    /// What most independent accounts say, then the latest (GTD).
    Majority,
    /// The latest.
    Latest,
    /// The narrowest.
    MostPrecise,
}

impl Rule {
    /// Every rule, in order.
    pub const ALL: &'static [Rule] = &[Rule::Lowest, Rule::Best, Rule::Majority, Rule::Latest, Rule::MostPrecise];

    /// The name used on the command line, in columns and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Rule::Lowest => "lowest",
            Rule::Best => "best",
            Rule::Majority => "majority",
            Rule::Latest => "latest",
            Rule::MostPrecise => "most-precise",
        }
    }

    /// The rule of that name.
    pub fn named(name: &str) -> Option<Rule> {
        Rule::ALL.iter().copied().find(|r| r.name() == name)
    }
}

/// Which rule chooses in which field: the defaults, and what was set beside them.
///
/// *Shape*: from text as a list separated by commas, of presets (`acled`, `ucdp`, `gtd`) and of single rules
/// (`killed=lowest`); the later one wins.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rules(BTreeMap<String, Rule>);

/// Names of fields that hold no number of people.
const FIELDS: [&str; 6] = ["date", "place", "country", "kind", "stage", "perpetrator"];

impl Rules {
    /// The names of the presets.
    pub const PRESETS: [&'static str; 3] = ["acled", "ucdp", "gtd"];

    /// Every field that a rule can be set for.
    pub fn fields() -> impl Iterator<Item = &'static str> {
        FIELDS.into_iter().chain(Measure::ALL.iter().map(|m| m.name()))
    }

    /// The rule for a field.
    ///
    /// Defaults: date and place `MostPrecise`; numbers of people `Best`; all others `Majority`.
    pub fn of(&self, field: &str) -> Rule {
        let default = || match field {
            "date" | "place" => Rule::MostPrecise,
            _ if Measure::named(field).is_some() => Rule::Best,
            _ => Rule::Majority,
        };
        self.0.get(field).copied().unwrap_or_else(default)
    }

    /// Sets the rule of a field.
    pub fn set(&mut self, field: &str, rule: Rule) {
        self.0.insert(field.to_owned(), rule);
    }

    /// Whether nothing was set, so that stored choices stand.
    pub fn is_default(&self) -> bool {
        self.0.is_empty()
    }

    /// How numbers of people are chosen in the manner of a data set; what the preset does not name keeps its default.
    fn preset(&mut self, name: &str) -> bool {
        let rule = match name {
            "acled" => Rule::Lowest,
            "ucdp" => Rule::Best,
            "gtd" => Rule::Majority,
            _ => return false,
        };
        for m in Measure::ALL {
            self.set(m.name(), rule);
        }
        true
    }
}

impl FromStr for Rules {
    type Err = String;

    fn from_str(text: &str) -> Result<Rules, String> {
        let mut rules = Rules::default();
        for part in text.split(',').map(str::trim).filter(|p| !p.is_empty()) {
            let Some((field, rule)) = part.split_once('=') else {
                if rules.preset(part) {
                    continue;
                }
                let presets = Rules::PRESETS.join(", ");
                return Err(format!("`{part}` is no preset; write one of {presets}, or a rule like killed=lowest"));
            };
            let (field, name) = (field.trim().replace('-', "_"), rule.trim());
            if !Rules::fields().any(|f| f == field) {
                let fields = Rules::fields().collect::<Vec<_>>().join(", ");
                return Err(format!("`{field}` is no field; write one of {fields}"));
            }
            let known = || Rule::ALL.iter().map(|r| r.name()).collect::<Vec<_>>().join(", ");
            let rule = Rule::named(name).ok_or_else(|| format!("`{name}` is no rule; write one of {}", known()))?;
            rules.set(&field, rule);
        }
        Ok(rules)
    }
}

/// How far an outlet can be relied on, as an analyst judged it: the Admiralty scale for sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Rating {
    /// Completely reliable.
    A,
    /// Usually reliable.
    B,
    /// Fairly reliable.
    C,
    /// Not usually reliable.
    D,
    /// Unreliable.
    E,
    /// Its reliability cannot be judged.
    F,
}

impl Rating {
    /// Every rating, the best first.
    pub const ALL: &'static [Rating] = &[Rating::A, Rating::B, Rating::C, Rating::D, Rating::E, Rating::F];

    /// Its letter.
    pub fn name(self) -> &'static str {
        match self {
            Rating::A => "A",
            Rating::B => "B",
            Rating::C => "C",
            Rating::D => "D",
            Rating::E => "E",
            Rating::F => "F",
        }
    }

    /// The rating of that letter, in either case.
    pub fn named(letter: &str) -> Option<Rating> {
        Rating::ALL.iter().copied().find(|r| r.name().eq_ignore_ascii_case(letter))
    }

    /// What the letter means on the scale.
    pub fn meaning(self) -> &'static str {
        match self {
            Rating::A => "completely reliable",
            Rating::B => "usually reliable",
            Rating::C => "fairly reliable",
            Rating::D => "not usually reliable",
            Rating::E => "unreliable",
            Rating::F => "reliability cannot be judged",
        }
    }

    /// Where a rating stands between two readings that are equal otherwise: an outlet that nobody rated stands between
    /// fairly and not usually reliable, so that rating others neither lifts nor sinks it by itself.
    pub(crate) fn rank(rating: Option<Rating>) -> u8 {
        match rating {
            Some(Rating::A) => 6,
            Some(Rating::B) => 5,
            Some(Rating::C) => 4,
            None => 3,
            Some(Rating::D) => 2,
            Some(Rating::E) => 1,
            Some(Rating::F) => 0,
        }
    }

    /// Whether what only such outlets say is counted, but not chosen while others say something.
    pub(crate) fn is_set_aside(rating: Option<Rating>) -> bool {
        matches!(rating, Some(Rating::E | Rating::F))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_read_from_text() {
        let rules: Rules = "acled, killed=latest".parse().unwrap();
        assert_eq!((rules.of("killed"), rules.of("injured")), (Rule::Latest, Rule::Lowest));
        assert_eq!((rules.of("date"), rules.of("kind")), (Rule::MostPrecise, Rule::Majority));
        assert_eq!("perpetrators-killed=lowest".parse::<Rules>().unwrap().of("perpetrators_killed"), Rule::Lowest);
        assert!("".parse::<Rules>().unwrap().is_default());
        for (wrong, says) in [("uno", "no preset"), ("dead=lowest", "no field"), ("killed=least", "no rule")] {
            assert!(wrong.parse::<Rules>().unwrap_err().contains(says), "{wrong}");
        }
    }

    #[test]
    fn ratings_keep_their_order() {
        let ranks: Vec<u8> = Rating::ALL.iter().map(|r| Rating::rank(Some(*r))).collect();
        assert!(ranks.is_sorted_by(|a, b| a > b) && !ranks.contains(&Rating::rank(None)));
        assert_eq!(Rating::named("b"), Some(Rating::B));
    }
}
