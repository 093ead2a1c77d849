//! Large files of records, cut into parts at line ends, so that they need little memory and many threads can share them.

use super::{Options, folder, too_large};
use article::Problem;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

/// Size of a part: many records, little memory.
const PART: u64 = 8 << 20;

/// The parts of a plain `.jsonl` or `.ndjson` file larger than one part; nothing for any other file.
pub(super) fn parts(path: &Path, options: &Options) -> Result<Vec<(u64, u64)>, Problem> {
    let lines = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("jsonl") || e.eq_ignore_ascii_case("ndjson"));
    let Some(metadata) = std::fs::metadata(path).ok().filter(|m| lines && m.is_file() && m.len() > PART) else {
        return Ok(Vec::new());
    };
    if metadata.len() > options.max_records {
        return Err(too_large(options.max_records));
    }
    let mut file = BufReader::new(File::open(path).map_err(|e| folder::failed(&e))?);
    let mut out = Vec::new();
    let mut from = 0;
    while from < metadata.len() {
        let to =
            line_end(&mut file, from + PART, options.max_file).map_err(|e| folder::failed(&e))?.min(metadata.len());
        if to - from > options.max_file {
            return Err(too_large(options.max_file));
        }
        out.push((from, to));
        from = to;
    }
    Ok(out)
}

/// One past the first line end at or after `at`, or past `most` bytes without one.
fn line_end(file: &mut BufReader<File>, at: u64, most: u64) -> std::io::Result<u64> {
    file.seek(SeekFrom::Start(at))?;
    let mut to = at;
    loop {
        let buffer = file.fill_buf()?;
        if buffer.is_empty() || to - at > most {
            return Ok(to);
        }
        if let Some(i) = buffer.iter().position(|b| *b == b'\n') {
            return Ok(to + i as u64 + 1);
        }
        let n = buffer.len();
        to += n as u64;
        file.consume(n);
    }
}

/// Reads one part.
pub(super) fn read(path: &Path, from: u64, to: u64) -> Result<Vec<u8>, Problem> {
    let read = || -> std::io::Result<Vec<u8>> {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(from))?;
        let mut bytes = Vec::new();
        file.take(to - from).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    read().map_err(|e| folder::failed(&e))
}
