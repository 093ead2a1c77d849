//! The models that read other models' scores: acts of the article, and things with all their mentions.

use super::model::SENTENCE;
use super::{Act, Model, Role, Sheet, chance, key};
use article::Span;
use std::collections::BTreeMap;

/// What the models of words score, as log-odds.
#[derive(Debug, Clone, Default)]
pub struct Scores {
    /// Acts of the article by its words, and whether it tells of any.
    pub article: Vec<f32>,
    /// For each sentence: hit, doer, either, then the acts.
    pub sentences: Vec<Vec<f32>>,
    /// For each noun: the roles.
    pub mentions: Vec<Vec<f32>>,
}

/// A score of something that is not there.
const NONE: f32 = -7.0;

impl Scores {
    /// By the tables of `model`.
    pub fn of(sheet: &Sheet, model: &Model) -> Scores {
        Scores {
            article: model.article.score(&sheet.article),
            sentences: sheet.sentences.iter().map(|s| model.sentence.score(s)).collect(),
            mentions: sheet.mentions.iter().map(|m| model.mention.score(&m.keys)).collect(),
        }
    }

    fn best_mention(&self, role: usize) -> f32 {
        self.mentions.iter().map(|m| m[role]).fold(NONE, f32::max)
    }
}

/// Names and values in one list: what a model of scores reads.
#[derive(Debug, Clone, Default)]
pub struct Numbers(pub Vec<(String, f32)>);

impl Numbers {
    fn put(&mut self, name: &str, value: f32) {
        self.0.push((name.to_owned(), value));
    }
}

fn sorted(values: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut v: Vec<f32> = values.collect();
    v.sort_by(|a, b| b.total_cmp(a));
    v
}

fn sum(values: &[f32]) -> f32 {
    values.iter().map(|v| v.exp()).sum::<f32>().max(1e-6).ln()
}

/// What tells which acts an article tells of.
pub fn numbers(scores: &Scores) -> Numbers {
    let mut out = Numbers::default();
    for (n, v) in scores.article.iter().enumerate() {
        out.put(&format!("article {}", Act::ALL.get(n).map_or("any", |a| a.name())), *v);
    }
    for r in Role::ALL {
        out.put(&format!("best {}", r.name()), scores.best_mention(r as usize));
    }
    for (n, name) in SENTENCE.iter().enumerate() {
        out.put(
            &format!("sentence {name}"),
            sorted(scores.sentences.iter().map(|s| s[n])).first().copied().unwrap_or(NONE),
        );
    }
    for a in Act::ALL {
        let v = sorted(scores.sentences.iter().map(|s| s[SENTENCE.len() + a as usize]));
        out.put(&format!("sentence {}", a.name()), v.first().copied().unwrap_or(NONE));
        out.put(&format!("second sentence {}", a.name()), v.get(1).copied().unwrap_or(NONE));
        out.put(&format!("sentences {}", a.name()), sum(&v));
    }
    out.put("length", (scores.sentences.len().max(1) as f32).ln());
    out.put("beginning", scores.sentences.iter().take(3).map(|s| s[2]).fold(NONE, f32::max));
    out
}

/// Log-odds of each act, and of any.
pub fn acts(scores: &Scores, model: &Model) -> Vec<f32> {
    let mut out = model.acts.score(&[]);
    numbers(scores).0.iter().for_each(|(name, v)| model.acts.add(key(&[name]), *v, &mut out));
    out
}

/// All mentions of one thing.
#[derive(Debug, Clone)]
pub struct Thing {
    /// Its mentions, as indices into [`Sheet::mentions`].
    pub mentions: Vec<usize>,
    /// What tells whether it fills a role, for each role.
    pub numbers: Vec<Numbers>,
    /// For each role the mention that scores highest.
    pub best: Vec<usize>,
    /// Scores of its mentions.
    scores: Vec<Vec<f32>>,
    /// What its sentences score, mention by mention.
    sentences: Vec<Vec<f32>>,
}

/// A noun that scores less in every role is never looked at again.
const FLOOR: f32 = -4.0;

/// The things of an article that may fill a role, in the order of their first mentions.
pub fn things(sheet: &Sheet, scores: &Scores, acts: &[f32]) -> Vec<Thing> {
    let mut order: Vec<&str> = Vec::new();
    let mut by: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (n, m) in sheet.mentions.iter().enumerate() {
        let list = by.entry(&m.head).or_default();
        if list.is_empty() {
            order.push(&m.head);
        }
        list.push(n);
    }
    let top: Vec<f32> = (0..Role::ALL.len()).map(|r| scores.best_mention(r)).collect();
    let all = order.into_iter().map(|head| &by[head]);
    let likely = |m: &&Vec<usize>| m.iter().any(|n| scores.mentions[*n].iter().any(|s| *s >= FLOOR));
    all.filter(likely).map(|m| thing(m, sheet, scores, acts, &top)).collect()
}

fn thing(mentions: &[usize], sheet: &Sheet, scores: &Scores, acts: &[f32], top: &[f32]) -> Thing {
    let own: Vec<Vec<f32>> = mentions.iter().map(|n| scores.mentions[*n].clone()).collect();
    let lines: Vec<usize> = mentions.iter().map(|n| sheet.mentions[*n].sentence).collect();
    let mut out = Thing {
        mentions: mentions.to_vec(),
        numbers: Vec::new(),
        best: Vec::new(),
        sentences: lines.iter().map(|s| scores.sentences[*s].clone()).collect(),
        scores: own,
    };
    for role in Role::ALL {
        let r = role as usize;
        let best = (0..mentions.len()).max_by(|a, b| out.scores[*a][r].total_cmp(&out.scores[*b][r]).then(b.cmp(a)));
        let best = best.unwrap_or(0);
        out.best.push(best);
        let mut n = Numbers::default();
        let v = sorted(out.scores.iter().map(|s| s[r]));
        n.put("best", v[0]);
        n.put("second", v.get(1).copied().unwrap_or(NONE));
        n.put("sum", sum(&v));
        n.put("mean", v.iter().sum::<f32>() / v.len() as f32);
        n.put("mentions", (v.len() as f32).ln());
        n.put("top", top[r]);
        n.put("below top", v[0] - top[r]);
        let above = scores.mentions.iter().filter(|m| m[r] > v[0]).count();
        n.put("rank", (above as f32).min(9.0));
        let line = lines[best];
        n.put("place", (line as f32).min(8.0));
        n.put("part", line as f32 / scores.sentences.len() as f32);
        let here = &scores.sentences[line];
        for (i, name) in SENTENCE.iter().enumerate() {
            n.put(&format!("here {name}"), here[i]);
            n.put(&format!("anywhere {name}"), lines.iter().map(|s| scores.sentences[*s][i]).fold(NONE, f32::max));
        }
        let near = line.saturating_sub(1)..(line + 2).min(scores.sentences.len());
        n.put("near hit", scores.sentences[near].iter().map(|s| s[0]).fold(NONE, f32::max));
        for a in [Act::Attack, Act::Bombing, Act::Kidnapping, Act::Arson] {
            n.put(&format!("here {}", a.name()), here[SENTENCE.len() + a as usize]);
            n.put(&format!("told {}", a.name()), acts[a as usize]);
        }
        n.put("told any", acts[Act::ALL.len()]);
        for other in Role::ALL.into_iter().filter(|o| *o != role) {
            let o = other as usize;
            n.put(&format!("as {}", other.name()), out.scores.iter().map(|s| s[o]).fold(NONE, f32::max));
            n.put(&format!("best {}", other.name()), top[o]);
        }
        out.numbers.push(n);
    }
    out
}

impl Thing {
    /// Log-odds that it fills `role`.
    pub(crate) fn score(&self, role: Role, model: &Model) -> f32 {
        let mut out = model.thing.score(&[]);
        let name = role.name();
        for (n, v) in &self.numbers[role as usize].0 {
            model.thing.add(key(&[name, " ", n]), *v, &mut out);
        }
        out[role as usize]
    }

    /// The words that may name it, each once: plain, with the features of all its mentions, and where they first stand.
    pub fn choices<'s>(&self, sheet: &'s Sheet) -> Vec<(&'s str, Vec<u64>, Span)> {
        let mut all: BTreeMap<&str, (Vec<u64>, Span)> = BTreeMap::new();
        for w in self.mentions.iter().flat_map(|n| &sheet.mentions[*n].parts) {
            let (keys, _) = all.entry(&w.plain).or_insert_with(|| (Vec::new(), w.span));
            keys.extend_from_slice(&w.keys);
        }
        let once = |(plain, (mut keys, span)): (&'s str, (Vec<u64>, Span))| {
            keys.sort_unstable();
            keys.dedup();
            (plain, keys, span)
        };
        all.into_iter().map(once).collect()
    }

    /// The words that name it best in that role, and how likely they do.
    pub(crate) fn words(&self, sheet: &Sheet, role: Role, model: &Model) -> Option<(Span, f32)> {
        let scored =
            self.choices(sheet).into_iter().map(|(_, keys, span)| (span, model.variant.score(&keys)[role as usize]));
        let best = scored.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
        Some((best.0, chance(best.1)))
    }

    /// The acts, of those told, that it belongs to in that role: at least the likeliest one.
    pub(crate) fn acts(&self, sheet: &Sheet, role: Role, model: &Model, acts: &[f32], told: &[(Act, f32)]) -> Vec<Act> {
        let mut scores = model.share.score(&sheet.mentions[self.mentions[self.best[role as usize]]].keys);
        for (name, v) in &self.share_numbers(role, acts).0 {
            model.share.add(key(&[name]), *v, &mut scores);
        }
        let mut out: Vec<(f32, Act)> = told.iter().map(|(a, _)| (scores[*a as usize], *a)).collect();
        out.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let kept = 1 + out.iter().skip(1).take_while(|(s, _)| *s > 0.5).count();
        out.truncate(kept);
        out.into_iter().map(|(_, a)| a).collect()
    }

    /// What tells to which act it belongs.
    pub fn share_numbers(&self, role: Role, acts: &[f32]) -> Numbers {
        let mut n = Numbers::default();
        n.put(&format!("role {}", role.name()), 1.0);
        let here = &self.sentences[self.best[role as usize]];
        for a in Act::ALL {
            let i = SENTENCE.len() + a as usize;
            n.put(&format!("here {}", a.name()), here[i]);
            n.put(&format!("anywhere {}", a.name()), self.sentences.iter().map(|s| s[i]).fold(NONE, f32::max));
            n.put(&format!("told {}", a.name()), acts[a as usize]);
        }
        n
    }

    /// Where its mentions stand.
    pub(crate) fn spans(&self, sheet: &Sheet) -> Vec<Span> {
        let name = |n: &usize| sheet.mentions[*n].parts.iter().map(|w| w.span).min_by_key(|s| s.len());
        self.mentions.iter().filter_map(name).collect()
    }
}
