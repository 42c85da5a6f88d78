//! An Image as a database keeps it: what PHP's `json_encode` makes of one, or what somebody made of that.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::Value;

use crate::foreign_text;
use crate::image::{Image, Picture};

/// Reads it. One odd value costs itself alone; `None` where it is no JSON object at all.
#[must_use]
pub fn read(json: &[u8]) -> Option<Image> {
    match serde_json::from_slice::<Stored>(json) {
        Ok(stored) => Some(stored.into()),
        Err(_) => serde_json::from_slice::<Value>(json).ok().filter(Value::is_object).map(|value| read_loosely(&value)),
    }
}

/// As it should be, which is read without taking it apart first.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Stored<'a> {
    #[serde(borrow)]
    small: Option<StoredPicture<'a>>,
    #[serde(borrow)]
    medium: Option<StoredPicture<'a>>,
    #[serde(borrow)]
    large: Option<StoredPicture<'a>>,
    #[serde(borrow)]
    hires: Option<StoredPicture<'a>>,
    #[serde(borrow)]
    title: Option<Cow<'a, str>>,
    #[serde(borrow)]
    detail_page_url: Option<Cow<'a, str>>,
    fetched_at: Option<i64>,
}

#[derive(Deserialize)]
struct StoredPicture<'a> {
    #[serde(borrow)]
    url: Cow<'a, str>,
    width: Option<f64>,
    height: Option<f64>,
}

impl From<Stored<'_>> for Image {
    fn from(stored: Stored<'_>) -> Self {
        let picture = |picture: Option<StoredPicture<'_>>| {
            let StoredPicture { url, width, height } = picture?;
            Some(Picture {
                url: foreign_text::address(&url)?,
                width: width.and_then(Picture::pixels),
                height: height.and_then(Picture::pixels),
            })
        };
        Self {
            small: picture(stored.small),
            medium: picture(stored.medium),
            large: picture(stored.large),
            hires: picture(stored.hires),
            title: stored.title.and_then(|title| foreign_text::title(&title)),
            detail_page_url: stored.detail_page_url.and_then(|url| foreign_text::address(&url)),
            fetched_at: stored.fetched_at.unwrap_or_default(),
        }
    }
}

fn read_loosely(image: &Value) -> Image {
    let size = |key: &str| -> Option<Picture> {
        let picture = image.get(key)?;
        let pixels = |key: &str| picture.get(key).and_then(number).and_then(Picture::pixels);
        let url = foreign_text::address(picture.get("url")?.as_str()?)?;
        Some(Picture { url, width: pixels("width"), height: pixels("height") })
    };
    let text = |key: &str| image.get(key).and_then(Value::as_str);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a time without its fraction; too large a float is the largest"
    )]
    let seconds = |number: f64| number as i64;
    Image {
        small: size("small"),
        medium: size("medium"),
        large: size("large"),
        hires: size("hires"),
        title: text("title").and_then(foreign_text::title),
        detail_page_url: text("detail_page_url").and_then(foreign_text::address),
        fetched_at: image.get("fetched_at").and_then(number).map(seconds).unwrap_or_default(),
    }
}

/// A number, or a string that is one.
fn number(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.trim().parse().ok()).filter(|number| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "https://m.media-amazon.com/images/I/1.jpg";

    #[test]
    fn what_json_encode_writes_is_read() {
        let json = br#"{"small":null,"large":{"url":"https:\/\/m.media-amazon.com\/images\/I\/1.jpg","width":500,"height":40.0},
            "title":"\u00c4 \u202e t","detail_page_url":"https://www.amazon.com/dp/B00TSUGXKE","fetched_at":1800000000}"#;
        let image = read(json).unwrap();
        let large = image.large.unwrap();
        assert_eq!((large.url.as_str(), large.width, large.height), (URL, Some(500), Some(40)));
        assert_eq!((image.title.as_deref(), image.fetched_at), (Some("Ä t"), 1_800_000_000));
    }

    #[test]
    fn one_odd_value_costs_itself_alone() {
        for odd in [
            r#""width":"160""#,
            r#""width":"x""#,
            r#""height":[]"#,
            r#""url":5}, "large":{"url":"URL""#,
            r#""width":1}, "small":{"width":5}, "medium":7, "large":{"url":"URL""#,
            r#""width":1}, "fetched_at":1800000000.5, "hires":{"url":"URL""#,
            r#""width":1}, "fetched_at":"1800000000", "x":{"y":0"#,
            r#""width":1}, "title":{}, "detail_page_url":[], "x":{"y":0"#,
        ] {
            let json = format!(r#"{{"large":{{"url":"URL",{odd}}}}}"#).replace("URL", URL);
            let image = read(json.as_bytes()).unwrap();
            assert_eq!(image.large.map(|picture| picture.url).as_deref(), Some(URL), "{json}");
        }
        assert_eq!(read(br#"{"large":{"url":"https://a/","width":"160"}}"#).unwrap().large.unwrap().width, Some(160));
        assert_eq!(read(br#"{"fetched_at":"17.5"}"#).unwrap().fetched_at, 17);
    }

    #[test]
    fn what_is_no_object_is_no_image() {
        for json in ["", "null", "5", "\"x\"", "[1]", "{", "{\"title\":\"\u{1}"] {
            assert_eq!(read(json.as_bytes()), None, "{json}");
        }
        assert_eq!(read(b"{\"title\":\"\xff\"}"), None);
        assert_eq!(read(b"{}"), Some(Image::default()));
    }
}
