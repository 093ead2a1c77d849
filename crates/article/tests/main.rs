//! Integration tests of articles, in one binary.

mod intake;
