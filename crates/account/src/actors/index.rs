//! All names of a list, squeezed and sorted, so that a text can be walked for the longest one.

use super::{Actor, Form};

/// Letters and digits of a folded text, nothing between: "isis-k", "isis k" and "i.s.i.s.-k" are all "isisk".
pub(super) fn squeeze(folded: &str) -> String {
    folded.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// One name of one actor.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    /// Index of the actor.
    pub(super) actor: usize,
    /// Index of the name among the actor's aliases.
    pub(super) alias: usize,
    /// How the name may be used.
    pub(super) form: Form,
}

/// Squeezed names in order, each with those who bear it.
#[derive(Debug, Default)]
pub(super) struct Index {
    names: Vec<(String, Vec<Hit>)>,
}

impl Index {
    /// The index of a list.
    pub(super) fn of(list: &[Actor]) -> Index {
        let mut flat: Vec<(String, Hit)> = Vec::new();
        for (actor, a) in list.iter().enumerate() {
            for (alias, n) in a.aliases.iter().enumerate() {
                let key = squeeze(&article::fold(n.name.strip_prefix("the ").unwrap_or(&n.name)));
                flat.push((key, Hit { actor, alias, form: n.form }));
            }
        }
        flat.sort_by(|a, b| (&a.0, a.1.actor, a.1.alias).cmp(&(&b.0, b.1.actor, b.1.alias)));
        let mut names: Vec<(String, Vec<Hit>)> = Vec::new();
        for (key, hit) in flat {
            match names.last_mut() {
                Some((k, hits)) if *k == key => hits.push(hit),
                _ => names.push((key, vec![hit])),
            }
        }
        Index { names }
    }

    /// Those who bear exactly this squeezed name.
    pub(super) fn exact(&self, squeezed: &str) -> &[Hit] {
        self.names.binary_search_by(|(k, _)| k.as_str().cmp(squeezed)).map_or(&[], |i| &self.names[i].1)
    }

    /// Whether some name begins so.
    pub(super) fn begins(&self, prefix: &str) -> bool {
        let i = self.names.partition_point(|(k, _)| k.as_str() < prefix);
        self.names.get(i).is_some_and(|(k, _)| k.starts_with(prefix))
    }
}
