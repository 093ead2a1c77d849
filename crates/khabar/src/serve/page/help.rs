//! What keys do and what words mean.

use super::frame;
use maud::{Markup, html};

/// Keys of the pages, as their scripts bind them.
const KEYS: [(&str, &[(&str, &str)]); 6] = [
    (
        "Everywhere",
        &[
            ("?", "the keys of the page you are on"),
            ("/", "write words to look for"),
            ("1–7", "go to Incidents, Review, and so on"),
        ],
    ),
    (
        "Incidents",
        &[
            ("j k ↓ ↑", "next incident, the one before; map and timeline follow"),
            ("Enter", "open it"),
            ("x", "tick it"),
            ("m", "merge the ticked ones"),
            ("u", "take back the last merge"),
            ("] [", "next page, the page before"),
            ("Esc", "mark and tick nothing"),
        ],
    ),
    (
        "Review",
        &[
            ("j k", "next item, the one before"),
            ("m", "merge"),
            ("s", "split"),
            ("c", "correct"),
            ("d", "dismiss"),
            ("n", "write a note"),
            ("l", "leave as it is"),
            ("1–9", "at a contradiction: choose the reading of that row"),
            ("o", "open what it is about"),
            ("u", "undo"),
        ],
    ),
    (
        "An incident",
        &[
            ("m s c d n u", "merge, split, correct, dismiss, note, undo"),
            ("← →", "on marked words: the next ones, the ones before"),
            ("Enter", "on marked words: the value that was read from them"),
        ],
    ),
    ("An actor", &[("m", "merge with another"), ("a", "add a name"), ("u", "undo")]),
    (
        "Map",
        &[
            ("Tab", "from mark to mark"),
            ("Enter", "choose a place, open a cluster"),
            ("+ −", "nearer, farther"),
            ("↑ ↓ ← →", "move"),
        ],
    ),
];

/// Words of the glossary that the pages use.
const WORDS: [&str; 22] = [
    "article",
    "account",
    "incident",
    "evidence",
    "reading",
    "rule",
    "kind",
    "stage",
    "figure",
    "statement",
    "standing",
    "actor",
    "place",
    "outlet",
    "origin",
    "rating",
    "decision",
    "conflict",
    "problem",
    "map",
    "archive",
    "prominence",
];

const GLOSSARY: &str = include_str!("../../../../../GLOSSARY.md");

/// `/help`.
pub(crate) async fn help() -> Markup {
    let main = html! {
        div.head { h1 { "Help" } }
        div.help {
            section.prose aria-labelledby="begin" {
                h2 #begin { "How to begin" }
                ol {
                    li { "Drop articles on " a href="/exchange" { "Exchange" } ": files as they were saved, or a folder of them. What cannot be read is listed with the reason." }
                    li { "Look at the " a href="/" { "incidents" } ": filter them, choose one on the map, open it. Each value shows who says so, and leads to the words that it was read from." }
                    li { "Write your name at the top, and work through the " a href="/review" { "review" } ": what may belong together, what is contradicted, what is known too vaguely. Every decision can be taken back." }
                    li { "Take the table with you: " a href="/exchange#out" { "Exchange" } " writes it as CSV or JSON, with the filters you choose." }
                }
                h2 { "How dates are written" }
                p {
                    code { "2024-03-01" } " is a day, " code { "2024-03" } " a month, " code { "2024" } " a year; "
                    code { "2024-03-01/2024-03-02" } " is some time from the first to the second, and " code { "2024-03-01~" } " about that day. "
                    "An incident passes a filter of time when it may have happened then."
                }
                h2 { "How numbers are written" }
                p {
                    code { "8+" } " is eight or more, " code { "≤40" } " forty or fewer, " code { "1–6" } " from the lowest to the highest that is said. "
                    span.disputed { "disputed" } " stands where independent accounts exclude each other. "
                    "Articles are counted as they came; sources once for each origin, so that ten copies of one report are one source."
                }
            }
            section aria-labelledby="all-keys" {
                h2 #all-keys { "Keys" }
                div.keyboards {
                    @for (page, keys) in KEYS {
                        div {
                            h3 { (page) }
                            dl.keys {
                                @for (caps, what) in keys {
                                    dt { @for cap in caps.split(' ') { kbd { (cap) } } }
                                    dd { (what) }
                                }
                            }
                        }
                    }
                }
                p.faint { "Single keys can be turned off in the list that " kbd { "?" } " opens." }
            }
            section aria-labelledby="words" {
                h2 #words { "Words" }
                dl.words { @for (word, meaning) in words() { dt { (word) } dd { (meaning) } } }
            }
        }
    };
    frame("Help", "/help", &[], main)
}

/// Words and meanings, as the glossary has them.
fn words() -> Vec<(&'static str, String)> {
    let line = |word: &&'static str| {
        let meaning = GLOSSARY.lines().find_map(|l| l.strip_prefix(&format!("| **{word}** | ")))?;
        Some((*word, meaning.trim_end_matches(" |").replace(['*', '`'], "")))
    };
    WORDS.iter().filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_word_stands_in_the_glossary() {
        assert_eq!(super::words().len(), super::WORDS.len());
    }
}
