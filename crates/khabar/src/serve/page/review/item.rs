//! One item of the queue with all that deciding takes: what is the matter, the words, and what can be done.

use super::called;
use crate::serve::fail::Fail;
use crate::serve::page::actor;
use crate::serve::page::incident::beside::Pair;
use crate::serve::page::incident::{View, accounts, dialogs, facts, readings, title, why};
use crate::serve::page::marks::Tells;
use crate::serve::page::say::{moment, number};
use crate::serve::state;
use crate::{history, label};
use account::is_generic;
use archive::{Archive, Entry, Filter, Item, Sort, Topic, Whole};
use incident::Field;
use maud::{Markup, html};

/// Incidents of a new actor, at most, that are listed.
const INCIDENTS: usize = 12;

/// What can be done with an item: key, name, and what the script does.
type Doing = (&'static str, &'static str, &'static str);

const LEAVE: Doing = ("l", "Leave as it is", "look");
const OTHERS: [Doing; 3] = [("c", "Correct", "correct"), ("d", "Dismiss", "dismiss"), ("n", "Note", "note")];

/// What can be done with an item of a topic, the likeliest first.
fn doings(topic: Topic) -> Vec<Doing> {
    let first: &[Doing] = match topic {
        Topic::Near => &[
            ("m", "They are one: merge", "merge-both"),
            ("l", "They are two", "look"),
            ("o", "Open side by side", "open"),
        ],
        Topic::Merge => &[("s", "Two incidents: split", "split"), ("m", "They are one", "look")],
        Topic::Dispute | Topic::Place | Topic::Date => &[LEAVE, ("m", "Merge", "merge"), ("s", "Split", "split")],
        Topic::Actor => &[
            ("m", "Merge with another", "actor-merge"),
            ("a", "Add a name", "actor-alias"),
            ("l", "It is a new one", "look"),
        ],
        Topic::Conflict | Topic::Problem => &[LEAVE],
    };
    let more: &[Doing] = match topic {
        Topic::Near | Topic::Merge | Topic::Dispute | Topic::Place | Topic::Date => &OTHERS,
        Topic::Actor | Topic::Conflict | Topic::Problem => &[],
    };
    first.iter().chain(more).copied().collect()
}

pub(super) fn section(archive: &Archive, state: &state::State, i: &Item) -> Result<Markup, Fail> {
    let whole = match (&i.incident, i.topic) {
        (Some(id), Topic::Merge | Topic::Dispute | Topic::Place | Topic::Date | Topic::Conflict) => {
            Some(archive.incident(id)?)
        }
        _ => None,
    };
    let body = match (&whole, i.topic) {
        (Some(w), Topic::Merge) => merged(archive, w, i)?,
        (Some(w), Topic::Conflict) => conflict(archive, Some(w), i)?,
        (None, Topic::Conflict) => conflict(archive, None, i)?,
        (Some(w), _) => field(w, i),
        (None, Topic::Near) => near(archive, i)?,
        (None, Topic::Actor) => new_actor(archive, state, i)?,
        (None, _) => html! { p.faint { "Read the file again once it is mended, or leave it as it is." } },
    };
    let positions: Vec<String> = i.accounts.iter().map(usize::to_string).collect();
    Ok(html! {
        section #item.item.incident tabindex="-1" aria-labelledby="h-item" data-key=(i.key) data-topic=(i.topic.name())
            data-incident=[&i.incident] data-other=[&i.other] data-field=[&i.field] data-actor=[&i.actor] data-accounts=(positions.join(" ")) {
            header {
                p.crumbs { (called(i.topic)) @if let Some(s) = i.score { " · score " (number(s)) } }
                h2.matter #h-item { bdi { (i.what) } }
                @if let Some(d) = &i.done { p.good { "Settled by " span.id { (d) } } }
                div.acts role="toolbar" aria-label="Decide" hidden {
                    @for (n, (key, name, does)) in doings(i.topic).iter().enumerate() {
                        button.main[n == 0] type="button" data-does=(does) aria-keyshortcuts=(key) { (name) " " kbd { (key) } }
                    }
                }
            }
            (body)
        }
    })
}

fn heading(w: &Whole) -> Markup {
    html! {
        a.open href={ "/incidents/" (w.incident.id) } { (title(w, 2)) }
        (facts(w))
    }
}

/// Two accounts that were joined by a narrow margin.
fn merged(archive: &Archive, w: &Whole, i: &Item) -> Result<Markup, Fail> {
    let view = View::of(w, 0);
    let joins = archive.why(&w.incident.id)?;
    let weakest = joins.iter().min_by(|a, b| a.score.total_cmp(&b.score));
    let pair = |a: usize| i.accounts.contains(&a) || i.accounts.is_empty();
    Ok(html! {
        (heading(w))
        @if let Some(j) = weakest {
            (why::table(j, [view.name(&j.pair[0]), view.name(&j.pair[1])]))
        }
        div.head { h2 { "The two accounts" } (accounts::legend()) }
        (accounts::columns(&[&view], |_, a| pair(a)))
        @if view.values.len() > 2 {
            details {
                summary { "The other accounts of the incident: " (view.values.len() - 2) }
                (accounts::columns(&[&view], |_, a| !pair(a) && a < accounts::MOST))
            }
        }
        (dialogs::all(w, None))
    })
}

/// A field on which accounts exclude each other, or of which hardly anything is known.
fn field(w: &Whole, i: &Item) -> Markup {
    let mut view = View::of(w, 0);
    let name = i.field.as_deref().unwrap_or_default();
    view.only = Some(Tells::of(name));
    let fields: Vec<&Field> = w.incident.fields.iter().filter(|f| f.name == name).collect();
    let told = |a: usize| fields.iter().flat_map(|f| &f.readings).any(|r| r.accounts.contains(&a));
    let some = (0..view.values.len()).any(told);
    html! {
        (heading(w))
        @if fields.is_empty() { p.faint { "No account tells it; see whether its words do." } }
        @else {
            (readings::table(&view, &fields, None))
            p.faint.small data-script hidden { "Digits " kbd { "1" } " to " kbd { "9" } " choose the reading of that row." }
        }
        div.head { h2 { "What the accounts say" } }
        (accounts::columns(&[&view], |_, a| (told(a) || !some) && a < accounts::MOST))
        (dialogs::all(w, None))
    }
}

fn near(archive: &Archive, i: &Item) -> Result<Markup, Fail> {
    let (Some(a), Some(b)) = (&i.incident, &i.other) else { return Ok(html! {}) };
    let pair = Pair::of(archive, a, b)?;
    Ok(html! { (pair.shown()) (dialogs::all(&pair.one, Some(&pair.other.incident.id))) })
}

fn new_actor(archive: &Archive, state: &state::State, i: &Item) -> Result<Markup, Fail> {
    let key = i.actor.clone().unwrap_or_default();
    let filter = Filter { actor: Some(key.clone()), ..Filter::default() };
    let (total, briefs) = archive.page(&filter, Sort::default(), 0, INCIDENTS)?;
    let others = archive.actors()?.into_iter().map(|(k, _)| k).filter(|k| *k != key && !is_generic(k));
    let others: Vec<(String, String)> = others.map(|k| (state.name(&k, &k), k)).collect();
    let printed =
        briefs.iter().flat_map(|b| &b.actors).find(|(k, _)| *k == key).map_or(key.as_str(), |(_, n)| n.as_str());
    Ok(html! {
        h2.title { a.open href=(actor::address(&key)) { bdi { (printed) } } }
        p { "It is named in " (label::count(total, "incident")) ". The list of actors does not know it: is it another name of one that it knows?" }
        table {
            thead { tr { th { "Date" } th { "Place" } th { "Kinds" } th.number { "Articles" } } }
            tbody {
                @for b in &briefs {
                    tr {
                        th scope="row" { a href={ "/incidents/" (b.id) } { @if b.date.is_empty() { "no date" } @else { (b.date) } } }
                        td { bdi { (b.place) } " " (b.country) }
                        td { (b.kinds.join(", ").replace('_', " ")) }
                        td.number { (b.articles) }
                    }
                }
            }
        }
        (actor::merge(&others))
        (actor::alias())
    })
}

/// Decisions that contradict each other, or what accounts say, each with its way back.
fn conflict(archive: &Archive, w: Option<&Whole>, i: &Item) -> Result<Markup, Fail> {
    let log = archive.log()?;
    let named: Vec<&Entry> = log.iter().filter(|e| i.key.split(':').any(|part| part == e.decision.id)).collect();
    let view = w.map(|w| View::of(w, 0));
    Ok(html! {
        table {
            thead { tr { th { "When" } th { "Who" } th { "What" } th { "Why" } th { span.hush { "Undo" } } } }
            tbody {
                @for e in named {
                    tr {
                        td { (moment(&e.decision.time)) }
                        td { bdi { (crate::screen::plain(&e.decision.who)) } }
                        td { bdi { (history::describe(&e.decision.act, &log)) } }
                        td { bdi { (crate::screen::plain(&e.decision.why)) } }
                        td { button type="button" data-undo=(e.decision.id) hidden { "Take back" } }
                    }
                }
            }
        }
        @if let Some(view) = &view {
            (heading(view.whole))
            @let fields: Vec<&Field> = view.whole.incident.fields.iter().filter(|f| i.field.as_ref().is_none_or(|n| *n == f.name)).collect();
            (readings::table(view, &fields, None))
            (accounts::columns(&[view], |_, a| a < accounts::MOST))
        }
    })
}
