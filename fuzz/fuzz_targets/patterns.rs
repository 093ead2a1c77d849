//! A word list, a file of rules and a text, with a line of `%` between them.

#![no_main]

use article::pattern::{Mentions, Rules};
use article::{Article, Lexicon, TokenKind, Tokens};
use libfuzzer_sys::fuzz_target;

/// Numbers as the one class of mentions.
struct Numbers<'t>(&'t Tokens);

impl Mentions for Numbers<'_> {
    fn class(name: &str) -> Option<usize> {
        (name == "number").then_some(0)
    }
    fn end(&self, _: usize, i: usize) -> Option<usize> {
        self.0.tokens.get(i).filter(|t| t.kind == TokenKind::Number).map(|_| i + 1)
    }
    fn word(&self, i: usize) -> &str {
        &self.0.tokens[i].norm
    }
    fn barrier(&self, i: usize) -> bool {
        self.0.tokens[i].norm == ";"
    }
}

fuzz_target!(|data: &[u8]| {
    let whole = String::from_utf8_lossy(data);
    let mut parts = whole.splitn(3, "\n%\n");
    let (Some(lists), Some(rules), Some(text)) = (parts.next(), parts.next(), parts.next()) else { return };
    // Rules are the project's own; their number of gaps is not what is tried here.
    if rules.lines().any(|l| l.matches("..").count() > 4 || l.len() > 200) || text.len() > 2_000 {
        return;
    }
    let mut lexicon = Lexicon::new();
    if lexicon.add("lists", lists).is_err() {
        return;
    }
    let Ok(rules) = Rules::parse::<Numbers>("rules", rules, &mut lexicon) else { return };
    let t = Tokens::of(&Article::plain(text));
    let marks = lexicon.mark(&t);
    for m in rules.find(&marks, &Numbers(&t), 0, t.tokens.len()) {
        assert!(m.tokens.0 <= m.tokens.1 && m.tokens.1 <= t.tokens.len());
        assert!(m.captures.iter().all(|(_, c)| m.tokens.0 <= c.0 && c.1 <= m.tokens.1));
    }
});
