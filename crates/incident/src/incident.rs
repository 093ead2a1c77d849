//! What goes into linking and what comes out.

use crate::rule::{Rating, Rule};
use crate::weights::Level;
use account::{Account, Value};
use article::Edtf;
use serde::{Deserialize, Serialize};

/// One account as it is filed in the archive, with what linking needs to know of its article.
#[derive(Debug, Clone, PartialEq)]
pub struct Filed {
    /// The article's id: the same bytes give the same id.
    pub article: String,
    /// The account's place among its article's accounts, from 0.
    pub ordinal: u32,
    /// Who published the article; empty if unknown.
    pub outlet: String,
    /// The article's day of publication.
    pub published: Option<Edtf>,
    /// The full RFC 3339 time of publication, if known.
    pub published_time: Option<String>,
    /// Outlets that the article takes its story from, nearest first, with the words that say so.
    pub source_chain: Vec<Value<String>>,
    /// The article's sketch for finding near copies.
    pub sketch: Vec<u64>,
    /// Names in the account's sentences ([`crate::said`]); empty where there is no text.
    pub said: Vec<String>,
    /// What it says.
    pub account: Account,
}

/// One happening, known only through its accounts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Incident {
    /// Stable id, the same for the same accounts in any order.
    pub id: String,
    /// Its accounts, by article and ordinal, in order of publication.
    pub accounts: Vec<Supporter>,
    /// Groups of accounts whose articles share an origin: indices into `accounts`. Different groups are independent.
    pub origins: Vec<Vec<usize>>,
    /// Readings by field name (`date`, `place`, `country`, `kind`, `stage`, `killed`, ...), each with its choice.
    pub fields: Vec<Field>,
    /// Why these accounts are one incident: the comparisons that joined them, in the order of joining. An incident of n
    /// accounts has n - 1.
    pub joins: Vec<Join>,
}

/// A pair of accounts whose comparison joined two groups of accounts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Join {
    /// Index into the incident's `accounts`.
    pub a: usize,
    /// Index into the incident's `accounts`, greater than `a`.
    pub b: usize,
    /// What was compared, field by field; the weights and the prior add up to `score`.
    pub comparisons: Vec<Comparison>,
    /// Log-odds (base e) that both tell one incident.
    pub score: f64,
    /// A person put these two together, whatever the score says.
    #[serde(default)]
    pub decided: bool,
}

/// How far two accounts agree on one field, and what that is worth.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// `prior`, or one of the fields that are compared, as the table of weights names them.
    pub field: String,
    /// How far they agree.
    pub level: Level,
    /// Log-odds (base e), from the table of weights.
    pub weight: f64,
}

/// One field of an incident: every reading, and the one that the rule chose.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// Name of the field.
    pub name: String,
    /// All readings, best supported first.
    pub readings: Vec<Reading>,
    /// The chosen value.
    pub chosen: String,
    /// The rule that chose it.
    pub rule: Rule,
    /// For numbers of people: the lowest, chosen and highest total.
    pub bounds: Option<Bounds>,
    /// Whether independent accounts, or two people whom one account quotes with numbers, exclude each other.
    pub disputed: bool,
    /// Whether later reports raised the number: a revision, which alone is no dispute.
    pub revised: bool,
}

/// The span of the totals of one measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounds {
    /// The least number that some account gives.
    pub low: u64,
    /// The number of the chosen reading: its lower bound, or its upper where it has no lower.
    pub best: u64,
    /// The greatest number that some account gives.
    pub high: u64,
}

/// One value of one field, with the accounts that support it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// The value as text: an EDTF date, a range of people ("30..", "190..199", "13"), a name, an actor's key.
    pub value: String,
    /// What the value is bound to: the standing of an actor, who was counted, the city and province of a place.
    pub detail: String,
    /// How wide it is, narrower first: days covered, people between the bounds, rank of the place's precision.
    pub breadth: u64,
    /// Indices into the incident's `accounts`, that is in order of publication.
    pub accounts: Vec<usize>,
    /// How many independent origins support it.
    pub independent: u32,
    /// Whether it counts a part and not the whole.
    pub part: bool,
    /// When its first account was published: RFC 3339, or the day where no time is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    /// When its last account was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
    /// The best rating among the outlets of its accounts, where no rating stands between C and D; `None` if that is best.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<Rating>,
    /// Who decided that this is the value, if somebody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<By>,
}

/// The person who set a value, and the decision that did it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct By {
    /// Who decided.
    pub who: String,
    /// The id of the decision.
    pub decision: String,
}

/// An account that belongs to an incident.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Supporter {
    /// The article's id.
    pub article: String,
    /// The account's place in it.
    pub ordinal: u32,
}
