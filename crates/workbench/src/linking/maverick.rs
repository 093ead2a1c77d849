//! Event reports that people coded, one row a report, in the form of MAVERICK (van Baalen & Höglund 2026): `event_id` joins
//! the reports of one event. A row becomes an account without text.

use super::corpus::Accounts;
use account::{
    Account, Binding, Date, DateBasis, Figure, Kind, Measure, Mention, Place, Precision, Stage, Standing, Value,
};
use anyhow::{Context, Result, ensure};
use article::{Edtf, Span, fold};
use incident::Filed;
use std::collections::BTreeMap;
use std::path::Path;

/// What the columns for violence and context call a kind.
const KINDS: [(&str, Kind); 9] = [
    ("Shooting", Kind::ArmedAttack),
    ("Stabbing", Kind::ArmedAttack),
    ("Melee", Kind::Clash),
    ("Riot", Kind::Clash),
    ("Clash", Kind::Clash),
    ("Arson", Kind::Arson),
    ("Abduction", Kind::Abduction),
    ("Remote violence", Kind::Shelling),
    ("Arrest or raid", Kind::Raid),
];

/// A row's values for telling events apart without any weights: day, city and first actor.
pub(crate) type Exact = (String, String, String);

/// The rows of a table, in order.
pub(crate) fn load(file: &Path) -> Result<(Accounts, Vec<Exact>)> {
    let mut reader = csv::Reader::from_path(file).with_context(|| format!("cannot read {}", file.display()))?;
    let head = reader.headers()?.clone();
    for column in ["event_id", "date_start", "date_end", "city", "actor1", "deaths_low", "deaths_high", "source"] {
        ensure!(head.iter().any(|h| h == column), "{}: no column {column}", file.display());
    }
    let mut out = Accounts::default();
    let mut exact = Vec::new();
    let mut ordinals: BTreeMap<String, u32> = BTreeMap::new();
    for (n, record) in reader.records().enumerate() {
        let record = record.with_context(|| format!("{}: row {}", file.display(), n + 2))?;
        let row: BTreeMap<&str, &str> = head.iter().zip(record.iter()).collect();
        let of = |column: &str| row.get(column).copied().unwrap_or("").trim();
        // Reports without a source are reports of their own.
        let source = if of("source").is_empty() { format!("row {n}") } else { of("source").to_owned() };
        let ordinal = ordinals.entry(source.clone()).or_default();
        out.filed.push(filed(&source, *ordinal, &of));
        *ordinal += 1;
        out.incident.push(Some(of("event_id").to_owned()));
        exact.push((of("date_start").to_owned(), of("city").to_owned(), of("actor1").to_owned()));
    }
    Ok((out, exact))
}

fn filed<'r>(source: &str, ordinal: u32, of: &dyn Fn(&str) -> &'r str) -> Filed {
    let published = source.split('(').skip(1).find_map(|s| s.get(..10)?.parse::<Edtf>().ok());
    let days = (of("date_start").parse::<Edtf>().ok(), of("date_end").parse::<Edtf>().ok());
    let date = match days {
        (Some(a), Some(b)) => {
            a.days().zip(b.days()).map(|((first, _), (_, last))| Edtf::between(first, last.max(first)))
        }
        (a, b) => a.or(b),
    };
    let at = of("latitude").parse().ok().zip(of("longitude").parse().ok());
    let site = of("location");
    let (mut perpetrators, mut targets, mut named) = (Vec::new(), Vec::new(), Vec::new());
    for n in 1..=6 {
        let name = of(&format!("actor{n}"));
        if name.is_empty() {
            continue;
        }
        let vague = name.starts_with("Unknown");
        let key = fold(name);
        let did =
            ["initiator", "perpetrator", "intervener"].iter().any(|r| of(&format!("actor{n}_{r}")).starts_with('1'));
        if did || n == 1 {
            perpetrators.push(binding(name, if vague { format!("generic/{key}") } else { key }));
        }
        if of(&format!("actor{n}_victim")).starts_with('1') && !vague {
            targets.push(mention(name));
        }
        named.extend(Some(name).filter(|_| !vague));
    }
    let told = Some(of("target")).filter(|t| !t.is_empty() && *t != "Unknown" && *t != "Other");
    targets.extend(told.map(mention));
    let words: Vec<&str> = std::iter::once(of("event_context"))
        .chain((1..=6).flat_map(|n| of(&format!("actor{n}_violence")).split(';')))
        .map(str::trim)
        .collect();
    let mut kinds: Vec<Kind> = KINDS.iter().filter(|(w, _)| words.contains(w)).map(|(_, k)| *k).collect();
    kinds.sort_unstable();
    kinds.dedup();
    if kinds.is_empty() {
        kinds.push(Kind::Other);
    }
    let number = |column: &str| of(column).parse::<f64>().ok().map(|n| n as u64);
    let mut figures = Vec::new();
    for (measure, low, high) in
        [(Measure::Killed, "deaths_low", "deaths_high"), (Measure::Injured, "injuries_low", "injuries_high")]
    {
        // The coders write 0 where a report gives no number.
        if number(high).is_some_and(|n| n > 0) {
            figures.push(figure(measure, number(low), number(high)));
        }
    }
    let precise = !of("city").is_empty();
    Filed {
        article: source.to_owned(),
        ordinal,
        outlet: of("source_author").to_owned(),
        published,
        published_time: None,
        source_chain: Vec::new(),
        sketch: Vec::new(),
        said: Vec::new(),
        account: Account {
            date: date.map(|value| Date {
                value,
                basis: DateBasis::Explicit,
                weekday: None,
                evidence: Vec::new(),
                by: String::new(),
            }),
            place: Some(Place {
                name: if site.is_empty() { of("city").to_owned() } else { site.to_owned() },
                city: of("city").to_owned(),
                admin1: String::new(),
                country: fold(of("country")),
                precision: match (precise, site.is_empty()) {
                    (true, true) => Precision::City,
                    (true, false) => Precision::Site,
                    _ => Precision::Country,
                },
                at: at.filter(|_| precise),
                entry: None,
                evidence: Vec::new(),
                by: String::new(),
            }),
            figures,
            perpetrators,
            targets,
            ..Account::new(kinds.into_iter().map(value).collect(), value(Stage::Occurred))
        },
    }
}

fn binding(name: &str, actor: String) -> Binding {
    Binding {
        name: name.to_owned(),
        actor,
        status: Standing::Stated,
        said_by: Vec::new(),
        evidence: Vec::new(),
        by: String::new(),
    }
}

fn figure(measure: Measure, low: Option<u64>, high: Option<u64>) -> Figure {
    Figure {
        measure,
        low,
        high,
        words: String::new(),
        who: String::new(),
        said_by: Vec::new(),
        total: true,
        span: Span::default(),
        by: String::new(),
    }
}

fn mention(words: &str) -> Mention {
    Mention { words: words.to_owned(), span: Span::default(), by: String::new() }
}

fn value<T>(value: T) -> Value<T> {
    Value { value, evidence: Vec::new(), by: String::new() }
}
