//! The archive from outside, in one binary.

mod brief;
mod decide;
mod invented;
mod linking;
mod manual;
mod order;
mod source;
mod store;
mod table;
