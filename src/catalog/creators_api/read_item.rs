//! Reading one product: what is odd in it costs itself alone.

use serde_json::Value;

use super::response::{list, member, text};
use crate::asin::Asin;
use crate::catalog::{Question, Wanted};
use crate::foreign_text::{self, Redactor};
use crate::image::{Image, Picture};
use crate::item::{Availability, Condition, Deal, Details, Ids, Item, Money, Node, Offer, Reviews, Saving};

/// Levels of categories; Amazon's tree has about ten.
const MOST_ANCESTORS: usize = 32;

/// Reads the products of one answer.
pub(super) struct ItemReader<'a> {
    pub question: &'a Question,
    pub wanted: &'a Wanted,
    pub fetched_at: i64,
    pub redactor: &'a Redactor<'a>,
}

impl ItemReader<'_> {
    /// Under which names the answer may have its result. The documentation's GetItems page spells it itemResults, every SDK
    /// itemsResult.
    pub fn result_names(&self) -> &'static [&'static str] {
        match self.question {
            Question::Items(_) => &["itemsResult", "itemResults"],
            Question::Search(..) => &["searchResult"],
            Question::Variations(..) => &["variationsResult"],
            Question::BrowseNodes(_) => &["browseNodesResult"],
            Question::Files(_) | Question::File(..) => &[],
        }
    }

    /// `None` for what has no readable ASIN.
    pub fn item(&self, item: Value) -> Option<(Asin, Item)> {
        let asin = Asin::parse(text(&item, "asin")?)?;
        let info = member(&item, "itemInfo");
        let [small, medium, large, hires] =
            member(&item, "images").and_then(|images| member(images, "primary")).map(sizes).unwrap_or_default();
        let image = Image {
            small,
            medium,
            large,
            hires,
            title: info.and_then(|info| display_value(info, "title")),
            detail_page_url: text(&item, "detailPageURL").and_then(foreign_text::address),
            fetched_at: self.fetched_at,
        };
        let details = self.wanted.has_details().then(|| Box::new(self.details(item)));
        Some((asin, Item { image, details }))
    }

    fn details(&self, mut item: Value) -> Details {
        let info = member(&item, "itemInfo");
        let part = |name: &str| member(info?, name);
        let values = |part: Option<&Value>| {
            let values = list(part.and_then(|part| member(part, "displayValues"))).iter();
            values.filter_map(|value| foreign_text::paragraph(value.as_str()?)).collect::<Vec<_>>()
        };
        let ids = part("externalIds").filter(|ids| ids.is_object());
        let variants = member(&item, "images").and_then(|images| member(images, "variants"));
        let listings = member(&item, "offersV2").and_then(|offers| member(offers, "listings")?.as_array());
        let nodes = member(&item, "browseNodeInfo").and_then(|info| member(info, "browseNodes")?.as_array());
        let attributes = member(&item, "variationAttributes").and_then(Value::as_array);
        let attribute = |attribute: &Value| Some((words(attribute, "name")?, words(attribute, "value")?));
        let mut details = Details {
            parent_asin: text(&item, "parentASIN").and_then(Asin::parse).map(|asin| asin.to_string()),
            brand: part("byLineInfo").and_then(|line| display_value(line, "brand")),
            features: part("features").filter(|features| features.is_object()).map(|features| values(Some(features))),
            // Clients of Amazon's have seen one in the place of a list.
            variants: match variants {
                Some(Value::Array(variants)) => variants.iter().map(sizes).collect(),
                Some(one) => vec![sizes(one)],
                None => Vec::new(),
            },
            offers: listings.map(|listings| listings.iter().filter_map(|listing| self.offer(listing)).collect()),
            reviews: member(&item, "customerReviews").and_then(reviews),
            ids: ids.map(|ids| Ids {
                ean: values(member(ids, "eans")),
                isbn: values(member(ids, "isbns")),
                upc: values(member(ids, "upcs")),
            }),
            nodes: nodes.map(|nodes| nodes.iter().filter_map(node).collect()),
            variation_attributes: attributes.map(|all| all.iter().filter_map(attribute).collect()),
            raw: None,
        };
        details.variants.retain(|sizes| sizes.iter().any(Option::is_some));
        details.raw = self.wanted.raw.then(|| {
            self.redactor.redact_json(&mut item);
            item
        });
        details
    }

    /// A word for programs.
    fn code(&self, object: &Value, name: &str) -> Option<String> {
        text(object, name).and_then(|code| self.redactor.code(code))
    }

    fn offer(&self, listing: &Value) -> Option<Offer> {
        listing.is_object().then_some(())?;
        let part = |name: &str| member(listing, name).filter(|part| part.is_object());
        let price = part("price");
        let of_price = |name: &str| member(price?, name).filter(|part| part.is_object());
        let points = member(listing, "loyaltyPoints");
        Some(Offer {
            price: of_price("money").and_then(money),
            price_per_unit: of_price("pricePerUnit").and_then(money),
            saving: self.saving(of_price("savings"), of_price("savingBasis")),
            availability: part("availability").map(|availability| Availability {
                kind: self.code(availability, "type"),
                message: words(availability, "message"),
                min_quantity: whole(availability, "minOrderQuantity"),
                max_quantity: whole(availability, "maxOrderQuantity"),
            }),
            condition: part("condition").map(|condition| Condition {
                value: self.code(condition, "value"),
                sub_condition: self.code(condition, "subCondition"),
                note: words(condition, "conditionNote"),
            }),
            merchant: part("merchantInfo").map(|merchant| (self.code(merchant, "id"), words(merchant, "name"))),
            deal: part("dealDetails").map(|deal| Deal {
                access_type: self.code(deal, "accessType"),
                badge: words(deal, "badge"),
                early_access_ms: whole(deal, "earlyAccessDurationInMilliseconds"),
                starts_at: self.code(deal, "startTime"),
                ends_at: self.code(deal, "endTime"),
                percent_claimed: whole(deal, "percentClaimed"),
            }),
            kind: self.code(listing, "type"),
            is_buy_box_winner: member(listing, "isBuyBoxWinner").and_then(Value::as_bool),
            loyalty_points: points.and_then(|points| whole(points, "points")),
            violates_map: member(listing, "violatesMAP").and_then(Value::as_bool),
        })
    }

    fn saving(&self, savings: Option<&Value>, basis: Option<&Value>) -> Option<Saving> {
        (savings.is_some() || basis.is_some()).then(|| Saving {
            money: savings.and_then(|savings| money(member(savings, "money")?)),
            percent: savings.and_then(|savings| whole(savings, "percentage")),
            basis: basis.and_then(|basis| money(member(basis, "money")?)),
            basis_type: basis.and_then(|basis| self.code(basis, "savingBasisType")),
            basis_label: basis.and_then(|basis| words(basis, "savingBasisTypeLabel")),
        })
    }
}

/// An amount in the smallest unit wherever its currency is known, and Amazon's own text for it.
pub(super) fn money(value: &Value) -> Option<Money> {
    let is_currency = |text: &&str| text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    let currency = text(value, "currency").filter(is_currency);
    let amount = member(value, "amount").and_then(number);
    let money = Money {
        amount: amount.zip(currency).and_then(|(amount, currency)| Money::minor_units(amount, currency)),
        currency: currency.map(str::to_owned),
        display: words(value, "displayAmount"),
    };
    (money.amount.is_some() || money.display.is_some()).then_some(money)
}

/// A category, if it has a number.
pub(super) fn node(node: &Value) -> Option<Node> {
    let mut read = bare_node(node)?;
    let mut above = member(node, "ancestor");
    while let Some(ancestor) = above.filter(|_| read.ancestors.len() < MOST_ANCESTORS) {
        read.ancestors.extend(bare_node(ancestor));
        above = member(ancestor, "ancestor");
    }
    read.children = list(member(node, "children")).iter().filter_map(bare_node).collect();
    Some(read)
}

fn bare_node(node: &Value) -> Option<Node> {
    let id = member(node, "id")?;
    let id = id.as_u64().map(|id| id.to_string()).or_else(|| foreign_text::title(id.as_str()?))?;
    Some(Node {
        id,
        name: words(node, "displayName"),
        context_free_name: words(node, "contextFreeName"),
        is_root: member(node, "isRoot").and_then(Value::as_bool),
        sales_rank: whole(node, "salesRank"),
        ..Node::default()
    })
}

fn reviews(reviews: &Value) -> Option<Reviews> {
    let stars = member(reviews, "starRating").and_then(|rating| number(member(rating, "value")?));
    let read = Reviews { count: whole(reviews, "count"), stars: stars.filter(|stars| (0.0..=5.0).contains(stars)) };
    (read != Reviews::default()).then_some(read)
}

fn sizes(picture: &Value) -> [Option<Picture>; 4] {
    let size = |name: &str| {
        let picture = member(picture, name)?;
        let url = text(picture, "url").and_then(foreign_text::address)?;
        Some(Picture { url, width: pixels(picture, "width"), height: pixels(picture, "height") })
    };
    [size("small"), size("medium"), size("large"), size("hiRes").or_else(|| size("highRes"))]
}

/// The SDK's types allow floats.
fn pixels(object: &Value, name: &str) -> Option<u32> {
    object.get(name)?.as_f64().and_then(Picture::pixels)
}

fn display_value(object: &Value, name: &str) -> Option<String> {
    words(member(object, name)?, "displayValue")
}

/// Words for people.
pub(super) fn words(object: &Value, name: &str) -> Option<String> {
    text(object, name).and_then(foreign_text::title)
}

/// A number, or a text that is one.
fn number(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.trim().parse().ok()).filter(|number| number.is_finite())
}

/// A whole number that may come as a float; what is left of a point is dropped.
pub(super) fn whole(object: &Value, name: &str) -> Option<i64> {
    let number = member(object, name).and_then(number)?;
    #[expect(clippy::cast_possible_truncation, reason = "its range was looked at")]
    (0.0..=9e15).contains(&number).then_some(number as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn details(item: Value) -> Details {
        let wanted = Wanted::everything();
        let redactor = Redactor::new([]);
        let question = Question::Items(std::sync::Arc::new([]));
        let reader = ItemReader { question: &question, wanted: &wanted, fetched_at: 0, redactor: &redactor };
        *reader.item(item).unwrap().1.details.unwrap()
    }

    fn offers(listings: Value) -> Vec<Offer> {
        details(json!({"asin": "B00TSUGXKE", "offersV2": {"listings": listings}})).offers.unwrap()
    }

    #[test]
    fn what_is_absent_or_null_is_absent() {
        let nulls = json!({"asin": "B00TSUGXKE", "parentASIN": null, "offersV2": null, "customerReviews": null,
            "browseNodeInfo": null, "itemInfo": {"features": null, "externalIds": null, "byLineInfo": null}});
        assert_eq!(details(nulls), Details::default());
        assert_eq!(details(json!({"asin": "B00TSUGXKE"})), Details::default());
    }

    #[test]
    fn every_listing_is_told_and_money_in_its_smallest_unit() {
        let money =
            |amount: Value, currency: &str| json!({"amount": amount, "currency": currency, "displayAmount": "x"});
        let offers = offers(json!([
            {"price": {"money": money(json!(59.99), "EUR"), "savings": {"money": money(json!(10), "EUR"), "percentage": 14.0},
                "savingBasis": {"money": money(json!("69.99"), "EUR"), "savingBasisType": "LIST_PRICE"}}},
            {"price": {"money": money(json!(4980), "JPY")}, "availability": {"type": "IN_STOCK", "maxOrderQuantity": 3}},
        ]));
        let amount = |money: &Option<Money>| money.as_ref().unwrap().amount;
        let [euro, yen] = offers.as_slice() else { panic!("{offers:?}") };
        let saving = euro.saving.as_ref().unwrap();
        assert_eq!(
            (amount(&euro.price), amount(&saving.money), amount(&saving.basis)),
            (Some(5999), Some(1000), Some(6999))
        );
        assert_eq!((saving.percent, saving.basis_type.as_deref()), (Some(14), Some("LIST_PRICE")));
        assert_eq!((amount(&yen.price), yen.availability.as_ref().unwrap().max_quantity), (Some(4980), Some(3)));
    }

    #[test]
    fn one_odd_part_costs_itself_alone() {
        let offers = offers(json!([
            7,
            {"price": "free", "availability": [], "condition": {"value": 5, "subCondition": "LikeNew"}, "isBuyBoxWinner": "yes"},
            {"price": {"money": {"amount": "a lot", "currency": "EUR", "displayAmount": "viel"}, "savings": 3}},
            {"price": {"money": {"amount": 5, "currency": "euros"}}, "type": "HAUL"},
        ]));
        assert_eq!(offers.len(), 3);
        let condition = offers[0].condition.as_ref().unwrap();
        assert_eq!((condition.value.as_ref(), condition.sub_condition.as_deref()), (None, Some("LikeNew")));
        assert_eq!((offers[0].price.as_ref(), offers[0].is_buy_box_winner), (None, None));
        let price = offers[1].price.as_ref().unwrap();
        assert_eq!((price.amount, price.display.as_deref()), (None, Some("viel")));
        assert_eq!((offers[2].price.as_ref(), offers[2].kind.as_deref()), (None, Some("HAUL")));
    }

    #[test]
    fn categories_are_told_with_those_above_them() {
        let nodes = details(json!({"asin": "B00TSUGXKE", "browseNodeInfo": {"browseNodes": [
            {"id": "3", "displayName": "c", "salesRank": 12.0, "ancestor": {"id": 2, "ancestor": {"id": "1", "displayName": "a"}}},
            {"displayName": "no number"},
        ]}}))
        .nodes
        .unwrap();
        let [node] = nodes.as_slice() else { panic!("{nodes:?}") };
        assert_eq!((node.id.as_str(), node.sales_rank), ("3", Some(12)));
        assert_eq!(node.ancestors.iter().map(|above| above.id.as_str()).collect::<Vec<_>>(), ["2", "1"]);
    }

    #[test]
    fn numbers_of_other_registers_are_lists() {
        let ids = details(json!({"asin": "B00TSUGXKE", "itemInfo": {"externalIds": {
            "eans": {"displayValues": ["4006381333931", 7, "9780306406157"]}, "isbns": "x"}}}))
        .ids
        .unwrap();
        assert_eq!((ids.ean.len(), ids.isbn.len(), ids.upc.len()), (2, 0, 0));
    }

    #[test]
    fn raw_words_are_amazons_own_without_a_secret() {
        let secret = crate::secret::Secret::new("canary".to_owned());
        let redactor = Redactor::new([&secret]);
        let wanted = Wanted { raw: true, ..Wanted::default() };
        let question = Question::Items(std::sync::Arc::new([]));
        let reader = ItemReader { question: &question, wanted: &wanted, fetched_at: 0, redactor: &redactor };
        let item = json!({"asin": "B00TSUGXKE", "new": ["a canary ", {"x": 1.5}]});
        let raw = reader.item(item).unwrap().1.details.unwrap().raw.unwrap();
        assert_eq!(raw, json!({"asin": "B00TSUGXKE", "new": ["a … ", {"x": 1.5}]}));
    }
}
