//! An article with the templates that people filled for it, and what they say of its parts.

use crate::muc4::gtt::{Filler, Template};
use crate::muc4::key::{self, slot};
use account::fill::{Act, Noun, Role, Sheet, Thing, plain};
use std::collections::BTreeSet;

/// One article of the training set.
pub(super) struct Sample {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) sheet: Sheet,
    pub(super) templates: Vec<Template>,
    /// Of each template, people without names whom it was done to.
    people: Vec<Vec<Filler>>,
    /// What fills each role, plain.
    fillers: Vec<BTreeSet<String>>,
}

impl Sample {
    pub(super) fn new(id: String, text: String, sheet: Sheet, keys: &[key::Template]) -> Sample {
        let templates = keys.iter().map(Template::of_key).collect();
        let options = |t: &key::Template| t.of(slot::DESCRIPTION).iter().map(|f| f.options.clone()).collect();
        let people = keys.iter().map(options).collect();
        let mut out = Sample { id, text, sheet, templates, people, fillers: Vec::new() };
        out.fillers = Role::ALL.iter().map(|r| out.words(*r, None)).collect();
        out
    }

    /// Whether the noun, in some of its words, fills the role.
    pub(super) fn fills(&self, noun: &Noun, role: Role) -> bool {
        noun.parts.iter().any(|p| self.named(&p.plain, role))
    }

    /// Whether these words name what fills the role.
    pub(super) fn named(&self, words: &str, role: Role) -> bool {
        self.fillers[role as usize].contains(words)
    }

    /// Whether one of the thing's mentions fills the role.
    pub(super) fn thing(&self, thing: &Thing, role: Role) -> bool {
        thing.mentions.iter().any(|m| self.fills(&self.sheet.mentions[*m], role))
    }

    /// Which acts have templates, whether any has, and which acts have two.
    pub(super) fn acts(&self) -> Vec<bool> {
        let count = |a: &Act| self.templates.iter().filter(|t| tells(t, *a)).count();
        let told = Act::ALL.iter().map(|a| count(a) > 0);
        told.chain([!self.templates.is_empty()]).chain(Act::ALL.iter().map(|a| count(a) > 1)).collect()
    }

    /// For each sentence: whether it names what was hit, who did it, either, and something of each act.
    pub(super) fn sentences(&self) -> Vec<Vec<bool>> {
        let mut out = vec![vec![false; 3 + Act::ALL.len()]; self.sheet.sentences.len()];
        let of_act = |a: &Act| Role::ALL.iter().flat_map(|r| self.words(*r, Some(*a))).collect::<BTreeSet<_>>();
        let acts: Vec<BTreeSet<String>> = Act::ALL.iter().map(of_act).collect();
        for m in &self.sheet.mentions {
            let line = &mut out[m.sentence];
            let fills = |roles: &[Role]| roles.iter().any(|r| self.fills(m, *r));
            line[0] |= fills(&[Role::Target, Role::Victim, Role::Weapon, Role::People]);
            line[1] |= fills(&[Role::Doer, Role::Organisation]);
            line[2] = line[0] || line[1];
            for (n, set) in acts.iter().enumerate() {
                line[3 + n] |= m.parts.iter().any(|p| set.contains(&p.plain));
            }
        }
        out
    }

    /// The acts in whose templates the thing fills the role.
    pub(super) fn shares(&self, thing: &Thing, role: Role) -> Vec<bool> {
        let parts = || thing.mentions.iter().flat_map(|m| &self.sheet.mentions[*m].parts);
        let share = |a: &Act| {
            let set = self.words(role, Some(*a));
            parts().any(|p| set.contains(&p.plain))
        };
        Act::ALL.iter().map(share).collect()
    }

    /// What fills a role, in the templates of one act or in all.
    fn words(&self, role: Role, act: Option<Act>) -> BTreeSet<String> {
        let mut out = BTreeSet::new();
        for (t, people) in self.templates.iter().zip(&self.people).filter(|(t, _)| act.is_none_or(|a| tells(t, a))) {
            let fillers = t.roles().get(role as usize).copied().unwrap_or(people);
            out.extend(fillers.iter().flatten().map(|w| plain(w)));
        }
        out
    }
}

fn tells(template: &Template, act: Act) -> bool {
    template.incident_type.contains(act.name())
}
