//! What the sentences around a unit set for it: the time and place of its paragraph, and the item of a round-up.

use crate::scene::Scene;
use crate::unit::Unit;

/// How many words the heading of an item has at most.
const HEADING: usize = 3;

/// A paragraph's earlier sentences set the time and place of those that follow and give none: "It was Sunday. A jet came over. It
/// dropped two bombs."
pub(crate) fn settings(scene: &Scene<'_>, units: &mut [Unit]) {
    let mut set: Option<(usize, usize)> = None;
    let mut place: Option<(usize, usize)> = None;
    for u in units {
        let heading =
            |p: usize| scene.places[p].tokens.1 + 1 >= u.tokens.1 && scene.places[p].tokens.0 <= u.tokens.0 + 1;
        match (u.place, place) {
            (Some(p), _) if u.located || heading(p) => place = Some((u.paragraph, p)),
            (None, Some((paragraph, p))) if paragraph == u.paragraph => u.set_place = Some(p),
            _ => {}
        }
        match (u.spoken_time, set) {
            (Some(time), _) => set = Some((u.paragraph, time)),
            (None, Some((paragraph, time))) if paragraph == u.paragraph => u.set_time = Some(time),
            _ => {}
        }
    }
}

/// Marks the units of a round-up, whose paragraphs each begin with a heading of a few capital words.
pub(crate) fn items(scene: &Scene<'_>, units: &mut [Unit]) {
    let heading = |u: &Unit| {
        let words = || (u.tokens.0..u.tokens.1).filter(|i| !scene.is_mark(*i)).map(|i| &scene.tokens.tokens[i]);
        let capitals = |w: &str| w.chars().any(char::is_alphabetic) && !w.chars().any(char::is_lowercase);
        (1..=HEADING).contains(&words().count()) && words().all(|t| capitals(t.span.of(&scene.article.text)))
    };
    let mut heads: Vec<(usize, (usize, usize))> = Vec::new();
    for (n, u) in units.iter().enumerate() {
        let begins = n == 0 || units[n - 1].paragraph != u.paragraph;
        let goes_on = units.get(n + 1).is_some_and(|next| next.paragraph == u.paragraph);
        if begins && goes_on && !u.headline && heading(u) {
            heads.push((u.paragraph, u.tokens));
        }
    }
    if heads.len() > 1 {
        for u in units {
            u.item = heads.iter().find(|(paragraph, _)| *paragraph == u.paragraph).map(|(_, tokens)| *tokens);
        }
    }
}
