//! Tagging, splitting and parsing, with buffers that are reused from sentence to sentence.

use super::arcs::Trees;
use super::features::{DISTANCES, distance};
use super::lanes::{Lanes, Work, widest};
use super::net::Buffers;
use super::{Grammar, Node, Tree, Upos, Word};
use crate::Span;
use std::ops::Range;

/// Most words parsed at once; the parts of a longer sentence are joined as parataxis. It bounds the time for a word.
const LONGEST: usize = 128;

/// Most words tagged at once.
const WINDOW: usize = 192;

/// What one thread needs to use a [`Grammar`].
#[derive(Debug)]
pub struct Worker<'g> {
    grammar: &'g Grammar,
    keys: Vec<u32>,
    rows: Vec<u32>,
    starts: Vec<u32>,
    net: Buffers,
    trees: Trees,
    head: Vec<f32>,
    dependent: Vec<f32>,
    query: Vec<f32>,
    products: Vec<f32>,
    scores: Vec<f32>,
    heads: Vec<u32>,
}

impl<'g> Worker<'g> {
    /// A worker with empty buffers.
    pub fn new(grammar: &'g Grammar) -> Worker<'g> {
        Worker {
            grammar,
            keys: Vec::new(),
            rows: Vec::new(),
            starts: Vec::new(),
            net: Buffers::default(),
            trees: Trees::default(),
            head: Vec::new(),
            dependent: Vec::new(),
            query: Vec::new(),
            products: Vec::new(),
            scores: Vec::new(),
            heads: Vec::new(),
        }
    }

    /// The tag of each word of a stretch of running text, by the small network: fast, and a little less sure than the tags
    /// of a parse. *Cost*: about 2 µs a word.
    pub fn tag(&mut self, text: &str, words: &[Span], tags: &mut Vec<Upos>) {
        tags.clear();
        let mut before = None;
        for part in words.chunks(WINDOW) {
            self.load(text, part, before);
            before = part.last().copied();
            self.grammar.tagger.encode(&self.rows, &self.starts, &mut self.net);
            tags.extend(self.net.out.chunks_exact(Upos::ALL.len() + 1).map(best_tag));
        }
    }

    /// The sentences of one paragraph, as ranges of its words. *Cost*: that of tagging.
    pub fn sentences(&mut self, text: &str, words: &[Word]) -> Vec<Range<usize>> {
        let (mut out, mut begin) = (Vec::new(), 0);
        let spans: Vec<Span> = words.iter().map(|w| w.span).collect();
        while begin < words.len() {
            let end = words.len().min(begin + WINDOW);
            self.load(text, &spans[begin..end], None);
            self.grammar.tagger.encode(&self.rows, &self.starts, &mut self.net);
            let (mut from, k) = (begin, Upos::ALL.len() + 1);
            for (i, out_row) in self.net.out.chunks_exact(k).enumerate() {
                let last = begin + i + 1 == words.len();
                // A contraction is never cut in two.
                let inside = words.get(begin + i + 1).is_some_and(|w| w.joined);
                if last || out_row[k - 1] > 0.0 && !inside {
                    out.push(from..begin + i + 1);
                    from = begin + i + 1;
                }
            }
            // What the window's edge cut off is read again with what follows; a sentence as long as that is cut.
            if from == begin {
                out.push(begin..end);
                from = end;
            }
            begin = from;
        }
        out
    }

    /// The tree of one sentence. *Cost*: about 15 µs a word.
    pub fn parse(&mut self, text: &str, words: &[Span]) -> Tree<'g> {
        let mut nodes: Vec<Node<'g>> = Vec::with_capacity(words.len());
        let (mut before, mut first_root) = (None, None);
        for part in words.chunks(LONGEST) {
            let offset = nodes.len();
            self.load(text, part, before);
            before = part.last().copied();
            self.part(text, part, offset, &mut nodes);
            let root = nodes[offset..].iter().position(|n| n.head.is_none()).map(|r| r + offset);
            match (first_root, root) {
                (Some(first), Some(root)) => {
                    nodes[root].head = Some(first);
                    nodes[root].label = &self.grammar.labels[self.grammar.joint_label];
                }
                _ => first_root = root,
            }
        }
        Tree::new(nodes)
    }

    /// Looks up the features of each word.
    fn load(&mut self, text: &str, words: &[Span], mut before: Option<Span>) {
        self.rows.clear();
        self.starts.clear();
        self.starts.push(0);
        for w in words {
            let glued = before.is_some_and(|b| b.end == w.start);
            self.grammar.rows(w.of(text), glued, &mut self.keys, &mut self.rows);
            self.starts.push(self.rows.len() as u32);
            before = Some(*w);
        }
    }

    /// Parses what was loaded and appends it to `nodes`.
    fn part(&mut self, text: &str, words: &[Span], offset: usize, nodes: &mut Vec<Node<'g>>) {
        let g = self.grammar;
        let (a, m) = (g.arc_size, g.label_size);
        let k = 2 * a + 2 * m + Upos::ALL.len() + 1;
        widest(Judge(self));
        let out = &self.net.out;
        let labels = self.query.chunks_exact(g.labels.len());
        for (((span, h), scores), row) in words.iter().zip(&self.heads).zip(labels).zip(out.chunks_exact(k)) {
            let head = (*h as usize).checked_sub(1);
            let label = if head.is_none() { g.root_label } else { best_label(scores, g.root_label) };
            let tag = best_tag(&row[2 * a + 2 * m..]);
            let lemma = g.lemma(span.of(text), tag);
            nodes.push(Node { span: *span, tag, lemma, head: head.map(|h| h + offset), label: &g.labels[label] });
        }
    }
}

/// Scores what a worker has loaded: leaves what the tasks read in `net.out`, heads in `heads`, scores of labels in `query`.
struct Judge<'a, 'g>(&'a mut Worker<'g>);

impl Work for Judge<'_, '_> {
    #[inline(always)]
    fn with<L: Lanes>(self, lanes: L) {
        let w = self.0;
        let g = w.grammar;
        let (a, m) = (g.arc_size, g.label_size);
        let k = 2 * a + 2 * m + Upos::ALL.len() + 1;
        g.parser.encode_with(lanes, &w.rows, &w.starts, &mut w.net);
        let out = &w.net.out;
        let n = out.len() / k;

        // Whatever a dependent is multiplied with stands in one table: the root, the words, then the distances.
        let columns = n + 1 + DISTANCES;
        let stride = columns.next_multiple_of(TILE);
        // Columns behind the last hold what they held; nobody reads their products.
        w.head.resize(a * stride, 0.0);
        let words = out.chunks_exact(k).map(|row| &row[..a]);
        for (at, column) in [g.root_arc.as_slice()].into_iter().chain(words).enumerate() {
            // The root's vector is used as it is.
            let least = if at == 0 { f32::NEG_INFINITY } else { 0.0 };
            w.head[at..].iter_mut().step_by(stride).zip(column).for_each(|(to, v)| *to = v.max(least));
        }
        for (at, far) in g.distances.chunks_exact(a).enumerate() {
            w.head[n + 1 + at..].iter_mut().step_by(stride).zip(far).for_each(|(to, v)| *to = *v);
        }
        w.dependent.clear();
        w.dependent.extend(out.chunks_exact(k).flat_map(|row| &row[a..2 * a]).map(|v| v.max(0.0)));
        g.arcs.apply(lanes, &w.dependent, &mut w.net.rounded, &mut w.query);
        w.products.resize(n * stride, 0.0);
        products(&w.query, &w.head, a, stride, &mut w.products);
        w.scores.clear();
        for (t, row) in w.products.chunks_exact(stride).enumerate() {
            let (heads, near) = row.split_at(n + 1);
            w.scores.push(heads[0]);
            let near = |h: usize| if h == t + 1 { 0.0 } else { near[distance(h, t + 1)] };
            w.scores.extend(heads.iter().enumerate().skip(1).map(|(h, score)| score + near(h)));
        }
        w.trees.heads(&w.scores, n, &mut w.heads);

        w.dependent.clear();
        for (row, h) in out.chunks_exact(k).zip(&w.heads) {
            let head = match (*h as usize).checked_sub(1) {
                None => g.root_dependents.as_slice(),
                Some(h) => &out[h * k + 2 * a..h * k + 2 * a + m],
            };
            w.dependent.extend(head.iter().zip(&row[2 * a + m..]).map(|(h, d)| (h + d).max(0.0)));
        }
        g.arc_labels.apply(lanes, &w.dependent, &mut w.net.rounded, &mut w.query);
    }
}

/// Columns that are multiplied together.
const TILE: usize = 32;

/// The products of rows with columns, two rows and a tile at a time. *Shape*: rows [rows][size], columns [size][stride],
/// out [rows][stride].
#[inline(always)]
fn products(rows: &[f32], columns: &[f32], size: usize, stride: usize, out: &mut [f32]) {
    for (rows, out) in rows.chunks(2 * size).zip(out.chunks_mut(2 * stride)) {
        let (first, second) = rows.split_at(size);
        let second = if second.is_empty() { first } else { second };
        for tile in (0..stride).step_by(TILE) {
            let mut sums = [[0.0f32; TILE]; 2];
            for ((a, b), column) in first.iter().zip(second).zip(columns.chunks_exact(stride)) {
                for (j, v) in column[tile..tile + TILE].iter().enumerate() {
                    sums[0][j] += a * v;
                    sums[1][j] += b * v;
                }
            }
            for (out, sums) in out.chunks_exact_mut(stride).zip(&sums) {
                out[tile..tile + TILE].copy_from_slice(sums);
            }
        }
    }
}

fn best_tag(row: &[f32]) -> Upos {
    Upos::ALL.into_iter().zip(row).fold((Upos::X, f32::NEG_INFINITY), |b, (t, s)| if *s > b.1 { (t, *s) } else { b }).0
}

/// The best label but the root's.
fn best_label(scores: &[f32], root: usize) -> usize {
    let mut best = usize::from(root == 0);
    for (i, s) in scores.iter().enumerate() {
        if i != root && *s > scores[best] {
            best = i;
        }
    }
    best
}
