//! Groups that no list knows, proposed by their form ("Red Valley Brigade", "Katibat X") or by what is said around them.

use super::page::Page;
use super::words::{Case, Section};
use article::{Token, TokenKind};

/// A group's name proposed at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    /// Its tokens, half-open.
    pub(super) tokens: (usize, usize),
    /// What proposed it.
    pub(super) by: &'static str,
}

/// The most words on one side of a head word.
pub(super) const REACH: usize = 6;

/// Every candidate on the page, in text order.
pub(super) fn candidates(page: &Page<'_>) -> Vec<Candidate> {
    let mut out = Vec::new();
    for (s, case) in page.sentences() {
        let s = Stretch { page, start: s.tokens.0, end: s.tokens.1, case };
        if s.case != Case::Title {
            s.collect(&mut out);
        }
    }
    out.sort_by_key(|c| (c.tokens.0, std::cmp::Reverse(c.tokens.1)));
    out.dedup_by_key(|c| c.tokens);
    out
}

/// One sentence under the rules.
pub(super) struct Stretch<'p> {
    pub(super) page: &'p Page<'p>,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) case: Case,
}

impl Stretch<'_> {
    fn collect(&self, out: &mut Vec<Candidate>) {
        for i in self.start..self.end {
            let found = [
                self.tail(i),
                self.head(i),
                self.named(i),
                self.belonging(i),
                self.apposed(i),
                self.people(i),
                self.claims(i),
                self.doer(i),
                self.blamed(i),
                self.peopled(i),
            ];
            out.extend(found.into_iter().flatten());
        }
    }

    pub(super) fn t(&self) -> &[Token] {
        self.page.all()
    }

    /// Whether the sentence is in capitals, so that no case tells names from words.
    pub(super) fn capitals(&self) -> bool {
        self.case == Case::Caps
    }

    pub(super) fn capital(&self, i: usize) -> bool {
        self.page.name(i, self.case)
    }

    /// "Red Valley Brigade": capitals before a word for an armed group that ends the phrase.
    fn tail(&self, i: usize) -> Option<Candidate> {
        if !self.capital(i) || (i + 1 < self.end && self.capital(i + 1) && self.any_tail(i + 2)) {
            return None;
        }
        let end = i + 1;
        let armed = self.page.ending(Section::ArmedTails, end);
        let state = self.page.ending(Section::StateTails, end);
        let weak = self.page.ending(Section::WeakTails, end);
        let head = armed.or(state).or(weak).filter(|h| *h >= self.start)?;
        let left = self.left(head);
        // "The same army", "the top command": words that any force may have in front make no name.
        let start = (left..head).find(|j| !self.page.is(Section::DullWords, *j)).unwrap_or(head);
        // "Liberation Army of the Massif", "Front for Y": the name may go on behind the head.
        let end = if end < self.end && self.page.is(Section::Going, end) {
            self.page.run(i, self.end, self.case).unwrap_or(end).max(end)
        } else {
            end
        };
        if start == head && (end == i + 1 || head == i) && armed.is_none_or(|a| a == i) {
            return None;
        }
        if !self.clean(start, end) {
            return None;
        }
        let by = match (armed, state) {
            (Some(a), s) if s.is_none_or(|s| a <= s) => "form",
            (_, Some(_)) if !self.treated_as_armed(start, end, false) => "state force",
            (_, Some(_)) => "form",
            _ => {
                let party = self.page.is(Section::CivilParties, i);
                // In capitals every sentence has an armed sign, and no case tells names from words.
                self.treated_as_armed(start, end, !party && self.case != Case::Caps).then_some("form")?
            }
        };
        Some(Candidate { tokens: (start, end), by })
    }

    fn any_tail(&self, end: usize) -> bool {
        [Section::ArmedTails, Section::StateTails, Section::WeakTails]
            .into_iter()
            .any(|s| self.page.ending(s, end).is_some())
    }

    /// The first of the capitalised words before token `head`.
    fn left(&self, head: usize) -> usize {
        let mut start = head;
        while start > self.start && head - start < REACH {
            let j = start - 1;
            let inner = j > self.start && self.page.is(Section::Particles, j) && self.capital(j - 1);
            let number = self.t()[j].kind == TokenKind::Number && self.case != Case::Caps;
            if !(self.capital(j) || inner || number) {
                break;
            }
            start = j;
        }
        while start < head
            && (self.t()[start].kind == TokenKind::Number
                || self.page.is(Section::PeopleNotGroups, start) && self.leads(start))
        {
            start += 1;
        }
        start
    }

    /// A capital that the beginning of the sentence, and not the name, gave the word.
    fn leads(&self, i: usize) -> bool {
        i == self.start || self.case == Case::Caps || !self.t()[i - 1].kind.eq(&TokenKind::Word)
    }

    /// No civil word stands in the phrase or goes on with it ("Brigade Road").
    pub(super) fn clean(&self, start: usize, end: usize) -> bool {
        let far = self.page.run(end.saturating_sub(1).max(start), self.end, self.case).unwrap_or(end).max(end);
        let far = if self.case == Case::Caps { end } else { far };
        !self.page.within(Section::CivilWords, start, far)
    }

    /// "rebels of the X", "X fighters", "X claimed responsibility", or any armed sign in the sentence if `loose`.
    fn treated_as_armed(&self, start: usize, end: usize, loose: bool) -> bool {
        let noun = |i: usize| self.page.is(Section::GroupNouns, i);
        let mut before = start;
        while before > self.start && (self.page.is(Section::Between, before - 1) || self.t()[before - 1].norm == "\"") {
            before -= 1;
        }
        (before > self.start && noun(before - 1))
            || (end < self.end && noun(end))
            || (end < self.end && self.page.at(Section::ClaimCues, end).is_some())
            || (loose && self.page.within(Section::ArmedSigns, self.start, self.end))
    }

    /// "Katibat al-Ghurub", "Army of the Massif": a word for an armed group that begins the phrase.
    fn head(&self, i: usize) -> Option<Candidate> {
        if !self.capital(i) {
            return None;
        }
        let after = self.page.at(Section::Heads, i).filter(|e| *e < self.end)?;
        let skips = |j: usize| self.page.norm(j) == "-" || self.page.is(Section::Joiners, j);
        let rest = (after..self.end.min(after + 3)).find(|j| !skips(*j))?;
        let end = self.page.run(rest, self.end, self.case)?;
        self.clean(i, end).then_some(Candidate { tokens: (i, end), by: "form" })
    }

    /// "a group calling itself X", "the armed group X".
    fn named(&self, i: usize) -> Option<Candidate> {
        let after = self.page.at(Section::NamingCues, i).filter(|e| *e < self.end)?;
        let explicit = self.page.is(Section::Calling, after - 1);
        if self.case == Case::Caps && !explicit {
            return None;
        }
        if !explicit && self.t()[after].norm == "," {
            return None;
        }
        let start = self.page.skip(after, self.end);
        let end = self.page.run(start, self.end, self.case)?;
        self.clean(start, end).then_some(Candidate { tokens: (start, end), by: "cue" })
    }

    /// "a cell of X", "the banned X": not for places.
    fn belonging(&self, i: usize) -> Option<Candidate> {
        let after = self.page.at(Section::BelongingCues, i).filter(|e| *e < self.end && self.case == Case::Mixed)?;
        let next = after + usize::from(self.page.is(Section::Definite, after));
        let next = next + usize::from(self.page.is(Section::Forbidden, next));
        let end = self.page.run(next, self.end, self.case)?;
        let bare = end == next + 1 && (self.is_place(next) || self.any_tail(end));
        if bare || !self.clean(next, end) {
            return None;
        }
        Some(Candidate { tokens: (next, end), by: "cue" })
    }

    /// "X, a drug gang".
    fn apposed(&self, i: usize) -> Option<Candidate> {
        if self.case != Case::Mixed || self.t()[i].norm != "," || i <= self.start || !self.capital(i - 1) {
            return None;
        }
        if !self.page.is(Section::Articles, i + 1) {
            return None;
        }
        // Up to three words may stand before the kind, and none of them may end the phrase.
        let near = (i + 2..self.end.min(i + 6)).take_while(|j| self.t()[*j].kind == TokenKind::Word);
        near.into_iter().find(|j| self.page.at(Section::GroupKinds, *j).is_some())?;
        let start = (self.start..i).rev().take_while(|j| self.capital(*j)).last()?;
        let start = (start..i).find(|j| !self.page.is(Section::PeopleNotGroups, *j) || !self.leads(*j))?;
        let place = i - start == 1 && self.is_place(start);
        (!place && self.clean(start, i)).then_some(Candidate { tokens: (start, i), by: "cue" })
    }

    /// "X rebels": not for countries, peoples and places.
    fn people(&self, i: usize) -> Option<Candidate> {
        if self.case == Case::Caps || i == self.start || !self.page.is(Section::GroupNouns, i) || self.t()[i].capital {
            return None;
        }
        let start = self.left(i);
        let start = (start..i).find(|j| !self.page.is(Section::PeopleNotGroups, *j))?;
        if !self.clean(start, i) || (i - start == 1 && (start == self.start || self.is_place(start))) {
            return None;
        }
        let acronym = i - start == 1 && upper(self.t()[start].span.of(self.page.text));
        (i - start > 1 || acronym || self.alone_elsewhere(start)).then_some(Candidate { tokens: (start, i), by: "cue" })
    }

    /// Whether the article puts this word after a preposition of place.
    fn is_place(&self, i: usize) -> bool {
        self.page.same(i).iter().any(|j| *j > 0 && self.page.is(Section::PlacePrepositions, j - 1))
    }

    /// Whether the article uses this word as the one who acts: before a verb of saying or claiming.
    fn alone_elsewhere(&self, i: usize) -> bool {
        self.page.same(i).iter().any(|j| *j != i && self.page.at(Section::ClaimCues, j + 1).is_some())
    }

    /// "Al-X, which wants the south, said it was behind the raid".
    fn claims(&self, i: usize) -> Option<Candidate> {
        self.page.at(Section::ClaimCues, i)?;
        let end = self.subject(i)?;
        let mut start = end;
        while start > self.start && end - start < REACH && self.capital(start - 1) {
            start -= 1;
        }
        let titled = (start.saturating_sub(2).max(self.start)..end).any(|j| self.page.is(Section::PersonTitles, j));
        let dull =
            (start..end).all(|j| self.page.is(Section::PeopleNotGroups, j) || self.page.is(Section::SmallWords, j));
        if start == end || titled || dull || self.case == Case::Caps || !self.clean(start, end) {
            return None;
        }
        Some(Candidate { tokens: (start, end), by: "cue" })
    }

    /// One past the subject of the verb at `i`: right before it, or before a clause between commas.
    fn subject(&self, i: usize) -> Option<usize> {
        let before = i.checked_sub(1).filter(|b| *b >= self.start)?;
        if self.t()[before].norm != "," {
            return Some(i);
        }
        let open = (self.start..before).rev().find(|j| self.t()[*j].norm == ",")?;
        self.page.is(Section::Asides, open + 1).then_some(open)
    }
}

/// Whether a word is made of capitals: an acronym.
pub(super) fn upper(word: &str) -> bool {
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    letters.len() >= 2
        && letters.iter().filter(|c| c.is_uppercase()).count() >= 2
        && word.len() <= 10
        && word.chars().next().is_some_and(char::is_uppercase)
        && letters.iter().filter(|c| c.is_lowercase()).count() * 2 <= letters.len()
}
