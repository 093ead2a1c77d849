//! Ways to mark names, learnt side by side because no corpus has them all, and the best marks for a run of scores.
//!
//! The plain scheme marks proper names of persons, organisations and places, without titles and articles, as the Universal
//! NER corpora do. The field scheme marks what an analyst of a conflict underlines: whole phrases with their titles, groups
//! and weapons without a name, times and amounts, as re3d does. A third, of all phrases for persons, bodies and places, is
//! learnt along from GUM for what it tells of their bounds, and not used. Each word gets a mark for the first, an inner, the last or
//! the only word of a kind, or none; marks that cannot follow each other are never chosen (Viterbi's algorithm).

use std::ops::Range;

/// One way to mark names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Proper names: person, organisation, place.
    Plain,
    /// Phrases: the kinds of re3d.
    Field,
    /// Phrases with a name or without: some types of GUM.
    Phrase,
}

/// Kinds of the plain scheme.
pub const PLAIN: [&str; 3] = ["PER", "ORG", "LOC"];

/// Kinds of the field scheme.
pub const FIELD: [&str; 11] = [
    "Person",
    "Organisation",
    "Location",
    "Nationality",
    "Weapon",
    "MilitaryPlatform",
    "Vehicle",
    "Temporal",
    "Quantity",
    "Money",
    "DocumentReference",
];

/// Kinds of the third scheme.
pub const PHRASE: [&str; 4] = ["person", "organization", "place", "object"];

/// Outputs before those of the schemes: the tags, which are learnt along and not used.
const TAGS: usize = 17;

/// Outputs of a model: tags, the marks of the schemes, and one that is not used.
pub const OUTPUTS: usize = TAGS + 3 + 4 * (PLAIN.len() + FIELD.len() + PHRASE.len()) + 1;

impl Scheme {
    /// The names of its kinds.
    pub fn kinds(self) -> &'static [&'static str] {
        match self {
            Scheme::Plain => &PLAIN,
            Scheme::Field => &FIELD,
            Scheme::Phrase => &PHRASE,
        }
    }

    /// Its outputs among those of a model.
    pub fn outputs(self) -> Range<usize> {
        let field = TAGS + 1 + 4 * PLAIN.len();
        let phrase = field + 1 + 4 * FIELD.len();
        match self {
            Scheme::Plain => TAGS..field,
            Scheme::Field => field..phrase,
            Scheme::Phrase => phrase..OUTPUTS - 1,
        }
    }

    /// The mark of each of `words` words that `spans` give. *Shape*: spans as (words, kind), apart from each other.
    pub fn marks(self, words: usize, spans: &[(Range<usize>, usize)]) -> Vec<usize> {
        let mut out = vec![0; words];
        for (range, kind) in spans {
            for at in range.clone() {
                let place = match (at == range.start, at + 1 == range.end) {
                    (true, true) => ONLY,
                    (true, false) => FIRST,
                    (false, true) => LAST,
                    (false, false) => INNER,
                };
                out[at] = 1 + 4 * kind + place;
            }
        }
        out
    }
}

const FIRST: usize = 0;
const INNER: usize = 1;
const LAST: usize = 2;
const ONLY: usize = 3;

/// Buffers of [`Decoder::best`].
#[derive(Debug, Default)]
pub(super) struct Decoder {
    score: Vec<f32>,
    before: Vec<f32>,
    from: Vec<u16>,
}

impl Decoder {
    /// The best spans of a run of words. *Shape*: `out` [words][[`OUTPUTS`]]. *Cost*: words times marks.
    pub(super) fn best(&mut self, scheme: Scheme, out: &[f32]) -> Vec<(Range<usize>, usize)> {
        let outputs = scheme.outputs();
        let (n, marks) = (out.len() / OUTPUTS, outputs.len());
        self.before.clear();
        // Before the first word nothing is open.
        self.before.resize(marks, f32::NEG_INFINITY);
        self.from.clear();
        for (t, row) in out.chunks_exact(OUTPUTS).enumerate() {
            let row = &row[outputs.clone()];
            let closing = |m: &usize| matches!(m.checked_sub(1).map(|m| m % 4), None | Some(LAST | ONLY));
            let mut best = (if t == 0 { 0.0 } else { f32::NEG_INFINITY }, 0);
            for m in (0..marks).filter(closing) {
                if t > 0 && self.before[m] > best.0 {
                    best = (self.before[m], m);
                }
            }
            self.score.clear();
            for (m, s) in row.iter().enumerate() {
                let (before, from) = match m.checked_sub(1).map(|m| m % 4) {
                    Some(INNER | LAST) => {
                        let (first, inner) = (m - (m - 1) % 4, m - (m - 1) % 4 + INNER);
                        let inside = if self.before[inner] > self.before[first] { inner } else { first };
                        (self.before[inside], inside)
                    }
                    _ => best,
                };
                self.score.push(before + s);
                self.from.push(from as u16);
            }
            std::mem::swap(&mut self.score, &mut self.before);
        }
        self.spans(n, marks)
    }

    /// Walks back from the best last mark that leaves nothing open.
    fn spans(&self, n: usize, marks: usize) -> Vec<(Range<usize>, usize)> {
        let mut spans = Vec::new();
        let mut mark = 0;
        for m in (0..marks).filter(|m| matches!(m.checked_sub(1).map(|m| m % 4), None | Some(LAST | ONLY))) {
            if self.before[m] > self.before[mark] {
                mark = m;
            }
        }
        let mut end = 0;
        for t in (0..n).rev() {
            if let Some(m) = mark.checked_sub(1) {
                if matches!(m % 4, LAST | ONLY) {
                    end = t + 1;
                }
                if matches!(m % 4, FIRST | ONLY) {
                    spans.push((t..end, m / 4));
                }
            }
            mark = usize::from(self.from[t * marks + mark]);
        }
        spans.reverse();
        spans
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Scores that favour these marks of the plain scheme.
    fn scores(marks: &[(usize, f32)]) -> Vec<f32> {
        let mut out = vec![0.0; marks.len() * OUTPUTS];
        for (t, (m, s)) in marks.iter().enumerate() {
            out[t * OUTPUTS + Scheme::Plain.outputs().start + m] = *s;
        }
        out
    }

    #[test]
    fn marks_come_back_as_spans() {
        let spans = vec![(0..1, 2), (1..4, 0), (5..7, 1)];
        let marks = Scheme::Plain.marks(8, &spans);
        let scores = scores(&marks.iter().map(|m| (*m, 1.0)).collect::<Vec<_>>());
        assert_eq!(Decoder::default().best(Scheme::Plain, &scores), spans);
    }

    #[test]
    fn what_cannot_follow_is_never_chosen() {
        // A first word of a person, then the last of an organisation, more sure.
        let scores = scores(&[(1, 1.0), (1 + 4 + LAST, 3.0)]);
        assert_eq!(Decoder::default().best(Scheme::Plain, &scores), vec![(0..2, 1)]);
        assert!(Decoder::default().best(Scheme::Plain, &[]).is_empty());
    }
}
