//! The source chain of an incident: which accounts go back to which outlet, and by what that is known.
//!
//! A chain is a graph without circles. Its nodes are outlets, with their accounts or only named by others, owners of several
//! outlets, and people whom several outlets quote for one number. Each tie leads from who takes to what is taken from and
//! bears the words that show it. What hangs together by other ties than people is one origin, and counts once; two outlets
//! that quote one person for one number count once for that number alone ([`crate::Reading::independent`]).

use crate::Filed;
use crate::names::{Outlet, Source};
use crate::origin::{COPY, is_first, pairs};
use article::{Span, similarity};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Who goes back to whom among the accounts of an incident.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Chain {
    /// Outlets in the order of their first accounts, then those that are only named.
    pub nodes: Vec<Node>,
    /// Ties, none of which leads back to where it comes from, not even through others.
    pub ties: Vec<Tie>,
}

/// An outlet, an owner or a speaker.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Node {
    /// As printed; empty of an article whose outlet is unknown.
    pub name: String,
    /// What it is.
    pub kind: NodeKind,
    /// Its accounts, as positions in the incident's; none of what is only named.
    pub accounts: Vec<usize>,
    /// Nodes of one origin bear one number, counted from 0; a speaker bears that of the first who quotes it.
    pub origin: usize,
}

/// What stands at a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NodeKind {
    /// Who publishes, or gathers news for others.
    Outlet,
    /// Who owns several outlets.
    Owner,
    /// Whom several outlets quote.
    Speaker,
}

/// One takes from another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tie {
    /// The node that takes.
    pub from: usize,
    /// The node that it takes from.
    pub to: usize,
    /// By what that is known.
    pub why: Why,
    /// Of a speaker the field of the number; else empty.
    pub field: String,
    /// Of a copy the share of common runs of words. *Range*: 0 to 1.
    pub share: Option<f64>,
    /// The words that show it, in order of the accounts.
    pub evidence: Vec<Shown>,
}

/// By what a tie is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// The texts are near copies.
    Copy,
    /// The dateline, the writer's line or the last line names it as the agency.
    Agency,
    /// The text takes the story from it, or it from a further one.
    Quoted,
    /// The list of outlets knows it as the owner.
    Owner,
    /// Both quote it for one number.
    Speaker,
}

impl Why {
    /// The name in JSON: `copy`.
    pub fn name(self) -> &'static str {
        match self {
            Why::Copy => "copy",
            Why::Agency => "agency",
            Why::Quoted => "quoted",
            Why::Owner => "owner",
            Why::Speaker => "speaker",
        }
    }
}

/// Words of the article of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Shown {
    /// The account's position in the incident's.
    pub account: usize,
    /// The words.
    pub span: Span,
}

/// The source chain of the accounts of one incident, in its order. *Cost*: near linear in the accounts.
pub fn chain(members: &[&Filed]) -> Chain {
    let mut draft = Draft::of(members);
    draft.named(members);
    draft.copies(members);
    draft.finish().0
}

/// Groups of accounts that share an origin: indices into `members`, each group and all groups in order.
///
/// *Cost*: near linear in the members.
pub(crate) fn origins(members: &[&Filed]) -> Vec<Vec<usize>> {
    if members.len() < 2 {
        return (0..members.len()).map(|i| vec![i]).collect();
    }
    let mut draft = Draft::of(members);
    draft.named(members);
    draft.copies(members);
    draft.finish().1
}

/// A chain in the making.
#[derive(Default)]
struct Draft {
    chain: Chain,
    /// The node of each account.
    of: Vec<usize>,
    /// The node of each outlet, by its name for comparing.
    known: HashMap<String, usize>,
    /// The tie between two nodes for one reason.
    tied: HashMap<(usize, usize, Why), usize>,
    /// Nodes that hang together, as links towards the first of each group.
    group: Vec<usize>,
}

impl Draft {
    /// The nodes of the accounts, without ties.
    fn of(members: &[&Filed]) -> Draft {
        let mut draft = Draft::default();
        let sources: Vec<Source> = members.iter().map(|f| Source::of(f)).collect();
        // "BNA" is the Benadir News Agency, if anybody here names that.
        let mut long: BTreeMap<&str, &str> = BTreeMap::new();
        for o in sources.iter().flat_map(|s| std::iter::once(&s.outlet).chain(&s.chain)) {
            if o.initials.len() >= 3 && o.initials != o.letters {
                long.entry(&o.initials).or_insert(&o.letters);
            }
        }
        let mut articles: HashMap<&str, usize> = HashMap::new();
        for (i, (f, source)) in members.iter().zip(&sources).enumerate() {
            let node = match (articles.get(f.article.as_str()), source.outlet.letters.is_empty()) {
                (Some(node), _) => *node,
                (None, true) => draft.node(&f.outlet),
                (None, false) => draft.outlet(&source.outlet, &f.outlet, &long),
            };
            articles.insert(&f.article, node);
            draft.of.push(node);
            draft.chain.nodes[node].accounts.push(i);
        }
        for (f, source) in members.iter().zip(&sources) {
            for (outlet, v) in source.chain.iter().zip(&f.source_chain).filter(|(o, _)| !o.letters.is_empty()) {
                draft.outlet(outlet, &v.value, &long);
            }
        }
        // Whoever asks for a short form finds the long one.
        for (short, letters) in long {
            if let Some(node) = draft.known.get(letters).copied() {
                draft.known.insert(short.to_owned(), node);
            }
        }
        draft
    }

    /// The node of an outlet, new where it was not met before.
    fn outlet(&mut self, outlet: &Outlet, name: &str, long: &BTreeMap<&str, &str>) -> usize {
        let letters = long.get(outlet.letters.as_str()).copied().unwrap_or(&outlet.letters);
        if let Some(node) = self.known.get(letters) {
            return *node;
        }
        let node = self.node(name);
        self.known.insert(letters.to_owned(), node);
        node
    }

    fn node(&mut self, name: &str) -> usize {
        let node = Node { name: name.trim().to_owned(), kind: NodeKind::Outlet, accounts: Vec::new(), origin: 0 };
        self.chain.nodes.push(node);
        self.group.push(self.group.len());
        self.group.len() - 1
    }

    /// Ties to what articles name as their sources: each to the article's own outlet, or to the source before it.
    fn named(&mut self, members: &[&Filed]) {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for (i, f) in members.iter().enumerate().filter(|(_, f)| seen.insert(&f.article)) {
            let (own, mut last) = (self.of[i], self.of[i]);
            for (v, outlet) in f.source_chain.iter().zip(Source::of(f).chain) {
                let Some(to) = self.known.get(&outlet.letters).copied() else { continue };
                let from = if v.by == account::chain::THROUGH { last } else { own };
                let why = if v.by == account::chain::AGENCY { Why::Agency } else { Why::Quoted };
                last = to;
                let shown = v.evidence.iter().map(|span| Shown { account: i, span: *span });
                self.tie(from, to, why, None, shown.collect());
            }
        }
    }

    /// Ties between near copies: for each the most similar text before it, and beside ties that are known already.
    fn copies(&mut self, members: &[&Filed]) {
        let mut found: Vec<(f64, usize, usize)> = Vec::new();
        pairs(members, |i, j| {
            let share = similarity(&members[i].sketch, &members[j].sketch);
            if share >= COPY && members[i].article != members[j].article && self.of[i] != self.of[j] {
                found.push((share, i, j));
            }
        });
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let kinds = [Why::Agency, Why::Quoted];
        for (share, i, j) in found {
            let (x, y) = (self.of[i], self.of[j]);
            let known = |from, to| kinds.iter().any(|w| self.tied.contains_key(&(from, to, *w)));
            let (from, to) = match (known(x, y), known(y, x)) {
                (true, _) => (x, y),
                (false, true) => (y, x),
                _ if self.root(x) == self.root(y) => continue,
                _ => match is_first(members[i], members[j]) {
                    true => (y, x),
                    false => (x, y),
                },
            };
            if !self.tied.contains_key(&(from, to, Why::Copy)) {
                self.tie(from, to, Why::Copy, Some(share), Vec::new());
            }
        }
    }

    /// Adds a tie, or the words to one that is there. What would lead back in a circle is left out: whoever names each
    /// other are one origin already.
    fn tie(&mut self, from: usize, to: usize, why: Why, share: Option<f64>, evidence: Vec<Shown>) {
        if let Some(at) = self.tied.get(&(from, to, why)) {
            self.chain.ties[*at].evidence.extend(evidence);
            return;
        }
        let (a, b) = (self.root(from), self.root(to));
        if from == to || a == b && self.leads(to, from) {
            return;
        }
        self.group[a.max(b)] = a.min(b);
        self.tied.insert((from, to, why), self.chain.ties.len());
        self.chain.ties.push(Tie { from, to, why, field: String::new(), share, evidence });
    }

    /// Whether ties lead from one node to the other.
    fn leads(&self, from: usize, to: usize) -> bool {
        let (mut open, mut seen) = (vec![from], BTreeSet::from([from]));
        while let Some(at) = open.pop() {
            if at == to {
                return true;
            }
            open.extend(self.chain.ties.iter().filter(|t| t.from == at).map(|t| t.to).filter(|n| seen.insert(*n)));
        }
        false
    }

    fn root(&mut self, mut node: usize) -> usize {
        while self.group[node] != node {
            self.group[node] = self.group[self.group[node]];
            node = self.group[node];
        }
        node
    }

    /// The chain, and its accounts by origin.
    fn finish(mut self) -> (Chain, Vec<Vec<usize>>) {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        // In order of the accounts, so that the groups are in the order of their first ones.
        let mut number: HashMap<usize, usize> = HashMap::new();
        for i in 0..self.of.len() {
            let root = self.root(self.of[i]);
            let next = number.len();
            groups.entry(*number.entry(root).or_insert(next)).or_default().push(i);
        }
        for node in 0..self.chain.nodes.len() {
            let root = self.root(node);
            self.chain.nodes[node].origin = number.get(&root).copied().unwrap_or_default();
        }
        (self.chain, groups.into_values().collect())
    }
}
