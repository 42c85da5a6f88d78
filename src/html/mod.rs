//! Amazon's pictures in HTML: found with everything their markup says, and rewritten with every other byte kept.
//!
//! Four sieves, each finer than the one before: a search for the word, a look at the host around it, a tokenizer that
//! knows what a browser takes for a tag, and a reader of URLs. The tokenizer is our own because it must hand out byte
//! ranges of attribute values and touch nothing else. lol_html gives the ranges too, but takes what `noscript` holds for
//! text, and there stand the twins of lazy pictures; html5ever, which the tests compare it with, gives none.

mod block_comments;
mod element;
mod element_names;
mod entities;
mod find;
mod host;
mod leftovers;
mod link;
mod markdown;
mod picture;
mod product_box;
mod rewrite;
mod size;
mod srcset;
mod surroundings;
mod text_elements;
mod tokenizer;
mod tree_builder;
mod url;

pub use find::{Found, Page, find, read, read_with};
pub use picture::Kind;
pub use rewrite::{Options, rewrite};

use std::ops::Range;

use memchr::{memchr, memchr2, memchr2_iter, memrchr2};

use crate::html::host::{Host, Service};

/// The host of an absolute URL, without its port.
#[must_use]
pub fn host_of(text: &str) -> Option<&str> {
    url::Url::parse(text).map(|url| url.host)
}

/// Where the word stands with what goes on in a host's name behind it, as it is or written in another way: without it there is
/// none of Amazon's hosts, whatever a text says of Amazon. In any case.
fn mentions(bytes: &[u8]) -> impl Iterator<Item = usize> {
    // Its rarest letter is looked for; the three before it and the three behind it decide.
    memchr2_iter(b'z', b'Z', bytes).filter_map(|at| {
        let start = at.checked_sub(3)?;
        let (behind, word) = bytes.get(start..at + 4)?.split_last()?;
        let is_host = word.eq_ignore_ascii_case(b"amazon") && matches!(behind, b'.' | b'-' | b'&' | b'%' | b'\\');
        is_host.then_some(start)
    })
}

/// Whether one of Amazon's hosts may stand anywhere.
fn mentions_host(bytes: &[u8]) -> bool {
    mentions(bytes).next().is_some()
}

/// Whether a picture of one of these kinds may stand anywhere. Links to shops, pixels and pictures that are fresh are on most
/// pages of Amazon's partners; where all that is mentioned is one of those, a page need not be read.
fn may_hold(bytes: &[u8], kinds: &[Kind]) -> bool {
    mentions(bytes).any(|at| Mentioned::of(bytes, at).may_be(kinds))
}

/// What a host may be the host of, by what stands around the word in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mentioned {
    /// No picture.
    Nothing,
    /// A picture by its hash, as they are or behind a proxy.
    Hash,
    /// A tracking pixel.
    Pixel,
    /// Anything.
    Anything,
}

impl Mentioned {
    fn of(bytes: &[u8], at: usize) -> Self {
        // No host of Amazon's is longer.
        const FAR: usize = 64;
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
        let before = bytes.get(at.saturating_sub(FAR)..at).unwrap_or_default();
        let behind = bytes.get(at..bytes.len().min(at + FAR)).unwrap_or_default();
        let Some(gap) = before.iter().rposition(|byte| !is_name(byte)) else { return Self::Anything };
        match before.get(gap) {
            Some(b'/') => {}
            // A word of a text: a host has slashes before it, as they are or written in another way.
            Some(b' ' | b'\n' | b'>') => return Self::Nothing,
            _ => return Self::Anything,
        }
        let Some(length) = behind.iter().position(|byte| !is_name(byte)) else { return Self::Anything };
        let (rest, path) = behind.split_at_checked(length).unwrap_or_default();
        // More of the name may come, written in another way.
        if !matches!(path.first(), Some(b'/' | b'?' | b'"' | b'\'' | b'<' | b' ')) {
            return Self::Anything;
        }
        let start = before.get(gap + 1..).unwrap_or_default();
        let host = bytes.get(at - start.len()..at + rest.len()).unwrap_or_default();
        match std::str::from_utf8(host).ok().and_then(Host::of) {
            None => Self::Nothing,
            Some(Host::Ads { service: Service::Pixel, .. }) => Self::Pixel,
            Some(Host::Pictures { .. }) if path.starts_with(b"/images/I/") => Self::Hash,
            Some(_) => Self::Anything,
        }
    }

    fn may_be(self, kinds: &[Kind]) -> bool {
        match self {
            Self::Nothing => false,
            Self::Hash => kinds.iter().any(|kind| matches!(kind, Kind::CdnHash | Kind::ProxiedCdnHash)),
            Self::Pixel => kinds.contains(&Kind::TrackingPixel),
            Self::Anything => true,
        }
    }
}

/// Whether the tag stands between the brackets of a shortcode, `[box text="<img …>"]`: what it becomes is the
/// shortcode's affair.
fn is_in_shortcode(html: &[u8], tag: &Range<usize>) -> bool {
    const FAR: usize = 2_000;
    let before = html.get(tag.start.saturating_sub(FAR)..tag.start).unwrap_or_default();
    let Some(open) = memrchr2(b'[', b']', before).filter(|at| before.get(*at) == Some(&b'[')) else { return false };
    let inside = before.get(open + 1..).unwrap_or_default();
    let name = inside.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')).count();
    let behind = html.get(tag.end..html.len().min(tag.end.saturating_add(FAR))).unwrap_or_default();
    name > 0
        && inside.get(name).is_some_and(u8::is_ascii_whitespace)
        && memchr(b'=', inside).is_some()
        && memchr2(b'[', b']', behind).is_some_and(|at| behind.get(at) == Some(&b']'))
}

#[cfg(test)]
mod tests {
    use super::{Kind, is_in_shortcode, may_hold, mentions_host};

    #[test]
    fn only_what_stands_between_a_shortcodes_brackets_is_its_own() {
        for (html, is) in [
            ("[box text='<img>']", true),
            ("[box  a=1 text=\"<b>x</b><img>\" c]", true),
            ("[caption id=1]<img> x[/caption]", false),
            ("[<img>][5]", false),
            ("[see <img>]", false),
            ("[box a=1 <img>", false),
            ("[box a=1 <img>[b]", false),
            ("<img>", false),
        ] {
            let start = html.find("<img>").unwrap();
            assert_eq!(is_in_shortcode(html.as_bytes(), &(start..start + 5)), is, "{html}");
        }
    }

    #[test]
    fn a_host_is_found_in_any_case_and_mere_words_are_none() {
        for (text, is) in [
            ("https://m.media-amazon.com/", true),
            ("x AMAZON-ADSYSTEM", true),
            ("zamaZon.", true),
            ("amazon&#46;com", true),
            ("amazon\\u002dadsystem", true),
            ("amazon", false),
            ("an Amazon Associate", false),
            ("amazo", false),
            ("zon.", false),
            ("", false),
        ] {
            assert_eq!(mentions_host(text.as_bytes()), is, "{text}");
        }
    }

    #[test]
    fn a_page_is_read_where_a_host_may_show_a_picture_that_is_wanted() {
        const USUAL: [Kind; 3] = [Kind::SitestripeImage, Kind::ProductIframe, Kind::CdnAsin];
        for (text, of_any, of_usual) in [
            ("<a href=\"https://www.amazon.com/dp/B00TSUGXKE\">at Amazon.com</a>", false, false),
            ("<a href='//amazon.de/'>amazon.de</a>", false, false),
            ("/g-images.amazon.com/", false, false),
            ("//m.media-amazon.com/images/I/41.jpg", true, false),
            ("//i0.wp.com/m.media-amazon.com/images/I/41.jpg", true, false),
            ("//ir-na.amazon-adsystem.com/e/ir?t=x", true, false),
            ("//ws-na.amazon-adsystem.com/widgets/q", true, true),
            ("//m.media-amazon.com/images/W/x/images/I/41.jpg", true, true),
            ("//images-na.ssl-images-amazon.com/images/P/x", true, true),
            ("//ws-www.amazon.de/widgets/q", true, true),
            ("//i0.wp.com/x%2Fwww.amazon.com/", true, true),
            ("&#47;&#47;m.media-amazon.com/images/I/41.jpg", true, true),
            ("//www.amazon.com&#46;x/", true, true),
            ("//www.amazon.com%2e", true, true),
            ("\\/\\/www.amazon.com\\/", true, true),
            ("//www.amazon.com", true, true),
            ("www.amazon.com/", true, true),
        ] {
            assert_eq!(may_hold(text.as_bytes(), &Kind::ALL), of_any, "{text}");
            assert_eq!(may_hold(text.as_bytes(), &USUAL), of_usual, "{text}");
        }
        let far = format!("//{}amazon.com/", "x".repeat(100));
        assert!(may_hold(far.as_bytes(), &USUAL));
    }
}
