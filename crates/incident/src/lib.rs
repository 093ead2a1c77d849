//! Many accounts to incidents with readings, independence and disagreement. Sees text only through evidence.
//!
//! Modules in reading order:

mod block;
mod chain;
mod choose;
mod cluster;
mod compare;
mod decided;
mod disagreement;
mod incident;
mod index;
mod judge;
mod link;
mod linker;
mod names;
mod origin;
mod profile;
mod reading;
mod rule;
mod said;
mod speaker;
mod symbols;
mod time;
mod unit;
mod view;
mod weights;
mod when;
mod why;
mod year;

pub use block::{Ask, Keys, crowd};
pub use chain::{Chain, Node, NodeKind, Shown, Tie, Why, chain};
pub use choose::{Correction, choose, people};
pub use decided::Decided;
pub use disagreement::{Disagreement, Disagreements};
pub use incident::{Bounds, By, Comparison, Field, Filed, Incident, Join, Reading, Supporter};
pub use link::{id, link};
pub use linker::{Group, Linker, Part, Round};
pub use origin::copies;
pub use rule::{Rating, Rule, Rules};
pub use said::said;
pub use weights::{Level, Weights};
pub use why::words;

#[cfg(test)]
mod tests;
