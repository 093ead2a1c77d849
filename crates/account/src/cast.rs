//! What fills the roles, put into the accounts whose sentences tell it.

use crate::account::{Account, Mention, Prominence};
use crate::fill::{Fill, Filler, Role};

/// The rule's name for a role that learnt weights filled.
pub(crate) fn by(role: Role) -> String {
    format!("fill/{}", role.name())
}

/// Adds targets, victims and weapons that rules did not find, each to the first account that tells of it.
pub(crate) fn cast(text: &str, accounts: &mut [Account], fill: &Fill) {
    for f in &fill.fillers {
        let Some(account) = owner(accounts, f) else { continue };
        let list = match f.role {
            Role::Target => &mut account.targets,
            Role::Victim | Role::People => &mut account.victims,
            Role::Weapon => &mut account.weapons,
            // Who did it stands in an account with its standing, which is another question.
            Role::Doer | Role::Organisation => continue,
        };
        let words = f.span.of(text);
        if !list.iter().any(|m| m.span.overlaps(f.span) || m.words.eq_ignore_ascii_case(words)) {
            list.push(Mention { words: words.to_owned(), span: f.span, by: by(f.role) });
            list.sort_by_key(|m| m.span);
        }
    }
}

/// The account whose sentences hold the words; of several, one that is news.
fn owner<'a>(accounts: &'a mut [Account], f: &Filler) -> Option<&'a mut Account> {
    let holds = |a: &Account| a.sentences.iter().any(|s| s.contains(f.span));
    let news = accounts.iter().position(|a| holds(a) && a.prominence != Prominence::Background);
    news.or_else(|| accounts.iter().position(holds)).map(|n| &mut accounts[n])
}
