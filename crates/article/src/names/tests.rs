//! What a model refuses, and what the lists find.

use super::lists::{GAZETTEER, LISTS, Match};
use super::{Finder, Model, NameKind, Refused};
use crate::Span;
use crate::grammar::words;

fn bytes() -> Vec<u8> {
    include_bytes!("../../../../models/en/names.bin").to_vec()
}

#[test]
fn what_is_no_whole_model_is_refused() {
    assert!(Model::from_bytes(&bytes()).is_ok());
    assert_eq!(Model::from_bytes(b"something else").unwrap_err(), Refused::Magic);
    let whole = bytes();
    for n in [8, 20, 100, whole.len() / 2, whole.len() - 1] {
        assert_eq!(Model::from_bytes(&whole[..n]).unwrap_err(), Refused::Damaged, "{n}");
    }
    let mut other = whole.clone();
    other[8] ^= 1;
    assert_eq!(Model::from_bytes(&other).unwrap_err(), Refused::Version);
}

#[test]
fn lists_are_found_whatever_the_case() {
    let found = |words: &[&str]| {
        let mut out: Vec<Match> = Vec::new();
        Model::builtin().lists.find(words, &mut out);
        out
    };
    let actor = LISTS.iter().position(|l| *l == "actor").unwrap() as u8;
    for name in [["Boko", "Haram"], ["BOKO", "HARAM"], ["boko", "haram"]] {
        assert!(found(&name).contains(&Match { begin: 0, end: 2, list: actor }));
    }
    assert!(found(&["in", "Kabul"]).iter().any(|m| m.begin == 1 && m.list >= GAZETTEER));
    assert!(found(&[]).is_empty());
}

#[test]
fn kinds_follow_from_marks_and_lists() {
    let text = "Police said three Kenyan soldiers were shot with rifles near Mogadishu.";
    let spans: Vec<Span> = words(text, Span::new(0, text.len())).iter().map(|w| w.span).collect();
    let found = Finder::new(Model::builtin()).names(text, &spans);
    let kind = |name: &str| found.iter().find(|n| n.span.of(text) == name).map(|n| n.kind);
    assert_eq!(kind("Kenyan"), Some(NameKind::People));
    assert_eq!(kind("Mogadishu"), Some(NameKind::Place));
}
