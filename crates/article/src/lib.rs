//! Bytes of a page or file to an annotated [`Article`]: extraction, sentences, tokens, amounts, times, places.
//!
//! Knows nothing of violence, does no I/O, reads no clock, and never panics on any input: what is merely bad becomes a
//! [`Problem`] beside the value. Modules in reading order:

mod amount;
mod article;
pub mod classes;
mod edtf;
pub mod gazetteer;
pub mod grammar;
pub mod hedges;
mod intake;
mod lexicon;
pub mod names;
mod phrases;
pub mod places;
mod problem;
mod sketch;
mod span;
pub mod statements;
mod time;
mod token;

pub use amount::{Amount, Count, Counted, Form, Governor, Relation, Role, Unit, amounts, counts, number};
pub use article::{Article, Basis, Block, BlockKind, Found, Published};
pub use edtf::{Edtf, Partial};
pub use gazetteer::{Entry, EntryKind, Gazetteer};
pub use intake::{Intake, Limits, Raw, intake};
pub use lexicon::{Lexicon, ListId, Marks};
pub use problem::{Code, Problem};
pub use sketch::{similarity, sketch};
pub use span::Span;
pub use time::{
    DayPart, Length, Modifier, Time, TimeBasis, TimeKind, TimeRole, TimeUnit, Timex, Vague, all_times, times,
    weekday_within,
};
pub use token::{Sentence, Token, TokenKind, Tokens, fold};
