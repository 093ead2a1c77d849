//! What became of people and things in each line of `testdata/harmed/texts.txt`, who is only described, and why it was done, set
//! beside `texts.read`. `KHABAR_RENEW=1 cargo test -p account` writes it anew, for looking through before it is committed.

use crate::news;
use account::{Actors, Harmed, Reader, Source, Trait};
use std::fmt::Write;
use std::path::Path;

#[test]
fn harm_is_read_as_written_down() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/harmed");
    let texts = std::fs::read_to_string(dir.join("texts.txt")).unwrap();
    let reader = Reader::new(Actors::builtin());
    let mut got = String::new();
    for text in texts.lines() {
        let _ = writeln!(got, "{text}");
        for a in reader.read(&news(text)).accounts {
            for (name, list) in [("people", &a.people), ("property", &a.property), ("hostages", &a.hostages)] {
                list.iter().for_each(|h| got.push_str(&line(name, h)));
            }
            for d in &a.doers {
                let number = bounds(d.low, d.high);
                let _ = writeln!(
                    got,
                    "    doers: {} {number} {}{}{} ({})",
                    d.words,
                    d.status,
                    traits(&d.traits),
                    said(&d.said_by),
                    d.by
                );
            }
            for m in &a.motives {
                let _ = writeln!(got, "    motive: {}{} ({})", m.words, said(&m.said_by), m.by);
            }
        }
    }
    let golden = dir.join("texts.read");
    if std::env::var_os("KHABAR_RENEW").is_some() {
        std::fs::write(&golden, &got).unwrap();
    }
    let want = std::fs::read_to_string(&golden).unwrap_or_default();
    assert!(got == want, "expected\n{want}\ngot\n{got}");
}

fn line(name: &str, h: &Harmed) -> String {
    let effect = h.effect.map_or("nothing told", |e| e.name());
    let number = bounds(h.low, h.high);
    format!("    {name}: {} {number} {effect}{}{} ({})\n", h.words, traits(&h.traits), said(&h.said_by), h.by)
}

fn bounds(low: Option<u64>, high: Option<u64>) -> String {
    let bound = |n: Option<u64>| n.map_or(String::new(), |n| n.to_string());
    format!("{}..{}", bound(low), bound(high))
}

fn traits(all: &[Trait]) -> String {
    all.iter().map(|t| format!(", {} {}", t.kind, t.value)).collect()
}

fn said(by: &[Source]) -> String {
    if by.is_empty() { String::new() } else { format!(", says {}", by[0].words) }
}
