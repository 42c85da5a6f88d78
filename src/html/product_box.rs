//! What takes the place of SiteStripe's box: a link with the product's picture and its title, as the box showed them.

use crate::html::entities::escape;
use crate::html::host::serves_pictures;
use crate::html::size::{Size, choose, shown_at};
use crate::html::tokenizer::Quote;
use crate::html::url::Url;
use crate::image::Image;
use crate::marketplace::Marketplace;

/// The picture in the box was of this size.
const PIXELS: u32 = 160;

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
    let parsed = Url::parse(url).filter(|url| url.scheme.eq_ignore_ascii_case("https"));
    is_clean(url) && parsed.is_some_and(|url| Marketplace::by_link_host(url.host).is_some())
}

/// Https on one of Amazon's picture hosts, or on the configured endpoint's host.
#[must_use]
pub fn is_writable(url: &str, extra_host: Option<&str>) -> bool {
    if !is_clean(url) {
        return false;
    }
    let Some(parsed) = Url::parse(url) else { return false };
    let is_https = parsed.scheme.eq_ignore_ascii_case("https");
    (is_https && serves_pictures(&parsed))
        || (!parsed.scheme.is_empty() && extra_host.is_some_and(|host| parsed.host.eq_ignore_ascii_case(host)))
}

/// Nothing that a browser would strip, or take for a slash.
fn is_clean(url: &str) -> bool {
    if url.is_ascii() {
        return !url.bytes().any(|b| b <= b' ' || b == 0x7f || b == b'\\');
    }
    !url.chars().any(|c| c.is_whitespace() || c.is_control() || c == '\\')
}
