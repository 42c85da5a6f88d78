//! Amazon's pictures in HTML: found with everything their markup says, and rewritten with every other byte kept.
//!
//! Three sieves, each finer than the one before: a search for the word, a tokenizer that knows what a browser takes
//! for a tag, and a reader of URLs. The tokenizer is our own because it must hand out byte ranges of attribute values
//! and touch nothing else. lol_html gives the ranges too, but takes what `noscript` holds for text, and there stand the
//! twins of lazy pictures.

mod entities;
mod find;
mod link;
mod picture;
mod rewrite;
mod tokenizer;
mod url;

pub use find::{Found, find};
pub use picture::Kind;
pub use rewrite::{Options, rewrite};

use memchr::memchr2_iter;

/// The host of an absolute URL, without its port.
#[must_use]
pub fn host_of(text: &str) -> Option<&str> {
    url::Url::parse(text).map(|url| url.host)
}

/// Whether the word stands anywhere, in any case. A page without it has none of Amazon's pictures.
fn mentions_amazon(bytes: &[u8]) -> bool {
    // Its rarest letter is looked for; the three before it and the two behind it decide.
    memchr2_iter(b'z', b'Z', bytes).any(|at| {
        at.checked_sub(3).and_then(|start| bytes.get(start..at + 3)).is_some_and(|w| w.eq_ignore_ascii_case(b"amazon"))
    })
}

#[cfg(test)]
mod tests {
    use super::mentions_amazon;

    #[test]
    fn the_word_is_found_in_any_case_and_nowhere_else() {
        for (text, is) in
            [("amazon", true), ("x AMAZON", true), ("zamaZonz", true), ("amazo", false), ("zon", false), ("", false)]
        {
            assert_eq!(mentions_amazon(text.as_bytes()), is, "{text}");
        }
    }
}
