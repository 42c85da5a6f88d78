//! What was found page by page, to PHP.

use ext_php_rs::convert::IntoZval;
use ext_php_rs::error::Result;
use ext_php_rs::types::{ZendHashTable, Zval};

use crate::catalog::{Dimension, Found, ItemError, Refinement, RefinementKind};
use crate::php::item_output::{ItemKeys, object, or_null, text};
use crate::php::output::{self, Array, by_key, list, string};
use crate::query::{BrowseNodes, Pages};

/// What a search or variations came to.
pub fn pages(pages: &mut Pages) -> Result<Array> {
    let keys = ItemKeys::new();
    let items = pages.items.iter().map(|(asin, item)| keys.item(asin, item)?.into_zval(false));
    let mut array = ZendHashTable::new();
    array.insert("items", list(pages.items.len(), items)?)?;
    match pages.found() {
        Found::Search { total, url, refinements } => {
            array.insert("total", *total)?;
            array.insert("search_url", url.as_deref())?;
            array.insert("refinements", refinements_of(refinements)?)?;
        }
        Found::Variations { total, pages, highest_price, lowest_price, dimensions } => {
            array.insert("total", *total)?;
            array.insert("pages", *pages)?;
            array.insert("highest_price", keys.money(highest_price.as_ref())?)?;
            array.insert("lowest_price", keys.money(lowest_price.as_ref())?)?;
            array.insert("dimensions", list(dimensions.len(), dimensions.iter().map(dimension))?)?;
        }
    }
    array.insert("errors", errors(&pages.errors)?)?;
    array.insert("next_page", pages.next_page())?;
    output::cost(&mut array, &pages.query().summary())?;
    Ok(array)
}

/// What categories came to.
pub fn nodes(nodes: &mut BrowseNodes) -> Result<Array> {
    let keys = ItemKeys::new();
    let mut array = ZendHashTable::new();
    array.insert("nodes", by_key(nodes.nodes.iter().map(|node| Ok((node.id.as_str(), keys.node(node)?))))?)?;
    array.insert("failed", output::failed(&nodes.failed)?)?;
    array.insert("pending", list(nodes.pending.len(), nodes.pending.iter().map(|id| Ok(string(id))))?)?;
    output::cost(&mut array, &nodes.query().summary())?;
    Ok(array)
}

/// Amazon's words for what there is not.
pub fn errors(errors: &[ItemError]) -> Result<Array> {
    let error = |error: &ItemError| object([("code", string(&error.code)), ("message", string(&error.message))]);
    list(errors.len(), errors.iter().map(error))
}

fn dimension(dimension: &Dimension) -> Result<Zval> {
    let values = list(dimension.values.len(), dimension.values.iter().map(|value| Ok(string(value))))?;
    object([
        ("name", text(dimension.name.as_deref())),
        ("display_name", text(dimension.display_name.as_deref())),
        ("values", values.into_zval(false)?),
    ])
}

fn refinements_of(all: &[(RefinementKind, Refinement)]) -> Result<Zval> {
    let of = |kind| all.iter().filter(move |(known, _)| *known == kind).map(|(_, one)| refinement(one));
    object([
        ("search_index", or_null(of(RefinementKind::SearchIndex).next())?),
        ("browse_node", or_null(of(RefinementKind::BrowseNode).next())?),
        ("others", list(all.len(), of(RefinementKind::Other))?.into_zval(false)?),
    ])
}

fn refinement(refinement: &Refinement) -> Result<Zval> {
    let bin = |(id, name): &(Option<String>, Option<String>)| {
        object([("id", text(id.as_deref())), ("name", text(name.as_deref()))])
    };
    object([
        ("id", text(refinement.id.as_deref())),
        ("name", text(refinement.name.as_deref())),
        ("bins", list(refinement.bins.len(), refinement.bins.iter().map(bin))?.into_zval(false)?),
    ])
}
