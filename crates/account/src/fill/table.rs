//! Linear models as text: one feature a line, with its weight for each outcome.

use super::keys::key;
use article::{Code, Problem};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Weights stand in the file as whole numbers of this part of one.
const UNIT: f32 = 0.001;

/// Reads the file of a model, whose sections are its tables. *Errors*: an unknown section, or a line that is no row of it, with
/// `code`, the file and the line.
pub(crate) fn read(
    code: Code,
    file: &str,
    text: &str,
    sections: &mut [(&'static str, &mut Table)],
) -> Result<(), Problem> {
    let mut section = None;
    for (n, line) in text.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with("# ")) {
        let fail = |what: &str| Problem::new(code, format!("{file}:{}: {what}", n + 1));
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            let known = sections.iter().position(|(s, _)| *s == name);
            section = Some(known.ok_or_else(|| fail("no such section"))?);
            continue;
        }
        let at = section.ok_or_else(|| fail("a row stands before the first section"))?;
        sections[at].1.read(line).map_err(|p| fail(&p.detail))?;
    }
    Ok(())
}

/// A linear model with several outcomes: a weight for each feature and outcome.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// The outcomes' names.
    pub outcomes: Vec<String>,
    bias: Vec<f32>,
    rows: HashMap<u64, u32, BuildHasherDefault<AsIs>>,
    weights: Vec<f32>,
}

/// Keys are hashes already.
#[derive(Debug, Clone, Default)]
struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|b| self.0 = self.0.rotate_left(8) ^ u64::from(*b));
    }
    fn write_u64(&mut self, n: u64) {
        self.0 = n;
    }
}

/// The name of the row that always counts.
const BIAS: &str = "(always)";

impl Table {
    /// A table with these outcomes and no features.
    pub fn new(outcomes: &[&str]) -> Table {
        let bias = vec![0.0; outcomes.len()];
        Table { outcomes: outcomes.iter().map(|o| (*o).to_owned()).collect(), bias, ..Table::default() }
    }

    /// The score of each outcome for a set of features: log-odds. *Cost*: one look-up a feature.
    pub fn score(&self, keys: &[u64]) -> Vec<f32> {
        let mut out = self.bias.clone();
        keys.iter().filter_map(|k| self.row(*k)).for_each(|row| out.iter_mut().zip(row).for_each(|(o, w)| *o += w));
        out
    }

    /// The score of each outcome for a text, whose features weigh less the more there are.
    pub fn score_text(&self, keys: &[u64]) -> Vec<f32> {
        let mut out = vec![0.0; self.bias.len()];
        keys.iter().filter_map(|k| self.row(*k)).for_each(|row| out.iter_mut().zip(row).for_each(|(o, w)| *o += w));
        let length = (keys.len().max(1) as f32).sqrt();
        out.iter().zip(&self.bias).map(|(o, b)| b + o / length).collect()
    }

    /// Adds the shares of features that have values instead of being there or not.
    pub fn weigh(&self, keys: &[u64], values: &[f32], scores: &mut [f32]) {
        for (row, value) in keys.iter().zip(values).filter_map(|(k, v)| Some((self.row(*k)?, v))) {
            scores.iter_mut().zip(row).for_each(|(o, w)| *o += w * value);
        }
    }

    /// The weights of a feature, one for each outcome.
    pub fn row(&self, key: u64) -> Option<&[f32]> {
        let n = self.outcomes.len();
        self.rows.get(&key).map(|r| &self.weights[*r as usize * n..(*r as usize + 1) * n])
    }

    /// Sets what every score begins with.
    pub fn set_bias(&mut self, bias: &[f32]) {
        self.bias = bias.to_vec();
    }

    /// Sets the weights of a feature.
    pub fn set(&mut self, key: u64, weights: &[f32]) {
        let next = self.rows.len() as u32;
        let n = self.outcomes.len();
        let row = *self.rows.entry(key).or_insert(next) as usize;
        self.weights.resize(self.weights.len().max((row + 1) * n), 0.0);
        self.weights[row * n..(row + 1) * n].copy_from_slice(&weights[..n]);
    }

    /// The number of features.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it knows no feature.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// A line of the file: a feature and its weights.
    pub fn line(name: &str, weights: &[f32]) -> String {
        let numbers = weights.iter().map(|w| format!("\t{:.0}", w / UNIT));
        std::iter::once(name.to_owned()).chain(numbers).collect()
    }

    /// The line of the bias.
    pub fn bias_line(weights: &[f32]) -> String {
        Table::line(BIAS, weights)
    }

    /// Reads one line. *Errors*: another number of weights than outcomes, or no numbers.
    pub(crate) fn read(&mut self, line: &str) -> Result<(), Problem> {
        let fail =
            || Problem::new("model/fill", format!("`{line}`: write a feature and {} weights", self.outcomes.len()));
        let mut parts = line.split('\t');
        let name = parts.next().ok_or_else(fail)?;
        let weights: Vec<f32> =
            parts.map(|p| p.parse::<i32>().map(|w| w as f32 * UNIT)).collect::<Result<_, _>>().map_err(|_| fail())?;
        if weights.len() != self.outcomes.len() {
            return Err(fail());
        }
        match name {
            BIAS => self.set_bias(&weights),
            name => self.set(key(&[name]), &weights),
        }
        Ok(())
    }
}
