//! The source chain of an incident: which accounts go back to which outlet, and by what that is known.
//!
//! A chain is a graph without circles. Its nodes are outlets, with their accounts or only named by others, owners of several
//! outlets, and people whom several outlets quote for one number. Each tie leads from who takes to what is taken from and
//! bears the words that show it. What hangs together by other ties than people is one origin, and counts once; two outlets
//! that quote one person for one number count once for that number alone ([`crate::Reading::independent`]).

use crate::Filed;
use crate::names::{Outlet, Source};
use crate::origin::{COPY, is_first, pairs};
use crate::speaker::{self, Given};
use account::Measure;
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
    let mut draft = Draft::tied(members);
    draft.speakers(members);
    draft.finish().0
}

/// Groups of accounts that share an origin: indices into `members`, each group and all groups in order.
///
/// *Cost*: near linear in the members.
pub(crate) fn origins(members: &[&Filed]) -> Vec<Vec<usize>> {
    if members.len() < 2 {
        return (0..members.len()).map(|i| vec![i]).collect();
    }
    Draft::tied(members).finish().1
}

/// A speaker whom several origins quote.
#[derive(Default)]
struct Heard<'f> {
    /// The longest words for it.
    words: &'f str,
    /// Where each node quotes it, by field.
    by: BTreeMap<(usize, &'static str), Vec<Shown>>,
}

/// A chain in the making.
#[derive(Default)]
struct Draft {
    chain: Chain,
    /// The node of each account.
    of: Vec<usize>,
    /// The node of each outlet, by its name for comparing.
    known: HashMap<String, usize>,
    /// Initials and the name that they stand for here.
    long: BTreeMap<String, String>,
    /// Nodes by their owner.
    owned: BTreeMap<&'static str, Vec<usize>>,
    /// The tie between two nodes for one reason.
    tied: HashMap<(usize, usize, Why), usize>,
    /// Nodes that hang together, as links towards the first of each group.
    group: Vec<usize>,
}

impl Draft {
    /// The nodes of the accounts with all that makes them one origin.
    fn tied(members: &[&Filed]) -> Draft {
        let mut draft = Draft::of(members);
        draft.named(members);
        draft.owners();
        draft.copies(members);
        draft
    }

    /// The nodes of the accounts, without ties.
    fn of(members: &[&Filed]) -> Draft {
        let mut draft = Draft::default();
        let sources: Vec<Source> = members.iter().map(|f| Source::of(f)).collect();
        // "BNA" is the Benadir News Agency, if anybody here names that.
        let mut long: BTreeMap<String, String> = BTreeMap::new();
        for o in sources.iter().flat_map(|s| std::iter::once(&s.outlet).chain(&s.chain)) {
            if o.initials.len() >= 3 && o.initials != o.letters {
                long.entry(o.initials.clone()).or_insert_with(|| o.key());
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
        draft.long = long;
        draft
    }

    /// The node of an outlet, new where it was not met before.
    fn outlet(&mut self, outlet: &Outlet, name: &str, long: &BTreeMap<String, String>) -> usize {
        let spelt = long.get(&outlet.letters).cloned();
        let owner = outlet.listed.filter(|_| spelt.is_none()).and_then(|o| o.owner.as_deref());
        let key = spelt.unwrap_or_else(|| outlet.key());
        if let Some(node) = self.known.get(&key) {
            return *node;
        }
        let node = self.node(name);
        self.known.insert(key, node);
        if let Some(owner) = owner {
            self.owned.entry(owner).or_default().push(node);
        }
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
                let spelt = self.long.get(&outlet.letters).cloned();
                let Some(to) = self.known.get(&spelt.unwrap_or_else(|| outlet.key())).copied() else { continue };
                let from = if v.by == account::chain::THROUGH { last } else { own };
                let why = if v.by == account::chain::AGENCY { Why::Agency } else { Why::Quoted };
                last = to;
                let shown = v.evidence.iter().map(|span| Shown { account: i, span: *span });
                self.tie(from, to, why, None, shown.collect());
            }
        }
    }

    /// Ties to who owns several of the outlets.
    fn owners(&mut self) {
        for (owner, nodes) in std::mem::take(&mut self.owned).into_iter().filter(|(_, nodes)| nodes.len() > 1) {
            let to = self.node(owner);
            self.chain.nodes[to].kind = NodeKind::Owner;
            nodes.into_iter().for_each(|from| self.tie(from, to, Why::Owner, None, Vec::new()));
        }
    }

    /// Ties to people whom accounts of several origins quote for one number. They join nothing: who heard one person may
    /// know the rest by itself.
    fn speakers(&mut self, members: &[&Filed]) {
        let mut given: BTreeMap<(Measure, String, bool), Vec<usize>> = BTreeMap::new();
        for (i, f) in members.iter().enumerate() {
            speaker::values(f).into_iter().for_each(|v| given.entry(v).or_default().push(i));
        }
        let mut heard: BTreeMap<String, Heard<'_>> = BTreeMap::new();
        for ((measure, value, part), accounts) in &given {
            let given = Given { field: measure.name(), value, part: *part };
            for (key, shared) in speaker::shared(members, given, accounts) {
                let origins: BTreeSet<usize> = shared.by.iter().map(|(i, _)| self.root(self.of[*i])).collect();
                if origins.len() < 2 {
                    continue;
                }
                let heard = heard.entry(key).or_default();
                heard.words = if shared.words.len() > heard.words.len() { shared.words } else { heard.words };
                for (i, span) in shared.by {
                    heard.by.entry((self.of[i], measure.name())).or_default().push(Shown { account: i, span });
                }
            }
        }
        for heard in heard.into_values() {
            let to = self.node(heard.words);
            self.chain.nodes[to].kind = NodeKind::Speaker;
            for ((from, field), mut evidence) in heard.by {
                // Its number is that of the first who quotes it.
                let (a, b) = (self.root(from), self.root(to));
                if b == to {
                    self.group[to] = a;
                }
                evidence.sort();
                evidence.dedup();
                let field = field.to_owned();
                self.chain.ties.push(Tie { from, to, why: Why::Speaker, field, share: None, evidence });
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{With, field, link, told};
    use account::{Kind, Source as Speaker, Value};
    use article::statements::SourceKind;
    use proptest::prelude::*;

    fn by(article: &str, outlet: &str, chain: &[&str]) -> Filed {
        told(article, "2024-03-05", Kind::Bombing, "2024-03-04", "Herat").by_outlet(outlet, chain)
    }

    /// "from > to why" of every tie, and the accounts of each origin.
    fn drawn(members: &[Filed]) -> (Vec<String>, Vec<Vec<usize>>) {
        let members: Vec<&Filed> = members.iter().collect();
        let chain = chain(&members);
        let name = |n: usize| chain.nodes[n].name.as_str();
        let tie = |t: &Tie| format!("{} > {} {}", name(t.from), name(t.to), t.why.name());
        (chain.ties.iter().map(tie).collect(), origins(&members))
    }

    #[test]
    fn a_paper_takes_from_a_wire_that_takes_from_a_radio() {
        let mut paper = by("a", "Gulf Post", &["Hill Wire", "Radio Amal"]);
        paper.source_chain[1].by = account::chain::THROUGH.to_owned();
        let (ties, origins) = drawn(&[paper, by("b", "Volta Star", &["Radio Amal"]), by("c", "Dune Echo", &[])]);
        assert_eq!(
            ties,
            ["Gulf Post > Hill Wire quoted", "Hill Wire > Radio Amal quoted", "Volta Star > Radio Amal quoted"]
        );
        assert_eq!(origins, [vec![0, 1], vec![2]]);
    }

    #[test]
    fn initials_and_usual_names_are_one_outlet() {
        let (ties, origins) = drawn(&[by("a", "Benadir News Agency", &[]), by("b", "Gulf Post", &["BNA"])]);
        assert_eq!((ties.len(), origins.len()), (1, 1));
        let (ties, origins) = drawn(&[by("a", "Agence France-Presse", &[]), by("b", "Gulf Post", &["AFP"])]);
        assert_eq!(ties, ["Gulf Post > Agence France-Presse quoted"]);
        assert_eq!(origins.len(), 1);
    }

    #[test]
    fn outlets_of_one_owner_are_one_origin() {
        let (ties, origins) = drawn(&[by("a", "TASS", &[]), by("b", "RIA Novosti", &[]), by("c", "Kommersant", &[])]);
        assert_eq!(ties, ["TASS > Government of Russia owner", "RIA Novosti > Government of Russia owner"]);
        assert_eq!(origins, [vec![0, 1], vec![2]]);
    }

    #[test]
    fn who_names_each_other_gives_no_circle() {
        let (ties, origins) = drawn(&[by("a", "Gulf Post", &["Volta Star"]), by("b", "Volta Star", &["Gulf Post"])]);
        assert_eq!(ties, ["Gulf Post > Volta Star quoted"]);
        assert_eq!(origins.len(), 1);
    }

    #[test]
    fn an_article_without_outlet_stands_by_itself() {
        let (ties, origins) = drawn(&[by("a", "", &[]), by("b", "", &[])]);
        assert_eq!((ties.len(), origins.len()), (0, 2));
    }

    /// A toll of 12 in the words of somebody.
    fn heard(article: &str, words: &str, kind: SourceKind) -> Filed {
        let mut f = by(article, &format!("Outlet {article}"), &[]).killed(12, 12);
        if !words.is_empty() {
            f.account.figures[0].said_by = vec![Speaker { words: words.to_owned(), kind, ..Speaker::default() }];
        }
        f
    }

    #[test]
    fn a_number_from_one_speaker_has_one_source() {
        let all = [
            heard("a", "police captain Dawit Guled", SourceKind::Named),
            heard("b", "Guled, a captain of the police", SourceKind::Named),
            heard("c", "witnesses", SourceKind::Anonymous),
            heard("d", "witnesses", SourceKind::Anonymous),
        ];
        let incident = &link(all.to_vec())[0];
        assert_eq!(incident.origins.len(), 4, "the outlets remain four");
        let killed = field(incident, "killed");
        assert_eq!(killed.readings[0].independent, 3, "the captain counts once, witnesses may be others");
        let chain = chain(&all.iter().collect::<Vec<_>>());
        let speakers: Vec<&Node> = chain.nodes.iter().filter(|n| n.kind == NodeKind::Speaker).collect();
        assert_eq!(speakers.len(), 1);
        let ties = chain.ties.iter().filter(|t| t.why == Why::Speaker);
        assert_eq!(ties.map(|t| t.field.as_str()).collect::<Vec<_>>(), ["killed", "killed"]);
    }

    #[test]
    fn who_knows_it_otherwise_too_counts() {
        let mut both = heard("b", "Dawit Guled", SourceKind::Named);
        let own = both.clone().killed(12, 12).account.figures[1].clone();
        both.account.figures.push(own);
        let all = vec![heard("a", "Dawit Guled", SourceKind::Named), both];
        assert_eq!(field(&link(all)[0], "killed").readings[0].independent, 2);
    }

    proptest! {
        /// No ties lead in a circle, and accounts of one number are of one origin.
        #[test]
        fn chains_are_graphs_without_circles(
            articles in prop::collection::vec((0usize..6, prop::collection::vec((0usize..6, any::<bool>()), 0..3)), 1..12)
        ) {
            const NAMES: [&str; 6] = ["Hill Wire", "HW", "TASS", "RIA", "", "Radio Amal"];
            let filed: Vec<Filed> = articles
                .iter()
                .enumerate()
                .map(|(n, (outlet, chain))| {
                    let mut f = by(&format!("a{n}"), NAMES[*outlet], &[]);
                    let value = |(name, through): &(usize, bool)| Value {
                        value: NAMES[*name].to_owned(),
                        evidence: Vec::new(),
                        by: if *through { account::chain::THROUGH } else { account::chain::QUOTED }.to_owned(),
                    };
                    f.source_chain = chain.iter().map(value).collect();
                    f
                })
                .collect();
            let members: Vec<&Filed> = filed.iter().collect();
            let drawn = chain(&members);
            let mut left: Vec<(usize, usize)> = drawn.ties.iter().map(|t| (t.from, t.to)).collect();
            // Who takes from nobody that is left is taken away, until nothing is.
            while let Some(last) = left.iter().map(|t| t.1).find(|n| left.iter().all(|t| t.0 != *n)) {
                left.retain(|t| t.1 != last);
            }
            prop_assert!(left.is_empty(), "{:?}", drawn.ties);
            let mut seen: Vec<usize> = drawn.nodes.iter().flat_map(|n| n.accounts.clone()).collect();
            seen.sort_unstable();
            prop_assert_eq!(seen, (0..members.len()).collect::<Vec<_>>());
            for (n, group) in origins(&members).iter().enumerate() {
                let of = |i: &usize| drawn.nodes.iter().find(|x| x.accounts.contains(i)).map(|x| x.origin);
                prop_assert!(group.iter().all(|i| of(i) == Some(n)));
            }
        }
    }
}
