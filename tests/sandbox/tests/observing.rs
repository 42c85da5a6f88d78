//! What a test can see of what was asked.

#![allow(clippy::unwrap_used)]

mod support;

use std::time::Duration;

use reqwest::Method;
use sandbox::Options;
use serde_json::{Value, json};
use support::{Bench, GET_ITEMS, account, client, client_with, request, request_with};

#[tokio::test]
async fn the_server_says_that_it_is_there() {
    let answer = Bench::new().get("/_sandbox/health").await;
    assert_eq!((answer.status, answer.text.as_str()), (200, "ok"));
}

#[tokio::test]
async fn the_log_tells_who_asked_what_and_what_was_answered() {
    let bench = Bench::new();
    bench.get_items("fine-3.1", &request()).await;
    let log = bench.log().await;
    let [token, items] = log.as_slice() else {
        panic!("{log:?}");
    };
    assert_eq!(token["path"], "/token");
    assert_eq!(token["account"], "fine-3.1");
    assert_eq!(token["status"], 200);
    assert_eq!(token["authorization"], false);
    assert_eq!(items["method"], "POST");
    assert_eq!(items["path"], GET_ITEMS);
    assert_eq!(items["account"], "fine-3.1");
    assert_eq!(items["marketplace"], "www.amazon.com");
    assert_eq!(items["item_ids"], request()["itemIds"]);
    assert_eq!(items["resources"], request()["resources"]);
    assert_eq!(items["status"], 200);
    assert_eq!(items["authorization"], true);
    assert!(items["at_ms"].as_f64() > token["at_ms"].as_f64());
}

#[tokio::test]
async fn the_log_has_no_secret_and_no_token() {
    let bench = Bench::new();
    for name in ["fine-2.1", "fine-3.1"] {
        let token = bench.token(name).await;
        let secret = account(name).credential_secret;
        bench.get_items(name, &request()).await;
        bench.get(&format!("/token?client_secret={secret}")).await;
        for path in ["/_sandbox/log", "/_sandbox/counters"] {
            let text = bench.get(path).await.text;
            assert!(!text.contains(&secret) && !text.contains(&token), "{text}");
        }
    }
}

#[tokio::test]
async fn refused_calls_are_there_as_well() {
    let bench = Bench::new();
    let mut wrong = account("fine-3.1").json();
    wrong["client_secret"] = "wrong".into();
    bench.post_json("/token", &wrong).await;
    wrong["client_id"] = "nobody".into();
    bench.post_json("/token", &wrong).await;
    bench.post_json(GET_ITEMS, &request()).await;
    bench.send(Method::DELETE, "/elsewhere", &[], "").await;
    let seen: Vec<(Value, Value)> =
        bench.log().await.into_iter().map(|entry| (entry["account"].clone(), entry["status"].clone())).collect();
    assert_eq!(
        seen,
        [
            (json!("fine-3.1"), json!(401)),
            (Value::Null, json!(401)),
            (Value::Null, json!(401)),
            (Value::Null, json!(404)),
        ]
    );
}

#[tokio::test]
async fn calls_on_one_connection_have_one_number() {
    let bench = Bench::new();
    let other = client();
    bench.get("/token").await;
    bench.get("/token").await;
    let url = format!("{}/token", bench.sandbox.url());
    other.get(url).send().await.unwrap();
    let log = bench.log().await;
    let [first, second, third] = log.as_slice() else {
        panic!("{log:?}");
    };
    assert_eq!(first["connection"], second["connection"]);
    assert_eq!(first["peer_port"], second["peer_port"]);
    assert_ne!(first["connection"], third["connection"]);
    assert_ne!(first["peer_port"], third["peer_port"]);
}

#[tokio::test]
async fn counters_tell_calls_answers_and_how_many_at_once() {
    let bench = Bench::with(Options { latency: Duration::from_millis(100), ..Options::default() });
    let authorization = bench.authorization("fine-3.1").await;
    let body = request();
    let call = || bench.try_get_items(&authorization, "www.amazon.com", &body);
    let (first, second, third) = tokio::join!(call(), call(), call());
    assert!(first.is_ok() && second.is_ok() && third.is_ok());
    let stranger = request_with("partnerTag", json!("stranger-20"));
    bench.get_items("fine-3.1", &stranger).await;

    let counters = bench.get("/_sandbox/counters").await.json();
    assert_eq!(
        counters,
        json!({
            "fine-3.1": {
                "calls": {GET_ITEMS: 4, "/token": 2},
                "answers": {GET_ITEMS: {"200": 3, "400": 1}, "/token": {"200": 2}},
                "max_calls_in_one_second": 4,
                "max_in_flight": 3,
                "in_flight": 0,
            },
        })
    );
}

#[tokio::test]
async fn a_reset_forgets_what_was_asked_and_what_goes_wrong_but_no_token() {
    let bench = Bench::new();
    let authorization = bench.authorization("fine-3.1").await;
    bench.behave("fine-3.1", json!([{"fault": {"status": 500}}])).await;
    let call = || async {
        let body = request();
        let answer = bench.try_get_items(&authorization, "www.amazon.com", &body);
        answer.await.unwrap().status
    };
    assert_eq!(call().await, 500);
    assert_eq!(bench.send(Method::POST, "/_sandbox/reset", &[], "").await.status, 204);
    assert!(bench.log().await.is_empty());
    let counters = bench.get("/_sandbox/counters").await.json();
    assert_eq!(counters["fine-3.1"]["calls"], json!({}));
    assert_eq!(call().await, 200);
    assert_eq!(bench.log().await.len(), 1);
}

#[tokio::test]
async fn a_fault_that_is_misspelled_is_refused() {
    let bench = Bench::new();
    for (faults, status) in [
        (json!({"account": "nobody", "faults": []}), 404),
        (json!({"account": "fine-3.1", "faults": [{"fault": "no_such"}]}), 400),
        (json!({"account": "fine-3.1", "faults": [{"fault": "hang", "time": 1}]}), 400),
        (json!({"account": "fine-3.1", "faults": [{"fault": {"throttle": {"hints": "body"}}}]}), 400),
        (json!({"account": "fine-3.1", "fault": []}), 400),
    ] {
        let answer = bench.post_json("/_sandbox/behaviour", &faults).await;
        assert_eq!(answer.status, status, "{faults}");
        assert!(answer.json()["message"].is_string());
    }
}

#[tokio::test]
async fn a_client_that_takes_the_server_for_its_proxy_is_seen() {
    let bench = Bench::new();
    let proxied = client_with(|builder| builder.proxy(reqwest::Proxy::all(bench.sandbox.url()).unwrap()));
    let url = format!("http://creatorsapi.example{GET_ITEMS}");
    proxied.post(url).send().await.unwrap();
    let log = bench.log().await;
    let entry = log.first().unwrap();
    assert_eq!(entry["host"], "creatorsapi.example");
    assert_eq!(entry["path"], GET_ITEMS);
}
