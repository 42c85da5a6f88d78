//! Rewriting: the URLs of found pictures replaced, what their tags lack put beside them, and every other byte kept.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use crate::html::element::{Element, ElementName, alt_with};
use crate::html::find::Page;
use crate::html::found::{Found, Location};
use crate::html::picture::Kind;
use crate::html::product_box::{Writable, product_box};
use crate::html::size::{choose, shown_at};
use crate::html::tag::Quote;
use crate::html::{block_comments, css, entities, json};
use crate::image::{FallbackTexts, Image, Images, Picture};
use crate::marketplace::Marketplace;

/// What to rewrite.
#[derive(Debug, Clone)]
pub struct RewriteOptions<'a> {
    /// For pictures whose markup names no marketplace.
    pub default_marketplace: Option<&'static Marketplace>,
    /// The kinds that are touched; a tracking pixel among them is removed.
    pub kinds: &'a [Kind],
    /// A host beside Amazon's own on which a picture may be: that of the configured endpoint.
    pub extra_host: Option<&'a str>,
    /// An empty `alt` of a picture that is all its link shows becomes the product's title.
    pub fill_alt: bool,
    /// What takes the place of a picture in a link where there is no fresh one.
    pub fallback_text: Option<&'a FallbackTexts>,
}

impl Default for RewriteOptions<'_> {
    fn default() -> Self {
        Self {
            default_marketplace: None,
            kinds: &[Kind::SitestripeImage, Kind::ProductIframe, Kind::CdnAsin],
            extra_host: None,
            fill_alt: true,
            fallback_text: None,
        }
    }
}

/// The rewritten page; `None` where nothing is to be changed.
#[must_use]
pub fn rewrite(html: &[u8], images: &Images, options: &RewriteOptions<'_>) -> Option<Vec<u8>> {
    Page::read(html).rewrite(html, images, options)
}

impl Page {
    /// The rewritten page; `None` where nothing is to be changed.
    #[must_use]
    pub fn rewrite(&self, html: &[u8], images: &Images, options: &RewriteOptions<'_>) -> Option<Vec<u8>> {
        let edits = self.edits(html, images, options)?;
        let mut rewritten = Vec::with_capacity(edits.length());
        edits.pieces(html).for_each(|piece| rewritten.extend_from_slice(piece));
        Some(rewritten)
    }

    /// What makes the rewritten page of this one; `None` where nothing is to be changed.
    #[must_use]
    pub fn edits(&self, html: &[u8], images: &Images, options: &RewriteOptions<'_>) -> Option<Edits> {
        let mut rewriter = Rewriter {
            html,
            page: self,
            images,
            options,
            edits: Edits::with_room_for(2 * self.found.len()),
            fresh: None,
            writable: Writable::new(options.extra_host),
        };
        for found in &self.found {
            // `None`: in doubt, left as it is.
            let _ = rewriter.rewrite(found);
        }
        let mut edits = rewriter.edits;
        for packed in &self.packed {
            let inner = packed.page.edits(packed.html.text.as_bytes(), images, options);
            for (range, text) in inner.iter().flat_map(Edits::iter) {
                edits.push(packed.html.written_range(range), &packed.html.escape(text, packed.quote));
            }
        }
        edits.complete(html)
    }
}

/// A rewritten page that is still to be put together, wherever it is wanted.
#[derive(Debug)]
pub struct Edits {
    /// The bytes that give way, and which part of the text takes their place.
    edits: Vec<(Range<usize>, Range<usize>)>,
    text: String,
    length: usize,
}

impl Edits {
    fn with_room_for(count: usize) -> Self {
        Self { edits: Vec::with_capacity(count), text: String::with_capacity(64 * count), length: 0 }
    }

    fn push(&mut self, range: Range<usize>, text: &str) {
        self.write(range, |written| written.push_str(text));
    }

    /// Takes what is put behind the text of the others.
    fn write(&mut self, range: Range<usize>, write: impl FnOnce(&mut String)) {
        let start = self.text.len();
        write(&mut self.text);
        self.edits.push((range, start..self.text.len()));
    }

    /// In the order of the page; `None` where they change nothing.
    fn complete(mut self, html: &[u8]) -> Option<Self> {
        let mut kept = 0;
        self.length = html.len();
        self.edits.sort_by_key(|(range, _)| range.start);
        self.edits.retain(|(range, text)| {
            // Two attributes of one replaced tag: the second has nothing left to change.
            let is_one = range.start >= kept
                && html
                    .get(range.clone())
                    .is_some_and(|replaced| Some(replaced) != self.text.as_bytes().get(text.clone()));
            if is_one {
                kept = range.end;
                self.length = self.length - range.len() + text.len();
            }
            is_one
        });
        (!self.edits.is_empty()).then_some(self)
    }

    /// The bytes that give way, and what takes their place.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Range<usize>, &str)> {
        self.edits.iter().map(|(range, text)| (range, self.text.get(text.clone()).unwrap_or_default()))
    }

    /// How many bytes the page has.
    #[must_use]
    pub fn length(&self) -> usize {
        self.length
    }

    /// The page, piece by piece. It has to be the one that was read.
    pub fn pieces<'a>(&'a self, html: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
        let mut kept = 0;
        let changed = self.iter().flat_map(move |(range, replacement)| {
            let before = html.get(kept..range.start).unwrap_or_default();
            kept = range.end;
            [before, replacement.as_bytes()]
        });
        let rest = self.edits.last().map_or(0, |(range, _)| range.end);
        changed.chain(html.get(rest..))
    }
}

struct Rewriter<'a> {
    html: &'a [u8],
    page: &'a Page,
    images: &'a Images,
    options: &'a RewriteOptions<'a>,
    edits: Edits,
    /// The URLs of all fresh pictures, once they are needed.
    fresh: Option<HashSet<&'a str>>,
    writable: Writable<'a>,
}

impl<'a> Rewriter<'a> {
    fn rewrite(&mut self, found: &Found) -> Option<()> {
        if !self.options.kinds.contains(&found.kind) || found.location == Location::Packed {
            return None;
        }
        match found.kind {
            Kind::BannerIframe => None,
            Kind::TrackingPixel => {
                let element = self.element(found).filter(|element| element.is_pixel && !element.is_url_only)?;
                self.replace_tag(element.span.clone(), "")
            }
            Kind::ProductIframe => {
                let replacement = product_box(self.image(found)?, self.options.extra_host)?;
                self.edits.push(self.element(found)?.whole.clone()?, &replacement);
                Some(())
            }
            // Where a picture's own URL named another product than its link does, its fresh one names none.
            Kind::CdnHash if self.is_fresh(&found.url) => None,
            Kind::SitestripeImage | Kind::CdnAsin | Kind::CdnHash | Kind::ProxiedCdnHash => match self.image(found) {
                Some(image) => self.picture(found, image),
                None => self.fallback_text(found),
            },
        }
    }

    fn is_fresh(&mut self, url: &str) -> bool {
        let images = self.images;
        let urls = || images.values().flat_map(|image| image.sizes()).map(|picture| picture.url.as_str()).collect();
        self.fresh.get_or_insert_with(urls).contains(url)
    }

    fn picture(&mut self, found: &Found, image: &'a Image) -> Option<()> {
        if image.sizes().any(|picture| picture.url == found.url) {
            return None;
        }
        let (picture, larger) = choose(image, found.size)?;
        if !self.writable.is(&picture.url) {
            return None;
        }
        let range = found.value.clone();
        match found.location {
            Location::BlockComment => self.edits.push(range, &block_comments::escape(&picture.url)),
            Location::Markdown => {
                // Its own brackets and quotes have no escape that every reader of Markdown knows.
                if picture.url.contains(['(', ')', '[', ']', '<', '>', '"', '`']) {
                    return None;
                }
                self.edits.write(range, |text| entities::escape_into(text, &picture.url, Quote::Double));
            }
            Location::Srcset(_, quote) => {
                if picture.url.starts_with(',') || picture.url.ends_with(',') {
                    return None;
                }
                self.edits.write(range, |text| entities::escape_into(text, &picture.url, quote));
            }
            Location::Css(_, quote) => {
                if !css::is_plain(&picture.url) {
                    return None;
                }
                self.edits.write(range, |text| entities::escape_into(text, &picture.url, quote));
            }
            Location::Json(_, quote, form) => {
                // It may be in a `url(…)`.
                if !css::is_plain(&picture.url) {
                    return None;
                }
                let written = json::escape(&picture.url, form.has_escaped_slashes);
                let written = (0..form.times).fold(written, |written, _| entities::escape(&written, quote));
                self.edits.push(range, &written);
            }
            Location::Packed => return None,
            Location::Attribute(_, quote) => {
                let element = self.element(found)?;
                let is_source = element.source == Some(range.start);
                let end = range.end;
                // In the order of the page, which leaves little to sort.
                self.edits.write(range, |text| entities::escape_into(text, &picture.url, quote));
                if is_source && element.name == ElementName::Image && !element.is_url_only {
                    let behind = end + usize::from(quote != Quote::None);
                    let larger = larger.filter(|larger| self.writable.is(&larger.url));
                    self.edits.write(behind..behind, |lacking| {
                        add_size(lacking, element, picture, found);
                        add_dense(lacking, element, picture, found, larger);
                    });
                    if let Some((range, alt)) = self.alt(element, image) {
                        self.edits.push(range, &alt);
                    }
                }
            }
        }
        Some(())
    }

    /// The picture in words, where a link is left that leads to it.
    fn fallback_text(&mut self, found: &Found) -> Option<()> {
        let text = self.options.fallback_text?.get(self.marketplace(found), found.asin.as_ref()?)?.trim();
        let element = self.element(found).filter(|element| element.source == Some(found.value.start))?;
        if element.name != ElementName::Image || !element.is_linked || element.is_url_only || text.is_empty() {
            return None;
        }
        // The author's own words for it are better than ours.
        let own = element.alt.as_ref().filter(|_| !element.is_alt_blank);
        let own = own.and_then(|alt| std::str::from_utf8(self.html.get(alt.value.clone())?).ok());
        let text = match own {
            Some(own) => {
                let marks = [('<', "&lt;"), ('>', "&gt;"), ('[', "&#x5b;"), (']', "&#x5d;")];
                marks.iter().fold(own.trim().to_owned(), |text, (mark, written)| text.replace(*mark, written))
            }
            None => entities::escape(text, Quote::Double),
        };
        self.replace_tag(element.span.clone(), &text)
    }

    /// Behind a lone `<` or `&` that is text, what takes the place of a tag would become a tag or a character.
    fn replace_tag(&mut self, range: Range<usize>, replacement: &str) -> Option<()> {
        let before = self.html.get(range.start.saturating_sub(2)..range.start)?;
        if !before.ends_with(b">") && before.iter().any(|byte| matches!(byte, b'<' | b'&')) {
            return None;
        }
        // Nor may Markdown arise where the tag was.
        let behind = self.html.get(range.end).copied();
        let is_closing = before.ends_with(b")") || before.ends_with(b"]");
        if replacement.is_empty() && is_closing && matches!(behind, Some(b'[' | b'(' | b':')) {
            return None;
        }
        self.edits.push(range, replacement);
        Some(())
    }

    fn alt(&self, element: &Element, image: &Image) -> Option<(Range<usize>, String)> {
        let title = image.title.as_deref().map(str::trim).filter(|title| !title.is_empty())?;
        let alt = element.alt.as_ref()?;
        let is_wanted = self.options.fill_alt && element.is_alt_blank && element.is_linked && element.is_alone_in_link;
        is_wanted.then(|| alt_with(self.html, alt, &entities::escape(title, Quote::Double))).flatten()
    }

    fn image(&self, found: &Found) -> Option<&'a Image> {
        let asin = found.asin.as_ref()?;
        let own = self.images.get(self.marketplace(found), asin);
        // Numbers were copied from one country's posts to the other's.
        let sites_own = || found.marketplace_by_number.and_then(|_| self.images.get(self.default_marketplace(), asin));
        own.or_else(sites_own).map(Arc::as_ref)
    }

    fn default_marketplace(&self) -> &'static str {
        self.options.default_marketplace.map_or("", |marketplace| marketplace.host)
    }

    /// Its host; empty where nobody has named one.
    fn marketplace(&self, found: &Found) -> &'static str {
        found.marketplace.map_or_else(|| self.default_marketplace(), |marketplace| marketplace.host)
    }

    fn element(&self, found: &Found) -> Option<&'a Element> {
        match found.location {
            Location::Attribute(number, _)
            | Location::Srcset(number, _)
            | Location::Css(number, _)
            | Location::Json(number, ..) => self.page.elements.get(number),
            Location::Packed | Location::Markdown | Location::BlockComment => None,
        }
    }
}

/// The room that the picture will take, so that nothing moves when it comes.
fn add_size(attributes: &mut String, element: &Element, picture: &Picture, found: &Found) {
    if let Some((width, height)) = shown_at(picture, found.size).filter(|_| !element.is_sized) {
        let mut number = itoa::Buffer::new();
        attributes.extend([" width=\"", number.format(width)]);
        attributes.extend(["\" height=\"", number.format(height), "\""]);
    }
}

/// The next larger picture, for screens that show twice as many pixels in the same room.
fn add_dense<'a>(
    attributes: &mut String,
    element: &Element,
    picture: &Picture,
    found: &Found,
    mut larger: impl Iterator<Item = &'a Picture>,
) {
    let mut chosen = || {
        let own = picture.width.filter(|width| *width > 0)?;
        let (shown, _) = shown_at(picture, found.size)?;
        // A picture that is shown at half its size or less is dense already, and a larger one only takes longer to come.
        if element.has_other_sources || u64::from(own) * 10 >= u64::from(shown) * 19 {
            return None;
        }
        // Where the tag sizes it by itself, the larger one must be as large by nature.
        let unit = u64::from(if element.is_sized { own } else { shown });
        larger.find_map(|other| {
            let hundredths = u64::from(other.width?) * 100 / unit;
            // Less than that is not seen.
            (hundredths >= 120 && !other.url.ends_with(',') && !other.url.starts_with(','))
                .then_some((&other.url, hundredths))
        })
    };
    if let Some((url, hundredths)) = chosen() {
        let (whole, part) = (hundredths / 100, hundredths % 100);
        *attributes += &format!(" srcset=\"{} {whole}.{part:02}x\"", entities::escape(url, Quote::Double));
    }
}
