//! Many accounts to incidents with readings, independence and disagreement. Sees text only through evidence.

mod incident;

pub use incident::{Field, Filed, Incident, Reading, Rule, Supporter};
