//! What a run does when a call fails.

use std::time::Instant;

use super::Refresh;
use crate::catalog::HighRes;
use crate::error::Error;
use crate::rate_limit::Flight;
use crate::refresh::Stopped;
use crate::refresh::batch::{Batch, Failure};
use crate::refresh::queue::Job;
use crate::refresh::retry::{self, Decision};
use crate::token::Token;

impl Refresh {
    pub(super) fn failed(
        &mut self,
        mut job: Job,
        flight: &Flight,
        token: &Token,
        high_res: HighRes,
        error: &Error,
    ) -> Option<Batch> {
        job.attempts += 1;
        self.stats.throttled += u64::from(error.http_status() == Some(429));
        let now = Instant::now();
        let failing_since = *job.failing_since.get_or_insert(now);
        // If so, the fault is with these products, or with chance.
        let others_succeed = self.last_success.is_some_and(|success| success > failing_since);
        match retry::decide(error, job.attempts, high_res, fastrand::f64()) {
            Decision::NoneFound => {
                self.succeeded();
                return Some(self.all_failed(&job, "ResourceNotFoundException", error));
            }
            Decision::Retry(wait) => {
                job.not_before = Some(now + wait);
                self.queue.put_first(job);
            }
            Decision::Throttle(wait) => {
                flight.throttle(wait, now);
                self.queue.put_first(job);
            }
            Decision::WithoutHighRes => {
                self.high_res = HighRes::LeftOut;
                job.attempts = 0;
                self.queue.put_first(job);
            }
            Decision::NewToken if !self.token.is_current(token) => {
                // The token was known to be dead: nothing is said about these products.
                job.attempts -= 1;
                self.queue.put_first(job);
            }
            // All others had their turn since this one was refused first, and would have stopped the run.
            Decision::NewToken
                if self.token.refused == 0 || others_succeed || (job.attempts > 1 && self.last_success.is_some()) =>
            {
                self.engine.tokens.forget(&self.account.credentials, token);
                self.token.refuse();
                self.queue.put_last(job);
            }
            Decision::GiveUp if self.last_success.is_some() && error.http_status() == Some(401) => {
                return Some(self.all_failed(&job, "UnauthorizedException", error));
            }
            Decision::GiveUp if others_succeed => {
                self.last_error = Some(Stopped::by(error));
                self.queue.abandon(job);
            }
            Decision::NewToken | Decision::GiveUp | Decision::Stop => {
                self.queue.put_first(job);
                self.stopped = Some(Stopped::by(error));
            }
        }
        None
    }

    pub(super) fn succeeded(&mut self) {
        self.last_success = Some(Instant::now());
        self.token.refused = 0;
    }

    /// There is nothing of the products of a job, all for the same reason.
    fn all_failed(&mut self, job: &Job, code: &str, error: &Error) -> Batch {
        let failure = Failure { code: error.reason().unwrap_or(code).to_owned(), message: error.to_string() };
        let failed = job.asins.iter().map(|asin| (asin.to_string(), failure.clone())).collect();
        self.batch(Vec::new(), failed)
    }
}
