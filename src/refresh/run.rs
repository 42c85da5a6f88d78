//! A run. It does nothing by itself: [`Refresh::next_batch`] drives it to the next answered call; dropped half-way it
//! loses nothing, so its caller can look at a clock or a signal and come back.

use std::collections::{HashMap, VecDeque};
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use futures_util::stream::{FuturesUnordered, StreamExt};

use crate::account::Account;
use crate::asin::Asin;
use crate::catalog::{self, Answer, HighRes};
use crate::engine::Engine;
use crate::error::Error;
use crate::http::unix_now;
use crate::refresh::batch::{self, Batch, Failed, Failure, Found};
use crate::refresh::pace::{self, Pace};
use crate::refresh::retry::{self, Decision};
use crate::refresh::{Options, Stopped, Summary};
use crate::status::Status;
use crate::token::{self, Token};

/// Calls in flight where the caller sets no limit. The pace is what bounds them in life: ten calls a second that take
/// a second each are ten.
const MAX_IN_FLIGHT: usize = 64;

/// An answer that is there already is read within this time.
const ARRIVED: Duration = Duration::from_millis(20);

/// Products that are asked for together.
struct Job {
    asins: Arc<[Asin]>,
    attempts: u32,
    started: Instant,
    failing_since: Option<Instant>,
    not_before: Option<Instant>,
}

enum TokenState {
    Missing,
    Asked,
    Ready(Token),
}

enum Event {
    Token(Result<Token, Error>),
    Call { id: u64, token: Token, high_res: HighRes, result: Result<Answer, Error> },
}

type Flight = Pin<Box<dyn Future<Output = Event>>>;

/// A run.
pub struct Refresh {
    engine: Engine,
    account: Arc<Account>,
    options: Options,
    pace: Arc<Mutex<Pace>>,
    begun: Instant,
    waiting: VecDeque<Job>,
    flying: HashMap<u64, Job>,
    set_aside: Vec<Job>,
    in_flight: FuturesUnordered<Flight>,
    token: TokenState,
    token_attempts: u32,
    token_not_before: Option<Instant>,
    /// Since the last success; a second one in a row means that tokens are not the trouble.
    tokens_refused: u32,
    high_res: HighRes,
    last_success: Option<Instant>,
    malformed: Vec<(String, Failure)>,
    trouble: Option<Stopped>,
    stopped: Option<Stopped>,
    next_id: u64,
    done: usize,
    total: usize,
    calls: u64,
    retries: u64,
    throttled: u64,
}

impl Refresh {
    /// Prepares a run; nothing is sent yet.
    #[must_use]
    pub fn new<'a>(
        engine: Engine,
        account: Account,
        asins: impl IntoIterator<Item = &'a str>,
        options: Options,
    ) -> Self {
        let sorted = batch::sort(asins);
        let token = match &account.given_token {
            Some(given) if token::fits_header(&given.access_token) => {
                let expires_at = if given.expires_at == 0 { i64::MAX } else { given.expires_at };
                TokenState::Ready(Token {
                    access_token: given.access_token.clone(),
                    token_type: "Bearer".to_owned(),
                    expires_in: token::DEFAULT_LIFE,
                    expires_at,
                    scope: None,
                    version: account.credentials.version,
                })
            }
            _ => TokenState::Missing,
        };
        let now = Instant::now();
        let begun = now.checked_add(options.delay).unwrap_or(now);
        let job = |asins| Job { asins, attempts: 0, started: begun, failing_since: None, not_before: None };
        Self {
            pace: pace::of(&account.credentials.id),
            engine,
            account: Arc::new(account),
            options,
            begun,
            waiting: sorted.batches.into_iter().map(job).collect(),
            flying: HashMap::new(),
            set_aside: Vec::new(),
            in_flight: FuturesUnordered::new(),
            token,
            token_attempts: 0,
            token_not_before: None,
            tokens_refused: 0,
            high_res: HighRes::Wanted,
            last_success: None,
            done: 0,
            total: sorted.count + sorted.malformed.len(),
            malformed: sorted.malformed,
            trouble: None,
            stopped: None,
            next_id: 0,
            calls: 0,
            retries: 0,
            throttled: 0,
        }
    }

    /// What a run comes to that could not begin.
    #[must_use]
    pub fn not_begun<'a>(asins: impl IntoIterator<Item = &'a str>, error: &Error) -> (Summary, Failed) {
        let sorted = batch::sort(asins);
        let summary = Summary {
            pending: sorted.batches.iter().flat_map(|batch| batch.iter().cloned()).collect(),
            stopped: Some(Stopped::by(error)),
            calls: 0,
            retries: 0,
            throttled: 0,
            elapsed: Duration::ZERO,
        };
        (summary, sorted.malformed)
    }

    /// Runs until a call is answered, and says what it brought; `None` at the run's end.
    ///
    /// May be dropped at any time and called again: calls in flight stay in flight.
    pub async fn next_batch(&mut self) -> Option<Batch> {
        if !self.malformed.is_empty() {
            let failed = std::mem::take(&mut self.malformed);
            return Some(self.batch(Vec::new(), failed));
        }
        while self.stopped.is_none() && Instant::now() < self.begun {
            tokio::time::sleep_until(self.begun.into()).await;
        }
        loop {
            let now = Instant::now();
            let deadline = self.options.deadline.and_then(|length| self.begun.checked_add(length));
            if self.stopped.is_none() && self.has_work() && deadline.is_some_and(|deadline| now >= deadline) {
                // Who was kept from looking by somebody's callback takes what has arrived meanwhile.
                tokio::select! {
                    biased;
                    Some(event) = self.in_flight.next(), if !self.in_flight.is_empty() => {
                        match self.handle(event) {
                            Some(batch) => return Some(batch),
                            None => continue,
                        }
                    }
                    () = tokio::time::sleep(ARRIVED) => {}
                }
                self.stop(Status::Deadline, "The time that was given is over.");
            }
            if self.stopped.is_some() || !self.has_work() {
                self.in_flight.clear();
                self.take_back();
                return None;
            }
            let next_start = self.start_what_may(now);
            if self.in_flight.is_empty() && next_start.is_none() {
                self.stop(Status::MaxCalls, "The number of calls that was given is used up.");
                continue;
            }
            let wake = [next_start, deadline].into_iter().flatten().min();
            tokio::select! {
                biased;
                Some(event) = self.in_flight.next(), if !self.in_flight.is_empty() => {
                    if let Some(batch) = self.handle(event) {
                        return Some(batch);
                    }
                }
                () = tokio::time::sleep_until(wake.unwrap_or(now).into()), if wake.is_some() => {}
            }
        }
    }

    /// Ends the run from outside: [`Status::Cancelled`] or [`Status::Interrupted`].
    pub fn stop(&mut self, status: Status, message: &str) {
        let stopped = Stopped { status, reason: None, message: message.to_owned(), retry_after: None };
        self.stopped.get_or_insert(stopped);
    }

    /// Ends the run before it began: there is no way to Amazon.
    pub fn refuse(&mut self, error: &Error) {
        self.stopped.get_or_insert_with(|| Stopped::by(error));
    }

    /// Those of which [`Refresh::next_batch`] has not told, since it was not asked: Amazon need not be asked about them.
    pub fn take_malformed(&mut self) -> Failed {
        std::mem::take(&mut self.malformed)
    }

    /// What it came to. Products in flight count as never answered.
    pub fn finish(&mut self) -> Summary {
        self.take_back();
        let jobs = self.waiting.iter().chain(&self.set_aside);
        Summary {
            pending: jobs.flat_map(|job| job.asins.iter().cloned()).collect(),
            stopped: self.stopped.clone(),
            calls: self.calls,
            retries: self.retries,
            throttled: self.throttled,
            elapsed: self.begun.elapsed(),
        }
    }

    fn has_work(&self) -> bool {
        !self.waiting.is_empty() || !self.flying.is_empty()
    }

    /// Products in flight are waiting again. Jobs that were given up while others succeeded are told of as the run's
    /// end.
    fn take_back(&mut self) {
        self.waiting.extend(self.flying.drain().map(|(_, job)| job));
        if self.stopped.is_none() && !self.set_aside.is_empty() {
            self.stopped = self.trouble.take();
        }
    }

    /// Starts what may start now; says when to look again, `None` if there is nothing that could start later.
    fn start_what_may(&mut self, now: Instant) -> Option<Instant> {
        if self.waiting.is_empty() || self.options.max_calls.is_some_and(|most| self.calls >= most) {
            return None;
        }
        let token = match &self.token {
            TokenState::Ready(token) if token.is_usable(unix_now()) => token.clone(),
            TokenState::Asked => return None,
            TokenState::Ready(_) | TokenState::Missing => return self.ask_for_token(now),
        };
        let most = self.options.max_in_flight.unwrap_or(MAX_IN_FLIGHT).max(1);
        let rate = self.options.requests_per_second;
        while self.flying.len() < most && self.options.max_calls.is_none_or(|most| self.calls < most) {
            let ready = pace::lock(&self.pace).ready_at(rate, now);
            if ready > now {
                return (!self.waiting.is_empty()).then_some(ready);
            }
            let due = |job: &Job| job.not_before.is_none_or(|moment| moment <= now);
            let Some(job) = self.waiting.iter().position(due).and_then(|index| self.waiting.remove(index)) else {
                return self.waiting.iter().filter_map(|job| job.not_before).min();
            };
            pace::lock(&self.pace).start(rate, now);
            self.send(job, token.clone(), now);
        }
        None
    }

    fn ask_for_token(&mut self, now: Instant) -> Option<Instant> {
        if let Some(moment) = self.token_not_before.filter(|moment| *moment > now) {
            return Some(moment);
        }
        self.token = TokenState::Asked;
        let (engine, account) = (self.engine.clone(), Arc::clone(&self.account));
        self.in_flight
            .push(Box::pin(async move { Event::Token(engine.tokens.get(&engine.http, &account.credentials).await) }));
        None
    }

    fn send(&mut self, mut job: Job, token: Token, now: Instant) {
        self.calls += 1;
        job.started = now;
        if job.attempts > 0 {
            self.retries += 1;
        }
        self.next_id += 1;
        let (id, high_res) = (self.next_id, self.high_res);
        let (engine, account, asins) = (self.engine.clone(), Arc::clone(&self.account), Arc::clone(&job.asins));
        self.flying.insert(id, job);
        self.in_flight.push(Box::pin(async move {
            let result = catalog::get_items(&engine.http, &account, &token, &asins, high_res).await;
            Event::Call { id, token, high_res, result }
        }));
    }

    fn handle(&mut self, event: Event) -> Option<Batch> {
        match event {
            Event::Token(Ok(token)) => {
                self.token = TokenState::Ready(token);
                self.token_attempts = 0;
                None
            }
            Event::Token(Err(error)) => {
                self.token = TokenState::Missing;
                self.token_attempts += 1;
                match retry::decide(&error, self.token_attempts, HighRes::LeftOut, fastrand::f64()) {
                    Decision::Again(wait) | Decision::SlowDown(wait) => {
                        self.token_not_before = Some(Instant::now() + wait);
                    }
                    _ => self.stopped = Some(Stopped::by(&error)),
                }
                None
            }
            Event::Call { id, token, high_res, result } => {
                let job = self.flying.remove(&id)?;
                match result {
                    Ok(answer) => {
                        self.succeeded();
                        let (images, failed) = batch::account_for(&job.asins, answer);
                        Some(self.batch(images, failed))
                    }
                    Err(error) => self.failed(job, &token, high_res, &error),
                }
            }
        }
    }

    fn failed(&mut self, mut job: Job, token: &Token, high_res: HighRes, error: &Error) -> Option<Batch> {
        job.attempts += 1;
        if error.http_status() == Some(429) {
            self.throttled += 1;
        }
        let now = Instant::now();
        let failing_since = *job.failing_since.get_or_insert(now);
        match retry::decide(error, job.attempts, high_res, fastrand::f64()) {
            Decision::NoneFound => {
                self.succeeded();
                let failure = Failure {
                    code: error.reason().unwrap_or("ResourceNotFoundException").to_owned(),
                    message: error.to_string(),
                };
                let failed = job.asins.iter().map(|asin| (asin.to_string(), failure.clone())).collect();
                return Some(self.batch(Vec::new(), failed));
            }
            Decision::Again(wait) => {
                job.not_before = Some(now + wait);
                self.waiting.push_front(job);
            }
            Decision::SlowDown(wait) => {
                pace::lock(&self.pace).slow_down(wait, job.started, now);
                self.waiting.push_front(job);
            }
            Decision::WithoutHighRes => {
                self.high_res = HighRes::LeftOut;
                job.attempts = 0;
                self.waiting.push_front(job);
            }
            Decision::NewToken => {
                let is_current = matches!(&self.token, TokenState::Ready(current)
                    if current.access_token == token.access_token);
                if is_current && self.tokens_refused > 0 {
                    self.stopped = Some(Stopped::by(error));
                } else if is_current {
                    self.tokens_refused += 1;
                    self.engine.tokens.forget(&self.account.credentials, token);
                    self.token = TokenState::Missing;
                }
                self.waiting.push_front(job);
            }
            // Others got through since this one began to fail: the fault is with these products, or with chance.
            Decision::GiveUp if self.last_success.is_some_and(|success| success > failing_since) => {
                self.trouble = Some(Stopped::by(error));
                self.set_aside.push(job);
            }
            Decision::GiveUp | Decision::Stop => {
                self.waiting.push_front(job);
                self.stopped = Some(Stopped::by(error));
            }
        }
        None
    }

    fn succeeded(&mut self) {
        self.last_success = Some(Instant::now());
        self.tokens_refused = 0;
        pace::lock(&self.pace).speed_up();
    }

    fn batch(&mut self, images: Found, failed: Failed) -> Batch {
        self.done += images.len() + failed.len();
        Batch { images, failed, done: self.done, total: self.total, calls: self.calls }
    }
}
