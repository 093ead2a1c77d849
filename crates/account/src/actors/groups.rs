//! Joins all names that one article gives one group, finds them everywhere, and puts them beside the listed actors.

use super::form::{Candidate, candidates, upper};
use super::index::{Reach, squeeze};
use super::page::Page;
use super::words::{Case, Section};
use super::{ActorMention, Actors, is_generic};
use article::{Token, TokenKind, fold};
use std::collections::{BTreeMap, BTreeSet, HashMap};

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
pub(super) fn mentions(actors: &Actors, page: &Page<'_>, listed: Vec<ActorMention>) -> Vec<ActorMention> {
    let mut table = Table { page, actors, groups: Vec::new(), keys: HashMap::new(), forms: BTreeMap::new() };
    for c in candidates(page) {
        // Listed mentions stand in order and apart: only the last that begins before it can cover it.
        let before = listed.partition_point(|m| m.tokens.0 <= c.tokens.0);
        let covered = before > 0 && c.tokens.1 <= listed[before - 1].tokens.1;
        if !covered {
            table.add(&c);
        }
    }
    table.brackets(&listed);
    table.aliases(&listed);
    table.short_forms(&listed);
    merge(listed, table.find_all(), page.all().len())
}

fn merge(listed: Vec<ActorMention>, own: Vec<ActorMention>, tokens: usize) -> Vec<ActorMention> {
    if own.is_empty() {
        return listed;
    }
    let size = |m: &ActorMention| m.tokens.1 - m.tokens.0;
    let mut all: Vec<(bool, ActorMention)> =
        listed.into_iter().map(|m| (false, m)).chain(own.into_iter().map(|m| (true, m))).collect();
    all.sort_by(|(ao, a), (bo, b)| {
        (std::cmp::Reverse(size(a)), *ao, a.tokens.0).cmp(&(std::cmp::Reverse(size(b)), *bo, b.tokens.0))
    });
    let mut taken = vec![false; tokens];
    let mut kept: Vec<ActorMention> = Vec::new();
    for (_, m) in all {
        let here = &mut taken[m.tokens.0..m.tokens.1];
        if !here.contains(&true) {
            here.fill(true);
            kept.push(m);
        }
    }
    kept.sort_by_key(|m| m.tokens);
    kept
}

/// A form by which a group is found.
#[derive(Debug, Clone, Copy)]
struct Name<'f> {
    form: &'f str,
    group: usize,
    how: Use,
}

/// The most tokens in a bracket with further names.
const BRACKET: usize = 14;

/// The groups of one article and the squeezed forms by which they are found.
struct Table<'a> {
    page: &'a Page<'a>,
    actors: &'a Actors,
    groups: Vec<Group>,
    /// The first group of each key.
    keys: HashMap<String, usize>,
    forms: BTreeMap<String, (usize, Use)>,
}

impl<'a> Table<'a> {
    fn t(&self) -> &'a [Token] {
        self.page.all()
    }

    fn words(&self, (s, e): (usize, usize)) -> String {
        self.t()[s].span.join(self.t()[e - 1].span).of(self.page.text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn add(&mut self, c: &Candidate) -> usize {
        let name = self.words(c.tokens);
        let form = squeeze(&fold(&name));
        if let Some((g, _)) = self.forms.get(&form) {
            return *g;
        }
        let key = self.actors.find(&name).filter(|a| !is_generic(&a.key)).map(|a| a.key.clone());
        let g = self.push(Group { key, names: vec![name], by: c.by });
        self.forms.insert(form, (g, Use::Name));
        g
    }

    fn push(&mut self, group: Group) -> usize {
        let g = self.groups.len();
        if let Some(key) = &group.key {
            self.keys.entry(key.clone()).or_insert(g);
        }
        self.groups.push(group);
        g
    }

    /// The group of a listed mention, so that further names can be joined to it.
    fn listed(&mut self, m: &ActorMention) -> usize {
        match self.keys.get(&m.key) {
            Some(g) => *g,
            None => self.push(Group { key: Some(m.key.clone()), names: vec![m.name.clone()], by: "list" }),
        }
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
        let names = self.names();
        let firsts: BTreeSet<char> = names.iter().filter_map(|n| n.form.chars().next()).collect();
        for i in 0..self.t().len() {
            if let Some((end, n)) = self.form_at(&names, i, self.t().len(), |_| true)
                && self.t()[i].norm.chars().next().is_some_and(|c| firsts.contains(&c))
            {
                out.push((end, i, n.group));
            }
        }
        out.sort_unstable();
        out.dedup();
        out
    }

    /// All forms in order.
    fn names(&self) -> Vec<Name<'_>> {
        self.forms.iter().map(|(form, (group, how))| Name { form, group: *group, how: *how }).collect()
    }

    /// The longest form from token `i` that may be used, marks between its words passed over.
    fn form_at<'n>(
        &self,
        names: &[Name<'n>],
        i: usize,
        end: usize,
        usable: impl Fn(&Name<'n>) -> bool,
    ) -> Option<(usize, Name<'n>)> {
        let mut reach = Reach::all(names.len());
        let mut best = None;
        for j in i..end.min(i + 14) {
            let t = &self.t()[j];
            match t.kind {
                TokenKind::Mark if j == i || !matches!(t.norm.as_str(), "-" | "." | "'") => break,
                TokenKind::Mark => continue,
                _ => reach = reach.narrow(names, |n| n.form, self.page.letters(j)),
            }
            if reach.is_empty() {
                break;
            }
            if let Some(n) = reach.exact(names, |n| n.form).map(|n| names[n]).filter(&usable) {
                best = Some((j + 1, n));
            }
        }
        best
    }

    /// "Red Valley Front (RVF)", "RVF (Red Valley Front)", "Los Candiles (\"the Lamplighters\")".
    fn brackets(&mut self, listed: &[ActorMention]) {
        let page = self.page;
        for (end, start, g) in self.places(listed) {
            let all = self.t();
            let n = all.len();
            let norm = |i: usize| all.get(i).map_or("", |t| t.norm.as_str());
            if start >= 2
                && norm(start - 1) == "("
                && matches!(norm(end), ")" | ",")
                && upper(all[start - 2].span.of(page.text))
            {
                self.join((start - 2, start - 1), g, Use::Acronym);
            }
            let open = if norm(end) == "\"" { end + 1 } else { end };
            let Some(close) =
                (norm(open) == "(").then(|| (open + 1..n.min(open + BRACKET)).find(|j| norm(*j) == ")")).flatten()
            else {
                continue;
            };
            let mut from = open + 1;
            for to in (from..=close).filter(|j| *j == close || norm(*j) == ",") {
                self.bracketed((from, to), g);
                from = to + 1;
            }
        }
    }

    /// One of the names between brackets: `RVF`, `"the Lamplighters"`.
    fn bracketed(&mut self, (from, to): (usize, usize), g: usize) {
        let (page, all) = (self.page, self.t());
        let inner = page.skip(from, to);
        let last = if to > inner && all[to - 1].norm == "\"" { to - 1 } else { to };
        if inner >= last {
            return;
        }
        if last == inner + 1 && upper(all[inner].span.of(page.text)) {
            self.join((inner, last), g, Use::Acronym);
        } else if page.run(inner, last, Case::Mixed) == Some(last) && all[inner].kind == TokenKind::Word {
            self.join((inner, last), g, Use::Name);
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
    fn aliases(&mut self, listed: &[ActorMention]) {
        let page = self.page;
        let places = self.places(listed);
        for (s, case) in page.sentences() {
            for i in s.tokens.0..s.tokens.1 {
                let Some(after) = page.at(Section::AliasCues, i) else { continue };
                let fresh = i == s.tokens.0 || self.t()[i - 1].norm == ";";
                let start = page.skip(after, s.tokens.1);
                let Some(end) = page.run(start, s.tokens.1, case) else { continue };
                // A clause of its own speaks of the actor named last, not only of the neighbour.
                let reach = if fresh { 24 } else { 3 };
                let last = places.partition_point(|(e, _, _)| *e <= i).checked_sub(1).map(|p| places[p]);
                if let Some((_, _, g)) = last.filter(|(e, _, _)| i - e <= reach) {
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
                owners.entry(self.page.letters(i).to_owned()).or_default().insert(g);
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
        for (form, groups) in owners {
            let roles = self.page.words.roles(&form);
            let armed = [Section::ArmedTails, Section::WeakTails, Section::Heads].into_iter().any(|s| roles.is(s));
            if let (true, 1, Some(g)) = (armed, groups.len(), groups.iter().next()) {
                self.bind(form, *g, Use::Short);
            }
        }
    }

    /// Every mention of the article's groups.
    fn find_all(&self) -> Vec<ActorMention> {
        let mut out = Vec::new();
        let names = self.names();
        if names.is_empty() {
            return out;
        }
        for (s, case) in self.page.sentences() {
            let mut i = s.tokens.0;
            while i < s.tokens.1 {
                match self.mention_at(&names, i, s.tokens.1, case) {
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

    /// Whether "the" stands before token `i`, or before small words in front of it: "the banned Column".
    fn defined(&self, i: usize) -> bool {
        let small = |j: &usize| self.t()[*j].kind == TokenKind::Word && !self.t()[*j].capital;
        let near = (i.saturating_sub(3)..i).rev().take_while(|j| self.page.is(Section::Definite, *j) || small(j));
        near.into_iter().any(|j| self.page.is(Section::Definite, j))
    }

    fn mention_at(&self, names: &[Name<'_>], i: usize, end: usize, case: Case) -> Option<ActorMention> {
        let (t, text) = (&self.t()[i], self.page.text);
        if t.kind == TokenKind::Mark {
            return None;
        }
        let usable = |n: &Name<'_>| match n.how {
            Use::Name => self.page.capital(i) || t.kind == TokenKind::Number,
            Use::Acronym => upper(t.span.of(text)),
            Use::Short => t.capital && case != Case::Title && self.defined(i),
        };
        let (stop, Name { group: g, how, .. }) = self.form_at(names, i, end, usable)?;
        // "Front Street", "Column A": a short form that a capital follows is part of another name.
        if how == Use::Short
            && case == Case::Mixed
            && self.t().get(stop).is_some_and(|n| stop < end && n.capital && !self.page.is(Section::SmallWords, stop))
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
