//! What a consent plugin has withheld until the visitor agrees. It is never revealed here: an address may be changed where it
//! waits, so that the fresh picture is shown once the plugin reveals it, but no frame of such a plugin becomes a picture.

use memchr::memmem;

use crate::html::prefilter::mentions_host;
use crate::html::tag::Attributes;
use crate::html::tokenizer::{TokenKind, Tokenizer};

/// Words in the names and values of a tag's attributes by which consent plugins know what they have withheld; in lower case.
/// Lazy loaders, which hide addresses in the same attributes, use none of them.
const MARKS: [&[u8]; 39] = [
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
    b"data-ccm-",
    b"er24",
    b"erecht24",
    b"ppms",
    b"opt-in",
    b"optin",
    b"two-click",
    b"twoclick",
    b"2click",
    b"2-click",
    b"-blocked",
    b"blocked-",
];

/// What the names are made of under which lazy loaders keep the address of a frame.
#[rustfmt::skip]
const LAZY_NAMES: [&[u8]; 54] = [
    b"data", b"src", b"url", b"source", b"original", b"orig", b"origin", b"iframe", b"frame", b"litespeed", b"rocket",
    b"wpfc", b"cf", b"cfsrc", b"ez", b"ezsrc", b"opt", b"tf", b"nectar", b"nitro", b"flying", b"perfmatters", b"smush",
    b"sg", b"ewww", b"a3", b"bj", b"bv", b"wp", b"real", b"defer", b"deferred", b"delay", b"delayed", b"late", b"load",
    b"loading", b"pagespeed", b"ll", b"splide", b"swiper", b"slick", b"flickity", b"owl", b"fusion", b"et", b"echo",
    b"phast", b"rlsrc", b"two", b"lzl", b"al", b"swift", b"mv",
];

/// Names of attributes that say nothing by themselves, and are no lazy loader's.
#[rustfmt::skip]
const NAMES: [&[u8]; 8] = [
    b"data-name", b"data-category", b"data-categories", b"data-vendor", b"data-purpose", b"data-purposes", b"data-service",
    b"data-services",
];

/// Whether a frame that shows nothing yet waits for the visitor's consent and not only to be scrolled to, as far as its tag,
/// which begins at `start`, and what is around it tell.
#[must_use]
pub fn is_withheld(html: &[u8], start: usize, attributes: Attributes<'_>) -> bool {
    is_marked(html, attributes, &NAMES)
        || (!is_lazy(html, attributes) && (!has_lazy_name(html, attributes) || is_in_marked(html, start)))
}

/// Whether the tag is marked, or has one of these attributes. What an address says is its author's.
fn is_marked(html: &[u8], mut attributes: Attributes<'_>, names: &[&[u8]]) -> bool {
    let is_marked = |text: &[u8]| {
        let text = text.to_ascii_lowercase();
        MARKS.iter().any(|mark| memmem::find(&text, mark).is_some())
    };
    attributes.any(|attribute| {
        let name = html.get(attribute.name).unwrap_or_default();
        let value = html.get(attribute.value).unwrap_or_default();
        is_marked(name)
            || names.iter().any(|known| name.eq_ignore_ascii_case(known))
            || (!mentions_host(value) && is_marked(value))
    })
}

/// Whether all addresses stand in attributes that are called as a lazy loader calls them. Under another name they may wait
/// for whatever there is.
fn has_lazy_name(html: &[u8], mut attributes: Attributes<'_>) -> bool {
    attributes.all(|attribute| {
        let name = html.get(attribute.name).unwrap_or_default().to_ascii_lowercase();
        memmem::find(&name, b"lazy").is_some()
            || name.split(|byte| matches!(byte, b'-' | b'_')).all(|part| LAZY_NAMES.contains(&part))
            || !html.get(attribute.value).is_some_and(mentions_host)
    })
}

/// Whether a lazy loader has left its name in the tag. `loading="lazy"` is WordPress's.
fn is_lazy(html: &[u8], mut attributes: Attributes<'_>) -> bool {
    const WORDS: [&[u8]; 3] = [b"lazy", b"lozad", b"unveil"];
    attributes.any(|attribute| {
        let name = html.get(attribute.name).unwrap_or_default().to_ascii_lowercase();
        let value = html.get(attribute.value).unwrap_or_default().to_ascii_lowercase();
        let is_in = |text: &[u8]| WORDS.iter().any(|word| memmem::find(text, word).is_some());
        is_in(&name) || (name != b"loading" && !mentions_host(&value) && is_in(&value))
    })
}

/// Whether one of the innermost elements that are open there is marked: the placeholder that a frame stands in.
fn is_in_marked(html: &[u8], start: usize) -> bool {
    const FAR: usize = 2_000;
    const DEEP: usize = 3;
    // What a page or a post is about is said by theirs.
    const NO_PLACEHOLDERS: [&[u8]; 11] =
        [b"html", b"body", b"main", b"article", b"img", b"input", b"br", b"hr", b"link", b"meta", b"source"];
    let before = html.get(start.saturating_sub(FAR)..start).unwrap_or_default();
    let mut tags = Tokenizer::new(before);
    let mut open = Vec::new();
    while let Some(token) = tags.next() {
        let name = before.get(tags.content.clone()).unwrap_or_default();
        match token {
            TokenKind::Start if !NO_PLACEHOLDERS.iter().any(|known| name.eq_ignore_ascii_case(known)) => {
                open.push((name, is_marked(before, tags.attributes(), &[])));
            }
            TokenKind::End => {
                if let Some(at) = open.iter().rposition(|(own, _)| name.eq_ignore_ascii_case(own)) {
                    open.truncate(at);
                }
            }
            _ => {}
        }
    }
    open.iter().rev().take(DEEP).any(|(_, is_marked)| *is_marked)
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
            ("data-ccm-loader-src='//x' data-ccm-loader-group=x", true),
            ("data-src='//x' class=opt-in-required", true),
            ("data-src='//x' data-service=amazon", true),
            ("data-xyz-src='//ws-na.amazon-adsystem.com/'", true),
            ("data-xyz-src='//ws-na.amazon-adsystem.com/' loading=lazy", true),
            ("data-litespeed-src='//ws-na.amazon-adsystem.com/'", false),
            ("data-xyz-src='//ws-na.amazon-adsystem.com/' class=xyz-lazy", false),
            ("data-xyz-lazy-src='//ws-na.amazon-adsystem.com/'", false),
            ("data-src='//ws-na.amazon-adsystem.com/'", false),
        ] {
            let html = format!("<iframe {attributes}>");
            assert_eq!(is_withheld(html.as_bytes(), 0, Attributes::new(html.as_bytes(), 7..html.len())), is, "{html}");
        }
    }

    #[test]
    fn what_a_frame_stands_in_may_be_marked() {
        for (before, attributes, is) in [
            ("<div class=consent-placeholder><button>x</button>", "data-src='//x'", true),
            ("<div data-privacy=x><p>", "data-src='//x'", true),
            ("<div class=consent-placeholder>", "data-src='//x' loading=lazy", true),
            ("<div class=consent-placeholder>", "data-src='//x' class=lazyload", false),
            ("<div class=consent-banner></div>", "data-src='//x'", false),
            ("<body class=cookies-not-set>", "data-src='//x'", false),
            ("<article class=category-cookies><p>", "data-src='//x'", false),
            ("<img class=cookies>", "data-src='//x'", false),
            ("<div class=category-cookies><div><div><p>", "data-src='//x'", false),
            ("cookies <p>", "data-src='//x'", false),
        ] {
            let html = format!("{before}<iframe {attributes}>");
            let own = Attributes::new(html.as_bytes(), before.len() + 7..html.len());
            assert_eq!(is_withheld(html.as_bytes(), before.len(), own), is, "{html}");
        }
    }
}
