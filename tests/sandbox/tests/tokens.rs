//! The token exchange, of both families.

#![allow(clippy::unwrap_used)]

mod support;

use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::Method;
use serde_json::{Value, json};
use support::{Account, Answer, Bench, account};

const COGNITO: &str = "/oauth2/token";
const LWA: &str = "/auth/o2/token";

fn error(answer: &Answer) -> (u16, String) {
    let error = answer.json()["error"].as_str().unwrap_or_default().to_owned();
    (answer.status, error)
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// The account's form with one field changed, or taken away.
fn form_with(account: &Account, name: &str, value: Option<&str>) -> String {
    let pairs = form_urlencoded::parse(account.form().as_bytes())
        .filter(|(key, _)| key != name)
        .map(|(key, value)| (key.into_owned(), value.into_owned()))
        .chain(value.map(|value| (name.to_owned(), value.to_owned())))
        .collect::<Vec<_>>();
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

#[tokio::test]
async fn cognito_gives_a_web_token_to_a_form() {
    let bench = Bench::new();
    let answer = bench.post_form(COGNITO, &account("fine-2.1").form()).await;
    let body = answer.json();
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(keys(&body), ["access_token", "expires_in", "token_type"]);
    assert!(body["access_token"].as_str().unwrap().starts_with("eyJraWQiOiJ"));
    assert_eq!(body["expires_in"], 3600);
    assert_eq!(body["token_type"], "Bearer");
}

#[tokio::test]
async fn login_with_amazon_gives_an_opaque_token_to_json() {
    let bench = Bench::new();
    let answer = bench.post_json(LWA, &account("fine-3.2").json()).await;
    let body = answer.json();
    assert_eq!(answer.status, 200);
    assert_eq!(keys(&body), ["access_token", "scope", "token_type", "expires_in"]);
    assert!(body["access_token"].as_str().unwrap().starts_with("Atc|MQICI"));
    assert_eq!(body["scope"], "creatorsapi::default");
    assert_eq!(body["expires_in"], 3600);
    assert_eq!(body["token_type"], "bearer");
}

#[tokio::test]
async fn every_exchange_gives_another_token() {
    let bench = Bench::new();
    assert_ne!(bench.token("fine-3.1").await, bench.token("fine-3.1").await);
}

#[tokio::test]
async fn a_secret_that_is_not_percent_encoded_is_another_secret() {
    let bench = Bench::new();
    let Account { credential_id, credential_secret, .. } = account("fine-2.1");
    let careless = format!(
        "grant_type=client_credentials&client_id={credential_id}\
         &client_secret={credential_secret}&scope=creatorsapi/default"
    );
    let answer = bench.post_form(COGNITO, &careless).await;
    assert_eq!(error(&answer), (400, "invalid_client".into()));
}

#[tokio::test]
async fn cognito_takes_the_pair_in_a_basic_header() {
    let bench = Bench::new();
    let account = account("fine-2.2");
    let pair = format!("{}:{}", account.credential_id, account.credential_secret);
    let basic = format!("Basic {}", STANDARD.encode(pair));
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("authorization", basic.as_str())];
    let body = "grant_type=client_credentials&scope=creatorsapi%2Fdefault";
    let answer = bench.send(Method::POST, COGNITO, &headers, body).await;
    assert_eq!(answer.status, 200);

    let twice = bench.send(Method::POST, COGNITO, &headers, account.form()).await;
    assert_eq!(error(&twice), (400, "invalid_request".into()));
}

#[tokio::test]
async fn a_broken_basic_header_is_refused() {
    let bench = Bench::new();
    let body = "grant_type=client_credentials&scope=creatorsapi%2Fdefault";
    for broken in ["Basic %%%", "Basic bm9jb2xvbg==", "Bearer x"] {
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("authorization", broken)];
        let answer = bench.send(Method::POST, COGNITO, &headers, body).await;
        assert_eq!(error(&answer), (400, "invalid_client".into()), "{broken}");
    }
}

#[tokio::test]
async fn a_wrong_secret_is_refused_in_the_words_of_each_issuer() {
    let bench = Bench::new();
    let form = form_with(&account("fine-2.1"), "client_secret", Some("wrong"));
    let answer = bench.post_form(COGNITO, &form).await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.text, r#"{"error":"invalid_client"}"#);

    let mut json = account("fine-3.1").json();
    json["client_secret"] = "wrong".into();
    let answer = bench.post_json(LWA, &json).await;
    assert_eq!(answer.status, 401);
    assert_eq!(answer.text, r#"{"error_description":"Client authentication failed","error":"invalid_client"}"#);
}

#[tokio::test]
async fn an_unknown_id_is_refused() {
    let bench = Bench::new();
    let form = form_with(&account("fine-2.1"), "client_id", Some("nobody"));
    let answer = bench.post_form(COGNITO, &form).await;
    assert_eq!(error(&answer), (400, "invalid_client".into()));
    let mut json = account("fine-3.1").json();
    json["client_id"] = "nobody".into();
    let answer = bench.post_json(LWA, &json).await;
    assert_eq!(error(&answer), (401, "invalid_client".into()));
}

#[tokio::test]
async fn a_pair_of_the_other_family_is_refused() {
    let bench = Bench::new();
    let answer = bench.post_form(COGNITO, &account("fine-3.1").form()).await;
    assert_eq!(error(&answer), (400, "invalid_client".into()));
    let answer = bench.post_json(LWA, &account("fine-2.1").json()).await;
    assert_eq!(error(&answer), (401, "invalid_client".into()));
}

#[tokio::test]
async fn the_endpoint_of_one_version_knows_only_that_version() {
    let bench = Bench::new();
    for version in ["2.1", "2.2", "2.3"] {
        let path = format!("/token/{version}");
        for own in ["2.1", "2.2", "2.3"] {
            let form = account(&format!("fine-{own}")).form();
            let answer = bench.post_form(&path, &form).await;
            let expected = if own == version { 200 } else { 400 };
            assert_eq!(answer.status, expected, "{own} at {version}");
        }
    }
    for version in ["3.1", "3.2", "3.3"] {
        let path = format!("/token/{version}");
        for own in ["3.1", "3.2", "3.3"] {
            let json = account(&format!("fine-{own}")).json();
            let answer = bench.post_json(&path, &json).await;
            let expected = if own == version { 200 } else { 401 };
            assert_eq!(answer.status, expected, "{own} at {version}");
        }
    }
    assert_eq!(bench.post_form("/token/4.1", "").await.status, 404);
}

#[tokio::test]
async fn the_common_endpoint_goes_by_the_content_type() {
    let bench = Bench::new();
    for name in ["fine-2.1", "fine-2.2", "fine-2.3", "fine-3.1", "fine-3.2", "fine-3.3"] {
        assert_eq!(bench.exchange(name).await.status, 200, "{name}");
    }
    let answer = bench.post_form("/token", &account("fine-3.1").form()).await;
    assert_eq!(error(&answer), (400, "invalid_client".into()));
    let answer = bench.post_json("/token", &account("fine-2.1").json()).await;
    assert_eq!(error(&answer), (401, "invalid_client".into()));
}

#[tokio::test]
async fn cognito_refuses_json_and_login_with_amazon_a_form() {
    let bench = Bench::new();
    let answer = bench.post_json(COGNITO, &account("fine-2.1").json()).await;
    assert_eq!(error(&answer), (400, "invalid_request".into()));
    let answer = bench.post_form(LWA, &account("fine-3.1").form()).await;
    assert_eq!(error(&answer), (400, "unsupported_grant_type".into()));
}

#[tokio::test]
async fn a_request_without_a_content_type_is_refused() {
    let bench = Bench::new();
    let form = account("fine-2.1").form();
    let answer = bench.send(Method::POST, COGNITO, &[], form).await;
    assert_eq!(error(&answer), (400, "invalid_request".into()));
    let json = account("fine-3.1").json().to_string();
    let answer = bench.send(Method::POST, LWA, &[], json).await;
    assert_eq!(error(&answer), (400, "unsupported_grant_type".into()));
}

#[tokio::test]
async fn another_grant_is_refused() {
    let bench = Bench::new();
    let form = form_with(&account("fine-2.1"), "grant_type", Some("password"));
    let answer = bench.post_form(COGNITO, &form).await;
    assert_eq!(error(&answer), (400, "unsupported_grant_type".into()));
    let mut json = account("fine-3.1").json();
    json["grant_type"] = "password".into();
    let answer = bench.post_json(LWA, &json).await;
    assert_eq!(error(&answer), (400, "unsupported_grant_type".into()));
}

#[tokio::test]
async fn the_scope_of_the_other_family_is_refused() {
    let bench = Bench::new();
    let form = form_with(&account("fine-2.1"), "scope", Some("creatorsapi::default"));
    let answer = bench.post_form(COGNITO, &form).await;
    assert_eq!(error(&answer), (400, "invalid_scope".into()));
    let mut json = account("fine-3.1").json();
    json["scope"] = "creatorsapi/default".into();
    let answer = bench.post_json(LWA, &json).await;
    assert_eq!(error(&answer), (400, "invalid_scope".into()));
}

#[tokio::test]
async fn a_missing_or_empty_field_is_refused() {
    let bench = Bench::new();
    for name in ["grant_type", "client_id", "client_secret", "scope"] {
        for value in [None, Some("")] {
            let form = form_with(&account("fine-2.1"), name, value);
            let answer = bench.post_form(COGNITO, &form).await;
            assert_eq!(error(&answer), (400, "invalid_request".into()), "{name}");

            let mut json = account("fine-3.1").json();
            match value {
                Some(value) => json[name] = value.into(),
                None => drop(json.as_object_mut().unwrap().remove(name)),
            }
            let answer = bench.post_json(LWA, &json).await;
            assert_eq!(error(&answer), (400, "invalid_request".into()), "{name}");
        }
    }
}

#[tokio::test]
async fn a_field_given_twice_is_refused() {
    let bench = Bench::new();
    let form = format!("{}&scope=creatorsapi%2Fdefault", account("fine-2.1").form());
    let answer = bench.post_form(COGNITO, &form).await;
    assert_eq!(error(&answer), (400, "invalid_request".into()));
}

#[tokio::test]
async fn json_that_is_none_is_refused() {
    let bench = Bench::new();
    for body in ["", "{", "[]", "null", r#"{"grant_type": 1}"#] {
        let headers = [("content-type", "application/json")];
        let answer = bench.send(Method::POST, LWA, &headers, body).await;
        assert_eq!(error(&answer), (400, "invalid_request".into()), "{body}");
    }
}

#[tokio::test]
async fn a_token_is_given_to_a_post_only() {
    let bench = Bench::new();
    for path in [COGNITO, LWA, "/token", "/token/3.1"] {
        assert_eq!(bench.get(path).await.status, 405, "{path}");
    }
    assert_eq!(bench.post_json("/oauth", &json!({})).await.status, 404);
}
