//! Keeps and finds: the only crate with files, SQL and network.

pub mod source;
