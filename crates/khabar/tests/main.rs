//! The program from outside: what people and scripts see.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

mod bad;
mod decisions;
mod lookups;
mod manual;
mod steady;
mod users;

/// A folder of its own in which the program runs.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Place {
        Place(tempfile::tempdir().unwrap())
    }

    /// With the articles of `testdata/cli` read.
    fn filled() -> Place {
        let place = Place::new();
        let read = place.run(&["read", articles()]);
        assert_eq!(read.code, 0, "{}{}", read.out, read.err);
        place
    }

    fn command(&self) -> Command {
        let mut c = Command::new(env!("CARGO_BIN_EXE_khabar"));
        c.current_dir(self.0.path())
            .env_remove("KHABAR_ARCHIVE")
            .env_remove("KHABAR_USER")
            .env_remove("CLICOLOR_FORCE");
        c
    }

    fn run(&self, args: &[&str]) -> Ran {
        self.command().args(args).output().unwrap().into()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}

struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl From<Output> for Ran {
    fn from(o: Output) -> Ran {
        let text = |b: Vec<u8>| String::from_utf8(b).unwrap();
        Ran { code: o.status.code().unwrap_or(-1), out: text(o.stdout), err: text(o.stderr) }
    }
}

impl Ran {
    /// Its lines as JSON.
    fn json(&self) -> Vec<serde_json::Value> {
        self.out.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
    }
}

/// Five invented articles: two on one bombing, whose tolls differ, one on a shooting, one on an abduction, one on bread.
fn articles() -> &'static str {
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/cli")
}

/// The articles that the demo reads.
fn examples() -> &'static str {
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/examples/reports")
}

fn project() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}
