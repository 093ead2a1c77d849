//! How well does linking do on accounts that are known to be right? B³ (Bagga & Baldwin 1998) over the accounts of a
//! corpus folder: `truth/*.json` gives the accounts and their incidents, the header of `reports/*.txt` outlet and date.

use account::{
    Account, Actors, Binding, Date, DateBasis, Figure, Kind, Measure, Mention, Place, Precision, Prominence, Stage,
    Standing, Value,
};
use anyhow::Context;
use article::{Edtf, Span, fold};
use incident::{Decided, Filed, copies, link};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Folder with `truth` and `reports`
    folder: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Counts of one folder; they add up over folders.
#[derive(Debug, Default, PartialEq, serde::Serialize)]
struct Counts {
    accounts: usize,
    incidents: usize,
    predicted: usize,
    b3_precision: f64,
    b3_recall: f64,
    copies: usize,
    copies_found: usize,
    copies_right: usize,
}

impl Counts {
    fn f1(&self) -> f64 {
        let (p, r) = (self.b3_precision / self.accounts.max(1) as f64, self.b3_recall / self.accounts.max(1) as f64);
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }
}

/// Scores one folder and prints counts, B³ and, without `--json`, every incident that was split or mixed.
pub(crate) fn run(args: &Arguments) -> anyhow::Result<()> {
    let gold = read(&args.folder)?;
    let (counts, misses) = score(&gold);
    if args.json {
        println!("{}", serde_json::json!({ "counts": counts, "b3_f1": counts.f1() }));
        return Ok(());
    }
    for m in misses {
        println!("{m}");
    }
    let n = counts.accounts.max(1) as f64;
    println!("{} accounts of {} incidents, {} predicted", counts.accounts, counts.incidents, counts.predicted);
    println!("B3 precision {:.3}  recall {:.3}  F1 {:.3}", counts.b3_precision / n, counts.b3_recall / n, counts.f1());
    println!("copies: {} true, {} found, {} right", counts.copies, counts.copies_found, counts.copies_right);
    Ok(())
}

/// A folder's accounts and answers.
#[derive(Default)]
struct Gold {
    filed: Vec<Filed>,
    incident: BTreeMap<(String, u32), String>,
    copies: BTreeSet<(String, String)>,
}

fn score(gold: &Gold) -> (Counts, Vec<String>) {
    let incidents = link(gold.filed.clone(), &Decided::default());
    let mut of: BTreeMap<(String, u32), &str> = BTreeMap::new();
    for i in &incidents {
        of.extend(i.accounts.iter().map(|a| ((a.article.clone(), a.ordinal), i.id.as_str())));
    }
    let mut truth: BTreeMap<&str, BTreeSet<&(String, u32)>> = BTreeMap::new();
    let mut found: BTreeMap<&str, BTreeSet<&(String, u32)>> = BTreeMap::new();
    for (key, t) in &gold.incident {
        truth.entry(t).or_default().insert(key);
        found.entry(of.get(key).copied().unwrap_or("")).or_default().insert(key);
    }
    let mut c =
        Counts { accounts: gold.incident.len(), incidents: truth.len(), predicted: found.len(), ..Counts::default() };
    for (key, t) in &gold.incident {
        let (g, p) = (&truth[t.as_str()], &found[of.get(key).copied().unwrap_or("")]);
        let both = g.intersection(p).count() as f64;
        c.b3_precision += both / p.len() as f64;
        c.b3_recall += both / g.len() as f64;
    }
    let copied: BTreeSet<(String, String)> = copies(&gold.filed).into_iter().collect();
    c.copies = gold.copies.len();
    c.copies_found = copied.len();
    c.copies_right = copied.intersection(&gold.copies).count();
    let name = |k: &(String, u32)| format!("{}/{}", k.0, k.1);
    let mut misses = Vec::new();
    for (t, members) in &truth {
        let parts: BTreeSet<&str> = members.iter().filter_map(|k| of.get(*k).copied()).collect();
        if parts.len() > 1 {
            let shown: Vec<String> = parts
                .iter()
                .map(|p| {
                    members.iter().filter(|k| of.get(**k) == Some(p)).map(|k| name(k)).collect::<Vec<_>>().join(" ")
                })
                .collect();
            misses.push(format!("split {t}: {}", shown.join(" | ")));
        }
    }
    for members in found.values() {
        let whole: BTreeSet<&str> = members.iter().map(|k| gold.incident[*k].as_str()).collect();
        if whole.len() > 1 {
            let shown: Vec<String> = members.iter().map(|k| format!("{}={}", name(k), gold.incident[*k])).collect();
            misses.push(format!("mixed: {}", shown.join(" ")));
        }
    }
    (c, misses)
}

fn read(folder: &Path) -> anyhow::Result<Gold> {
    let mut gold = Gold::default();
    let truth = folder.join("truth");
    let list = std::fs::read_dir(&truth).with_context(|| format!("cannot list {}", truth.display()))?;
    let mut paths: Vec<PathBuf> =
        list.filter_map(|e| e.ok().map(|e| e.path())).filter(|p| p.extension().is_some_and(|x| x == "json")).collect();
    paths.sort();
    for path in paths {
        let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let truth: serde_json::Value =
            serde_json::from_str(&text).with_context(|| format!("{} is no JSON", path.display()))?;
        let stem = path.file_stem().and_then(|s| s.to_str()).unwrap_or_default().to_owned();
        let report = std::fs::read_to_string(folder.join("reports").join(format!("{stem}.txt"))).unwrap_or_default();
        file(&mut gold, &stem, &truth, &report);
    }
    Ok(gold)
}

fn file(gold: &mut Gold, stem: &str, truth: &serde_json::Value, report: &str) {
    let (head, body) = report.split_once("\n\n").unwrap_or(("", report));
    let header =
        |key: &str| head.lines().find_map(|l| l.strip_prefix(key)?.strip_prefix(':')).map(|v| v.trim().to_owned());
    let time = header("Published");
    let published: Option<Edtf> = time.as_deref().and_then(|t| t.get(..10)).and_then(|d| d.parse().ok());
    let sketch = article::sketch(&plain(body));
    if let Some(of) = truth["copy_of"].as_str().filter(|s| !s.is_empty()) {
        gold.copies.insert((stem.to_owned(), of.to_owned()));
    }
    for (n, a) in truth["accounts"].as_array().into_iter().flatten().enumerate() {
        let ordinal = n as u32;
        gold.incident.insert((stem.to_owned(), ordinal), text(&a["incident"]));
        gold.filed.push(Filed {
            article: stem.to_owned(),
            ordinal,
            outlet: header("Outlet").unwrap_or_default(),
            published: published.clone(),
            published_time: time.clone(),
            source_chain: strings(&truth["source_chain"]),
            sketch: sketch.clone(),
            account: account(a),
        });
    }
}

/// The text as one article of paragraphs.
fn plain(body: &str) -> article::Article {
    let mut blocks = Vec::new();
    let mut at = 0;
    for p in body.split("\n\n") {
        if !p.trim().is_empty() {
            blocks.push(article::Block { span: Span::new(at, at + p.len()), kind: article::BlockKind::Paragraph });
        }
        at += p.len() + 2;
    }
    article::Article { text: body.to_owned(), blocks, ..article::Article::default() }
}

fn text(v: &serde_json::Value) -> String {
    v.as_str().unwrap_or_default().to_owned()
}

fn strings(v: &serde_json::Value) -> Vec<String> {
    v.as_array().into_iter().flatten().map(text).collect()
}

/// A true account as if it had been read: without evidence, the coordinates those of the city in the gazetteer.
fn account(a: &serde_json::Value) -> Account {
    let value = |v| Value { value: v, evidence: Vec::new(), by: String::new() };
    let mentions = |key: &str| {
        strings(&a[key])
            .into_iter()
            .map(|words| Mention { words, span: Span::default(), by: String::new() })
            .collect::<Vec<_>>()
    };
    let kinds: Vec<Kind> = strings(&a["kind"]).iter().filter_map(|k| Kind::named(k)).collect();
    Account {
        prominence: Prominence::named(&text(&a["prominence"])).unwrap_or(Prominence::Main),
        kinds: if kinds.is_empty() {
            vec![value(Kind::Other)]
        } else {
            kinds.into_iter().map(|k| Value { value: k, evidence: Vec::new(), by: String::new() }).collect()
        },
        stage: Value {
            value: Stage::named(&text(&a["stage"])).unwrap_or(Stage::Occurred),
            evidence: Vec::new(),
            by: String::new(),
        },
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
        sentences: Vec::new(),
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

fn figure(f: &serde_json::Value) -> Option<Figure> {
    Some(Figure {
        measure: Measure::named(f["measure"].as_str()?)?,
        low: f["low"].as_u64(),
        high: f["high"].as_u64(),
        words: text(&f["words"]),
        who: text(&f["who"]),
        said_by: Vec::new(),
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
        said_by: Vec::new(),
        evidence: Vec::new(),
        by: String::new(),
    }
}
