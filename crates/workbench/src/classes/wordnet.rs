//! Reads the nouns of WordNet 3.0 as its manual wndb(5WN) describes them.

use anyhow::Context;
use std::collections::BTreeMap;
use std::path::Path;

/// The nouns, their senses and how these hang together.
pub(super) struct WordNet {
    /// Noun, in lower case with `_` for blanks, to its senses as numbers of synsets, the commonest first.
    pub(super) senses: BTreeMap<String, Vec<u32>>,
    /// How often a sense was met in tagged texts: noun and number of the sense, from 1.
    pub(super) counts: BTreeMap<(String, usize), u32>,
    /// Synset to the narrower ones.
    pub(super) narrower: BTreeMap<u32, Vec<u32>>,
    /// Synsets that name one thing or person of the world.
    pub(super) single: std::collections::BTreeSet<u32>,
    /// Irregular plurals with their singulars.
    pub(super) plurals: Vec<(String, String)>,
}

impl WordNet {
    /// *Errors*: a file is missing.
    pub(super) fn read(dir: &Path) -> anyhow::Result<WordNet> {
        let text = |name: &str| {
            let path = dir.join(name);
            let missing = || format!("cannot read {}; Debian's package wordnet-base has it", path.display());
            std::fs::read_to_string(&path).with_context(missing)
        };
        let mut out = WordNet {
            senses: BTreeMap::new(),
            counts: BTreeMap::new(),
            narrower: BTreeMap::new(),
            single: Default::default(),
            plurals: Vec::new(),
        };
        // The licence at the head of each file is indented.
        for line in text("data.noun")?.lines().filter(|l| !l.starts_with(' ')) {
            out.synset(line).with_context(|| format!("data.noun: {}", line.chars().take(60).collect::<String>()))?;
        }
        for line in text("index.noun")?.lines().filter(|l| !l.starts_with(' ')) {
            let fields: Vec<&str> = line.split_whitespace().collect();
            let n: usize = fields.get(2).and_then(|n| n.parse().ok()).unwrap_or(0);
            let senses = fields.iter().rev().take(n).rev().filter_map(|s| s.parse().ok()).collect();
            out.senses.insert(fields.first().copied().unwrap_or_default().to_owned(), senses);
        }
        for line in text("cntlist.rev")?.lines() {
            let mut fields = line.split(' ');
            let key = fields.next().and_then(|k| k.split_once("%1:")).map(|(noun, _)| noun.to_owned());
            let mut number = || fields.next().and_then(|n| n.parse::<u32>().ok());
            if let (Some(noun), Some(sense), Some(count)) = (key, number(), number()) {
                out.counts.insert((noun, sense as usize), count);
            }
        }
        let pairs = text("noun.exc")?;
        let pairs = pairs.lines().filter_map(|l| l.split_once(' '));
        out.plurals = pairs.map(|(many, one)| (many.to_owned(), one.to_owned())).collect();
        Ok(out)
    }

    /// One line of data.noun: offset, file, type, count of words (hexadecimal), words, count of pointers, pointers.
    fn synset(&mut self, line: &str) -> Option<()> {
        let mut fields = line.split(' ');
        let id: u32 = fields.next()?.parse().ok()?;
        let words = usize::from_str_radix(fields.nth(2)?, 16).ok()?;
        let pointers: usize = fields.nth(2 * words)?.parse().ok()?;
        for _ in 0..pointers {
            let (kind, target, part, _) = (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
            match (kind, part) {
                ("~", "n") => self.narrower.entry(id).or_default().push(target.parse().ok()?),
                ("@i", _) => drop(self.single.insert(id)),
                _ => {}
            }
        }
        Some(())
    }
}
