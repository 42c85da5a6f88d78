//! Writing a product down.

use serde_json::{Map, Value, json};

use super::{
    details,
    request::{Request, Subject},
};
use crate::{
    catalogue::Product,
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

/// One product.
pub fn item(product: &Product, request: &Request, public_url: &str) -> Value {
    let writer = Writer { product, request, public_url };
    let mut item = Map::new();
    for member in MEMBERS {
        writer.put(&mut item, member, writer.member(member));
    }
    item.into()
}

struct Writer<'a> {
    product: &'a Product,
    request: &'a Request,
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
            "itemInfo" => self.item_info(),
            "offersV2" => details::offers(self.product, self.request),
            "customerReviews" => details::reviews(self.product, self.request),
            "browseNodeInfo" => details::browse_node_info(self.product, self.request),
            "variationAttributes" => match self.request.subject {
                Subject::Variations { .. } => Some(json!([{"name": "color_name", "value": "Red"}])),
                _ => None,
            },
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
            tag = self.request.partner_tag.as_deref().unwrap_or_default(),
            language = self.language(),
        )
    }

    fn item_info(&self) -> Option<Value> {
        let mut info = Map::new();
        details::item_info(self.product, self.request, &mut info);
        if self.asked("itemInfo.title") {
            let title = json!({"displayValue": self.product.title(), "label": "Title", "locale": self.language()});
            info.insert("title".to_owned(), title);
        }
        (!info.is_empty()).then(|| info.into())
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
