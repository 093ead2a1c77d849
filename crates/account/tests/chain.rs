//! What each line of `testdata/chains/texts.txt` takes its story from, set beside `texts.read`. `KHABAR_RENEW=1 cargo test -p
//! account` writes it anew, for looking through before it is committed.

use crate::news;
use account::{Actors, Reader};
use std::fmt::Write;
use std::path::Path;

#[test]
fn source_chains_are_read_as_written_down() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/chains");
    let texts = std::fs::read_to_string(dir.join("texts.txt")).unwrap();
    let reader = Reader::new(Actors::builtin());
    let mut got = String::new();
    for text in texts.lines() {
        let article = news(text);
        let _ = writeln!(got, "{text}");
        for v in reader.read(&article).source_chain {
            let words: Vec<&str> = v.evidence.iter().map(|s| s.of(&article.text)).collect();
            let _ = writeln!(got, "    {} ({}): {}", v.value, v.by, words.join(" … "));
        }
    }
    let golden = dir.join("texts.read");
    if std::env::var_os("KHABAR_RENEW").is_some() {
        std::fs::write(&golden, &got).unwrap();
    }
    let want = std::fs::read_to_string(&golden).unwrap_or_default();
    assert!(got == want, "expected\n{want}\ngot\n{got}");
}
