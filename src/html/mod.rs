//! Amazon's pictures in HTML: found with everything their markup says, and rewritten with every other byte kept.
//!
//! Three sieves, each finer than the one before: a search for the word, a tokenizer that knows what a browser takes
//! for a tag, and a reader of URLs. The tokenizer is our own because it must hand out byte ranges of attribute values
//! and touch nothing else. lol_html gives the ranges too, but takes what `noscript` holds for text, and there stand the
//! twins of lazy pictures; html5ever, which the tests compare it with, gives none.

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

/// The host of an absolute URL, without its port.
#[must_use]
pub fn host_of(text: &str) -> Option<&str> {
    url::Url::parse(text).map(|url| url.host)
}

/// Whether one of Amazon's hosts may stand anywhere: the word, in any case, and what goes on in a host's name behind it, as
/// it is or written in another way. Without it a page has none of Amazon's pictures, whatever it says of Amazon.
fn mentions_host(bytes: &[u8]) -> bool {
    // Its rarest letter is looked for; the three before it and the three behind it decide.
    memchr2_iter(b'z', b'Z', bytes).any(|at| {
        let word = at.checked_sub(3).and_then(|start| bytes.get(start..at + 4));
        word.and_then(<[u8]>::split_last).is_some_and(|(behind, word)| {
            word.eq_ignore_ascii_case(b"amazon") && matches!(behind, b'.' | b'-' | b'&' | b'%' | b'\\')
        })
    })
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
    use super::{is_in_shortcode, mentions_host};

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
}
