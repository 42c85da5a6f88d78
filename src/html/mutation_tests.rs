//! The pieces of tests/html/corpus, broken by chance: whatever is broken, nothing is changed but the addresses of pictures,
//! what a picture lacks, and dead boxes; and a second time changes nothing. `HTML_MUTATIONS=1000000` makes more of them.

use std::fs::{read_dir, read_to_string};
use std::path::Path;

use crate::asin::Asin;
use crate::html::find::Page;
use crate::html::picture::Kind;
use crate::html::rewrite::{Edits, RewriteOptions, rewrite};
use crate::image::{Image, Images, Picture};
use crate::marketplace::{ALL, Marketplace};

fn mutations() -> usize {
    std::env::var("HTML_MUTATIONS").ok().and_then(|count| count.parse().ok()).unwrap_or(20_000)
}

const ASINS: [&str; 3] = ["B00TSUGXKE", "080442957X", "4101010013"];
const SIZES: [(&str, u32, u32); 4] =
    [("_SL75_", 50, 75), ("_SL160_", 107, 160), ("_SL500_", 333, 500), ("_SL1500_", 1000, 1500)];

/// What breaks HTML, CSS, JSON, addresses and Markdown.
#[rustfmt::skip]
const BREAKS: [&str; 40] = [
    "\"", "'", "<", ">", "&", ";", "=", " ", "\n", "\t", "/", "//", "\\", "%", "%2F", "#", "?", "(", ")", "[", "]", "{", "}", ",",
    "<!--", "-->", "<![CDATA[", "]]>", "</a>", "<a>", "</iframe>", "<svg>", "<noscript>", "</noscript>", "<textarea>",
    "&quot;", "&lt;", "&amp;", "url(", "amazon.",
];

fn fresh(asin: &str, size: &str) -> String {
    format!("https://m.media-amazon.com/images/I/{asin}.{size}.jpg")
}

fn images() -> Images {
    let mut images = Images::default();
    for asin in ASINS {
        let picture = |(size, width, height): (&str, u32, u32)| {
            Some(Picture { url: fresh(asin, size), width: Some(width), height: Some(height) })
        };
        let [small, medium, large, hires] = SIZES.map(picture);
        let title = Some(format!("Fresh {asin}"));
        let detail_page_url = Some(format!("https://www.amazon.com/dp/{asin}?tag=yourtag-20"));
        let image = Image { small, medium, large, hires, title, detail_page_url, fetched_at: 0 };
        for marketplace in ALL {
            images.insert(marketplace.host, Asin::parse(asin).unwrap(), image.clone());
        }
    }
    images
}

fn pieces() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/html/corpus");
    let mut files: Vec<_> = read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let mut pieces = Vec::new();
    for file in files {
        for piece in read_to_string(file).unwrap().split("\n## ").skip(1) {
            let lines = piece.lines().skip(1).skip_while(|line| line.starts_with("= "));
            pieces.push(lines.take_while(|line| *line != "---").collect::<Vec<_>>().join("\n"));
        }
    }
    pieces
}

/// Always the same chance.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap() % end.max(1)
    }

    fn piece<'a>(&mut self, pieces: &'a [String]) -> &'a str {
        &pieces[self.below(pieces.len())]
    }

    fn mutation(&mut self, pieces: &[String]) -> Vec<u8> {
        let mut html = self.piece(pieces).as_bytes().to_vec();
        for _ in 0..=self.below(3) {
            let at = self.below(html.len() + 1);
            let end = (at + self.below(12)).min(html.len());
            match self.below(6) {
                0 => drop(html.drain(at..end)),
                1 => drop(html.splice(at..at, self.piece(pieces).bytes())),
                2 => html.truncate(at),
                3 if at < html.len() => html[at] = u8::try_from(self.below(256)).unwrap(),
                4 => drop(html.splice(at..end, BREAKS[self.below(BREAKS.len())].bytes())),
                _ => drop(html.splice(at..at, BREAKS[self.below(BREAKS.len())].bytes())),
            }
        }
        html
    }
}

fn without_number(text: &str) -> &str {
    text.trim_start_matches(|character: char| character.is_ascii_digit())
}

/// What stands behind one of the fresh addresses.
fn behind_fresh(text: &str) -> Option<&str> {
    ASINS
        .into_iter()
        .flat_map(|asin| SIZES.map(|(size, ..)| fresh(asin, size)))
        .find_map(|url| text.strip_prefix(&url).or_else(|| text.strip_prefix(&url.replace('/', "\\/"))))
}

/// Whether it is a fresh address.
fn is_address(text: &str) -> bool {
    behind_fresh(text) == Some("")
}

/// Whether it is what a picture may be given beside its address.
fn is_lacking(text: &str) -> bool {
    let sized = text.strip_prefix(" width=\"").map(without_number).and_then(|rest| rest.strip_prefix("\" height=\""));
    let rest = sized.map(without_number).and_then(|rest| rest.strip_prefix('"')).unwrap_or(text);
    let dense = rest.strip_prefix(" srcset=\"").and_then(behind_fresh).and_then(|rest| rest.strip_prefix(' '));
    let dense = dense.map(without_number).and_then(|rest| rest.strip_prefix('.')).map(without_number);
    dense.and_then(|rest| rest.strip_prefix("x\"")).unwrap_or(rest).is_empty()
}

fn is_title(text: &str) -> bool {
    let text = text.strip_suffix('"').and_then(|text| text.split_once("=\"")).map_or(text, |(_, title)| title);
    ASINS.iter().any(|asin| text.strip_prefix("Fresh ") == Some(asin))
}

/// Without references, however often they were written.
fn plain(text: &str) -> String {
    let mut text = text.to_owned();
    for (reference, character) in [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\"")].repeat(3) {
        text = text.replace(reference, character);
    }
    text
}

/// Whether a dead frame, escaped or not, has become a living link.
fn is_box(old: &str, new: &str) -> bool {
    let (old, new) = (plain(old).to_ascii_lowercase(), plain(new));
    old.starts_with("<iframe")
        && old.trim_end_matches(|c: char| c.is_whitespace()).ends_with('>')
        && old.contains("</iframe")
        && new.starts_with("<a href=\"https://www.amazon.com/dp/")
        && new.ends_with("</a>")
        && new.matches('<').count() == 4
}

#[test]
fn nothing_but_pictures_changes_whatever_is_broken() {
    let (pieces, images, mut chance) = (pieces(), images(), Chance(0x2545_f491_4f6c_dd1d));
    let kinds = [Kind::SitestripeImage, Kind::ProductIframe, Kind::CdnAsin, Kind::CdnHash, Kind::ProxiedCdnHash];
    let default_marketplace = Marketplace::by_host("www.amazon.com");
    let options = RewriteOptions { default_marketplace, kinds: &kinds, ..RewriteOptions::default() };
    let mut changed = 0;
    for _ in 0..mutations() {
        let html = chance.mutation(&pieces);
        let shown = String::from_utf8_lossy(&html);
        let page = Page::read(&html);
        let mut kept = 0;
        for (range, new) in page.edits(&html, &images, &options).iter().flat_map(Edits::iter) {
            assert!(kept <= range.start && range.end <= html.len(), "{range:?} {shown}");
            kept = range.end;
            let old = String::from_utf8_lossy(&html[range.clone()]);
            let is_found = page.found.iter().any(|found| found.value == *range);
            let is_behind = range.is_empty() && page.found.iter().any(|found| found.value.end <= range.start);
            let is_blank = old.trim().is_empty() || old.to_ascii_lowercase().starts_with("alt");
            assert!(
                (is_found && is_address(&plain(new)))
                    || (is_behind && is_lacking(&plain(new)))
                    || (is_blank && is_title(new))
                    || is_box(&old, new),
                "{old}\nbecame\n{new}\nin\n{shown}"
            );
        }
        if let Some(once) = rewrite(&html, &images, &options) {
            changed += 1;
            let twice = rewrite(&once, &images, &options);
            assert_eq!(twice.map(|twice| String::from_utf8_lossy(&twice).into_owned()), None, "{shown}");
        }
    }
    assert!(changed > mutations() / 4, "{changed}");
}
