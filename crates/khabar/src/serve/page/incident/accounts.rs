//! The accounts side by side: what each says, value by value, above the words that say it.

use super::View;
use crate::label;
use crate::screen::plain;
use crate::serve::page::marks::{Mark, Tells};
use crate::serve::page::say::moment;
use crate::serve::page::text;
use crate::values::Value;
use account::Prominence;
use maud::{Markup, html};

/// So many accounts are shown at once.
pub(crate) const MOST: usize = 24;

pub(super) fn section(view: &View<'_>, all: bool) -> Markup {
    let many = view.whole.accounts.len();
    let shown = if all { many } else { many.min(MOST) };
    html! {
        section #accounts aria-labelledby="h-accounts" {
            div.head {
                h2 #h-accounts { "Accounts side by side" }
                (legend())
            }
            (columns(&[view], |_, a| a < shown))
            @if shown < many {
                p { a href="?accounts=all#accounts" { "Show all " (many) " accounts" } " (" (shown) " are shown)" }
            }
        }
    }
}

/// What grounds and lines of marked words mean.
pub(crate) fn legend() -> Markup {
    html! {
        ul.grounds.rest aria-label="Marked words" {
            @for (tells, name) in Tells::LEGEND { li { mark class=(tells.class()) { (name) } } }
        }
    }
}

/// Accounts as columns, of several incidents one behind the other: those that `wanted` takes, by incident and position.
pub(crate) fn columns(views: &[&View<'_>], wanted: impl Fn(usize, usize) -> bool) -> Markup {
    html! {
        div.columns tabindex="0" role="region" aria-label="Accounts, side by side" {
            @for (n, view) in views.iter().enumerate() {
                @for a in (0..view.values.len()).filter(|a| wanted(n, *a)) { (column(view, a, n)) }
            }
        }
    }
}

fn column(view: &View<'_>, at: usize, side: usize) -> Markup {
    let (whole, values, number) = (view.whole, &view.values[at], view.number(at));
    let Some(kept) = whole.article(at) else { return html! {} };
    let account = &whole.accounts[at];
    let mut marks = text::marks(values, |n| view.mark(at, n));
    if let Some(tells) = view.only {
        marks.retain(|m| m.tells == tells);
    }
    let ties = super::chain::words(view, at).into_iter();
    marks.extend(ties.map(|(span, value)| Mark { span, tells: Tells::Voice, value, first: false }));
    let address = format!("/articles/{}#a{}", kept.id, whole.incident.accounts[at].ordinal + 1);
    html! {
        article.account.other[side > 0] id={ "a" (number) } tabindex="-1" aria-labelledby={ "t" (number) } {
            header {
                p.source {
                    span.n { "[" (number) "]" } " " b { bdi { (label::outlet(kept)) } }
                    @if let Some(p) = &kept.article.published {
                        " " (moment(p.value.time.as_deref().unwrap_or(&p.value.date.to_string())))
                    }
                }
                h3 id={ "t" (number) } dir="auto" { a href=(address) { (text::headline(&kept.article, &marks)) } }
                @if account.prominence != Prominence::Main { p.faint.small { (prominence(account.prominence)) } }
                @if !kept.source_chain.is_empty() {
                    @let chain = kept.source_chain.iter().map(|v| plain(&v.value)).collect::<Vec<_>>().join(", from ");
                    p.faint.small { "takes its story from " bdi { (chain) } }
                }
            }
            (list(values, |n| view.mark(at, n)))
            div.text { (text::body(&kept.article, &marks, true)) }
        }
    }
}

/// What the article has it for.
pub(crate) fn prominence(p: Prominence) -> &'static str {
    match p {
        Prominence::Main => "what the article is about",
        Prominence::Update => "news on something reported before",
        Prominence::Background => "told for context",
        Prominence::Brief => "one of several told shortly",
    }
}

/// The values of an account, each a link to its words.
pub(crate) fn list(values: &[Value<'_>], name: impl Fn(usize) -> String) -> Markup {
    html! {
        dl.values {
            @for run in numbered(values).chunk_by(|a, b| a.1.name == b.1.name) {
                dt { span class={ "key " (Tells::of(run[0].1.name).class()) } { (run[0].1.name) } }
                // Things and kinds are short and many: they stand on one line.
                @if matches!(run[0].1.name, "kind" | "target" | "victim" | "weapon") {
                    dd { @for (i, (n, v)) in run.iter().enumerate() { @if i > 0 { " · " } (one(v, &name(*n))) } }
                } @else {
                    @for (n, v) in run { dd { (one(v, &name(*n))) } }
                }
            }
        }
    }
}

fn one(v: &Value<'_>, name: &str) -> Markup {
    html! {
        @if v.evidence.is_empty() { span title=(v.by) data-v=(name) { bdi { (v.says) } } }
        @else { a.value href={ "#w-" (name) } title=(v.by) data-v=(name) { bdi { (v.says) } } }
    }
}

fn numbered<'v, 'a>(values: &'v [Value<'a>]) -> Vec<(usize, &'v Value<'a>)> {
    values.iter().enumerate().collect()
}
