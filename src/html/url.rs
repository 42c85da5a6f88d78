//! Taking a URL from a post apart: leniently, since posts hold what their authors pasted twenty years ago.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter};
use percent_encoding::percent_decode_str;

/// A URL with a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Url<'a> {
    /// `https`, `http`, or empty for `//host/…`.
    pub scheme: &'a str,
    /// Without its port.
    pub host: &'a str,
    /// Begins with `/`, or is empty.
    pub path: &'a str,
    /// Behind the first `?`, without the fragment.
    pub query: &'a str,
}

impl<'a> Url<'a> {
    /// Reads `https://…`, `http://…` and `//…`.
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Self> {
        let (scheme, rest) = split_at_slashes(trim(text))?;
        let scheme = if scheme.is_empty() { scheme } else { scheme.strip_suffix(':')? };
        if !(scheme.is_empty() || scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")) {
            return None;
        }
        // Behind a `@` stands the host that a browser goes to: `amazon.com:x@elsewhere`. No post needs that.
        let is_name = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
        let (host, rest) = split_before(rest, |byte| !is_name(byte));
        let (port, rest) = match rest.strip_prefix(':') {
            Some(rest) => split_before(rest, |byte| !byte.is_ascii_digit()),
            None => ("", rest),
        };
        let is_ended = rest.bytes().next().is_none_or(|byte| matches!(byte, b'/' | b'?' | b'#'));
        if host.is_empty() || !is_ended || (!port.is_empty() && port.parse::<u16>().is_err()) {
            return None;
        }
        let (rest, _fragment) = split_at(rest, b'#');
        let (path, query) = split_at(rest, b'?');
        Some(Self { scheme, host, path, query })
    }

    /// The first parameter of this name, in any case, that is not empty; decoded and trimmed.
    ///
    /// `&`, a doubly encoded `&amp;` and a doubled `&&` all part two parameters.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<Cow<'a, str>> {
        let [value] = self.parameters([name]);
        value
    }

    /// [`Url::parameter`] of each of these, at one go.
    #[must_use]
    pub fn parameters<const N: usize>(&self, names: [&str; N]) -> [Option<Cow<'a, str>>; N] {
        let mut values = [const { None }; N];
        let is_encoded = memchr(b'%', self.query.as_bytes()).is_some();
        let mut next = Some(self.query);
        while let Some(rest) = next {
            let (key, behind) = split_before(rest, |byte| matches!(byte, b'=' | b'&' | b';'));
            let (value, behind) = match behind.strip_prefix('=') {
                Some(value) => split_before(value, |byte| matches!(byte, b'&' | b';')),
                None => ("", behind),
            };
            next = behind.get(1..);
            // An address that is broken into lines is often indented.
            let key = key.trim_ascii_start();
            let place = names.iter().position(|name| is_same(name, key));
            let Some(found) = place.and_then(|place| values.get_mut(place)).filter(|found| found.is_none()) else {
                continue;
            };
            // `<img src=…&tag=name-20/>`: without quotes the slash of the tag is the URL's.
            let value = if value.ends_with('/') { value.trim_end_matches('/') } else { value };
            let value = if is_encoded { decode(value) } else { Cow::Borrowed(value) };
            *found = Some(value).filter(|value| !is_blank(value));
        }
        values
    }
}

/// What stands before the first such ASCII character, and what from there on.
fn split_before(text: &str, is_end: impl Fn(u8) -> bool) -> (&str, &str) {
    text.as_bytes().iter().position(|byte| is_end(*byte)).and_then(|at| text.split_at_checked(at)).unwrap_or((text, ""))
}

/// [`str::eq_ignore_ascii_case`], where nearly all is written alike.
#[must_use]
pub fn is_same(one: &str, other: &str) -> bool {
    one == other || one.eq_ignore_ascii_case(other)
}

/// [`str::trim`], which looks for all of Unicode's white space where there is hardly ever any.
fn trim(text: &str) -> &str {
    match text.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

fn is_blank(text: &str) -> bool {
    !text.bytes().next().is_some_and(|first| first.is_ascii_graphic()) && text.trim().is_empty()
}

/// What stands before an ASCII character, and what behind it; all of it and nothing where there is none.
#[must_use]
pub fn split_at(text: &str, at: u8) -> (&str, &str) {
    let parts = memchr(at, text.as_bytes()).and_then(|at| text.split_at_checked(at));
    parts.and_then(|(before, behind)| Some((before, behind.get(1..)?))).unwrap_or((text, ""))
}

/// What stands before the first `//`, and what behind it.
fn split_at_slashes(text: &str) -> Option<(&str, &str)> {
    if let Some(behind) = text.strip_prefix("//") {
        return Some(("", behind));
    }
    let bytes = text.as_bytes();
    let at = memchr_iter(b'/', bytes).find(|at| bytes.get(at + 1) == Some(&b'/'))?;
    Some((text.get(..at)?, text.get(at + 2..)?))
}

/// Whether the host is this domain or lies below it.
#[must_use]
pub fn is_on(host: &str, domain: &str) -> bool {
    let Some(prefix) = host.len().checked_sub(domain.len()) else { return false };
    host.get(prefix..).is_some_and(|end| end.eq_ignore_ascii_case(domain))
        && (prefix == 0 || host.get(..prefix).is_some_and(|start| start.ends_with('.')))
}

/// Percent-decoding; what is not UTF-8 afterwards stays as it was.
#[must_use]
pub fn decode(text: &str) -> Cow<'_, str> {
    if memchr(b'%', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    percent_decode_str(text).decode_utf8().unwrap_or(Cow::Borrowed(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_schemes_of_posts_are_read() {
        for text in ["//ws-na.amazon-adsystem.com/q?a=1", "https://ws-na.amazon-adsystem.com:443/q?a=1#x"] {
            let url = Url::parse(text).unwrap();
            assert_eq!((url.host, url.path, url.query), ("ws-na.amazon-adsystem.com", "/q", "a=1"));
        }
        for text in [
            "",
            "x.jpg",
            "/a//b",
            "data:image/gif;base64,//x",
            "javascript://x",
            "https//host/x",
            "https://",
            "https://a b/",
            "https://m.media-amazon.com@elsewhere/",
            "https://m.media-amazon.com:80@elsewhere/",
            "https://m.media-amazon.com:x/",
            "https://m.media-amazon.com:+443/",
            "https://m.media-amazon.com:99999999/",
        ] {
            assert_eq!(Url::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_first_parameter_that_is_not_empty_counts() {
        let url = Url::parse("//h/q?tag=&&amp;ASIN=B01&TAG=x%2D20&tag=y-20&ie=UTF8camp=1").unwrap();
        assert_eq!(url.parameter("tag").as_deref(), Some("x-20"));
        assert_eq!(url.parameter("asin").as_deref(), Some("B01"));
        assert_eq!(url.parameter("camp"), None);
        assert_eq!(Url::parse("//h/q?a=1&   tag=x-20").unwrap().parameter("tag").as_deref(), Some("x-20"));
        assert_eq!(Url::parse("//h/q?a=1&tag=x-20/").unwrap().parameter("tag").as_deref(), Some("x-20"));
    }

    #[test]
    fn a_domain_is_matched_whole() {
        let on = |host: &str| is_on(host, "media-amazon.com");
        assert!(on("m.media-amazon.com") && on("MEDIA-amazon.com"));
        assert!(!on("xmedia-amazon.com") && !on("media-amazon.com.example.org") && !on("m"));
    }
}
