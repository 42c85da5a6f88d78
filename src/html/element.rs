//! An element that shows a picture, and what of its tag decides how it may be changed.

use std::ops::Range;

use memchr::memmem;

use crate::html::tag::{Attribute, Quote, first};
use crate::html::tokenizer::Tokenizer;

/// The elements that matter here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ElementName {
    /// `a`
    Link,
    /// `img`
    Image,
    /// `amp-img`
    AmpImage,
    /// `source`, of `picture`
    Source,
    /// `iframe`
    Frame,
    /// `table`
    Table,
    /// `td`, `th`, `caption`
    Cell,
    /// `tr`, `tbody`, `thead`, `tfoot`
    Row,
    /// `pre`, `code`: Markdown in them is an example.
    Code,
}

impl ElementName {
    /// Reads a tag's name.
    #[must_use]
    pub fn of(name: &[u8]) -> Option<Self> {
        // By length first: most tags of a page are told from these by that alone.
        let known: &[(&[u8], Self)] = match name.len() {
            1 => &[(b"a", Self::Link)],
            2 => &[(b"td", Self::Cell), (b"tr", Self::Row), (b"th", Self::Cell)],
            3 => &[(b"img", Self::Image), (b"pre", Self::Code)],
            4 => &[(b"code", Self::Code)],
            5 => &[(b"table", Self::Table), (b"tbody", Self::Row), (b"thead", Self::Row), (b"tfoot", Self::Row)],
            6 => &[(b"source", Self::Source), (b"iframe", Self::Frame)],
            7 => &[(b"amp-img", Self::AmpImage), (b"caption", Self::Cell)],
            _ => return None,
        };
        known.iter().find(|(known, _)| name.eq_ignore_ascii_case(known)).map(|(_, name)| *name)
    }
}

/// An element in which a picture was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// Which.
    pub name: ElementName,
    /// Its start tag.
    pub span: Range<usize>,
    /// With its end tag, for a frame outside of links whose end tag stands where it should.
    pub whole: Option<Range<usize>>,
    /// Says by itself how large it is to be shown.
    pub is_sized: bool,
    /// Has more than one `src`: a list for dense screens, or one that a script puts in place later.
    pub has_other_sources: bool,
    /// Shows a tracking pixel and nothing else.
    pub is_pixel: bool,
    /// Its `alt`.
    pub alt: Option<Attribute>,
    /// The `alt` is there and says nothing.
    pub is_alt_blank: bool,
    /// Stands in a link.
    pub is_linked: bool,
    /// No word stands beside it in its link.
    pub is_alone_in_link: bool,
    /// Nothing but its URL may change: the comment of its block holds that as well, or not every browser makes the same
    /// of what stands there.
    pub is_url_only: bool,
}

impl Element {
    /// Reads a start tag.
    #[must_use]
    pub fn read(html: &[u8], name: ElementName, tag: &Tokenizer<'_>) -> Self {
        let attributes = &tag.attributes;
        let has = |name: &[u8]| first(html, attributes, name).is_some();
        let alt = first(html, attributes, b"alt");
        Self {
            name,
            span: tag.span.clone(),
            whole: None,
            is_sized: has(b"width") || has(b"height") || has_size_in_style(html, attributes),
            has_other_sources: attributes.iter().any(|attribute| {
                let name = html.get(attribute.name.clone()).unwrap_or_default().to_ascii_lowercase();
                let is_data = |part: &[u8]| name.starts_with(b"data-") && memmem::find(&name, part).is_some();
                name == b"srcset" || is_data(b"src") || is_data(b"lazy") || is_data(b"orig")
            }),
            is_pixel: false,
            is_alt_blank: alt.is_some_and(|alt| is_blank(html, alt)),
            alt: alt.cloned(),
            is_linked: false,
            is_alone_in_link: false,
            is_url_only: tag.is_ambiguous,
        }
    }

    /// Whether an `alt` says something.
    #[must_use]
    pub fn has_alt(html: &[u8], attributes: &[Attribute]) -> bool {
        first(html, attributes, b"alt").is_some_and(|alt| !is_blank(html, alt))
    }
}

/// What is to be put in the place of an attribute, and which bytes it takes: the value, or for one without quotes all
/// of it.
#[must_use]
pub fn alt_with(html: &[u8], alt: &Attribute, escaped: &str) -> Option<(Range<usize>, String)> {
    match alt.quote {
        Quote::Double | Quote::Single => Some((alt.value.clone(), escaped.to_owned())),
        Quote::None => {
            let name = html.get(alt.name.clone()).and_then(|name| std::str::from_utf8(name).ok())?;
            Some((alt.name.start..alt.value.end.max(alt.name.end), format!("{name}=\"{escaped}\"")))
        }
    }
}

fn is_blank(html: &[u8], attribute: &Attribute) -> bool {
    html.get(attribute.value.clone()).is_some_and(|value| value.trim_ascii().is_empty())
}

/// By one of the properties that make a picture larger or smaller.
fn has_size_in_style(html: &[u8], attributes: &[Attribute]) -> bool {
    const SIZES: [&[u8]; 9] = [
        b"width",
        b"height",
        b"max-width",
        b"max-height",
        b"min-width",
        b"min-height",
        b"inline-size",
        b"block-size",
        b"aspect-ratio",
    ];
    let style = first(html, attributes, b"style").and_then(|style| html.get(style.value.clone())).unwrap_or_default();
    style.split(|byte| *byte == b';').any(|declaration| {
        let property = declaration.split(|byte| *byte == b':').next().unwrap_or_default().trim_ascii();
        SIZES.iter().any(|size| property.eq_ignore_ascii_case(size))
    })
}
