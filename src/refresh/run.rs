//! A run. It does nothing by itself: whoever polls it drives it to the next answered call; it may be left alone at any time
//! and loses nothing, so its caller can look at a clock or a signal and come back.

mod ending;
mod failure;
mod sending;

use std::collections::VecDeque;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use futures_util::stream::{FuturesUnordered, StreamExt};
use tokio::time::{Sleep, sleep_until};

use crate::account::Account;
use crate::catalog::{Answer, HighRes};
use crate::engine::Engine;
use crate::error::Error;
use crate::rate_limit::{self, RateLimiter};
use crate::refresh::batch::{self, Batch, Failed, FoundItems};
use crate::refresh::queue::Queue;
use crate::refresh::retry::{self, Decision};
use crate::refresh::run::sending::Sending;
use crate::refresh::source::{Demand, Source};
use crate::refresh::token_slot::{TokenSlot, TokenState};
use crate::refresh::{Options, Stats, Stopped, Summary};
use crate::status::Status;
use crate::sync::lock;
use crate::token::Token;

/// Calls in flight where the caller sets no limit. The rate is what bounds them in life: ten calls a second that take
/// a second each are ten.
const MAX_IN_FLIGHT: usize = 64;

/// An answer that is there already is read within this time.
const ARRIVED: Duration = Duration::from_millis(20);

type PendingEvent = Pin<Box<dyn Future<Output = Event>>>;

enum Event {
    Token(Result<Token, Error>),
    Call { id: u64, token: Token, high_res: HighRes, result: Result<Answer, Error> },
}

/// What a run has come to.
#[derive(Debug)]
pub enum Progress {
    /// A call was answered.
    Batch(Batch),
    /// It asks whether it may go on, and for more products; see [`Refresh::with_source`].
    Demand(Demand),
}

/// What is to be done next.
enum Step {
    /// Something was sent.
    Sent,
    /// The caller is to be asked.
    Ask(Demand),
    /// Nothing until then, or until an answer comes.
    Wait(Option<Instant>),
    End,
}

/// A run.
pub struct Refresh {
    engine: Engine,
    account: Arc<Account>,
    options: Options,
    limiter: Arc<Mutex<RateLimiter>>,
    begun: Instant,
    queue: Queue,
    /// `None`: all products were given at the beginning.
    source: Option<Source>,
    /// Of which nobody has been told yet.
    malformed: Failed,
    sending: Option<Sending>,
    pending_futures: FuturesUnordered<PendingEvent>,
    /// What has come and was not yet looked at.
    arrived: VecDeque<Event>,
    timer: Option<Pin<Box<Sleep>>>,
    token: TokenSlot,
    high_res: HighRes,
    last_start: Option<Instant>,
    last_success: Option<Instant>,
    /// When the time was over, until when it is waited for what is in flight.
    drain_until: Option<Instant>,
    last_error: Option<Stopped>,
    stopped: Option<Stopped>,
    stats: Stats,
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
        let now = Instant::now();
        let mut queue = Queue::default();
        let malformed = queue.add(asins);
        let limiter = rate_limit::for_credential(&account.credentials.id);
        if let Some(learned) = &options.learned {
            lock(&limiter).adopt(learned);
        }
        Self {
            limiter,
            engine,
            token: TokenSlot::of(&account),
            account: Arc::new(account),
            begun: now.checked_add(options.delay).unwrap_or(now),
            high_res: options.wanted.high_res(),
            options,
            queue,
            source: None,
            malformed,
            sending: None,
            pending_futures: FuturesUnordered::new(),
            arrived: VecDeque::new(),
            timer: None,
            last_start: None,
            last_success: None,
            drain_until: None,
            last_error: None,
            stopped: None,
            stats: Stats::default(),
        }
    }

    /// What a run comes to that could not begin.
    #[must_use]
    pub fn not_begun<'a>(asins: impl IntoIterator<Item = &'a str>, error: &Error) -> (Summary, Failed) {
        let mut queue = Queue::default();
        let malformed = queue.add(asins);
        let pending = queue.unanswered().cloned().collect();
        let (stopped, stats, nothing) = (Some(Stopped::by(error)), Stats::default(), Duration::ZERO);
        let summary = Summary { pending, stopped, stats, elapsed: nothing, free_in: nothing, learned: None };
        (summary, malformed)
    }

    /// The same, for products that are handed over while it is under way: it asks for them before it runs out, and whether it
    /// may go on. Between two questions it starts calls for [`Source::PERMISSION`] at most.
    #[must_use]
    pub fn with_source(mut self) -> Self {
        self.source = Some(Source::new(self.begun));
        self
    }

    /// Runs until a call is answered, and says what it brought; `None` at the end of a run without a source.
    ///
    /// May be dropped at any time and called again: calls in flight stay in flight.
    pub async fn next_batch(&mut self) -> Option<Batch> {
        match poll_fn(|cx| self.poll_next(cx)).await {
            Some(Progress::Batch(batch)) => Some(batch),
            Some(Progress::Demand(_)) | None => None,
        }
    }

    /// Goes on to the next thing that the caller is to know; `None` at the run's end.
    pub fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Progress>> {
        if !self.malformed.is_empty() {
            let failed = std::mem::take(&mut self.malformed);
            return Poll::Ready(Some(Progress::Batch(self.batch(Vec::new(), failed))));
        }
        loop {
            // Starts do not wait for callbacks.
            self.start_ready(Instant::now());
            ready!(self.poll_sending(cx));
            self.collect(cx);
            while self.stopped.is_none()
                && let Some(event) = self.arrived.pop_front()
            {
                if let Some(batch) = self.handle(event) {
                    return Poll::Ready(Some(Progress::Batch(batch)));
                }
            }
            match self.advance(Instant::now()) {
                Step::Sent => {}
                Step::Ask(demand) => return Poll::Ready(Some(Progress::Demand(demand))),
                Step::Wait(None) => return Poll::Pending,
                Step::Wait(Some(moment)) => {
                    if self.poll_timer(moment, cx).is_pending() {
                        return Poll::Pending;
                    }
                }
                Step::End => {
                    self.sending = None;
                    self.pending_futures.clear();
                    self.arrived.clear();
                    self.queue.requeue();
                    // Those that were given up while others succeeded are told of as the run's end.
                    if self.stopped.is_none() && self.queue.has_abandoned() {
                        self.stopped = self.last_error.take();
                    }
                    return Poll::Ready(None);
                }
            }
        }
    }

    /// Takes in what has come: when it came is known by that, however long a callback takes meanwhile.
    pub fn collect(&mut self, cx: &mut Context<'_>) {
        while let Poll::Ready(Some(event)) = self.pending_futures.poll_next_unpin(cx) {
            if let Event::Call { id, .. } = &event {
                self.queue.answered(*id);
            }
            self.arrived.push_back(event);
        }
    }

    fn poll_timer(&mut self, moment: Instant, cx: &mut Context<'_>) -> Poll<()> {
        let timer = self.timer.get_or_insert_with(|| Box::pin(sleep_until(moment.into())));
        if timer.deadline() != moment.into() {
            timer.as_mut().reset(moment.into());
        }
        timer.as_mut().poll(cx)
    }

    /// Ends the run from outside: [`Status::Cancelled`] or [`Status::Interrupted`].
    pub fn stop(&mut self, status: Status, message: &str) {
        self.stopped.get_or_insert_with(|| Stopped::here(status, message));
    }

    /// Ends the run before it began: there is no way to Amazon.
    pub fn refuse(&mut self, error: &Error) {
        self.stopped.get_or_insert_with(|| Stopped::by(error));
    }

    /// Those of which nobody was told, since it was not polled: Amazon need not be asked about them.
    pub fn take_malformed(&mut self) -> Failed {
        std::mem::take(&mut self.malformed)
    }

    /// The credential it calls with.
    #[must_use]
    pub fn credential_id(&self) -> &str {
        &self.account.credentials.id
    }

    /// Its calls under way.
    #[must_use]
    pub fn in_flight(&self) -> usize {
        self.queue.in_flight()
    }

    /// Where its products come from, if they are handed over while it is under way.
    pub fn source(&mut self) -> Option<&mut Source> {
        self.source.as_mut()
    }

    /// More products. Those that it was given before are passed over; with nothing new among them it asks for no more.
    pub fn feed<'a>(&mut self, asins: impl IntoIterator<Item = &'a str>) {
        let before = self.queue.total;
        self.malformed.extend(self.queue.add(asins));
        if let Some(source) = self.source.as_mut().filter(|_| self.queue.total == before) {
            source.exhaust();
        }
    }

    /// When its last call started.
    #[must_use]
    pub fn last_start(&self) -> Option<Instant> {
        self.last_start
    }

    fn advance(&mut self, now: Instant) -> Step {
        if self.stopped.is_some() {
            return Step::End;
        }
        if now < self.begun {
            return Step::Wait(Some(self.begun));
        }
        let awaits_more = self.source.as_ref().is_some_and(|source| !source.is_exhausted());
        if !self.queue.has_work() && !awaits_more {
            return Step::End;
        }
        let deadline = self.deadline();
        let in_flight = self.queue.in_flight();
        if let Some(deadline) = deadline.filter(|deadline| now >= *deadline) {
            // Who was kept from looking by somebody's callback takes what has arrived meanwhile.
            let least = now + ARRIVED;
            let grace_ends = deadline.checked_add(self.options.grace).unwrap_or(least);
            let until = *self.drain_until.get_or_insert(least.max(grace_ends));
            if in_flight > 0 && now < until {
                let renewal = self.source.as_mut().and_then(|source| source.renewal(true, now));
                let renews = self.source.as_ref().and_then(Source::renews_at);
                return renewal.map_or(Step::Wait(renews.min(Some(until)).or(Some(until))), Step::Ask);
            }
            self.end_by_deadline();
            return Step::End;
        }
        if self.is_used_up() && in_flight == 0 {
            self.stop(Status::MaxCalls, "The number of calls that was given is used up.");
            return Step::End;
        }
        let is_used_up = self.is_used_up();
        let demand = self.source.as_mut().and_then(|source| {
            let (due, open) = (self.queue.count_due(now), self.queue.count_open());
            let products = (!is_used_up).then(|| source.demand(self.options.requests_per_second, due, open, now));
            products.flatten().or_else(|| source.renewal(due > 0 || in_flight > 0, now))
        });
        if let Some(demand) = demand {
            return Step::Ask(demand);
        }
        let sent = self.pending_futures.len();
        let next_start = self.start_due(now);
        if self.pending_futures.len() > sent || self.sending.is_some() {
            return Step::Sent;
        }
        let resumes = self.source.as_ref().and_then(Source::paused_until).filter(|moment| *moment > now);
        if in_flight == 0 && self.is_beyond_deadline([next_start, resumes].into_iter().flatten().min()) {
            self.end_by_deadline();
            return Step::End;
        }
        let renews = self.source.as_ref().and_then(Source::renews_at).filter(|_| in_flight > 0);
        Step::Wait([next_start, deadline, resumes, renews].into_iter().flatten().min())
    }

    fn is_used_up(&self) -> bool {
        self.options.max_calls.is_some_and(|most| self.stats.calls >= most)
    }

    fn ask_for_token(&mut self, now: Instant) -> Option<Instant> {
        if matches!(self.token.state, TokenState::Asked) {
            return None;
        }
        if let Some(moment) = self.token.not_before.filter(|moment| *moment > now) {
            return Some(moment);
        }
        self.token.state = TokenState::Asked;
        let (engine, account) = (self.engine.clone(), Arc::clone(&self.account));
        self.pending_futures
            .push(Box::pin(async move { Event::Token(engine.tokens.get(&engine.http, &account.credentials).await) }));
        None
    }

    fn handle(&mut self, event: Event) -> Option<Batch> {
        match event {
            Event::Token(Ok(token)) => self.token.ready(token),
            Event::Token(Err(error)) => {
                self.token.state = TokenState::Missing;
                self.token.attempts += 1;
                match retry::decide(&error, self.token.attempts, HighRes::LeftOut, fastrand::f64()) {
                    Decision::Retry(wait) | Decision::Throttle(wait) => self.token.retry_after(wait),
                    _ => self.stopped = Some(Stopped::by(&error)),
                }
            }
            Event::Call { id, token, high_res, result } => {
                let (job, flight) = self.queue.landed(id)?;
                match result {
                    Ok(answer) => {
                        self.succeeded();
                        let (items, failed) = batch::account_for(&job.asins, answer);
                        return Some(self.batch(items, failed));
                    }
                    Err(error) => return self.failed(job, &flight, &token, high_res, &error),
                }
            }
        }
        None
    }

    fn batch(&mut self, items: FoundItems, failed: Failed) -> Batch {
        self.queue.done += items.len() + failed.len();
        Batch { items, failed, done: self.queue.done, total: self.queue.total, calls: self.stats.calls }
    }
}
