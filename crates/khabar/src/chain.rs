//! The source chain of an incident as text and as JSON: which accounts go back to which, by which words, and which stand by
//! themselves.

use crate::label;
use crate::screen::{self, plain};
use crate::table::{Tone, tinted};
use archive::Whole;
use incident::{Chain, NodeKind, Tie, Why};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// Prints one tree an origin, what others take from above those who take; then whom several origins quote for one number.
pub(crate) fn print(whole: &Whole, out: &mut dyn Write) -> io::Result<()> {
    let sources = label::count(whole.incident.origins.len(), "independent source");
    writeln!(out, "Sources, one tree an origin ({sources}):")?;
    let chain = whole.chain();
    let mut tree = Tree::of(whole, &chain);
    for root in tree.roots() {
        tree.draw(root, out)?;
    }
    tree.speakers(out)
}

/// Where a tree begins.
const INDENT: &str = "  ";
/// Columns in which a tree grows to the right.
const WIDEST: usize = 60;

/// The source chain as JSON.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct Shape {
    nodes: Vec<NodeShape>,
    ties: Vec<TieShape>,
}

/// An outlet, an owner or a speaker; `accounts` are positions in the incident's accounts.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct NodeShape {
    name: String,
    #[schema(value_type = String)]
    kind: NodeKind,
    accounts: Vec<usize>,
    origin: usize,
}

/// A tie between two nodes, by their positions.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct TieShape {
    from: usize,
    to: usize,
    #[schema(value_type = String)]
    why: Why,
    #[serde(skip_serializing_if = "String::is_empty")]
    field: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<f64>,
    evidence: Vec<EvidenceShape>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
struct EvidenceShape {
    account: usize,
    start: u32,
    end: u32,
    words: String,
}

impl Shape {
    /// The source chain of an incident.
    pub(crate) fn of(whole: &Whole) -> Shape {
        let chain = whole.chain();
        let shown = |s: &incident::Shown| {
            let kept = whole.article(s.account)?;
            let words = s.span.of(&kept.article.text).to_owned();
            Some(EvidenceShape { account: s.account, start: s.span.start, end: s.span.end, words })
        };
        let tie = |t: &Tie| TieShape {
            from: t.from,
            to: t.to,
            why: t.why,
            field: t.field.clone(),
            share: t.share,
            evidence: t.evidence.iter().filter_map(shown).collect(),
        };
        let name = |n: usize| name(whole, &chain, n);
        let node = |(n, x): (usize, &incident::Node)| NodeShape {
            name: name(n),
            kind: x.kind,
            accounts: x.accounts.clone(),
            origin: x.origin,
        };
        let nodes = chain.nodes.iter().enumerate().map(node).collect();
        Shape { nodes, ties: chain.ties.iter().map(tie).collect() }
    }
}

/// What a node is called: its outlet, else what its article is called.
pub(crate) fn name(whole: &Whole, chain: &Chain, node: usize) -> String {
    let n = &chain.nodes[node];
    match n.accounts.first().and_then(|a| whole.article(*a)) {
        Some(kept) => label::outlet(kept),
        None => plain(&n.name),
    }
}

/// Why one takes from another.
pub(crate) fn why(tie: &Tie) -> String {
    match (tie.why, tie.share) {
        (Why::Copy, Some(share)) => format!("prints its text ({:.0} % alike)", share * 100.0),
        (Why::Copy, None) => "prints its text".to_owned(),
        (Why::Agency, _) => "names it as its agency".to_owned(),
        (Why::Quoted, _) => "takes the story from it".to_owned(),
        (Why::Owner, _) => "is owned by it".to_owned(),
        (Why::Speaker, _) => "quotes it".to_owned(),
    }
}

struct Tree<'a> {
    whole: &'a Whole,
    chain: &'a Chain,
    /// The nodes that take from each node, with the ties by which they do.
    below: BTreeMap<usize, BTreeMap<usize, Vec<&'a Tie>>>,
    drawn: BTreeSet<usize>,
}

impl<'a> Tree<'a> {
    fn of(whole: &'a Whole, chain: &'a Chain) -> Tree<'a> {
        let mut below: BTreeMap<usize, BTreeMap<usize, Vec<&Tie>>> = BTreeMap::new();
        for t in chain.ties.iter().filter(|t| t.why != Why::Speaker) {
            below.entry(t.to).or_default().entry(t.from).or_default().push(t);
        }
        Tree { whole, chain, below, drawn: BTreeSet::new() }
    }

    /// Nodes that take from none, by origin.
    fn roots(&self) -> Vec<usize> {
        let takes: BTreeSet<usize> = self.below.values().flat_map(|b| b.keys().copied()).collect();
        let stands = |n: &usize| !takes.contains(n) && self.chain.nodes[*n].kind != NodeKind::Speaker;
        let mut roots: Vec<usize> = (0..self.chain.nodes.len()).filter(stands).collect();
        roots.sort_by_key(|n| (self.chain.nodes[*n].origin, *n));
        roots
    }

    fn name(&self, node: usize) -> String {
        name(self.whole, self.chain, node)
    }

    fn accounts(&self, node: usize) -> String {
        let n = &self.chain.nodes[node];
        match (n.kind, n.accounts.is_empty()) {
            (NodeKind::Owner, _) => "(owner)".to_owned(),
            (_, true) => "(no account of it here)".to_owned(),
            _ => n.accounts.iter().map(|a| format!("[{}]", a + 1)).collect::<Vec<_>>().join(" "),
        }
    }

    /// A node and what takes from it; what stands below several is drawn under the first, and only named under the others.
    fn draw(&mut self, root: usize, out: &mut dyn Write) -> io::Result<()> {
        let mut open = vec![(root, Vec::new(), INDENT.to_owned(), INDENT.to_owned())];
        while let Some((node, reasons, head, indent)) = open.pop() {
            write!(out, "{head}{} {}", self.name(node), self.accounts(node))?;
            if !reasons.is_empty() {
                tinted(out, &format!("  {}", reasons.join("; ")), Tone::Faint)?;
            }
            writeln!(out)?;
            if !self.drawn.insert(node) {
                continue;
            }
            let below = self.below.get(&node).into_iter().flatten();
            // No screen is wide enough for a chain of hundreds.
            let indent = if indent.chars().count() > WIDEST { INDENT.to_owned() } else { indent };
            for (n, (from, ties)) in below.rev().enumerate() {
                let (branch, rest) = if n == 0 { ("└─ ", "   ") } else { ("├─ ", "│  ") };
                let reasons: Vec<String> = ties.iter().map(|t| self.reason(t)).collect();
                open.push((*from, reasons, format!("{indent}{branch}"), format!("{indent}{rest}")));
            }
        }
        Ok(())
    }

    /// Why one takes from another, with the first words that say so.
    fn reason(&self, tie: &Tie) -> String {
        let why = why(tie);
        let words = tie.evidence.first().and_then(|shown| {
            let kept = self.whole.article(shown.account)?;
            Some(format!(": “{}” [{}]", screen::cut(&plain(shown.span.of(&kept.article.text)), 60), shown.account + 1))
        });
        why + &words.unwrap_or_default()
    }

    /// Who is quoted for one number by several: for that number they count once.
    fn speakers(&self, out: &mut dyn Write) -> io::Result<()> {
        for (node, n) in self.chain.nodes.iter().enumerate().filter(|(_, n)| n.kind == NodeKind::Speaker) {
            let of: Vec<&Tie> = self.chain.ties.iter().filter(|t| t.to == node).collect();
            let shown: BTreeSet<usize> = of.iter().flat_map(|t| t.evidence.iter().map(|s| s.account)).collect();
            let accounts: Vec<String> = shown.iter().map(|a| format!("[{}]", a + 1)).collect();
            let fields: BTreeSet<String> = of.iter().map(|t| t.field.replace('_', " ")).collect();
            let fields = fields.into_iter().collect::<Vec<_>>().join(", ");
            writeln!(out, "  Counted once for {fields}: {} all quote {}", accounts.join(" "), plain(&n.name))?;
        }
        Ok(())
    }
}
