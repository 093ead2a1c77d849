//! The source chain of an incident drawn as text: which accounts go back to which, and which stand by themselves.

use crate::label;
use crate::screen::plain;
use archive::Whole;
use article::fold;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// Prints one tree an origin: what an account names as its source stands above it, also where no account is of that outlet.
pub(crate) fn print(whole: &Whole, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "Sources, one tree an origin ({}):",
        label::count(whole.incident.origins.len(), "independent source")
    )?;
    for group in &whole.incident.origins {
        let tree = Tree::of(whole, group);
        for root in &tree.roots {
            tree.draw(root, "  ", "  ", out)?;
        }
    }
    Ok(())
}

/// What stands at a place of the tree: accounts of one outlet, or an outlet that they name.
#[derive(Default)]
struct Node {
    name: String,
    accounts: Vec<usize>,
    below: BTreeSet<String>,
}

struct Tree {
    nodes: BTreeMap<String, Node>,
    roots: Vec<String>,
}

impl Tree {
    fn of(whole: &Whole, group: &[usize]) -> Tree {
        let mut nodes: BTreeMap<String, Node> = BTreeMap::new();
        let mut above: BTreeMap<String, String> = BTreeMap::new();
        for &i in group {
            let Some(kept) = whole.article(i) else { continue };
            let own = label::outlet(kept);
            nodes.entry(key(&own)).or_insert_with(|| Node { name: own.clone(), ..Node::default() }).accounts.push(i);
            // Nearest first: each outlet of the chain stands above the one before it.
            let mut at = key(&own);
            let own_short = |s: &String| s.len() > 1 && *s == initials(&own);
            for source in kept.source_chain.iter().map(|v| plain(&v.value)).filter(|s| !s.is_empty() && !own_short(s)) {
                let next = key(&source);
                nodes.entry(next.clone()).or_insert_with(|| Node { name: source, ..Node::default() });
                if next != at {
                    above.entry(at).or_insert_with(|| next.clone());
                }
                at = next;
            }
        }
        // Outlets that name each other would stand above themselves.
        let keys: Vec<String> = nodes.keys().cloned().collect();
        for k in &keys {
            let mut seen = BTreeSet::from([k.clone()]);
            let mut at = k.clone();
            while let Some(next) = above.get(&at).cloned() {
                if !seen.insert(next.clone()) {
                    above.remove(&at);
                    break;
                }
                at = next;
            }
        }
        for (below, over) in &above {
            if let Some(n) = nodes.get_mut(over) {
                n.below.insert(below.clone());
            }
        }
        // Without a name for it, copies hang below the account that was first.
        let mut roots: Vec<String> = keys.into_iter().filter(|k| !above.contains_key(k)).collect();
        let first = |nodes: &BTreeMap<String, Node>, k: &String| {
            let outside = nodes[k].accounts.is_empty();
            (!outside, nodes[k].accounts.first().copied().unwrap_or(0), k.clone())
        };
        roots.sort_by_key(|k| first(&nodes, k));
        if let Some((root, copies)) = roots.split_first().map(|(r, c)| (r.clone(), c.to_vec())) {
            if let Some(n) = nodes.get_mut(&root) {
                n.below.extend(copies);
            }
            roots.truncate(1);
        }
        Tree { nodes, roots }
    }

    fn draw(&self, key: &str, head: &str, indent: &str, out: &mut dyn Write) -> io::Result<()> {
        let Some(node) = self.nodes.get(key) else { return Ok(()) };
        let numbers = node.accounts.iter().map(|a| format!("[{}]", a + 1)).collect::<Vec<_>>().join(" ");
        let numbers = if numbers.is_empty() { "(no account of it here)".to_owned() } else { numbers };
        writeln!(out, "{head}{} {numbers}", node.name)?;
        for (n, below) in node.below.iter().enumerate() {
            let last = n + 1 == node.below.len();
            let (branch, rest) = if last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
            self.draw(below, &format!("{indent}{branch}"), &format!("{indent}{rest}"), out)?;
        }
        Ok(())
    }
}

/// An agency signs with its initials.
fn initials(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.eq_ignore_ascii_case("the"));
    words.filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).collect()
}

/// "The Volta Post" and "Volta Post" are one outlet.
fn key(name: &str) -> String {
    let folded = fold(name);
    folded.trim().strip_prefix("the ").unwrap_or(folded.trim()).to_owned()
}
