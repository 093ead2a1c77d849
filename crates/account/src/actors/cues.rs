//! Groups that no list knows and whose form says nothing, proposed by what is said of them: they carried out an attack,
//! are blamed for one, or have fighters.

use super::form::{Candidate, Stretch};
use super::words::Section;

impl Stretch<'_> {
    /// "the Night Herons had carried out", "The People's Vanguard (PV) killed": a name behind "the" that attacks.
    pub(super) fn doer(&self, i: usize) -> Option<Candidate> {
        if !self.page.is(Section::Definite, i) {
            return None;
        }
        let (start, end) = self.name(i + 1, 2)?;
        let mut verb = end;
        if self.norm(verb) == "(" {
            verb = (verb..self.end.min(verb + 4)).find(|j| self.norm(*j) == ")")? + 1;
        }
        while self.is(Section::Helpers, verb) {
            verb += 1;
        }
        self.page.at(Section::AttackVerbs, verb).filter(|_| verb < self.end)?;
        Some(Candidate { tokens: (start, end), by: "cue" })
    }

    /// "blamed the Night Herons for", "the work of Wet Hill": a name that an attack is laid to.
    pub(super) fn blamed(&self, i: usize) -> Option<Candidate> {
        let after = self.page.at(Section::BlameCues, i).filter(|e| *e < self.end)?;
        let article = self.is(Section::Definite, after);
        let (start, end) = self.name(after + usize::from(article), 2)?;
        // "accused Jan Brod of": a person stands without an article.
        let person = !article && self.page.at(Section::AccusingVerbs, i).is_some();
        (!person).then_some(Candidate { tokens: (start, end), by: "cue" })
    }

    /// "rebels from the Upper Hill Council", "a spokesman for the Wet Hill Vanguard": a name that has fighters, or that
    /// speaks where an attack is told.
    pub(super) fn peopled(&self, i: usize) -> Option<Candidate> {
        let fighters = self.page.is(Section::GroupNouns, i);
        let speakers =
            self.page.is(Section::Speakers, i) && self.page.within(Section::AttackVerbs, self.start, self.end);
        if !(fighters || speakers) || !self.is(Section::Belonging, i + 1) {
            return None;
        }
        let (start, end) = self.name(i + 2 + usize::from(self.is(Section::Definite, i + 2)), 2)?;
        Some(Candidate { tokens: (start, end), by: "cue" })
    }

    /// A run of at least `words` capitalised words from token `i` on that is no person with a title and no civil body.
    fn name(&self, i: usize, words: usize) -> Option<(usize, usize)> {
        if self.capitals() || i >= self.end {
            return None;
        }
        let end = self.page.run(i, self.end, self.case)?;
        let capitals = (i..end).filter(|j| self.capital(*j)).count();
        let titled = (i.saturating_sub(2).max(self.start)..end).any(|j| self.page.is(Section::PersonTitles, j));
        let state = self.page.ending(Section::StateTails, end).is_some();
        (capitals >= words && !titled && !state && self.clean(i, end)).then_some((i, end))
    }

    /// Whether the word at `i` belongs to the section, and stands in the stretch.
    fn is(&self, section: Section, i: usize) -> bool {
        i < self.end && self.page.is(section, i)
    }

    fn norm(&self, i: usize) -> &str {
        self.t().get(i).filter(|_| i < self.end).map_or("", |t| t.norm.as_str())
    }
}
