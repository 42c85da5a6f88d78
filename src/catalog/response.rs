//! Reading a 200: tolerant of every shape that Amazon's documents and SDKs disagree about.

use serde_json::Value;

use crate::asin::Asin;
use crate::error::Error;
use crate::foreign_text::{self, Redactor};
use crate::http::Reply;
use crate::image::{Image, Picture};

/// What a 200 says.
#[derive(Debug, Default)]
pub struct Answer {
    /// The products that came back, in Amazon's order, which is not the order of the request.
    pub items: Vec<(Asin, Image)>,
    /// What Amazon says of those that did not.
    pub errors: Vec<ItemError>,
}

/// An entry of `errors`. It names its product in the sentence alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemError {
    /// `ItemNotAccessible`, `InvalidParameterValue`, … an open set.
    pub code: String,
    /// Amazon's sentence.
    pub message: String,
}

impl ItemError {
    /// Whether the sentence speaks of this product.
    #[must_use]
    pub fn names(&self, asin: &Asin) -> bool {
        self.message.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word.eq_ignore_ascii_case(asin.as_str()))
    }
}

/// Reads the body of a 200. `itemsResult` and `itemResults`, absent and null members, floats for numbers and unknown
/// members are all as good; what has no readable ASIN is passed over.
///
/// # Errors
///
/// [`Error::Unreadable`] where the body is no JSON object, or has neither products nor errors where they belong.
pub(super) fn read(reply: &Reply, fetched_at: i64, redactor: &Redactor<'_>) -> Result<Answer, Error> {
    let unreadable = |message: &str| Error::Unreadable { http_status: reply.status, message: message.to_owned() };
    let body: Value =
        serde_json::from_slice(&reply.body).map_err(|_| unreadable("Amazon's answer is not JSON, or not whole."))?;
    if !body.is_object() {
        return Err(unreadable("Amazon's answer is not a JSON object."));
    }
    // The documentation's GetItems page spells it itemResults, every SDK itemsResult.
    let result = member(&body, "itemsResult").or_else(|| member(&body, "itemResults"));
    if result.is_some_and(|result| !result.is_object()) {
        return Err(unreadable("Amazon's answer has something else where its products belong."));
    }
    let errors = list(member(&body, "errors"));
    if result.is_none() && errors.is_empty() {
        return Err(unreadable("Amazon's answer has neither products nor errors."));
    }
    let items = list(result.and_then(|result| member(result, "items")));
    Ok(Answer {
        items: items.iter().filter_map(|item| read_item(item, fetched_at)).collect(),
        errors: errors.iter().map(|error| read_error(error, redactor)).collect(),
    })
}

fn read_item(item: &Value, fetched_at: i64) -> Option<(Asin, Image)> {
    let asin = Asin::parse(text(item, "asin")?)?;
    let primary = member(item, "images").and_then(|images| member(images, "primary"));
    let size = |name: &str| primary.and_then(|primary| member(primary, name)).and_then(read_picture);
    let title = member(item, "itemInfo").and_then(|info| member(info, "title"));
    let image = Image {
        small: size("small"),
        medium: size("medium"),
        large: size("large"),
        hires: size("hiRes").or_else(|| size("highRes")),
        title: title.and_then(|title| text(title, "displayValue")).and_then(foreign_text::title),
        detail_page_url: text(item, "detailPageURL").and_then(foreign_text::address),
        fetched_at,
    };
    Some((asin, image))
}

fn read_picture(picture: &Value) -> Option<Picture> {
    let url = text(picture, "url").and_then(foreign_text::address)?;
    Some(Picture { url, width: pixels(picture, "width"), height: pixels(picture, "height") })
}

fn read_error(error: &Value, redactor: &Redactor<'_>) -> ItemError {
    ItemError {
        code: text(error, "code").and_then(|code| redactor.code(code)).unwrap_or_else(|| "Unknown".to_owned()),
        message: redactor.message(text(error, "message").unwrap_or_default()),
    }
}

/// A member that is there and not null.
fn member<'a>(object: &'a Value, name: &str) -> Option<&'a Value> {
    object.get(name).filter(|value| !value.is_null())
}

fn list(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text<'a>(object: &'a Value, name: &str) -> Option<&'a str> {
    object.get(name)?.as_str()
}

/// The SDK's types allow floats.
fn pixels(object: &Value, name: &str) -> Option<u32> {
    object.get(name)?.as_f64().and_then(Picture::pixels)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn answer(body: &str) -> Result<Answer, Error> {
        read(
            &Reply { status: 200, retry_after: None, body: body.as_bytes().to_vec() },
            1_800_000_000,
            &Redactor::new([]),
        )
    }

    const ITEM: &str = r#"{"asin":"b00tsugxke","images":{"primary":{
        "small":{"url":"https://m.media-amazon.com/images/I/41._SL75_.jpg","height":75.0,"width":56},
        "medium":null,"hiRes":{"url":"https://m.media-amazon.com/images/I/41.jpg","height":1500,"width":1120}},
        "variants":null},"itemInfo":{"title":{"displayValue":"Echo Show 5"}},"score":null,"new":[1]}"#;

    #[test]
    fn both_spellings_of_the_result_are_read() {
        for spelling in ["itemsResult", "itemResults"] {
            let answer = answer(&format!(r#"{{"{spelling}":{{"items":[{ITEM}]}}}}"#)).unwrap();
            let (asin, image) = answer.items.first().unwrap();
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
        assert_eq!(answer.items.first().unwrap().1.sizes().count(), 0);
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
        let image = &answer.items.first().unwrap().1;
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
            let _ = answer(&whole);
            let _ = crate::catalog::failure::read(
                &Reply { status: 400, retry_after: None, body: whole.clone().into() },
                &Redactor::new([]),
            );
            let bytes = whole.into_bytes();
            let body = bytes.get(..cut.index(bytes.len() + 1)).unwrap_or_default().to_vec();
            let _ = read(&Reply { status: 200, retry_after: None, body }, 0, &Redactor::new([]));
        }

        #[test]
        fn any_bytes_are_an_answer_or_an_error(body in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&Reply { status: 200, retry_after: None, body }, 0, &Redactor::new([]));
        }
    }
}
