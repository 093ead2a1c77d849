//! Integration tests of articles, in one binary.

mod classes;
mod grammar;
mod intake;
