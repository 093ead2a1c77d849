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
            article: model.article.score_text(&sheet.article),
            sentences: sheet.sentences.iter().map(|s| model.sentence.score_text(s)).collect(),
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
    /// What tells whether it fills a role, for each role; nothing where none of its mentions is likely to.
    pub numbers: Vec<Numbers>,
    /// For each role the mention that scores highest.
    pub best: Vec<usize>,
    /// Scores of its mentions.
    scores: Vec<Vec<f32>>,
    /// What its sentences score, mention by mention.
    sentences: Vec<Vec<f32>>,
}

/// What the words of all mentions together weigh against the numbers.
const WORDS: f32 = 0.4;
/// A noun that scores less in every role is never looked at again.
const FLOOR: f32 = -4.0;

/// The things of an article that may fill a role, in the order of their first mentions.
pub fn things(sheet: &Sheet, scores: &Scores, acts: &[f32]) -> Vec<Thing> {
    let mut order: Vec<&str> = Vec::new();
    let mut by: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (n, m) in sheet.mentions.iter().enumerate() {
        let list = by.entry(&m.thing).or_default();
        if list.is_empty() {
            order.push(&m.thing);
        }
        list.push(n);
    }
    let top: Vec<f32> = (0..Role::ALL.len()).map(|r| scores.best_mention(r)).collect();
    let all = order.into_iter().map(|thing| &by[thing]);
    // How many things may fill each role, and how strong the strongest is in each sentence.
    let field = Field::of(sheet, scores, by.values());
    let likely = |m: &&Vec<usize>| m.iter().any(|n| scores.mentions[*n].iter().any(|s| *s >= FLOOR));
    all.filter(likely).map(|m| thing(m, sheet, scores, acts, &top, &field)).collect()
}

/// What else may fill the roles of an article.
struct Field {
    /// For each role, how many things may fill it, each counted by its chance.
    rivals: Vec<f32>,
    /// For each sentence and role, the two highest scores of nouns, each with its noun's place among the mentions.
    best: Vec<Vec<[(f32, usize); 2]>>,
}

impl Field {
    fn of<'m>(sheet: &Sheet, scores: &Scores, things: impl Iterator<Item = &'m Vec<usize>>) -> Field {
        let roles = Role::ALL.len();
        let mut rivals = vec![0.0; roles];
        for mentions in things {
            for (r, sum) in rivals.iter_mut().enumerate() {
                *sum += chance(mentions.iter().map(|n| scores.mentions[*n][r]).fold(NONE, f32::max));
            }
        }
        let mut best = vec![vec![[(NONE, usize::MAX); 2]; roles]; scores.sentences.len()];
        for (n, m) in sheet.mentions.iter().enumerate() {
            for (r, two) in best[m.sentence].iter_mut().enumerate() {
                let score = scores.mentions[n][r];
                if score > two[0].0 {
                    two[1] = two[0];
                    two[0] = (score, n);
                } else if score > two[1].0 {
                    two[1] = (score, n);
                }
            }
        }
        Field { rivals, best }
    }

    /// The highest score that another noun than those of a thing has for a role in a sentence.
    fn other(&self, sentence: usize, role: usize, mentions: &[usize]) -> f32 {
        let two = &self.best[sentence][role];
        if mentions.contains(&two[0].1) { two[1].0 } else { two[0].0 }
    }
}

fn thing(mentions: &[usize], sheet: &Sheet, scores: &Scores, acts: &[f32], top: &[f32], field: &Field) -> Thing {
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
        if v[0] < FLOOR {
            out.numbers.push(n);
            continue;
        }
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
        for other in Role::ALL {
            n.put(&format!("beside {}", other.name()), field.other(line, other as usize, mentions));
            n.put(&format!("rivals {}", other.name()), field.rivals[other as usize].min(9.0));
        }
        for (name, at) in [("before", line.checked_sub(1)), ("after", Some(line + 1))] {
            let s = at.and_then(|at| scores.sentences.get(at));
            n.put(&format!("{name} hit"), s.map_or(NONE, |s| s[0]));
            n.put(&format!("{name} either"), s.map_or(NONE, |s| s[2]));
        }
        for (i, name) in SENTENCE.iter().enumerate() {
            n.put(&format!("all {name}"), sum(&scores.sentences.iter().map(|s| s[i]).collect::<Vec<_>>()));
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
    /// The chance that it fills each role: by a mean of what its numbers tell and what all its words tell together. *Range*: 0
    /// to 1.
    pub(crate) fn chances(&self, sheet: &Sheet, model: &Model) -> Vec<f32> {
        let words = model.whole.score_text(&self.keys(sheet));
        let of = |role: Role| {
            let numbers = &self.numbers[role as usize].0;
            if numbers.is_empty() {
                return 0.0;
            }
            let mut out = model.thing.score(&[]);
            numbers.iter().for_each(|(n, v)| model.thing.add(key(&[role.name(), " ", n]), *v, &mut out));
            chance(out[role as usize] * (1.0 - WORDS) + words[role as usize] * WORDS)
        };
        Role::ALL.into_iter().map(of).collect()
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

    /// How likely what it fills belongs to each of the acts told.
    pub(crate) fn acts(
        &self,
        sheet: &Sheet,
        role: Role,
        model: &Model,
        acts: &[f32],
        told: &[(Act, f32)],
    ) -> Vec<(Act, f32)> {
        let mut scores = model.share.score(&sheet.mentions[self.mentions[self.best[role as usize]]].keys);
        for (name, v) in &self.share_numbers(role, acts).0 {
            model.share.add(key(&[name]), *v, &mut scores);
        }
        told.iter().map(|(a, _)| (*a, chance(scores[*a as usize]))).collect()
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

    /// The features of all its mentions, each once.
    pub fn keys(&self, sheet: &Sheet) -> Vec<u64> {
        let mut out: Vec<u64> = self.mentions.iter().flat_map(|n| &sheet.mentions[*n].keys).copied().collect();
        out.sort_unstable();
        out.dedup();
        out
    }

    /// Where its mentions stand.
    pub(crate) fn spans(&self, sheet: &Sheet) -> Vec<Span> {
        let name = |n: &usize| sheet.mentions[*n].parts.iter().map(|w| w.span).min_by_key(|s| s.len());
        self.mentions.iter().filter_map(name).collect()
    }
}
