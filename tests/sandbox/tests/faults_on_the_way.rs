//! Faults that spoil the right answer as it is written and sent.

#![allow(clippy::unwrap_used)]

mod support;

use std::{
    io::Read,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use support::{FAULTY, Faulty, answer_under, request};

// --- The answer badly written ---

#[tokio::test]
async fn bodies_that_cannot_be_read() {
    for fault in ["truncated_json", "not_json", "empty_body", "html_body"] {
        let answer = answer_under(json!(fault)).await;
        assert_eq!(answer.status, 200, "{fault}");
        assert_eq!(answer.json(), Value::Null, "{fault}");
        assert_eq!(answer.text.is_empty(), fault == "empty_body");
        let html = answer.header("content-type").starts_with("text/html");
        assert_eq!(html, fault == "html_body");
    }
}

#[tokio::test]
async fn a_content_type_that_is_not_true() {
    let answer = answer_under(json!({"content_type": "text/plain"})).await;
    assert_eq!(answer.header("content-type"), "text/plain");
    assert_eq!(answer.items().len(), 2);
}

#[tokio::test]
async fn a_body_of_any_size_whose_length_is_not_told() {
    let size = 50 * 1024 * 1024;
    let answer = answer_under(json!({"huge_body": size})).await;
    assert_eq!(answer.text.len(), size);
    assert_eq!(answer.header("content-length"), "");
    assert_eq!(answer.items().len(), 2);
}

#[tokio::test]
async fn a_compressed_body() {
    let faulty = Faulty::with(json!("gzip")).await;
    let url = format!("{}{}", faulty.bench.sandbox.url(), support::GET_ITEMS);
    let response = faulty
        .bench
        .http
        .post(url)
        .header("content-type", "application/json")
        .header("authorization", &faulty.authorization)
        .header("x-marketplace", "www.amazon.com")
        .body(request().to_string())
        .send()
        .await
        .unwrap();
    assert_eq!(response.headers()["content-encoding"], "gzip");
    let bytes = response.bytes().await.unwrap();
    let mut text = String::new();
    flate2::read::GzDecoder::new(bytes.as_ref()).read_to_string(&mut text).unwrap();
    let body: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(body["itemsResult"]["items"].as_array().unwrap().len(), 2);
}

// --- The answer badly sent ---

#[tokio::test]
async fn an_answer_that_comes_late() {
    let faulty = Faulty::with(json!({"latency_ms": 300})).await;
    let start = Instant::now();
    assert_eq!(faulty.call().await.unwrap().status, 200);
    assert!(start.elapsed() >= Duration::from_millis(300));
}

#[tokio::test]
async fn an_answer_that_never_comes() {
    let faulty = Faulty::with(json!("hang")).await;
    assert!(faulty.hangs().await);
    let log = faulty.bench.log().await;
    assert_eq!(log.last().unwrap()["account"], FAULTY);
    assert_eq!(log.last().unwrap()["status"], Value::Null);
}

#[tokio::test]
async fn an_answer_that_stops_in_the_middle() {
    let faulty = Faulty::with(json!("hang_in_body")).await;
    assert!(faulty.hangs().await);
    let log = faulty.bench.log().await;
    assert_eq!(log.last().unwrap()["status"], 200);
}

#[tokio::test]
async fn an_answer_in_drops() {
    let faulty = Faulty::with(json!({"drip_feed": {"bytes": 100, "every_ms": 30}})).await;
    let start = Instant::now();
    let answer = faulty.call().await.unwrap();
    assert_eq!(answer.items().len(), 2);
    assert_eq!(answer.header("content-length"), answer.text.len().to_string());
    let drops = answer.text.len() as u64 / 100;
    assert!(start.elapsed() >= Duration::from_millis(30 * drops));
}

#[tokio::test]
async fn a_connection_that_is_reset_before_the_answer() {
    let rules = json!([{"fault": "connection_reset", "times": 1}]);
    let faulty = Faulty::under(rules).await;
    let error = faulty.call().await.unwrap_err();
    assert!(chain(&error).contains("connectionreset"), "{error:?}");
    let log = faulty.bench.log().await;
    assert_eq!(log.last().unwrap()["status"], Value::Null);
    assert_eq!(faulty.call().await.unwrap().status, 200);
}

#[tokio::test]
async fn a_connection_that_is_reset_or_closed_in_the_body() {
    for (fault, sign) in [("reset_in_body", "connectionreset"), ("cut_off", "unexpectedeof")] {
        let faulty = Faulty::with(json!(fault)).await;
        let error = chain(&faulty.call().await.unwrap_err());
        assert!(error.contains("body") && error.contains(sign), "{fault}: {error}");
    }
}

#[tokio::test]
async fn a_connection_that_is_gone_when_it_is_used_again() {
    let rules = json!([{"fault": "stale_connection", "times": 1}]);
    let faulty = Faulty::under(rules).await;
    assert_eq!(faulty.call().await.unwrap().status, 200);
    let error = faulty.call().await.unwrap_err();
    assert!(chain(&error).contains("connectionreset"), "{error:?}");
    assert_eq!(faulty.call().await.unwrap().status, 200);
    let log = faulty.bench.log().await;
    let statuses: Vec<&Value> =
        log.iter().filter(|entry| entry["path"] == support::GET_ITEMS).map(|entry| &entry["status"]).collect();
    assert_eq!(statuses, [&json!(200), &Value::Null, &json!(200)]);
}

/// An error with everything that caused it, in Debug form, for the kinds stand only there.
fn chain(error: &reqwest::Error) -> String {
    format!("{error:?}").to_lowercase()
}
