//! Reading a 200: tolerant of every shape that Amazon's documents and SDKs disagree about.

use serde_json::Value;

use super::read_item::{self, ItemReader};
use super::{files, found};
use crate::catalog::{Answer, ItemError, Question};
use crate::error::Error;
use crate::foreign_text::Redactor;
use crate::http::Reply;

/// Reads the body of a 200. `itemsResult` and `itemResults`, absent and null members, floats for numbers and unknown
/// members are all as good; what has no readable ASIN is passed over.
///
/// # Errors
///
/// [`Error::Unreadable`] where the body is no JSON object, or has neither products nor errors where they belong.
pub(super) fn read(reply: &Reply, reader: &ItemReader<'_>) -> Result<Answer, Error> {
    let unreadable = |message: &str| Error::Unreadable { http_status: reply.status, message: message.to_owned() };
    let mut body: Value =
        serde_json::from_slice(&reply.body).map_err(|_| unreadable("Amazon's answer is not JSON, or not whole."))?;
    if !body.is_object() {
        return Err(unreadable("Amazon's answer is not a JSON object."));
    }
    let errors =
        list(member(&body, "errors")).iter().map(|error| read_error(error, reader.redactor)).collect::<Vec<_>>();
    if let Question::Files(_) | Question::File(..) = reader.question {
        return files::read(&body, errors).ok_or_else(|| unreadable("Amazon's answer has neither files nor errors."));
    }
    let result = reader.result_names().iter().find(|name| member(&body, name).is_some());
    let mut result = result.and_then(|name| body.get_mut(name)).map(Value::take);
    if result.as_ref().is_some_and(|result| !result.is_object()) {
        return Err(unreadable("Amazon's answer has something else where its products belong."));
    }
    if result.is_none() && errors.is_empty() {
        return Err(unreadable("Amazon's answer has neither products nor errors."));
    }
    let items = result.as_mut().and_then(|result| result.get_mut("items")).map(Value::take);
    let items = if let Some(Value::Array(items)) = items { items } else { Vec::new() };
    let nodes =
        list(result.as_ref().and_then(|result| member(result, "browseNodes"))).iter().filter_map(read_item::node);
    let nodes = nodes.collect();
    let found = result.as_ref().and_then(|result| found::read(result, reader)).map(Box::new);
    Ok(Answer {
        items: items.into_iter().filter_map(|item| reader.item(item)).collect(),
        errors,
        nodes,
        found,
        ..Answer::default()
    })
}

fn read_error(error: &Value, redactor: &Redactor<'_>) -> ItemError {
    ItemError {
        code: text(error, "code").and_then(|code| redactor.code(code)).unwrap_or_else(|| "Unknown".to_owned()),
        message: redactor.message(text(error, "message").unwrap_or_default()),
    }
}

/// A member that is there and not null.
pub(super) fn member<'a>(object: &'a Value, name: &str) -> Option<&'a Value> {
    object.get(name).filter(|value| !value.is_null())
}

/// What stands in a list.
pub(super) fn list(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// A text.
pub(super) fn text<'a>(object: &'a Value, name: &str) -> Option<&'a str> {
    object.get(name)?.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asin::Asin;
    use crate::catalog::Wanted;
    use crate::foreign_text;
    use proptest::prelude::*;

    static QUESTION: std::sync::LazyLock<Question> =
        std::sync::LazyLock::new(|| Question::Items(std::sync::Arc::new([])));

    fn answer(body: &str) -> Result<Answer, Error> {
        answer_to(&Wanted::default(), body.as_bytes().to_vec())
    }

    fn answer_to(wanted: &Wanted, body: Vec<u8>) -> Result<Answer, Error> {
        let redactor = Redactor::new([]);
        let reader = ItemReader { question: &QUESTION, wanted, fetched_at: 1_800_000_000, redactor: &redactor };
        read(&Reply { status: 200, retry_after: None, body }, &reader)
    }

    const ITEM: &str = r#"{"asin":"b00tsugxke","images":{"primary":{
        "small":{"url":"https://m.media-amazon.com/images/I/41._SL75_.jpg","height":75.0,"width":56},
        "medium":null,"hiRes":{"url":"https://m.media-amazon.com/images/I/41.jpg","height":1500,"width":1120}},
        "variants":null},"itemInfo":{"title":{"displayValue":"Echo Show 5"}},"score":null,"new":[1]}"#;

    #[test]
    fn both_spellings_of_the_result_are_read() {
        for spelling in ["itemsResult", "itemResults"] {
            let answer = answer(&format!(r#"{{"{spelling}":{{"items":[{ITEM}]}}}}"#)).unwrap();
            let (asin, item) = answer.items.first().unwrap();
            let image = &item.image;
            assert_eq!(asin.as_str(), "B00TSUGXKE");
            assert_eq!(image.small.as_ref().unwrap().width, Some(56));
            assert_eq!(image.small.as_ref().unwrap().height, Some(75));
            assert_eq!(image.medium, None);
            assert_eq!(image.hires.as_ref().unwrap().longest_side(), Some(1500));
            assert_eq!(image.title.as_deref(), Some("Echo Show 5"));
            assert_eq!(image.fetched_at, 1_800_000_000);
        }
    }

    #[test]
    fn a_product_without_pictures_is_a_product() {
        let answer = answer(r#"{"itemsResult":{"items":[{"asin":"B00TSUGXKE"}]}}"#).unwrap();
        assert_eq!(answer.items.first().unwrap().1.image.sizes().count(), 0);
    }

    #[test]
    fn errors_name_their_product_in_the_sentence() {
        let body = r#"{"itemsResult":null,"errors":[{"code":"ItemNotAccessible",
            "message":"The ItemId B01180YUXS is not accessible through the Creators API."},{}]}"#;
        let answer = answer(body).unwrap();
        let error = answer.errors.first().unwrap();
        assert!(error.names(&Asin::parse("B01180YUXS").unwrap()));
        assert!(!error.names(&Asin::parse("B01180YUX5").unwrap()));
        assert_eq!(answer.errors.get(1).unwrap().code, "Unknown");
    }

    #[test]
    fn what_is_no_answer_is_told_as_such() {
        for body in [
            "",
            "<html>",
            "[]",
            "null",
            "{}",
            r#"{"itemsResult":{"items":[{"asin""#,
            r#"{"itemsResult":null}"#,
            r#"{"itemsResult":[]}"#,
            r#"{"itemsResult":"x","errors":[{"code":"x"}]}"#,
            r#"{"itemResults":7}"#,
        ] {
            assert!(matches!(answer(body), Err(Error::Unreadable { .. })), "{body}");
        }
    }

    #[test]
    fn odd_members_cost_only_themselves() {
        let body =
            r#"{"itemsResult":{"items":[7,{"asin":5},{"asin":"B00TSUGXKE","images":"x","itemInfo":[]}]},"errors":"x"}"#;
        assert_eq!(answer(body).unwrap().items.len(), 1);
    }

    #[test]
    fn words_and_addresses_are_bounded_and_clean() {
        let long = "x".repeat(300_000);
        let body = serde_json::json!({
            "itemsResult": {"items": [{
                "asin": "B00TSUGXKE",
                "detailPageURL": format!("https://www.amazon.com/dp/{long}"),
                "itemInfo": {"title": {"displayValue": format!("a\u{202e}b\u{0}{long}")}},
                "images": {"primary": {
                    "small": {"url": "https://m.media-amazon.com/a b.jpg"},
                    "large": {"url": "https://m.media-amazon.com/a.jpg"},
                }},
            }]},
            "errors": [{"code": long, "message": format!("\u{2028}{long}")}, {"code": "\u{200b}"}],
        });
        let answer = answer(&body.to_string()).unwrap();
        let image = &answer.items.first().unwrap().1.image;
        assert!(image.title.as_ref().unwrap().starts_with("ab x"));
        assert_eq!(image.title.as_ref().unwrap().chars().count(), foreign_text::TITLE);
        assert_eq!((image.detail_page_url.as_ref(), image.small.as_ref(), image.sizes().count()), (None, None, 1));
        let error = answer.errors.first().unwrap();
        assert_eq!(error.code.chars().count(), foreign_text::CODE);
        assert_eq!(error.message.chars().count(), foreign_text::MESSAGE);
        assert_eq!(answer.errors.get(1).unwrap().code, "Unknown");
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let key = prop::sample::select(vec![
            "itemsResult",
            "itemResults",
            "items",
            "errors",
            "asin",
            "images",
            "primary",
            "small",
            "hiRes",
            "url",
            "width",
            "height",
            "itemInfo",
            "title",
            "displayValue",
            "code",
            "message",
            "type",
            "reason",
            "fieldList",
            "name",
            "offersV2",
            "listings",
            "price",
            "money",
            "amount",
            "currency",
            "savings",
            "browseNodeInfo",
            "browseNodes",
            "id",
            "ancestor",
            "externalIds",
            "eans",
            "displayValues",
            "variants",
            "x",
        ]);
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            "[A-Z0-9]{10}".prop_map(Value::from),
            ".{0,12}".prop_map(Value::from),
        ];
        leaf.prop_recursive(6, 60, 6, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::vec((key.clone(), inner), 0..6)
                    .prop_map(|pairs| pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()),
            ]
        })
    }

    proptest! {
        #[test]
        fn any_json_is_an_answer_or_an_error(json in any_json(), cut in any::<prop::sample::Index>()) {
            let whole = json.to_string();
            let _ = answer_to(&Wanted { raw: true, ..Wanted::everything() }, whole.clone().into_bytes());
            let _ = answer(&whole);
            let _ = crate::catalog::creators_api::failure::read(
                &Reply { status: 400, retry_after: None, body: whole.clone().into() },
                &Redactor::new([]),
            );
            let bytes = whole.into_bytes();
            let body = bytes.get(..cut.index(bytes.len() + 1)).unwrap_or_default().to_vec();
            let _ = answer_to(&Wanted { raw: true, ..Wanted::everything() }, body);
        }

        #[test]
        fn any_bytes_are_an_answer_or_an_error(body in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = answer_to(&Wanted { raw: true, ..Wanted::everything() }, body);
        }
    }
}
