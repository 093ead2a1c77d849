//! What an address asks for: the same filters as on the command line, under the same names.

use super::fail::Fail;
use super::state::State;
use account::Kind;
use archive::Filter;
use article::{Edtf, fold};
use serde::Deserialize;
use utoipa::IntoParams;

/// Which incidents to list. All narrow together; none lists all.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    /// On or after this day, month or year: 2024-03-01, 2024-03, 2024.
    #[param(
        required = false,
        pattern = "^([0-9]{4}(-(0[1-9]|1[0-2])|-(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|-(0[469]|11)-(0[1-9]|[12][0-9]|30)|-02-(0[1-9]|1[0-9]|2[0-8]))?)?$"
    )]
    pub(crate) since: String,
    /// On or before this day, month or year.
    #[param(
        required = false,
        pattern = "^([0-9]{4}(-(0[1-9]|1[0-2])|-(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|-(0[469]|11)-(0[1-9]|[12][0-9]|30)|-02-(0[1-9]|1[0-9]|2[0-8]))?)?$"
    )]
    pub(crate) until: String,
    /// In this country, by its ISO 3166 code of three letters.
    #[param(required = false, pattern = "^([A-Za-z]{3})?$")]
    pub(crate) country: String,
    /// Of this kind.
    #[param(required = false, schema_with = kinds)]
    pub(crate) kind: String,
    /// That an account ascribes to this actor, under any of its names.
    #[param(required = false)]
    pub(crate) actor: String,
    /// `true`: only incidents on which independent accounts exclude each other.
    #[param(required = false, schema_with = flags)]
    pub(crate) disputed: String,
    /// At the place of this name.
    #[param(required = false)]
    pub(crate) place: String,
    /// That an article tells in which these words are found, as `search` finds them.
    #[param(required = false)]
    pub(crate) q: String,
}

/// The names that a parameter takes; an empty one asks for nothing.
fn names(all: impl Iterator<Item = &'static str>) -> utoipa::openapi::schema::Object {
    let values: Vec<&str> = std::iter::once("").chain(all).collect();
    utoipa::openapi::schema::ObjectBuilder::new()
        .schema_type(utoipa::openapi::schema::Type::String)
        .enum_values(Some(values))
        .build()
}

fn kinds() -> utoipa::openapi::schema::Object {
    names(Kind::ALL.iter().map(|k| k.name()))
}

/// The values of a parameter that [`flag`] reads.
pub(crate) fn flags() -> utoipa::openapi::schema::Object {
    names(["true", "false"].into_iter())
}

impl Asked {
    /// The filter. An empty value asks for nothing, as an empty field of a form does.
    pub(crate) fn filter(&self, state: &State) -> Result<Filter, Fail> {
        let day = |s: &str| s.parse::<Edtf>().ok().and_then(|d| d.days());
        let bad = |s: &str| Fail::wrong(format!("`{s}` is no date; write it like 2024-03-01, 2024-03 or 2024"));
        let one = |s: &str| if s.is_empty() { Ok(None) } else { day(s).map(Some).ok_or_else(|| bad(s)) };
        let kind = match self.kind.as_str() {
            "" => None,
            k => Some(Kind::named(k).ok_or_else(|| Fail::wrong(format!("`{k}` is no kind")))?),
        };
        let country = self.country.to_ascii_uppercase();
        if !country.is_empty() && (country.len() != 3 || !country.bytes().all(|b| b.is_ascii_uppercase())) {
            return Err(Fail::wrong(format!("`{country}` is no code of a country; write it like AFG or PAK")));
        }
        let actor = Some(self.actor.as_str()).filter(|a| !a.is_empty());
        Ok(Filter {
            since: one(&self.since)?.map(|d| d.0),
            until: one(&self.until)?.map(|d| d.1),
            country: Some(country).filter(|c| !c.is_empty()),
            kind,
            actor: actor.map(|name| state.actors.find(name).map_or_else(|| fold(name), |a| a.key.clone())),
            disputed: flag("disputed", &self.disputed)?,
            place: Some(self.place.clone()).filter(|p| !p.is_empty()),
            words: self.q.clone(),
            changed_since: None,
        })
    }
}

/// A parameter that is `true`, `false` or left out.
pub(crate) fn flag(name: &str, value: &str) -> Result<bool, Fail> {
    match value {
        "true" => Ok(true),
        "" | "false" => Ok(false),
        other => Err(Fail::wrong(format!("`{name}={other}` is neither true nor false"))),
    }
}

/// Which part of a long list to give.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct Part {
    /// How many to pass over.
    #[param(minimum = 0, maximum = 1_000_000_000)]
    pub(crate) offset: u32,
    /// How many to give, 1000 at most.
    #[param(minimum = 1, maximum = 1000)]
    pub(crate) limit: u32,
}

impl Default for Part {
    fn default() -> Part {
        Part { offset: 0, limit: 50 }
    }
}

impl Part {
    /// Offset and limit. *Errors*: one that no list has.
    pub(crate) fn range(self) -> Result<(usize, usize), Fail> {
        if self.offset > 1_000_000_000 {
            return Err(Fail::wrong(format!("offset={} is behind the end of any list", self.offset)));
        }
        if !(1..=1000).contains(&self.limit) {
            return Err(Fail::wrong(format!("limit={} is not between 1 and 1000", self.limit)));
        }
        Ok((self.offset as usize, self.limit as usize))
    }
}
