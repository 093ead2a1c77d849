//! Bytes of a page or file to an annotated [`Article`]: extraction, sentences, tokens, amounts, times, places.
//!
//! Knows nothing of violence, does no I/O, reads no clock, and never panics on any input: what is merely bad becomes a
//! [`Problem`] beside the value. Modules in reading order:

mod article;
mod edtf;
mod intake;
mod problem;
mod sketch;
mod span;
mod token;

pub use article::{Article, Basis, Block, BlockKind, Found, Published};
pub use edtf::{Edtf, Partial};
pub use intake::{Intake, Limits, Raw, intake};
pub use problem::{Code, Problem};
pub use sketch::{similarity, sketch};
pub use span::Span;
pub use token::{Sentence, Token, TokenKind, Tokens, fold};
