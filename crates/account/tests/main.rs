//! What articles are read as: golden files that a person can read, and promises that hold for any text.

mod fill;
mod golden;
mod properties;
mod standing;
mod telling;
