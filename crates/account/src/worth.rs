//! Whether an article, or a sentence of it, is worth a closer look: what its words alone tell, before anything dear is asked.
//!
//! Most news uses words of violence for something else: teams attack, prices are hit, workers strike. Such an article costs
//! its tokens, the look-up of each in the word lists, and what stands here. Nothing is decided that a closer look would
//! decide otherwise: a word counts here whatever its part of speech, and what it says of whom is not asked.

use crate::actors::Actors;
use crate::field::{PROOFS, Survey};
use crate::figure::singles_out;
use crate::happening::DOERS;
use crate::language::Language;
use crate::scene::{NEAR, Scene, armed, beginning};
use article::classes::{Class, Classes};
use article::grammar::{Grammar, Upos};
use article::{Article, BlockKind, ListId, Marks, Tokens, amounts};

/// A part of a whole is counted at most so many sentences behind it.
const REACH: usize = 3;

/// Whether an article may hold an account. A weak word tells with the support that its sentence gives it; where words of sport
/// or business abound, nothing tells without people harmed.
pub(crate) fn may_tell(
    article: &Article,
    tokens: &Tokens,
    marks: &Marks,
    language: &Language,
    actors: &Actors,
) -> bool {
    let l = &language.lists;
    let mut strong = 0;
    // The sentences that hold a word of violence.
    let mut telling: Vec<usize> = Vec::new();
    let body = |s: &article::Sentence| article.blocks[s.block].kind != BlockKind::Headline;
    for (n, s) in tokens.sentences.iter().enumerate().filter(|(_, s)| body(s)) {
        let mut here = false;
        for i in (s.tokens.0..s.tokens.1).filter(|i| !marks.bare(*i)) {
            for (_, list, weak) in &l.kinds {
                let tells = marks.end(i, *list).is_some();
                strong += usize::from(tells);
                here |= tells || weak.is_some_and(|w| marks.end(i, w).is_some());
            }
        }
        if here {
            telling.push(n);
        }
    }
    if telling.is_empty() {
        return false;
    }
    let field = Survey::of(article, tokens, &language.fields).whole();
    if field.played || field.accident(PROOFS) || field.figurative(PROOFS) {
        return false;
    }
    let word = |list: &dyn Fn(usize) -> bool, from: usize, to: usize| {
        let all = &tokens.sentences[from..tokens.sentences.len().min(to + 1)];
        all.iter().any(|s| (s.tokens.0..s.tokens.1).any(list))
    };
    let harm = |i: usize| names(language, &tokens.tokens[i].norm, true);
    if strong > 0 {
        return !field.figurative(0.0) || telling.iter().any(|n| word(&harm, n.saturating_sub(NEAR), n + NEAR));
    }
    let stages = [l.threatened, l.foiled, l.attempted, l.planned, l.menace, l.warning, l.made_safe, l.go_off];
    let staged = |i: usize| stages.iter().any(|list| marks.has(i, *list) || has_lemma(language, tokens, i, *list));
    let amounts = amounts(tokens);
    let counts = |n: usize| {
        let s = tokens.sentences[n].tokens;
        !beginning(&amounts, |a| a.tokens, s).is_empty() || singles_out(tokens, marks, language, s)
    };
    let nouns = Classes::builtin();
    let doer = |i: usize| nouns.main(&tokens.tokens[i].norm).any(DOERS);
    let supported = |n: usize| {
        word(&harm, n, n)
            || counts(n) && word(&harm, n.saturating_sub(REACH), n)
            || word(&doer, n, n)
            || word(&staged, n, n)
    };
    if telling.iter().any(|n| supported(*n)) {
        return true;
    }
    let named = actors.mentions(article, tokens);
    let groups: Vec<usize> = named.iter().filter(|m| armed(actors, &m.key)).map(|m| m.tokens.0).collect();
    telling.iter().map(|n| tokens.sentences[*n].tokens).any(|(from, to)| groups.iter().any(|g| from <= *g && *g < to))
}

/// Whether a sentence may count people of whom something is said: it holds a word that says what happens to somebody, or
/// names fighters.
pub(crate) fn may_count(scene: &Scene<'_>, language: &Language, (from, to): (usize, usize)) -> bool {
    let nouns = Classes::builtin();
    let fighters = |i: usize| {
        let both = || scene.span((i - 1, i + 1)).of(&scene.article.text);
        nouns.main(scene.norm(i)).has(Class::Fighter) || i > from && nouns.main(both()).has(Class::Fighter)
    };
    let says = |i: usize| names(language, scene.norm(i), false) || scene.marks.has(i, language.lists.casualty);
    (from..to).any(|i| says(i) || fighters(i))
        || scene.actors[scene.actors_within(scene.span((from, to)))].iter().any(|a| a.armed)
}

/// Whether `roles.txt` may have an entry for a word, or for a part of a word with hyphens; with `harm`, one that tells of people
/// harmed.
fn names(language: &Language, norm: &str, harm: bool) -> bool {
    let grammar = Grammar::builtin();
    norm.split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.len() > 1 && !w.starts_with(|c: char| c.is_ascii_digit()))
        .any(|w| {
            let of = |word: &str| language.roles.may_name(word, harm);
            of(w) || [Upos::Verb, Upos::Noun].into_iter().any(|tag| of(&grammar.lemma(w, tag)))
        })
}

/// Whether a token's lemma, as a verb or a noun, is on the list.
fn has_lemma(language: &Language, tokens: &Tokens, i: usize, list: ListId) -> bool {
    let lemma = |tag| Grammar::builtin().lemma(&tokens.tokens[i].norm, tag);
    [Upos::Verb, Upos::Noun].into_iter().any(|tag| language.lexicon.has(&lemma(tag), list))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::figures;
    use crate::sort::sort;
    use crate::unit::units;

    #[test]
    fn what_words_alone_leave_is_no_account_to_a_closer_look_either() {
        let check = |text: &str, worth: bool| {
            let (article, language, actors) = (Article::plain(text), Language::english(), Actors::builtin());
            let tokens = Tokens::of(&article);
            let marks = language.lexicon.mark(&tokens);
            assert_eq!(may_tell(&article, &tokens, &marks, language, actors), worth, "{text}");
            let scene = Scene::of(&article, tokens, marks, language, actors);
            let figures = figures(&scene, language);
            let told = sort(&scene, language, &units(&scene, language, &figures, &|_| false));
            assert!(worth || told.is_empty(), "{text}");
        };
        check("The strike of the bakers of Lomar over pay began on Monday.", false);
        check("Rovers will attack from the first minute, said the coach on Friday.", false);
        check("The new tax hit traders hard. It will fire up the debate.", false);
        check("A raid on the village left nine people dead on Sunday.", true);
        check("The attack in Lomar on Sunday was foiled by the guards.", true);
    }
}
