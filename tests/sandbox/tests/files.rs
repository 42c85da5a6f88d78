//! Feeds and reports.

#![allow(clippy::unwrap_used)]

mod support;

use reqwest::Method;
use serde_json::json;
use support::Bench;

#[tokio::test]
async fn a_list_is_asked_for_by_nothing_and_a_file_by_its_name() {
    let bench = Bench::new();
    let authorization = bench.authorization("fine-3.1").await;
    bench.post_json("/_sandbox/behaviour", &json!({"account": "fine-3.1", "requests_per_second": 0})).await;
    let headers =
        [("content-type", "application/json"), ("authorization", &authorization), ("x-marketplace", "www.amazon.com")];
    let call = async |path: &str, body: &str| {
        let answer = bench.try_send(Method::POST, path, &headers, body.to_owned()).await.unwrap();
        (answer.status, answer.json())
    };
    for (path, list) in [("/catalog/v1/listFeeds", "feeds"), ("/reports/v1/listReports", "reports")] {
        let (status, answer) = call(path, "{}").await;
        assert_eq!((status, answer[list].as_array().unwrap().len()), (200, 2));
        assert_eq!(call(path, "").await.1["reason"], "CannotParse");
    }
    for (path, body, status, member, value) in [
        ("/catalog/v1/getFeed", json!({}), 400, "/fieldList/0/name", "feedName"),
        ("/catalog/v1/getFeed", json!({"feedName": "x", "feedType": "X"}), 400, "/fieldList/0/name", "feedType"),
        ("/catalog/v1/getFeed", json!({"feedName": "x"}), 404, "/resourceId", "x"),
        ("/reports/v1/getReport", json!({"filename": ""}), 400, "/fieldList/0/name", "filename"),
        ("/catalog/v1/getReport", json!({}), 404, "/message", "Not Found"),
    ] {
        let (answered, answer) = call(path, &body.to_string()).await;
        assert_eq!((answered, answer.pointer(member)), (status, Some(&json!(value))), "{path} {body}");
    }
}
