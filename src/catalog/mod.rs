//! One call of the catalog: what is asked, and what comes back. Each provider has a room of its own, which alone knows its
//! words.

mod creators_api;
mod parameter;
mod question;
mod wanted;

use crate::account::Account;
use crate::asin::Asin;
use crate::error::Error;
use crate::http::{Http, OnSent};
use crate::item::{Item, Money, Node};
use crate::token::Token;

pub use parameter::{FEED_TYPE, Kind, LANGUAGES, PREFERENCES, Parameter, REPORT_TYPE, SEARCH};
pub use question::{FileKind, MAX_ITEMS, Question, Values};
pub use wanted::{GROUPS, Group, HighRes, Wanted};

/// What a 200 says.
#[derive(Debug, Default)]
pub struct Answer {
    /// The products that came back, in Amazon's order, which is not the order of the request.
    pub items: Vec<(Asin, Item)>,
    /// What Amazon says of those that did not.
    pub errors: Vec<ItemError>,
    /// The categories that came back.
    pub nodes: Vec<Node>,
    /// What a page of a search or of variations says of all its pages.
    pub found: Option<Box<Found>>,
    /// The files that there are.
    pub files: Vec<File>,
    /// Where the file can be had that was asked for.
    pub file_url: Option<String>,
}

/// A file that can be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// What it is asked for by.
    pub name: String,
    /// `PRODUCT_FEEDS`, `CREATOR_CENTRAL`, … an open set.
    pub kind: Option<String>,
    /// In bytes.
    pub size: Option<i64>,
    /// Of its content, as Amazon writes it.
    pub md5: Option<String>,
    /// When it was made, as Amazon writes it.
    pub updated_at: Option<String>,
}

/// What a page says of all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Of a search.
    Search {
        /// How many products there are.
        total: Option<i64>,
        /// The same search at Amazon's.
        url: Option<String>,
        /// How it may be narrowed.
        refinements: Vec<(RefinementKind, Refinement)>,
    },
    /// Of variations.
    Variations {
        /// How many there are.
        total: Option<i64>,
        /// On how many pages.
        pages: Option<i64>,
        /// The price of the dearest.
        highest_price: Option<Money>,
        /// The price of the cheapest.
        lowest_price: Option<Money>,
        /// In what they differ.
        dimensions: Vec<Dimension>,
    },
}

impl Found {
    /// Whether there is no page behind this one.
    #[must_use]
    pub fn is_last(&self, page: i64, count: i64) -> bool {
        match self {
            Self::Search { total, .. } => total.is_some_and(|total| page.saturating_mul(count) >= total),
            Self::Variations { pages, .. } => pages.is_some_and(|pages| page >= pages),
        }
    }
}

/// Where a refinement stands in Amazon's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefinementKind {
    /// By department.
    SearchIndex,
    /// By category.
    BrowseNode,
    /// By anything else.
    Other,
}

/// A way of narrowing a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refinement {
    /// Amazon's word.
    pub id: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Id and name of each choice.
    pub bins: Vec<(Option<String>, Option<String>)>,
}

/// In what variations differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dimension {
    /// `color_name`
    pub name: Option<String>,
    /// Its name for people.
    pub display_name: Option<String>,
    /// What there is.
    pub values: Vec<String>,
}

/// An entry of `errors`. It names its product in the sentence alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemError {
    /// `ItemNotAccessible`, `InvalidParameterValue`, … an open set.
    pub code: String,
    /// Amazon's sentence.
    pub message: String,
}

impl ItemError {
    /// Whether the sentence speaks of this product.
    #[must_use]
    pub fn names(&self, asin: &Asin) -> bool {
        self.message.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word.eq_ignore_ascii_case(asin.as_str()))
    }
}

/// Asks; `on_sent` is called when the request is written.
///
/// # Errors
///
/// [`Error::Refused`] for every answer but a 200, a 404 among them: it means that Amazon has nothing of what was asked for.
/// [`Error::Unreadable`] for a 200 that is not an answer; [`Error::Unreachable`].
pub async fn ask(
    http: &Http,
    account: &Account,
    token: &Token,
    question: &Question,
    wanted: &Wanted,
    high_res: HighRes,
    on_sent: OnSent,
) -> Result<Answer, Error> {
    creators_api::ask(http, account, token, question, wanted, high_res, on_sent).await
}
