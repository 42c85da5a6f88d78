//! Categories, ten a call.

use crate::catalog::{ItemError, MAX_ITEMS, Question};
use crate::item::Node;
use crate::query::Query;
use crate::refresh::{Failed, Failure};

/// Categories, and what was told of them so far.
pub struct BrowseNodes {
    query: Query,
    /// Those that were not answered, in the order given.
    pub pending: Vec<String>,
    /// Those that there are.
    pub nodes: Vec<Node>,
    /// Those that there are not.
    pub failed: Failed,
}

impl BrowseNodes {
    /// Of these numbers, each once. What cannot be one fails by itself.
    #[must_use]
    pub fn new(query: Query, ids: impl IntoIterator<Item = String>) -> Self {
        let mut nodes = Self { query, pending: Vec::new(), nodes: Vec::new(), failed: Failed::new() };
        for id in ids {
            // Amazon's limit (SDK 1.2.0, `get_browse_nodes_request_content.py`).
            let is_number = (1..=19).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_digit());
            if is_number && !nodes.pending.contains(&id) {
                nodes.pending.push(id);
            } else if !is_number && nodes.failed.iter().all(|(known, _)| *known != id) {
                let message = "A browse node has a number of at most 19 digits.".to_owned();
                nodes.failed.push((id, Failure { code: "InvalidBrowseNodeId".to_owned(), message }));
            }
        }
        nodes
    }

    /// Goes on to the end. May be dropped at any time and called again.
    pub async fn run(&mut self) {
        while !self.pending.is_empty() {
            let asked: Vec<String> = self.pending.iter().take(MAX_ITEMS).cloned().collect();
            let Some(answer) = self.query.ask(&Question::BrowseNodes(asked.as_slice().into())).await else { return };
            self.pending.drain(..asked.len());
            for id in asked {
                match answer.nodes.iter().find(|node| node.id == id) {
                    Some(node) => self.nodes.push(node.clone()),
                    None => {
                        let failure = reason(&id, &answer.errors);
                        self.failed.push((id, failure));
                    }
                }
            }
        }
    }

    /// The calls.
    pub fn query(&mut self) -> &mut Query {
        &mut self.query
    }
}

/// The error whose sentence names the number; else one that names none; else ours.
fn reason(id: &str, errors: &[ItemError]) -> Failure {
    let numbers = |error: &ItemError| {
        let words = error.message.split(|c: char| !c.is_ascii_alphanumeric());
        words
            .filter(|word| word.bytes().all(|byte| byte.is_ascii_digit()) && !word.is_empty())
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let names_it = |error: &&ItemError| numbers(error).iter().any(|number| number == id);
    let error = errors.iter().find(names_it).or_else(|| errors.iter().find(|error| numbers(error).is_empty()));
    match error {
        Some(error) => Failure { code: error.code.clone(), message: error.message.clone() },
        None => Failure {
            code: "NotReturned".to_owned(),
            message: "Amazon's answer says nothing of this browse node.".to_owned(),
        },
    }
}
