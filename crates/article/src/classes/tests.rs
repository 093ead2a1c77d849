use super::*;

#[test]
fn the_shipped_table_opens_and_broken_ones_do_not() {
    let whole = Classes::from_bytes(BYTES).unwrap();
    assert!(whole.len() > 20_000);
    assert_eq!(Classes::from_bytes(b"KHNOUNS0").unwrap_err(), Refused::NotATable);
    assert_eq!(Classes::from_bytes(&BYTES[..BYTES.len() / 2]).unwrap_err(), Refused::Damaged);
    for end in 0..2000 {
        assert!(Classes::from_bytes(&BYTES[..end]).is_err());
    }
}

#[test]
fn finds_phrases_plurals_parts_and_endings() {
    let nouns = Classes::builtin();
    assert!(nouns.main("Two SUBSTATIONS").has(Class::Utility));
    assert!(nouns.main("policemen").has(Class::Police));
    assert!(nouns.main("men").has(Class::Male));
    assert!(nouns.main("school bus").has(Class::Vehicle));
    assert!(nouns.main("ex-soldier").has(Class::Soldier));
    assert!(nouns.main("brakewoman").has(Class::Female));
    assert!(!nouns.of("qzxv").known());
    assert!(!nouns.of("").known() && !nouns.of("-").known() && !nouns.of("é- \u{0}").known());
    assert!(nouns.main("pensioner").is_civilian());
    assert!(
        nouns.plural("Gunmen") && nouns.plural("mice") && nouns.plural("armed guards") && !nouns.plural("police bus")
    );
}

#[test]
fn senses_are_ordered_and_their_shares_make_a_whole() {
    let guard = Classes::builtin().of("guard");
    assert!(guard.is(Class::Guard, 1) && guard.share(Class::Person) > 0.5);
    assert!((95..=105).contains(&guard.iter().map(|s| u32::from(s.share)).sum::<u32>()));
}
