//! Scores of every possible head to one tree with one root.
//!
//! Each word first takes its best head. Most often that is a tree already; if not, the maximum spanning arborescence is
//! found with Chu and Liu's and Edmonds' contraction of cycles. When more than one word hangs on the root, the root is
//! given to each of its likeliest words in turn, and the best tree of all is kept.

/// Most words that are tried as the only root.
const ROOTS: usize = 4;

/// Buffers, reused from sentence to sentence.
#[derive(Debug, Default)]
pub(super) struct Trees {
    score: Vec<f32>,
    best: Vec<u32>,
    state: Vec<u8>,
}

impl Trees {
    /// The heads of words 1..=n; 0 is the root. *Shape*: `scores[(d - 1) * (n + 1) + h]` is the score of head `h` for
    /// word `d`. *Cost*: quadratic for what is a tree at once, cubic at worst.
    pub(super) fn heads(&mut self, scores: &[f32], n: usize, heads: &mut Vec<u32>) {
        heads.clear();
        if n == 0 {
            return;
        }
        let size = n + 1;
        for d in 1..size {
            heads.push(best(&scores[(d - 1) * size..d * size], d, 0));
        }
        if self.is_tree(heads) {
            return;
        }
        let mut roots: Vec<usize> = (1..size).collect();
        roots.sort_by(|a, b| scores[(b - 1) * size].total_cmp(&scores[(a - 1) * size]).then(a.cmp(b)));
        let mut most: Option<f32> = None;
        for root in roots.into_iter().take(ROOTS) {
            let mut found = std::mem::take(&mut self.best);
            found.clear();
            found.extend((1..size).map(|d| if d == root { 0 } else { best(&scores[(d - 1) * size..d * size], d, 1) }));
            if !self.is_tree(&found) {
                self.score.clear();
                self.score.extend_from_slice(scores);
                for d in 1..size {
                    self.score[(d - 1) * size] = f32::NEG_INFINITY;
                }
                self.score[(root - 1) * size..root * size].fill(f32::NEG_INFINITY);
                self.score[(root - 1) * size] = 0.0;
                found = arborescence(&self.score, n, root);
            }
            let mut sum = scores[(root - 1) * size];
            for (d, h) in found.iter().enumerate() {
                if d + 1 != root {
                    sum += scores[d * size + *h as usize];
                }
            }
            if most.is_none_or(|m| sum > m) {
                most = Some(sum);
                heads.clear();
                heads.extend_from_slice(&found);
            }
            self.best = found;
        }
    }

    /// Whether every word leads to the root, and exactly one does so at once.
    fn is_tree(&mut self, heads: &[u32]) -> bool {
        if heads.iter().filter(|h| **h == 0).count() != 1 {
            return false;
        }
        self.state.clear();
        self.state.resize(heads.len() + 1, 0);
        self.state[0] = 2;
        for d in 1..=heads.len() {
            let mut at = d;
            while self.state[at] == 0 {
                self.state[at] = 1;
                at = heads[at - 1] as usize;
            }
            if self.state[at] == 1 {
                return false;
            }
            let mut at = d;
            while self.state[at] == 1 {
                self.state[at] = 2;
                at = heads[at - 1] as usize;
            }
        }
        true
    }
}

/// The first of the best heads of word `d`, not before `least`; no word heads itself.
#[inline(always)]
fn best(row: &[f32], d: usize, least: usize) -> u32 {
    let (before, after) = (&row[least..d], &row[d + 1..]);
    let most = largest(before).max(largest(after));
    let at = |part: &[f32]| part.iter().position(|s| *s == most);
    at(before).map(|at| at + least).or_else(|| Some(at(after)? + d + 1)).unwrap_or(0) as u32
}

/// The largest number, eight at a time.
#[inline(always)]
fn largest(row: &[f32]) -> f32 {
    let (eights, rest) = row.as_chunks::<8>();
    let mut most = [f32::NEG_INFINITY; 8];
    for eight in eights {
        most.iter_mut().zip(eight).for_each(|(m, v)| *m = if v > m { *v } else { *m });
    }
    most.iter().chain(rest).fold(f32::NEG_INFINITY, |m, v| if *v > m { *v } else { m })
}

/// Score, head and dependent.
type Arc = (f32, u32, u32);

/// The groups of a cycle, and the arc by which the cycle reaches each.
type Contracted = (Vec<Vec<usize>>, Vec<Arc>);

/// The best tree in which `root` alone hangs on 0, by contracting cycles one at a time without recursion.
fn arborescence(scores: &[f32], n: usize, root: usize) -> Vec<u32> {
    let size = n + 1;
    // Node 0 is `root` itself seen from outside; words keep their numbers. Groups of contracted words share a leader.
    let mut leader: Vec<usize> = (0..size).collect();
    // For each pair of leaders, the best arc between their groups: its score now, and the words at its ends. Dependent first.
    let mut arc: Vec<Arc> = Vec::with_capacity(size * size);
    for d in 0..size {
        for h in 0..size {
            let s = if d == 0 || h == d { f32::NEG_INFINITY } else { scores[(d - 1) * size + h] };
            arc.push((s, h as u32, d as u32));
        }
    }
    let mut alive: Vec<usize> = (1..size).collect();
    let mut contracted: Vec<Contracted> = Vec::new();
    // The words of each group; of a word by itself none are kept.
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); size];
    let group = |members: &mut [Vec<usize>], c: usize| {
        if members[c].is_empty() { vec![c] } else { std::mem::take(&mut members[c]) }
    };
    let mut chosen: Vec<Arc> = vec![(f32::NEG_INFINITY, 0, 0); size];
    loop {
        for &d in &alive {
            let mut best = (f32::NEG_INFINITY, root as u32, d as u32);
            for &h in alive.iter().chain([&0]) {
                let a = arc[d * size + h];
                if h != d && a.0 > best.0 {
                    best = a;
                }
            }
            chosen[d] = best;
        }
        let Some(cycle) = cycle(&alive, &chosen, &leader) else { break };
        let into: Vec<Arc> = cycle.iter().map(|d| chosen[*d]).collect();
        let keep = cycle[0];
        for &v in alive.iter().chain([&0]) {
            if cycle.contains(&v) {
                continue;
            }
            let (mut inward, mut outward) = ((f32::NEG_INFINITY, 0, 0), (f32::NEG_INFINITY, 0, 0));
            for (i, &c) in cycle.iter().enumerate() {
                // Entering the cycle at `c` saves the arc by which the cycle itself reaches it.
                let mut a = arc[c * size + v];
                a.0 -= into[i].0;
                if a.0 > inward.0 {
                    inward = a;
                }
                if arc[v * size + c].0 > outward.0 {
                    outward = arc[v * size + c];
                }
            }
            arc[keep * size + v] = inward;
            arc[v * size + keep] = outward;
        }
        let groups: Vec<Vec<usize>> = cycle.iter().map(|c| group(&mut members, *c)).collect();
        groups.iter().flatten().for_each(|m| leader[*m] = keep);
        members[keep] = groups.concat();
        alive.retain(|v| *v == keep || !cycle.contains(v));
        contracted.push((groups, into));
    }
    // Arcs of the last round stand; unfolding a cycle adds all of its arcs but the one that the entering arc replaces.
    let mut heads = vec![0u32; n];
    let mut entered = vec![false; size];
    for &d in &alive {
        let (_, h, w) = chosen[d];
        heads[w as usize - 1] = h;
        entered[w as usize] = true;
    }
    for (groups, into) in contracted.iter().rev() {
        for (group, (_, h, w)) in groups.iter().zip(into) {
            if !group.iter().any(|g| entered[*g]) {
                heads[*w as usize - 1] = *h;
                entered[*w as usize] = true;
            }
        }
    }
    heads
}

/// A cycle among the chosen arcs of the living groups, as leaders in arc order.
fn cycle(alive: &[usize], chosen: &[Arc], leader: &[usize]) -> Option<Vec<usize>> {
    let mut state = vec![0u32; leader.len()];
    for (round, &start) in alive.iter().enumerate() {
        let mark = round as u32 + 1;
        let mut at = start;
        while at != 0 && state[at] == 0 {
            state[at] = mark;
            at = leader[chosen[at].1 as usize];
        }
        if at != 0 && state[at] == mark {
            let mut cycle = vec![at];
            let mut next = leader[chosen[at].1 as usize];
            while next != at {
                cycle.push(next);
                next = leader[chosen[next].1 as usize];
            }
            return Some(cycle);
        }
    }
    None
}
