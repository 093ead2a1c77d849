//! What scoring, training and measuring of linking share: accounts with their true incidents, and B³.

pub(crate) mod b3;
pub(crate) mod corpus;
pub(crate) mod maverick;
pub(crate) mod synthetic;

use anyhow::{Context, Result, ensure};
use incident::{Decided, Filed, Group, Incident, Linker, Weights};
use std::path::Path;

/// The incidents of accounts, compared with these weights.
pub(crate) fn incidents(filed: &[Filed], weights: &Weights) -> Vec<Incident> {
    let mut linker = Linker::with(weights.clone());
    filed.iter().for_each(|f| _ = linker.add(f));
    let incident = |g: &Group| linker.incident(g, &g.accounts.iter().map(|n| &filed[*n as usize]).collect::<Vec<_>>());
    linker.link(&Decided::default()).iter().map(incident).collect()
}

/// The table of weights in a file, or the one that ships.
pub(crate) fn weights(file: Option<&Path>) -> Result<Weights> {
    let Some(file) = file else { return Ok(Weights::builtin().clone()) };
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let (weights, bad) = Weights::parse(&text);
    ensure!(bad.is_empty(), "{}: lines that are no weights: {bad:?}", file.display());
    Ok(weights)
}
