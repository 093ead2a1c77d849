//! Bad input for the whole layer: whatever the text, nothing panics, every offset lies on a character boundary, and the
//! pieces put together with the gaps between them are the text. That time stays in proportion is measured by the bench.

use article::gazetteer::Gazetteer;
use article::grammar::{Clauses, Grammar, Slot, Syntax, Upos, Worker, words};
use article::hedges::hedges;
use article::places::places;
use article::statements::statements;
use article::{Amount, Article, Relation, Span, TokenKind, Tokens, all_times, amounts, counts, times};
use proptest::prelude::*;

/// Longest text that is parsed here: the parser without optimisation is slow.
const PARSED: usize = 4_000;

/// Spans in text order that do not overlap, are not empty, and leave out nothing but what `left` allows.
#[track_caller]
fn pieces(text: &str, spans: impl IntoIterator<Item = Span>, left: impl Fn(char) -> bool, what: &str) {
    let (mut at, mut whole) = (0, String::new());
    for s in spans {
        let (start, end) = (s.start as usize, s.end as usize);
        assert!(at <= start && start < end, "{what}: {s:?} after byte {at}");
        let (gap, piece) = (text.get(at..start), text.get(start..end));
        let (gap, piece) = gap.zip(piece).unwrap_or_else(|| panic!("{what}: {s:?} cuts a character"));
        assert!(gap.chars().all(&left), "{what}: left out {gap:?}");
        whole.push_str(gap);
        whole.push_str(piece);
        at = end;
    }
    let rest = &text[at..];
    assert!(rest.chars().all(&left), "{what}: left out {rest:?}");
    assert!(whole + rest == text, "{what}: the pieces are not the text");
}

fn whole_tokens(a: &Article, t: &Tokens) {
    pieces(&a.text, t.tokens.iter().map(|t| t.span), |c| !c.is_alphanumeric(), "tokens");
    pieces(&a.text, t.sentences.iter().map(|s| s.span), |c| !c.is_alphanumeric(), "sentences");
    let mut next = 0;
    for s in &t.sentences {
        assert!(s.tokens.0 == next && s.tokens.0 < s.tokens.1, "{s:?} begins after token {next}");
        next = s.tokens.1;
    }
    assert_eq!(next, t.tokens.len());
    assert!(
        t.tokens.iter().all(|t| t.kind != TokenKind::Word || t.span.of(&a.text).chars().any(char::is_alphanumeric))
    );
}

fn whole_trees(text: &str) {
    let words = words(text, Span::new(0, text.len()));
    pieces(text, words.iter().map(|w| w.span), |c| !c.is_alphanumeric(), "words");
    if text.len() > PARSED {
        return;
    }
    let mut worker = Worker::new(Grammar::builtin());
    let spans: Vec<Span> = words.iter().map(|w| w.span).collect();
    let mut tags: Vec<Upos> = Vec::new();
    worker.tag(text, &spans, &mut tags);
    assert_eq!(tags.len(), words.len());
    let mut next = 0;
    for sentence in worker.sentences(text, &words) {
        assert!(sentence.start == next && sentence.end > next);
        next = sentence.end;
        let tree = worker.parse(text, &spans[sentence.clone()]);
        assert_eq!(tree.nodes.len(), sentence.len());
        assert_eq!(tree.nodes.iter().filter(|n| n.head.is_none()).count(), 1);
        for (i, n) in tree.nodes.iter().enumerate() {
            assert_eq!(n.span, spans[sentence.start + i]);
            let mut up = i;
            let climbed = (0..tree.nodes.len()).find_map(|_| match tree.nodes[up].head {
                Some(h) => {
                    up = h;
                    None
                }
                None => Some(()),
            });
            assert!(climbed.is_some(), "word {i} depends on itself");
        }
    }
    assert_eq!(next, words.len());
}

/// Mentions in text order that do not overlap and lie on their tokens.
#[track_caller]
fn mentions(a: &Article, t: &Tokens, found: impl IntoIterator<Item = (Span, (usize, usize))>, what: &str) {
    let mut at = 0;
    for (s, (first, end)) in found {
        assert!(a.text.get(s.start as usize..s.end as usize).is_some_and(|w| !w.is_empty()), "{what}: {s:?}");
        assert!(at <= s.start && first < end && end <= t.tokens.len(), "{what}: {s:?} after byte {at}");
        assert!(t.tokens[first].span.start <= s.start && s.end <= t.tokens[end - 1].span.end, "{what}: {s:?}");
        at = s.end;
    }
}

/// A span that holds words of the text.
#[track_caller]
fn inside(text: &str, span: Span, what: &str) {
    let words = text.get(span.start as usize..span.end as usize);
    assert!(words.is_some_and(|w| !w.is_empty()), "{what}: {span:?}");
}

/// What is read from trees: spans lie in the text, nodes in their tree, and references on other members of the same list.
fn whole_readings(a: &Article, t: &Tokens, amounts: &[Amount]) {
    if a.text.len() > PARSED {
        return;
    }
    let syntax = Syntax::new(&a.text, t);
    for s in 0..t.sentences.len() {
        let tree = syntax.tree(s);
        let nodes = tree.nodes.len();
        let found = counts(t, amounts, &syntax, s);
        for (i, c) in found.iter().enumerate() {
            assert!(c.low.zip(c.high).is_none_or(|(l, h)| l <= h), "bounds the wrong way round: {c:?}");
            c.nouns.iter().map(|n| n.span).chain([c.span, c.whole]).for_each(|s| inside(&a.text, s, "count"));
            let known = c.nouns.iter().map(|n| n.node).chain(c.governors.iter().map(|g| g.node)).chain(c.numeral);
            assert!(known.chain([c.node]).all(|n| n < nodes), "{c:?}");
            let (Relation::PartOf(other) | Relation::Was(other)) = c.relation else { continue };
            assert!(other.is_none_or(|o| o < found.len() && o != i), "{c:?}");
        }
        let clauses = Clauses { tree, text: &a.text };
        for at in 0..nodes {
            assert!(tree.children(at).all(|c| tree.nodes[c].head == Some(at) && tree.range(at).contains(&c)));
            for x in clauses.arguments(at) {
                let behind = if let Slot::Behind(p) = x.slot { p } else { x.node };
                assert!(x.node < nodes && behind < nodes, "{x:?}");
            }
        }
        let kids: usize = (0..nodes).map(|i| tree.children(i).count()).sum();
        assert_eq!(kids, nodes.saturating_sub(1));
    }
    let told = statements(a, t, &syntax, |_| true);
    for (i, s) in told.iter().enumerate() {
        let sources = s.sources.iter().flat_map(|s| [Some(s.span), s.of]).flatten();
        sources.chain([s.cue]).chain(s.content.iter().copied()).for_each(|s| inside(&a.text, s, "statement"));
        assert!(s.content.windows(2).all(|w| w[0].end <= w[1].start), "{s:?}");
        assert!(s.speaker.is_none_or(|n| n < s.sources.len()) && s.within != Some(i), "{s:?}");
        assert!(s.within.is_none_or(|w| w < told.len()), "{s:?}");
    }
    for h in hedges(t, &syntax, |_| true) {
        inside(&a.text, h.span, "hedge");
        inside(&a.text, h.scope, "scope");
    }
}

/// All of the layer on one text.
fn read(text: &str) {
    let a = Article::plain(text);
    a.check().unwrap();
    let t = Tokens::of(&a);
    whole_tokens(&a, &t);
    whole_trees(text);
    let found = amounts(&t);
    assert!(found.iter().all(|x| x.low.zip(x.high).is_none_or(|(l, h)| l <= h)), "bounds the wrong way round");
    mentions(&a, &t, found.iter().map(|x| (x.span, x.tokens)), "amounts");
    whole_readings(&a, &t, &found);
    mentions(&a, &t, times(&a, &t).iter().map(|x| (x.span, x.tokens)), "times");
    mentions(&a, &t, all_times(&a, &t).iter().map(|x| (x.span, x.tokens)), "all times");
    mentions(&a, &t, places(&a, &t, Gazetteer::builtin()).iter().map(|x| (x.span, x.tokens)), "places");
}

#[test]
fn an_endless_sentence_is_read() {
    read(&"and the men of the town went on to the river where they saw Kabul and 12 others ".repeat(60));
    read(&"a".repeat(50_000));
    read(&"Kabul, ".repeat(5_000));
    read(&"twenty thousand hundred ".repeat(3_000));
    read(&"9".repeat(50_000));
    read(&"U.S.".repeat(10_000));
    // Some parts of a parse long, with all that is read from trees.
    for unit in [
        "and the men went on to Herat with 12 others ",
        "12 men and ",
        "up from 12 to 13 ",
        "half of the 40 ",
        "including 3 men ",
        "twice as many as the ",
        "among the dead men were two nuns and ",
        "according to police ",
        "a guard, he said, may not ",
    ] {
        read(&unit.repeat(PARSED / unit.len()));
    }
}

#[test]
fn a_text_without_letters_is_read() {
    read("");
    read(" \n\n \t ");
    read(&"?!… -- ".repeat(500));
    read(&"1 2,3 4.5 6-7 8/9 ".repeat(200));
    read(&"🔥💥🇺🇳\u{200d}".repeat(300));
}

#[test]
fn ten_thousand_brackets_are_read() {
    read(&"(".repeat(10_000));
    read(&("[".repeat(5_000) + &"]".repeat(5_000)));
    read(&"(a".repeat(1_500));
    read(&"\u{201c}he said, ‘".repeat(1_000));
    read(&")}]>".repeat(900));
}

#[test]
fn a_megabyte_on_one_line_is_read() {
    let line = "On Friday 3 March two police officers and five civilians died near Herat, Afghanistan. ";
    read(&line.repeat((1 << 20) / line.len() + 1));
}

/// Pieces of text that meet in bad input.
fn scrap() -> impl Strategy<Value = String> {
    const KNOWN: &[&str] = &[
        "Kabul",
        "on",
        "March",
        "2019",
        "twenty",
        "-",
        "two",
        "and",
        "of",
        "Lt.",
        "Gen.",
        "U.S.",
        "don't",
        "can\u{2019}t",
        "$5m",
        "No. 12",
        "men",
        "were",
        "killed",
        "said",
        "that",
        "not",
        "who",
        "by",
        "\u{201c}",
        "\u{201d}",
        "(",
        ")",
        "[",
        "]",
        "...",
        "\u{2026}",
        "\n",
        "\n\n",
        "\r",
        "\t",
        "\0",
        "\u{7f}",
        "\u{85}",
        "\u{a0}",
        "\u{200b}",
        "\u{202e}",
        "\u{feff}",
        "\u{301}",
        "\u{fffd}",
        "\u{1d7d9}",
        "ß",
        "İ",
        "ǆ",
        "ﬁ",
        "ẞ",
        "Ⅷ",
        "½",
        "٣",
        "三",
        "百万",
        "Кабул",
        "كابل",
        "काबुल",
        "ཀ",
        "🇺🇳",
        "👩\u{200d}🚒",
        "al-Raqqa",
        "’s",
        "http://a.b/c?d=e",
        "a@b.cc",
        "10:30",
        "1,000,000,000,000,000,000,000",
        "99999999999999999999",
        "1st",
        "0th",
        "00",
        "-1",
        "2024-02-30",
        "31 April",
        "half",
        "a",
        "dozen",
        "more",
        "than",
        "last",
        "next",
        "%",
        "&",
        "#",
        "<b>",
        "\\",
        "—",
        "–",
        "--",
        ".",
        ",",
        ";",
        ":",
        "!",
        "?",
        "'",
        "\"",
        "İstanbul",
        "Ŀl",
        "n't",
        "'",
        "s",
    ];
    prop_oneof![
        6 => prop::sample::select(KNOWN).prop_map(str::to_owned),
        2 => "\\PC{1,6}",
        1 => any::<char>().prop_map(|c| c.to_string()),
        1 => ("[a-z0-9(.,'-]", 1..200usize).prop_map(|(c, n)| c.repeat(n)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_whole(scraps in prop::collection::vec((scrap(), prop::bool::weighted(0.6)), 0..60)) {
        let text: String = scraps.iter().map(|(s, space)| s.clone() + if *space { " " } else { "" }).collect();
        read(&text);
    }
}

#[test]
fn what_fuzzing_begins_with_and_found_is_read() {
    let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/fuzz/layer");
    let mut files: Vec<_> = std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    for file in files {
        read(&String::from_utf8_lossy(&std::fs::read(file).unwrap()));
    }
}
