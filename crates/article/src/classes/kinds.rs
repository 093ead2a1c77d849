//! The classes themselves, and sets of them.

macro_rules! classes {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// A class of nouns. What makes each is written in `language/en/classes.txt`, whose sections have these names.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Class {
            $($(#[$doc])* $variant,)*
        }

        impl Class {
            /// All classes, in the order of their bits.
            pub const ALL: &'static [Class] = &[$(Class::$variant,)*];

            /// The name in the recipe, such as `armed-group`.
            pub fn name(self) -> &'static str {
                match self {
                    $(Class::$variant => $name,)*
                }
            }
        }
    };
}

classes! {
    /// Anybody.
    Person = "person",
    /// A woman or girl.
    Female = "female",
    /// A man or boy.
    Male = "male",
    /// Somebody not grown up.
    Child = "child",
    /// Somebody old.
    Elder = "elder",
    /// Somebody by kinship or marriage.
    Relative = "relative",
    /// Somebody by where he lives or comes from: villager, national, Kenyan.
    Inhabitant = "inhabitant",
    /// Somebody by his work.
    Worker = "worker",
    /// Somebody who holds or stands for a public office, or speaks for it.
    Official = "official",
    /// Somebody who leads.
    Leader = "leader",
    /// A member of armed forces of a state.
    Soldier = "soldier",
    /// A member of a police force.
    Police = "police",
    /// Somebody who guards.
    Guard = "guard",
    /// Somebody who takes up arms without a state.
    Fighter = "fighter",
    /// Somebody by a crime.
    Criminal = "criminal",
    /// Somebody who serves a religion.
    Clergy = "clergy",
    /// Somebody by a religion or by worship.
    Believer = "believer",
    /// Somebody who heals.
    Medic = "medic",
    /// Somebody who is ill.
    Patient = "patient",
    /// Somebody who reports.
    Journalist = "journalist",
    /// A judge, prosecutor or lawyer.
    Jurist = "jurist",
    /// Somebody who teaches.
    Teacher = "teacher",
    /// Somebody who learns.
    Student = "student",
    /// Somebody who farms, herds or fishes.
    Farmer = "farmer",
    /// Somebody who works with his hands.
    Labourer = "labourer",
    /// Somebody who sells.
    Trader = "trader",
    /// Somebody on the way, or a guest.
    Traveller = "traveller",
    /// Somebody who drives, flies or sails.
    Crew = "crew",
    /// Somebody who stands up for a cause.
    Activist = "activist",
    /// Somebody held.
    Captive = "captive",
    /// Somebody who had to leave his home, or migrates.
    Displaced = "displaced",
    /// Somebody who suffered, survived or died.
    Victim = "victim",
    /// A dead body.
    Body = "body",
    /// Several people as one.
    Group = "group",
    /// People by kinship or marriage as one.
    Family = "family",
    /// A group under arms without a state.
    ArmedGroup = "armed-group",
    /// A force or unit of a state under arms.
    Force = "force",
    /// An organisation.
    Organisation = "organisation",
    /// A government, its parts, parliaments, courts.
    Government = "government",
    /// A business.
    Company = "company",
    /// A political party.
    Party = "party",
    /// Who publishes news.
    Media = "media",
    /// Anything to fight with.
    Weapon = "weapon",
    /// A gun.
    Gun = "gun",
    /// What explodes.
    Explosive = "explosive",
    /// What is shot or launched.
    Ammunition = "ammunition",
    /// What carries people or goods, on land, water or in the air.
    Vehicle = "vehicle",
    /// A train or part of one.
    Train = "train",
    /// What flies.
    Aircraft = "aircraft",
    /// A ship or boat.
    Ship = "ship",
    /// A vehicle of armed forces.
    MilitaryVehicle = "military-vehicle",
    /// A building, or a business or institution as a place.
    Building = "building",
    /// Where people live.
    Dwelling = "dwelling",
    /// A place of worship.
    Worship = "worship",
    /// Where people learn.
    School = "school",
    /// Where people are healed.
    Hospital = "hospital",
    /// Where things are sold.
    Market = "market",
    /// Where guests stay, eat or drink.
    Hotel = "hotel",
    /// Where people meet for sport, art or leisure.
    Venue = "venue",
    /// Where clerks work.
    Office = "office",
    /// A building of the state or of a foreign one.
    StateBuilding = "state-building",
    /// A road, street, square or railway line.
    Road = "road",
    /// A bridge.
    Bridge = "bridge",
    /// A station, port or airport.
    Transport = "transport",
    /// What brings power, water, fuel or messages.
    Utility = "utility",
    /// Where things are made, dug or stored.
    Factory = "factory",
    /// A place of armed forces or fighters.
    MilitarySite = "military-site",
    /// A place of police.
    PoliceSite = "police-site",
    /// Where captives are held.
    Prison = "prison",
    /// A monument or graveyard.
    Monument = "monument",
    /// A town, village or quarter, or a camp where people live.
    Settlement = "settlement",
    /// A part of the earth with bounds.
    Region = "region",
    /// Land or water as it lies.
    Terrain = "terrain",
    /// An animal.
    Animal = "animal",
    /// Food or drink.
    Food = "food",
    /// Money.
    Money = "money",
    /// A time or its length.
    Time = "time",
    /// Something that happens or is done.
    Event = "event",
    /// A part of the body.
    BodyPart = "body-part",
    /// An injury or illness.
    Injury = "injury",
    /// Something written.
    Document = "document",
    /// A drug, fuel, metal or chemical.
    Substance = "substance",
    /// A unit of measure.
    Measure = "measure",
}

impl Class {
    /// The class of that name.
    pub fn named(name: &str) -> Option<Class> {
        Class::ALL.iter().copied().find(|c| c.name() == name)
    }
}

/// A set of classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ClassSet(u128);

impl ClassSet {
    /// The set with these bits; bit `n` stands for the `n`-th of [`Class::ALL`].
    pub fn from_bits(bits: u128) -> ClassSet {
        ClassSet(bits)
    }

    /// One bit for each class.
    pub fn bits(self) -> u128 {
        self.0
    }

    /// Whether `class` is in it.
    pub fn has(self, class: Class) -> bool {
        self.0 >> (class as u8) & 1 == 1
    }

    /// Whether one of `classes` is in it.
    pub fn any(self, classes: &[Class]) -> bool {
        classes.iter().any(|c| self.has(*c))
    }

    /// Whether nothing is in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The set with `class` in it, too.
    pub fn with(self, class: Class) -> ClassSet {
        ClassSet(self.0 | 1 << (class as u8))
    }

    /// What is in either.
    pub fn union(self, other: ClassSet) -> ClassSet {
        ClassSet(self.0 | other.0)
    }

    /// What is in this and not in `other`.
    pub fn without(self, other: ClassSet) -> ClassSet {
        ClassSet(self.0 & !other.0)
    }

    /// A person who by the noun neither serves in a force nor fights nor breaks the law.
    pub fn is_civilian(self) -> bool {
        self.has(Class::Person) && !self.any(&[Class::Soldier, Class::Police, Class::Fighter, Class::Criminal])
    }

    /// The classes in it, in order.
    pub fn iter(self) -> impl Iterator<Item = Class> {
        Class::ALL.iter().copied().filter(move |c| self.has(*c))
    }
}
