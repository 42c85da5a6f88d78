//! Answers that take the place of the right one.

use std::time::{Duration, SystemTime};

use axum::http::{HeaderName, StatusCode, header};
use serde_json::{Value, json};

use super::{Endpoint, Fault, RetryHint};
use crate::{answer::Answer, catalog::refusal::Refusal};

/// The path that a redirect leads to.
pub const REDIRECTED: &str = "/redirected";

const HTML: &str = "<!DOCTYPE html><html><body><h1>Service Unavailable</h1></body></html>";

/// The answer of the first of these faults that has one of its own.
pub fn answer(faults: &[Fault], endpoint: Endpoint) -> Option<Answer> {
    faults.iter().find_map(|fault| one(fault, endpoint))
}

fn one(fault: &Fault, endpoint: Endpoint) -> Option<Answer> {
    match fault {
        Fault::Status(status) => Some(failure(status_code(*status), endpoint)),
        Fault::Throttle { hint, seconds } => Some(throttled(*hint, *seconds, endpoint)),
        Fault::DailyQuota { seconds } => Some(Refusal::QuotaExhausted(*seconds).answer()),
        Fault::Unauthorized(reason) => Some(Refusal::Unauthorized(reason.clone()).answer()),
        Fault::Redirect(status) => {
            Some(Answer::new(status_code(*status), Value::Null).with(header::LOCATION, REDIRECTED))
        }
        _ => None,
    }
}

/// What `/redirected` answers: to a client that follows it looks like success.
pub fn redirected() -> Answer {
    Answer::new(
        StatusCode::OK,
        json!({
            "access_token": "Atc|from-another-place",
            "scope": "creatorsapi::default",
            "token_type": "bearer",
            "expires_in": 3600,
            "itemsResult": {"items": []},
        }),
    )
}

fn failure(status: StatusCode, endpoint: Endpoint) -> Answer {
    match endpoint {
        Endpoint::GetItems => Refusal::Internal(status).answer(),
        Endpoint::Token => Answer::new(status, Value::from(HTML)).with(header::CONTENT_TYPE, "text/html"),
    }
}

fn throttled(hint: RetryHint, seconds: u64, endpoint: Endpoint) -> Answer {
    let told = (hint == RetryHint::Body).then_some(seconds);
    let answer = match endpoint {
        Endpoint::GetItems => Refusal::Throttled(told).answer(),
        Endpoint::Token => Answer::new(
            StatusCode::TOO_MANY_REQUESTS,
            json!({
                "error": "too_many_requests",
                "error_description": "Your client has exceeded the token-endpoint rate limit. \
                                      This usually indicates a missing token cache.",
            }),
        ),
    };
    retry_after(answer, hint, seconds)
}

fn retry_after(answer: Answer, hint: RetryHint, seconds: u64) -> Answer {
    const RETRY_AFTER: HeaderName = header::RETRY_AFTER;
    match hint {
        RetryHint::None | RetryHint::Body => answer,
        RetryHint::HeaderSeconds => answer.with(RETRY_AFTER, &seconds.to_string()),
        RetryHint::HeaderDate => {
            let then = SystemTime::now() + Duration::from_secs(seconds);
            answer.with(RETRY_AFTER, &httpdate::fmt_http_date(then))
        }
    }
}

fn status_code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}
