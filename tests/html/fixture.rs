//! The pictures of tests/html/cases/images.json, on every marketplace.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use creators_api::asin::Asin;
use creators_api::html::{Kind, RewriteOptions, rewrite};
use creators_api::image::{Image, Images, Picture};
use creators_api::marketplace::{ALL, Marketplace};
use serde_json::Value;

/// Where the pages are.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/html/cases")
}

static IMAGES: LazyLock<Images> = LazyLock::new(|| {
    let json = std::fs::read_to_string(folder().join("images.json")).unwrap();
    let products: Value = serde_json::from_str(&json).unwrap();
    let mut images = Images::default();
    for (asin, product) in products.as_object().unwrap() {
        let text = |key: &str| product[key].as_str().map(str::to_owned);
        let size = |key: &str| {
            let pixels = |side: &str| product[key][side].as_u64().and_then(|pixels| u32::try_from(pixels).ok());
            let url = product[key]["url"].as_str()?.to_owned();
            Some(Picture { url, width: pixels("width"), height: pixels("height") })
        };
        let image = Image {
            small: size("small"),
            medium: size("medium"),
            large: size("large"),
            hires: size("hires"),
            title: text("title"),
            detail_page_url: text("detail_page_url"),
            fetched_at: product["fetched_at"].as_i64().unwrap(),
        };
        let asin = Asin::parse(asin).unwrap();
        for marketplace in ALL {
            images.insert(marketplace.host, asin.clone(), image.clone());
        }
    }
    images
});

/// A page as it goes out, with pictures by their hash among the kinds.
pub fn rewritten(html: &str) -> String {
    let kinds = [Kind::SitestripeImage, Kind::ProductIframe, Kind::CdnAsin, Kind::CdnHash, Kind::ProxiedCdnHash];
    let options = RewriteOptions {
        default_marketplace: Marketplace::by_host("www.amazon.com"),
        kinds: &kinds,
        ..RewriteOptions::default()
    };
    rewrite(html.as_bytes(), &IMAGES, &options)
        .map_or_else(|| html.to_owned(), |bytes| String::from_utf8(bytes).unwrap())
}
