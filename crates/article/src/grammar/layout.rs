//! The layout of a grammar file: a head, then numbers in a fixed order, little-endian.
//!
//! ```text
//! magic, format version, feature version
//! labels: count, then each as length and bytes; the sizes of the arc and label vectors
//! keys of features, sorted; row i of every table of embeddings belongs to key i, row 0 to the unknown form
//! tagger: width, layers, row scales, rows (i8), matrices (before each layer's, shares of the words beside); parser: the
//! same, then the matrix of arcs, the root's vector, those of distances, the matrix of labels, the root's vector
//! lemmas: edits as text, then sorted keys with the edit of each
//! ```
//!
//! A matrix is its row scales, its biases and its weights (i16), outputs first.

/// The first bytes of a grammar file.
pub const MAGIC: [u8; 8] = *b"KHGRAMR\n";

/// The version of the layout; another is refused.
pub const VERSION: u32 = 2;

/// The largest quantised weight of a matrix.
pub const WEIGHT: f32 = 1023.0;

/// The file ends too early, or holds what cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Broken;

/// Reads numbers in order and never past the end.
pub(crate) struct Source<'a>(pub(crate) &'a [u8]);

impl<'a> Source<'a> {
    pub(crate) fn take(&mut self, n: usize) -> Result<&'a [u8], Broken> {
        let (head, rest) = self.0.split_at_checked(n).ok_or(Broken)?;
        self.0 = rest;
        Ok(head)
    }

    pub(crate) fn number(&mut self) -> Result<u32, Broken> {
        Ok(self.take(4)?.iter().rev().fold(0, |n, b| n << 8 | u32::from(*b)))
    }

    pub(crate) fn text(&mut self) -> Result<&'a str, Broken> {
        let n = self.number()? as usize;
        std::str::from_utf8(self.take(n)?).map_err(|_| Broken)
    }

    pub(crate) fn numbers(&mut self, n: usize) -> Result<Vec<u32>, Broken> {
        let bytes = self.take(n.checked_mul(4).ok_or(Broken)?)?;
        Ok(bytes.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
    }

    /// Finite numbers; anything else would spread through every sum.
    pub(crate) fn floats(&mut self, n: usize) -> Result<Vec<f32>, Broken> {
        let all: Vec<f32> = self.numbers(n)?.into_iter().map(f32::from_bits).collect();
        if all.iter().all(|v| v.abs() < 1e6) { Ok(all) } else { Err(Broken) }
    }

    pub(crate) fn shorts(&mut self, n: usize) -> Result<Vec<i16>, Broken> {
        let bytes = self.take(n.checked_mul(2).ok_or(Broken)?)?;
        Ok(bytes.chunks_exact(2).map(|b| i16::from_le_bytes([b[0], b[1]])).collect())
    }

    pub(crate) fn signed(&mut self, n: usize) -> Result<Vec<i8>, Broken> {
        Ok(self.take(n)?.iter().map(|b| *b as i8).collect())
    }
}
