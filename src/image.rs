//! What Amazon shows of a product: links to its picture in up to four sizes, never the picture itself.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::asin::Asin;

/// One size of a picture: a link and the pixels it leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Absolute, as Amazon gave it; its size suffix must not be made up.
    pub url: String,
    /// Pixels; absent where Amazon did not say.
    pub width: Option<u32>,
    /// Pixels; absent where Amazon did not say.
    pub height: Option<u32>,
}

impl Picture {
    /// Pixels out of a number; `None` where no picture has so many.
    #[must_use]
    pub fn pixels(number: f64) -> Option<u32> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "its range was looked at")]
        (1.0..=100_000.0).contains(&number).then_some(number.round() as u32)
    }

    /// The longer side in pixels, where Amazon said both.
    #[must_use]
    pub fn longest_side(&self) -> Option<u32> {
        Some(self.width?.max(self.height?))
    }
}

/// A product's primary picture. Any size may be absent: Amazon's answers are sparse for some products.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Image {
    /// 75 px on the longest side.
    pub small: Option<Picture>,
    /// 160 px on the longest side.
    pub medium: Option<Picture>,
    /// 500 px on the longest side.
    pub large: Option<Picture>,
    /// The largest there is; asked for as `highRes`, answered as `hiRes`.
    pub hires: Option<Picture>,
    /// The product's title in the marketplace's language.
    pub title: Option<String>,
    /// Carries the partner tag; its parameters must stay as they are.
    pub detail_page_url: Option<String>,
    /// Unix seconds at which Amazon answered. A link may be kept for 24 hours from then.
    pub fetched_at: i64,
}

impl Image {
    /// The sizes there are, from small to large.
    pub fn sizes(&self) -> impl Iterator<Item = &Picture> {
        [&self.small, &self.medium, &self.large, &self.hires].into_iter().flatten()
    }
}

/// What is at hand for a page: by marketplace host (empty for pictures whose markup names none), then by ASIN.
#[derive(Debug)]
pub struct ByProduct<T>(Vec<(&'static str, BTreeMap<Asin, T>)>);

/// Pictures.
pub type Images = ByProduct<Arc<Image>>;

/// Texts that may stand in the place of pictures where there is no fresh one.
pub type FallbackTexts = ByProduct<String>;

impl<T> Default for ByProduct<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> ByProduct<T> {
    /// Adds or replaces one.
    pub fn insert(&mut self, marketplace: &'static str, asin: Asin, what: impl Into<T>) {
        // There are 22 marketplaces, of which a page has one.
        match self.0.iter_mut().find(|(known, _)| *known == marketplace) {
            Some((_, products)) => {
                products.insert(asin, what.into());
            }
            None => self.0.push((marketplace, BTreeMap::from([(asin, what.into())]))),
        }
    }

    /// What there is for this product on this marketplace.
    #[must_use]
    pub fn get(&self, marketplace: &str, asin: &Asin) -> Option<&T> {
        self.0.iter().find(|(known, _)| *known == marketplace)?.1.get(asin)
    }

    /// All there is, in no order.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.0.iter().flat_map(|(_, products)| products.values())
    }

    /// Whether there is nothing at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|(_, products)| products.is_empty())
    }
}
