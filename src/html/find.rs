//! Finding: every Amazon picture of a page, with what its URL and the link around it say.

use std::ops::Range;

use memchr::memmem;

use crate::asin::Asin;
use crate::html::entities;
use crate::html::link::AmazonLink;
use crate::html::mentions_amazon;
use crate::html::picture::{Carrier, Kind, PictureUrl};
use crate::html::tokenizer::{Attribute, Quote, Tag, Tokenizer};
use crate::marketplace::Marketplace;

/// An Amazon picture, frame or pixel: one for each attribute that holds its URL.
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
    /// The size asked for, in pixels of the longest side.
    pub size: Option<u32>,
    /// The URL, entities decoded.
    pub url: String,
    /// The attribute's value, in bytes of the page.
    pub value: Range<usize>,
    /// What surrounds the value.
    pub(super) quote: Quote,
    /// The whole start tag.
    pub(super) tag: Range<usize>,
    /// The whole element, for a frame whose end tag stands where it should.
    pub(super) frame: Option<Range<usize>>,
    /// The tag says how large the picture is to be shown.
    pub(super) is_sized: bool,
}

/// The attributes that hold the URL of a picture; the lazy-loaders' own are beside `src` or in its place.
const URL_ATTRIBUTES: [&[u8]; 7] =
    [b"src", b"data-src", b"data-lazy-src", b"data-original", b"data-orig-file", b"data-large-file", b"data-cfsrc"];

/// Finds all of them, in the order of the page.
#[must_use]
pub fn find(html: &[u8]) -> Vec<Found> {
    let mut all = Vec::new();
    if !mentions_amazon(html) {
        return all;
    }
    let mut tokenizer = Tokenizer::new(html);
    let mut attributes = Vec::new();
    let mut link = None;
    while let Some(tag) = tokenizer.next_tag(&mut attributes) {
        // A link ends where it is closed, or where the next one begins: links do not nest.
        if tag.is(html, "a") {
            link = if tag.is_end { None } else { href(html, &attributes) };
            continue;
        }
        if tag.is_end && tag.is(html, "iframe") {
            // A link cannot hold the link that takes the place of a frame.
            if link.is_none() {
                close_frame(&mut all, &tag);
            }
            continue;
        }
        let carrier = match tag.is_end {
            false if tag.is(html, "img") || tag.is(html, "amp-img") => Carrier::Image,
            false if tag.is(html, "iframe") => Carrier::Frame,
            _ => continue,
        };
        for attribute in url_attributes(html, &attributes) {
            let Some(url) = text(html, attribute) else { continue };
            let Some(picture) = PictureUrl::parse(&url, carrier) else { continue };
            let mut found = Found {
                kind: picture.kind,
                asin: picture.asin,
                marketplace: picture.marketplace,
                partner_tag: picture.partner_tag,
                size: picture.size,
                url,
                value: attribute.value.clone(),
                quote: attribute.quote,
                tag: tag.span.clone(),
                frame: None,
                is_sized: is_sized(html, &attributes),
            };
            if let Some(link) = link.clone().and_then(|href: String| AmazonLink::parse(&href)) {
                found.complete_by(link);
            }
            all.push(found);
        }
    }
    all
}

impl Found {
    fn complete_by(&mut self, link: AmazonLink) {
        if self.asin.is_none() && matches!(self.kind, Kind::CdnHash | Kind::ProxiedCdnHash) {
            self.asin = link.asin;
        }
        self.marketplace = self.marketplace.or(Some(link.marketplace));
        self.partner_tag = self.partner_tag.take().or(link.partner_tag);
    }
}

fn href(html: &[u8], attributes: &[Attribute]) -> Option<String> {
    first(html, attributes, b"href").and_then(|attribute| text(html, attribute))
}

/// What a frame holds is text: its end tag is the next tag behind it, and nothing is found between the two.
fn close_frame(all: &mut [Found], end: &Tag) {
    let Some(last) = all.last_mut() else { return };
    if matches!(last.kind, Kind::ProductIframe | Kind::BannerIframe) && last.frame.is_none() {
        last.frame = Some(last.tag.start..end.span.end);
    }
}

/// By attributes of its own, or by its style.
fn is_sized(html: &[u8], attributes: &[Attribute]) -> bool {
    let style = first(html, attributes, b"style").and_then(|style| html.get(style.value.clone()));
    first(html, attributes, b"width").is_some()
        || first(html, attributes, b"height").is_some()
        || style.is_some_and(|style| {
            let style = style.to_ascii_lowercase();
            memmem::find(&style, b"width").is_some() || memmem::find(&style, b"height").is_some()
        })
}

/// Each of [`URL_ATTRIBUTES`] that mentions Amazon. Of two with one name the first counts, as in a browser.
fn url_attributes<'a>(html: &'a [u8], attributes: &'a [Attribute]) -> impl Iterator<Item = &'a Attribute> {
    URL_ATTRIBUTES
        .iter()
        .filter_map(|name| first(html, attributes, name))
        .filter(|attribute| html.get(attribute.value.clone()).is_some_and(mentions_amazon))
}

fn first<'a>(html: &[u8], attributes: &'a [Attribute], name: &[u8]) -> Option<&'a Attribute> {
    attributes
        .iter()
        .find(|attribute| html.get(attribute.name.clone()).is_some_and(|written| written.eq_ignore_ascii_case(name)))
}

/// The value, entities decoded; a URL that is not UTF-8 is none of Amazon's.
fn text(html: &[u8], attribute: &Attribute) -> Option<String> {
    let raw = std::str::from_utf8(html.get(attribute.value.clone())?).ok()?;
    Some(entities::decode(raw).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PICTURE: &str =
        "//ws-na.amazon-adsystem.com/widgets/q?ASIN=B00TSUGXKE&amp;ID=AsinImage&#038;MarketPlace=US&Format=_SL160_";

    fn found(html: &str) -> Vec<(Kind, Option<String>, String)> {
        find(html.as_bytes())
            .into_iter()
            .map(|found| (found.kind, found.asin.map(|a| a.to_string()), html[found.value].to_owned()))
            .collect()
    }

    #[test]
    fn a_picture_is_found_in_every_quote_and_case() {
        for html in [
            format!("<img src=\"{PICTURE}\">"),
            format!("<IMG BORDER=0 SRC='{PICTURE}' />"),
            format!("<p><img style='x' src={PICTURE} alt></p>"),
            format!("<noscript><img src=\"{PICTURE}\"></noscript>"),
            format!("<amp-img data-lazy-src=\"{PICTURE}\"></amp-img>"),
        ] {
            let expected = (Kind::SitestripeImage, Some("B00TSUGXKE".to_owned()), PICTURE.to_owned());
            assert_eq!(found(&html), [expected], "{html}");
        }
    }

    #[test]
    fn of_two_attributes_with_one_name_the_first_counts() {
        assert_eq!(found(&format!("<img src src=\"{PICTURE}\">")), []);
        assert_eq!(found(&format!("<img src=x.jpg src=\"{PICTURE}\">")), []);
    }

    #[test]
    fn a_decoded_url_is_told() {
        let html = format!("<img src=\"{PICTURE}\">");
        assert!(find(html.as_bytes()).first().unwrap().url.ends_with("&ID=AsinImage&MarketPlace=US&Format=_SL160_"));
    }

    #[test]
    fn nothing_is_found_in_comments_scripts_and_text() {
        for html in [
            format!("<!-- <img src=\"{PICTURE}\"> -->"),
            format!("<script>document.write('<img src=\"{PICTURE}\">')</script>"),
            format!("<textarea><img src=\"{PICTURE}\"></textarea>"),
            format!("<a title='<img src=\"{PICTURE}\">'>x</a>"),
            format!("&lt;img src=\"{PICTURE}\"&gt;"),
            format!("<img alt=\"{PICTURE}\">"),
        ] {
            assert_eq!(found(&html), [], "{html}");
        }
    }

    #[test]
    fn a_hash_takes_its_product_from_the_link_around_it_alone() {
        let hash = "<img src=https://m.media-amazon.com/images/I/41._SL160_.jpg>";
        let link = "<a href='https://www.amazon.de/dp/B00TSUGXKE?tag=x-21'>";
        let asin = |html: String| find(html.as_bytes()).remove(0).asin.map(|asin| asin.to_string());
        assert_eq!(asin(format!("{link}{hash}</a>")).as_deref(), Some("B00TSUGXKE"));
        assert_eq!(asin(format!("{link}text</a>{hash}")), None);
        assert_eq!(asin(format!("<a href='https://www.ebay.de/dp/B00TSUGXKE'>{hash}</a>")), None);
        assert_eq!(asin(format!("{link}text<a href='/x'>{hash}</a>")), None);
    }

    #[test]
    fn the_link_around_tells_the_marketplace_where_the_picture_does_not() {
        let html = "<a href='https://www.amazon.de/dp/B00TSUGXKE?tag=x-21'>\
                    <img src=http://ecx.images-amazon.com/images/P/B00TSUGXKE.01.jpg></a>";
        let found = find(html.as_bytes()).remove(0);
        assert_eq!(found.marketplace.map(|m| m.host), Some("www.amazon.de"));
        assert_eq!(found.partner_tag.as_deref(), Some("x-21"));
    }
}
