//! Every reading leads to words, every link to a place of the page, and nothing of an article becomes a part of it.

use super::{Asked, Shown};
use account::{Actors, Reader};
use archive::{Archive, Filter, Input, Job};
use article::{Limits, Problem};
use std::collections::BTreeSet;
use std::sync::atomic::AtomicBool;

struct Text(String, String);

impl Input for Text {
    fn name(&self) -> &str {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, Problem> {
        Ok(self.1.clone().into_bytes())
    }
}

fn archive(texts: Vec<Text>) -> Archive {
    let mut archive = Archive::in_memory().unwrap();
    let inputs: Vec<&dyn Input> = texts.iter().map(|t| t as &dyn Input).collect();
    let (limits, stop, reader) = (Limits::default(), AtomicBool::new(false), Reader::new(Actors::builtin()));
    let job = Job { reader: &reader, limits: &limits, threads: 1, stop: &stop };
    archive.read(&inputs, &job, &mut |_| {}).unwrap();
    archive
}

fn pages(archive: &Archive) -> Vec<String> {
    let mut ids = Vec::new();
    let keep = |w: archive::Whole| {
        ids.push(w.incident.id);
        Ok::<(), std::convert::Infallible>(())
    };
    archive.incidents(&Filter::default(), keep).unwrap().unwrap();
    ids.iter().map(|id| Shown::of(archive, id, Asked::default()).unwrap().page().into_string()).collect()
}

/// The values of an attribute, wherever it stands.
fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    let head = format!(" {attribute}=\"");
    page.split(head.as_str()).skip(1).map(|rest| &rest[..rest.find('"').unwrap()]).collect()
}

/// The values that elements of a tag bear.
fn marks(page: &str, tag: &str) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for rest in page.split(format!("<{tag} ").as_str()).skip(1) {
        let element = format!(" {}", &rest[..rest.find('>').unwrap()]);
        out.extend(values(&element, "data-v").iter().flat_map(|v| v.split(' ')).map(str::to_owned));
    }
    out
}

#[test]
fn every_reading_leads_to_words_and_every_link_to_its_place() {
    let examples = crate::demo::EXAMPLES.files();
    let text = |f: &include_dir::File<'_>| Text(f.path().display().to_string(), f.contents_utf8().unwrap().to_owned());
    let pages = pages(&archive(examples.map(text).collect()));
    assert!(pages.len() > 5);
    for page in &pages {
        let ids = values(page, "id");
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "an id stands twice: {ids:?}");
        for to in values(page, "href").iter().filter_map(|h| h.strip_prefix('#')) {
            assert!(unique.contains(to), "nothing bears the id {to}");
        }
        let words = marks(page, "mark");
        for row in page.split("<tr ").skip(1).filter(|r| r.contains("data-field=")) {
            let row = format!(" {}", &row[..row.find('>').unwrap()]);
            let (field, bears) = (values(&row, "data-field")[0], values(&row, "data-v")[0]);
            assert!(!bears.is_empty(), "a reading of {field} rests on no value");
            // A country follows from the place, and a stage that nothing is said of is a default.
            let told = bears.split(' ').any(|v| words.contains(v));
            assert!(
                told || matches!(field, "stage" | "country" | "place"),
                "a reading of {field} has no words: {bears}"
            );
        }
    }
}

#[test]
fn nothing_of_an_article_becomes_a_part_of_the_page() {
    let text = "\
Title: <img src=x onerror=alert(1)> bomb kills 7 in Kabul \"quoted' name
Outlet: <b>Hill</b> Courier\" onmouseover=\"alert(1)
Published: 2024-03-05

A bomb killed 7 people <script>alert(2)</script> at a market in Kabul on Monday, police said. \u{202e}dnuorgkcab\u{202c}

The Red \"Valley\" <i>Front</i> claimed responsibility for the blast in Kabul.
";
    let pages = pages(&archive(vec![Text("a.txt".into(), text.into())]));
    assert!(!pages.is_empty());
    for page in &pages {
        for bad in ["<script", "<img", "<i>", "onmouseover=\"", "\u{202e}", "<b>Hill"] {
            assert!(!page.contains(bad), "{bad} stands in the page");
        }
        assert!(!page.contains(" style="), "a style attribute, which the page's own policy forbids");
    }
}
