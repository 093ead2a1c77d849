//! A text through everything that the layer of language reads from it.

#![no_main]

use article::gazetteer::Gazetteer;
use article::grammar::{Clauses, Grammar, Syntax, Worker, words};
use article::hedges::hedges;
use article::places::{places, places_at};
use article::statements::statements;
use article::{Article, Span, Tokens, all_times, amounts, counts, times};
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
    whole(&a.text, all_times(&a, &t).iter().map(|x| x.span));
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
        readings(&a, &t);
    }
});

/// What is read from trees lies in the text and on its trees.
fn readings(a: &Article, t: &Tokens) {
    let (amounts, syntax) = (amounts(t), Syntax::new(&a.text, t));
    for s in 0..t.sentences.len() {
        let tree = syntax.tree(s);
        for c in counts(t, &amounts, &syntax, s) {
            assert!(c.low.zip(c.high).is_none_or(|(l, h)| l <= h), "{c:?}");
            c.nouns.iter().map(|n| n.span).chain([c.span, c.whole]).for_each(|s| inside(&a.text, s));
            assert!(c.node < tree.nodes.len());
        }
        let clauses = Clauses { tree, text: &a.text };
        let nodes = 0..tree.nodes.len();
        assert!(nodes.clone().flat_map(|i| clauses.arguments(i)).all(|x| nodes.contains(&x.node)));
    }
    for s in statements(a, t, &syntax, |_| true) {
        whole(&a.text, s.content.iter().copied());
        s.sources.iter().map(|s| s.span).chain([s.cue]).for_each(|s| inside(&a.text, s));
    }
    for h in hedges(t, &syntax, |_| true) {
        inside(&a.text, h.span);
        inside(&a.text, h.scope);
    }
}

/// A span holds words, and lies on boundaries of characters.
fn inside(text: &str, span: Span) {
    let words = text.get(span.start as usize..span.end as usize);
    assert!(words.is_some_and(|w| !w.is_empty()), "{span:?}");
}

/// Spans are in order, apart, and on boundaries of characters.
fn whole(text: &str, spans: impl Iterator<Item = Span>) {
    let mut at = 0;
    for s in spans {
        assert!(at <= s.start && s.start < s.end, "{s:?} after byte {at}");
        assert!(text.get(s.start as usize..s.end as usize).is_some(), "{s:?} cuts a character");
        at = s.end;
    }
}
