//! The layout of a table of classes: small tables, each as its count and its rows, then a finite-state map to the end.
//!
//! ```text
//! magic with version
//! names of the classes, in the order of their bits
//! endings of plurals, each with the ending of the singular, in the order in which they are tried
//! sets of classes: 16 bytes each
//! lists of senses: a byte for their number, then each as the number of its set (2 bytes) and its share (1 byte)
//! map from nouns (folded), irregular plurals, and endings behind a `*`, to twice the
//! number of their list, and one more for an irregular plural
//! ```
//!
//! Counts have four bytes, texts a byte for their length; numbers are little-endian.

/// The first bytes of a table of this layout.
pub const MAGIC: [u8; 8] = *b"KHNOUNS1";

/// The file ends too early, or holds what cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Broken;

/// Reads rows in order and never past the end.
pub(super) struct Source(&'static [u8]);

impl Source {
    pub(super) fn open(bytes: &'static [u8]) -> Option<Source> {
        bytes.strip_prefix(&MAGIC).map(Source)
    }

    fn take(&mut self, n: usize) -> Result<&'static [u8], Broken> {
        let (head, rest) = self.0.split_at_checked(n).ok_or(Broken)?;
        self.0 = rest;
        Ok(head)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], Broken> {
        self.take(N)?.try_into().map_err(|_| Broken)
    }

    pub(super) fn byte(&mut self) -> Result<u8, Broken> {
        Ok(self.array::<1>()?[0])
    }

    pub(super) fn text(&mut self) -> Result<&'static str, Broken> {
        let n = self.byte()?;
        std::str::from_utf8(self.take(n.into())?).map_err(|_| Broken)
    }

    /// A table with a long count. A false count runs into the end, since every row takes bytes.
    pub(super) fn many<T>(&mut self, row: impl Fn(&mut Source) -> Result<T, Broken>) -> Result<Vec<T>, Broken> {
        let n = u32::from_le_bytes(self.array()?);
        (0..n).map(|_| row(self)).collect()
    }

    /// A table with a count of one byte.
    pub(super) fn few<T>(&mut self, row: impl Fn(&mut Source) -> Result<T, Broken>) -> Result<Vec<T>, Broken> {
        let n = self.byte()?;
        (0..n).map(|_| row(self)).collect()
    }

    /// All that is left.
    pub(super) fn rest(self) -> &'static [u8] {
        self.0
    }
}
