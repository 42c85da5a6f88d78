//! What a page of a search or of variations says of all its pages.

use serde_json::Value;

use super::read_item::{ItemReader, money, whole, words};
use super::response::{list, member, text};
use crate::catalog::{Dimension, Found, Question, Refinement, RefinementKind};
use crate::foreign_text;

/// Reads it, where the question has pages.
pub(super) fn read(result: &Value, reader: &ItemReader<'_>) -> Option<Found> {
    match reader.question {
        Question::Items(_) | Question::BrowseNodes(_) | Question::Files(_) | Question::File(..) => None,
        Question::Search(..) => Some(Found::Search {
            total: whole(result, "totalResultCount"),
            url: text(result, "searchURL").and_then(foreign_text::address),
            refinements: member(result, "searchRefinements").map(refinements).unwrap_or_default(),
        }),
        Question::Variations(..) => {
            let summary = member(result, "variationSummary").unwrap_or(&Value::Null);
            // The documentation's sample begins it with a capital.
            let price = member(summary, "price").or_else(|| member(summary, "Price"));
            let price = |name: &str| price.and_then(|price| member(price, name)).and_then(money);
            Some(Found::Variations {
                total: whole(summary, "variationCount"),
                pages: whole(summary, "pageCount"),
                highest_price: price("highestPrice"),
                lowest_price: price("lowestPrice"),
                dimensions: list(member(summary, "variationDimensions")).iter().filter_map(dimension).collect(),
            })
        }
    }
}

fn refinements(value: &Value) -> Vec<(RefinementKind, Refinement)> {
    let one = |name: &str, kind| Some((kind, refinement(member(value, name)?)?));
    let others = list(member(value, "otherRefinements")).iter().filter_map(refinement);
    let others = others.map(|refinement| (RefinementKind::Other, refinement));
    [one("searchIndex", RefinementKind::SearchIndex), one("browseNode", RefinementKind::BrowseNode)]
        .into_iter()
        .flatten()
        .chain(others)
        .collect()
}

fn refinement(value: &Value) -> Option<Refinement> {
    let bins = list(member(value, "bins")).iter().filter(|bin| bin.is_object());
    value.is_object().then(|| Refinement {
        id: words(value, "id"),
        name: words(value, "displayName"),
        bins: bins.map(|bin| (words(bin, "id"), words(bin, "displayName"))).collect(),
    })
}

fn dimension(value: &Value) -> Option<Dimension> {
    let values = list(member(value, "values")).iter().filter_map(|value| foreign_text::title(value.as_str()?));
    value.is_object().then(|| Dimension {
        name: words(value, "name"),
        display_name: words(value, "displayName"),
        values: values.collect(),
    })
}
