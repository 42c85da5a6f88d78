//! The URLs in a text of JSON, and where they are written.

use std::ops::Range;

use memchr::{memchr, memchr2, memmem};
use serde::de::IgnoredAny;

use crate::html::srcset;

/// The strings of a JSON text, as they are written between their quotes. None where it is no JSON.
#[must_use]
pub fn strings(json: &str) -> Vec<Range<usize>> {
    let mut strings = Vec::new();
    if serde_json::from_str::<IgnoredAny>(json).is_ok() {
        while let Some(string) =
            next_string(json.as_bytes(), strings.last().map_or(0, |last: &Range<usize>| last.end + 1))
        {
            strings.push(string);
        }
    }
    strings
}

/// What stands between the next quotes of valid JSON.
fn next_string(json: &[u8], from: usize) -> Option<Range<usize>> {
    let start = from + memchr(b'"', json.get(from..)?)? + 1;
    let mut at = start;
    loop {
        at += memchr2(b'"', b'\\', json.get(at..)?)?;
        if json.get(at) == Some(&b'"') {
            return Some(start..at);
        }
        at += 2;
    }
}

/// The URLs in a string of JSON, decoded: all of it, those of a `srcset`, or those of CSS.
pub fn urls(json: &str, string: Range<usize>) -> Vec<(Range<usize>, String)> {
    let text = json.get(string.clone()).unwrap_or_default();
    let parts: Vec<_> = if srcset::has_descriptors(text.as_bytes()) {
        srcset::urls(json.as_bytes(), string).collect()
    } else if text.contains("url(") {
        in_css(text).map(|url| string.start + url.start..string.start + url.end).collect()
    } else {
        vec![string]
    };
    let decoded = |range: Range<usize>| {
        let url = serde_json::from_str(&format!("\"{}\"", json.get(range.clone())?)).ok()?;
        Some((range, url))
    };
    parts.into_iter().filter_map(decoded).collect()
}

/// What stands in each `url(…)`, without quotes.
fn in_css(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    memmem::find_iter(text.as_bytes(), b"url(").filter_map(|at| {
        let value = text.get(at + 4..)?.split(')').next()?;
        let url = value.trim_start_matches(['\'', ' ']).trim_start_matches("\\\"");
        let start = at + 4 + value.len() - url.len();
        let url = url.trim_end_matches(['\'', ' ']).trim_end_matches("\\\"");
        Some(start..start + url.len())
    })
}

/// Writes a URL into a string of JSON whose slashes are escaped or not.
#[must_use]
pub fn escape(url: &str, has_escaped_slashes: bool) -> String {
    let literal = serde_json::Value::from(url).to_string();
    let inner = literal.get(1..literal.len().saturating_sub(1)).unwrap_or_default();
    if has_escaped_slashes { inner.replace('/', "\\/") } else { inner.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_in_json() {
        let json = r#"{"a":["http:\/\/a.jpg",{"b":"//b.jpg 1x, //c.jpg 2x"}],"c":"x\"y",
            "d":"url('//d.jpg')","e":"red url( \"http:\/\/e.jpg\") 0"}"#;
        let found: Vec<_> = strings(json)
            .into_iter()
            .flat_map(|string| urls(json, string).into_iter().map(|(range, url)| (json[range].to_owned(), url)))
            .collect();
        let of = |raw: &str, url: &str| (raw.to_owned(), url.to_owned());
        let expected = [
            of("a", "a"),
            of("http:\\/\\/a.jpg", "http://a.jpg"),
            of("b", "b"),
            of("//b.jpg", "//b.jpg"),
            of("//c.jpg", "//c.jpg"),
            of("c", "c"),
            of("x\\\"y", "x\"y"),
            of("d", "d"),
            of("//d.jpg", "//d.jpg"),
            of("e", "e"),
            of("http:\\/\\/e.jpg", "http://e.jpg"),
        ];
        assert_eq!(found, expected);
        assert_eq!(strings("{\"a\":"), []);
        assert_eq!(escape("//a\"b", true), "\\/\\/a\\\"b");
    }
}
