//! One value from several readings, by a named rule.

use crate::{Reading, Rule};

/// The index of the reading that `rule` chooses; `None` only if there is none.
///
/// Totals go before parts under every rule. Ties fall to the better supported, then the later, then the narrower reading,
/// then the order of the values, so that the choice is one.
/// - `Lowest`: the least number ([`Rule::Lowest`] of a value that is no number is the first in order).
/// - `Best`: the latest reading that at least as many origins support as any single other one, or that raises one that
///   did: a revision; else what most say.
/// - `Majority`: what most independent origins say, then the latest.
/// - `Latest`: what the last report says.
/// - `MostPrecise`: the narrowest, then what most say.
pub fn choose(readings: &[Reading], rule: Rule) -> Option<usize> {
    let whole = readings.iter().any(|r| !r.part);
    let open = |r: &Reading| !whole || !r.part;
    let candidates = readings.iter().enumerate().filter(|(_, r)| open(r));
    let last = |r: &Reading| r.accounts.iter().max().copied().unwrap_or(0);
    match rule {
        Rule::Lowest => candidates.min_by_key(|(i, r)| (number(&r.value).unwrap_or(u64::MAX), r.breadth, *i)),
        Rule::Majority => {
            candidates.max_by_key(|(i, r)| (r.independent, last(r), u64::MAX - r.breadth, usize::MAX - i))
        }
        Rule::Latest => candidates.max_by_key(|(i, r)| (last(r), r.independent, u64::MAX - r.breadth, usize::MAX - i)),
        Rule::MostPrecise => {
            candidates.max_by_key(|(i, r)| (u64::MAX - r.breadth, r.independent, last(r), usize::MAX - i))
        }
        Rule::Best => {
            let most = choose(readings, Rule::Majority)?;
            let (base, since) = (number(&readings[most].value).unwrap_or(0), last(&readings[most]));
            // A later and higher toll is the same count gone on, as long as it is no other order of size.
            let rises = |r: &Reading| {
                last(r) > since && number(&r.value).is_some_and(|n| n > base && n <= base.saturating_mul(3))
            };
            candidates
                .filter(|(i, r)| *i == most || (rises(r) && (r.independent > 1 || readings[most].independent == 1)))
                .max_by_key(|(i, r)| (last(r), r.independent, usize::MAX - i))
        }
    }
    .map(|(i, _)| i)
}

/// The lower bound of a range of people, or its upper one where it has no lower.
pub(crate) fn number(value: &str) -> Option<u64> {
    let (low, high) = value.split_once("..").unwrap_or((value, value));
    low.parse().or_else(|_| high.parse()).ok()
}
