//! The accounts of a corpus folder: those of its truth, and those that are read here from its reports.

use crate::score::corpus::{self, is_held_out};
use account::{
    Account, Actors, Binding, Date, DateBasis, Figure, Kind, Measure, Mention, Place, Precision, Prominence, Reader,
    Source, Stage, Standing, Value,
};
use anyhow::{Context, Result};
use article::{Article, Limits, Raw, Span, fold, intake, sketch};
use incident::{Filed, said};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Accounts, and the incident of each of them where one is known.
#[derive(Debug, Clone, Default)]
pub(crate) struct Accounts {
    pub(crate) filed: Vec<Filed>,
    /// The true incident; `None` of what was read and stands in no truth.
    pub(crate) incident: Vec<Option<String>>,
}

/// What a report's truth says of its story's way.
#[derive(Debug, Clone, Default)]
pub(crate) struct Story {
    pub(crate) chain: Vec<String>,
    pub(crate) copy_of: Option<String>,
    /// The outlets that were read from the report.
    pub(crate) read_chain: Vec<String>,
}

/// A corpus folder.
#[derive(Debug, Default)]
pub(crate) struct Corpus {
    /// From `truth/`.
    pub(crate) stated: Accounts,
    /// From `reports/`, read here.
    pub(crate) read: Accounts,
    /// By report.
    pub(crate) stories: BTreeMap<String, Story>,
}

/// Whether an account may be looked at and learnt from.
pub(crate) fn is_open(f: &Filed) -> bool {
    !is_held_out(&f.article)
}

/// The accounts of a folder with `truth` and `reports`.
pub(crate) fn load(folder: &Path) -> Result<Corpus> {
    let mut out = Corpus::default();
    let list = std::fs::read_dir(folder.join("truth"));
    let list = list.with_context(|| format!("cannot list {}/truth", folder.display()))?;
    let mut paths: Vec<PathBuf> = list.filter_map(|e| e.ok().map(|e| e.path())).collect();
    paths.retain(|p| p.extension().is_some_and(|x| x == "json"));
    paths.sort();
    let reader = Reader::new(Actors::builtin());
    for path in paths {
        let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let truth: serde_json::Value =
            serde_json::from_str(&text).with_context(|| format!("{} is no JSON", path.display()))?;
        let stem = path.file_stem().and_then(|s| s.to_str()).unwrap_or_default().to_owned();
        let name = format!("{stem}.txt");
        let bytes = std::fs::read(folder.join("reports").join(&name)).unwrap_or_default();
        let raw = Raw { name: &name, bytes: &bytes };
        let article = intake(raw, &Limits::default()).articles.into_iter().next().unwrap_or_default();
        add(&mut out, &stem, &truth, &article, &reader)?;
    }
    Ok(out)
}

fn add(out: &mut Corpus, stem: &str, truth: &serde_json::Value, article: &Article, reader: &Reader<'_>) -> Result<()> {
    let report = reader.read(article);
    let read_chain: Vec<String> = report.source_chain.iter().map(|c| c.value.clone()).collect();
    let chain = strings(&truth["source_chain"]);
    let named: Vec<Value<String>> =
        chain.iter().map(|c| Value { value: c.clone(), evidence: Vec::new(), by: String::new() }).collect();
    let file = |ordinal: usize, chain: &[Value<String>], account: Account| Filed {
        article: stem.to_owned(),
        ordinal: ordinal as u32,
        outlet: article.outlet_name().unwrap_or_default().to_owned(),
        published: article.published_on().cloned(),
        published_time: article.published.as_ref().and_then(|p| p.value.time.clone()),
        source_chain: chain.to_vec(),
        sketch: sketch(article),
        said: said(&article.text, &account),
        account,
    };
    let gold: corpus::Truth = serde_json::from_value(truth.clone()).with_context(|| format!("{stem}: no truth"))?;
    let shapes: Vec<corpus::Account> = report.accounts.iter().map(shape).collect();
    let pairs = corpus::pairs(&gold.accounts, &shapes);
    let incidents: Vec<String> =
        truth["accounts"].as_array().into_iter().flatten().map(|a| text(&a["incident"])).collect();
    for (n, account) in report.accounts.into_iter().enumerate() {
        let met = pairs.iter().find(|(_, j)| *j == n).and_then(|(i, _)| incidents.get(*i).cloned());
        out.read.filed.push(file(n, &report.source_chain, account));
        out.read.incident.push(met);
    }
    for (n, a) in truth["accounts"].as_array().into_iter().flatten().enumerate() {
        out.stated.filed.push(file(n, &named, stated(a)));
        out.stated.incident.push(Some(text(&a["incident"])));
    }
    let copy_of = truth["copy_of"].as_str().filter(|s| !s.is_empty()).map(str::to_owned);
    out.stories.insert(stem.to_owned(), Story { chain, copy_of, read_chain });
    Ok(())
}

/// An account in the shape in which reading is scored.
fn shape(a: &Account) -> corpus::Account {
    let place = a.place.as_ref();
    let part = |of: fn(&Place) -> &String| place.map(of).cloned().unwrap_or_default();
    corpus::Account {
        kind: a.kinds.iter().map(|k| k.value.name().to_owned()).collect(),
        stage: a.stage.value.name().to_owned(),
        prominence: a.prominence.name().to_owned(),
        date: a.date.as_ref().map(|d| d.value.to_string()).unwrap_or_default(),
        place: corpus::Place {
            name: part(|p| &p.name),
            city: part(|p| &p.city),
            admin1: part(|p| &p.admin1),
            country: part(|p| &p.country),
        },
        figures: a
            .figures
            .iter()
            .map(|f| corpus::Figure {
                measure: f.measure.name().to_owned(),
                low: f.low.map(|n| n as f64),
                high: f.high.map(|n| n as f64),
                words: f.words.clone(),
            })
            .collect(),
        perpetrators: a
            .perpetrators
            .iter()
            .map(|p| corpus::Perpetrator { name: p.name.clone(), status: p.status.name().to_owned() })
            .collect(),
        targets: a.targets.iter().map(|m| m.words.clone()).collect(),
        victims: a.victims.iter().map(|m| m.words.clone()).collect(),
        ..corpus::Account::default()
    }
}

fn text(v: &serde_json::Value) -> String {
    v.as_str().unwrap_or_default().to_owned()
}

fn strings(v: &serde_json::Value) -> Vec<String> {
    v.as_array().into_iter().flatten().map(text).collect()
}

/// A true account as if it had been read: without evidence, the coordinates those of the city in the gazetteer.
fn stated(a: &serde_json::Value) -> Account {
    let value = |v| Value { value: v, evidence: Vec::new(), by: String::new() };
    let mentions = |key: &str| {
        strings(&a[key])
            .into_iter()
            .map(|words| Mention { words, span: Span::default(), by: String::new() })
            .collect::<Vec<_>>()
    };
    let kinds: Vec<Kind> = strings(&a["kind"]).iter().filter_map(|k| Kind::named(k)).collect();
    let kinds = if kinds.is_empty() {
        vec![value(Kind::Other)]
    } else {
        kinds.into_iter().map(|k| Value { value: k, evidence: Vec::new(), by: String::new() }).collect()
    };
    let stage = Stage::named(&text(&a["stage"])).unwrap_or(Stage::Occurred);
    let stage = Value { value: stage, evidence: Vec::new(), by: String::new() };
    Account {
        prominence: Prominence::named(&text(&a["prominence"])).unwrap_or(Prominence::Main),
        date: text(&a["date"]).parse().ok().map(|value| Date {
            value,
            basis: DateBasis::named(&text(&a["date_basis"])).unwrap_or(DateBasis::Explicit),
            weekday: None,
            evidence: Vec::new(),
            by: String::new(),
        }),
        place: Some(place(a)).filter(|p| !(p.name.is_empty() && p.city.is_empty() && p.country.is_empty())),
        figures: a["figures"].as_array().into_iter().flatten().filter_map(figure).collect(),
        perpetrators: a["perpetrators"].as_array().into_iter().flatten().map(binding).collect(),
        targets: mentions("targets"),
        victims: mentions("victims"),
        weapons: mentions("weapons"),
        ..Account::new(kinds, stage)
    }
}

fn place(a: &serde_json::Value) -> Place {
    let p = &a["place"];
    let (city, admin1, country) = (text(&p["city"]), text(&p["admin1"]), text(&p["country"]));
    let entry = entry(&city, &admin1, &country);
    Place {
        name: text(&p["name"]),
        city,
        admin1,
        country,
        precision: Precision::named(&text(&a["place_precision"])).unwrap_or(Precision::City),
        at: entry.map(|e| (e.lat, e.lon)),
        entry: entry.map(|e| e.id),
        evidence: Vec::new(),
        by: String::new(),
    }
}

/// The city in the gazetteer: that of the province if the name is there, else the country's largest of the name.
fn entry(city: &str, admin1: &str, country: &str) -> Option<article::Entry<'static>> {
    let gazetteer = article::Gazetteer::builtin();
    let of_name = gazetteer.lookup(&fold(city)).filter(|c| !c.demonym).filter_map(|c| gazetteer.entry(c.entry));
    let cities = of_name.filter(|e| e.kind == article::EntryKind::City && e.country == country);
    cities.max_by_key(|e| (fold(e.admin1) == fold(admin1), e.population, std::cmp::Reverse(e.id)))
}

/// Who says so, the outermost last: numbers of two people in one report may contradict each other.
fn said_by(v: &serde_json::Value) -> Vec<Source> {
    strings(&v["said_by"]).into_iter().map(|words| Source { words, ..Source::default() }).collect()
}

fn figure(f: &serde_json::Value) -> Option<Figure> {
    Some(Figure {
        measure: Measure::named(f["measure"].as_str()?)?,
        low: f["low"].as_u64(),
        high: f["high"].as_u64(),
        words: text(&f["words"]),
        who: text(&f["who"]),
        said_by: said_by(f),
        total: f["total"].as_bool().unwrap_or(true),
        span: Span::default(),
        by: String::new(),
    })
}

/// The actor as printed, under the key that the list gives it, else its folded name without article and bracket.
fn binding(p: &serde_json::Value) -> Binding {
    let name = text(&p["name"]);
    let plain = fold(name.split(" (").next().unwrap_or(&name));
    let plain = plain.strip_prefix("the ").unwrap_or(&plain).to_owned();
    let actor = match Actors::builtin().find(&plain) {
        Some(a) => a.key.clone(),
        // What begins small is described, not named.
        None if plain.is_empty() || !name.trim_start_matches("the ").starts_with(char::is_uppercase) => {
            format!("generic/{plain}")
        }
        None => plain,
    };
    Binding {
        name,
        actor,
        status: Standing::named(&text(&p["status"])).unwrap_or(Standing::Stated),
        said_by: said_by(p),
        evidence: Vec::new(),
        by: String::new(),
    }
}
