//! Keeps and finds: the only crate with files, SQL and network.
//!
//! An [`Archive`] is one SQLite file. [`Archive::read`] fills it, and what was read is written once; incidents are rebuilt
//! from the accounts by [`Archive::relink`]. Everything that is handed out comes in an order that does not depend on the
//! order of arrival. Modules in reading order:

mod error;
mod store;

pub mod source;

mod decide;
mod evidence;
mod read;
mod relink;
mod rows;
mod write;

mod brief;
mod chain;
mod dossier;
mod find;
mod opened;
mod outlets;
mod overview;
mod review;
mod search;
mod table;
mod toll;

pub use brief::{Brief, By, Sort};
pub use decide::{Act, Anchor, Author, Conflict, Decision, Entry, Group, Names, Pointed, Taken};
pub use dossier::{Dossier, Printed, Relating};
pub use error::Error;
pub use find::{Filter, Whole};
pub use opened::Opened;
pub use outlets::Outlet;
pub use overview::{Overview, Spot};
pub use read::{Input, Job, Step, Summary, digest};
pub use relink::{Between, Change, Compared};
pub use review::{Item, LOOKED, Near, Review, Topic};
pub use rows::Kept;
pub use search::{END, FOUND, Hit};
pub use store::{Archive, Options};
pub use table::Map;
pub use toll::{Toll, toll};
pub use write::{Digest, Told};
