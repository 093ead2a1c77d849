//! Integration tests of articles, in one binary.

mod classes;
mod counts;
mod grammar;
mod intake;
mod statements;
