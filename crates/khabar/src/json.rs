//! The shapes of JSON that leave the program. Inner types are never printed directly, so that they may change.
//!
//! Every object stands on a line of its own. Positions are bytes of the article's text, half-open.

mod article;
mod decided;

pub(crate) use article::Article as ArticleShape;
pub(crate) use decided::{Contradiction, Decided, RatingName};

use crate::label;
use ::article::{Article, Problem, Span};
use account::{Account, Binding, Described, Effect, Figure, Harmed, Mention, Motive, Report, Source, Trait, gtd};
use archive::{Kept, Whole};
use decided::{Person, Totals};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// One line of JSON. Characters that steer a terminal are escaped, also those that JSON itself would let pass.
pub(crate) fn line<T: Serialize>(value: &T) -> std::io::Result<String> {
    let json = serde_json::to_string(value)?;
    if !json.chars().any(crate::screen::is_control) {
        return Ok(json + "\n");
    }
    // They can stand only inside strings, where an escape means the same.
    let escape = |c: char| if crate::screen::is_control(c) { format!("\\u{:04x}", c as u32) } else { c.to_string() };
    Ok(json.chars().map(escape).collect::<String>() + "\n")
}

/// Words of an article, where they stand, and the rule that read them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Words<'a> {
    start: u32,
    end: u32,
    words: &'a str,
    by: &'a str,
}

pub(crate) fn words<'a>(text: &'a str, spans: &[Span], by: &'a str) -> Vec<Words<'a>> {
    spans.iter().map(|s| Words { start: s.start, end: s.end, words: s.of(text), by }).collect()
}

/// What one article says: a line of `khabar accounts --json`.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Told<'a> {
    pub(crate) report: String,
    pub(crate) outlet: Option<&'a str>,
    pub(crate) url: Option<&'a str>,
    pub(crate) title: Option<&'a str>,
    pub(crate) published: Option<String>,
    pub(crate) accounts: Vec<Said<'a>>,
    pub(crate) source_chain: Vec<&'a str>,
    pub(crate) copy_of: String,
    pub(crate) problems: Vec<Wrong<'a>>,
}

/// A problem and its code.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Wrong<'a> {
    code: &'a str,
    detail: &'a str,
}

impl<'a> Told<'a> {
    pub(crate) fn new(
        report: String,
        article: &'a Article,
        told: &'a Report,
        incidents: &[Option<String>],
    ) -> Told<'a> {
        let said = |(i, a)| Said { incident: incidents.get(i).cloned().flatten(), ..Said::new(&article.text, a) };
        Told {
            report,
            outlet: article.outlet_name(),
            url: article.url.as_ref().map(|u| u.value.as_str()),
            title: article.title.as_ref().map(|t| t.value.as_str()),
            published: published(article),
            accounts: told.accounts.iter().enumerate().map(said).collect(),
            source_chain: told.source_chain.iter().map(|v| v.value.as_str()).collect(),
            copy_of: String::new(),
            problems: wrong(&told.problems),
        }
    }
}

pub(crate) fn wrong(problems: &[Problem]) -> Vec<Wrong<'_>> {
    problems.iter().map(|p| Wrong { code: &p.code, detail: &p.detail }).collect()
}

fn published(article: &Article) -> Option<String> {
    article.published.as_ref().map(|p| p.value.time.clone().unwrap_or_else(|| p.value.date.to_string()))
}

/// One account.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Said<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    incident: Option<String>,
    prominence: &'static str,
    kind: Vec<&'static str>,
    stage: &'static str,
    date: String,
    date_basis: &'static str,
    place: Where<'a>,
    place_precision: &'static str,
    figures: Vec<People<'a>>,
    perpetrators: Vec<Bound<'a>>,
    targets: Vec<&'a str>,
    victims: Vec<&'a str>,
    weapons: Vec<&'a str>,
    people: Vec<Hit<'a>>,
    property: Vec<Hit<'a>>,
    hostages: Vec<Hit<'a>>,
    doers: Vec<Doer<'a>>,
    motives: Vec<Why<'a>>,
    gtd: Gtd,
    evidence: BTreeMap<&'static str, Vec<Words<'a>>>,
}

/// A place; what is unknown is empty.
#[derive(Debug, Serialize, Default, ToSchema)]
pub(crate) struct Where<'a> {
    name: &'a str,
    city: &'a str,
    admin1: &'a str,
    country: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    latitude: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    longitude: Option<f32>,
}

/// A number of people.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct People<'a> {
    measure: &'static str,
    low: Option<u64>,
    high: Option<u64>,
    words: &'a str,
    who: &'a str,
    said_by: Vec<&'a str>,
    total: bool,
    evidence: Vec<Words<'a>>,
}

impl<'a> People<'a> {
    pub(crate) fn new(text: &'a str, f: &'a Figure) -> People<'a> {
        People {
            measure: f.measure.name(),
            low: f.low,
            high: f.high,
            words: &f.words,
            who: &f.who,
            said_by: sources(&f.said_by),
            total: f.total,
            evidence: words(text, &[f.span], &f.by),
        }
    }
}

/// People or things that an incident hit.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Hit<'a> {
    words: &'a str,
    low: Option<u64>,
    high: Option<u64>,
    /// Empty where nothing is said.
    effect: &'static str,
    /// Number and name of the type of target in the Global Terrorism Database.
    #[serde(skip_serializing_if = "Option::is_none")]
    gtd_target: Option<(u8, &'a str)>,
    #[serde(flatten)]
    traits: BTreeMap<&'static str, &'a str>,
    said_by: Vec<&'a str>,
    evidence: Vec<Words<'a>>,
}

impl<'a> Hit<'a> {
    fn new(text: &'a str, h: &'a Harmed) -> Hit<'a> {
        Hit {
            words: &h.words,
            low: h.low,
            high: h.high,
            effect: h.effect.map_or("", Effect::name),
            gtd_target: gtd::target_type(&h.words).map(|t| (t.number, t.name.as_str())),
            traits: traits(&h.traits),
            said_by: sources(&h.said_by),
            evidence: words(text, &h.evidence, &h.by).into_iter().chain(told(text, &h.traits)).collect(),
        }
    }
}

/// What the words tell of people, by kind.
fn traits(all: &[Trait]) -> BTreeMap<&'static str, &str> {
    all.iter().map(|t| (t.kind.name(), t.value.as_str())).collect()
}

/// The words of traits; the kind of each stands for its rule.
fn told<'a>(text: &'a str, all: &'a [Trait]) -> Vec<Words<'a>> {
    all.iter().flat_map(|t| words(text, &[t.span], t.kind.name())).collect()
}

/// Columns of the Global Terrorism Database that an account fills by itself.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Gtd {
    property: i8,
    #[serde(skip_serializing_if = "Option::is_none")]
    hostkidoutcome: Option<u8>,
}

/// Doers who are only described.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Doer<'a> {
    words: &'a str,
    low: Option<u64>,
    high: Option<u64>,
    status: &'static str,
    #[serde(flatten)]
    traits: BTreeMap<&'static str, &'a str>,
    said_by: Vec<&'a str>,
    evidence: Vec<Words<'a>>,
}

impl<'a> Doer<'a> {
    fn new(text: &'a str, d: &'a Described) -> Doer<'a> {
        Doer {
            words: &d.words,
            low: d.low,
            high: d.high,
            status: d.status.name(),
            traits: traits(&d.traits),
            said_by: sources(&d.said_by),
            evidence: words(text, &d.evidence, &d.by).into_iter().chain(told(text, &d.traits)).collect(),
        }
    }
}

/// Why it was done, as somebody says.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MotiveSaid)]
pub(crate) struct Why<'a> {
    words: &'a str,
    said_by: Vec<&'a str>,
    evidence: Vec<Words<'a>>,
}

impl<'a> Why<'a> {
    fn new(text: &'a str, m: &'a Motive) -> Why<'a> {
        Why { words: &m.words, said_by: sources(&m.said_by), evidence: words(text, &[m.span], &m.by) }
    }
}

/// An actor bound to an incident.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Bound<'a> {
    name: &'a str,
    actor: &'a str,
    status: &'static str,
    said_by: Vec<&'a str>,
    evidence: Vec<Words<'a>>,
}

impl<'a> Bound<'a> {
    pub(crate) fn new(text: &'a str, b: &'a Binding) -> Bound<'a> {
        Bound {
            name: &b.name,
            actor: &b.actor,
            status: b.status.name(),
            said_by: sources(&b.said_by),
            evidence: words(text, &b.evidence, &b.by),
        }
    }
}

fn sources(said_by: &[Source]) -> Vec<&str> {
    said_by.iter().map(|s| s.words.as_str()).collect()
}

impl<'a> Said<'a> {
    pub(crate) fn new(text: &'a str, a: &'a Account) -> Said<'a> {
        let mut evidence = BTreeMap::new();
        evidence.insert("kind", a.kinds.iter().flat_map(|k| words(text, &k.evidence, &k.by)).collect());
        evidence.insert("stage", words(text, &a.stage.evidence, &a.stage.by));
        evidence.insert("date", a.date.iter().flat_map(|d| words(text, &d.evidence, &d.by)).collect());
        evidence.insert("place", a.place.iter().flat_map(|p| words(text, &p.evidence, &p.by)).collect());
        for (field, mentions) in [("targets", &a.targets), ("victims", &a.victims), ("weapons", &a.weapons)] {
            evidence.insert(field, mentions.iter().flat_map(|m| words(text, &[m.span], &m.by)).collect());
        }
        evidence.retain(|_, v: &mut Vec<Words<'_>>| !v.is_empty());
        let printed = |m: &'a [Mention]| m.iter().map(|m| m.words.as_str()).collect();
        Said {
            incident: None,
            prominence: a.prominence.name(),
            kind: a.kinds.iter().map(|k| k.value.name()).collect(),
            stage: a.stage.value.name(),
            date: a.date.as_ref().map(|d| d.value.to_string()).unwrap_or_default(),
            date_basis: a.date.as_ref().map_or("none", |d| d.basis.name()),
            place: a.place.as_ref().map(Where::new).unwrap_or_default(),
            place_precision: a.place.as_ref().map_or("", |p| p.precision.name()),
            figures: a.figures.iter().map(|f| People::new(text, f)).collect(),
            perpetrators: a.perpetrators.iter().map(|b| Bound::new(text, b)).collect(),
            targets: printed(&a.targets),
            victims: printed(&a.victims),
            weapons: printed(&a.weapons),
            people: a.people.iter().map(|h| Hit::new(text, h)).collect(),
            property: a.property.iter().map(|h| Hit::new(text, h)).collect(),
            hostages: a.hostages.iter().map(|h| Hit::new(text, h)).collect(),
            doers: a.doers.iter().map(|d| Doer::new(text, d)).collect(),
            motives: a.motives.iter().map(|m| Why::new(text, m)).collect(),
            gtd: Gtd { property: gtd::property(a), hostkidoutcome: gtd::hostage_outcome(a) },
            evidence,
        }
    }
}

impl<'a> Where<'a> {
    fn new(p: &'a account::Place) -> Where<'a> {
        let (latitude, longitude) = (p.at.map(|at| at.0), p.at.map(|at| at.1));
        Where { name: &p.name, city: &p.city, admin1: &p.admin1, country: &p.country, latitude, longitude }
    }
}

/// An incident with its readings and accounts: a line of `khabar export jsonl`, `incidents --json` and `show --json`.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Happening<'a> {
    incident: &'a str,
    date: &'a str,
    place: &'a str,
    country: &'a str,
    kinds: Vec<&'static str>,
    stage: &'a str,
    killed: Bounds,
    disputed: Vec<&'a str>,
    articles: usize,
    independent: usize,
    fields: BTreeMap<&'a str, Chosen<'a>>,
    origins: &'a [Vec<usize>],
    joins: Vec<Joined<'a>>,
    accounts: Vec<Filed<'a>>,
}

/// A pair of accounts (positions) whose comparison joined them.
#[derive(Debug, Serialize, ToSchema)]
struct Joined<'a> {
    pair: [usize; 2],
    score: f64,
    comparisons: Vec<Compared<'a>>,
}

/// How far they agree on one field, and what that is worth in log-odds.
#[derive(Debug, Serialize, ToSchema)]
struct Compared<'a> {
    field: &'a str,
    level: &'static str,
    weight: f64,
}

impl<'a> Joined<'a> {
    fn new(j: &'a incident::Join) -> Joined<'a> {
        let compared =
            |c: &'a incident::Comparison| Compared { field: &c.field, level: c.level.name(), weight: c.weight };
        Joined { pair: [j.a, j.b], score: j.score, comparisons: j.comparisons.iter().map(compared).collect() }
    }
}

/// The toll from lowest to highest.
#[derive(Debug, Serialize, Default, ToSchema)]
struct Bounds {
    low: Option<u64>,
    high: Option<u64>,
}

/// A field of an incident.
#[derive(Debug, Serialize, ToSchema)]
struct Chosen<'a> {
    chosen: &'a str,
    rule: &'static str,
    /// Of numbers of people: the lowest, chosen and highest total.
    #[schema(value_type = Option<Totals>)]
    bounds: Option<incident::Bounds>,
    disputed: bool,
    revised: bool,
    readings: Vec<Read<'a>>,
}

/// One reading of a field; `accounts` are positions in the incident's accounts.
#[derive(Debug, Serialize, ToSchema)]
struct Read<'a> {
    value: &'a str,
    detail: &'a str,
    accounts: &'a [usize],
    independent: u32,
    part: bool,
    first: Option<&'a str>,
    last: Option<&'a str>,
    rating: Option<&'static str>,
    #[schema(value_type = Option<Person>)]
    decision: Option<&'a incident::By>,
}

/// An account and the article that it stands in.
#[derive(Debug, Serialize, ToSchema)]
struct Filed<'a> {
    article: &'a str,
    ordinal: u32,
    outlet: Option<&'a str>,
    url: Option<&'a str>,
    title: Option<&'a str>,
    published: Option<String>,
    source_chain: Vec<&'a str>,
    found_in: &'a [String],
    #[serde(flatten)]
    said: Said<'a>,
}

impl<'a> Happening<'a> {
    pub(crate) fn new(whole: &'a Whole) -> Happening<'a> {
        let incident = &whole.incident;
        let toll = archive::toll(incident);
        Happening {
            incident: &incident.id,
            date: whole.chosen("date"),
            place: whole.chosen("place"),
            country: whole.chosen("country"),
            kinds: whole.kinds().iter().map(|k| k.name()).collect(),
            stage: whole.chosen("stage"),
            killed: toll.map(|t| Bounds { low: t.low, high: t.high }).unwrap_or_default(),
            disputed: incident.fields.iter().filter(|f| f.disputed).map(|f| f.name.as_str()).collect(),
            articles: whole.articles.len(),
            independent: incident.origins.len(),
            fields: incident.fields.iter().map(|f| (f.name.as_str(), Chosen::new(f))).collect(),
            origins: &incident.origins,
            joins: incident.joins.iter().map(Joined::new).collect(),
            accounts: (0..whole.accounts.len()).filter_map(|i| Some(Filed::new(whole, i, whole.article(i)?))).collect(),
        }
    }
}

impl<'a> Chosen<'a> {
    fn new(f: &'a incident::Field) -> Chosen<'a> {
        let read = |r: &'a incident::Reading| Read {
            value: &r.value,
            detail: &r.detail,
            accounts: &r.accounts,
            independent: r.independent,
            part: r.part,
            first: r.first.as_deref(),
            last: r.last.as_deref(),
            rating: r.rating.map(incident::Rating::name),
            decision: r.by.as_ref(),
        };
        Chosen {
            chosen: &f.chosen,
            rule: label::chosen_by(f),
            bounds: f.bounds,
            disputed: f.disputed,
            revised: f.revised,
            readings: f.readings.iter().map(read).collect(),
        }
    }
}

impl<'a> Filed<'a> {
    fn new(whole: &'a Whole, at: usize, kept: &'a Kept) -> Filed<'a> {
        Filed {
            article: &kept.id,
            ordinal: whole.incident.accounts[at].ordinal,
            outlet: kept.article.outlet_name(),
            url: kept.article.url.as_ref().map(|u| u.value.as_str()),
            title: kept.article.title.as_ref().map(|t| t.value.as_str()),
            published: published(&kept.article),
            source_chain: kept.source_chain.iter().map(|v| v.value.as_str()).collect(),
            found_in: &kept.origins,
            said: Said::new(&kept.article.text, &whole.accounts[at]),
        }
    }
}

/// An article that a search found: a line of `khabar search --json`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FoundArticle)]
pub(crate) struct Found<'a> {
    pub(crate) article: &'a str,
    pub(crate) outlet: Option<&'a str>,
    pub(crate) url: Option<&'a str>,
    pub(crate) title: Option<&'a str>,
    pub(crate) published: Option<String>,
    pub(crate) found_in: &'a [String],
    pub(crate) snippet: String,
    pub(crate) incidents: &'a [String],
}

impl<'a> Found<'a> {
    pub(crate) fn new(hit: &'a archive::Hit) -> Found<'a> {
        let article = &hit.article.article;
        Found {
            article: &hit.article.id,
            outlet: article.outlet_name(),
            url: article.url.as_ref().map(|u| u.value.as_str()),
            title: article.title.as_ref().map(|t| t.value.as_str()),
            published: published(article),
            found_in: &hit.article.origins,
            snippet: hit.snippet.replace([archive::FOUND, archive::END], ""),
            incidents: &hit.incidents,
        }
    }
}
