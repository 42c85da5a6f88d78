//! What is told of a product beside its title and its pictures, made from its ASIN.

use serde_json::{Map, Value, json};

use super::request::Request;
use crate::catalogue::Product;

/// An amount of money in cents of the request's currency.
pub fn money(request: &Request, cents: u64) -> Value {
    let usual = match request.marketplace.host {
        "www.amazon.com" => "USD",
        "www.amazon.co.uk" => "GBP",
        "www.amazon.co.jp" => "JPY",
        "www.amazon.in" => "INR",
        _ => "EUR",
    };
    let currency = request.currency.as_deref().unwrap_or(usual);
    // There are no hundredths of a yen.
    let amount = if currency == "JPY" { json!(cents) } else { json!(cents as f64 / 100.0) };
    json!({"amount": amount, "currency": currency, "displayAmount": format!("{currency} {amount}")})
}

/// The price of a product in cents.
pub fn cents(product: &Product) -> u64 {
    999 + product.number() % 20_000
}

/// Two listings: the second alone tells how many there are.
pub fn offers(product: &Product, request: &Request) -> Option<Value> {
    let asked = |name: &str| request.resources.contains(&format!("offersV2.listings.{name}").as_str());
    let cents = cents(product);
    let price = |cents: u64| {
        json!({
            "money": money(request, cents),
            "savings": {"money": money(request, 500), "percentage": 10},
            "savingBasis": {
                "money": money(request, cents + 500), "savingBasisType": "LIST_PRICE", "savingBasisTypeLabel": "List Price",
            },
        })
    };
    let first = [
        ("condition", "condition", json!({"value": "New", "subCondition": "Unknown"})),
        (
            "dealDetails",
            "dealDetails",
            json!({"accessType": "ALL", "badge": "Limited time deal", "percentClaimed": 12}),
        ),
        ("isBuyBoxWinner", "isBuyBoxWinner", json!(true)),
        ("loyaltyPoints", "loyaltyPoints", json!({"points": 7})),
        ("merchantInfo", "merchantInfo", json!({"id": "A2R2RITDJNW1Q6", "name": "Example Shop"})),
        ("price", "price", price(cents)),
        ("type", "type", json!("LIGHTNING_DEAL")),
    ];
    let availability =
        json!({"message": "In Stock", "type": "IN_STOCK", "minOrderQuantity": 1, "maxOrderQuantity": 30});
    let second = [
        ("availability", "availability", availability),
        ("condition", "condition", json!({"value": "Used", "subCondition": "LikeNew", "conditionNote": "Opened."})),
        ("isBuyBoxWinner", "isBuyBoxWinner", json!(false)),
        ("price", "price", json!({"money": money(request, cents - 100), "pricePerUnit": money(request, 123)})),
        ("isBuyBoxWinner", "violatesMAP", json!(false)),
    ];
    let listing = |members: &[(&str, &str, Value)]| {
        let asked = members.iter().filter(|(resource, ..)| asked(resource));
        asked.map(|(_, name, value)| ((*name).to_owned(), value.clone())).collect::<Map<_, _>>()
    };
    let is_asked = request.resources.iter().any(|name| name.starts_with("offersV2."));
    is_asked.then(|| json!({"listings": [listing(&first), listing(&second)]}))
}

/// How many have reviewed it, and how they did.
pub fn reviews(product: &Product, request: &Request) -> Option<Value> {
    let mut reviews = Map::new();
    if request.resources.contains(&"customerReviews.count") {
        reviews.insert("count".to_owned(), json!(product.number() % 5_000));
    }
    if request.resources.contains(&"customerReviews.starRating") {
        reviews.insert("starRating".to_owned(), json!({"value": 4.5}));
    }
    (!reviews.is_empty()).then(|| reviews.into())
}

/// The category it stands in, and its rank.
pub fn browse_node_info(product: &Product, request: &Request) -> Option<Value> {
    let asked = |name: &str| request.resources.contains(&name);
    let mut info = Map::new();
    if request.resources.iter().any(|name| name.starts_with("browseNodeInfo.browseNodes")) {
        let mut node = browse_node("4711", asked("browseNodeInfo.browseNodes.ancestor"), false);
        if asked("browseNodeInfo.browseNodes.salesRank")
            && let Some(node) = node.as_object_mut()
        {
            node.insert("salesRank".to_owned(), json!(product.number() % 1_000 + 1));
        }
        info.insert("browseNodes".to_owned(), json!([node]));
    }
    if asked("browseNodeInfo.websiteSalesRank") {
        info.insert("websiteSalesRank".to_owned(), json!({"displayName": "Home", "salesRank": 99}));
    }
    (!info.is_empty()).then(|| info.into())
}

/// A category.
pub fn browse_node(id: &str, ancestor: bool, children: bool) -> Value {
    let named =
        |id: &str| json!({"id": id, "displayName": format!("Node {id}"), "contextFreeName": format!("The node {id}")});
    let mut node = named(id);
    if let Some(node) = node.as_object_mut() {
        node.insert("isRoot".to_owned(), json!(false));
        if ancestor {
            let mut above = named("11");
            if let Some(above) = above.as_object_mut() {
                above.insert("ancestor".to_owned(), named("1"));
            }
            node.insert("ancestor".to_owned(), above);
        }
        if children {
            node.insert("children".to_owned(), json!([named("2"), named("3")]));
        }
    }
    node
}

/// The members of `itemInfo` beside the title.
pub fn item_info(product: &Product, request: &Request, info: &mut Map<String, Value>) {
    let texts = |values: &[&str]| json!({"displayValues": values, "label": "x", "locale": "en_US"});
    let text = |value: &str| json!({"displayValue": value, "label": "x", "locale": "en_US"});
    let members = [
        ("byLineInfo", json!({"brand": text("Example"), "manufacturer": text("Example & Sons")})),
        ("features", texts(&["Made to last", "Easy to clean"])),
        ("externalIds", json!({"eans": texts(&["4006381333931", "9780306406157"]), "upcs": texts(&["036000291452"])})),
        ("contentInfo", json!({"pagesCount": {"displayValue": product.number() % 900, "label": "Pages"}})),
        ("productInfo", json!({"color": text("Red")})),
    ];
    for (name, value) in members {
        if request.resources.contains(&format!("itemInfo.{name}").as_str()) {
            info.insert(name.to_owned(), value);
        }
    }
}
