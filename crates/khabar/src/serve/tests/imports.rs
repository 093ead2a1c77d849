//! Files dropped on the page become incidents.

use super::{Got, Server, asked};
use axum::body::Body;
use axum::http::{Method, header};
use serde_json::Value;
use std::time::Duration;

const BLAST: &str = "Outlet: River Post\nUrl: https://river-post.example/9\nPublished: 2024-05-02T08:00:00Z\nTitle: Bomb at a bridge\n\n\
    GAO - Four people were killed when a bomb exploded at a bridge in Gao on Wednesday, May 1, 2024, police said.\n";

/// Sends files under their names.
async fn upload(server: &Server, files: &[(&str, &str)], skip: bool) -> Got {
    let mut body = String::new();
    for (name, text) in files {
        body += &format!(
            "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/plain\r\n\r\n{text}\r\n"
        );
    }
    if skip {
        body += "--edge\r\nContent-Disposition: form-data; name=\"skip\"\r\n\r\ntrue\r\n";
    }
    body += "--edge--\r\n";
    let request = asked(Method::POST, "/api/v1/imports")
        .header("x-khabar", "1")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge");
    server.send(request.body(Body::from(body)).unwrap()).await
}

/// The import once it ended.
async fn ended(server: &Server, job: &Value) -> Value {
    for _ in 0..2400 {
        let all = server.api("/imports").await;
        let one = all["imports"].as_array().unwrap().iter().find(|i| i["job"] == *job).unwrap().clone();
        if ["done", "stopped", "failed"].contains(&one["state"].as_str().unwrap()) {
            return one;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the import goes on and on");
}

#[tokio::test]
async fn files_and_folders_are_read_and_named_as_they_were_sent() {
    let server = Server::new();
    let before = server.api("/incidents").await["total"].as_u64().unwrap();
    let files = [("drop/2024/blast.txt", BLAST), ("empty.txt", ""), ("drop/picture.jpg", "no article")];
    let job = upload(&server, &files, false).await.json()["job"].clone();
    let done = ended(&server, &job).await;
    assert_eq!((&done["state"], &done["new"], &done["files"]), (&"done".into(), &1.into(), &3.into()), "{done}");
    assert_eq!(server.api("/incidents").await["total"].as_u64().unwrap(), before + 1);
    // What lies in a folder and is no article is passed over, as the command line does.
    let wrong: Vec<&str> = done["problems"].as_array().unwrap().iter().map(|p| p["file"].as_str().unwrap()).collect();
    assert_eq!(wrong, ["empty.txt"]);
    let found = server.api("/search?q=bridge").await;
    assert_eq!(found["articles"][0]["found_in"][0], "drop/2024/blast.txt");
    let again =
        upload(&server, &[("blast.txt", BLAST), ("blast.txt", "another text")], false).await.json()["job"].clone();
    let again = ended(&server, &again).await;
    assert_eq!((&again["new"], &again["known"], &again["of"]), (&1.into(), &1.into(), &2.into()), "{again}");
}

#[tokio::test]
async fn a_table_is_taken_in_with_its_map() {
    let server = Server::new();
    let table = "day,country,town,dead\n2024-02-03,MLI,Gao,4\nsoon,MLI,Gao,2\n";
    let map = "date = day\ncountry = country\ncity = town\nkilled = dead\n";
    let lone = upload(&server, &[("events.csv", table)], false).await.json()["job"].clone();
    let lone = ended(&server, &lone).await;
    assert_eq!((&lone["new"], &lone["problems"][0]["code"]), (&0.into(), &"table/map".into()), "{lone}");
    let whole = upload(&server, &[("events.csv", table), ("events.map", map)], false).await.json()["job"].clone();
    let whole = ended(&server, &whole).await;
    assert_eq!((&whole["new"], &whole["problems"][0]["code"]), (&0.into(), &"table/cell".into()), "{whole}");
    let some = upload(&server, &[("events.csv", table), ("events.map", map)], true).await.json()["job"].clone();
    assert_eq!(ended(&server, &some).await["new"], 1);
}

#[tokio::test]
async fn an_import_is_stopped_and_goes_on() {
    let server = Server::new();
    let text = |n: usize| BLAST.replace("/9", &format!("/{n}")).replace("Four", &format!("{}", n + 2));
    let texts: Vec<(String, String)> = (0..40).map(|n| (format!("{n}.txt"), text(n))).collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
    let job = upload(&server, &files, false).await.json()["job"].clone();
    let id = job.as_str().unwrap();
    server.post(&format!("/api/v1/imports/{id}/stop"), Value::Null).await;
    let stopped = ended(&server, &job).await;
    if stopped["state"] == "stopped" {
        assert_eq!(server.post(&format!("/api/v1/imports/{id}/continue"), Value::Null).await.status, 200);
    }
    let done = ended(&server, &job).await;
    assert_eq!(done["state"], "done");
    assert_eq!(done["new"].as_u64().unwrap() + done["skipped"].as_u64().unwrap(), 40, "{done}");
    assert_eq!(server.post(&format!("/api/v1/imports/{id}/continue"), Value::Null).await.refusal().0, 422);
    assert_eq!(server.post("/api/v1/imports/j99/stop", Value::Null).await.refusal().0, 404);
}

#[tokio::test]
async fn no_name_leads_out_of_the_folder() {
    let server = Server::new();
    for name in ["../out.txt", "/etc/out.txt", "a/../../out.txt", "..", "a/\u{1}.txt", &"x".repeat(300)] {
        let got = upload(&server, &[(name, BLAST)], false).await;
        assert_eq!(got.status, 400, "{name}: {}", got.text());
    }
    assert_eq!(upload(&server, &[], false).await.refusal(), (400, "wrong".into()));
    let plain = server.post("/api/v1/imports", Value::Null).await;
    assert!(plain.status.is_client_error(), "{}", plain.text());
    assert_eq!(server.api("/imports").await["imports"].as_array().unwrap().len(), 0);
}
