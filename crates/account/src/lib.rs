//! One annotated article to its accounts: what does *this* article say about *each* incident it tells?
//!
//! Never sees a second article, does no I/O, and never panics on any input.

mod account;

pub use account::{
    Account, Binding, Date, DateBasis, Figure, Kind, Measure, Mention, Place, Precision, Prominence, Report, Source,
    Stage, Standing, Statement, Value,
};
