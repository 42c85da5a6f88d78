//! Writing the items down, only what was asked for and never in the order in which it was.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use super::{refusal::Refusal, request::GetItems};
use crate::{
    answer::Answer,
    catalogue::{Found, Product, find},
    picture::{Picture, Size},
};

/// Every member that an item can have, in Amazon's order.
const MEMBERS: [&str; 10] = [
    "asin",
    "browseNodeInfo",
    "customerReviews",
    "detailPageURL",
    "images",
    "itemInfo",
    "offersV2",
    "parentASIN",
    "score",
    "variationAttributes",
];

/// The pictures of a product beside its first.
const VARIANTS: u8 = 2;

/// The answer for these ids: what there is, an error for each of the others, or a 404 when there is nothing.
pub fn items(request: &GetItems, public_url: &str) -> Result<Answer, Refusal> {
    let mut items = Vec::new();
    let mut errors = Vec::new();
    for id in request.item_ids.iter().rev() {
        match find(id) {
            Found::Product(product) => items.push(item(&product, request, public_url)),
            Found::NotAccessible => errors.push(json!({
                "code": "ItemNotAccessible",
                "message": format!("The ItemId {id} is not accessible through the Creators API."),
            })),
            Found::Malformed => errors.push(json!({
                "code": "InvalidParameterValue",
                "message": format!("The ItemIds {id} provided in the request is invalid."),
            })),
        }
    }
    if items.is_empty() {
        let first = request.item_ids.first().cloned().unwrap_or_default();
        return Err(Refusal::NotFound(first));
    }
    let mut body = Map::new();
    if !errors.is_empty() {
        body.insert("errors".to_owned(), errors.into());
    }
    body.insert("itemsResult".to_owned(), json!({"items": items}));
    Ok(Answer::new(StatusCode::OK, body.into()))
}

fn item(product: &Product, request: &GetItems, public_url: &str) -> Value {
    let writer = Writer { product, request, public_url };
    let mut item = Map::new();
    for member in MEMBERS {
        writer.put(&mut item, member, writer.member(member));
    }
    item.into()
}

struct Writer<'a> {
    product: &'a Product,
    request: &'a GetItems,
    public_url: &'a str,
}

impl Writer<'_> {
    /// Amazon leaves out what is not there, or writes a null: every other product does the one or the other.
    fn put(&self, map: &mut Map<String, Value>, name: &str, value: Option<Value>) {
        if value.is_some() || self.product.says_null() {
            map.insert(name.to_owned(), value.unwrap_or(Value::Null));
        }
    }

    fn member(&self, name: &str) -> Option<Value> {
        match name {
            "asin" => Some(self.product.asin().into()),
            "detailPageURL" => Some(self.detail_page_url().into()),
            "images" => self.images(),
            "itemInfo" => self.asked("itemInfo.title").then(|| self.item_info()),
            "parentASIN" => self.asked("parentASIN").then(|| self.product.parent_asin().into()),
            _ => None,
        }
    }

    fn asked(&self, resource: &str) -> bool {
        self.request.resources.contains(&resource)
    }

    fn language(&self) -> &'static str {
        let wish = self.request.language.as_deref();
        self.request.marketplace.language(wish)
    }

    fn detail_page_url(&self) -> String {
        format!(
            "https://{host}/dp/{asin}?tag={tag}&linkCode=ogi&th=1&psc=1&language={language}",
            host = self.request.marketplace.host,
            asin = self.product.asin(),
            tag = self.request.partner_tag,
            language = self.language(),
        )
    }

    fn item_info(&self) -> Value {
        json!({
            "title": {
                "displayValue": self.product.title(),
                "label": "Title",
                "locale": self.language(),
            },
        })
    }

    fn images(&self) -> Option<Value> {
        if !self.product.has_picture() {
            return None;
        }
        let primary = self.sizes("primary", 0);
        let variants: Vec<Value> = (1..=VARIANTS).filter_map(|variant| self.sizes("variants", variant)).collect();
        let variants = (!variants.is_empty()).then(|| Value::from(variants));
        if primary.is_none() && variants.is_none() {
            return None;
        }
        let mut images = Map::new();
        self.put(&mut images, "primary", primary);
        self.put(&mut images, "variants", variants);
        Some(images.into())
    }

    /// One picture in the sizes asked for.
    fn sizes(&self, of: &str, variant: u8) -> Option<Value> {
        let asked = |size: Size| self.asked(&format!("images.{of}.{}", size.asked_as()));
        if !Size::ALL.into_iter().any(asked) {
            return None;
        }
        let mut sizes = Map::new();
        for size in Size::ALL {
            let image = asked(size).then(|| self.image(variant, size));
            self.put(&mut sizes, size.answered_as(), image);
        }
        Some(sizes.into())
    }

    fn image(&self, variant: u8, size: Size) -> Value {
        let picture = Picture { asin: self.product.asin().to_owned(), marketplace: self.request.marketplace, variant };
        let (width, height) = self.product.extent(size.longest_side());
        json!({
            "height": height,
            "url": format!("{}{}", self.public_url, picture.path(size)),
            "width": width,
        })
    }
}
