//! What PHP gives of a page and its pictures.

use ext_php_rs::convert::FromZval;
use ext_php_rs::flags::DataType;
use ext_php_rs::types::{ArrayKey, ZendHashTable, Zval};

use crate::asin::Asin;
use crate::html::Kind;
use crate::image::{ByProduct, Image, Images, Picture, Words};
use crate::marketplace::Marketplace;
use crate::php::exception::Mistake;
use crate::php::fields::{Fields, wrong_type};
use crate::php::input::{OptionsArray, known_marketplace};

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

/// `$options` of a rewriting.
#[derive(Default)]
pub struct RewriteOptions {
    /// `default_marketplace`
    pub default_marketplace: Option<&'static Marketplace>,
    /// `kinds`
    pub kinds: Option<Vec<Kind>>,
    /// `fill_alt`
    pub fill_alt: Option<bool>,
    /// `words`
    pub words: Option<Words>,
}

/// Reads them.
pub fn rewrite_options(options: &OptionsArray<'_>) -> Result<RewriteOptions, Mistake> {
    let mut read = RewriteOptions::default();
    let Some(fields) = options.fields() else { return Ok(read) };
    fields.refuse_others(&["default_marketplace", "kinds", "fill_alt", "words"])?;
    if let Some(host) = fields.text("default_marketplace")?.filter(|host| !host.is_empty()) {
        read.default_marketplace = Some(known_marketplace(&host, &fields.path("default_marketplace"))?);
    }
    if let Some(value) = fields.get("kinds") {
        let Some(list) = value.array() else { return Err(wrong_type(&fields.path("kinds"), "array", value)) };
        let kind = |(key, value): (ArrayKey<'_>, &Zval)| {
            let path = format!("{}[{key}]", fields.path("kinds"));
            let word = value.dereference().str().ok_or_else(|| wrong_type(&path, "string", value))?;
            let known = || Kind::ALL.map(Kind::as_str).join(", ");
            Kind::parse(word).ok_or_else(|| Mistake::Value(format!("{path} must be one of {}", known())))
        };
        read.kinds = Some(list.iter().map(kind).collect::<Result<_, _>>()?);
    }
    read.fill_alt = fields.boolean("fill_alt")?;
    if let Some(value) = fields.get("words") {
        let words = Fields::of(value, fields.path("words").trim_start_matches('$').to_owned())?;
        read.words = Some(by_product(&words, |value, path| match value.str() {
            Some(text) => Ok(text.to_owned()),
            None => Err(wrong_type(path, "string", value)),
        })?);
    }
    Ok(read)
}

/// `$images[marketplace][asin]`
pub fn images(array: &ZendHashTable) -> Result<Images, Mistake> {
    let fields = Fields { array, name: "images".to_owned() };
    by_product(&fields, |image, path| read_image(&Fields::of(image, path.trim_start_matches('$').to_owned())?))
}

/// What is told by marketplace, then by ASIN.
fn by_product<T>(
    fields: &Fields<'_>,
    read: impl Fn(&Zval, &str) -> Result<T, Mistake>,
) -> Result<ByProduct<T>, Mistake> {
    let mut all = ByProduct::default();
    for (host, products) in fields.array.iter() {
        let path = fields.path(&host);
        let marketplace = known_marketplace(&host.to_string(), &format!("The key {path}"))?;
        let products = Fields::of(products, path.trim_start_matches('$').to_owned())?;
        for (asin, value) in products.array.iter() {
            let path = products.path(&asin);
            let Some(asin) = Asin::parse(&asin.to_string()) else {
                return Err(Mistake::Value(format!("The key {path} must be an ASIN")));
            };
            all.insert(marketplace.host, asin, read(value.dereference(), &path)?);
        }
    }
    Ok(all)
}

fn read_image(fields: &Fields<'_>) -> Result<Image, Mistake> {
    let size = |key: &str| -> Result<Option<Picture>, Mistake> {
        let Some(value) = fields.get(key) else { return Ok(None) };
        let picture = Fields::of(value, fields.path(key).trim_start_matches('$').to_owned())?;
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

fn whole_pixels(number: f64) -> Option<u32> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "its range was looked at")]
    (1.0..=100_000.0).contains(&number).then_some(number.round() as u32)
}
