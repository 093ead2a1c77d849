//! Nouns and their classes, held against a table made by hand.

use article::classes::{Class, Classes};

const NOUNS: &str = include_str!("../../../testdata/classes/nouns.txt");

/// The nouns of a section whose main sense is right, their number, and those that are wrong.
fn judged(section: &str) -> (usize, usize, Vec<&'static str>) {
    let rows = NOUNS.lines().skip_while(|l| *l != section).skip(1).take_while(|l| !l.starts_with('['));
    let (mut right, mut all, mut wrong) = (0, 0, Vec::new());
    for (noun, wanted) in rows.filter_map(|l| l.split_once(" | ")) {
        let main = Classes::builtin().main(noun);
        let fits = wanted.split(" / ").all(|name| match (name, name.strip_prefix('!')) {
            ("-", _) => !main.has(Class::Person),
            (_, Some(not)) => !main.has(Class::named(not).unwrap()),
            _ => main.has(Class::named(name).unwrap()),
        });
        all += 1;
        if fits { right += 1 } else { wrong.push(noun) }
    }
    (right, all, wrong)
}

#[test]
fn nouns_have_the_classes_that_news_mean() {
    for (section, least) in [("[dev]", 98), ("[held out]", 90)] {
        let (right, all, wrong) = judged(section);
        println!("{section}: {right} of {all} nouns right; wrong: {}", wrong.join(", "));
        assert!(all >= 70 && right * 100 >= all * least, "{section}: {wrong:?}");
    }
}
