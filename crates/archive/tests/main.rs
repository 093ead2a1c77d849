//! The archive from outside, in one binary.

mod manual;
mod source;
mod store;
mod decide;
mod table;
