//! Where each value of an account stands in its article, as rows.

use account::Account;
use article::Span;

/// One span that a value was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Evidence<'a> {
    /// The account's field.
    pub(crate) field: &'static str,
    /// Which value of the field, from 0.
    pub(crate) item: usize,
    /// Which span of the value, from 0.
    pub(crate) part: usize,
    /// The words.
    pub(crate) span: Span,
    /// The rule that read them.
    pub(crate) rule: &'a str,
}

/// All evidence of `account`, field by field.
pub(crate) fn evidence(account: &Account) -> Vec<Evidence<'_>> {
    let mut out = Vec::new();
    let mut put = |field, item, spans: &mut dyn Iterator<Item = Span>, rule| {
        out.extend(spans.enumerate().map(|(part, span)| Evidence { field, item, part, span, rule }));
    };
    for (i, k) in account.kinds.iter().enumerate() {
        put("kind", i, &mut k.evidence.iter().copied(), k.by.as_str());
    }
    put("stage", 0, &mut account.stage.evidence.iter().copied(), account.stage.by.as_str());
    if let Some(d) = &account.date {
        put("date", 0, &mut d.evidence.iter().copied(), d.by.as_str());
    }
    if let Some(p) = &account.place {
        put("place", 0, &mut p.evidence.iter().copied(), p.by.as_str());
    }
    for (i, f) in account.figures.iter().enumerate() {
        put("figure", i, &mut std::iter::once(f.span), f.by.as_str());
        put("figure_said_by", i, &mut f.said_by.iter().map(|s| s.span), f.by.as_str());
    }
    for (i, b) in account.perpetrators.iter().enumerate() {
        put("perpetrator", i, &mut b.evidence.iter().copied(), b.by.as_str());
        put("perpetrator_said_by", i, &mut b.said_by.iter().map(|s| s.span), b.by.as_str());
    }
    for (field, mentions) in [("target", &account.targets), ("victim", &account.victims), ("weapon", &account.weapons)]
    {
        for (i, m) in mentions.iter().enumerate() {
            put(field, i, &mut std::iter::once(m.span), m.by.as_str());
        }
    }
    let lists = [("people", &account.people), ("property", &account.property), ("hostages", &account.hostages)];
    for (field, list) in lists {
        for (i, h) in list.iter().enumerate() {
            put(field, i, &mut h.evidence.iter().copied(), h.by.as_str());
        }
    }
    for (i, d) in account.doers.iter().enumerate() {
        put("doers", i, &mut d.evidence.iter().copied(), d.by.as_str());
    }
    for (i, m) in account.motives.iter().enumerate() {
        put("motive", i, &mut std::iter::once(m.span), m.by.as_str());
    }
    for (i, s) in account.sentences.iter().enumerate() {
        put("sentence", i, &mut std::iter::once(*s), "");
    }
    out
}
