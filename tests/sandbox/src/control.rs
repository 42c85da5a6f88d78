//! `/_sandbox/…`: for tests to look in and to make things go wrong.

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::json;

use crate::{fault::Rule, server::World};

/// What a test may change about an account while the server runs.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    account: String,
    /// In place of all faults it has; `[]` ends them. Left out: as before.
    #[serde(default)]
    faults: Option<Vec<Rule>>,
    /// Left out: as before.
    #[serde(default)]
    requests_per_second: Option<f64>,
}

/// `GET /_sandbox/health`: the server is there.
pub async fn health() -> &'static str {
    "ok"
}

/// `GET /_sandbox/log`: every request, oldest first.
pub async fn log(State(world): State<Arc<World>>) -> Response {
    json_text(world.journal.log())
}

/// `GET /_sandbox/counters`: the same by account.
pub async fn counters(State(world): State<Arc<World>>) -> Response {
    json_text(world.journal.counters())
}

/// `POST /_sandbox/reset`: empties the log and undoes every change of behaviour. Tokens stay good.
pub async fn reset(State(world): State<Arc<World>>) -> StatusCode {
    world.journal.clear();
    world.accounts.reset();
    StatusCode::NO_CONTENT
}

/// `POST /_sandbox/behaviour`: changes how one account is treated.
pub async fn behaviour(State(world): State<Arc<World>>, body: Bytes) -> Response {
    let change: Change = match serde_json::from_slice(&body) {
        Ok(change) => change,
        Err(error) => return refuse(StatusCode::BAD_REQUEST, &error.to_string()),
    };
    let Some(account) = world.accounts.named(&change.account) else {
        let message = format!("there is no account {}", change.account);
        return refuse(StatusCode::NOT_FOUND, &message);
    };
    let faults = change.faults.as_deref();
    world.accounts.behave(account, faults, change.requests_per_second);
    StatusCode::NO_CONTENT.into_response()
}

fn refuse(status: StatusCode, message: &str) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json")];
    (status, headers, json!({"message": message}).to_string()).into_response()
}

fn json_text(text: serde_json::Result<String>) -> Response {
    match text {
        Ok(text) => ([(header::CONTENT_TYPE, "application/json")], text).into_response(),
        Err(error) => refuse(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
    }
}
