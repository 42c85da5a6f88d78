//! What PHP gives of a page and its pictures.

use std::sync::Arc;

use ext_php_rs::convert::FromZval;
use ext_php_rs::flags::DataType;
use ext_php_rs::types::{ZendHashTable, Zval};
use serde::Deserialize;

use crate::asin::Asin;
use crate::html::Kind;
use crate::image::{Image, Images, Picture, Words};
use crate::marketplace::Marketplace;
use crate::memory::Answer;
use crate::php::exception::Mistake;
use crate::php::fields::{Fields, Key, Name, entries, wrong_type};
use crate::php::input::{Callback, OptionsArray, known_marketplace};

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

/// What pages may show: pictures, and words where there is none.
#[derive(Debug, Default)]
pub struct Shown {
    /// `$images`, and what the lookup adds.
    pub images: Images,
    /// `words`, and what the lookup adds.
    pub words: Words,
}

/// `$options` of a rewriting.
#[derive(Default)]
pub struct RewriteOptions {
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
pub fn rewrite_options(options: &OptionsArray<'_>, shown: &mut Shown) -> Result<RewriteOptions, Mistake> {
    let mut read = RewriteOptions::default();
    let Some(fields) = options.fields() else { return Ok(read) };
    fields.refuse_others(&["default_marketplace", "kinds", "fill_alt", "markdown", "words", "lookup", "memory"])?;
    if let Some(host) = fields.text("default_marketplace")?.filter(|host| !host.is_empty()) {
        read.default_marketplace = Some(known_marketplace(&host, fields.path("default_marketplace"))?);
    }
    if let Some(value) = fields.get("kinds") {
        let Some(list) = value.array() else { return Err(wrong_type(fields.path("kinds"), "array", value)) };
        let kind = |(key, value): (Key, &Zval)| {
            let path = format!("{}[{key}]", fields.path("kinds"));
            let word = value.dereference().str().ok_or_else(|| wrong_type(&path, "string", value))?;
            let known = || Kind::ALL.map(Kind::as_str).join(", ");
            Kind::parse(word).ok_or_else(|| Mistake::Value(format!("{path} must be one of {}", known())))
        };
        read.kinds = Some(entries(list).map(kind).collect::<Result<_, _>>()?);
    }
    read.fill_alt = fields.boolean("fill_alt")?;
    read.markdown = fields.boolean("markdown")?;
    if let Some(value) = fields.get("words") {
        let words = Fields::of(value, Name::Of(&fields.name, &"words"))?;
        by_product(&words, |marketplace, asin, value, name| match value.str() {
            Some(text) => {
                shown.words.insert(marketplace, asin, text.to_owned());
                Ok(())
            }
            None => Err(wrong_type(name, "string", value)),
        })?;
    }
    Ok(read)
}

/// `lookup` or `memory` among them.
pub fn callable<'a>(options: &'a OptionsArray<'a>, key: &str) -> Result<Option<Callback<'a>>, Mistake> {
    let Some(fields) = options.fields() else { return Ok(None) };
    let Some(value) = fields.get(key) else { return Ok(None) };
    Callback::from_zval(value).map(Some).ok_or_else(|| wrong_type(fields.path(key), "callable", value))
}

/// Adds `$images[marketplace][asin]`.
pub fn read_images(array: &ZendHashTable, shown: &mut Shown) -> Result<(), Mistake> {
    by_product(&Fields { array, name: Name::Whole("$images") }, |marketplace, asin, value, name| {
        read_entry(marketplace, asin, value, name, shown).map(|_| ())
    })
}

/// Adds what a lookup gave, and says what of it may be remembered: pictures, and that there are none.
pub fn read_answers(
    array: &ZendHashTable,
    name: &str,
    shown: &mut Shown,
) -> Result<Vec<(&'static str, Asin, Answer)>, Mistake> {
    let mut answers = Vec::new();
    by_product(&Fields { array, name: Name::Whole(name) }, |marketplace, asin, value, name| {
        let answer =
            if value.is_null() { Some(None) } else { read_entry(marketplace, asin.clone(), value, name, shown)? };
        // What stands for pictures whose markup names no marketplace is the page's own affair.
        if let Some(answer) = answer.filter(|_| !marketplace.is_empty()) {
            answers.push((marketplace, asin, answer));
        }
        Ok(())
    })?;
    Ok(answers)
}

/// An Image, its JSON, or words. Answers what may be remembered.
fn read_entry(
    marketplace: &'static str,
    asin: Asin,
    value: &Zval,
    name: Name<'_>,
    shown: &mut Shown,
) -> Result<Option<Answer>, Mistake> {
    let (image, is_kept) = match value.zend_str() {
        Some(json) => {
            let stored: StoredImage = serde_json::from_slice(json.as_bytes())
                .map_err(|_| Mistake::Value(format!("{name} must be the JSON of an Image")))?;
            (Arc::new(Image::from(stored)), true)
        }
        None => {
            let fields = Fields::of(value, name)?;
            if let Some(words) = fields.text("words")? {
                shown.words.insert(marketplace, asin, words);
                return Ok(None);
            }
            (Arc::new(read_image(&fields)?), !fields.boolean("once")?.unwrap_or_default())
        }
    };
    shown.images.insert(marketplace, asin, Arc::clone(&image));
    Ok(is_kept.then_some(Some(image)))
}

/// Goes through what is told by marketplace, then by ASIN. Under an empty name stands what belongs to pictures whose
/// markup names no marketplace.
fn by_product(
    fields: &Fields<'_>,
    mut take: impl FnMut(&'static str, Asin, &Zval, Name<'_>) -> Result<(), Mistake>,
) -> Result<(), Mistake> {
    for (host, products) in entries(fields.array) {
        let name = Name::Of(&fields.name, &host);
        let written = host.to_string();
        let marketplace = match written.as_str() {
            "" => "",
            host => known_marketplace(host, format_args!("The key {name}"))?.host,
        };
        let products = Fields::of(products, name)?;
        for (key, value) in entries(products.array) {
            let name = Name::Of(&products.name, &key);
            let Some(asin) = Asin::parse(&key.to_string()) else {
                return Err(Mistake::Value(format!("The key {name} must be an ASIN")));
            };
            take(marketplace, asin, value.dereference(), name)?;
        }
    }
    Ok(())
}

fn read_image(fields: &Fields<'_>) -> Result<Image, Mistake> {
    let size = |key: &str| -> Result<Option<Picture>, Mistake> {
        let Some(value) = fields.get(key) else { return Ok(None) };
        let picture = Fields::of(value, Name::Of(&fields.name, &key))?;
        let pixels = |key| picture.number(key).map(|number| number.and_then(whole_pixels));
        Ok(Some(Picture { url: picture.required_text("url")?, width: pixels("width")?, height: pixels("height")? }))
    };
    Ok(Image {
        small: size("small")?,
        medium: size("medium")?,
        large: size("large")?,
        hires: size("hires")?,
        title: fields.text("title")?,
        detail_page_url: fields.text("detail_page_url")?,
        fetched_at: fields.integer("fetched_at", 0)?.unwrap_or_default(),
    })
}

/// An Image as a database keeps it: what `json_encode` makes of one.
#[derive(Default, Deserialize)]
#[serde(default)]
struct StoredImage {
    small: Option<StoredPicture>,
    medium: Option<StoredPicture>,
    large: Option<StoredPicture>,
    hires: Option<StoredPicture>,
    title: Option<String>,
    detail_page_url: Option<String>,
    fetched_at: Option<i64>,
}

#[derive(Deserialize)]
struct StoredPicture {
    url: String,
    width: Option<f64>,
    height: Option<f64>,
}

impl From<StoredImage> for Image {
    fn from(stored: StoredImage) -> Self {
        Self {
            small: stored.small.map(Picture::from),
            medium: stored.medium.map(Picture::from),
            large: stored.large.map(Picture::from),
            hires: stored.hires.map(Picture::from),
            title: stored.title,
            detail_page_url: stored.detail_page_url,
            fetched_at: stored.fetched_at.unwrap_or_default(),
        }
    }
}

impl From<StoredPicture> for Picture {
    fn from(stored: StoredPicture) -> Self {
        Self {
            url: stored.url.trim().to_owned(),
            width: stored.width.and_then(whole_pixels),
            height: stored.height.and_then(whole_pixels),
        }
    }
}

fn whole_pixels(number: f64) -> Option<u32> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "its range was looked at")]
    (1.0..=100_000.0).contains(&number).then_some(number.round() as u32)
}
