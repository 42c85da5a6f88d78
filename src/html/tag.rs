//! A tag as it is written: its name and its attributes, as byte ranges of the page.
//!
//! Of most tags nothing but the end matters, so attributes are read when somebody asks for them.

use std::ops::Range;

use memchr::{memchr, memmem};

/// A tag's name in small letters, as far as it tells elements apart: up to eight letters, in the order of the bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TagName(u64);

impl TagName {
    /// The one name that matters and is longer.
    pub const PLAINTEXT: Self = Self(1);

    const LONGEST: usize = 8;
    const SMALL: u64 = 0x2020_2020_2020_2020;

    /// A name that is known beforehand, in small letters.
    #[must_use]
    pub const fn new(name: &[u8]) -> Self {
        let (mut word, mut rest) = (0, name);
        while let [before @ .., last] = rest {
            word = word << 8 | *last as u64;
            rest = before;
        }
        Self(word)
    }

    /// The name that stands there.
    #[must_use]
    #[inline]
    pub fn at(html: &[u8], name: &Range<usize>) -> Self {
        let Some(unused) = Self::LONGEST.checked_sub(name.len()).filter(|unused| *unused < Self::LONGEST) else {
            let is_plaintext = html.get(name.clone()).is_some_and(|name| name.eq_ignore_ascii_case(b"plaintext"));
            return if is_plaintext { Self::PLAINTEXT } else { Self::default() };
        };
        let word = match html.get(name.start..).and_then(<[u8]>::first_chunk) {
            Some(bytes) => u64::from_le_bytes(*bytes),
            None => Self::new(html.get(name.clone()).unwrap_or_default()).0,
        };
        // No other byte of a name becomes a letter, or the dash in `amp-img`.
        Self((word | Self::SMALL) & u64::MAX >> (8 * unused))
    }
}

/// An attribute; one without a value has an empty one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// As it is written.
    pub name: Range<usize>,
    /// Between the quotes.
    pub value: Range<usize>,
    /// What surrounds the value.
    pub quote: Quote,
}

/// What surrounds an attribute value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quote {
    /// `"`
    Double,
    /// `'`
    Single,
    /// Nothing.
    None,
}

/// What the value of an attribute may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A URL, as a whole.
    Url,
    /// URLs with descriptors, as in `srcset`.
    Srcset,
    /// URLs behind each other.
    List,
    /// CSS with `url(…)`.
    Css,
    /// JSON.
    Json,
    /// HTML.
    Markup,
}

/// A start tag.
#[derive(Debug, Clone, Copy)]
pub struct StartTag<'a> {
    /// The page.
    pub html: &'a [u8],
    /// Its name.
    pub name: &'a Range<usize>,
    /// The same, to be compared.
    pub known: TagName,
    /// Its attributes.
    pub attributes: Attributes<'a>,
    /// It ends with `/>`.
    pub is_self_closing: bool,
}

/// The attributes of a tag, one after the other.
#[derive(Debug, Clone, Copy)]
pub struct Attributes<'a> {
    html: &'a [u8],
    at: usize,
}

impl<'a> Attributes<'a> {
    /// Those of the tag of whose bytes this is what stands behind its name, with the `>`.
    #[must_use]
    #[inline]
    pub fn new(html: &'a [u8], behind_name: Range<usize>) -> Self {
        Self { html: html.get(..behind_name.end).unwrap_or_default(), at: behind_name.start }
    }

    /// Of two attributes with one name the first counts.
    #[must_use]
    pub fn first(mut self, name: &[u8]) -> Option<Attribute> {
        let html = self.html;
        self.find(|attribute| {
            html.get(attribute.name.clone()).is_some_and(|written| written.eq_ignore_ascii_case(name))
        })
    }
}

impl Iterator for Attributes<'_> {
    type Item = Attribute;

    fn next(&mut self) -> Option<Attribute> {
        let (attribute, behind) = next_attribute(self.html, self.at)?;
        self.at = behind;
        attribute
    }
}

/// Where a tag ends whose attributes begin at `from`: its `>`, and whether a `/` before it closes the tag. `None`: the page
/// ends first.
#[must_use]
pub fn end_of_tag(html: &[u8], from: usize) -> Option<(usize, bool)> {
    let mut at = from;
    loop {
        // Here an attribute may begin. Without one of these the tag neither ends nor has a value.
        let rest = html.get(at..)?;
        let length = rest.iter().position(|byte| matches!(byte, b'=' | b'>' | b'"' | b'\''))?;
        let before = length.checked_sub(1).and_then(|before| rest.get(before));
        match (rest.get(length)?, rest.get(length + 1)) {
            (b'>', _) => return Some((at + length, before == Some(&b'/'))),
            (b'=', Some(quote @ (b'"' | b'\''))) if before.is_some_and(|before| !is_separator(*before)) => {
                let value = at + length + 2;
                at = value + memchr(*quote, html.get(value..)?)? + 1;
            }
            // As the standard has it, step by step, until that is behind.
            _ => {
                let until = at + length;
                while at <= until {
                    match next_attribute(html, at)? {
                        (Some(_), behind) => at = behind,
                        (None, end) => return Some((end, end > at && html.get(end - 1) == Some(&b'/'))),
                    }
                }
            }
        }
    }
}

/// The attribute that begins there or behind, and where it ends; where none does, the tag's `>`. `None`: the page ends first.
fn next_attribute(html: &[u8], from: usize) -> Option<(Option<Attribute>, usize)> {
    let begin = skip_until(html, from, |b| !is_separator(b))?;
    if html.get(begin)? == &b'>' {
        return Some((None, begin));
    }
    // A `=` that begins a name belongs to it.
    let end = skip_until(html, begin + 1, |b| is_separator(b) || matches!(b, b'>' | b'='))?;
    let name = begin..end;
    let at = skip_until(html, end, |b| !b.is_ascii_whitespace())?;
    if html.get(at)? != &b'=' {
        return Some((Some(Attribute { name, value: end..end, quote: Quote::None }), at));
    }
    let at = skip_until(html, at + 1, |b| !b.is_ascii_whitespace())?;
    let quoted = |quote| Some(at + 1..at + 1 + memchr(quote, html.get(at + 1..)?)?);
    let (value, quote) = match html.get(at)? {
        b'>' => (at..at, Quote::None),
        b'"' => (quoted(b'"')?, Quote::Double),
        b'\'' => (quoted(b'\'')?, Quote::Single),
        _ => (at..skip_until(html, at, |b| b.is_ascii_whitespace() || b == b'>')?, Quote::None),
    };
    let behind = value.end + usize::from(quote != Quote::None);
    Some((Some(Attribute { name, value, quote }), behind))
}

/// Where a tag's name ends.
#[must_use]
#[inline]
pub fn end_of_name(html: &[u8], from: usize) -> Option<usize> {
    skip_until(html, from, |byte| is_separator(byte) || byte == b'>')
}

/// What may stand between two attributes.
#[inline]
fn is_separator(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == b'/'
}

/// Where the first such byte stands.
#[inline]
fn skip_until(html: &[u8], from: usize, stop: impl Fn(u8) -> bool) -> Option<usize> {
    Some(from + html.get(from..)?.iter().position(|byte| stop(*byte))?)
}

/// Whether it is a name of the address that an element shows, now or when a script has put it in place.
#[must_use]
pub fn is_source(name: &[u8]) -> bool {
    if name.eq_ignore_ascii_case(b"src") {
        return true;
    }
    let name = name.to_ascii_lowercase();
    let holds = |word: &[u8]| memmem::find(&name, word).is_some();
    // The files of Jetpack's carousel are shown beside the page, whatever size they have.
    (holds(b"src") || holds(b"lazy") || holds(b"orig")) && !is_srcset(&name) && !name.ends_with(b"-file")
}

/// Whether it is a name, in lower case, of a list of addresses with descriptors.
#[must_use]
pub fn is_srcset(name: &[u8]) -> bool {
    let ends: [&[u8]; 3] = [b"srcset", b"bgset", b"-responsive"];
    ends.iter().any(|end| name.ends_with(end)) || memmem::find(name, b"srcset-").is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The end as it is found by reading every attribute.
    fn slow_end(html: &[u8]) -> Option<(usize, bool)> {
        let mut at = 0;
        loop {
            match next_attribute(html, at)? {
                (Some(_), behind) => at = behind,
                (None, end) => return Some((end, end > at && html[end - 1] == b'/')),
            }
        }
    }

    #[test]
    fn a_tag_ends_where_its_attributes_do() {
        const PIECES: [&str; 8] = [" ", "a", "=", "\"", "'", "/", ">", "x=\"b\""];
        let mut count = 0;
        for number in 0..PIECES.len().pow(6) {
            let pick = |place: u32| PIECES[number / PIECES.len().pow(place) % PIECES.len()];
            let html: String = (0..6).map(pick).collect();
            assert_eq!(end_of_tag(html.as_bytes(), 0), slow_end(html.as_bytes()), "{html}");
            count += usize::from(slow_end(html.as_bytes()).is_some());
        }
        assert!(count > PIECES.len().pow(5));
    }

    #[test]
    fn names_are_told_apart_in_any_case_and_anywhere() {
        for (html, name, known) in [
            ("<IMG src>", 1..4, TagName::new(b"img")),
            ("<a", 1..2, TagName::new(b"a")),
            ("<amp-IMG", 1..8, TagName::new(b"amp-img")),
            ("<FrameSet ", 1..9, TagName::new(b"frameset")),
            ("<PlainText>", 1..10, TagName::PLAINTEXT),
            ("<blockquote>", 1..11, TagName::default()),
        ] {
            assert_eq!(TagName::at(html.as_bytes(), &name), known, "{html}");
        }
        assert_ne!(TagName::at(b"<img2 src=>", &(1..5)), TagName::new(b"img"));
        assert_ne!(TagName::at(b"<b\0></b\0>", &(1..3)), TagName::new(b"b"));
    }
}
