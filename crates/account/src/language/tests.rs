//! Every rule's examples: `+` lines must match with their brackets, `-` lines must not.

use super::Language;
use crate::Actors;
use crate::scene::Scene;
use article::pattern::Rules;
use article::{Article, Tokens};

/// The captures of one rule on one sentence, as words.
fn captures(rules: &Rules, rule: usize, sentence: &str) -> Vec<String> {
    let language = Language::english();
    let article = Article::plain(sentence);
    let tokens = Tokens::of(&article);
    let marks = language.lexicon.mark(&tokens);
    let scene = Scene::of(&article, tokens, marks, language, Actors::builtin());
    let n = scene.tokens.tokens.len();
    let found = rules.find(&scene.marks, &scene, 0, n);
    let words = |m: &article::pattern::Match| {
        let kept = m.captures.first().map_or(m.tokens, |(_, t)| *t);
        scene.words(kept).to_owned()
    };
    found.iter().filter(|m| m.rule == rule).map(words).collect()
}

fn check(file: &str, rules: &Rules) {
    let mut failures = Vec::new();
    let mut examples = 0;
    for (n, rule) in rules.rules.iter().enumerate() {
        assert!(!rule.examples.is_empty(), "{file}: rule {} has no example", rule.name);
        for example in &rule.examples {
            examples += 1;
            let plain = example.replace(['[', ']'], "");
            let want = example.split_once('[').and_then(|(_, r)| r.split_once(']')).map(|(w, _)| w);
            let got = captures(rules, n, &plain);
            if !want.map_or(!got.is_empty(), |w| got.iter().any(|g| g == w)) {
                failures.push(format!("{file}: {} should match {example}, got {got:?}", rule.name));
            }
        }
        for counter in &rule.counters {
            let got = captures(rules, n, counter);
            if !got.is_empty() {
                failures.push(format!("{file}: {} should not match `{counter}`, got {got:?}", rule.name));
            }
        }
    }
    assert!(examples > 0);
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

#[test]
fn figures_match_their_examples() {
    check("figures.rules", &Language::english().figures);
}

#[test]
fn standings_match_their_examples() {
    check("standing.rules", &Language::english().standing);
}

#[test]
fn stages_match_their_examples() {
    check("stage.rules", &Language::english().stage);
}
