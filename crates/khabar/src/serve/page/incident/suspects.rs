//! Who did it, as told: what is stated, claimed, accused, suspected and denied, side by side.

use super::View;
use crate::claims::{self, Suspect, Voice};
use crate::screen::plain;
use crate::serve::page::address::Address;
use crate::values::Value;
use account::Standing;
use maud::{Markup, html};

pub(super) fn section(view: &View<'_>) -> Markup {
    let all = claims::suspects(view.whole);
    if all.is_empty() {
        return html! {};
    }
    let heard = |s: &&Standing| all.iter().any(|one| one.standings.contains_key(*s));
    let standings: Vec<Standing> = Standing::ALL.iter().filter(heard).copied().collect();
    html! {
        section #suspects aria-labelledby="h-suspects" {
            h2 #h-suspects { "Who did it, as told" }
            div.wide {
                table.suspects {
                    thead { tr { th { "Actor" } @for s in &standings { th { (s.name()) } } } }
                    tbody { @for one in &all { (row(view, one, &standings)) } }
                }
            }
        }
    }
}

fn row(view: &View<'_>, one: &Suspect<'_>, standings: &[Standing]) -> Markup {
    let mut names: Vec<String> = one.names.iter().map(|n| plain(n)).collect();
    names.sort_by_key(|n| std::cmp::Reverse(n.len()));
    html! {
        tr {
            th scope="row" {
                a href=(Address::of("/actors").into(one.key).as_str()) { bdi { (names.first().map_or("", String::as_str)) } }
                @for n in names.iter().skip(1) { br; bdi.faint { (n) } }
            }
            @for s in standings {
                td data-v=(marks(view, one.key, *s)) {
                    @for v in one.standings.get(s).into_iter().flatten() { (voice(view, v)) }
                }
            }
        }
    }
}

fn voice(view: &View<'_>, v: &Voice) -> Markup {
    let who = if v.said_by.is_empty() { v.outlets(view.whole) } else { v.said_by.clone() };
    html! {
        p.voice {
            bdi { (who) } @if v.said_by.is_empty() { span.faint { " itself" } } " "
            @for a in &v.accounts { (view.link(*a)) " " }
        }
    }
}

/// The marks of the values that bind the actor so.
fn marks(view: &View<'_>, key: &str, standing: Standing) -> String {
    let binds = |v: &Value<'_>| v.binding().is_some_and(|b| b.actor == key && b.status == standing);
    let of = |(a, all): (usize, &Vec<Value<'_>>)| {
        all.iter().enumerate().filter(|(_, v)| binds(v)).map(|(n, _)| view.mark(a, n)).collect::<Vec<_>>()
    };
    view.values.iter().enumerate().flat_map(of).collect::<Vec<_>>().join(" ")
}
