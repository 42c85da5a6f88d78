//! Character references: decoded where a URL is read, written where one is put into an attribute.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr3};

use crate::html::tag::Quote;

/// The references that stand in URLs of real posts. Without its semicolon a reference inside a URL is none:
/// `&copy=1` is a parameter.
const NAMED: [(&str, char); 15] = [
    ("amp", '&'),
    ("quot", '"'),
    ("apos", '\''),
    ("lt", '<'),
    ("gt", '>'),
    ("nbsp", '\u{a0}'),
    ("sol", '/'),
    ("colon", ':'),
    ("period", '.'),
    ("quest", '?'),
    ("equals", '='),
    ("lowbar", '_'),
    ("percnt", '%'),
    ("Tab", '\t'),
    ("NewLine", '\n'),
];

/// No reference is longer; zeros in front of its number are among it.
const LONGEST: usize = 16;

/// Decodes `&amp;`, `&#038;`, `&#x26;` and their like, once.
#[must_use]
pub fn decode(text: &str) -> Cow<'_, str> {
    let mut decoded = String::new();
    match decode_into(text, &mut decoded, |_, _| {}) {
        Some(()) => Cow::Owned(decoded),
        None => Cow::Borrowed(text),
    }
}

/// Decodes once, and tells of the two ends of each reference where they are in the decoded and in the written text. `None`:
/// there is none.
fn decode_into(text: &str, decoded: &mut String, mut end: impl FnMut(usize, usize)) -> Option<()> {
    // A parameter's `&` is followed by no semicolon.
    memchr(b';', text.as_bytes())?;
    *decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, Some(after))) =
        memchr(b'&', rest.as_bytes()).and_then(|at| rest.split_at_checked(at)).map(|(a, b)| (a, b.get(1..)))
    {
        decoded.push_str(before);
        // Nearly all are these two.
        let usual = after.strip_prefix("amp;").or_else(|| after.strip_prefix("#038;"));
        let found = usual.map(|behind| ('&', behind)).or_else(|| {
            let end = after.bytes().take(LONGEST).position(|byte| byte == b';')?;
            let (name, behind) = after.split_at_checked(end)?;
            Some((reference(name)?, behind.get(1..)?))
        });
        if let Some((character, behind)) = found {
            end(decoded.len(), text.len() - after.len() - 1);
            decoded.push(character);
            end(decoded.len(), text.len() - behind.len());
            rest = behind;
        } else {
            decoded.push('&');
            rest = after;
        }
    }
    decoded.push_str(rest);
    Some(())
}

/// A text that was decoded, and where each of its bytes is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text.
    pub text: String,
    /// How often it was decoded.
    pub times: usize,
    /// From this byte of the text on, and this byte of what is written, the two go on alike.
    steps: Vec<(usize, usize)>,
}

impl Decoded {
    /// What stands there, as it is.
    #[must_use]
    pub fn read(html: &[u8], range: Range<usize>) -> Option<Self> {
        let text = std::str::from_utf8(html.get(range.clone())?).ok()?.to_owned();
        Some(Self { text, times: 0, steps: vec![(0, range.start)] })
    }

    /// What a browser makes of what stands there.
    #[must_use]
    pub fn once(html: &[u8], range: Range<usize>) -> Option<Self> {
        let read = Self::read(html, range)?;
        Some(read.decode().unwrap_or(read))
    }

    /// Once more decoded, where there is something to decode.
    #[must_use]
    pub fn decode(&self) -> Option<Self> {
        let (mut text, mut ends) = (String::new(), Vec::new());
        decode_into(&self.text, &mut text, |at, written| ends.push((at, written)))?;
        ends.first()?;
        // Both lists of steps go up.
        let mut steps = Vec::with_capacity(self.steps.len() + ends.len());
        let mut own = self.steps.iter().copied().peekable();
        let (mut at, mut before) = (0, 0);
        for (end, before_end) in ends.into_iter().chain([(text.len(), self.text.len())]) {
            // Steps inside of a reference are no place in the decoded text.
            let is_reference = end - at != before_end - before;
            while let Some((step, written)) = own.next_if(|(step, _)| *step < before_end) {
                if !is_reference && step >= before {
                    steps.push((at + step - before, written));
                }
            }
            steps.push((end, self.written(before_end)));
            (at, before) = (end, before_end);
        }
        Some(Self { text, times: self.times + 1, steps })
    }

    /// Where the byte of the text is written, in bytes of the page.
    #[must_use]
    pub fn written(&self, at: usize) -> usize {
        let step = self.steps.partition_point(|(step, _)| *step <= at).checked_sub(1);
        step.and_then(|step| self.steps.get(step)).map_or(0, |(step, written)| written + (at - step))
    }

    /// [`Self::written`], for a part of it.
    #[must_use]
    pub fn written_range(&self, range: &Range<usize>) -> Range<usize> {
        self.written(range.start)..self.written(range.end)
    }

    /// Writes a text into it, so that it ends none of the quotes around. Browsers decode once, whatever there is to decode.
    #[must_use]
    pub fn escape(&self, text: &str, quote: Quote) -> String {
        (0..self.times.max(1)).fold(text.to_owned(), |text, _| escape(&text, quote))
    }
}

/// Whether a browser decodes more of what HTML is written with than [`decode`] does: a reference without its semicolon, one
/// with a longer number, one of another name.
#[must_use]
pub fn has_unread(text: &[u8]) -> bool {
    const ENDED: [&[u8]; 8] = [b"excl", b"lsqb", b"lbrack", b"rsqb", b"rbrack", b"bne", b"nvlt", b"nvgt"];
    const LEGACY: [&[u8]; 8] = [b"amp", b"lt", b"gt", b"quot", b"AMP", b"LT", b"GT", b"QUOT"];
    memchr_iter(b'&', text).any(|at| {
        let behind = text.get(at + 1..).unwrap_or_default();
        let end = behind.iter().position(|byte| !byte.is_ascii_alphanumeric() && *byte != b'#').unwrap_or(behind.len());
        let Some((name, rest)) = behind.split_at_checked(end) else { return true };
        let is_ended = rest.starts_with(b";");
        let is_read = || str::from_utf8(name).is_ok_and(|name| name.len() < LONGEST && reference(name).is_some());
        let is_legacy = LEGACY.contains(&name) && !rest.starts_with(b"=");
        (name.starts_with(b"#") || is_legacy || (is_ended && ENDED.contains(&name))) && !(is_ended && is_read())
    })
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

/// A URL as it stands there, entities decoded and, as the URL standard has it, without the ends of lines and the tabs in
/// it; one that is not UTF-8 is none of Amazon's.
#[must_use]
pub fn decoded_url(html: &[u8], range: Range<usize>) -> Option<String> {
    let raw = std::str::from_utf8(html.get(range)?).ok()?;
    let mut url = decode_url(raw).into_owned();
    if memchr3(b'\n', b'\r', b'\t', url.as_bytes()).is_some() {
        url.retain(|character| !matches!(character, '\n' | '\r' | '\t'));
    }
    Some(url)
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

/// Writes a URL or a text so that it ends neither its quotes nor its tag, and is no shortcode: WordPress may look for those behind
/// us. It takes back `&#91;` by itself, so the hexadecimal form is written.
#[must_use]
pub fn escape(text: &str, quote: Quote) -> String {
    let mut escaped = String::with_capacity(text.len());
    escape_into(&mut escaped, text, quote);
    escaped
}

/// [`escape`], put behind what is written already.
pub fn escape_into(escaped: &mut String, text: &str, quote: Quote) {
    let is_special = |byte| {
        matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'' | b'[' | b']')
            || (quote == Quote::None && matches!(byte, b'`' | b'='))
    };
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
            Some('[') => escaped.push_str("&#x5b;"),
            Some(']') => escaped.push_str("&#x5d;"),
            Some(other) => escaped.push_str(&format!("&#{};", u32::from(other))),
            None => {}
        }
        rest = characters.as_str();
    }
    escaped.push_str(rest);
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
    fn what_a_browser_decodes_beyond_that_is_told() {
        for text in
            ["&#60", "&#60x", "&#X3c ", "&#0000000000000060;", "&lt", "&lt/", "&GT;", "&quot'", "&nvlt;", "&#x110000;"]
        {
            assert!(has_unread(text.as_bytes()), "{text}");
        }
        for text in ["&lt;&#60;&#x3C;&amp;", "&lt=1&copy=2&eacute;&ampx", "&#000000000060;", "& # &; &;#", "\u{e4}"] {
            assert!(!has_unread(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn a_decoded_text_knows_where_it_is_written() {
        let html = "<x y=\"a&amp;lt;b&amp;amp;&quot;\u{e4}&#x3e;c\">";
        let range = 6..html.len() - 2;
        let mut read = Decoded::read(html.as_bytes(), range.clone()).unwrap();
        assert_eq!(&html[read.written_range(&(0..read.text.len()))], &html[range.clone()]);
        for (text, pieces) in [
            (
                "a&lt;b&amp;\"\u{e4}>c",
                [("&", "&amp;"), ("lt;b", "lt;b"), ("amp;\"", "amp;&quot;"), ("\u{e4}>", "\u{e4}&#x3e;")],
            ),
            (
                "a<b&\"\u{e4}>c",
                [("<", "&amp;lt;"), ("b&", "b&amp;amp;"), ("\"", "&quot;"), ("\u{e4}>c", "\u{e4}&#x3e;c")],
            ),
        ] {
            read = read.decode().unwrap();
            assert_eq!(read.text, text);
            assert_eq!(&html[read.written_range(&(0..read.text.len()))], &html[range.clone()]);
            for (piece, written) in pieces {
                let at = text.find(piece).unwrap();
                assert_eq!(&html[read.written_range(&(at..at + piece.len()))], written, "{text}");
            }
        }
        assert_eq!((read.times, read.decode()), (2, None));
        assert_eq!(read.escape("<&", Quote::Double), "&amp;lt;&amp;amp;");
    }

    #[test]
    fn ends_of_lines_are_no_part_of_a_url() {
        let html = " //h/a?b\r\n=c&amp;\td&#10;";
        assert_eq!(decoded_url(html.as_bytes(), 0..html.len()).as_deref(), Some(" //h/a?b=c&d"));
    }

    #[test]
    fn a_url_is_decoded_to_its_end() {
        for text in ["a&b", "a&amp;b", "a&amp;amp;b", "a&amp;#038;b", "a&amp;amp;#x26;b"] {
            assert_eq!(decode_url(text), "a&b", "{text}");
        }
    }

    #[test]
    fn an_escaped_url_is_itself_again_when_it_is_read() {
        let url = "https://m.media-amazon.com/i.jpg?a=1&b='\"<>`[c]";
        for quote in [Quote::Double, Quote::Single, Quote::None] {
            let escaped = escape(url, quote);
            assert!(!escaped.contains(['"', '\'', '<', '>', '[', ']']), "{escaped}");
            assert_eq!(decode(&escaped), url);
        }
    }
}
