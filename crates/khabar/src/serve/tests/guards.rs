//! The guards, one by one.

use super::{Got, Server, asked};
use crate::serve::guard::{Users, hashed};
use argon2::password_hash::{PasswordHasher, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use serde_json::json;

const NOTE: &str = r#"{"act":"rate","as":"Ada","outlet":"Plain Mail","rating":"B"}"#;

/// A decision sent with these headers.
async fn sent(server: &Server, headers: &[(&str, &str)]) -> Got {
    let mut request = Request::builder().method(Method::POST).uri("/api/v1/decisions");
    request = request.header(header::CONTENT_TYPE, "application/json");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    server.send(request.body(Body::from(NOTE)).unwrap()).await
}

#[tokio::test]
async fn only_names_of_this_machine_are_answered_to() {
    let server = Server::new();
    for (host, status) in [
        ("localhost:7878", 200),
        ("127.0.0.1", 200),
        ("[::1]:80", 200),
        ("LOCALHOST:1", 200),
        ("evil.example:7878", 403),
        ("localhost.evil.example", 403),
        ("127.0.0.1.evil.example:7878", 403),
        ("10.0.0.5:7878", 403),
    ] {
        for path in ["/", "/api/v1/incidents", "/static/style.css"] {
            let request = Request::builder().uri(path).header(header::HOST, host).body(Body::empty()).unwrap();
            assert_eq!(server.send(request).await.status.as_u16(), status, "{host}{path}");
        }
    }
    let nameless = Request::builder().uri("/").body(Body::empty()).unwrap();
    assert_eq!(server.send(nameless).await.status, 403);
}

#[tokio::test]
async fn pages_of_others_change_nothing() {
    let server = Server::new();
    let here = ("host", "localhost:7878");
    for (headers, status) in [
        (vec![here, ("x-khabar", "1")], 200),
        (vec![here, ("x-khabar", "1"), ("origin", "http://localhost:7878")], 200),
        (vec![here], 403),
        (vec![here, ("origin", "http://localhost:7878")], 403),
        (vec![here, ("x-khabar", "1"), ("origin", "http://evil.example")], 403),
        (vec![here, ("x-khabar", "1"), ("origin", "http://localhost:9999")], 403),
        (vec![here, ("x-khabar", "1"), ("origin", "null")], 403),
        (vec![here, ("x-khabar", "1"), ("sec-fetch-site", "cross-site")], 403),
        (vec![here, ("x-khabar", "1"), ("sec-fetch-site", "same-origin")], 200),
    ] {
        assert_eq!(sent(&server, &headers).await.status.as_u16(), status, "{headers:?}");
    }
    // A foreign page may send a form without asking; it may not send JSON or our header.
    let form =
        asked(Method::POST, "/api/v1/decisions").header("x-khabar", "1").header(header::CONTENT_TYPE, "text/plain");
    assert_eq!(server.send(form.body(Body::from(NOTE)).unwrap()).await.status, 415);
}

#[tokio::test]
async fn every_answer_bears_rules_for_the_browser() {
    let server = Server::new();
    for path in ["/", "/api/v1/overview", "/api/v1/nothing", "/nothing", "/static/style.css"] {
        let got = server.get(path).await;
        let policy = got.header("content-security-policy");
        assert!(policy.contains("default-src 'self'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'"));
        assert_eq!(got.header("x-content-type-options"), "nosniff");
        assert_eq!(got.header("referrer-policy"), "no-referrer");
        assert!(got.header("permissions-policy").contains("geolocation=()"));
    }
}

#[tokio::test]
async fn what_the_browser_has_is_not_sent_again() {
    let server = Server::new();
    for path in ["/api/v1/overview", "/api/v1/incidents", "/"] {
        let first = server.get(path).await;
        let tag = first.header("etag").to_owned();
        assert!(tag.starts_with("W/\""), "{path}");
        let again = asked(Method::GET, path).header(header::IF_NONE_MATCH, &tag).body(Body::empty()).unwrap();
        let again = server.send(again).await;
        assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0), "{path}");
    }
    let tag = server.get("/api/v1/log").await.header("etag").to_owned();
    assert_eq!(server.post("/api/v1/decisions", serde_json::from_str(NOTE).unwrap()).await.status, 200);
    let after = asked(Method::GET, "/api/v1/log").header(header::IF_NONE_MATCH, tag).body(Body::empty()).unwrap();
    assert_eq!(server.send(after).await.status, 200);
    let packed =
        asked(Method::GET, "/api/v1/overview").header(header::ACCEPT_ENCODING, "gzip").body(Body::empty()).unwrap();
    assert_eq!(server.send(packed).await.header("content-encoding"), "gzip");
}

#[tokio::test]
async fn too_much_is_refused() {
    let server = Server::new();
    let words = "x".repeat(2 << 20);
    let got =
        server.post("/api/v1/decisions", json!({"act": "note", "as": "Ada", "incident": "i", "text": words})).await;
    assert_eq!(got.refusal(), (413, "wrong".into()));
    let server = guarded();
    for _ in 0..10 {
        assert_eq!(server.send(login("ada", "wrong", "/")).await.status, 401);
    }
    assert_eq!(server.send(login("ada", "a long password", "/")).await.status, 429);
    assert_eq!(server.get("/login").await.status, 200);
}

/// A server that lets in ada (reviewer), ben (reader), a robot with a token.
fn guarded() -> Server {
    let hash = |password: &str| {
        // Cheap, for a test.
        let params = Params::new(8, 1, 1, None).unwrap();
        let salt = SaltString::from_b64("c2FsdHNhbHQ").unwrap();
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        argon.hash_password(password.as_bytes(), &salt).unwrap().to_string()
    };
    let file = format!(
        "# who may\nada reviewer {}\nben reader {}\nrobot reviewer token:{}\n",
        hash("a long password"),
        hash("another password"),
        hashed("the token")
    );
    Server::with(Some(file.parse::<Users>().unwrap()))
}

fn login(name: &str, password: &str, to: &str) -> Request<Body> {
    let form = format!("name={name}&password={}&to={}", password.replace(' ', "+"), to.replace('/', "%2F"));
    asked(Method::POST, "/login")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ORIGIN, "http://localhost:7878")
        .body(Body::from(form))
        .unwrap()
}

#[tokio::test]
async fn whoever_is_not_known_sees_nothing() {
    let server = guarded();
    for path in ["/api/v1/incidents", "/api/v1/events", "/api/v1/openapi.json", "/api/v1/export/csv"] {
        assert_eq!(server.get(path).await.refusal(), (401, "stranger".into()), "{path}");
    }
    let page = server.get("/?country=AFG&q=a%26b").await;
    assert_eq!(
        (page.status, page.header("location")),
        (StatusCode::SEE_OTHER, "/login?to=/%3Fcountry%3DAFG%26q%3Da%2526b")
    );
    assert_eq!(server.get("/login").await.status, 200);
    assert_eq!(server.get("/static/style.css").await.status, 200);
    let headers = [("host", "localhost:7878"), ("x-khabar", "1"), ("cookie", "khabar=0123")];
    assert_eq!(sent(&server, &headers).await.refusal(), (401, "stranger".into()));
    for (name, password) in
        [("ada", "another password"), ("nobody", "a long password"), ("robot", "the token"), ("", "")]
    {
        let got = server.send(login(name, password, "/")).await;
        assert_eq!(got.status, 401, "{name}");
        assert!(got.header("set-cookie").is_empty());
    }
    let mut foreign = login("ada", "a long password", "/");
    foreign.headers_mut().insert(header::ORIGIN, "http://evil.example".parse().unwrap());
    assert_eq!(server.send(foreign).await.status, 403);
}

#[tokio::test]
async fn roles_bound_what_users_do_and_decisions_bear_their_names() {
    let server = guarded();
    let cookie = async |name: &str, password: &str| {
        let got = server.send(login(name, password, "/sources")).await;
        assert_eq!((got.status, got.header("location")), (StatusCode::SEE_OTHER, "/sources"));
        let set = got.header("set-cookie").to_owned();
        assert!(set.contains("HttpOnly") && set.contains("SameSite=Strict") && set.contains("Max-Age=43200"), "{set}");
        set.split(';').next().unwrap().to_owned()
    };
    let (ada, ben) = (cookie("ada", "a long password").await, cookie("ben", "another password").await);
    let here = ("host", "khabar.example");
    let mark = ("x-khabar", "1");
    assert_eq!(sent(&server, &[here, mark, ("cookie", &ben)]).await.refusal(), (403, "reader".into()));
    assert_eq!(sent(&server, &[here, ("cookie", &ada)]).await.refusal(), (403, "foreign".into()));
    let made = sent(&server, &[here, mark, ("cookie", &ada)]).await;
    assert_eq!((made.status, made.json()["who"].clone()), (StatusCode::OK, json!("ada")));
    let robot = sent(&server, &[here, ("authorization", "Bearer the token")]).await;
    assert_eq!((robot.status, robot.json()["who"].clone()), (StatusCode::OK, json!("robot")));
    assert_eq!(sent(&server, &[here, ("authorization", "Bearer a token")]).await.status, 401);
    let about = asked(Method::GET, "/api/v1/about").header(header::COOKIE, &ben).body(Body::empty()).unwrap();
    let about = server.send(about).await.json();
    assert_eq!((&about["name"], &about["role"], &about["writable"]), (&json!("ben"), &json!("reader"), &json!(false)));
    let leave =
        asked(Method::POST, "/logout").header(header::COOKIE, &ada).header(header::ORIGIN, "http://localhost:7878");
    assert_eq!(server.send(leave.body(Body::empty()).unwrap()).await.status, StatusCode::SEE_OTHER);
    assert_eq!(sent(&server, &[here, mark, ("cookie", &ada)]).await.status, 401);
}

#[tokio::test]
async fn nobody_is_led_elsewhere_by_logging_in() {
    let server = guarded();
    for to in ["//evil.example", "http://evil.example", "/\\evil.example", "", "javascript:x"] {
        let got = server.send(login("ada", "a long password", to)).await;
        assert_eq!(got.header("location"), "/", "{to}");
    }
}

#[test]
fn a_file_of_users_is_read_or_refused_by_line() {
    for (text, says) in [
        ("ada reviewer", "line 1"),
        ("\nada king token:00", "line 2: a role"),
        ("ada reader secret", "line 1: this is no secret"),
        ("ada reader token:00", "line 1: this is no secret"),
    ] {
        assert!(text.parse::<Users>().unwrap_err().starts_with(says), "{text}");
    }
    let twice = format!("ada reader token:{0}\nada reviewer token:{0}", "0".repeat(64));
    assert!(twice.parse::<Users>().unwrap_err().contains("two users"));
    assert!("# nobody".parse::<Users>().unwrap().is_empty());
}
