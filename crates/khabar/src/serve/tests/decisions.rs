//! Deciding over the interface, and what others see of it.

use super::Server;
use axum::body::Body;
use axum::http::{Method, header};
use serde_json::{Value, json};
use std::time::Duration;
use tokio_stream::StreamExt;
use tower::ServiceExt;

async fn decide(server: &Server, act: Value) -> Value {
    let mut act = act;
    act["as"] = json!("Ada");
    let got = server.post("/api/v1/decisions", act.clone()).await;
    assert_eq!(got.status, 200, "{act}: {}", got.text());
    got.json()
}

async fn refused(server: &Server, act: Value) -> (u16, String) {
    server.post("/api/v1/decisions", act).await.refusal()
}

#[tokio::test]
async fn every_act_is_made_and_taken_back() {
    let server = Server::new();
    let before = server.get("/api/v1/export/jsonl").await.text().to_owned();
    let ids = server.ids().await;
    let whole = server.api(&format!("/incidents/{}", ids[0])).await;
    let article = whole["accounts"][1]["article"].as_str().unwrap();
    let number = whole["accounts"][1]["ordinal"].as_u64().unwrap() + 1;

    let merged = decide(&server, json!({"act": "merge", "why": "one day", "incidents": [&ids[0], &ids[1]]})).await;
    assert_eq!(merged["act"], "merge");
    let now = merged["now"][0].as_str().unwrap();
    assert_eq!(merged["now"].as_array().unwrap().len(), 1);
    assert_eq!(server.api(&format!("/incidents/{now}")).await["decisions"][0]["id"], merged["id"]);
    let undone = decide(&server, json!({"act": "undo"})).await;
    assert_eq!(undone["decision"], merged["id"]);

    for split in [json!([format!("{}/2", ids[0])]), json!([format!("{article}/{number}")])] {
        let made = decide(&server, json!({"act": "split", "accounts": split})).await;
        assert_eq!(made["now"].as_array().unwrap().len(), 2, "{made}");
        decide(&server, json!({"act": "undo", "decision": made["id"]})).await;
    }
    for act in [
        json!({"act": "correct", "incident": &ids[0], "field": "killed", "value": "15"}),
        json!({"act": "correct", "incident": &ids[0], "field": "perpetrator", "value": "Red Valley Front (claimed)"}),
        json!({"act": "dismiss", "what": format!("{}/1", ids[0])}),
        json!({"act": "dismiss", "what": &ids[1]}),
        json!({"act": "restore", "what": &ids[1]}),
        json!({"act": "rate", "outlet": "Plain Mail", "rating": "B"}),
        json!({"act": "note", "incident": &ids[0], "text": "asked the hospital"}),
        json!({"act": "actor-merge", "actor": "Red Valley Front", "other": "ISIS-K"}),
        json!({"act": "actor-alias", "actor": "Red Valley Front", "name": "the Valley Boys"}),
    ] {
        let made = decide(&server, act).await;
        assert!(made["holds"].as_bool().unwrap() && made["who"] == "Ada");
    }
    let log = server.api("/log?limit=1000").await;
    for d in log["decisions"].as_array().unwrap().iter().filter(|d| d["act"] != "undo" && d["holds"] == true) {
        decide(&server, json!({"act": "undo", "decision": d["id"]})).await;
    }
    assert_eq!(server.get("/api/v1/export/jsonl").await.text(), before);
}

#[tokio::test]
async fn what_cannot_be_decided_is_refused_and_nothing_is_kept() {
    let server = Server::new();
    let ids = server.ids().await;
    for (act, status) in [
        (json!({"act": "merge", "as": "Ada", "incidents": [&ids[0]]}), 422),
        (json!({"act": "merge", "as": "Ada", "incidents": [&ids[0], "i000000"]}), 404),
        (json!({"act": "merge", "incidents": [&ids[0], &ids[1]]}), 400),
        (json!({"act": "split", "as": "Ada", "accounts": []}), 400),
        (json!({"act": "split", "as": "Ada", "accounts": [&ids[0]]}), 400),
        (json!({"act": "split", "as": "Ada", "accounts": [format!("{}/9", ids[0])]}), 422),
        (json!({"act": "split", "as": "Ada", "accounts": [format!("{}/1", ids[0]), format!("{}/1", ids[1])]}), 422),
        (json!({"act": "split", "as": "Ada", "accounts": ["0123456789abcdef/1"]}), 422),
        (json!({"act": "correct", "as": "Ada", "incident": &ids[0], "field": "killed", "value": "many"}), 422),
        (json!({"act": "correct", "as": "Ada", "incident": &ids[0], "field": "weather", "value": "fine"}), 422),
        (json!({"act": "rate", "as": "Ada", "outlet": "Plain Mail", "rating": "Z"}), 400),
        (json!({"act": "rate", "as": "Ada", "outlet": " ", "rating": "A"}), 422),
        (json!({"act": "note", "as": "Ada", "incident": &ids[0], "text": ""}), 422),
        (json!({"act": "look", "as": "Ada", "item": "weather:fine"}), 400),
        (json!({"act": "undo", "as": "Ada"}), 404),
        (json!({"act": "undo", "as": "Ada", "decision": "d00000"}), 404),
        (json!({"act": "forget", "as": "Ada"}), 422),
        (json!({"as": "Ada"}), 422),
        (json!("merge"), 422),
    ] {
        assert_eq!(refused(&server, act.clone()).await.0, status, "{act}");
    }
    assert_eq!(server.api("/log").await["total"], 0);
}

#[tokio::test]
async fn the_queue_settles_by_deciding_or_looking() {
    let server = Server::new();
    let open = |queue: &Value| queue["total"].as_u64().unwrap() - queue["done"].as_u64().unwrap();
    let queue = server.api("/review?limit=1000").await;
    let items = queue["items"].as_array().unwrap();
    let dispute = items.iter().find(|i| i["kind"] == "dispute").unwrap();
    let corrected =
        json!({"act": "correct", "incident": dispute["incident"], "field": dispute["field"], "value": "14"});
    assert_eq!(dispute["field"], "killed");
    decide(&server, corrected).await;
    for item in items.iter().filter(|i| i["key"] != dispute["key"]) {
        decide(&server, json!({"act": "look", "item": item["key"], "why": "as it should be"})).await;
    }
    let after = server.api("/review?limit=1000").await;
    let left: Vec<&Value> = after["items"].as_array().unwrap().iter().filter(|i| i["done"] == false).collect();
    assert!(left.is_empty(), "{left:?}");
    assert_eq!(open(&after), 0);
    decide(&server, json!({"act": "undo"})).await;
    assert_eq!(open(&server.api("/review").await), 1);
}

#[tokio::test]
async fn decisions_go_to_another_archive_and_back() {
    let (one, other) = (Server::new(), Server::new());
    let ids = one.ids().await;
    decide(&one, json!({"act": "note", "incident": &ids[0], "text": "asked"})).await;
    let file = one.get("/api/v1/export/decisions").await;
    let send = |body: Vec<u8>| {
        let request = super::asked(Method::POST, "/api/v1/decisions/import").header("x-khabar", "1");
        other.send(request.header(header::CONTENT_TYPE, "application/x-ndjson").body(Body::from(body)).unwrap())
    };
    assert_eq!(send(file.body.clone()).await.json(), json!({"new": 1, "known": 0}));
    assert_eq!(send(file.body.clone()).await.json(), json!({"new": 0, "known": 1}));
    assert_eq!(send(b"{}".to_vec()).await.refusal(), (422, "refused".into()));
    assert_eq!(send(vec![0xff]).await.refusal(), (400, "wrong".into()));
    assert_eq!(other.get("/api/v1/export/decisions").await.body, file.body);
}

#[tokio::test]
async fn listeners_hear_of_what_this_program_and_others_write() {
    let server = Server::new();
    let request = super::asked(Method::GET, "/api/v1/events").body(Body::empty()).unwrap();
    let response = server.router.clone().oneshot(request).await.unwrap();
    assert_eq!(response.headers()[header::CONTENT_TYPE], "text/event-stream");
    let mut events = response.into_body().into_data_stream();
    let mut next = async || {
        let part = tokio::time::timeout(Duration::from_secs(10), events.next()).await.expect("an event");
        String::from_utf8(part.unwrap().unwrap().to_vec()).unwrap()
    };
    assert!(next().await.starts_with("event: hello\ndata: {\"generation\":"));
    let ids = server.ids().await;
    decide(&server, json!({"act": "note", "incident": &ids[0], "text": "asked"})).await;
    assert!(next().await.starts_with("event: changed\n"));
    let mut elsewhere =
        archive::Archive::open(&server.folder.path().join("khabar.db"), &archive::Options::default()).unwrap();
    let act = elsewhere.noting(&ids[0], "asked by another program").unwrap();
    elsewhere.decide(&archive::Author::now("Ben", ""), act).unwrap();
    assert!(next().await.starts_with("event: changed\n"));
    server.state.live.tell(crate::serve::live::News::End);
    assert!(tokio::time::timeout(Duration::from_secs(10), events.next()).await.expect("an end").is_none());
}
