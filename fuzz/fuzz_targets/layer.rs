//! A text through everything that the layer of language reads from it.

#![no_main]

use article::gazetteer::Gazetteer;
use article::grammar::{Grammar, Worker, words};
use article::places::{places, places_at};
use article::{Article, Span, Tokens, amounts, times};
use libfuzzer_sys::fuzz_target;

/// Most bytes of a text of which trees are made.
const PARSED: usize = 1_000;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let a = Article::plain(text.as_ref());
    a.check().expect("blocks are in order");
    let t = Tokens::of(&a);
    whole(&a.text, t.tokens.iter().map(|t| t.span));
    let words = words(&a.text, Span::new(0, a.text.len()));
    whole(&a.text, words.iter().map(|w| w.span));
    whole(&a.text, amounts(&t).iter().map(|x| x.span));
    whole(&a.text, times(&a, &t).iter().map(|x| x.span));
    let gaz = Gazetteer::builtin();
    let found = places(&a, &t, gaz);
    whole(&a.text, found.iter().map(|x| x.span));
    let spans: Vec<Span> = t.sentences.iter().map(|s| s.span).collect();
    assert_eq!(places_at(&a, &t, gaz, &spans).len(), spans.len());
    if a.text.len() <= PARSED {
        let mut worker = Worker::new(Grammar::builtin());
        let spans: Vec<Span> = words.iter().map(|w| w.span).collect();
        for sentence in worker.sentences(&a.text, &words) {
            let tree = worker.parse(&a.text, &spans[sentence.clone()]);
            assert_eq!(tree.nodes.len(), sentence.len());
            let root = tree.root().expect("a tree has a root");
            assert!((0..tree.nodes.len()).all(|i| tree.under(i, root)));
        }
    }
});

/// Spans are in order, apart, and on boundaries of characters.
fn whole(text: &str, spans: impl Iterator<Item = Span>) {
    let mut at = 0;
    for s in spans {
        assert!(at <= s.start && s.start < s.end, "{s:?} after byte {at}");
        assert!(text.get(s.start as usize..s.end as usize).is_some(), "{s:?} cuts a character");
        at = s.end;
    }
}
