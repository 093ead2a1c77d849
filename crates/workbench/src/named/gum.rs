//! GUM: entities in the last column of a treebank, nested, with their types and the numbers of those that are one.

use crate::conllu::Word;
use std::ops::Range;

/// One mention within a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mention {
    pub(crate) words: Range<usize>,
    /// What it is: `person`, `organization`, `place`, `object` and others.
    pub(crate) kind: String,
    /// Mentions of one thing have the same number in a document.
    pub(crate) group: String,
}

/// The mentions that begin and end in one sentence.
pub(crate) fn mentions(words: &[Word]) -> Vec<Mention> {
    let (mut open, mut out): (Vec<Mention>, _) = (Vec::new(), Vec::new());
    for (i, w) in words.iter().enumerate() {
        let Some(mut rest) = w.misc.split('|').find_map(|m| m.strip_prefix("Entity=")) else { continue };
        while !rest.is_empty() {
            if let Some(inner) = rest.strip_prefix('(') {
                let end = inner.find(['(', ')']).unwrap_or(inner.len());
                let mut parts = inner[..end].split('-');
                let (group, kind) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
                open.push(Mention { words: i..i + 1, kind: kind.to_owned(), group: group.to_owned() });
                rest = &inner[end..];
                if let Some(after) = rest.strip_prefix(')') {
                    out.extend(open.pop());
                    rest = after;
                }
            } else {
                let end = rest.find(')').map_or(rest.len(), |e| e + 1);
                let group = rest[..end].trim_end_matches(')');
                rest = &rest[end..];
                if let Some(at) = open.iter().rposition(|o| o.group == group) {
                    let mut mention = open.remove(at);
                    mention.words.end = i + 1;
                    out.push(mention);
                }
            }
        }
    }
    out
}

/// The word of a range that depends on one outside.
pub(crate) fn head(words: &[Word], range: &Range<usize>) -> usize {
    range.clone().find(|i| !range.contains(&words[*i].head.wrapping_sub(1))).unwrap_or(range.start)
}
