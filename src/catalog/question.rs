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
    /// Which files there are.
    Files(FileKind),
    /// Where a file of this name can be had.
    File(FileKind, String, Values),
}

impl Question {
    /// Whether what comes back may have pictures.
    #[must_use]
    pub fn is_of_products(&self) -> bool {
        matches!(self, Self::Items(_) | Self::Search(..) | Self::Variations(..))
    }
}

/// What Amazon makes files of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// Products or deals.
    Feed,
    /// What an associate has earned.
    Report,
}
