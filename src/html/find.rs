//! Finding: every Amazon picture of a page, with what its URL and the link around it say.

use std::ops::Range;

use memchr::memchr_iter;

use crate::html::attribute;
use crate::html::attribute_urls;
use crate::html::block_comments::Blocks;
use crate::html::consent::is_withheld;
use crate::html::element::{Element, ElementName, Sources};
use crate::html::entities::{Decoded, has_unread};
use crate::html::found::{Found, Location};
use crate::html::markdown_images::MarkdownImages;
use crate::html::open_elements::{Link, OpenElements};
use crate::html::picture::Kind;
use crate::html::prefilter::{Mentions, last_mention, may_hold, mentions_host};
use crate::html::shortcode::Brackets;
use crate::html::tag::{Attribute, Form, Quote};
use crate::html::tokenizer::{TokenKind, Tokenizer};

/// What a page holds: read once, to be looked at and then rewritten.
#[derive(Debug, Default)]
pub struct Page {
    /// In the order of the page.
    pub(super) found: Vec<Found>,
    /// The elements that hold them.
    pub(super) elements: Vec<Element>,
    /// What attributes hold of HTML.
    pub(super) packed: Vec<PackedPage>,
}

/// A page in an attribute, as lazy loaders keep a frame there until it is wanted.
#[derive(Debug)]
pub(super) struct PackedPage {
    /// The HTML, and where it is written.
    pub html: Decoded,
    /// What surrounds it.
    pub quote: Quote,
    /// What it holds.
    pub page: Page,
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
        let mut page = Self::read_any(html, markdown, false);
        let packed = page.packed.iter_mut().flat_map(|packed| &mut packed.page.found);
        page.found.iter_mut().chain(packed).for_each(Found::complete);
        page
    }

    fn read_any(html: &[u8], markdown: bool, is_packed: bool) -> Self {
        let last = last_mention(html).unwrap_or_default();
        let mut reader = Reader {
            html,
            page: Page::default(),
            open: OpenElements::default(),
            blocks: Blocks::default(),
            markdown: MarkdownImages::new(html, markdown),
            open_frame: None,
            mentions: Mentions::new(html),
            wrappers: Vec::new(),
            brackets: Brackets::default(),
            attributes: Vec::new(),
            is_packed,
        };
        let mut tokenizer = Tokenizer::new(html);
        loop {
            tokenizer.passes_over = !reader.reads_text();
            tokenizer.next_mention = reader.mentions.behind(tokenizer.span.end);
            let token = tokenizer.next();
            reader.text(&tokenizer.text);
            match token {
                Some(TokenKind::Comment) => reader.comment(&tokenizer),
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

/// More around a picture, and more of it, than this are no gallery's.
const MOST_WRAPPERS: usize = 50;

struct Reader<'a> {
    html: &'a [u8],
    page: Page,
    open: OpenElements,
    blocks: Blocks<'a>,
    markdown: MarkdownImages,
    /// The place of the frame whose start tag came last, if it is one of the elements.
    open_frame: Option<usize>,
    mentions: Mentions<'a>,
    /// The places of what elements around the next picture show.
    wrappers: Vec<usize>,
    brackets: Brackets,
    /// Those of the tag that is looked at.
    attributes: Vec<Attribute>,
    /// It reads the HTML in an attribute.
    is_packed: bool,
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

    fn comment(&mut self, comment: &Tokenizer<'_>) {
        // Each post in a file of posts begins anew.
        if self.html.get(comment.span.clone()) == Some(b"<![CDATA[") {
            self.open = OpenElements::default();
        }
        self.blocks.comment(self.html, comment.content.clone());
    }

    fn tag(&mut self, tag: &Tokenizer<'_>, is_end: bool) {
        let name = ElementName::of(tag.name).unwrap_or(ElementName::Other);
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
            (ElementName::Image | ElementName::AmpImage | ElementName::Source | ElementName::Frame, _)
            | (ElementName::Other, _) => {}
        }
        let is_shown =
            matches!(name, ElementName::Image | ElementName::AmpImage | ElementName::Source | ElementName::Frame);
        let is_mentioned = self.mentions.any_in(&tag.span);
        if !is_end && is_shown {
            self.element(name, tag, is_mentioned);
        } else if !is_end && is_mentioned && !self.is_script(tag) && !self.is_mere_link(name, tag) {
            self.element(ElementName::Other, tag, true);
        }
    }

    /// What the attributes of these hold is not shown.
    fn is_script(&self, tag: &Tokenizer<'_>) -> bool {
        let name = self.html.get(tag.content.clone()).unwrap_or_default();
        [&b"script"[..], b"style", b"link", b"meta"].iter().any(|known| name.eq_ignore_ascii_case(known))
    }

    /// Whether it is a link that has just begun and mentions Amazon nowhere but where it leads, as most around pictures do.
    fn is_mere_link(&mut self, name: ElementName, tag: &Tokenizer<'_>) -> bool {
        let link = self.open.link().filter(|_| name == ElementName::Link);
        let Some(href) = link.and_then(|link| link.href(self.html)) else { return false };
        let behind = self.html.get(href.end..tag.span.end).unwrap_or_default();
        self.mentions.behind(tag.span.start) >= href.start && !mentions_host(behind)
    }

    /// Looks at all the URLs of an element that may show a picture.
    fn element(&mut self, name: ElementName, tag: &Tokenizer<'_>, is_mentioned: bool) {
        if name == ElementName::Frame {
            self.open_frame = None;
        }
        let before = self.page.found.len();
        let packed_before = self.page.packed.len();
        let sources = if is_mentioned { self.urls(name, tag) } else { Sources::default() };
        if self.page.found.len() == before {
            let is_shown = !matches!(name, ElementName::Source | ElementName::Other);
            if let Some(link) = self.open.link_mut().filter(|link| !link.has_words && is_shown) {
                link.has_words = Element::has_alt(self.html, tag.attributes());
            }
            return;
        }
        if self.brackets.is_in_shortcode(self.html, &tag.span) {
            self.page.found.truncate(before);
            self.page.packed.truncate(packed_before);
            return;
        }
        let mut element = Element::read(self.html, name, tag, &self.attributes);
        element.is_linked = self.complete(before, packed_before);
        element.is_pixel = self.page.found.iter().skip(before).all(|found| found.kind == Kind::TrackingPixel);
        element.add_sources(self.html, tag.attributes(), &sources);
        if name == ElementName::Frame {
            let is_withheld = !sources.has_src && is_withheld(self.html, tag.span.start, tag.attributes());
            element.is_url_only = !tag.is_html || is_withheld || element.has_own_source;
        }
        for place in before..self.page.found.len() {
            if self.page.found.get(place).is_some_and(|found| found.location != Location::Packed) {
                self.add_block_attributes(place, &mut element);
                self.markdown.take_picture(place, element.is_linked);
            }
        }
        match name {
            ElementName::Frame => self.open_frame = Some(self.page.elements.len()),
            ElementName::Image | ElementName::AmpImage => self.complete_wrappers(before),
            ElementName::Other if self.wrappers.len() < MOST_WRAPPERS => {
                self.wrappers.extend((before..self.page.found.len()).take(MOST_WRAPPERS));
            }
            _ => {}
        }
        self.page.elements.push(element);
    }

    /// Takes in what the attributes of a tag show that names one of Amazon's hosts somewhere.
    fn urls(&mut self, name: ElementName, tag: &Tokenizer<'_>) -> Sources {
        // No tag of a page holds more, and so many of which one of the hosts is mentioned.
        const MOST: usize = 1_000;
        const MOST_MENTIONED: usize = 100;
        let (index, mut sources, mut mentioned) = (self.page.elements.len(), Sources::default(), 0);
        let html = self.html;
        let mut attributes = std::mem::take(&mut self.attributes);
        attributes.clear();
        attributes.extend(tag.attributes().take(MOST + 1));
        if attributes.len() > MOST {
            attributes.clear();
        }
        for (place, attribute) in attributes.iter().enumerate() {
            if mentioned == MOST_MENTIONED || !self.mentions.any_in(&attribute.value) {
                continue;
            }
            mentioned += 1;
            let Some((own, value)) = html.get(attribute.name.clone()).zip(html.get(attribute.value.clone())) else {
                continue;
            };
            // Of two attributes with one name the first counts, as in a browser.
            let is_own = |before: &Attribute| {
                before.name.len() == own.len()
                    && html.get(before.name.clone()).is_some_and(|name| name.eq_ignore_ascii_case(own))
            };
            if attributes.iter().take(place).any(is_own) {
                continue;
            }
            let Some(form) = attribute::form(name, own, value) else { continue };
            let before = self.page.found.len();
            match form {
                Form::Markup => self.packed(tag, attribute),
                Form::Url => self.page.found.extend(attribute_urls::whole(html, name, index, attribute)),
                _ => self.page.found.extend(attribute_urls::read(html, name, index, attribute, form)),
            }
            if self.page.found.len() > before {
                sources.add(own, attribute, form);
            }
        }
        self.attributes = attributes;
        sources
    }

    /// Takes in what the HTML in an attribute holds, be it escaped once or twice.
    fn packed(&mut self, tag: &Tokenizer<'_>, attribute: &Attribute) {
        let quote = attribute.quote;
        if self.is_packed || quote == Quote::None {
            return;
        }
        let Some(mut html) = Decoded::once(self.html, attribute.value.clone()) else { return };
        let mut is_doubtful = self.html.get(attribute.value.clone()).is_none_or(has_unread);
        if !html.text.contains('<')
            && let Some(again) = html.decode()
        {
            is_doubtful |= has_unread(html.text.as_bytes());
            html = again;
        }
        // Its tags would be others to a browser.
        if is_doubtful {
            return;
        }
        let mut page = Page::read_any(html.text.as_bytes(), false, true);
        // What holds of the tag holds of what it keeps.
        let has_boxes = tag.is_html && !self.open.is_in_link(self.html);
        for element in &mut page.elements {
            element.is_url_only |= tag.is_ambiguous;
            element.whole.take_if(|_| !has_boxes);
        }
        let copy = |found: &Found| Found {
            value: html.written_range(&found.value),
            location: Location::Packed,
            ..found.clone()
        };
        self.page.found.extend(page.found().map(copy));
        if !page.found.is_empty() {
            self.page.packed.push(PackedPage { html, quote, page });
        }
    }

    /// What is shown around a picture, as its thumbnail or behind it, is kept in step with it.
    fn complete_wrappers(&mut self, from: usize) {
        for place in std::mem::take(&mut self.wrappers) {
            let (wrappers, images) = self.page.found.split_at_mut_checked(from).unwrap_or_default();
            if let Some(wrapper) = wrappers.get_mut(place) {
                images.iter().take(MOST_WRAPPERS).for_each(|image| wrapper.complete_by_same(image));
            }
        }
    }

    /// Adds what the link around says. Answers whether there is one.
    fn complete(&mut self, from: usize, packed_from: usize) -> bool {
        let Some(link) = self.open.link() else { return false };
        let packed = self.page.packed.iter_mut().skip(packed_from).flat_map(|packed| &mut packed.page.found);
        let found = self.page.found.iter_mut().skip(from).chain(packed);
        for found in found.filter(|found| found.is_incomplete()) {
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
        if let Some(frame) = frame.filter(|frame| !frame.is_url_only && !self.open.is_in_link(self.html)) {
            frame.whole = Some(frame.span.start..end);
        }
    }
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
