//! Feeds and reports. Their answers are known from Amazon's SDK alone (1.2.0, and 1.3.0 for their kinds), so either word of the two
//! is as good, and only a name must be there.

use serde_json::Value;

use super::read_item::{whole, words};
use super::response::{list, member, text};
use crate::catalog::{Answer, File, ItemError};
use crate::foreign_text;

/// `None` where there is neither a list of files, nor an address, nor an error.
pub(super) fn read(body: &Value, errors: Vec<ItemError>) -> Option<Answer> {
    let files = ["feeds", "reports"].into_iter().find_map(|name| member(body, name)).filter(|files| files.is_array());
    let file_url = text(body, "url").and_then(foreign_text::long_address);
    (files.is_some() || file_url.is_some() || !errors.is_empty()).then(|| Answer {
        files: list(files).iter().filter_map(file).collect(),
        file_url,
        errors,
        ..Answer::default()
    })
}

fn file(value: &Value) -> Option<File> {
    let either = |names: [&str; 2]| names.into_iter().find_map(|name| words(value, name));
    Some(File {
        name: either(["feedName", "filename"])?,
        kind: either(["feedType", "reportType"]),
        size: whole(value, "size"),
        md5: words(value, "md5"),
        updated_at: either(["lastUpdated", "lastModified"]),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn lists_and_addresses_are_read_and_what_has_no_name_is_passed_over() {
        let body = json!({"feeds": [
            {"feedName": "a.json.gz", "size": 7.0, "md5": "x", "lastUpdated": "2026-07-01", "feedType": "DEALS_FEEDS"},
            {"size": 7}, 5, {"filename": "b", "size": "7", "lastModified": null},
        ]});
        let files = read(&body, Vec::new()).unwrap().files;
        let all: Vec<_> =
            files.iter().map(|file| (file.name.as_str(), file.size, file.updated_at.as_deref())).collect();
        assert_eq!(all, [("a.json.gz", Some(7), Some("2026-07-01")), ("b", Some(7), None)]);
        assert!(read(&json!({"reports": []}), Vec::new()).unwrap().files.is_empty());
        let url = format!("https://s3.example/x?{}", "s".repeat(3_000));
        assert_eq!(read(&json!({"url": url}), Vec::new()).unwrap().file_url, Some(url));
        assert!(read(&json!({"url": "has a blank", "feeds": {}}), Vec::new()).is_none());
    }
}
