//! `khabar user`: who may log in to a server.

use super::guard::{Role, Secret, Users, hashed, token};
use crate::end::{End, Misuse};
use anyhow::Context;
use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, SaltString};
use clap::Args;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// Let somebody log in to `khabar serve`, give them another password, or let them in no more
///
/// The password is made and printed once; the file keeps a hash of it. A server reads the file when it starts.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  khabar user users.txt ada                      who may look and decide
  khabar user users.txt ben --role reader        who may look
  khabar user users.txt robot --token            a token for a program
  khabar user users.txt ada --stdin < password   a password of one's own
  khabar user users.txt ben --remove")]
pub(crate) struct User {
    /// The file of users; it is made if it is not there
    file: PathBuf,
    /// The name: it stands under decisions
    name: String,
    /// What they may do
    #[arg(long, value_enum, default_value_t = Role::Reviewer)]
    role: Role,
    /// Make a token for a program instead of a password
    #[arg(long, conflicts_with = "stdin")]
    token: bool,
    /// Read the password from standard input
    #[arg(long)]
    stdin: bool,
    /// Let them in no more
    #[arg(long, conflicts_with_all = ["role", "token", "stdin"])]
    remove: bool,
}

/// The shortest password of one's own, in characters.
const SHORTEST: usize = 10;

impl User {
    pub(crate) fn run(self) -> anyhow::Result<End> {
        if self.name.is_empty() || self.name.starts_with('#') || self.name.contains(char::is_whitespace) {
            return Err(Misuse(format!(
                "`{}` is no name of a user: it has no blank and does not begin with #",
                self.name
            ))
            .into());
        }
        let old = match std::fs::read_to_string(&self.file) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(e) => return Err(Misuse(format!("{}: {e}", self.file.display())).into()),
        };
        old.parse::<Users>().map_err(|e| Misuse(format!("{}: {e}", self.file.display())))?;
        let is_this = |line: &&str| line.split_whitespace().next() == Some(self.name.as_str());
        let mut lines: Vec<String> = old.lines().filter(|l| !is_this(l)).map(str::to_owned).collect();
        if self.remove {
            if !old.lines().any(|l| is_this(&l)) {
                anstream::eprintln!("khabar: there is no user {}", self.name);
                return Ok(End::Problems);
            }
            write(&self.file, &lines)?;
            return Ok(End::Done);
        }
        let random = || token().context("the system gives no random numbers");
        let (secret, told) = if self.token {
            let token = random()?;
            (Secret::Token(hashed(&token)), Some(("token", token)))
        } else if self.stdin {
            (password(&typed()?)?, None)
        } else {
            // Eighty bits: no list holds it, and it can be typed.
            let made = random()?.as_bytes()[..20].chunks(5).map(String::from_utf8_lossy).collect::<Vec<_>>().join("-");
            (password(&made)?, Some(("password", made)))
        };
        lines.push(format!("{} {} {secret}", self.name, self.role.name()));
        write(&self.file, &lines)?;
        if let Some((what, made)) = told {
            writeln!(std::io::stdout(), "{made}")?;
            anstream::eprintln!("khabar: this is the {what} of {}; it is shown this once", self.name);
        }
        Ok(End::Done)
    }
}

/// The first line of standard input.
fn typed() -> anyhow::Result<String> {
    let mut text = String::new();
    std::io::stdin().take(10_000).read_to_string(&mut text)?;
    let line = text.lines().next().unwrap_or_default().to_owned();
    if line.chars().count() < SHORTEST {
        return Err(Misuse(format!("a password has {SHORTEST} characters or more")).into());
    }
    Ok(line)
}

fn password(plain: &str) -> anyhow::Result<Secret> {
    let mut salt = [0; 16];
    getrandom::fill(&mut salt).context("the system gives no random numbers")?;
    let salt = SaltString::encode_b64(&salt).map_err(|e| anyhow::anyhow!("{e}"))?;
    let hash = Argon2::default().hash_password(plain.as_bytes(), &salt).map_err(|e| anyhow::anyhow!("{e}"))?;
    Ok(Secret::Password(hash.to_string()))
}

/// Writes the file anew, whole or not at all, for nobody else to read.
fn write(file: &Path, lines: &[String]) -> anyhow::Result<()> {
    let folder = file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let wrong = |e: std::io::Error| Misuse(format!("{}: it cannot be written: {e}", file.display()));
    let mut new = tempfile::NamedTempFile::new_in(folder).map_err(wrong)?;
    for line in lines {
        writeln!(new, "{line}").map_err(wrong)?;
    }
    new.persist(file).map_err(|e| wrong(e.error))?;
    Ok(())
}
