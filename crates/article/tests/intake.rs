//! Intake, on files with readable expectations, on hostile input, and on random bytes.
//!
//! Each file `testdata/intake/NAME` has its outcome in `NAME.expected`; `KHABAR_RENEW=1` writes them anew.

use article::{Article, BlockKind, Intake, Limits, Raw, intake};
use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(name: &str, bytes: &[u8]) -> Intake {
    let out = intake(Raw { name, bytes }, &Limits::default());
    for a in &out.articles {
        a.check().unwrap();
    }
    out
}

fn codes(out: &Intake) -> Vec<&str> {
    out.problems.iter().map(|p| p.code.as_str()).collect()
}

/// One line a fact, one line a block.
fn show(out: &Intake) -> String {
    let mut s = String::new();
    for p in &out.problems {
        writeln!(s, "! {}: {}", p.code, p.detail).unwrap();
    }
    for a in &out.articles {
        writeln!(s, "= article").unwrap();
        let facts =
            [("outlet", &a.outlet), ("url", &a.url), ("title", &a.title), ("byline", &a.byline), ("agency", &a.agency)];
        for (name, fact) in facts {
            if let Some(f) = fact {
                writeln!(s, "{name} ({:?}): {}", f.basis, f.value).unwrap();
            }
        }
        if let Some(p) = &a.published {
            writeln!(s, "published ({:?}): {} {}", p.basis, p.value.date, p.value.time.as_deref().unwrap_or("-"))
                .unwrap();
        }
        if let Some(d) = a.dateline {
            writeln!(s, "dateline: {}", d.of(&a.text)).unwrap();
        }
        for b in &a.blocks {
            let mark = match b.kind {
                BlockKind::Headline => 'H',
                BlockKind::Paragraph => 'P',
                BlockKind::Furniture => 'F',
            };
            writeln!(s, "{mark} | {}", b.span.of(&a.text)).unwrap();
        }
    }
    s
}

#[test]
fn files_come_out_as_expected() {
    let folder = root().join("testdata/intake");
    let mut names: Vec<PathBuf> = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
    names.retain(|p| p.extension().is_some_and(|e| e != "expected"));
    names.sort();
    assert!(names.len() >= 12);
    let renew = std::env::var_os("KHABAR_RENEW").is_some();
    for path in names {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let got = show(&read(&name, &std::fs::read(&path).unwrap()));
        let expected = folder.join(format!("{name}.expected"));
        if renew {
            std::fs::write(&expected, &got).unwrap();
        }
        assert_eq!(got, std::fs::read_to_string(&expected).unwrap_or_default(), "{name}");
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut e = GzEncoder::new(Vec::new(), Compression::best());
    e.write_all(bytes).unwrap();
    e.finish().unwrap()
}

#[test]
fn gzip_is_unpacked_whatever_the_name_says() {
    let text = b"Title: Depot blast\n\nA lorry blew up at the gate of a grain depot in Kunduz on Monday.\n";
    for name in ["a.txt.gz", "a.txt", "a"] {
        assert_eq!(read(name, &gzip(text)).articles, read("a.txt", text).articles);
    }
    let packed = gzip(&text.repeat(100));
    assert_eq!(codes(&read("cut.txt.gz", &packed[..packed.len() / 2])), ["intake/gzip"]);
}

#[test]
fn a_header_without_a_text_is_no_article() {
    assert_eq!(codes(&read("a.txt", b"Title: Depot blast\nOutlet: Halcyon Wire\n\n")), ["intake/empty"]);
    assert_eq!(codes(&read("a.json", b"[]")), ["intake/empty"]);
}

#[test]
fn a_gzip_bomb_does_not_go_off() {
    let bomb = gzip(&vec![b'a'; 300 << 20]);
    assert!(bomb.len() < 1 << 20);
    let out = read("a.txt.gz", &bomb);
    assert_eq!((out.articles.len(), codes(&out)), (0, vec!["intake/gzip-bomb"]));
}

/// What comes of an input is no larger than the input, but for the empty lines between its paragraphs: a page that grows on
/// reading would cost more than its size. That time grows with the size, too, is measured by the bench.
#[track_caller]
fn no_larger(what: &str, input: &str) -> Intake {
    let name = if input.starts_with('<') { "page.html" } else { "a.txt" };
    let out = read(name, input.as_bytes());
    let (text, blocks) =
        out.articles.iter().fold((0, 0), |(text, blocks), a| (text + a.text.len(), blocks + a.blocks.len()));
    assert!(text <= 2 * input.len(), "{what}: {text} bytes of text from {}", input.len());
    assert!(blocks <= input.len(), "{what}: {blocks} blocks from {} bytes", input.len());
    out
}

/// Every page here is some megabytes of one nasty thing; each must be read without a deep stack.
#[test]
fn hostile_pages_become_no_larger_than_they_are() {
    let n = 100_000;
    let deep = |open: &str, close: &str| {
        format!("{}<p>The core of it, where three people were hurt on Monday.</p>{}", open.repeat(n), close.repeat(n))
    };
    let attributes: String = (0..30_000).map(|i| format!(" a{i}=1")).collect();
    let formats: String = (0..30_000).map(|i| format!("<b id={i}><p>x")).collect();
    let bodies: String = (0..30_000).map(|i| format!("<body b{i}=1>x")).collect();
    let links: String = (0..30_000).map(|i| format!("<a href={i}>x</a> ")).collect();
    let pages = [
        ("deep divs", deep("<div>", "</div>")),
        ("deep and unclosed", deep("<section><span>", "")),
        ("deep with stray ends", deep("<div></x></p>", "</div>")),
        ("deep tables", deep("<table><tr><td>", "</table>")),
        ("deep lists", deep("<ul><li>", "</ul>")),
        ("deep quotes in tables", deep("<blockquote><table>", "")),
        ("many attributes", format!("<p{attributes}>x</p>")),
        ("huge attribute", format!("<p title=\"{}\">A lorry blew up on Monday.</p>", "x".repeat(8 << 20))),
        ("formatting", formats),
        ("bodies", bodies),
        ("links", links),
        ("breaks", "<br>".repeat(n)),
        ("lone angles", "<".repeat(1 << 20)),
        ("comments", "<!--".repeat(1 << 20)),
        ("unclosed scripts", "<script>".repeat(n)),
        ("unclosed drawings", "<svg>x".repeat(n)),
        (
            "script bomb",
            format!(
                "<p>A lorry blew up in Kunduz on Monday, and nine people died.</p><script>{}</script>",
                "[".repeat(8 << 20)
            ),
        ),
        (
            "json-ld bomb",
            format!(
                "<p>A lorry blew up on Monday.</p><script type=application/ld+json>{}</script>",
                "[".repeat(900_000)
            ),
        ),
        ("references", "&lt;&amp;".repeat(100_000)),
        ("paragraphs", "<p>Three were hurt on Monday.".repeat(n)),
        ("one word", format!("<p>{}", "x".repeat(8 << 20))),
        ("spaces", format!("<p>a{}b", " ".repeat(8 << 20))),
        ("anchors in blocks", "<a href=x><div>".repeat(n / 4)),
        ("forms", "<form><input>".repeat(n)),
        ("headings", "<h1>x<h2>y".repeat(n)),
    ];
    for (what, page) in pages {
        let out = no_larger(what, &page);
        if what.starts_with("deep") {
            assert!(
                out.articles.iter().any(|a| a.text.contains("three people were hurt")),
                "{what}: {:?}",
                codes(&out)
            );
        }
    }
    assert!(codes(&read("deep.html", deep("<div>", "</div>").as_bytes())).contains(&"intake/html-depth"));
}

#[test]
fn hostile_texts_become_no_larger_than_they_are() {
    for piece in [
        "x\n",
        "Karim Daud\n",
        "Comments\n",
        "[1] x\n",
        "Three were hurt on Monday in Kunduz.\nLeave a Reply\n",
        "(",
        "A, ",
    ] {
        no_larger(piece, &piece.repeat(200_000 / piece.len()));
    }
}

#[test]
fn every_code_is_in_the_manual() {
    let mut seen = Vec::new();
    for folder in ["crates/article/src/intake", "crates/archive/src/source"] {
        sources(&root().join(folder), &mut seen);
    }
    let manual = std::fs::read_to_string(root().join("docs/intake.md")).unwrap();
    let mut codes: Vec<String> = Vec::new();
    for source in seen {
        for stage in ["intake", "source"] {
            let mark = format!("\"{stage}/");
            let code = source.split(&mark).skip(1).filter_map(|s| s.split('"').next());
            codes.extend(
                code.filter(|c| c.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')).map(|c| format!("{stage}/{c}")),
            );
        }
    }
    codes.sort();
    codes.dedup();
    assert!(codes.len() > 15, "{codes:?}");
    for code in &codes {
        assert!(manual.contains(&format!("| `{code}` |")), "{code} is not in docs/intake.md");
    }
    let listed = manual.lines().filter(|l| l.starts_with("| `intake/") || l.starts_with("| `source/")).count();
    assert_eq!(listed, codes.len(), "the manual lists a code that nothing gives");
}

fn sources(folder: &Path, out: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, out);
        } else {
            out.push(std::fs::read_to_string(path).unwrap());
        }
    }
}

/// Text of the corpus is article text: what becomes furniture there has to be a short line at the head or the end.
#[test]
fn paragraphs_of_the_corpus_stay() {
    let data = std::env::var_os("KHABAR_DATA").map_or_else(|| root().join("../shared/data"), PathBuf::from);
    let reports = data.join("../corpus/reports");
    if !reports.is_dir() {
        assert!(std::env::var_os("CI").is_none_or(|v| v != "true"), "{} is missing", reports.display());
        println!("skipped: {} is missing", reports.display());
        return;
    }
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(&reports).unwrap().map(|e| e.unwrap().path()).filter(|p| is_open(p)).collect();
    paths.sort();
    for path in paths {
        let out = read(&path.to_string_lossy(), &std::fs::read(&path).unwrap());
        assert_eq!(codes(&out), [""; 0], "{}", path.display());
        let [a]: &[Article; 1] = out.articles.as_slice().try_into().unwrap();
        for b in a.blocks.iter().filter(|b| b.kind == BlockKind::Furniture) {
            let words = b.span.of(&a.text);
            assert!(words.len() < 60 && !words.ends_with('.'), "{}: {words}", path.display());
        }
    }
}

/// Whether a report may be looked at: a third of the clusters and the even letters of the loose ones are for scoring.
fn is_open(path: &Path) -> bool {
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut parts = name.split('-').skip(1);
    let (number, letter) = (parts.next().and_then(|n| n.parse::<u32>().ok()).unwrap_or(0), parts.next().unwrap_or("b"));
    if number == 900 { matches!(letter, "a" | "c" | "e" | "g") } else { number % 3 != 0 }
}

const NAMES: [&str; 10] = [
    "a.txt",
    "a.html",
    "a.json",
    "a.jsonl",
    "a.txt.gz",
    "a.xhtml",
    "-",
    "https://e.example/2024/03/04/x?utm_a=1",
    "a",
    "\u{fffd}.html",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes_are_taken(bytes in prop::collection::vec(any::<u8>(), 0..400), name in 0..NAMES.len()) {
        read(NAMES[name], &bytes);
    }

    #[test]
    fn any_text_is_taken(text in "\\PC{0,300}", name in 0..NAMES.len()) {
        read(NAMES[name], text.as_bytes());
    }

    #[test]
    fn any_soup_of_pieces_is_taken(pieces in prop::collection::vec(0usize..26, 0..60), name in 0..NAMES.len()) {
        const PIECES: [&str; 26] = [
            "<p>", "</p>", "<div class=caption>", "</div>", "<table><td>", "<h1>", "</h2>", "<a href='", "\n\n", "Title: x\n", "KABUL, March 4 (AP) - ",
            "Three were hurt on Monday. ", "Leave a Reply\n", "[1] x https://a.b\n", "(ANI)", "— Halcyon Wire", "é", "\u{a0}", "{\"text\":\"", "\"}", "<!--", "-->",
            "<script type=application/ld+json>", "</script>", "By Karim Daud\n", "29 February 2023\n",
        ];
        let text: String = pieces.iter().map(|i| PIECES[*i]).collect();
        read(NAMES[name], text.as_bytes());
    }
}
