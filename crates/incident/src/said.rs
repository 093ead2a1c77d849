//! The names in the sentences of an account: "Sariab", "Wahid", "Bilibiza".
//!
//! What was read into fields is only a part of what a text says. Two reports of one incident name the same villages,
//! streets, people and units even where their fields were read differently; two incidents seldom do.

use account::Account;
use article::fold;
use std::collections::BTreeSet;

/// More names than this tell nothing more.
const MOST: usize = 64;

/// The names in the sentences that `account` was read from, folded, in order.
///
/// *Cost*: linear in the sentences. Of a text in capitals no word is a name.
pub fn said(text: &str, account: &Account) -> Vec<String> {
    let mut out = BTreeSet::new();
    for span in &account.sentences {
        let sentence = text.get(span.start as usize..span.end as usize).unwrap_or("");
        names(sentence, &mut out);
    }
    out.into_iter().take(MOST).collect()
}

/// Adds the words of `sentence` that begin with a capital, the first word left out, which always does.
pub(crate) fn names(sentence: &str, out: &mut BTreeSet<String>) {
    let words = || sentence.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let loud = words().filter(|w| w.len() > 1 && !w.chars().any(char::is_lowercase)).count();
    if loud * 2 > words().count() {
        return;
    }
    for w in words().skip(1).filter(|w| w.starts_with(char::is_uppercase) && w.chars().count() > 2) {
        let folded = fold(w);
        if !crate::weights::is_common(&folded) {
            out.insert(folded);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_words_with_capitals() {
        let of = |s: &str| {
            let mut out = BTreeSet::new();
            names(s, &mut out);
            out.into_iter().collect::<Vec<_>>()
        };
        assert_eq!(
            of("Police in Tormak said Col. Ülo Sarek had left the Wide Bridge."),
            ["bridge", "col", "sarek", "tormak", "ulo", "wide"]
        );
        assert!(of("POLICE IN TORMAK SAID").is_empty());
        assert!(of("").is_empty());
    }
}
