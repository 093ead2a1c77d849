//! The archive from outside, in one binary.

mod brief;
mod decide;
mod linking;
mod manual;
mod source;
mod store;
mod table;
