//! Who did it, as told: what is stated, claimed, accused, suspected and denied, side by side.

use super::{account_link, mark};
use crate::claims::{self, Suspect, Voice};
use crate::screen::plain;
use crate::serve::page::say::segment;
use crate::values::Value;
use account::Standing;
use archive::Whole;
use maud::{Markup, html};

pub(super) fn section(whole: &Whole, values: &[Vec<Value<'_>>]) -> Markup {
    let all = claims::suspects(whole);
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
                    tbody { @for one in &all { (row(whole, values, one, &standings)) } }
                }
            }
        }
    }
}

fn row(whole: &Whole, values: &[Vec<Value<'_>>], one: &Suspect<'_>, standings: &[Standing]) -> Markup {
    let mut names: Vec<String> = one.names.iter().map(|n| plain(n)).collect();
    names.sort_by_key(|n| std::cmp::Reverse(n.len()));
    html! {
        tr {
            th scope="row" {
                a href={ "/actors/" (segment(one.key)) } { bdi { (names.first().map_or("", String::as_str)) } }
                @for n in names.iter().skip(1) { br; bdi.faint { (n) } }
            }
            @for s in standings {
                td data-v=(marks(values, one.key, *s)) {
                    @for v in one.standings.get(s).into_iter().flatten() { (voice(whole, v)) }
                }
            }
        }
    }
}

fn voice(whole: &Whole, v: &Voice) -> Markup {
    let who = if v.said_by.is_empty() { v.outlets(whole) } else { v.said_by.clone() };
    html! {
        p.voice {
            bdi { (who) } @if v.said_by.is_empty() { span.faint { " itself" } } " "
            @for a in &v.accounts { (account_link(*a)) " " }
        }
    }
}

/// The marks of the values that bind the actor so.
fn marks(values: &[Vec<Value<'_>>], key: &str, standing: Standing) -> String {
    let binds = |v: &Value<'_>| v.binding().is_some_and(|b| b.actor == key && b.status == standing);
    let of = |(a, all): (usize, &Vec<Value<'_>>)| {
        all.iter().enumerate().filter(|(_, v)| binds(v)).map(|(n, _)| mark(a, n)).collect::<Vec<_>>()
    };
    values.iter().enumerate().flat_map(of).collect::<Vec<_>>().join(" ")
}
