//! Many accounts to incidents with readings, independence and disagreement. Sees text only through evidence.
//!
//! Modules in reading order:

mod incident;
mod link;
mod block;
mod compare;
mod when;
mod names;
mod weights;
mod cluster;
mod origin;
mod reading;
mod choose;

pub use choose::choose;
pub use incident::{Bounds, Comparison, Field, Filed, Incident, Join, Reading, Rule, Supporter};
pub use link::link;
pub use origin::copies;
pub use weights::Level;
