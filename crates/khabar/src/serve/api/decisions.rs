//! Deciding, and what was decided.

use crate::json;
use crate::serve::answer::{Answer, Asks, Sent};
use crate::serve::fail::Fail;
use crate::serve::guard::Me;
use crate::serve::query::Part;
use crate::serve::state::{self, Shared};
use crate::{actor, decide, open};
use archive::{Act, Archive, Author, Entry, Group, LOOKED, Pointed, Topic};
use axum::extract::State;
use incident::{Rating, Supporter};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What somebody decides.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Wanted {
    /// Who decides; whoever logged in decides under their own name, whatever stands here.
    #[serde(default, rename = "as")]
    #[schema(max_length = 200)]
    who: String,
    /// Why, for whoever reads the log.
    #[serde(default)]
    #[schema(max_length = 2000)]
    why: String,
    #[serde(flatten)]
    act: Wish,
}

/// The act, and what it takes. Incidents are named by their ids, or as much of them as is enough.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "act", rename_all = "kebab-case")]
enum Wish {
    /// These incidents are one.
    Merge { incidents: Vec<String> },
    /// These accounts of one incident are another: INCIDENT/NUMBER as shown, from 1, or ARTICLE/NUMBER.
    Split { accounts: Vec<String> },
    /// A field has this value.
    Correct { incident: String, field: String, value: String },
    /// An incident, INCIDENT/NUMBER or ARTICLE/NUMBER tells nothing that happened.
    Dismiss { what: String },
    /// It does after all.
    Restore { what: String },
    /// How far an outlet can be relied on.
    Rate {
        outlet: String,
        #[schema(value_type = json::RatingName)]
        rating: String,
    },
    /// Words about an incident.
    Note { incident: String, text: String },
    /// Somebody looked at an item of the review and leaves everything as it is. Kept as a note.
    Look { item: String },
    /// One actor takes in another.
    ActorMerge { actor: String, other: String },
    /// An actor bears a further name.
    ActorAlias { actor: String, name: String },
    /// A decision is taken back; without one the last of this person's that holds.
    Undo {
        #[serde(default)]
        decision: Option<String>,
    },
}

/// Decide
///
/// The answer is the decision as `khabar log --json` prints it; `now` are the incidents that its accounts are in from now on.
#[utoipa::path(post, path = "/decisions", request_body = Wanted, tag = "decisions",
    responses((status = 200, description = "the decision that was made", body = json::Decided)))]
pub(crate) async fn make(State(state): State<Shared>, me: Me, Sent(wanted): Sent<Wanted>) -> Result<Answer, Fail> {
    let who = me.name.unwrap_or(wanted.who);
    if who.trim().is_empty() {
        return Err(Fail::wrong("a decision needs the name of whoever makes it, in `as`"));
    }
    state
        .change(move |archive, state| {
            let author = Author::now(&who, &wanted.why);
            let decision = match wanted.act {
                Wish::Undo { decision } => {
                    archive.undo(&author, decision.as_deref().filter(|d| !d.trim().is_empty()))?
                }
                wish => {
                    let act = act(archive, state, wish)?;
                    archive.decide(&author, act)?
                }
            };
            match archive.log()?.into_iter().find(|e| e.decision.id == decision.id) {
                Some(entry) => Answer::of(&entry),
                None => Err(Fail::internal("the decision was made and is not in the log")),
            }
        })
        .await
}

fn act(archive: &Archive, state: &state::State, wish: Wish) -> Result<Act, Fail> {
    Ok(match wish {
        Wish::Merge { incidents } => {
            let ids: Vec<String> = incidents.iter().map(|i| open::incident_id(i)).collect();
            archive.merging(&ids.iter().map(String::as_str).collect::<Vec<_>>())?
        }
        Wish::Split { accounts } => splitting(archive, &accounts)?,
        Wish::Correct { incident, field, value } => {
            decide::correcting(archive, &state.actors, &incident, &field.replace('-', "_"), &value)?
        }
        Wish::Dismiss { what } => archive.dismissing(&pointed(&what)?)?,
        Wish::Restore { what } => archive.restoring(&pointed(&what)?)?,
        Wish::Rate { outlet, rating } => {
            let known = Rating::named(&rating);
            let rating =
                known.ok_or_else(|| Fail::wrong(format!("`{rating}` is no rating; write A, B, C, D, E or F")))?;
            Act::Rate { outlet, rating }
        }
        Wish::Note { incident, text } => archive.noting(&incident, &text)?,
        Wish::Look { item } => looking(archive, &item)?,
        Wish::ActorMerge { actor, other } => actor::merging(archive, &state.actors, &actor, &other)?,
        Wish::ActorAlias { actor, name } => actor::naming(archive, &state.actors, &actor, &name)?,
        Wish::Undo { .. } => return Err(Fail::internal("an undo is made from what was decided")),
    })
}

fn pointed(what: &str) -> Result<Pointed, Fail> {
    what.parse().map_err(Fail::wrong)
}

/// The act that takes accounts of one incident out of it.
fn splitting(archive: &Archive, accounts: &[String]) -> Result<Act, Fail> {
    let mut home: Option<String> = None;
    let mut taken = Vec::new();
    for a in accounts {
        let (incident, at) = match pointed(a)? {
            Pointed::Incident(id) => return Err(Fail::wrong(format!("`{id}` is an incident; name accounts of one"))),
            Pointed::Account(id, number) => {
                let incident = archive.incident(&id)?.incident;
                let count = incident.accounts.len();
                let at = incident.accounts.get(number - 1).cloned();
                let none = || Fail::refused(format!("incident {} has {count} accounts, not {number}", incident.id));
                (incident.id.clone(), at.ok_or_else(none)?)
            }
            Pointed::Article(article, number) => {
                let ordinal = u32::try_from(number - 1).unwrap_or(u32::MAX);
                let opened = archive.article(&article)?;
                let home = opened.and_then(|o| o.accounts.into_iter().nth(number - 1)?.1);
                let none = || Fail::refused(format!("account {article}/{number} is of no incident"));
                (home.ok_or_else(none)?, Supporter { article, ordinal })
            }
        };
        if home.get_or_insert_with(|| incident.clone()) != &incident {
            return Err(Fail::refused("accounts of several incidents were named; split one at a time"));
        }
        taken.push(at);
    }
    let Some(home) = home else { return Err(Fail::wrong("name the accounts to take out")) };
    Ok(archive.taking_out(&home, &taken)?)
}

/// The note that says of an item of the review that somebody looked at it; it stands with the item's incident, if it has one.
fn looking(archive: &Archive, item: &str) -> Result<Act, Fail> {
    let wrong = || Fail::wrong(format!("`{item}` is no key of an item; see /api/v1/review"));
    let (kind, rest) = item.split_once(':').ok_or_else(wrong)?;
    let text = format!("{LOOKED}{item}");
    match Topic::named(kind).ok_or_else(wrong)? {
        Topic::Merge | Topic::Near | Topic::Dispute | Topic::Place | Topic::Date => {
            let incident = rest.split(':').next().filter(|i| !i.is_empty()).ok_or_else(wrong)?;
            Ok(archive.noting(incident, &text)?)
        }
        Topic::Conflict | Topic::Actor | Topic::Problem => Ok(Act::Note { of: Group::default(), text }),
    }
}

/// Which decisions.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct Listing {
    /// Only those that show in this incident.
    #[param(required = false)]
    incident: String,
}

/// Decisions, the last first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Log {
    total: usize,
    offset: usize,
    limit: usize,
    #[schema(value_type = Vec<json::Decided>)]
    decisions: Vec<Entry>,
}

/// What people decided, the last first
#[utoipa::path(get, path = "/log", params(Listing, Part), tag = "decisions",
    responses((status = 200, description = "decisions", body = Log)))]
pub(crate) async fn log(
    State(state): State<Shared>,
    Asks(wanted): Asks<Listing>,
    Asks(part): Asks<Part>,
) -> Result<Answer, Fail> {
    let (offset, limit) = part.range()?;
    state
        .look(move |archive, _| {
            let mut all = match wanted.incident.as_str() {
                "" => archive.log()?,
                id => archive.history(&archive.incident(&open::incident_id(id))?.incident)?,
            };
            let total = all.len();
            all.reverse();
            let decisions = all.into_iter().skip(offset).take(limit).collect();
            Answer::of(&Log { total, offset, limit, decisions })
        })
        .await
}

/// Where decisions contradict each other, or what accounts say.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Conflicts {
    #[schema(value_type = Vec<json::Contradiction>)]
    conflicts: Vec<archive::Conflict>,
}

/// Where decisions contradict each other, or what accounts say, and what holds meanwhile
#[utoipa::path(get, path = "/conflicts", tag = "decisions",
    responses((status = 200, description = "conflicts", body = Conflicts)))]
pub(crate) async fn conflicts(State(state): State<Shared>) -> Result<Answer, Fail> {
    state.look(|archive, _| Answer::of(&Conflicts { conflicts: archive.conflicts(None)? })).await
}

/// What came of taking decisions in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Taken {
    new: usize,
    known: usize,
}

/// Take in decisions, as `/export/decisions` gives them: all of them, or none
#[utoipa::path(post, path = "/decisions/import", tag = "decisions",
    request_body(content = String, content_type = "text/plain", description = "a decision a line, as JSON"),
    responses((status = 200, description = "taken in", body = Taken)))]
pub(crate) async fn import(State(state): State<Shared>, body: axum::body::Bytes) -> Result<Answer, Fail> {
    let text = String::from_utf8(body.to_vec()).map_err(|_| Fail::wrong("the decisions are not UTF-8"))?;
    if text.trim().is_empty() {
        return Err(Fail::wrong("no decision was sent; send a decision a line"));
    }
    state
        .change(move |archive, _| {
            let taken = archive.import_decisions(&text)?;
            Answer::of(&Taken { new: taken.new, known: taken.known })
        })
        .await
}
