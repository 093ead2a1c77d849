//! Sentences and their trees, and inputs that mean harm. The golden file is read by the integration tests.

use super::{Grammar, Refused, Worker, words};
use crate::Span;
use proptest::prelude::*;

fn all(text: &str) -> Span {
    Span::new(0, text.len())
}

fn split(text: &str) -> Vec<&str> {
    words(text, all(text)).iter().map(|w| w.span.of(text)).collect()
}

#[test]
fn words_are_cut_as_treebanks_cut_them() {
    let check = |text: &str, want: &[&str]| assert_eq!(split(text), want, "{text}");
    check("They don't know; we can't.", &["They", "do", "n't", "know", ";", "we", "ca", "n't", "."]);
    check("the mayor’s 34-year-old son", &["the", "mayor", "’s", "34", "-", "year", "-", "old", "son"]);
    check("Lt. Gen. A. Musa of the U.S. Army", &["Lt.", "Gen.", "A.", "Musa", "of", "the", "U.S.", "Army"]);
    check("1,200 people at 5:30pm (No. 12)", &["1,200", "people", "at", "5:30", "pm", "(", "No.", "12", ")"]);
    check("non-combatants said: \"no...\"", &["non-combatants", "said", ":", "\"", "no", "...", "\""]);
    check("see www.example.org, or a.b@example.org.", &["see", "www.example.org", ",", "or", "a.b@example.org", "."]);
    check("THEY DIDN'T STOP", &["THEY", "DID", "N'T", "STOP"]);
    check("two soldiers' rifles", &["two", "soldiers", "'", "rifles"]);
}

#[test]
fn a_passive_names_what_was_done_to_whom() {
    let text = "Three farmers were killed by gunmen near Mubi.";
    let mut worker = Worker::new(Grammar::builtin());
    let spans: Vec<Span> = words(text, all(text)).iter().map(|w| w.span).collect();
    let tree = worker.parse(text, &spans);
    let root = tree.root().unwrap();
    assert_eq!(tree.nodes[root].lemma, "kill");
    let of =
        |label: &str| tree.children(root).find(|c| tree.nodes[*c].label == label).map(|c| tree.nodes[c].span.of(text));
    assert_eq!(of("nsubj:pass"), Some("farmers"));
    assert_eq!(of("obl:agent"), Some("gunmen"));
}

#[test]
fn what_is_no_grammar_of_this_version_is_refused() {
    let good = include_bytes!("../../../../models/en/grammar.bin");
    assert!(Grammar::from_bytes(good).is_ok());
    assert_eq!(Grammar::from_bytes(b"").unwrap_err(), Refused::Magic);
    let mut other = good.to_vec();
    other[8] = 9;
    assert_eq!(Grammar::from_bytes(&other).unwrap_err(), Refused::Version(9));
    other[8] = good[8];
    other[12] = 9;
    assert_eq!(Grammar::from_bytes(&other).unwrap_err(), Refused::Features(9));
    for n in [12, 16, 100, 10_000, 1_000_000, good.len() - 1] {
        assert_eq!(Grammar::from_bytes(&good[..n]).unwrap_err(), Refused::Damaged, "{n} bytes");
    }
}

/// Whether all of it is well: words in order on character boundaries, every sentence a tree with one root.
fn check(text: &str) {
    let mut worker = Worker::new(Grammar::builtin());
    let words = words(text, all(text));
    let mut at = 0;
    for w in &words {
        let (start, end) = (w.span.start as usize, w.span.end as usize);
        assert!(at <= start && start < end && text.get(start..end).is_some(), "{:?}", w.span);
        let between = &text[at..start];
        assert!(between.chars().all(|c| !c.is_alphanumeric()), "`{between}` is in no word");
        at = end;
    }
    let mut next = 0;
    let spans: Vec<Span> = words.iter().map(|w| w.span).collect();
    let mut tags = Vec::new();
    worker.tag(text, &spans, &mut tags);
    assert_eq!(tags.len(), words.len());
    for s in worker.sentences(text, &words) {
        assert!(s.start == next && s.end > s.start);
        next = s.end;
        let parsed = worker.parse(text, &spans[s.clone()]);
        let tree = super::tail::mended(&mut worker, text, &spans[s.clone()], parsed);
        assert_eq!(tree.nodes.len(), s.len());
        assert_eq!(tree.nodes.iter().filter(|n| n.head.is_none()).count(), 1);
        for mut i in 0..tree.nodes.len() {
            let mut steps = 0;
            while let Some(h) = tree.nodes[i].head {
                (i, steps) = (h, steps + 1);
                assert!(steps <= tree.nodes.len(), "a cycle");
            }
        }
    }
    assert_eq!(next, words.len());
}

/// The words that say who says it, as the tree of one sentence has them below its last verb of saying.
fn speakers(text: &str) -> String {
    let mut worker = Worker::new(Grammar::builtin());
    let spans: Vec<Span> = words(text, Span::new(0, text.len())).iter().map(|w| w.span).collect();
    let parsed = worker.parse(text, &spans);
    let tree = super::tail::mended(&mut worker, text, &spans, parsed);
    let verb = tree.nodes.iter().rposition(|n| n.lemma == "say").unwrap();
    let under = tree.children(verb).filter(|c| tree.relation(*c) == "nsubj").map(|s| tree.span(tree.range(s)).of(text));
    under.collect::<Vec<_>>().join(" | ")
}

#[test]
fn who_says_it_at_the_end_is_no_part_of_the_list_before() {
    let rows = [
        (
            "A lorry blew up by a mill, killing at least nine men and wounding 21, police and a hospital official said.",
            "police and a hospital official",
        ),
        (
            "Shells hit a school, wounding a cook and two pupils, doctors and an officer said on Monday.",
            "doctors and an officer",
        ),
        ("The raid killed five soldiers, three traders and a child, army officials said.", "army officials"),
        ("Police said that the men had taken a car, a cart and two boats.", "Police"),
    ];
    for (text, who) in rows {
        assert_eq!(speakers(text), who, "{text}");
    }
}

#[test]
fn texts_that_mean_harm_are_parsed_too() {
    check("");
    check(" \u{200b}\n");
    check(&"(".repeat(10_000));
    check(&"( ".repeat(300));
    check(&"and the men ".repeat(100));
    check(&"x".repeat(100_000));
    check(&"don't".repeat(5_000));
    check(&"a.".repeat(5_000));
    check(&"a-".repeat(200));
    check(&"'s".repeat(300));
    check("’s ’ n’t ß’ İ’s 5’s 5İm ’’’ .’s @a@ www. :// e\u{301}’s");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn every_text_gives_words_and_trees(text in "([a-zA-Z0-9]{1,6}|[ .,'’()\\-:@/\"!?$]|\\PC|n't |U\\.S\\.){0,80}") {
        check(&text);
    }

    #[test]
    fn every_file_is_read_or_refused(at in 8usize..200_000, byte: u8) {
        let mut bytes = include_bytes!("../../../../models/en/grammar.bin")[..300_000].to_vec();
        bytes[at] = byte;
        prop_assert!(Grammar::from_bytes(&bytes).is_err());
    }
}
