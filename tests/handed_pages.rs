//! Markup that came from real sites, one page for each kind, with what is to become of it: `NAME.html` and
//! `NAME.expected.html` in tests/html/cases, and the pictures in images.json.

#[path = "html/fixture.rs"]
mod fixture;

use std::fs::read_to_string;

use creators_api::html::find;
use fixture::{folder, rewritten};

fn page(name: &str) -> String {
    read_to_string(folder().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The page becomes what it is to become, and that becomes nothing else.
fn assert_becomes_what_is_expected(name: &str) {
    let expected = page(&format!("{name}.expected.html"));
    assert_eq!(rewritten(&page(&format!("{name}.html"))), expected, "{name}");
    assert_eq!(rewritten(&expected), expected, "a second time: {name}");
}

macro_rules! pages {
    ($($test:ident: $name:literal;)+) => {
        $(#[test]
        fn $test() {
            assert_becomes_what_is_expected($name);
        })+
    };
}

pages! {
    an_old_host_of_pictures: "01-rcm-images-host";
    a_size_of_one_letter: "02-size-letter-T";
    a_frame_packed_into_an_attribute: "06-lazy-iframe-in-attribute";
    a_lazy_picture_of_avada: "07-avada-data-orig-src";
    a_lazy_picture_of_salient: "08-salient-nectar";
    brackets_that_are_no_shortcodes: "13-bracket-text";
    a_proxy_with_the_address_in_its_query: "14-duckduckgo-proxy";
    a_background_beside_its_picture: "17-media-text-fill";
    an_address_broken_into_lines: "19-linewrapped-url";
    an_anchor_that_is_never_closed: "31-unclosed-named-anchor";
    a_gallery_of_woocommerce: "33-data-thumb-woo";
    the_smallest_of_the_old_sizes: "50-swatch";
    sizes_without_filling: "51-short-size-words";
}

#[test]
fn the_number_in_an_old_address_names_the_marketplace() {
    let found = find(page("52-locale-number.html").as_bytes());
    let hosts: Vec<_> = found.iter().map(|found| found.marketplace.map(|marketplace| marketplace.host)).collect();
    assert_eq!(hosts, [Some("www.amazon.co.jp"), Some("www.amazon.de"), Some("www.amazon.com")]);
}
