//! Scores places on texts whose toponyms have known coordinates (LGL, GeoVirus, and others in their formats).
//!
//! The measure of the literature: of the names with coordinates, the share that is placed within 161 km (100 miles),
//! at gold spans. Beside it how many of the gold names are found at all without being told where they stand.

use anyhow::Context;
use article::gazetteer::{Gazetteer, distance};
use article::places::{PlaceVia, places, places_at};
use article::{Article, Block, BlockKind, Span, Tokens};
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// A hundred miles.
const NEAR: f32 = 161.0;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// XML file in the format of LGL or GeoVirus, or a folder of such files
    #[arg(value_name = "PATH")]
    path: PathBuf,
    /// Only every second article, counted from zero
    #[arg(long, value_enum)]
    half: Option<Half>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// List the names that are placed wrongly
    #[arg(long)]
    misses: bool,
}

#[derive(Clone, Copy, PartialEq, clap::ValueEnum)]
enum Half {
    Even,
    Odd,
}

struct Gold {
    text: String,
    names: Vec<Name>,
}

struct Name {
    /// In characters of the text.
    start: usize,
    end: usize,
    lat: f32,
    lon: f32,
}

/// Counts that add up over articles.
#[derive(Default, Serialize)]
struct Counts {
    articles: usize,
    names: usize,
    /// The gazetteer knows the name.
    known: usize,
    /// Placed within 161 km at gold spans.
    near: usize,
    /// Some candidate of the name lies within 161 km.
    reachable: usize,
    /// Gold names that are found without their span.
    found: usize,
    /// Of these, placed within 161 km.
    found_near: usize,
    /// Names found, gold or not.
    all_found: usize,
}

/// Scores one file or folder and prints the counts.
pub(crate) fn run(a: &Arguments) -> anyhow::Result<()> {
    let gold = read_all(&a.path)?;
    let gaz = Gazetteer::builtin();
    let (mut counts, mut spent, mut words) = (Counts::default(), Duration::ZERO, 0);
    for (i, g) in gold.iter().enumerate() {
        if a.half.is_some_and(|h| (h == Half::Even) != (i % 2 == 0)) {
            continue;
        }
        let (article, tokens) = prepare(&g.text);
        words += tokens.tokens.len();
        let start = Instant::now();
        let found = places(&article, &tokens, gaz);
        spent += start.elapsed();
        let spans = spans(g);
        let at = places_at(&article, &tokens, gaz, &spans);
        counts.articles += 1;
        counts.all_found += found.iter().filter(|f| f.via != PlaceVia::Demonym).count();
        for ((name, span), at) in g.names.iter().zip(&spans).zip(&at) {
            let near =
                |entry: u32| gaz.entry(entry).is_some_and(|e| distance((e.lat, e.lon), (name.lat, name.lon)) <= NEAR);
            let seen = found.iter().find(|f| f.span.overlaps(*span));
            let good = at.as_ref().is_some_and(|m| near(m.entry));
            let reachable = gaz.lookup(&article::fold(span.of(&g.text))).any(|c| near(c.entry));
            counts.names += 1;
            counts.known += usize::from(at.is_some());
            counts.near += usize::from(good);
            counts.reachable += usize::from(reachable || good);
            counts.found += usize::from(seen.is_some());
            counts.found_near += usize::from(seen.is_some_and(|f| near(f.entry)));
            if a.misses && !good {
                let chosen = at.as_ref().and_then(|m| gaz.entry(m.entry).map(|e| (m, e)));
                let chosen = chosen.map_or("unknown".into(), |(m, e)| {
                    format!("{} {} {} ({}, {})", e.name, e.admin1, e.country, m.by, e.population)
                });
                let class = if at.is_none() {
                    "unknown"
                } else if reachable {
                    "namesake"
                } else {
                    "unreachable"
                };
                println!("{class}\t{}\t{} {}\t{chosen}", span.of(&g.text), name.lat, name.lon);
            }
        }
    }
    print(a, &counts, spent, words)
}

fn print(a: &Arguments, c: &Counts, spent: Duration, words: usize) -> anyhow::Result<()> {
    if a.json {
        println!("{}", serde_json::to_string(c)?);
        return Ok(());
    }
    let of = |n: usize, all: usize| format!("{n} of {all} ({:.1} %)", 100.0 * n as f64 / all.max(1) as f64);
    println!("articles {}, names with coordinates {}", c.articles, c.names);
    println!("within 161 km at gold spans: {}", of(c.near, c.names));
    println!("  of the names that the gazetteer knows: {}", of(c.near, c.known));
    println!("  a perfect choice would reach: {}", of(c.reachable, c.names));
    println!("found without being told: {}", of(c.found, c.names));
    println!("  of these within 161 km: {}", of(c.found_near, c.found));
    println!("names found, gold or not: {}", c.all_found);
    println!("finding and choosing: {:.0} tokens a second", words as f64 / spent.as_secs_f64());
    Ok(())
}

fn prepare(text: &str) -> (Article, Tokens) {
    let span = Span::new(0, text.len());
    let blocks = vec![Block { span, kind: BlockKind::Paragraph }];
    let article = Article { text: text.to_owned(), blocks, ..Article::default() };
    let tokens = Tokens::of(&article);
    (article, tokens)
}

/// The gold spans in bytes.
fn spans(g: &Gold) -> Vec<Span> {
    let byte: Vec<usize> = g.text.char_indices().map(|(i, _)| i).chain([g.text.len()]).collect();
    let at = |c: usize| byte.get(c).copied().unwrap_or(g.text.len());
    g.names.iter().map(|n| Span::new(at(n.start), at(n.end))).collect()
}

/// The articles of a file, or of the XML files of a folder by their names.
fn read_all(path: &Path) -> anyhow::Result<Vec<Gold>> {
    let mut files = vec![path.to_owned()];
    if path.is_dir() {
        let entries = std::fs::read_dir(path).with_context(|| format!("cannot list {}", path.display()))?;
        files = entries.map(|e| Ok(e?.path())).collect::<std::io::Result<Vec<_>>>()?;
        files.retain(|f| f.extension().is_some_and(|e| e.eq_ignore_ascii_case("xml")));
        files.sort();
    }
    let mut out = Vec::new();
    for file in &files {
        out.extend(read(file)?);
    }
    anyhow::ensure!(!out.is_empty(), "{} holds no articles in the format of LGL or GeoVirus", path.display());
    Ok(out)
}

/// Reads the few elements that are needed; these files are no wider XML.
fn read(path: &Path) -> anyhow::Result<Vec<Gold>> {
    let xml = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut out = Vec::new();
    for part in xml.split("</article>") {
        let Some(text) = element(part, "text") else { continue };
        let mut names = Vec::new();
        for name in
            part.split("<location").skip(1).chain(part.split("<toponym").skip(1)).filter(|n| n.starts_with(['>', ' ']))
        {
            let number = |tag| element(name, tag).and_then(|v| v.trim().parse::<f32>().ok());
            if let (Some(start), Some(end), Some(lat), Some(lon)) =
                (number("start"), number("end"), number("lat"), number("lon"))
            {
                // GeoVirus counts characters from one, LGL from zero; the name itself tells.
                let words = element(name, "name").filter(|_| name.contains("<page>"));
                let back = usize::from(
                    words.is_some_and(|w| !text.chars().skip(start as usize).collect::<String>().starts_with(&w)),
                );
                names.push(Name {
                    start: (start as usize).saturating_sub(back),
                    end: (end as usize).saturating_sub(back),
                    lat,
                    lon,
                });
            }
        }
        out.push(Gold { text, names });
    }
    Ok(out)
}

fn element(xml: &str, tag: &str) -> Option<String> {
    let (_, rest) = xml.split_once(&format!("<{tag}>"))?;
    let (inner, _) = rest.split_once(&format!("</{tag}>"))?;
    if let Some(raw) = inner.strip_prefix("<![CDATA[").and_then(|r| r.strip_suffix("]]>")) {
        return Some(raw.to_owned());
    }
    let plain = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
    Some(plain.iter().fold(inner.to_owned(), |s, (from, to)| s.replace(from, to)))
}
