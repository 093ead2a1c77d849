//! Which names stand for which actor, as people decided.

use account::Account;
use article::fold;
use std::collections::{BTreeMap, BTreeSet};

/// Actors that people joined, and names that they gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// For a key the key of the actor that took it in.
    into: BTreeMap<String, String>,
    /// For an actor's key the further names, as written.
    aliases: BTreeMap<String, BTreeSet<String>>,
}

impl Names {
    /// The key of the actor that `key` stands for; `key` itself if nobody decided otherwise.
    pub fn key<'a>(&'a self, key: &'a str) -> &'a str {
        let mut at = key;
        while let Some(next) = self.into.get(at) {
            at = next;
        }
        at
    }

    /// The key of the actor that a name was given to.
    pub fn named(&self, name: &str) -> Option<&str> {
        let folded = fold(name);
        self.into.contains_key(&folded).then(|| self.key(self.into.get(&folded).map_or("", String::as_str)))
    }

    /// Keys that an actor took in, in order.
    pub fn taken_in(&self, key: &str) -> Vec<&str> {
        self.into.keys().map(String::as_str).filter(|k| self.key(k) == key).collect()
    }

    /// Further names of an actor, those of actors that it took in among them.
    pub fn aliases(&self, key: &str) -> Vec<&str> {
        self.aliases
            .iter()
            .filter(|(k, _)| self.key(k) == key)
            .flat_map(|(_, n)| n.iter().map(String::as_str))
            .collect()
    }

    /// Whether nothing was decided.
    pub fn is_empty(&self) -> bool {
        self.into.is_empty() && self.aliases.is_empty()
    }

    /// Lets `actor` take in `other`. The roots are joined, so that no chain ever runs in a circle.
    pub(crate) fn join(&mut self, actor: &str, other: &str) {
        let (to, from) = (self.key(actor).to_owned(), self.key(other).to_owned());
        if to != from {
            self.into.insert(from, to);
        }
    }

    pub(crate) fn alias(&mut self, actor: &str, name: &str) {
        self.aliases.entry(actor.to_owned()).or_default().insert(name.to_owned());
        self.join(actor, &fold(name));
    }

    /// Gives the actors of an account the keys that people decided on.
    pub(crate) fn rename(&self, account: &mut Account) {
        if self.into.is_empty() {
            return;
        }
        for b in &mut account.perpetrators {
            if self.into.contains_key(&b.actor) {
                b.actor = self.key(&b.actor).to_owned();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_to_one_actor_and_never_in_a_circle() {
        let mut names = Names::default();
        names.join("red valley front", "valley front");
        names.join("valley front", "red valley front");
        names.join("valley front", "rvf");
        names.alias("valley front", "The Front of the Valley");
        assert_eq!(names.key("rvf"), "red valley front");
        assert_eq!(names.key("somebody else"), "somebody else");
        assert_eq!(names.named("the front of the VALLEY"), Some("red valley front"));
        assert_eq!(names.aliases("red valley front"), ["The Front of the Valley"]);
        assert_eq!(names.taken_in("red valley front"), ["rvf", "the front of the valley", "valley front"]);
    }
}
