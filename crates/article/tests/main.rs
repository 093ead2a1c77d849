//! Integration tests of articles, in one binary.

mod grammar;
mod intake;
mod names;
