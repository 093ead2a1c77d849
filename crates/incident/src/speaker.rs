//! Who is it that several outlets heard? A value that two of them have from one speaker has one source.
//!
//! Only a speaker who can be told from others is the same in two articles: a person with a name, the holder of a post, an
//! institution with a name of its own. The words for them are those of `speakers.txt`.

use crate::Filed;
use crate::reading::print;
use account::{Measure, Source};
use article::Span;
use article::fold;
use article::statements::SourceKind;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A value of a field, as readings have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Given<'a> {
    pub(crate) field: &'a str,
    pub(crate) value: &'a str,
    pub(crate) part: bool,
}

/// The one speaker through whom an account gives a value: the key, and the words. `None` if it gives it in its own voice too,
/// or by several speakers, or by somebody who may be anybody.
pub(crate) fn of<'f>(filed: &'f Filed, given: Given<'_>) -> Option<(String, &'f Source)> {
    let measure = Measure::named(given.field)?;
    let figures = filed.account.figures.iter().filter(|x| x.measure == measure && x.total != given.part);
    let mut all = figures.filter(|x| print(x.low, x.high) == given.value).map(|x| x.said_by.first());
    let first = all.next()??;
    let key = key(first)?;
    all.all(|s| s.is_some_and(|s| self::key(s).as_ref() == Some(&key))).then_some((key, first))
}

/// Groups of accounts that give a value, each group by one speaker: the speaker's longest words, and who quotes them where.
pub(crate) fn shared<'f>(members: &[&'f Filed], given: Given<'_>, accounts: &[usize]) -> BTreeMap<String, Shared<'f>> {
    let mut out: BTreeMap<String, Shared<'f>> = BTreeMap::new();
    for i in accounts {
        let Some((key, source)) = of(members[*i], given) else { continue };
        let shared = out.entry(key).or_default();
        if source.words.len() > shared.words.len() {
            shared.words = &source.words;
        }
        shared.by.push((*i, source.span));
    }
    out.retain(|_, s| s.by.len() > 1);
    out
}

/// Accounts that quote one speaker.
#[derive(Debug, Default)]
pub(crate) struct Shared<'f> {
    pub(crate) words: &'f str,
    pub(crate) by: Vec<(usize, Span)>,
}

/// The values that figures of an account have.
pub(crate) fn values(filed: &Filed) -> BTreeSet<(Measure, String, bool)> {
    filed.account.figures.iter().map(|x| (x.measure, print(x.low, x.high), !x.total)).collect()
}

/// What tells the speaker from others: a surname, a post, or the words of an institution; `None` of whoever may be anybody.
fn key(source: &Source) -> Option<String> {
    let mut parts = source.words.split(',').filter(|p| !p.trim().is_empty()).take(3);
    if source.kind == SourceKind::Named
        && let Some(name) = parts.find_map(surname)
    {
        return Some(name);
    }
    let folded = fold(&source.words);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    institution(&words).or_else(|| post(&words))
}

/// The last word of a personal name at the end of a part: capitalised words that call no rank and no institution. What stands
/// behind "of" and its like belongs to the post.
fn surname(part: &str) -> Option<String> {
    let words = part.split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '\'' || c == '’'));
    let words: Vec<&str> = words.filter(|w| !w.is_empty()).take_while(|w| !LISTS.has("of", w)).collect();
    let named = |w: &&&str| w.chars().next().is_some_and(char::is_uppercase);
    let mut run = words.iter().rev().skip_while(|w| !named(w)).take_while(named);
    let last = fold(run.next()?);
    let common = |w: &str| LISTS.has("any", w) || LISTS.has("institution", w) || LISTS.has("post", w);
    (last.chars().count() > 2 && !common(&last)).then_some(last)
}

/// "the Civil Hospital", "a doctor at the Civil Hospital": the institution and the words of its name.
fn institution(words: &[&str]) -> Option<String> {
    let at = words.iter().position(|w| LISTS.has("institution", w))?;
    let own = |w: &&&str| !LISTS.has("any", w);
    let before: Vec<&str> = words[..at].iter().rev().take_while(own).copied().collect();
    // "the ministry of health"
    let behind = words.get(at + 1).filter(|w| LISTS.has("of", w)).map(|_| &words[at + 2..]).unwrap_or_default();
    let behind = behind.iter().skip_while(|w| LISTS.has("any", w)).take_while(own).take(2).copied();
    let mut name: Vec<&str> = before.into_iter().chain(behind).collect();
    name.sort_unstable();
    (!name.is_empty()).then(|| format!("{} {}", words[at], name.join(" ")))
}

/// "the governor", "the mayor of Herat": the post.
fn post(words: &[&str]) -> Option<String> {
    let behind = words.strip_prefix(&["the"])?;
    let post = (1..=2).rev().filter_map(|n| behind.get(..n)).map(|w| w.join(" ")).find(|w| LISTS.has("post", w));
    post.or_else(|| behind.get(1).filter(|w| LISTS.has("post", w)).map(|w| (*w).to_owned()))
}

/// The lists of `speakers.txt`.
struct Lists(BTreeMap<&'static str, BTreeSet<&'static str>>);

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let mut lists: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut name = "";
    for line in include_str!("../../../language/en/speakers.txt").lines().map(str::trim) {
        match line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            Some(head) => name = head,
            None if line.is_empty() || line.starts_with('#') => {}
            None => _ = lists.entry(name).or_default().insert(line),
        }
    }
    Lists(lists)
});

impl Lists {
    fn has(&self, list: &str, word: &str) -> bool {
        self.0.get(list).is_some_and(|l| l.contains(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speakers_are_known_by_name_post_or_institution() {
        let of = |words: &str, kind| key(&Source { words: words.to_owned(), kind, ..Source::default() });
        let named = |words: &str| of(words, SourceKind::Named).unwrap_or_default();
        assert_eq!(named("police captain Dawit Guled"), "guled");
        assert_eq!(named("Guled, a captain of the police"), "guled");
        assert_eq!(named("a captain of the police, Dawit Guled"), "guled");
        assert_eq!(named("the mayor of Osh"), "mayor");
        let other = |words: &str| of(words, SourceKind::Anonymous).unwrap_or_default();
        assert_eq!(other("a doctor at the Civil Hospital"), "hospital civil");
        assert_eq!(other("the Civil Hospital's spokesman"), "hospital civil");
        assert_eq!(other("the ministry of interior"), other("the interior ministry"));
        for anybody in ["police", "a hospital official", "officials", "the hospital", "two witnesses", ""] {
            assert_eq!(other(anybody), "", "{anybody}");
        }
    }
}
