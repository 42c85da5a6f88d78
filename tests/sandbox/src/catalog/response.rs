//! Answers: only what was asked for, and never in the order in which it was.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use super::{
    details::{browse_node, money},
    files,
    item::item,
    refusal::Refusal,
    request::{Request, Subject},
};
use crate::{
    answer::Answer,
    catalogue::{Found, find},
};

/// The variations of every product that has some.
const VARIATIONS: u64 = 14;

/// What is found by words that say nothing of a number.
const RESULTS: u64 = 23;

/// The answer, or a 404 where there is nothing.
pub fn answer(request: &Request, public_url: &str) -> Result<Answer, Refusal> {
    match &request.subject {
        Subject::Items(ids) => items(request, ids, public_url),
        Subject::Search { keywords, count, page } => search(request, keywords, *count, *page, public_url),
        Subject::Variations { asin, count, page } => variations(request, asin, *count, *page, public_url),
        Subject::BrowseNodes(ids) => browse_nodes(request, ids),
        Subject::Files(files) => Ok(files::list(files)),
        Subject::File(files, name) => files::get(files, name),
    }
}

/// What there is, an error for each of the others, or a 404 when there is nothing.
fn items(request: &Request, ids: &[String], public_url: &str) -> Result<Answer, Refusal> {
    let mut items = Vec::new();
    let mut errors = Vec::new();
    for id in ids.iter().rev() {
        match find(id) {
            Found::Product(product) => items.push(item(&product, request, public_url)),
            Found::NotAccessible => errors.push(json!({
                "code": "ItemNotAccessible",
                "message": format!("The ItemId {id} is not accessible through the Creators API."),
            })),
            Found::Malformed => errors.push(json!({
                "code": "InvalidParameterValue",
                "message": format!("The ItemIds {id} provided in the request is invalid."),
            })),
        }
    }
    if items.is_empty() {
        return Err(Refusal::not_found("Item", ids.first().cloned().unwrap_or_default()));
    }
    Ok(with_errors(errors, "itemsResult", json!({"items": items})))
}

fn with_errors(errors: Vec<Value>, name: &str, result: Value) -> Answer {
    let mut body = Map::new();
    if !errors.is_empty() {
        body.insert("errors".to_owned(), errors.into());
    }
    body.insert(name.to_owned(), result);
    Answer::new(StatusCode::OK, body.into())
}

/// The products of one page, each by its number.
fn page_of(numbers: impl Iterator<Item = u64>, prefix: &str, request: &Request, public_url: &str) -> Vec<Value> {
    let asin = |number| format!("{prefix}{number:0width$}", width = 10_usize.saturating_sub(prefix.len()));
    let found = |number| match find(&asin(number)) {
        Found::Product(product) => Some(item(&product, request, public_url)),
        _ => None,
    };
    numbers.filter_map(found).collect()
}

/// `nothing` is found nowhere, `many` on more pages than there are, and of `shifting` each page repeats the last product of the
/// one before it.
fn search(request: &Request, keywords: &str, count: u64, page: u64, public_url: &str) -> Result<Answer, Refusal> {
    let total = match keywords {
        "nothing" => 0,
        "many" => 4_000,
        _ => RESULTS,
    };
    let first = (page - 1) * count;
    let last = (first + count).min(total);
    if first >= last {
        return Err(Refusal::not_found("SearchResult", keywords.to_owned()));
    }
    let repeated = u64::from(keywords == "shifting" && page > 1);
    let items = page_of(first - repeated..last, "B0SRCH", request, public_url);
    let mut result = Map::new();
    result.insert("items".to_owned(), items.into());
    result.insert("searchURL".to_owned(), json!(format!("https://{}/s?k=x", request.marketplace.host)));
    result.insert("totalResultCount".to_owned(), json!(total));
    if request.resources.contains(&"searchRefinements") {
        let bins = json!([{"id": "Books", "displayName": "Books"}, {"id": "Music", "displayName": "Music"}]);
        let refinements = json!({
            "searchIndex": {"id": "SearchIndex", "displayName": "Department", "bins": bins},
            "otherRefinements": [{"id": "Brand", "displayName": "Brand", "bins": []}],
        });
        result.insert("searchRefinements".to_owned(), refinements);
    }
    Ok(with_errors(Vec::new(), "searchResult", result.into()))
}

/// Every product has variations that is there, `B0NOVAR…` has none.
fn variations(request: &Request, asin: &str, count: u64, page: u64, public_url: &str) -> Result<Answer, Refusal> {
    let not_found = || Refusal::not_found("Item", asin.to_owned());
    let Found::Product(_) = find(asin) else { return Err(not_found()) };
    let first = (page - 1).saturating_mul(count);
    if first >= VARIATIONS || asin.starts_with("B0NOVAR") {
        return Err(not_found());
    }
    let items = page_of(first..(first + count).min(VARIATIONS), "B0VARI", request, public_url);
    let asked = |name: &str| request.resources.contains(&format!("variationSummary.{name}").as_str());
    let mut summary = Map::new();
    summary.insert("pageCount".to_owned(), json!(VARIATIONS.div_ceil(count)));
    summary.insert("variationCount".to_owned(), json!(VARIATIONS));
    let prices = [("highestPrice", 9_999), ("lowestPrice", 999)];
    let price = prices.into_iter().filter(|(name, _)| asked(&format!("price.{name}")));
    let price: Map<_, _> = price.map(|(name, cents)| (name.to_owned(), money(request, cents))).collect();
    if !price.is_empty() {
        summary.insert("price".to_owned(), price.into());
    }
    if asked("variationDimension") {
        let dimension = json!({"name": "color_name", "displayName": "Colour", "values": ["Red", "Blue"]});
        summary.insert("variationDimensions".to_owned(), json!([dimension]));
    }
    Ok(with_errors(Vec::new(), "variationsResult", json!({"items": items, "variationSummary": summary})))
}

/// Every number but 0 is a category.
fn browse_nodes(request: &Request, ids: &[String]) -> Result<Answer, Refusal> {
    let is_node = |id: &&String| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit()) && *id != "0";
    let (known, unknown): (Vec<_>, Vec<_>) = ids.iter().rev().partition(is_node);
    if known.is_empty() {
        return Err(Refusal::not_found("BrowseNode", ids.first().cloned().unwrap_or_default()));
    }
    let asked = |name| request.resources.contains(&name);
    let node = |id: &String| browse_node(id, asked("browseNodes.ancestor"), asked("browseNodes.children"));
    let error = |id: &String| {
        let message = format!("The BrowseNodeId {id} provided in the request is invalid.");
        json!({"code": "InvalidParameterValue", "message": message})
    };
    let nodes: Vec<Value> = known.into_iter().map(node).collect();
    Ok(with_errors(unknown.into_iter().map(error).collect(), "browseNodesResult", json!({"browseNodes": nodes})))
}
