//! The shapes of what people decided, for the document of the interface. The values are those of [`archive::Entry`] and
//! [`archive::Conflict`], which write themselves.
#![expect(dead_code, reason = "read by the derived schema alone")]

use utoipa::ToSchema;

/// A decision as the log shows it; what does not belong to the act is left out.
#[derive(ToSchema)]
pub(crate) struct Decided {
    /// `d` and twelve digits.
    id: String,
    /// RFC 3339, in UTC.
    time: String,
    who: String,
    /// Empty if no reason was given.
    why: String,
    act: ActName,
    /// Of a merge: the incidents as they were.
    #[schema(required = false)]
    incidents: Vec<Group>,
    /// Of a split: what stays.
    #[schema(required = false)]
    stay: Group,
    /// Of a split: what is taken out.
    #[schema(required = false)]
    out: Vec<Anchor>,
    /// Of a correction, dismissal, restoration or note: what it is on.
    #[schema(required = false)]
    of: Group,
    #[schema(required = false)]
    field: String,
    #[schema(required = false)]
    value: String,
    #[schema(required = false)]
    detail: String,
    #[schema(required = false)]
    text: String,
    #[schema(required = false)]
    outlet: String,
    #[schema(required = false)]
    rating: RatingName,
    #[schema(required = false)]
    actor: String,
    #[schema(required = false)]
    other: String,
    #[schema(required = false)]
    name: String,
    /// Of an undo: what is taken back.
    #[schema(required = false)]
    decision: String,
    /// Whether nobody took it back.
    holds: bool,
    /// Incidents, as they are now, that hold accounts which it names.
    now: Vec<String>,
    /// What it names and no article tells any more.
    unattached: Vec<Anchor>,
}

/// What can be decided.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum ActName {
    Merge,
    Split,
    Correct,
    Dismiss,
    Restore,
    Rate,
    Note,
    ActorMerge,
    ActorAlias,
    Undo,
}

/// How far an outlet can be relied on.
#[derive(ToSchema)]
pub(crate) enum RatingName {
    A,
    B,
    C,
    D,
    E,
    F,
}

/// Accounts of one incident, as it was.
#[derive(ToSchema)]
struct Group {
    /// Empty if the accounts were only some of its.
    incident: String,
    accounts: Vec<Anchor>,
}

/// By what an account is found again.
#[derive(ToSchema)]
struct Anchor {
    article: String,
    url: String,
    text: String,
    ordinal: u32,
    kind: String,
    start: u32,
    end: u32,
    words: String,
    before: String,
    after: String,
}

/// A decision beside another, or beside what accounts say, where both cannot be.
#[derive(ToSchema)]
pub(crate) struct Contradiction {
    decision: String,
    #[schema(required = true)]
    with: Option<String>,
    #[schema(required = true)]
    incident: Option<String>,
    #[schema(required = true)]
    field: Option<String>,
    /// What cannot both be, and what holds, in one sentence.
    what: String,
}

/// The span of the totals of one measure.
#[derive(ToSchema)]
pub(super) struct Totals {
    low: u64,
    best: u64,
    high: u64,
}

/// Who set a value, and by which decision.
#[derive(ToSchema)]
pub(super) struct Person {
    who: String,
    decision: String,
}
