//! Beside a browser's own parser: in generated pages the same pictures are found, in the same links, as in the tree that
//! html5ever builds; and the tree of a rewritten page differs from the old one only where it is meant to.
//!
//! Scripting is off, so that `noscript` holds markup: there stand the copies of lazy pictures. Left out on purpose:
//!
//! * `template`, `select` and `frameset`, whose content a parser hides, drops or moves. What becomes of their trees and of
//!   those of hostile pages is html_trees.rs's concern.
//! * Markdown, shortcodes and the JSON of blocks, which no HTML parser knows.
//! * Links and pictures in a table but in none of its cells: a browser moves them in front of the table.
//! * Tables in a link whose paragraph or `div` ends before it: a browser takes such a table out of the link, in whose
//!   middle its author has put it. So does a document type where the link stands in a paragraph; there is none here.

#[path = "browser/mod.rs"]
mod browser;
#[path = "browser/pages.rs"]
mod pages;

use browser::{Step, walk};
use creators_api::asin::Asin;
use creators_api::html::{Found, Kind, RewriteOptions, find, rewrite};
use creators_api::image::{Image, Images, Picture};
use creators_api::marketplace::Marketplace;
use pages::page;
use proptest::prelude::*;

/// Kind, ASIN, marketplace, tag, URL.
type Told = (Kind, Option<String>, Option<&'static str>, Option<String>, String);

fn tell(found: Found) -> Told {
    let asin = found.asin.map(|asin| asin.to_string());
    (found.kind, asin, found.marketplace.map(|marketplace| marketplace.host), found.partner_tag, found.url)
}

const FRAME: [&str; 6] = ["src", "data-src", "data-lazy-src", "data-original", "data-orig-file", "data-cfsrc"];
const LISTS: [&str; 4] = ["srcset", "data-srcset", "data-lazy-srcset", "data-cfsrcset"];

/// What people read, whatever it looks like.
const WORDS: [&str; 2] = ["alt", "title"];

/// The URLs that an attribute of this element may show.
fn urls(element: &str, name: &str, value: &str) -> Vec<String> {
    match element {
        "img" | "amp-img" | "source" | "iframe" if LISTS.contains(&name) => {
            let parts = value.split([' ', '\n', '\t']).filter(|part| part.contains('/'));
            parts
                .map(|url| url.trim_start_matches(|c: char| c.is_ascii_alphanumeric() && !url.starts_with("http")))
                .map(|url| url.trim_start_matches("x,").trim_matches(',').to_owned())
                .collect()
        }
        "iframe" if FRAME.contains(&name) => vec![value.to_owned()],
        "img" | "amp-img" if !WORDS.contains(&name) => vec![value.to_owned()],
        _ => Vec::new(),
    }
}

/// What the crate says of one picture in one link, with nothing around them.
fn alone(element: &str, url: &str, link: Option<&Option<String>>) -> Option<Told> {
    let escape = |text: &str| text.replace('&', "&amp;").replace('"', "&quot;");
    let element = if element == "iframe" { element } else { "img" };
    let picture = format!("<{element} src=\"{}\"></{element}>", escape(url));
    let html = match link {
        Some(Some(href)) => format!("<a href=\"{}\">{picture}</a>", escape(href)),
        _ => picture,
    };
    find(html.as_bytes()).pop().map(tell)
}

/// The number that each URL carries tells where it stands in the page.
fn pictures(steps: &[Step]) -> Vec<Told> {
    let mut all = Vec::new();
    for step in steps {
        let Step::Open(element, attributes, link) = step else { continue };
        for (name, value) in attributes {
            let urls = urls(element, name, value);
            all.extend(urls.iter().filter_map(|url| alone(element, url, link.as_ref())));
        }
    }
    all
}

fn images() -> Images {
    let mut images = Images::default();
    let picture = |n: usize, size: &str, width, height| {
        let url = format!("https://m.media-amazon.com/images/I/fresh{n}.{size}.jpg?a='&b=\"");
        Some(Picture { url, width: Some(width), height: Some(height) })
    };
    for marketplace in ["US", "DE", "GB", "BR", "JP"] {
        let marketplace = Marketplace::by_locale_code(marketplace).unwrap();
        for (n, asin) in ["B00TSUGXKE", "080442957X", "0123456789"].into_iter().enumerate() {
            let image = Image {
                small: picture(n, "_SL75_", 56, 75),
                medium: picture(n, "_SL160_", 120, 160),
                large: picture(n, "_SL500_", 375, 500),
                title: Some("A \"title\" <b>".to_owned()),
                detail_page_url: Some(format!("https://{}/dp/{asin}?a=1&b=2", marketplace.host)),
                ..Image::default()
            };
            images.insert(marketplace.host, Asin::parse(asin).unwrap(), image);
        }
    }
    images
}

/// Puts back what a rewriting may change of an element: its URLs, a size and a list that were missing, an alt that was
/// blank.
fn undo(old: &Step, new: Step) -> Step {
    let (Step::Open(_, before, _), Step::Open(name, after, link)) = (old, &new) else { return new };
    if !matches!(name.as_str(), "img" | "amp-img" | "source") {
        return new;
    }
    let was = |name: &str| before.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let is_url = |name: &str| !WORDS.contains(&name);
    let mut kept = Vec::new();
    for (name, value) in after {
        let value = match was(name) {
            Some(old) if is_url(name) && old.contains("amazon") => old,
            Some(old) if name == "alt" && old.trim().is_empty() && value == "A \"title\" <b>" => old,
            None if matches!(name.as_str(), "width" | "height" | "srcset") => continue,
            _ => value,
        };
        kept.push((name.clone(), value.to_owned()));
    }
    Step::Open(name.clone(), kept, link.clone())
}

/// Takes the anchors out of a walk that lead nowhere: where one is still open, the link of a box ends it.
fn without_anchors(steps: Vec<Step>) -> Vec<Step> {
    let mut is_kept = Vec::new();
    let keep = |step| match step {
        Step::Open(name, attributes, link) => {
            let is_anchor = name == "a" && attributes.iter().all(|(name, _)| name != "href");
            if name == "a" {
                is_kept.push(!is_anchor);
            }
            (!is_anchor).then(|| Step::Open(name, attributes, link.flatten().map(Some)))
        }
        Step::Close(name) if name == "a" => is_kept.pop().unwrap_or(true).then_some(Step::Close(name)),
        step => Some(step),
    };
    steps.into_iter().filter_map(keep).collect()
}

const STYLES: [&str; 8] = ["b", "i", "em", "u", "nobr", "code", "font", "span"];

/// Takes a dead box out of a walk, and the link that has taken its place; and bold and italic, which a browser sets anew
/// around a link but not around a frame.
fn without_boxes(steps: Vec<Step>) -> Vec<Step> {
    let mut kept: Vec<Step> = Vec::new();
    let mut inside = None;
    for step in steps {
        match (&step, &inside) {
            (Step::Close(name), Some(open)) if name == open => inside = None,
            (_, Some(_)) => {}
            (Step::Open(name, ..) | Step::Close(name), None) if STYLES.contains(&name.as_str()) => {}
            (Step::Open(name, attributes, _), None)
                if (name == "iframe"
                    && attributes.iter().any(|(name, value)| name == "src" && value.contains("asins=")))
                    || (name == "a" && attributes.iter().any(|(name, _)| name == "rel")) =>
            {
                inside = Some(name.clone());
            }
            _ => match (kept.last_mut(), &step) {
                (Some(Step::Text(text)), Step::Text(more)) => text.push_str(more),
                _ => kept.push(step),
            },
        }
    }
    kept
}

fn choices() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(any::<u16>(), 0..250)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn the_same_pictures_are_found_in_the_same_links_as_by_a_browser(choices in choices()) {
        let html = page(&choices);
        let found: Vec<_> = find(html.as_bytes()).into_iter().map(tell).collect();
        prop_assert_eq!(found, pictures(&walk(&html)), "{}", html);
    }

    #[test]
    fn a_rewritten_page_is_the_same_tree_with_other_pictures(choices in choices()) {
        let html = page(&choices);
        let kinds = [Kind::SitestripeImage, Kind::CdnAsin, Kind::CdnHash, Kind::ProxiedCdnHash, Kind::ProductIframe];
        let options = RewriteOptions { kinds: &kinds, ..RewriteOptions::default() };
        let Some(rewritten) = rewrite(html.as_bytes(), &images(), &options) else { return Ok(()) };
        let rewritten = String::from_utf8(rewritten).unwrap();
        let (old, new) = (without_anchors(walk(&html)), without_anchors(walk(&rewritten)));
        let (old, new) = (without_boxes(old), without_boxes(new));
        prop_assert_eq!(old.len(), new.len(), "{}\n{}", html, rewritten);
        for (old, new) in old.into_iter().zip(new) {
            let new = undo(&old, new);
            prop_assert_eq!(old, new, "{}\n{}", html, rewritten);
        }
    }
}
