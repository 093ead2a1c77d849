//! Reads treebanks in the CoNLL-U format.

use anyhow::{Context, Result, ensure};
use std::path::{Path, PathBuf};

/// One syntactic word.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Word {
    pub(crate) form: String,
    pub(crate) lemma: String,
    pub(crate) upos: String,
    /// The treebank's own tag and the morphological features, as one.
    pub(crate) fine: String,
    /// 1-based, 0 is the root.
    pub(crate) head: usize,
    pub(crate) deprel: String,
    /// Nothing stands between this word and the one before it.
    pub(crate) glued: bool,
    /// The last column: what the treebank says beside the tree.
    pub(crate) misc: String,
}

/// One sentence.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sentence {
    pub(crate) words: Vec<Word>,
    /// Surface tokens as ranges of words: more than one word where a contraction was taken apart.
    pub(crate) tokens: Vec<(usize, usize, String)>,
    /// A paragraph begins here.
    pub(crate) paragraph: bool,
    /// Nothing stands between this sentence and the next.
    pub(crate) tight: bool,
}

/// The `.conllu` files at `path`, a file or a folder, in the order of their names.
pub(crate) fn files(path: &Path) -> Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut out = Vec::new();
    for entry in std::fs::read_dir(path).with_context(|| format!("{}: cannot be listed", path.display()))? {
        let file = entry?.path();
        if file.extension().is_some_and(|e| e == "conllu") {
            out.push(file);
        }
    }
    ensure!(!out.is_empty(), "{}: no .conllu file", path.display());
    out.sort();
    Ok(out)
}

/// The sentences of one file.
pub(crate) fn read(path: &Path) -> Result<Vec<Sentence>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{}: cannot be read", path.display()))?;
    let mut out = Vec::new();
    let mut now = Draft::default();
    for (n, line) in text.lines().enumerate() {
        now.line(line).with_context(|| format!("{}:{}: not CoNLL-U", path.display(), n + 1))?;
        if line.is_empty() {
            now.end(&mut out);
        }
    }
    now.end(&mut out);
    for s in &out {
        let n = s.words.len();
        ensure!(s.words.iter().all(|w| w.head <= n), "{}: a head lies outside its sentence", path.display());
    }
    Ok(out)
}

#[derive(Default)]
struct Draft {
    sentence: Sentence,
    /// First and last word of the contraction being read, and whether a space follows it.
    open: Option<(usize, usize, bool)>,
    glue: bool,
    paragraph: bool,
}

impl Draft {
    fn line(&mut self, line: &str) -> Result<()> {
        if line.starts_with('#') {
            self.paragraph |= line.starts_with("# newpar") || line.starts_with("# newdoc");
            return Ok(());
        }
        if line.is_empty() {
            return Ok(());
        }
        let c: Vec<&str> = line.split('\t').collect();
        ensure!(c.len() == 10, "{} columns", c.len());
        let tight = c[9].split('|').any(|m| m == "SpaceAfter=No");
        if let Some((a, b)) = c[0].split_once('-') {
            let (a, b): (usize, usize) = (a.parse()?, b.parse()?);
            ensure!(a >= 1 && b >= a, "the range {a}-{b}");
            self.open = Some((a, b, tight));
            self.sentence.tokens.push((a - 1, b, c[1].to_owned()));
        } else if !c[0].contains('.') {
            let n = self.sentence.words.len() + 1;
            ensure!(c[0].parse::<usize>()? == n, "word {} after word {}", c[0], n - 1);
            let inside = self.open.filter(|o| n <= o.1);
            if inside.is_none() {
                self.sentence.tokens.push((n - 1, n, c[1].to_owned()));
            }
            self.sentence.words.push(Word {
                form: c[1].to_owned(),
                lemma: c[2].to_owned(),
                upos: c[3].to_owned(),
                fine: format!("{} {}", c[4], c[5]),
                head: c[6].parse()?,
                deprel: c[7].to_owned(),
                glued: self.glue || inside.is_some_and(|o| n > o.0),
                misc: c[9].to_owned(),
            });
            self.glue = inside.map_or(tight, |o| o.2 && n == o.1);
        }
        Ok(())
    }

    fn end(&mut self, out: &mut Vec<Sentence>) {
        if !self.sentence.words.is_empty() {
            let mut s = std::mem::take(&mut self.sentence);
            s.paragraph = std::mem::take(&mut self.paragraph);
            s.tight = std::mem::take(&mut self.glue);
            out.push(s);
        }
        self.open = None;
    }
}
