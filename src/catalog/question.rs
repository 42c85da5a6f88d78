//! What may be asked.

use std::sync::Arc;

use serde_json::Value;

use crate::asin::Asin;

/// Amazon's limit on `itemIds` and `browseNodeIds`.
pub const MAX_ITEMS: usize = 10;

/// Parameters of a request with their values.
pub type Values = Arc<[(&'static str, Value)]>;

/// A question.
#[derive(Debug, Clone)]
pub enum Question {
    /// At most [`MAX_ITEMS`] products.
    Items(Arc<[Asin]>),
    /// A page of what a search finds.
    Search(Values, i64),
    /// A page of the variations of a product.
    Variations(Asin, Values, i64),
    /// At most [`MAX_ITEMS`] categories.
    BrowseNodes(Arc<[String]>),
}
