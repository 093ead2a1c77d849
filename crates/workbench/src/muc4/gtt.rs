//! Templates of six slots as Du, Rush and Cardie (2021) took them from the keys of MUC-4, and as their scorer wants answers.

use crate::muc4::key::{self, slot};
use anyhow::{Context, Result};
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The roles in the order in which they are printed.
pub(crate) const ROLES: [&str; 5] = ["PerpInd", "PerpOrg", "Target", "Victim", "Weapon"];

/// The same roles as slots of the official keys.
const SLOTS: [u8; 5] = [slot::PERPETRATOR, slot::ORGANISATION, slot::TARGET, slot::VICTIM, slot::INSTRUMENT];

/// A filler: its mentions, of which any names it.
pub(crate) type Filler = Vec<String>;

/// A template of six slots.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Template {
    /// `attack`, or several that are right: `attack / bombing`.
    pub(crate) incident_type: String,
    /// Persons who did it, or words for them.
    #[serde(rename = "PerpInd", default)]
    pub(crate) perp_ind: Vec<Filler>,
    /// Organisations that did it.
    #[serde(rename = "PerpOrg", default)]
    pub(crate) perp_org: Vec<Filler>,
    /// Things that were attacked.
    #[serde(rename = "Target", default)]
    pub(crate) target: Vec<Filler>,
    /// Named people who were harmed or meant.
    #[serde(rename = "Victim", default)]
    pub(crate) victim: Vec<Filler>,
    /// With what.
    #[serde(rename = "Weapon", default)]
    pub(crate) weapon: Vec<Filler>,
}

impl Template {
    /// The fillers of each role, in the order of [`ROLES`].
    pub(crate) fn roles(&self) -> [&Vec<Filler>; 5] {
        [&self.perp_ind, &self.perp_org, &self.target, &self.victim, &self.weapon]
    }

    fn roles_mut(&mut self) -> [&mut Vec<Filler>; 5] {
        [&mut self.perp_ind, &mut self.perp_org, &mut self.target, &mut self.victim, &mut self.weapon]
    }

    /// The six slots of an official template.
    pub(crate) fn of_key(template: &key::Template) -> Template {
        let kind = template.of(slot::TYPE).first().map(|f| f.options.join(" / ").to_lowercase());
        let mut out = Template { incident_type: kind.unwrap_or_default(), ..Template::default() };
        for (role, n) in out.roles_mut().into_iter().zip(SLOTS) {
            *role = template.of(n).iter().map(|f| f.options.clone()).filter(|o| !o.is_empty()).collect();
        }
        out
    }
}

/// Mentions in the JSON lines are a string with its first character, or a string alone.
#[derive(Deserialize)]
#[serde(untagged)]
enum Printed {
    Placed((String, IgnoredAny)),
    Alone(String),
}

#[derive(Deserialize)]
struct Line {
    docid: String,
    templates: Vec<BTreeMap<String, serde_json::Value>>,
}

/// The templates of each message of a file of JSON lines.
pub(crate) fn read(text: &str) -> Result<BTreeMap<String, Vec<Template>>> {
    let mut out = BTreeMap::new();
    for (n, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let told = || format!("line {}: no object with `docid` and `templates`", n + 1);
        let line: Line = serde_json::from_str(line).with_context(told)?;
        let templates = line.templates.into_iter().map(template).collect::<Result<_>>().with_context(told)?;
        out.insert(line.docid, templates);
    }
    Ok(out)
}

fn template(mut fields: BTreeMap<String, serde_json::Value>) -> Result<Template> {
    let kind = fields.remove("incident_type").context("a template has no `incident_type`")?;
    let mut out = Template { incident_type: serde_json::from_value(kind)?, ..Template::default() };
    for (role, name) in out.roles_mut().into_iter().zip(ROLES) {
        let Some(value) = fields.remove(name) else { continue };
        let fillers: Vec<Vec<Printed>> = serde_json::from_value(value).with_context(|| format!("bad `{name}`"))?;
        let words = |m| match m {
            Printed::Placed((words, _)) | Printed::Alone(words) => words,
        };
        *role = fillers.into_iter().map(|f| f.into_iter().map(words).collect()).collect();
    }
    Ok(out)
}

/// Answers as the scorer wants them.
#[derive(Serialize, Deserialize)]
pub(crate) struct Answer {
    /// The templates of one message.
    pub(crate) pred_templates: Vec<Template>,
}
