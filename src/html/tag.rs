//! A tag as it is written: its name and its attributes, as byte ranges of the page.

use std::ops::Range;

/// An attribute; one without a value has an empty one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// As it is written.
    pub name: Range<usize>,
    /// Between the quotes.
    pub value: Range<usize>,
    /// What surrounds the value.
    pub quote: Quote,
}

/// What surrounds an attribute value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quote {
    /// `"`
    Double,
    /// `'`
    Single,
    /// Nothing.
    None,
}

/// A start tag.
#[derive(Debug, Clone, Copy)]
pub struct StartTag<'a> {
    /// The page.
    pub html: &'a [u8],
    /// Its name.
    pub name: &'a Range<usize>,
    /// Its attributes.
    pub attributes: &'a [Attribute],
    /// It ends with `/>`.
    pub is_self_closing: bool,
}

/// Of two attributes with one name the first counts.
#[must_use]
pub fn first<'a>(html: &[u8], attributes: &'a [Attribute], name: &[u8]) -> Option<&'a Attribute> {
    attributes
        .iter()
        .find(|attribute| html.get(attribute.name.clone()).is_some_and(|written| written.eq_ignore_ascii_case(name)))
}
