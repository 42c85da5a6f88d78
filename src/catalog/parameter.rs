//! Parameters of requests, by Amazon's names in snake case, and what they may be (Amazon's SDK 1.2.0). Whether a value makes
//! sense together with others is Amazon's to say.

/// A parameter.
#[derive(Debug, Clone, Copy)]
pub struct Parameter {
    /// `browse_node_id`
    pub name: &'static str,
    /// What it may be.
    pub kind: Kind,
}

/// What a parameter may be.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// At most so many characters.
    Text(usize),
    /// A whole number in this range.
    Number(i64, i64),
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// Some of these words.
    SomeOf(&'static [&'static str]),
    /// At most so many texts.
    Texts(usize),
    /// Texts by names.
    Map,
}

const fn parameter(name: &'static str, kind: Kind) -> Parameter {
    Parameter { name, kind }
}

const CONDITION: Parameter = parameter("condition", Kind::OneOf(&["Any", "New"]));
const CURRENCY: Parameter = parameter("currency_of_preference", Kind::Text(100));

/// How categories are told.
pub const LANGUAGES: Parameter = parameter("languages_of_preference", Kind::Texts(1));
const PROPERTIES: Parameter = parameter("properties", Kind::Map);

/// How products are told.
pub const PREFERENCES: [Parameter; 4] = [CONDITION, CURRENCY, LANGUAGES, PROPERTIES];

/// Of which kind a feed is (Amazon's SDK 1.3.0).
pub const FEED_TYPE: Parameter = parameter("feed_type", Kind::OneOf(&["PRODUCT_FEEDS", "DEALS_FEEDS"]));

/// Of which kind a report is (Amazon's SDK 1.3.0).
pub const REPORT_TYPE: Parameter = parameter("report_type", Kind::OneOf(&["CREATOR_CENTRAL", "CREATOR_CONNECTIONS"]));

/// What a search looks for.
pub const SEARCH: [Parameter; 21] = [
    parameter("actor", Kind::Text(1000)),
    parameter("artist", Kind::Text(1000)),
    parameter("author", Kind::Text(1000)),
    parameter("availability", Kind::OneOf(&["Available", "IncludeOutOfStock"])),
    parameter("brand", Kind::Text(1000)),
    parameter("browse_node_id", Kind::Text(19)),
    CONDITION,
    CURRENCY,
    parameter("delivery_flags", Kind::SomeOf(&["AmazonGlobal", "FreeShipping", "FulfilledByAmazon", "Prime"])),
    parameter("item_count", Kind::Number(1, 100)),
    parameter("item_page", Kind::Number(1, 10)),
    parameter("keywords", Kind::Text(1000)),
    LANGUAGES,
    parameter("max_price", Kind::Number(1, i64::MAX)),
    parameter("min_price", Kind::Number(1, i64::MAX)),
    parameter("min_reviews_rating", Kind::Number(1, 4)),
    parameter("min_saving_percent", Kind::Number(1, 99)),
    PROPERTIES,
    parameter("search_index", Kind::Text(1000)),
    parameter(
        "sort_by",
        Kind::OneOf(&[
            "AvgCustomerReviews",
            "Featured",
            "NewestArrivals",
            "Price:HighToLow",
            "Price:LowToHigh",
            "Relevance",
        ]),
    ),
    parameter("title", Kind::Text(1000)),
];
