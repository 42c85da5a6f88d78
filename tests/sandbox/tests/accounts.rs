//! The built-in accounts that are not simply fine.

#![allow(clippy::unwrap_used)]

mod support;

use std::time::{Duration, Instant};

use sandbox::{Options, Sandbox, StartError};
use serde_json::json;
use support::{Bench, account, request};

async fn call(bench: &Bench, authorization: &str) -> (u16, String) {
    bench.try_get_items(authorization, "www.amazon.com", &request()).await.unwrap().refusal()
}

#[tokio::test]
async fn slow_takes_a_second_and_a_half_for_every_call() {
    let bench = Bench::new();
    let authorization = bench.authorization("slow").await;
    let start = Instant::now();
    assert_eq!(call(&bench, &authorization).await.0, 200);
    assert!(start.elapsed() >= Duration::from_millis(1500));
}

#[tokio::test]
async fn throttled_is_always_told_to_wait() {
    let bench = Bench::new();
    for _ in 0..2 {
        let answer = bench.get_items("throttled", &request()).await;
        assert_eq!(answer.status, 429);
        assert_eq!(
            answer.text,
            r#"{"type":"ThrottleException","message":"The request was denied due to request throttling. Please verify the number of requests made per second.","retryAfterSeconds":1}"#
        );
    }
}

#[tokio::test]
async fn daily_quota_is_told_that_the_day_is_over() {
    let answer = Bench::new().get_items("daily-quota", &request()).await;
    assert_eq!(answer.status, 429);
    assert_eq!(answer.json()["type"], "ThrottleException");
    assert_eq!(answer.json()["retryAfterSeconds"], 36000);
    let message = answer.json()["message"].as_str().unwrap().to_owned();
    assert!(message.contains("per day") && message.contains("daily quota"), "{message}");
}

#[tokio::test]
async fn the_tokens_of_expiring_die_after_two_uses_although_they_promise_an_hour() {
    let bench = Bench::new();
    let answer = bench.exchange("expiring").await;
    assert_eq!(answer.json()["expires_in"], 3600);
    for _ in 0..2 {
        let authorization = bench.authorization("expiring").await;
        assert_eq!(call(&bench, &authorization).await.0, 200);
        assert_eq!(call(&bench, &authorization).await.0, 200);
        assert_eq!(call(&bench, &authorization).await, (401, "TokenExpired".into()));
    }
}

#[tokio::test]
async fn the_tokens_of_short_lived_say_so() {
    let bench = Bench::new();
    assert_eq!(bench.exchange("short-lived").await.json()["expires_in"], 5);
    let faults = json!([{"fault": {"token_lifetime": 1}}]);
    bench.behave("short-lived", faults).await;
    let authorization = bench.authorization("short-lived").await;
    assert_eq!(call(&bench, &authorization).await.0, 200);
    tokio::time::sleep(Duration::from_millis(1100)).await;
    assert_eq!(call(&bench, &authorization).await, (401, "TokenExpired".into()));
}

#[tokio::test]
async fn fine_accounts_may_call_ten_times_a_second() {
    let bench = Bench::new();
    let authorization = bench.authorization("fine-3.1").await;
    let mut statuses = Vec::new();
    for _ in 0..11 {
        statuses.push(call(&bench, &authorization).await.0);
    }
    let (last, first) = statuses.split_last().unwrap();
    assert!(first.iter().all(|status| *status == 200), "{statuses:?}");
    assert_eq!(*last, 429);
}

#[tokio::test]
async fn the_rate_of_all_accounts_and_of_one_can_be_set() {
    let bench = Bench::with(Options { rate: Some(0.0), ..Options::default() });
    let authorization = bench.authorization("fine-3.1").await;
    for _ in 0..20 {
        assert_eq!(call(&bench, &authorization).await.0, 200);
    }
    let change = json!({"account": "fine-3.1", "requests_per_second": 1});
    bench.post_json("/_sandbox/behaviour", &change).await;
    assert_eq!(call(&bench, &authorization).await.0, 200);
    assert_eq!(call(&bench, &authorization).await.0, 429);
}

#[tokio::test]
async fn a_latency_for_all_can_be_set() {
    let bench = Bench::with(Options { latency: Duration::from_millis(200), ..Options::default() });
    let authorization = bench.authorization("fine-3.1").await;
    let start = Instant::now();
    call(&bench, &authorization).await;
    assert!(start.elapsed() >= Duration::from_millis(200));
}

#[tokio::test]
async fn a_file_takes_the_place_of_the_built_in_accounts() {
    let mut other = account("fine-3.1").json();
    let file = std::env::temp_dir().join(format!("sandbox-accounts-{}.json", std::process::id()));
    let accounts = json!([{
        "name": "only",
        "credential_id": "an-id",
        "credential_secret": "a-secret",
        "version": "3.2",
        "partner_tags": {"www.amazon.se": ["one-21"]},
    }]);
    std::fs::write(&file, accounts.to_string()).unwrap();
    let bench = Bench::with(Options { accounts: Some(file.clone()), ..Options::default() });
    std::fs::remove_file(&file).unwrap();
    assert_eq!(bench.post_json("/token", &other).await.status, 401);
    other["client_id"] = "an-id".into();
    other["client_secret"] = "a-secret".into();
    assert_eq!(bench.post_json("/token", &other).await.status, 200);

    let gone = Sandbox::start(Options { accounts: Some(file), ..Options::default() });
    assert!(matches!(gone, Err(StartError::Accounts(_))));
}
