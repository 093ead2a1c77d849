//! Joins all names that one article gives one group, finds them everywhere, and puts them beside the listed actors.

use super::form::{Candidate, Page, upper};
use super::index::squeeze;
use super::words::{Case, Words, is_capital};
use super::{ActorMention, Actors, is_generic};
use article::{Article, Token, TokenKind, Tokens, fold};
use std::collections::{BTreeMap, BTreeSet};

/// A group of this article: an unknown one, or a listed one with further names.
struct Group {
    key: Option<String>,
    /// Names as printed; the longest becomes the name.
    names: Vec<String>,
    by: &'static str,
}

/// How a name of a group may be found again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    /// With a capital.
    Name,
    /// Only as written.
    Acronym,
    /// Only behind "the".
    Short,
}

/// Listed mentions and those of the article's own groups, in order; where they overlap the longer wins, then the listed.
pub(super) fn mentions(
    actors: &Actors,
    words: &Words,
    article: &Article,
    tokens: &Tokens,
    listed: Vec<ActorMention>,
) -> Vec<ActorMention> {
    let page = Page::new(article, tokens, words);
    let mut table = Table { text: &article.text, tokens, actors, groups: Vec::new(), forms: BTreeMap::new() };
    for c in page.candidates() {
        let covered = listed.iter().any(|m| m.tokens.0 <= c.tokens.0 && c.tokens.1 <= m.tokens.1);
        if !covered {
            table.add(&c);
        }
    }
    table.brackets(&page, &listed);
    table.aliases(&page, &listed);
    table.short_forms(&listed);
    merge(listed, table.find_all(words))
}

fn merge(listed: Vec<ActorMention>, own: Vec<ActorMention>) -> Vec<ActorMention> {
    let size = |m: &ActorMention| m.tokens.1 - m.tokens.0;
    let mut all: Vec<(bool, ActorMention)> =
        listed.into_iter().map(|m| (false, m)).chain(own.into_iter().map(|m| (true, m))).collect();
    all.sort_by(|(ao, a), (bo, b)| {
        (std::cmp::Reverse(size(a)), *ao, a.tokens.0).cmp(&(std::cmp::Reverse(size(b)), *bo, b.tokens.0))
    });
    let mut taken = BTreeMap::new();
    let mut kept: Vec<ActorMention> = Vec::new();
    for (_, m) in all {
        let (s, e) = m.tokens;
        if (s..e).all(|i| !taken.contains_key(&i)) {
            taken.extend((s..e).map(|i| (i, ())));
            kept.push(m);
        }
    }
    kept.sort_by_key(|m| m.tokens);
    kept
}

/// The groups of one article and the squeezed forms by which they are found.
struct Table<'a> {
    text: &'a str,
    tokens: &'a Tokens,
    actors: &'a Actors,
    groups: Vec<Group>,
    forms: BTreeMap<String, (usize, Use)>,
}

impl<'a> Table<'a> {
    fn t(&self) -> &'a [Token] {
        &self.tokens.tokens
    }

    fn words(&self, (s, e): (usize, usize)) -> String {
        self.t()[s].span.join(self.t()[e - 1].span).of(self.text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn add(&mut self, c: &Candidate) -> usize {
        let name = self.words(c.tokens);
        let form = squeeze(&fold(&name));
        if let Some((g, _)) = self.forms.get(&form) {
            return *g;
        }
        let key = self.actors.find(&name).filter(|a| !is_generic(&a.key)).map(|a| a.key.clone());
        let g = self.groups.len();
        self.groups.push(Group { key, names: vec![name], by: c.by });
        self.forms.insert(form, (g, Use::Name));
        g
    }

    /// The group of a listed mention, so that further names can be joined to it.
    fn listed(&mut self, m: &ActorMention) -> usize {
        if let Some(g) = self.groups.iter().position(|g| g.key.as_ref() == Some(&m.key)) {
            return g;
        }
        self.groups.push(Group { key: Some(m.key.clone()), names: vec![m.name.clone()], by: "list" });
        self.groups.len() - 1
    }

    fn bind(&mut self, form: String, g: usize, how: Use) {
        if form.len() > 1 {
            self.forms.entry(form).or_insert((g, how));
        }
    }

    /// Every place where a group is named so far: end token, first token, group.
    fn places(&mut self, listed: &[ActorMention]) -> Vec<(usize, usize, usize)> {
        let mut out: Vec<(usize, usize, usize)> = Vec::new();
        for m in listed
            .iter()
            .filter(|m| m.by == "list" && self.actors.get(&m.key).is_some_and(|a| a.class != super::Class::State))
        {
            let g = self.listed(m);
            out.push((m.tokens.1, m.tokens.0, g));
        }
        let forms: Vec<(String, usize)> = self.forms.iter().map(|(f, (g, _))| (f.clone(), *g)).collect();
        let firsts: BTreeSet<char> = forms.iter().filter_map(|(f, _)| f.chars().next()).collect();
        for i in 0..self.t().len() {
            if self.t()[i].norm.chars().next().is_none_or(|c| !firsts.contains(&c)) {
                continue;
            }
            if let Some((end, g)) = self.form_at(i, self.t().len(), &|f| self.forms.get(f).map(|(g, _)| *g)) {
                out.push((end, i, g));
            }
        }
        out.sort_unstable();
        out.dedup();
        out
    }

    /// The longest form from token `i`, marks between its words passed over.
    fn form_at(&self, i: usize, end: usize, get: &dyn Fn(&str) -> Option<usize>) -> Option<(usize, usize)> {
        let mut squeezed = String::new();
        let mut best = None;
        for j in i..end.min(i + 14) {
            let t = &self.t()[j];
            match t.kind {
                TokenKind::Mark if j == i || !matches!(t.norm.as_str(), "-" | "." | "'") => break,
                TokenKind::Mark => continue,
                _ => squeezed.push_str(&squeeze(&t.norm)),
            }
            if let Some(g) = get(&squeezed) {
                best = Some((j + 1, g));
            }
        }
        best
    }

    /// "Red Valley Front (RVF)", "RVF (Red Valley Front)", "Los Candiles (\"the Lamplighters\")".
    fn brackets(&mut self, page: &Page<'_>, listed: &[ActorMention]) {
        for (end, start, g) in self.places(listed) {
            let all = self.t();
            let n = all.len();
            let norm = |i: usize| all.get(i).map_or("", |t| t.norm.as_str());
            if start >= 2 && norm(start - 1) == "(" && norm(end) == ")" && upper(self.t()[start - 2].span.of(self.text))
            {
                self.join((start - 2, start - 1), g, Use::Acronym);
            }
            let open = if norm(end) == "\"" { end + 1 } else { end };
            let Some(close) =
                (norm(open) == "(").then(|| (open + 1..n.min(open + 9)).find(|j| norm(*j) == ")")).flatten()
            else {
                continue;
            };
            let inner = page.skip(open + 1, close);
            let last = if norm(close - 1) == "\"" { close - 1 } else { close };
            if inner >= last {
                continue;
            }
            if last == inner + 1 && upper(self.t()[inner].span.of(self.text)) {
                self.join((inner, last), g, Use::Acronym);
            } else if page.run(inner, last, Case::Mixed) == Some(last) && self.t()[inner].kind == TokenKind::Word {
                self.join((inner, last), g, Use::Name);
            }
        }
    }

    /// Makes the name at `tokens` one more of group `g`.
    fn join(&mut self, tokens: (usize, usize), g: usize, how: Use) {
        let name = self.words(tokens);
        let form = squeeze(&fold(&name));
        match self.forms.get(&form).copied() {
            // Both names were found on their own: the later group becomes the earlier one.
            Some((other, _)) if other != g => {
                let names = std::mem::take(&mut self.groups[other].names);
                self.groups[g].names.extend(names);
                for (target, _) in self.forms.values_mut() {
                    if *target == other {
                        *target = g;
                    }
                }
            }
            Some(_) => {}
            None => {
                if how == Use::Acronym {
                    self.bind(form, g, how);
                } else if self.actors.find(&name).is_none() {
                    self.groups[g].names.push(name);
                    self.bind(form, g, how);
                }
            }
        }
    }

    /// "X, formerly Y": the name behind the cue is one more of the actor named before it.
    fn aliases(&mut self, page: &Page<'_>, listed: &[ActorMention]) {
        let cues = page.words.section("alias cues");
        let places = self.places(listed);
        for s in &self.tokens.sentences {
            let case = Case::of(self.text, self.t(), s);
            for i in s.tokens.0..s.tokens.1 {
                let Some(after) = cues.at(self.t(), i) else { continue };
                let fresh = i == s.tokens.0 || self.t()[i - 1].norm == ";";
                let start = page.skip(after, s.tokens.1);
                let Some(end) = page.run(start, s.tokens.1, case) else { continue };
                // A clause of its own speaks of the actor named last, not only of the neighbour.
                let reach = if fresh { 24 } else { 3 };
                let owner = places.iter().rev().find(|(e, _, _)| *e <= i && i - e <= reach).map(|(_, _, g)| *g);
                if let Some(g) = owner {
                    self.join((start, end), g, Use::Name);
                }
            }
        }
    }

    /// "the Column" for the one group of the article whose name ends or begins so.
    fn short_forms(&mut self, listed: &[ActorMention]) {
        let mut owners: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for m in listed.iter().filter(|m| m.by == "list" && m.tokens.1 - m.tokens.0 > 1) {
            if self.actors.get(&m.key).is_some_and(|a| a.class == super::Class::State) {
                continue;
            }
            let g = self.listed(m);
            for i in [m.tokens.0, m.tokens.1 - 1] {
                owners.entry(squeeze(&self.t()[i].norm)).or_default().insert(g);
            }
        }
        for (g, group) in self.groups.iter().enumerate().filter(|(_, g)| g.by != "state force") {
            for name in &group.names {
                let parts: Vec<String> = fold(name).split_whitespace().map(squeeze).collect();
                if let [first, .., last] = parts.as_slice() {
                    owners.entry(first.clone()).or_default().insert(g);
                    owners.entry(last.clone()).or_default().insert(g);
                }
            }
        }
        let words = Words::builtin();
        for (form, groups) in owners {
            let armed = ["armed tails", "weak tails", "heads"].iter().any(|s| words.section(s).has(&form));
            if let (true, 1, Some(g)) = (armed, groups.len(), groups.iter().next()) {
                self.bind(form, *g, Use::Short);
            }
        }
    }

    /// Every mention of the article's groups.
    fn find_all(&self, words: &Words) -> Vec<ActorMention> {
        let mut out = Vec::new();
        if self.forms.is_empty() {
            return out;
        }
        for s in &self.tokens.sentences {
            let case = Case::of(self.text, self.t(), s);
            let mut i = s.tokens.0;
            while i < s.tokens.1 {
                match self.mention_at(i, s.tokens.1, case, words) {
                    Some(m) => {
                        i = m.tokens.1;
                        out.push(m);
                    }
                    None => i += 1,
                }
            }
        }
        out
    }

    fn mention_at(&self, i: usize, end: usize, case: Case, words: &Words) -> Option<ActorMention> {
        let t = &self.t()[i];
        if t.kind == TokenKind::Mark {
            return None;
        }
        let usable = |f: &str| {
            let (g, how) = self.forms.get(f)?;
            let ok = match how {
                Use::Name => is_capital(self.text, t) || t.kind == TokenKind::Number,
                Use::Acronym => upper(t.span.of(self.text)),
                Use::Short => t.capital && i > 0 && self.t()[i - 1].norm == "the" && case != Case::Title,
            };
            ok.then_some(*g)
        };
        let (stop, g) = self.form_at(i, end, &usable)?;
        let squeezed: String = self.t()[i..stop].iter().map(|t| squeeze(&t.norm)).collect();
        let how = self.forms.get(&squeezed).map_or(Use::Name, |(_, how)| *how);
        // "Front Street", "Column A": a short form that a capital follows is part of another name.
        if how == Use::Short
            && case == Case::Mixed
            && self.t().get(stop).is_some_and(|n| stop < end && n.capital && !words.section("small words").has(&n.norm))
        {
            return None;
        }
        let group = &self.groups[g];
        let name = group.names.iter().max_by_key(|n| (n.chars().count(), std::cmp::Reverse((*n).clone())))?.clone();
        let (key, name) = match &group.key {
            Some(k) => (k.clone(), self.actors.get(k).map_or(name, |a| a.name.clone())),
            None => (plain_key(&name), name),
        };
        let by = match how {
            Use::Acronym => "acronym",
            Use::Short => "short",
            Use::Name if group.by == "list" => "alias",
            Use::Name => group.by,
        };
        Some(ActorMention { span: t.span.join(self.t()[stop - 1].span), tokens: (i, stop), key, name, by })
    }
}

/// The folded name without "the", as a key.
fn plain_key(name: &str) -> String {
    let folded = fold(name);
    folded.strip_prefix("the ").unwrap_or(&folded).to_owned()
}
