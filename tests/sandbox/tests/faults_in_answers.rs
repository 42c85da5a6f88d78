//! Faults that give another answer, or the right one in other words; and those of tokens.

#![allow(clippy::unwrap_used)]

mod support;

use std::time::{Duration, Instant, SystemTime};

use serde_json::{Value, json};
use support::{Bench, FAULTY, Faulty, answer_under, request_with};

// --- Another answer ---

#[tokio::test]
async fn an_error_of_the_server_for_a_while() {
    for status in [500, 503] {
        let rules = json!([{"fault": {"status": status}, "after": 1, "times": 2}]);
        let faulty = Faulty::under(rules).await;
        let mut statuses = Vec::new();
        for _ in 0..4 {
            statuses.push(faulty.call().await.unwrap().status);
        }
        assert_eq!(statuses, [200, status, status, 200]);
    }
    let body = answer_under(json!({"status": 500})).await.json();
    assert_eq!(body["type"], "InternalServerException");
}

#[tokio::test]
async fn throttled_with_each_hint_and_with_none() {
    let throttle = |hint: &str| json!({"throttle": {"hint": hint, "seconds": 7}});

    let answer = answer_under(throttle("body")).await;
    assert_eq!(answer.status, 429);
    assert_eq!(answer.json()["retryAfterSeconds"], 7);
    assert_eq!(answer.header("retry-after"), "");

    let answer = answer_under(throttle("header_seconds")).await;
    assert_eq!(answer.header("retry-after"), "7");
    assert!(answer.json().get("retryAfterSeconds").is_none());

    let answer = answer_under(throttle("header_date")).await;
    let then = httpdate::parse_http_date(answer.header("retry-after")).unwrap();
    let wait = then.duration_since(SystemTime::now()).unwrap();
    assert!((5..=7).contains(&wait.as_secs()), "{wait:?}");

    let answer = answer_under(throttle("none")).await;
    assert_eq!(answer.header("retry-after"), "");
    assert!(answer.json().get("retryAfterSeconds").is_none());
}

#[tokio::test]
async fn any_reason_known_or_not() {
    for (fault, status, kind) in [
        (json!({"unauthorized": "UnsupportedClient"}), 401, "UnauthorizedException"),
        (json!({"unauthorized": "BrandNew"}), 401, "UnauthorizedException"),
        (json!({"forbidden": "AuthorizationFailed"}), 403, "AccessDeniedException"),
        (json!({"invalid": "Other"}), 400, "ValidationException"),
    ] {
        let answer = answer_under(fault.clone()).await;
        assert_eq!(answer.status, status, "{fault}");
        assert_eq!(answer.json()["type"], kind, "{fault}");
        let reason = fault.as_object().unwrap().values().next().unwrap();
        assert_eq!(&answer.json()["reason"], reason);
    }
}

#[tokio::test]
async fn a_redirect_that_sees_whether_it_is_followed() {
    for status in [302, 307] {
        let faulty = Faulty::with(json!({"redirect": status})).await;
        let answer = faulty.call().await.unwrap();
        assert_eq!(answer.status, status);
        assert_eq!(answer.header("location"), "/redirected");
        let log = faulty.bench.log().await;
        assert!(log.iter().all(|entry| entry["path"] != "/redirected"));

        let headers = [("authorization", "Bearer x")];
        let trap = faulty.bench.send(reqwest::Method::GET, "/redirected", &headers, "").await;
        assert_eq!(trap.status, 200);
        let log = faulty.bench.log().await;
        let entry = log.last().unwrap();
        assert_eq!(entry["path"], "/redirected");
        assert_eq!(entry["authorization"], true);
    }
}

#[tokio::test]
async fn high_res_is_refused_and_everything_else_is_not() {
    let faulty = Faulty::with(json!("refuse_high_res")).await;
    let names = json!(["images.primary.large", "images.primary.highRes"]);
    let answer = faulty.ask(&request_with("resources", names)).await.unwrap();
    assert_eq!(answer.refusal(), (400, "FieldValidationFailed".into()));
    assert_eq!(answer.fields(), ["resources"]);
    assert_eq!(faulty.call().await.unwrap().status, 200);
}

// --- The answer in other words ---

#[tokio::test]
async fn item_results_in_the_other_spelling() {
    let body = answer_under(json!("item_results_spelling")).await.json();
    assert!(body.get("itemsResult").is_none());
    assert_eq!(body["itemResults"]["items"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_field_list_of_names() {
    let faulty = Faulty::with(json!("string_field_list")).await;
    let answer = faulty.ask(&request_with("itemIds", json!([]))).await.unwrap();
    assert_eq!(answer.json()["fieldList"], json!(["itemIds"]));
}

#[tokio::test]
async fn a_type_with_underscores() {
    let faulty = Faulty::with(json!("underscore_type")).await;
    let gone = request_with("itemIds", json!(["B0GONE0001"]));
    let body = faulty.ask(&gone).await.unwrap().json();
    assert_eq!(body["__type"], "com.amazon.creators#ResourceNotFoundException");
    assert!(body.get("type").is_none());
}

#[tokio::test]
async fn nulls_wherever_something_may_be_absent() {
    let answer = answer_under(json!("null_members")).await;
    assert_eq!(answer.json().get("errors"), Some(&Value::Null));
    for item in answer.items() {
        for member in ["browseNodeInfo", "offersV2", "parentASIN", "score"] {
            assert_eq!(item.get(member), Some(&Value::Null), "{member}");
        }
        assert_eq!(item["images"].get("variants"), Some(&Value::Null));
        assert_eq!(item["images"]["primary"].get("hiRes"), Some(&Value::Null));
        assert!(item["images"]["primary"]["small"].is_object());
    }
}

#[tokio::test]
async fn members_that_nobody_knows() {
    let answer = answer_under(json!("unknown_members")).await;
    assert!(answer.json()["somethingNew"].is_object());
    assert!(answer.items().iter().all(|item| item["images"]["somethingNew"].is_object()));
}

#[tokio::test]
async fn numbers_as_floats() {
    let answer = answer_under(json!("float_numbers")).await;
    let small = &answer.items()[0]["images"]["primary"]["small"];
    assert!(small["width"].is_f64() && small["height"].is_f64());
    assert!(answer.text.contains("75.0"));
}

#[tokio::test]
async fn asins_in_lower_case() {
    let answer = answer_under(json!("lower_case_asins")).await;
    assert_eq!(answer.asins(), ["b01180yuxs", "b0199980k4"]);
}

#[tokio::test]
async fn items_twice_too_many_or_missing() {
    let answer = answer_under(json!("duplicate_items")).await;
    let twice = ["B01180YUXS", "B0199980K4", "B01180YUXS", "B0199980K4"];
    assert_eq!(answer.asins(), twice);
    let answer = answer_under(json!("unasked_item")).await;
    assert_eq!(answer.asins(), ["B01180YUXS", "B0199980K4", "B0UNASKED0"]);
    let answer = answer_under(json!("missing_item")).await;
    assert_eq!(answer.asins(), ["B01180YUXS"]);
    assert!(answer.json().get("errors").is_none());
}

#[tokio::test]
async fn errors_and_no_items_with_a_200() {
    let answer = answer_under(json!("errors_only")).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json().get("itemsResult"), Some(&Value::Null));
    assert_eq!(answer.json()["errors"].as_array().unwrap().len(), 2);
    assert_eq!(answer.json()["errors"][0]["code"], "ItemElsewhere");
}

#[tokio::test]
async fn words_that_are_loud_and_a_result_that_is_a_list() {
    let answer = answer_under(json!({"loud_words": 1_000})).await;
    let title = answer.json()["itemsResult"]["items"][0]["itemInfo"]["title"]["displayValue"].clone();
    let title = title.as_str().unwrap();
    assert!(title.starts_with("\u{202e}=1+1 <b>") && title.contains('\0') && title.chars().count() > 1_000);
    assert_eq!(answer_under(json!("result_list")).await.json()["itemsResult"], json!([]));
}

// --- The token endpoint ---

#[tokio::test]
async fn the_token_endpoint_fails_in_the_same_ways() {
    let bench = Bench::new();
    let at_token = |fault: Value| json!([{"fault": fault, "at": "token"}]);

    bench.behave(FAULTY, at_token(json!({"status": 503}))).await;
    let answer = bench.exchange(FAULTY).await;
    assert_eq!(answer.status, 503);
    assert_eq!(answer.header("content-type"), "text/html");

    let throttle = json!({"throttle": {"hint": "header_seconds", "seconds": 300}});
    bench.behave(FAULTY, at_token(throttle)).await;
    let answer = bench.exchange(FAULTY).await;
    assert_eq!(answer.status, 429);
    assert_eq!(answer.header("retry-after"), "300");
    assert_eq!(answer.json()["error"], "too_many_requests");

    bench.behave(FAULTY, at_token(json!("truncated_json"))).await;
    let answer = bench.exchange(FAULTY).await;
    assert_eq!((answer.status, answer.json()), (200, Value::Null));

    bench.behave(FAULTY, at_token(json!("float_numbers"))).await;
    assert!(bench.exchange(FAULTY).await.text.contains("3600.0"));

    bench.behave(FAULTY, at_token(json!({"redirect": 307}))).await;
    assert_eq!(bench.exchange(FAULTY).await.status, 307);
}

#[tokio::test]
async fn a_token_that_does_not_say_how_long_it_lives() {
    let bench = Bench::new();
    bench.behave(FAULTY, json!([{"fault": "token_without_lifetime"}])).await;
    let body = bench.exchange(FAULTY).await.json();
    assert!(body["access_token"].is_string());
    assert!(body.get("expires_in").is_none());
}

#[tokio::test]
async fn faults_stand_together() {
    let rules = json!([
        {"fault": {"latency_ms": 100}},
        {"fault": "lower_case_asins"},
        {"fault": "item_results_spelling"},
        {"fault": "duplicate_items"},
        {"fault": {"content_type": "text/plain"}},
    ]);
    let start = Instant::now();
    let answer = Faulty::under(rules).await.call().await.unwrap();
    assert!(start.elapsed() >= Duration::from_millis(100));
    assert_eq!(answer.header("content-type"), "text/plain");
    let items = answer.json()["itemResults"]["items"].clone();
    assert_eq!(items.as_array().unwrap().len(), 4);
    assert_eq!(items[0]["asin"], "b01180yuxs");
}
