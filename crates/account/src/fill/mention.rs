//! Nouns that may fill a role, and how much of the phrase around each could name what fills it.

use super::view::Line;
use article::Span;
use article::grammar::Upos;

/// A noun that may fill a role.
pub(crate) struct Candidate {
    /// The line it stands in, among those seen.
    pub(crate) line: usize,
    /// Its word there.
    pub(crate) word: usize,
    /// The first word that may belong to its name or description.
    pub(crate) first: usize,
    /// The last word of the name that it begins: of "Luis" in "Luis Ortega".
    pub(crate) last: usize,
}

/// A part of the phrase around a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) from: usize,
    /// The last word.
    pub(crate) to: usize,
    /// What it takes in behind the noun.
    pub(crate) kind: &'static str,
}

/// Words before a noun that may belong to it.
const BEFORE: usize = 8;
/// Words behind it.
const BEHIND: usize = 14;

/// The candidates of all lines, in text order.
pub(crate) fn candidates(lines: &[Line<'_>]) -> Vec<Candidate> {
    let mut out = Vec::new();
    for (l, line) in lines.iter().enumerate() {
        for (at, word) in line.words.iter().enumerate() {
            let named = noun(line, at) || word.tag == Upos::Adj && !word.classes.is_empty();
            if named && !within(line, at) && word.form.len() > 1 {
                let (first, last) = core(line, at);
                out.push(Candidate { line: l, word: at, first, last });
            }
        }
    }
    out
}

/// Whether a word is a further part of the name of a noun before it.
fn within(line: &Line<'_>, at: usize) -> bool {
    let head = line.tree.nodes[at].head.filter(|_| line.words[at].relation() == "flat");
    head.is_some_and(|h| noun(line, h) && at.abs_diff(h) < BEFORE)
}

fn noun(line: &Line<'_>, at: usize) -> bool {
    matches!(line.words[at].tag, Upos::Noun | Upos::Propn | Upos::X)
}

/// The words that stand close before a noun, and the rest of a name behind it.
fn core(line: &Line<'_>, at: usize) -> (usize, usize) {
    let flat = |c: &usize| *c > at && line.words[*c].relation() == "flat" && *c - at < BEFORE;
    let last = line.tree.children(at).filter(flat).max().unwrap_or(at);
    let tag = |i: usize| line.words[i].tag;
    let noun = |i: usize| matches!(tag(i), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num);
    let close = |i: usize| noun(i) || matches!(tag(i), Upos::X | Upos::Sym | Upos::Verb | Upos::Part | Upos::Adv);
    let mut first = at;
    while first > 0 && at - first < BEFORE {
        let sign =
            tag(first - 1) == Upos::Punct && matches!(line.words[first - 1].form.as_str(), "-" | "'" | "\"" | ".");
        if !(close(first - 1) || sign && first > 1 && noun(first - 2)) {
            break;
        }
        first -= 1;
    }
    let open =
        |i: usize| matches!(tag(i), Upos::Adv | Upos::Part) || tag(i) == Upos::Punct && line.words[i].form != "\"";
    while first < at && open(first) {
        first += 1;
    }
    (first, last)
}

/// The first and last word of the proper nouns in a row around a word, titles before them left out; none around a common noun.
pub(crate) fn run(line: &Line<'_>, word: usize) -> Option<(usize, usize)> {
    let proper = |i: usize| line.words.get(i).is_some_and(|w| matches!(w.tag, Upos::Propn | Upos::X));
    if !proper(word) {
        return None;
    }
    let (mut from, mut to) = (word, word);
    while from > 0 && proper(from - 1) {
        from -= 1;
    }
    while proper(to + 1) {
        to += 1;
    }
    while from < to && !line.words[from].classes.is_empty() {
        from += 1;
    }
    Some((from, to))
}

/// The parts of the phrase that may name what the candidate is, the noun alone among them.
pub(crate) fn parts(line: &Line<'_>, c: &Candidate) -> Vec<Part> {
    let mut ends: Vec<(usize, &'static str)> = vec![(c.last, "core")];
    for child in line.tree.children(c.word).filter(|k| *k > c.last) {
        let of = || line.tree.children(child).any(|k| k < child && line.words[k].lemma == "of");
        let kind = match line.words[child].relation() {
            "nmod" if of() => "of",
            "nmod" => "behind",
            "acl" => "clause",
            "conj" | "appos" | "punct" | "list" => continue,
            _ => "rest",
        };
        // To its end, or to the end of the noun with which it begins: "the office of Ana Ruiz, who heads the bank".
        let inner = match kind {
            "clause" => line.tree.children(child).find(|k| *k > child && noun(line, *k)),
            _ => Some(child),
        };
        let short = inner.map(|k| core(line, k).1);
        for to in [Some(line.tree.range(child).end - 1), short].into_iter().flatten() {
            if to <= c.word + BEHIND && ends.iter().all(|(e, _)| *e != to) {
                ends.push((to, kind));
            }
        }
    }
    // A name that the tree tears apart.
    if let Some((_, to)) =
        run(line, c.word).filter(|(_, to)| *to <= c.word + BEHIND && ends.iter().all(|(e, _)| e != to))
    {
        ends.push((to, "name"));
    }
    let from = |(to, kind): (usize, &'static str)| (c.first..=c.word).map(move |from| Part { from, to, kind });
    // "Mayor Elena Duarte": a title heads the name that follows it.
    let names: Vec<usize> =
        ends.iter().filter(|(to, k)| matches!(*k, "core" | "name") && *to > c.word).map(|e| e.0).collect();
    let untitled = names.into_iter().flat_map(|to| (c.word + 1..=to).map(move |from| Part { from, to, kind: "name" }));
    ends.into_iter().flat_map(from).chain(untitled).collect()
}

/// Where a part stands in the text.
pub(crate) fn span(line: &Line<'_>, part: Part) -> Span {
    line.tree.span(part.from..part.to + 1)
}

/// The form in which names and descriptions are compared: lower case, no punctuation, no articles.
pub fn plain(words: &str) -> String {
    let kept: String = words.chars().filter(|c| !c.is_ascii_punctuation()).flat_map(char::to_lowercase).collect();
    kept.split_whitespace().filter(|w| !matches!(*w, "a" | "an" | "the")).collect::<Vec<_>>().join(" ")
}
