//! What an address asks for: the same filters as on the command line, under the same names.

use super::fail::Fail;
use super::state::State;
use account::Kind;
use archive::Filter;
use article::{Edtf, fold};
use serde::Deserialize;

/// Which incidents to list. All narrow together; none lists all.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
pub(crate) struct Asked {
    /// On or after this day, month or year: 2024-03-01, 2024-03, 2024.
    pub(crate) since: String,
    /// On or before this day, month or year.
    pub(crate) until: String,
    /// In this country, by its ISO 3166 code of three letters.
    pub(crate) country: String,
    /// Of this kind.
    pub(crate) kind: String,
    /// That an account ascribes to this actor, under any of its names.
    pub(crate) actor: String,
    /// `true`: only incidents on which independent accounts exclude each other.
    pub(crate) disputed: String,
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
        let actor = Some(self.actor.as_str()).filter(|a| !a.is_empty());
        Ok(Filter {
            since: one(&self.since)?.map(|d| d.0),
            until: one(&self.until)?.map(|d| d.1),
            country: Some(self.country.to_ascii_uppercase()).filter(|c| !c.is_empty()),
            kind,
            actor: actor.map(|name| state.actors.find(name).map_or_else(|| fold(name), |a| a.key.clone())),
            disputed: self.disputed == "true",
            changed_since: None,
        })
    }
}
