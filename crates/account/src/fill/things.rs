//! The things of an article: mentions of one thing together, and what is measured of it for each role.

use super::model::SENTENCE;
use super::numbers::Numbers;
use super::scores::{NONE, Scores, sorted, sum};
use super::thing::Thing;
use super::{Act, Role, Sheet, chance};
use std::collections::BTreeMap;
use std::sync::LazyLock;

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
    let all = order.into_iter().map(|thing| &by[thing]);
    let field = Field::of(sheet, scores, acts, by.values());
    let likely = |m: &&Vec<usize>| m.iter().any(|n| scores.mentions[*n].iter().any(|s| *s >= FLOOR));
    all.filter(likely).map(|m| field.thing(m, sheet)).collect()
}

/// What an article tells, and what else may fill its roles.
struct Field<'s> {
    scores: &'s Scores,
    /// Log-odds of the acts.
    acts: &'s [f32],
    /// For each role the highest score of a noun.
    top: Vec<f32>,
    /// For each role, how many things may fill it, each counted by its chance.
    rivals: Vec<f32>,
    /// For each sentence and role, the two highest scores of nouns, each with its noun's place among the mentions.
    best: Vec<Vec<[(f32, usize); 2]>>,
}

impl<'s> Field<'s> {
    fn of<'m>(
        sheet: &Sheet,
        scores: &'s Scores,
        acts: &'s [f32],
        things: impl Iterator<Item = &'m Vec<usize>>,
    ) -> Field<'s> {
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
        let top = (0..roles).map(|r| scores.best_mention(r)).collect();
        Field { scores, acts, top, rivals, best }
    }

    /// The highest score that another noun than those of a thing has for a role in a sentence.
    fn other(&self, sentence: usize, role: usize, mentions: &[usize]) -> f32 {
        let two = &self.best[sentence][role];
        if mentions.contains(&two[0].1) { two[1].0 } else { two[0].0 }
    }

    fn thing(&self, mentions: &[usize], sheet: &Sheet) -> Thing {
        let own: Vec<Vec<f32>> = mentions.iter().map(|n| self.scores.mentions[*n].clone()).collect();
        let lines: Vec<usize> = mentions.iter().map(|n| sheet.mentions[*n].sentence).collect();
        let mut out = Thing {
            mentions: mentions.to_vec(),
            numbers: Vec::new(),
            best: Vec::new(),
            sentences: lines.iter().map(|s| self.scores.sentences[*s].clone()).collect(),
            scores: own,
        };
        for role in Role::ALL {
            let r = role as usize;
            let best =
                (0..mentions.len()).max_by(|a, b| out.scores[*a][r].total_cmp(&out.scores[*b][r]).then(b.cmp(a)));
            let best = best.unwrap_or(0);
            out.best.push(best);
            let mut n = Numbers::default();
            if out.scores[best][r] >= FLOOR {
                n = self.measured(&out, role, &lines, n);
            }
            out.numbers.push(n.values);
        }
        out
    }

    /// What is measured of a thing for a role; its mentions stand in the sentences `lines`.
    fn measured(&self, t: &Thing, role: Role, lines: &[usize], mut n: Numbers) -> Numbers {
        let (scores, top, line) = (self.scores, &self.top, lines[t.best[role as usize]]);
        let r = role as usize;
        let v = sorted(t.scores.iter().map(|s| s[r]));
        n.put(format_args!("best"), v[0]);
        n.put(format_args!("second"), v.get(1).copied().unwrap_or(NONE));
        n.put(format_args!("sum"), sum(&v));
        n.put(format_args!("mean"), v.iter().sum::<f32>() / v.len() as f32);
        n.put(format_args!("mentions"), (v.len() as f32).ln());
        n.put(format_args!("top"), top[r]);
        n.put(format_args!("below top"), v[0] - top[r]);
        let above = scores.mentions.iter().filter(|m| m[r] > v[0]).count();
        n.put(format_args!("rank"), (above as f32).min(9.0));
        n.put(format_args!("place"), (line as f32).min(8.0));
        n.put(format_args!("part"), line as f32 / scores.sentences.len() as f32);
        let here = &scores.sentences[line];
        for (i, name) in SENTENCE.iter().enumerate() {
            n.put(format_args!("here {name}"), here[i]);
            n.put(format_args!("anywhere {name}"), lines.iter().map(|s| scores.sentences[*s][i]).fold(NONE, f32::max));
        }
        for other in Role::ALL {
            n.put(format_args!("beside {}", other.name()), self.other(line, other as usize, &t.mentions));
            n.put(format_args!("rivals {}", other.name()), self.rivals[other as usize].min(9.0));
        }
        for (name, at) in [("before", line.checked_sub(1)), ("after", Some(line + 1))] {
            let s = at.and_then(|at| scores.sentences.get(at));
            n.put(format_args!("{name} hit"), s.map_or(NONE, |s| s[0]));
            n.put(format_args!("{name} either"), s.map_or(NONE, |s| s[2]));
        }
        for (i, name) in SENTENCE.iter().enumerate() {
            n.put(format_args!("all {name}"), sum(&scores.sentences.iter().map(|s| s[i]).collect::<Vec<_>>()));
        }
        let near = line.saturating_sub(1)..(line + 2).min(scores.sentences.len());
        n.put(format_args!("near hit"), scores.sentences[near].iter().map(|s| s[0]).fold(NONE, f32::max));
        for a in [Act::Attack, Act::Bombing, Act::Kidnapping, Act::Arson] {
            n.put(format_args!("here {}", a.name()), here[SENTENCE.len() + a as usize]);
            n.put(format_args!("told {}", a.name()), self.acts[a as usize]);
        }
        n.put(format_args!("told any"), self.acts[Act::ALL.len()]);
        for other in Role::ALL {
            let o = other as usize;
            n.put(format_args!("as {}", other.name()), t.scores.iter().map(|s| s[o]).fold(NONE, f32::max));
            n.put(format_args!("best {}", other.name()), top[o]);
        }
        n
    }
}

/// The names of what is measured of a thing for a role.
pub static MEASURES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let thing = Thing {
        mentions: vec![0],
        scores: vec![vec![0.0; Role::ALL.len()]],
        best: vec![0; Role::ALL.len()],
        ..Thing::default()
    };
    let scores = Scores {
        sentences: vec![vec![0.0; SENTENCE.len() + Act::ALL.len()]],
        mentions: thing.scores.clone(),
        ..Scores::default()
    };
    let (roles, acts) = (Role::ALL.len(), [0.0; Act::ALL.len() + 1]);
    let best = vec![vec![[(NONE, 0); 2]; roles]];
    let field = Field { scores: &scores, acts: &acts, top: vec![0.0; roles], rivals: vec![0.0; roles], best };
    field.measured(&thing, Role::Doer, &[0], Numbers::naming()).names()
});
