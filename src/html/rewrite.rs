//! Rewriting: the values of found pictures replaced, a size put beside them where the picture is larger than the one
//! that was there, and every other byte kept.

use std::ops::Range;

use crate::html::entities;
use crate::html::find::{Found, find};
use crate::html::picture::{Kind, is_image_host};
use crate::html::tokenizer::Quote;
use crate::html::url::Url;
use crate::image::{Image, Images, Picture};
use crate::marketplace::Marketplace;

/// Amazon's nominal sizes, for pictures whose pixels are not told: small, medium, large, and the largest.
const NOMINAL_SIZES: [u32; 4] = [75, 160, 500, 1500];

/// The picture in SiteStripe's box was of this size.
const BOX_SIZE: u32 = 160;

/// What to rewrite.
#[derive(Debug, Clone)]
pub struct Options<'a> {
    /// For pictures whose markup names no marketplace.
    pub default_marketplace: Option<&'static Marketplace>,
    /// The kinds that are touched; a tracking pixel among them is removed.
    pub kinds: &'a [Kind],
    /// A host beside Amazon's own on which a picture may be: that of the configured endpoint.
    pub extra_host: Option<&'a str>,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self {
            default_marketplace: None,
            kinds: &[Kind::SitestripeImage, Kind::ProductIframe, Kind::CdnAsin],
            extra_host: None,
        }
    }
}

/// The rewritten page; `None` where nothing is to be changed.
#[must_use]
pub fn rewrite(html: &[u8], images: &Images, options: &Options<'_>) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut kept = 0;
    let mut sized = None;
    for found in find(html) {
        let Some(Edit { range, replacement, size }) = edit(&found, images, options) else { continue };
        // Behind a lone `<` or `&` that is text, what follows would become a tag or a character.
        let before = html.get(range.start.saturating_sub(2)..range.start).unwrap_or_default();
        if replacement.is_empty() && before.iter().any(|byte| matches!(byte, b'<' | b'&')) {
            continue;
        }
        // Two attributes of one removed tag: the second has nothing left to change.
        if range.start < kept || html.get(range.clone()) == Some(replacement.as_bytes()) {
            continue;
        }
        out.extend_from_slice(html.get(kept..range.start)?);
        out.extend_from_slice(replacement.as_bytes());
        kept = range.end;
        if let Some((width, height)) = size
            && sized.replace(found.tag.start) != Some(found.tag.start)
        {
            let behind_quote = kept + usize::from(found.quote != Quote::None);
            out.extend_from_slice(html.get(kept..behind_quote)?);
            out.extend_from_slice(format!(" width=\"{width}\" height=\"{height}\"").as_bytes());
            kept = behind_quote;
        }
    }
    if kept == 0 {
        return None;
    }
    out.extend_from_slice(html.get(kept..)?);
    Some(out)
}

/// Which bytes give way to what, and the size that the tag is to say.
struct Edit {
    range: Range<usize>,
    replacement: String,
    size: Option<(u32, u32)>,
}

/// `None` on any doubt.
fn edit(found: &Found, images: &Images, options: &Options<'_>) -> Option<Edit> {
    if !options.kinds.contains(&found.kind) {
        return None;
    }
    match found.kind {
        Kind::TrackingPixel => Some(Edit { range: found.tag.clone(), replacement: String::new(), size: None }),
        Kind::SitestripeImage | Kind::CdnAsin | Kind::CdnHash | Kind::ProxiedCdnHash => {
            let marketplace = found.marketplace.or(options.default_marketplace)?;
            let image = images.get(marketplace.host, found.asin.as_ref()?)?;
            if image.sizes().any(|picture| picture.url == found.url) {
                return None;
            }
            let picture = choose(image, found.size)?;
            is_writable(&picture.url, options.extra_host).then(|| Edit {
                range: found.value.clone(),
                replacement: entities::escape(&picture.url, found.quote),
                size: if found.is_sized { None } else { shown_size(picture, found.size) },
            })
        }
        Kind::ProductIframe => {
            let marketplace = found.marketplace.or(options.default_marketplace)?;
            let image = images.get(marketplace.host, found.asin.as_ref()?)?;
            let replacement = product_box(image, options.extra_host)?;
            Some(Edit { range: found.frame.clone()?, replacement, size: None })
        }
        Kind::BannerIframe => None,
    }
}

/// What SiteStripe's box of picture and text showed: a link with the product's picture and its title.
fn product_box(image: &Image, extra_host: Option<&str>) -> Option<String> {
    let link = image.detail_page_url.as_ref().filter(|link| is_shop(link))?;
    let picture = choose(image, Some(BOX_SIZE)).filter(|picture| is_writable(&picture.url, extra_host))?;
    let text = |text: &str| entities::escape(text, Quote::Double);
    let title = text(image.title.as_ref()?.trim());
    let (width, height) = shown_size(picture, Some(BOX_SIZE)).or(picture.width.zip(picture.height))?;
    Some(format!(
        "<a href=\"{}\" target=\"_blank\" rel=\"nofollow sponsored noopener\"><img src=\"{}\" width=\"{width}\" \
         height=\"{height}\" alt=\"{title}\"><br>{title}</a>",
        text(link),
        text(&picture.url),
    ))
}

/// Https on one of Amazon's shops.
fn is_shop(url: &str) -> bool {
    let parsed = Url::parse(url).filter(|url| url.scheme.eq_ignore_ascii_case("https"));
    is_clean(url) && parsed.is_some_and(|url| Marketplace::by_link_host(url.host).is_some())
}

/// The pixels at which a picture is to be shown that is larger than the one asked for; proportions kept.
///
/// Amazon has no picture of 250 pixels any more: it is the large one, shown at 250.
fn shown_size(picture: &Picture, asked: Option<u32>) -> Option<(u32, u32)> {
    let (asked, longest) = (u64::from(asked?), u64::from(picture.longest_side()?));
    if longest <= asked {
        return None;
    }
    let scaled = |pixels: u32| u32::try_from((u64::from(pixels) * asked + longest / 2) / longest).ok();
    Some((scaled(picture.width?)?.max(1), scaled(picture.height?)?.max(1)))
}

/// The smallest picture that is as large as the one asked for, else the largest there is; the large one where no size
/// is asked for.
fn choose(image: &Image, size: Option<u32>) -> Option<&Picture> {
    let wanted = size.unwrap_or(500);
    let sized = [&image.small, &image.medium, &image.large, &image.hires]
        .into_iter()
        .zip(NOMINAL_SIZES)
        .filter_map(|(picture, nominal)| picture.as_ref().map(|picture| (picture, nominal)));
    let mut largest = None;
    for (picture, nominal) in sized {
        largest = Some(picture);
        // A picture narrower than its box has its longest side at the nominal size or below.
        if picture.longest_side().unwrap_or(nominal).max(nominal.min(500)) >= wanted {
            return Some(picture);
        }
    }
    largest
}

/// Https on one of Amazon's picture hosts, or the configured endpoint's host.
fn is_writable(url: &str, extra_host: Option<&str>) -> bool {
    if !is_clean(url) {
        return false;
    }
    let Some(parsed) = Url::parse(url) else { return false };
    let is_https = parsed.scheme.eq_ignore_ascii_case("https");
    (is_https && is_image_host(&parsed))
        || (!parsed.scheme.is_empty() && extra_host.is_some_and(|host| parsed.host.eq_ignore_ascii_case(host)))
}

/// Nothing that a browser would strip, or take for a slash.
fn is_clean(url: &str) -> bool {
    !url.chars().any(|c| c.is_whitespace() || c.is_control() || c == '\\')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asin::Asin;

    const DEAD: &str =
        "//ws-na.amazon-adsystem.com/widgets/q?ASIN=B00TSUGXKE&ID=AsinImage&MarketPlace=US&Format=_SL160_";

    fn picture(url: &str, side: u32) -> Option<Picture> {
        Some(Picture { url: url.to_owned(), width: Some(side), height: Some(side / 2) })
    }

    fn images(medium: &str) -> Images {
        let mut images = Images::default();
        let image = Image {
            small: picture("https://m.media-amazon.com/images/I/a._SL75_.jpg", 75),
            medium: picture(medium, 160),
            ..Image::default()
        };
        images.insert("www.amazon.com", Asin::parse("B00TSUGXKE").unwrap(), image);
        images
    }

    fn rewritten(html: &str, images: &Images, options: &Options<'_>) -> Option<String> {
        rewrite(html.as_bytes(), images, options).map(|bytes| String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn the_value_alone_is_replaced() {
        let html = format!("<p \u{e4}><IMG  BORDER=0 src='{DEAD}' /> & <b>\u{e4}</p>");
        let alive = "https://m.media-amazon.com/images/I/a._SL160_.jpg?a=1&b=2";
        let expected = html.replace(DEAD, &alive.replace('&', "&amp;"));
        assert_eq!(rewritten(&html, &images(alive), &Options::default()), Some(expected));
    }

    #[test]
    fn bytes_that_are_no_text_are_kept() {
        let alive = "https://m.media-amazon.com/images/I/a._SL160_.jpg";
        let page = |url: &str| [b"\xff\xfe<img src=\"", url.as_bytes(), b"\">\x80"].concat();
        assert_eq!(rewrite(&page(DEAD), &images(alive), &Options::default()), Some(page(alive)));
    }

    #[test]
    fn nothing_changes_on_any_doubt() {
        let good = images("https://m.media-amazon.com/images/I/a._SL160_.jpg");
        for html in [
            DEAD.to_owned(),
            format!("<img src=\"{}\">", DEAD.replace("B00TSUGXKE", "B00TSUGXKF")),
            format!("<img src=\"{}\">", DEAD.replace("=US", "=DE")),
            format!("<img src=\"{}\">", DEAD.replace("MarketPlace=US", "")),
            format!("<!-- <img src=\"{DEAD}\"> -->"),
        ] {
            assert_eq!(rewritten(&html, &good, &Options::default()), None, "{html}");
        }
        let html = format!("<img src=\"{DEAD}\">");
        for url in [
            "http://m.media-amazon.com/a.jpg",
            "https://evil.example/a.jpg",
            "https://m.media-amazon.com.evil.example/a.jpg",
            "https://m.media-amazon.com@evil.example/a.jpg",
            "https://m.media-amazon.com:80@evil.example/a.jpg",
            "https//m.media-amazon.com/a.jpg",
            "https://m.media-amazon.com/a b.jpg",
            "javascript://m.media-amazon.com/",
            "",
        ] {
            assert_eq!(rewritten(&html, &images(url), &Options::default()), None, "{url}");
        }
    }

    #[test]
    fn the_sites_own_marketplace_fills_the_gap() {
        let html = format!("<img src=\"{}\">", DEAD.replace("MarketPlace=US", ""));
        let options = Options { default_marketplace: Marketplace::by_host("www.amazon.com"), ..Options::default() };
        let alive = "https://m.media-amazon.com/images/I/a._SL160_.jpg";
        assert_eq!(rewritten(&html, &images(alive), &options), Some(format!("<img src=\"{alive}\">")));
    }

    #[test]
    fn a_picture_on_the_configured_endpoints_host_may_be_written() {
        let html = format!("<img src={DEAD} alt=x>");
        let alive = "http://127.0.0.1:8099/images/I/a.jpg";
        let options = Options { extra_host: Some("127.0.0.1"), ..Options::default() };
        assert_eq!(rewritten(&html, &images(alive), &options), Some(format!("<img src={alive} alt=x>")));
    }

    #[test]
    fn a_picture_larger_than_the_one_asked_for_is_shown_at_that_size() {
        let alive = "https://m.media-amazon.com/images/I/a._SL160_.jpg";
        let smaller = DEAD.replace("_SL160_", "_SL110_");
        for (before, after) in [
            ("<img src=\"@\">", "<img src=\"@\" width=\"110\" height=\"55\">"),
            ("<img src=@ alt=x>", "<img src=@ width=\"110\" height=\"55\" alt=x>"),
            ("<img src='@' data-src='@'/>", "<img src='@' width=\"110\" height=\"55\" data-src='@'/>"),
            ("<img src=\"@\" width=90>", "<img src=\"@\" width=90>"),
            ("<img style='max-WIDTH:50%' src=\"@\">", "<img style='max-WIDTH:50%' src=\"@\">"),
        ] {
            let rewritten = rewritten(&before.replace('@', &smaller), &images(alive), &Options::default());
            assert_eq!(rewritten, Some(after.replace('@', alive)), "{before}");
        }
        let larger = DEAD.replace("_SL160_", "_SL500_");
        let html = format!("<img src=\"{larger}\">");
        assert_eq!(rewritten(&html, &images(alive), &Options::default()), Some(format!("<img src=\"{alive}\">")));
    }

    #[test]
    fn a_dead_box_becomes_what_it_showed() {
        let mut images = Images::default();
        let image = Image {
            medium: Some(Picture {
                url: "https://m.media-amazon.com/images/I/a.jpg".to_owned(),
                width: Some(80),
                height: Some(160),
            }),
            title: Some("Salt & \"Margins\"".to_owned()),
            detail_page_url: Some("https://www.amazon.com/dp/B00TSUGXKE?tag=x-20&th=1".to_owned()),
            ..Image::default()
        };
        let asin = || Asin::parse("B00TSUGXKE").unwrap();
        images.insert("www.amazon.com", asin(), image.clone());
        let frame = "//ws-na.amazon-adsystem.com/widgets/q?Operation=GetAdHtml&MarketPlace=US&asins=B00TSUGXKE";
        let html = format!("a<iframe style='width:120px' src=\"{frame}\"> <span>no frames</span></iframe>b");
        let shown = "a<a href=\"https://www.amazon.com/dp/B00TSUGXKE?tag=x-20&amp;th=1\" target=\"_blank\" \
                     rel=\"nofollow sponsored noopener\"><img src=\"https://m.media-amazon.com/images/I/a.jpg\" width=\"80\" \
                     height=\"160\" alt=\"Salt &amp; &quot;Margins&quot;\"><br>Salt &amp; &quot;Margins&quot;</a>b";
        assert_eq!(rewritten(&html, &images, &Options::default()).as_deref(), Some(shown));

        for open in ["a<iframe src=\"@\">b", "<a href=x><iframe src=\"@\"></iframe></a>"] {
            assert_eq!(rewritten(&open.replace('@', frame), &images, &Options::default()), None, "{open}");
        }
        for link in
            ["https://www.example.org/dp/B00TSUGXKE", "javascript:alert(1)", "http://www.amazon.com/dp/B00TSUGXKE"]
        {
            let other = Image { detail_page_url: Some(link.to_owned()), ..image.clone() };
            images.insert("www.amazon.com", asin(), other);
            assert_eq!(rewritten(&html, &images, &Options::default()), None, "{link}");
        }
    }

    #[test]
    fn a_pixel_is_removed_where_it_is_asked_for() {
        let html = "<a>x</a><img src=\"//ir-na.amazon-adsystem.com/e/ir?t=x-20&a=B00TSUGXKE\" width=1 />.";
        let options = Options { kinds: &[Kind::TrackingPixel], ..Options::default() };
        assert_eq!(rewritten(html, &Images::default(), &options).as_deref(), Some("<a>x</a>."));
        for text in ["<", "</", "<!", "&"] {
            let html = format!("{text}{}", html.trim_start_matches("<a>x</a>"));
            assert_eq!(rewritten(&html, &Images::default(), &options), None, "{html}");
        }
        let lazy = html.replace(" width=1", " data-src='//ir-na.amazon-adsystem.com/e/ir?a=B00TSUGXKE'");
        assert_eq!(rewritten(&lazy, &Images::default(), &options).as_deref(), Some("<a>x</a>."));
        assert_eq!(rewritten(html, &Images::default(), &Options::default()), None);
    }

    #[test]
    fn the_size_is_the_smallest_that_suffices() {
        let sizes = Image {
            small: picture("s", 75),
            medium: picture("m", 160),
            large: picture("l", 500),
            hires: picture("h", 1500),
            ..Image::default()
        };
        let chosen = |size| choose(&sizes, size).map(|picture| picture.url.as_str());
        assert_eq!(chosen(Some(75)), Some("s"));
        assert_eq!(chosen(Some(110)), Some("m"));
        assert_eq!(chosen(Some(250)), Some("l"));
        assert_eq!(chosen(Some(1000)), Some("h"));
        assert_eq!(chosen(Some(5000)), Some("h"));
        assert_eq!(chosen(None), Some("l"));
        assert_eq!(choose(&Image::default(), None), None);
    }
}
