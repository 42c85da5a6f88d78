//! Products to PHP, in the shapes that the stubs tell of.

use ext_php_rs::convert::IntoZval;
use ext_php_rs::error::Result;
use ext_php_rs::types::{ZendHashTable, Zval};
use serde_json::Value;

use crate::asin::Asin;
use crate::image::{Image, Picture};
use crate::item::{Details, Item, Money, Node, Offer};
use crate::php::output::{Array, Keys, by_key, list, string};
use crate::refresh::FoundItems;

/// What is told of a product: its picture, its picture and its offers, or all of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Shape {
    /// An Image of the stub.
    #[default]
    Images,
    /// The same, with offers.
    ImagesWithOffers,
    /// An Item of the stub.
    Items,
}

/// The key under which products stand, and what they are, by ASIN.
pub fn products(found: &FoundItems, shape: Shape) -> Result<(&'static str, Array)> {
    if shape == Shape::Images {
        let keys = ImageKeys::new();
        return Ok(("images", by_key(found.iter().map(|(asin, item)| Ok((asin.as_str(), keys.image(&item.image)?))))?));
    }
    let keys = ItemKeys::new();
    Ok(match shape {
        Shape::Images | Shape::ImagesWithOffers => {
            let with_offers = |item: &Item| -> Result<Array> {
                let mut array = keys.image.image(&item.image)?;
                array.insert("offers", keys.offers(item.details.as_deref())?)?;
                Ok(array)
            };
            ("images", by_key(found.iter().map(|(asin, item)| Ok((asin.as_str(), with_offers(item)?))))?)
        }
        Shape::Items => {
            ("items", by_key(found.iter().map(|(asin, item)| Ok((asin.as_str(), keys.item(asin, item)?))))?)
        }
    })
}

/// The keys of arrays of pictures.
struct ImageKeys {
    image: Keys<7>,
    picture: Keys<3>,
}

impl ImageKeys {
    fn new() -> Self {
        Self {
            image: Keys::new(["small", "medium", "large", "hires", "title", "detail_page_url", "fetched_at"]),
            picture: Keys::new(["url", "width", "height"]),
        }
    }

    fn image(&self, image: &Image) -> Result<Array> {
        self.image.array([
            self.picture(image.small.as_ref())?,
            self.picture(image.medium.as_ref())?,
            self.picture(image.large.as_ref())?,
            self.picture(image.hires.as_ref())?,
            text(image.title.as_deref()),
            text(image.detail_page_url.as_deref()),
            image.fetched_at.into_zval(false)?,
        ])
    }

    fn picture(&self, picture: Option<&Picture>) -> Result<Zval> {
        let Some(picture) = picture else { return Ok(Zval::null()) };
        let width = picture.width.map(i64::from).into_zval(false)?;
        let height = picture.height.map(i64::from).into_zval(false)?;
        self.picture.array([string(&picture.url), width, height])?.into_zval(false)
    }
}

/// The keys of all arrays of an answer.
pub struct ItemKeys {
    image: ImageKeys,
    item: Keys<14>,
    images: Keys<2>,
    sizes: Keys<4>,
    offer: Keys<11>,
    money: Keys<3>,
}

impl ItemKeys {
    /// Those of one answer.
    pub fn new() -> Self {
        Self {
            image: ImageKeys::new(),
            item: Keys::new([
                "asin",
                "parent_asin",
                "title",
                "brand",
                "features",
                "images",
                "offers",
                "reviews",
                "ids",
                "nodes",
                "variation_attributes",
                "detail_page_url",
                "fetched_at",
                "raw",
            ]),
            images: Keys::new(["primary", "variants"]),
            sizes: Keys::new(["small", "medium", "large", "hires"]),
            offer: Keys::new([
                "price",
                "price_per_unit",
                "saving",
                "availability",
                "condition",
                "merchant",
                "deal",
                "type",
                "is_buy_box_winner",
                "loyalty_points",
                "violates_map",
            ]),
            money: Keys::new(["amount", "currency", "display"]),
        }
    }

    /// An Item of the stub.
    pub fn item(&self, asin: &Asin, item: &Item) -> Result<Array> {
        let (image, details) = (&item.image, item.details.as_deref());
        let texts = |texts: &[String]| list(texts.len(), texts.iter().map(|text| Ok(string(text))))?.into_zval(false);
        let ids = details
            .and_then(|details| details.ids.as_ref())
            .map(|ids| object([("ean", texts(&ids.ean)?), ("isbn", texts(&ids.isbn)?), ("upc", texts(&ids.upc)?)]));
        let reviews = details.and_then(|details| details.reviews.as_ref()).map(|reviews| {
            object([("count", reviews.count.into_zval(false)?), ("stars", reviews.stars.into_zval(false)?)])
        });
        let nodes = details.and_then(|details| details.nodes.as_ref()).map(|nodes| self.nodes(nodes));
        let attributes = details.and_then(|details| details.variation_attributes.as_ref()).map(|attributes| {
            let attribute =
                |(name, value): &(String, String)| object([("name", string(name)), ("value", string(value))]);
            list(attributes.len(), attributes.iter().map(attribute))?.into_zval(false)
        });
        let features = details.and_then(|details| details.features.as_ref()).map(|features| texts(features));
        self.item.array([
            string(asin.as_str()),
            text(details.and_then(|details| details.parent_asin.as_deref())),
            text(image.title.as_deref()),
            text(details.and_then(|details| details.brand.as_deref())),
            or_null(features)?,
            self.images(image, details)?,
            self.offers(details)?,
            or_null(reviews)?,
            or_null(ids)?,
            or_null(nodes)?,
            or_null(attributes)?,
            text(image.detail_page_url.as_deref()),
            image.fetched_at.into_zval(false)?,
            or_null(details.and_then(|details| details.raw.as_ref()).map(json))?,
        ])
    }

    fn images(&self, image: &Image, details: Option<&Details>) -> Result<Zval> {
        let primary = [&image.small, &image.medium, &image.large, &image.hires].map(Option::as_ref);
        let variants = details.map_or(&[][..], |details| details.variants.as_slice());
        let has_primary = primary.iter().any(Option::is_some);
        if !has_primary && variants.is_empty() {
            return Ok(Zval::null());
        }
        let primary = or_null(has_primary.then(|| self.sizes(primary)))?;
        let variants = variants.iter().map(|sizes| self.sizes(sizes.each_ref().map(Option::as_ref)));
        let variants = list(variants.len(), variants)?.into_zval(false)?;
        self.images.array([primary, variants])?.into_zval(false)
    }

    fn sizes(&self, sizes: [Option<&Picture>; 4]) -> Result<Zval> {
        let [small, medium, large, hires] = sizes.map(|picture| self.image.picture(picture));
        self.sizes.array([small?, medium?, large?, hires?])?.into_zval(false)
    }

    fn offers(&self, details: Option<&Details>) -> Result<Zval> {
        let Some(offers) = details.and_then(|details| details.offers.as_ref()) else { return Ok(Zval::null()) };
        list(offers.len(), offers.iter().map(|offer| self.offer(offer)))?.into_zval(false)
    }

    fn offer(&self, offer: &Offer) -> Result<Zval> {
        let saving = offer.saving.as_ref().map(|saving| {
            object([
                ("money", self.money(saving.money.as_ref())?),
                ("percent", saving.percent.into_zval(false)?),
                ("basis", self.money(saving.basis.as_ref())?),
                ("basis_type", text(saving.basis_type.as_deref())),
                ("basis_label", text(saving.basis_label.as_deref())),
            ])
        });
        let availability = offer.availability.as_ref().map(|availability| {
            object([
                ("type", text(availability.kind.as_deref())),
                ("message", text(availability.message.as_deref())),
                ("min_quantity", availability.min_quantity.into_zval(false)?),
                ("max_quantity", availability.max_quantity.into_zval(false)?),
            ])
        });
        let condition = offer.condition.as_ref().map(|condition| {
            object([
                ("value", text(condition.value.as_deref())),
                ("sub_condition", text(condition.sub_condition.as_deref())),
                ("note", text(condition.note.as_deref())),
            ])
        });
        let merchant = offer.merchant.as_ref();
        let merchant =
            merchant.map(|(id, name)| object([("id", text(id.as_deref())), ("name", text(name.as_deref()))]));
        let deal = offer.deal.as_ref().map(|deal| {
            object([
                ("access_type", text(deal.access_type.as_deref())),
                ("badge", text(deal.badge.as_deref())),
                ("early_access_ms", deal.early_access_ms.into_zval(false)?),
                ("starts_at", text(deal.starts_at.as_deref())),
                ("ends_at", text(deal.ends_at.as_deref())),
                ("percent_claimed", deal.percent_claimed.into_zval(false)?),
            ])
        });
        self.offer
            .array([
                self.money(offer.price.as_ref())?,
                self.money(offer.price_per_unit.as_ref())?,
                or_null(saving)?,
                or_null(availability)?,
                or_null(condition)?,
                or_null(merchant)?,
                or_null(deal)?,
                text(offer.kind.as_deref()),
                offer.is_buy_box_winner.into_zval(false)?,
                offer.loyalty_points.into_zval(false)?,
                offer.violates_map.into_zval(false)?,
            ])?
            .into_zval(false)
    }

    /// An amount, or null.
    pub fn money(&self, money: Option<&Money>) -> Result<Zval> {
        let Some(money) = money else { return Ok(Zval::null()) };
        let amount = money.amount.into_zval(false)?;
        let array = self.money.array([amount, text(money.currency.as_deref()), text(money.display.as_deref())])?;
        array.into_zval(false)
    }

    fn nodes(&self, nodes: &[Node]) -> Result<Zval> {
        list(nodes.len(), nodes.iter().map(|node| self.node(node)?.into_zval(false)))?.into_zval(false)
    }

    /// A Node of the stub.
    pub fn node(&self, node: &Node) -> Result<Array> {
        let named = |node: &Node| {
            let name = text(node.context_free_name.as_deref());
            object([("id", string(&node.id)), ("name", text(node.name.as_deref())), ("context_free_name", name)])
        };
        let all = |nodes: &[Node]| list(nodes.len(), nodes.iter().map(named));
        let mut array = ZendHashTable::new();
        array.insert("id", node.id.as_str())?;
        array.insert("name", node.name.as_deref())?;
        array.insert("context_free_name", node.context_free_name.as_deref())?;
        array.insert("is_root", node.is_root)?;
        array.insert("sales_rank", node.sales_rank)?;
        array.insert("ancestors", all(&node.ancestors)?)?;
        array.insert("children", all(&node.children)?)?;
        Ok(array)
    }
}

/// An array of these.
pub fn object<const N: usize>(members: [(&str, Zval); N]) -> Result<Zval> {
    let mut array = ZendHashTable::with_capacity(u32::try_from(N).unwrap_or_default());
    for (key, value) in members {
        array.insert(key, value)?;
    }
    array.into_zval(false)
}

/// What there is, or null.
pub fn or_null(value: Option<Result<Zval>>) -> Result<Zval> {
    value.unwrap_or_else(|| Ok(Zval::null()))
}

/// A text, or null.
pub fn text(text: Option<&str>) -> Zval {
    text.map_or_else(Zval::null, string)
}

/// As `json_decode()` reads it; a whole number that PHP's own do not hold is a float.
fn json(value: &Value) -> Result<Zval> {
    match value {
        Value::Null => Ok(Zval::null()),
        Value::Bool(is) => (*is).into_zval(false),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => whole.into_zval(false),
            None => number.as_f64().into_zval(false),
        },
        Value::String(text) => Ok(string(text)),
        Value::Array(values) => list(values.len(), values.iter().map(json))?.into_zval(false),
        Value::Object(members) => {
            let mut array = ZendHashTable::new();
            for (key, value) in members {
                array.insert(key.as_str(), json(value)?)?;
            }
            array.into_zval(false)
        }
    }
}
