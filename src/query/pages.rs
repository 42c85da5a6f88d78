//! Products page by page: what a search finds, or the variations of a product.

use std::collections::HashSet;
use std::sync::Arc;

use crate::asin::Asin;
use crate::catalog::{Found, ItemError, Question, Values};
use crate::query::Query;
use crate::refresh::FoundItems;

/// What is asked for page by page.
#[derive(Debug, Clone)]
pub enum Series {
    /// What these parameters find.
    Search(Values),
    /// The siblings of a product.
    Variations(Asin, Values),
}

impl Series {
    /// Amazon gives no page behind this one.
    fn last_page(&self) -> i64 {
        match self {
            Self::Search(_) => 10,
            Self::Variations(..) => i64::MAX,
        }
    }

    /// What there is where nothing was found.
    fn nothing(&self) -> Found {
        match self {
            Self::Search(_) => Found::Search { total: None, url: None, refinements: Vec::new() },
            Self::Variations(..) => Found::Variations {
                total: None,
                pages: None,
                highest_price: None,
                lowest_price: None,
                dimensions: Vec::new(),
            },
        }
    }

    fn page(&self, page: i64) -> Question {
        match self {
            Self::Search(parameters) => Question::Search(Arc::clone(parameters), page),
            Self::Variations(asin, parameters) => Question::Variations(asin.clone(), Arc::clone(parameters), page),
        }
    }
}

/// Pages, and what they brought so far.
pub struct Pages {
    query: Query,
    series: Series,
    pages_left: u64,
    count: i64,
    next_page: Option<i64>,
    seen: HashSet<Asin>,
    /// The products, in Amazon's order, each once.
    pub items: FoundItems,
    /// Amazon's words for what there is not.
    pub errors: Vec<ItemError>,
    /// What the first page says of all.
    found: Option<Box<Found>>,
    nothing: Found,
}

impl Pages {
    /// At most `pages` of them from `first` on, with `count` products each.
    #[must_use]
    pub fn new(query: Query, series: Series, first: i64, pages: u64, count: i64) -> Self {
        Self {
            query,
            nothing: series.nothing(),
            series,
            pages_left: pages,
            count,
            next_page: Some(first),
            seen: HashSet::new(),
            items: FoundItems::new(),
            errors: Vec::new(),
            found: None,
        }
    }

    /// Goes on to the end. May be dropped at any time and called again.
    pub async fn run(&mut self) {
        while let Some(page) = self.next_page.filter(|_| self.pages_left > 0) {
            let Some(answer) = self.query.ask(&self.series.page(page)).await else { return };
            self.pages_left -= 1;
            let is_empty = answer.items.is_empty();
            // What stands behind the last page is nothing to tell of.
            if !is_empty || self.items.is_empty() {
                self.errors.extend(answer.errors);
            }
            self.items.extend(answer.items.into_iter().filter(|(asin, _)| self.seen.insert(asin.clone())));
            let is_last = answer.found.as_ref().is_some_and(|found| found.is_last(page, self.count));
            self.found = self.found.take().or(answer.found);
            self.next_page = (!is_empty && !is_last && page < self.series.last_page()).then(|| page + 1);
        }
    }

    /// What the first page says of all.
    #[must_use]
    pub fn found(&self) -> &Found {
        self.found.as_deref().unwrap_or(&self.nothing)
    }

    /// The page to go on with; `None` at the end.
    #[must_use]
    pub fn next_page(&self) -> Option<i64> {
        self.next_page
    }

    /// The calls.
    pub fn query(&mut self) -> &mut Query {
        &mut self.query
    }
}
