//! What the interface answers, in a file that a person can read.

use super::Server;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;

#[tokio::test]
async fn answers_are_as_written() {
    let server = Server::new();
    let ids = server.ids().await;
    let rated =
        json!({"act": "rate", "as": "Ada", "why": "prints what it is sent", "outlet": "Plain Mail", "rating": "E"});
    assert_eq!(server.post("/api/v1/decisions", rated).await.status, 200);
    let whole = server.api(&format!("/incidents/{}", ids[0])).await;
    let article = whole["accounts"][0]["article"].as_str().unwrap();
    let mut text = String::new();
    for address in [
        "/incidents?limit=2&sort=-killed",
        "/incidents?country=AFG&q=market&disputed=true",
        "/overview",
        &format!("/articles/{article}"),
        "/actors?prefix=red",
        "/search?q=market&limit=1",
        "/sources",
        "/review?limit=5",
        "/log",
        "/conflicts",
        "/imports",
    ] {
        let mut answer = server.api(address).await;
        steady(&mut answer);
        text += &format!("GET /api/v1{address}\n{answer:#}\n\n");
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/serve/answers.txt");
    if std::env::var_os("KHABAR_RENEW").is_some() {
        std::fs::write(&file, &text).unwrap();
    }
    let written = std::fs::read_to_string(&file).unwrap();
    for (n, (got, wanted)) in text.lines().zip(written.lines()).enumerate() {
        assert_eq!(got, wanted, "line {} of testdata/serve/answers.txt", n + 1);
    }
    assert_eq!(text.len(), written.len());
}

/// Takes out what is another each time: when a decision was made, and the id that follows from it.
fn steady(value: &mut Value) {
    match value {
        Value::Object(all) => {
            for (key, v) in all {
                if v.is_string()
                    && (key == "time" || key == "decision" || (key == "id" && v.as_str().unwrap().starts_with('d')))
                {
                    *v = json!("...");
                }
                steady(v);
            }
        }
        Value::Array(all) => all.iter_mut().for_each(steady),
        _ => {}
    }
}

#[tokio::test]
async fn a_page_of_whole_incidents_says_what_each_says() {
    let server = Server::new();
    let pages = server.api("/incidents?full=true").await;
    for one in pages["incidents"].as_array().unwrap() {
        let mut alone = server.api(&format!("/incidents/{}", one["incident"].as_str().unwrap())).await;
        for more in ["decisions", "conflicts", "chain"] {
            assert!(alone.as_object_mut().unwrap().remove(more).is_some());
        }
        assert_eq!(*one, alone);
    }
    let parts = [server.api("/incidents?limit=2").await, server.api("/incidents?limit=1000&offset=2").await];
    let joined: Vec<&Value> = parts.iter().flat_map(|p| p["incidents"].as_array().unwrap()).collect();
    let all = server.api("/incidents").await;
    assert_eq!(joined, all["incidents"].as_array().unwrap().iter().collect::<Vec<_>>());
    assert_eq!(parts[0]["total"], all["total"]);
}

#[tokio::test]
async fn what_cannot_be_asked_is_told_in_one_shape() {
    let server = Server::new();
    for (address, status) in [
        ("/incidents?since=yesterday", 400),
        ("/incidents?kind=war", 400),
        ("/incidents?country=Mali", 400),
        ("/incidents?disputed=perhaps", 400),
        ("/incidents?sort=size", 400),
        ("/incidents?limit=0", 400),
        ("/incidents?limit=1001", 400),
        ("/incidents?offset=-1", 400),
        ("/incidents/i0000", 404),
        ("/incidents/i0000/why", 404),
        ("/incidents/%FF", 400),
        ("/articles/0000", 404),
        ("/actors/nobody%20at%20all", 404),
        ("/review?kind=weather", 400),
        ("/export/pdf", 404),
        ("/nothing", 404),
    ] {
        let got = server.get(&format!("/api/v1{address}")).await;
        assert_eq!(got.status.as_u16(), status, "{address}: {}", got.text());
        let told = got.json();
        assert!(told["code"].is_string() && told["detail"].as_str().unwrap().len() > 10, "{address}: {told}");
    }
}

#[tokio::test]
async fn exports_are_those_of_the_command_line_and_take_filters() {
    let server = Server::new();
    let csv = server.get("/api/v1/export/csv").await;
    assert_eq!(csv.header("content-disposition"), "attachment; filename=\"incidents.csv\"");
    let all = server.api("/incidents").await["total"].as_u64().unwrap() as usize;
    assert_eq!(csv.text().lines().count(), all + 1);
    let some = server.get("/api/v1/export/jsonl?disputed=true").await;
    let disputed = server.api("/incidents?disputed=true").await;
    assert_eq!(some.text().lines().count() as u64, disputed["total"].as_u64().unwrap());
    let first: Value = serde_json::from_str(some.text().lines().next().unwrap()).unwrap();
    assert_eq!(first["incident"], disputed["incidents"][0]["incident"]);
    assert_eq!(server.get("/api/v1/export/csv?kind=war").await.status, 400);
}

#[tokio::test]
async fn the_document_names_everything_it_uses_and_every_address_answers() {
    let server = Server::new();
    let document = server.api("/openapi.json").await;
    assert_eq!(document["openapi"], "3.1.0");
    let mut refs = BTreeSet::new();
    references(&document, &mut refs);
    for r in refs {
        let name = r.strip_prefix("#/components/schemas/").unwrap();
        assert!(document["components"]["schemas"].get(name).is_some(), "{name} is not described");
    }
    for (path, methods) in document["paths"].as_object().unwrap() {
        let address = path.replace(['{', '}'], "");
        for method in methods.as_object().unwrap().keys().filter(|_| !path.ends_with("/events")) {
            let got = match method.as_str() {
                "get" => server.get(&address).await,
                "post" => server.post(&address, json!({})).await,
                other => panic!("{other}"),
            };
            assert_ne!(got.status, 405, "{method} {path}");
            assert!(got.status != 404 || path.contains('{'), "{method} {path}");
        }
    }
}

fn references(value: &Value, out: &mut BTreeSet<String>) {
    match value {
        Value::Object(all) => {
            out.extend(all.get("$ref").and_then(Value::as_str).map(str::to_owned));
            all.values().for_each(|v| references(v, out));
        }
        Value::Array(all) => all.iter().for_each(|v| references(v, out)),
        _ => {}
    }
}
