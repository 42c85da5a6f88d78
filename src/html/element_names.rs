//! Names of elements that the standard tells apart where trees are built.

use crate::html::tag::{StartTag, TagName};

/// Those behind whose start tag a page may be read in another way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Special {
    /// `svg` (true), `math`.
    Root(bool),
    /// `script`
    Script,
    /// The others whose content is text.
    Text,
    /// `noscript`
    Noscript,
    /// `template`
    Template,
    /// `select`
    Select,
    /// `frameset`
    Frameset,
    /// `col`
    Column,
}

impl Special {
    /// Reads a tag's name.
    #[must_use]
    #[inline]
    pub fn of(name: TagName) -> Option<Self> {
        const SVG: TagName = TagName::new(b"svg");
        const MATH: TagName = TagName::new(b"math");
        const SCRIPT: TagName = TagName::new(b"script");
        const STYLE: TagName = TagName::new(b"style");
        const TITLE: TagName = TagName::new(b"title");
        const TEXTAREA: TagName = TagName::new(b"textarea");
        const IFRAME: TagName = TagName::new(b"iframe");
        const XMP: TagName = TagName::new(b"xmp");
        const NOEMBED: TagName = TagName::new(b"noembed");
        const NOFRAMES: TagName = TagName::new(b"noframes");
        const NOSCRIPT: TagName = TagName::new(b"noscript");
        const TEMPLATE: TagName = TagName::new(b"template");
        const SELECT: TagName = TagName::new(b"select");
        const FRAMESET: TagName = TagName::new(b"frameset");
        const COL: TagName = TagName::new(b"col");
        Some(match name {
            SVG => Self::Root(true),
            MATH => Self::Root(false),
            SCRIPT => Self::Script,
            STYLE | TITLE | TEXTAREA | IFRAME | XMP | NOEMBED | NOFRAMES | TagName::PLAINTEXT => Self::Text,
            NOSCRIPT => Self::Noscript,
            TEMPLATE => Self::Template,
            SELECT => Self::Select,
            FRAMESET => Self::Frameset,
            COL => Self::Column,
            _ => return None,
        })
    }

    /// Whether it is `svg` or `math`.
    #[must_use]
    pub fn is_root(self) -> bool {
        matches!(self, Self::Root(_))
    }
}

/// Whether this may be the name of an element that matters to somebody here, by its length and its ends alone: nearly all
/// other tags of a page are told from those by that.
#[must_use]
#[inline]
pub fn may_matter(name: &[u8]) -> bool {
    #[rustfmt::skip]
    const NAMES: [&[u8]; 30] = [
        b"a", b"img", b"amp-img", b"source", b"iframe", b"table", b"td", b"th", b"caption", b"tr", b"tbody", b"thead",
        b"tfoot", b"pre", b"code", b"svg", b"math", b"script", b"style", b"title", b"textarea", b"xmp", b"noembed",
        b"noframes", b"noscript", b"plaintext", b"template", b"select", b"frameset", b"col",
    ];
    /// By length and first letter: the last ones.
    const LAST: [u32; 512] = {
        let mut last = [0; 512];
        let mut rest: &[&[u8]] = &NAMES;
        while let [name, behind @ ..] = rest {
            if let ([first, ..], [.., end]) = (name, name) {
                #[expect(clippy::indexing_slicing, reason = "it is known when this is built")]
                let of_first = &mut last[name.len() << 5 | (*first & 31) as usize];
                *of_first |= 1 << (*end & 31);
            }
            rest = behind;
        }
        last
    };
    let ([first, ..], [.., last]) = (name, name) else { return false };
    LAST.get(name.len() << 5 | usize::from(first & 31)).is_some_and(|known| known >> (last & 31) & 1 == 1)
}

/// What an open element is to those inside of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeKind {
    /// One of `svg`.
    Svg,
    /// One of `math`.
    Math,
    /// An HTML integration point: what it holds is HTML.
    HtmlPoint,
    /// A MathML text integration point: what it holds is HTML, with two exceptions.
    TextPoint,
    /// `annotation-xml` of another encoding: holds `svg`, and MathML.
    AnnotationXml,
    /// An element of HTML inside of such a point.
    Html,
}

impl NodeKind {
    /// That of an element in `svg` or `math`. `None`: its `encoding` would have to be decoded.
    #[must_use]
    pub fn of(tag: StartTag<'_>, name: &[u8], is_svg: bool) -> Option<Self> {
        let is_one_of = |names: &[&[u8]]| names.iter().any(|known| name.eq_ignore_ascii_case(known));
        Some(if is_svg {
            if is_one_of(&[b"foreignobject", b"desc", b"title"]) { Self::HtmlPoint } else { Self::Svg }
        } else if is_one_of(&[b"mi", b"mo", b"mn", b"ms", b"mtext"]) {
            Self::TextPoint
        } else if is_one_of(&[b"annotation-xml"]) {
            let encoding = tag.attributes.first(b"encoding").map(|encoding| encoding.value);
            let encoding = tag.html.get(encoding.unwrap_or_default())?;
            let is = |known: &[u8]| encoding.eq_ignore_ascii_case(known);
            if encoding.contains(&b'&') {
                return None;
            } else if is(b"text/html") || is(b"application/xhtml+xml") {
                Self::HtmlPoint
            } else {
                Self::AnnotationXml
            }
        } else {
            Self::Math
        })
    }

    /// Whether its own start tags are no HTML.
    #[must_use]
    pub fn is_foreign(self) -> bool {
        matches!(self, Self::Svg | Self::Math | Self::AnnotationXml)
    }

    /// Whether HTML may stand in it.
    #[must_use]
    pub fn holds_html(self) -> bool {
        !self.is_foreign()
    }
}

fn is_one_of(name: &[u8], names: &[&str]) -> bool {
    names.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes()))
}

/// Start tags that end all of `svg` or `math` they stand in, and are HTML.
#[must_use]
pub fn is_breakout(tag: StartTag<'_>, name: &[u8]) -> bool {
    #[rustfmt::skip]
    const NAMES: [&str; 44] = [
        "b", "big", "blockquote", "body", "br", "center", "code", "dd", "div", "dl", "dt", "em", "embed", "h1", "h2",
        "h3", "h4", "h5", "h6", "head", "hr", "i", "img", "li", "listing", "menu", "meta", "nobr", "ol", "p", "pre",
        "ruby", "s", "small", "span", "strong", "strike", "sub", "sup", "table", "tt", "u", "ul", "var",
    ];
    let has = |attribute: &[u8]| tag.attributes.first(attribute).is_some();
    is_one_of(name, &NAMES) || (name.eq_ignore_ascii_case(b"font") && (has(b"color") || has(b"face") || has(b"size")))
}

/// The elements that a start tag of this name ends, wherever inside of each other they stand; and those inside of which
/// it ends none of them.
#[must_use]
pub fn ended_by(name: &[u8]) -> (&'static [&'static str], &'static [&'static str]) {
    #[rustfmt::skip]
    const END_PARAGRAPHS: [&str; 30] = [
        "address", "article", "aside", "blockquote", "center", "details", "dialog", "dir", "div", "dl", "fieldset",
        "figcaption", "figure", "footer", "header", "hgroup", "hr", "listing", "main", "menu", "nav", "ol", "p",
        "plaintext", "pre", "search", "section", "summary", "ul", "xmp",
    ];
    const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];
    match () {
        () if is_one_of(name, &END_PARAGRAPHS) => (&["p"], &[]),
        () if is_one_of(name, &HEADINGS) => (&["p", "h1", "h2", "h3", "h4", "h5", "h6"], &[]),
        () if is_one_of(name, &["li"]) => (&["p", "li"], &["ul", "ol"]),
        () if is_one_of(name, &["dd", "dt"]) => (&["p", "dd", "dt"], &["dl"]),
        () if is_one_of(name, &["a"]) => (&["a"], &[]),
        () if is_one_of(name, &["button"]) => (&["button"], &[]),
        () => (&[], &[]),
    }
}

/// Elements of HTML that have no end.
#[must_use]
pub fn is_void(name: &[u8]) -> bool {
    #[rustfmt::skip]
    const NAMES: [&str; 14] = [
        "area", "base", "br", "embed", "hr", "image", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    ];
    is_one_of(name, &NAMES)
}

/// Tags without any effect where HTML stands inside of `svg` or `math`.
#[must_use]
pub fn is_ignored_inside(name: &[u8]) -> bool {
    is_one_of(name, &["html", "head", "body"])
}

/// Start tags of HTML that may do more than open one element and end those of [`ended_by`].
#[must_use]
pub fn is_intricate(name: &[u8]) -> bool {
    #[rustfmt::skip]
    const NAMES: [&str; 24] = [
        "basefont", "bgsound", "caption", "colgroup", "form", "frame", "keygen", "nobr", "optgroup", "option", "rb",
        "rp", "rt", "rtc", "ruby", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "applet", "marquee",
    ];
    is_one_of(name, &NAMES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_special_matters() {
        for name in
            ["svg", "MATH", "script", "style", "title", "textarea", "iframe", "xmp", "noembed", "noframes", "plaintext"]
                .into_iter()
                .chain(["noscript", "template", "select", "FrameSet", "col"])
        {
            assert!(Special::of(TagName::at(name.as_bytes(), &(0..name.len()))).is_some(), "{name}");
            assert!(may_matter(name.as_bytes()), "{name}");
        }
        for name in ["p", "em", "div", "span", "ul", "li", "strong", "h2", "br", "section", "blockquote"] {
            assert!(!may_matter(name.as_bytes()), "{name}");
        }
    }
}
