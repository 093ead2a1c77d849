//! What decided that something fills a role.

use super::gauge::Gauge;
use super::{Model, Role, Scores, Sheet, Thing, acts, things};
use article::Span;
use std::collections::BTreeMap;

/// The features that weighed most for or against the words at `span` filling `role`, the heaviest first; none where the
/// models never saw the words. `names` are those that the sheet noted.
pub fn why(sheet: &Sheet, names: &BTreeMap<u64, String>, model: &Model, span: Span, role: Role) -> Vec<(String, f32)> {
    let scores = Scores::of(sheet, model);
    let told = acts(&scores, model);
    let all = things(sheet, &scores, &told);
    let names_it = |t: &&Thing| t.mentions.iter().any(|m| sheet.mentions[*m].parts.iter().any(|p| p.span == span));
    let Some(thing) = all.iter().find(names_it) else { return Vec::new() };
    let r = role as usize;
    let mut out: Vec<(String, f32)> = Vec::new();
    if !thing.numbers[r].is_empty() {
        out.extend(Gauge::of(model).shares(role, &thing.numbers[r]));
    }
    let best = &sheet.mentions[thing.mentions[thing.best[r]]];
    for k in &best.keys {
        if let (Some(row), Some(name)) = (model.mention.row(*k), names.get(k)) {
            out.push((name.clone(), row[r]));
        }
    }
    out.retain(|(_, w)| w.abs() >= 0.01);
    out.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then_with(|| a.0.cmp(&b.0)));
    out
}
