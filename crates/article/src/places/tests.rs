use super::*;
use crate::{Block, BlockKind};
use proptest::prelude::*;

/// An article of paragraphs, the first of which is a headline when it is marked with `#`.
fn article(text: &str) -> Article {
    let mut out = Article::default();
    for line in text.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let (kind, line) = match line.strip_prefix('#') {
            Some(l) => (BlockKind::Headline, l.trim()),
            None => (BlockKind::Paragraph, line),
        };
        let start = out.text.len();
        out.text.push_str(line);
        out.blocks.push(Block { span: Span::new(start, out.text.len()), kind });
        out.text.push_str("\n\n");
    }
    out.check().unwrap();
    out
}

fn read(text: &str) -> Vec<PlaceMention> {
    let a = article(text);
    places(&a, &Tokens::of(&a), Gazetteer::builtin())
}

/// Checks the mentions of places, demonyms left out, each as `words = name, province, country`.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let a = article(text);
    let gaz = Gazetteer::builtin();
    let found: Vec<String> = read(text)
        .iter()
        .filter(|m| m.via != PlaceVia::Demonym)
        .map(|m| {
            let e = gaz.entry(m.entry).unwrap();
            let place: Vec<&str> = match e.kind {
                EntryKind::Country | EntryKind::Region => vec![e.name],
                EntryKind::Province => vec![e.name, e.country],
                EntryKind::District | EntryKind::City => vec![e.name, e.admin1, e.country],
            };
            format!("{} = {}", m.span.of(&a.text), place.join(", "))
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn the_country_of_an_article_decides_among_namesakes() {
    check(
        "Police in Hyderabad detained four men on Monday. The chief minister of Sindh called for calm, and shops in Karachi stayed shut.",
        &["Hyderabad = Hyderabad, Sindh, PAK", "Sindh = Sindh, PAK", "Karachi = Karachi, Sindh, PAK"],
    );
    check(
        "Police in Hyderabad detained four men on Monday. The chief minister of Telangana called for calm, and shops in Warangal stayed shut.",
        &["Hyderabad = Hyderabad, Telangana, IND", "Telangana = Telangana, IND", "Warangal = Warangal, Telangana, IND"],
    );
    check(
        "Gunfire was heard in Tripoli overnight. Lebanese soldiers closed the road to Sidon and patrols left Beirut.",
        &[
            "Tripoli = Tripoli, North Governorate, LBN",
            "Sidon = Sidon, South Governorate, LBN",
            "Beirut = Beirut, Beirut Governorate, LBN",
        ],
    );
    check(
        "Gunfire was heard in Tripoli overnight. Militias from Misrata and Zawiya, in western Libya, closed the coastal road.",
        &[
            "Tripoli = Tripoli, Tripoli District, LBY",
            "Misrata = Misratah, Misratah, LBY",
            "Zawiya = Zawiya, Az Zawiyah, LBY",
            "Libya = Libya",
        ],
    );
}

#[test]
fn what_stands_behind_a_comma_decides_among_namesakes() {
    check("He was flown to Cairo, Georgia, for trial.", &["Cairo = Cairo, Georgia, USA", "Georgia = Georgia, USA"]);
    check("He was flown to Cairo for trial.", &["Cairo = Cairo, Cairo, EGY"]);
    check("The convoy left Paris, Texas, at noon.", &["Paris = Paris, Texas, USA", "Texas = Texas, USA"]);
    check("A judge in Macon, Ga., set bail.", &["Macon = Macon, Georgia, USA", "Ga = Georgia, USA"]);
    check(
        "Troops crossed from Georgia into Abkhazia, and Tbilisi protested.",
        &["Georgia = Georgia", "Abkhazia = Abkhazia, GEO", "Tbilisi = Tbilisi, Tbilisi, GEO"],
    );
    check(
        "A bus was burned near Valencia, Venezuela, on the way to Maracay.",
        &["Valencia = Valencia, Carabobo, VEN", "Venezuela = Venezuela", "Maracay = Maracay, Aragua, VEN"],
    );
}

#[test]
fn texts_in_capitals_are_read() {
    check(
        "SAN SALVADOR, 14 MAR 90 (RADIO CUATRO) -- A BRIDGE WAS DESTROYED NEAR USULUTAN IN EL SALVADOR LAST NIGHT.",
        &[
            "SAN SALVADOR = San Salvador, San Salvador, SLV",
            "USULUTAN = Usulután, Usulutan, SLV",
            "EL SALVADOR = El Salvador",
        ],
    );
    check("MOST OF THE MEN WERE READING IN THE BAR OF MOBILE PHONES.", &[]);
}

#[test]
fn variants_and_kinds_are_known() {
    check(
        "Two men died in Qunduz city. The governor of Kunduz province said a third was treated in Mazar-i-Sharif.",
        &[
            "Qunduz city = Kunduz, Kunduz, AFG",
            "Kunduz province = Kunduz, AFG",
            "Mazar-i-Sharif = Mazar-e Sharif, Balkh, AFG",
        ],
    );
    check(
        "A mine went off in Nangarhar Province and another in Pakistan's Khyber Pakhtunkhwa; Iraq's Diyala province was quiet.",
        &[
            "Nangarhar Province = Nangarhar, AFG",
            "Pakistan = Pakistan",
            "Khyber Pakhtunkhwa = Khyber Pakhtunkhwa, PAK",
            "Iraq = Iraq",
            "Diyala province = Diyala, IRQ",
        ],
    );
    check(
        "Envoys of the U.S., the UK and Ivory Coast met.",
        &["U.S. = United States", "UK = United Kingdom", "Ivory Coast = Ivory Coast"],
    );
}

#[test]
fn demonyms_tell_the_country_and_are_no_places() {
    let found = read("An Afghan officer and two Iraqis spoke.");
    let told: Vec<(&str, PlaceVia)> = found.iter().map(|m| (m.name.as_str(), m.via)).collect();
    assert_eq!(told, [("Afghan", PlaceVia::Demonym), ("Iraqis", PlaceVia::Demonym)]);
    let gaz = Gazetteer::builtin();
    assert_eq!(gaz.entry(found[0].entry).unwrap().country, "AFG");
}

#[test]
fn words_and_persons_are_no_places() {
    check(
        "Reading the report took an hour. Of the nine, most fled. Mobile phones were off. Bar owners complained.",
        &[],
    );
    check(
        "Mr Jackson and Paris Hilton met. \"It is over,\" said Jordan Miller. Austin Clark agreed, and Clark left.",
        &[],
    );
    check("Jackson said so.", &[]);
    check("President Lincoln spoke. Gen. Houston Reed did not.", &[]);
    check(
        "It took place in Reading, England, on Monday.",
        &["Reading = Reading, England, GBR", "England = England, GBR"],
    );
    check("The EU and a body called MEI met for the Sino talks.", &[]);
    check("us and them, in and or, me and may", &[]);
}

#[test]
fn bodies_are_no_places_and_structures_show_where() {
    check("The Washington Post asked Leeds United.", &[]);
    let found = read("Kabul University was closed.");
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].name.as_str(), found[0].via), ("Kabul", PlaceVia::Site));
}

#[test]
fn spans_found_by_others_are_placed() {
    let a = article("The clinic in Kandahar province and that of Nowherestan were named.");
    let at = |w: &str| a.text.find(w).map(|i| Span::new(i, i + w.len())).unwrap();
    let spans = [at("Nowherestan"), at("Kandahar province")];
    let placed = places_at(&a, &Tokens::of(&a), Gazetteer::builtin(), &spans);
    assert_eq!(placed[0], None);
    assert_eq!(placed[1].as_ref().map(|m| m.kind), Some(EntryKind::Province));
}

proptest! {
    #[test]
    fn any_text_is_read_without_harm(
        words in prop::collection::vec(
            prop_oneof![
                "\\PC{0,8}",
                prop::sample::select(vec![
                    "Kabul", "kabul", "PARIS", "San", "St.", "U.S.", ",", "in", "Georgia", "Ga.", "province", "of", "Mr.", "-",
                    "al-Raqqa", "Kabul-based", "’s", "(", "Reading", "İstanbul", "ß", "Afghan", "Jackson", "said", ".", "\u{301}",
                ]).prop_map(str::to_owned),
            ],
            0..40,
        ),
        joint in prop::sample::select(vec![" ", "", "  "]),
    ) {
        let text = words.join(joint).replace(['\n', '\r'], " ");
        let span = Span::new(0, text.len());
        let a = Article { blocks: vec![Block { span, kind: BlockKind::Paragraph }], text, ..Article::default() };
        let tokens = Tokens::of(&a);
        let gaz = Gazetteer::builtin();
        for m in places(&a, &tokens, gaz) {
            prop_assert!(a.text.get(m.span.start as usize..m.span.end as usize).is_some_and(|s| s.contains(&m.name)));
            prop_assert!(m.tokens.0 < m.tokens.1 && m.tokens.1 <= tokens.tokens.len());
            prop_assert!(gaz.entry(m.entry).is_some() && (0.0..=1.0).contains(&m.score));
        }
        places_at(&a, &tokens, gaz, &[span, Span::new(0, 1), Span::new(1, 3)]);
    }
}
