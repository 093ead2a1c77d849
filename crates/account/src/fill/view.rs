//! The sentences that may tell of violence, as the features want to see them: words with classes, triggers, and who is
//! what to whom.

use crate::scene::Scene;
use article::classes::{ClassSet, Classes};
use article::grammar::{Slot, Tree, Upos};

/// One sentence with its words.
pub(crate) struct Line<'s> {
    pub(crate) tree: &'s Tree<'static>,
    pub(crate) words: Vec<Word<'s>>,
    /// How old the times in it are, against the day of publication; empty where none is told.
    pub(crate) age: &'static str,
    pub(crate) timed: bool,
    pub(crate) placed: bool,
}

/// One word.
pub(crate) struct Word<'s> {
    /// Dictionary form in lower case.
    pub(crate) lemma: String,
    /// As printed, in lower case.
    pub(crate) form: String,
    pub(crate) tag: Upos,
    pub(crate) label: &'s str,
    pub(crate) classes: ClassSet,
    /// The first classes of the noun as one name.
    pub(crate) class: String,
    /// Sections of `roles.txt` and lists of `violence.txt` that it belongs to.
    pub(crate) triggers: Vec<&'s str>,
    /// Words of which it is an argument, and as what.
    pub(crate) heads: Vec<(usize, &'s str)>,
    /// Its own arguments.
    pub(crate) arguments: Vec<(&'s str, usize)>,
}

impl Word<'_> {
    /// The relation to its head, without subtype.
    pub(crate) fn relation(&self) -> &str {
        self.label.split(':').next().unwrap_or_default()
    }
}

/// Sentences longer than this are no prose, and their features would grow with the square of their length.
const LONGEST: usize = 150;

/// The sentences near a word of violence.
pub(crate) fn lines<'s>(scene: &'s Scene<'_>) -> Vec<Line<'s>> {
    let near = (0..scene.tokens.sentences.len()).filter(|s| scene.near[*s]);
    near.filter_map(|s| line(scene, s)).collect()
}

fn line<'s>(scene: &'s Scene<'_>, sentence: usize) -> Option<Line<'s>> {
    let clauses = scene.clauses(sentence);
    let tree: &'s Tree<'static> = scene.syntax.tree(sentence);
    if tree.nodes.is_empty() || tree.nodes.len() > LONGEST {
        return None;
    }
    let mut words: Vec<Word<'s>> = tree
        .nodes
        .iter()
        .map(|n| {
            let form = n.span.of(clauses.text).to_lowercase();
            let noun = matches!(n.tag, Upos::Noun | Upos::Propn | Upos::Adj);
            let classes = if noun { Classes::builtin().of(&form).main() } else { ClassSet::default() };
            let class = classes.iter().take(2).map(|c| c.name()).collect::<Vec<_>>().join(".");
            let token = scene.token_at(n.span.start);
            let lemma = n.lemma.to_lowercase();
            let mut triggers: Vec<&'s str> = scene.language.roles.sections(&lemma, n.tag).collect();
            if !scene.marks.bare(token) {
                triggers.extend(scene.language.lists.kind_lists(&scene.marks, token));
            }
            triggers.sort_unstable();
            triggers.dedup();
            Word {
                lemma,
                form,
                tag: n.tag,
                label: n.label,
                classes,
                class,
                triggers,
                heads: Vec::new(),
                arguments: Vec::new(),
            }
        })
        .collect();
    for at in 0..tree.nodes.len() {
        if !matches!(tree.nodes[at].tag, Upos::Verb | Upos::Noun | Upos::Adj | Upos::Propn) {
            continue;
        }
        for a in clauses.arguments(at) {
            let slot: &'s str = match a.slot {
                Slot::Subject => "Subject",
                Slot::Object => "Object",
                Slot::Indirect => "Indirect",
                Slot::Bare => "Bare",
                Slot::Owner => "Owner",
                Slot::Before => "Before",
                Slot::Behind(p) => tree.nodes[p].lemma.as_str(),
            };
            words[a.node].heads.push((at, slot));
            words[at].arguments.push((slot, a.node));
        }
    }
    let span = scene.tokens.sentences[sentence].span;
    let times =
        &scene.times[crate::scene::beginning(&scene.times, |t| t.tokens, scene.tokens.sentences[sentence].tokens)];
    let placed = scene.places.iter().any(|p| span.contains(p.span));
    Some(Line { tree, words, age: age(scene, times), timed: !times.is_empty(), placed })
}

/// How long before publication the latest time of a sentence lies.
fn age(scene: &Scene<'_>, times: &[article::Time]) -> &'static str {
    let published = scene.article.published_on().and_then(article::Edtf::single_day);
    let last = times.iter().filter_map(|t| t.value.as_ref()?.days()).map(|d| d.1).max();
    let (Some(published), Some(last)) = (published, last) else { return "" };
    match (published - last).get_days() {
        i32::MIN..=-1 => "future",
        0..=1 => "day",
        2..=8 => "week",
        9..=62 => "month",
        63..=400 => "year",
        _ => "older",
    }
}
