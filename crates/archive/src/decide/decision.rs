//! A decision: what a person did, who, when and why, in a form that outlives the archive it was made in.
//!
//! Incidents come and go with new articles and better reading, so a decision names accounts, and each of them by the
//! words it was read from ([`Anchor`]). Its id is a hash of all it says: two copies of one decision are one, wherever they
//! come from.

use crate::rows::hash;
use incident::Rating;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// What a person decided, by whom, when and why. Never changed once made; taken back by a decision of its own.
///
/// *Shape*: one object of JSON, the same in the archive, in a file of decisions and on the command line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// `d` and twelve digits of the hash of all the rest.
    pub id: String,
    /// When it was made: RFC 3339, in UTC.
    pub time: String,
    /// Who made it.
    pub who: String,
    /// Why, in the person's words; empty if they gave none.
    pub why: String,
    /// What was decided.
    #[serde(flatten)]
    pub act: Act,
}

/// What can be decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case")]
pub enum Act {
    /// The accounts of these groups all tell one incident.
    Merge {
        /// The incidents as they were.
        incidents: Vec<Group>,
    },
    /// Some accounts tell another incident than the rest.
    Split {
        /// The accounts that stay.
        stay: Group,
        /// The accounts taken out.
        out: Vec<Anchor>,
    },
    /// A field of an incident has this value.
    Correct {
        /// The incident as it was.
        of: Group,
        /// Name of the field.
        field: String,
        /// The value, as readings write it.
        value: String,
        /// What it is bound to: an actor's standing; empty for other fields.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        detail: String,
    },
    /// These accounts tell no incident.
    Dismiss {
        /// The accounts, and the incident that they made up, if they were all of it.
        of: Group,
    },
    /// These accounts tell an incident after all.
    Restore {
        /// The accounts.
        of: Group,
    },
    /// How far an outlet can be relied on.
    Rate {
        /// Its name.
        outlet: String,
        /// The rating.
        rating: Rating,
    },
    /// Words about an incident.
    Note {
        /// The incident as it was.
        of: Group,
        /// The words.
        text: String,
    },
    /// Two names stand for one actor.
    ActorMerge {
        /// Key of the actor that stays.
        actor: String,
        /// Key of the actor that it takes in.
        other: String,
    },
    /// An actor bears a further name.
    ActorAlias {
        /// Key of the actor.
        actor: String,
        /// The name.
        name: String,
    },
    /// An earlier decision no longer holds.
    Undo {
        /// Its id.
        decision: String,
    },
}

/// Accounts of one incident, as it was when a person looked at it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Group {
    /// The incident's id at that time; empty if the accounts were only some of its.
    pub incident: String,
    /// Its accounts.
    pub accounts: Vec<Anchor>,
}

/// By what an account is found again.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Anchor {
    /// The article's id.
    pub article: String,
    /// The article's address; empty if unknown.
    pub url: String,
    /// The hash of the article's text, white space aside.
    pub text: String,
    /// The account's place among the article's accounts, from 0.
    pub ordinal: u32,
    /// The account's first kind.
    pub kind: String,
    /// Where the words for it begin, in bytes of the article's text.
    pub start: u32,
    /// Where they end.
    pub end: u32,
    /// These words.
    pub words: String,
    /// What stands before them; with the words and `after` it finds them in another version of the text.
    pub before: String,
    /// What stands after them.
    pub after: String,
}

impl Act {
    /// Its name, as it stands in JSON and on the command line.
    pub fn name(&self) -> &'static str {
        match self {
            Act::Merge { .. } => "merge",
            Act::Split { .. } => "split",
            Act::Correct { .. } => "correct",
            Act::Dismiss { .. } => "dismiss",
            Act::Restore { .. } => "restore",
            Act::Rate { .. } => "rate",
            Act::Note { .. } => "note",
            Act::ActorMerge { .. } => "actor-merge",
            Act::ActorAlias { .. } => "actor-alias",
            Act::Undo { .. } => "undo",
        }
    }

    /// The incidents that it names, as they were.
    pub fn groups(&self) -> Vec<&Group> {
        match self {
            Act::Merge { incidents } => incidents.iter().collect(),
            Act::Split { stay: of, .. }
            | Act::Correct { of, .. }
            | Act::Dismiss { of }
            | Act::Restore { of }
            | Act::Note { of, .. } => vec![of],
            Act::Rate { .. } | Act::ActorMerge { .. } | Act::ActorAlias { .. } | Act::Undo { .. } => Vec::new(),
        }
    }

    /// Every account that it names.
    pub fn anchors(&self) -> Vec<&Anchor> {
        match self {
            Act::Merge { incidents } => incidents.iter().flat_map(|g| &g.accounts).collect(),
            Act::Split { stay, out } => stay.accounts.iter().chain(out).collect(),
            Act::Correct { of, .. } | Act::Dismiss { of } | Act::Restore { of } | Act::Note { of, .. } => {
                of.accounts.iter().collect()
            }
            Act::Rate { .. } | Act::ActorMerge { .. } | Act::ActorAlias { .. } | Act::Undo { .. } => Vec::new(),
        }
    }
}

impl Decision {
    /// A decision with the id that follows from what it says.
    pub fn new(time: Timestamp, who: &str, why: &str, act: Act) -> Decision {
        let (time, who, why) = (time.to_string(), who.to_owned(), why.to_owned());
        let id = id(&time, &who, &why, &act);
        Decision { id, time, who, why, act }
    }

    /// Whether the id follows from what it says, and the time is one.
    pub fn is_sound(&self) -> bool {
        self.id == id(&self.time, &self.who, &self.why, &self.act) && self.moment().is_some()
    }

    /// When it was made.
    pub(crate) fn moment(&self) -> Option<Timestamp> {
        self.time.parse().ok()
    }

    /// The order in which decisions take effect: by time, then by id.
    pub fn order(&self, other: &Decision) -> Ordering {
        (self.moment(), &self.id).cmp(&(other.moment(), &other.id))
    }
}

/// Each part stands behind its length, so that no two decisions give the same bytes.
fn id(time: &str, who: &str, why: &str, act: &Act) -> String {
    let act = serde_json::to_string(act).unwrap_or_default();
    let parts = [time, who, why, &act].map(|p| format!("{}:{p}", p.len()));
    format!("d{}", &hash(parts.concat().as_bytes())[..12])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn rate(second: i64, who: &str) -> Decision {
        let act = Act::Rate { outlet: "Hill Courier".into(), rating: Rating::B };
        Decision::new(at(second), who, "", act)
    }

    #[test]
    fn the_id_follows_from_what_is_said() {
        let d = rate(1_700_000_000, "Ada");
        assert_eq!(d.id, rate(1_700_000_000, "Ada").id);
        assert_ne!(d.id, rate(1_700_000_000, "Ben").id);
        assert!(d.is_sound());
        assert!(!Decision { why: "changed later".into(), ..d.clone() }.is_sound());
        let json = serde_json::to_string(&d).unwrap();
        assert!(json.contains(r#""time":"2023-11-14T22:13:20Z""#) && json.contains(r#""act":"rate""#), "{json}");
        assert_eq!(serde_json::from_str::<Decision>(&json).unwrap(), d);
    }

    #[test]
    fn time_goes_before_id() {
        let mut all = [rate(30, "a"), rate(10, "b"), rate(20, "c"), rate(20, "d")];
        all.sort_by(Decision::order);
        let times: Vec<&str> = all.iter().map(|d| &d.time[17..19]).collect();
        assert_eq!(times, ["10", "20", "20", "30"]);
        assert!(all[1].id < all[2].id);
    }
}
