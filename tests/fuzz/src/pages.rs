//! Any bytes in: `find` and `rewrite` keep what they promise. libFuzzer thinks the bytes up, led by what they reach.
#![no_main]

use std::sync::LazyLock;

use creators_api::asin::Asin;
use creators_api::html::{Found, Kind, RewriteOptions, find, rewrite};
use creators_api::image::{FallbackTexts, Image, Images, Picture};
use creators_api::marketplace::Marketplace;
use libfuzzer_sys::fuzz_target;

const ASINS: [&str; 3] = ["B00TSUGXKE", "080442957X", "0123456789"];

static IMAGES: LazyLock<Images> = LazyLock::new(|| images(true));
/// Of pictures whose pixels are not told, so that nothing but URLs is written.
static URLS: LazyLock<Images> = LazyLock::new(|| images(false));
static WORDS: LazyLock<FallbackTexts> = LazyLock::new(|| {
    let mut words = FallbackTexts::default();
    words.insert("www.amazon.com", Asin::parse(ASINS[0]).unwrap(), "Words & <more>".to_owned());
    words
});

/// The URLs in all forms in which they may be written: for quotes, for none, in JSON.
static FRESH: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let urls = ASINS.iter().flat_map(|asin| [fresh(asin, 75), fresh(asin, 500)]);
    let escape = |text: &str| {
        let escaped = text.replace('&', "&amp;").replace('\'', "&#39;").replace('"', "&quot;");
        [escaped.replace('=', "&#61;"), escaped]
    };
    let forms = urls.flat_map(|url| {
        let json = url.replace('&', "\\u0026").replace('"', "\\u0022").replace("--", "\\u002d\\u002d");
        // In HTML that an attribute holds, and in its JSON.
        let once = escape(&url);
        let again: Vec<_> = once.iter().flat_map(|once| escape(once)).collect();
        let twice: Vec<_> = again.iter().flat_map(|again| escape(again)).collect();
        let literal = url.replace('"', "\\\"");
        let in_json = escape(&literal).into_iter().chain(escape(&literal.replace('/', "\\/")));
        let mut forms: Vec<_> = once.into_iter().chain([json]).chain(in_json).chain(again).chain(twice).collect();
        // The longer of two that begin alike.
        forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
        forms
    });
    forms.map(String::into_bytes).collect()
});

fn fresh(asin: &str, size: u32) -> String {
    format!("https://m.media-amazon.com/images/I/{asin}._SL{size}_.jpg?a='&b=\"--")
}

fn images(has_pixels: bool) -> Images {
    let mut images = Images::default();
    for marketplace in ["US", "DE", "GB"] {
        let marketplace = Marketplace::by_locale_code(marketplace).unwrap();
        // One product has words alone.
        for asin in &ASINS[usize::from(has_pixels)..] {
            let picture = |size: u32| {
                let url = fresh(asin, size);
                let pixels = |of: u32| has_pixels.then_some(of);
                Some(Picture { url, width: pixels(size * 3 / 4), height: pixels(size) })
            };
            let image = Image {
                small: picture(75),
                large: picture(500),
                title: has_pixels.then(|| "A \"title\" <b>".to_owned()),
                detail_page_url: Some(format!("https://{}/dp/{asin}?a=1&b=2", marketplace.host)),
                ..Image::default()
            };
            images.insert(marketplace.host, Asin::parse(asin).unwrap(), image);
        }
    }
    images
}

/// Ranges lie in the page, one behind the other, and hold what is said to stand there.
fn stands_where_it_is_said(html: &[u8], all: &[Found]) {
    let mut before = 0;
    for found in all {
        assert!(before <= found.value.start && found.value.start < found.value.end, "{found:?}");
        before = found.value.end;
        let raw = std::str::from_utf8(&html[found.value.clone()]).expect("a URL is text");
        let raw = raw.replace(['\n', '\r', '\t'], "");
        assert!(raw.contains('&') || raw.contains('\\') || raw == found.url, "{found:?} is {raw}");
    }
}

/// Every byte outside of the URLs is kept, and URLs are replaced by those that were given.
fn keeps_the_rest(html: &[u8], all: &[Found], rewritten: &[u8]) {
    let mut rest = rewritten;
    let mut before = 0;
    for found in all {
        rest = behind_kept(&html[before..found.value.start], rest);
        before = found.value.end;
        let old = &html[found.value.clone()];
        let fresh = FRESH.iter().find_map(|url| rest.strip_prefix(url.as_slice()));
        rest = match (fresh, rest.strip_prefix(old)) {
            (Some(behind), _) | (None, Some(behind)) => behind,
            (None, None) => panic!("{found:?} became something else"),
        };
    }
    assert!(behind_kept(&html[before..], rest).is_empty(), "bytes behind the last URL are kept");
}

/// What follows bytes that were kept. Of the comments of blocks the strings that hold an URL of the page once more may be
/// fresh: nothing tells where they stand.
fn behind_kept<'a>(mut kept: &[u8], mut rest: &'a [u8]) -> &'a [u8] {
    let is_block = kept.windows(3).any(|bytes| bytes == b"wp:");
    loop {
        let same = kept.iter().zip(rest).take_while(|(old, new)| old == new).count();
        if same == kept.len() {
            return &rest[same..];
        }
        let open = kept[..same].iter().rposition(|byte| *byte == b'"').filter(|_| is_block);
        let begin = open.expect("bytes between two URLs are kept") + 1;
        let mut end = begin;
        while *kept.get(end).expect("a string of JSON ends") != b'"' {
            end += 1 + usize::from(kept[end] == b'\\');
        }
        assert!(kept[begin..end].windows(6).any(|bytes| bytes.eq_ignore_ascii_case(b"amazon")));
        let fresh = FRESH.iter().find_map(|url| rest[begin..].strip_prefix(url.as_slice()));
        (kept, rest) = (&kept[end..], fresh.expect("a URL in a block's comment is replaced by a fresh one"));
    }
}

fuzz_target!(|html: &[u8]| {
    let found = find(html);
    assert_eq!(found, find(html));
    stands_where_it_is_said(html, &found);
    // Behind the last of Amazon's hosts not everything is read; with another at the end it is.
    assert_eq!(found, find(&[html, b" amazon."].concat()), "what is read to its end holds the same");

    let urls_alone = [Kind::SitestripeImage, Kind::CdnAsin, Kind::CdnHash, Kind::ProxiedCdnHash];
    let options = RewriteOptions {
        kinds: &urls_alone,
        default_marketplace: Marketplace::by_locale_code("DE"),
        fill_alt: false,
        ..RewriteOptions::default()
    };
    if let Some(rewritten) = rewrite(html, &URLS, &options) {
        keeps_the_rest(html, &found, &rewritten);
    }

    // A bracket that goes with a picture may have been the end of a shortcode, or of a link in Markdown.
    let brackets = html.iter().any(|byte| matches!(byte, b'[' | b']'));
    let kinds = if brackets { &Kind::ALL[..1] } else { &Kind::ALL };
    if brackets && found.iter().any(|found| found.url.contains(['[', ']'])) {
        return;
    }
    for options in [
        RewriteOptions { kinds, fallback_text: (!brackets).then_some(&*WORDS), ..RewriteOptions::default() },
        RewriteOptions { default_marketplace: Marketplace::by_locale_code("GB"), ..RewriteOptions::default() },
    ] {
        // So far a bracket is looked for, and the second time it may stand farther away.
        let is_near = |page: &[u8]| !brackets || page.len() < 2_000;
        if let Some(once) = rewrite(html, &IMAGES, &options).filter(|once| is_near(html) && is_near(once)) {
            let twice = rewrite(&once, &IMAGES, &options);
            assert!(twice.is_none(), "a second time changes something: {}", String::from_utf8_lossy(&once));
        }
    }
});
