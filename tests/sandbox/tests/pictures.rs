//! The pictures that the answers point at.

#![allow(clippy::unwrap_used)]

mod support;

use sandbox::Options;
use serde_json::{Value, json};
use support::{Bench, request_with};

const SIZES: [(&str, u64); 4] = [("small", 75), ("medium", 160), ("large", 500), ("hiRes", 1500)];

async fn primary(bench: &Bench, asin: &str) -> Value {
    let mut body = request_with("itemIds", json!([asin]));
    body["resources"] =
        json!(["images.primary.small", "images.primary.medium", "images.primary.large", "images.primary.highRes",]);
    let answer = bench.get_items("fine-3.1", &body).await;
    answer.items()[0]["images"]["primary"].clone()
}

#[tokio::test]
async fn each_size_is_a_picture_of_exactly_that_size() {
    let bench = Bench::new();
    for asin in ["B0199980K4", "B01180YUXS", "0306406152", "080442957X"] {
        let primary = primary(&bench, asin).await;
        for (size, longest) in SIZES {
            let image = &primary[size];
            let (width, height) = (image["width"].as_u64().unwrap(), image["height"].as_u64().unwrap());
            assert_eq!(width.max(height), longest, "{asin} {size}");
            let url = image["url"].as_str().unwrap();
            let path = url.strip_prefix(bench.sandbox.url()).unwrap();
            let picture = bench.get(path).await;
            assert_eq!(picture.status, 200, "{url}");
            assert_eq!(picture.header("content-type"), "image/svg+xml");
            let size = format!(r#"width="{width}" height="{height}""#);
            assert!(picture.text.contains(&size), "{url}: {}", picture.text);
        }
    }
}

#[tokio::test]
async fn the_picture_says_what_it_shows() {
    let bench = Bench::new();
    let primary = primary(&bench, "080442957X").await;
    let url = primary["large"]["url"].as_str().unwrap();
    let picture = bench.get(url.strip_prefix(bench.sandbox.url()).unwrap()).await;
    for words in ["080442957X", "www.amazon.com", "× 500", "font-family=\"serif\""] {
        assert!(picture.text.contains(words), "{words}: {}", picture.text);
    }
}

#[tokio::test]
async fn the_address_has_the_shape_of_amazons() {
    let bench = Bench::new();
    let primary = primary(&bench, "B0199980K4").await;
    let url = primary["small"]["url"].as_str().unwrap();
    let file = url.strip_prefix(&format!("{}/images/I/", bench.sandbox.url())).unwrap();
    let id = file.strip_suffix("._SL75_.jpg").unwrap();
    assert_eq!(id.len(), 11);
    assert!(id.bytes().all(|byte| byte.is_ascii_alphanumeric()));
}

#[tokio::test]
async fn two_marketplaces_have_two_pictures() {
    let bench = Bench::new();
    let body = json!({
        "partnerTag": "demo-21",
        "itemIds": ["B0199980K4"],
        "resources": ["images.primary.small"],
    });
    let authorization = bench.authorization("fine-3.2").await;
    let mut urls = Vec::new();
    for marketplace in ["www.amazon.de", "www.amazon.fr"] {
        let answer = bench.try_get_items(&authorization, marketplace, &body).await.unwrap();
        urls.push(answer.items()[0]["images"]["primary"]["small"]["url"].clone());
    }
    assert_ne!(urls.first(), urls.last());
}

#[tokio::test]
async fn an_address_that_nobody_gave_out_is_not_found() {
    let bench = Bench::new();
    for file in [
        "nonsense.jpg",
        "zzzzzzzzzzz._SL75_.jpg",
        "00000000000._SL0_.jpg",
        "00000000000._SL99999_.jpg",
        "00000000000._SX75_.jpg",
        "00000000000._SL75_.png",
        "00000000000",
    ] {
        assert_eq!(bench.get(&format!("/images/I/{file}")).await.status, 404, "{file}");
    }
}

#[tokio::test]
async fn pictures_can_be_said_to_stand_elsewhere() {
    let bench = Bench::with(Options { public_url: Some("https://sandbox.example/".to_owned()), ..Options::default() });
    let primary = primary(&bench, "B0199980K4").await;
    let url = primary["small"]["url"].as_str().unwrap();
    assert!(url.starts_with("https://sandbox.example/images/I/"), "{url}");
}
