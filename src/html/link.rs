//! What a link to Amazon says: the marketplace, the product, the partner tag.

use std::borrow::Cow;

use crate::asin::Asin;
use crate::html::url::{Url, decode};
use crate::marketplace::Marketplace;

/// A link to one of Amazon's shops.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmazonLink {
    /// The shop's marketplace.
    pub marketplace: &'static Marketplace,
    /// The product, where the link names one.
    pub asin: Option<Asin>,
    /// The partner tag, where it carries one.
    pub partner_tag: Option<String>,
}

/// The path segments behind which an ASIN stands.
const BEFORE_ASIN: [&str; 7] = ["dp", "product", "asin", "d", "offer-listing", "product-reviews", "detail"];

impl AmazonLink {
    /// Reads the value of an `href`, entities decoded. Links to other shops, and shortened ones, say nothing.
    #[must_use]
    pub fn parse(href: &str) -> Option<Self> {
        let url = Url::parse(href)?;
        let marketplace = Marketplace::by_link_host(url.host)?;
        // `…/gp/redirect.html%3Ftag=…` and the like: the query may be percent-encoded into the path.
        let path = decode(url.path);
        let (path, encoded_query) = path.split_once('?').unwrap_or((&path, ""));
        let inner = Url { query: encoded_query, ..url };
        Some(Self {
            marketplace,
            asin: asin_in(path)
                .or_else(|| {
                    let named = parameter(&url, &inner, &["creativeASIN", "asin", "a"])?;
                    Asin::parse_strict(&named)
                })
                .or_else(|| {
                    // `/exec/obidos/redirect?path=ASIN/…`, `/gp/redirect.html?location=…%2Fdp%2F…`
                    asin_in(&parameter(&url, &inner, &["path", "location"])?)
                }),
            partner_tag: parameter(&url, &inner, &["tag", "t"]).map(Cow::into_owned).or_else(|| tag_in(path)),
        })
    }
}

fn parameter<'a>(url: &Url<'a>, inner: &Url<'a>, names: &[&str]) -> Option<Cow<'a, str>> {
    names.iter().find_map(|name| url.parameter(name).or_else(|| inner.parameter(name)))
}

fn asin_in(path: &str) -> Option<Asin> {
    let mut segments = path.split(['/', '?', '&']);
    while let Some(segment) = segments.next() {
        if BEFORE_ASIN.iter().any(|name| segment.eq_ignore_ascii_case(name)) {
            // `/gp/product/glance/` and `/detail/-/books/`: a word may stand between, and behind `detail` a dash.
            let mut behind = segments.clone().peekable();
            if segment.eq_ignore_ascii_case("detail") {
                behind.next_if_eq(&"-");
            }
            if let Some(asin) = behind.take(2).find_map(Asin::parse_strict) {
                return Some(asin);
            }
        }
    }
    None
}

/// `/exec/obidos/ASIN/0123456789/name-22/ref=nosim`, or the two behind the ASIN the other way round: the segment that
/// ends like a tag.
fn tag_in(path: &str) -> Option<String> {
    let behind_asin = path.split('/').skip_while(|segment| Asin::parse_strict(segment).is_none()).skip(1);
    let is_tag = |segment: &&str| {
        segment.rsplit_once('-').is_some_and(|(name, number)| {
            !name.is_empty() && !name.contains('=') && number.len() == 2 && number.bytes().all(|b| b.is_ascii_digit())
        })
    };
    behind_asin.take(2).find(is_tag).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(href: &str) -> (Option<&'static str>, Option<String>, Option<String>) {
        match AmazonLink::parse(href) {
            Some(link) => (Some(link.marketplace.host), link.asin.map(|asin| asin.to_string()), link.partner_tag),
            None => (None, None, None),
        }
    }

    #[test]
    fn every_form_of_link_names_its_product() {
        for href in [
            "https://www.amazon.com/dp/B00TSUGXKE",
            "http://amazon.com/Some-Slug/dp/B00TSUGXKE/ref=x?tag=",
            "https://www.amazon.com/gp/product/B00TSUGXKE?x=1",
            "https://www.amazon.com/exec/obidos/ASIN/B00TSUGXKE/",
            "https://www.amazon.com/exec/obidos/asin/b00tsugxke",
            "https://www.amazon.com/gp/aw/d/B00TSUGXKE",
            "https://www.amazon.com/s?creativeASIN=B00TSUGXKE",
            "https://www.amazon.com/gp/aw/d.html?a=B00TSUGXKE",
            "https://www.amazon.com/exec/obidos/tg/detail/-/B00TSUGXKE/x-20",
            "https://www.amazon.com/exec/obidos/tg/stores/detail/-/books/B00TSUGXKE/x-20",
            "https://www.amazon.com/-/de/Basketball/dp/B00TSUGXKE",
            "https://www.amazon.com/-/B07Y9VJ1SV/dp/B00TSUGXKE",
            "https://www.amazon.com/gp/product/Basketball/B00TSUGXKE",
            "https://www.amazon.com/exec/obidos/redirect?tag=x-20&path=ASIN/B00TSUGXKE",
            "https://www.amazon.com/gp/redirect.html?location=https%3A%2F%2Fwww.amazon.com%2Fdp%2FB00TSUGXKE%3Fth%3D1",
        ] {
            let (host, asin, _) = read(href);
            assert_eq!((host, asin.as_deref()), (Some("www.amazon.com"), Some("B00TSUGXKE")), "{href}");
        }
        assert_eq!(read("https://www.amazon.com/b?node=1").1, None);
        assert_eq!(read("https://www.amazon.com/dp/0123456788").1, None);
        assert_eq!(read("https://www.amazon.com/-/de/Basketball/b?node=1").1, None);
        assert_eq!(read("https://www.amazon.com/dp/Basketball").1, None);
    }

    #[test]
    fn the_tag_stands_in_the_query_in_the_path_or_encoded() {
        for (href, tag) in [
            ("https://www.amazon.co.jp/dp/B00TSUGXKE?tag=&tag=w0s.jp-22", "w0s.jp-22"),
            ("http://www.amazon.co.jp/exec/obidos/ASIN/0123456789/name-22/ref=nosim", "name-22"),
            ("http://www.amazon.com/exec/obidos/ASIN/0123456789/ref=nosim/name-20", "name-20"),
            ("https://www.amazon.co.jp/gp/product/B00TSUGXKE%3Fie%3DUTF8%26tag%3Dname-22", "name-22"),
        ] {
            assert_eq!(read(href).2.as_deref(), Some(tag), "{href}");
        }
        assert_eq!(read("https://www.amazon.de/dp/B00TSUGXKE/ref=x-21").2, None);
    }

    #[test]
    fn other_shops_and_shortened_links_say_nothing() {
        for href in ["https://amzn.to/3x", "https://www.ebay.com/dp/B00TSUGXKE", "https://www.amazon.cn/dp/B00TSUGXKE"]
        {
            assert_eq!(read(href), (None, None, None), "{href}");
        }
    }
}
