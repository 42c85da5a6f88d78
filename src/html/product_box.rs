//! What takes the place of SiteStripe's box: a link with the product's picture and its title, as the box showed them.

use std::cell::Cell;

use crate::html::entities::escape;
use crate::html::host::serves_pictures;
use crate::html::size::{Size, choose, shown_at};
use crate::html::tag::Quote;
use crate::html::url::Url;
use crate::image::Image;
use crate::marketplace::Marketplace;

/// The picture in the box was of this size.
const PIXELS: u32 = 160;

/// Where Amazon has all of its pictures today. Nothing behind it, if clean, makes another host of it.
const USUAL: &str = "https://m.media-amazon.com/";

/// The HTML; `None` where the picture, the title or the link is missing or may not be written.
#[must_use]
pub fn product_box(image: &Image, extra_host: Option<&str>) -> Option<String> {
    let link = image.detail_page_url.as_ref().filter(|link| is_shop(link))?;
    let size = Some(Size::longest(PIXELS));
    let (picture, _) = choose(image, size).filter(|(picture, _)| is_writable(&picture.url, extra_host))?;
    let title = escape(image.title.as_ref()?.trim(), Quote::Double);
    let (width, height) = shown_at(picture, size)?;
    Some(format!(
        "<a href=\"{}\" target=\"_blank\" rel=\"nofollow sponsored noopener\"><img src=\"{}\" width=\"{width}\" \
         height=\"{height}\" alt=\"{title}\"><br>{title}</a>",
        escape(link, Quote::Double),
        escape(&picture.url, Quote::Double),
    ))
}

/// Https on one of Amazon's shops.
fn is_shop(url: &str) -> bool {
    let Some(parsed) = Url::parse(url).filter(|_| is_clean(url)) else { return false };
    Marketplace::by_link_host(parsed.host).is_some() && leads_to(url, parsed.host, &["https"], Port::Standard)
}

/// Https on one of Amazon's picture hosts, or on the configured endpoint's host.
#[must_use]
pub fn is_writable(url: &str, extra_host: Option<&str>) -> bool {
    if !is_clean(url) {
        return false;
    }
    if url.starts_with(USUAL) {
        return true;
    }
    let Some(parsed) = Url::parse(url) else { return false };
    (serves_pictures(&parsed) && leads_to(url, parsed.host, &["https"], Port::Standard))
        || (extra_host.is_some_and(|host| parsed.host.eq_ignore_ascii_case(host))
            && leads_to(url, parsed.host, &["https", "http"], Port::Any))
}

/// Answers [`is_writable`] of one picture after the other, of which most are on the same host.
#[derive(Debug)]
pub struct Writable<'a> {
    extra_host: Option<&'a str>,
    /// The last that was, up to its path.
    origin: Cell<&'a str>,
}

impl<'a> Writable<'a> {
    /// With the configured endpoint's host.
    #[must_use]
    pub fn new(extra_host: Option<&'a str>) -> Self {
        Self { extra_host, origin: Cell::new(USUAL) }
    }

    /// As [`is_writable`].
    pub fn is(&self, url: &'a str) -> bool {
        if url.starts_with(self.origin.get()) {
            return is_clean(url);
        }
        let is = is_writable(url, self.extra_host);
        let origin = url.match_indices('/').nth(2).and_then(|(path, _)| url.get(..=path));
        if let Some(origin) = origin.filter(|origin| is && !origin.contains(['?', '#'])) {
            self.origin.set(origin);
        }
        is
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Port {
    /// That of the scheme.
    Standard,
    /// A stand-in for Amazon may listen anywhere.
    Any,
}

/// Whether browsers, too, would go to this host; with one of these schemes, and with no name or password.
///
/// [`Url`] is lenient, for what posts hold. What is to be written is read once more, by the rules of browsers.
fn leads_to(url: &str, host: &str, schemes: &[&str], port: Port) -> bool {
    // One of Amazon's names between the usual scheme and a slash can be read in no other way.
    let behind = url.strip_prefix("https://").and_then(|rest| rest.strip_prefix(host));
    if port == Port::Standard && behind.is_some_and(|behind| behind.starts_with('/')) {
        return true;
    }
    let Ok(url) = ::url::Url::parse(url) else { return false };
    schemes.contains(&url.scheme())
        && url.host_str().is_some_and(|read| read.eq_ignore_ascii_case(host))
        && url.username().is_empty()
        && url.password().is_none()
        && (port == Port::Any || url.port().is_none())
}

/// Nothing that a browser would strip, or take for a slash.
fn is_clean(url: &str) -> bool {
    if url.is_ascii() {
        // All of them at once: nearly every URL is clean.
        return !url.bytes().fold(false, |is_dirty, b| is_dirty | (b <= b' ') | (b == 0x7f) | (b == b'\\'));
    }
    !url.chars().any(|c| c.is_whitespace() || c.is_control() || c == '\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_written_where_it_is_amazons_and_nowhere_else() {
        let (amazons, own) = (Writable::new(None), Writable::new(Some("127.0.0.1")));
        for (url, is) in [
            ("https://m.media-amazon.com/a.jpg", true),
            ("HTTPS://M.media-amazon.com:443/a.jpg?b#c", true),
            ("https://m.media-amazon.com:0443/a.jpg", true),
            ("https://m.media-amazon.com:/a.jpg", true),
            ("https://m.media-amazon.com:8443/a.jpg", false),
            ("https://m.media-amazon.com:80/a.jpg", false),
            ("https://m.media-amazon.com:+443/a.jpg", false),
            ("https://user@m.media-amazon.com/a.jpg", false),
            ("https://:x@m.media-amazon.com/a.jpg", false),
            ("https://@m.media-amazon.com/a.jpg", false),
            ("http://m.media-amazon.com/a.jpg", false),
            ("//m.media-amazon.com/a.jpg", false),
            ("https://m.media-amazon.com.example.org/a.jpg", false),
            ("https://m.media-amazon.com\\@example.org/a.jpg", false),
            (" https://m.media-amazon.com/a.jpg", false),
            ("https:m.media-amazon.com//a.jpg", false),
            ("https://127.0.0.1:8099/a.jpg", false),
        ] {
            assert_eq!(is_writable(url, None), is, "{url}");
            assert_eq!(amazons.is(url), is, "{url}");
        }
        for (url, is) in [
            ("http://127.0.0.1:8099/a.jpg", true),
            ("http://127.0.0.1:8099/b.jpg", true),
            ("http://127.0.0.1:8099/a b.jpg", false),
            ("http://127.0.0.1:8099@example.org/a.jpg", false),
            ("https://127.0.0.1/a.jpg", true),
            ("https://m.media-amazon.com:8443/a.jpg", false),
            ("http://user@127.0.0.1:8099/a.jpg", false),
            ("ftp://127.0.0.1/a.jpg", false),
            ("//127.0.0.1/a.jpg", false),
        ] {
            assert_eq!(is_writable(url, Some("127.0.0.1")), is, "{url}");
            assert_eq!(own.is(url), is, "{url}");
        }
    }

    #[test]
    fn a_link_is_written_where_it_leads_to_a_shop() {
        for (url, is) in [
            ("https://www.amazon.de/dp/B00TSUGXKE?tag=x-21", true),
            ("https://www.amazon.de:443/dp/B00TSUGXKE", true),
            ("https://www.amazon.de:444/dp/B00TSUGXKE", false),
            ("https://x@www.amazon.de/dp/B00TSUGXKE", false),
            ("http://www.amazon.de/dp/B00TSUGXKE", false),
            ("https://www.example.org/dp/B00TSUGXKE", false),
        ] {
            assert_eq!(is_shop(url), is, "{url}");
        }
    }
}
