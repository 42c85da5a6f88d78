//! What is found in a page.

use std::ops::Range;

use memchr::memchr3;

use crate::asin::Asin;
use crate::html::entities::decoded_url;
use crate::html::link::AmazonLink;
use crate::html::picture::{ElementKind, Kind, PictureUrl};
use crate::html::size::Size;
use crate::html::tag::Quote;
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
    /// The marketplace by the number in the URL; when all is read, only where nothing else has named one.
    pub(super) marketplace_by_number: Option<&'static Marketplace>,
    /// The partner tag, by the URL, else by the link around it.
    pub partner_tag: Option<String>,
    /// The size asked for.
    pub size: Option<Size>,
    /// The URL, entities decoded.
    pub url: String,
    /// Where the URL stands, in bytes of the page: an attribute's value, or a part of it in a `srcset`.
    pub value: Range<usize>,
    /// In what.
    pub(super) location: Location,
}

/// In what a URL stands. Numbers are places among the elements of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Location {
    /// The value of an attribute.
    Attribute(usize, Quote),
    /// One of the URLs of a `srcset` or of another list.
    Srcset(usize, Quote),
    /// A `url(…)` in an attribute.
    Css(usize, Quote),
    /// A string of the JSON in an attribute.
    Json(usize, Quote, JsonForm),
    /// The HTML in an attribute, which is a page of its own.
    Packed,
    /// Markdown.
    Markdown,
    /// The JSON of a block's comment, whose markup holds the same URL.
    BlockComment,
}

/// How a string of JSON is written in an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct JsonForm {
    /// `\/`
    pub has_escaped_slashes: bool,
    /// How often its references were decoded.
    pub times: usize,
}

impl Found {
    /// Reads the URL that stands there.
    pub(super) fn read(html: &[u8], value: Range<usize>, element: ElementKind, location: Location) -> Option<Self> {
        Self::of_url(decoded_url(html, value.clone())?, value, element, location)
    }

    /// Reads a URL that is written there.
    pub(super) fn of_url(url: String, value: Range<usize>, element: ElementKind, location: Location) -> Option<Self> {
        // Brackets are a shortcode's, and quotes an attribute's: a part of those would go with the URL.
        if memchr3(b'[', b']', b'"', url.as_bytes()).is_some() {
            return None;
        }
        let PictureUrl { kind, asin, marketplace, marketplace_by_number, partner_tag, size } =
            PictureUrl::parse(&url, element)?;
        Some(Self { kind, asin, marketplace, marketplace_by_number, partner_tag, size, url, value, location })
    }

    /// Whether a link around it may say what its URL does not.
    pub(super) fn is_incomplete(&self) -> bool {
        self.marketplace.is_none() || self.partner_tag.is_none() || (self.asin.is_none() && self.takes_asin())
    }

    /// Takes what the link around it says, where its URL does not.
    pub(super) fn complete_by(&mut self, link: &AmazonLink) {
        if self.asin.is_none() && self.takes_asin() {
            self.asin.clone_from(&link.asin);
        }
        self.marketplace = self.marketplace.or(Some(link.marketplace));
        self.partner_tag = self.partner_tag.take().or_else(|| link.partner_tag.clone());
    }

    fn takes_asin(&self) -> bool {
        matches!(self.kind, Kind::SitestripeImage | Kind::CdnHash | Kind::ProxiedCdnHash)
    }

    /// Takes what a picture inside of it says, where both are the same.
    pub(super) fn complete_by_same(&mut self, other: &Self) {
        let is_same = match (&self.asin, &other.asin) {
            (Some(own), Some(other)) => own == other,
            _ => name(&self.url).is_some_and(|own| name(&other.url) == Some(own)),
        };
        if is_same {
            self.asin = self.asin.take().or_else(|| other.asin.clone());
            self.marketplace = self.marketplace.or(other.marketplace);
            self.partner_tag = self.partner_tag.take().or_else(|| other.partner_tag.clone());
        }
    }

    /// Takes what is known where nobody has named the marketplace.
    pub(super) fn complete(&mut self) {
        if self.marketplace.is_none() {
            self.marketplace = self.marketplace_by_number;
        } else {
            self.marketplace_by_number = None;
        }
    }
}

/// What a picture is called by Amazon, whatever its size.
fn name(url: &str) -> Option<&str> {
    url.rsplit_once("/images/I/")?.1.split('.').next()
}
