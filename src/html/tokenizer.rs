//! The start and end tags of a page, as a browser would see them, with the byte range of every attribute value.
//!
//! It follows the tokenizer of the HTML standard (13.2.5) as far as tags are concerned: nothing inside comments, and
//! nothing inside the elements whose content is text (`script`, `style`, `textarea`, …), is a tag. It copies nothing
//! and never fails: what is no tag is text.

use std::ops::Range;

use memchr::{memchr, memmem};

use crate::html::text_elements::{end_of_text, holds_text};

/// A start or end tag. All ranges are bytes of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// `</…>`
    pub is_end: bool,
    /// As it is written.
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

/// What a page consists of, text aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// A start or end tag.
    Tag(Tag),
    /// What stands in a comment, or in something that a browser takes for one.
    Comment(Range<usize>),
}

/// Walks a page.
pub struct Tokenizer<'a> {
    html: &'a [u8],
    position: usize,
    text: Range<usize>,
}

impl<'a> Tokenizer<'a> {
    /// Begins at the page's first byte.
    #[must_use]
    pub fn new(html: &'a [u8]) -> Self {
        Self { html, position: 0, text: 0..0 }
    }

    /// The text in front of the token that came last, or of the page's end. What `script` and its like hold is not
    /// among it.
    #[must_use]
    pub fn text(&self) -> Range<usize> {
        self.text.clone()
    }

    /// The next token; a tag's attributes are put into `attributes`, whose former content is dropped.
    pub fn next(&mut self, attributes: &mut Vec<Attribute>) -> Option<Token> {
        let begin = self.position;
        let found = self.token(attributes);
        match &found {
            Some((start, _)) => self.text = begin..*start,
            None => self.text = begin..self.html.len(),
        }
        found.map(|(_, token)| token)
    }

    /// The next token and where it starts.
    fn token(&mut self, attributes: &mut Vec<Attribute>) -> Option<(usize, Token)> {
        let mut from = self.position;
        loop {
            let start = from + memchr(b'<', self.html.get(from..)?)?;
            let token = match (self.byte(start + 1)?, self.byte(start + 2)) {
                (first, _) if first.is_ascii_alphabetic() => {
                    let tag = self.tag(start, start + 1, attributes)?;
                    self.position = self.behind_text(&tag).unwrap_or(self.html.len());
                    Token::Tag(tag)
                }
                (b'/', Some(first)) if first.is_ascii_alphabetic() => {
                    let tag = self.tag(start, start + 2, attributes)?;
                    self.position = tag.span.end;
                    Token::Tag(tag)
                }
                (b'!', _) if self.starts_with(start, b"<!--") => {
                    let (content, end) = self.comment(start)?;
                    self.position = end;
                    Token::Comment(content)
                }
                (b'!' | b'?' | b'/', _) => {
                    let end = start + memchr(b'>', self.html.get(start..)?)?;
                    self.position = end + 1;
                    Token::Comment(start + 2..end.max(start + 2))
                }
                _ => {
                    from = start + 1;
                    continue;
                }
            };
            return Some((start, token));
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
        if holds_text(name) { end_of_text(self.html, name, tag.span.end) } else { Some(tag.span.end) }
    }

    /// What a comment holds, and where it ends. `<!-->` and `<!--->` are comments of their own; others end with `-->`
    /// or `--!>`.
    fn comment(&self, start: usize) -> Option<(Range<usize>, usize)> {
        let content = start + 4;
        if self.byte(content)? == b'>' {
            return Some((content..content, content + 1));
        }
        if self.starts_with(content, b"->") {
            return Some((content..content, content + 2));
        }
        let mut at = content;
        loop {
            at += memmem::find(self.html.get(at..)?, b"--")?;
            match (self.byte(at + 2)?, self.byte(at + 3)) {
                (b'>', _) => return Some((content..at, at + 3)),
                (b'!', Some(b'>')) => return Some((content..at, at + 4)),
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The tags with their attributes, written back in one form.
    fn tags(html: &str) -> Vec<String> {
        let mut tokenizer = Tokenizer::new(html.as_bytes());
        let mut attributes = Vec::new();
        let mut out = Vec::new();
        while let Some(token) = tokenizer.next(&mut attributes) {
            let Token::Tag(tag) = token else { continue };
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
    fn text_and_comments_are_told_apart() {
        let html = "a < b<!-- c --><i>d</i><script>e</script>f<!g>h";
        let mut tokenizer = Tokenizer::new(html.as_bytes());
        let (mut texts, mut comments, mut attributes) = (Vec::new(), Vec::new(), Vec::new());
        loop {
            let token = tokenizer.next(&mut attributes);
            texts.push(&html[tokenizer.text()]);
            match token {
                Some(Token::Comment(content)) => comments.push(&html[content]),
                Some(Token::Tag(_)) => {}
                None => break,
            }
        }
        assert_eq!(texts, ["a < b", "", "d", "", "", "f", "h"]);
        assert_eq!(comments, [" c ", "g"]);
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
