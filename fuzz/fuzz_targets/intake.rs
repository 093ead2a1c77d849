//! Bytes of a file, of which the first chooses the name and with it the format.

#![no_main]

use article::{Limits, Raw, intake};
use libfuzzer_sys::fuzz_target;

const NAMES: [&str; 6] = ["a.txt", "a.html", "a.json", "a.jsonl", "a.txt.gz", "https://www.example.org/2021/03/a"];

fuzz_target!(|data: &[u8]| {
    let Some((first, bytes)) = data.split_first() else { return };
    let limits = Limits { max_bytes: 1 << 18, max_collection: 1 << 18, ..Limits::default() };
    let out = intake(Raw { name: NAMES[usize::from(*first) % NAMES.len()], bytes }, &limits);
    for a in &out.articles {
        a.check().expect("the blocks of an article are in order and cover its text");
    }
});
