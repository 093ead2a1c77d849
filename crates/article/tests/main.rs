//! Integration tests of articles, in one binary.

mod classes;
mod counts;
mod grammar;
mod harm;
mod intake;
mod names;
mod places;
mod sentences;
mod statements;
mod times;
