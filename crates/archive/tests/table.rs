//! Tables of coded reports: taken whole or not at all, each value at its bytes.

use account::Actors;
use archive::{Archive, Filter, Map, Summary};
use article::Span;

const MAP: &str = "\
separator = ;
date-format = %d/%m/%Y
empty = NA
outlet = paper
published = printed
article = story
date = day
place = spot
city = town
country = land
country : Mali = MLI
kind = what
kind : Blast = bombing
kind : Shooting = armed_attack
killed = dead_min | dead_max
injured = hurt
perpetrator = group | sure
standing : yes = claimed
standing : no = accused
target = aimed_at
";

const TABLE: &str = "\
id;paper;printed;story;day;spot;town;land;what;dead_min;dead_max;hurt;group;sure;aimed_at
1;Hill Courier;06/03/2024;s1;05/03/2024;cattle market;Gao;Mali;Blast;8;8;NA;Red Valley Front;yes;traders
2;Plain Mail;06/03/2024;s2;05/03/2024;;Gao;Mali;Blast;8;9.0;14;Red Valley Front;no;
3;Plain Mail;06/03/2024;s2;01/03/2024;;Kidal;Mali;Shooting;1;1;;;;
";

fn take(table: &[u8], map: &str) -> (Archive, Summary) {
    let mut archive = Archive::in_memory().unwrap();
    let map: Map = map.parse().unwrap();
    let summary = archive.import_table("reports.csv", table, &map, Actors::builtin(), false).unwrap();
    (archive, summary)
}

fn wholes(archive: &Archive) -> Vec<archive::Whole> {
    let mut out = Vec::new();
    let each = |w| -> Result<(), ()> {
        out.push(w);
        Ok(())
    };
    archive.incidents(&Filter::default(), each).unwrap().unwrap();
    out
}

#[test]
fn rows_become_accounts_that_link() {
    let (mut archive, summary) = take(TABLE.as_bytes(), MAP);
    assert!(summary.problems.is_empty(), "{:?}", summary.problems);
    assert_eq!((summary.new, summary.accounts, summary.incidents), (2, 3, Some(2)));
    let all = wholes(&archive);
    let blast = all.iter().find(|w| w.accounts.len() == 2).unwrap();
    assert_eq!((blast.chosen("date"), blast.chosen("country"), blast.chosen("killed")), ("2024-03-05", "MLI", "8"));
    assert_eq!(blast.incident.origins.len(), 2);
    for (i, a) in blast.accounts.iter().enumerate() {
        let text = &blast.article(i).unwrap().article.text;
        let said = |s: &Span| s.of(text).to_owned();
        assert_eq!(said(&a.date.as_ref().unwrap().evidence[0]), "05/03/2024");
        assert_eq!(said(&a.kinds[0].evidence[0]), "Blast");
        assert_eq!(said(&a.perpetrators[0].evidence[0]), "Red Valley Front");
        assert!(said(&a.figures[0].span).starts_with('8'));
        assert!(a.place.as_ref().unwrap().entry.is_some(), "the gazetteer knows Gao");
    }
    // Once more: nothing new.
    let map: Map = MAP.parse().unwrap();
    let again = archive.import_table("reports.csv", TABLE.as_bytes(), &map, Actors::builtin(), false).unwrap();
    assert_eq!((again.new, again.known), (0, 2));
    assert_eq!(wholes(&archive).len(), 2);
}

#[track_caller]
fn refused(table: &[u8], map: &str, says: &[&str]) {
    let (archive, summary) = take(table, map);
    assert_eq!(summary.incidents, None);
    assert_eq!(archive.count().unwrap(), 0);
    let told = summary.problems.iter().map(|(_, p)| format!("{} [{}]\n", p.detail, p.code)).collect::<String>();
    for s in says {
        assert!(told.contains(s), "`{s}` is not told:\n{told}");
    }
}

#[test]
fn what_is_wrong_is_told_by_row_and_nothing_is_taken() {
    let with = |from: &str, to: &str| TABLE.replacen(from, to, 1).into_bytes();
    refused(&with("05/03/2024", "2024-03-05"), MAP, &["line 2", "`day`", "%d/%m/%Y"]);
    refused(&with("05/03/2024", "31/02/2024"), MAP, &["line 2", "`31/02/2024`"]);
    refused(&with(";Blast;8;9.0", ";Riot;8;many"), MAP, &["line 3", "`Riot`", "kind : Riot"]);
    refused(&with(";8;9.0;14", ";9;8;14"), MAP, &["line 3", "`dead_max`"]);
    refused(&with(";8;9.0;14", ";8;9.0;-14"), MAP, &["line 3", "`hurt`"]);
    refused(&with("Mali", "Mordor"), MAP, &["line 2", "country : Mordor"]);
    refused(&with("paper", "journal"), MAP, &["no column `paper`", "journal"]);
    refused(&with(";traders", ";traders;too much"), MAP, &["table/form", "line: 2"]);
    refused(b"id;paper\n", "outlet = paper\nseparator = ;", &["no rows"]);
    refused(b"", "outlet = paper", &["no column"]);
    let latin: Vec<u8> = with("cattle market", "march\u{e9}")
        .iter()
        .flat_map(|b| match b {
            0xc3 => vec![],
            0xa9 => vec![0xe9],
            b => vec![*b],
        })
        .collect();
    refused(&latin, MAP, &["line 2 is not UTF-8", "windows-1252"]);
    let (_, taken) = take(&latin, &format!("encoding = windows-1252\n{MAP}"));
    assert_eq!(taken.new, 2, "{:?}", taken.problems);
    refused(&latin, &format!("encoding = klingon\n{MAP}"), &["no encoding"]);
    refused(&[0xff, 0xfe, b'i', 0], MAP, &["UTF-16"]);
}

#[test]
fn rows_that_cannot_be_read_are_left_out_if_asked() {
    let mut archive = Archive::in_memory().unwrap();
    let table = TABLE.replacen("05/03/2024", "soon", 1);
    let summary =
        archive.import_table("t.csv", table.as_bytes(), &MAP.parse().unwrap(), Actors::builtin(), true).unwrap();
    assert_eq!((summary.accounts, summary.problems.len(), summary.incidents), (2, 1, Some(2)));
}

#[test]
fn the_maps_of_the_manual_are_maps() {
    let maps = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/maps");
    for file in std::fs::read_dir(maps).unwrap() {
        let path = file.unwrap().path();
        let map = std::fs::read_to_string(&path).unwrap().parse::<Map>();
        assert!(map.is_ok(), "{}: {map:?}", path.display());
    }
}
