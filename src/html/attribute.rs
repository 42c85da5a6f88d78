//! In which attributes the addresses of pictures stand, and in what form: lazy loaders, page builders and galleries each have
//! names of their own, so that what a value reads as decides, and of the name no more than it takes.

use std::ops::Range;

use memchr::memmem;

use crate::html::element::ElementName;
use crate::html::srcset::has_descriptors;
use crate::html::tag::{Form, is_source, is_srcset};

/// That of an attribute in which one of Amazon's hosts is mentioned. `None`: it shows no picture.
#[must_use]
pub fn form(element: ElementName, name: &[u8], value: &[u8]) -> Option<Form> {
    let is_shown = matches!(element, ElementName::Image | ElementName::AmpImage | ElementName::Frame);
    // Nearly all are this one.
    if name.eq_ignore_ascii_case(b"src") {
        return is_shown.then_some(Form::Url);
    }
    let name = name.to_ascii_lowercase();
    let is_data = [&b"data-"[..], b"nitro-", b"consent-"].iter().any(|start| name.starts_with(start));
    if name == b"style" {
        return Some(Form::Css);
    }
    if is_words(&name) || !(is_data || is_shown || is_srcset(&name) || name == b"poster" || name == b"background") {
        return None;
    }
    let is_frame = element == ElementName::Frame;
    let trimmed = value.trim_ascii_start();
    let holds = |text: &[u8]| memmem::find(trimmed, text).is_some();
    // Of HTML in JSON, the quotes would be JSON's as well.
    if [&b"{"[..], b"[", b"&quot;", b"\""].iter().any(|start| trimmed.starts_with(start)) {
        return is_data.then_some(Form::Json);
    }
    if is_srcset(&name) {
        return (!is_frame).then_some(Form::Srcset);
    }
    if is_markup(trimmed) {
        return (is_data || is_shown).then_some(Form::Markup);
    }
    if holds(b"url(") || holds(b"URL(") {
        return Some(Form::Css);
    }
    if element == ElementName::Other && is_data && !is_of_picture(&name) {
        return None;
    }
    if is_frame {
        return (is_source(&name) || name == b"data-url").then_some(Form::Url);
    }
    Some(if has_descriptors(trimmed) {
        Form::Srcset
    } else if list(value, 0..value.len()).nth(1).is_some() {
        Form::List
    } else {
        Form::Url
    })
}

/// Whether tags stand there, escaped once or twice, and no URL.
fn is_markup(value: &[u8]) -> bool {
    let begins = |start: &[u8]| value.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start));
    let is_url = [&b"//"[..], b"http:", b"https:"].iter().any(|start| begins(start));
    let is_tag = |before: &[u8]| {
        let name = |at: usize| value.get(at + before.len()).is_some_and(u8::is_ascii_alphabetic);
        memmem::find_iter(value, before).any(name)
    };
    !is_url && (is_tag(b"<") || is_tag(b"lt;") || is_tag(b"&#60;"))
}

/// Names of what is read by people or scripts, whatever it looks like.
fn is_words(name: &[u8]) -> bool {
    const WORDS: [&[u8]; 14] = [
        b"alt",
        b"title",
        b"caption",
        b"desc",
        b"description",
        b"text",
        b"longdesc",
        b"class",
        b"id",
        b"name",
        b"usemap",
        b"label",
        b"clipboard",
        b"copy",
    ];
    // The last word decides: `data-alt-src` is none.
    let last = name.rsplit(|byte| matches!(byte, b'-' | b'_' | b':')).next().unwrap_or_default();
    (name.starts_with(b"on") && !name.contains(&b'-')) || name.starts_with(b"aria-") || WORDS.contains(&last)
}

/// Names under which galleries, sliders and page builders keep pictures at elements that are none.
fn is_of_picture(name: &[u8]) -> bool {
    #[rustfmt::skip]
    const WORDS: [&[u8]; 39] = [
        b"src", b"thumb", b"tmb", b"bg", b"back", b"image", b"img", b"poster", b"orig", b"lazy", b"large", b"full", b"medium",
        b"small", b"big", b"zoom", b"photo", b"pic", b"cover", b"slide", b"hires", b"highres", b"retina", b"media", b"preview",
        b"swatch", b"gallery", b"lightbox", b"fancybox", b"featherlight", b"desktop", b"mobile", b"tablet", b"phone", b"hover",
        b"source", b"swap", b"front", b"banner",
    ];
    WORDS.iter().any(|word| memmem::find(name, word).is_some())
}

/// Whether the `;` in front of a place is that of a character reference: `https&#58;//` is one URL.
fn ends_reference(value: &[u8], at: usize) -> bool {
    let before = value.get(at.saturating_sub(16)..at).and_then(|before| before.strip_suffix(b";")).unwrap_or_default();
    let name = before.iter().rev().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'#').count();
    before.iter().rev().nth(name) == Some(&b'&')
}

/// URLs behind each other, parted by commas, bars or white space. Amazon's have commas inside.
pub fn list(html: &[u8], value: Range<usize>) -> impl Iterator<Item = Range<usize>> + '_ {
    let is_between = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b',' | b'|' | b';');
    let mut at = value.start;
    std::iter::from_fn(move || {
        let rest = html.get(at..value.end)?;
        let start = at + rest.iter().position(|byte| !is_between(byte))?;
        let rest = html.get(start..value.end)?;
        let begins = |at: usize| {
            let behind = rest.get(at..).unwrap_or_default();
            [&b"http://"[..], b"https://", b"//"].iter().any(|scheme| behind.starts_with(scheme))
        };
        let is_parted = |at: usize| {
            at.checked_sub(1).and_then(|last| rest.get(last)).is_some_and(is_between) && !ends_reference(rest, at)
        };
        let next = (1..rest.len()).find(|at| begins(*at) && is_parted(*at));
        let own = rest.get(..next.unwrap_or(rest.len()))?;
        let end = start + (0..=own.len()).rev().find(|end| !is_parted(*end))?;
        at = start + own.len();
        Some(start..end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ElementName::{Frame, Image, Other, Source};

    #[test]
    fn the_value_decides_and_of_the_name_what_it_takes() {
        for (element, name, value, expected) in [
            (Image, "src", "//a.jpg", Some(Form::Url)),
            (Image, "SRC", "//a.jpg 2x", Some(Form::Url)),
            (Image, "data-nectar-img-src", "//a.jpg", Some(Form::Url)),
            (Image, "anything", "//a.jpg", Some(Form::Url)),
            (Image, "alt", "//a.jpg", None),
            (Image, "data-image-title", "//a.jpg", None),
            (Image, "onerror", "this.src='//a.jpg'", None),
            (Image, "data-default", "//a.jpg", Some(Form::Url)),
            (Image, "data-lazy-srcset", "//a.jpg", Some(Form::Srcset)),
            (Other, "data-responsive", "//a.jpg 375, //b.jpg 800", Some(Form::Srcset)),
            (Image, "data-sizes-of-it", "//a.jpg 1x, //b.jpg 2x", Some(Form::Srcset)),
            (Image, "data-images", "//a,1.jpg,//b.jpg", Some(Form::List)),
            (Image, "data-images", "//a,1.jpg", Some(Form::Url)),
            (Image, "data-lazy-src", "&lt;iframe&gt;", Some(Form::Markup)),
            (Image, "style", "x", Some(Form::Css)),
            (Other, "style", "x", Some(Form::Css)),
            (Other, "src", "//a.jpg", None),
            (Other, "href", "//a.jpg", None),
            (Other, "data-thumb", "//a.jpg", Some(Form::Url)),
            (Other, "data-desktop", "//a.jpg", Some(Form::Url)),
            (Other, "data-hover", "//a.jpg", Some(Form::Url)),
            (Other, "data-href", "//a.jpg", None),
            (Other, "data-image-url", "//a.jpg", Some(Form::Url)),
            (Other, "data-anything", "//a.jpg", None),
            (Other, "data-value", "&quot;//a.jpg&quot;", Some(Form::Json)),
            (Other, "data-thumb-alt", "//a.jpg", None),
            (Other, "data-alt-src", "//a.jpg", Some(Form::Url)),
            (Other, "data-style", "background:url(//a.jpg)", Some(Form::Css)),
            (Other, "data-bg", "url(//a.jpg)", Some(Form::Css)),
            (Other, "data-settings", "{&quot;", Some(Form::Json)),
            (Other, "data-settings", "{&quot;&lt;img&gt;", Some(Form::Json)),
            (Other, "data-code", "&lt;img&gt;", Some(Form::Markup)),
            (Other, "title", "&lt;img&gt;", None),
            (Other, "poster", "//a.jpg", Some(Form::Url)),
            (Source, "srcset", "//a.jpg", Some(Form::Srcset)),
            (Source, "src", "//a.jpg", None),
            (Frame, "data-src", "//a", Some(Form::Url)),
            (Frame, "data-x", "//a", None),
            (Frame, "data-srcset", "//a", None),
        ] {
            assert_eq!(form(element, name.as_bytes(), value.as_bytes()), expected, "{name}={value}");
        }
    }

    #[test]
    fn lists_are_parted_where_an_address_begins() {
        for (value, expected) in [
            ("//a,1.jpg", vec!["//a,1.jpg"]),
            ("https://a,1.jpg, http://b.jpg|//c.jpg ", vec!["https://a,1.jpg", "http://b.jpg", "//c.jpg"]),
            ("//a.jpg\n//b.jpg", vec!["//a.jpg", "//b.jpg"]),
            ("https://p/https://a.jpg", vec!["https://p/https://a.jpg"]),
            (" , ", vec![]),
            ("https&#58;//a.jpg;//b.jpg; ", vec!["https&#58;//a.jpg", "//b.jpg"]),
            ("//a.jpg?&quot;, //b.jpg?&quot;", vec!["//a.jpg?&quot;", "//b.jpg?&quot;"]),
        ] {
            let found: Vec<_> = list(value.as_bytes(), 0..value.len()).map(|range| &value[range]).collect();
            assert_eq!(found, expected, "{value}");
        }
    }
}
