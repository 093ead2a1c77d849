//! Users: who may log in, by what secret, and what they may do; and the sessions of those who did.
//!
//! A file holds one user a line: name, role, secret, parted by spaces; `#` begins a comment. A secret is an Argon2 hash of a
//! password, or `token:` and the BLAKE3 hash of a token: tokens are long and random, so that they need no slow hash.

use super::Me;
use argon2::{Argon2, PasswordHash, PasswordVerifier};
use axum::http::{HeaderMap, header};
use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What somebody may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Role {
    /// Look at everything
    Reader,
    /// Look, decide, import
    Reviewer,
}

impl Role {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Role::Reader => "reader",
            Role::Reviewer => "reviewer",
        }
    }
}

/// By what somebody is known.
#[derive(Debug, Clone)]
pub(crate) enum Secret {
    /// The Argon2 hash of a password, in PHC form.
    Password(String),
    /// The hash of a token, hexadecimal.
    Token(String),
}

impl std::fmt::Display for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Secret::Password(hash) => f.write_str(hash),
            Secret::Token(hash) => write!(f, "token:{hash}"),
        }
    }
}

/// The name of the cookie.
pub(super) const COOKIE: &str = "khabar";
/// A session ends after this time.
pub(super) const SESSION: Duration = Duration::from_secs(12 * 60 * 60);
/// More sessions than this are not kept: the oldest go.
const SESSIONS: usize = 10_000;
/// What the password of a name that nobody has is compared with, so that it takes as long as another.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$a2hhYmFyLW5vYm9keQ$3ZoP0B3bWfbeJIFkr0JN2E7dF3wD2t5wLx1pIoVbY1g";

/// Those who may log in.
#[derive(Debug, Default)]
pub(crate) struct Users {
    by_name: BTreeMap<String, (Role, Secret)>,
    /// By the hash of the cookie: whose it is and when it ends.
    sessions: Mutex<BTreeMap<String, (String, Instant)>>,
}

impl FromStr for Users {
    type Err = String;

    fn from_str(text: &str) -> Result<Users, String> {
        let mut users = Users::default();
        for (n, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let wrong = |what: &str| format!("line {}: {what}", n + 1);
            let parts: Vec<&str> = line.split_whitespace().collect();
            let [name, role, secret] = parts[..] else { return Err(wrong("write name, role and secret")) };
            let role = match role {
                "reader" => Role::Reader,
                "reviewer" => Role::Reviewer,
                _ => return Err(wrong("a role is reader or reviewer")),
            };
            let secret = match secret.strip_prefix("token:") {
                Some(hash) if hash.len() == 64 => Secret::Token(hash.to_owned()),
                None if PasswordHash::new(secret).is_ok() => Secret::Password(secret.to_owned()),
                _ => return Err(wrong("this is no secret; `khabar user` makes one")),
            };
            if users.by_name.insert(name.to_owned(), (role, secret)).is_some() {
                return Err(wrong("there are two users of this name"));
            }
        }
        Ok(users)
    }
}

impl Users {
    /// Whether there is anybody.
    pub(crate) fn is_empty(&self) -> bool {
        self.by_name.is_empty()
    }

    /// The session of somebody with a right name and password, as the value of the cookie. *Cost*: some 50 ms, by design.
    pub(super) fn log_in(&self, name: &str, password: &str) -> Option<String> {
        let hash = match self.by_name.get(name) {
            Some((_, Secret::Password(hash))) => hash,
            _ => NOBODY,
        };
        let parsed = PasswordHash::new(hash).ok()?;
        let right = Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok();
        if !right || hash == NOBODY {
            return None;
        }
        let cookie = token()?;
        let now = now();
        let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.retain(|_, (_, end)| *end > now);
        while sessions.len() >= SESSIONS {
            let oldest = sessions.iter().min_by_key(|(_, (_, end))| *end).map(|(k, _)| k.clone());
            oldest.and_then(|k| sessions.remove(&k));
        }
        sessions.insert(hashed(&cookie), (name.to_owned(), now + SESSION));
        Some(cookie)
    }

    /// Ends the session that the cookie names.
    pub(super) fn log_out(&self, headers: &HeaderMap) {
        for cookie in cookies(headers) {
            self.sessions.lock().unwrap_or_else(PoisonError::into_inner).remove(&hashed(cookie));
        }
    }

    /// Whoever has the session that the cookie names.
    pub(super) fn of_session(&self, headers: &HeaderMap) -> Option<Me> {
        let sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        let name = cookies(headers).find_map(|c| {
            let (name, end) = sessions.get(&hashed(c))?;
            (*end > now()).then(|| name.clone())
        })?;
        let role = self.by_name.get(&name)?.0;
        Some(Me { name: Some(name), role })
    }

    /// Whoever has this token.
    pub(super) fn of_token(&self, token: &str) -> Option<Me> {
        let hash = hashed(token);
        let (name, (role, _)) =
            self.by_name.iter().find(|(_, (_, s))| matches!(s, Secret::Token(known) if *known == hash))?;
        Some(Me { name: Some(name.clone()), role: *role })
    }
}

/// The moment, by which sessions end.
fn now() -> Instant {
    Instant::now()
}

/// The values of our cookie; whoever has it twice is believed if either is right.
fn cookies(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
    all.flat_map(|v| v.split(';'))
        .filter_map(|c| c.trim().split_once('='))
        .filter(|(n, _)| *n == COOKIE)
        .map(|(_, v)| v)
}

/// The hash under which a session or token is kept, so that no comparison tells how far a guess was right.
pub(crate) fn hashed(token: &str) -> String {
    blake3::hash(token.as_bytes()).to_hex().to_string()
}

/// 32 random bytes, hexadecimal; `None` where the system has none.
pub(crate) fn token() -> Option<String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).ok()?;
    Some(bytes.iter().map(|b| format!("{b:02x}")).collect())
}
