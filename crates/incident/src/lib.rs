//! Many accounts to incidents with readings, independence and disagreement. Sees text only through evidence.
//!
//! Modules in reading order:

mod block;
mod choose;
mod cluster;
mod compare;
mod decided;
mod disagreement;
mod incident;
mod judge;
mod link;
mod names;
mod origin;
mod reading;
mod rule;
mod weights;
mod when;
mod year;

pub use choose::{Correction, choose};
pub use decided::Decided;
pub use disagreement::{Disagreement, Disagreements};
pub use incident::{Bounds, By, Comparison, Field, Filed, Incident, Join, Reading, Supporter};
pub use link::link;
pub use origin::copies;
pub use rule::{Rating, Rule, Rules};
pub use weights::Level;

#[cfg(test)]
mod tests;
