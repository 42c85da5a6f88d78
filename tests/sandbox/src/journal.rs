//! What has been asked of the server, for tests to read. Never a secret and never a token.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use serde::Serialize;

use crate::{fault::Endpoint, rate::Window};

/// Enough for the longest test; beyond it the oldest entries go, the counters stay right.
const LONGEST_LOG: usize = 200_000;

/// One request.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// When it came, in milliseconds since the server began.
    pub at_ms: f64,
    /// How long the answer took to begin; null until it does.
    pub took_ms: Option<f64>,
    /// The HTTP method.
    pub method: String,
    /// The path, without a query.
    pub path: String,
    /// The host that was asked for: another one than the server's when it is used as a proxy.
    pub host: Option<String>,
    /// The account that asked, once its token or credential id was known.
    pub account: Option<String>,
    /// The header `x-marketplace`.
    pub marketplace: Option<String>,
    /// The ids in the body.
    pub item_ids: Vec<String>,
    /// The resources in the body.
    pub resources: Vec<String>,
    /// What was answered; null until then, and for ever where the connection was reset or left hanging.
    pub status: Option<u16>,
    /// The TCP connection, counted from 1.
    pub connection: u64,
    /// The client's port.
    pub peer_port: u16,
    /// Whether there was an Authorization header.
    pub authorization: bool,
}

/// What one account did.
#[derive(Debug, Serialize)]
pub struct Counters {
    /// Requests by path.
    pub calls: BTreeMap<String, u64>,
    /// Answers by path and status.
    pub answers: BTreeMap<String, BTreeMap<u16, u64>>,
    /// The most getItems calls that started in any one second.
    pub max_calls_in_one_second: usize,
    /// The most getItems calls that were open at the same time.
    pub max_in_flight: usize,
    /// The getItems calls that are open now.
    pub in_flight: usize,
    #[serde(skip)]
    starts: Window,
}

impl Counters {
    fn new(in_flight: usize) -> Self {
        Self {
            calls: BTreeMap::new(),
            answers: BTreeMap::new(),
            max_calls_in_one_second: 0,
            max_in_flight: in_flight,
            in_flight,
            starts: Window::new(Duration::from_secs(1)),
        }
    }
}

/// The log and the counters.
#[derive(Debug)]
pub struct Journal {
    start: Instant,
    pages: Mutex<Pages>,
}

#[derive(Debug, Default)]
struct Pages {
    log: VecDeque<Entry>,
    /// How many entries went before the first in the log.
    gone: usize,
    accounts: BTreeMap<String, Counters>,
}

impl Pages {
    fn entry(&mut self, number: usize) -> Option<&mut Entry> {
        self.log.get_mut(number.checked_sub(self.gone)?)
    }

    fn account(&mut self, name: &str) -> &mut Counters {
        self.accounts.entry(name.to_owned()).or_insert_with(|| Counters::new(0))
    }
}

impl Journal {
    /// An empty one; its time begins now.
    pub fn new() -> Self {
        Self { start: Instant::now(), pages: Mutex::default() }
    }

    /// Writes down a request and returns its number.
    pub fn open(&self, entry: Entry) -> usize {
        let mut pages = self.pages();
        if pages.log.len() >= LONGEST_LOG {
            pages.log.pop_front();
            pages.gone += 1;
        }
        pages.log.push_back(entry);
        pages.gone + pages.log.len() - 1
    }

    /// Adds to an entry, unless it is gone.
    pub fn amend(&self, number: usize, change: impl FnOnce(&mut Entry)) {
        if let Some(entry) = self.pages().entry(number) {
            change(entry);
        }
    }

    /// Counts a call of that account.
    pub fn begin(&self, account: &str, path: &str, endpoint: Endpoint, started: Instant) {
        let mut pages = self.pages();
        let counters = pages.account(account);
        *counters.calls.entry(path.to_owned()).or_default() += 1;
        if endpoint == Endpoint::GetItems {
            counters.starts.add(started);
            let calls = counters.starts.count(started);
            counters.max_calls_in_one_second = counters.max_calls_in_one_second.max(calls);
            counters.in_flight += 1;
            counters.max_in_flight = counters.max_in_flight.max(counters.in_flight);
        }
    }

    /// Counts an answer to that account.
    pub fn answered(&self, account: &str, path: &str, status: u16) {
        let mut pages = self.pages();
        let by_status = pages.account(account).answers.entry(path.to_owned());
        *by_status.or_default().entry(status).or_default() += 1;
    }

    /// Counts the end of a call that was begun.
    pub fn end(&self, account: &str, endpoint: Endpoint) {
        if endpoint == Endpoint::GetItems {
            let mut pages = self.pages();
            let counters = pages.account(account);
            counters.in_flight = counters.in_flight.saturating_sub(1);
        }
    }

    /// The log as JSON.
    pub fn log(&self) -> serde_json::Result<String> {
        serde_json::to_string(&self.pages().log)
    }

    /// The counters as JSON.
    pub fn counters(&self) -> serde_json::Result<String> {
        serde_json::to_string(&self.pages().accounts)
    }

    /// Empties the log and sets the counters to nothing; calls that are open stay counted as open.
    pub fn clear(&self) {
        let mut pages = self.pages();
        pages.gone += pages.log.len();
        pages.log.clear();
        for counters in pages.accounts.values_mut() {
            *counters = Counters::new(counters.in_flight);
        }
    }

    /// A time as the log tells it.
    pub fn milliseconds(&self, time: Instant) -> f64 {
        let since = time.saturating_duration_since(self.start);
        since.as_micros() as f64 / 1000.0
    }

    fn pages(&self) -> MutexGuard<'_, Pages> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Journal {
    fn default() -> Self {
        Self::new()
    }
}
