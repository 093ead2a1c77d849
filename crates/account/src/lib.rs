//! One annotated article to its accounts: what does *this* article say about *each* incident it tells?
//!
//! Never sees a second article, does no I/O, and never panics on any input.

mod account;
mod actors;

pub use account::{
    Account, Binding, Date, DateBasis, Figure, Kind, Measure, Mention, Place, Precision, Prominence, Report, Source,
    Stage, Standing, Statement, Value,
};
pub use actors::{Actor, ActorMention, Actors, Alias, Class, Form, is_generic};
