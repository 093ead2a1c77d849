//! Bytes of a page or file to an annotated [`Article`]: extraction, sentences, tokens, amounts, times, places.
//!
//! Knows nothing of violence, does no I/O, reads no clock, and never panics on any input: what is merely bad becomes a
//! [`Problem`] beside the value. Modules in reading order:

mod amount;
mod article;
mod edtf;
pub mod gazetteer;
pub mod grammar;
mod intake;
mod lexicon;
pub mod names;
pub mod pattern;
mod phrases;
pub mod places;
mod problem;
mod sketch;
mod span;
mod time;
mod token;

pub use amount::{Amount, Unit, amounts, number};
pub use article::{Article, Basis, Block, BlockKind, Found, Published};
pub use edtf::{Edtf, Partial};
pub use gazetteer::{Entry, EntryKind, Gazetteer};
pub use intake::{Intake, Limits, Raw, intake};
pub use lexicon::{Lexicon, ListId, Marks};
pub use problem::{Code, Problem};
pub use sketch::{similarity, sketch};
pub use span::Span;
pub use time::{Time, TimeBasis, TimeRole, times, weekday_within};
pub use token::{Sentence, Token, TokenKind, Tokens, fold};
