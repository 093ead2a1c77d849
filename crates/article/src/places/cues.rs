//! What the words around a name say about it, from the lists under `language/en`.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::gazetteer::EntryKind;

/// What one word says; several may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Cue(u16);

impl Cue {
    /// A place follows.
    pub(super) const PLACE: Cue = Cue(1);
    /// A person follows.
    pub(super) const TITLE: Cue = Cue(2);
    /// A person says something.
    pub(super) const VERB: Cue = Cue(4);
    /// An organisation or a work ends.
    pub(super) const BODY: Cue = Cue(8);
    /// A structure or a feature ends.
    pub(super) const SITE: Cue = Cue(16);
    /// A common given name.
    pub(super) const GIVEN: Cue = Cue(32);
    const PROVINCE: Cue = Cue(64);
    const DISTRICT: Cue = Cue(128);
    const CITY: Cue = Cue(256);
    /// Stands between a name and the place it lies in.
    pub(super) const INSIDE: Cue = Cue(512);
    /// Stands between a cue and a name.
    pub(super) const ARTICLE: Cue = Cue(1024);
    /// Stands between a word for a kind and a name.
    pub(super) const JOINING: Cue = Cue(2048);
    /// Opens the place that a name lies in.
    pub(super) const WITHIN: Cue = Cue(4096);
    /// After a name it tells no kind.
    pub(super) const SEAT: Cue = Cue(8192);
    /// With a capital it tells a kind only after the name of a province.
    pub(super) const SHARED: Cue = Cue(16384);

    /// The cue of a folded word. *Cost*: one hash.
    pub(super) fn of(word: &str) -> Cue {
        CUES.get(word).copied().unwrap_or_default()
    }

    /// Whether all of `other` hold.
    pub(super) fn is(self, other: Cue) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether nothing is known of the word.
    pub(super) fn none(self) -> bool {
        self.0 == 0
    }

    /// The kind of place that the word names: "province", "district", "city".
    pub(super) fn kind(self) -> Option<EntryKind> {
        let kinds =
            [(Cue::PROVINCE, EntryKind::Province), (Cue::DISTRICT, EntryKind::District), (Cue::CITY, EntryKind::City)];
        kinds.into_iter().find(|(c, _)| self.is(*c)).map(|(_, k)| k)
    }
}

static CUES: LazyLock<HashMap<&'static str, Cue>> = LazyLock::new(|| {
    let mut cues: HashMap<&'static str, Cue> = HashMap::new();
    let mut add = |word: &'static str, cue: Cue| cues.entry(word).or_default().0 |= cue.0;
    for (head, words) in lines(include_str!("../../../../language/en/place-cues.txt")) {
        let cue = match head {
            "place" => Cue::PLACE,
            "title" => Cue::TITLE,
            "verb" => Cue::VERB,
            "body" => Cue::BODY,
            "site" => Cue::SITE,
            "inside" => Cue::INSIDE,
            "article" => Cue::ARTICLE,
            "joining" => Cue::JOINING,
            "within" => Cue::WITHIN,
            "seat" => Cue::SEAT,
            "shared" => Cue::SHARED,
            _ => continue,
        };
        words.for_each(|w| add(w, cue));
    }
    for (head, words) in lines(include_str!("../../../../language/en/place-kinds.txt")) {
        let cue = match head {
            "province" => Cue::PROVINCE,
            "district" => Cue::DISTRICT,
            "city" | "village" => Cue::CITY,
            _ => continue,
        };
        words.for_each(|w| add(w, cue));
    }
    let names = include_str!("../../../../language/en/place-given-names.txt");
    for name in names.lines().filter(|l| !l.starts_with('#')).flat_map(str::split_whitespace) {
        add(name, Cue::GIVEN);
    }
    cues
});

fn lines(text: &'static str) -> impl Iterator<Item = (&'static str, impl Iterator<Item = &'static str>)> {
    text.lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split_once(':'))
        .map(|(head, words)| (head.trim(), words.split(';').map(str::trim).filter(|w| !w.is_empty())))
}
