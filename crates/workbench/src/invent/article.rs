//! An invented account put into words: the article that says it, every value pointing at its words.

use account::{Figure, Measure, Mention, Report, Source, Statement, Value};
use archive::{Digest, Told};
use article::statements::{SourceKind, Stance};
use article::{Article, Basis, Block, BlockKind, Edtf, Found, Published, Span, sketch};
use incident::Filed;

/// Who made the values, in the place of a rule.
const BY: &str = "invented";
/// Who says how many were harmed; an empty one leaves it to the outlet's own voice.
const SPEAKERS: [&str; 6] = ["police", "the governor", "a hospital director", "", "witnesses", "the army"];

/// The article of an account, ready to be kept. `number` makes its address.
pub(crate) fn digest(filed: Filed, number: usize) -> Digest {
    let told = told(filed, number);
    let name = told.article.url.as_ref().map_or_else(String::new, |u| u.value.clone());
    Digest { name, offset: 0, hash: Some(told.id()), articles: vec![told], problems: Vec::new() }
}

fn told(filed: Filed, number: usize) -> Told {
    let mut page = Page::default();
    let mut account = filed.account;
    let kind = account.kinds.first().map_or("attack", |k| k.value.name()).replace('_', " ");
    let place = account.place.as_ref().map_or("", |p| p.name.as_str()).to_owned();
    let title = format!("{} in {place}", crate::linking::synthetic::capital(&kind));
    page.block(BlockKind::Headline, |p| _ = p.say(&title));
    page.block(BlockKind::Paragraph, |p| {
        p.sentence(|p| {
            p.say("One more ");
            let words = p.say(&kind);
            account.kinds.iter_mut().for_each(|k| *k = value(k.value, words));
            account.stage = value(account.stage.value, words);
            p.say(" was reported from ");
            let words = p.say(&place);
            if let Some(at) = &mut account.place {
                (at.evidence, at.by) = (vec![words], BY.to_owned());
            }
            if let Some(d) = &mut account.date {
                p.say(" on ");
                (d.evidence, d.by) = (vec![p.say(&d.value.to_string())], BY.to_owned());
            }
        });
        for f in &mut account.figures {
            p.sentence(|p| figure(p, f, number));
        }
        for b in &mut account.perpetrators {
            p.sentence(|p| {
                p.say("Behind it stood the ");
                let words = p.say(&b.name);
                (b.evidence, b.by) = (vec![words], BY.to_owned());
            });
        }
        for m in &mut account.targets {
            p.sentence(|p| {
                p.say("Hit was the ");
                *m = mention(m, p.say(&m.words));
            });
        }
        p.sentence(|p| {
            p.say("Names heard were");
            for name in &filed.said {
                p.say(" ");
                p.say(&crate::linking::synthetic::capital(name));
            }
        });
    });
    account.sentences = page.sentences;
    let mut statements = page.statements;
    let mut chain = Vec::new();
    let mut blocks = page.blocks;
    let mut text = page.text;
    if let Some(from) = filed.source_chain.first().map(|v| &v.value) {
        let start = text.len() + 2;
        // The number keeps two copies from being one text, of which one would stand for both.
        text += &format!("\n\n{from} reported this first; {} prints it on page {number}.", filed.outlet);
        blocks.push(Block { span: Span::new(start, text.len()), kind: BlockKind::Paragraph });
        chain.push(value(from.clone(), Span::new(start, start + from.len())));
    }
    statements.sort_by_key(|s| s.cue.start);
    let host = filed.outlet.to_lowercase().replace(' ', "-");
    let article = Article {
        outlet: found(filed.outlet),
        url: found(format!("https://{host}.example/{number}")),
        title: found(title),
        published: filed.published.map(|date| published(date, number)),
        text,
        blocks,
        ..Article::default()
    };
    let report = Report { accounts: vec![account], statements, source_chain: chain, ..Report::default() };
    Told { sketch: sketch(&article), article, report }
}

/// "12 killed, police said."
fn figure(p: &mut Page, f: &mut Figure, number: usize) {
    let content = p.text.len();
    f.span = p.say(&f.words);
    f.by = BY.to_owned();
    p.say(if f.measure == Measure::Killed { " people were killed" } else { " people were wounded" });
    let content = Span::new(content, p.text.len());
    let speaker = SPEAKERS[(number + f.measure as usize) % SPEAKERS.len()];
    if speaker.is_empty() {
        return;
    }
    p.say(", ");
    let source = Source { words: speaker.to_owned(), span: p.say(speaker), kind: SourceKind::default() };
    p.say(" ");
    let cue = p.say("said");
    f.said_by = vec![source.clone()];
    p.statements.push(Statement {
        sources: vec![source],
        cue,
        content,
        pieces: Vec::new(),
        stance: Stance::Said,
        by: BY.to_owned(),
    });
}

/// An article while it is written.
#[derive(Default)]
struct Page {
    text: String,
    blocks: Vec<Block>,
    sentences: Vec<Span>,
    statements: Vec<Statement>,
}

impl Page {
    /// Writes words and tells where they stand.
    fn say(&mut self, words: &str) -> Span {
        let start = self.text.len();
        self.text += words;
        Span::new(start, self.text.len())
    }

    fn sentence(&mut self, write: impl FnOnce(&mut Page)) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push(' ');
        }
        let start = self.text.len();
        write(self);
        self.text.push('.');
        self.sentences.push(Span::new(start, self.text.len()));
    }

    fn block(&mut self, kind: BlockKind, write: impl FnOnce(&mut Page)) {
        if !self.text.is_empty() {
            self.text += "\n\n";
        }
        let start = self.text.len();
        write(self);
        self.blocks.push(Block { span: Span::new(start, self.text.len()), kind });
    }
}

fn found(value: String) -> Option<Found<String>> {
    (!value.is_empty()).then_some(Found { value, basis: Basis::Header })
}

/// The day, and an hour of it that follows from the number.
fn published(date: Edtf, number: usize) -> Found<Published> {
    let time = date.single_day().map(|day| format!("{day}T{:02}:{:02}:00Z", number % 24, number % 59));
    Found { value: Published { date, time }, basis: Basis::Header }
}

fn mention(m: &Mention, span: Span) -> Mention {
    Mention { words: m.words.clone(), span, by: BY.to_owned() }
}

fn value<T>(value: T, words: Span) -> Value<T> {
    Value { value, evidence: vec![words], by: BY.to_owned() }
}
