//! Any bytes in: no panic, ranges inside the page, everything outside of them kept, and a second time changes nothing.

use creators_api::asin::Asin;
use creators_api::html::{Kind, Options, find, rewrite};
use creators_api::image::{Image, Images, Picture};
use proptest::prelude::*;

const PIECES: [&str; 24] = [
    "<img src=\"//ws-na.amazon-adsystem.com/widgets/q?ASIN=B00TSUGXKE&amp;ID=AsinImage&MarketPlace=US\">",
    "<IMG SRC='http://ws.assoc-amazon.com/widgets/q?ASIN=B00TSUGXKE&ID=AsinImage&o=1'/>",
    "<img src=https://images-na.ssl-images-amazon.com/images/P/B00TSUGXKE.01._SL160_.jpg>",
    "<img src=\"//ir-na.amazon-adsystem.com/e/ir?t=x-20&a=B00TSUGXKE\" width=1>",
    "<iframe src=\"//ws-na.amazon-adsystem.com/widgets/q?Operation=GetAdHtml&asins=B00TSUGXKE\"></iframe>",
    "<a href=\"https://www.amazon.com/dp/B00TSUGXKE\">",
    "</a>",
    "<img src=\"https://m.media-amazon.com/images/I/41._SL160_.jpg\">",
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

fn images() -> Images {
    let mut images = Images::default();
    let url = "https://m.media-amazon.com/images/I/fresh._SL160_.jpg?a=1&b='\"".to_owned();
    let medium = Some(Picture { url, width: Some(120), height: Some(160) });
    images.insert("www.amazon.com", Asin::parse("B00TSUGXKE").unwrap(), Image { medium, ..Image::default() });
    images
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
    fn a_second_rewriting_changes_nothing(html in page()) {
        let options = Options { kinds: &Kind::ALL, default_marketplace: None, extra_host: None };
        if let Some(once) = rewrite(&html, &images(), &options) {
            prop_assert_eq!(rewrite(&once, &images(), &options), None);
        }
    }

    #[test]
    fn nothing_outside_the_values_changes(html in page()) {
        let Some(rewritten) = rewrite(&html, &images(), &Options::default()) else { return Ok(()) };
        let fresh = b"https://m.media-amazon.com/images/I/fresh._SL160_.jpg?a=1&amp;b=&#39;&quot;";
        let unquoted = b"https://m.media-amazon.com/images/I/fresh._SL160_.jpg?a&#61;1&amp;b&#61;&#39;&quot;";
        let (mut before, mut after) = (0, 0);
        for found in find(&html) {
            let kept = &html[before..found.value.start];
            prop_assert_eq!(&rewritten[after..after + kept.len()], kept);
            after += kept.len();
            before = found.value.end;
            let old = &html[found.value.clone()];
            let new = [&fresh[..], &unquoted[..], old].into_iter().find(|new| rewritten[after..].starts_with(new));
            after += new.map(<[u8]>::len).ok_or_else(|| TestCaseError::fail("a value became something else"))?;
        }
        prop_assert_eq!(&rewritten[after..], &html[before..]);
    }
}
