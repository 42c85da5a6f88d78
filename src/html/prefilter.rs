//! What can be told of a page before it is read: whether one of Amazon's hosts stands in it, and what for.

use std::ops::Range;

use memchr::{Memchr2, memchr2_iter, memrchr2_iter};

use crate::html::host::{Host, Service};
use crate::html::picture::Kind;

/// Where the word stands with what goes on in a host's name behind it, as it is or written in another way: without it there is
/// none of Amazon's hosts, whatever a text says of Amazon. In any case.
fn mentions(bytes: &[u8]) -> impl Iterator<Item = usize> {
    // Its rarest letter is looked for.
    memchr2_iter(b'z', b'Z', bytes).filter_map(|at| mentioned_around(bytes, at))
}

/// Where the word begins whose `z` stands there: the three letters before it and the three behind it decide.
fn mentioned_around(bytes: &[u8], at: usize) -> Option<usize> {
    // What follows in `lazy` or `size` is told at once.
    if !matches!(bytes.get(at + 1)?, b'o' | b'O' | b'\n' | b'\r' | b'\t') {
        return None;
    }
    let start = at.checked_sub(3)?;
    let (behind, word) = bytes.get(start..at + 4)?.split_last()?;
    if word.eq_ignore_ascii_case(b"amazon") && matches!(behind, b'.' | b'-' | b'&' | b'%' | b'\\') {
        return Some(start);
    }
    let is_broken = |byte: &u8| matches!(byte, b'\n' | b'\r' | b'\t');
    (is_broken(behind) || word.iter().any(is_broken)).then(|| broken_word(bytes, at)).flatten()
}

/// The same where a line ends within the word, which is none of the URL's end.
fn broken_word(bytes: &[u8], at: usize) -> Option<usize> {
    const FAR: usize = 32;
    let is_own = |byte: u8| !matches!(byte, b'\n' | b'\r' | b'\t');
    let behind = bytes.get(at..bytes.len().min(at + FAR))?.iter().copied().filter(|byte| is_own(*byte)).take(4);
    let mut before = (at.saturating_sub(FAR)..at).rev().filter_map(|at| Some((at, *bytes.get(at)?)));
    let mut letter = || before.find(|(_, byte)| is_own(*byte));
    let [last, middle, first] = [letter()?, letter()?, letter()?];
    let mut word = [first.1, middle.1, last.1].into_iter().chain(behind).collect::<Vec<_>>();
    let end = word.pop()?;
    let is_host = word.eq_ignore_ascii_case(b"amazon") && matches!(end, b'.' | b'-' | b'&' | b'%' | b'\\');
    is_host.then_some(first.0)
}

/// Where the last of Amazon's hosts begins that may stand anywhere.
#[must_use]
pub fn last_mention(bytes: &[u8]) -> Option<usize> {
    memrchr2_iter(b'z', b'Z', bytes).find_map(|at| mentioned_around(bytes, at))
}

/// Where one of Amazon's hosts may stand in a page, for who walks it from its beginning to its end.
pub struct Mentions<'a> {
    html: &'a [u8],
    letters: Memchr2<'a>,
    next: Option<usize>,
}

impl<'a> Mentions<'a> {
    /// Begins at the page's first byte.
    #[must_use]
    pub fn new(html: &'a [u8]) -> Self {
        let mut new = Self { html, letters: memchr2_iter(b'z', b'Z', html), next: None };
        new.advance();
        new
    }

    /// Whether one stands there. No part of the page may come before an earlier one.
    pub fn any_in(&mut self, range: &Range<usize>) -> bool {
        self.behind(range.start) < range.end
    }

    /// Where the first stands there or behind; nowhere, where none does.
    pub fn behind(&mut self, at: usize) -> usize {
        while self.next.is_some_and(|next| next < at) {
            self.advance();
        }
        self.next.unwrap_or(usize::MAX)
    }

    fn advance(&mut self) {
        self.next = self.letters.find_map(|at| mentioned_around(self.html, at));
    }
}

/// Whether one of Amazon's hosts may stand anywhere.
#[must_use]
pub fn mentions_host(bytes: &[u8]) -> bool {
    mentions(bytes).next().is_some()
}

/// Whether a picture of one of these kinds may stand anywhere. Links to shops, pixels and pictures that are fresh are on most
/// pages of Amazon's partners; where all that is mentioned is one of those, a page need not be read.
#[must_use]
pub fn may_hold(bytes: &[u8], kinds: &[Kind]) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_found_in_any_case_and_mere_words_are_none() {
        for (text, is) in [
            ("https://m.media-amazon.com/", true),
            ("x AMAZON-ADSYSTEM", true),
            ("zamaZon.", true),
            ("images-ama\r\n\tzon.com", true),
            ("images-amazon\n.com", true),
            ("a\nm\na\nz\no\nn\n.", true),
            ("ama\nzon com", false),
            ("ama zon.com", false),
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
            ("//images-ama\nzon.com/", true, true),
        ] {
            assert_eq!(may_hold(text.as_bytes(), &Kind::ALL), of_any, "{text}");
            assert_eq!(may_hold(text.as_bytes(), &USUAL), of_usual, "{text}");
        }
        let far = format!("//{}amazon.com/", "x".repeat(100));
        assert!(may_hold(far.as_bytes(), &USUAL));
    }
}
