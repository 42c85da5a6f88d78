//! Finding: every Amazon picture of a page, with what its URL and the link around it say.

use std::ops::Range;

use memchr::memchr_iter;

use crate::asin::Asin;
use crate::html::block_comments::Blocks;
use crate::html::element::{Element, Name};
use crate::html::leftovers::Leftovers;
use crate::html::link::AmazonLink;
use crate::html::picture::{Carrier, Kind, PictureUrl};
use crate::html::size::Size;
use crate::html::surroundings::{Link, Surroundings};
use crate::html::tokenizer::{Quote, Token, Tokenizer, first};
use crate::html::{entities, is_in_shortcode, may_hold, mentions_host, srcset};
use crate::marketplace::Marketplace;

/// An Amazon picture, frame or pixel: one for each URL that stands in the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its kind.
    pub kind: Kind,
    /// The product, by the URL, else by the link around it.
    pub asin: Option<Asin>,
    /// The marketplace, by the URL, else by the link around it. `None`: the site's own.
    pub marketplace: Option<&'static Marketplace>,
    /// The partner tag, by the URL, else by the link around it.
    pub partner_tag: Option<String>,
    /// The size asked for.
    pub size: Option<Size>,
    /// The URL, entities decoded.
    pub url: String,
    /// Where the URL stands, in bytes of the page: an attribute's value, or a part of it in a `srcset`.
    pub value: Range<usize>,
    /// In what.
    pub(super) place: Place,
}

/// In what a URL stands. Numbers are places in [`Page::elements`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The value of an attribute.
    Attribute(usize, Quote),
    /// One of the URLs of a `srcset`.
    Srcset(usize, Quote),
    /// Markdown.
    Markdown,
    /// The JSON of a block's comment, whose markup holds the same URL.
    BlockComment,
}

/// What a page holds: read once, to be looked at and then rewritten.
#[derive(Debug, Default)]
pub struct Page {
    /// In the order of the page.
    pub(super) found: Vec<Found>,
    /// The elements that hold them.
    pub(super) elements: Vec<Element>,
}

impl Page {
    /// All pictures, in the order of the page. The URL that a block's comment holds once more is its element's, and no
    /// picture of its own.
    pub fn found(&self) -> impl Iterator<Item = &Found> {
        self.found.iter().filter(|found| found.place != Place::BlockComment)
    }
}

/// Finds all of them: what [`Page::found`] tells.
#[must_use]
pub fn find(html: &[u8]) -> Vec<Found> {
    let mut found = read(html).found;
    found.retain(|found| found.place != Place::BlockComment);
    found
}

/// Reads a page. It has to be the same bytes that are rewritten.
#[must_use]
pub fn read(html: &[u8]) -> Page {
    read_with(html, true, &Kind::ALL)
}

/// Reads a page, its Markdown or HTML alone: what a visitor has typed is often printed as text, and so would be Markdown.
/// Where none of these kinds is, nothing may be found at all.
#[must_use]
pub fn read_with(html: &[u8], markdown: bool, kinds: &[Kind]) -> Page {
    if !may_hold(html, kinds) {
        return Page::default();
    }
    let mut reader = Reader {
        html,
        page: Page::default(),
        around: Surroundings::default(),
        blocks: Blocks::default(),
        leftovers: Leftovers::new(html, markdown),
        open_frame: None,
    };
    let mut tokenizer = Tokenizer::new(html);
    loop {
        let token = tokenizer.next();
        reader.text(&tokenizer.text);
        match token {
            Some(Token::Comment) => reader.blocks.comment(html, tokenizer.content.clone()),
            Some(Token::Foreign) => {}
            Some(token) => reader.tag(&tokenizer, token == Token::End),
            None => break,
        }
    }
    reader.leftovers.resolve(html, &mut reader.page.found);
    // Without the pixel in front of it, a browser would take a frameset for one.
    if reader.page.elements.iter().any(|element| element.is_pixel) && has_frameset(html) {
        reader.page.elements.iter_mut().for_each(|element| element.is_url_only |= element.is_pixel);
    }
    // A block's comment stands before its markup and is found behind it; so is a reference.
    reader.page.found.sort_by_key(|found| found.value.start);
    reader.page
}

struct Reader<'a> {
    html: &'a [u8],
    page: Page,
    around: Surroundings,
    blocks: Blocks<'a>,
    leftovers: Leftovers,
    /// The place of the frame whose start tag came last, if it is one of the elements.
    open_frame: Option<usize>,
}

impl Reader<'_> {
    fn text(&mut self, text: &Range<usize>) {
        if let Some(link) = self.around.link_mut().filter(|link| !link.has_words) {
            link.has_words = self.html.get(text.clone()).is_some_and(has_words);
        }
        self.leftovers.text(self.html, text.clone());
    }

    fn tag(&mut self, tag: &Tokenizer<'_>, is_end: bool) {
        let Some(name) = self.html.get(tag.content.clone()).and_then(Name::of) else { return };
        match (name, is_end) {
            (Name::Link, false) => {
                let href = first(self.html, &tag.attributes, b"href").map(|attribute| attribute.value.clone());
                let link = Link { href, elements_before: self.page.elements.len(), has_words: false };
                self.around.open_link(link);
            }
            (Name::Link, true) => self.close_link(),
            (Name::Table, false) => self.around.open_table(),
            (Name::Table, true) => self.around.close_table(),
            (Name::Cell, false) => self.around.open_cell(),
            (Name::Cell, true) | (Name::Row, _) => self.around.close_cell(),
            (Name::Code, is_end) => self.leftovers.code(is_end),
            (Name::Frame, true) => self.close_frame(tag.span.end),
            (Name::Image | Name::AmpImage | Name::Source | Name::Frame, false) => self.element(name, tag),
            (Name::Image | Name::AmpImage | Name::Source, true) => {}
        }
    }

    /// Looks at all the URLs of an element that may show a picture.
    fn element(&mut self, name: Name, tag: &Tokenizer<'_>) {
        let attributes = &tag.attributes;
        if name == Name::Frame {
            self.open_frame = None;
        }
        let before = self.page.found.len();
        let index = self.page.elements.len();
        let carrier = if name == Name::Frame { Carrier::Frame } else { Carrier::Image };
        let mut seen = [false; URL_ATTRIBUTES.len()];
        for attribute in attributes {
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
                    self.url(url, carrier, Place::Srcset(index, attribute.quote));
                }
            } else if name != Name::Source {
                self.url(attribute.value.clone(), carrier, Place::Attribute(index, attribute.quote));
            }
        }
        if self.page.found.len() == before {
            if let Some(link) = self.around.link_mut()
                && name != Name::Source
            {
                link.has_words |= Element::has_alt(self.html, attributes);
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
            self.add_twins(place, &mut element);
            self.leftovers.picture(place, element.is_linked);
        }
        if name == Name::Frame {
            self.open_frame = Some(index);
        }
        self.page.elements.push(element);
    }

    /// Takes a URL in, if it is a picture's.
    fn url(&mut self, value: Range<usize>, carrier: Carrier, place: Place) {
        if let Some(found) = Found::read(self.html, value, carrier, place) {
            self.page.found.push(found);
        }
    }

    /// Adds what the link around says. Answers whether there is one.
    fn complete(&mut self, from: usize) -> bool {
        let Some(link) = self.around.link() else { return false };
        let Some(link) = link.href.clone() else { return false };
        if let Some(link) = text(self.html, link).and_then(|href| AmazonLink::parse(&href)) {
            self.page.found.iter_mut().skip(from).for_each(|found| found.complete_by(&link));
        }
        true
    }

    /// Adds the URL of a block's comment where this picture has the same.
    fn add_twins(&mut self, place: usize, element: &mut Element) {
        let Some(found) = self.page.found.get(place) else { return };
        let Some(twins) = self.blocks.take(&found.url) else { return };
        let twins: Vec<_> =
            twins.into_iter().map(|value| Found { value, place: Place::BlockComment, ..found.clone() }).collect();
        element.is_url_only = true;
        self.page.found.extend(twins);
    }

    fn close_link(&mut self) {
        if let Some(link) = self.around.close_link()
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
        if let Some(frame) = frame.filter(|frame| !frame.is_url_only && self.around.link().is_none()) {
            frame.whole = Some(frame.span.start..end);
        }
    }
}

impl Found {
    /// Reads the URL that stands there.
    pub(super) fn read(html: &[u8], value: Range<usize>, carrier: Carrier, place: Place) -> Option<Self> {
        let url = text(html, value.clone())?;
        let PictureUrl { kind, asin, marketplace, partner_tag, size } = PictureUrl::parse(&url, carrier)?;
        Some(Self { kind, asin, marketplace, partner_tag, size, url, value, place })
    }

    pub(super) fn complete_by(&mut self, link: &AmazonLink) {
        if self.asin.is_none() && matches!(self.kind, Kind::SitestripeImage | Kind::CdnHash | Kind::ProxiedCdnHash) {
            self.asin.clone_from(&link.asin);
        }
        self.marketplace = self.marketplace.or(Some(link.marketplace));
        self.partner_tag = self.partner_tag.take().or_else(|| link.partner_tag.clone());
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

/// A URL as it stands there, entities decoded; one that is not UTF-8 is none of Amazon's.
pub(super) fn text(html: &[u8], range: Range<usize>) -> Option<String> {
    let raw = std::str::from_utf8(html.get(range)?).ok()?;
    Some(entities::decode_url(raw).into_owned())
}
