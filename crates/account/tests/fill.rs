//! What learnt weights choose for each line of `testdata/fill/texts.txt`, set beside `texts.read`: the acts told, and who and
//! what fills their roles. `KHABAR_RENEW=1 cargo test -p account` writes it anew, for looking through before it is committed.

use crate::news;
use account::fill::{Model, Role};
use account::{Actors, Reader};
use std::fmt::Write;
use std::path::Path;

#[test]
fn roles_are_filled_as_written_down() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/fill");
    let texts = std::fs::read_to_string(dir.join("texts.txt")).unwrap();
    let reader = Reader::new(Actors::builtin());
    let mut got = String::new();
    for text in texts.lines() {
        let article = news(text);
        let fill = reader.fill(&article);
        let acts: Vec<&str> = fill.acts.iter().map(|(a, _)| a.name()).collect();
        let _ = writeln!(got, "{text}\n  {}", if acts.is_empty() { "no act".to_owned() } else { acts.join(", ") });
        for f in &fill.fillers {
            assert!(f.mentions.iter().any(|m| m.overlaps(f.span)), "words that no mention holds");
            let _ = writeln!(got, "    {}: {}", f.role.name(), f.span.of(&article.text));
        }
    }
    let golden = dir.join("texts.read");
    if std::env::var_os("KHABAR_RENEW").is_some() {
        std::fs::write(&golden, &got).unwrap();
    }
    let want = std::fs::read_to_string(&golden).unwrap_or_default();
    assert!(got == want, "expected\n{want}\ngot\n{got}");
}

#[test]
fn what_weighed_adds_up_to_something() {
    let article =
        news("A powerful bomb exploded on Monday in front of the Mercantile Bank in Medellin and hurt two clerks.");
    let reader = Reader::new(Actors::builtin());
    let weapon = reader.fill(&article).fillers.into_iter().find(|f| f.role == Role::Weapon).unwrap();
    let why = reader.why(&article, "fill/weapon", weapon.span);
    assert!(why.iter().any(|(name, w)| name == "h=bomb" && *w > 0.0), "{why:?}");
    assert!(why.windows(2).all(|w| w[0].1.abs() >= w[1].1.abs()));
    assert!(reader.why(&article, "figures/roles", weapon.span).is_empty());
}

#[test]
fn a_file_of_weights_with_a_mistake_is_refused_with_its_line() {
    for (text, line) in
        [("x\t1", 1), ("[mention]\nh=bomb\t1\t2", 2), ("[nothing]", 1), ("[mention]\nh=bomb\ta\tb\tc\td\te", 2)]
    {
        let problem = Model::parse(text).unwrap_err();
        assert!(problem.detail.starts_with(&format!("fill.txt:{line}: ")), "{}", problem.detail);
    }
    let row = "# a note\n[mention]\nh=bomb\t0\t-250\t0\t0\t2000\t0\n";
    assert_eq!(Model::parse(row).unwrap().mention.row(account::fill::key(&["h=bomb"])).unwrap()[4].round(), 2.0);
}
