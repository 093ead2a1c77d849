//! Finds the words that name places, and how the names are bound to each other.

use super::PlaceVia;
use super::cues::Cue;
use crate::gazetteer::{Candidate, EntryKind, Gazetteer};
use crate::{Article, BlockKind, Sentence, Span, Token, TokenKind, Tokens, fold};

/// No name has more words than this.
const LONGEST: usize = 8;

/// A name found in the text, before it is known what it means.
#[derive(Debug)]
pub(super) struct Found {
    /// Name and kind word.
    pub(super) span: Span,
    /// The name alone.
    pub(super) name: Span,
    /// Its folded words: equal for mentions of one name.
    pub(super) key: String,
    /// What it may mean; never empty.
    pub(super) senses: Vec<Candidate>,
    /// The kind of place that a word beside it tells.
    pub(super) hint: Option<EntryKind>,
    /// By what kind of word.
    pub(super) via: PlaceVia,
    /// The mention after it that it lies in: of "Herat" in "Herat, Afghanistan", the second.
    pub(super) inside: Option<usize>,
    /// To be kept only if the rest of the article is about the same part of the world.
    pub(super) tentative: bool,
    /// It stands where the article says from where it was sent.
    pub(super) dateline: bool,
}

/// How capital letters are used in a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    /// Names and beginnings of sentences have them.
    Mixed,
    /// All words have them: a headline.
    Title,
    /// There is nothing else, or nothing at all.
    Flat,
}

/// The names in `article`, in text order.
pub(super) fn find(article: &Article, tokens: &Tokens, gaz: &Gazetteer) -> Vec<Found> {
    let cues: Vec<Cue> = tokens
        .tokens
        .iter()
        .map(|t| if t.kind == TokenKind::Word { Cue::of(&t.norm) } else { Cue::default() })
        .collect();
    let mut scan =
        Scan { text: &article.text, tokens: &tokens.tokens, cues: &cues, gaz, persons: Vec::new(), found: Vec::new() };
    let cases = cases(article, tokens);
    for s in &tokens.sentences {
        if cases[s.block] == Case::Mixed {
            scan.persons(s);
        }
    }
    for s in &tokens.sentences {
        scan.sentence(s, cases[s.block]);
    }
    datelines(article, tokens, &mut scan.found);
    let mut found = scan.found;
    bind(article, tokens, &mut found);
    // Names that count only when bound have now had their chance.
    let unbound: Vec<bool> = (0..found.len())
        .map(|i| found[i].senses[0].doubt.bound && !found.iter().any(|f| f.inside == Some(i)))
        .collect();
    drop_marked(&mut found, &unbound);
    found
}

/// The name at a span that was found by other means.
pub(super) fn at(article: &Article, tokens: &Tokens, gaz: &Gazetteer, span: Span) -> Option<Found> {
    let folded = fold(span.of(&article.text));
    let mut hint = None;
    let mut senses: Vec<Candidate> = gaz.lookup(&folded).collect();
    if senses.is_empty() {
        let stripped = folded.strip_prefix("the ").unwrap_or(&folded);
        senses = gaz.lookup(stripped).collect();
        let (first, last) = (stripped.split_once(' '), stripped.rsplit_once(' '));
        for (word, rest) in [last.map(|(r, w)| (w, r)), first.map(|(w, r)| (w, r.strip_prefix("of ").unwrap_or(r)))]
            .into_iter()
            .flatten()
        {
            if senses.is_empty() && (Cue::of(word).kind().is_some() || Cue::of(word).is(Cue::PLACE)) {
                hint = Cue::of(word).kind();
                senses = gaz.lookup(rest).collect();
            }
        }
    }
    if senses.is_empty() {
        return None;
    }
    let via = if senses[0].demonym { PlaceVia::Demonym } else { PlaceVia::Name };
    let mut one =
        [Found { span, name: span, key: folded, senses, hint, via, inside: None, tentative: false, dateline: false }];
    datelines(article, tokens, &mut one);
    let [one] = one;
    Some(one)
}

/// Tells of each mention the one after it that it lies in: "X, Y", "X in Y", "X (Y)", "X, in Y".
pub(super) fn bind(article: &Article, tokens: &Tokens, found: &mut [Found]) {
    found.iter_mut().for_each(|f| f.inside = None);
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|i| (found[*i].span, *i));
    for pair in order.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let between = article.text.get(found[a].span.end as usize..found[b].span.start as usize).unwrap_or("").trim();
        let bare = between.trim_matches([',', '(', '.', ' ']);
        let joined = matches!(between, "," | "(" | ".," | ", in" | "in" | ", in the" | "in the" | ", the capital of")
            || between == "." && found[b].senses[0].doubt.bound
            || bare == "province of"
            || bare == "state of"
            || bare == "in northern"
            || bare == "in southern"
            || bare == "in eastern"
            || bare == "in western"
            || bare == "in central";
        let same = found[a].key == found[b].key;
        if joined
            && !same
            && found[a].via != PlaceVia::Demonym
            && found[b].via == PlaceVia::Name
            && one_block(tokens, &found[a], &found[b])
        {
            found[a].inside = Some(b);
        } else if found[a].via == PlaceVia::Name
            && found[a].inside.is_none()
            && matches!(between, "'s" | "’s" | "'S" | "’S")
            && found[b].via == PlaceVia::Name
        {
            // "Iraq's Diyala province"
            found[b].inside = Some(a);
        }
    }
}

fn one_block(tokens: &Tokens, a: &Found, b: &Found) -> bool {
    let block = |f: &Found| {
        let i = tokens.sentences.partition_point(|s| s.span.end <= f.span.start);
        tokens.sentences.get(i).map(|s| s.block)
    };
    block(a) == block(b)
}

fn drop_marked(found: &mut Vec<Found>, marked: &[bool]) {
    let mut moved = Vec::with_capacity(found.len());
    let mut kept = 0;
    for m in marked {
        moved.push(kept);
        kept += usize::from(!m);
    }
    let mut i = 0;
    found.retain(|_| {
        i += 1;
        !marked[i - 1]
    });
    for f in found {
        f.inside = f.inside.filter(|i| !marked[*i]).map(|i| moved[i]);
    }
}

/// Marks the names before the first words of the first paragraph that say from where it was sent.
fn datelines(article: &Article, tokens: &Tokens, found: &mut [Found]) {
    let Some(block) = article.blocks.iter().find(|b| b.kind == BlockKind::Paragraph) else { return };
    let first = tokens.tokens.partition_point(|t| t.span.start < block.span.start);
    let head = tokens.tokens.iter().skip(first).take(16).take_while(|t| t.span.end <= block.span.end);
    let dash = head
        .filter(|t| t.kind == TokenKind::Mark && matches!(t.norm.as_str(), "-" | "--"))
        .map(|t| t.span.start)
        .next();
    let Some(dash) = dash else { return };
    for f in found.iter_mut().filter(|f| f.span.start >= block.span.start && f.span.end <= dash) {
        f.dateline = true;
        f.tentative = false;
    }
}

/// How each block uses capital letters.
fn cases(article: &Article, tokens: &Tokens) -> Vec<Case> {
    let mut counts = vec![(0u32, 0u32, 0u32); article.blocks.len()];
    for s in &tokens.sentences {
        for t in tokens.sentence(s).iter().filter(|t| t.kind == TokenKind::Word && t.span.len() > 3) {
            let c = &mut counts[s.block];
            c.0 += 1;
            c.1 += u32::from(t.capital);
            c.2 += u32::from(t.capital && is_capitals(t.span.of(&article.text)));
        }
    }
    counts
        .into_iter()
        .map(|(words, capital, capitals)| match () {
            () if capitals * 10 > words * 7 || capital == 0 && words > 3 => Case::Flat,
            () if capital * 10 > words * 7 && words > 3 => Case::Title,
            () => Case::Mixed,
        })
        .collect()
}

fn is_capitals(s: &str) -> bool {
    !s.chars().any(char::is_lowercase)
}

struct Scan<'a> {
    text: &'a str,
    tokens: &'a [Token],
    cues: &'a [Cue],
    gaz: &'a Gazetteer,
    /// Folded words that are parts of persons' names somewhere in the article.
    persons: Vec<&'a str>,
    found: Vec<Found>,
}

impl<'a> Scan<'a> {
    /// Collects the words after titles and given names.
    fn persons(&mut self, s: &Sentence) {
        let (first, end) = s.tokens;
        for i in first..end {
            let t = &self.tokens[i];
            let leads = t.capital
                && (self.cues[i].is(Cue::TITLE) || self.cues[i].is(Cue::GIVEN) && !self.cues[i].is(Cue::VERB));
            let title = self.cues[i].is(Cue::TITLE);
            if !leads && !title {
                continue;
            }
            let mut j = i + 1;
            // "Mr." and middle initials
            while j < end && self.tokens[j].norm == "." && self.tokens[j].span.start == self.tokens[j - 1].span.end {
                j += 1;
            }
            for t in self.tokens[j..end].iter().take(3).take_while(|t| t.capital && t.kind == TokenKind::Word) {
                if !self.persons.contains(&t.norm.as_str()) {
                    self.persons.push(&t.norm);
                }
            }
        }
    }

    fn sentence(&mut self, s: &Sentence, case: Case) {
        let (first, end) = s.tokens;
        let mut i = first;
        while i < end {
            let t = &self.tokens[i];
            let may = t.kind == TokenKind::Word && (case == Case::Flat || has_capital(t, self.text));
            let next = if may { self.name(first, i, end, case) } else { None };
            if next.is_none() && may && t.norm.contains('-') {
                self.parts(i);
            }
            i = next.unwrap_or(i + 1);
        }
    }

    /// The longest acceptable name at token `i`; the token after it.
    fn name(&mut self, first: usize, i: usize, end: usize, case: Case) -> Option<usize> {
        let mut walk = self.gaz.walk();
        let mut ends: Vec<(usize, Vec<Candidate>)> = Vec::new();
        let mut j = i;
        while j < end && j < i + LONGEST {
            let t = &self.tokens[j];
            let joint = t.kind == TokenKind::Mark
                && j > i
                && matches!(t.norm.as_str(), "." | "-" | "'")
                && t.span.start == self.tokens[j - 1].span.end;
            if joint {
                // "St. Louis": a stop after a short word may be inside a name.
                if t.norm == "." && self.tokens[j - 1].span.len() > 3 {
                    break;
                }
            } else if t.kind == TokenKind::Mark || !walk.step(&t.norm) {
                break;
            } else if walk.is_name() && (case != Case::Mixed || has_capital(t, self.text)) {
                ends.push((j + 1, walk.candidates().collect()));
            }
            j += 1;
        }
        while let Some((j, senses)) = ends.pop() {
            if senses.is_empty() {
                continue;
            }
            if let Some((found, next)) = self.judge(first, i, j, end, case, senses) {
                self.found.push(found);
                return Some(next);
            }
        }
        None
    }

    /// Whether tokens `i..j` name a place here, and how far the mention reaches.
    fn judge(
        &self,
        first: usize,
        i: usize,
        j: usize,
        end: usize,
        case: Case,
        senses: Vec<Candidate>,
    ) -> Option<(Found, usize)> {
        let doubt = senses[0].doubt;
        let text = Span::join(self.tokens[i].span, self.tokens[j - 1].span).of(self.text);
        let demonym = senses[0].demonym;
        let one = j == i + 1;
        if (doubt.capitals || doubt.bound && one && text.len() == 2)
            && (!is_capitals(text) || case == Case::Flat && text.len() < 3)
        {
            return None;
        }
        let comma_before = i > first && self.tokens[i - 1].norm == ",";
        let after_comma = comma_before
            && self.found.last().is_some_and(|f| {
                f.span.end == self.tokens[i - 2].span.end || i >= 3 && f.span.end == self.tokens[i - 3].span.end
            });
        if doubt.bound && !after_comma {
            return None;
        }
        let rank = |k: EntryKind| senses.iter().any(|s| self.gaz.record(s.entry).is_some_and(|r| r.kind == k));
        let country = rank(EntryKind::Country) || rank(EntryKind::Region);
        let (mut before, mut after) = (None, None);
        if i > first {
            before = Some(i - 1);
        }
        if let Some(b) = before
            && self.tokens[b].norm == "the"
            && b > first
        {
            before = Some(b - 1);
        }
        if j < end && self.tokens[j].kind == TokenKind::Word {
            after = Some(j);
        }
        let cue = |k: Option<usize>| k.map_or(Cue::default(), |k| self.cues[k]);
        let (cue_before, cue_after) = (cue(before), cue(after));
        // A word for the kind beside the name: "Herat province", "city of Herat", "province of Herat".
        let mut hint = None;
        let (mut from, mut to) = (i, j);
        if let Some(a) = after
            && let Some(k) = cue_after.kind()
            && !(self.tokens[a].norm == "capital"
                || self.tokens[a].norm == "state"
                    && case == Case::Mixed
                    && self.tokens[a].capital
                    && !rank(EntryKind::Province))
        {
            (hint, to) = (Some(k), a + 1);
        } else if i >= first + 2
            && self.tokens[i - 1].norm == "of"
            && let Some(k) = self.cues[i - 2].kind()
        {
            (hint, from) = (Some(k), i - 2);
        }
        let bound = hint.is_some() || after_comma || self.before_container(j, end);
        let next_capital = after.is_some_and(|a| self.tokens[a].capital);
        let prev_capital =
            before.is_some_and(|b| b == i - 1 && self.tokens[b].capital && self.tokens[b].kind == TokenKind::Word);
        let mut via = if demonym { PlaceVia::Demonym } else { PlaceVia::Name };
        let mut tentative = false;
        if !demonym {
            // Persons
            let given_before =
                prev_capital && cue_before.is(Cue::GIVEN) && !cue_before.is(Cue::PLACE) && !cue_before.is(Cue::VERB);
            let initial_before =
                i >= first + 2 && self.tokens[i - 1].norm == "." && self.tokens[i - 2].norm.chars().count() == 1;
            if (given_before || initial_before) && case != Case::Flat && !bound {
                return None;
            }
            if given_before && case == Case::Flat && !country && !bound {
                return None;
            }
            if cue_before.is(Cue::TITLE) && !country && before == Some(i - 1) && !bound {
                return None;
            }
            let given = one && Cue::of(&self.tokens[i].norm).is(Cue::GIVEN);
            let known_after = cue_after.kind().is_some() || cue_after.is(Cue::SITE) || cue_after.is(Cue::BODY);
            if given && next_capital && case == Case::Mixed && !known_after {
                return None;
            }
            if one
                && !country
                && !bound
                && self.persons.contains(&self.tokens[i].norm.as_str())
                && !(cue_before.is(Cue::PLACE) && !doubt.person)
            {
                return None;
            }
            // Bodies and structures
            if case != Case::Flat && to == j {
                let run =
                    self.tokens[j..end].iter().take(4).take_while(|t| t.capital && t.kind == TokenKind::Word).count();
                let in_run = |c: Cue| (j..j + run).any(|k| self.cues[k].is(c));
                if run > 0 && in_run(Cue::BODY) && !country {
                    via = PlaceVia::Site;
                    if !doubt.none() {
                        return None;
                    }
                } else if run > 0 && in_run(Cue::SITE) {
                    via = PlaceVia::Site;
                } else if run > 0 && case == Case::Mixed && !bound && !country && !doubt.none() {
                    return None;
                }
            }
            if via == PlaceVia::Name && (cue_after.is(Cue::SITE) && !country) && (next_capital || case == Case::Flat) {
                via = PlaceVia::Site;
            }
            let place_cue = cue_before.is(Cue::PLACE);
            if prev_capital
                && case == Case::Mixed
                && cue_before.none()
                && !doubt.none()
                && !bound
                && !self.follows_place(i)
            {
                return None;
            }
            let starts = i == first;
            if doubt.word && !bound {
                let good = place_cue && !starts && one && case == Case::Mixed || !one && case == Case::Mixed;
                if !good {
                    return None;
                }
                tentative = true;
            }
            if doubt.person && !bound && !country {
                if !place_cue || cue_after.is(Cue::VERB) || case == Case::Flat {
                    return None;
                }
                tentative = true;
            }
            if doubt.minor && !bound {
                let verb = cue_after.is(Cue::VERB) || cue_before.is(Cue::VERB);
                if verb || case == Case::Flat && one && !place_cue || starts && one {
                    return None;
                }
                tentative = true;
            }
        }
        if from < i && self.found.last().is_some_and(|f| f.span.end > self.tokens[from].span.start) {
            from = i;
        }
        let name = Span::join(self.tokens[i].span, self.tokens[j - 1].span);
        let span = Span::join(self.tokens[from].span, self.tokens[to - 1].span);
        let key = fold(name.of(self.text));
        let found = Found { span, name, key, senses, hint, via, inside: None, tentative, dateline: false };
        Some((found, to))
    }

    /// Whether a place of which cities are said to be inside follows after a comma: "X, Afghanistan".
    fn before_container(&self, j: usize, end: usize) -> bool {
        let mut k = j;
        if k < end && self.tokens[k].norm == "." {
            k += 1;
        }
        if k + 1 >= end || self.tokens[k].norm != "," {
            return false;
        }
        let mut walk = self.gaz.walk();
        let mut container = false;
        for t in self.tokens[k + 1..end].iter().take(4) {
            if t.kind != TokenKind::Word || !walk.step(&t.norm) {
                break;
            }
            container |= has_capital(t, self.text)
                && walk.candidates().any(|c| {
                    !c.demonym
                        && self
                            .gaz
                            .record(c.entry)
                            .is_some_and(|r| matches!(r.kind, EntryKind::Country | EntryKind::Province))
                });
        }
        container
    }

    fn follows_place(&self, i: usize) -> bool {
        self.found.last().is_some_and(|f| f.span.end == self.tokens[i - 1].span.end)
    }

    /// Names inside a hyphenated word: "Kabul-based", "Pakistan-Afghanistan".
    fn parts(&mut self, i: usize) {
        let t = &self.tokens[i];
        let word = t.span.of(self.text);
        let mut at = t.span.start as usize;
        for part in word.split('-') {
            let name = Span::new(at, at + part.len());
            at += part.len() + 1;
            if part.len() < 4 || !part.starts_with(char::is_uppercase) {
                continue;
            }
            let key = fold(part);
            let senses: Vec<Candidate> = self.gaz.lookup(&key).collect();
            if senses.first().is_some_and(|s| s.doubt.none()) {
                let via = if senses[0].demonym { PlaceVia::Demonym } else { PlaceVia::Name };
                self.found.push(Found {
                    span: name,
                    name,
                    key,
                    senses,
                    hint: None,
                    via,
                    inside: None,
                    tentative: false,
                    dateline: false,
                });
            }
        }
    }
}

/// Begins with a capital, or with an article before one: "al-Raqqa".
fn has_capital(t: &Token, text: &str) -> bool {
    t.capital || t.norm.contains('-') && t.span.of(text).chars().any(char::is_uppercase)
}
