//! Values by name in a fixed order: what a model of scores reads.

use super::key;
use std::fmt::Arguments;

/// Values in the order in which they are measured; their names only where somebody asks.
#[derive(Debug, Clone, Default)]
pub struct Numbers {
    /// The values.
    pub values: Vec<f32>,
    names: Option<Vec<String>>,
}

impl Numbers {
    /// An empty list that keeps names.
    pub(super) fn naming() -> Numbers {
        Numbers { values: Vec::new(), names: Some(Vec::new()) }
    }

    /// Adds a value.
    pub(super) fn put(&mut self, name: Arguments<'_>, value: f32) {
        self.values.push(value);
        if let Some(names) = &mut self.names {
            names.push(name.to_string());
        }
    }

    /// The names kept.
    pub(super) fn names(self) -> Vec<String> {
        self.names.unwrap_or_default()
    }
}

/// The keys under which a table knows these names.
pub(super) fn keys(names: &[String]) -> Vec<u64> {
    names.iter().map(|n| key(&[n])).collect()
}
