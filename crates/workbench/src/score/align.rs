//! Words that were found, aligned with those of a treebank by the rule of the CoNLL 2018 shared task.
//!
//! Both are laid over the same characters, white space left out. A word pairs with the word of the treebank that has
//! exactly its characters. Where either side takes a written token apart, its words share that token's characters, and are
//! paired by the longest common subsequence of their forms. A head is right when the words it joins are paired with the
//! words that the treebank joins; the root pairs with the root.

use crate::conllu::Sentence;
use article::grammar::{Tree, Upos, Word};
use serde::Serialize;
use std::ops::Range;

/// What was found in one paragraph.
pub(super) struct Found<'a> {
    pub(super) text: &'a str,
    pub(super) words: &'a [Word],
    pub(super) tags: &'a [Upos],
    pub(super) sentences: &'a [Range<usize>],
    pub(super) trees: &'a [Tree<'a>],
}

/// F1 of tokens, sentences and words.
#[derive(Serialize, Debug)]
pub(super) struct Segmentation {
    pub(super) tokens: f64,
    pub(super) sentences: f64,
    pub(super) words: f64,
}

/// Right, found and wanted.
#[derive(Default)]
struct Three(usize, usize, usize);

/// Sums over paragraphs.
#[derive(Default)]
pub(super) struct Counts {
    tokens: Three,
    sentences: Three,
    words: Three,
    /// Right tags, tags of the small network, lemmas, heads, heads with labels.
    right: [usize; 5],
}

/// A relation without its subtype.
pub(super) fn universal(label: &str) -> &str {
    label.split(':').next().unwrap_or(label)
}

/// The text of a paragraph.
pub(super) fn text(paragraph: &[Sentence]) -> String {
    let mut out = String::new();
    let mut space = false;
    for s in paragraph {
        for (from, _, form) in &s.tokens {
            if !out.is_empty() && (space || *from > 0 && !s.words[*from].glued) {
                out.push(' ');
            }
            out.push_str(form);
            space = false;
        }
        space = !s.tight;
    }
    out
}

/// A word on either side: its token's characters, its own if it is not part of a token, and what is compared.
struct Side<'a> {
    chars: Range<usize>,
    part: bool,
    form: String,
    tag: &'a str,
    lemma: &'a str,
    /// Among all words of the paragraph; none for the root.
    head: Option<usize>,
    label: &'a str,
}

/// Runs over characters, without white space.
fn letters(s: &str) -> usize {
    s.chars().filter(|c| !c.is_whitespace()).count()
}

type Spans = Vec<Range<usize>>;

fn wanted(paragraph: &[Sentence]) -> (Vec<Side<'_>>, Spans, Spans) {
    let (mut words, mut tokens, mut sentences, mut at) = (Vec::new(), Vec::new(), Vec::new(), 0);
    for s in paragraph {
        let (first, begin) = (words.len(), at);
        for (from, to, form) in &s.tokens {
            let chars = at..at + letters(form);
            at = chars.end;
            for w in &s.words[*from..*to] {
                words.push(Side {
                    chars: chars.clone(),
                    part: to - from > 1,
                    form: w.form.to_lowercase(),
                    tag: &w.upos,
                    lemma: &w.lemma,
                    head: w.head.checked_sub(1).map(|h| h + first),
                    label: &w.deprel,
                });
            }
            tokens.push(chars);
        }
        sentences.push(begin..at);
    }
    (words, tokens, sentences)
}

fn found<'a>(f: &'a Found<'a>) -> (Vec<Side<'a>>, Spans, Spans) {
    let (mut words, mut tokens, mut sentences) = (Vec::<Side<'a>>::new(), Spans::new(), Vec::new());
    let mut at = 0;
    for (range, tree) in f.sentences.iter().zip(f.trees) {
        let begin = at;
        for (i, node) in range.clone().zip(&tree.nodes) {
            let form = node.span.of(f.text);
            let mut chars = at..at + letters(form);
            at = chars.end;
            let joined = f.words[i].joined && i > range.start;
            match tokens.last_mut().filter(|_| joined) {
                Some(last) => {
                    chars.start = last.start;
                    last.end = chars.end;
                    words.iter_mut().rev().take_while(|w| w.chars.start == chars.start).for_each(|w| {
                        w.chars.end = chars.end;
                        w.part = true;
                    });
                }
                None => tokens.push(chars.clone()),
            }
            words.push(Side {
                chars,
                part: joined,
                form: form.to_lowercase(),
                tag: node.tag.name(),
                lemma: &node.lemma,
                head: node.head.map(|h| h + range.start),
                label: node.label,
            });
        }
        sentences.push(begin..at);
    }
    (words, tokens, sentences)
}

impl Counts {
    /// Adds one paragraph.
    pub(super) fn add(&mut self, paragraph: &[Sentence], f: &Found<'_>) {
        let (gold, gold_tokens, gold_sentences) = wanted(paragraph);
        let (ours, our_tokens, our_sentences) = found(f);
        self.tokens.add(&our_tokens, &gold_tokens);
        self.sentences.add(&our_sentences, &gold_sentences);
        let pairs = pairs(&ours, &gold);
        let mut to = vec![None; ours.len()];
        pairs.iter().for_each(|(o, g)| to[*o] = Some(*g));
        self.words.0 += pairs.len();
        self.words.1 += ours.len();
        self.words.2 += gold.len();
        for (o, g) in pairs {
            let (a, b) = (&ours[o], &gold[g]);
            let head = match a.head {
                None => b.head.is_none(),
                Some(h) => b.head.is_some() && to[h] == b.head,
            };
            let label = universal(a.label) == universal(b.label);
            let small = f.tags.get(o).is_some_and(|t| t.name() == b.tag);
            let hits = [a.tag == b.tag, small, b.lemma == "_" || a.lemma == b.lemma, head, head && label];
            self.right.iter_mut().zip(hits).for_each(|(n, hit)| *n += usize::from(hit));
        }
    }

    /// F1 of tags, tags of the small network, lemmas, heads, heads with labels.
    pub(super) fn scores(&self) -> [f64; 5] {
        self.right.map(|r| Three(r, self.words.1, self.words.2).f1())
    }

    pub(super) fn segmentation(&self) -> Segmentation {
        Segmentation { tokens: self.tokens.f1(), sentences: self.sentences.f1(), words: self.words.f1() }
    }
}

impl Three {
    /// Counts what has the same characters on both sides; both are in text order.
    fn add(&mut self, ours: &[Range<usize>], gold: &[Range<usize>]) {
        self.0 +=
            ours.iter().filter(|o| gold.binary_search_by(|g| (g.start, g.end).cmp(&(o.start, o.end))).is_ok()).count();
        self.1 += ours.len();
        self.2 += gold.len();
    }

    fn f1(&self) -> f64 {
        if self.1 + self.2 == 0 { 0.0 } else { 2.0 * self.0 as f64 / (self.1 + self.2) as f64 }
    }
}

/// Pairs of words, ours and the treebank's, in text order.
fn pairs(ours: &[Side<'_>], gold: &[Side<'_>]) -> Vec<(usize, usize)> {
    let (mut out, mut i, mut j) = (Vec::new(), 0, 0);
    while i < ours.len() && j < gold.len() {
        let (a, b) = (&ours[i], &gold[j]);
        if !a.part && !b.part {
            if a.chars == b.chars {
                out.push((i, j));
                (i, j) = (i + 1, j + 1);
            } else if a.chars.start < b.chars.start || a.chars.start == b.chars.start && a.chars.end < b.chars.end {
                i += 1;
            } else {
                j += 1;
            }
            continue;
        }
        // Words that are parts share characters: widen until both sides cover the same stretch or nothing more overlaps.
        let mut end = if a.part && (!b.part || a.chars.start <= b.chars.start) { a.chars.end } else { b.chars.end };
        let (mut to, mut until) = (i, j);
        loop {
            let before = (to, until);
            while to < ours.len() && ours[to].chars.start < end {
                if ours[to].part {
                    end = end.max(ours[to].chars.end);
                }
                to += 1;
            }
            while until < gold.len() && gold[until].chars.start < end {
                if gold[until].part {
                    end = end.max(gold[until].chars.end);
                }
                until += 1;
            }
            if before == (to, until) {
                break;
            }
        }
        common(&ours[i..to], &gold[j..until]).into_iter().for_each(|(o, g)| out.push((i + o, j + g)));
        (i, j) = (to.max(i + usize::from(until == j)), until);
    }
    out
}

/// The longest common subsequence of forms.
fn common(ours: &[Side<'_>], gold: &[Side<'_>]) -> Vec<(usize, usize)> {
    let m = gold.len() + 1;
    let mut best = vec![0usize; (ours.len() + 1) * m];
    for i in (0..ours.len()).rev() {
        for j in (0..gold.len()).rev() {
            let same = ours[i].form == gold[j].form;
            let both = best[(i + 1) * m + j + 1] + usize::from(same);
            best[i * m + j] = if same { both } else { best[(i + 1) * m + j].max(best[i * m + j + 1]) };
        }
    }
    let (mut out, mut i, mut j) = (Vec::new(), 0, 0);
    while i < ours.len() && j < gold.len() {
        if ours[i].form == gold[j].form {
            out.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[(i + 1) * m + j] >= best[i * m + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conllu::Word as Gold;
    use article::Span;
    use article::grammar::Node;

    /// "We don't" with the contraction as one token of two words.
    fn paragraph() -> Vec<Sentence> {
        let word = |form: &str, tag: &str, head, label: &str, glued| Gold {
            form: form.to_owned(),
            lemma: "_".to_owned(),
            upos: tag.to_owned(),
            fine: String::new(),
            head,
            deprel: label.to_owned(),
            glued,
            misc: String::new(),
        };
        let words = vec![
            word("We", "PRON", 2, "nsubj", false),
            word("do", "AUX", 0, "root", false),
            word("n't", "PART", 2, "advmod", true),
        ];
        let tokens = vec![(0, 1, "We".to_owned()), (1, 3, "don't".to_owned())];
        vec![Sentence { words, tokens, paragraph: true, tight: false }]
    }

    fn scores(spans: &[(usize, usize, bool)], heads: &[Option<usize>]) -> ([f64; 5], Segmentation) {
        let gold = paragraph();
        let text = text(&gold);
        let words: Vec<Word> = spans.iter().map(|s| Word { span: Span::new(s.0, s.1), joined: s.2 }).collect();
        let tags = [Upos::Pron, Upos::Aux, Upos::Part];
        let labels = ["nsubj", "root", "advmod:sub"];
        let nodes = (0..words.len()).map(|i| Node {
            span: words[i].span,
            tag: tags[i],
            lemma: String::new(),
            head: heads[i],
            label: labels[i],
        });
        let trees = [Tree::new(nodes.collect())];
        let sentences = vec![0..words.len(); 1];
        let mut counts = Counts::default();
        counts.add(
            &gold,
            &Found { text: &text, words: &words, tags: &tags[..words.len()], sentences: &sentences, trees: &trees },
        );
        (counts.scores(), counts.segmentation())
    }

    #[test]
    fn what_is_right_in_all_scores_one() {
        let (scores, s) = scores(&[(0, 2, false), (3, 5, false), (5, 8, true)], &[Some(1), None, Some(1)]);
        assert_eq!(scores, [1.0; 5]);
        assert_eq!([s.tokens, s.sentences, s.words], [1.0; 3]);
    }

    #[test]
    fn a_contraction_left_whole_loses_its_words_and_not_its_token() {
        let (scores, s) = scores(&[(0, 2, false), (3, 8, false)], &[Some(1), None]);
        assert_eq!([s.tokens, s.sentences, s.words], [1.0, 1.0, 0.4]);
        assert_eq!(scores[4], 0.0);
    }

    #[test]
    fn a_contraction_taken_apart_as_two_tokens_keeps_its_words() {
        let (scores, s) = scores(&[(0, 2, false), (3, 5, false), (5, 8, false)], &[Some(1), None, Some(1)]);
        assert_eq!(scores, [1.0; 5]);
        assert_eq!([s.tokens, s.sentences, s.words], [0.4, 1.0, 1.0]);
    }
}
