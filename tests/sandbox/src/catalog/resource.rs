//! The operations, and the names that their `resources` may hold.

/// What is sent when nothing is asked for.
pub const DEFAULT: &str = "itemInfo.title";

use super::files::Files;

/// What the catalog can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Products by their ASINs.
    GetItems,
    /// Products by words.
    SearchItems,
    /// The variations of a product.
    GetVariations,
    /// Categories by their numbers.
    GetBrowseNodes,
    /// Which files there are.
    List(&'static Files),
    /// Where one of them is.
    Get(&'static Files),
}

const SEARCH: [&str; 1] = ["searchRefinements"];
const VARIATIONS: [&str; 3] = [
    "variationSummary.price.highestPrice",
    "variationSummary.price.lowestPrice",
    "variationSummary.variationDimension",
];
const BROWSE_NODES: [&str; 2] = ["browseNodes.ancestor", "browseNodes.children"];

/// Those of a product. Mind `highRes`: the answer calls the same thing `hiRes`.
const KNOWN: [&str; 34] = [
    "browseNodeInfo.browseNodes",
    "browseNodeInfo.browseNodes.ancestor",
    "browseNodeInfo.browseNodes.salesRank",
    "browseNodeInfo.websiteSalesRank",
    "customerReviews.count",
    "customerReviews.starRating",
    "images.primary.small",
    "images.primary.medium",
    "images.primary.large",
    "images.primary.highRes",
    "images.variants.small",
    "images.variants.medium",
    "images.variants.large",
    "images.variants.highRes",
    "itemInfo.byLineInfo",
    "itemInfo.contentInfo",
    "itemInfo.contentRating",
    "itemInfo.classifications",
    "itemInfo.externalIds",
    "itemInfo.features",
    "itemInfo.manufactureInfo",
    "itemInfo.productInfo",
    "itemInfo.technicalInfo",
    "itemInfo.title",
    "itemInfo.tradeInInfo",
    "offersV2.listings.availability",
    "offersV2.listings.condition",
    "offersV2.listings.dealDetails",
    "offersV2.listings.isBuyBoxWinner",
    "offersV2.listings.loyaltyPoints",
    "offersV2.listings.merchantInfo",
    "offersV2.listings.price",
    "offersV2.listings.type",
    "parentASIN",
];

/// The resource of that name.
pub fn named(operation: Operation, name: &str) -> Option<&'static str> {
    let (items, others): (&[&str], &[&str]) = match operation {
        Operation::GetItems => (&KNOWN, &[]),
        Operation::SearchItems => (&KNOWN, &SEARCH),
        Operation::GetVariations => (&KNOWN, &VARIATIONS),
        Operation::GetBrowseNodes => (&[], &BROWSE_NODES),
        Operation::List(_) | Operation::Get(_) => (&[], &[]),
    };
    items.iter().chain(others).copied().find(|known| *known == name)
}
