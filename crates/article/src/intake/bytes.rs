//! Unpacking and decoding: bytes as they came to text.
//!
//! Gzip is told by its first bytes, whatever the name says. A byte-order mark decides the encoding, then a clean reading
//! as UTF-8, then what the page declares, then statistics (chardetng). What does not fit is replaced by U+FFFD and said.

use super::{Limits, Raw};
use crate::Problem;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use flate2::read::MultiGzDecoder;
use std::borrow::Cow;
use std::io::Read;

/// How far into a page a declared encoding is looked for; the HTML standard says 1024, publishers do not listen.
const DECLARATION: usize = 4096;

/// The bytes without their gzip wrapping, if they have one. *Errors*: empty, damaged or swollen beyond the limits.
pub(super) fn unpack<'a>(raw: Raw<'a>, limits: &Limits) -> Result<Cow<'a, [u8]>, Problem> {
    let most = limits.max_bytes.max(limits.max_collection);
    if raw.bytes.is_empty() {
        return Err(empty());
    }
    if !raw.bytes.starts_with(&[0x1f, 0x8b]) {
        return if raw.bytes.len() > most { Err(too_large(most)) } else { Ok(Cow::Borrowed(raw.bytes)) };
    }
    let fair = raw.bytes.len().saturating_mul(limits.max_ratio).max(1 << 20).min(most);
    let mut out = Vec::new();
    let read = MultiGzDecoder::new(raw.bytes).take(fair as u64 + 1).read_to_end(&mut out);
    if out.len() > fair {
        return Err(if fair == most {
            too_large(most)
        } else {
            Problem::new(
                "intake/gzip-bomb",
                format!(
                    "More than {} times its packed size comes out of this file. Unpack it yourself if you trust it.",
                    limits.max_ratio
                ),
            )
        });
    }
    match read {
        Ok(_) if out.is_empty() => Err(empty()),
        Ok(_) => Ok(Cow::Owned(out)),
        Err(e) => Err(Problem::new(
            "intake/gzip",
            format!("The gzip data are damaged or cut off ({e}). Fetch or pack the file again."),
        )),
    }
}

/// The text, with problems noted; `None` if it is no text at all.
pub(super) fn decode<'a>(bytes: &'a [u8], problems: &mut Vec<Problem>) -> Option<Cow<'a, str>> {
    let (encoding, mark) = match Encoding::for_bom(bytes) {
        Some((e, n)) => (e, n),
        None => (unmarked_utf16(bytes).unwrap_or(UTF_8), 0),
    };
    let body = &bytes[mark..];
    if encoding == UTF_8 && is_binary(body) {
        problems.push(Problem::new(
            "intake/binary",
            "This is no text: images, PDF and office files are not read. Save the article as text or HTML.",
        ));
        return None;
    }
    let text = if encoding != UTF_8 || mark > 0 { with(encoding, body, problems) } else { guess(body, problems) };
    if text.trim().is_empty() {
        problems.push(empty());
        return None;
    }
    Some(text)
}

pub(super) fn too_large(most: usize) -> Problem {
    Problem::new(
        "intake/too-large",
        format!("Larger than {} MiB once unpacked. Split it into its articles.", most >> 20),
    )
}

pub(super) fn empty() -> Problem {
    Problem::new("intake/empty", "There is no text in it. Save or fetch the article again.")
}

fn guess<'a>(body: &'a [u8], problems: &mut Vec<Problem>) -> Cow<'a, str> {
    if let Ok(s) = std::str::from_utf8(body) {
        return Cow::Borrowed(s);
    }
    if let Some(e) = declared(body).filter(|e| *e != UTF_8) {
        return with(e, body, problems);
    }
    // UTF-8 with a few broken bytes is a damaged or mixed file, not another encoding.
    let lossy = String::from_utf8_lossy(body);
    let broken = lossy.matches('\u{fffd}').count();
    let sound = lossy.chars().filter(|c| !c.is_ascii() && *c != '\u{fffd}').count();
    if sound > broken {
        note_replaced(UTF_8, broken, problems);
        return lossy;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(body, true);
    with(detector.guess(None, chardetng::Utf8Detection::Deny), body, problems)
}

fn with<'a>(encoding: &'static Encoding, body: &'a [u8], problems: &mut Vec<Problem>) -> Cow<'a, str> {
    let (text, broken) = encoding.decode_without_bom_handling(body);
    if broken {
        note_replaced(encoding, text.matches('\u{fffd}').count(), problems);
    }
    text
}

fn note_replaced(encoding: &'static Encoding, count: usize, problems: &mut Vec<Problem>) {
    problems.push(Problem::new(
        "intake/encoding",
        format!("Read as {}, but {count} bytes do not fit and were replaced. Convert the file to UTF-8 if words are missing.", encoding.name()),
    ));
}

/// UTF-16 without a mark: Latin letters leave every other byte zero.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(1024) & !1];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|b| **b == 0).count() * 2;
    match (zeros(0) * 10, zeros(1) * 10) {
        _ if head.len() < 8 => None,
        (even, odd) if odd > head.len() * 7 && even < head.len() => Some(UTF_16LE),
        (even, odd) if even > head.len() * 7 && odd < head.len() => Some(UTF_16BE),
        _ => None,
    }
}

/// Control bytes that no text has, in more than a trace; or the first bytes of formats that look like text at first.
fn is_binary(body: &[u8]) -> bool {
    let head = &body[..body.len().min(64 << 10)];
    let control = head.iter().filter(|b| matches!(b, 0..=8 | 14..=26 | 28..=31 | 127)).count();
    control * 100 > head.len() || ["%PDF-", "PK\u{3}\u{4}", "{\\rtf"].iter().any(|m| head.starts_with(m.as_bytes()))
}

/// The encoding that a page's `meta` or XML declaration names.
fn declared(body: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&body[..body.len().min(DECLARATION)]).to_ascii_lowercase();
    let at = head.find("charset").map(|i| i + 7).or_else(|| head.find("encoding").map(|i| i + 8))?;
    let label = head[at..].trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let label = label.split(|c: char| !(c.is_ascii_alphanumeric() || "-_:".contains(c))).next()?;
    let found = Encoding::for_label(label.as_bytes())?;
    // A page that calls itself UTF-16 in bytes that could be read as ASCII is not.
    Some(if found == UTF_16LE || found == UTF_16BE { WINDOWS_1252 } else { found })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (Option<String>, Vec<String>) {
        let mut problems = Vec::new();
        let text = decode(bytes, &mut problems).map(Cow::into_owned);
        (text, problems.into_iter().map(|p| p.code).collect())
    }

    #[test]
    fn encodings_are_found() {
        let said = |b: &[u8]| read(b);
        assert_eq!(said("Café in Kunduz".as_bytes()), (Some("Café in Kunduz".into()), vec![]));
        assert_eq!(said(b"\xef\xbb\xbfCaf\xc3\xa9"), (Some("Café".into()), vec![]));
        assert_eq!(said(b"\xff\xfeC\0a\0f\0\xe9\0"), (Some("Café".into()), vec![]));
        assert_eq!(said(b"K\0u\0n\0d\0u\0z\0 \0\xe9\0").0.as_deref(), Some("Kunduz é"));
        assert_eq!(
            said(b"<meta charset=\"iso-8859-1\">Caf\xe9"),
            (Some("<meta charset=\"iso-8859-1\">Café".into()), vec![])
        );
        let cyrillic = encoding_rs::WINDOWS_1251
            .encode("Взрыв на рынке в городе унёс жизни людей, сообщила полиция.")
            .0
            .into_owned();
        assert!(said(&cyrillic).0.unwrap().starts_with("Взрыв на рынке"));
    }

    #[test]
    fn mixed_and_wrong_encodings_are_read_and_said() {
        let (text, codes) = read(
            "Ein Wort – und noch eins – und \u{201c}dieses\u{201d} dazu "
                .bytes()
                .chain(*b"Caf\xe9 zu")
                .collect::<Vec<_>>()
                .as_slice(),
        );
        assert!(text.unwrap().contains("– und noch"));
        assert_eq!(codes, ["intake/encoding"]);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(read(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0").1, ["intake/binary"]);
        assert_eq!(read(b"%PDF-1.7 text").1, ["intake/binary"]);
        assert_eq!(read(b" \n\t ").1, ["intake/empty"]);
    }
}
