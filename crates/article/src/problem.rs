//! What went wrong with one input, without stopping the rest.

use crate::Span;
use serde::{Deserialize, Serialize};

/// A stable name for one class of problem, such as `intake/empty`.
///
/// Codes are never renamed or reused: users filter logs by them. Each is listed with its remedy in the manual.
pub type Code = &'static str;

/// One thing that was wrong with an input: a code, where it was, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Problem {
    /// Stable code, `stage/what`.
    pub code: String,
    /// Where in the article's text, when it lies there.
    pub span: Option<Span>,
    /// What happened and what to do, one sentence each, for a person.
    pub detail: String,
}

impl Problem {
    /// A problem that concerns the whole input.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Problem { code: code.to_owned(), span: None, detail: detail.into() }
    }
}
