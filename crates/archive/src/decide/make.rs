//! Acts made from what somebody points at: incidents by their ids, accounts by their numbers or articles.

use super::anchor::anchor;
use super::decision::{Act, Anchor, Group};
use super::{LONGEST, log};
use crate::error::{Error, Inner, What};
use crate::store::Archive;
use account::{Kind, Measure, Stage, Standing, is_generic};
use article::{Edtf, fold};
use incident::{Incident, Rating, Rules, Supporter};

/// What somebody points at: a whole incident, or some accounts.
///
/// *Shape*: read from `i3f2a9c` (an incident, as much of its id as is enough), `i3f2a9c/2` (its second account, as shown),
/// `8d0f3c2a77b1e946/1` (the first account of an article).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pointed {
    /// An incident.
    Incident(String),
    /// An account of an incident by its number there, from 1.
    Account(String, usize),
    /// An account of an article by its number there, from 1.
    Article(String, usize),
}

impl std::str::FromStr for Pointed {
    type Err = String;

    fn from_str(s: &str) -> Result<Pointed, String> {
        let Some((id, number)) = s.split_once('/') else { return Ok(Pointed::Incident(with_letter(s))) };
        let wrong = || format!("`{s}` points at no account; write it like i3f2a9c/2");
        let number = number.parse::<usize>().ok().filter(|n| *n > 0).ok_or_else(wrong)?;
        // Ids of articles have sixteen digits and no letter before them.
        let article = id.len() == 16 && id.bytes().all(|b| b.is_ascii_hexdigit());
        Ok(if article { Pointed::Article(id.to_owned(), number) } else { Pointed::Account(with_letter(id), number) })
    }
}

/// The id with its `i`, which may be left out: no digit of an id is an `i`.
fn with_letter(id: &str) -> String {
    let bare = !id.is_empty() && id.bytes().all(|b| b.is_ascii_hexdigit());
    if bare { format!("i{id}") } else { id.to_owned() }
}

impl Archive {
    /// The act that merges these incidents. *Errors*: unknown ones, or fewer than two.
    pub fn merging(&self, incidents: &[&str]) -> Result<Act, Error> {
        let make = || -> Inner<Act> {
            let mut groups: Vec<Group> = Vec::new();
            for id in incidents {
                let group = self.group(id)?;
                if !groups.contains(&group) {
                    groups.push(group);
                }
            }
            Ok(Act::Merge { incidents: groups })
        };
        make().map_err(|e| self.blame(e))
    }

    /// The act that takes accounts, by their numbers from 1, out of an incident.
    pub fn splitting(&self, incident: &str, accounts: &[usize]) -> Result<Act, Error> {
        let make = || -> Inner<Act> {
            let incident = self.bare(incident)?;
            let count = incident.accounts.len();
            if let Some(n) = accounts.iter().find(|n| **n == 0 || **n > count) {
                let what = format!("incident {} has no account {n}; its accounts are 1 to {count}", incident.id);
                return Err(What::Refused(what).into());
            }
            let chosen: Vec<Supporter> = accounts.iter().map(|n| incident.accounts[n - 1].clone()).collect();
            self.parting(incident, &chosen)
        };
        make().map_err(|e| self.blame(e))
    }

    /// The act that takes these accounts out of an incident: for whoever holds accounts rather than numbers, which may have
    /// moved since they were shown. *Errors*: one of them is not of the incident.
    pub fn taking_out(&self, incident: &str, accounts: &[Supporter]) -> Result<Act, Error> {
        let make = || -> Inner<Act> {
            let incident = self.bare(incident)?;
            if let Some(s) = accounts.iter().find(|s| !incident.accounts.contains(s)) {
                let what = format!("account {}/{} is not of incident {}", s.article, s.ordinal + 1, incident.id);
                return Err(What::Refused(what).into());
            }
            self.parting(incident, accounts)
        };
        make().map_err(|e| self.blame(e))
    }

    fn parting(&self, incident: Incident, taken: &[Supporter]) -> Inner<Act> {
        let (mut stay, mut out) = (Vec::new(), Vec::new());
        for s in &incident.accounts {
            let side = if taken.contains(s) { &mut out } else { &mut stay };
            side.push(anchor(&self.conn, s)?);
        }
        Ok(Act::Split { stay: Group { incident: incident.id, accounts: stay }, out })
    }

    /// The act that gives a field of an incident a value.
    pub fn correcting(&self, incident: &str, field: &str, value: &str) -> Result<Act, Error> {
        let of = self.group(incident).map_err(|e| self.blame(e))?;
        let (value, detail) = match value.rsplit_once(" (").filter(|_| field == "perpetrator") {
            Some((name, standing)) => (name, standing.trim_end_matches(')')),
            None => (value, if field == "perpetrator" { Standing::Stated.name() } else { "" }),
        };
        Ok(Act::Correct { of, field: field.to_owned(), value: value.to_owned(), detail: detail.to_owned() })
    }

    /// The act that dismisses what is pointed at.
    pub fn dismissing(&self, what: &Pointed) -> Result<Act, Error> {
        Ok(Act::Dismiss { of: self.pointed(what).map_err(|e| self.blame(e))? })
    }

    /// The act that restores what is pointed at: accounts, or all that was dismissed with an incident of that id.
    pub fn restoring(&self, what: &Pointed) -> Result<Act, Error> {
        let make = || -> Inner<Act> {
            let of = match what {
                Pointed::Article(..) => self.pointed(what)?,
                Pointed::Incident(id) => log::dismissed(&self.conn, id, None)?,
                Pointed::Account(id, number) => log::dismissed(&self.conn, id, Some(*number))?,
            };
            Ok(Act::Restore { of })
        };
        make().map_err(|e| self.blame(e))
    }

    /// The act that puts words to an incident.
    pub fn noting(&self, incident: &str, text: &str) -> Result<Act, Error> {
        let of = self.group(incident).map_err(|e| self.blame(e))?;
        Ok(Act::Note { of, text: text.to_owned() })
    }

    fn pointed(&self, what: &Pointed) -> Inner<Group> {
        let one = |s: &Supporter| Ok(Group { incident: String::new(), accounts: vec![anchor(&self.conn, s)?] });
        match what {
            Pointed::Incident(id) => self.group(id),
            Pointed::Account(id, number) => {
                let incident = self.bare(id)?;
                match incident.accounts.get(number - 1) {
                    Some(s) => one(s),
                    None => {
                        let count = incident.accounts.len();
                        Err(What::Refused(format!("incident {} has {count} accounts, not {number}", incident.id))
                            .into())
                    }
                }
            }
            Pointed::Article(article, number) => {
                let s = Supporter { article: article.clone(), ordinal: u32::try_from(number - 1).unwrap_or(u32::MAX) };
                one(&s).map_err(|_| What::Refused(format!("no article {article} has an account {number}")).into())
            }
        }
    }

    /// All accounts of an incident as it is now.
    fn group(&self, id: &str) -> Inner<Group> {
        let incident = self.bare(id)?;
        let accounts = incident.accounts.iter().map(|s| anchor(&self.conn, s)).collect::<Inner<Vec<Anchor>>>()?;
        Ok(Group { incident: incident.id, accounts })
    }

    fn bare(&self, id: &str) -> Inner<Incident> {
        crate::find::incident(&self.conn, &with_letter(id))
    }
}

/// The act with its values written as readings write them. *Errors*: an act that nobody can mean.
pub(crate) fn checked(act: Act) -> Inner<Act> {
    let refuse = |what: String| Err(What::Refused(what).into());
    Ok(match act {
        Act::Merge { incidents } if incidents.len() < 2 => {
            return refuse("to merge takes two different incidents or more".into());
        }
        Act::Split { stay, out } if out.is_empty() || stay.accounts.is_empty() => {
            let of = stay.incident;
            return refuse(format!(
                "to split incident {of} some of its accounts must be taken out, and some must stay"
            ));
        }
        Act::Correct { of, field, value, detail } => {
            let field = field.trim().replace('-', "_");
            let (value, detail) = correct(&field, value.trim(), detail.trim()).map_err(What::Refused)?;
            Act::Correct { of, field, value, detail }
        }
        Act::Note { of, text } => {
            brief(&text)?;
            if text.trim().is_empty() {
                return refuse("a note needs words".into());
            }
            Act::Note { of, text: text.trim().to_owned() }
        }
        Act::Rate { outlet, rating } => {
            brief(&outlet)?;
            if fold(&outlet).trim().is_empty() {
                return refuse("a rating needs the name of an outlet".into());
            }
            Act::Rate { outlet: outlet.trim().to_owned(), rating: Rating::named(rating.name()).unwrap_or(rating) }
        }
        Act::ActorMerge { actor, other } => {
            if let Some(key) = [&actor, &other].into_iter().find(|k| is_generic(k)) {
                return refuse(format!("`{key}` names no actor: it stands for whoever is called so"));
            }
            if actor == other {
                return refuse(format!("`{actor}` is one actor already"));
            }
            Act::ActorMerge { actor, other }
        }
        Act::ActorAlias { actor, name } => {
            brief(&name)?;
            if is_generic(&actor) || fold(&name).trim().is_empty() {
                return refuse(format!("`{name}` cannot be a name of `{actor}`"));
            }
            Act::ActorAlias { actor, name: name.trim().to_owned() }
        }
        other => other,
    })
}

/// Refuses what is longer than a person writes.
pub(crate) fn brief(words: &str) -> Inner<()> {
    if words.len() > LONGEST {
        return Err(What::Refused(format!("{} bytes are too many; write at most {LONGEST}", words.len())).into());
    }
    Ok(())
}

/// A field's value and what it is bound to, as readings write them; else why it cannot be one.
fn correct(field: &str, value: &str, detail: &str) -> Result<(String, String), String> {
    let plain = |v: String| Ok((v, String::new()));
    let names = |all: Vec<&str>| Err(format!("`{value}` cannot be the {field}; write one of {}", all.join(", ")));
    match field {
        _ if value.is_empty() => Err(format!("no value is given for {field}")),
        "date" => match value.parse::<Edtf>() {
            Ok(date) => plain(date.to_string()),
            Err(_) => Err(format!("`{value}` is no date; write it like 2024-03-04, 2024-03 or 2024-03-04/2024-03-06")),
        },
        "place" => plain(value.to_owned()),
        "country" if value.len() == 3 && value.bytes().all(|b| b.is_ascii_alphabetic()) => {
            plain(value.to_ascii_uppercase())
        }
        "country" => Err(format!("`{value}` is no code of a country; write it like AFG or PAK")),
        "kind" if Kind::named(value).is_some() => plain(value.to_owned()),
        "kind" => names(Kind::ALL.iter().map(|k| k.name()).collect()),
        "stage" if Stage::named(value).is_some() => plain(value.to_owned()),
        "stage" => names(Stage::ALL.iter().map(|k| k.name()).collect()),
        "perpetrator" if Standing::named(detail).is_some() => Ok((value.to_owned(), detail.to_owned())),
        "perpetrator" => {
            let all = Standing::ALL.iter().map(|k| k.name()).collect::<Vec<_>>().join(", ");
            Err(format!("`{detail}` is no standing; write the actor and one of {all} in brackets"))
        }
        _ if Measure::named(field).is_some() => people(value).map_or_else(
            || Err(format!("`{value}` is no number of people; write it like 13, 30.., ..40 or 190..199")),
            plain,
        ),
        _ => Err(format!("`{field}` is no field; write one of {}", Rules::fields().collect::<Vec<_>>().join(", "))),
    }
}

/// A number of people as readings write it; `None` if it is none.
fn people(value: &str) -> Option<String> {
    let Some((low, high)) = value.split_once("..") else { return value.parse::<u64>().ok().map(|n| n.to_string()) };
    let bound = |s: &str| if s.is_empty() { Some(None) } else { s.parse::<u64>().ok().map(Some) };
    match (bound(low)?, bound(high)?) {
        (Some(l), Some(h)) if l > h => None,
        (Some(l), Some(h)) if l == h => Some(l.to_string()),
        (None, None) => None,
        (l, h) => {
            let print = |n: Option<u64>| n.map(|n| n.to_string()).unwrap_or_default();
            Some(format!("{}..{}", print(l), print(h)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_readings_write_them() {
        let value = |field: &str, v: &str| correct(field, v, "stated").map(|(v, _)| v);
        assert_eq!(value("killed", "013"), Ok("13".into()));
        assert_eq!(value("injured", "40..40"), Ok("40".into()));
        assert_eq!(value("killed", "30.."), Ok("30..".into()));
        assert_eq!(value("country", "afg"), Ok("AFG".into()));
        assert_eq!(value("date", "2024-03"), Ok("2024-03".into()));
        for (field, v) in [
            ("killed", "many"),
            ("killed", "40..30"),
            ("killed", ".."),
            ("killed", "-1"),
            ("date", "yesterday"),
            ("country", "Mali"),
            ("kind", "war"),
            ("stage", ""),
            ("motive", "x"),
        ] {
            assert!(value(field, v).is_err(), "{field} {v}");
        }
    }

    #[test]
    fn what_is_pointed_at() {
        let p = |s: &str| s.parse::<Pointed>();
        assert_eq!(p("3f2a9c"), Ok(Pointed::Incident("i3f2a9c".into())));
        assert_eq!(p("i3f2a9c/2"), Ok(Pointed::Account("i3f2a9c".into(), 2)));
        assert_eq!(p("8d0f3c2a77b1e946/1"), Ok(Pointed::Article("8d0f3c2a77b1e946".into(), 1)));
        assert!(p("i3f/0").is_err() && p("i3f/x").is_err());
    }
}
