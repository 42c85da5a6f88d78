//! Amazon's pictures in HTML: found with everything their markup says, and rewritten with every other byte kept.
//!
//! Four sieves, each finer than the one before: a search for the word, a look at the host around it, a tokenizer that
//! knows what a browser takes for a tag, and a reader of URLs. The tokenizer is our own because it must hand out byte
//! ranges of attribute values and touch nothing else. lol_html gives the ranges too, but takes what `noscript` holds for
//! text, and there stand the copies of lazy pictures; html5ever, which the tests compare it with, gives none.

mod attribute;
mod attribute_urls;
mod block_comments;
mod consent;
mod css;
mod element;
mod element_names;
mod entities;
mod find;
mod found;
mod host;
mod json;
mod link;
mod markdown;
mod markdown_images;
#[cfg(test)]
mod mutation_tests;
mod open_elements;
mod picture;
mod prefilter;
mod product_box;
mod proxy;
mod rewrite;
mod shortcode;
mod size;
mod srcset;
mod tag;
mod text_elements;
mod tokenizer;
mod tree_builder;
mod url;

pub use find::{Page, find};
pub use found::Found;
pub use picture::Kind;
pub use rewrite::{Edits, RewriteOptions, rewrite};

/// The host of an absolute URL, without its port.
#[must_use]
pub fn host_of(text: &str) -> Option<&str> {
    url::Url::parse(text).map(|url| url.host)
}
