//! Whether time grows with the input and not with its square: long articles, texts that mean harm, and many accounts.

use super::clock::timed;
use super::stages::Readers;
use account::{Account, Date, DateBasis, Figure, Kind, Measure, Place, Precision, Stage, Value};
use article::gazetteer::Gazetteer;
use article::grammar::{Clauses, Grammar, Syntax, Worker, words};
use article::hedges::hedges;
use article::places::places;
use article::statements::statements;
use article::{Article, Block, BlockKind, Limits, Raw, Span, Tokens, all_times, amounts, counts, intake};
use incident::{Decided, Filed, link};
use std::hint::black_box;
use std::time::Duration;

/// The lengths that articles are read in: a page, and ten, a hundred and some three hundred times as much.
pub(crate) const LENGTHS: [usize; 4] = [3_000, 30_000, 300_000, 1_000_000];

/// How long a word takes in articles of about so many bytes, made of `articles` one behind the other. All lengths read the
/// same text, a megabyte of it.
pub(crate) fn word(readers: &Readers, articles: &[Article], bytes: usize) -> Duration {
    let (mut all, mut text, mut whole) = (Vec::new(), String::new(), 0);
    for a in articles.iter().cycle().filter(|a| !a.text.is_empty()) {
        text.push_str(&a.text);
        text.push_str("\n\n");
        if text.len() >= bytes {
            whole += text.len();
            all.push(paragraphs(std::mem::take(&mut text)));
        }
        if whole >= LENGTHS[LENGTHS.len() - 1] {
            break;
        }
    }
    let words: usize = all.iter().map(|a| a.text.split_whitespace().count()).sum();
    let took = (0..2).map(|_| readers.reading(&all)).min().unwrap_or_default();
    took / u32::try_from(words).unwrap_or(u32::MAX).max(1)
}

/// A text whose paragraphs stand between empty lines.
fn paragraphs(text: String) -> Article {
    let mut blocks = Vec::new();
    let mut at = 0;
    for part in text.split("\n\n") {
        if !part.trim().is_empty() {
            blocks.push(Block { span: Span::new(at, at + part.len()), kind: BlockKind::Paragraph });
        }
        at += part.len() + 2;
    }
    Article { text, blocks, ..Article::default() }
}

/// What repeats in texts that mean harm.
pub(crate) const HARM: [(&str, &str); 11] = [
    ("one sentence", "and the men went on to Herat with 12 others "),
    ("one word", "a"),
    ("brackets", "("),
    ("no letters", "12,3 -- "),
    ("names", "Kabul, "),
    ("numbers", "twenty thousand "),
    ("quotations", "\u{201c}he said, "),
    ("members", "12 men and "),
    ("changes", "up from 12 to 13 "),
    ("parts", "half of the 40 "),
    ("sources", "according to police "),
];

/// What repeats in pages that mean harm.
pub(crate) const PAGES: [(&str, &str); 8] = [
    ("deep elements", "<div>"),
    ("tables", "<table><tr><td>"),
    ("formatting", "<b><p>x"),
    ("anchors in blocks", "<a href=x><div>"),
    ("lone angles", "<"),
    ("comments", "<!--"),
    ("paragraphs", "<p>Three were hurt on Monday."),
    ("headings", "<h1>x<h2>y"),
];

/// How long it takes to read a page of `unit`, repeated to so many bytes.
pub(crate) fn page(unit: &str, bytes: usize) -> Duration {
    let page = unit.repeat(bytes / unit.len());
    let mut took = Duration::ZERO;
    timed(&mut took, || {
        black_box(intake(Raw { name: "page.html", bytes: page.as_bytes() }, &Limits::default()));
    });
    took
}

/// How long the layer of language takes for `unit`, repeated to so many bytes: all that it reads from a text, and all trees.
pub(crate) fn layer(unit: &str, bytes: usize) -> Duration {
    let a = Article::plain(unit.repeat(bytes / unit.len()));
    let mut took = Duration::ZERO;
    timed(&mut took, || {
        let t = Tokens::of(&a);
        black_box((all_times(&a, &t), places(&a, &t, Gazetteer::builtin())));
        let (amounts, syntax) = (amounts(&t), Syntax::new(&a.text, &t));
        black_box((statements(&a, &t, &syntax, |_| true), hedges(&t, &syntax, |_| true)));
        for sentence in 0..t.sentences.len() {
            black_box(counts(&t, &amounts, &syntax, sentence));
            let clauses = Clauses { tree: syntax.tree(sentence), text: &a.text };
            (0..clauses.tree.nodes.len()).for_each(|i| drop(black_box(clauses.arguments(i))));
        }
        let words = words(&a.text, Span::new(0, a.text.len()));
        let spans: Vec<Span> = words.iter().map(|w| w.span).collect();
        let mut worker = Worker::new(Grammar::builtin());
        for sentence in worker.sentences(&a.text, &words) {
            black_box(worker.parse(&a.text, &spans[sentence]));
        }
    });
    took
}

/// How long linking takes for `count` accounts without a date in one city, which say almost the same.
pub(crate) fn alike(count: usize) -> Duration {
    let accounts = (0..count).map(|n| {
        let words: u64 = (n % 5) as u64;
        let sketch = (0..128).map(|i| if i % 16 == n as u64 % 16 { i + 1000 * n as u64 } else { i }).collect();
        filed(n, None, "Kunduz", Kind::Bombing, 10 + words, sketch)
    });
    linked(accounts.collect())
}

/// The same for accounts of ten years and eight cities.
pub(crate) fn varied(count: usize) -> Duration {
    const CITIES: [&str; 8] = ["Herat", "Kabul", "Kunduz", "Khost", "Ghazni", "Zaranj", "Farah", "Bamyan"];
    const KINDS: [Kind; 4] = [Kind::Bombing, Kind::ArmedAttack, Kind::Abduction, Kind::Assassination];
    let accounts = (0..count).map(|n| {
        let day = format!("20{:02}-{:02}-{:02}", 10 + n % 10, 1 + n / 10 % 12, 1 + n / 120 % 28);
        let sketch = (0..128).map(|i| i * 1_000_003 + n as u64).collect();
        filed(n, Some(&day), CITIES[n / 3 % 8], KINDS[n / 5 % 4], (n % 23) as u64, sketch)
    });
    linked(accounts.collect())
}

fn linked(accounts: Vec<Filed>) -> Duration {
    let mut took = Duration::ZERO;
    timed(&mut took, || drop(black_box(link(accounts, &Decided::default()))));
    took
}

fn filed(n: usize, day: Option<&str>, city: &str, kind: Kind, killed: u64, sketch: Vec<u64>) -> Filed {
    let date = day.and_then(|d| d.parse().ok());
    Filed {
        article: format!("{n:06}"),
        ordinal: 0,
        outlet: format!("Outlet {n}"),
        published: None,
        published_time: None,
        source_chain: Vec::new(),
        sketch,
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
                name: city.to_owned(),
                city: city.to_owned(),
                admin1: String::new(),
                country: "AFG".to_owned(),
                precision: Precision::City,
                at: None,
                entry: None,
                evidence: Vec::new(),
                by: String::new(),
            }),
            figures: vec![Figure {
                measure: Measure::Killed,
                low: Some(killed),
                high: Some(killed),
                words: String::new(),
                who: String::new(),
                said_by: Vec::new(),
                total: true,
                span: Span::default(),
                by: String::new(),
            }],
            ..Account::new(vec![value(kind)], value(Stage::Occurred))
        },
    }
}

fn value<T>(value: T) -> Value<T> {
    Value { value, evidence: Vec::new(), by: String::new() }
}
