//! Who may log in to a server.

use crate::{Place, Ran};
use std::io::Write;
use std::process::Stdio;

fn typed(place: &Place, args: &[&str], password: &str) -> Ran {
    let mut command = place.command();
    let mut child =
        command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(password.as_bytes()).unwrap();
    child.wait_with_output().unwrap().into()
}

#[test]
fn users_are_made_changed_and_removed() {
    let place = Place::new();
    let file = || std::fs::read_to_string(place.path("users.txt")).unwrap();
    let made = place.run(&["user", "users.txt", "ada"]);
    assert_eq!(made.code, 0, "{}", made.err);
    let password = made.out.trim();
    assert!(password.len() >= 20 && !file().contains(password), "only a hash is kept");
    assert!(file().starts_with("ada reviewer $argon2id$"));
    let again = place.run(&["user", "users.txt", "ada", "--role", "reader"]);
    assert_ne!(again.out, made.out);
    assert!(file().starts_with("ada reader $argon2id$") && file().lines().count() == 1);
    let robot = place.run(&["user", "users.txt", "robot", "--token"]);
    assert!(robot.out.trim().len() == 64 && !file().contains(robot.out.trim()));
    assert_eq!(typed(&place, &["user", "users.txt", "ben", "--stdin"], "a long password\n").code, 0);
    assert_eq!(file().lines().count(), 3);
    assert_eq!(typed(&place, &["user", "users.txt", "eve", "--stdin"], "short\n").code, 2);
    assert_eq!(place.run(&["user", "users.txt", "ada", "--remove"]).code, 0);
    assert_eq!(place.run(&["user", "users.txt", "ada", "--remove"]).code, 1);
    assert!(!file().contains("ada") && file().contains("robot reviewer token:"));
    assert_eq!(place.run(&["user", "users.txt", "two names"]).code, 2);
}

#[test]
fn nobody_is_served_elsewhere_without_users() {
    let place = Place::new();
    assert_eq!(place.run(&["serve", "--listen", "0.0.0.0:0"]).code, 2);
    place.write("users.txt", "# nobody\n");
    let nobody = place.run(&["serve", "--listen", "0.0.0.0:0", "--users", "users.txt"]);
    assert!(nobody.code == 2 && nobody.err.contains("no user"), "{}", nobody.err);
    place.write("users.txt", "ada king secret\n");
    assert!(place.run(&["serve", "--users", "users.txt"]).err.contains("line 1: a role"));
}
