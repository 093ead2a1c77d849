//! Mentions of one thing, joined within a document, scored on GUM: from its text, with our own words, trees and names.
//!
//! A mention that we join to an entity is right when GUM has a mention with its head among our words, and a name of that
//! entity before it is, by GUM, of the same group. Mentions of GUM that could be joined are those after a name in their
//! group, whether person, organisation or place. The form of GUM's mentions follows from the tag of their heads.

use crate::conllu::{self, Sentence};
use crate::named::gum::{Mention, head, mentions};
use anyhow::Result;
use article::grammar::Syntax;
use article::names::{Form, Names, entities};
use article::{Article, Span, Tokens};
use serde::Serialize;
use std::collections::BTreeSet;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A `.conllu` file with GUM's entities, or a folder of them
    path: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// What could be joined, what was, and what was rightly.
#[derive(Serialize, Default, Debug, Clone, Copy)]
struct Counts {
    gold: usize,
    found: usize,
    right: usize,
}

#[derive(Serialize, Default)]
struct Scores {
    documents: usize,
    named: Counts,
    nominal: Counts,
    pronoun: Counts,
}

impl Scores {
    fn of(&mut self, form: Form) -> &mut Counts {
        match form {
            Form::Named => &mut self.named,
            Form::Nominal => &mut self.nominal,
            Form::Pronoun => &mut self.pronoun,
        }
    }
}

pub(crate) fn run(a: &Arguments) -> Result<()> {
    let mut scores = Scores::default();
    for file in conllu::files(&a.path)? {
        document(&conllu::read(&file)?, &mut scores);
        scores.documents += 1;
    }
    if a.json {
        println!("{}", serde_json::to_string(&scores)?);
        return Ok(());
    }
    println!("documents {}", scores.documents);
    println!("{:<8} {:>6} {:>6} {:>6} {:>7} {:>7}", "form", "gold", "found", "right", "prec", "recall");
    for (name, c) in [("named", scores.named), ("nominal", scores.nominal), ("pronoun", scores.pronoun)] {
        let part = |of: usize| if of == 0 { 0.0 } else { 100.0 * c.right as f64 / of as f64 };
        println!("{name:<8} {:>6} {:>6} {:>6} {:>7.2} {:>7.2}", c.gold, c.found, c.right, part(c.found), part(c.gold));
    }
    Ok(())
}

/// A mention of GUM in the text that was laid out.
struct Gold {
    head: Span,
    form: Form,
    group: String,
    /// It could be joined: its group has a name before it.
    anaphor: bool,
}

fn document(sentences: &[Sentence], scores: &mut Scores) {
    let (text, gold) = laid(sentences);
    let article = Article::plain(&text);
    // Where the text was changed on the way in, places would not be comparable.
    if article.text != text {
        return;
    }
    gold.iter().filter(|g| g.anaphor).for_each(|g| scores.of(g.form).gold += 1);
    let tokens = Tokens::of(&article);
    let names = Names::new(&article.text, &tokens);
    for entity in entities(&names, &Syntax::new(&article.text, &tokens)) {
        // Of nested mentions with their heads inside, the outermost comes first.
        let group = |span: Span| gold.iter().find(|g| span.contains(g.head)).map(|g| g.group.as_str());
        let mut known: BTreeSet<&str> = BTreeSet::new();
        for (i, mention) in entity.mentions.iter().enumerate() {
            let now = group(mention.span);
            if i > 0 {
                let counts = scores.of(mention.form);
                counts.found += 1;
                counts.right += usize::from(now.is_some_and(|g| known.contains(g)));
            }
            if mention.form == Form::Named {
                known.extend(now);
            }
        }
    }
}

/// The text of a document, and its mentions.
fn laid(sentences: &[Sentence]) -> (String, Vec<Gold>) {
    let (mut text, mut gold) = (String::new(), Vec::new());
    let mut named: BTreeSet<String> = BTreeSet::new();
    for s in sentences {
        if s.paragraph && !text.is_empty() {
            text.truncate(text.trim_end().len());
            text.push_str("\n\n");
        }
        let mut spans = Vec::new();
        for w in &s.words {
            if !w.glued && !text.is_empty() && !text.ends_with(['\n', ' ']) {
                text.push(' ');
            }
            spans.push(Span::new(text.len(), text.len() + w.form.len()));
            text.push_str(&w.form);
        }
        if !s.tight {
            text.push(' ');
        }
        let mut found: Vec<Mention> = mentions(&s.words);
        found.retain(|m| matches!(m.kind.as_str(), "person" | "organization" | "place"));
        found.sort_by_key(|m| (m.words.start, std::cmp::Reverse(m.words.end)));
        for m in found {
            let at = head(&s.words, &m.words);
            let form = match s.words[at].upos.as_str() {
                "PROPN" => Form::Named,
                "PRON" | "DET" => Form::Pronoun,
                _ => Form::Nominal,
            };
            gold.push(Gold { head: spans[at], form, anaphor: named.contains(&m.group), group: m.group.clone() });
            if form == Form::Named {
                named.insert(m.group);
            }
        }
    }
    text.truncate(text.trim_end().len());
    (text, gold)
}
