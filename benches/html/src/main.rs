//! Ours and lol_html's time for one page, without PHP: `html-bench FILE PICTURES` prints a line `NAME SECONDS` for each;
//! `html-bench FILE PICTURES ROUNDS` does ours alone so many times, for a profiler to look at.

use std::hint::black_box;
use std::time::{Duration, Instant};

use creators_api::asin::Asin;
use creators_api::html::{Page, RewriteOptions, rewrite};
use creators_api::image::{Image, Images, Picture};
use lol_html::{RewriteStrSettings, element, rewrite_str};

const FRESH: &str = "https://m.media-amazon.com/images/I/41FYkVPzrIL._SL160_.jpg";

fn images(count: usize) -> Images {
    let mut images = Images::default();
    for number in 1..=count {
        let medium = Some(Picture { url: FRESH.to_owned(), width: Some(120), height: Some(160) });
        let asin = Asin::parse(&format!("B0{number:08}")).expect("an ASIN");
        images.insert("www.amazon.com", asin, Image { medium, ..Image::default() });
    }
    images
}

/// The URL of every SiteStripe picture replaced, as somebody would write it with lol_html.
fn with_lol_html(html: &str, images: &Images) -> String {
    let picture = element!("img[src*='amazon-adsystem.com/widgets/q']", |picture| {
        let url = picture.get_attribute("src").unwrap_or_default();
        let asin = url.split_once("ASIN=").and_then(|(_, behind)| Asin::parse(behind.get(..10)?));
        if let Some(fresh) = asin.and_then(|asin| images.get("www.amazon.com", &asin)?.medium.as_ref()) {
            picture.set_attribute("src", &fresh.url)?;
        }
        Ok(())
    });
    rewrite_str(html, RewriteStrSettings { element_content_handlers: vec![picture], ..RewriteStrSettings::new() })
        .expect("a page")
}

/// The best of the rounds that fit into a third of a second.
fn best<T>(way: impl Fn() -> T) -> f64 {
    let begun = Instant::now();
    let mut best = Duration::MAX;
    while begun.elapsed() < Duration::from_millis(300) {
        let round = Instant::now();
        black_box(way());
        best = best.min(round.elapsed());
    }
    best.as_secs_f64()
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().expect("a file");
    let count: usize = arguments.next().and_then(|count| count.parse().ok()).expect("a number of pictures");
    let html = std::fs::read_to_string(file).expect("a page");
    let (images, options) = (images(count), RewriteOptions::default());
    if let Some(rounds) = arguments.next().and_then(|rounds| rounds.parse::<usize>().ok()) {
        for _ in 0..rounds {
            black_box(rewrite(html.as_bytes(), &images, &options));
        }
        return;
    }
    let ours = rewrite(html.as_bytes(), &images, &options).unwrap_or_default();
    let fresh = |html: &str| html.matches(FRESH).count();
    assert_eq!(fresh(&String::from_utf8_lossy(&ours)), count);
    assert_eq!(fresh(&with_lol_html(&html, &images)), count);
    println!("rewrite {:e}", best(|| rewrite(html.as_bytes(), &images, &options)));
    println!("Page::read {:e}", best(|| Page::read(html.as_bytes())));
    println!("lol_html {:e}", best(|| with_lol_html(&html, &images)));
}
