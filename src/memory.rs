//! What a process remembers of products that it has shown, so that its next page need not ask for them again.
//!
//! Under a name, for a few minutes, and not too much of it. A caller that knows of a change takes another name.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::asin::Asin;
use crate::image::{ByProduct, Image};

/// How long a name is good, however it is used.
const LIFETIME: Duration = Duration::from_secs(300);

/// Names at a time: those of a network's sites, and of single pages.
const NAMES: usize = 500;

/// Products under all names together. One takes about a kilobyte.
const PRODUCTS: usize = 5_000;

/// What is known of a product: its picture, or that there is none to show.
pub type Answer = Option<Arc<Image>>;

/// What is known under one name.
struct Shelf {
    since: Instant,
    answers: ByProduct<Answer>,
    count: usize,
}

#[derive(Default)]
struct Memory(HashMap<String, Shelf>);

impl Memory {
    fn answers(&self, name: &str, now: Instant) -> Option<&ByProduct<Answer>> {
        self.0.get(name).filter(|shelf| shelf.is_good(now)).map(|shelf| &shelf.answers)
    }

    fn keep(&mut self, name: &str, answers: Vec<(&'static str, Asin, Answer)>, now: Instant) {
        self.0.retain(|_, shelf| shelf.is_good(now));
        let is_new = |(marketplace, asin, _): &(&'static str, Asin, Answer)| {
            self.0.get(name).is_none_or(|shelf| shelf.answers.get(marketplace, asin).is_none())
        };
        let answers: Vec<_> = answers.into_iter().filter(is_new).take(PRODUCTS).collect();
        if self.0.values().map(|shelf| shelf.count).sum::<usize>() + answers.len() > PRODUCTS {
            self.0.clear();
        }
        if self.0.len() >= NAMES && !self.0.contains_key(name) {
            let oldest = self.0.iter().min_by_key(|(_, shelf)| shelf.since).map(|(name, _)| name.clone());
            self.0.remove(&oldest.unwrap_or_default());
        }
        let new = || Shelf { since: now, answers: ByProduct::default(), count: 0 };
        let shelf = self.0.entry(name.to_owned()).or_insert_with(new);
        for (marketplace, asin, answer) in answers {
            shelf.answers.insert(marketplace, asin, answer);
            shelf.count += 1;
        }
    }
}

impl Shelf {
    fn is_good(&self, now: Instant) -> bool {
        now.saturating_duration_since(self.since) < LIFETIME
    }
}

thread_local! {
    static MEMORY: RefCell<Memory> = RefCell::default();
}

/// Looks at what is remembered under a name, if that is anything.
pub fn recall<T>(name: &str, look: impl FnOnce(&ByProduct<Answer>) -> T) -> Option<T> {
    MEMORY.with_borrow(|memory| memory.answers(name, Instant::now()).map(look))
}

/// Remembers answers under a name.
pub fn keep(name: &str, answers: Vec<(&'static str, Asin, Answer)>) {
    MEMORY.with_borrow_mut(|memory| memory.keep(name, answers, Instant::now()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recall(memory: &Memory, name: &str, shop: &str, asin: &Asin, now: Instant) -> Option<Answer> {
        memory.answers(name, now)?.get(shop, asin).cloned()
    }

    const SHOP: &str = "www.amazon.com";

    fn asin(number: usize) -> Asin {
        Asin::parse(&format!("B0{number:08}")).unwrap()
    }

    fn answers(numbers: std::ops::Range<usize>) -> Vec<(&'static str, Asin, Answer)> {
        numbers.map(|number| (SHOP, asin(number), Some(Arc::new(Image::default())))).collect()
    }

    #[test]
    fn an_answer_is_known_under_its_name_and_of_its_shop_alone() {
        let mut memory = Memory::default();
        let now = Instant::now();
        memory.keep("one", vec![(SHOP, asin(1), None)], now);
        assert_eq!(recall(&memory, "one", SHOP, &asin(1), now), Some(None));
        assert_eq!(recall(&memory, "one", SHOP, &asin(2), now), None);
        assert_eq!(recall(&memory, "one", "www.amazon.de", &asin(1), now), None);
        assert_eq!(recall(&memory, "other", SHOP, &asin(1), now), None);
    }

    #[test]
    fn a_name_is_forgotten_five_minutes_after_its_first_use() {
        let mut memory = Memory::default();
        let now = Instant::now();
        memory.keep("one", answers(0..1), now);
        memory.keep("one", answers(1..2), now + LIFETIME / 2);
        assert!(recall(&memory, "one", SHOP, &asin(1), now + LIFETIME - Duration::from_secs(1)).is_some());
        assert_eq!(recall(&memory, "one", SHOP, &asin(1), now + LIFETIME), None);
        memory.keep("two", answers(0..1), now + LIFETIME);
        assert_eq!(memory.0.keys().collect::<Vec<_>>(), ["two"]);
    }

    #[test]
    fn it_never_holds_more_than_its_most_and_forgets_the_oldest_name_first() {
        let held = |memory: &Memory| memory.0.values().map(|shelf| shelf.answers.values().count()).sum::<usize>();
        let mut memory = Memory::default();
        let now = Instant::now();
        for round in 0..600 {
            memory.keep(&format!("name {round}"), answers(0..5), now + Duration::from_millis(round));
            assert!(held(&memory) <= PRODUCTS && memory.0.len() <= NAMES);
        }
        for _ in 0..100 {
            memory.keep("name 598", answers(0..140), now);
        }
        assert!(memory.0.contains_key("name 599") && !memory.0.contains_key("name 99"));
        memory.keep("many", answers(0..2 * PRODUCTS), now);
        assert_eq!(held(&memory), PRODUCTS);
    }
}
