//! The pictures in the value of an attribute.

use std::ops::Range;

use crate::html::attribute::list;
use crate::html::element::ElementName;
use crate::html::entities::Decoded;
use crate::html::found::{Found, JsonForm, Location};
use crate::html::picture::{ElementKind, Kind};
use crate::html::tag::{Attribute, Form};
use crate::html::{css, json, srcset};

/// Reads a URL that is all of the value.
#[must_use]
pub fn whole(html: &[u8], name: ElementName, index: usize, attribute: &Attribute) -> Option<Found> {
    let kind = if name == ElementName::Frame { ElementKind::Frame } else { ElementKind::Image };
    Found::read(html, attribute.value.clone(), kind, Location::Attribute(index, attribute.quote))
}

/// Reads the value of an attribute of an element, which has this place among those of the page. HTML is for who reads pages.
#[must_use]
pub fn read(html: &[u8], name: ElementName, index: usize, attribute: &Attribute, form: Form) -> Vec<Found> {
    let (quote, value) = (attribute.quote, attribute.value.clone());
    let in_list = |url| Found::read(html, url, ElementKind::Image, Location::Srcset(index, quote));
    match form {
        Form::Url => whole(html, name, index, attribute).into_iter().collect(),
        Form::Srcset => srcset::urls(html, value).filter_map(in_list).collect(),
        Form::List => {
            let is_one = |url: &Range<usize>| {
                let is_odd = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'<' | b'>');
                html.get(url.clone()).is_some_and(|url| !url.iter().any(is_odd))
            };
            list(html, value).filter(is_one).filter_map(in_list).collect()
        }
        Form::Css | Form::Json => {
            let Some(text) = Decoded::once(html, value) else { return Vec::new() };
            let mut found = match form {
                Form::Css => in_css(&text, Location::Css(index, quote)),
                _ => in_json(&text, |form| Location::Json(index, quote, form)),
            };
            // Nothing can be taken away there.
            found.retain(|found| found.kind != Kind::TrackingPixel);
            found
        }
        Form::Markup => Vec::new(),
    }
}

fn in_css(text: &Decoded, location: Location) -> Vec<Found> {
    let found = css::urls(&text.text).filter_map(|range| {
        let url = text.text.get(range.clone())?.to_owned();
        Found::of_url(url, text.written_range(&range), ElementKind::Image, location)
    });
    found.collect()
}

fn in_json(text: &Decoded, location: impl Fn(JsonForm) -> Location) -> Vec<Found> {
    let urls = json::strings(&text.text).into_iter().flat_map(|string| json::urls(&text.text, string));
    let found = urls.filter_map(|(range, url)| {
        let has_escaped_slashes = text.text.get(range.clone())?.contains("\\/");
        let form = JsonForm { has_escaped_slashes, times: text.times.max(1) };
        Found::of_url(url, text.written_range(&range), ElementKind::Image, location(form))
    });
    found.collect()
}
