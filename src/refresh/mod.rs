//! Many calls as one run: paced, retried, stopped with a reason, and every product accounted for.

mod batch;
mod queue;
pub(crate) mod retry;
mod run;
mod side_by_side;
mod source;
pub(crate) mod token_slot;

use std::sync::Arc;
use std::time::Duration;

use crate::asin::Asin;
use crate::catalog::Wanted;
use crate::error::Error;
use crate::rate_limit::Learned;
use crate::status::Status;

pub use batch::{Batch, Failed, Failure, FoundItems};
pub use run::{Progress, Refresh};
pub use side_by_side::{Event, SideBySide, Supply};
pub use source::{Demand, Source};

/// How a run goes about it.
#[derive(Debug, Clone)]
pub struct Options {
    /// What is to be told of each product.
    pub wanted: Arc<Wanted>,
    /// The account's quota; more than zero.
    pub requests_per_second: f64,
    /// Calls of getItems, retries included.
    pub max_calls: Option<u64>,
    /// How long the run waits before it begins.
    pub delay: Duration,
    /// From the run's beginning.
    pub deadline: Option<Duration>,
    /// How long it is waited, from the deadline on, for calls that are in flight.
    pub grace: Duration,
    /// Calls at the same time.
    pub max_in_flight: Option<usize>,
    /// What another process has learned of the credential's rate.
    pub learned: Option<Learned>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            wanted: Arc::default(),
            requests_per_second: 1.0,
            delay: Duration::ZERO,
            max_calls: None,
            deadline: None,
            grace: Duration::ZERO,
            max_in_flight: None,
            learned: None,
        }
    }
}

/// Why a run ended before its end.
#[derive(Debug, Clone)]
pub struct Stopped {
    /// The word for programs.
    pub status: Status,
    /// Amazon's word.
    pub reason: Option<String>,
    /// Amazon's sentence, or ours.
    pub message: String,
    /// How long Amazon asks to wait.
    pub retry_after: Option<Duration>,
}

/// What a run came to, its products aside.
#[derive(Debug)]
pub struct Summary {
    /// Products that were never answered, in no order.
    pub pending: Vec<Asin>,
    /// `None`: all were answered.
    pub stopped: Option<Stopped>,
    /// What it cost.
    pub stats: Stats,
    /// How long it took.
    pub elapsed: Duration,
    /// How long it is until another process may call with the credential, see [`RateLimiter::hand_over_at`].
    ///
    /// [`RateLimiter::hand_over_at`]: crate::rate_limit::RateLimiter::hand_over_at
    pub free_in: Duration,
    /// What the next process is to be handed, see [`Learned::to_text`].
    pub learned: Option<String>,
}

/// What a run has cost so far.
#[derive(Debug, Default, Clone, Copy)]
pub struct Stats {
    /// Calls of getItems.
    pub calls: u64,
    /// Calls that were made again.
    pub retries: u64,
    /// Answers of 429.
    pub throttled: u64,
}

impl Stopped {
    /// By what nobody but we have decided.
    #[must_use]
    pub fn here(status: Status, message: &str) -> Self {
        Self { status, reason: None, message: message.to_owned(), retry_after: None }
    }

    pub(crate) fn by(error: &Error) -> Self {
        Self {
            status: error.status(),
            reason: error.reason().map(str::to_owned),
            message: error.to_string(),
            retry_after: error.retry_after(),
        }
    }
}
