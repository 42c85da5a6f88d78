//! Any bytes in: no panic, ranges inside the page, everything outside of them kept, and a second time changes nothing.

use creators_api::asin::Asin;
use creators_api::html::{Kind, RewriteOptions, find, rewrite};
use creators_api::image::{Image, Images, Picture};
use proptest::prelude::*;

const PIECES: [&str; 41] = [
    "<img src=\"//ws-na.amazon-adsystem.com/widgets/q?ASIN=B00TSUGXKE&amp;ID=AsinImage&MarketPlace=US\">",
    "<IMG SRC='http://ws.assoc-amazon.com/widgets/q?ASIN=B00TSUGXKE&ID=AsinImage&o=1'/>",
    "<img src=https://images-na.ssl-images-amazon.com/images/P/B00TSUGXKE.01._SL160_.jpg>",
    "<img src=\"//ir-na.amazon-adsystem.com/e/ir?t=x-20&a=B00TSUGXKE\" width=1>",
    "<iframe src=\"//ws-na.amazon-adsystem.com/widgets/q?Operation=GetAdHtml&asins=B00TSUGXKE\"></iframe>",
    "<a href=\"https://www.amazon.com/dp/B00TSUGXKE\">",
    "</a>",
    "<img src=\"https://m.media-amazon.com/images/I/41._SL160_.jpg\">",
    "<img srcset='//ws-na.amazon-adsystem.com/widgets/q?ASIN=B00TSUGXKE&ID=AsinImage&MarketPlace=US 2x, a.jpg' alt=''>",
    "<img src=x data-src=\"//ws-na.amazon-adsystem.com/widgets/q?ASIN=B00TSUGXKE&ID=AsinImage&o=1\" alt=\"\" width=1>",
    "<!-- wp:image {\"url\":\"https://images-na.ssl-images-amazon.com/images/P/B00TSUGXKE.01._SL160_.jpg\"} -->",
    "<!-- /wp:image -->",
    "![x](https://images-na.ssl-images-amazon.com/images/P/B00TSUGXKE.01.jpg)",
    "![x][1]",
    "[1]: https://m.media-amazon.com/images/I/41._SL160_.jpg",
    "[",
    "](https://www.amazon.com/dp/B00TSUGXKE)",
    "][1]",
    "`",
    "\n\n",
    "<pre>",
    "</pre>",
    "<table><tr><td>",
    "</table>",
    "<picture><source srcset=\"https://images-na.ssl-images-amazon.com/images/P/B00TSUGXKE.01._SL75_.jpg\">",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "<textarea>",
    "</textarea >",
    "<",
    ">",
    "\"",
    "'",
    "=",
    " ",
    "/",
    "&",
    "amazon",
    "\u{e4}",
];

fn page() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        3 => prop::sample::select(&PIECES[..]).prop_map(|piece| piece.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..6),
        1 => (prop::sample::select(&PIECES[..]), any::<prop::sample::Index>())
            .prop_map(|(piece, cut)| piece.as_bytes()[..cut.index(piece.len())].to_vec()),
    ];
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

const FRESH: &str = "https://m.media-amazon.com/images/I/fresh._SL160_.jpg?a=1&b='\"";
const LARGE: &str = "https://m.media-amazon.com/images/I/fresh._SL500_.jpg";

fn images(has_pixels: bool) -> Images {
    let mut images = Images::default();
    let picture = |url: &str, width, height| {
        Some(Picture { url: url.to_owned(), width: has_pixels.then_some(width), height: has_pixels.then_some(height) })
    };
    let image = Image {
        medium: picture(FRESH, 120, 160),
        large: picture(LARGE, 375, 500),
        title: has_pixels.then(|| "A \"title\" <b>".to_owned()),
        detail_page_url: Some("https://www.amazon.com/dp/B00TSUGXKE".to_owned()),
        ..Image::default()
    };
    images.insert("www.amazon.com", Asin::parse("B00TSUGXKE").unwrap(), image);
    images
}

/// All forms in which the fresh URLs may be written.
fn written() -> Vec<Vec<u8>> {
    let double = FRESH.replace('&', "&amp;").replace('\'', "&#39;").replace('"', "&quot;");
    let json = FRESH.replace('&', "\\u0026").replace('"', "\\u0022");
    // In HTML that an attribute holds; the longer of two that begin alike comes first.
    let packed = double.replace('&', "&amp;");
    let bare = packed.replace('=', "&amp;#61;");
    [bare, packed, double.replace('=', "&#61;"), double, json, LARGE.to_owned()].map(String::into_bytes).to_vec()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn ranges_lie_inside_the_page_in_order(html in page()) {
        let mut before = 0;
        for found in find(&html) {
            prop_assert!(found.value.start <= found.value.end && found.value.end <= html.len());
            if found.value.start >= before {
                before = found.value.end;
            }
        }
    }

    #[test]
    fn a_second_rewriting_changes_nothing(html in page(), has_pixels: bool) {
        let options = RewriteOptions { kinds: &Kind::ALL, ..RewriteOptions::default() };
        if let Some(once) = rewrite(&html, &images(has_pixels), &options) {
            prop_assert_eq!(rewrite(&once, &images(has_pixels), &options), None);
        }
    }

    #[test]
    fn nothing_outside_the_values_changes(html in page()) {
        // What a block's comment holds changes with its element; this test walks by what is found.
        let mut html = html;
        for at in 0..html.len().saturating_sub(2) {
            if &html[at..at + 3] == b"wp:" {
                html[at] = b'W';
            }
        }
        let kinds = [Kind::SitestripeImage, Kind::CdnAsin, Kind::CdnHash];
        let options = RewriteOptions { kinds: &kinds, fill_alt: false, ..RewriteOptions::default() };
        let Some(rewritten) = rewrite(&html, &images(false), &options) else { return Ok(()) };
        let forms = written();
        let (mut before, mut after) = (0, 0);
        for found in find(&html) {
            let kept = &html[before..found.value.start];
            prop_assert_eq!(&rewritten[after..after + kept.len()], kept);
            after += kept.len();
            before = found.value.end;
            let old = &html[found.value.clone()];
            let new = forms.iter().map(Vec::as_slice).chain([old]).find(|new| rewritten[after..].starts_with(new));
            after += new.map(<[u8]>::len).ok_or_else(|| TestCaseError::fail(format!("{:?} became {:?}", String::from_utf8_lossy(&html), String::from_utf8_lossy(&rewritten))))?;
        }
        prop_assert_eq!(&rewritten[after..], &html[before..]);
    }

    #[test]
    fn what_is_found_stands_where_it_is_said_to_stand(html in page()) {
        for found in find(&html) {
            let raw = String::from_utf8_lossy(&html[found.value.clone()]).into_owned();
            let decoded = raw.replace("&amp;", "&").replace("\\u0026", "&").replace(['\n', '\r', '\t'], "");
            prop_assert_eq!(decoded, found.url);
        }
    }
}
