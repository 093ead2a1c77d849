//! Times of sentences, set beside a golden file that a person can read, and promises that hold for any text.

use article::{Article, Basis, Found, Published, Time, Tokens, all_times, times};
use proptest::prelude::*;
use std::fmt::Write;

fn read(published: &str, text: &str) -> (Article, Vec<Time>) {
    let mut article = Article::plain(text);
    let date = published.parse().ok();
    article.published = date.map(|date| Found { value: Published { date, time: None }, basis: Basis::Header });
    let found = all_times(&article, &Tokens::of(&article));
    (article, found)
}

/// One line for each time: its words, value, what it is, and how TimeML writes it.
fn shown(line: &str) -> String {
    let (published, text) = line.split_once(" | ").unwrap();
    let (article, found) = read(published, text);
    let mut out = format!("# {line}\n");
    for t in &found {
        let value = t.value.as_ref().map_or("-".to_owned(), ToString::to_string);
        let role = format!("{:?} {:?}", t.kind, t.role).to_lowercase();
        let timex: Vec<String> = t.timex().iter().map(|x| format!("{} {}", x.kind, x.value)).collect();
        writeln!(out, "{:<32} {value:<23} {role:<16} {}", t.span.of(&article.text), timex.join(", ")).unwrap();
    }
    out.push('\n');
    out
}

#[test]
fn times_are_those_of_the_golden_file() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/times/read.txt");
    let golden = std::fs::read_to_string(path).unwrap();
    let lines: Vec<&str> = golden.lines().filter_map(|l| l.strip_prefix("# ")).collect();
    assert!(lines.len() >= 20);
    let now: String = lines.iter().map(|l| shown(l)).collect();
    if std::env::var_os("KHABAR_RENEW").is_some() {
        std::fs::write(path, &now).unwrap();
        return;
    }
    assert_eq!(now, golden, "if the new times are right, set KHABAR_RENEW=1 to write them to {path}");
}

fn check(published: &str, text: &str) -> Result<(), TestCaseError> {
    let (article, found) = read(published, text);
    let mut end = 0;
    for t in &found {
        prop_assert!(t.span.start >= end && t.span.start < t.span.end, "{t:?} overlaps the one before it");
        end = t.span.end;
        prop_assert!(article.text.get(t.span.start as usize..end as usize).is_some(), "{t:?} is no part of the text");
        if let Some(value) = &t.value {
            prop_assert!(value.days_in(Some(2000)).is_some(), "{t:?} covers no day");
            prop_assert_eq!(value.to_string().parse::<article::Edtf>().unwrap(), value.clone());
        }
        for x in t.timex() {
            prop_assert!(t.span.start <= x.span.start && x.span.end <= end && !x.value.is_empty());
        }
    }
    let placed = times(&article, &Tokens::of(&article));
    prop_assert!(placed.iter().all(|t| found.contains(t)));
    Ok(())
}

/// Words that times are made of, in any order.
fn words() -> impl Strategy<Value = String> {
    const LIST: &str = "the a of in on at last next this that same early late mid- end of the week month year years days \
        quarter decade century third 20th 1990s 12 1942 479 BC 9999 31 30 February March May Monday Friday night morning \
        summer winter ago later before after earlier two hundred thousand million billion half - / , . ( ' from to between \
        and until since 10:30 p.m. 7 every daily old aged Easter Ramadan Eid al-Adha Diwali overnight now soon fiscal 0 \
        04/11/2021 2021-02-30 99.99.9999 some several few couple about at least centuries millennia weekend first or so";
    let word = prop::sample::select(LIST.split_whitespace().collect::<Vec<_>>());
    prop::collection::vec(word, 0..40).prop_map(|w| w.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_can_be_read(text in any::<String>(), published in "(-|2024-02-29|XXXX-12-31|9999-12-31|0001-01-01|1999)") {
        check(&published, &text)?;
    }

    #[test]
    fn any_words_of_times_can_be_read(text in words(), published in "(-|2024-02-29|XXXX-12-31|9999-12-31|-9999-01-01)") {
        check(&published, &text)?;
    }
}

#[test]
fn long_runs_are_read_in_bounded_time() {
    for word in ["one", "fiscal", "the", "two hundred", "last", "March", "12", "first", "every other", "1942 -"] {
        let text = format!("{word} ").repeat(40_000);
        let start = std::time::Instant::now();
        check("2024-02-29", &text).unwrap();
        assert!(start.elapsed().as_secs() < 20, "{word}");
    }
}
