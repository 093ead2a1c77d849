//! Word lists and the vocabulary: which lists a token, or a phrase that begins at it, belongs to.
//!
//! Lists are plain text that an analyst edits: a `[name]` line opens a list, each further line holds one entry or
//! several with ` / ` between them, an entry is one word or a phrase, `#` opens a comment. Entries are compared in the
//! folded form of [`crate::fold`]. A list may stand in several files.

use crate::{Problem, Tokens, fold};
use std::collections::BTreeMap;
use std::collections::HashMap;

/// The number of a list in its [`Lexicon`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ListId(pub(crate) u16);

/// Named word lists, compiled for lookup by token.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    lists: BTreeMap<String, ListId>,
    /// First word of an entry -> the remaining words and the list. Longest entries first.
    entries: HashMap<String, Vec<(Vec<String>, ListId)>>,
}

impl Lexicon {
    /// An empty lexicon.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the lists of one file. *Errors*: an entry before the first `[name]` line.
    pub fn add(&mut self, file: &str, text: &str) -> Result<(), Problem> {
        let mut list = None;
        for (n, line) in text.lines().enumerate() {
            let line = line.split('#').next().unwrap_or("").trim();
            if line.is_empty() {
                continue;
            }
            if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                list = Some(self.list(name.trim()));
                continue;
            }
            let Some(list) = list else {
                let detail = format!("{file}:{}: `{line}` stands before the first [list]; open one above it", n + 1);
                return Err(Problem::new("language/list", detail));
            };
            for entry in line.split(" / ") {
                self.insert(list, entry);
            }
        }
        Ok(())
    }

    /// The list of that name, made if there is none yet.
    pub fn list(&mut self, name: &str) -> ListId {
        let next = ListId(self.lists.len() as u16);
        *self.lists.entry(name.to_owned()).or_insert(next)
    }

    /// The list of that name, if a file opened it.
    pub fn named(&self, name: &str) -> Option<ListId> {
        self.lists.get(name).copied()
    }

    /// Adds one word or phrase to a list.
    pub fn insert(&mut self, list: ListId, entry: &str) {
        let mut words = phrase(entry).into_iter();
        let Some(first) = words.next() else { return };
        let rest: Vec<String> = words.collect();
        let slot = self.entries.entry(first).or_default();
        if !slot.iter().any(|(r, l)| *r == rest && *l == list) {
            slot.push((rest, list));
            slot.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        }
    }

    /// Whether the word by itself, in its folded form, is an entry of `list`: for lemmas, which no token bears.
    pub fn has(&self, word: &str, list: ListId) -> bool {
        let entries = self.entries.get(&fold(word));
        entries.into_iter().flatten().any(|(rest, l)| rest.is_empty() && *l == list)
    }

    /// How many lists there are.
    pub fn len(&self) -> usize {
        self.lists.len()
    }

    /// Whether there is no list.
    pub fn is_empty(&self) -> bool {
        self.lists.is_empty()
    }

    /// Looks up every token. *Cost*: one hash lookup a token, and one comparison for each phrase that begins with it.
    pub fn mark(&self, tokens: &Tokens) -> Marks {
        let words = self.lists.len().div_ceil(64).max(1);
        let n = tokens.tokens.len();
        let mut marks =
            Marks { words, single: vec![0; n * words], begin: vec![0; n * words], phrases: Vec::new(), first: vec![0] };
        for s in &tokens.sentences {
            marks.first.resize(s.tokens.0 + 1, marks.phrases.len() as u32);
            for i in s.tokens.0..s.tokens.1 {
                for (rest, list) in self.entries.get(tokens.tokens[i].norm.as_str()).into_iter().flatten() {
                    let end = i + 1 + rest.len();
                    if end > s.tokens.1 || !rest.iter().zip(&tokens.tokens[i + 1..end]).all(|(w, t)| *w == t.norm) {
                        continue;
                    }
                    let (word, bit) = (i * words + list.0 as usize / 64, 1 << (list.0 % 64));
                    marks.begin[word] |= bit;
                    if rest.is_empty() {
                        marks.single[word] |= bit;
                    } else {
                        marks.phrases.push((*list, end as u32));
                    }
                }
                marks.first.push(marks.phrases.len() as u32);
            }
        }
        marks.first.resize(n + 1, marks.phrases.len() as u32);
        marks
    }
}

/// The words of an entry, split and folded as the tokenizer would.
fn phrase(entry: &str) -> Vec<String> {
    let article = crate::Article::plain(entry);
    let tokens = Tokens::of(&article);
    tokens.tokens.iter().map(|t| fold(t.span.of(&article.text))).collect()
}

/// Which lists the tokens of one article belong to.
#[derive(Debug, Clone, Default)]
pub struct Marks {
    /// Words of bits that a token has in `single` and in `begin`.
    words: usize,
    /// Lists of which the token by itself is an entry.
    single: Vec<u64>,
    /// Lists of which an entry, word or phrase, begins at the token.
    begin: Vec<u64>,
    /// Phrases and where they end, in order of the tokens at which they begin.
    phrases: Vec<(ListId, u32)>,
    /// Where the phrases of a token begin among `phrases`; those of the next token follow.
    first: Vec<u32>,
}

impl Marks {
    /// Where the longest entry of `list` that begins at token `i` ends, as a token index.
    pub fn end(&self, i: usize, list: ListId) -> Option<usize> {
        if !self.bit(&self.begin, i, list) {
            return None;
        }
        let (from, to) = (self.first[i] as usize, self.first[i + 1] as usize);
        let long = self.phrases[from..to].iter().filter(|(l, _)| *l == list).map(|(_, e)| *e as usize).max();
        long.or_else(|| self.has(i, list).then_some(i + 1))
    }

    /// Whether the single token `i` is an entry of `list`.
    pub fn has(&self, i: usize, list: ListId) -> bool {
        self.bit(&self.single, i, list)
    }

    /// Whether nothing is listed at token `i`.
    pub fn bare(&self, i: usize) -> bool {
        self.row(i).iter().all(|w| *w == 0)
    }

    fn row(&self, i: usize) -> &[u64] {
        self.begin.get(i * self.words..(i + 1) * self.words).unwrap_or_default()
    }

    fn bit(&self, bits: &[u64], i: usize, list: ListId) -> bool {
        bits.get(i * self.words + list.0 as usize / 64).is_some_and(|b| b >> (list.0 % 64) & 1 == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Article;

    #[test]
    fn finds_words_and_phrases_across_forms() {
        let mut l = Lexicon::new();
        l.add("t", "[kill]\nkilled / killing # verbs\n[bomb]\ncar bomb / bomb\n").unwrap();
        let a = Article::plain("A Car bomb killed two.");
        let t = Tokens::of(&a);
        let m = l.mark(&t);
        let bomb = l.named("bomb").unwrap();
        assert_eq!(m.end(1, bomb), Some(3));
        assert_eq!(m.end(2, bomb), Some(3));
        assert_eq!(m.end(3, l.named("kill").unwrap()), Some(4));
        assert!(m.bare(0));
        assert!(l.add("t", "stray\n").is_err());
    }
}
