//! What PHP gives of a page and its pictures. A mistake in the arguments themselves is thrown; what stands in them of one
//! product spoils itself alone: what can be read of it is taken, and the rest counts as absent.

use std::sync::Arc;

use crate::asin::Asin;
use crate::foreign_text;
use crate::html::Kind;
use crate::image::{FallbackTexts, Image, Images, Picture};
use crate::image_cache::CachedImage;
use crate::marketplace::Marketplace;
use crate::php::exception::ArgumentError;
use crate::php::fields::{ArgPath, Fields, Key, entries, loose_integer, loose_number, loose_text, wrong_type};
use crate::php::input::{Callback, OptionsArray, known_marketplace};
use crate::stored_image;
use ext_php_rs::convert::FromZval;
use ext_php_rs::flags::DataType;
use ext_php_rs::types::{ZendHashTable, Zval};

/// An HTML argument: any bytes, since pages are not always UTF-8.
pub struct Html<'a> {
    /// The value itself, to be handed back where nothing changes.
    pub value: &'a Zval,
    /// Its bytes.
    pub bytes: &'a [u8],
}

impl<'a> FromZval<'a> for Html<'a> {
    const TYPE: DataType = DataType::String;

    fn from_zval(value: &'a Zval) -> Option<Self> {
        Some(Self { value, bytes: value.zend_str()?.as_bytes() })
    }
}

/// What may take the place of dead pictures: fresh ones, and text where there is none.
#[derive(Debug, Default)]
pub struct Replacements {
    /// `$images`, and what the lookup adds.
    pub images: Images,
    /// `words`, and what the lookup adds.
    pub fallback_text: FallbackTexts,
}

/// `$options` of a rewriting.
#[derive(Default)]
pub struct PageOptions {
    /// `default_marketplace`
    pub default_marketplace: Option<&'static Marketplace>,
    /// `kinds`
    pub kinds: Option<Vec<Kind>>,
    /// `fill_alt`
    pub fill_alt: Option<bool>,
    /// `markdown`
    pub markdown: Option<bool>,
}

/// Reads them, but for the lookup; `words` go where they belong.
pub fn rewrite_options(
    options: &OptionsArray<'_>,
    replacements: &mut Replacements,
) -> Result<PageOptions, ArgumentError> {
    let mut read = PageOptions::default();
    let Some(fields) = options.fields() else { return Ok(read) };
    fields.refuse_others(&["default_marketplace", "kinds", "fill_alt", "markdown", "words", "lookup", "memory"])?;
    if let Some(host) = fields.text("default_marketplace")?.filter(|host| !host.is_empty()) {
        read.default_marketplace = Some(known_marketplace(&host, fields.path("default_marketplace"))?);
    }
    if let Some(value) = fields.get("kinds") {
        let Some(list) = value.array() else { return Err(wrong_type(fields.path("kinds"), "array", value)) };
        let kind = |(key, value): (Key, &Zval)| {
            let list = ArgPath::Of(&fields.name, &"kinds");
            let path = ArgPath::At(&list, &key);
            let word = value.dereference().str().ok_or_else(|| wrong_type(path, "string", value))?;
            let known = || Kind::ALL.map(Kind::as_str).join(", ");
            Kind::parse(word).ok_or_else(|| ArgumentError::Value(format!("{path} must be one of {}", known())))
        };
        read.kinds = Some(entries(list).map(kind).collect::<Result<_, _>>()?);
    }
    read.fill_alt = fields.boolean("fill_alt")?;
    read.markdown = fields.boolean("markdown")?;
    if let Some(value) = fields.get("words") {
        let words = Fields::of(value, ArgPath::Of(&fields.name, &"words"))?;
        by_product(words.array, |marketplace, asin, value| {
            if let Some(text) = loose_text(value) {
                replacements.fallback_text.insert(marketplace, asin, text);
            }
        });
    }
    Ok(read)
}

/// `lookup` or `memory` among them.
pub fn callable(options: &OptionsArray<'_>, key: &str) -> Result<Option<Callback>, ArgumentError> {
    let Some(fields) = options.fields() else { return Ok(None) };
    let Some(value) = fields.get(key) else { return Ok(None) };
    Callback::from_zval(value).map(Some).ok_or_else(|| wrong_type(fields.path(key), "callable", value))
}

/// Adds `$images[marketplace][asin]`.
pub fn read_images(array: &ZendHashTable, replacements: &mut Replacements) {
    by_product(array, |marketplace, asin, value| {
        read_entry(marketplace, asin, value, replacements);
    });
}

/// Adds what a lookup gave, and says what of it may be remembered: pictures, and that there are none.
pub fn parse_replacements(
    array: &ZendHashTable,
    replacements: &mut Replacements,
) -> Vec<(&'static str, Asin, CachedImage)> {
    let mut answers = Vec::new();
    by_product(array, |marketplace, asin, value| {
        let answer =
            if value.is_null() { Some(None) } else { read_entry(marketplace, asin.clone(), value, replacements) };
        // What stands for pictures whose markup names no marketplace is the page's own affair.
        if let Some(answer) = answer.filter(|_| !marketplace.is_empty()) {
            answers.push((marketplace, asin, answer));
        }
    });
    answers
}

/// An Image, its JSON, or words. Answers what may be remembered.
fn read_entry(
    marketplace: &'static str,
    asin: Asin,
    value: &Zval,
    replacements: &mut Replacements,
) -> Option<CachedImage> {
    let (image, is_kept) = match (value.zend_str(), value.array()) {
        (Some(json), _) => (stored_image::read(json.as_bytes())?, true),
        (None, Some(array)) => {
            let fields = Fields { array, name: ArgPath::Whole("") };
            if let Some(words) = fields.get("words") {
                if let Some(words) = loose_text(words) {
                    replacements.fallback_text.insert(marketplace, asin, words);
                }
                return None;
            }
            // Something else than yes or no is no reason to remember it.
            (read_image(&fields), !fields.boolean("once").map_or(true, Option::unwrap_or_default))
        }
        (None, None) => return None,
    };
    let image = Arc::new(image);
    replacements.images.insert(marketplace, asin, Arc::clone(&image));
    is_kept.then_some(Some(image))
}

/// Goes through what is told by marketplace, then by ASIN. Under an empty name stands what belongs to pictures whose
/// markup names no marketplace. What has no such name counts as absent.
fn by_product(array: &ZendHashTable, mut take: impl FnMut(&'static str, Asin, &Zval)) {
    for (marketplace, products) in by_marketplace(array) {
        let mut products = products.iter();
        while let Some((key, value)) = products.next_zval() {
            // Other bytes than UTF-8 are no ASIN.
            let asin = match key.zend_str() {
                Some(text) => std::str::from_utf8(text.as_bytes()).ok().and_then(Asin::parse),
                None => Asin::parse(&key.long().unwrap_or_default().to_string()),
            };
            if let Some(asin) = asin {
                take(marketplace, asin, value.dereference());
            }
        }
    }
}

/// What is told by marketplace.
fn by_marketplace(array: &ZendHashTable) -> impl Iterator<Item = (&'static str, &ZendHashTable)> {
    entries(array).filter_map(|(host, products)| {
        let host = host.to_string();
        let marketplace = if host.is_empty() { Some("") } else { Marketplace::by_host(&host).map(|known| known.host) };
        marketplace.zip(products.dereference().array())
    })
}

/// What of it can be read.
fn read_image(fields: &Fields<'_>) -> Image {
    let text = |key: &str| fields.get(key).and_then(loose_text);
    let size = |key: &str| -> Option<Picture> {
        let picture = Fields { array: fields.get(key)?.array()?, name: ArgPath::Whole("") };
        let pixels = |key| picture.get(key).and_then(loose_number).and_then(Picture::pixels);
        let url = picture.get("url")?;
        let url = match url.str() {
            Some(text) => foreign_text::address(text)?,
            None => foreign_text::address(&loose_text(url)?)?,
        };
        Some(Picture { url, width: pixels("width"), height: pixels("height") })
    };
    Image {
        small: size("small"),
        medium: size("medium"),
        large: size("large"),
        hires: size("hires"),
        title: text("title").and_then(|title| foreign_text::title(&title)),
        detail_page_url: text("detail_page_url").and_then(|url| foreign_text::address(&url)),
        fetched_at: fields.get("fetched_at").and_then(loose_integer).unwrap_or_default(),
    }
}
