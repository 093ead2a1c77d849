//! Whom each line of `testdata/standing/texts.txt` binds, and how, set beside `texts.read`. `KHABAR_RENEW=1 cargo test -p
//! account` writes it anew, for looking through before it is committed.

use crate::news;
use account::{Actors, Reader};
use std::fmt::Write;
use std::path::Path;

#[test]
fn actors_are_bound_as_written_down() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/standing");
    let texts = std::fs::read_to_string(dir.join("texts.txt")).unwrap();
    let reader = Reader::new(Actors::builtin());
    let mut got = String::new();
    for text in texts.lines() {
        let article = news(text);
        let _ = writeln!(got, "{text}");
        for b in reader.read(&article).accounts.iter().flat_map(|a| &a.perpetrators) {
            let said: Vec<&str> = b.said_by.iter().map(|s| s.words.as_str()).collect();
            let said = if said.is_empty() { String::new() } else { format!(", says {}", said.join(", ")) };
            let _ = writeln!(got, "    {} {}{said} ({})", b.name, b.status, b.by);
        }
    }
    let golden = dir.join("texts.read");
    if std::env::var_os("KHABAR_RENEW").is_some() {
        std::fs::write(&golden, &got).unwrap();
    }
    let want = std::fs::read_to_string(&golden).unwrap_or_default();
    assert!(got == want, "expected\n{want}\ngot\n{got}");
}

#[test]
fn what_decided_on_a_standing_is_told() {
    let article = news(
        "A bomb went off in Kunduz on Monday, killing four people. The Red Valley Brigade claimed responsibility for the blast.",
    );
    let reader = Reader::new(Actors::builtin());
    let report = reader.read(&article);
    let b = &report.accounts[0].perpetrators[0];
    let why = reader.why(&article, &b.by, b.evidence[0]);
    assert!(why.iter().any(|(name, w)| name == "does claimed" && *w > 0.0), "{why:?}");
    assert!(why.windows(2).all(|w| w[0].1.abs() >= w[1].1.abs()));
    assert!(reader.why(&article, &b.by, b.evidence[1]).is_empty());
}
