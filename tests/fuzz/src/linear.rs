//! How time grows with a page's size: a page of one piece repeated, of two and of twenty megabytes. Ten times the bytes may
//! take no more than twelve times as long, whatever the piece; unless they take next to nothing, where a processor's
//! caches say more than the code.

use std::time::Duration;

use creators_api::asin::Asin;
use creators_api::html::{Kind, RewriteOptions, find, rewrite};
use creators_api::image::{FallbackTexts, Image, Images, Picture};

/// Larger than a processor's caches, or the factor would be theirs.
const SMALL: usize = 2_000_000;
const MOST: f64 = 12.0;
/// Where all of a page takes less, nobody waits for it.
const A_BYTE: Duration = Duration::from_nanos(50);

/// In front of the repeated piece, the piece, and behind.
const PAGES: &[(&str, &str, &str)] = &[
    ("", "<a ", ">"),
    ("", "<a>", ""),
    ("", "</a>", ""),
    ("", "<", ""),
    ("", "</", ""),
    ("", "<!", ""),
    ("", "<!--", ""),
    ("", "<!-- -", ""),
    ("<!--", "--", ""),
    ("<!--", "--!", ""),
    ("", "-->", ""),
    ("", "<script>", ""),
    ("", "<script><!--", ""),
    ("<script><!--", "<script></script", ""),
    ("<script>", "</scrip", ""),
    ("", "<title></", ""),
    ("<textarea>", "</", ""),
    ("<xmp>", "</xmp", ""),
    ("", "<iframe>", ""),
    ("", "<iframe></iframe>", ""),
    ("", "\"", ""),
    ("<img alt=\"", "'", ""),
    ("", "<img alt='", ""),
    ("", "<a href=\"", ""),
    ("", "`", ""),
    ("", "` ", ""),
    ("", "`` ` ", ""),
    ("", "``` x", ""),
    ("", "~~~\n", ""),
    ("](", "`a", ""),
    ("](", "[", ""),
    ("](", "]", ""),
    ("](", "![", ""),
    ("](", "\\[", ""),
    ("](", "!\\", ""),
    ("", "[[](", ""),
    ("", "]( ", ""),
    ("", "](", ""),
    ("", "][", ""),
    ("", "[]:", ""),
    ("", "[a]: b\n", ""),
    ("", "[a]: https://m.media-amazon.com/images/I/1.jpg\n", ""),
    ("[a]: https://m.media-amazon.com/images/I/1.jpg\n", "![a]", ""),
    ("[a]: https://m.media-amazon.com/images/I/1.jpg\n", "[![a]][a]", ""),
    ("](", " [", ""),
    ("](", "\n", ""),
    ("](", "\n \n", ""),
    ("](x)", "[<img src=https://m.media-amazon.com/images/I/1.jpg>", ""),
    ("](x)[", "<img src=https://m.media-amazon.com/images/I/1.jpg>", "](https://www.amazon.com/dp/B00TSUGXKE)"),
    ("", "![x](https://m.media-amazon.com/images/I/1.jpg)", ""),
    ("", "<table>", ""),
    ("", "<td>", ""),
    ("<table>", "<td>", ""),
    ("<table>", "<td><a href=x>", ""),
    ("", "<table><td><a>", ""),
    ("", "</table>", ""),
    ("", "<pre>", ""),
    ("", "<svg>", ""),
    ("", "<svg></svg>", ""),
    ("<svg>", "<g>", ""),
    ("<svg>", "<g></g>", ""),
    ("<svg>", "</x>", ""),
    ("", "<svg></x>", ""),
    ("", "<svg><p>", ""),
    ("<svg>", "<desc>", ""),
    ("<svg><desc>", "<div>", ""),
    ("<svg><desc><div><div><div><div><div><div><div><div><div><div><div><div><div><div><div>", "<p></p>", ""),
    ("<svg><desc>", "<a>", ""),
    ("<svg>", "<![CDATA[", ""),
    ("<svg>", "<![CDATA[]]>", ""),
    ("<svg><![CDATA[", "]]", ""),
    ("<math>", "<mi>", ""),
    ("<math>", "<annotation-xml encoding=text/html>", ""),
    ("", "<noscript>", ""),
    ("", "<noscript></noscript>", ""),
    ("<noscript>", "</noscrip", ""),
    ("", "<noscript><svg></noscript>", ""),
    ("<svg><g><g><g><g><g><g><g><g><g><g><desc>", "<noscript></noscript>", ""),
    ("", "<select>", ""),
    ("", "<select></select>", ""),
    ("", "<template>", ""),
    ("", "<template></template>", ""),
    ("", "<template><col>", ""),
    ("<img src=//ir-na.amazon-adsystem.com/e/ir>", "<frameset", ">"),
    ("", "<img src=amazon ", ">"),
    ("", "<img src=amazon>", ""),
    ("", "<img src=https://m.media-amazon.com/images/I/1.jpg>", ""),
    (
        "<a href=https://www.amazon.com/dp/B00TSUGXKE>",
        "<img src=https://m.media-amazon.com/images/I/1.jpg alt>",
        "</a>",
    ),
    ("<a href=https://www.amazon.com/dp/B00TSUGXKE>", "<img src=https://m.media-amazon.com/images/I/1.jpg alt>", ""),
    ("", "<a href=https://www.amazon.com/dp/B00TSUGXKE><img src=https://m.media-amazon.com/images/I/1.jpg alt>", ""),
    ("", "<img src=https://m.media-amazon.com/images/P/B00TSUGXKE.01.jpg>", ""),
    ("", "<img src=https://m.media-amazon.com/images/P/080442957X.01.jpg>", ""),
    ("", "[b a=<img src=https://m.media-amazon.com/images/I/1.jpg>", ""),
    ("[", "[b a=<img src=https://m.media-amazon.com/images/I/1.jpg>]", ""),
    ("<img srcset='", "https://m.media-amazon.com/images/I/1.jpg 2x, ", "'>"),
    ("<img srcset='", "https://m.media-amazon.com/images/P/B00TSUGXKE.01.jpg 2x,", "'>"),
    ("<img srcset='amazon", ",", "'>"),
    ("<img srcset='amazon ", "(", "'>"),
    ("<img srcset='amazon ", " x ", "'>"),
    ("<img src='//m.media-amazon.com/images/I/", "&amp;", "'>"),
    ("<img src='//m.media-amazon.com/images/I/", "&", "'>"),
    ("<img src='//m.media-amazon.com/images/I/", "&amp;amp;amp;amp;", "'>"),
    ("<img src='//m.media-amazon.com/images/I/", "&amp;lt;", "'>"),
    ("<img src='//m.media-amazon.com/images/I/", "%25", "'>"),
    ("<img src='//m.media-amazon.com/images/I/1?", "a=1&", "'>"),
    ("<img src='//ws-na.amazon-adsystem.com/widgets/q?ID=AsinImage&", "tag=&", "'>"),
    ("<img src='//ws-na.amazon-adsystem.com/widgets/q?ID=AsinImage&asins=", "B,", "'>"),
    ("<img src='//i0.wp.com/", "//amazon/", "'>"),
    ("<img src='//m.media-amazon.com/images/", "W/images/", "'>"),
    ("<img src='//m.media-amazon.com/images/I/", "_SL", "'>"),
    ("<a href='https://www.amazon.com/", "dp/", "'><img src=https://m.media-amazon.com/images/I/1.jpg>"),
    ("<a href='https://www.amazon.com/", "dp/", "'>"),
    ("<a href='https://www.amazon.com/dp/B00TSUGXKE/", "x-/", "'><img src=https://m.media-amazon.com/images/I/1.jpg>"),
    ("<img ", "a=1 ", "src=https://m.media-amazon.com/images/I/1.jpg>"),
    ("<img src=https://m.media-amazon.com/images/I/1.jpg ", "a ", ">"),
    ("<img src=https://m.media-amazon.com/images/I/1.jpg ", "data-src=amazon ", ">"),
    ("<img src=https://m.media-amazon.com/images/I/1.jpg style='", ";", "'>"),
    ("<img src=https://m.media-amazon.com/images/I/1.jpg style='", "width", "'>"),
    ("<img ", "a=//m.media-amazon.com/images/I/1.jpg ", ">"),
    ("<div style='", "a:url(https://m.media-amazon.com/images/I/1.jpg);", "'>"),
    ("<div style='amazon.", "url(", "'>"),
    ("<div data-images='", "https://m.media-amazon.com/images/I/1.jpg,", "'>"),
    ("<div data-images='amazon.", ",//", "'>"),
    ("<div data-x='[\"\"", ",\"https://m.media-amazon.com/images/I/1.jpg\"", "]'>"),
    ("<div data-x='[\"amazon.", "\\\"", "\"]'>"),
    ("<div data-x='[\"", "https://m.media-amazon.com/images/I/1.jpg 2x, ", "\"]'>"),
    ("<img data-x=\"", "&lt;img src=https://m.media-amazon.com/images/I/1.jpg&gt;", "\">"),
    ("<img data-x=\"amazon.", "&amp;lt;a", "\">"),
    (
        "",
        "<div data-thumb=https://m.media-amazon.com/images/I/1.jpg></div>",
        "<img src=https://m.media-amazon.com/images/I/1.jpg>",
    ),
    ("<img src='//shortpixel.ai/", "x/", "m.media-amazon.com/images/I/1.jpg'>"),
    ("<img src='//h/?", "u=https%3A%2F%2Fm.media-amazon.com%2Fx&", "'>"),
    ("<img src='//h/?u=", "%2525", "amazon.'>"),
    ("", "<x:y><![CDATA[", "<img src=https://m.media-amazon.com/images/I/1.jpg>"),
    ("", "ama\nzon.", ""),
    ("[a <", "<", "<img src=https://m.media-amazon.com/images/I/1.jpg>]"),
    ("<img ", "=", ">"),
    ("<img ", "/", ">"),
    ("", "<!-- wp:x {\"a\":\"amazon\"} -->", ""),
    ("", "<!-- wp:x {\"a\":\"https://m.media-amazon.com/images/I/1.jpg\"} -->", ""),
    (
        "<!-- wp:x {\"a\":[\"\"",
        ",\"https://m.media-amazon.com/images/I/1.jpg\"",
        "]} --><img src=https://m.media-amazon.com/images/I/1.jpg>",
    ),
    ("<!-- wp:x {\"a\":[\"\"", ",\"https://m.media-amazon.com/images/I/1.jpg\"", "]} -->"),
    ("<!-- wp:x ", "{", "} -->"),
    ("<!-- wp:x ", "[", "{} -->"),
    ("<!-- wp:x {\"a\":\"", "\\\"", "\"} -->"),
    ("", "<!-- wp:x --><!-- /wp:x -->", ""),
    ("", "<!-- /wp:x -->", ""),
    (
        "",
        "<!-- wp:x {\"a\":\"https://m.media-amazon.com/images/I/1.jpg\"} --><img src=https://m.media-amazon.com/images/I/2.jpg>",
        "",
    ),
    ("", "amazon ", ""),
    ("", "z", ""),
    ("", "maz", ""),
    ("", "<img src=x data-src=amazon alt=''>", ""),
    ("", "<iframe src='//rcm-na.amazon-adsystem.com/e/cm?asins=B00TSUGXKE'></iframe>", ""),
    ("", "<img src='//ir-na.amazon-adsystem.com/e/ir?a=B00TSUGXKE'>", ""),
];

fn page((before, piece, behind): &(&str, &str, &str), bytes: usize) -> Vec<u8> {
    let repeated = piece.repeat(bytes / piece.len());
    // Whatever the piece, the page names the word without which nothing is read.
    ["amazon ", before, &repeated, behind, " <img src=x>"].concat().into_bytes()
}

struct Given {
    images: Images,
    words: FallbackTexts,
}

impl Given {
    fn new() -> Self {
        let (mut images, mut words) = (Images::default(), FallbackTexts::default());
        let asin = |text| Asin::parse(text).unwrap_or_else(|| panic!("{text} is an ASIN"));
        let url = "https://m.media-amazon.com/images/I/fresh.jpg".to_owned();
        let image = Image {
            medium: Some(Picture { url, width: Some(120), height: Some(160) }),
            title: Some("Title".to_owned()),
            ..Image::default()
        };
        images.insert("www.amazon.com", asin("B00TSUGXKE"), image);
        words.insert("www.amazon.com", asin("080442957X"), "Words".to_owned());
        Self { images, words }
    }

    /// The best of a few rounds.
    fn time(&self, page: &[u8], rounds: usize) -> Duration {
        let options =
            RewriteOptions { kinds: &Kind::ALL, fallback_text: Some(&self.words), ..RewriteOptions::default() };
        let once = || {
            let begun = now();
            std::hint::black_box((find(page).len(), rewrite(page, &self.images, &options).is_some()));
            now().saturating_sub(begun)
        };
        (0..rounds).map(|_| once()).min().unwrap_or_default()
    }
}

/// The processor's time of this thread, which does not run while others do.
fn now() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(told.split(' ').next().and_then(|nanos| nanos.parse().ok()).unwrap_or_default())
}

fn main() {
    let given = Given::new();
    let mut worst = (0.0, Duration::ZERO, &PAGES[0]);
    let mut wrong = 0;
    for parts in PAGES {
        // What is not linear would never end at its full size.
        let tenth = given.time(&page(parts, SMALL / 10), 3);
        let small = if tenth > A_BYTE * SMALL as u32 { tenth * 100 } else { given.time(&page(parts, SMALL), 3) };
        if small > A_BYTE * 10 * SMALL as u32 {
            println!("{tenth:?} for {} bytes: {parts:?}", SMALL / 10);
            wrong += 1;
            continue;
        }
        let large = given.time(&page(parts, 10 * SMALL), 2);
        let factor = large.as_secs_f64() / small.as_secs_f64();
        if large > A_BYTE * 10 * SMALL as u32 && factor > MOST {
            println!("{factor:.1} times as long for ten times the page ({large:?}): {parts:?}");
            wrong += 1;
        }
        if large > worst.1 {
            worst = (factor, large, parts);
        }
    }
    let (factor, time, parts) = worst;
    println!("The slowest of {} pages of 20 MB takes {time:?}, {factor:.1} times its tenth: {parts:?}", PAGES.len());
    std::process::exit(i32::from(wrong > 0));
}
