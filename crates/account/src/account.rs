//! The account and its fields. The names and values are those of the glossary.

use article::statements::SourceKind;
use article::{Edtf, Problem, Span};
use serde::{Deserialize, Serialize};

/// Everything that one article says: its accounts, its statements, and the outlets that it takes its story from.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Report {
    /// One per incident told, in order of first mention.
    pub accounts: Vec<Account>,
    /// Who says what, in text order.
    pub statements: Vec<Statement>,
    /// Outlets that the story itself is taken from, nearest first.
    pub source_chain: Vec<Value<String>>,
    /// What could not be read well.
    pub problems: Vec<Problem>,
}

/// What one article says about one incident.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// Whether the article is about this incident.
    pub prominence: Prominence,
    /// Kinds of violence named, most specific first; never empty. Evidence: the trigger words.
    pub kinds: Vec<Value<Kind>>,
    /// Whether it happened.
    pub stage: Value<Stage>,
    /// When, if the text says so.
    pub date: Option<Date>,
    /// Where, if the text says so.
    pub place: Option<Place>,
    /// Every number of people stated for this incident.
    pub figures: Vec<Figure>,
    /// Actors bound to it as perpetrators, with their standing.
    pub perpetrators: Vec<Binding>,
    /// What was attacked.
    pub targets: Vec<Mention>,
    /// Who was harmed, as printed.
    pub victims: Vec<Mention>,
    /// With what.
    pub weapons: Vec<Mention>,
    /// People that it hit or was meant for, each with what became of them.
    #[serde(default)]
    pub people: Vec<Harmed>,
    /// Things that it destroyed, damaged or spared.
    #[serde(default)]
    pub property: Vec<Harmed>,
    /// People taken or held, each with their fate.
    #[serde(default)]
    pub hostages: Vec<Harmed>,
    /// Doers who are only described: "four hooded men".
    #[serde(default)]
    pub doers: Vec<Described>,
    /// Why it was done, in the words of the article or of somebody it quotes.
    #[serde(default)]
    pub motives: Vec<Motive>,
    /// The sentences that tell it.
    pub sentences: Vec<Span>,
}

impl Account {
    /// An account that tells what happened and how far it went, and nothing more.
    pub fn new(kinds: Vec<Value<Kind>>, stage: Value<Stage>) -> Account {
        Account {
            prominence: Prominence::Main,
            kinds,
            stage,
            date: None,
            place: None,
            figures: Vec::new(),
            perpetrators: Vec::new(),
            targets: Vec::new(),
            victims: Vec::new(),
            weapons: Vec::new(),
            people: Vec::new(),
            property: Vec::new(),
            hostages: Vec::new(),
            doers: Vec::new(),
            motives: Vec::new(),
            sentences: Vec::new(),
        }
    }
}

/// A value, the words it was read from, and the rule that read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Value<T> {
    /// The value.
    pub value: T,
    /// Its words in the article's text; empty only where `by` is a default.
    pub evidence: Vec<Span>,
    /// The rule that made the value.
    pub by: String,
}

/// Words that play a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// As printed.
    pub words: String,
    /// Where.
    pub span: Span,
    /// The rule that read it.
    pub by: String,
}

macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $v:ident = $s:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $s)] $v),+ }
        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [$name] = &[$($name::$v),+];
            /// The name used in files, columns and JSON.
            pub fn name(self) -> &'static str { match self { $($name::$v => $s),+ } }
            /// The value of that name.
            pub fn named(s: &str) -> Option<Self> { match s { $($s => Some($name::$v),)+ _ => None } }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.name()) }
        }
    };
}

names! {
    /// A kind of political violence.
    Kind {
        /// An explosive device, a car bomb, a grenade.
        Bombing = "bombing",
        /// The bearer dies with the device.
        SuicideBombing = "suicide_bombing",
        /// Shooting, stabbing, storming.
        ArmedAttack = "armed_attack",
        /// A named or chosen person is the target.
        Assassination = "assassination",
        /// Two armed sides fight.
        Clash = "clash",
        /// From the air, drones among them.
        Airstrike = "airstrike",
        /// Artillery, mortars, rockets, missiles from the ground.
        Shelling = "shelling",
        /// Security forces or fighters break in or sweep.
        Raid = "raid",
        /// People are taken away.
        Abduction = "abduction",
        /// People are held on the spot.
        HostageTaking = "hostage_taking",
        /// Fire is set.
        Arson = "arson",
        /// Things are destroyed.
        Sabotage = "sabotage",
        /// People are arrested.
        Arrest = "arrest",
        /// Captives are killed.
        Execution = "execution",
        /// A vehicle, ship or aircraft is taken over.
        Hijacking = "hijacking",
        /// Violence is announced.
        Threat = "threat",
        /// Violence of no listed kind.
        Other = "other",
    }
}

names! {
    /// How far the happening went.
    Stage {
        /// It happened.
        Occurred = "occurred",
        /// It was tried and failed.
        Attempted = "attempted",
        /// It was stopped beforehand.
        Foiled = "foiled",
        /// It was announced.
        Threatened = "threatened",
        /// It was prepared.
        Planned = "planned",
        /// One party says that it happened, another that it did not.
        Denied = "denied",
    }
}

names! {
    /// What the article is about, and what it only mentions.
    Prominence {
        /// The article is about it.
        Main = "main",
        /// News on an incident reported before.
        Update = "update",
        /// An older incident told for context.
        Background = "background",
        /// One of several told shortly.
        Brief = "brief",
    }
}

names! {
    /// What a figure counts.
    Measure {
        /// Victims' dead.
        Killed = "killed",
        /// Wounded.
        Injured = "injured",
        /// Missing.
        Missing = "missing",
        /// Taken away or held.
        Abducted = "abducted",
        /// Arrested.
        Arrested = "arrested",
        /// Driven from home.
        Displaced = "displaced",
        /// Attackers' dead.
        PerpetratorsKilled = "perpetrators_killed",
        /// Attackers or forces taking part.
        Strength = "strength",
    }
}

names! {
    /// How an account binds an actor to an incident.
    Standing {
        /// The outlet says so in its own voice.
        Stated = "stated",
        /// The actor says so.
        Claimed = "claimed",
        /// Somebody else says so.
        Accused = "accused",
        /// Somebody thinks so.
        Suspected = "suspected",
        /// The actor says no.
        Denied = "denied",
    }
}

names! {
    /// What became of people or things.
    Effect {
        /// They died.
        Killed = "killed",
        /// They were hurt.
        Injured = "injured",
        /// Nothing happened to them.
        Unharmed = "unharmed",
        /// Nobody knows where they are.
        Missing = "missing",
        /// They were taken, and nothing is told of what came of it.
        Taken = "taken",
        /// They are said to be still in the hands of those who took them.
        Held = "held",
        /// They were let go, or are free again.
        Freed = "freed",
        /// Others freed them by force.
        Rescued = "rescued",
        /// They got away.
        Escaped = "escaped",
        /// Nothing is left of it.
        Destroyed = "destroyed",
        /// It was damaged.
        Damaged = "damaged",
        /// It was not damaged.
        Intact = "intact",
    }
}

names! {
    /// What the words tell of people.
    TraitKind {
        /// Where they are from.
        Nation = "nation",
        /// Their work or office.
        Occupation = "occupation",
        /// Civilians, military, police or other armed people.
        Force = "force",
        /// The actor that they belong to.
        Side = "side",
    }
}

names! {
    /// How a date was read.
    DateBasis {
        /// Printed with its day or month.
        Explicit = "explicit",
        /// A day of the week.
        Weekday = "weekday",
        /// "yesterday", "last month".
        Relative = "relative",
        /// Only the article's own date.
        Dateline = "dateline",
        /// Not at all.
        None = "none",
    }
}

names! {
    /// How narrow a place is.
    Precision {
        /// A building, road or spot.
        Site = "site",
        /// A part of a city.
        Neighbourhood = "neighbourhood",
        /// A city, town or village.
        City = "city",
        /// A district.
        District = "district",
        /// A first-level division.
        Province = "province",
        /// A country.
        Country = "country",
    }
}

/// When the incident happened according to the account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Date {
    /// The date, no more precise than the words.
    pub value: Edtf,
    /// How it was read.
    pub basis: DateBasis,
    /// The weekday named (Monday 1), where no year is known and the value holds the seven days that it may be.
    pub weekday: Option<u8>,
    /// Its words.
    pub evidence: Vec<Span>,
    /// The rule that read it.
    pub by: String,
}

/// Where the incident happened according to the account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// As printed; may be put together from the text (site and city).
    pub name: String,
    /// City, town or village, as the gazetteer names it; empty if the text names none.
    pub city: String,
    /// First-level division; empty if unknown.
    pub admin1: String,
    /// ISO 3166-1 alpha-3; empty if unknown.
    pub country: String,
    /// How narrow it is.
    pub precision: Precision,
    /// Latitude and longitude in degrees of the narrowest entry found in the gazetteer.
    pub at: Option<(f32, f32)>,
    /// The gazetteer's number for that entry.
    pub entry: Option<u32>,
    /// Its words.
    pub evidence: Vec<Span>,
    /// The rule that read it.
    pub by: String,
}

/// A number of people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// What is counted.
    pub measure: Measure,
    /// Lower bound; `None` for "up to 40".
    pub low: Option<u64>,
    /// Upper bound; `None` for "at least 40".
    pub high: Option<u64>,
    /// The number phrase as printed: "at least 30".
    pub words: String,
    /// Who was counted, as printed; may be empty.
    pub who: String,
    /// Who says so, outermost last; empty if the outlet states it in its own voice.
    pub said_by: Vec<Source>,
    /// The toll of the whole incident, or a part of it.
    pub total: bool,
    /// The words.
    pub span: Span,
    /// The rule that read it.
    pub by: String,
}

/// Who says something, as printed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Source {
    /// As printed.
    pub words: String,
    /// Where.
    pub span: Span,
    /// A person, somebody unnamed, a document, an institution, a group.
    #[serde(default)]
    pub kind: SourceKind,
}

/// An actor bound to an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Binding {
    /// The actor as printed: "ISIS-K".
    pub name: String,
    /// The actor's key in the actor list ("islamic-state-khorasan"), or the folded name when no list knows it.
    pub actor: String,
    /// How it is bound.
    pub status: Standing,
    /// Who says so, outermost last.
    pub said_by: Vec<Source>,
    /// The actor's words and the words that bind it.
    pub evidence: Vec<Span>,
    /// The rule that read it.
    pub by: String,
}

/// Somebody or something that an incident hit or was meant for, and what became of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Harmed {
    /// As printed.
    pub words: String,
    /// Where.
    pub span: Span,
    /// How many at least; `None` where the words leave it open.
    pub low: Option<u64>,
    /// How many at most; `None` where the words leave it open.
    pub high: Option<u64>,
    /// What became of them; `None` where nothing is said.
    pub effect: Option<Effect>,
    /// What the words tell of who they are.
    pub traits: Vec<Trait>,
    /// Who says so, outermost last; empty if the outlet states it in its own voice.
    pub said_by: Vec<Source>,
    /// The words, and the word that says what became of them.
    pub evidence: Vec<Span>,
    /// The rule that read it.
    pub by: String,
}

/// Something that the words tell of people: their nation, their work, whose they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trait {
    /// What kind of thing.
    pub kind: TraitKind,
    /// Of a nation its ISO 3166-1 alpha-3 code, of a side the actor's key, of the others a word of the list or of the text.
    pub value: String,
    /// The words that tell it.
    pub span: Span,
}

/// Doers without a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Described {
    /// As printed: "four hooded men".
    pub words: String,
    /// Where.
    pub span: Span,
    /// How many at least; `None` where the words leave it open.
    pub low: Option<u64>,
    /// How many at most; `None` where the words leave it open.
    pub high: Option<u64>,
    /// How they are bound.
    pub status: Standing,
    /// Whose they are, as far as the words tell.
    pub traits: Vec<Trait>,
    /// Who says so, outermost last.
    pub said_by: Vec<Source>,
    /// The words, and the word that says that they did it.
    pub evidence: Vec<Span>,
    /// The rule that read it.
    pub by: String,
}

/// Why an incident was done, as somebody puts it. Nothing is read into the words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Motive {
    /// The words, cue included: "in retaliation for the raid on their camp".
    pub words: String,
    /// Where.
    pub span: Span,
    /// Who says so, outermost last; empty if the outlet states it in its own voice.
    pub said_by: Vec<Source>,
    /// The rule that read it.
    pub by: String,
}

/// Somebody saying something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Who; outermost last when quoted through others.
    pub sources: Vec<Source>,
    /// The saying word: "said", "according to".
    pub cue: Span,
    /// What is said, from its first to its last word.
    pub content: Span,
    /// The pieces of it, where the cue or the source stands between them; empty in what older versions stored.
    #[serde(default)]
    pub pieces: Vec<Span>,
    /// How the cue puts it.
    #[serde(default)]
    pub stance: article::statements::Stance,
    /// The rule that read it.
    pub by: String,
}
