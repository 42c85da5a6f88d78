//! Reading headers.

use axum::http::{HeaderMap, header};

/// Whether the body is said to be of that type, whatever parameters follow.
pub fn has_content_type(headers: &HeaderMap, name: &str) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|value| value.trim().eq_ignore_ascii_case(name))
}
