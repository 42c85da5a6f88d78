//! What the catalogue answers beside getItems, and what it refuses.

#![allow(clippy::unwrap_used)]

mod support;

use reqwest::Method;
use serde_json::{Value, json};
use support::{Answer, Bench};

async fn call(bench: &Bench, authorization: &str, operation: &str, mut body: Value) -> Answer {
    body["partnerTag"] = json!("demo-20");
    let headers =
        [("content-type", "application/json"), ("authorization", authorization), ("x-marketplace", "www.amazon.com")];
    bench.try_send(Method::POST, &format!("/catalog/v1/{operation}"), &headers, body.to_string()).await.unwrap()
}

async fn one(operation: &str, body: Value) -> Answer {
    let bench = Bench::new();
    let authorization = bench.authorization("fine-3.1").await;
    call(&bench, &authorization, operation, body).await
}

#[tokio::test]
async fn a_search_has_pages_and_an_end() {
    let bench = Bench::new();
    let authorization = bench.authorization("fine-3.1").await;
    for (page, count) in [(1, 10), (2, 10), (3, 3)] {
        let answer = call(&bench, &authorization, "searchItems", json!({"keywords": "tea", "itemPage": page})).await;
        let result = &answer.json()["searchResult"];
        assert_eq!(result["items"].as_array().unwrap().len(), count);
        assert_eq!(result["totalResultCount"], 23);
    }
    let answer = call(&bench, &authorization, "searchItems", json!({"keywords": "tea", "itemPage": 4})).await;
    assert_eq!((answer.status, answer.json()["resourceType"].as_str()), (404, Some("SearchResult")));
}

#[tokio::test]
async fn every_limit_of_the_operations_is_kept() {
    let bench = Bench::new();
    let authorization = bench.authorization("fine-3.1").await;
    bench.post_json("/_sandbox/behaviour", &json!({"account": "fine-3.1", "requests_per_second": 0})).await;
    for (operation, body, field) in [
        ("searchItems", json!({"keywords": "x".repeat(1001)}), "keywords"),
        ("searchItems", json!({"itemPage": 11}), "itemPage"),
        ("searchItems", json!({"itemCount": 101}), "itemCount"),
        ("searchItems", json!({"minReviewsRating": 5}), "minReviewsRating"),
        ("searchItems", json!({"minSavingPercent": 0}), "minSavingPercent"),
        ("searchItems", json!({"sortBy": "Price"}), "sortBy"),
        ("searchItems", json!({"availability": "Yes"}), "availability"),
        ("searchItems", json!({"deliveryFlags": ["Drone"]}), "deliveryFlags"),
        ("searchItems", json!({"browseNodeId": "1".repeat(20)}), "browseNodeId"),
        ("searchItems", json!({"resources": ["browseNodes.ancestor"]}), "resources"),
        ("getItems", json!({"itemIds": ["B0199980K4"], "resources": ["searchRefinements"]}), "resources"),
        ("getVariations", json!({}), "asin"),
        ("getVariations", json!({"asin": "B0199980K4", "variationCount": 11}), "variationCount"),
        ("getVariations", json!({"asin": "B0199980K4", "variationPage": 0}), "variationPage"),
        ("getBrowseNodes", json!({"browseNodeIds": []}), "browseNodeIds"),
        (
            "getBrowseNodes",
            json!({"browseNodeIds": (0..11).map(|id| id.to_string()).collect::<Vec<_>>()}),
            "browseNodeIds",
        ),
        ("getBrowseNodes", json!({"browseNodeIds": ["1"], "resources": ["itemInfo.title"]}), "resources"),
    ] {
        let answer = call(&bench, &authorization, operation, body).await;
        assert_eq!((answer.status, answer.json()["fieldList"][0]["name"].as_str()), (400, Some(field)), "{operation}");
    }
}

#[tokio::test]
async fn variations_say_what_they_have_in_common() {
    let resources = ["variationSummary.price.lowestPrice", "variationSummary.variationDimension"];
    let body = json!({"asin": "B0199980K4", "variationCount": 4, "variationPage": 4, "resources": resources});
    let result = one("getVariations", body).await.json()["variationsResult"].clone();
    assert_eq!(result["items"].as_array().unwrap().len(), 2);
    let summary = &result["variationSummary"];
    assert_eq!((&summary["pageCount"], &summary["variationCount"]), (&json!(4), &json!(14)));
    assert_eq!(
        summary["price"],
        json!({"lowestPrice": {"amount": 9.99, "currency": "USD", "displayAmount": "USD 9.99"}})
    );
    assert_eq!(one("getVariations", json!({"asin": "B0NOVAR001"})).await.status, 404);
}

#[tokio::test]
async fn browse_nodes_come_with_those_above_and_below_if_asked() {
    let answer =
        one("getBrowseNodes", json!({"browseNodeIds": ["7", "0"], "resources": ["browseNodes.children"]})).await;
    let node = answer.json()["browseNodesResult"]["browseNodes"][0].clone();
    assert_eq!((node["id"].as_str(), node["children"].as_array().unwrap().len()), (Some("7"), 2));
    assert!(node.get("ancestor").is_none());
    assert_eq!(answer.json()["errors"][0]["code"], "InvalidParameterValue");
    assert_eq!(one("getBrowseNodes", json!({"browseNodeIds": ["0"]})).await.status, 404);
}
