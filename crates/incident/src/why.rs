//! What was compared, in words: for whoever asks why two accounts are one incident, or are not.

use crate::Filed;
use account::{Measure, Standing};

/// What an account says of a field that is compared ([`crate::Weights::fields`]), as it is compared; empty if nothing.
pub fn words(f: &Filed, field: &str) -> String {
    let a = &f.account;
    let list = |items: Vec<String>| items.join(", ");
    let total = |of: &dyn Fn(Measure) -> bool| {
        let totals = a.figures.iter().filter(|x| x.total && of(x.measure));
        list(totals.map(|x| format!("{} {}", x.measure.name(), range(x.low, x.high))).collect())
    };
    match field {
        "date" => a.date.as_ref().map(|d| format!("{} ({})", d.value, d.basis.name())).unwrap_or_default(),
        "place" | "site" => a.place.as_ref().map_or(String::new(), |p| {
            let mut parts = vec![p.name.as_str(), p.city.as_str(), p.admin1.as_str(), p.country.as_str()];
            parts.retain(|x| !x.is_empty());
            parts.dedup();
            parts.join(", ")
        }),
        "kind" => list(a.kinds.iter().map(|k| k.value.name().to_owned()).collect()),
        "stage" => a.stage.value.name().to_owned(),
        "actor" => {
            let bound = a.perpetrators.iter().filter(|p| p.status != Standing::Denied);
            list(bound.map(|p| p.name.clone()).collect())
        }
        "words" => list(a.targets.iter().chain(&a.victims).map(|m| m.words.clone()).collect()),
        "names" => f.said.join(" "),
        "killed" => total(&|m| m == Measure::Killed),
        "injured" => total(&|m| m == Measure::Injured),
        "others" => total(&|m| !matches!(m, Measure::Killed | Measure::Injured | Measure::Strength)),
        "numbers" => list(a.figures.iter().filter(|x| x.low == x.high).map(|x| range(x.low, x.high)).collect()),
        "source" => match f.source_chain.is_empty() {
            true => f.outlet.clone(),
            false => {
                let chain: Vec<&str> = f.source_chain.iter().map(|v| v.value.as_str()).collect();
                format!("{}, from {}", f.outlet, chain.join(", from "))
            }
        },
        "told" => f.published.as_ref().map(|p| format!("published {p}")).unwrap_or_default(),
        "telling" => a.prominence.name().to_owned(),
        _ => String::new(),
    }
}

fn range(low: Option<u64>, high: Option<u64>) -> String {
    match (low, high) {
        (Some(a), Some(b)) if a == b => a.to_string(),
        (a, b) => {
            let end = |n: Option<u64>| n.map(|n| n.to_string()).unwrap_or_default();
            format!("{}..{}", end(a), end(b))
        }
    }
}
