//! Everything that getItems refuses.

mod support;

use reqwest::Method;
use serde_json::{Value, json};
use support::{Answer, Bench, GET_ITEMS, request, request_with};

async fn refused(body: &Value) -> Answer {
    Bench::new().get_items("fine-3.1", body).await
}

/// That the request is refused for this member and no other.
async fn refused_for(field: &str, body: &Value) {
    let answer = refused(body).await;
    assert_eq!(answer.refusal(), (400, "FieldValidationFailed".into()), "{body}");
    assert_eq!(answer.fields(), [field], "{body}");
}

/// Sends the good request with these headers in place of the usual.
async fn with_headers(bench: &Bench, headers: &[(&str, &str)]) -> Answer {
    bench.send(Method::POST, GET_ITEMS, headers, request().to_string()).await
}

fn unauthorized(reason: &str) -> (u16, String) {
    (401, reason.to_owned())
}

#[tokio::test]
async fn another_method() {
    let bench = Bench::new();
    for method in [Method::GET, Method::PUT, Method::DELETE] {
        let answer = bench.send(method, GET_ITEMS, &[], "").await;
        assert_eq!(answer.status, 405);
        assert_eq!(answer.header("allow"), "POST");
    }
}

#[tokio::test]
async fn another_path() {
    let bench = Bench::new();
    for path in ["/", "/catalog/v1/getitems", "/catalog/v1/getItems/", "/paapi5/getitems"] {
        assert_eq!(bench.post_json(path, &request()).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn no_credential() {
    let bench = Bench::new();
    let headers = [("content-type", "application/json"), ("x-marketplace", "www.amazon.com")];
    let answer = with_headers(&bench, &headers).await;
    assert_eq!(answer.refusal(), unauthorized("MissingCredential"));
    assert_eq!(
        answer.json(),
        json!({
            "type": "UnauthorizedException",
            "message": "Missing authentication credentials.",
            "reason": "MissingCredential",
        })
    );
}

#[tokio::test]
async fn a_token_that_nobody_issued_or_that_is_badly_dressed() {
    let bench = Bench::new();
    let token = bench.token("fine-3.1").await;
    for authorization in [
        "Bearer Atc|made-up".to_owned(),
        "Bearer ".to_owned(),
        token.clone(),
        format!("bearer {token}"),
        format!("Basic {token}"),
        format!("Bearer  {token}"),
        format!("Bearer {token}, Version 3.1"),
        format!("Bearer {token},Version 3.1"),
    ] {
        let answer = bench.try_get_items(&authorization, "www.amazon.com", &request()).await.expect("an answer");
        assert_eq!(answer.refusal(), unauthorized("InvalidToken"), "{authorization}");
    }
}

#[tokio::test]
async fn a_2_x_token_without_its_own_version() {
    let bench = Bench::new();
    let token = bench.token("fine-2.1").await;
    for authorization in [
        format!("Bearer {token}"),
        format!("Bearer {token}, Version 2.2"),
        format!("Bearer {token}, Version 3.1"),
        format!("Bearer {token}, Version 2"),
    ] {
        let answer = bench.try_get_items(&authorization, "www.amazon.com", &request()).await.expect("an answer");
        assert_eq!(answer.refusal(), unauthorized("InvalidIssuer"), "{authorization}");
    }
}

#[tokio::test]
async fn a_token_that_has_ended() {
    let bench = Bench::new();
    let faults = json!([{"fault": {"token_lifetime": 0}}]);
    bench.behave("fine-3.1", faults).await;
    let answer = bench.get_items("fine-3.1", &request()).await;
    assert_eq!(answer.refusal(), unauthorized("TokenExpired"));
}

#[tokio::test]
async fn another_content_type() {
    let bench = Bench::new();
    let authorization = bench.authorization("fine-3.1").await;
    for content_type in ["text/plain", "application/x-www-form-urlencoded", "application/jsonp"] {
        let headers = [
            ("content-type", content_type),
            ("authorization", authorization.as_str()),
            ("x-marketplace", "www.amazon.com"),
        ];
        let answer = with_headers(&bench, &headers).await;
        assert_eq!(answer.refusal(), (400, "CannotParse".into()), "{content_type}");
    }
}

#[tokio::test]
async fn a_body_that_is_no_json_object() {
    let bench = Bench::new();
    let authorization = bench.authorization("fine-3.1").await;
    let headers = [
        ("content-type", "application/json; charset=utf-8"),
        ("authorization", authorization.as_str()),
        ("x-marketplace", "www.amazon.com"),
    ];
    for body in ["", "{", "[]", "\"\"", "null", "partnerTag=demo-20"] {
        let answer = bench.send(Method::POST, GET_ITEMS, &headers, body).await;
        assert_eq!(answer.refusal(), (400, "CannotParse".into()), "{body}");
    }
}

#[tokio::test]
async fn a_marketplace_that_is_missing_or_unknown() {
    let bench = Bench::new();
    let authorization = bench.authorization("fine-3.1").await;
    let headers = [("content-type", "application/json"), ("authorization", authorization.as_str())];
    let answer = with_headers(&bench, &headers).await;
    assert_eq!(answer.refusal(), (400, "FieldValidationFailed".into()));
    assert_eq!(answer.fields(), ["x-marketplace"]);
    for unknown in ["", "amazon.com", "US", "www.amazon.cn", "WWW.AMAZON.COM"] {
        let answer = bench.try_get_items(&authorization, unknown, &request()).await.expect("an answer");
        assert_eq!(answer.fields(), ["x-marketplace"], "{unknown}");
    }
}

#[tokio::test]
async fn a_marketplace_that_is_known_but_not_the_accounts() {
    let bench = Bench::with(sandbox::Options { rate: Some(0.0), ..Default::default() });
    let authorization = bench.authorization("fine-3.1").await;
    let domains = "ca com.mx com.br co.uk de fr it es nl com.be pl se ie com.tr ae sa eg in co.jp \
                   com.au sg";
    for domain in domains.split_whitespace() {
        let marketplace = format!("www.amazon.{domain}");
        let answer = bench.try_get_items(&authorization, &marketplace, &request()).await.expect("an answer");
        assert_eq!(answer.refusal(), (400, "InvalidAssociate".into()), "{marketplace}");
    }
}

#[tokio::test]
async fn a_marketplace_in_the_body_that_is_not_the_one_in_the_header() {
    let other = request_with("marketplace", json!("www.amazon.de"));
    refused_for("marketplace", &other).await;
    let same = request_with("marketplace", json!("www.amazon.com"));
    assert_eq!(refused(&same).await.status, 200);
}

#[tokio::test]
async fn a_partner_tag_that_is_missing_blank_or_too_long() {
    for tag in [Value::Null, json!(""), json!("  "), json!(20), json!("x".repeat(65))] {
        refused_for("partnerTag", &request_with("partnerTag", tag)).await;
    }
}

#[tokio::test]
async fn no_item_or_more_than_ten() {
    let many: Vec<String> = (0..11).map(|number| format!("B0000000{number:02}")).collect();
    for ids in [Value::Null, json!([]), json!("B0199980K4"), json!([1]), json!(many)] {
        refused_for("itemIds", &request_with("itemIds", ids)).await;
    }
    let ten = request_with("itemIds", json!(many.get(..10)));
    assert_eq!(refused(&ten).await.items().len(), 10);
}

#[tokio::test]
async fn an_item_asked_for_twice() {
    let ids = json!(["B0199980K4", "B01180YUXS", "B0199980K4"]);
    refused_for("itemIds", &request_with("itemIds", ids)).await;
}

#[tokio::test]
async fn an_id_type_other_than_asin() {
    for kind in [json!("EAN"), json!("asin"), json!(1)] {
        refused_for("itemIdType", &request_with("itemIdType", kind)).await;
    }
    let asin = request_with("itemIdType", json!("ASIN"));
    assert_eq!(refused(&asin).await.status, 200);
}

#[tokio::test]
async fn a_resource_that_getitems_does_not_have() {
    for name in ["images.primary.hiRes", "images.primary", "Images.Primary.Large", "offersV2", "searchRefinements", ""]
    {
        let resources = json!(["images.primary.small", name]);
        refused_for("resources", &request_with("resources", resources)).await;
    }
    let wrong = [json!("itemInfo.title"), json!([1]), json!(vec!["parentASIN"; 101])];
    for resources in wrong {
        refused_for("resources", &request_with("resources", resources)).await;
    }
}

#[tokio::test]
async fn other_members_that_are_not_as_they_must_be() {
    for (name, value) in [
        ("condition", json!("Used")),
        ("currencyOfPreference", json!("x".repeat(101))),
        ("languagesOfPreference", json!(["en_US", "de_DE"])),
        ("languagesOfPreference", json!("en_US")),
        ("properties", json!({"a": 1})),
    ] {
        refused_for(name, &request_with(name, value)).await;
    }
}

#[tokio::test]
async fn everything_that_is_wrong_is_told_at_once() {
    let body = json!({"partnerTag": "", "itemIds": [], "resources": ["x"]});
    let answer = refused(&body).await;
    assert_eq!(answer.fields(), ["partnerTag", "itemIds", "resources"]);
    assert_eq!(
        answer.json()["fieldList"][1],
        json!({"name": "itemIds", "message": "must have length greater than or equal to 1"})
    );
}

#[tokio::test]
async fn a_tag_of_nobody_and_a_tag_of_another_marketplace() {
    let bench = Bench::new();
    let stranger = request_with("partnerTag", json!("stranger-20"));
    let answer = bench.get_items("fine-3.1", &stranger).await;
    assert_eq!(answer.refusal(), (400, "InvalidPartnerTag".into()));
    let answer = bench.get_items("other-store", &request()).await;
    assert_eq!(answer.refusal(), (400, "InvalidPartnerTag".into()));

    let authorization = bench.authorization("fine-3.1").await;
    let answer = bench.try_get_items(&authorization, "www.amazon.de", &request()).await.expect("an answer");
    assert_eq!(answer.refusal(), (400, "InvalidAssociate".into()));
}

#[tokio::test]
async fn an_account_that_is_not_eligible_but_only_after_the_request_was_found_valid() {
    let bench = Bench::new();
    let answer = bench.get_items("not-eligible", &request()).await;
    assert_eq!(answer.status, 403);
    assert_eq!(
        answer.text,
        r#"{"message":"Your account does not currently meet the eligibility requirements.","reason":"AssociateNotEligible","type":"AccessDeniedException"}"#
    );
    let invalid = request_with("resources", json!(["images.primary.hiRes"]));
    let answer = bench.get_items("not-eligible", &invalid).await;
    assert_eq!(answer.refusal(), (400, "FieldValidationFailed".into()));
}

#[tokio::test]
async fn ids_of_which_none_is_there() {
    let ids = json!(["B0GONE0001", "B0GONE0002", "nonsense"]);
    let answer = refused(&request_with("itemIds", ids)).await;
    assert_eq!(answer.status, 404);
    assert_eq!(
        answer.json(),
        json!({
            "type": "ResourceNotFoundException",
            "message": "No items found for the requested item IDs.",
            "resourceType": "Item",
            "resourceId": "B0GONE0001",
        })
    );
}

#[tokio::test]
async fn more_calls_in_a_second_than_the_rate() {
    let bench = Bench::with(sandbox::Options { rate: Some(2.0), ..Default::default() });
    let authorization = bench.authorization("fine-3.1").await;
    let mut statuses = Vec::new();
    for _ in 0..3 {
        let answer = bench.try_get_items(&authorization, "www.amazon.com", &request()).await.expect("an answer");
        statuses.push(answer.status);
    }
    assert_eq!(statuses, [200, 200, 429]);
    let counters = bench.get("/_sandbox/counters").await.json();
    assert_eq!(counters["fine-3.1"]["max_calls_in_one_second"], 3);
}
