//! Features as keys: what a model is asked about is a set of numbers, each the hash of a readable name.
//!
//! A model knows its features by name in a file that a person can read; when an article is read only hashes are made, and
//! names only where somebody asks what decided.

use std::collections::BTreeMap;

/// Collects the features of one thing.
#[derive(Debug, Default)]
pub struct Keys<'n> {
    keys: Vec<u64>,
    names: Option<&'n mut BTreeMap<u64, String>>,
}

impl<'n> Keys<'n> {
    /// An empty collection that also notes the name of each feature.
    pub fn naming(names: &'n mut BTreeMap<u64, String>) -> Keys<'n> {
        Keys { keys: Vec::new(), names: Some(names) }
    }

    /// Adds the feature whose name is all `parts` in a row.
    pub fn put(&mut self, parts: &[&str]) {
        let key = key(parts);
        if let Some(names) = self.names.as_deref_mut() {
            names.entry(key).or_insert_with(|| parts.concat().replace(['\t', '\n'], " "));
        }
        self.keys.push(key);
    }

    /// What was collected, each once, in order, and the collection empty again.
    pub fn take(&mut self) -> Vec<u64> {
        let mut out = std::mem::take(&mut self.keys);
        out.sort_unstable();
        out.dedup();
        out
    }
}

/// The key of a name given in parts (FNV-1a, 64 bits).
pub fn key(parts: &[&str]) -> u64 {
    let bytes = parts.iter().flat_map(|p| p.bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}
