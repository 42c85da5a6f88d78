//! One call after the other: searches, variations and categories page by page, files. They share the rate, the retries and the token of
//! every other call of the account.

mod nodes;
mod pages;

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::time::{sleep, timeout_at};

use crate::account::Account;
use crate::catalog::{self, Answer, HighRes, ItemError, Question};
use crate::engine::Engine;
use crate::error::Error;
use crate::http::since_1970;
use crate::rate_limit::{self, Flight};
use crate::refresh::retry::{self, Decision};
use crate::refresh::token_slot::TokenSlot;
use crate::refresh::{Options, Stats, Stopped, Summary};
use crate::status::Status;
use crate::sync::lock;
use crate::token::Token;

pub use nodes::BrowseNodes;
pub use pages::{Pages, Series};

/// The calls of one account, one after the other.
pub struct Query {
    engine: Engine,
    account: Arc<Account>,
    options: Options,
    begun: Instant,
    token: TokenSlot,
    high_res: HighRes,
    stats: Stats,
    /// Why there are no more calls.
    stopped: Option<Stopped>,
}

impl Query {
    /// Prepares; nothing is sent yet. Of the options, delay, grace and `max_in_flight` mean nothing here.
    #[must_use]
    pub fn new(engine: Engine, account: Account, options: Options) -> Self {
        if let Some(learned) = &options.learned {
            lock(&rate_limit::for_credential(&account.credentials.id)).adopt(learned);
        }
        Self {
            engine,
            token: TokenSlot::of(&account),
            account: Arc::new(account),
            begun: Instant::now(),
            high_res: options.wanted.high_res(),
            options,
            stats: Stats::default(),
            stopped: None,
        }
    }

    /// Ends it, if nothing else has: no call starts any more.
    pub fn stop(&mut self, stopped: Stopped) {
        self.stopped.get_or_insert(stopped);
    }

    /// Whether it has ended before its end.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.stopped.is_some()
    }

    /// What it came to.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let now = Instant::now();
        let limiter = rate_limit::for_credential(&self.account.credentials.id);
        let limiter = lock(&limiter);
        let free_at = limiter.hand_over_at(self.options.requests_per_second, now);
        Summary {
            pending: Vec::new(),
            stopped: self.stopped.clone(),
            stats: self.stats,
            elapsed: self.begun.elapsed(),
            free_in: free_at.saturating_duration_since(now),
            learned: limiter.learned(now).map(|learned| learned.to_text(since_1970())),
        }
    }

    /// Asks until there is an answer; `None` where it was stopped. A 404 is an answer with nothing but its error.
    ///
    /// May be dropped at any time: its call is lost then, and counted.
    pub async fn ask(&mut self, question: &Question) -> Option<Answer> {
        if !question.is_of_products() {
            self.high_res = HighRes::LeftOut;
        }
        let Some(deadline) = self.options.deadline.and_then(|length| self.begun.checked_add(length)) else {
            return self.ask_on(question).await;
        };
        if let Ok(answer) = timeout_at(deadline.into(), self.ask_on(question)).await {
            return answer;
        }
        self.stop(Stopped::here(Status::Deadline, "The time that was given is over."));
        None
    }

    async fn ask_on(&mut self, question: &Question) -> Option<Answer> {
        let mut attempts = 0;
        loop {
            if self.options.max_calls.is_some_and(|most| self.stats.calls >= most) {
                self.stop(Stopped::here(Status::MaxCalls, "The number of calls that was given is used up."));
            }
            if self.is_stopped() {
                return None;
            }
            let token = self.token().await?;
            let flight = rate_limit::acquire(&self.account.credentials.id, self.options.requests_per_second).await;
            self.stats.calls += 1;
            self.stats.retries += u64::from(attempts > 0);
            let (wanted, on_sent) = (Arc::clone(&self.options.wanted), flight.on_sent());
            let http = &self.engine.http;
            let answer = catalog::ask(http, &self.account, &token, question, &wanted, self.high_res, on_sent).await;
            flight.landed();
            match answer {
                Ok(answer) => {
                    self.token.refused = 0;
                    return Some(answer);
                }
                Err(error) => {
                    attempts += 1;
                    self.stats.throttled += u64::from(error.http_status() == Some(429));
                    match self.failed(&error, attempts, &flight, &token) {
                        Next::Again(wait) => sleep(wait).await,
                        Next::Afresh => attempts = 0,
                        Next::Nothing => return Some(nothing(&error)),
                        Next::Stop => self.stop(Stopped::by(&error)),
                    }
                }
            }
        }
    }

    fn failed(&mut self, error: &Error, attempts: u32, flight: &Flight, token: &Token) -> Next {
        match retry::decide(error, attempts, self.high_res, fastrand::f64()) {
            Decision::NoneFound => Next::Nothing,
            Decision::Retry(wait) => Next::Again(wait),
            Decision::Throttle(wait) => {
                flight.throttle(wait, Instant::now());
                Next::Again(Duration::ZERO)
            }
            Decision::WithoutHighRes => {
                self.high_res = HighRes::LeftOut;
                Next::Afresh
            }
            // A second one in a row means that tokens are not the trouble.
            Decision::NewToken if self.token.refused == 0 => {
                self.engine.tokens.forget(&self.account.credentials, token);
                self.token.refuse();
                Next::Again(Duration::ZERO)
            }
            Decision::NewToken | Decision::GiveUp | Decision::Stop => Next::Stop,
        }
    }

    /// The token, asked for where there is none that lives.
    async fn token(&mut self) -> Option<Token> {
        if let Some(token) = self.token.usable() {
            return Some(token.clone());
        }
        let mut attempts = 0;
        loop {
            match self.engine.tokens.get(&self.engine.http, &self.account.credentials).await {
                Ok(token) => {
                    self.token.ready(token.clone());
                    return Some(token);
                }
                Err(error) => {
                    attempts += 1;
                    match retry::decide(&error, attempts, HighRes::LeftOut, fastrand::f64()) {
                        Decision::Retry(wait) | Decision::Throttle(wait) => sleep(wait).await,
                        _ => {
                            self.stop(Stopped::by(&error));
                            return None;
                        }
                    }
                }
            }
        }
    }
}

/// What follows a failed call.
enum Next {
    Again(Duration),
    /// As if it were the first time.
    Afresh,
    /// There is nothing of what was asked for.
    Nothing,
    Stop,
}

fn nothing(error: &Error) -> Answer {
    let code = error.reason().unwrap_or("ResourceNotFoundException").to_owned();
    Answer { errors: vec![ItemError { code, message: error.to_string() }], ..Answer::default() }
}
