//! Which patterns can begin at a token: an index of patterns by what their first element asks for.

use super::{Mentions, Rule, What};
use crate::{ListId, Marks};
use std::collections::BTreeMap;

/// A pattern: the index of its rule, and its own among the rule's patterns.
type At = (usize, usize);

/// Patterns by first element, each list in order of rule and pattern.
#[derive(Debug, Clone, Default)]
pub(super) struct First {
    lists: Vec<Vec<At>>,
    classes: Vec<(usize, Vec<At>)>,
    /// Those that may begin anywhere.
    any: Vec<At>,
}

impl First {
    /// The index of `rules`.
    pub(super) fn of(rules: &[Rule]) -> First {
        let mut first = First::default();
        let mut classes: BTreeMap<usize, Vec<At>> = BTreeMap::new();
        for (r, rule) in rules.iter().enumerate() {
            for (p, pattern) in rule.patterns.iter().enumerate() {
                let mut open = true;
                // What is optional may be passed over; then what follows it begins the match.
                for e in pattern {
                    match e.what {
                        What::List(ListId(l)) => {
                            let l = usize::from(l);
                            first.lists.resize(first.lists.len().max(l + 1), Vec::new());
                            first.lists[l].push((r, p));
                        }
                        What::Class(c) => classes.entry(c).or_default().push((r, p)),
                        What::Any | What::Gap(_) | What::Aside => break,
                    }
                    if !e.optional {
                        open = false;
                        break;
                    }
                }
                if open {
                    first.any.push((r, p));
                }
            }
        }
        first.classes = classes.into_iter().collect();
        first
    }

    /// The patterns that can begin at token `i`, in order of rule and pattern, put into `out`.
    pub(super) fn at(&self, marks: &Marks, mentions: &impl Mentions, i: usize, out: &mut Vec<At>) {
        out.clear();
        for ListId(l) in marks.lists(i) {
            out.extend(self.lists.get(usize::from(l)).into_iter().flatten());
        }
        for (class, patterns) in &self.classes {
            if mentions.end(*class, i).is_some() {
                out.extend(patterns);
            }
        }
        if !out.is_empty() {
            out.extend(&self.any);
            out.sort_unstable();
            out.dedup();
        } else {
            out.extend(&self.any);
        }
    }
}
