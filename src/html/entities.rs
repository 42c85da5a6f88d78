//! Character references: decoded where a URL is read, written where one is put into an attribute.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr;

use crate::html::tag::Quote;

/// The references that stand in URLs of real posts. Without its semicolon a reference inside a URL is none:
/// `&copy=1` is a parameter.
const NAMED: [(&str, char); 6] =
    [("amp", '&'), ("quot", '"'), ("apos", '\''), ("lt", '<'), ("gt", '>'), ("nbsp", '\u{a0}')];

/// No reference is longer; zeros in front of its number are among it.
const LONGEST: usize = 16;

/// Decodes `&amp;`, `&#038;`, `&#x26;` and their like, once.
#[must_use]
pub fn decode(text: &str) -> Cow<'_, str> {
    // A parameter's `&` is followed by no semicolon.
    if memchr(b';', text.as_bytes()).is_none() || memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, Some(after))) =
        memchr(b'&', rest.as_bytes()).and_then(|at| rest.split_at_checked(at)).map(|(a, b)| (a, b.get(1..)))
    {
        decoded.push_str(before);
        // Nearly all are these two.
        if let Some(behind) = after.strip_prefix("amp;").or_else(|| after.strip_prefix("#038;")) {
            decoded.push('&');
            rest = behind;
            continue;
        }
        let name =
            after.bytes().take(LONGEST).position(|byte| byte == b';').and_then(|end| after.split_at_checked(end));
        match name.and_then(|(name, behind)| Some((reference(name)?, behind.get(1..)?))) {
            Some((character, behind)) => {
                decoded.push(character);
                rest = behind;
            }
            None => {
                decoded.push('&');
                rest = after;
            }
        }
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// Decodes a URL until nothing is left to decode: posts that went through one editor too many hold `&amp;amp;`, and no
/// URL of Amazon's holds a reference of its own.
#[must_use]
pub fn decode_url(text: &str) -> Cow<'_, str> {
    let mut decoded = decode(text);
    for _ in 0..3 {
        match decode(&decoded) {
            Cow::Owned(again) if again != decoded => decoded = Cow::Owned(again),
            _ => break,
        }
    }
    decoded
}

/// A URL as it stands there, entities decoded; one that is not UTF-8 is none of Amazon's.
#[must_use]
pub fn decoded_url(html: &[u8], range: Range<usize>) -> Option<String> {
    let raw = std::str::from_utf8(html.get(range)?).ok()?;
    Some(decode_url(raw).into_owned())
}

fn reference(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        return NAMED.iter().find(|(known, _)| *known == name).map(|(_, character)| *character);
    };
    let (digits, radix) = number.strip_prefix(['x', 'X']).map_or((number, 10), |digits| (digits, 16));
    // Rust would take a sign, too.
    let is_number = digits.chars().all(|digit| digit.is_digit(radix));
    u32::from_str_radix(digits, radix).ok().filter(|_| is_number).and_then(char::from_u32)
}

/// Writes a URL or a text so that it ends neither its quotes nor its tag.
#[must_use]
pub fn escape(text: &str, quote: Quote) -> String {
    let is_special = |byte| {
        matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'') || (quote == Quote::None && matches!(byte, b'`' | b'='))
    };
    // Room for what an element is given beside its URL.
    let mut escaped = String::with_capacity(text.len() + 64);
    let mut rest = text;
    // All bytes at once: most URLs hold none of them.
    if !text.bytes().fold(false, |any, byte| any | is_special(byte)) {
        rest = "";
        escaped.push_str(text);
    }
    while let Some((plain, behind)) = rest.bytes().position(is_special).and_then(|at| rest.split_at_checked(at)) {
        escaped.push_str(plain);
        let mut characters = behind.chars();
        match characters.next() {
            Some('&') => escaped.push_str("&amp;"),
            Some('<') => escaped.push_str("&lt;"),
            Some('>') => escaped.push_str("&gt;"),
            Some('"') => escaped.push_str("&quot;"),
            Some('\'') => escaped.push_str("&#39;"),
            Some(other) => escaped.push_str(&format!("&#{};", u32::from(other))),
            None => {}
        }
        rest = characters.as_str();
    }
    escaped.push_str(rest);
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_decoded_once() {
        assert_eq!(decode("a&amp;b&#038;c&#x26;d&e&copy=1&;&#;&#x110000;"), "a&b&c&d&e&copy=1&;&#;&#x110000;");
        assert_eq!(decode("a&amp;amp;b"), "a&amp;b");
        assert_eq!(decode("&#+38;&#x+26;&#-38;&#x;"), "&#+38;&#x+26;&#-38;&#x;");
        assert_eq!(decode("&#0000000000038;&#00000000000000038;&\u{e4};"), "&&#00000000000000038;&\u{e4};");
        assert_eq!(decode("plain"), "plain");
    }

    #[test]
    fn a_url_is_decoded_to_its_end() {
        for text in ["a&b", "a&amp;b", "a&amp;amp;b", "a&amp;#038;b", "a&amp;amp;#x26;b"] {
            assert_eq!(decode_url(text), "a&b", "{text}");
        }
    }

    #[test]
    fn an_escaped_url_is_itself_again_when_it_is_read() {
        let url = "https://m.media-amazon.com/i.jpg?a=1&b='\"<>`";
        for quote in [Quote::Double, Quote::Single, Quote::None] {
            let escaped = escape(url, quote);
            assert!(!escaped.contains(['"', '\'', '<', '>']), "{escaped}");
            assert_eq!(decode(&escaped), url);
        }
    }
}
