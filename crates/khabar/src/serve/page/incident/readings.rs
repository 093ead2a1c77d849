//! Every reading of every field, the chosen one marked, with the accounts that it rests on.

use super::{Asked, View};
use crate::label;
use crate::screen::plain;
use crate::serve::page::address::Address;
use crate::serve::page::marks::Tells;
use crate::serve::page::say::moment;
use incident::{Field, Reading, Rule};
use maud::{Markup, html};

/// The rules of a data set by the name that the address bears.
const PRESETS: [(&str, &str); 4] =
    [("", "as Khabar does"), ("acled", "as ACLED: lowest"), ("ucdp", "as UCDP: best"), ("gtd", "as GTD: majority")];

pub(super) fn section(view: &View<'_>, asked: &Asked) -> Markup {
    html! {
        section #readings aria-labelledby="h-readings" {
            div.head {
                h2 #h-readings { "Readings" }
                form.row.rest method="get" {
                    label for="rules" { "Numbers" }
                    select #rules name="rules" {
                        @for (value, name) in PRESETS {
                            option value=(value) selected[asked.preset == value] { (name) }
                        }
                    }
                    button { "Choose" }
                }
            }
            (table(view, &view.whole.incident.fields.iter().collect::<Vec<_>>(), Some(asked)))
        }
    }
}

/// Fields with their readings; with `asked` each field offers other rules.
pub(crate) fn table(view: &View<'_>, fields: &[&Field], asked: Option<&Asked>) -> Markup {
    html! {
        div.wide {
            table.readings {
                thead {
                    tr {
                        th { "Field" } th { "Value" } th { "Told by" }
                        th.number title="Independent sources: copies of one report count once" { "Indep." }
                        th { "First to last" } th { "Remark" }
                    }
                }
                @for field in fields { (rows(view, field, asked)) }
            }
        }
    }
}

fn rows(view: &View<'_>, field: &Field, asked: Option<&Asked>) -> Markup {
    let chosen = incident::choose(&field.readings, field.rule);
    html! {
        tbody id={ "f-" (field.name) } {
            @for (i, r) in field.readings.iter().enumerate() {
                tr.chosen[chosen == Some(i)] data-v=(support(view, field, r)) data-field=(field.name) data-value=(written(field, r)) {
                    @if i == 0 {
                        th scope="rowgroup" rowspan=(field.readings.len()) {
                            span class={ "key " (Tells::of(&field.name).class()) } { (field.name.replace('_', " ")) }
                            (rule(field, asked))
                        }
                    }
                    td.value {
                        @if chosen == Some(i) { span.pick aria-hidden="true" { "▸" } span.hush { "chosen: " } }
                        bdi { (value(view, field, r)) }
                    }
                    td.told { @for a in &r.accounts { (view.link(*a)) " " } }
                    td.number { @if r.accounts.is_empty() { "–" } @else { (r.independent) } }
                    td.span { (span(r)) }
                    td.remark { (remark(field, r, chosen == Some(i))) }
                }
            }
        }
    }
}

/// The value as a correction takes it.
fn written(field: &Field, r: &Reading) -> String {
    if field.name == "perpetrator" { format!("{} ({})", plain(&r.value), r.detail) } else { plain(&r.value) }
}

/// The marks of the values that a reading rests on.
fn support(view: &View<'_>, field: &Field, r: &Reading) -> String {
    let of = |a: &usize| {
        let all = view.values.get(*a).map_or(&[][..], Vec::as_slice).iter().enumerate();
        all.filter(|(_, v)| v.supports(&field.name, r)).map(|(n, _)| view.mark(*a, n)).collect::<Vec<_>>()
    };
    r.accounts.iter().flat_map(of).collect::<Vec<_>>().join(" ")
}

/// What chose the value, and links to the other rules.
fn rule(field: &Field, asked: Option<&Asked>) -> Markup {
    if field.choice().is_some_and(|r| r.by.is_some()) {
        return html! { span.by { "by decision" } };
    }
    let Some(asked) = asked else { return html! { span.faint.small { " by " (field.rule.name()) } } };
    html! {
        details.rule {
            summary { "by " (field.rule.name()) }
            ul {
                @for r in Rule::ALL {
                    li { a href=(asked.with(&field.name, *r)) aria-current=[(*r == field.rule).then_some("true")] { (r.name()) } }
                }
            }
        }
    }
}

/// The value with what it is bound to.
fn value(view: &View<'_>, field: &Field, r: &Reading) -> Markup {
    let plain_value = plain(&r.value);
    let around = if field.name == "place" {
        label::apart(&plain_value, r.detail.split(", ")).strip_prefix(&plain_value).unwrap_or("").to_owned()
    } else if r.detail.is_empty() {
        String::new()
    } else {
        format!(", {}", plain(&r.detail))
    };
    html! {
        @if field.name == "perpetrator" {
            a href=(Address::of("/actors").into(&r.value).as_str()) { b { (printed(view, r)) } }
        } @else {
            b { (people(&plain_value).replace('_', " ")) }
        }
        @if !around.is_empty() { span.faint { (around) } }
        @if r.part { span.faint { " (a part)" } }
    }
}

/// An actor as accounts print it, the longest name; its key where a person decided on one that none prints.
fn printed(view: &View<'_>, r: &Reading) -> String {
    let bound = view.whole.accounts.iter().flat_map(|a| &a.perpetrators).filter(|b| b.actor == r.value);
    let name = bound.map(|b| plain(&b.name)).max_by(|a, b| (a.len(), b).cmp(&(b.len(), a)));
    name.unwrap_or_else(|| plain(&r.value))
}

/// A range of people as a person writes it.
fn people(value: &str) -> String {
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    match value.split_once("..").filter(|(low, high)| digits(low) && digits(high)) {
        Some((low, "")) => format!("{low}+"),
        Some(("", high)) => format!("≤{high}"),
        Some((low, high)) => format!("{low}–{high}"),
        None => value.to_owned(),
    }
}

fn span(r: &Reading) -> Markup {
    let (Some(first), Some(last)) = (&r.first, &r.last) else { return html! {} };
    let same = first.bytes().zip(last.bytes()).take_while(|(a, b)| a == b).count();
    // What both share is not said twice: the day, or the year.
    let rest = if same >= 10 {
        11
    } else if same >= 5 {
        5
    } else {
        0
    };
    html! {
        (moment(first))
        @if first != last && same < 16 {
            "–" time datetime=(last) { (last.get(rest..16.min(last.len())).unwrap_or(last).replace('T', " ")) }
        }
    }
}

fn remark(field: &Field, r: &Reading, chosen: bool) -> Markup {
    html! {
        @if let Some(by) = &r.by { span { "decided by " bdi { (plain(&by.who)) } } " " }
        @if let Some(rating) = r.rating { span.faint { "rated " (rating.name()) ", " (rating.meaning()) } " " }
        @if chosen && field.disputed {
            span.disputed title="Independent accounts exclude each other" { "disputed" } " "
        }
        @if chosen && field.revised {
            span.revised title="Later reports raised the number: a revision, which alone is no dispute" { "revised" }
        }
    }
}
