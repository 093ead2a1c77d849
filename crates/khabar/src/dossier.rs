//! The dossier of an actor as JSON.

use crate::{json, label};
use account::{Alias, Binding};
use archive::{Dossier, Kept, Printed, Relating, Whole};
use serde::Serialize;
use utoipa::ToSchema;

/// The dossier, one object.
#[derive(Serialize, ToSchema)]
#[schema(as = Dossier)]
pub(crate) struct Shape<'a> {
    actor: &'a str,
    name: &'a str,
    class: &'a str,
    countries: &'a [String],
    aliases: Vec<AliasShape<'a>>,
    decided: &'a [String],
    printed: Vec<PrintedShape<'a>>,
    incidents: Vec<IncidentShape<'a>>,
    strength: Vec<StrengthShape<'a>>,
    relations: Vec<RelationShape<'a>>,
}

#[derive(Serialize, ToSchema)]
struct AliasShape<'a> {
    name: &'a str,
    from: Option<String>,
    until: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct PrintedShape<'a> {
    name: &'a str,
    articles: usize,
    article: &'a str,
    outlet: String,
    evidence: Vec<json::Words<'a>>,
}

#[derive(Serialize, ToSchema)]
struct IncidentShape<'a> {
    incident: &'a str,
    date: &'a str,
    place: &'a str,
    country: &'a str,
    kinds: Vec<&'static str>,
    standing: Vec<StandingShape<'a>>,
}

#[derive(Serialize, ToSchema)]
struct StandingShape<'a> {
    article: &'a str,
    outlet: String,
    #[serde(flatten)]
    bound: json::Bound<'a>,
}

#[derive(Serialize, ToSchema)]
struct StrengthShape<'a> {
    article: &'a str,
    outlet: String,
    published: Option<String>,
    #[serde(flatten)]
    people: json::People<'a>,
}

#[derive(Serialize, ToSchema)]
struct RelationShape<'a> {
    tie: &'static str,
    name: &'a str,
    actor: Option<&'a str>,
    article: &'a str,
    outlet: String,
    published: Option<String>,
    said_by: &'a [String],
    sentence: &'a str,
    evidence: Vec<json::Words<'a>>,
}

/// Every binding of the actor in an incident, with its article.
pub(crate) fn bindings<'a>(whole: &'a Whole, key: &str) -> Vec<(&'a Kept, &'a Binding)> {
    let of = |i: usize| {
        whole.article(i).into_iter().flat_map(move |k| whole.accounts[i].perpetrators.iter().map(move |b| (k, b)))
    };
    (0..whole.accounts.len()).flat_map(of).filter(|(_, b)| b.actor == key).collect()
}

fn day(kept: &Kept) -> Option<String> {
    kept.article.published_on().map(ToString::to_string)
}

impl<'a> Shape<'a> {
    pub(crate) fn new(found: &'a Dossier) -> Shape<'a> {
        let edtf = |d: &Option<article::Edtf>| d.as_ref().map(ToString::to_string);
        let names = |a: &'a Alias| AliasShape { name: &a.name, from: edtf(&a.from), until: edtf(&a.until) };
        let printed = |p: &'a Printed| PrintedShape {
            name: &p.name,
            articles: p.articles,
            article: &p.first.0.id,
            outlet: label::outlet(&p.first.0),
            evidence: json::words(&p.first.0.article.text, &[p.first.1], &p.by),
        };
        let standing = |(kept, b): (&'a Kept, &'a Binding)| StandingShape {
            article: &kept.id,
            outlet: label::outlet(kept),
            bound: json::Bound::new(&kept.article.text, b),
        };
        let incident = |w: &'a Whole| IncidentShape {
            incident: &w.incident.id,
            date: w.chosen("date"),
            place: w.chosen("place"),
            country: w.chosen("country"),
            kinds: w.kinds().iter().map(|k| k.name()).collect(),
            standing: bindings(w, &found.key).into_iter().map(standing).collect(),
        };
        let strength = |(kept, a, which): &'a (Kept, account::Account, Vec<usize>)| {
            which.iter().map(move |&i| StrengthShape {
                article: &kept.id,
                outlet: label::outlet(kept),
                published: day(kept),
                people: json::People::new(&kept.article.text, &a.figures[i]),
            })
        };
        let relation = |t: &'a Relating| RelationShape {
            tie: t.relation.tie.name(),
            name: &t.relation.name,
            actor: t.relation.key.as_deref(),
            article: &t.article.id,
            outlet: label::outlet(&t.article),
            published: day(&t.article),
            said_by: &t.said_by,
            sentence: t.relation.sentence.of(&t.article.article.text),
            evidence: json::words(&t.article.article.text, &t.relation.evidence, "relations"),
        };
        Shape {
            actor: &found.key,
            name: &found.name,
            class: found.listed.as_ref().map_or("", |a| a.class.name()),
            countries: found.listed.as_ref().map_or(&[], |a| &a.countries),
            aliases: found.listed.iter().flat_map(|a| &a.aliases).map(names).collect(),
            decided: &found.decided,
            printed: found.printed.iter().map(printed).collect(),
            incidents: found.incidents.iter().map(incident).collect(),
            strength: found.strengths.iter().flat_map(strength).collect(),
            relations: found.relations.iter().map(relation).collect(),
        }
    }
}
