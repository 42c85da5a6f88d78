//! An element that shows a picture, and what of its tag decides how it may be changed.

use std::ops::Range;

use crate::html::tag::{Attribute, Attributes, Quote, TagName};
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
    #[inline]
    pub fn of(name: TagName) -> Option<Self> {
        const A: TagName = TagName::new(b"a");
        const IMG: TagName = TagName::new(b"img");
        const AMP_IMG: TagName = TagName::new(b"amp-img");
        const SOURCE: TagName = TagName::new(b"source");
        const IFRAME: TagName = TagName::new(b"iframe");
        const TABLE: TagName = TagName::new(b"table");
        const TD: TagName = TagName::new(b"td");
        const TH: TagName = TagName::new(b"th");
        const CAPTION: TagName = TagName::new(b"caption");
        const TR: TagName = TagName::new(b"tr");
        const TBODY: TagName = TagName::new(b"tbody");
        const THEAD: TagName = TagName::new(b"thead");
        const TFOOT: TagName = TagName::new(b"tfoot");
        const PRE: TagName = TagName::new(b"pre");
        const CODE: TagName = TagName::new(b"code");
        Some(match name {
            A => Self::Link,
            IMG => Self::Image,
            AMP_IMG => Self::AmpImage,
            SOURCE => Self::Source,
            IFRAME => Self::Frame,
            TABLE => Self::Table,
            TD | TH | CAPTION => Self::Cell,
            TR | TBODY | THEAD | TFOOT => Self::Row,
            PRE | CODE => Self::Code,
            _ => return None,
        })
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
        let mut element = Self {
            name,
            span: tag.span.clone(),
            whole: None,
            is_sized: false,
            has_other_sources: false,
            is_pixel: false,
            alt: None,
            is_alt_blank: false,
            is_linked: false,
            is_alone_in_link: false,
            is_url_only: tag.is_ambiguous,
        };
        let mut is_styled = false;
        for attribute in tag.attributes() {
            let Some(name) = html.get(attribute.name.clone()) else { continue };
            let is = |known: &[u8]| name.eq_ignore_ascii_case(known);
            if is(b"alt") && element.alt.is_none() {
                element.is_alt_blank = is_blank(html, &attribute);
                element.alt = Some(attribute);
            } else if is(b"style") && !is_styled {
                is_styled = true;
                element.is_sized |= html.get(attribute.value).is_some_and(has_size);
            } else {
                element.is_sized |= is(b"width") || is(b"height");
                element.has_other_sources |= is(b"srcset") || is_other_source(name);
            }
        }
        element
    }

    /// Whether an `alt` says something.
    #[must_use]
    pub fn has_alt(html: &[u8], attributes: Attributes<'_>) -> bool {
        attributes.first(b"alt").is_some_and(|alt| !is_blank(html, &alt))
    }
}

/// Whether the name is that of an attribute in which a script keeps a picture's URL.
fn is_other_source(name: &[u8]) -> bool {
    let Some(data) = name.get(..5).filter(|start| start.eq_ignore_ascii_case(b"data-")).and(name.get(5..)) else {
        return false;
    };
    let has = |part: &[u8]| data.windows(part.len()).any(|window| window.eq_ignore_ascii_case(part));
    has(b"src") || has(b"lazy") || has(b"orig")
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

/// Whether one of the properties of a `style` makes a picture larger or smaller.
fn has_size(style: &[u8]) -> bool {
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
    style.split(|byte| *byte == b';').any(|declaration| {
        let property = declaration.split(|byte| *byte == b':').next().unwrap_or_default().trim_ascii();
        SIZES.iter().any(|size| property.eq_ignore_ascii_case(size))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::element_names::may_matter;

    #[test]
    fn a_name_that_is_known_matters() {
        for name in ["a", "IMG", "amp-img", "source", "iframe", "table", "td", "th", "caption", "tr", "tbody", "thead"]
            .into_iter()
            .chain(["tfoot", "pre", "code"])
        {
            assert!(ElementName::of(TagName::at(name.as_bytes(), &(0..name.len()))).is_some(), "{name}");
            assert!(may_matter(name.as_bytes()), "{name}");
        }
    }
}
