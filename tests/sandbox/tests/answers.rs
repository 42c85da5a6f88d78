//! What getItems answers when all is well.

#![allow(clippy::unwrap_used)]

mod support;

use serde_json::{Value, json};
use support::{Bench, account, request, request_with};

const ALL_PRIMARY: [&str; 4] =
    ["images.primary.small", "images.primary.medium", "images.primary.large", "images.primary.highRes"];

#[tokio::test]
async fn every_fine_account_is_served_at_each_of_its_marketplaces() {
    let bench = Bench::new();
    for name in ["fine-2.1", "fine-2.2", "fine-2.3", "fine-3.1", "fine-3.2", "fine-3.3"] {
        let authorization = bench.authorization(name).await;
        for (marketplace, tags) in account(name).partner_tags {
            let body = request_with("partnerTag", json!(tags.first().unwrap()));
            let answer = bench.try_get_items(&authorization, &marketplace, &body).await.unwrap();
            assert_eq!(answer.status, 200, "{name} at {marketplace}");
            assert_eq!(answer.header("content-type"), "application/json");
            let url = answer.items()[0]["detailPageURL"].as_str().unwrap().to_owned();
            assert!(url.starts_with(&format!("https://{marketplace}/dp/B0")), "{url}");
        }
    }
}

#[tokio::test]
async fn the_order_is_not_that_of_the_request() {
    let answer = Bench::new().get_items("fine-3.1", &request()).await;
    assert_eq!(answer.asins(), ["B01180YUXS", "B0199980K4"]);
    assert!(answer.json().get("errors").is_none());
}

#[tokio::test]
async fn the_link_is_tagged_as_amazon_tags_it() {
    let ids = request_with("itemIds", json!(["B0199980K4"]));
    let answer = Bench::new().get_items("fine-3.1", &ids).await;
    assert_eq!(
        answer.items()[0]["detailPageURL"],
        "https://www.amazon.com/dp/B0199980K4?tag=demo-20&linkCode=ogi&th=1&psc=1&language=en_US"
    );
}

#[tokio::test]
async fn a_language_is_used_where_the_marketplace_speaks_it() {
    let bench = Bench::new();
    for (wish, language) in [("de_DE", "de_DE"), ("fi_FI", "en_US")] {
        let body = request_with("languagesOfPreference", json!([wish]));
        let answer = bench.get_items("fine-3.1", &body).await;
        let locale = &answer.items()[0]["itemInfo"]["title"]["locale"];
        assert_eq!(locale, language);
    }
}

#[tokio::test]
async fn only_what_was_asked_for_is_there() {
    let bench = Bench::new();
    let ids: Vec<String> = (0..10).map(|number| format!("B00000000{number}")).collect();
    let mut body = request_with("itemIds", json!(ids));
    body["resources"] = json!(["images.primary.large"]);
    let answer = bench.get_items("fine-3.1", &body).await;
    let (mut nulls, mut absent) = (0, 0);
    for item in answer.items() {
        assert!(item["itemInfo"].is_null() && item["parentASIN"].is_null());
        let primary = item["images"]["primary"].as_object().unwrap();
        assert!(primary["large"].is_object());
        assert!(primary.iter().all(|(name, value)| name == "large" || value.is_null()));
        if primary.contains_key("small") {
            nulls += 1;
            assert!(item.get("offersV2").is_some_and(Value::is_null));
        } else {
            absent += 1;
            assert!(item.get("offersV2").is_none());
        }
    }
    assert!(nulls > 0 && absent > 0, "{nulls} with nulls, {absent} without");
}

#[tokio::test]
async fn no_resources_means_the_title() {
    let mut body = request();
    body.as_object_mut().unwrap().remove("resources");
    let answer = Bench::new().get_items("fine-3.1", &body).await;
    for item in answer.items() {
        assert!(item["itemInfo"]["title"]["displayValue"].is_string());
        assert!(item["images"].is_null());
    }
}

#[tokio::test]
async fn every_resource_of_getitems_may_be_asked_for() {
    let mut names = vec!["parentASIN".to_owned()];
    for (family, members) in [
        ("browseNodeInfo", "browseNodes browseNodes.ancestor browseNodes.salesRank websiteSalesRank"),
        ("customerReviews", "count starRating"),
        ("images.primary", "small medium large highRes"),
        ("images.variants", "small medium large highRes"),
        (
            "itemInfo",
            "byLineInfo contentInfo contentRating classifications externalIds features \
             manufactureInfo productInfo technicalInfo title tradeInInfo",
        ),
        (
            "offersV2.listings",
            "availability condition dealDetails isBuyBoxWinner loyaltyPoints merchantInfo price type",
        ),
    ] {
        names.extend(members.split_whitespace().map(|member| format!("{family}.{member}")));
    }
    let body = request_with("resources", json!(names));
    let answer = Bench::new().get_items("fine-3.1", &body).await;
    assert_eq!((names.len(), answer.status), (34, 200), "{}", answer.text);
}

#[tokio::test]
async fn high_res_is_asked_for_and_hi_res_is_answered() {
    let body = request_with("resources", json!(["images.primary.highRes"]));
    let answer = Bench::new().get_items("fine-3.1", &body).await;
    for item in answer.items() {
        let primary = &item["images"]["primary"];
        assert!(primary["hiRes"]["url"].is_string());
        assert!(primary.get("highRes").is_none());
    }
}

#[tokio::test]
async fn variants_are_a_list_and_the_parent_is_told() {
    let body = request_with("resources", json!(["images.variants.small", "parentASIN"]));
    let answer = Bench::new().get_items("fine-3.1", &body).await;
    for item in answer.items() {
        assert_eq!(item["images"]["variants"].as_array().unwrap().len(), 2);
        assert!(item["images"]["primary"].is_null());
        assert_eq!(item["parentASIN"].as_str().unwrap().len(), 10);
    }
}

#[tokio::test]
async fn what_is_not_there_is_an_error_beside_what_is() {
    let ids = json!(["B0GONE0001", "B0199980K4", "b0lower000"]);
    let answer = Bench::new().get_items("fine-3.1", &request_with("itemIds", ids)).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.asins(), ["B0199980K4"]);
    assert_eq!(
        answer.json()["errors"],
        json!([
            {
                "code": "InvalidParameterValue",
                "message": "The ItemIds b0lower000 provided in the request is invalid.",
            },
            {
                "code": "ItemNotAccessible",
                "message": "The ItemId B0GONE0001 is not accessible through the Creators API.",
            },
        ])
    );
}

#[tokio::test]
async fn an_item_without_a_picture_is_no_error() {
    let bench = Bench::new();
    let mut body = request_with("itemIds", json!(["B0NOIM0001", "B0NOIM0002", "B0NOIM0003"]));
    body["resources"] = json!(ALL_PRIMARY);
    let answer = bench.get_items("fine-3.1", &body).await;
    assert_eq!(answer.items().len(), 3);
    assert!(answer.items().iter().all(|item| item["images"].is_null()));
    assert!(answer.json().get("errors").is_none());
}

#[tokio::test]
async fn an_isbn_is_an_asin() {
    let ids = json!(["0306406152", "080442957X"]);
    let answer = Bench::new().get_items("fine-3.1", &request_with("itemIds", ids)).await;
    assert_eq!(answer.asins(), ["080442957X", "0306406152"]);
}

#[tokio::test]
async fn a_member_of_the_old_api_is_ignored() {
    let body = request_with("partnerType", json!("Associates"));
    let answer = Bench::new().get_items("fine-3.1", &body).await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn the_same_question_has_the_same_answer() {
    let bench = Bench::new();
    let first = bench.get_items("fine-3.1", &request()).await;
    let second = bench.get_items("fine-3.1", &request()).await;
    assert_eq!(first.text, second.text);
    assert_ne!(first.header("x-amzn-requestid"), second.header("x-amzn-requestid"));
}
