//! Promises of the reader that hold for any text: it never panics, and whatever it reads stands in the text.

use account::{Actors, Reader, Report};
use article::{Article, Span};
use proptest::prelude::*;

/// Every span that a report points with.
fn spans(report: &Report) -> Vec<Span> {
    let mut out = Vec::new();
    for a in &report.accounts {
        out.extend(a.kinds.iter().flat_map(|k| k.evidence.clone()));
        out.extend(a.stage.evidence.clone());
        out.extend(a.date.iter().flat_map(|d| d.evidence.clone()));
        out.extend(a.place.iter().flat_map(|p| p.evidence.clone()));
        out.extend(a.figures.iter().map(|f| f.span));
        out.extend(a.figures.iter().flat_map(|f| f.said_by.iter().map(|s| s.span)));
        out.extend(a.perpetrators.iter().flat_map(|b| b.evidence.clone()));
        out.extend([&a.targets, &a.victims, &a.weapons].into_iter().flatten().map(|m| m.span));
        for h in [&a.people, &a.property, &a.hostages].into_iter().flatten() {
            out.extend(h.evidence.iter().copied().chain(h.traits.iter().map(|t| t.span)));
        }
        out.extend(a.doers.iter().flat_map(|d| d.evidence.clone()));
        out.extend(a.motives.iter().map(|m| m.span));
        out.extend(a.sentences.clone());
    }
    for s in &report.statements {
        out.extend(s.sources.iter().map(|s| s.span));
        out.extend([s.cue, s.content]);
    }
    out.extend(report.source_chain.iter().flat_map(|c| c.evidence.clone()));
    out
}

fn check(text: String) -> Result<(), TestCaseError> {
    let article = Article::plain(text);
    let report = Reader::new(Actors::builtin()).read(&article);
    for s in spans(&report) {
        prop_assert!(article.text.get(s.start as usize..s.end as usize).is_some(), "{s:?} is no part of the text");
    }
    for a in &report.accounts {
        prop_assert!(!a.kinds.is_empty());
        prop_assert!(a.kinds.iter().all(|k| !k.evidence.is_empty()));
        for f in &a.figures {
            prop_assert!(article.text.contains(&f.words), "{:?} is not printed", f.words);
            prop_assert!(f.low.is_none() || f.high.is_none() || f.low <= f.high);
        }
    }
    Ok(())
}

/// Words that make the reader work, in any order.
fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "bomb",
        "killed",
        "at least",
        "12",
        "dozens",
        "people",
        "in",
        "Kabul",
        "on",
        "Tuesday",
        "March 4, 2024",
        ",",
        ".",
        "said",
        "police",
        "the",
        "a",
        "soldier",
        "claimed responsibility",
        "Taliban",
        "\u{2019}s",
        "(",
        ")",
        "—",
        "including",
        "three",
        "of the dead",
        "attack",
        "gunmen",
        "opened fire",
        "\n\n",
        "threatened to",
        "Él-Ñandú",
        "\u{202e}",
        "🙂",
        "yesterday",
        ";",
    ]);
    prop::collection::vec(word, 0..60).prop_map(|w| w.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_text_is_read(text in "\\PC{0,300}") {
        check(text)?;
    }

    #[test]
    fn words_of_violence_in_any_order_are_read(text in words()) {
        check(text)?;
    }
}

#[test]
fn endless_and_empty_texts_are_read() {
    for text in [String::new(), "bomb ".repeat(20_000), "((((".repeat(5_000), "killed 12 people ".repeat(4_000)] {
        check(text).unwrap();
    }
}
