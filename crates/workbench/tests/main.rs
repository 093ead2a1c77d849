//! Tests of the whole: scores, the bundled examples, and the order of the house.

mod examples;
mod muc4;
mod score;
mod seeds;
mod tidy;

use std::path::{Path, PathBuf};

/// The project's top folder.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// A file or folder of the shared data, if it is there. Without it a test says so and passes, except where all must run.
fn shared(what: &str) -> Option<PathBuf> {
    let data = std::env::var_os("KHABAR_DATA").map_or(root().join("../shared/data"), PathBuf::from);
    let path = data.join(what);
    if path.exists() {
        return Some(path);
    }
    assert!(!in_ci(), "{} must be there in CI", path.display());
    println!("skipped: {} is not there; KHABAR_DATA names the data folder", path.display());
    None
}

/// Whether nothing may be skipped.
fn in_ci() -> bool {
    std::env::var("CI").as_deref() == Ok("true")
}
