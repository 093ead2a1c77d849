//! What the network sees of a word beside its letters: the lists of which it is part, and where in the entry it stands.

use super::lists::Match;

/// The version of these features and of the hashes of lists; a model made for another is refused.
pub const VERSION: u32 = 1;

/// How capitals are used in a word, which tells how far a list can be trusted.
fn case(word: &str) -> u32 {
    let mut capitals = word.chars().map(char::is_uppercase);
    match (capitals.next().unwrap_or(false), capitals.next()) {
        (false, _) => 0,
        (true, Some(true)) => 2,
        _ => 1,
    }
}

/// Appends (word, key) for each word of each match, sorted by word.
pub fn keys(words: &[&str], matches: &[Match], out: &mut Vec<(u32, u32)>) {
    out.clear();
    for m in matches {
        for at in m.begin..m.end {
            let place = u32::from(at > m.begin) + 2 * u32::from(at + 1 < m.end);
            let code = u32::from(m.list) * 16 + place * 4 + case(words[at as usize]);
            out.push((at, key(code)));
        }
    }
    out.sort_unstable();
}

fn key(code: u32) -> u32 {
    let h = (code ^ 0x5bd1_e995).wrapping_mul(0x9e37_79b1);
    (h ^ h >> 15).wrapping_mul(0x2c1b_3c6d).clamp(1, u32::MAX - 1)
}
