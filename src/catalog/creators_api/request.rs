//! The body of a request.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::account::Account;
use crate::asin::Asin;
use crate::catalog::wanted::Group;
use crate::catalog::{FileKind, HighRes, Question, Wanted};
use crate::error::Error;

/// The resources of a group (Amazon's SDK 1.2.0, `get_items_resource.py`).
fn resources(group: Group) -> &'static [&'static str] {
    match group {
        Group::Picture => &["images.primary.small", "images.primary.medium", "images.primary.large"],
        Group::Variants => &["images.variants.small", "images.variants.medium", "images.variants.large"],
        Group::Title => &["itemInfo.title"],
        Group::Brand => &["itemInfo.byLineInfo"],
        Group::Features => &["itemInfo.features"],
        Group::Offers => &[
            "offersV2.listings.availability",
            "offersV2.listings.condition",
            "offersV2.listings.dealDetails",
            "offersV2.listings.isBuyBoxWinner",
            "offersV2.listings.loyaltyPoints",
            "offersV2.listings.merchantInfo",
            "offersV2.listings.price",
            "offersV2.listings.type",
        ],
        Group::Reviews => &["customerReviews.count", "customerReviews.starRating"],
        Group::Ids => &["itemInfo.externalIds"],
        Group::Nodes => &[
            "browseNodeInfo.browseNodes",
            "browseNodeInfo.browseNodes.ancestor",
            "browseNodeInfo.browseNodes.salesRank",
            "browseNodeInfo.websiteSalesRank",
        ],
        Group::Parent => &["parentASIN"],
        Group::Info => &[
            "itemInfo.classifications",
            "itemInfo.contentInfo",
            "itemInfo.contentRating",
            "itemInfo.manufactureInfo",
            "itemInfo.productInfo",
            "itemInfo.technicalInfo",
            "itemInfo.tradeInInfo",
        ],
    }
}

/// What is told of variations as a whole.
const SUMMARY: [&str; 3] = [
    "variationSummary.price.highestPrice",
    "variationSummary.price.lowestPrice",
    "variationSummary.variationDimension",
];

/// What is told of categories.
const BROWSE_NODES: [&str; 2] = ["browseNodes.ancestor", "browseNodes.children"];

/// The largest picture of a group: asked for as `highRes` and answered as `hiRes`. In Amazon's SDK and not on its documentation
/// page: some account may refuse it, so it goes last and can be left out.
fn largest(group: Group) -> Option<&'static str> {
    match group {
        Group::Picture => Some("images.primary.highRes"),
        Group::Variants => Some("images.variants.highRes"),
        _ => None,
    }
}

/// The operation's path.
pub(super) fn path(question: &Question) -> &'static str {
    match question {
        Question::Items(_) => "/catalog/v1/getItems",
        Question::Search(..) => "/catalog/v1/searchItems",
        Question::Variations(..) => "/catalog/v1/getVariations",
        Question::BrowseNodes(_) => "/catalog/v1/getBrowseNodes",
        Question::Files(FileKind::Feed) => "/catalog/v1/listFeeds",
        Question::File(FileKind::Feed, ..) => "/catalog/v1/getFeed",
        Question::Files(FileKind::Report) => "/reports/v1/listReports",
        Question::File(FileKind::Report, ..) => "/reports/v1/getReport",
    }
}

/// The body, with the fields of Amazon's SDK and the documentation's `marketplace`, which both accept.
struct Body<'a> {
    account: &'a Account,
    question: &'a Question,
    wanted: &'a Wanted,
    high_res: HighRes,
}

impl Serialize for Body<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Question::Files(_) = self.question {
            return map.end();
        }
        if let Question::File(kind, name, values) = self.question {
            map.serialize_entry(if *kind == FileKind::Feed { "feedName" } else { "filename" }, name)?;
            entries(&mut map, values)?;
            return map.end();
        }
        map.serialize_entry("partnerTag", &self.account.partner_tag)?;
        match self.question {
            Question::Items(asins) => {
                map.serialize_entry("itemIds", &asins.iter().map(Asin::as_str).collect::<Vec<_>>())?;
            }
            Question::Search(values, page) => {
                map.serialize_entry("itemPage", page)?;
                entries(&mut map, values)?;
            }
            Question::Variations(asin, values, page) => {
                map.serialize_entry("asin", asin.as_str())?;
                map.serialize_entry("variationPage", page)?;
                entries(&mut map, values)?;
            }
            Question::BrowseNodes(ids) => map.serialize_entry("browseNodeIds", &**ids)?,
            Question::Files(_) | Question::File(..) => {}
        }
        map.serialize_entry("marketplace", self.account.marketplace.host)?;
        let groups = &self.wanted.groups;
        let mut names: Vec<&str> = groups.iter().flat_map(|group| resources(*group)).copied().collect();
        match self.question {
            Question::Items(_) | Question::Files(_) | Question::File(..) => {}
            Question::Search(..) => names.push("searchRefinements"),
            Question::Variations(..) => names.extend(SUMMARY),
            Question::BrowseNodes(_) => names = BROWSE_NODES.to_vec(),
        }
        if self.high_res == HighRes::Wanted {
            names.extend(groups.iter().filter_map(|group| largest(*group)));
        }
        if !names.is_empty() {
            map.serialize_entry("resources", &names)?;
        }
        entries(&mut map, &self.wanted.preferences)?;
        map.end()
    }
}

fn entries<M: SerializeMap>(map: &mut M, values: &[(&'static str, Value)]) -> Result<(), M::Error> {
    values.iter().try_for_each(|(name, value)| map.serialize_entry(&camel_case(name), value))
}

/// `currencyOfPreference` for `currency_of_preference`.
fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| {
        let (initial, rest) = word.split_at_checked(1).unwrap_or((word, ""));
        name + &initial.to_ascii_uppercase() + rest
    })
}

pub(super) fn body(
    account: &Account,
    question: &Question,
    wanted: &Wanted,
    high_res: HighRes,
) -> Result<Vec<u8>, Error> {
    let body = Body { account, question, wanted, high_res };
    serde_json::to_vec(&body).map_err(|e| Error::Client(e.to_string()))
}
