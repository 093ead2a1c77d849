//! Whatever is sent, the program does not fail on it.

use super::{Server, asked};
use axum::body::Body;
use axum::http::{Method, Uri, header};
use proptest::prelude::*;

/// Something strange for a name, a number or a date.
fn odd() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("i".to_owned()),
        Just("-date".to_owned()),
        Just("true".to_owned()),
        Just("18446744073709551616".to_owned()),
        Just("4294967295".to_owned()),
        Just("2024-02-31".to_owned()),
        Just("\u{202e}\u{0}'\"<script>".to_owned()),
        Just("\" OR NEAR( * -".to_owned()),
        Just("near:i1:i2".to_owned()),
        Just("i3f2a9c/99999999999999999999".to_owned()),
        Just("0123456789abcdef/1".to_owned()),
        ".{0,40}",
        "[0-9]{1,4}-?[0-9]{0,2}-?[0-9]{0,2}",
    ]
}

fn quoted(s: &str) -> String {
    s.bytes().map(|b| format!("%{b:02X}")).collect()
}

fn address() -> impl Strategy<Value = String> {
    let path = prop_oneof![
        Just("/api/v1/incidents".to_owned()),
        Just("/api/v1/overview".to_owned()),
        Just("/api/v1/search".to_owned()),
        Just("/api/v1/actors".to_owned()),
        Just("/api/v1/review".to_owned()),
        Just("/api/v1/log".to_owned()),
        Just("/api/v1/sources".to_owned()),
        Just("/api/v1/decisions".to_owned()),
        Just("/api/v1/decisions/import".to_owned()),
        Just("/api/v1/imports".to_owned()),
        Just("/".to_owned()),
        Just("/login".to_owned()),
        (prop::sample::select(vec!["incidents", "articles", "actors", "export", "imports"]), odd())
            .prop_map(|(what, id)| format!("/api/v1/{what}/{}", quoted(&id))),
        (odd(), prop::sample::select(vec!["why", "stop", "continue"]))
            .prop_map(|(id, what)| format!("/api/v1/incidents/{}/{what}", quoted(&id))),
        odd().prop_map(|s| format!("/{}", quoted(&s))),
    ];
    let names =
        ["since", "until", "country", "kind", "actor", "disputed", "q", "sort", "offset", "limit", "prefix", "full"];
    let query = prop::collection::vec((prop::sample::select(names.to_vec()), odd()), 0..4);
    (path, query).prop_map(|(path, query)| {
        let query: Vec<String> = query.into_iter().map(|(k, v)| format!("{k}={}", quoted(&v))).collect();
        if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) }
    })
}

fn body() -> impl Strategy<Value = String> {
    let acts = [
        "merge",
        "split",
        "correct",
        "dismiss",
        "restore",
        "rate",
        "note",
        "look",
        "actor-merge",
        "actor-alias",
        "undo",
        "",
    ];
    let fields = [
        "as", "why", "incident", "field", "value", "what", "outlet", "rating", "text", "item", "actor", "other",
        "name", "decision",
    ];
    let act = (
        prop::sample::select(acts.to_vec()),
        prop::collection::vec((prop::sample::select(fields.to_vec()), odd()), 0..8),
        odd(),
    );
    prop_oneof![
        act.prop_map(|(act, fields, list)| {
            let mut all = serde_json::json!({ "act": act, "incidents": [list], "accounts": [list] });
            for (k, v) in fields {
                all[k] = v.into();
            }
            all.to_string()
        }),
        ".{0,60}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn nothing_makes_it_fail(requests in prop::collection::vec((address(), body(), any::<bool>(), any::<bool>()), 24)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let answers = runtime.block_on(async {
            let server = Server::new();
            let mut answers = Vec::new();
            for (address, body, post, json) in &requests {
                if address.parse::<Uri>().is_err() {
                    continue;
                }
                let method = if *post { Method::POST } else { Method::GET };
                let kind = if *json { "application/json" } else { "multipart/form-data; boundary=edge" };
                let request = asked(method, address).header("x-khabar", "1").header(header::CONTENT_TYPE, kind);
                let got = server.send(request.body(Body::from(body.clone())).unwrap()).await;
                answers.push((address.clone(), body.clone(), got.status.as_u16()));
            }
            answers
        });
        for (address, body, status) in answers {
            prop_assert!(status < 500, "{} {} {}", status, address, body);
        }
    }
}
