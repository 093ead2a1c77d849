//! Integration tests of articles, in one binary.

mod grammar;
mod harm;
mod intake;
mod places;
