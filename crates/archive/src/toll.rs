//! The dead of an incident in one line: from the lowest reading to the highest.

use incident::{Field, Incident, Rules, people};
use std::fmt;

/// How many were killed, over all readings of the whole toll.
///
/// *Shape*: prints as `13`, `13–200 disputed`, `30+`, `≤40`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Toll {
    /// Lower bound.
    pub low: Option<u64>,
    /// Upper bound; `None` where it is open.
    pub high: Option<u64>,
    /// Whether independent accounts exclude each other.
    pub disputed: bool,
}

/// The toll of `incident`: what was chosen, or all readings from lowest to highest where they exclude each other and nobody
/// decided between them: no person, and no rule but the default.
pub fn toll(incident: &Incident) -> Option<Toll> {
    let field = incident.fields.iter().find(|f| f.name == "killed")?;
    let decided = field.choice().is_some_and(|r| r.by.is_some());
    let ruled = field.rule != Rules::default().of(&field.name);
    let (low, high) = if field.disputed && !decided && !ruled { widest(field)? } else { people(&field.chosen)? };
    Some(Toll { low, high, disputed: field.disputed && !decided })
}

fn widest(field: &Field) -> Option<(Option<u64>, Option<u64>)> {
    let ranges: Vec<_> = field.readings.iter().filter(|r| !r.part).filter_map(|r| people(&r.value)).collect();
    let low = ranges.iter().filter_map(|r| r.0).min();
    let closed = ranges.iter().filter_map(|r| r.1).max();
    // "At least 30" beside "200" ends at 200; "at least 300" beside "200" is open.
    let open = ranges.iter().filter(|r| r.1.is_none()).filter_map(|r| r.0).max();
    let high = if open > closed { None } else { closed };
    (low.is_some() || high.is_some()).then_some((low, high))
}

impl fmt::Display for Toll {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.low, self.high) {
            (Some(low), Some(high)) if low == high => write!(f, "{low}")?,
            (Some(low), Some(high)) => write!(f, "{low}–{high}")?,
            (Some(low), None) => write!(f, "{low}+")?,
            (None, Some(high)) => write!(f, "≤{high}")?,
            (None, None) => {}
        }
        if self.disputed { f.write_str(" disputed") } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use incident::{Reading, Rule};

    fn shown(chosen: &str, disputed: bool, readings: &[(&str, bool)]) -> String {
        let reading = |(v, part): &(&str, bool)| Reading {
            value: v.to_string(),
            detail: String::new(),
            breadth: 0,
            accounts: vec![0],
            independent: 1,
            part: *part,
            first: None,
            last: None,
            rating: None,
            by: None,
        };
        let field = Field {
            name: "killed".into(),
            readings: readings.iter().map(reading).collect(),
            chosen: chosen.into(),
            rule: Rule::Best,
            bounds: None,
            disputed,
            revised: false,
        };
        let incident =
            Incident { id: "i".into(), accounts: vec![], origins: vec![], fields: vec![field], joins: vec![] };
        toll(&incident).map(|t| t.to_string()).unwrap_or_default()
    }

    #[test]
    fn prints_what_was_chosen_or_the_widest_range() {
        assert_eq!(shown("13", false, &[("13", false), ("2", true)]), "13");
        assert_eq!(shown("30..", false, &[("30..", false)]), "30+");
        assert_eq!(shown("..40", false, &[("..40", false)]), "≤40");
        assert_eq!(shown("13", true, &[("13", false), ("200", false), ("2", true)]), "13–200 disputed");
        assert_eq!(shown("200", true, &[("300..", false), ("200", false)]), "200+ disputed");
        assert_eq!(shown("", false, &[]), "");
    }
}
