//! Pictures of products that a process has shown, kept so that its next page need not ask for them again.
//!
//! Under a key, for a few minutes, and not too much of it. A caller that knows of a change takes another key.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::asin::Asin;
use crate::image::{ByProduct, Image};

/// How long a generation is good, however it is used.
const LIFETIME: Duration = Duration::from_secs(300);

/// Keys at a time: those of a network's sites, and of single pages.
const KEYS: usize = 500;

/// Products under all keys together. One takes about a kilobyte.
const PRODUCTS: usize = 5_000;

/// What is known of a product: its picture, or that there is none to show.
pub type CachedImage = Option<Arc<Image>>;

/// What is cached under one key.
struct Generation {
    since: Instant,
    images: ByProduct<CachedImage>,
    count: usize,
}

#[derive(Default)]
struct ImageCache(HashMap<String, Generation>);

impl ImageCache {
    fn images(&self, key: &str, now: Instant) -> Option<&ByProduct<CachedImage>> {
        self.0.get(key).filter(|generation| generation.is_good(now)).map(|generation| &generation.images)
    }

    fn insert(&mut self, key: &str, images: Vec<(&'static str, Asin, CachedImage)>, now: Instant) {
        self.0.retain(|_, generation| generation.is_good(now));
        let is_new = |(marketplace, asin, _): &(&'static str, Asin, CachedImage)| {
            self.0.get(key).is_none_or(|generation| generation.images.get(marketplace, asin).is_none())
        };
        let images: Vec<_> = images.into_iter().filter(is_new).take(PRODUCTS).collect();
        if self.0.values().map(|generation| generation.count).sum::<usize>() + images.len() > PRODUCTS {
            self.0.clear();
        }
        if self.0.len() >= KEYS && !self.0.contains_key(key) {
            let oldest = self.0.iter().min_by_key(|(_, generation)| generation.since).map(|(key, _)| key.clone());
            self.0.remove(&oldest.unwrap_or_default());
        }
        let new = || Generation { since: now, images: ByProduct::default(), count: 0 };
        let generation = self.0.entry(key.to_owned()).or_insert_with(new);
        for (marketplace, asin, image) in images {
            generation.images.insert(marketplace, asin, image);
            generation.count += 1;
        }
    }
}

impl Generation {
    fn is_good(&self, now: Instant) -> bool {
        now.saturating_duration_since(self.since) < LIFETIME
    }
}

thread_local! {
    static CACHE: RefCell<ImageCache> = RefCell::default();
}

/// Looks at what is cached under a key, if that is anything.
pub fn with_cached<T>(key: &str, look: impl FnOnce(&ByProduct<CachedImage>) -> T) -> Option<T> {
    CACHE.with_borrow(|cache| cache.images(key, Instant::now()).map(look))
}

/// Caches pictures under a key.
pub fn insert(key: &str, images: Vec<(&'static str, Asin, CachedImage)>) {
    CACHE.with_borrow_mut(|cache| cache.insert(key, images, Instant::now()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get(cache: &ImageCache, key: &str, shop: &str, asin: &Asin, now: Instant) -> Option<CachedImage> {
        cache.images(key, now)?.get(shop, asin).cloned()
    }

    const SHOP: &str = "www.amazon.com";

    fn asin(number: usize) -> Asin {
        Asin::parse(&format!("B0{number:08}")).unwrap()
    }

    fn images(numbers: std::ops::Range<usize>) -> Vec<(&'static str, Asin, CachedImage)> {
        numbers.map(|number| (SHOP, asin(number), Some(Arc::new(Image::default())))).collect()
    }

    #[test]
    fn a_picture_is_known_under_its_key_and_of_its_shop_alone() {
        let mut cache = ImageCache::default();
        let now = Instant::now();
        cache.insert("one", vec![(SHOP, asin(1), None)], now);
        assert_eq!(get(&cache, "one", SHOP, &asin(1), now), Some(None));
        assert_eq!(get(&cache, "one", SHOP, &asin(2), now), None);
        assert_eq!(get(&cache, "one", "www.amazon.de", &asin(1), now), None);
        assert_eq!(get(&cache, "other", SHOP, &asin(1), now), None);
    }

    #[test]
    fn a_key_is_forgotten_five_minutes_after_its_first_use() {
        let mut cache = ImageCache::default();
        let now = Instant::now();
        cache.insert("one", images(0..1), now);
        cache.insert("one", images(1..2), now + LIFETIME / 2);
        assert!(get(&cache, "one", SHOP, &asin(1), now + LIFETIME - Duration::from_secs(1)).is_some());
        assert_eq!(get(&cache, "one", SHOP, &asin(1), now + LIFETIME), None);
        cache.insert("two", images(0..1), now + LIFETIME);
        assert_eq!(cache.0.keys().collect::<Vec<_>>(), ["two"]);
    }

    #[test]
    fn it_never_holds_more_than_its_most_and_forgets_the_oldest_key_first() {
        let held =
            |cache: &ImageCache| cache.0.values().map(|generation| generation.images.values().count()).sum::<usize>();
        let mut cache = ImageCache::default();
        let now = Instant::now();
        for round in 0..600 {
            cache.insert(&format!("key {round}"), images(0..5), now + Duration::from_millis(round));
            assert!(held(&cache) <= PRODUCTS && cache.0.len() <= KEYS);
        }
        for _ in 0..100 {
            cache.insert("key 598", images(0..140), now);
        }
        assert!(cache.0.contains_key("key 599") && !cache.0.contains_key("key 99"));
        cache.insert("many", images(0..2 * PRODUCTS), now);
        assert_eq!(held(&cache), PRODUCTS);
    }
}
