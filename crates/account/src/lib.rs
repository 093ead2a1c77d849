//! One annotated article to its accounts: what does *this* article say about *each* incident it tells?
//!
//! Never sees a second article, does no I/O, and never panics on any input. Modules in reading order:

mod account;
mod actors;
mod binding;
mod cast;
pub mod chain;
mod doers;
mod effects;
mod field;
mod figure;
pub mod fill;
pub mod gtd;
mod happening;
pub mod harm;
mod harmed;
mod language;
mod locate;
mod measured;
mod motives;
mod outlets;
mod phrase;
mod reader;
mod relation;
mod roles;
mod scene;
mod scenery;
mod schemes;
mod setting;
mod sort;
mod spot;
mod stage;
mod statement;
mod thing;
mod unit;
mod when;
mod worth;

pub use account::{
    Account, Binding, Date, DateBasis, Described, Effect, Figure, Harmed, Kind, Measure, Mention, Motive, Place,
    Precision, Prominence, Report, Source, Stage, Standing, Statement, Trait, TraitKind, Value,
};
pub use actors::{Actor, ActorMention, Actors, Alias, Class, Form, is_generic};
pub use binding::Doer;
pub use figure::DENIED;
pub use outlets::{Outlet, OutletKind, Outlets};
pub use reader::Reader;
pub use relation::{Relation, Tie, relations};
pub use schemes::{Scheme, scheme};
