//! What the networks see of a word: a handful of 32-bit keys, one for each feature. And of two words: how far they stand
//! apart.
//!
//! The form, its beginnings and endings are taken in lower case with every digit as `0` and plain quotes and dashes, so
//! that a word in capitals shares all of them with its common form. What capitals say is a feature of its own, the shape.
//! A key that the model does not know is dropped at look-up; only an unknown form has a row of its own.

/// The version of this file's features; a model made for another is refused.
pub const VERSION: u32 = 1;

/// The key that stands for every form that the model does not know.
pub const UNKNOWN: u32 = 0;

/// Most keys that one word has.
pub const MOST: usize = 11;

/// Kinds of distances between two words.
pub const DISTANCES: usize = 18;

/// The kind of the distance from a dependent to its head, both numbered in text order: side, and how far, the nearer the finer.
pub fn distance(head: usize, dependent: usize) -> usize {
    let kind = match head.abs_diff(dependent) {
        far @ 0..=4 => far.max(1) - 1,
        5..=6 => 4,
        7..=9 => 5,
        10..=14 => 6,
        15..=22 => 7,
        _ => 8,
    };
    kind + if head < dependent { 0 } else { DISTANCES / 2 }
}

/// Bytes of a word that count; no word that anyone wrote is longer.
const LONGEST: usize = 64;

/// Appends the keys of `word` to `out`, the form's first. `glued` says that nothing stands between it and the word before.
pub fn keys(word: &str, glued: bool, out: &mut Vec<u32>) {
    let mut buffer = [0u8; LONGEST];
    let n = plain(word, &mut buffer);
    let w = &buffer[..n];
    out.push(key(1, w));
    for length in 1..=4 {
        if length < n {
            out.push(key(1 + length as u32, &w[n - length..]));
        }
    }
    for length in 1..=4 {
        if length < n {
            out.push(key(5 + length as u32, &w[..length]));
        }
    }
    let mut shape = [0u8; 8];
    let n = shape_of(word, &mut shape);
    out.push(key(10, &shape[..n]));
    if glued {
        out.push(key(11, b""));
    }
}

/// The key of one feature: FNV-1a over its kind and its bytes, never [`UNKNOWN`].
fn key(kind: u32, bytes: &[u8]) -> u32 {
    let mut h = (0x811c_9dc5 ^ kind).wrapping_mul(0x0100_0193);
    for b in bytes {
        h = (h ^ u32::from(*b)).wrapping_mul(0x0100_0193);
    }
    // FNV's low bits are good, its high bits are not; one round of mixing lets the table use any of them.
    h ^= h >> 15;
    h = h.wrapping_mul(0x2c1b_3c6d);
    h ^= h >> 13;
    h.max(1)
}

/// Writes the word in lower case, digits as `0`, quotes and dashes plain; the number of bytes written.
fn plain(word: &str, out: &mut [u8; LONGEST]) -> usize {
    if word.is_ascii() {
        let n = word.len().min(LONGEST);
        for (to, from) in out.iter_mut().zip(word.bytes()) {
            *to = if from.is_ascii_digit() { b'0' } else { from.to_ascii_lowercase() };
        }
        return n;
    }
    let mut n = 0;
    for c in word.chars().flat_map(char::to_lowercase) {
        let c = match c {
            '’' | '‘' | '`' | '´' => '\'',
            '“' | '”' | '„' | '«' | '»' => '"',
            '‐' | '‑' | '–' | '—' => '-',
            c if c.is_numeric() => '0',
            c => c,
        };
        if n + c.len_utf8() > LONGEST {
            break;
        }
        n += c.encode_utf8(&mut out[n..]).len();
    }
    n
}

/// The kinds of characters in order, a run of the same kind as one or two: `Bagram` is `Xxx`, `F-16` is `X-dd`.
fn shape_of(word: &str, out: &mut [u8; 8]) -> usize {
    let (mut n, mut run) = (0, 0);
    for c in word.chars() {
        let kind = match c {
            'a'..='z' => b'x',
            'A'..='Z' => b'X',
            '0'..='9' => b'd',
            '.' | ',' | '\'' | '-' | '/' | ':' | '@' | '&' => c as u8,
            '’' => b'\'',
            c if c.is_uppercase() => b'X',
            c if c.is_alphabetic() => b'x',
            c if c.is_numeric() => b'd',
            _ => b'?',
        };
        run = if n > 0 && out[n - 1] == kind { run + 1 } else { 1 };
        if run > 2 {
            continue;
        }
        if n == out.len() {
            break;
        }
        out[n] = kind;
        n += 1;
    }
    n
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(word: &str) -> Vec<u32> {
        let mut out = Vec::new();
        keys(word, false, &mut out);
        out
    }

    #[test]
    fn capitals_change_the_shape_alone() {
        let (a, b) = (of("Bagram"), of("BAGRAM"));
        assert_eq!(a[..a.len() - 1], b[..b.len() - 1]);
        assert_ne!(a.last(), b.last());
        assert_eq!(of("1984"), of("2021"));
        assert_eq!(of("’s")[0], of("'s")[0]);
    }

    #[test]
    fn no_word_has_too_many_keys() {
        for w in ["", "a", "é", "Straße", &"x".repeat(1000), &"ß’".repeat(300)] {
            let mut out = Vec::new();
            keys(w, true, &mut out);
            assert!(!out.is_empty() && out.len() <= MOST, "{w}");
        }
    }
}
