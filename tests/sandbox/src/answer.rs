//! An answer as Amazon would give it, before anything goes wrong on the way.

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use serde_json::Value;

/// Status, headers and a JSON body.
#[derive(Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: StatusCode,
    /// Headers, content type included.
    pub headers: HeaderMap,
    /// The body, still open to change.
    pub body: Value,
}

impl Answer {
    /// A JSON answer.
    pub fn new(status: StatusCode, body: Value) -> Self {
        Self { status, headers: HeaderMap::new(), body }.with(header::CONTENT_TYPE, "application/json")
    }

    /// The same with one more header; a value that no header can hold is left out.
    pub fn with(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(name, value);
        }
        self
    }
}
