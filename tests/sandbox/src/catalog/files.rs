//! Feeds and reports: the words of Amazon's SDK 1.2.0, and the kinds of 1.3.0.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::refusal::Refusal;
use crate::answer::Answer;

/// Files of one sort, and what Amazon calls the parts of them.
#[derive(Debug, PartialEq, Eq)]
pub struct Files {
    /// In what they are listed.
    pub list: &'static str,
    /// Their name.
    pub name: &'static str,
    /// When they were made.
    pub updated: &'static str,
    /// Of which kind they are.
    pub kind: &'static str,
    /// Those kinds.
    pub kinds: [&'static str; 2],
}

/// `/catalog/v1/…Feed`
pub const FEEDS: Files = Files {
    list: "feeds",
    name: "feedName",
    updated: "lastUpdated",
    kind: "feedType",
    kinds: ["PRODUCT_FEEDS", "DEALS_FEEDS"],
};

/// `/reports/v1/…Report`
pub const REPORTS: Files = Files {
    list: "reports",
    name: "filename",
    updated: "lastModified",
    kind: "reportType",
    kinds: ["CREATOR_CENTRAL", "CREATOR_CONNECTIONS"],
};

fn names(files: &Files) -> impl Iterator<Item = (String, &'static str)> {
    let list = files.list;
    files.kinds.into_iter().map(move |kind| (format!("{list}-{}.json.gz", kind.to_lowercase()), kind))
}

/// Two of them, of each kind one.
pub fn list(files: &Files) -> Answer {
    let file = |(name, kind): (String, &str)| -> Value {
        let md5 = "9e107d9d372bb6826bd81d3542a419d6";
        json!({files.name: name, "size": 1024, "md5": md5, files.updated: "2026-07-01T00:00:00Z", files.kind: kind})
    };
    let all: Vec<Value> = names(files).map(file).collect();
    Answer::new(StatusCode::OK, json!({files.list: all}))
}

/// An address that is too long for most places, as signed ones are.
pub fn get(files: &Files, name: &str) -> Result<Answer, Refusal> {
    if names(files).all(|(known, _)| known != name) {
        return Err(Refusal::not_found("File", name.to_owned()));
    }
    let url = format!("https://files.example/{name}?X-Amz-Signature={}", "0".repeat(2_500));
    Ok(Answer::new(StatusCode::OK, json!({"url": url})))
}
