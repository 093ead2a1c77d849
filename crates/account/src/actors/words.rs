//! The word lists by which unknown actors are found, and the case of a sentence.

use article::{Article, Block, BlockKind, Sentence, Span, Token, TokenKind, Tokens};
use std::collections::HashMap;
use std::sync::LazyLock;

static TEXT: &str = include_str!("../../../../language/en/actor-words.txt");

macro_rules! sections {
    ($($(#[$doc:meta])* $v:ident = $s:literal),+ $(,)?) => {
        /// A section of the word file.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Section { $($(#[$doc])* $v),+ }
        impl Section {
            /// The names of the sections in the file, in order.
            const NAMES: &'static [&'static str] = &[$($s),+];
        }
    };
}

sections! {
    /// Words for an armed group that end its name.
    ArmedTails = "armed tails",
    /// Words that end the names of armed groups and of others.
    WeakTails = "weak tails",
    /// Words for an armed group that begin its name.
    Heads = "heads",
    /// Words that no armed group has in its name.
    CivilWords = "civil words",
    /// Words for parties.
    CivilParties = "civil parties",
    /// Words for a state's force that end its name.
    StateTails = "state tails",
    /// Words of violence.
    ArmedSigns = "armed signs",
    /// Words for members of armed groups.
    GroupNouns = "group nouns",
    /// Words before the name of a group.
    NamingCues = "naming cues",
    /// Words before one more name of the group just named.
    AliasCues = "alias cues",
    /// Verbs of claiming and saying.
    ClaimCues = "claim cues",
    /// Peoples, faiths, months and the like.
    PeopleNotGroups = "people not groups",
    /// Prepositions before places.
    PlacePrepositions = "place prepositions",
    /// Titles of persons.
    PersonTitles = "person titles",
    /// Words before a force without a name.
    Modifiers = "modifiers",
    /// Words that in capitals look like acronyms.
    Lookalikes = "words that look like acronyms",
    /// Small words inside names.
    Joiners = "joiners",
    /// Words that never are names.
    SmallWords = "small words",
    /// Words before the group that somebody belongs to.
    BelongingCues = "belonging cues",
    /// Words that say what a group is.
    GroupKinds = "kinds of group",
    /// Words that any force may have in front.
    DullWords = "dull words",
    /// Verbs of attacking.
    AttackVerbs = "attack verbs",
    /// Words before the group that an attack is laid to.
    BlameCues = "blame cues",
    /// Those of them that persons are accused with.
    AccusingVerbs = "accusing verbs",
    /// Words for those who speak for a group.
    Speakers = "speakers",
    /// "the".
    Definite = "definite articles",
    /// "a", "the".
    Articles = "articles",
    /// Words between a name and its verb.
    Helpers = "helping verbs",
    /// Prepositions between people and their group.
    Belonging = "prepositions of belonging",
    /// Prepositions by which a name goes on behind its head.
    Going = "prepositions in names",
    /// Small words inside names of other tongues.
    Particles = "particles of names",
    /// Words between people and the name of their group.
    Between = "words before a group",
    /// Words that end a phrase of calling.
    Calling = "words of calling",
    /// Words before the name of a group that is forbidden.
    Forbidden = "words of bans",
    /// Words that open an aside behind a name.
    Asides = "words of asides",
}

/// Sections as bits.
type Set = u64;

/// The sections that a word has to do with.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Roles {
    /// By itself it is a phrase of these.
    single: Set,
    /// It begins a phrase of these.
    first: Set,
    /// It ends a phrase of these.
    last: Set,
}

impl Roles {
    /// Whether the word by itself is a phrase of the section.
    pub(super) fn is(self, section: Section) -> bool {
        self.single >> section as Set & 1 == 1
    }

    /// Whether a phrase of the section begins with the word.
    pub(super) fn begins(self, section: Section) -> bool {
        self.first >> section as Set & 1 == 1
    }

    /// Whether a phrase of the section ends with the word.
    pub(super) fn ends(self, section: Section) -> bool {
        self.last >> section as Set & 1 == 1
    }
}

/// The sections of the word file.
#[derive(Debug, Default)]
pub(super) struct Words {
    sections: Vec<Phrases>,
    roles: HashMap<String, Roles>,
}

impl Words {
    /// The lists that ship with the program.
    pub(super) fn builtin() -> &'static Words {
        static WORDS: LazyLock<Words> = LazyLock::new(|| Words::of(TEXT));
        &WORDS
    }

    fn of(text: &str) -> Words {
        let sections = Section::NAMES.iter().map(|_| Phrases::default()).collect();
        let mut words = Words { sections, roles: HashMap::new() };
        let mut open = None;
        for line in text.lines().map(str::trim) {
            if line.is_empty() || line.starts_with('#') || line.starts_with("match:") || line.starts_with("no match:") {
                continue;
            }
            match line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                Some(name) => open = Section::NAMES.iter().position(|n| *n == name),
                None => open.into_iter().for_each(|section| words.add(section, line)),
            }
        }
        words
    }

    fn add(&mut self, section: usize, phrase: &str) {
        let whole = Block { span: Span::new(0, phrase.len()), kind: BlockKind::Paragraph };
        let article = Article { text: phrase.to_owned(), blocks: vec![whole], ..Article::default() };
        let norms: Vec<String> = Tokens::of(&article).tokens.into_iter().map(|t| t.norm).collect();
        let (Some(first), Some(last)) = (norms.first(), norms.last()) else { return };
        let bit: Set = 1 << section;
        self.roles.entry(first.clone()).or_default().first |= bit;
        self.roles.entry(last.clone()).or_default().last |= bit;
        if norms.len() == 1 {
            self.roles.entry(first.clone()).or_default().single |= bit;
        }
        if let Some(phrases) = self.sections.get_mut(section) {
            phrases.add(norms);
        }
    }

    /// The sections of a word in its folded form.
    pub(super) fn roles(&self, norm: &str) -> Roles {
        self.roles.get(norm).copied().unwrap_or_default()
    }

    /// The phrases of a section.
    pub(super) fn section(&self, section: Section) -> &Phrases {
        &self.sections[section as usize]
    }
}

/// Phrases of one or more words, found by their first or last word.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    by_first: HashMap<String, Vec<Vec<String>>>,
    by_last: HashMap<String, Vec<Vec<String>>>,
}

impl Phrases {
    fn add(&mut self, norms: Vec<String>) {
        if let (Some(first), Some(last)) = (norms.first(), norms.last()) {
            for (map, key) in [(&mut self.by_first, first), (&mut self.by_last, last)] {
                let list = map.entry(key.clone()).or_default();
                list.push(norms.clone());
                list.sort_by_key(|p| std::cmp::Reverse(p.len()));
            }
        }
    }

    /// One past the longest phrase that begins at token `i`.
    pub(super) fn at(&self, tokens: &[Token], i: usize) -> Option<usize> {
        let list = self.by_first.get(&tokens.get(i)?.norm)?;
        list.iter().find(|p| same(tokens.get(i..i + p.len()), p)).map(|p| i + p.len())
    }

    /// The start of the longest phrase that ends before token `end`.
    pub(super) fn ending(&self, tokens: &[Token], end: usize) -> Option<usize> {
        let list = self.by_last.get(&tokens.get(end.checked_sub(1)?)?.norm)?;
        list.iter().filter(|p| p.len() <= end).find(|p| same(tokens.get(end - p.len()..end), p)).map(|p| end - p.len())
    }
}

fn same(tokens: Option<&[Token]>, phrase: &[String]) -> bool {
    tokens.is_some_and(|t| t.iter().zip(phrase).all(|(t, p)| t.norm == *p))
}

/// How the words of a sentence are capitalised: what a capital can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// Names have capitals.
    Mixed,
    /// Headline style: nearly every word has one.
    Title,
    /// Every letter is one.
    Caps,
}

impl Case {
    /// The case of one sentence.
    pub(super) fn of(text: &str, tokens: &[Token], s: &Sentence) -> Case {
        let words = || tokens[s.tokens.0..s.tokens.1].iter().filter(|t| t.kind == TokenKind::Word && t.span.len() > 1);
        if words().next().is_some() && words().all(|t| !t.span.of(text).chars().any(char::is_lowercase)) {
            return Case::Caps;
        }
        // A full stop ends a sentence, never a headline.
        if s.tokens.1 > s.tokens.0 && tokens[s.tokens.1 - 1].norm == "." {
            return Case::Mixed;
        }
        let long = || words().filter(|t| t.span.len() > 3);
        let (all, capital) = (long().count(), long().filter(|t| t.capital).count());
        if all >= 4 && capital * 10 >= all * 8 { Case::Title } else { Case::Mixed }
    }
}

/// Whether a word is written as part of a name: a capital first, or after an article ("al-Ghurub").
pub(super) fn is_capital(text: &str, t: &Token) -> bool {
    t.capital
        || (t.kind == TokenKind::Word
            && t.span.of(text).split(['-', '\'', '’', '‑']).skip(1).any(|p| p.starts_with(char::is_uppercase)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_of_the_file_is_asked_for() {
        let named = |l: &'static str| l.strip_prefix('[').and_then(|l| l.strip_suffix(']'));
        let unknown: Vec<&str> = TEXT.lines().filter_map(named).filter(|name| !Section::NAMES.contains(name)).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
        assert!(Section::NAMES.len() <= Set::BITS as usize);
    }
}
