//! The values of an account one by one, as people read them: each with its words and the rule that read it.

use crate::screen::plain;
use crate::{harmed, label};
use account::{Account, Binding, Figure, Kind, Measure, Source};
use article::Span;
use incident::Reading;

/// A value of an account.
pub(crate) struct Value<'a> {
    /// Its name: `kind`, `killed`, `actor`.
    pub(crate) name: &'static str,
    /// What it says.
    pub(crate) says: String,
    /// The rule that read it.
    pub(crate) by: &'a str,
    /// Its words.
    pub(crate) evidence: Vec<Span>,
    /// Words for who says so.
    pub(crate) voices: Vec<Span>,
    of: Of<'a>,
}

/// What it is a value of, as readings of incidents tell fields apart.
enum Of<'a> {
    Kind(Kind),
    Stage,
    Date,
    Place,
    Figure(&'a Figure),
    Actor(&'a Binding),
    Else,
}

impl Value<'_> {
    /// Whether `reading` of `field` rests on it, given that it rests on its account.
    pub(crate) fn supports(&self, field: &str, reading: &Reading) -> bool {
        match self.of {
            Of::Kind(k) => field == "kind" && reading.value == k.name(),
            Of::Stage => field == "stage",
            Of::Date => field == "date",
            Of::Place => matches!(field, "place" | "country"),
            Of::Figure(f) => {
                f.measure.name() == field
                    && reading.value == range(f)
                    && reading.part != f.total
                    && (f.total || reading.detail == f.who)
            }
            Of::Actor(b) => {
                field == "perpetrator"
                    && reading.detail == b.status.name()
                    && (b.actor.is_empty() || reading.value == b.actor)
            }
            Of::Else => false,
        }
    }

    /// The binding of an actor that it is, if it is one.
    pub(crate) fn binding(&self) -> Option<&Binding> {
        match self.of {
            Of::Actor(b) => Some(b),
            _ => None,
        }
    }

    /// The figure that it is, if it is one.
    pub(crate) fn figure(&self) -> Option<&Figure> {
        match self.of {
            Of::Figure(f) => Some(f),
            _ => None,
        }
    }
}

/// Bounds as readings write them: `13`, `30..`, `..40`, `190..199`.
fn range(f: &Figure) -> String {
    let end = |n: Option<u64>| n.map(|n| n.to_string()).unwrap_or_default();
    match (f.low, f.high) {
        (Some(low), Some(high)) if low == high => low.to_string(),
        (low, high) => format!("{}..{}", end(low), end(high)),
    }
}

/// Every value of the account, in the order in which `khabar accounts` prints them.
pub(crate) fn of(a: &Account) -> Vec<Value<'_>> {
    let mut out: Vec<Value<'_>> = Vec::new();
    for k in &a.kinds {
        out.push(value("kind", k.value.name().replace('_', " "), &k.by, k.evidence.clone(), Of::Kind(k.value)));
    }
    out.push(value("stage", a.stage.value.to_string(), &a.stage.by, a.stage.evidence.clone(), Of::Stage));
    if let Some(d) = &a.date {
        out.push(value("date", format!("{} ({})", d.value, d.basis), &d.by, d.evidence.clone(), Of::Date));
    }
    if let Some(p) = &a.place {
        let name = label::apart(&p.name, [&p.city, &p.admin1, &p.country].map(String::as_str));
        out.push(value("place", format!("{name} ({})", p.precision), &p.by, p.evidence.clone(), Of::Place));
    }
    for f in &a.figures {
        let who = if f.who.is_empty() { String::new() } else { format!(" {}", plain(&f.who)) };
        let part = if f.total { "" } else { " (a part)" };
        let says = format!("{}{who}{part}{}", label::people(f), said(&f.said_by));
        let one = value(measure(f.measure), says, &f.by, vec![f.span], Of::Figure(f));
        out.push(Value { voices: f.said_by.iter().map(|s| s.span).collect(), ..one });
    }
    for b in &a.perpetrators {
        let says = format!("{} ({}){}", plain(&b.name), b.status, said(&b.said_by));
        let one = value("actor", says, &b.by, b.evidence.clone(), Of::Actor(b));
        out.push(Value { voices: b.said_by.iter().map(|s| s.span).collect(), ..one });
    }
    for (name, mentions) in [("target", &a.targets), ("victim", &a.victims), ("weapon", &a.weapons)] {
        out.extend(mentions.iter().map(|m| value(name, plain(&m.words), &m.by, vec![m.span], Of::Else)));
    }
    for line in harmed::lines(a) {
        out.push(value(line.name, line.says, line.by, line.evidence.to_vec(), Of::Else));
    }
    out
}

fn value<'a>(name: &'static str, says: String, by: &'a str, evidence: Vec<Span>, of: Of<'a>) -> Value<'a> {
    Value { name, says, by, evidence, voices: Vec::new(), of }
}

fn measure(m: Measure) -> &'static str {
    match m {
        Measure::PerpetratorsKilled => "perpetrators killed",
        other => other.name(),
    }
}

fn said(by: &[Source]) -> String {
    if by.is_empty() { String::new() } else { format!(", says {}", label::said_by(by)) }
}
