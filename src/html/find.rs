//! Finding: every Amazon picture of a page, with what its URL and the link around it say.

use std::ops::Range;

use memchr::memchr_iter;

use crate::html::block_comments::Blocks;
use crate::html::element::{Element, ElementName};
use crate::html::found::{Found, Location};
use crate::html::markdown_images::MarkdownImages;
use crate::html::open_elements::{Link, OpenElements};
use crate::html::picture::{ElementKind, Kind};
use crate::html::prefilter::{last_mention, may_hold, mentions_host};
use crate::html::shortcode::is_in_shortcode;
use crate::html::srcset;
use crate::html::tokenizer::{TokenKind, Tokenizer};

/// What a page holds: read once, to be looked at and then rewritten.
#[derive(Debug, Default)]
pub struct Page {
    /// In the order of the page.
    pub(super) found: Vec<Found>,
    /// The elements that hold them.
    pub(super) elements: Vec<Element>,
}

impl Page {
    /// Reads a page. It has to be the same bytes that are rewritten.
    #[must_use]
    pub fn read(html: &[u8]) -> Self {
        Self::read_with(html, true, &Kind::ALL)
    }

    /// Reads a page, its Markdown or HTML alone: what a visitor has typed is often printed as text, and so would be Markdown.
    /// Where none of these kinds is, nothing may be found at all.
    #[must_use]
    pub fn read_with(html: &[u8], markdown: bool, kinds: &[Kind]) -> Self {
        if !may_hold(html, kinds) {
            return Self::default();
        }
        let last = last_mention(html).unwrap_or_default();
        let mut reader = Reader {
            html,
            page: Page::default(),
            open: OpenElements::default(),
            blocks: Blocks::default(),
            markdown: MarkdownImages::new(html, markdown),
            open_frame: None,
        };
        let mut tokenizer = Tokenizer::new(html);
        loop {
            tokenizer.passes_over = !reader.reads_text();
            let token = tokenizer.next();
            reader.text(&tokenizer.text);
            match token {
                Some(TokenKind::Comment) => reader.blocks.comment(html, tokenizer.content.clone()),
                Some(TokenKind::Foreign) => {}
                Some(token) => reader.tag(&tokenizer, token == TokenKind::End),
                None => break,
            }
            if tokenizer.span.end > last && reader.is_done() {
                break;
            }
        }
        reader.markdown.resolve(html, &mut reader.page.found);
        // Without the pixel in front of it, a browser would take a frameset for one.
        if reader.page.elements.iter().any(|element| element.is_pixel) && has_frameset(html) {
            reader.page.elements.iter_mut().for_each(|element| element.is_url_only |= element.is_pixel);
        }
        // A block's comment stands before its markup and is found behind it; so is a reference.
        reader.page.found.sort_by_key(|found| found.value.start);
        reader.page
    }

    /// All pictures, in the order of the page. The URL that a block's comment holds once more is its element's, and no
    /// picture of its own.
    pub fn found(&self) -> impl Iterator<Item = &Found> {
        self.found.iter().filter(|found| found.location != Location::BlockComment)
    }
}

/// Finds all of them: what [`Page::found`] tells.
#[must_use]
pub fn find(html: &[u8]) -> Vec<Found> {
    let mut found = Page::read(html).found;
    found.retain(|found| found.location != Location::BlockComment);
    found
}

struct Reader<'a> {
    html: &'a [u8],
    page: Page,
    open: OpenElements,
    blocks: Blocks<'a>,
    markdown: MarkdownImages,
    /// The place of the frame whose start tag came last, if it is one of the elements.
    open_frame: Option<usize>,
}

impl Reader<'_> {
    /// Whether nothing that comes behind the last of Amazon's hosts says more of what was found.
    fn is_done(&self) -> bool {
        let is_awaited = |link: &Link| !link.has_words && link.elements_before < self.page.elements.len();
        self.open_frame.is_none() && !self.markdown.is_read() && !self.open.links().any(is_awaited)
    }

    /// Whether the text between two tags says anything.
    fn reads_text(&self) -> bool {
        self.markdown.is_read() || self.open.awaits_words()
    }

    fn text(&mut self, text: &Range<usize>) {
        if let Some(link) = self.open.link_mut().filter(|link| !link.has_words) {
            link.has_words = self.html.get(text.clone()).is_some_and(has_words);
        }
        self.markdown.take_text(self.html, text.clone());
    }

    fn tag(&mut self, tag: &Tokenizer<'_>, is_end: bool) {
        let Some(name) = ElementName::of(tag.name) else { return };
        match (name, is_end) {
            (ElementName::Link, false) => {
                self.open.open_link(Link::new(tag.content.end..tag.span.end, self.page.elements.len()));
            }
            (ElementName::Link, true) => self.close_link(),
            (ElementName::Table, false) => self.open.open_table(),
            (ElementName::Table, true) => self.open.close_table(),
            (ElementName::Cell, false) => self.open.open_cell(),
            (ElementName::Cell, true) | (ElementName::Row, _) => self.open.close_cell(),
            (ElementName::Code, is_end) => self.markdown.take_code(is_end),
            (ElementName::Frame, true) => self.close_frame(tag.span.end),
            (ElementName::Image | ElementName::AmpImage | ElementName::Source | ElementName::Frame, false) => {
                self.element(name, tag)
            }
            (ElementName::Image | ElementName::AmpImage | ElementName::Source, true) => {}
        }
    }

    /// Looks at all the URLs of an element that may show a picture.
    fn element(&mut self, name: ElementName, tag: &Tokenizer<'_>) {
        if name == ElementName::Frame {
            self.open_frame = None;
        }
        let before = self.page.found.len();
        if self.html.get(tag.span.clone()).is_some_and(mentions_host) {
            self.urls(name, tag);
        }
        if self.page.found.len() == before {
            if let Some(link) = self.open.link_mut().filter(|link| !link.has_words && name != ElementName::Source) {
                link.has_words = Element::has_alt(self.html, tag.attributes());
            }
            return;
        }
        if is_in_shortcode(self.html, &tag.span) {
            self.page.found.truncate(before);
            return;
        }
        let mut element = Element::read(self.html, name, tag);
        element.is_linked = self.complete(before);
        element.is_pixel = self.page.found.iter().skip(before).all(|found| found.kind == Kind::TrackingPixel);
        for place in before..self.page.found.len() {
            self.add_block_attributes(place, &mut element);
            self.markdown.take_picture(place, element.is_linked);
        }
        if name == ElementName::Frame {
            self.open_frame = Some(self.page.elements.len());
        }
        self.page.elements.push(element);
    }

    /// Takes in the URLs of a tag that names one of Amazon's hosts somewhere.
    fn urls(&mut self, name: ElementName, tag: &Tokenizer<'_>) {
        let index = self.page.elements.len();
        let kind = if name == ElementName::Frame { ElementKind::Frame } else { ElementKind::Image };
        let mut seen = [false; URL_ATTRIBUTES.len()];
        for attribute in tag.attributes() {
            let known = self.html.get(attribute.name.clone()).and_then(url_attribute);
            let Some((seen, is_srcset)) = known.and_then(|(n, is_srcset)| Some((seen.get_mut(n)?, is_srcset))) else {
                continue;
            };
            // Of two attributes with one name the first counts, as in a browser.
            let is_second = std::mem::replace(seen, true);
            if is_second || !self.html.get(attribute.value.clone()).is_some_and(mentions_host) {
                continue;
            }
            if is_srcset {
                for url in srcset::urls(self.html, attribute.value.clone()) {
                    self.url(url, kind, Location::Srcset(index, attribute.quote));
                }
            } else if name != ElementName::Source {
                self.url(attribute.value.clone(), kind, Location::Attribute(index, attribute.quote));
            }
        }
    }

    /// Takes a URL in, if it is a picture's.
    fn url(&mut self, value: Range<usize>, kind: ElementKind, location: Location) {
        if let Some(found) = Found::read(self.html, value, kind, location) {
            self.page.found.push(found);
        }
    }

    /// Adds what the link around says. Answers whether there is one.
    fn complete(&mut self, from: usize) -> bool {
        let Some(link) = self.open.link() else { return false };
        for found in self.page.found.iter_mut().skip(from).filter(|found| found.is_incomplete()) {
            if let Some(target) = link.target(self.html) {
                found.complete_by(target);
            }
        }
        link.href(self.html).is_some()
    }

    /// Adds the URL of a block's comment where this picture has the same.
    fn add_block_attributes(&mut self, place: usize, element: &mut Element) {
        let Some(found) = self.page.found.get(place) else { return };
        let Some(values) = self.blocks.take(&found.url) else { return };
        let copy = |value| Found { value, location: Location::BlockComment, ..found.clone() };
        let copies: Vec<_> = values.into_iter().map(copy).collect();
        element.is_url_only = true;
        self.page.found.extend(copies);
    }

    fn close_link(&mut self) {
        if let Some(link) = self.open.close_link()
            && !link.has_words
        {
            let within = self.page.elements.iter_mut().skip(link.elements_before);
            within.for_each(|element| element.is_alone_in_link = true);
        }
    }

    /// What a frame holds is text: its end tag is the next tag behind it, and nothing is found between the two.
    fn close_frame(&mut self, end: usize) {
        let frame = self.open_frame.take().and_then(|place| self.page.elements.get_mut(place));
        // A link cannot hold the link that takes the place of a frame.
        if let Some(frame) = frame.filter(|frame| !frame.is_url_only && self.open.link().is_none()) {
            frame.whole = Some(frame.span.start..end);
        }
    }
}

/// The attributes that hold the URL of a picture, or a list of them; the lazy-loaders' own are beside `src` or in its
/// place.
const URL_ATTRIBUTES: [(&[u8], bool); 11] = [
    (b"src", false),
    (b"data-src", false),
    (b"data-lazy-src", false),
    (b"data-original", false),
    (b"data-orig-file", false),
    (b"data-large-file", false),
    (b"data-cfsrc", false),
    (b"srcset", true),
    (b"data-srcset", true),
    (b"data-lazy-srcset", true),
    (b"data-cfsrcset", true),
];

/// Its place among them, and whether it holds a list.
fn url_attribute(name: &[u8]) -> Option<(usize, bool)> {
    let place = URL_ATTRIBUTES.iter().position(|(known, _)| name.eq_ignore_ascii_case(known))?;
    URL_ATTRIBUTES.get(place).map(|(_, is_list)| (place, *is_list))
}

fn has_frameset(html: &[u8]) -> bool {
    const NAME: &[u8] = b"frameset";
    memchr_iter(b'<', html)
        .any(|at| html.get(at + 1..at + 1 + NAME.len()).is_some_and(|name| name.eq_ignore_ascii_case(NAME)))
}

/// Whether there is more than white space.
fn has_words(text: &[u8]) -> bool {
    let mut rest = text.trim_ascii();
    while let Some(behind) = rest.strip_prefix(b"&nbsp;").or_else(|| rest.strip_prefix("\u{a0}".as_bytes())) {
        rest = behind.trim_ascii_start();
    }
    !rest.is_empty()
}
