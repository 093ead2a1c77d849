//! The words of `times.txt`.

use crate::phrases::{Phrases, sections};
use std::sync::LazyLock;

pub(super) struct Words {
    pub(super) month: Phrases<u8>,
    pub(super) weekday: Phrases<u8>,
    pub(super) unit: Phrases<String>,
    pub(super) ago: Phrases<i32>,
    pub(super) relative: Phrases<(String, i32)>,
    pub(super) story: Phrases<i32>,
    pub(super) ahead: Phrases<()>,
    pub(super) since: Phrases<()>,
    pub(super) until: Phrases<()>,
    pub(super) lead: Phrases<()>,
}

impl Words {
    pub(super) fn get() -> &'static Words {
        static WORDS: LazyLock<Words> =
            LazyLock::new(|| Words::parse(include_str!("../../../../language/en/times.txt")));
        &WORDS
    }

    fn parse(text: &str) -> Words {
        let sections = sections(text);
        let rows = |name: &str| sections.get(name).map_or(&[][..], Vec::as_slice);
        let set = |name: &str| Phrases::of(rows(name), |_| Some(()));
        Words {
            month: Phrases::of(rows("month"), |v| v.parse().ok()),
            weekday: Phrases::of(rows("weekday"), |v| v.parse().ok()),
            unit: Phrases::of(rows("unit"), |v| Some(v.to_owned())),
            ago: Phrases::of(rows("ago"), |v| v.parse().ok()),
            relative: Phrases::of(rows("relative"), |v| {
                let (unit, steps) = v.split_once(' ')?;
                Some((unit.to_owned(), steps.parse().ok()?))
            }),
            story: Phrases::of(rows("story"), |v| v.parse().ok()),
            ahead: set("ahead"),
            since: set("since"),
            until: set("until"),
            lead: set("lead"),
        }
    }
}
