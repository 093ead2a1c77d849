//! Each `testdata/accounts/*.txt` is read and set beside its `.accounts` file. `KHABAR_RENEW=1 cargo test -p account`
//! writes the files anew, for looking through before they are committed.

use account::{Account, Actors, Reader};
use article::{Article, Limits, Raw, intake};
use std::fmt::Write;
use std::path::{Path, PathBuf};

#[test]
fn articles_are_read_as_written_down() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/accounts");
    let renew = std::env::var_os("KHABAR_RENEW").is_some();
    let mut files: Vec<PathBuf> = std::fs::read_dir(&dir).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "txt"));
    files.sort();
    assert!(files.len() >= 5, "the golden articles are gone");
    let reader = Reader::new(Actors::builtin());
    let mut different = Vec::new();
    for file in files {
        let bytes = std::fs::read(&file).unwrap();
        let name = file.file_name().unwrap().to_string_lossy();
        let articles = intake(Raw { name: &name, bytes: &bytes }, &Limits::default()).articles;
        let got: String = articles.iter().map(|a| listing(a, &reader)).collect();
        let golden = file.with_extension("accounts");
        if renew {
            std::fs::write(&golden, &got).unwrap();
        }
        let want = std::fs::read_to_string(&golden).unwrap_or_default();
        if got != want {
            different.push(format!("{name}: expected\n{want}\ngot\n{got}"));
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}

/// The accounts of one article, a line a value, each with its words and the rule that read it.
fn listing(article: &Article, reader: &Reader<'_>) -> String {
    let report = reader.read(article);
    let mut out = String::new();
    for a in &report.accounts {
        account(&mut out, article, a);
    }
    for s in &report.statements {
        let source = s.sources.first().map_or("", |s| s.words.as_str());
        let _ = writeln!(out, "says: {source} | {} | {}", s.cue.of(&article.text), s.content.of(&article.text));
    }
    for c in &report.source_chain {
        let _ = writeln!(out, "from: {} ({})", c.value, c.by);
    }
    if out.is_empty() {
        out.push_str("nothing\n");
    }
    out
}

fn account(out: &mut String, article: &Article, a: &Account) {
    let kinds: Vec<&str> = a.kinds.iter().map(|k| k.value.name()).collect();
    let _ = writeln!(out, "{} {} {}", a.prominence, a.stage.value, kinds.join(" "));
    if let Some(d) = &a.date {
        let _ = writeln!(out, "  date: {} {} \"{}\" ({})", d.value, d.basis, d.evidence[0].of(&article.text), d.by);
    }
    if let Some(p) = &a.place {
        let _ =
            writeln!(out, "  place: {} | {} | {} | {} {} ({})", p.name, p.city, p.admin1, p.country, p.precision, p.by);
    }
    let bound = |n: Option<u64>| n.map_or(String::new(), |n| n.to_string());
    for f in &a.figures {
        let total = if f.total { "total" } else { "part" };
        let who: Vec<&str> = f.said_by.iter().map(|s| s.words.as_str()).collect();
        let said = if who.is_empty() { String::new() } else { format!(" says {}", who.join(", ")) };
        let _ = writeln!(
            out,
            "  {}: {}..{} {total} \"{}\"{said} ({})",
            f.measure,
            bound(f.low),
            bound(f.high),
            f.span.of(&article.text),
            f.by
        );
    }
    for b in &a.perpetrators {
        let _ = writeln!(out, "  actor: {} [{}] {} ({})", b.name, b.actor, b.status, b.by);
    }
    for (name, list) in [("target", &a.targets), ("weapon", &a.weapons)] {
        for m in list {
            let _ = writeln!(out, "  {name}: {}", m.words);
        }
    }
}
