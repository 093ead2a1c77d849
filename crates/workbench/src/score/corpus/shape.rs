//! The shape of truth and prediction files. What a prediction leaves out counts as not said.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// What one article says, as a person coded it.
#[derive(Debug, Deserialize)]
pub(crate) struct Truth {
    pub(crate) report: String,
    pub(crate) accounts: Vec<Account>,
    #[serde(default)]
    pub(crate) source_chain: Option<Vec<String>>,
    #[serde(default)]
    pub(crate) copy_of: Option<String>,
}

/// What was read from one article.
#[derive(Debug, Deserialize)]
pub(crate) struct Prediction {
    pub(crate) report: String,
    #[serde(default)]
    pub(crate) accounts: Vec<Account>,
    #[serde(default)]
    pub(crate) source_chain: Vec<String>,
    #[serde(default)]
    pub(crate) copy_of: Option<String>,
}

/// One account of either.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Account {
    /// The incident's id; `None` where none was given, so that reading alone is scored.
    #[serde(deserialize_with = "given")]
    pub(crate) incident: Option<Value>,
    pub(crate) prominence: String,
    pub(crate) kind: Vec<String>,
    pub(crate) stage: String,
    #[serde(deserialize_with = "or_empty")]
    pub(crate) date: String,
    #[serde(deserialize_with = "or_empty")]
    pub(crate) place: Place,
    pub(crate) figures: Vec<Figure>,
    pub(crate) perpetrators: Vec<Perpetrator>,
    pub(crate) targets: Vec<String>,
    pub(crate) victims: Vec<String>,
}

/// Where it happened.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Place {
    #[serde(deserialize_with = "or_empty")]
    pub(crate) name: String,
    #[serde(deserialize_with = "or_empty")]
    pub(crate) city: String,
    #[serde(deserialize_with = "or_empty")]
    pub(crate) admin1: String,
    #[serde(deserialize_with = "or_empty")]
    pub(crate) country: String,
}

/// A number of people.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Figure {
    pub(crate) measure: String,
    pub(crate) low: Option<f64>,
    pub(crate) high: Option<f64>,
    pub(crate) words: String,
}

/// An actor bound to the incident.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Perpetrator {
    #[serde(deserialize_with = "or_empty")]
    pub(crate) name: String,
    pub(crate) status: String,
}

/// `null` is an answer, a missing key is none.
fn given<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(d).map(Some)
}

/// `null` counts as empty.
fn or_empty<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(d: D) -> Result<T, D::Error> {
    Ok(Option::<T>::deserialize(d)?.unwrap_or_default())
}
