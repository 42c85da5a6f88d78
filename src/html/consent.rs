//! What a consent plugin has withheld until the visitor agrees. It is never revealed here: an address may be changed where it
//! waits, so that the fresh picture is shown once the plugin reveals it, but no frame of such a plugin becomes a picture.

use memchr::memmem;

use crate::html::prefilter::mentions_host;
use crate::html::tag::Attributes;

/// Words in the names and values of a tag's attributes by which consent plugins know what they have withheld; in lower case.
/// Lazy loaders, which hide addresses in the same attributes, use none of them.
const MARKS: [&[u8]; 27] = [
    b"consent",
    b"cookie",
    b"gdpr",
    b"dsgvo",
    b"privacy",
    b"cmplz",
    b"data-cmp-",
    b"cmplazyload",
    b"brlbs",
    b"borlabs",
    b"usercentrics",
    b"uc-src",
    b"_iub_",
    b"suppressedsrc",
    b"optanon",
    b"onetrust",
    b"ot-vscat",
    b"cky-",
    b"cli-",
    b"rcb-",
    b"klaro",
    b"termly",
    b"osano",
    b"didomi",
    b"axeptio",
    b"tarteaucitron",
    b"trustarc",
];

/// Names of attributes that say nothing by themselves, and are no lazy loader's.
const NAMES: [&[u8]; 6] =
    [b"data-name", b"data-category", b"data-categories", b"data-vendor", b"data-purpose", b"data-purposes"];

/// Whether the tag is marked by one. What an address says is its author's.
#[must_use]
pub fn is_withheld(html: &[u8], attributes: Attributes<'_>) -> bool {
    let is_marked = |text: &[u8]| {
        let text = text.to_ascii_lowercase();
        MARKS.iter().any(|mark| memmem::find(&text, mark).is_some())
    };
    { attributes }.any(|attribute| {
        let name = html.get(attribute.name).unwrap_or_default();
        let value = html.get(attribute.value).unwrap_or_default();
        is_marked(name)
            || NAMES.iter().any(|known| name.eq_ignore_ascii_case(known))
            || (!mentions_host(value) && is_marked(value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn consent_plugins_are_told_from_lazy_loaders() {
        for (attributes, is) in [
            ("data-src-cmplz='//x' class='cmplz-placeholder-element' src=about:blank", true),
            ("data-cookieconsent=marketing data-cookieblock-src='//x'", true),
            ("data-borlabs-cookie-iframe-src='//x'", true),
            ("class='_iub_cs_activate' data-suppressedsrc='//x'", true),
            ("consent-original-src-_='//x' consent-required=12", true),
            ("uc-src='//x' data-usercentrics=Amazon", true),
            ("data-src='//x' class='optanon-category-C0004'", true),
            ("DATA-CMP-SRC='//x' class=CmpLazyLoad", true),
            ("data-name=amazon data-src='//x'", true),
            ("data-src='//x' data-categories=advertising", true),
            ("data-src='//x' src=about:blank class=lazyload", false),
            ("data-src='//ws-na.amazon-adsystem.com/?tag=cookie-20' class=lazyload", false),
            ("data-lazy-src='//x' data-rocket-lazyload=fitvidscompatible", false),
            ("data-src='//x' data-lazyloaded=1", false),
            ("src='//x' name=amazon", false),
        ] {
            let html = format!("<iframe {attributes}>");
            assert_eq!(is_withheld(html.as_bytes(), Attributes::new(html.as_bytes(), 7..html.len())), is, "{html}");
        }
    }
}
