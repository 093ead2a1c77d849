//! Integration tests of the archive, in one binary.

mod source;
