//! An element that shows a picture, and what of its tag decides how it may be changed.

use std::ops::Range;

use memchr::memmem;

use crate::html::tag::{Attribute, Attributes, Form, Quote, TagName, is_source};
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
    /// Any other: of a gallery, with a background.
    Other,
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
    /// Where the value of the attribute begins whose picture the element shows, now or later.
    pub source: Option<usize>,
    /// Its `src` leads somewhere by itself, whatever its other attributes hold.
    pub has_own_source: bool,
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
    /// Reads a start tag that has these attributes.
    #[must_use]
    pub fn read(html: &[u8], name: ElementName, tag: &Tokenizer<'_>, attributes: &[Attribute]) -> Self {
        let mut element = Self {
            name,
            span: tag.span.clone(),
            whole: None,
            is_sized: false,
            source: None,
            has_own_source: false,
            has_other_sources: false,
            is_pixel: false,
            alt: None,
            is_alt_blank: false,
            is_linked: false,
            is_alone_in_link: false,
            is_url_only: tag.is_ambiguous,
        };
        let mut is_styled = false;
        for attribute in attributes {
            let Some(name) = html.get(attribute.name.clone()) else { continue };
            let is = |known: &[u8]| name.eq_ignore_ascii_case(known);
            if is(b"alt") && element.alt.is_none() {
                element.is_alt_blank = is_blank(html, attribute);
                element.alt = Some(attribute.clone());
            } else if is(b"style") && !is_styled {
                is_styled = true;
                element.is_sized |= html.get(attribute.value.clone()).is_some_and(has_size);
            } else {
                element.is_sized |= is(b"width") || is(b"height");
                element.has_other_sources |= is(b"srcset") || is_other_source(name);
            }
        }
        element
    }

    /// Tells by the attributes in which pictures were found which of them the element shows, now or later.
    pub fn add_sources(&mut self, html: &[u8], attributes: Attributes<'_>, sources: &Sources) {
        self.has_other_sources |= sources.has_others;
        self.source = sources.shown;
        if !sources.has_src {
            let src = attributes.first(b"src").and_then(|src| html.get(src.value)).unwrap_or_default();
            self.has_own_source = !is_placeholder(src);
            // Whatever the loader calls the attribute, a place that is kept free is for it.
            self.source = sources.shown.or(sources.other.filter(|_| !self.has_own_source));
        }
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

/// The attributes of an element in which pictures were found.
#[derive(Debug, Default)]
pub struct Sources {
    /// Where the first value begins whose attribute is called like one that the element shows.
    shown: Option<usize>,
    /// Where the first of the others begins that is a URL.
    other: Option<usize>,
    /// There is one in `src`: it is shown now.
    pub has_src: bool,
    /// There are others than `src`.
    has_others: bool,
}

impl Sources {
    /// Adds an attribute, the next of the tag.
    pub fn add(&mut self, name: &[u8], attribute: &Attribute, form: Form) {
        let is_src = name.eq_ignore_ascii_case(b"src");
        self.has_src |= is_src;
        self.has_others |= !is_src;
        if form == Form::Url {
            let of_its_kind = if is_source(name) { &mut self.shown } else { &mut self.other };
            of_its_kind.get_or_insert(attribute.value.start);
        }
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

/// Whether an address leads to nothing of its own, or to one of the pictures that keep a place free. One of Amazon's is told
/// by others.
fn is_placeholder(src: &[u8]) -> bool {
    const NAMES: [&[u8]; 9] =
        [b"amazon", b"blank", b"placeholder", b"spacer", b"transparent", b"loading", b"lazy", b"dummy", b"1x1"];
    let src = src.trim_ascii().to_ascii_lowercase();
    src.is_empty()
        || [&b"about:"[..], b"data:", b"javascript:", b"#"].iter().any(|scheme| src.starts_with(scheme))
        || NAMES.iter().any(|name| memmem::find(&src, name).is_some())
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
