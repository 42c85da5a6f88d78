//! What the URL of a picture, a frame or a pixel says, if it is one of Amazon's.

use std::borrow::Cow;

use crate::asin::Asin;
use crate::html::host::{Host, Service};
use crate::html::proxy;
use crate::html::size::Size;
use crate::html::url::{Url, decode, is_same};
use crate::marketplace::Marketplace;

/// The kinds of Amazon markup in posts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// SiteStripe's picture: dead since 2023-12-31.
    SitestripeImage,
    /// SiteStripe's box of picture and text: dead.
    ProductIframe,
    /// An advertisement without a product: dead.
    BannerIframe,
    /// One pixel by one, not a picture.
    TrackingPixel,
    /// A picture whose URL names the ASIN.
    CdnAsin,
    /// A picture whose URL names itself alone.
    CdnHash,
    /// The same behind somebody's proxy.
    ProxiedCdnHash,
}

impl Kind {
    /// All, in the order of the documentation.
    pub const ALL: [Self; 7] = [
        Self::SitestripeImage,
        Self::ProductIframe,
        Self::BannerIframe,
        Self::TrackingPixel,
        Self::CdnAsin,
        Self::CdnHash,
        Self::ProxiedCdnHash,
    ];

    /// The word in arrays.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SitestripeImage => "sitestripe_image",
            Self::ProductIframe => "product_iframe",
            Self::BannerIframe => "banner_iframe",
            Self::TrackingPixel => "tracking_pixel",
            Self::CdnAsin => "cdn_asin",
            Self::CdnHash => "cdn_hash",
            Self::ProxiedCdnHash => "proxied_cdn_hash",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// Which element carries the URL; a frame's URL means something else than a picture's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ElementKind {
    /// `img`, `amp-img`
    Image,
    /// `iframe`
    Frame,
}

/// What a URL says by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureUrl {
    /// Its kind.
    pub kind: Kind,
    /// The product.
    pub asin: Option<Asin>,
    /// The marketplace.
    pub marketplace: Option<&'static Marketplace>,
    /// The marketplace by the number behind an ASIN, which names it where nothing better does.
    pub marketplace_by_number: Option<&'static Marketplace>,
    /// The partner tag.
    pub partner_tag: Option<String>,
    /// The size asked for.
    pub size: Option<Size>,
}

impl PictureUrl {
    /// Reads a URL, entities decoded.
    #[must_use]
    pub fn parse(text: &str, element: ElementKind) -> Option<Self> {
        // A proxy of a proxy is nobody's mistake; more of them are no picture's.
        Self::parse_to(text, element, 3)
    }

    fn parse_to(text: &str, element: ElementKind, depth: usize) -> Option<Self> {
        let url = Url::parse(text);
        match url.as_ref().and_then(|url| Some((url, Host::of(url.host)?))) {
            Some((url, Host::Ads { service, marketplace })) => Self::of_ads(url, element, service, marketplace),
            Some((url, Host::Pictures { marketplace })) => {
                (element == ElementKind::Image).then(|| Self::of_cdn(url, marketplace)).flatten()
            }
            None if element == ElementKind::Image => Self::of_proxied(text, depth),
            None => None,
        }
    }

    fn of_ads(
        url: &Url<'_>,
        element: ElementKind,
        service: Service,
        by_host: Option<&'static Marketplace>,
    ) -> Option<Self> {
        let path = url.path.trim_end_matches('/');
        if !["/widgets/q", "/e/ir", "/e/cm"].iter().any(|end| path.ends_with(end)) {
            return None;
        }
        let [id, operation, asin, asins, placement, a, code, region, number, tag, tracking_id, t, format] = url
            .parameters([
                "ID",
                "Operation",
                "ASIN",
                "asins",
                "placement",
                "a",
                "MarketPlace",
                "region",
                "o",
                "tag",
                "tracking_id",
                "t",
                "Format",
            ]);
        let is = |value: &Option<Cow<'_, str>>, word| value.as_ref().is_some_and(|value| is_same(value, word));
        // The first product.
        let product = || [&asin, &asins, &placement].into_iter().flatten().find_map(|list| first_product(list));
        let (kind, asin) = match (element, service) {
            (ElementKind::Image, Service::Widgets) if path.ends_with("/widgets/q") && is(&id, "AsinImage") => {
                (Kind::SitestripeImage, product())
            }
            (ElementKind::Image, Service::Pixel) if path.ends_with("/e/ir") => {
                (Kind::TrackingPixel, a.as_ref().and_then(|asin| Asin::parse(asin)))
            }
            (ElementKind::Frame, Service::Widgets) if path.ends_with("/widgets/q") && is(&operation, "GetAdHtml") => {
                (Kind::ProductIframe, product())
            }
            (ElementKind::Frame, Service::Boxes) if path.ends_with("/e/cm") => match product() {
                Some(product) => (Kind::ProductIframe, Some(product)),
                None => (Kind::BannerIframe, None),
            },
            _ => return None,
        };
        let by_code = |code: &Option<Cow<'_, str>>| code.as_ref().and_then(|code| Marketplace::by_locale_code(code));
        let marketplace = by_code(&code)
            .or_else(|| by_code(&region))
            .or_else(|| number.as_ref().and_then(|number| Marketplace::by_number(number)))
            .or(by_host);
        Some(Self {
            kind,
            asin,
            marketplace,
            marketplace_by_number: None,
            partner_tag: tag.or(tracking_id).or(t).map(|tag| tag.trim().to_owned()),
            size: format.and_then(|format| Size::read(&format)),
        })
    }

    fn of_cdn(url: &Url<'_>, marketplace: Option<&'static Marketplace>) -> Option<Self> {
        // It has run into the markup behind it.
        if url.path.bytes().any(|byte| matches!(byte, b'<' | b'>')) {
            return None;
        }
        let path = decode(url.path);
        let mut behind = path.split_once("/images/")?.1;
        // `/images/W/WEBP_402378-T1/images/I/…`: the same picture in another format.
        if behind.starts_with("W/") {
            behind = behind.split_once("/images/")?.1;
        }
        let (directory, file) = behind.split_once('/')?;
        let (kind, asin) = match directory {
            "P" | "p" => (Kind::CdnAsin, Some(Asin::parse(file.get(..10)?).filter(|_| ends_at(file, 10))?)),
            "I" | "i" if !file.is_empty() => (Kind::CdnHash, None),
            _ => return None,
        };
        let marketplace_by_number = asin.as_ref().and_then(|_| marketplace_by_number(url.host, file));
        Some(Self { kind, asin, marketplace, marketplace_by_number, partner_tag: None, size: Size::read(file) })
    }

    /// What somebody's proxy wraps, and in what size it hands that out.
    fn of_proxied(text: &str, depth: usize) -> Option<Self> {
        let (inner, size) = proxy::unwrap(text)?;
        let found = Self::parse_to(&inner, ElementKind::Image, depth.checked_sub(1)?)?;
        let kind = if found.kind == Kind::CdnHash { Kind::ProxiedCdnHash } else { found.kind };
        let size = match (found.size, size) {
            (Some(own), Some(of_proxy)) => Some(own.smaller(of_proxy)),
            (own, of_proxy) => own.or(of_proxy),
        };
        Some(Self { kind, size, ..found })
    }
}

/// The country in `images/P/ASIN.NN.`, by the manual of Amazon's first web services: `01` is Canada's as well.
fn marketplace_by_number(host: &str, file: &str) -> Option<&'static Marketplace> {
    let number = file.get(11..)?;
    let end = number.bytes().take_while(u8::is_ascii_digit).count();
    match number.get(..end)? {
        // On the hosts of Europe and the Far East it was written by who knew no other.
        "1" | "01" if host.starts_with("images-eu.") || host.starts_with("images-fe.") => None,
        "1" | "01" => Marketplace::by_locale_code("US"),
        "2" | "02" => Marketplace::by_locale_code("GB"),
        "3" | "03" => Marketplace::by_locale_code("DE"),
        "8" | "08" => Marketplace::by_locale_code("FR"),
        "9" | "09" => Marketplace::by_locale_code("JP"),
        _ => None,
    }
}

/// The first product of a list.
fn first_product(list: &str) -> Option<Asin> {
    // Nearly all name one.
    Asin::parse(list).or_else(|| list.split([',', '|', ' ']).find_map(Asin::parse))
}

fn ends_at(file: &str, length: usize) -> bool {
    file.as_bytes().get(length).is_none_or(|next| !next.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, element: ElementKind) -> Option<(Kind, String, String, String, u32)> {
        let found = PictureUrl::parse(text, element)?;
        Some((
            found.kind,
            found.asin.map(|asin| asin.to_string()).unwrap_or_default(),
            found.marketplace.map(|m| m.locale_code.to_owned()).unwrap_or_default(),
            found.partner_tag.unwrap_or_default(),
            found.size.map(|size| size.pixels).unwrap_or_default(),
        ))
    }

    fn expected(
        kind: Kind,
        asin: &str,
        market: &str,
        tag: &str,
        size: u32,
    ) -> Option<(Kind, String, String, String, u32)> {
        Some((kind, asin.to_owned(), market.to_owned(), tag.to_owned(), size))
    }

    #[test]
    fn sitestripe_pictures_say_everything() {
        let url = "//ws-na.amazon-adsystem.com/widgets/q?_encoding=UTF8&ASIN=080442957X&Format=_SL250_&ID=AsinImage\
                   &MarketPlace=BR&ServiceVersion=20070822&WS=1&tag=&tag=precocaindo-20";
        assert_eq!(
            read(url, ElementKind::Image),
            expected(Kind::SitestripeImage, "080442957X", "BR", "precocaindo-20", 250)
        );
        let old = "http://ws.assoc-amazon.com/widgets/q?ASIN=B00TSUGXKE&ID=AsinImage&o=3";
        assert_eq!(read(old, ElementKind::Image), expected(Kind::SitestripeImage, "B00TSUGXKE", "DE", "", 0));
        let india = "//ws-in.amazon-adsystem.com/widgets/q?ASIN=B00TSUGXKE&ID=AsinImage";
        assert_eq!(read(india, ElementKind::Image), expected(Kind::SitestripeImage, "B00TSUGXKE", "IN", "", 0));
        let wrapped = "https://i0.wp.com/ws-na.amazon-adsystem.com/widgets/q?ASIN=B00TSUGXKE&ID=AsinImage&o=1";
        assert_eq!(read(wrapped, ElementKind::Image), expected(Kind::SitestripeImage, "B00TSUGXKE", "US", "", 0));
        assert_eq!(read("//ws-na.amazon-adsystem.com/widgets/q?Operation=GetScriptTemplate", ElementKind::Image), None);
    }

    #[test]
    fn frames_are_products_or_banners() {
        let product = "//ws-eu.amazon-adsystem.com/widgets/q?Operation=GetAdHtml&MarketPlace=GB&asins=B00TSUGXKE&tracking_id=x-21";
        assert_eq!(read(product, ElementKind::Frame), expected(Kind::ProductIframe, "B00TSUGXKE", "GB", "x-21", 0));
        let box_ = "http://rcm-fe.amazon-adsystem.com/e/cm?t=x-22&o=9&asins=4101010013";
        assert_eq!(read(box_, ElementKind::Frame), expected(Kind::ProductIframe, "4101010013", "JP", "x-22", 0));
        let own_domain = "http://rcm-de.amazon.de/e/cm?t=x-21&asins=B00TSUGXKE";
        assert_eq!(read(own_domain, ElementKind::Frame), expected(Kind::ProductIframe, "B00TSUGXKE", "DE", "x-21", 0));
        let banner = "//rcm-na.amazon-adsystem.com/e/cm?o=1&p=48&l=ez&t=x-20";
        assert_eq!(read(banner, ElementKind::Frame), expected(Kind::BannerIframe, "", "US", "x-20", 0));
        assert_eq!(read(banner, ElementKind::Image), None);
    }

    #[test]
    fn pixels_are_told_from_pictures() {
        let pixel = "https://ir-uk.amazon-adsystem.com/e/ir?t=x-21&l=am2&a=B00TSUGXKE";
        assert_eq!(read(pixel, ElementKind::Image), expected(Kind::TrackingPixel, "B00TSUGXKE", "GB", "x-21", 0));
        let old = "http://www.assoc-amazon.jp/e/ir?t=x-22&l=ur2&o=9";
        assert_eq!(read(old, ElementKind::Image), expected(Kind::TrackingPixel, "", "JP", "x-22", 0));
    }

    #[test]
    fn cdn_pictures_are_products_or_hashes() {
        for (url, kind, asin, size) in [
            ("http://ecx.images-amazon.com/images/P/0123456789.01._SCLZZZZZZZ_.jpg", Kind::CdnAsin, "0123456789", 500),
            (
                "https://images-na.ssl-images-amazon.com/images/P/B00TSUGXKE.09.MZZZZZZZ.jpg",
                Kind::CdnAsin,
                "B00TSUGXKE",
                160,
            ),
            ("http://images.amazon.com/images/P/B00TSUGXKE.01._SX160_.jpg", Kind::CdnAsin, "B00TSUGXKE", 160),
            ("https://m.media-amazon.com/images/I/41FYkVPzrIL._AC_SL1000_.jpg", Kind::CdnHash, "", 1000),
            ("https://m.media-amazon.com/images/I/41FYkVPzrIL.jpg", Kind::CdnHash, "", 0),
            ("https://m.media-amazon.com/images/W/WEBP_402378-T1/images/I/41._AC_SX300_.jpg", Kind::CdnHash, "", 300),
            ("https://i2.wp.com/images.amazon.com/images/P/B00TSUGXKE.01.jpg?w=9", Kind::CdnAsin, "B00TSUGXKE", 0),
            ("https://i0.wp.com/m.media-amazon.com/images/I/41._SL160_.jpg?resize=1", Kind::ProxiedCdnHash, "", 160),
            (
                "https://web.archive.org/web/2016im_/http://ecx.images-amazon.com/images/I/41.jpg",
                Kind::ProxiedCdnHash,
                "",
                0,
            ),
        ] {
            assert_eq!(read(url, ElementKind::Image), expected(kind, asin, "", "", size), "{url}");
        }
    }

    #[test]
    fn a_number_names_the_country_unless_its_host_is_elsewhere() {
        for (host, rest, country) in [
            ("images.amazon.com", ".01.MZZZZZZZ.jpg", Some("US")),
            ("images.amazon.com", ".2.MZZZZZZZ.jpg", Some("GB")),
            ("images.amazon.com", ".03-A1B2.PT01._SL75_.jpg", Some("DE")),
            ("images-eu.amazon.com", ".08.MZZZZZZZ.jpg", Some("FR")),
            ("images-fe.ssl-images-amazon.com", ".09_SL75_.jpg", Some("JP")),
            ("images-na.ssl-images-amazon.com", ".01.jpg", Some("US")),
            ("images-eu.ssl-images-amazon.com", ".01.jpg", None),
            ("images-na.ssl-images-amazon.com", ".03.jpg", Some("DE")),
            ("images.amazon.com", ".15.MZZZZZZZ.jpg", None),
            ("images.amazon.com", ".jpg", None),
            ("images.amazon.com", "", None),
        ] {
            let url = format!("http://{host}/images/P/B00TSUGXKE{rest}");
            let found = PictureUrl::parse(&url, ElementKind::Image).unwrap();
            assert_eq!(found.marketplace_by_number.map(|marketplace| marketplace.locale_code), country, "{url}");
        }
    }

    #[test]
    fn what_is_no_product_picture_is_left_alone() {
        for url in [
            "https://images-na.ssl-images-amazon.com/images/G/01/buttons/buy.gif",
            "https://images-na.ssl-images-amazon.com/images/S/avatar.jpg",
            "http://g-images.amazon.com/images/I/41.jpg",
            "https://images-amazon.com.example.org/images/P/B00TSUGXKE.01.jpg",
            "https://m.media-amazon.com/images/P/B00TSUGXKEE.01.jpg",
            "https://m.media-amazon.com/images/P/B00TSUGXKE.01._SL160_.jpg><img",
            "https://m.media-amazon.com/images/I/",
            "https://m.media-amazon.com/images/W/I/41.jpg",
            "https://i0.wp.com/images-na.ssl-images-amazon.com/images/G/01/buy.gif",
            "https://www.amazon.com/images/I/41.jpg",
            "/wp-content/uploads/amazon/images/I/41.jpg",
        ] {
            assert_eq!(read(url, ElementKind::Image), None, "{url}");
        }
    }
}
