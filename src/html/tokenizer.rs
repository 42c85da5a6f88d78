//! The start and end tags of a page, as a browser would see them, with the byte range of every attribute value.
//!
//! It follows the tokenizer of the HTML standard (13.2.5) as far as tags are concerned: nothing inside comments, and
//! nothing inside the elements whose content is text (`script`, `style`, `textarea`, …), is a tag. It copies nothing
//! and never fails: what is no tag is passed over.

use std::ops::Range;

use memchr::{memchr, memmem};

/// A start or end tag. All ranges are bytes of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// `</…>`
    pub is_end: bool,
    /// As it is written; compare with [`Tag::is`].
    pub name: Range<usize>,
    /// From `<` to behind `>`.
    pub span: Range<usize>,
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

/// Elements whose content is text up to their own end tag. `noscript` is not among them: what it holds is markup for
/// the readers it is meant for.
const TEXT_ELEMENTS: [&[u8]; 8] =
    [b"script", b"style", b"textarea", b"title", b"xmp", b"iframe", b"noembed", b"noframes"];

/// Walks a page.
pub struct Tokenizer<'a> {
    html: &'a [u8],
    position: usize,
}

impl<'a> Tokenizer<'a> {
    /// Begins at the page's first byte.
    #[must_use]
    pub fn new(html: &'a [u8]) -> Self {
        Self { html, position: 0 }
    }

    /// The next tag; its attributes are put into `attributes`, whose former content is dropped.
    pub fn next_tag(&mut self, attributes: &mut Vec<Attribute>) -> Option<Tag> {
        loop {
            let start = self.position + memchr(b'<', self.html.get(self.position..)?)?;
            match (self.byte(start + 1)?, self.byte(start + 2)) {
                (first, _) if first.is_ascii_alphabetic() => {
                    let tag = self.tag(start, start + 1, attributes)?;
                    self.position = self.behind_text(&tag).unwrap_or(self.html.len());
                    return Some(tag);
                }
                (b'/', Some(first)) if first.is_ascii_alphabetic() => {
                    let tag = self.tag(start, start + 2, attributes)?;
                    self.position = tag.span.end;
                    return Some(tag);
                }
                (b'!', _) if self.starts_with(start, b"<!--") => self.position = self.behind_comment(start)?,
                (b'!' | b'?' | b'/', _) => self.position = start + memchr(b'>', self.html.get(start..)?)? + 1,
                _ => self.position = start + 1,
            }
        }
    }

    /// Reads a tag whose name begins at `name`. `None`: the page ends within it, which makes it no tag.
    fn tag(&self, start: usize, name: usize, attributes: &mut Vec<Attribute>) -> Option<Tag> {
        attributes.clear();
        let mut at = self.skip_until(name, |b| b.is_ascii_whitespace() || b == b'/' || b == b'>')?;
        let name = name..at;
        loop {
            at = self.skip_until(at, |b| !b.is_ascii_whitespace() && b != b'/')?;
            if self.byte(at)? == b'>' {
                return Some(Tag { is_end: start + 2 == name.start, name, span: start..at + 1 });
            }
            let begin = at;
            // A `=` that begins a name belongs to it.
            at = self.skip_until(begin + 1, |b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>' | b'='))?;
            let attribute = begin..at;
            let behind = at;
            at = self.skip_until(at, |b| !b.is_ascii_whitespace())?;
            if self.byte(at)? != b'=' {
                attributes.push(Attribute { name: attribute, value: behind..behind, quote: Quote::None });
                continue;
            }
            at = self.skip_until(at + 1, |b| !b.is_ascii_whitespace())?;
            let (value, quote) = match self.byte(at)? {
                b'>' => (at..at, Quote::None),
                b'"' => (self.quoted(at + 1, b'"')?, Quote::Double),
                b'\'' => (self.quoted(at + 1, b'\'')?, Quote::Single),
                _ => (at..self.skip_until(at, |b| b.is_ascii_whitespace() || b == b'>')?, Quote::None),
            };
            at = value.end + usize::from(quote != Quote::None);
            attributes.push(Attribute { name: attribute, value, quote });
        }
    }

    fn quoted(&self, begin: usize, quote: u8) -> Option<Range<usize>> {
        Some(begin..begin + memchr(quote, self.html.get(begin..)?)?)
    }

    /// Where markup goes on behind a start tag: behind it, or before the end tag of an element that holds text.
    /// `None`: the text never ends.
    fn behind_text(&self, tag: &Tag) -> Option<usize> {
        let name = self.html.get(tag.name.clone())?;
        if name.eq_ignore_ascii_case(b"plaintext") {
            return None;
        }
        if !TEXT_ELEMENTS.iter().any(|element| name.eq_ignore_ascii_case(element)) {
            return Some(tag.span.end);
        }
        let mut at = tag.span.end;
        loop {
            at += memmem::find(self.html.get(at..)?, b"</")?;
            let end = self.html.get(at + 2..at + 2 + name.len())?;
            let after = self.byte(at + 2 + name.len())?;
            if end.eq_ignore_ascii_case(name) && (after.is_ascii_whitespace() || after == b'/' || after == b'>') {
                return Some(at);
            }
            at += 2;
        }
    }

    /// `<!-->` and `<!--->` are comments of their own; others end with `-->` or `--!>`.
    fn behind_comment(&self, start: usize) -> Option<usize> {
        let content = start + 4;
        if self.byte(content)? == b'>' {
            return Some(content + 1);
        }
        if self.starts_with(content, b"->") {
            return Some(content + 2);
        }
        let mut at = content;
        loop {
            at += memmem::find(self.html.get(at..)?, b"--")?;
            match (self.byte(at + 2)?, self.byte(at + 3)) {
                (b'>', _) => return Some(at + 3),
                (b'!', Some(b'>')) => return Some(at + 4),
                _ => at += 1,
            }
        }
    }

    fn skip_until(&self, from: usize, stop: impl Fn(u8) -> bool) -> Option<usize> {
        Some(from + self.html.get(from..)?.iter().position(|byte| stop(*byte))?)
    }

    fn starts_with(&self, at: usize, text: &[u8]) -> bool {
        self.html.get(at..).is_some_and(|rest| rest.starts_with(text))
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.html.get(at).copied()
    }
}

impl Tag {
    /// Whether its name is this one, in any case.
    #[must_use]
    pub fn is(&self, html: &[u8], name: &str) -> bool {
        html.get(self.name.clone()).is_some_and(|written| written.eq_ignore_ascii_case(name.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tags with their attributes, written back in one form.
    fn tags(html: &str) -> Vec<String> {
        let mut tokenizer = Tokenizer::new(html.as_bytes());
        let mut attributes = Vec::new();
        let mut out = Vec::new();
        while let Some(tag) = tokenizer.next_tag(&mut attributes) {
            let mut text = format!("{}{}", if tag.is_end { "/" } else { "" }, &html[tag.name.clone()]);
            for attribute in &attributes {
                text += &format!(" {}={}", &html[attribute.name.clone()], &html[attribute.value.clone()]);
            }
            out.push(text);
        }
        out
    }

    #[test]
    fn attributes_are_read_in_every_form() {
        assert_eq!(
            tags("<IMG   SRC = x   ALT='a > b' data-a=\"1\"hidden title=><a href=b/>c</A ><img/src=y>"),
            ["IMG SRC=x ALT=a > b data-a=1 hidden= title=", "a href=b/", "/A", "img src=y"]
        );
    }

    #[test]
    fn comments_hold_no_tags() {
        assert_eq!(tags("<!-- <a> --><b><!--><i><!---><u><!-- <s> --!><p><!x <em><?y><q>"), ["b", "i", "u", "p", "q"]);
    }

    #[test]
    fn text_elements_hold_no_tags() {
        assert_eq!(
            tags("<script>'<a>' </scripty></SCRIPT ><textarea><b></textarea><iframe src=x><i></iframe><u>"),
            ["script", "/SCRIPT", "textarea", "/textarea", "iframe src=x", "/iframe", "u"]
        );
        assert_eq!(tags("<noscript><img src=x></noscript>"), ["noscript", "img src=x", "/noscript"]);
        assert_eq!(tags("<plaintext><a>"), ["plaintext"]);
        assert_eq!(tags("<style><a>"), ["style"]);
    }

    #[test]
    fn what_the_page_cuts_off_is_no_tag() {
        for html in ["<", "<a", "<a href", "<a href=", "<a href=\"x", "<a href=x", "</", "</a", "<!--", "<!-- --", "<!"]
        {
            assert_eq!(tags(html), [""; 0], "{html}");
        }
        assert_eq!(tags("1 < 2 <3 <b>"), ["b"]);
    }
}
