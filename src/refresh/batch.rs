//! Who asked for what: batches of ten going out, and every product accounted for when an answer comes back.

use std::collections::HashSet;
use std::sync::Arc;

use crate::asin::Asin;
use crate::catalog::{Answer, ItemError, MAX_ITEMS};
use crate::item::Item;

/// Why there is nothing of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Amazon's code (`ItemNotAccessible`, `ResourceNotFoundException`, …), or `InvalidAsin` and `NotReturned` of ours.
    pub code: String,
    /// A sentence.
    pub message: String,
}

/// Products with what Amazon tells of them.
pub type FoundItems = Vec<(Asin, Item)>;

/// Products without; the key is as it was given.
pub type Failed = Vec<(String, Failure)>;

/// What one answered call brought, and how far the run is.
#[derive(Debug, Default)]
pub struct Batch {
    /// Products with what Amazon tells of them.
    pub items: FoundItems,
    /// Products without; the key is as it was given.
    pub failed: Failed,
    /// Products answered so far, these included.
    pub done: usize,
    /// Products of the run, each counted once.
    pub total: usize,
    /// Calls so far.
    pub calls: u64,
}

/// What was given, ready to be asked for: no product twice, malformed ones apart.
pub struct Batches {
    /// Ten at a time, in the order given.
    pub batches: Vec<Arc<[Asin]>>,
    /// How many products are in them.
    pub count: usize,
    /// Those that Amazon need not be asked about.
    pub malformed: Failed,
}

/// What was given before.
#[derive(Default)]
pub struct Seen {
    asins: HashSet<Asin>,
    malformed: HashSet<String>,
}

/// Parts the given ASINs into batches; passes over those that were `seen` before.
pub fn partition<'a>(given: impl IntoIterator<Item = &'a str>, seen: &mut Seen) -> Batches {
    let mut asins = Vec::new();
    let mut malformed = Vec::new();
    for text in given {
        match Asin::parse(text) {
            Some(asin) if seen.asins.insert(asin.clone()) => asins.push(asin),
            None if seen.malformed.insert(text.to_owned()) => {
                let message = "An ASIN has ten letters or digits.".to_owned();
                malformed.push((text.to_owned(), Failure { code: "InvalidAsin".to_owned(), message }));
            }
            _ => {}
        }
    }
    Batches { count: asins.len(), batches: asins.chunks(MAX_ITEMS).map(Arc::from).collect(), malformed }
}

/// Gives every product that was asked for its place: what Amazon tells of it, or a reason. What nobody asked for is dropped.
pub fn account_for(asked: &[Asin], answer: Answer) -> (FoundItems, Failed) {
    let mut missing: Vec<&Asin> = asked.iter().collect();
    let mut items = Vec::with_capacity(answer.items.len());
    for (asin, item) in answer.items {
        if let Some(index) = missing.iter().position(|wanted| **wanted == asin) {
            missing.swap_remove(index);
            items.push((asin, item));
        }
    }
    let failed = missing.into_iter().map(|asin| (asin.to_string(), reason(asin, asked, &answer.errors))).collect();
    (items, failed)
}

/// The error whose sentence names the product; else one that names none; else ours.
fn reason(asin: &Asin, asked: &[Asin], errors: &[ItemError]) -> Failure {
    let names_any = |error: &ItemError| asked.iter().any(|asin| error.names(asin));
    let error = errors.iter().find(|error| error.names(asin)).or_else(|| errors.iter().find(|e| !names_any(e)));
    match error {
        Some(error) => Failure { code: error.code.clone(), message: error.message.clone() },
        None => Failure {
            code: "NotReturned".to_owned(),
            message: "Amazon's answer says nothing of this product.".to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asin(text: &str) -> Asin {
        Asin::parse(text).unwrap()
    }

    #[test]
    fn products_are_asked_for_once_and_ten_at_a_time() {
        let given: Vec<String> = (0..23).map(|n| format!("B0{n:08}")).chain(["b000000003".to_owned()]).collect();
        let mut seen = Seen::default();
        let batches = partition(given.iter().map(String::as_str).chain(["nonsense", "nonsense", ""]), &mut seen);
        assert_eq!(batches.batches.iter().map(|batch| batch.len()).collect::<Vec<_>>(), [10, 10, 3]);
        assert_eq!(batches.count, 23);
        assert_eq!(batches.malformed.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>(), ["nonsense", ""]);
        let later = partition(["B000000004", "nonsense", "B000000099"], &mut seen);
        assert_eq!((later.count, later.malformed.len()), (1, 0));
    }

    #[test]
    fn an_answer_is_matched_by_asin_and_accounts_for_all() {
        let asked = [asin("B000000001"), asin("B000000002"), asin("B000000003"), asin("B000000004")];
        let error = |message: &str| ItemError { code: "ItemNotAccessible".to_owned(), message: message.to_owned() };
        let answer = Answer {
            items: vec![
                (asin("B000000003"), Item::default()),
                (asin("B0NOBODYAS"), Item::default()),
                (asin("B000000001"), Item::default()),
                (asin("B000000001"), Item::default()),
            ],
            errors: vec![error("The ItemId B000000002 is not accessible."), error("Something else.")],
            ..Answer::default()
        };
        let (items, failed) = account_for(&asked, answer);
        assert_eq!(items.iter().map(|(a, _)| a.as_str()).collect::<Vec<_>>(), ["B000000003", "B000000001"]);
        let mut keys: Vec<_> = failed.iter().map(|(key, f)| (key.as_str(), f.message.as_str())).collect();
        keys.sort_unstable();
        assert_eq!(
            keys,
            [("B000000002", "The ItemId B000000002 is not accessible."), ("B000000004", "Something else.")]
        );
    }
}
