//! From accounts to groups of accounts, in steps that can be shared out over threads.
//!
//! 1. [`Linker::add`] keeps what comparing needs of each account; the account itself can go.
//! 2. [`Linker::round`] orders the accounts, finds equals and fills the blocks.
//! 3. [`Round::edges`] compares the accounts of a stretch with those behind them. Stretches know nothing of each other.
//! 4. [`Round::parts`] takes what hangs together by edges, decisions, or as an article without a year.
//! 5. [`Round::groups`] clusters one part. Parts know nothing of each other either.
//!
//! Every step depends on the accounts alone: not on their order, on how they were shared out, or on other parts. So a new
//! account changes only the part that it belongs to, and what comes of linking that part anew is what linking all anew
//! would give.

use crate::block::Keys;
use crate::cluster::{Cluster, Link, clusters};
use crate::decided::Bonds;
use crate::incident::Join;
use crate::index::{Edge, Index};
use crate::profile::{Profile, Store, identity};
use crate::unit::{Unit, equals, units};
use crate::view::View;
use crate::weights::Weights;
use crate::{Comparison, Decided, Filed, Incident, Supporter, year};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

/// Accounts that can be linked.
#[derive(Debug)]
pub struct Linker {
    pub(crate) store: Store,
    pub(crate) weights: Weights,
}

impl Default for Linker {
    fn default() -> Self {
        Linker::with(Weights::builtin().clone())
    }
}

/// Accounts of one incident.
#[derive(Debug, Clone)]
pub struct Group {
    /// Their numbers, in the order of all accounts.
    pub accounts: Vec<u32>,
    links: Vec<Link>,
    /// The years of those accounts that learnt theirs from others.
    years: BTreeMap<u32, i16>,
}

/// Accounts that hang together, in order, and the pairs among them that agree.
#[derive(Debug, Clone, Default)]
pub struct Part {
    /// Their numbers, in the order of all accounts.
    pub accounts: Vec<u32>,
    edges: Vec<Edge>,
}

impl Linker {
    /// No accounts yet, to be compared with these weights.
    pub fn with(weights: Weights) -> Linker {
        Linker { store: Store::default(), weights }
    }

    /// Keeps an account and gives its number: how many were kept before.
    pub fn add(&mut self, filed: &Filed) -> u32 {
        self.store.add(filed)
    }

    /// How many accounts there are.
    pub fn len(&self) -> usize {
        self.store.profiles.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The blocks of an account.
    pub fn keys(&self, account: u32) -> Keys {
        self.store.keys(&self.store.profiles[account as usize])
    }

    /// A number that accounts share which say the same, wherever and whenever they are read.
    pub fn print(&self, account: u32) -> u64 {
        self.store.profiles[account as usize].print
    }

    /// Whether two accounts agree better than not: then they are of one part.
    pub fn agree(&self, a: u32, b: u32) -> bool {
        self.view().joins(a, b)
    }

    /// Whether an account has a date without a year: then all such accounts of its article are of one part.
    pub fn lacks_year(&self, account: u32) -> bool {
        self.store.profiles[account as usize].told.time.open.is_some()
    }

    /// Two accounts compared, field by field, with the score and whether they exclude each other.
    pub fn compare(&self, a: u32, b: u32) -> (Vec<Comparison>, f64, bool) {
        let v = self.view().compare(a, b);
        (v.comparisons(&self.weights), v.score, v.forbidden)
    }

    fn view(&self) -> View<'_> {
        View::new(&self.store, &self.weights)
    }

    /// Makes all accounts ready for linking. `hubs` are keys, in order, that are too common beyond these accounts.
    ///
    /// *Cost*: n log n.
    pub fn round(&self, decided: &Decided, hubs: &[u64]) -> Round<'_> {
        let profile = |n: &u32| &self.store.profiles[*n as usize];
        let mut order: Vec<u32> = (0..self.len() as u32).collect();
        order.sort_unstable_by_key(|n| profile(n).order);
        order.dedup_by_key(|n| profile(n).order);
        let number = |s: &Supporter| {
            let (_, wanted) = identity(&s.article, s.ordinal);
            order.binary_search_by_key(&wanted, |n| profile(n).order).ok().map(|at| order[at])
        };
        let bonds = decided.bonds(number);
        let heads = equals(&self.view(), &order, &bonds);
        let among: Vec<u32> = order.iter().zip(&heads).filter(|(n, h)| n == h).map(|(n, _)| *n).collect();
        let index = Index::new(self.view(), among, hubs.to_vec());
        Round { linker: self, bonds, order, heads, index }
    }

    /// All groups of all accounts, on one thread.
    pub fn link(&self, decided: &Decided) -> Vec<Group> {
        let round = self.round(decided, &[]);
        let parts = round.parts(&round.edges(0..round.len()));
        parts.iter().flat_map(|p| round.groups(p)).collect()
    }

    /// The incident of a group; `filed` are its accounts in the same order.
    pub fn incident(&self, group: &Group, filed: &[&Filed]) -> Incident {
        let mut told: Vec<Filed> = filed.iter().map(|f| (*f).clone()).collect();
        for (n, f) in group.accounts.iter().zip(&mut told) {
            if let Some(y) = group.years.get(n) {
                year::apply(f, *y);
            }
        }
        let mut order: Vec<usize> = (0..told.len()).collect();
        order.sort_by_cached_key(|i| (crate::origin::time(&told[*i]), told[*i].ordinal));
        let places: HashMap<u32, usize> = order.iter().enumerate().map(|(at, i)| (group.accounts[*i], at)).collect();
        let view = self.view().with_years(&group.years);
        let joins = group.links.iter().filter_map(|l| {
            let (a, b) = (*places.get(&l.a)?, *places.get(&l.b)?);
            let v = view.compare(l.a, l.b);
            let comparisons = v.comparisons(&self.weights);
            Some(Join { a: a.min(b), b: a.max(b), comparisons, score: v.score, decided: l.decided })
        });
        let joins = joins.collect();
        let members: Vec<&Filed> = order.iter().map(|i| &told[*i]).collect();
        crate::link::incident(&members, joins)
    }
}

impl<'a> View<'a> {
    /// The same with the years that were learnt.
    fn with_years(mut self, years: &BTreeMap<u32, i16>) -> View<'a> {
        for (n, y) in years {
            let mut p: Profile = self.profile(*n).clone();
            p.told.time = p.told.time.with_year(*y);
            // Two that said the same may have learnt two years.
            p.print ^= (*y as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            self.changed.insert(*n, p);
        }
        self
    }
}

/// All accounts in order, ready for comparing.
#[derive(Debug)]
pub struct Round<'a> {
    linker: &'a Linker,
    bonds: Bonds,
    /// Every account once.
    order: Vec<u32>,
    /// For each of them the first of its equals.
    heads: Vec<u32>,
    index: Index<'a>,
}

impl Round<'_> {
    /// How many accounts are compared; [`Round::edges`] takes ranges of them.
    pub fn len(&self) -> usize {
        self.index.len()
    }

    /// Whether there is nothing to compare.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The accounts that are compared: of equals the first. They alone stand in the blocks.
    pub fn heads(&self) -> &[u32] {
        self.index.among()
    }

    /// The pairs that agree better than not, of a stretch of accounts with those behind them.
    pub fn edges(&self, stretch: Range<usize>) -> Vec<(u32, u32)> {
        self.index.edges(stretch)
    }

    /// Calls `each` with all pairs that share a block, agree they or not: what weights are learnt from.
    pub fn meet(&self, each: impl FnMut(u32, u32)) {
        self.index.meet(0..self.len(), each);
    }

    /// What hangs together. *Cost*: near linear in accounts and edges.
    pub fn parts(&self, edges: &[(u32, u32)]) -> Vec<Part> {
        let mut sets = Sets((0..self.linker.len() as u32).collect());
        edges.iter().for_each(|(a, b)| sets.join(*a, *b));
        self.order.iter().zip(&self.heads).for_each(|(n, h)| sets.join(*n, *h));
        self.bonds.unit.iter().for_each(|(n, first)| sets.join(*n, *first));
        let mut open: HashMap<u64, u32> = HashMap::new();
        for n in self.order.iter().filter(|n| self.linker.lacks_year(**n)) {
            let first = *open.entry(self.linker.store.profiles[*n as usize].article).or_insert(*n);
            sets.join(first, *n);
        }
        let mut place: HashMap<u32, usize> = HashMap::new();
        let mut parts: Vec<Part> = Vec::new();
        for n in &self.order {
            let at = *place.entry(sets.find(*n)).or_insert(parts.len());
            if at == parts.len() {
                parts.push(Part::default());
            }
            parts[at].accounts.push(*n);
        }
        for e in edges {
            parts[place[&sets.find(e.0)]].edges.push(*e);
        }
        parts
    }

    /// The groups of one part.
    pub fn groups(&self, part: &Part) -> Vec<Group> {
        if let [n] = part.accounts.as_slice() {
            return vec![Group { accounts: vec![*n], links: Vec::new(), years: BTreeMap::new() }];
        }
        let head = |n: &u32| self.heads[self.place(*n)];
        let first: Vec<(u32, u32)> = part.accounts.iter().map(|n| (*n, head(n))).collect();
        let found = self.cluster(&self.linker.view(), &first, &part.edges);
        let years = match part.accounts.iter().any(|n| self.linker.lacks_year(*n)) {
            true => year::learn(&self.linker.view(), &found.iter().map(|g| g.accounts.clone()).collect::<Vec<_>>()),
            false => BTreeMap::new(),
        };
        if years.is_empty() {
            return found;
        }
        let view = self.linker.view().with_years(&years);
        let again: Vec<(u32, u32)> =
            part.accounts.iter().copied().zip(equals(&view, &part.accounts, &self.bonds)).collect();
        // Whoever is no equal any more keeps the edges of whom it was equal to.
        let mut by_head: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        again.iter().filter(|(n, h)| n == h).for_each(|(n, _)| by_head.entry(head(n)).or_default().push(*n));
        let met = part.edges.iter().copied().chain(by_head.keys().map(|h| (*h, *h)));
        let pairs = met.flat_map(|(a, b)| {
            let of = |h: u32| by_head.get(&h).into_iter().flatten();
            of(a).flat_map(move |x| of(b).map(move |y| (*x.min(y), *x.max(y)))).collect::<Vec<_>>()
        });
        let edges: BTreeSet<(u32, u32)> = pairs.filter(|(a, b)| a != b && view.joins(*a, *b)).collect();
        let mut out = self.cluster(&view, &again, &edges.into_iter().collect::<Vec<_>>());
        for g in &mut out {
            g.years = years.iter().filter(|(n, _)| g.accounts.contains(n)).map(|(n, y)| (*n, *y)).collect();
        }
        out
    }

    /// The place of an account in the order.
    fn place(&self, n: u32) -> usize {
        let wanted = self.linker.store.profiles[n as usize].order;
        self.order.partition_point(|m| self.linker.store.profiles[*m as usize].order < wanted)
    }

    /// Clusters accounts in order, each given with the first of its equals.
    fn cluster(&self, view: &View<'_>, accounts: &[(u32, u32)], edges: &[(u32, u32)]) -> Vec<Group> {
        let all: Vec<Unit> = units(view, accounts, &self.bonds);
        let mut unit: HashMap<u32, usize> = HashMap::new();
        for (at, u) in all.iter().enumerate() {
            u.members.iter().for_each(|m| _ = unit.insert(*m, at));
        }
        let between = |a: &u32, b: &u32| Some((*unit.get(a)?, *unit.get(b)?)).filter(|(x, y)| x != y);
        let ordered = |(x, y): (usize, usize)| (x.min(y), x.max(y));
        let edges = edges.iter().filter_map(|(a, b)| between(a, b)).map(ordered).collect();
        let apart = match self.bonds.apart.is_empty() {
            true => BTreeSet::new(),
            false => self.bonds.apart.iter().filter_map(|(a, b)| between(a, b)).map(ordered).collect(),
        };
        let places: HashMap<u32, usize> = accounts.iter().enumerate().map(|(at, (n, _))| (*n, at)).collect();
        let group = |c: Cluster| {
            let mut members: Vec<u32> = c.units.iter().flat_map(|u| all[*u].members.iter().copied()).collect();
            members.sort_unstable_by_key(|n| places[n]);
            let within = c.units.iter().flat_map(|u| {
                let u = &all[*u];
                let first = u.members[0];
                let decided = self.bonds.unit.contains_key(&first);
                u.members[1..].iter().map(move |m| Link { a: first, b: *m, decided })
            });
            let links = within.chain(c.links.iter().cloned()).collect();
            Group { accounts: members, links, years: BTreeMap::new() }
        };
        clusters(view, &all, &edges, &apart).into_iter().map(group).collect()
    }
}

/// Sets that are joined step by step, by the numbers of their members.
struct Sets(Vec<u32>);

impl Sets {
    fn find(&mut self, mut n: u32) -> u32 {
        while self.0[n as usize] != n {
            self.0[n as usize] = self.0[self.0[n as usize] as usize];
            n = self.0[n as usize];
        }
        n
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.find(a), self.find(b));
        self.0[a.max(b) as usize] = a.min(b);
    }
}
