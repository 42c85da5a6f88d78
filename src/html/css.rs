//! The URLs in a text of CSS.

use std::ops::Range;

use memchr::{memchr, memchr2};

/// What stands in the `url(…)` of a style sheet's text, without quotes. One with escapes of CSS is left out.
pub fn urls(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let open = at + memchr(b'(', bytes.get(at..)?)?;
            at = open + 1;
            if !bytes.get(..open)?.get(open.checked_sub(3)?..)?.eq_ignore_ascii_case(b"url") {
                continue;
            }
            let start = at + bytes.get(at..)?.iter().position(|byte| !byte.is_ascii_whitespace())?;
            let (start, length) = match bytes.get(start)? {
                quote @ (b'"' | b'\'') => (start + 1, memchr(*quote, bytes.get(start + 1..)?)?),
                _ => {
                    let rest = bytes.get(start..)?;
                    let end = memchr(b')', rest)?;
                    (start, rest.get(..end)?.trim_ascii_end().len())
                }
            };
            at = start + length;
            let is_plain = |url: &[u8]| memchr2(b'\\', b'(', url).is_none() && !url.iter().any(u8::is_ascii_whitespace);
            if bytes.get(start..at).is_some_and(is_plain) {
                return Some(start..at);
            }
        }
    })
}

/// Whether nothing in a URL ends a `url(…)`, whatever the quotes in it.
#[must_use]
pub fn is_plain(url: &str) -> bool {
    !url.contains(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '(' | ')' | '\\'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_in_style_sheets() {
        for (text, expected) in [
            ("background-image:url(//a.jpg);color:red", vec!["//a.jpg"]),
            ("background: #fff URL( '//a b' ) , url(\"//b.jpg\") no-repeat", vec!["//b.jpg"]),
            ("--x:url( //a.jpg )", vec!["//a.jpg"]),
            ("background:url(//a.jpg),url('//b)c.jpg')", vec!["//a.jpg", "//b)c.jpg"]),
            ("content:'(x)';background:url(a\\)b)", vec![]),
            ("url(", vec![]),
            ("url(//a", vec![]),
        ] {
            let found: Vec<_> = urls(text).map(|range| &text[range]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
