//! The start and end tags of a page, as a browser would see them, with the byte range of every attribute value.
//!
//! It follows the tokenizer of the HTML standard (13.2.5) as far as tags are concerned: nothing inside comments, and
//! nothing inside the elements whose content is text (`script`, `style`, `textarea`, …), is a tag. In `svg` and `math` it
//! is. It copies nothing and never fails: what is no tag is text.
//!
//! What it tells is what every browser reads, with scripts and without. `noscript` is read as markup, and only as long as
//! that ends where its text ends for a browser that runs scripts. Where two readings part for good, the page ends.

use std::ops::Range;

use memchr::{memchr, memmem, memrchr};

use crate::html::element_names::may_matter;
use crate::html::tag::{Attributes, StartTag, TagName, end_of_name, end_of_tag};
use crate::html::text_elements::end_of_text;
use crate::html::tree_builder::{Begins, TreeBuilder};

/// What a page consists of, text aside. Where it stands, the tokenizer tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// `<…>`
    Start,
    /// `</…>`
    End,
    /// A tag of `svg`, of `math` or of one of their elements.
    Foreign,
    /// A comment, or something that a browser takes for one.
    Comment,
}

/// Walks a page. All ranges are bytes of it.
pub struct Tokenizer<'a> {
    html: &'a [u8],
    position: usize,
    tree: TreeBuilder,
    noscript: Option<Noscript>,
    /// The CDATA of a feed has begun. A browser that reads it as a page takes it for a comment, which ends here: behind its
    /// first `>`.
    feed: Option<usize>,
    /// The text in front of the token that came last, or of the page's end. What `script`, `svg` and their like hold is
    /// not among it.
    pub text: Range<usize>,
    /// The whole token that came last, for a tag from `<` to behind `>`.
    pub span: Range<usize>,
    /// A tag's name as it is written, or what a comment holds.
    pub content: Range<usize>,
    /// A tag's name, to be compared.
    pub name: TagName,
    is_self_closing: bool,
    /// Tags that matter to nobody here are passed over where every browser reads them alike; the text between them is then
    /// told as one, with them in it.
    pub passes_over: bool,
    /// Where the next of Amazon's hosts may stand: no tag is passed over that holds it, or stands behind it.
    pub next_mention: usize,
    /// The token stands where not every browser makes the same of it, or would not if it were another.
    pub is_ambiguous: bool,
    /// The token stands where a browser reads HTML or, in `noscript`, nothing but a text.
    pub is_html: bool,
}

/// A `noscript` that is open.
#[derive(Debug)]
struct Noscript {
    /// Where its text ends for who runs scripts.
    end: usize,
    /// What was open where it began.
    tree: TreeBuilder,
}

impl<'a> Tokenizer<'a> {
    /// Begins at the page's first byte.
    #[must_use]
    pub fn new(html: &'a [u8]) -> Self {
        Self {
            html,
            position: 0,
            tree: TreeBuilder::default(),
            noscript: None,
            feed: None,
            text: 0..0,
            span: 0..0,
            content: 0..0,
            name: TagName::default(),
            is_self_closing: false,
            passes_over: false,
            next_mention: 0,
            is_ambiguous: false,
            is_html: true,
        }
    }

    /// Goes to the next token.
    #[inline]
    pub fn next(&mut self) -> Option<TokenKind> {
        let is_foreign = self.tree.is_foreign();
        self.is_ambiguous = self.noscript.is_some() || !self.tree.is_plain() || self.feed.is_some();
        self.is_html = self.tree.is_html() && self.feed.is_none();
        self.text = self.position..self.html.len();
        let token = self.token().filter(|_| !self.passes_noscript() && !self.parts_from_page());
        if token.is_none() {
            self.position = self.html.len();
        }
        if is_foreign {
            self.text.start = self.text.end;
        }
        token
    }

    #[inline]
    fn token(&mut self) -> Option<TokenKind> {
        let mut from = self.position;
        if self.passes_over && !self.is_ambiguous {
            from = self.next_that_matters(from)?;
        }
        loop {
            let start = self.next_bracket(from)?;
            // What the page's end cuts off is no text.
            self.text.end = start;
            if self.noscript.as_ref().is_some_and(|noscript| start >= noscript.end) {
                self.noscript.take().filter(|noscript| start == noscript.end && self.tree == noscript.tree)?;
            }
            match (self.byte(start + 1)?, self.byte(start + 2)) {
                (first, _) if first.is_ascii_alphabetic() => {
                    self.tag(start, start + 1)?;
                    return self.start_tag();
                }
                (b'/', Some(first)) if first.is_ascii_alphabetic() => {
                    self.tag(start, start + 2)?;
                    self.position = self.span.end;
                    let is_foreign = self.tree.end(self.html, &self.content);
                    return Some(if is_foreign { TokenKind::Foreign } else { TokenKind::End });
                }
                (b'!', _) if self.starts_with(start, b"<!--") => {
                    let (content, end) = self.comment(start)?;
                    return Some(self.comment_token(start, content, end));
                }
                (b'!', Some(b'[')) if self.starts_with(start, b"<![CDATA[") && self.tree.takes_cdata()? => {
                    let content = start + b"<![CDATA[".len();
                    from = content + memmem::find(self.html.get(content..)?, b"]]>")?;
                }
                (b'!', Some(b'[')) if self.starts_with(start, b"<![CDATA[") && is_xml_element(self.html, start) => {
                    let end = start + b"<![CDATA[".len();
                    self.feed = Some(end + memchr(b'>', self.html.get(end..)?)? + 1);
                    return Some(self.comment_token(start, end..end, end));
                }
                (b'!' | b'?' | b'/', _) => {
                    let end = start + memchr(b'>', self.html.get(start..)?)?;
                    return Some(self.comment_token(start, start + 2..end.max(start + 2), end + 1));
                }
                _ => from = start + 1,
            }
            self.text.end = self.html.len();
        }
    }

    /// The first `<` behind tags that matter to nobody.
    fn next_that_matters(&self, mut from: usize) -> Option<usize> {
        loop {
            let start = self.next_bracket(from)?;
            let name = start + 1 + usize::from(self.byte(start + 1)? == b'/');
            if !self.byte(name)?.is_ascii_alphabetic() {
                return Some(start);
            }
            let end = end_of_name(self.html, name)?;
            if may_matter(self.html.get(name..end)?) {
                return Some(start);
            }
            from = 1 + if self.byte(end)? == b'>' { end } else { end_of_tag(self.html, end)?.0 };
            if self.next_mention < from {
                return Some(start);
            }
        }
    }

    #[inline]
    fn next_bracket(&self, from: usize) -> Option<usize> {
        let rest = self.html.get(from..)?;
        // Where tags stand side by side there is nothing to look for.
        if rest.first() == Some(&b'<') { Some(from) } else { Some(from + memchr(b'<', rest)?) }
    }

    /// A start tag that has been read. `None`: how a page goes on behind it is not told by the standard alone.
    fn start_tag(&mut self) -> Option<TokenKind> {
        self.position = self.span.end;
        let tag = StartTag {
            html: self.html,
            name: &self.content,
            known: self.name,
            attributes: self.attributes(),
            is_self_closing: self.is_self_closing,
        };
        match self.tree.start(tag) {
            Begins::Markup => {}
            Begins::Foreign => return Some(TokenKind::Foreign),
            Begins::Unclear => return None,
            Begins::Text => {
                let name = self.html.get(self.content.clone())?;
                // A text that never ends is the rest of the page.
                self.position = end_of_text(self.html, name, self.span.end).unwrap_or(self.html.len());
            }
            Begins::Noscript if self.noscript.is_none() => {
                let end = end_of_text(self.html, b"noscript", self.span.end).unwrap_or(self.html.len());
                self.noscript = Some(Noscript { end, tree: self.tree.clone() });
            }
            Begins::Noscript => {}
        }
        Some(TokenKind::Start)
    }

    /// Whether the token begins in a `noscript` and goes on behind it.
    #[inline]
    fn passes_noscript(&self) -> bool {
        self.noscript.as_ref().is_some_and(|noscript| self.position > noscript.end)
    }

    /// Whether the token is the first one in the CDATA of a feed, and who reads a page goes on in another way behind it.
    #[inline]
    fn parts_from_page(&mut self) -> bool {
        let Some(end) = self.feed.take_if(|end| self.position >= *end) else { return false };
        let is_same = self.position == end && self.tree.is_plain() && self.noscript.is_none();
        self.span.start < end && !is_same
    }

    fn comment_token(&mut self, start: usize, content: Range<usize>, end: usize) -> TokenKind {
        self.position = end;
        self.span = start..end;
        self.content = content;
        TokenKind::Comment
    }

    /// Reads a tag whose name begins at `name`. `None`: the page ends within it, which makes it no tag.
    fn tag(&mut self, start: usize, name: usize) -> Option<()> {
        let at = end_of_name(self.html, name)?;
        self.content = name..at;
        self.name = TagName::at(self.html, &self.content);
        let (end, is_self_closing) = if self.byte(at)? == b'>' { (at, false) } else { end_of_tag(self.html, at)? };
        self.span = start..end + 1;
        self.is_self_closing = is_self_closing;
        Some(())
    }

    /// The attributes of the tag that came last.
    #[must_use]
    #[inline]
    pub fn attributes(&self) -> Attributes<'a> {
        Attributes::new(self.html, self.content.end..self.span.end)
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

    fn starts_with(&self, at: usize, text: &[u8]) -> bool {
        self.html.get(at..).is_some_and(|rest| rest.starts_with(text))
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.html.get(at).copied()
    }
}

/// Whether the tag in front is one of XML that holds posts: of a feed, or of a file that WordPress exports. What its CDATA
/// holds is HTML for who reads that.
fn is_xml_element(html: &[u8], end: usize) -> bool {
    let before = html.get(end.saturating_sub(200)..end).unwrap_or_default().trim_ascii_end();
    let tag = before.strip_suffix(b">").and_then(|tag| tag.get(memrchr(b'<', tag)? + 1..)).unwrap_or_default();
    let name = tag.split(u8::is_ascii_whitespace).next().unwrap_or_default();
    let is_qualified = memchr(b':', name).is_some() && name.first().is_some_and(u8::is_ascii_alphabetic);
    // What plugins keep of a post may be PHP's own form of it, which tells the lengths of its strings.
    (is_qualified && name != b"wp:meta_value") || [&b"description"[..], b"content", b"summary"].contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tags with their attributes, written back in one form.
    fn tags(html: &str) -> Vec<String> {
        let mut tokenizer = Tokenizer::new(html.as_bytes());
        let mut out = Vec::new();
        while let Some(token) = tokenizer.next() {
            if token == TokenKind::Comment {
                continue;
            }
            let name = &html[tokenizer.content.start - 1..tokenizer.content.end];
            let mut text = name.trim_start_matches('<').to_owned();
            for attribute in tokenizer.attributes() {
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
    fn cdata_of_a_feed_holds_tags() {
        for name in ["content:encoded", "wp:comment_content", "description", "content type=\"html\""] {
            let html = format!("<{name}><![CDATA[<p>x</p>]]></{name}>");
            assert_eq!(tags(&html)[1..3], ["p", "/p"], "{html}");
        }
        for html in [
            "<wp:meta_value><![CDATA[<p>]]>",
            "<div><![CDATA[<p>]]>",
            "<![CDATA[<p>]]>",
            "<p></content:encoded> <![CDATA[<p>]]>",
        ] {
            assert!(!tags(html)[1.min(tags(html).len())..].contains(&"p".to_owned()), "{html}");
        }
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
        let (mut texts, mut comments) = (Vec::new(), Vec::new());
        loop {
            let token = tokenizer.next();
            texts.push(&html[tokenizer.text.clone()]);
            match token {
                Some(TokenKind::Comment) => comments.push(&html[tokenizer.content.clone()]),
                Some(_) => {}
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
