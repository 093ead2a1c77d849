//! All names of a list, squeezed and sorted, so that a text can be walked for the longest one.

use super::{Actor, Form};

/// Letters and digits of a folded text, nothing between: "isis-k", "isis k" and "i.s.i.s.-k" are all "isisk".
pub(super) fn squeeze(folded: &str) -> String {
    squeezed(folded).collect()
}

/// The same as characters.
pub(super) fn squeezed(folded: &str) -> impl Iterator<Item = char> + '_ {
    folded.chars().filter(|c| c.is_alphanumeric())
}

/// The names, of a list in order, that begin with the letters read so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Reach {
    from: u32,
    to: u32,
    /// Bytes read so far.
    read: u32,
}

impl Reach {
    /// Before anything is read, of a list of `len` names.
    pub(super) fn all(len: usize) -> Reach {
        Reach { from: 0, to: len as u32, read: 0 }
    }

    /// Whether no name begins so.
    pub(super) fn is_empty(self) -> bool {
        self.from >= self.to
    }

    /// What is left of it after `more` letters. *Cost*: logarithmic in the names left.
    pub(super) fn narrow<T>(self, names: &[T], name: impl Fn(&T) -> &str, more: &str) -> Reach {
        let (from, to, read) = (self.from as usize, self.to as usize, self.read as usize);
        let rest = |t: &T| name(t).as_bytes().get(read..).unwrap_or_default().cmp(more.as_bytes());
        let begins = |t: &T| name(t).as_bytes().get(read..).is_some_and(|r| r.starts_with(more.as_bytes()));
        let Some(left) = names.get(from..to) else { return Reach::default() };
        let first = left.partition_point(|t| rest(t).is_lt());
        let many = left[first..].partition_point(begins);
        Reach { from: (from + first) as u32, to: (from + first + many) as u32, read: (read + more.len()) as u32 }
    }

    /// The index of the name that is exactly what was read.
    pub(super) fn exact<T>(self, names: &[T], name: impl Fn(&T) -> &str) -> Option<usize> {
        let first = names.get(self.from as usize).filter(|_| !self.is_empty())?;
        (name(first).len() == self.read as usize).then_some(self.from as usize)
    }
}

/// One name of one actor.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    /// Index of the actor.
    pub(super) actor: usize,
    /// Index of the name among the actor's aliases.
    pub(super) alias: usize,
    /// How the name may be used.
    pub(super) form: Form,
}

/// Squeezed names in order, each with those who bear it.
#[derive(Debug, Default)]
pub(super) struct Index {
    names: Vec<(String, Vec<Hit>)>,
    /// The first eight bytes of each name as a number, so that most tokens are told without a look at the names.
    heads: Vec<u64>,
}

/// The first eight bytes, the first the most significant; zeros behind a shorter name.
fn head(name: &str) -> u64 {
    name.bytes().take(8).enumerate().fold(0, |h, (i, b)| h | u64::from(b) << (56 - 8 * i))
}

impl Index {
    /// The index of a list.
    pub(super) fn of(list: &[Actor]) -> Index {
        let mut flat: Vec<(String, Hit)> = Vec::new();
        for (actor, a) in list.iter().enumerate() {
            for (alias, n) in a.aliases.iter().enumerate() {
                let key = squeeze(&article::fold(n.name.strip_prefix("the ").unwrap_or(&n.name)));
                flat.push((key, Hit { actor, alias, form: n.form }));
            }
        }
        flat.sort_by(|a, b| (&a.0, a.1.actor, a.1.alias).cmp(&(&b.0, b.1.actor, b.1.alias)));
        let mut names: Vec<(String, Vec<Hit>)> = Vec::new();
        for (key, hit) in flat {
            match names.last_mut() {
                Some((k, hits)) if *k == key => hits.push(hit),
                _ => names.push((key, vec![hit])),
            }
        }
        let heads = names.iter().map(|(name, _)| head(name)).collect();
        Index { names, heads }
    }

    /// Those who bear exactly this squeezed name.
    pub(super) fn exact(&self, squeezed: &str) -> &[Hit] {
        self.hits(self.begin(squeezed))
    }

    /// The names that begin with `letters`. *Cost*: logarithmic in the names.
    pub(super) fn begin(&self, letters: &str) -> Reach {
        if letters.is_empty() {
            return Reach::all(self.names.len());
        }
        let low = head(letters);
        // The greatest number that begins with the same bytes; a shift by all 64 bits leaves nothing.
        let high = low | u64::MAX.checked_shr(8 * letters.len().min(8) as u32).unwrap_or(0);
        let from = self.heads.partition_point(|h| *h < low);
        let to = from + self.heads[from..].partition_point(|h| *h <= high);
        let reach = Reach { from: from as u32, to: to as u32, read: letters.len().min(8) as u32 };
        match letters.get(8..) {
            Some(rest) if !rest.is_empty() && !reach.is_empty() => self.narrow(reach, rest),
            // A character across the eighth byte: read from the beginning.
            None if letters.len() > 8 => self.narrow(Reach::all(self.names.len()), letters),
            _ => Reach { read: letters.len() as u32, ..reach },
        }
    }

    /// What is left of `reach` after more letters.
    pub(super) fn narrow(&self, reach: Reach, more: &str) -> Reach {
        reach.narrow(&self.names, |(name, _)| name, more)
    }

    /// Those who bear exactly the name that was read.
    pub(super) fn hits(&self, reach: Reach) -> &[Hit] {
        reach.exact(&self.names, |(name, _)| name).map_or(&[], |i| &self.names[i].1)
    }
}
