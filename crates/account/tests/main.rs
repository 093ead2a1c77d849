//! What articles are read as: golden files that a person can read, and promises that hold for any text.

mod chain;
mod fill;
mod gate;
mod golden;
mod harmed;
mod properties;
mod rules;
mod standing;
mod telling;

use article::{Article, Limits, Raw, intake};

/// A text as an article of our paper, published on a Wednesday.
fn news(text: &str) -> Article {
    let page = format!("Outlet: Our Paper\nPublished: 2025-03-05T12:00:00Z\nTitle: News\n\n{text}\n");
    intake(Raw { name: "text.txt", bytes: page.as_bytes() }, &Limits::default()).articles.remove(0)
}
