//! Known actors: the longest name of the list at each place, forces named by their country, and generic ones.

use super::index::Hit;
use super::page::Page;
use super::words::{Case, Section};
use super::{Actor, ActorMention, Actors, Class, Form};
use article::{Article, Edtf, Span, Token, TokenKind};
use jiff::civil::Date;

/// The most tokens that a name of the list may span.
const LONGEST: usize = 16;

/// Every listed, country's and generic actor in the article, in order, without overlaps.
pub(super) fn mentions(actors: &Actors, page: &Page<'_>, article: &Article) -> Vec<ActorMention> {
    let day = article.published_on().and_then(Edtf::days).map(|(first, _)| first);
    let walk = Walk { actors, page, text: page.text, tokens: page.all(), day, home: home(actors, page) };
    let mut out = Vec::new();
    for (s, case) in page.sentences() {
        let mut i = s.tokens.0;
        while i < s.tokens.1 {
            match walk.at(i, s.tokens.1, case) {
                Some(m) => {
                    i = m.tokens.1.max(i + 1);
                    out.push(m);
                }
                None => i += 1,
            }
        }
    }
    out
}

/// How good a bearer of a name is, best first: bears it on that day, exists on it, still bears it.
pub(super) fn rank(actor: &Actor, hit: &Hit, day: Option<Date>) -> (bool, bool, bool) {
    let alias = &actor.aliases[hit.alias];
    let ended = alias.until.is_some();
    match day {
        // The last day of one name is the first of the next: the later name wins.
        Some(d) => (!(holds(&alias.from, &alias.until, d)), !holds(&actor.from, &actor.until, d), ended),
        None => (ended, false, false),
    }
}

fn holds(from: &Option<Edtf>, until: &Option<Edtf>, day: Date) -> bool {
    from.as_ref().and_then(Edtf::days).is_none_or(|(first, _)| first <= day)
        && until.as_ref().and_then(Edtf::days).is_none_or(|(_, last)| day <= last)
}

/// The countries that the article names, which settle acronyms that several groups bear.
fn home<'a>(actors: &'a Actors, page: &Page<'_>) -> Vec<&'a str> {
    let mut found: Vec<&str> = Vec::new();
    for i in (0..page.all().len()).filter(|i| page.capital(*i)) {
        for hit in actors.index.hits(page.reach(i)) {
            let actor = &actors.list[hit.actor];
            if actor.class == Class::State && hit.form != Form::Weak {
                for c in &actor.countries {
                    if !found.contains(&c.as_str()) {
                        found.push(c);
                    }
                }
            }
        }
    }
    found
}

/// What a walk over one article needs.
struct Walk<'a> {
    actors: &'a Actors,
    page: &'a Page<'a>,
    text: &'a str,
    tokens: &'a [Token],
    day: Option<Date>,
    home: Vec<&'a str>,
}

/// A name found: its last token's end, and who bears it.
#[derive(Clone, Copy)]
struct Found<'a> {
    end: usize,
    actor: &'a Actor,
    form: Form,
}

impl Walk<'_> {
    /// The longest mention that begins at token `i`.
    fn at(&self, i: usize, end: usize, case: Case) -> Option<ActorMention> {
        if self.tokens[i].kind == TokenKind::Mark {
            return None;
        }
        // Most tokens begin no name.
        if self.page.reach(i).is_empty() && self.page.at(Section::Modifiers, i).is_none() {
            return None;
        }
        if let Some(g) = self.modified(i, end, case) {
            return Some(g);
        }
        let found = self.longest(i, end, case, |_, f| f != Form::Adjective);
        let force = self.force(i, end, case);
        match (found, force) {
            (Some(f), Some(g)) if f.end >= g.tokens.1 => Some(self.listed(i, f)),
            (_, Some(g)) => Some(g),
            (Some(f), None) => Some(self.listed(i, f)),
            (None, None) => None,
        }
    }

    fn listed(&self, i: usize, f: Found<'_>) -> ActorMention {
        let by = if f.actor.class.is_nameless() { "generic" } else { "list" };
        self.mention(i, f.end, f.actor.key.clone(), f.actor.name.clone(), by)
    }

    fn mention(&self, start: usize, end: usize, key: String, name: String, by: &'static str) -> ActorMention {
        let span = self.tokens[start].span.join(self.tokens[end - 1].span);
        ActorMention { span, tokens: (start, end), key, name, by }
    }

    /// A country's word and a generic force: "Malian troops", "Mali's army", "the Malian government".
    fn force(&self, i: usize, end: usize, case: Case) -> Option<ActorMention> {
        let country = self.longest(i, end, case, |a, f| {
            a.class == Class::State && matches!(f, Form::Adjective | Form::Name | Form::Acronym)
        })?;
        let mut j = country.end;
        if j < end && self.tokens[j].norm == "'s" {
            j += 1;
        }
        if let Some(next) = self.page.at(Section::Modifiers, j)
            && j < end
            && !self.generic_at(j, end, case)
        {
            j = next;
        }
        let head = self.longest(j, end, case, |a, _| a.class.is_nameless())?;
        if head.actor.key == "generic/government" {
            return Some(self.mention(
                i,
                head.end,
                country.actor.key.clone(),
                country.actor.name.clone(),
                "country+force",
            ));
        }
        let key = format!("{}/{}", head.actor.key, country.actor.key);
        let words = self.tokens[i].span.join(self.tokens[head.end - 1].span).of(self.text);
        Some(self.mention(i, head.end, key, words.to_owned(), "country+force"))
    }

    /// A generic actor behind its modifiers: "unidentified gunmen".
    fn modified(&self, i: usize, end: usize, case: Case) -> Option<ActorMention> {
        let mut j = self.page.at(Section::Modifiers, i)?;
        while let Some(next) = self.page.at(Section::Modifiers, j).filter(|n| *n < end) {
            j = next;
        }
        if j >= end {
            return None;
        }
        let head = self.longest(j, end, case, |a, _| a.class.is_nameless())?;
        // "Islamist rebels" may be listed as such, and a longer name that begins here is the better reading.
        if self
            .longest(i, end, case, |a, f| f != Form::Adjective && !a.class.is_nameless())
            .is_some_and(|f| f.end >= head.end)
        {
            return None;
        }
        Some(self.mention(i, head.end, head.actor.key.clone(), head.actor.name.clone(), "generic"))
    }

    fn generic_at(&self, i: usize, end: usize, case: Case) -> bool {
        self.longest(i, end, case, |a, _| a.class.is_nameless()).is_some()
    }

    /// The longest name from token `i` that may be used here and that `wanted` accepts.
    fn longest(&self, i: usize, end: usize, case: Case, wanted: impl Fn(&Actor, Form) -> bool) -> Option<Found<'_>> {
        let index = &self.actors.index;
        let mut reach = if i < end { self.page.reach(i) } else { return None };
        let mut best = None;
        for j in i..end.min(i + LONGEST) {
            let t = self.tokens.get(j)?;
            match t.kind {
                TokenKind::Mark if j == i || !joins(&t.norm) => break,
                TokenKind::Mark => continue,
                _ if j > i => reach = index.narrow(reach, self.page.letters(j)),
                _ => {}
            }
            if reach.is_empty() {
                break;
            }
            let span = self.tokens[i].span.join(t.span);
            let fit = index.hits(reach).iter().filter(|h| {
                let actor = &self.actors.list[h.actor];
                wanted(actor, h.form) && self.fits(actor, h, span, i, case)
            });
            let day = self.day;
            let chosen = fit.min_by_key(|h| {
                let actor = &self.actors.list[h.actor];
                let away = !actor.countries.iter().any(|c| self.home.contains(&c.as_str()));
                let exact = plain(span.of(self.text)) != plain(&actor.aliases[h.alias].name);
                (rank(actor, h, day), h.form == Form::Acronym && exact, away)
            });
            if let Some(h) = chosen {
                best = Some(Found { end: j + 1, actor: &self.actors.list[h.actor], form: h.form });
            }
        }
        best.filter(|f| f.form != Form::Weak)
    }

    /// Whether the words may be this name: capitals where the name has them, acronyms only as written.
    fn fits(&self, actor: &Actor, hit: &Hit, span: Span, i: usize, case: Case) -> bool {
        let name = &actor.aliases[hit.alias].name;
        let printed = span.of(self.text);
        match hit.form {
            Form::Weak => false,
            Form::Acronym => {
                let shouted = i > 0 && self.shouted(i - 1) && self.shouted(i + 1);
                self.acronym(printed, name, if shouted { Case::Caps } else { case })
            }
            Form::Name | Form::Adjective => {
                !name.starts_with(char::is_uppercase) || self.page.capital(i) || actor.class.is_nameless()
            }
        }
    }

    /// Whether the word at `i` is written in capitals for emphasis.
    fn shouted(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| {
            t.span.len() > 1 && t.kind == TokenKind::Word && !t.span.of(self.text).chars().any(char::is_lowercase)
        })
    }

    fn acronym(&self, printed: &str, name: &str, case: Case) -> bool {
        let (p, n) = (plain(printed), plain(name));
        let lookalike = self.page.words.roles(&p.to_lowercase()).is(Section::Lookalikes);
        if case == Case::Caps && lookalike {
            return printed.contains('.');
        }
        // "Isis", "Nato": some desks print long acronyms as words.
        let as_word =
            n.len() >= 4 && !lookalike && p.starts_with(char::is_uppercase) && p[1..] == n[1..].to_lowercase();
        // "ISIS K" is ISIS-K, but "IN LA PAZ" is no INLA: only what is written apart may be printed apart.
        let spaced = printed.contains(char::is_whitespace) && name.chars().all(char::is_alphanumeric);
        !spaced && (p == n || p == n.to_uppercase() || (as_word && p.is_ascii()))
    }
}

/// Marks that may stand inside a name.
fn joins(norm: &str) -> bool {
    matches!(norm, "-" | "." | "'" | "/" | "(" | ")" | "&")
}

/// Letters and digits as printed.
fn plain(s: &str) -> String {
    s.chars().filter(|c| c.is_alphanumeric()).collect()
}
