//! Statements: who says, thinks or wants what, read from dependency trees and marks of quotation.
//!
//! A cue ("said", "according to", "is believed to", "X's claim that") governs a content and has a source; `cues.txt` says
//! for each cue which complement holds the content, and the tree where that complement lies. Quotations are found in the
//! text itself, since they run over sentences and paragraphs, which trees do not. The roles are those of Pareti 2015
//! (*Attribution: a computational approach*) and PolNeAR (Newell et al. 2018); a statement inside another's content is
//! kept and points at the outer one, so that "police said that the group had denied it" gives a chain.

mod attribution;
mod clause;
mod content;
mod cue;
mod cues;
mod quotes;
mod source;
mod view;

use crate::grammar::Syntax;
use crate::{Article, Span, Tokens};
use serde::{Deserialize, Serialize};

/// Somebody saying, thinking, feeling or wanting something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Who, nearest first, outermost last; empty where the text names nobody ("is believed to").
    pub sources: Vec<Source>,
    /// Which of the sources the cue itself names, if it names one; the ones before it are whom that one goes by.
    pub speaker: Option<usize>,
    /// The words that tell of it: "has also said", "according to", "is believed".
    pub cue: Span,
    /// What is said. *Shape*: one or more pieces in text order, apart from each other, the cue and the first source.
    pub content: Vec<Span>,
    /// How the cue puts it.
    pub stance: Stance,
    /// The statement whose content holds this one, as an index into the same list.
    pub within: Option<usize>,
    /// The rule that read it.
    pub by: &'static str,
}

/// Who a statement is ascribed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    /// As printed.
    pub span: Span,
    /// What a relative pronoun stands for: the minister in "the minister, who said".
    pub of: Option<Span>,
    /// What kind of source it is.
    pub kind: SourceKind,
}

/// What kind of source speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// A person with a name, or a pronoun or title for one.
    #[default]
    Named,
    /// A person or people without a name: "a security official", "witnesses".
    Anonymous,
    /// A text: a report, a leaflet, a post.
    Document,
    /// An institution: a ministry, the police, an agency.
    Institution,
    /// People named as a group: "residents of the village".
    Group,
}

/// How a cue puts what it tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stance {
    /// Said, without more.
    #[default]
    Said,
    /// Put forward against possible doubt: claimed, insisted, alleged.
    Claimed,
    /// Said to somebody's charge: accused, blamed, criticised.
    Accused,
    /// Said not to be so: denied, rejected.
    Denied,
    /// Said to be so after all: confirmed, admitted.
    Confirmed,
    /// Warned or threatened.
    Warned,
    /// Asked, ordered, urged.
    Asked,
    /// Promised, vowed.
    Promised,
    /// Shown by a text or a study.
    Shown,
    /// Believed, thought, known, expected.
    Believed,
    /// Felt: hoped, feared, liked, opposed.
    Felt,
    /// Wanted, planned, tried.
    Wanted,
    /// Seemed so, to nobody in particular.
    Seemed,
}

impl Stance {
    /// All, in the order of their severity for a reader: sayings first.
    pub const ALL: [Stance; 13] = [
        Stance::Said,
        Stance::Claimed,
        Stance::Accused,
        Stance::Denied,
        Stance::Confirmed,
        Stance::Warned,
        Stance::Asked,
        Stance::Promised,
        Stance::Shown,
        Stance::Believed,
        Stance::Felt,
        Stance::Wanted,
        Stance::Seemed,
    ];

    /// The name in lists and stored forms: `said`.
    pub fn name(self) -> &'static str {
        match self {
            Stance::Said => "said",
            Stance::Claimed => "claimed",
            Stance::Accused => "accused",
            Stance::Denied => "denied",
            Stance::Confirmed => "confirmed",
            Stance::Warned => "warned",
            Stance::Asked => "asked",
            Stance::Promised => "promised",
            Stance::Shown => "shown",
            Stance::Believed => "believed",
            Stance::Felt => "felt",
            Stance::Wanted => "wanted",
            Stance::Seemed => "seemed",
        }
    }

    /// The stance of that name.
    pub fn named(name: &str) -> Option<Stance> {
        Stance::ALL.into_iter().find(|s| s.name() == name)
    }

    /// Whether something was uttered, not only thought, felt or wanted.
    pub fn is_saying(self) -> bool {
        self <= Stance::Shown
    }
}

impl Statement {
    /// The source that the cue itself names.
    pub fn speaker(&self) -> Option<&Source> {
        self.sources.get(self.speaker?)
    }
}

impl SourceKind {
    /// The name in stored forms: `named`.
    pub fn name(self) -> &'static str {
        match self {
            SourceKind::Named => "named",
            SourceKind::Anonymous => "anonymous",
            SourceKind::Document => "document",
            SourceKind::Institution => "institution",
            SourceKind::Group => "group",
        }
    }
}

/// The statements of an article in the order of their cues. Only sentences that are `wanted`, by their index, and hold a
/// word that can be a cue are parsed. *Cost*: that of parsing those, and linear beside it.
pub fn statements(
    article: &Article,
    tokens: &Tokens,
    syntax: &Syntax<'_>,
    wanted: impl Fn(usize) -> bool,
) -> Vec<Statement> {
    attribution::read(article, tokens, syntax, &wanted)
}
