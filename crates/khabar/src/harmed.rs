//! What became of people and things, who is only described, and why it was done, as lines of text.

use crate::label::said_by;
use crate::screen::plain;
use account::{Account, Harmed, Source, Trait, TraitKind};
use article::Span;

/// A value of an account as a line: its name, what it says, the rule that read it, and its words.
pub(crate) struct Line<'a> {
    pub(crate) name: &'static str,
    pub(crate) says: String,
    pub(crate) by: &'a str,
    pub(crate) evidence: &'a [Span],
}

/// These values of an account, in the order in which they are printed. Of people whom a figure or a victim tells already only
/// those are given of whom more is known.
pub(crate) fn lines(a: &Account) -> Vec<Line<'_>> {
    let known = |h: &&Harmed| {
        let more =
            h.traits.iter().any(|t| matches!(t.kind, TraitKind::Nation | TraitKind::Side | TraitKind::Occupation));
        let told = a.figures.iter().map(|f| f.span).chain(a.victims.iter().map(|m| m.span)).any(|s| s == h.span);
        more || !told
    };
    let mut out: Vec<Line<'_>> = Vec::new();
    out.extend(a.people.iter().filter(known).map(|h| line("people", h)));
    out.extend(a.property.iter().map(|h| line("property", h)));
    out.extend(a.hostages.iter().map(|h| line("hostages", h)));
    out.extend(a.doers.iter().map(|d| Line {
        name: "doers",
        says: format!("{} ({}){}{}", plain(&d.words), d.status, traits(&d.traits), says(&d.said_by)),
        by: &d.by,
        evidence: &d.evidence,
    }));
    out.extend(a.motives.iter().map(|m| Line {
        name: "motive",
        says: format!("{}{}", plain(&m.words), says(&m.said_by)),
        by: &m.by,
        evidence: std::slice::from_ref(&m.span),
    }));
    out
}

fn line<'a>(name: &'static str, h: &'a Harmed) -> Line<'a> {
    let effect = h.effect.map(|e| format!(" ({e})")).unwrap_or_default();
    let says = format!("{}{effect}{}{}", plain(&h.words), traits(&h.traits), says(&h.said_by));
    Line { name, says, by: &h.by, evidence: &h.evidence }
}

/// What is told of people: ", TUR, engineer, civilians".
fn traits(all: &[Trait]) -> String {
    all.iter().map(|t| format!(", {}", plain(&t.value))).collect()
}

fn says(by: &[Source]) -> String {
    if by.is_empty() { String::new() } else { format!(", says {}", said_by(by)) }
}
