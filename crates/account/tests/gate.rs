//! Which articles of `testdata/gate` are left alone: those of `harmless.txt` use words of violence for sport, trade, politics,
//! art, accidents, storms, animals, drills; those of `violent.txt` tell of violence, among words of these fields too. What is
//! read wrongly stands in `misread.txt`. `KHABAR_RENEW=1 cargo test -p account` writes it anew, for looking through before it is
//! committed.

use account::{Actors, Reader};
use article::{Limits, Raw, intake};
use std::fmt::Write;
use std::path::Path;

#[test]
fn violence_that_is_none_is_left_alone() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/gate");
    let reader = Reader::new(Actors::builtin());
    let mut got = String::new();
    for (file, told) in [("harmless.txt", false), ("violent.txt", true)] {
        let text = std::fs::read_to_string(dir.join(file)).unwrap();
        let all: Vec<&str> = text.split("\n\n").filter(|a| !a.trim().is_empty()).collect();
        assert!(all.len() > 30, "{file} has lost its articles");
        let mut wrong = Vec::new();
        for a in &all {
            let (title, body) = a.trim().split_once('\n').unwrap();
            let page = format!("Outlet: Our Paper\nPublished: 2025-03-05T12:00:00Z\nTitle: {title}\n\n{body}\n");
            let article =
                intake(Raw { name: "text.txt", bytes: page.as_bytes() }, &Limits::default()).articles.remove(0);
            if reader.read(&article).accounts.is_empty() == told {
                wrong.push(title);
            }
        }
        let _ = writeln!(got, "{file}: {} of {} misread", wrong.len(), all.len());
        wrong.iter().for_each(|title| got.push_str(&format!("    {title}\n")));
    }
    let golden = dir.join("misread.txt");
    if std::env::var_os("KHABAR_RENEW").is_some() {
        std::fs::write(&golden, &got).unwrap();
    }
    let want = std::fs::read_to_string(&golden).unwrap_or_default();
    assert!(got == want, "expected\n{want}\ngot\n{got}");
}
