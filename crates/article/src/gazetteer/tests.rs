use super::*;
use crate::fold;

/// Checks the first entry that a name means, as `name, province, country`.
#[track_caller]
fn check(name: &str, expected: &str) {
    let gaz = Gazetteer::builtin();
    let found = gaz.lookup(&fold(name)).next().and_then(|c| gaz.entry(c.entry));
    assert_eq!(found.map(|e| format!("{}, {}, {}", e.name, e.admin1, e.country)).as_deref(), Some(expected), "{name}");
}

#[track_caller]
fn doubt(name: &str) -> Doubt {
    Gazetteer::builtin().lookup(&fold(name)).next().unwrap_or_else(|| panic!("{name} is unknown")).doubt
}

#[test]
fn names_variants_and_other_spellings_are_found() {
    check("Kabul", "Kabul, Kabul, AFG");
    check("Deir Ezzor", "Deir ez-Zor, Deir ez-Zor, SYR");
    check("N'Djamena", "N'Djamena, N'Djamena, TCD");
    check("Kyiv", "Kyiv, Kyiv City, UKR");
    check("Kiev", "Kyiv, Kyiv City, UKR");
    check("Bombay", "Mumbai, Maharashtra, IND");
    check("Helmand", "Helmand, Helmand, AFG");
    check("Côte d’Ivoire", "Ivory Coast, , CIV");
    check("U.S.", "United States, , USA");
    check("Afghans", "Afghanistan, , AFG");
    check("Horn of Africa", "Horn of Africa, , ");
}

#[test]
fn every_country_has_a_name_a_point_and_a_code() {
    let gaz = Gazetteer::builtin();
    let countries: Vec<Entry> =
        (0..gaz.len() as u32).filter_map(|i| gaz.entry(i)).take_while(|e| e.kind == EntryKind::Country).collect();
    assert!(countries.len() > 240);
    for c in countries {
        assert!(!c.name.is_empty() && c.country.len() == 3 && c.parent.is_none(), "{c:?}");
        assert_eq!(gaz.country(c.country).map(|e| e.id), Some(c.id));
    }
    assert_eq!(gaz.country("ZZZ"), None);
}

#[test]
fn every_entry_lies_in_an_earlier_one() {
    let gaz = Gazetteer::builtin();
    for id in 0..gaz.len() as u32 {
        let r = gaz.record(id).unwrap();
        let e = gaz.entry(id).unwrap();
        assert!(e.parent.is_none_or(|p| p < id && gaz.record(p).is_some_and(|p| p.kind < r.kind || r.kind == EntryKind::Region)), "{e:?}");
        assert!(e.lat.abs() <= 90.0 && e.lon.abs() <= 180.0, "{e:?}");
        assert!(e.kind == EntryKind::Province || !e.name.is_empty(), "{e:?}");
    }
    assert_eq!(gaz.record(gaz.len() as u32), None);
}

#[test]
fn ambiguous_names_are_doubted_and_great_ones_are_not() {
    assert!(doubt("Reading").word && doubt("Most").word && doubt("Bar").word && doubt("Mobile").word);
    assert!(doubt("Austin").person && doubt("Chelsea").person);
    assert!(doubt("US").capitals && doubt("Ga").bound);
    for great in ["Kabul", "Turkey", "Chad", "Jordan", "Lima", "Kunduz", "Nangarhar", "Paris"] {
        assert!(doubt(great).none(), "{great} {:?}", doubt(great));
    }
}

#[test]
fn a_walk_finds_what_a_lookup_finds() {
    let gaz = Gazetteer::builtin();
    let mut walk = gaz.walk();
    assert!(walk.step("rio") && walk.step("de") && !walk.is_name());
    assert!(walk.step("janeiro") && walk.is_name());
    assert!(walk.candidates().eq(gaz.lookup("rio de janeiro")));
    assert!(!walk.step("nowhere") && walk.is_name());
    assert_eq!(gaz.walk().candidates().count(), 0);
    assert_eq!(gaz.lookup("").count(), 0);
}

#[test]
fn what_is_no_gazetteer_is_refused() {
    assert_eq!(Gazetteer::from_bytes(b"").unwrap_err(), Error::NotAGazetteer);
    assert_eq!(Gazetteer::from_bytes(b"PK\x03\x04 something else").unwrap_err(), Error::NotAGazetteer);
    let mut newer = BYTES[..64].to_vec();
    newer[8] = 99;
    assert_eq!(Gazetteer::from_bytes(newer.leak()).unwrap_err(), Error::Version(99));
    assert_eq!(Gazetteer::from_bytes(&BYTES[..BYTES.len() / 2]).unwrap_err(), Error::Damaged("head"));
}

#[test]
fn the_committed_file_is_the_one_that_the_recipe_describes() {
    let readme = include_str!("../../../../gazetteer/README.md");
    let sum = blake3::hash(BYTES).to_string();
    assert!(readme.contains(&sum), "gazetteer/README.md does not name the checksum {sum}");
    assert!(BYTES.len() <= 12_000_000);
}

#[test]
fn distances_are_those_of_the_globe() {
    let d = distance((34.53, 69.17), (36.73, 68.86));
    assert!((240.0..250.0).contains(&d), "{d}");
    assert!(distance((0.0, 179.9), (0.0, -179.9)) < 25.0);
}
