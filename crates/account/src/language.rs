//! The word lists and rules of English, compiled once.

use crate::account::{Effect, Kind};
use crate::field::Fields;
use crate::roles::{Roles, is_outcome};
use article::{Lexicon, ListId, Marks};
use std::sync::LazyLock;

/// Lists and rules of one language.
pub(crate) struct Language {
    pub(crate) lexicon: Lexicon,
    pub(crate) lists: Lists,
    pub(crate) roles: Roles,
    /// What becomes of people and things, beside those whom [`Language::roles`] counts.
    pub(crate) effects: Roles,
    /// What else an article may be about.
    pub(crate) fields: Fields,
}

/// The lists that code asks for by name.
pub(crate) struct Lists {
    /// Each kind with its telling words and its weak ones.
    pub(crate) kinds: Vec<(Kind, ListId, Option<ListId>)>,
    /// Names of the lists of weak words, in the order of `kinds`.
    weak: Vec<String>,
    pub(crate) hypothetical: ListId,
    pub(crate) compared: ListId,
    pub(crate) definite: ListId,
    pub(crate) background: ListId,
    pub(crate) another: ListId,
    pub(crate) same: ListId,
    pub(crate) say: ListId,
    pub(crate) say_alleged: ListId,
    pub(crate) say_denied: ListId,
    pub(crate) medium: ListId,
    pub(crate) born: ListId,
    pub(crate) outlet: ListId,
    pub(crate) site_at: ListId,
    pub(crate) part_of: ListId,
    pub(crate) oneself: ListId,
    pub(crate) site: ListId,
    pub(crate) tongue: ListId,
    pub(crate) member: ListId,
    pub(crate) naming: ListId,
    pub(crate) at: ListId,
    pub(crate) outbound: ListId,
    pub(crate) reference: ListId,
    pub(crate) known_group: ListId,
    pub(crate) new_group: ListId,
    pub(crate) group: ListId,
    pub(crate) speaker: ListId,
    pub(crate) not: ListId,
    pub(crate) threatened: ListId,
    pub(crate) foiled: ListId,
    pub(crate) attempted: ListId,
    pub(crate) planned: ListId,
    pub(crate) made_safe: ListId,
    pub(crate) go_off: ListId,
    pub(crate) fail: ListId,
    pub(crate) menace: ListId,
    pub(crate) warning: ListId,
    pub(crate) casualty: ListId,
    pub(crate) one: ListId,
    pub(crate) them: ListId,
    pub(crate) the: ListId,
    pub(crate) ordinal: ListId,
    pub(crate) partitive: ListId,
    pub(crate) armed: ListId,
    pub(crate) harm: ListId,
    pub(crate) identified: ListId,
    pub(crate) counting: ListId,
    pub(crate) putting: ListId,
    /// What can be damaged, by lemma.
    pub(crate) goods: ListId,
    /// Words of motives, by lemma, in the order of `motives.txt`.
    pub(crate) motive: [ListId; 9],
}

impl Lists {
    /// The lists of words of violence of which an entry begins at token `i`, by name.
    pub(crate) fn kind_lists(&self, marks: &Marks, i: usize) -> impl Iterator<Item = &str> {
        let begins = move |list: ListId| marks.end(i, list).is_some();
        let strong = self.kinds.iter().filter(move |k| begins(k.1)).map(|k| k.0.name());
        let weak = self.kinds.iter().zip(&self.weak).filter(move |(k, _)| k.2.is_some_and(begins));
        strong.chain(weak.map(|(_, name)| name.as_str()))
    }

    /// Whether a word that tells of violence, strong or weak, begins at token `i`.
    pub(crate) fn tells(&self, marks: &Marks, i: usize) -> bool {
        let kind = |list| marks.end(i, list).is_some();
        !marks.bare(i) && self.kinds.iter().any(|(_, strong, weak)| kind(*strong) || weak.is_some_and(kind))
    }
}

macro_rules! files {
    ($($name:literal),+) => { [$(($name, include_str!(concat!("../../../language/en/", $name)))),+] };
}

impl Language {
    /// English. *Panics*: never in a tested build; the files are compiled in and a test reads them all.
    pub(crate) fn english() -> &'static Language {
        static ENGLISH: LazyLock<Language> = LazyLock::new(|| match Language::parse() {
            Ok(language) => language,
            Err(problem) => panic!("{}", problem.detail),
        });
        &ENGLISH
    }

    fn parse() -> Result<Language, article::Problem> {
        let mut lexicon = Lexicon::new();
        for (file, text) in files![
            "people.txt",
            "violence.txt",
            "speech.txt",
            "standing.txt",
            "stage.txt",
            "locations.txt",
            "motives.txt"
        ] {
            lexicon.add(file, text)?;
        }
        let missing = |name: &str| article::Problem::new("language/list", format!("no word list is called `{name}`"));
        let get = |name: &str| lexicon.named(name).ok_or_else(|| missing(name));
        let mut kinds = Vec::new();
        for kind in Kind::ALL {
            kinds.push((*kind, get(kind.name())?, lexicon.named(&format!("{}.weak", kind.name()))));
        }
        let lists = Lists {
            weak: Kind::ALL.iter().map(|k| format!("{}.weak", k.name())).collect(),
            kinds,
            hypothetical: get("hypothetical")?,
            compared: get("compared")?,
            definite: get("definite")?,
            background: get("background")?,
            another: get("another")?,
            same: get("same")?,
            say: get("say")?,
            say_alleged: get("say.alleged")?,
            say_denied: get("say.denied")?,
            medium: get("medium")?,
            born: get("born")?,
            outlet: get("outlet")?,
            site_at: get("site-at")?,
            part_of: get("part-of")?,
            oneself: get("oneself")?,
            site: get("site")?,
            tongue: get("tongue")?,
            member: get("member")?,
            naming: get("naming")?,
            at: get("at")?,
            outbound: get("outbound")?,
            reference: get("reference")?,
            known_group: get("known-group")?,
            new_group: get("new-group")?,
            group: get("group")?,
            speaker: get("speaker")?,
            not: get("not")?,
            threatened: get("threatened")?,
            foiled: get("foiled")?,
            attempted: get("attempted")?,
            planned: get("planned")?,
            made_safe: get("made-safe")?,
            go_off: get("go-off")?,
            fail: get("fail")?,
            menace: get("menace")?,
            warning: get("warning")?,
            casualty: get("casualty")?,
            one: get("one")?,
            them: get("them")?,
            the: get("the")?,
            ordinal: get("ordinal")?,
            partitive: get("partitive")?,
            armed: get("armed")?,
            harm: get("harm")?,
            identified: get("identified")?,
            counting: get("counting")?,
            putting: get("putting")?,
            goods: get("goods")?,
            motive: [
                get("motive-noun")?,
                get("motive-before")?,
                get("motive-as")?,
                get("motive-verb")?,
                get("motive-aim")?,
                get("motive-because")?,
                get("motive-for")?,
                get("motive-accuse")?,
                get("motive-of")?,
            ],
        };
        let roles = Roles::parse("roles.txt", include_str!("../../../language/en/roles.txt"), is_outcome)?;
        let effect = |name: &str| Effect::named(name).is_some();
        let effects = Roles::parse("effects.txt", include_str!("../../../language/en/effects.txt"), effect)?;
        let fields = Fields::parse("fields.txt", include_str!("../../../language/en/fields.txt"))?;
        Ok(Language { lexicon, lists, roles, effects, fields })
    }
}
