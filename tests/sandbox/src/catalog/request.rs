//! What a request of the catalog asks for, once everything in it is as it must be.

use axum::http::HeaderMap;
use serde_json::Value;

use super::{
    files::Files,
    reader::Reader,
    refusal::{FieldProblem, Refusal},
    resource::Operation,
};
use crate::marketplace::Marketplace;

const MOST_IDS: usize = 10;
const LONGEST_TEXT: usize = 1000;
const LONGEST_NODE: usize = 19;

/// A request in which everything is as it must be.
#[derive(Debug)]
pub struct Request {
    /// The header `x-marketplace`.
    pub marketplace: &'static Marketplace,
    /// `partnerTag`, where products or categories are asked for.
    pub partner_tag: Option<String>,
    /// `resources`, or what stands for them.
    pub resources: Vec<&'static str>,
    /// The first of `languagesOfPreference`.
    pub language: Option<String>,
    /// `currencyOfPreference`.
    pub currency: Option<String>,
    /// What is asked for.
    pub subject: Subject,
}

/// What is asked for.
#[derive(Debug)]
pub enum Subject {
    /// `itemIds`, 1 to 10 and each once; not yet known to be ASINs.
    Items(Vec<String>),
    /// A search.
    Search {
        /// `keywords`, if there are any.
        keywords: String,
        /// `itemCount`, 10 where it is absent.
        count: u64,
        /// `itemPage`, 1 where it is absent.
        page: u64,
    },
    /// The variations of a product.
    Variations {
        /// `asin`, not yet known to be one.
        asin: String,
        /// `variationCount`, 10 where it is absent.
        count: u64,
        /// `variationPage`, 1 where it is absent.
        page: u64,
    },
    /// `browseNodeIds`, 1 to 10 and each once.
    BrowseNodes(Vec<String>),
    /// The list of files.
    Files(&'static Files),
    /// The file of this name.
    File(&'static Files, String),
}

/// What a request seems to ask for, in order or not.
#[derive(Debug, Default)]
pub struct Glimpse {
    /// The strings in `itemIds`, or in what takes their place.
    pub item_ids: Vec<String>,
    /// The strings in `resources`.
    pub resources: Vec<String>,
}

/// Reads what can be read, for the log.
pub fn glimpse(body: &[u8]) -> Glimpse {
    let Ok(body) = serde_json::from_slice::<Value>(body) else {
        return Glimpse::default();
    };
    let strings = |name: &str| -> Vec<String> {
        let value = body.get(name);
        let values = value.and_then(Value::as_array).into_iter().flatten().chain(value);
        values.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let ids = ["itemIds", "asin", "browseNodeIds", "keywords"].into_iter().map(strings);
    Glimpse {
        item_ids: ids.into_iter().find(|ids| !ids.is_empty()).unwrap_or_default(),
        resources: strings("resources"),
    }
}

impl Request {
    /// Reads the request, or tells everything that is wrong with it.
    pub fn read(operation: Operation, headers: &HeaderMap, body: &[u8]) -> Result<Self, Refusal> {
        if let Operation::List(files) | Operation::Get(files) = operation {
            return Self::of_files(operation, files, headers, body);
        }
        let mut reader = Reader::new(headers, body)?;
        let marketplace = reader.marketplace(headers);
        let partner_tag = reader.partner_tag();
        let subject = match operation {
            Operation::GetItems => {
                reader.one_of("itemIdType", &["ASIN"]);
                reader.ids("itemIds", MOST_IDS, LONGEST_TEXT).map(Subject::Items)
            }
            Operation::SearchItems => Some(search(&mut reader)),
            Operation::GetVariations => match reader.text("asin", LONGEST_TEXT) {
                None => reader.refuse("asin", "must not be null"),
                Some(asin) => {
                    let count = reader.number("variationCount", 1, 10).unwrap_or(10);
                    let page = reader.number("variationPage", 1, u64::MAX).unwrap_or(1);
                    Some(Subject::Variations { asin, count, page })
                }
            },
            Operation::GetBrowseNodes => reader.ids("browseNodeIds", MOST_IDS, LONGEST_NODE).map(Subject::BrowseNodes),
            Operation::List(_) | Operation::Get(_) => None,
        };
        let resources = reader.resources(operation);
        let language = reader.language();
        let mut currency = None;
        if operation != Operation::GetBrowseNodes {
            reader.one_of("condition", &["Any", "New"]);
            currency = reader.currency();
            reader.properties();
        }
        match (marketplace, partner_tag, subject, resources) {
            (Some(marketplace), Some(partner_tag), Some(subject), Some(resources)) if reader.problems.is_empty() => {
                let partner_tag = Some(partner_tag);
                Ok(Self { marketplace, partner_tag, resources, language, currency, subject })
            }
            _ => Err(Refusal::Fields(reader.problems)),
        }
    }

    /// A list is asked for with no word, a file by its name.
    fn of_files(
        operation: Operation,
        files: &'static Files,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<Self, Refusal> {
        let is_list = matches!(operation, Operation::List(_));
        let mut reader = Reader::new(headers, body)?;
        let marketplace = reader.marketplace(headers);
        let subject = match reader.text(files.name, LONGEST_TEXT) {
            _ if is_list => Some(Subject::Files(files)),
            Some(name) if !name.is_empty() => Some(Subject::File(files, name)),
            _ => reader.refuse(files.name, "must have length greater than or equal to 1"),
        };
        reader.one_of(files.kind, &files.kinds);
        match (marketplace, subject) {
            (Some(marketplace), Some(subject)) if reader.problems.is_empty() => {
                let (partner_tag, language, currency) = (None, None, None);
                Ok(Self { marketplace, partner_tag, resources: Vec::new(), language, currency, subject })
            }
            _ => Err(Refusal::Fields(reader.problems)),
        }
    }

    /// Refuses a request for a `highRes` picture, as an account may that has none.
    pub fn without_high_res(&self) -> Result<(), Refusal> {
        if self.resources.iter().any(|name| name.ends_with(".highRes")) {
            let problem = FieldProblem { name: "resources", message: "must not hold highRes".to_owned() };
            return Err(Refusal::Fields(vec![problem]));
        }
        Ok(())
    }

    /// Whether it asks for this product.
    pub fn names(&self, asin: &str) -> bool {
        match &self.subject {
            Subject::Items(ids) => ids.iter().any(|id| id == asin),
            Subject::Variations { asin: parent, .. } => parent == asin,
            _ => false,
        }
    }
}

fn search(reader: &mut Reader) -> Subject {
    let keywords = reader.text("keywords", LONGEST_TEXT).unwrap_or_default();
    for name in ["actor", "artist", "author", "brand", "searchIndex", "title"] {
        reader.text(name, LONGEST_TEXT);
    }
    reader.text("browseNodeId", LONGEST_NODE);
    reader.one_of("availability", &["Available", "IncludeOutOfStock"]);
    reader.some_of("deliveryFlags", &["AmazonGlobal", "FreeShipping", "FulfilledByAmazon", "Prime"]);
    reader.number("maxPrice", 1, u64::MAX);
    reader.number("minPrice", 1, u64::MAX);
    reader.number("minReviewsRating", 1, 4);
    reader.number("minSavingPercent", 1, 99);
    let orders =
        ["AvgCustomerReviews", "Featured", "NewestArrivals", "Price:HighToLow", "Price:LowToHigh", "Relevance"];
    reader.one_of("sortBy", &orders);
    let count = reader.number("itemCount", 1, 100).unwrap_or(10);
    let page = reader.number("itemPage", 1, 10).unwrap_or(1);
    Subject::Search { keywords, count, page }
}
