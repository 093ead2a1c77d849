//! What an item of the queue says, for those few that are asked for.

use super::{Item, Open, Topic};
use crate::brief::weakest;
use crate::error::Inner;
use crate::find;
use crate::store::Archive;
use incident::Field;

impl Archive {
    /// The item with its words; reads the body of its incident where they stand there.
    pub(super) fn told_item(&self, open: Open) -> Inner<Item> {
        let mut item = Item {
            key: open.key,
            topic: open.topic,
            incident: open.incident,
            other: open.other,
            accounts: Vec::new(),
            field: open.field,
            actor: open.actor,
            score: matches!(open.topic, Topic::Merge).then_some(open.rank),
            what: open.what,
            done: open.done,
        };
        if item.topic == Topic::Near {
            item.score = Some(-open.rank);
        }
        let Some(id) = &item.incident else { return Ok(item) };
        match item.topic {
            Topic::Merge => {
                let incident = find::incident(&self.conn, id)?;
                if let Some(join) = weakest(&incident) {
                    item.accounts = vec![join.a, join.b];
                    let (a, b) = (join.a + 1, join.b + 1);
                    item.what = format!("accounts {a} and {b} were joined at {:+.1}, by a narrow margin", join.score);
                }
            }
            Topic::Dispute => {
                let incident = find::incident(&self.conn, id)?;
                let field = incident.fields.iter().find(|f| Some(&f.name) == item.field.as_ref());
                item.what = field.map(readings).unwrap_or_default();
            }
            _ => {}
        }
        Ok(item)
    }
}

/// "killed: 13 (2 independent) or 20 (1)".
fn readings(field: &Field) -> String {
    let whole = field.readings.iter().filter(|r| !r.part);
    let said: Vec<String> = whole
        .enumerate()
        .map(|(i, r)| {
            let detail = if r.detail.is_empty() { String::new() } else { format!(", {}", r.detail) };
            let unit = if i == 0 { " independent" } else { "" };
            format!("{}{detail} ({}{unit})", r.value, r.independent)
        })
        .collect();
    format!("{}: {}", field.name.replace('_', " "), said.join(" or "))
}
